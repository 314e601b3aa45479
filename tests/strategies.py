"""Random pages and random filters for the property tests."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from fixnews.changes import Change, Edit, Move
from fixnews.draft import FIXED, Draft
from fixnews.filters import Context, Filter, Rule
from fixnews.islands import ANYWHERE

RULE = Rule("TST101", "random", touches=ANYWHERE)

page_text = st.text(alphabet="经济稳定\n挤，,A\f", max_size=24)


@st.composite
def edits_of(draw: st.DrawFn, text: str, letters: str = "XYZ") -> list[Edit]:
    """Edits that do not overlap and do not touch a page break."""
    new_text = st.text(alphabet=letters, max_size=3)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if "\f" not in text[a:b]]
    return [Edit(a, b, draw(new_text), code="TST101") for a, b in pairs]


@st.composite
def move_of(draw: st.DrawFn, draft: Draft) -> list[Move]:
    """A move whose ends and goal tear nothing that a change made, nor new text from its left."""
    placed = zip(draft.pieces, draft.starts, strict=False)
    hangs = {at for piece, at in placed if piece.start == piece.end and piece.maker != FIXED}
    firm = [n for n in range(len(draft.text) + 1) if draft.whole(n, n) == (n, n)]
    firm = [n for n in firm if n not in hangs]
    pages = draft.pages()
    home, away = draw(st.sampled_from(pages)), draw(st.sampled_from(pages))
    ends = [n for n in firm if home[0] <= n <= home[1]]
    if not ends:
        return []
    start, end = sorted(draw(st.tuples(*[st.sampled_from(ends)] * 2)))
    goals = [n for n in firm if away[0] <= n <= away[1] and not start < n < end]
    if start == end or not goals:
        return []
    return [Move(start, end, draw(st.sampled_from(goals)), code="TST101")]


def scripted(*rounds: list[Change]) -> Filter:
    """A filter that proposes these changes, one list a draft, whatever it is shown."""
    script = iter(rounds)

    def propose(draft: Draft, context: Context) -> Iterable[Change]:
        del draft, context
        return next(script, [])

    return Filter("scripted", (RULE,), propose, "tests")


def naive(text: str, edits: Iterable[Edit]) -> str:
    """Plain string replacement from the right, the yardstick of the draft."""
    numbered = sorted(enumerate(edits), key=lambda item: (item[1].start, item[1].end, item[0]))
    for _, edit in reversed(numbered):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def moved(text: str, move: Move) -> str:
    """Plain cut and paste, the yardstick of a move."""
    rest = text[: move.start] + text[move.end :]
    at = move.to if move.to <= move.start else move.to - (move.end - move.start)
    return rest[:at] + text[move.start : move.end] + rest[at:]
