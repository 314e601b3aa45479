"""What a project has settled once: ``[tool.fixnews]`` in pyproject.toml, or fixnews.toml.

A misspelt key is an error that names the nearest one; a setting that silently does nothing is the
worst kind of configuration.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from fixnews.config_files import file_at_or_above, lies, table_of, working_folder
from fixnews.errors import ConfigError, FixnewsError, UsageError
from fixnews.message import Message
from fixnews.tongues import TAGS

FORMATS = ("full", "concise", "json", "jsonl", "csv", "github", "sarif", "rdjson")
INPUT_FORMATS = ("auto", "text", "alto", "page", "hocr", "json", "tsv", "pdf")
READING_ORDERS = ("found", "file")
REVIEW_ORDERS = ("page", "doubt")
OUTPUT_FORMATS = ("auto", "text", "same", "jsonl")
COLORS = ("auto", "always", "never")
LANGUAGES = ("auto", *TAGS)
GROUPS = ("file", "rule")
OUTPUT_ENCODINGS = ("keep", "utf-8")

ALLOW_LIST = "fixnews-allow.txt"
WORDS = "fixnews-words.tsv"
"""The reader's own lists, which `review` adds to: taken where they lie beside the configuration
file, or in the working folder where there is none, unless the file names others."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one run, those of the file under those of the command line.

    Keys in a file are spelt with hyphens; relative paths there start at the file's folder.

    Attributes:
        select, extend_select, ignore: codes or prefixes of codes, see `Selection`.
        unsafe_fixes: apply what is only suggested, too.
        min_confidence: apply nothing that is less sure than this, 0 to 1.
        include: which names are taken when a folder is walked; a file named in full always is.
        exclude: gitignore patterns of what is not taken in a walk.
        exclude_from: the folder that these start at: that of the file that has them; by default
            the working folder.
        force_exclude: ``exclude`` also holds for files named in full, as a hook names them.
        no_ignore: do not obey .gitignore.
        per_file: every file is an issue of its own; no jump is merged across files.
        issue_name, page_name, article_name: regular expressions that find in a file's path what
            its issue, its page and its article are called: their first group, or all they match.
        as_text: files of data, code or markup are read as newspaper text all the same.
        encoding: the codec of the pages, or nothing to find it out.
        output_encoding: ``keep`` or ``utf-8``; nothing means keep for ``-w``, else UTF-8.
        input_format: what the files are: ``auto``, ``text``, or the name of an OCR format.
        reading_order: in which order the lines of such a file are read: ``found``, or as in the
            ``file``.
        output_format: what becomes of files of recognisers: ``text``, ``same`` or ``jsonl``;
            ``auto`` means ``same`` for ``-w``, else ``text``.
        format: how corrections are reported.
        color: ``auto``, ``always`` or ``never``.
        language: what people are spoken to in: ``en``, ``zh-CN``, ``zh-TW``, or ``auto`` for that
            of the locale. What programs read is the same in all of them.
        ambiguous_width: cells that “ ” … — · take on the terminal, 1 or 2.
        group_by: reports go by ``file`` or by ``rule``.
        side_by_side: before and after beside each other on a wide terminal.
        jobs: how many processes work at a time.
        baseline: corrections that are left as they are and not reported.
        model: a language model of one's own.
        dictionaries: dictionaries of one's own; by default fixnews-words.tsv beside the
            configuration file, if it is there.
        terms: lists of names of one's own, one a line; what almost is one is reported.
        allow: words and passages that nothing may change.
        allow_list: a file of such, one a line, which ``review`` adds to; by default
            fixnews-allow.txt beside the configuration file.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    unsafe_fixes: bool = False
    min_confidence: float = 0.0
    include: tuple[str, ...] = ("*.txt", "*.text")
    exclude: tuple[str, ...] = ()
    exclude_from: Path | None = None
    force_exclude: bool = False
    no_ignore: bool = False
    per_file: bool = False
    issue_name: str = ""
    page_name: str = ""
    article_name: str = ""
    as_text: bool = False
    encoding: str = ""
    output_encoding: str = ""
    input_format: str = "auto"
    reading_order: str = "found"
    output_format: str = "auto"
    format: str = "full"
    color: str = "auto"
    language: str = "auto"
    ambiguous_width: int = 1
    group_by: str = "file"
    side_by_side: bool = False
    jobs: int = 1
    baseline: Path | None = None
    model: Path | None = None
    dictionaries: tuple[Path, ...] = ()
    terms: tuple[Path, ...] = ()
    allow: tuple[str, ...] = ()
    allow_list: Path | None = None

    def overridden(self, options: Mapping[str, Any]) -> Config:
        """These settings under those of the command line; an option not given is None or empty.

        >>> Config(ignore=("VAR",)).overridden({"per_file": True, "ignore": None}).ignore
        ('VAR',)
        """
        given = {key: value for key, value in options.items() if value not in (None, ())}
        if "exclude" in given:
            given["exclude_from"] = None
        return replace(self, **given)


class _Kind(NamedTuple):
    """What a key may hold: a test, the words for it, and the way to the field's value.

    ``plain`` makes of what a caller of the library gives what a file would hold.
    """

    fits: Callable[[Any], bool]
    words: str
    value: Callable[[Any, Path], Any]
    plain: Callable[[Any], Any] = lambda value: value


class _Said(NamedTuple):
    """Where a setting was said: the place by name, what paths start at, how a mistake is told."""

    where: str
    home: Path
    error: type[FixnewsError]


def _is_strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _one_of(*names: str) -> _Kind:
    return _Kind(lambda v: v in names, "one of " + ", ".join(names), lambda v, _: v)


def _is_pattern(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(re.compile(value))
    except re.error:
        return False


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def codes(values: Iterable[str]) -> list[str]:
    """The codes in some strings, each of which may hold several.

    >>> codes(["BRK,PUN101", "OCR"])
    ['BRK', 'PUN101', 'OCR']
    """
    return [code for value in values for code in value.replace(",", " ").split()]


def _several(value: Any) -> Any:
    """What a caller gave as a list, paths as strings; one string or path is a list of one."""
    if isinstance(value, str | os.PathLike):
        value = [value]
    if not isinstance(value, Iterable):
        return value
    return [os.fspath(item) if isinstance(item, os.PathLike) else item for item in value]


def _several_codes(value: Any) -> Any:
    several = _several(value)
    return codes(several) if _is_strings(several) else several


_LIST = _Kind(_is_strings, "a list of strings", lambda v, _: tuple(v), _several)
_CODES = _LIST._replace(plain=_several_codes)
_FLAG = _Kind(lambda v: isinstance(v, bool), "true or false", lambda v, _: v)
_TEXT = _Kind(lambda v: isinstance(v, str), "a string", lambda v, _: v)
_SHARE = _Kind(lambda v: _number(v) and 0 <= v <= 1, "a number from 0 to 1", lambda v, _: float(v))
_COUNT = _Kind(
    lambda v: type(v) is int and v >= 0, "a whole number, 0 for all cores", lambda v, _: v
)
_PATH = _Kind(lambda v: isinstance(v, str), "a path", lambda v, folder: folder / v)
_PATHS = _Kind(_is_strings, "a list of paths", lambda v, home: tuple(home / p for p in v), _several)

_PATTERN = _Kind(_is_pattern, "a regular expression, in TOML best in '…'", lambda v, _: v)

_KINDS: dict[str, _Kind] = {
    "select": _CODES,
    "extend_select": _CODES,
    "ignore": _CODES,
    "unsafe_fixes": _FLAG,
    "min_confidence": _SHARE,
    "include": _LIST,
    "exclude": _LIST,
    "force_exclude": _FLAG,
    "no_ignore": _FLAG,
    "per_file": _FLAG,
    "issue_name": _PATTERN,
    "page_name": _PATTERN,
    "article_name": _PATTERN,
    "as_text": _FLAG,
    "encoding": _TEXT,
    "output_encoding": _one_of(*OUTPUT_ENCODINGS),
    "input_format": _one_of(*INPUT_FORMATS),
    "reading_order": _one_of(*READING_ORDERS),
    "output_format": _one_of(*OUTPUT_FORMATS),
    "format": _one_of(*FORMATS),
    "color": _one_of(*COLORS),
    "language": _one_of(*LANGUAGES),
    "ambiguous_width": _Kind(lambda v: v in (1, 2) and _number(v), "1 or 2", lambda v, _: v),
    "group_by": _one_of(*GROUPS),
    "side_by_side": _FLAG,
    "jobs": _COUNT,
    "baseline": _PATH,
    "model": _PATH,
    "dictionaries": _PATHS,
    "terms": _PATHS,
    "allow": _LIST,
    "allow_list": _PATH,
}


def load(path: Path | None = None, folder: Path | None = None) -> tuple[Config, Path | None]:
    """The settings of a file, and which file that was.

    Args:
        path: the file to read; by default the nearest one at or above ``folder``.
        folder: where to look from; by default the working folder.

    Raises:
        ConfigError: no such file, not TOML, an unknown key, or a value that does not fit.
    """
    here = (folder or working_folder()).absolute()
    path = path or file_at_or_above(here)
    config = parse(table_of(path), path) if path else Config()
    return _with_own_lists(config, path.absolute().parent if path else here), path


def _with_own_lists(config: Config, home: Path) -> Config:
    """The settings with the reader's own lists, where the file names no others.

    One that is named must be there: a list that does nothing is not noticed.
    """
    named = config.allow_list
    if named and named.name != ALLOW_LIST and not lies(named):
        problem = Message("{allow_list}: allow-list: no such file", allow_list=config.allow_list)
        raise ConfigError(problem, "make it, or leave `allow-list` out")
    words = (home / WORDS,) if lies(home / WORDS) else ()
    return replace(
        config,
        allow_list=config.allow_list or home / ALLOW_LIST,
        dictionaries=config.dictionaries or words,
    )


def parse(table: Mapping[str, Any], path: Path) -> Config:
    """The settings of a table as read from ``path``.

    >>> parse({"per-file": True}, Path("fixnews.toml")).per_file
    True
    >>> parse({"per-files": True}, Path("fixnews.toml"))
    Traceback (most recent call last):
    fixnews.errors.ConfigError: fixnews.toml: unknown key 'per-files' (did you mean 'per-file'?)
    """
    said = _Said(f"{path}: ", path.parent, ConfigError)
    known = {name.replace("_", "-"): name for name in _KINDS}
    told = {_field(k, known, said): _value(k, v, known, said) for k, v in table.items()}
    return Config(exclude_from=path.absolute().parent if "exclude" in told else None, **told)


def given(settings: Mapping[str, Any], names: Iterable[str]) -> Config:
    """The settings of a call of the library; None is as good as not given.

    Args:
        settings: by the names of `Config`. A list may be any iterable of strings or paths, or one.
        names: those that the call takes.

    Raises:
        UsageError: a name that the call does not take, or a value that does not fit.

    >>> given({"select": "BRK,PUN101", "terms": None}, ("select", "terms")).select
    ('BRK', 'PUN101')
    >>> given({"min_confidence": 2}, ("min_confidence",))
    Traceback (most recent call last):
    fixnews.errors.UsageError: min_confidence is 2 (it takes a number from 0 to 1)
    """
    said, known = _Said("", Path(), UsageError), {name: name for name in names}
    asked = {_field(name, known, said): value for name, value in settings.items()}
    plain = {name: _KINDS[name].plain(v) for name, v in asked.items() if v is not None}
    return Config(**{name: _value(name, v, known, said) for name, v in plain.items()})


def as_table(config: Config) -> dict[str, Any]:
    """The settings by their names in a file, for ``config show``."""
    return {name.replace("_", "-"): getattr(config, name) for name in _KINDS}


def nearest(name: str, names: Iterable[str]) -> str:
    """The name that was probably meant.

    >>> nearest("per-files", ["per-file", "select"])
    'per-file'
    """
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, list(names), 1, 0.0)), "")


def _field(key: str, known: Mapping[str, str], said: _Said) -> str:
    """The field that a key means; ``known`` has the keys as they are spelt there."""
    name = known.get(key) or known.get(key.replace("_", "-"))
    if name is None:
        near = nearest(key, known)
        raise said.error(
            Message("{where}unknown key {key!r}", where=said.where, key=key),
            Message("did you mean {near!r}?", near=near),
        )
    return name


def _value(key: str, value: Any, known: Mapping[str, str], said: _Said) -> Any:
    kind = _KINDS[_field(key, known, said)]
    if not kind.fits(value):
        raise said.error(
            Message("{where}{key} is {value!r}", where=said.where, key=key, value=value),
            Message("it takes {words}", words=Message(kind.words)),
        )
    return kind.value(value, said.home)
