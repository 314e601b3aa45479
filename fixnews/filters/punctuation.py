"""Punctuation (PUN): marks that came out half-width or in pieces."""

from __future__ import annotations

from collections.abc import Iterable

from fixnews.draft import Edit, shifted
from fixnews.filters import brackets, dashes, quotations, strokes, widths
from fixnews.filters.contract import Context, Rule
from fixnews.filters.parts import parts
from fixnews.islands import SET_LINES, Kind

RULES = (
    Rule(
        widths.CODE,
        "half-width-mark",
        "half-width , : ; ? ! ( ) in Chinese text become full-width",
        "Recognisers and old typesetting systems write half-width marks in Chinese sentences. The"
        " characters on both sides decide, looking through quotes and brackets: what stands in"
        " numbers, times, addresses, numbering such as (3) and Latin text is left alone.",
        "always: the mark stays the same mark",
        "喜迎党代会,奋进新征程。比分是2:1,打响6.0版。\n",
        "喜迎党代会，奋进新征程。比分是2:1，打响6.0版。\n",
        touches=SET_LINES | {Kind.ROLL},
    ),
    Rule(
        dashes.DASH,
        "broken-dash",
        "a dash in pieces becomes ——",
        "The Chinese dash is two characters wide; keyboards and recognisers make -- or two short"
        " strokes of it. A single stroke is a range or a pair of names and is left alone.",
        "always: the dash stays a dash",
        "数字经济小微企业园--时尚中心项目封顶。\n",
        "数字经济小微企业园——时尚中心项目封顶。\n",
        touches=SET_LINES,
    ),
    Rule(
        dashes.ELLIPSIS,
        "broken-ellipsis",
        "an ellipsis in pieces becomes ……",
        "The Chinese ellipsis is six dots on two characters; it comes out as ... or 。。。 or with"
        " half of its dots. Dots beside digits or Latin letters, and rows of leader dots, are left"
        " alone.",
        "always: the ellipsis stays an ellipsis",
        "找问题、谋对策...党员干部来到田间。\n",
        "找问题、谋对策……党员干部来到田间。\n",
        touches=SET_LINES,
    ),
    Rule(
        brackets.CODE,
        "unlike-brackets",
        "a bracket that does not fit its partner becomes like it",
        "Brackets come in pairs of one kind. Recognisers read （ as 〈, 《, 【 or {; where the"
        " other one of the pair is round, so was this one. Of 《 and ） either may be wrong: a jump"
        " line, a reporter or the credit of a picture is an aside, anything else the language model"
        " weighs as a title and as an aside.",
        f"when one of the two is no title mark, when what stands inside is an aside on its face, or"
        f" when the model prefers one reading by {brackets.TITLE_SURE:.0f} nats",
        "求解决防城市〈下转2版)，全市62家拟上市{挂牌)后备企业参加。\n",
        "求解决防城市（下转2版），全市62家拟上市（挂牌）后备企业参加。\n",
        touches=SET_LINES,
    ),
    Rule(
        strokes.CODE,
        "strokes-of-a-dash",
        "一一 that was printed as a dash becomes ——",
        "Recognisers read the two strokes of a dash as the character for one, twice. At the start"
        " of a paragraph, before a jump line and between digits there is no doubt; elsewhere the"
        " language model tells the dash from the word 一一, one by one. A page with dashes of its"
        " own seldom has one that was misread.",
        "when the model is sure by a margin that follows from the page; else it is offered",
        "这里有透明行政一一广东顺德廉政建设，风力6一7级。\n",
        "这里有透明行政——广东顺德廉政建设，风力6—7级。\n",
        touches=SET_LINES,
    ),
    Rule(
        quotations.CODE,
        "inner-quotes",
        "“ and ” inside a quotation become ‘ and ’",
        "The inner marks of a quotation are single; recognisers read the double ones, which are"
        " more common. A quotation that opens a paragraph and is still open cannot open again: the"
        " term that follows between double marks stands inside it.",
        "always: the quotation goes on behind the term, in its paragraph or the next",
        "“他来之后，我们原来的“小弟弟”成了同行的“大哥大”。”厂长笑着说。\n",
        "“他来之后，我们原来的‘小弟弟’成了同行的‘大哥大’。”厂长笑着说。\n",
        touches=SET_LINES,
    ),
)


def propose(text: str, context: Context) -> Iterable[Edit]:
    """Marks to widen and to make whole."""
    yield from widths.propose(text)
    yield from dashes.propose(text)
    yield from brackets.propose(text, context.model)
    yield from quotations.propose(text)
    for start, part in parts(text):
        yield from (shifted(e, start) for e in strokes.propose(part, context.model))
