"""The summary of an archive of 200,000 imagined pages: how large it is, how soon it opens.

usage: python benchmarks/summary_page.py [--pages N] [--keep FILE]

Thirty-four years of a daily of sixteen pages, read worse the older it is, with figures drawn by
chance (the same each time). Prints the size of the page in bytes, the seconds that it takes to add
up and to write, and, where there is a Chromium, the seconds until it has drawn the page, its own
start included.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from fixnews.corpus.leaves import Figures, Trouble
from fixnews.corpus.ledger import Record
from fixnews.corpus.summary import page
from fixnews.corpus.tallies import Tallies

PAGES, A_DAY, FIRST = 200_000, 16, date(1965, 1, 1)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
RULES = {"PUN101": (41, 1, 0), "BRK101": (35, 4, 0), "OCR101": (3, 19, 0), "JMP201": (0, 0, 1)}


def records(pages: int) -> Iterator[Record]:
    """A day each: its pages, a few of which could not be read."""
    chance = random.Random(7)
    for number in range(0, pages, A_DAY):
        day = FIRST + timedelta(days=number // A_DAY)
        noise = 40 * 0.94 ** (day.year - FIRST.year)
        told = tuple(figures(day, n, noise, chance) for n in range(1, A_DAY + 1))
        lost = tuple(
            Trouble(one.page, "no Chinese in any encoding that fits")
            for one in told
            if one.state == "refused"
        )
        yield Record(f"{day}", "pages", "", "", (), told, RULES, lost)


def figures(day: date, number: int, noise: float, chance: random.Random) -> Figures:
    """One page."""
    name = f"{day:%Y/%m-%d}/{number:02}.txt"
    told = (name, name, f"{day:%Y/%m-%d}", f"{day}")
    if chance.random() < 0.001:
        return Figures(*told, "refused", 0, 0, 0, 0, 0.0)
    size = chance.randint(3000, 9000)
    left = size / 1000 * chance.lognormvariate(0, 0.8) * noise
    return Figures(*told, "repaired", size, 90, 24, 1, round(left, 4))


def drawn(path: Path, folder: Path) -> float | None:
    """Seconds that a browser takes to start, open the page and draw it; None without one."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return None
    command = [
        browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        f"--user-data-dir={folder / 'profile'}", f"--screenshot={folder / 'page.png'}",
        path.as_uri(),
    ]  # fmt: skip
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, add_help=True)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    tallies = Tallies()
    found = list(records(given.pages))
    started = time.perf_counter()
    for record in found:
        tallies.add(record)
    text = "".join(page(tallies, "s3://papers"))
    print(f"{given.pages} pages: {time.perf_counter() - started:.1f} s, {len(text.encode())} bytes")
    with tempfile.TemporaryDirectory() as name:
        path = given.keep or Path(name) / "summary.html"
        path.write_text(text, "utf-8")
        seconds = drawn(path.absolute(), Path(name))
        print("no Chromium here" if seconds is None else f"drawn in {seconds:.2f} s")


if __name__ == "__main__":
    main()
