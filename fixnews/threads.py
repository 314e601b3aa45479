"""One thread for matrix products, whoever calls: those here are small.

On a machine that does other work, too, two threads of BLAS wait for each other longer than either
computes: a page took five times as long as with one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

VARIABLE, ONE = "OPENBLAS_NUM_THREADS", "1"
"""What OpenBLAS, numpy's library for matrix products, reads when it is loaded."""


@contextmanager
def one_thread() -> Iterator[None]:
    """Limit BLAS to one thread inside the block; the caller's limit holds again behind it.

    Before numpy is loaded the environment says so; afterwards threadpoolctl does.

    >>> with one_thread():
    ...     pass
    """
    if os.environ.get(VARIABLE) == ONE:
        yield
    elif "numpy" in sys.modules:
        with _controller().limit(limits=1, user_api="blas"):
            yield
    else:
        before = os.environ.get(VARIABLE)
        os.environ[VARIABLE] = ONE
        try:
            yield
        finally:
            if before is None:
                del os.environ[VARIABLE]
            else:
                os.environ[VARIABLE] = before


@cache
def _controller() -> Any:
    """The libraries that numpy has loaded; looking for them takes milliseconds, so it is kept."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
