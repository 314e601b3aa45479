"""When the order of a file stands, and pages that are hardly any."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fixnews import fix
from fixnews.formats.setting import in_file_order
from fixnews.order.page_text import in_reading_order
from fixnews.positions import NOWHERE, Box, PrintedLine, Reading, Word
from tests.composing_room import (
    BRIDGE,
    LIBRARY,
    Print,
    Sheet,
    column,
    head,
    in_rows,
    in_words,
    rows_of,
    said,
    story,
)
from tests.pages import ROOT, SAMPLES

C0, C1, C2, C3 = (column(n) for n in range(4))
TWO_COLUMNS: Sheet = (story(LIBRARY, (C0, C1)),)


class TestWhatIsInOrderStays:
    RIGHT_FIRST: Sheet = (
        head("青溪河大桥下月通车", C2 + 80, em=36),
        story(BRIDGE, (C2, C3)),
        head("石桥镇办起社区书屋", C0 + 80, em=36),
        story(LIBRARY, (C0, C1)),
    )

    def test_stories_that_stand_whole_in_the_file_keep_its_order(self) -> None:
        prints = [one for block in self.RIGHT_FIRST for one in block]
        assert in_reading_order(in_words(prints)).text == said(self.RIGHT_FIRST)

    def test_from_left_to_right_where_the_file_mixes_them(self) -> None:
        """The contrast: the same page, its lines by height."""
        left_first = (*self.RIGHT_FIRST[2:], *self.RIGHT_FIRST[:2])
        assert in_reading_order(in_words(rows_of(self.RIGHT_FIRST))).text == said(left_first)


def without_boxes(page: Reading) -> Reading:
    lines = (
        PrintedLine(tuple(w._replace(box=NOWHERE) for w in one.words), NOWHERE)
        for one in page.lines
    )
    return replace(page, lines=tuple(lines))


def with_one_box(page: Reading) -> Reading:
    box = Box(0, 0, 1700, 2000)
    lines = (PrintedLine(tuple(w._replace(box=box) for w in o.words), box) for o in page.lines)
    return replace(page, lines=tuple(lines))


def with_a_far_box(page: Reading) -> Reading:
    first, *rest = page.lines
    box = Box(1e9, 0, 1e9 + 20, 20)
    return replace(page, lines=(first._replace(words=(Word("远", box),)), *rest))


NOT_ORDERED = {
    "the file says in which order it is read": lambda page: replace(page, ordered=True),
    "it was scanned on its side: boxes are those of another picture": (
        lambda page: replace(page, turned=90.0)
    ),
    "it stood on its head": lambda page: replace(page, turned=-180.0),
    "no word has a box": without_boxes,
    "all words have the box of the page": with_one_box,
    "a box lies where there is no paper": with_a_far_box,
}


@pytest.mark.parametrize("change", NOT_ORDERED.values(), ids=NOT_ORDERED)
def test_the_order_of_the_file_holds(change: Callable[[Reading], Reading]) -> None:
    page = change(in_words(rows_of(TWO_COLUMNS)))
    assert in_reading_order(page) == in_file_order(page)


def test_a_page_that_leans_a_little_is_no_turned_one() -> None:
    """The contrast: three degrees are a scan that was not laid straight."""
    sheet = TWO_COLUMNS
    page = replace(in_words(rows_of(sheet)), turned=3.0)
    assert in_reading_order(page).text == said(sheet)


SMALL = (
    ([], "", "an empty page"),
    ([Print("今日八版", 40, 20)], "今日八版\n", "a single line, read as one word"),
    ([Print("江城", 40, 20), Print("晚报", 80, 20)], "江城晚报\n", "two parts of one line"),
    ([Print("江城", 40, 20), Print("晚报", 40, 50)], "江城\n晚报\n", "two lines of one column"),
    (
        [Print("江城", 40, 50), Print("晚报", 40, 20)],
        "晚报\n江城\n",
        "two lines, the lower first",
    ),
    ([Print("江", 40, 20)] * 3, "江\n江\n江\n", "one character read three times at one place"),
)


@pytest.mark.parametrize(("prints", "text"), [row[:2] for row in SMALL], ids=[r[2] for r in SMALL])
def test_small_pages(prints: list[Print], text: str) -> None:
    assert in_reading_order(in_rows(prints)).text == text


def test_the_picture_of_the_docs_is_what_the_script_draws(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("draw", ROOT / "scripts" / "draw_order.py")
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.main(tmp_path / "drawn.svg")
    kept = ROOT / "docs" / "pictures" / "reading-order.svg"
    assert (tmp_path / "drawn.svg").read_text("utf-8") == kept.read_text("utf-8")


class TestTheOption:
    PAGE = SAMPLES / "formats" / "A1.json"

    def test_found(self) -> None:
        by_columns = fix(self.PAGE.with_suffix(".hocr")).source.text
        assert fix(self.PAGE).source.text == by_columns

    def test_as_in_the_file(self) -> None:
        source = fix(self.PAGE, reading_order="file").source
        assert source.positions
        [page] = source.positions.readings
        assert source.text == in_file_order(page).text
