"""What a caller of the library gets for a page: its text, and all that was found on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fixnews.correction import Correction
from fixnews.source import Source, excerpt

if TYPE_CHECKING:
    from fixnews.pipeline import Repair

NAME_COLUMNS = 32
"""Columns that a page's name takes at most in a line about its result."""


@dataclass(frozen=True, slots=True)
class Result:
    """One repaired page.

    Attributes:
        text: the page as repaired.
        corrections: what was changed or suggested on it, in the order of the original.
        source: the page as it was read.
        spared: what was not changed because a number, a formula, markup or the like stands there,
            each as a note that says so.

    >>> from fixnews import fix
    >>> fix("喜迎党代会,奋进新征程", path="A1")
    <Result 'A1': 11 characters, 1 applied>
    """

    text: str
    corrections: tuple[Correction, ...]
    source: Source
    spared: tuple[Correction, ...] = ()

    @property
    def file(self) -> bytes | None:
        """The page's file with the words that were changed, for a file of a recogniser; else None.

        Lines that were joined stay apart in it: `docs/formats.md` says what is written.

        Raises:
            PageError: the format is read only.
        """
        from fixnews.in_place import patched

        return patched(self.source, self.corrections) if self.source.positions else None

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON takes it.

        Returns:
            ``path``, ``encoding`` and ``text``; ``corrections`` and ``spared`` as lists of rows,
            each with the keys of ``fixnews check --format jsonl`` (`Correction.to_dict`).

        >>> from fixnews import fix
        >>> list(fix("经济形势稳定。").to_dict())
        ['path', 'encoding', 'text', 'corrections', 'spared']
        """
        return {
            "path": self.source.path,
            "encoding": self.source.encoding,
            "text": self.text,
            "corrections": [correction.to_dict() for correction in self.corrections],
            "spared": [correction.to_dict() for correction in self.spared],
        }

    def __repr__(self) -> str:
        """One line: what the page is called, how long it is now, and what was found on it."""
        name = excerpt(self.source.path, NAME_COLUMNS, tail=True)
        states = {
            "applied": sum(c.applied for c in self.corrections),
            "offered": sum(c.applicable and not c.applied for c in self.corrections),
            "notes": sum(not c.applicable for c in self.corrections),
            "spared": len(self.spared),
        }
        counts = [f"{count:,} {state}" for state, count in states.items() if count]
        return f"<Result {name}: {', '.join((f'{len(self.text):,} characters', *counts))}>"

    def _repr_html_(self) -> str:
        """The result in a notebook: a small table of what was found, escaped, without a script."""
        from fixnews.report.notebook import notebook

        return notebook(self.source, self.corrections)


def by_source(done: Repair, sources: Sequence[Source]) -> list[Result]:
    """A result for each page of a repair."""
    made, spared = _by_page(done.corrections), _by_page(done.spared)
    return [
        Result(text, tuple(made.get(n, ())), source, tuple(spared.get(n, ())))
        for n, (text, source) in enumerate(zip(done.texts, sources, strict=True))
    ]


def _by_page(corrections: Iterable[Correction]) -> dict[int, list[Correction]]:
    found: dict[int, list[Correction]] = {}
    for correction in corrections:
        found.setdefault(correction.source, []).append(correction)
    return found
