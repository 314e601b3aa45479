"""Where the reading order of a page is not sure, the report says so and names the other way."""

from __future__ import annotations

from itertools import combinations, pairwise
from random import Random

import pytest

import fixnews
from fixnews.correction import Correction
from fixnews.order.doubts import doubts
from fixnews.order.parting import Row as Parting
from fixnews.positions import UNSURE
from tests.columns import (
    BEGINS,
    GOES_ON,
    LEFT,
    Row,
    column,
    headline,
    interleaved,
    one_headline,
    tsv,
    upright,
)

ENDS = (*LEFT[:-1], "又在两岸种下一千棵树苗。")


def notes(data: str, **settings: object) -> list[Correction]:
    found = fixnews.fix(data.encode(), path="A1.tsv", **settings).corrections  # type: ignore[arg-type]
    return [one for one in found if one.code == "ORD101"]


SURE: dict[str, list[Row]] = {
    "a sentence goes on": interleaved(column(LEFT, 0), column(GOES_ON, 1)),
    "each column has a headline": interleaved(
        column(LEFT, 0),
        column(BEGINS, 1),
        headline("水库放水", 60, 40),
        headline("邮局车架", 340, 40),
    ),
    "one column": column(LEFT, 0),
    "nothing on the page": [],
}


@pytest.mark.parametrize("reason", SURE)
def test_a_sure_order_is_no_news(reason: str) -> None:
    assert notes(tsv(SURE[reason])) == []


class TestUnsure:
    def test_a_story_that_ends_may_go_on(self) -> None:
        [note] = notes(tsv(one_headline()))
        assert note.message.startswith("a story ends with block 2, but may go on in block 3 ('邮局")
        assert (note.before, note.after, note.safety) == (LEFT[-1], LEFT[-1], "note")

    def test_a_story_that_goes_on_may_end(self) -> None:
        over_the_first = headline("放水", 130, 40)
        [note] = notes(tsv(interleaved(column(ENDS, 0), column(BEGINS, 1), over_the_first)))
        assert note.message.startswith("block 2 is read on in block 3 ('邮局")
        assert note.message.endswith("but a story may end here instead")
        assert note.before == ENDS[-1]

    def test_it_stands_where_the_line_stands_on_the_paper(self) -> None:
        [note] = notes(tsv(one_headline()))
        assert note.on_paper
        assert (note.on_paper.box, note.on_paper.sheet) == ((50, 310, 290, 332), 1)

    def test_on_every_page_of_a_file(self) -> None:
        found = notes(tsv(one_headline(), column(LEFT, 0), one_headline()))
        assert [note.on_paper.sheet for note in found if note.on_paper] == [1, 3]
        assert {note.before for note in found} == {LEFT[-1]}

    def test_on_a_page_of_vertical_lines(self) -> None:
        [note] = notes(tsv(upright(one_headline())))
        assert note.on_paper
        assert note.on_paper.box == (700 - 332, 50, 700 - 310, 290)

    def test_it_is_never_applied(self) -> None:
        data = tsv(one_headline()).encode()
        result = fixnews.fix(data, select="ORD", unsafe_fixes=True)
        assert result.text == result.source.text
        assert [c.applied for c in result.corrections] == [False]

    def test_it_stays_when_its_line_is_repaired(self) -> None:
        last = "又在两岸,种上一千多棵树"
        rows = interleaved(column((*LEFT[:-1], last), 0), column(BEGINS, 1))
        result = fixnews.fix(tsv(rows).encode())
        assert last.replace(",", "，") in result.text
        [note] = [c for c in result.corrections if c.code == "ORD101"]
        assert note.before == "种上一千多棵树"

    def test_it_can_be_left_out(self) -> None:
        assert notes(tsv(one_headline()), ignore="ORD") == []

    def test_nothing_is_unsure_of_the_order_of_the_file(self) -> None:
        assert notes(tsv(one_headline()), reading_order="file") == []

    def test_a_page_of_text_has_no_order_to_be_sure_of(self) -> None:
        assert notes("\n".join((*LEFT, *BEGINS))) == []


class Priced(Parting):
    """A row of columns whose stories cost what chance says."""

    def cost(self, start: int, end: int) -> float:
        return Random(f"{self.em} {start} {end}").uniform(-6, 6)


def priced(columns: int, seed: int) -> Priced:
    return Priced((None,) * columns, (), (), seed)  # type: ignore[arg-type]


def partings(columns: int) -> list[tuple[int, ...]]:
    """Every way of parting some columns: where stories begin, and the end of the last."""
    inner = range(1, columns)
    return [(0, *cut, columns) for n in range(columns) for cut in combinations(inner, n)]


class TestMargins:
    @pytest.mark.parametrize("columns", range(1, 7))
    @pytest.mark.parametrize("seed", range(5))
    def test_a_margin_is_what_the_best_parting_of_the_other_kind_costs_more(
        self, columns: int, seed: int
    ) -> None:
        row = priced(columns, seed)
        costs = {cut: sum(row.cost(*story) for story in pairwise(cut)) for cut in partings(columns)}
        expected = [
            min(cost for cut, cost in costs.items() if n in cut)
            - min(cost for cut, cost in costs.items() if n not in cut)
            for n in range(1, columns)
        ]
        assert row.margins() == pytest.approx(expected)

    @pytest.mark.parametrize("seed", range(20))
    def test_above_nothing_the_story_reads_on(self, seed: int) -> None:
        row = priced(6, seed)
        begins = {start for start, _ in row.parted()}
        assert [margin < 0 for margin in row.margins()] == [n in begins for n in range(1, 6)]

    def test_a_doubt_has_less_than_the_threshold(self) -> None:
        rows = [priced(6, seed) for seed in range(9)]
        small = [m for row in rows for m in row.margins() if abs(m) < UNSURE]
        found = [one for row in rows for one in doubts(row)]
        assert [(one.margin, one.linked) for one in found] == [(abs(m), m > 0) for m in small]
        assert {one.linked for one in found} == {True, False}
        assert [len(doubts(row, least=100.0)) for row in rows] == [5] * 9
