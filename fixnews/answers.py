"""A reader's answers as a file: what was said about each correction, by its content.

A report is judged on one machine, the pages are repaired on another, and a year later somebody asks
who decided what. The file is JSON Lines: a first line that says what it is, then an answer a line
(`Answer`). A verdict holds where its page still reads as it did: `key` covers the rule, the text
before and after and what stands around it (`fixnews.verdicts`). One that fits nothing any more is
refused, with its place; what else is in the file holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path, PurePath

from fixnews.controls import shown
from fixnews.correction import Correction, Finding
from fixnews.errors import ConfigError, FixnewsError, PageError
from fixnews.files import Write, anything, write_all
from fixnews.message import Message
from fixnews.own_lists import lines
from fixnews.steps import Decide
from fixnews.verdicts import key

ACCEPT, REJECT, EDIT, UNDO = "accept", "reject", "edit", "undo"
VERDICTS = (ACCEPT, REJECT, EDIT, UNDO)

VERSION = 1
"""Of the format of the file; a reader that knows another one refuses it."""

HEADER = f'{{"fixnews": "answers", "version": {VERSION}}}\n'

_REMEDY = "save it anew from the report or with `fixnews review --answers`"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said about one proposal.

    Attributes:
        key: of the proposal, by content.
        verdict: accept, reject, edit, or undo for an answer that was taken back.
        text: what shall stand there instead, for an edit.
        path: the page. Where the answer is applied, one of the two paths has to end with the other.
        line, column: where it stood when it was judged, counted from 1; for people.
        code, before, after: rule and texts; for people.
    """

    key: str
    verdict: str
    text: str = ""
    path: str = ""
    line: int = 0
    column: int = 0
    code: str = ""
    before: str = ""
    after: str = ""

    @property
    def place(self) -> str:
        """The answer's correction in a line for people."""
        where = f"{self.line}:{self.column} " if self.line else ""
        return shown(f"{where}{self.code} {self.before!r} → {self.after!r}")


_FIELDS = {one.name: type(one.default) for one in fields(Answer)} | {
    "key": str, "verdict": str,
}  # fmt: skip


def about(correction: Correction, name: str, verdict: str, text: str = "") -> Answer:
    """An answer about a correction.

    Args:
        correction: which.
        name: the key of one of its proposals.
        verdict: see `VERDICTS`.
        text: for an edit.
    """
    place, (before, after) = correction.place, (correction.before, correction.after)
    return Answer(name, verdict, text, correction.path, *place, correction.code, before, after)


@dataclass(frozen=True, slots=True)
class Given:
    """The answers of a file.

    Attributes:
        path: the file.
        answers: by path of the page and key; the last one said holds.
    """

    path: Path
    answers: Mapping[tuple[str, str], Answer]
    _pages: dict[str, dict[str, Answer]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def load(cls, path: Path) -> Given:
        """Read a file of answers.

        Raises:
            ConfigError: it is none, or a line of it is no answer; says which.
            DataError: it is missing, or cannot be read.
        """
        rows = lines(path, "answers")
        if rows[0].strip() != HEADER.strip():
            raise ConfigError(Message("{path}: not a file of answers", path=path), _REMEDY)
        answers: dict[tuple[str, str], Answer] = {}
        for number, row in enumerate(rows[1:], 2):
            if row.strip():
                answer = _answer(row, f"{path}:{number}")
                answers[answer.path, answer.key] = answer
        return cls(path, {k: a for k, a in answers.items() if a.verdict != UNDO})

    def on(self, finding: Finding) -> Answer | None:
        """The answer about a proposal, if there is one."""
        path = finding.draft.sources[finding.spans[0].source].path
        return self.of_page(path).get(key(finding))

    def decide(self, otherwise: Decide) -> Decide:
        """The decision that follows the answers, and decides otherwise what has none."""

        def decided(finding: Finding) -> bool:
            answer = self.on(finding)
            return answer.verdict == ACCEPT if answer else otherwise(finding)

        return decided

    def typed(self, correction: Correction) -> str | None:
        """What the reader typed for a correction, if anything."""
        answer = self.on(correction.findings[-1])
        return answer.text if answer and answer.verdict == EDIT else None

    def of_page(self, path: str) -> dict[str, Answer]:
        """The answers about a page, by their keys."""
        if path not in self._pages:
            own = {page for page, _ in self.answers if _same(page, path)}
            rows = ((name, a) for (page, name), a in self.answers.items() if page in own)
            self._pages[path] = dict(rows)
        return self._pages[path]

    def elsewhere(self, paths: Iterable[str]) -> list[Answer]:
        """The answers about pages other than these."""
        here = [PurePath(path) for path in paths]
        pages = {page for page, _ in self.answers}
        others = {page for page in pages if not any(_same(page, path) for path in here)}
        return [answer for (page, _), answer in self.answers.items() if page in others]

    def misfits(self, path: str, found: Iterable[str]) -> tuple[FixnewsError, ...]:
        """What is wrong with the answers about a page that fit nothing on it: one error, or none.

        A rejection asks for nothing, and nothing is what happens.

        Args:
            path: the page.
            found: the keys of all that was proposed on it.
        """
        known = frozenset(found)
        given = self.of_page(path).values()
        wanted = [a for a in given if a.verdict != REJECT and a.key not in known]
        if not wanted:
            return ()
        first = min(wanted, key=lambda answer: (answer.line, answer.column))
        problem = Message.counted(
            len(wanted),
            "{path}: an answer fits nothing on it any more: {place}",
            "{path}: {n} of its answers fit nothing on it any more: {place}",
            path=path,
            place=first.place,
        )
        remedy = "it was applied before, or the page has changed: judge it again"
        return (PageError(problem, remedy),)


def _same(one: str | PurePath, other: str | PurePath) -> bool:
    """Whether two paths may be of one page: one of them ends with the other."""
    mine, theirs = PurePath(one).parts, PurePath(other).parts
    size = min(len(mine), len(theirs))
    return bool(size) and mine[-size:] == theirs[-size:]


def _answer(row: str, where: str) -> Answer:
    try:
        facts = json.loads(row)
        answer = Answer(**facts)
    except (TypeError, ValueError):
        raise ConfigError(Message("{where}: not an answer", where=where), _REMEDY) from None
    for name, kind in _FIELDS.items():
        if type(getattr(answer, name)) is not kind:
            told = Message(
                "{where}: {name} is no {kind}", where=where, name=name, kind=kind.__name__
            )
            raise ConfigError(told, _REMEDY)
    if answer.verdict not in VERDICTS:
        problem = Message(
            "{where}: no such verdict: {verdict!r}", where=where, verdict=answer.verdict
        )
        raise ConfigError(problem, Message("one of {values}", values=", ".join(VERDICTS)))
    return answer


def is_answers(data: bytes) -> bool:
    """Whether a file is one of answers in this format: such a one may be replaced."""
    return not data or data.split(b"\n", 1)[0].strip() == HEADER.strip().encode()


def write_answers(path: Path, answers: Iterable[Answer], *, force: bool = False) -> int:
    """Write answers as a file, in the order of the pages; gives how many.

    Raises:
        PageError: it cannot be written, or something else lies there and ``force`` is not given.
    """
    ordered = sorted(answers, key=lambda a: (a.path, a.line, a.column, a.code, a.key))
    rows = "".join(json.dumps(asdict(answer), ensure_ascii=False) + "\n" for answer in ordered)
    data = (HEADER + rows).encode("utf-8", "backslashreplace")
    write_all([Write(path, data, ours=anything if force else is_answers)])
    return len(ordered)
