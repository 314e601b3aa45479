"""The path: what is reported is what was done, and nothing else was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fixnews import pipeline
from fixnews.changes import Edit, Move, Safety, note
from fixnews.composing import compose, replay
from fixnews.correction import Correction, Finding
from fixnews.draft import Draft
from fixnews.filters import ByPage, Context, Filter, Selection
from fixnews.pipeline import reject_all, repair, threshold
from fixnews.source import Source
from tests.strategies import RULE, edits_of, move_of, page_text, scripted


def test_nothing_to_do_is_nothing_done() -> None:
    done = repair([Source("a", "经济")], chain=())
    assert done.texts == ("经济",)
    assert done.corrections == ()


@given(st.data(), page_text, page_text)
def test_the_report_replayed_gives_the_output(data: st.DataObject, one: str, two: str) -> None:
    sources = [Source("a", one), Source("b", two)]
    draft, rounds = Draft.of(*sources), []
    for _ in range(3):
        rounds.append(data.draw(edits_of(draft.text)))
        draft = draft.revise(rounds[-1])
    done = repair(sources, chain=[scripted(*rounds)])
    assert replay(sources, done.corrections) == done.texts


@given(st.data(), page_text, page_text)
def test_a_report_with_moves_replayed_gives_the_output(
    data: st.DataObject, one: str, two: str
) -> None:
    sources = [Source("a", one), Source("b", two)]
    pages = Draft.of(*sources).pages()
    start, end = sorted(data.draw(st.tuples(*[st.integers(*pages[1])] * 2)))
    to = data.draw(st.integers(*pages[0]))
    first = [Move(start, end, to, code="TST101")]
    later = data.draw(edits_of(Draft.of(*sources).revise(first).text))
    done = repair(sources, chain=[scripted(first, later)])
    moved = [c for c in done.corrections if c.to]
    base = pages[1][0]
    gone = {
        n for c in done.corrections if c.source == 1 and not c.to for n in range(c.start, c.end)
    }
    wanted = "" if gone >= {*range(start - base, end - base)} else two[start - base : end - base]
    assert "".join(c.before for c in moved) in (wanted, two[start - base : end - base])
    assert replay(sources, done.corrections) == done.texts


@given(st.data(), page_text, page_text)
def test_a_report_of_moves_and_moves_again_gives_the_output(
    data: st.DataObject, one: str, two: str
) -> None:
    sources = [Source("a", one), Source("b", two)]
    draft, rounds = Draft.of(*sources), []
    for letter in "WXYZ":
        change = data.draw(st.one_of(edits_of(draft.text, letter), move_of(draft)))
        rounds.append(change)
        draft = draft.revise(change)
    done = repair(sources, chain=[scripted(*rounds)])
    assert replay(sources, done.corrections) == done.texts


def test_two_tails_to_one_point_keep_their_order() -> None:
    sources = [Source("A1", "头，"), Source("B2", "身，"), Source("C3", "尾。")]
    moves = [Move(3, 5, 2, code="TST101"), Move(6, 8, 2, code="TST101")]
    done = repair(sources, chain=[scripted(moves)])
    assert done.texts == ("头，身，尾。", "", "")
    assert replay(sources, done.corrections) == done.texts


@given(st.data(), page_text)
def test_applied_corrections_never_overlap_and_quote_the_original(
    data: st.DataObject, text: str
) -> None:
    first = data.draw(edits_of(text))
    second = data.draw(edits_of(Draft.of(Source("a", text)).revise(first).text))
    done = repair([Source("a", text)], chain=[scripted(first, second)])
    end = 0
    for correction in done.corrections:
        assert correction.start >= end
        end = correction.end
        assert correction.before == text[correction.start : correction.end]
        assert done.sources[0].offset(correction.place) == correction.start


@given(st.data(), page_text)
def test_all_rejected_is_the_original(data: st.DataObject, text: str) -> None:
    done = repair(
        [Source("a", text)], decide=reject_all, chain=[scripted(data.draw(edits_of(text)))]
    )
    assert done.texts == (text,)
    assert not any(c.applied for c in done.corrections)


def test_a_second_filter_on_the_first_ones_work_is_one_correction() -> None:
    done = repair(
        [Source("a", "稳定,人民")],
        chain=[
            scripted([Edit(2, 3, "，", "TST101", "wide")], [Edit(2, 3, "。", "TST101", "stop")])
        ],
    )
    (correction,) = done.corrections
    assert (correction.before, correction.after) == (",", "。")
    assert correction.message == "wide; stop"
    assert len(correction.keys) == 2


@given(st.data(), page_text.filter(bool))
def test_what_is_offered_can_be_put_into_the_original(data: st.DataObject, text: str) -> None:
    """As an editor does that reads SARIF: with what was applied elsewhere it gives the new text."""
    source = Source("a", text)
    draft, accepted, numbers = Draft.of(source), [], count()
    for _ in range(3):
        edits = [e for e in data.draw(edits_of(draft.text)) if e.start < e.end and e.new]
        signed = [(next(numbers), Finding(edit, draft)) for edit in edits]
        accepted += signed
        draft = draft.revise(edits, [number for number, _ in signed])
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(draft.text))] * 2)))
    assume(start < end)
    offer = Finding(Edit(start, end, "济", "TST101", safety="unsafe"), draft)
    corrections = compose(draft, accepted, [offer])
    offers = [c for c in corrections if not c.applied]
    kept = [c for c in corrections if c.applied and not any(_meet(c, o) for o in offers)]
    taken = [replace(c, applied=True) for c in (*kept, *offers)]
    assert replay([source], taken) == (draft.text[:start] + "济" + draft.text[end:],)


def _meet(one: Correction, two: Correction) -> bool:
    return one.start < two.end and two.start < one.end


def test_unsafe_is_offered_and_only_applied_on_request() -> None:
    offered = scripted([Edit(0, 1, "济", "TST101", safety="unsafe")])
    assert repair([Source("a", "挤")], chain=[offered]).texts == ("挤",)
    offered = scripted([Edit(0, 1, "济", "TST101", safety="unsafe")])
    taken = repair([Source("a", "挤")], decide=threshold(unsafe=True), chain=[offered])
    assert taken.texts == ("济",)


def test_a_note_can_not_be_applied() -> None:
    noted = scripted([note(0, 1, "下转", "TST101", "open")])
    done = repair([Source("a", "下转")], decide=threshold(unsafe=True), chain=[noted])
    assert done.texts == ("下转",)
    assert [(c.safety, c.applied) for c in done.corrections] == [("note", False)]


def test_the_group_of_a_rejected_move_falls_with_it() -> None:
    """A marker may not vanish when the passage that it announces stays away."""
    changes = [
        Move(3, 5, 2, "TST101", safety="unsafe", group="j1"),
        Edit(0, 1, "", "TST101", group="j1"),
    ]
    done = repair([Source("A1", "头转"), Source("C2", "尾。")], chain=[scripted(changes)])
    assert done.texts == ("头转", "尾。")


def test_overlapping_proposals_wait_for_the_next_round() -> None:
    def propose(draft: Draft, context: Context) -> list[Edit]:
        del context
        at = draft.text.find("挤挤")
        return [Edit(at, at + 1, "济", "TST101"), Edit(at, at + 2, "济济", "TST101")][
            : 2 * (at >= 0)
        ]

    done = repair([Source("a", "挤挤挤")], chain=[Filter("two", (RULE,), propose, "tests")])
    assert done.texts == ("济济挤",)


def test_a_page_that_did_not_change_is_read_once() -> None:
    """Its answer follows from its text; only the page that was repaired is read again."""
    read: list[str] = []

    def propose(text: str, context: Context) -> list[Edit]:
        del context
        read.append(text)
        at = text.find("挤")
        return [Edit(at, at + 1, "济", "TST101")] if at >= 0 else []

    pages = [Source("a", "经挤"), Source("b", "经济。")]
    done = repair(pages, chain=[Filter("one", (RULE,), ByPage(propose), "tests")])
    assert done.texts == ("经济", "经济。")
    assert read == ["经挤", "经济。", "经济"]


def test_the_groups_of_two_pages_are_two() -> None:
    """Both pages name theirs alike; the second page's move is turned down, the first's is not."""

    def propose(text: str, context: Context) -> list[Edit | Move]:
        del context
        safety: Safety = "safe" if text.startswith("头") else "unsafe"
        move = Move(0, 1, 2, "TST101", safety=safety, group="g")
        return [move, Edit(2, 3, "", "TST101", group="g")] if len(text) == 3 else []

    pages = [Source("a", "头一二"), Source("b", "尾一二")]
    done = repair(pages, chain=[Filter("one", (RULE,), ByPage(propose), "tests")])
    assert done.texts == ("一头", "尾一二")


def test_deselected_rules_are_neither_applied_nor_reported() -> None:
    done = repair(
        [Source("a", "挤")],
        selection=Selection(ignore=("TST",)),
        chain=[scripted([Edit(0, 1, "济", "TST101")])],
    )
    assert done.texts == ("挤",)
    assert done.corrections == ()


def test_allowed_words_are_left_alone() -> None:
    edits = [Edit(0, 1, "X", "TST101"), Edit(4, 5, "Y", "TST101"), Edit(3, 3, "Z", "TST101")]
    context = Context(allow=frozenset({"单炯炯"}))
    done = repair([Source("a", "单炯炯，单")], context, chain=[scripted(edits)])
    assert done.texts == ("单炯炯Z，Y",)


def test_a_verdict_outlives_a_repair_elsewhere() -> None:
    def key(text: str) -> str:
        draft = Draft.of(Source("a", text))
        at = text.index("挤")
        return Finding(Edit(at, at + 1, "济", "TST101"), draft).key

    assert key("一二三四五六七八经挤稳定") == key("前言不同。一二三四五六七八经挤稳定")
    assert key("经挤稳定") != key("经挤不稳")
    lone = Finding(Edit(0, 1, "\udc80", "TST101"), Draft.of(Source("a", "\ud800")))
    assert len(lone.key) == 16


def one_a_round(text: str) -> Iterator[Edit]:
    """A filter that takes one sign a round."""
    at = text.find("；；")
    if at >= 0:
        yield Edit(at, at + 1, "", RULE.code)


def there(text: str) -> Iterator[Edit]:
    yield from (Edit(n, n + 1, "脸", RULE.code) for n, c in enumerate(text) if c == "验")


def back(text: str) -> Iterator[Edit]:
    yield from (Edit(n, n + 1, "验", RULE.code) for n, c in enumerate(text) if c == "脸")


def alone(propose: Callable[[str], Iterator[Edit]], name: str) -> Filter:
    return Filter(name, (RULE,), ByPage(lambda text, *_: propose(text)), "tests")


def test_as_many_rounds_as_it_takes() -> None:
    chain = [alone(one_a_round, "one")]
    done = repair([Source("a", f"好{'；' * 300}")], chain=chain)
    assert done.texts == ("好；",)
    assert done.settled
    assert repair([Source("a", done.texts[0])], chain=chain).corrections == ()


def test_a_chain_that_is_cut_off_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "MAX_ROUNDS", 5)
    pages = [Source("a", f"好{'；' * 30}"), Source("b", "好")]
    done = repair(pages, chain=[alone(one_a_round, "one")])
    assert not done.settled
    assert replay(pages, done.corrections) == done.texts


@pytest.mark.parametrize("chain", [(there, back), (back, there)])
@pytest.mark.parametrize("text", ["验", "脸", "体验，笑脸"])
def test_what_goes_there_and_back_ends_and_is_no_correction(
    chain: tuple[Callable[[str], Iterator[Edit]], ...], text: str
) -> None:
    filters = [alone(propose, propose.__name__) for propose in chain]
    done = repair([Source("a", text)], chain=filters)
    assert done.settled
    assert all(c.before != c.after for c in done.corrections)
    assert replay([Source("a", text)], done.corrections) == done.texts
    again = repair([Source("a", done.texts[0])], chain=filters)
    assert again.texts == done.texts
