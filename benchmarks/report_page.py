"""A report of 30,000 corrections in a browser: how long it takes to open, to search, to clear.

usage: python benchmarks/report_page.py [--corrections 30000] [--keep FILE]

Needs playwright and a Chromium, which are no dependencies of anything here. Times are those of the
browser, the least and the median of five: until the page is drawn for the first time after it has
loaded, and from a key in the search until the next frame is drawn.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from fixnews.config import Config
from fixnews.issue import mend
from fixnews.report.html import html

LINES = (
    "党代会期间经济形势稳定,人民生活水平不断提高,第一季度的增长超过6.5%。",
    "编者按:从今天起,本报推出专栏(之{n}),请读者随记者的脚步,看一座城市怎样与一条江重新相认!",
    "他说,选址之前,园林部门通过社区征集意见;居民提得最多的不是花草,而是座椅和树荫。",
)
"""Twelve half-width marks."""

RUNS = 5

A_PAGE = 150
"""Corrections of a page."""

FRAME = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))"

TIMED = """words => new Promise(done => { const begin = performance.now();
  form.search.value = words; form.dispatchEvent(new Event('input'));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin), 0)); })"""


def main() -> None:
    """Print a figure a line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corrections", type=int, default=30_000)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as name:
        report = given.keep or Path(name) / "report.html"
        number = written(report, given.corrections, Path(name))
        say("corrections", f"{number:,}")
        say("megabytes", f"{report.stat().st_size / 1e6:.1f}")
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
            measured(chromium, report.resolve().as_uri())


def measured(chromium: Browser, address: str) -> None:
    """Open the report five times, search in it and clear the search."""
    times: defaultdict[str, list[float]] = defaultdict(list)
    for _ in range(RUNS):
        page = chromium.new_page()
        page.goto(address)
        page.evaluate(FRAME)
        times["to open"].append(page.evaluate("performance.now()"))
        for words in ("树荫", "之7)"):
            times[f"to search {words}"].append(page.evaluate(TIMED, words))
            times["to clear a search"].append(page.evaluate(TIMED, ""))
        page.close()
    for what, taken in times.items():
        say(f"ms {what}", f"{min(taken):.0f}, {median(taken):.0f}")


def written(report: Path, corrections: int, folder: Path) -> int:
    """Write a report with so many corrections; gives how many it has."""
    outcomes = []
    for number in range(corrections // A_PAGE):
        path = folder / f"{number:04}" / "A1.txt"
        path.parent.mkdir()
        lines = [line.format(n=number) for line in LINES] * (A_PAGE // 12)
        path.write_text("\n\n".join(lines) + "\n", "utf-8")
        outcomes.append(mend([path], Config()))
    report.write_text("".join(html(outcomes)), "utf-8")
    return sum(len(outcome.corrections) for outcome in outcomes)


def say(what: str, figure: object) -> None:
    """A figure."""
    sys.stdout.write(f"{what}: {figure}\n")


if __name__ == "__main__":
    main()
