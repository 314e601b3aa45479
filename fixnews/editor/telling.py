"""What an editor shows of a correction: a line beside the text, and a page about it on hover."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from fixnews.changes import Safety
from fixnews.correction import Correction
from fixnews.editor.remedies import shown
from fixnews.filters import rules
from fixnews.message import Message
from fixnews.recall import Recall
from fixnews.tongues import ENGLISH, TAGS, Tongue


class Face(NamedTuple):
    """All that the line beside a correction follows from.

    Attributes:
        before, after: the texts.
        reasons: why; of all that met there.
        safety: how safe it is; of a note there is nothing to apply.
        line: for a move, the line that the passage goes to, else 0.
    """

    before: str
    after: str
    reasons: tuple[tuple[str, str], ...]
    safety: Safety
    line: int

    @classmethod
    def of(cls, c: Correction) -> Face:
        """That of a correction; with each reason the code of its rule, which has the template."""
        reasons = tuple([(f.change.code, f.change.reason) for f in c.findings])
        to = c.destination[1].line if c.to and c.destination else 0
        return cls(c.before, c.after, reasons, c.safety, to)


def line(c: Correction) -> Message:
    """A correction in a line: what becomes of what, and why.

    >>> from fixnews import fix
    >>> line(fix("喜迎党代会,奋进新征程").corrections[0])
    '“,” → “，”: a half-width mark in Chinese text'
    """
    return _line(Face.of(c))


def _line(face: Face) -> Message:
    why = Message.joined("; ", dict.fromkeys(reason for _, reason in face.reasons))
    if face.safety == "note":
        return why
    if face.line:
        return Message("goes to line {n}: {why}", n=face.line, why=why)
    old, new = shown(face.before), shown(face.after)
    return Message("{old} → {new}: {why}", old=old, new=new, why=why)


def lines(faces: Sequence[Face], tongue: Tongue) -> list[str]:
    """The lines beside corrections, in the reader's language; those told lately are remembered."""
    return _spoken(tongue)(faces)


@lru_cache(len(TAGS))
def _spoken(tongue: Tongue) -> Recall[Face, str]:
    return Recall(lambda faces: [tongue(_line(face)) for face in faces])


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
