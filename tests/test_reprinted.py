"""Continuations without a jump line, told by the headline printed again over them."""

from __future__ import annotations

import pytest

from fixnews.filters import Context
from fixnews.pipeline import Repair, repair
from fixnews.source import Source
from tests.composing_room import (
    BRIDGE,
    LIBRARY,
    SCHOOL,
    Print,
    Sheet,
    as_source,
    column,
    head,
    in_rows,
    rows_of,
    story,
)

TITLE = "石桥镇办起社区书屋"
CUT = LIBRARY.index("。", len(LIBRARY) // 2) - 4
FIRST, REST = LIBRARY[:CUT], LIBRARY[CUT:].lstrip("\n")
TURN = "（下转第2版）"


def front() -> Sheet:
    lines = story(FIRST, (column(0),), 90)
    turn = Print(TURN, column(0) + 5 * 20, lines[-1].top + 30)
    return (
        head(TITLE, column(0), em=25),
        (*lines, turn),
        head("学校开劳动课", column(1), em=30),
        story(SCHOOL, (column(1),), 90),
    )


def inside(title: str, lead: str = "", em: float = 25) -> Sheet:
    lines = story(REST, (column(0),), 90)
    first = lines[0]._replace(text=lead + lines[0].text, left=column(0), begins=False)
    return (
        head(title, column(0), em=em),
        (first, *lines[1:]),
        head("青溪河大桥", column(1), em=30),
        story(BRIDGE, (column(1),), 90),
    )


def run(second: Sheet, *, positions: bool = True) -> Repair:
    pages = [
        as_source(in_rows(rows_of(sheet)), f"{n}.json")
        for n, sheet in enumerate((front(), second), 1)
    ]
    if not positions:
        pages = [Source(page.path, page.text) for page in pages]
    return repair(pages, Context(labels=("1", "2")))


def merged(done: Repair) -> bool:
    return any(c.code == "JMP101" and c.applied for c in done.corrections)


@pytest.mark.parametrize("lead", ["", "上托1版", "土梁1饿"], ids=lambda lead: lead or "nothing")
def test_a_headline_printed_again_tells_where_a_story_goes_on(lead: str) -> None:
    """Of the jump line was read nothing, or so little that nobody would know it for one."""
    done = run(inside(TITLE, lead))
    assert merged(done)
    first, second = done.texts
    assert "".join(LIBRARY.split()) in "".join(first.split())
    assert TITLE not in second
    assert "上托" not in first + second


@pytest.mark.parametrize(
    ("second", "positions", "reason"),
    [
        (inside("石桥镇修成环湖步道"), True, "another headline"),
        (
            inside(TITLE, em=20),
            True,
            "the words in the size of the body: nobody prints headlines so",
        ),
        (inside(TITLE), False, "a page of text: nobody knows what is set large"),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_otherwise_the_jump_stays_open(second: Sheet, positions: bool, reason: str) -> None:
    assert not merged(run(second, positions=positions)), reason
