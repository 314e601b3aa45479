"""Dense edits: time of the draft against plain string replacement, and whether it is linear.

usage: python benchmarks/draft.py
"""

from __future__ import annotations

import random
import time

from fixnews.changes import Edit
from fixnews.draft import Draft
from fixnews.source import Source

SIZES = ((250_000, 50_000), (500_000, 100_000), (1_000_000, 200_000), (2_000_000, 400_000))


def plain(text: str, edits: list[Edit]) -> str:
    out, done = [], 0
    for edit in edits:
        out += (text[done : edit.start], edit.new)
        done = edit.end
    return "".join((*out, text[done:]))


def seconds(work: object) -> float:
    assert callable(work)
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def main() -> None:
    chance = random.Random(1)
    print("characters    edits   revise    again  µs/edit  times plain replacement")
    for length, count in SIZES:
        text = "经济形势稳定人民生活改善" * (length // 12)
        places = sorted(chance.sample(range(len(text)), count))
        edits = [Edit(p, p + 1, "，") for p in places]
        draft = Draft.of(Source("page", text))
        first = seconds(lambda d=draft, e=edits: d.revise(e))
        revised = draft.revise(edits)
        again = seconds(lambda d=revised, e=edits: d.revise(e))
        base = seconds(lambda t=text, e=edits: plain(t, e))
        per_edit = first / count * 1e6
        row = f"{length:10,} {count:8,} {first:7.2f}s {again:7.2f}s {per_edit:8.2f}"
        print(f"{row} {first / base:6.0f}")


if __name__ == "__main__":
    main()
