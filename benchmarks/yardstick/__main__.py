"""The public yardstick: fixnews and its peers on open text, one table a step.

usage: python -m benchmarks.yardstick [--quick] [--seed N] [--only NAME,NAME] [--draw]

Everything is made anew from `benchmarks/open_text`. ``--draw`` writes docs/benchmark.json and what
is drawn from it; without it the tables are only printed. `make benchmark` sets up the peers first.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.yardstick import cost, decoding, garbled, harm, joining, jumping, marking, pages
from benchmarks.yardstick.table import Table, markdown
from benchmarks.yardstick.tools import versions

STEPS: dict[str, Callable[..., Table]] = {
    "joins": joining.measured,
    "jumps": jumping.measured,
    "encodings": decoding.measured,
    "mojibake": garbled.measured,
    "punctuation": marking.punctuation,
    "characters": marking.characters,
    "harm": harm.measured,
    "cost": cost.measured,
}
HOME = Path(__file__).parents[2]


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--quick", action="store_true")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", default=",".join(STEPS))
    options.add_argument("--draw", action="store_true")
    options.add_argument("--json", type=Path)
    given = options.parse_args()
    about = {"seed": given.seed, "quick": given.quick, "versions": versions(),
             "python": platform.python_version()}  # fmt: skip
    told: dict[str, Any] = {"about": about, "tables": []}
    for name in given.only.split(","):
        begin = time.perf_counter()
        table = STEPS[name](given.seed, quick=given.quick)
        print(f"\n## {table.title}\n\n{markdown(table.columns, table.rows)}", flush=True)
        print(f"{time.perf_counter() - begin:.0f} s", file=sys.stderr, flush=True)
        told["tables"].append(table.to_dict())
    if given.json:
        given.json.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if given.draw:
        pages.draw(told, HOME)


if __name__ == "__main__":
    main()
