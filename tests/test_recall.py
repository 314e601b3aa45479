"""What is remembered changes no answer, only how often it is worked out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fixnews.recall import PAGE, Recall, lots, page_size


@given(st.lists(st.lists(st.integers(0, 9), max_size=8), max_size=8), st.integers(1, 12))
def test_the_answers_are_those_of_the_function(batches: list[list[int]], most: int) -> None:
    squares = Recall(lambda rows: [row * row for row in rows], most)
    assert [squares(batch) for batch in batches] == [[n * n for n in batch] for batch in batches]
    assert len(squares.known) <= most


def test_a_row_is_worked_out_once() -> None:
    worked: list[str] = []
    recall = Recall(lambda rows: [worked.append(row) for row in rows])
    recall(["一", "二", "一"])
    recall(["二", "三"])
    assert worked == ["一", "二", "三"]
    assert (recall.asked, recall.worked_out) == (5, 3)


def test_the_oldest_are_forgotten_first() -> None:
    recall = Recall(lambda rows: list(map(len, rows)), 4)
    for line in ("一", "二", "三", "四", "五"):
        recall([line])
    assert list(recall.known) == ["二", "三", "四", "五"]


def test_what_was_just_asked_for_is_forgotten_last() -> None:
    squares = Recall(lambda rows: [row * row for row in rows], most=8)
    squares([1, 2, 3, 4, 5, 6])
    squares([1, 2, 7, 8, 9])
    squares([1, 2, 7, 8, 9])
    assert squares.worked_out == 9


@given(st.lists(st.lists(st.text("水位", max_size=9), max_size=8), max_size=8), st.integers(0, 50))
def test_rows_count_for_their_size(batches: list[list[str]], most: int) -> None:
    lengths = Recall(lambda rows: list(map(len, rows)), most, lambda row: 1 + len(row))
    assert [lengths(batch) for batch in batches] == [list(map(len, batch)) for batch in batches]
    assert lengths.held == sum(1 + len(row) for row in lengths.known) <= most


def test_what_is_cleared_counts_for_nothing() -> None:
    lengths = Recall(lambda rows: list(map(len, rows)), 1000, page_size)
    lengths(["水位", "水"])
    assert lengths.held == 2 * PAGE + 3
    lengths.clear()
    assert (lengths.held, lengths.known) == (0, {})


@given(st.lists(st.text("水位", max_size=9)), st.integers(1, 5), st.integers(0, 500))
def test_lots_are_all_pages_in_their_order(pages: list[str], most: int, characters: int) -> None:
    found = list(lots(pages, most, characters))
    assert [page for lot in found for page in lot] == pages
    assert all(0 < len(lot) <= most for lot in found)
    assert all(len(lot) == 1 or sum(map(page_size, lot)) <= characters for lot in found)
