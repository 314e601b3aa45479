"""The rules as the program knows them; what is told of each stands in a file, ``BRK101.toml``.

What a run decides by stands in the code, beside the filter that proposes: `Rule`. What people read
is data: `README.md` describes the files. A file is read when somebody asks for what it says, so
that a run which shows no rule reads none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fixnews.errors import DataError, of_system
from fixnews.islands import Kind
from fixnews.message import Message
from fixnews.tongues import ENGLISH

HOME = Path(__file__).parent
"""Where the files lie, one a rule."""

REMEDY = "reinstall fixnews; fixnews/rules/README.md says what the file of a rule holds"

Figures = tuple[tuple[str, float], ...]
"""Thresholds by the names under which the texts mention them: ``{SURE}``, ``{FEWEST:.0f}``."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is told of a rule.

    Attributes:
        summary: what it does, in one line.
        why: how the damage comes about, how it is recognised, what is left alone.
        safe: when the repair is applied by default, and when it is only offered.
        before: a small damaged page that the rule repairs, or reports.
        after: what ``fix`` makes of it, alone and with unsafe fixes on; None: only reported.
        data: the bytes of ``before``, for a rule about bytes.
        supposes: a setting and what the file that it names holds, where the example needs one.
    """

    summary: str
    why: str
    safe: str
    before: str
    after: str | None = None
    data: bytes = b""
    supposes: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of repair, as people select it and find it in reports.

    Attributes:
        code: three letters for the family, three digits; ``BRK101``.
        name: a slug, unique; ``broken-word``.
        default: False for a rule that must be selected by name.
        touches: the kinds of stretches that are no running prose which it may change
            (`fixnews.islands`); what touches any other is dropped in the pipeline.
        figures: the thresholds that its texts mention, so that they are written down once.
    """

    code: str
    name: str
    default: bool = True
    touches: frozenset[Kind] = frozenset()
    figures: Figures = ()

    def explained(self, home: Path = HOME, *, language: str = ENGLISH.tag) -> Explanation:
        """What is told of it, from its file; the example is the same in every language.

        Args:
            home: where the files lie, and beside them a folder for each other language.
            language: the tag of the language, as `fixnews.tongues` has them.

        >>> Rule("BRK201", "truncated-ending").explained().summary
        'Reports a page whose text stops inside a sentence.'

        Raises:
            DataError: the file is missing, or no file of a rule.
        """
        told = _told(home / f"{self.code}.toml", _KEYS.keys(), self.figures)
        if language != ENGLISH.tag:
            told |= _told(home / language / f"{self.code}.toml", _PROSE, self.figures)
        return Explanation(**told)


def _told(path: Path, known: Collection[str], figures: Figures) -> dict[str, Any]:
    """What a file says, with its figures in."""
    told = {key: _value(path, key, value) for key, value in _table(path, known).items()}
    return {**told, **{key: _filled(path, key, told[key], figures) for key in _PROSE}}


def _table(path: Path, known: Collection[str]) -> dict[str, Any]:
    """What a file holds, with all keys that it must have and none that it must not."""
    from tomllib import TOMLDecodeError, loads

    try:
        table = loads(path.read_text("utf-8"))
    except OSError as error:
        raise DataError(
            Message("{path}: text of a rule: {what}", path=path, what=of_system(error)),
            REMEDY,
        ) from None
    except (UnicodeDecodeError, TOMLDecodeError) as error:
        raise DataError(
            Message("{path}: text of a rule: {error}", path=path, error=error), REMEDY
        ) from None
    _check(path, "unknown", table.keys() - set(known))
    _check(path, "missing", set(known) - _OPTIONAL - table.keys())
    return table


def _check(path: Path, what: str, keys: set[str]) -> None:
    if keys:
        told = ", ".join(sorted(keys))
        problem = Message("{path}: {what}: {keys}", path=path, what=Message(what), keys=told)
        raise DataError(problem, REMEDY)


def _value(path: Path, key: str, value: Any) -> Any:
    """The value of a key as the program has it."""
    try:
        return _KEYS[key](value)
    except ValueError as error:
        raise DataError(f"{path}: {key}: {error}", REMEDY) from None


def _filled(path: Path, key: str, text: str, figures: Figures) -> str:
    """A text with its figures in."""
    try:
        return text.format_map(dict(figures))
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise DataError(
            Message(
                "{path}: {key}: no figure of the rule: {error}", path=path, key=key, error=error
            ),
            REMEDY,
        ) from None


def _page(value: Any) -> str:
    """A page, to the character."""
    if not isinstance(value, str) or not value:
        raise ValueError("not a string, or empty")
    return value


def _prose(value: Any) -> str:
    """A paragraph; a line break inside is a blank."""
    return _page(value).strip("\n").replace("\n", " ")


def _bytes(value: Any) -> bytes:
    return bytes.fromhex(_page(value))


def _supposed(value: Any) -> tuple[str, str]:
    if not isinstance(value, dict) or value.keys() != {"setting", "content"}:
        raise ValueError("wants a setting and a content, nothing else")
    return _page(value["setting"]), _page(value["content"])


_KEYS: Mapping[str, Callable[[Any], Any]] = {
    "summary": _prose,
    "why": _prose,
    "safe": _prose,
    "before": _page,
    "after": _page,
    "data": _bytes,
    "supposes": _supposed,
}
_PROSE = ("summary", "why", "safe")
_OPTIONAL = {"after", "data", "supposes"}
