"""Random pages and random filters for the property tests."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from fixnews.changes import Change, Edit, Move
from fixnews.draft import Draft
from fixnews.filters import Context, Filter, Rule
from fixnews.islands import ANYWHERE

RULE = Rule("TST101", "random", touches=ANYWHERE)

page_text = st.text(alphabet="经济稳定\n挤，,A\f", max_size=24)
new_text = st.text(alphabet="XYZ", max_size=3)


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    """Edits that do not overlap and do not touch a page break."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if "\f" not in text[a:b]]
    return [Edit(a, b, draw(new_text), code="TST101") for a, b in pairs]


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
