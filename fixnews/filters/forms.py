"""Forms (PUN104 to PUN107): marks in another dress become the ordinary marks."""

from __future__ import annotations

from collections.abc import Iterable

from fixnews.draft import Edit
from fixnews.filters import namedots, presentation, straight
from fixnews.filters.contract import Context, Rule
from fixnews.islands import SET_LINES, Kind

_PLAIN = SET_LINES | {Kind.ROLL, Kind.TABLE, Kind.SEPARATOR}

RULES = (
    Rule(
        presentation.CODE,
        "presentation-form",
        "vertical, small and half-width forms of marks become the ordinary marks",
        "Text set in columns, text from old Big5 systems and half-width katakana sets have signs of"
        " their own for the same marks: ︐ ﹐ ︒ ﹁ ︽ ｡ ｢. Each has one ordinary mark, that of"
        " Unicode's compatibility mapping; ﹒ between digits is a point, behind a sentence a stop."
        " Japanese beside kana, and faces, are left alone.",
        "always: the mark stays the same mark",
        "縣府昨日開會︐縣長說﹁這件事要快辦︒﹂與會的有李﹑王兩位｡\n",
        "縣府昨日開會，縣長說「這件事要快辦。」與會的有李、王兩位。\n",
        touches=_PLAIN | {Kind.NAME},
    ),
    Rule(
        straight.PRIMES,
        "prime-for-quote",
        "〝…〞 and ＂…＂ around words become the quotation marks of the page",
        "Double primes and full-width straight marks stand for quotation marks. They become “ ” or"
        " 「 」, whichever the page sets, and inner marks inside a quotation. Only pairs of one"
        " line around Chinese words are changed.",
        "always: a quotation stays a quotation",
        "他称之为〝第二粮仓〞，就是所谓的＂水上菜场＂。\n",
        "他称之为“第二粮仓”，就是所谓的“水上菜场”。\n",
        touches=_PLAIN,
    ),
    Rule(
        straight.TICKS,
        "straight-single-quotes",
        "a pair of ' around words becomes ‘ and ’",
        "Straight single quotes around Chinese words are quotation marks. Lone ones and those of"
        " English, of decades ('90) and of feet are left alone.",
        "always: a quotation stays a quotation",
        "代表们对'夜间经济'很感兴趣。\n",
        "代表们对‘夜间经济’很感兴趣。\n",
        touches=_PLAIN | {Kind.QUOTE},
    ),
    Rule(
        namedots.CODE,
        "dot-in-name",
        "the dot between the parts of a foreign name becomes ·",
        "Keyboards and recognisers write . • or ・ for the dot in a foreign name. The characters"
        " that spell foreign names are told by their counts in 130 million characters of news and"
        " journals. Dots between other words, between places, in numbers and behind initials are"
        " left alone, and so are ‧ and ・ on traditional pages.",
        "when the sign does not stand more often between other Chinese characters of the page;"
        " else it is offered",
        "新展出的手稿属于乔治.华盛顿。\n",
        "新展出的手稿属于乔治·华盛顿。\n",
        touches=_PLAIN | {Kind.NAME},
    ),
)


def propose(text: str, context: Context) -> Iterable[Edit]:
    """Marks to set in their ordinary form."""
    del context
    yield from presentation.propose(text)
    yield from straight.propose(text)
    yield from namedots.propose(text)
