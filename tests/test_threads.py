"""Matrix products run in one thread, whoever calls, and the caller's own limit is left alone."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROBE = """
from threadpoolctl import threadpool_info
from fixnews.filters import Filter, Rule
from fixnews.pipeline import repair
from fixnews.source import Source

def threads():
    return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]

def look(draft, context):
    import numpy
    seen.append(threads())
    return []

seen = []
rule = Rule("TST101", "look")
before = threads()
repair([Source("A1", "经济。")], chain=[Filter("look", (rule,), look, "")])
assert seen and all(n == 1 for n in seen[0]), seen
assert not before or threads() == before
"""


SAID_TOO_LATE = """
import os, numpy, fixnews.threads
os.environ["OPENBLAS_NUM_THREADS"] = "1"
"""
"""As Dask does for its workers."""


@pytest.mark.parametrize("first", ["", "import numpy\n", SAID_TOO_LATE])
def test_matrix_products_run_in_one_thread(first: str) -> None:
    subprocess.run([sys.executable, "-c", first + PROBE], check=True)
