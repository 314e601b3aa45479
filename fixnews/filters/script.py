"""Script variants (VAR), off by default: traditional characters on a simplified page, or reverse.

A recogniser that knows both scripts takes 国 for 國 where the print is thick; a converter leaves
some behind. A name, a quotation or the title of an old book is set so on purpose: what is found is
offered, no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from fixnews.draft import Edit
from fixnews.filters.contract import Context, Rule
from fixnews.islands import WORDS
from fixnews.layout.page import LINES
from fixnews.words import variants

TRADITIONAL, SIMPLIFIED = "VAR101", "VAR102"

LIKELY = 0.8
"""Confidence of an offer; no figure behind it: names and quotations are meant as often as not."""

STRAY = 0.2
"""Share of a line's characters up to which those of the other script are strays; beyond, the line
is set in it. Between news in the two scripts the shares are 0.00 and 0.35."""

RULES = (
    Rule(
        TRADITIONAL,
        "stray-traditional",
        "Offers the simplified form of a traditional or variant character on a simplified page",
        "The page is simplified by the characters that only simplified print has. Characters that"
        " GB 2312 knows (乾, 著, 瞭) are left alone, and so are lines set in"
        " traditional characters throughout. The form is OpenCC's, chosen by the words around it.",
        "Never applied unasked: names, quotations and titles are set so on purpose.",
        "市民在公園里散步，孩子们在草地上放风筝。\n",
        "市民在公园里散步，孩子们在草地上放风筝。\n",
        default=False,
        touches=WORDS,
    ),
    Rule(
        SIMPLIFIED,
        "stray-simplified",
        "Offers the traditional form of a simplified character on a traditional page",
        "The page is traditional by the characters that only traditional print has. Characters"
        " that Big5 has among its common ones (后, 里, 台) are left alone. The form is OpenCC's,"
        " chosen by the words around it.",
        "Never applied unasked: names, quotations and titles are set so on purpose.",
        "市民在公園裏散步，孩子們在草地上放风箏，歡聲笑語傳遍廣場。\n",
        "市民在公園裏散步，孩子們在草地上放風箏，歡聲笑語傳遍廣場。\n",
        default=False,
        touches=WORDS,
    ),
)


def propose(text: str, context: Context) -> Iterable[Edit]:
    """An offer for every character of the other script than its page's."""
    del context
    traditional, simplified = _count(text, _is_traditional), _count(text, _is_simplified)
    if traditional < simplified:
        yield from _strays(text, TRADITIONAL, _is_traditional, variants.simplified)
    elif simplified < traditional:
        yield from _strays(text, SIMPLIFIED, _is_simplified, variants.traditional)


def _is_traditional(character: str) -> bool:
    return character in variants.traditional_only()


def _is_simplified(character: str) -> bool:
    return character in variants.simplified_only()


def _count(text: str, belongs: Callable[[str], bool]) -> int:
    return sum(map(belongs, text))


def _strays(
    text: str, code: str, stray: Callable[[str], bool], convert: Callable[[str], str]
) -> Iterator[Edit]:
    """The strays of a page, line by line, as far as a line is not set in the other script."""
    for line in LINES.finditer(text):
        places = [n for n, character in enumerate(line[0]) if stray(character)]
        if not places or len(places) > max(1, STRAY * len(line[0])):
            continue
        new = convert(line[0])
        for n in places if len(new) == len(line[0]) else ():
            if new[n] != line[0][n]:
                at = line.start() + n
                reason = f"{line[0][n]} is {new[n]} in the script of this page"
                yield Edit(at, at + 1, new[n], code, reason, LIKELY, "unsafe")
