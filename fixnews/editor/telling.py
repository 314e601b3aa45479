"""What an editor shows of a correction: a line beside the text, and a page about it on hover."""

from __future__ import annotations

from fixnews.correction import Correction
from fixnews.editor.remedies import shown
from fixnews.filters import rules
from fixnews.message import Message
from fixnews.tongues import ENGLISH, Tongue


def line(c: Correction) -> Message:
    """A correction in a line: what becomes of what, and why.

    >>> from fixnews import fix
    >>> line(fix("喜迎党代会,奋进新征程").corrections[0])
    '“,” → “，”: a half-width mark in Chinese text'
    """
    if not c.applicable:
        return c.message
    if c.destination:
        return Message("goes to line {n}: {why}", n=c.destination[1].line, why=c.message)
    old, new = shown(c.before), shown(c.after)
    return Message("{old} → {new}: {why}", old=old, new=new, why=c.message)


def about(c: Correction, tongue: Tongue = ENGLISH) -> str:
    """A correction and its rule, as Markdown, in the reader's language."""
    named = (rule for rule in rules() if rule.code == c.code)
    told = next((rule.explained(language=tongue.tag) for rule in named), None)
    head = f"**{c.code} {c.name}** ({tongue(c.safety)}, {c.confidence:.2f})"
    facts = [f"- {tongue(fact)}: {_plain(tongue(figure))}" for fact, figure in c.evidence]
    parts = [head, _plain(tongue(line(c))), "\n".join(facts)]
    parts += [told.summary, told.why, told.safe] if told else []
    return "\n\n".join(part for part in parts if part)


SIGNS = frozenset("\\`*_[]<>#|~")
"""What Markdown takes for more than a character inside a line."""


def _plain(text: str) -> str:
    r"""A text of the page as Markdown that shows it as it is.

    >>> _plain("*[见](第4版)*")
    '\\*\\[见\\](第4版)\\*'
    """
    return "".join(f"\\{c}" if c in SIGNS else c for c in text)
