"""What a worker on this machine loads as it starts: ^C is for the run that hands out the shards.

A terminal sends it to all processes; a worker that ended of it would take its shard along.
"""

from __future__ import annotations

import signal


def dask_setup(worker: object) -> None:
    """Be deaf to ^C; Dask calls this by its name in every worker."""
    del worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
