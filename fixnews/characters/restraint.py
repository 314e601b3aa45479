"""May a likely misreading be put right unasked? What the page and the passage say to that.

`fixnews.characters.misreadings` knows how well a character fits news. That is enough on a page that
a machine read, and where all the rest of the passage is fluent news. Elsewhere a rare turn is
likelier than a misreading. So what was found likely is judged once more, by a forest that was
taught on other text than news as well, and sees three things together: the case itself (what was
found, how like the two characters are, what the confusion costs), whether a machine read the page
(`fixnews.witness`), and how fluent the news around the place is (`fixnews.characters.fluency`).
Training is `training/restraint.py`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from fixnews.arrays import Floats, Ints
from fixnews.characters import fluency, misreadings
from fixnews.characters.fluency import Fluency
from fixnews.characters.suspects import Suspects
from fixnews.patterns import lazy
from fixnews.words.han import HAN

FOREST = Path(__file__).parents[1] / "models" / "restraint.npz"

CASE = (
    "cost", "alike", "outside", "gain", "left", "right", "rivals", "rare_read", "rare_printed",
    "score_next", "score_printed", "words_gain", "word_read", "word_printed", "common_printed",
    "common_gain", "pair_before", "pair_behind", "same_printed", "surname_before",
    "surname_before_2", "surname_read", "line_start", "line_end", "digit_before", "digit_behind",
)  # fmt: skip
"""What is taken over from the evidence for a misreading."""

FEATURES = (
    "odds", "network", "machine", "others", "title", "quoted", "listed",
    *CASE, *fluency.FEATURES, *(f"page_{name}" for name in fluency.FEATURES),
)  # fmt: skip
"""The evidence, in the order of the columns of `evidence`. ``odds`` are those of the misreading,
``machine`` those of the witness, ``others`` how many more places of the page are likely misread."""

RISING, FALLING = ("odds", "machine", "alike"), ("cost",)
"""What can only speak for a change, and what can only speak against it."""

NEAR = 24
"""Characters on each side in which a title, a quotation or an item of a list begins and ends."""

_TITLE = lazy("《[^《》\n]*$")
_QUOTED = lazy("[“‘「『][^“”‘’「」『』\n]*$")
_ITEM = lazy(rf"(?:^|[^{HAN}])[{HAN}]{{0,5}}$"), lazy(rf"[{HAN}]{{0,5}}(?:$|[^{HAN}])")


def evidence(
    text: str, found: Suspects, rows: Floats, odds: Floats, seen: tuple[Fluency, Ints, bool]
) -> Floats:
    """The evidence for and against putting right what was found likely.

    Args:
        text: the page.
        found: the likeliest candidate of each place.
        rows: the evidence of `misreadings` for each; shape (n, `misreadings.FEATURES`).
        odds: the log-odds of each; shape (n,).
        seen: the fluency of the page, how many other places of it are likely misread, and whether
            the network was asked.

    Returns:
        A row a candidate, with a column for each of `FEATURES`; who read the page is for `if_read`.
    """
    flow, others, network = seen
    one = np.ones(len(odds))
    form = [_form(text, at) for at in found.at.tolist()]
    case = rows[:, [misreadings.FEATURES.index(name) for name in CASE]]
    page = np.tile(flow.everywhere(), (len(odds), 1))
    head = np.column_stack([odds, one * network, one, others])
    return np.hstack([head, np.array(form, dtype=np.float64), case, flow.around(found.at), page])


def if_read(evidence: Floats, machine: float) -> Floats:
    """The evidence with the log-odds that a machine read the page."""
    told = evidence.copy()
    told[:, FEATURES.index("machine")] = machine
    return told


def _form(text: str, at: int) -> tuple[bool, bool, bool]:
    """Whether a place stands in a title, in a quotation, in an item of a list."""
    before, behind = text[max(0, at - NEAR) : at], text[at + 1 : at + 1 + NEAR]
    title, quoted = bool(_TITLE.search(before)), bool(_QUOTED.search(before))
    left, right = _ITEM[0].search(before), _ITEM[1].match(behind)
    listed = bool(left and right) and "、" in (left[0][:1], right[0][-1:])  # type: ignore[index]
    return title, quoted, listed
