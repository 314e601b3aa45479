"""What a tool costs: processor seconds and memory, each tool in a process of its own.

usage: python -m benchmarks.yardstick.cost TOOL SEED   (prints one JSON object)
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.yardstick import texts
from benchmarks.yardstick.table import Cell, Table
from benchmarks.yardstick.tools import FIXNEWS, Tool, tools
from fixnews.damage import damage

PEERS = ("autocorrect", "pangu", "ftfy, fix_text", "unstructured")
ISSUES, QUICK = 10, 2
KIBI = 1024


def pages(seed: int, issues: int) -> list[str]:
    """Pages of the daily as a recogniser may give them, each issue another damage."""
    kinds = ("columns", "half-width", "blanks", "misread")
    seeds = range(seed, seed + issues)
    return [page.text for n in seeds for page in damage(texts.news(), seed=n, kinds=kinds).pages]


def spent(tool: Tool, given: list[str]) -> dict[str, float]:
    """Processor seconds for all pages after a first one, and the most memory held, in MiB."""
    tool.run(given[:1])
    start = time.process_time()
    tool.run(given)
    seconds = time.process_time() - start
    return {"seconds": seconds, "memory": most_held(), "bytes": sum(len(p.encode()) for p in given)}


def most_held() -> float:
    """The most memory that this process held, in MiB; 0 where the system does not tell.

    Not ``ru_maxrss``, which a process inherits from the one that started it.
    """
    status = Path("/proc/self/status")
    lines = status.read_text("utf-8").splitlines() if status.is_file() else []
    return next((int(line.split()[1]) / KIBI for line in lines if line.startswith("VmHWM")), 0.0)


def measured(seed: int, *, quick: bool) -> Table:
    rows = [_row(tool, seed, QUICK if quick else ISSUES) for tool in tools(*PEERS)]
    return Table(
        "cost",
        "Speed and memory",
        "Pages of the daily with column breaks, half-width marks, blanks and 2 % misread "
        "characters, one after the other in one process. MB of UTF-8 a second of processor "
        "time; most memory held. The other tools do one of the steps, fixnews all.",
        ("tool", "MB/s", "MiB"),
        tuple(rows),
        timed=("MB/s", "MiB"),
    )


def _row(tool: Tool, seed: int, issues: int) -> tuple[Cell, ...]:
    if not tool.version:
        return (tool.name, None, None)
    command = [sys.executable, "-m", "benchmarks.yardstick.cost", tool.name, str(seed), str(issues)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return (tool.name, round(told["bytes"] / 1e6 / told["seconds"], 3), round(told["memory"]))


if __name__ == "__main__":
    name, first, count = sys.argv[1:]
    [chosen] = [tool for tool in tools(*PEERS) if tool.name == name] or [FIXNEWS]
    print(json.dumps(spent(chosen, pages(int(first), int(count)))))
