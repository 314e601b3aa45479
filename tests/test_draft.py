"""The draft: what is revised comes out, and everything untouched knows where it was read."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixnews.changes import Edit, Move, trimmed
from fixnews.draft import KEPT, Draft, Span
from fixnews.source import Source
from tests.strategies import edits_of, moved, naive, page_text


@given(st.data(), page_text, page_text)
def test_three_revisions_equal_naive_replacement(data: st.DataObject, one: str, two: str) -> None:
    draft = Draft.of(Source("a", one), Source("b", two))
    for number in range(3):
        edits = data.draw(edits_of(draft.text))
        expected = naive(draft.text, edits)
        draft = draft.revise(edits, count(number * 100))
        assert draft.text == expected


@given(st.data(), page_text, page_text)
def test_kept_pieces_are_slices_of_their_sources(data: st.DataObject, one: str, two: str) -> None:
    draft = Draft.of(Source("a", one), Source("b", two))
    for _ in range(3):
        draft = draft.revise(data.draw(edits_of(draft.text)))
    for piece, start in zip(draft.pieces, draft.starts, strict=False):
        source = draft.sources[piece.source]
        assert 0 <= piece.start <= piece.end <= len(source.text)
        if piece.maker == KEPT:
            assert draft.text[start:].startswith(source.text[piece.start : piece.end])


@given(st.data(), page_text)
def test_a_move_is_cut_and_paste(data: st.DataObject, text: str) -> None:
    ends = st.integers(0, len(text))
    start, end = sorted(data.draw(st.tuples(ends, ends)))
    move = Move(start, end, data.draw(ends.filter(lambda to: not start < to < end)))
    assert Draft.of(Source("a", text)).revise([move]).text == moved(text, move)


@given(st.lists(page_text, max_size=4))
def test_pages_come_out_as_they_went_in(texts: list[str]) -> None:
    draft = Draft.of(*(Source(str(n), text) for n, text in enumerate(texts)))
    assert draft.texts() == tuple(texts)


@given(st.data(), page_text, page_text)
def test_its_pages_put_together_are_the_draft(data: st.DataObject, one: str, two: str) -> None:
    draft = Draft.of(Source("a", one), Source("b", two), Source("c", ""))
    draft = draft.revise(data.draw(edits_of(draft.text)))
    assert Draft.joined(draft.leaves()) == draft


def test_pieces_of_a_page_cover_it() -> None:
    draft = Draft.of(Source("a", "一二"), Source("b", ""), Source("c", "三"))
    draft = draft.revise([Edit(1, 2, "贰"), Move(4, 5, 1)])
    rebuilt = [
        "".join(
            p.text or draft.sources[p.source].text[p.start : p.end] for p in draft.page_pieces(n)
        )
        for n in range(3)
    ]
    assert rebuilt == list(draft.texts()) == ["一三贰", "", ""]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ([Edit(0, 2, "X"), Edit(1, 3, "Y")], "two edits share a character"),
        ([Edit(1, 3, "")], "the break between two pages cannot be deleted"),
        ([Move(0, 4, 5)], "nor moved"),
        ([Edit(0, 1, "X"), Move(0, 2, 5)], "an edit inside a moved passage"),
    ],
)
def test_what_a_revision_refuses(changes: list[Edit | Move], reason: str) -> None:
    draft = Draft.of(Source("a", "经济"), Source("b", "稳定"))
    with pytest.raises(ValueError, match=r"overlap|break between two pages"):
        draft.revise(changes)
    assert reason


@pytest.mark.parametrize(
    ("edits", "span", "where"),
    [
        ([], (0, 2), [Span(0, 0, 2)]),
        ([Edit(1, 2, "")], (0, 2), [Span(0, 0, 1), Span(0, 2, 3)]),
        ([Edit(1, 2, "XY")], (1, 2), [Span(0, 1, 2)]),
        ([Edit(1, 1, "X")], (1, 2), [Span(0, 1, 1)]),
        ([Edit(1, 1, "X")], (0, 3), [Span(0, 0, 2)]),
        ([], (2, 2), [Span(0, 2, 2)]),
        ([], (0, 0), [Span(0, 0, 0)]),
        ([], (4, 4), [Span(1, 0, 0)]),
        ([Edit(0, 3, "")], (1, 1), [Span(1, 0, 0)]),
    ],
)
def test_where_a_span_was_read(edits: list[Edit], span: tuple[int, int], where: list[Span]) -> None:
    draft = Draft.of(Source("a", "甲乙丙"), Source("b", "丁")).revise(edits)
    assert list(draft.spans(*span)) == where


@given(page_text, st.data())
def test_trimming_changes_what_is_replaced_and_not_what_comes_out(
    text: str, data: st.DataObject
) -> None:
    for edit in data.draw(edits_of(text)):
        small = trimmed(edit, text)
        assert edit.start <= small.start <= small.end <= edit.end
        assert naive(text, [small]) == naive(text, [edit])


def test_many_edits_cost_no_more_than_their_number() -> None:
    """Neighbours that are kept again become one piece, so that drafts do not grow for ever."""
    draft = Draft.of(Source("a", "经济" * 1000))
    for _ in range(5):
        draft = draft.revise([Edit(n, n + 1, "") for n in range(0, 20, 2)])
    assert len(draft.pieces) <= 60
