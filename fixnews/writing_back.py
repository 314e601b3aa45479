"""The pages of an issue as files again: over their own, or into a folder, a jump's all or none."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from fixnews import issue
from fixnews.config import Config
from fixnews.encoding import encode
from fixnews.encoding.origins import origins
from fixnews.errors import EncodeError, FixnewsError
from fixnews.files import STDIN_NAME, Write, write_all
from fixnews.formats.on_disk import bare
from fixnews.in_place import patched
from fixnews.issue import Outcome
from fixnews.journal import Journal
from fixnews.keepers import Keeper
from fixnews.message import Message
from fixnews.outputs import Outputs
from fixnews.source import Source


class Written(NamedTuple):
    """What became of the pages of an issue that were to be written.

    Attributes:
        paths: the files that were written; one that has its bytes already is not.
        errors: what kept others from it.
        unwritten: the numbers of the pages that these hold back.
    """

    paths: list[Path]
    errors: list[FixnewsError]
    unwritten: frozenset[int] = frozenset()


def write_back(outcome: Outcome, config: Config, journal: Journal) -> Written:
    """Write the repaired pages over their files, those of one jump all or none.

    A page that is not what was read any more is left as it is.

    Args:
        outcome: the pages.
        config: the settings.
        journal: keeps the old bytes; where it cannot, nothing is written.
    """
    encoding = None if config.output_encoding in ("", "keep") else config.output_encoding
    pages = [
        n
        for n, source in enumerate(outcome.sources)
        if outcome.texts[n] != source.text
        or encoding not in (None, source.encoding)
        or (encoding and source.passages)
    ]
    pages = [n for n in pages if outcome.sources[n].positions is None or outcome.changes(n)]

    def write(n: int) -> Write:
        source = outcome.sources[n]
        data = encoded(outcome, n, encoding, same=True)
        if not encoding and source.positions is None:
            _check_reading(data, outcome.texts[n], source, config)
        return Write(outcome.paths[n], data, was=source.data)

    return _written(outcome, pages, write, journal)


_NULS = "take its NULs out first"


def _check_reading(data: bytes, text: str, source: Source, config: Config) -> None:
    """Refuse bytes that the next run would read as another text.

    It happens on pages that hold lost bytes, NULs or two encodings: a repair is too little to read
    them by, or too much.

    Raises:
        EncodeError: they would be.
    """
    if source.encoding == "utf-8" and not source.passages and "\x00" not in text:
        return
    try:
        same = issue.page(data, source.path, config).text == text
    except FixnewsError:
        same = False
    if not same:
        problem = Message(
            "{path}: written back in {encoding} it would be read otherwise",
            path=source.path,
            encoding=source.encoding,
        )
        raise EncodeError(problem, _NULS if "\x00" in text else "use --output-encoding utf-8")


def write_out(outcome: Outcome, config: Config, outputs: Outputs, base: Path) -> Written:
    """Write the repaired pages into a folder, at their places below ``base``."""

    def write(n: int) -> Write:
        page = outcome.sources[n]
        target = outputs.folder / _called(below(Path(page.path), base), page, config)
        return outputs.write(target, as_bytes(outcome, n, config))

    return _written(outcome, range(len(outcome.sources)), write, outputs)


def _called(path: Path, page: Source, config: Config) -> Path:
    """What a page is called in another folder: a text that was no text before is ``.txt``."""
    if page.positions is None or config.output_format == "same":
        return path
    return path.with_name(f"{bare(path.name)}.txt")


def as_bytes(outcome: Outcome, number: int, config: Config) -> bytes:
    """A repaired page for standard output: UTF-8 unless told otherwise."""
    encoding = None if config.output_encoding == "keep" else "utf-8"
    return encoded(outcome, number, encoding, same=config.output_format == "same")


def encoded(
    outcome: Outcome, number: int, encoding: str | None = None, *, same: bool = False
) -> bytes:
    """A repaired page as bytes, with the lost bytes of whichever page its passages come from.

    Args:
        outcome: the pages.
        number: which of them.
        encoding: the codec to write; by default that of the page.
        same: whether a file of a recogniser stays one, with other words.

    Raises:
        EncodeError: a character has no place in it.
    """
    page = outcome.sources[number]
    if page.positions is not None:
        return new_file(outcome, number) if same else _as_text(outcome, number, encoding)
    lost = origins(outcome.repair.draft, number)
    return encode(outcome.texts[number], page, encoding, lost)


def _as_text(outcome: Outcome, number: int, encoding: str | None) -> bytes:
    """The text of a page that a recogniser read."""
    page = replace(outcome.sources[number], data=None)
    return encode(outcome.texts[number], page, encoding)


def new_file(outcome: Outcome, number: int) -> bytes:
    """The file of a recogniser with the words that were changed, every other byte as it was."""
    page = outcome.sources[number]
    return outcome.files.get(number) or patched(page, outcome.of_page(number))


def below(path: Path, base: Path) -> Path:
    """A page's path below the common folder of a call."""
    if path.name == STDIN_NAME:
        return Path("stdin.txt")
    inside = os.path.relpath(os.path.abspath(path), base)  # noqa: PTH100
    return Path(path.name if inside.startswith("..") else inside)


def _written(
    outcome: Outcome, pages: Sequence[int], write: Callable[[int], Write], keeper: Keeper
) -> Written:
    written: list[Path] = []
    errors: list[FixnewsError] = []
    unwritten: list[int] = []
    for group in _linked(outcome, pages):
        try:
            written += write_all([write(n) for n in group], keeper)
        except FixnewsError as error:
            errors.append(error)
            unwritten += group
    return Written(written, errors, frozenset(unwritten))


def _linked(outcome: Outcome, pages: Sequence[int]) -> Iterator[list[int]]:
    """The pages in groups: pages between which a passage moved stand or fall together."""
    group = {n: n for n in range(len(outcome.sources))}
    for move in (c for c in outcome.corrections if c.applied and c.to):
        one, other = group[move.source], group[move.to[0] if move.to else move.source]
        group = {n: one if g == other else g for n, g in group.items()}
    for name in dict.fromkeys(group.values()):
        members = [n for n in pages if group[n] == name]
        if members:
            yield members
