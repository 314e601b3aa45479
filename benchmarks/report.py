"""10,000 corrections shown: our reports against rich and against git's word diff, in one run.

The alternatives show the same corrections: rich prints the very lines that we print, as styled
text; ``git diff --no-index --word-diff=color`` compares the same page before and after.

usage: python benchmarks/report.py
"""

from __future__ import annotations

import io
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from rich.console import Console
from rich.text import Text

from fixnews.changes import Change, Edit
from fixnews.draft import Draft
from fixnews.filters import Context, Filter, Rule
from fixnews.issue import Outcome
from fixnews.pipeline import repair
from fixnews.report.html import html
from fixnews.report.machines import github, rdjson, sarif
from fixnews.report.records import jsonl
from fixnews.report.stacked import View, brief, stacked
from fixnews.report.unified import unified
from fixnews.source import Source

COUNT = 10_000
BOUND = 2.0
"""Seconds in which 10,000 corrections shall be shown."""

LINE = "党代会期间经济形势稳定,人民生活水平不断提高，“第一季度”的增长超过6.5%。\n"
RULE = Rule("PUN101", "half-width-mark")


def commas(draft: Draft, _: Context) -> Iterable[Change]:
    """Every comma, full-width."""
    at = draft.text.find(",")
    while at >= 0:
        yield Edit(at, at + 1, "，", "PUN101", "a half-width mark in Chinese text")
        at = draft.text.find(",", at + 1)


def seconds(work: Callable[[], object]) -> float:
    """The best of three."""
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def with_rich(lines: list[str]) -> None:
    """The lines of a coloured report printed by rich."""
    console = Console(file=io.StringIO(), force_terminal=True, width=80)
    for line in lines:
        console.print(Text.from_ansi(line), highlight=False, emoji=False, end="")


def with_git(folder: Path) -> None:
    """Git's own word diff of the page, a character a word."""
    words = ["--word-diff=color", "--word-diff-regex=."]
    command = ["git", "diff", "--no-index", *words, "before.txt", "after.txt"]
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=False)


def main() -> None:
    page = Source("A1.txt", LINE * COUNT)
    chain = (Filter("commas", (RULE,), commas, "the only one"),)
    done = Outcome((Path("A1.txt"),), repair([page], chain=chain))
    assert len(done.corrections) == COUNT
    colored = View(color=True)
    reports: dict[str, Callable[[], object]] = {
        "diff, in colour": lambda: list(stacked([done], brief(colored))),
        "diff, side by side": lambda: list(
            stacked([done], brief(View(width=140, color=True, side_by_side=True)))
        ),
        "check, in colour": lambda: list(stacked([done], colored)),
        "check, by rule": lambda: list(stacked([done], View(by_rule=True))),
        "diff for git apply": lambda: list(unified(done, 0)),
        "HTML": lambda: list(html([done])),
        "SARIF": lambda: list(sarif([done])),
        "GitHub": lambda: list(github([done])),
        "rdjson": lambda: list(rdjson([done])),
        "JSONL": lambda: list(jsonl([done])),
    }
    lines = list(stacked([done], brief(colored)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "before.txt").write_text(page.text, "utf-8")
        (folder / "after.txt").write_text(done.texts[0], "utf-8")
        git = seconds(lambda: with_git(folder))
    rich = seconds(lambda: with_rich(lines))
    print(f"{COUNT:,} corrections, {os.cpu_count()} cores")
    print(f"{'':<20}{'s':>7}{'of rich':>10}{'of git':>10}")
    print(f"{'rich, same lines':<20}{rich:7.2f}{1:10.2f}{rich / git:10.2f}")
    print(f"{'git diff, word diff':<20}{git:7.2f}{git / rich:10.2f}{1:10.2f}")
    for title, work in reports.items():
        took = seconds(work)
        slow = "" if took < BOUND else f"   above {BOUND} s"
        print(f"{title:<20}{took:7.2f}{took / rich:10.2f}{took / git:10.2f}{slow}")


if __name__ == "__main__":
    main()
