"""The rules as the program knows them; what is told of each stands in a file, ``BRK101.toml``.

What a run decides by stands in the code, beside the filter that proposes: `Rule`. What people read
is data: `README.md` describes the files. A file is read when somebody asks for what it says, so
that a run which shows no rule reads none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fixnews.errors import DataError
from fixnews.islands import Kind

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

    def explained(self, home: Path = HOME) -> Explanation:
        """What is told of it, from its file.

        >>> Rule("BRK201", "truncated-ending").explained().summary
        'Reports a page whose text stops inside a sentence.'

        Raises:
            DataError: the file is missing, or no file of a rule.
        """
        path = home / f"{self.code}.toml"
        told = {key: _value(path, key, value) for key, value in _table(path).items()}
        filled = {key: _filled(path, key, told[key], self.figures) for key in _PROSE}
        return Explanation(**{**told, **filled})


def _table(path: Path) -> dict[str, Any]:
    """What a file holds, with all keys that it must have and none that it must not."""
    from tomllib import TOMLDecodeError, loads

    try:
        table = loads(path.read_text("utf-8"))
    except OSError as error:
        raise DataError(f"{path}: text of a rule: {error.strerror}", REMEDY) from None
    except (UnicodeDecodeError, TOMLDecodeError) as error:
        raise DataError(f"{path}: text of a rule: {error}", REMEDY) from None
    _check(path, "unknown", table.keys() - _KEYS.keys())
    _check(path, "missing", _KEYS.keys() - _OPTIONAL - table.keys())
    return table


def _check(path: Path, what: str, keys: set[str]) -> None:
    if keys:
        raise DataError(f"{path}: {what}: {', '.join(sorted(keys))}", REMEDY)


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
        raise DataError(f"{path}: {key}: no figure of the rule: {error}", REMEDY) from None


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
