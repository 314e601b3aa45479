"""What bad scans do to the lines of a page, and the order all the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from fixnews.order.page_text import in_reading_order
from fixnews.positions import PrintedLine, Reading, Word
from tests.composing_room import (
    BRIDGE,
    EM,
    HARVEST,
    LEADING,
    LIBRARY,
    MEASURE,
    SCHOOL,
    Print,
    Sheet,
    as_one,
    byline,
    column,
    head,
    in_rows,
    in_words,
    rows_of,
    said,
    story,
)

C0, C1, C2 = (column(n) for n in range(3))
THREE: Sheet = (
    head("石桥镇办起社区书屋", C0 + 180),
    story(LIBRARY, (C0, C1, C2)),
)


def by_height(lines: Sequence[PrintedLine]) -> Reading:
    return Reading(tuple(sorted(lines, key=lambda line: (line.box.top, line.box.left))), 2000, 2000)


def stained(sheet: Sheet, number: int, text: str, more: int) -> tuple[Reading, str]:
    """A line of the body that a stain made higher and of which few characters were read."""
    body = sheet[-1]
    hurt = body[number]
    told = (*sheet[:-1], tuple(hurt._replace(text=text) if x is hurt else x for x in body))
    box = hurt.box._replace(bottom=hurt.box.bottom + more, right=hurt.left + EM * len(hurt.text))
    word = Word(text, box)
    others = [x for x in rows_of(sheet) if x is not hurt]
    lines = [*in_rows(others).lines, PrintedLine((word,), box)]
    return by_height(lines), said(told)


@pytest.mark.parametrize(
    ("text", "more"),
    [
        pytest.param("全全生疏全", 24, id="it reaches into the next line"),
        pytest.param("全全生疏", 14, id="little higher than its neighbours"),
    ],
)
def test_a_stained_line_where_one_line_has_room_is_no_heading(text: str, more: int) -> None:
    reading, want = stained(THREE, 3, text, more)
    assert in_reading_order(reading).text == want


def test_a_heading_between_two_stories_of_a_column_has_more_room() -> None:
    """The contrast: it stands three lines apart from what is above and below together."""
    above = story(LIBRARY, (C0,), 20)
    foot = above[-1].top
    sheet = (
        above,
        head("青溪大桥", C0, foot + LEADING + 5, 36),
        story(BRIDGE, (C0,), foot + 3 * LEADING),
    )
    assert in_reading_order(in_rows(rows_of(sheet))).text == said(sheet)


def test_a_headline_over_a_gutter_keeps_its_columns_together() -> None:
    """Its middle lies in no column, and the second begins as a paragraph does: dirt hid a word."""
    first, *rest = story(LIBRARY, (C0, C1))
    half = len(rest) // 2 + 1
    hurt = rest[half - 1]
    rest[half - 1] = hurt._replace(text=hurt.text[2:], left=hurt.left + 2 * EM, begins=True)
    sheet = (head("石桥镇办起社区书屋", C0 + 85), (first, *rest))
    assert in_reading_order(in_rows(rows_of(sheet))).text == said(sheet)


@pytest.mark.parametrize("up", [-6, 0, 6], ids=lambda up: f"{up} pixels lower")
def test_parts_of_a_headline_are_read_from_left_to_right(up: int) -> None:
    """However the boxes of its parts are cut above."""
    left = Print("石桥镇办起", C0 + 60, 20, 2 * EM)
    right = Print("社区书屋", C0 + 60 + 12 * EM, 20 + up, 2 * EM)
    sheet = ((left, right), story(LIBRARY, (C0, C1)))
    told = in_reading_order(in_words(rows_of(sheet))).text
    assert told.replace("\n", "").startswith("石桥镇办起社区书屋")


@pytest.mark.parametrize("mark", ["", "“", "·", "■"])
def test_a_byline_over_the_middle_column_though_dirt_was_read_before_it(mark: str) -> None:
    name = byline(mark + "本报驻罗马尼亚记者梁晓华", C1 - EM * len(mark), 108)
    sheet = (*THREE[:1], name, *THREE[1:])
    assert in_reading_order(in_rows(rows_of(sheet))).text == said(sheet)


ACROSS: dict[str, Callable[[Sequence[Print]], list[Print]]] = {
    "one row in six": lambda rows: across(rows, 6),
    "the first row alone, where the gutter is free only below": lambda rows: across(rows, 0),
}


def across(rows: Sequence[Print], every: int) -> list[Print]:
    tops = sorted({one.top for one in rows if one.em == EM})
    chosen = tops[:1] if not every else tops[every - 1 :: every]
    found = [one for one in rows if one.top not in chosen]
    found += [as_one([one for one in rows if one.top == top]) for top in chosen]
    return sorted(found, key=lambda one: (one.top, one.left))


@pytest.mark.parametrize("read", ACROSS.values(), ids=ACROSS)
def test_rows_that_read_on_by_chance_are_told_by_their_length(
    read: Callable[[Sequence[Print]], list[Print]],
) -> None:
    """Both columns say the same, so that each row reads on; it is longer by the gutter."""
    words = "书屋每天开放八小时，周末还请来说书艺人给孩子们讲故事。筹备工作用了四个月。" * 3
    sheet = (
        head("石桥镇办起社区书屋", C0 + 80),
        story(words, (C0, C1)),
    )
    assert in_reading_order(in_rows(read(rows_of(sheet)))).text == said(sheet)


def test_a_headline_torn_over_two_columns_stays_one() -> None:
    """Its halves stand inside the columns, little larger than the body, and have blank around."""
    above = story(LIBRARY, (C0, C1), 20)
    top = max(one.top for one in above) + LEADING + 22
    left = Print("经过十四个月", C0 + EM, top, 30)
    right = Print("大桥建成通车", C1 + EM, top, 30)
    below = story(BRIDGE, (C0, C1), top + 2 * LEADING + 20)
    told = in_reading_order(in_words(rows_of((above, (left, right), below)))).text
    assert "\n\n经过十四个月\n大桥建成通车\n\n" in told


def test_what_somebody_did_is_no_byline() -> None:
    """A row over two columns of which the comma was misread: it is cut, and stays text."""
    words = "石桥镇三记者驱车观看新建的上百所幼儿园信中小学" + LIBRARY
    sheet = (head("石桥镇办起社区书屋", C0 + 80), story(words, (C0, C1)))
    assert in_reading_order(in_rows(across(rows_of(sheet), 0))).text == said(sheet)


LONG = story(f"{LIBRARY}\n{BRIDGE}\n{HARVEST}", (C0, C1, C2))
"""Three columns of some fifteen lines each."""


def without(block: Sequence[Print], left: float, lost: range) -> tuple[Print, ...]:
    """A story without some lines of the column that begins there."""
    tops = [one.top for one in block if one.left - left in (0, 2 * EM)][lost.start : lost.stop]
    return tuple(one for one in block if one.top not in tops or one.left - left not in (0, 2 * EM))


LOST = {
    "a column in the middle": (C1, range(4, 9)),
    "the first column": (C0, range(7, 12)),
    "the last column": (C2, range(4, 9)),
}


@pytest.mark.parametrize("engine", [in_rows, in_words], ids=["rows", "words"])
@pytest.mark.parametrize(("left", "lost"), LOST.values(), ids=LOST)
def test_a_column_of_which_lines_were_not_read_stays_one(
    left: float, lost: range, engine: Callable[[Sequence[Print]], Reading]
) -> None:
    """The columns beside it have lines all along, and below the gap a paragraph goes on."""
    sheet = (head("石桥镇办起社区书屋", C0 + 180), without(LONG, left, lost))
    assert in_reading_order(engine(rows_of(sheet))).text == said(sheet)


def test_below_missing_lines_where_a_paragraph_begins_stands_another_story() -> None:
    """The contrast: its headline may be what was not read."""
    upper = story(SCHOOL, (C1,))[:5]
    lower = story(BRIDGE, (C1,), upper[-1].top + 6 * LEADING)[:5]
    beside = story(f"{LIBRARY}\n{HARVEST}", (C0, C2))
    sheet = (head("石桥镇办起社区书屋", C0 + 180), (*beside, *upper, *lower))
    told = in_reading_order(in_rows(rows_of(sheet))).text
    assert told.endswith("\n\n" + said((lower,)))


def test_where_lines_are_missing_in_all_columns_two_stories_lie_below_each_other() -> None:
    """The contrast: a headline over all was not read, and no column goes on beside the gap."""
    above = story(LIBRARY, (C0, C1, C2), 90)[:-2]
    below = story(f"{BRIDGE}\\n{SCHOOL}", (C0, C1, C2), max(x.top for x in above) + 6 * LEADING)
    sheet = (head("石桥镇办起社区书屋", C0 + 180), above, below)
    assert in_reading_order(in_rows(rows_of(sheet))).text == said(sheet)


READ_ON = "筹备组决定先从修旧书架着", "手，书屋开门前还要再装灯"
"""Two lines that read on: 着手."""


def among_wide_lines(left: float) -> str:
    """What is read of these lines, the second beginning there, where the gutter is not seen.

    It runs lower on the page; the rows above and below are set over both columns.
    """
    words = "书屋每天开放八小时，周末还请来说书艺人给孩子们讲故事。" * 8
    wide = [Print(words[n * 26 : n * 26 + 26], C0, 20 + n * LEADING) for n in range(8)]
    wide[4:] = [one._replace(top=one.top + LEADING) for one in wide[4:]]
    top = 20 + 4 * LEADING
    row = Print(READ_ON[0], C0, top), Print(READ_ON[1], left, top)
    below = story(f"{LIBRARY}\n{BRIDGE}", (C0, C1), 20 + 9 * LEADING)
    return in_reading_order(in_rows(rows_of((tuple(wide), row, below)))).text


def test_lines_with_a_gutter_between_are_two_though_they_read_on() -> None:
    assert "".join(READ_ON) not in among_wide_lines(C1)


def test_parts_of_a_line_that_touch_over_a_gutter_are_one() -> None:
    """The contrast: together they are as long as their type, and no gutter longer."""
    assert "".join(READ_ON) in among_wide_lines(C0 + EM * len(READ_ON[0]))


@pytest.mark.parametrize("row", [3, 4, 9, 11])
def test_halves_of_a_line_that_is_cut_are_not_put_together_again(row: int) -> None:
    """Its first characters were lost: by their number it is cut far behind the narrow gutter."""
    narrow = C0 + MEASURE * EM + 16
    top = head("石桥镇办起社区书屋", C0 + 80)
    body = story(f"{LIBRARY}\n{BRIDGE}", (C0, narrow))
    left, right = [one for one in body if one.top == body[row].top]
    cut, whole = left._replace(text=left.text[4:]), as_one([left, right])
    text = cut.text + right.text
    read = whole._replace(text=text, em=(whole.box.right - whole.left) / len(text))
    others = [one for one in rows_of((top, body)) if one not in (left, right)]
    page = in_rows(sorted((*others, read), key=lambda one: one.top))
    want = tuple(cut if one is left else one for one in body)
    assert in_reading_order(page).text == said((top, want))
