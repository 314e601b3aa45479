"""Dictionaries of corrections: ``wrong<TAB>right1 right2<TAB>note``; ``same<TAB>same`` protects.

A dictionary is taken at its word, so it must be sound: one that contradicts itself is refused
before a page is touched. `problems` says what is wrong with one, for ``fixnews dict check``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fixnews.errors import DataError
from fixnews.message import Message
from fixnews.words.lexicon import numbered, shipped, stamp
from fixnews.words.phrases import Phrases

COMMON_ERRORS = "common-errors.tsv"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row.

    Attributes:
        wrong: what is found on a page.
        rights: what it should be; several are alternatives.
        note: why, for the report.
        path, line: where the row stands.
    """

    wrong: str
    rights: tuple[str, ...]
    note: str
    path: Path
    line: int

    @property
    def protects(self) -> bool:
        """Whether it says that the passage is right as it is."""
        return self.rights == (self.wrong,)


class Problem(NamedTuple):
    """What is wrong with a row.

    Attributes:
        entry: the row.
        kind: ``duplicate``, ``conflict``, ``cycle`` or ``unsorted``.
        message: what it is, in words.
    """

    entry: Entry
    kind: str
    message: str

    def __str__(self) -> str:
        return str(self.told)

    @property
    def told(self) -> Message:
        """The line, as it is said to people."""
        return Message(
            "{path}:{line}: {kind}: {message}",
            path=self.entry.path,
            line=self.entry.line,
            kind=Message(self.kind),
            message=Message(self.message),
        )


HARMLESS = frozenset({"duplicate", "unsorted"})
"""Kinds of problems that change nothing on a page."""


def read(path: Path) -> tuple[Entry, ...]:
    """The rows of a dictionary in the order of the file.

    Raises:
        DataError: there is no such file, or a row is not one.
    """
    return tuple(_entry(cells, path, line) for line, cells in numbered(path))


def _entry(cells: Sequence[str], path: Path, line: int) -> Entry:
    wrong, rights, note = (*cells, "", "")[:3]
    if not wrong.strip() or not rights.split() or len(cells) > 3:
        raise DataError(
            Message("{path}:{line}: not a row of a dictionary", path=path, line=line),
            "write `wrong<TAB>right` or `wrong<TAB>right1 right2<TAB>note`",
        )
    return Entry(wrong, tuple(dict.fromkeys(rights.split())), note, path, line)


def problems(entries: Sequence[Entry]) -> Iterator[Problem]:
    """What is wrong with dictionaries that are used together, in the order of their rows."""
    first: dict[str, Entry] = {}
    cyclic = _cycles(entries)
    before: Entry | None = None
    for entry in entries:
        if before and before.path == entry.path and entry.wrong < before.wrong:
            told = Message("{wrong} stands behind {before}", wrong=entry.wrong, before=before.wrong)
            yield Problem(entry, "unsorted", told)
        before = entry
        known = first.setdefault(entry.wrong, entry)
        if known is not entry:
            yield _again(entry, known)
        elif entry.wrong in entry.rights and not entry.protects:
            told = Message("{wrong} is both wrong and right", wrong=entry.wrong)
            yield Problem(entry, "conflict", told)
        elif entry.wrong in cyclic:
            yield Problem(entry, "cycle", " → ".join(cyclic[entry.wrong]))


def _again(entry: Entry, known: Entry) -> Problem:
    """What to say of a row whose word has one already."""
    line = Message("line {line}", line=known.line)
    where = line if known.path == entry.path else f"{known.path}:{known.line}"
    wrong = entry.wrong
    if set(entry.rights) == set(known.rights):
        told = Message("{wrong} is in {where} already", wrong=wrong, where=where)
        return Problem(entry, "duplicate", told)
    told = Message("{wrong} is corrected otherwise in {where}", wrong=wrong, where=where)
    return Problem(entry, "conflict", told)


def _cycles(entries: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    """For each word on a cycle the way around: correcting it would never come to an end.

    A correction leads on to every row whose word is found in what it writes; a word inside its own
    correction does not count, since what is right already is left alone.
    """
    rows = {e.wrong: e for e in reversed(tuple(entries)) if not e.protects}
    index = Phrases.of(rows)
    leads = {wrong: _leads(entry, index) for wrong, entry in rows.items()}
    found: dict[str, tuple[str, ...]] = {}
    for wrong in _without_end(leads):
        if wrong not in found:
            way = _way_back(wrong, leads)
            found |= dict.fromkeys(way, way)
    return found


def _without_end(leads: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The words from which a way goes on for ever: on a cycle, or into one."""
    back: dict[str, list[str]] = {wrong: [] for wrong in leads}
    open_ways = {wrong: len(to) for wrong, to in leads.items()}
    for wrong, to in leads.items():
        for word in to:
            back[word].append(wrong)
    ended = [wrong for wrong, count in open_ways.items() if not count]
    while ended:
        for wrong in back[ended.pop()]:
            open_ways[wrong] -= 1
            if not open_ways[wrong]:
                ended.append(wrong)
    return [wrong for wrong, count in open_ways.items() if count]


def _leads(entry: Entry, index: Phrases) -> tuple[str, ...]:
    written = (right[a:b] for right in entry.rights for a, b in index.find(right))
    return tuple(wrong for wrong in dict.fromkeys(written) if wrong != entry.wrong)


def _way_back(start: str, leads: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The shortest way from a word through what it leads to, back to the word; or nothing."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:
        for step in leads[way[-1]]:
            if step == start:
                return (*way, start)
            if step not in seen:
                seen.add(step)
                ways.append((*way, step))
    return ()


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Dictionaries ready for use.

    Attributes:
        entries: for each wrong word its row.
        wrong: the words to look for.
        kept: the passages that are right as they are.
    """

    entries: Mapping[str, Entry]
    wrong: Phrases
    kept: frozenset[str]

    def find(self, text: str) -> Iterator[tuple[int, int, Entry]]:
        """The wrong words of a text; what stands inside its own correction already is right."""
        for start, end in self.wrong.find(text):
            entry = self.entries[text[start:end]]
            if not any(_stands(right, entry.wrong, text, start) for right in entry.rights):
                yield start, end, entry


def _stands(right: str, wrong: str, text: str, at: int) -> bool:
    """Whether the word found here is a part of its correction, which stands here."""
    inside = right.find(wrong)
    while inside >= 0:
        if text.startswith(right, at - inside) and at >= inside:
            return True
        inside = right.find(wrong, inside + 1)
    return False


def load(paths: Sequence[Path]) -> Dictionary:
    """Dictionaries by their paths; read again when a file has changed.

    Raises:
        DataError: one is missing, or they contradict themselves or each other.
    """
    return _loaded(tuple((path, stamp(path)) for path in paths))


@cache
def common_errors() -> Dictionary:
    """The dictionary of common errors that comes with fixnews."""
    return load((shipped(COMMON_ERRORS),))


@cache
def _loaded(stamped: tuple[tuple[Path, tuple[int, int]], ...]) -> Dictionary:
    entries = [entry for path, _ in stamped for entry in read(path)]
    bad = next((p for p in problems(entries) if p.kind not in HARMLESS), None)
    if bad:
        raise DataError(bad.told, "see `fixnews dict check`")
    rows = {e.wrong: e for e in reversed(entries) if not e.protects}
    kept = frozenset(e.wrong for e in entries if e.protects)
    rows = {wrong: _to_its_end(entry, rows) for wrong, entry in rows.items()}
    return Dictionary(rows, Phrases.of(rows), kept)


def _to_its_end(entry: Entry, rows: Mapping[str, Entry]) -> Entry:
    """A row whose right is wrong in another row leads where that one leads, in one step."""
    right = entry.rights[0]
    while right in rows and len(rows[right].rights) == 1:
        right = rows[right].rights[0]
    return replace(entry, rights=(right,)) if len(entry.rights) == 1 else entry
