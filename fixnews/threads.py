"""One thread for matrix products, whoever calls: those here are small.

On a machine that does other work, too, two threads of BLAS wait for each other longer than either
computes: a page took five times as long as with one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

VARIABLE, ONE = "OPENBLAS_NUM_THREADS", "1"
"""What OpenBLAS, numpy's library for matrix products, reads when it is loaded."""

_GIVEN = os.environ.get(VARIABLE) == ONE
"""Whether the caller has limited it already. Only what stood there from the beginning counts: Dask
puts the variable into the environment of a process whose BLAS has long been loaded."""

_LIMITED = ContextVar("limited", default=False)
"""Whether a block around this one has limited it."""


@contextmanager
def one_thread() -> Iterator[None]:
    """Limit BLAS to one thread inside the block; the caller's limit holds again behind it.

    Before numpy is loaded the environment says so; afterwards threadpoolctl does.

    >>> with one_thread():
    ...     pass
    """
    if _GIVEN or _LIMITED.get():
        yield
        return
    token = _LIMITED.set(True)
    limit = _controller().limit(limits=1, user_api="blas") if "numpy" in sys.modules else _told()
    try:
        with limit:
            yield
    finally:
        _LIMITED.reset(token)


@contextmanager
def _told() -> Iterator[None]:
    """Tell a BLAS that is still to be loaded."""
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
