"""What somebody decided about a place in a page, filed by content and not by line number.

A verdict's key covers the rule, the old and the new text and what stands around them in the
original; it survives changes elsewhere in the file. Two places that agree in all of that are told
apart by their order.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from fixnews.correction import Correction, Finding
from fixnews.errors import ConfigError
from fixnews.files import Write, anything, write_all
from fixnews.issue import Outcome
from fixnews.own_lists import lines
from fixnews.source import LINE_BREAK
from fixnews.steps import Decide

CONTEXT = 16
"""Characters of the original on each side that a key covers, no further than the line: a line of
a narrow column."""


PASSAGES = 1 << 8
"""Passages whose places are kept: more than stand in a row with others of their kind."""


def key(finding: Finding) -> str:
    """What a verdict on a proposal is filed under."""
    span = finding.spans[0]
    text = finding.draft.sources[span.source].text
    left = LINE_BREAK.split(text[max(0, span.start - CONTEXT) : span.start])[-1]
    right = LINE_BREAK.split(text[span.end : span.end + CONTEXT])[0]
    turn = _turn(text, span.start - len(left), span.end + len(right))
    facts = (finding.change.code, finding.before, finding.after, left, right, str(turn))
    return hashlib.sha256("\x00".join(facts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _turn(text: str, start: int, end: int) -> int:
    """How many places before this one read the same."""
    return bisect_left(_places(text, text[start:end]), start)


@lru_cache(PASSAGES)
def _places(text: str, passage: str) -> tuple[int, ...]:
    """Where a passage stands on a page; thousands of equal lines are looked for once."""
    places, at = [], text.find(passage)
    while at >= 0:
        places.append(at)
        at = text.find(passage, at + 1)
    return tuple(places)


def keys(correction: Correction) -> frozenset[str]:
    """The keys of all proposals that met in one correction."""
    return frozenset(map(key, correction.findings))


def unless(rejected: Collection[str], decide: Decide) -> Decide:
    """The decision that never applies what has been rejected."""
    return lambda finding: decide(finding) and key(finding) not in rejected


@dataclass(frozen=True, slots=True)
class Baseline:
    """Corrections that a project has seen and leaves as they are: its ``noqa``.

    Attributes:
        entries: for each key, the rest of its line: rule, path, before, after.
    """

    entries: Mapping[str, str]

    @classmethod
    def load(cls, path: Path) -> Baseline:
        """Read a baseline file.

        Raises:
            ConfigError: a line of it is not one of a baseline.
            DataError: it is missing, or cannot be read.
        """
        entries = {}
        for number, line in enumerate(lines(path, "baseline"), 1):
            if not line or line.startswith("#"):
                continue
            name, tab, rest = line.partition("\t")
            if not tab:
                raise ConfigError(f"{path}:{number}: not a line of a baseline", "write it anew")
            entries[name] = rest
        return cls(entries)

    def hides(self, correction: Correction) -> bool:
        """Whether all of a correction is in it."""
        return keys(correction) <= self.entries.keys()

    def of_pages(self, paths: Collection[str]) -> dict[str, str]:
        """The entries that were found on these pages."""
        rows = ((name, rest, rest.split("\t")) for name, rest in self.entries.items())
        return {name: rest for name, rest, facts in rows if set(facts[1:2]) & set(paths)}

    def applied_to(self, outcome: Outcome) -> Outcome:
        """The outcome without what the baseline hides."""
        if not self.entries:
            return outcome
        left = tuple(c for c in outcome.corrections if not self.hides(c))
        return replace(outcome, repair=replace(outcome.repair, corrections=left))


HEADER = "# fixnews baseline: key, rule, path, before, after; sorted by path\n"


def is_baseline(data: bytes) -> bool:
    """Whether a file is a baseline: such a one may be replaced."""
    return not data or data.startswith(HEADER.split(":", maxsplit=1)[0].encode())


def write_baseline(path: Path, corrections: Iterable[Correction], *, force: bool = False) -> int:
    """Write the corrections as a baseline; gives how many entries it has.

    Raises:
        PageError: the file cannot be written, or something else lies there and ``force`` is not
            given.
    """
    rows = sorted({(c.path, c.start, name, _row(c)) for c in corrections for name in keys(c)})
    return write_entries(path, {name: row for _, _, name, row in rows}, force=force)


def write_entries(path: Path, entries: Mapping[str, str], *, force: bool = False) -> int:
    """Write the entries of a baseline in the order given; gives how many there are."""
    rows = "".join(f"{name}\t{row}\n" for name, row in entries.items())
    data = (HEADER + rows).encode("utf-8", "backslashreplace")
    write_all([Write(path, data, ours=anything if force else is_baseline)])
    return len(entries)


def _row(correction: Correction) -> str:
    return entry(correction.code, correction.path, correction.before, correction.after)


def entry(*facts: str) -> str:
    """What stands behind the key in a line of a baseline: rule, path, before, after."""
    return "\t".join(
        fact.encode("unicode_escape").decode() if _breaks(fact) else fact for fact in facts
    )


def _breaks(text: str) -> bool:
    return any(char in text for char in "\t\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029\\")
