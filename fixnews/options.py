"""The options of the command line, in tables: each stands once and is read by typer from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from fixnews.config import (
    COLORS,
    FORMATS,
    GROUPS,
    INPUT_FORMATS,
    READING_ORDERS,
    codes,
)
from fixnews.files import STDIN_NAME
from fixnews.manpage import MORE, show_all, spoken
from fixnews.offers import complete, complete_code
from fixnews.tongues import TAGS, Tongue


def choice(name: str, values: tuple[str, ...]) -> Callable[[str | None], str | None]:
    """A check that an option has one of these values."""

    def checked(value: str | None) -> str | None:
        if value not in (None, *values):
            raise typer.BadParameter(f"{value!r}; choose one of {', '.join(values)}")
        return value

    checked.__name__ = name
    return checked


def _codes(values: list[str] | None) -> list[str] | None:
    return codes(values or ())


def option(kind: Any, *names: str, default: Any = None, **settings: Any) -> tuple[Any, Any]:
    """One row of an option table: what typer reads of it, and its default."""
    return Annotated[kind, typer.Option(*names, **settings)], default


def flag(*names: str, help: str, **settings: Any) -> tuple[Any, Any]:  # noqa: A002
    """A row for an option without a value."""
    return option(bool, *names, default=False, help=help, **settings)


def among(name: str, values: tuple[str, ...], *names: str, **settings: Any) -> tuple[Any, Any]:
    """A row for an option that takes one of these values."""
    named = {"callback": choice(name, values), **complete(*values), **settings}
    return option(str | None, *names, **named)


MORE_OPTIONS: dict[str, Any] = {"rich_help_panel": MORE}
_CODE: dict[str, Any] = {"callback": _codes, "metavar": "CODE", "autocompletion": complete_code}


FORCE = flag("--force", help="Replace files that fixnews did not write, too.", **MORE_OPTIONS)

Table = Mapping[str, tuple[Any, Any]]

_Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATHS", help="Files and folders; - or nothing: standard input."),
]

PATHS: Table = {"paths": (_Paths, None)}

FORMAT: Table = {
    "format": among(
        "format",
        FORMATS,
        "--format",
        help="|".join(FORMATS),
        metavar="F",
    )
}

EXIT_ZERO: Table = {
    "exit_zero": flag("--exit-zero", help="Exit 0 also when something is found.", **MORE_OPTIONS)
}

VIEW: Table = {
    "group_by": among(
        "group_by",
        GROUPS,
        "--group-by",
        metavar="WHAT",
        help="file or rule.",
    ),
    "side_by_side": flag(
        "--side-by-side", help="Before and after abreast, from 120 columns.", **MORE_OPTIONS
    ),
    "ambiguous_width": option(
        int | None,
        "--ambiguous-width",
        min=1,
        max=2,
        metavar="1|2",
        help="Cells of “ ” … — · on this terminal.",
        **MORE_OPTIONS,
    ),
}

CONFIG: Table = {
    "config": option(
        Path | None, "--config", metavar="FILE", help="The configuration file.", **MORE_OPTIONS
    ),
    "isolated": flag("--isolated", help="Read no configuration file.", **MORE_OPTIONS),
}


def _language(ctx: typer.Context, value: str | None) -> Tongue:
    """The language of the call, which was settled before (`fixnews.tongues.choice`)."""
    choice("language", TAGS)(value)
    return spoken(ctx)


Language = Annotated[
    str | None,
    typer.Option(
        "--language",
        callback=_language,
        metavar="TAG",
        help="The language of what people read: " + ", ".join(TAGS) + ".",
        **complete(*TAGS),
        **MORE_OPTIONS,
    ),
]
"""The option, for a command that has no table."""

LANGUAGE: Table = {"language": (Language, None)}

HELP: Table = {
    **LANGUAGE,
    "help_all": flag("--help-all", help="Explain every option.", is_eager=True, callback=show_all),
}

REPAIR: Table = {
    "unsafe_fixes": flag("--unsafe-fixes", help="Apply suggestions, too."),
    "min_confidence": option(
        float | None,
        "--min-confidence",
        min=0,
        max=1,
        metavar="0-1",
        help="Apply nothing less sure.",
        **MORE_OPTIONS,
    ),
    "select": option(list[str] | None, help="Only these rules, or prefixes: BRK,PUN101.", **_CODE),
    "extend_select": option(list[str] | None, help="These rules, too.", **_CODE, **MORE_OPTIONS),
    "ignore": option(list[str] | None, help="Not these rules.", **_CODE),
    "per_file": flag("--per-file", help="Merge no jump across files.", **MORE_OPTIONS),
    "exclude": option(
        list[str] | None, metavar="GLOB", help="A gitignore pattern to pass over.", **MORE_OPTIONS
    ),
    "force_exclude": flag(
        "--force-exclude", help="Pass over excluded files even when named.", **MORE_OPTIONS
    ),
    "as_text": flag(
        "--as-text", help="Read data, code and markup as newspaper text.", **MORE_OPTIONS
    ),
    "no_ignore": flag("--no-ignore", help="Do not obey .gitignore.", **MORE_OPTIONS),
    "input_format": among(
        "input_format",
        INPUT_FORMATS,
        "--input-format",
        metavar="F",
        help="What the pages are: " + ", ".join(INPUT_FORMATS) + ".",
        **MORE_OPTIONS,
    ),
    "reading_order": among(
        "reading_order",
        READING_ORDERS,
        "--reading-order",
        metavar="O",
        help="Order of the lines of a page with positions: found, or as in the file.",
        **MORE_OPTIONS,
    ),
    "encoding": option(
        str | None, metavar="ENC", help="The pages' encoding, when you know better.", **MORE_OPTIONS
    ),
    "baseline": option(
        Path | None, "--baseline", metavar="FILE", help="Leave what is in it as it is."
    ),
    "stdin_filename": option(
        str, default=STDIN_NAME, metavar="NAME", help="What to call standard input.", **MORE_OPTIONS
    ),
    **CONFIG,
    "color": among(
        "color",
        COLORS,
        metavar="WHEN",
        help="auto, always or never.",
        **MORE_OPTIONS,
    ),
    "jobs": option(
        int | None,
        "-j",
        "--jobs",
        min=0,
        metavar="N",
        help="Processes; 0: all cores.",
        **MORE_OPTIONS,
    ),
    "quiet": flag("-q", "--quiet", help="Say nothing but errors.", **MORE_OPTIONS),
    "verbose": flag("-v", "--verbose", help="Say more.", **MORE_OPTIONS),
    **HELP,
}

_READS = (
    "input_format", "reading_order", "encoding", "exclude", "force_exclude", "no_ignore",
    "stdin_filename", *CONFIG, "color", "quiet", "verbose", *HELP,
)  # fmt: skip

READING: Table = {name: REPAIR[name] for name in _READS}
"""The options of what reads pages and repairs nothing."""

_SETTINGS = (
    "select", "extend_select", "ignore", "min_confidence", "exclude", "encoding", "input_format",
    "reading_order", "output_encoding", "output_format", "color", "jobs", "format", "baseline",
    "group_by", "ambiguous_width",
)  # fmt: skip
_SETTING_FLAGS = (
    "unsafe_fixes", "per_file", "force_exclude", "no_ignore", "side_by_side", "as_text",
)  # fmt: skip


def settings_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """What a call says about the settings of `Config`; an option not given is None."""
    named = {key: given.get(key) for key in _SETTINGS}
    named |= {key: given.get(key) or None for key in _SETTING_FLAGS}
    return {key: tuple(v) if isinstance(v, list) else v for key, v in named.items()}
