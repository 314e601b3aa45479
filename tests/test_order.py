"""In which order a page is read: pages set by hand, and the text that has to come out of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from fixnews.order.page_text import in_reading_order
from fixnews.order.placed import cells
from fixnews.positions import Box, PrintedLine, Reading, Word
from tests.composing_room import (
    BRIDGE,
    EM,
    ENGINES,
    HARVEST,
    LIBRARY,
    SCHOOL,
    Print,
    Sheet,
    as_one,
    byline,
    column,
    head,
    in_rows,
    in_words,
    leaning,
    read_across,
    rows_of,
    said,
    story,
    torn,
    upright,
)

C0, C1, C2, C3 = (column(n) for n in range(4))

SHEETS: dict[str, Sheet] = {
    "two columns, one behind the other": (story(LIBRARY, (C0, C1)),),
    "a headline over three columns is read before them": (
        head("石桥镇办起社区书屋", C0 + 180),
        story(LIBRARY, (C0, C1, C2)),
    ),
    "three stories of one column, each under its headline": (
        head("社区书屋", C0, em=30),
        story(LIBRARY, (C0,), 70),
        head("青溪大桥", C1, em=30),
        story(BRIDGE, (C1,), 70),
        head("水稻丰收", C2, em=30),
        story(HARVEST, (C2,), 70),
    ),
    "two stories side by side, each of two columns": (
        head("石桥镇办起社区书屋", C0 + 80, em=36),
        story(LIBRARY, (C0, C1)),
        head("青溪河大桥下月通车", C2 + 80, em=36),
        story(BRIDGE, (C2, C3)),
    ),
    "one story below another, the columns at the same places": (
        head("石桥镇办起社区书屋", C0 + 180),
        story(LIBRARY, (C0, C1, C2), 90),
        head("青溪河大桥下月通车", C0 + 180, 370),
        story(BRIDGE, (C0, C1, C2), 440),
    ),
    "columns below others without a headline: what the columns above end with ends them": (
        head("石桥镇办起社区书屋", C0 + 180),
        story(LIBRARY, (C0, C1, C2), 90),
        story(BRIDGE, (C0, C1, C2), 380),
    ),
    "a byline over a gutter stands between headline and text": (
        head("石桥镇办起社区书屋", C0 + 80),
        byline("本报记者　沈砚秋　通讯员　周明", C0 + 100, 90),
        story(LIBRARY, (C0, C1)),
    ),
    "a story of one column beside one of two": (
        head("石桥镇办起社区书屋", C0 + 80),
        story(LIBRARY, (C0, C1), 90),
        head("学校开劳动课", C2, em=30),
        story(SCHOOL, (C2,), 90),
    ),
    "kicker, headline and deck are one heading, from top to bottom": (
        head("本县文化惠民再添新景", C0 + 140, 10, 28)
        + head("石桥镇办起社区书屋", C0 + 80, 50)
        + head("三千册图书免费借", C0 + 140, 105, 28),
        story(LIBRARY, (C0, C1), 150),
    ),
}

READS: dict[str, Callable[[Iterable[Print]], list[Print]]] = {
    "whole": list,
    "torn": lambda prints: torn(list(prints), 3),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("slope", [0.0, 0.01, -0.02], ids=lambda slope: f"falls {slope}")
@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_lines_by_height_come_out_story_by_story(
    sheet: Sheet, slope: float, read: str, engine: str
) -> None:
    prints = READS[read](rows_of(sheet))
    assert in_reading_order(leaning(ENGINES[engine](prints), slope)).text == said(sheet)


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_rows_read_across_all_columns_are_cut_where_their_characters_tell(sheet: Sheet) -> None:
    prints = read_across(rows_of(sheet), 6, cells=True)
    assert in_reading_order(in_rows(prints)).text == said(sheet)


BY_WIDTH = (
    "two columns, one behind the other",
    "a headline over three columns is read before them",
    "two stories side by side, each of two columns",
    "one story below another, the columns at the same places",
)


@pytest.mark.parametrize("name", BY_WIDTH)
def test_rows_read_across_are_cut_by_their_widths(name: str) -> None:
    prints = read_across(rows_of(SHEETS[name]), 6)
    assert in_reading_order(in_rows(prints)).text == said(SHEETS[name])


def test_a_short_line_read_across_is_cut_by_its_width() -> None:
    sheet = SHEETS["a byline over a gutter stands between headline and text"]
    assert in_reading_order(in_rows(read_across(rows_of(sheet), 6))).text == said(sheet)


def test_rows_read_across_on_a_page_that_leans() -> None:
    sheet = SHEETS["one story below another, the columns at the same places"]
    page = leaning(in_rows(read_across(rows_of(sheet), 6)), 0.02)
    assert in_reading_order(page).text == said(sheet)


def test_a_straight_page_is_not_turned() -> None:
    sheet = SHEETS["two columns, one behind the other"]
    seen = cells(in_rows(rows_of(sheet)))
    assert len(set(seen.top[seen.line == 0])) == 1


def test_a_deck_little_larger_than_the_body_stays_whole() -> None:
    sheet = (
        head("石桥镇办起社区书屋", C0 + 80),
        head("三千册图书免费借", C0 + 140, 85, 26),
        story(LIBRARY, (C0, C1), 150),
    )
    assert in_reading_order(in_words(rows_of(sheet))).text == said((sheet[0] + sheet[1], sheet[2]))


def test_a_headline_torn_over_a_gutter_is_one_line() -> None:
    sheet = SHEETS["a headline over three columns is read before them"]
    whole, *rest = rows_of(sheet)
    left, right = whole._replace(text=whole.text[:2]), whole._replace(text=whole.text[2:])
    prints = [left, right._replace(left=right.left + 2 * right.em), *rest]
    assert in_reading_order(in_words(prints)).text == said(sheet)


def set_solid(text: str) -> str:
    """Without the blanks that words of figures are set off by."""
    return text.replace(" ", "")


MASTHEAD = head("石桥日报", C1 + 60, 10, 60)
DATED = byline("2024年3月4日星期一第5207期今日8版", C1 - 40, 90)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "date",
    [
        "2024年3月4日星期一第5207期今日8版",
        "2024年3]月4日星期一第5207期今日8版",
        "2024年3月4百星期一第5207期今日8版",
    ],
)
def test_masthead_and_date_line_stand_before_all_stories(date: str, engine: str) -> None:
    """However close the headline below them is, and though the date was misread."""
    sheet = (
        MASTHEAD,
        (DATED[0]._replace(text=date),),
        head("石桥镇办起社区书屋", C0 + 80, 120),
        story(LIBRARY, (C0, C1), 190),
        head("青溪河大桥下月通车", C2 + 80, 120, 36),
        story(BRIDGE, (C2, C3), 190),
    )
    assert set_solid(in_reading_order(ENGINES[engine](rows_of(sheet))).text) == said(sheet)


def test_the_folio_of_a_page_stands_before_its_first_story() -> None:
    """It lies beside the first headline, a little lower."""
    sheet = (
        byline("03要闻责任编辑：刘敏版式设计：朱洁", C0, 12),
        head("石桥镇办起社区书屋", C0 + 80, 40),
        story(LIBRARY, (C0, C1)),
    )
    assert in_reading_order(in_words(rows_of(sheet))).text == said(sheet)


def test_what_reads_as_a_date_line_inside_a_page_is_text() -> None:
    sheet = (
        head("石桥镇办起社区书屋", C0 + 80),
        story("2024年3月4日星期一。\n" + LIBRARY, (C0, C1)),
    )
    assert set_solid(in_reading_order(in_words(rows_of(sheet))).text) == said(sheet)


def test_dirt_read_as_a_character_bridges_no_columns() -> None:
    """It lies between the foot of one story and the head of the next, in the same column."""
    sheet = SHEETS["one story below another, the columns at the same places"]
    dirt = Print("丫", C0 + 90, 350, 8)
    text = in_reading_order(in_words(sorted((*rows_of(sheet), dirt), key=lambda one: one.top))).text
    assert text.replace("丫", "") == said(sheet)


def test_two_headlines_in_type_of_two_sizes_are_two() -> None:
    """They stand nearer than two ems, the first over one column, the second over two."""
    sheet = (
        head("社区书屋开张", C0, 20, 36),
        story(LIBRARY, (C0,)),
        head("青溪河大桥下月正式建成通车", C1 - 16, 24, 28),
        story(BRIDGE, (C1, C2)),
    )
    assert in_reading_order(in_words(rows_of(sheet))).text == said(sheet)


@pytest.mark.parametrize("last", ["（下转第三版）", "（下转3艇）"])
def test_no_column_is_read_on_behind_a_jump_line(last: str) -> None:
    """The next column begins as one that goes on does; its headline stands over both."""
    lines = story(LIBRARY, (C0,))
    turn = Print(last, C0 + 5 * EM, lines[-1].top + 30, begins=True)
    sheet = (
        head("社区书屋", C0 + 80, em=30),
        (*lines, turn),
        head("青溪大桥", C1 + 80, em=30),
        story(BRIDGE, (C1,)),
    )
    assert in_reading_order(in_words(rows_of(sheet))).text == said(sheet)


def two_headlines(second: str) -> Sheet:
    """Two stories whose headlines stand nearer to each other than their type is wide."""
    return (
        head("石桥镇办社区书屋", C0 + 35, em=60) + head("三千册书免费借阅", C0 + 60, 90, 36),
        story(LIBRARY, (C0, C1), 150),
        head(second, C2 + 5, em=60) + head("市民出行快了一半", C2 + 60, 90, 36),
        story(BRIDGE, (C2, C3), 150),
    )


def with_one_headline(sheet: Sheet, *, cells: bool) -> Reading:
    """Both are read as one line."""
    first, second, *rest = rows_of(sheet)
    return in_rows([as_one([first, second], cells=cells), *rest])


TOUCHES = pytest.mark.xfail(
    reason="without boxes of characters the halves of a cut line touch, and what touches at one "
    "height is one heading again"
)


@pytest.mark.parametrize(
    ("second", "cells"),
    [
        ("新桥下月正式通车", True),
        pytest.param("新桥下月正式通车", False, marks=TOUCHES),
        ("青溪大桥下月通车", True),
    ],
)
def test_headlines_read_as_one_line_are_told_apart_by_their_second_lines(
    second: str, cells: bool
) -> None:
    sheet = two_headlines(second)
    assert in_reading_order(with_one_headline(sheet, cells=cells)).text == said(sheet)


def test_a_headline_over_both_halves_stays_whole() -> None:
    """The contrast: its second line stands under its middle."""
    sheet = (
        head("石桥镇社区书屋与青溪河大桥同日启用", C0 + 80, em=48)
        + head("全镇居民齐来庆贺", C1, 75, 36),
        story(LIBRARY + "\n" + BRIDGE, (C0, C1, C2, C3)),
    )
    assert in_reading_order(in_rows(rows_of(sheet))).text == said(sheet)


@pytest.mark.parametrize("engine", ENGINES)
def test_vertical_lines_are_read_from_right_to_left(engine: str) -> None:
    sheet = SHEETS["a headline over three columns is read before them"]
    assert in_reading_order(upright(ENGINES[engine](rows_of(sheet)), 600)).text == said(sheet)


def test_specks_stay_behind_the_line_that_they_lie_at() -> None:
    """A rule between columns is read as marks: they make no line of their own and part none."""
    sheet = SHEETS["two columns, one behind the other"]
    lines = rows_of(sheet)
    first = sheet[0][0]
    speck = Print("。", first.box.right + 4, first.top, 8)
    told = in_reading_order(in_words([*lines, speck])).text
    assert told == said(sheet).replace(first.text, first.text + "。", 1)


def test_marks_that_are_all_of_a_page_are_lines() -> None:
    """The contrast: where nothing else stands they are no specks."""
    prints = [Print("。", 40, 20, 8), Print("、", 40, 50, 8)]
    assert in_reading_order(in_words(prints)).text == "。\n、\n"


def test_latin_words_keep_a_blank_between_them() -> None:
    words = tuple(Word(t, Box(x, 20, x + 50, 40)) for t, x in (("New", 40), ("York", 95)))
    lines = (PrintedLine(words, Box(40, 20, 145, 40)), in_words([Print("纽约", 40, 50)]).lines[0])
    assert in_reading_order(Reading(lines)).text == "New York\n纽约\n"


def test_an_indent_that_was_read_is_not_typed_again() -> None:
    sheet = SHEETS["two columns, one behind the other"]
    first = sheet[0][0]
    read = first._replace(text="　　" + first.text, left=first.left - 2 * EM)
    prints = [read if one == first else one for one in rows_of(sheet)]
    assert in_reading_order(in_rows(prints)).text == said(sheet)
