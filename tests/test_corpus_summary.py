"""The summary of an archive: figures that add up, a page that holds everything and stays small."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from fixnews.corpus.leaves import Figures, Trouble
from fixnews.corpus.ledger import Record
from fixnews.corpus.mending import _day
from fixnews.corpus.plots import MOST
from fixnews.corpus.summary import page
from fixnews.corpus.tallies import BOUNDS, WORST, Tallies, folded
from tests.archives import DAMAGED, ran, written


def figures(name: str, left: float = 0.0, size: int = 1000, **more: str) -> Figures:
    state = more.get("state", "repaired")
    day = more.get("day", "1999-03-18")
    return Figures(
        name, more.get("file", name), more.get("issue", day), day, state, size, 3, 2, 1, left
    )


def tallied(*pages: Figures, troubles: tuple[Trouble, ...] = ()) -> Tallies:
    tallies = Tallies()
    tallies.add(Record("s", "pages", "", "", (), pages, {"PUN101": (3, 2, 1)}, troubles))
    return tallies


def shown(tallies: Tallies) -> str:
    return "".join(page(tallies, "/archive"))


def test_pages_are_counted_by_what_became_of_them() -> None:
    lost = (
        Trouble("3", "no text"),
        Trouble("4", "cannot be read"),
        Trouble("a:7", "no row", False),
    )
    found = tallied(figures("1"), figures("2", state="untouched"), figures("3", state="refused"),
                    troubles=lost)  # fmt: skip
    whole = found.whole
    assert (whole.pages, whole.repaired, whole.untouched, whole.refused) == (4, 1, 1, 2)
    assert found.lines == 1
    assert found.rules == {"PUN101": [3, 2, 1]}


@pytest.mark.parametrize("number", range(len(BOUNDS) + 1))
def test_a_page_stands_in_the_bar_of_what_is_left_on_it(number: int) -> None:
    left = BOUNDS[number] - 0.01 if number < len(BOUNDS) else 999.0
    (bar,) = [n for n, count in enumerate(tallied(figures("1", left)).bars) if count]
    assert bar == number


def test_the_worst_pages_are_those_with_most_left_in_a_thousand_characters() -> None:
    pages = [figures(str(n), n / 10, 1000) for n in range(100)]
    short = figures("a headline", 20.0, 20)
    worst = tallied(*pages, short).worst
    assert [one.page for one in worst] == [str(n) for n in range(99, 99 - WORST, -1)]


DAYS = {
    "1999/03-18/A1.txt": "1999-03",
    "1999-03-18": "1999-03-18",
    "rmrb20210318-04.txt": "2021-03-18",
    "第3667期": "",
    "issue 1999": "1999",
    "page 20191": "",
    "1999.12": "1999-12",
}


@pytest.mark.parametrize(("name", "day"), DAYS.items())
def test_the_day_in_a_name(name: str, day: str) -> None:
    assert _day(name) == day


def test_days_add_up_to_months_and_years() -> None:
    pages = [
        figures(str(n), n, day=day) for n, day in enumerate(("1999-01-02", "1999-01-03", "2000"))
    ]
    found = tallied(*pages)
    assert {year: t.left for year, t in folded(found.days, 4).items()} == {"1999": 1, "2000": 2}
    assert list(folded(found.days, 7)) == ["1999-01", "2000"]


@pytest.mark.parametrize(("days", "points"), [(1, 0), (2, 2), (MOST, MOST), (MOST + 1, 14)])
def test_the_line_over_time_has_points_that_can_be_told_apart(days: int, points: int) -> None:
    first = date(1999, 1, 1)
    pages = [figures(str(n), 1.0, day=str(first + timedelta(n))) for n in range(days)]
    assert shown(tallied(*pages)).count("<circle") == points


class Reader(HTMLParser):
    """The links of a page, and whether what is opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


NAMES = ["<script>alert(1)</script>", "a&b", 'quo"te', "第四版 要闻#1?.txt", "\udcff"]


@pytest.mark.parametrize("name", NAMES)
def test_names_are_no_markup_and_links_lead_there(name: str) -> None:
    reader = Reader()
    text = shown(tallied(figures(name, 9.0), troubles=(Trouble(name, f"{name}, unread"),)))
    reader.feed(text)
    text.encode()
    assert "<script" not in text
    assert [link.isascii() for link in reader.links if link.startswith("text/")] == [True]


def test_the_page_fetches_nothing() -> None:
    text = shown(tallied(figures("1", 9.0)))
    assert not re.search(r"https?:|src=|@import|url\(", text)


def test_the_page_stays_small_however_many_pages_there_are() -> None:
    pages = [
        figures(f"{'x' * 200}{n}", 9.0, issue=str(n), day=f"1999-{n:05}") for n in range(20_000)
    ]
    assert len(shown(tallied(*pages))) < 100_000


def test_a_page_about_nothing() -> None:
    assert "pages seen" in shown(Tallies())


def test_tables_say_the_same_as_csv_and_as_parquet(tmp_path: Path) -> None:
    source = written(
        tmp_path / "in", {"1999-03-18/A1.txt": DAMAGED, "1999-03-18/A2.txt": b'{"a": 1}'}
    )
    ran(source, tmp_path / "out", form="parquet")
    for path in (tmp_path / "out/summary").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        told = pq.read_table(path.with_suffix(".parquet")).to_pylist()
        assert [list(row) for row in rows] == [list(row) for row in told]
        for row, other in zip(rows, told, strict=True):
            assert [
                float(v) if isinstance(other[k], float | int) else v for k, v in row.items()
            ] == [*other.values()]
    (years,) = pq.read_table(tmp_path / "out/summary/years.parquet").to_pylist()
    assert (years["year"], years["pages"], years["repaired"], years["refused"]) == ("1999", 2, 1, 1)
