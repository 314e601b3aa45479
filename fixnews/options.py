"""The options of the command line, in tables: each stands once and is read by typer from here."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from fixnews.completion import complete_code
from fixnews.config import (
    COLORS,
    FORMATS,
    GROUPS,
    INPUT_FORMATS,
    OUTPUT_ENCODINGS,
    OUTPUT_FORMATS,
    READING_ORDERS,
    REVIEW_ORDERS,
    codes,
)
from fixnews.files import STDIN_NAME
from fixnews.manpage import MORE, show_all


def _choice(name: str, values: tuple[str, ...]) -> Callable[[str | None], str | None]:
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


def _complete(*values: str) -> dict[str, Any]:
    """The settings of an option with these values: the shell offers them, others are refused."""
    return {"autocompletion": lambda incomplete: [v for v in values if v.startswith(incomplete)]}


_MORE: dict[str, Any] = {"rich_help_panel": MORE}
_CODE: dict[str, Any] = {"callback": _codes, "metavar": "CODE", "autocompletion": complete_code}


FORCE = flag("--force", help="Replace files that fixnews did not write, too.", **_MORE)

Table = Mapping[str, tuple[Any, Any]]

_Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATHS", help="Files and folders; - or nothing: standard input."),
]

PATHS: Table = {"paths": (_Paths, None)}

WRITING: Table = {
    "write": flag("-w", "--write", help="Write back to the files (undo takes it back)."),
    "output": option(
        Path | None, "-o", "--output", metavar="DIR", help="Write into a folder, as UTF-8."
    ),
    "force": FORCE,
    "diff": flag("--diff", help="Show what was changed, too."),
    "exit_non_zero_on_fix": flag(
        "--exit-non-zero-on-fix", help="Exit 1 where something was fixed."
    ),
    "answers": option(
        Path | None, "--answers", metavar="FILE", help="Judge as this file says.", **_MORE
    ),
    "output_encoding": option(
        str | None,
        "--output-encoding",
        callback=_choice("output_encoding", OUTPUT_ENCODINGS),
        help="keep or utf-8; by default keep for -w, else utf-8.",
        metavar="ENC",
        **_complete(*OUTPUT_ENCODINGS),
    ),
    "output_format": option(
        str | None,
        "--output-format",
        callback=_choice("output_format", OUTPUT_FORMATS),
        help="Of OCR files: text, same, jsonl; -w takes same.",
        metavar="F",
        **_complete(*OUTPUT_FORMATS),
        **_MORE,
    ),
}

FORMAT: Table = {
    "format": option(
        str | None,
        "--format",
        callback=_choice("format", FORMATS),
        help="|".join(FORMATS),
        metavar="F",
        **_complete(*FORMATS),
    )
}

CHECK: Table = {
    "statistics": flag("--statistics", help="Only figures: per page, per rule, noise left."),
    "report": option(
        Path | None, "--report", metavar="FILE", help="Write the report as one HTML page."
    ),
    "write_baseline": option(
        Path | None,
        "--write-baseline",
        metavar="FILE",
        help="Write what is found to a baseline.",
        **_MORE,
    ),
    "force": FORCE,
}

REVIEW: Table = {
    "resume": flag("--resume", help="Go on with the answers given so far."),
    "one_by_one": flag("--one-by-one", help="Ask about each correction, issue after issue."),
    "order": option(
        str,
        "--order",
        default=REVIEW_ORDERS[0],
        callback=_choice("order", REVIEW_ORDERS),
        metavar="O",
        help="Of what is asked one by one: page, or doubt.",
        **_complete(*REVIEW_ORDERS),
        **_MORE,
    ),
    "kept": option(
        Path | None, "--answers", metavar="FILE", help="Read and write answers there.", **_MORE
    ),
    "write_baseline": option(
        Path | None, "--write-baseline", metavar="FILE", help="Add what you reject to a baseline."
    ),
}

STORIES: Table = {
    "output": option(
        Path | None, "-o", "--output", metavar="DIR", help="A text file a story, into a folder."
    ),
    "force": FORCE,
}

CORRECTIONS = ("jsonl", "parquet")
"""The forms that the corrections of an archive may have."""

ARCHIVE: Table = {
    "source": (
        Annotated[
            str,
            typer.Argument(
                metavar="SOURCE", help="A folder, a zip, JSONL, Parquet, or s3://… and such."
            ),
        ],
        inspect.Parameter.empty,
    ),
    "output": option(Path | None, "-o", "--output", metavar="DIR", help="The folder to write."),
    "articles": flag("--articles", help="Cut whole stories, too."),
    "corrections": option(
        str,
        "--corrections",
        default=CORRECTIONS[0],
        callback=_choice("corrections", CORRECTIONS),
        metavar="F",
        help="Corrections as jsonl or parquet.",
        **_complete(*CORRECTIONS),
    ),
    "text_column": option(
        str, "--text-column", default="text", metavar="NAME", help="The text of a row."
    ),
    "id_column": option(
        str, "--id-column", default="id", metavar="NAME", help="What a row is called.", **_MORE
    ),
    "page_column": option(
        str, "--page-column", default="", metavar="NAME", help="Its page in the issue: A4.", **_MORE
    ),
    "issue_column": option(
        str, "--issue-column", default="", metavar="NAME", help="Its issue; jumps merge inside."
    ),
    "scheduler": option(
        str, "--scheduler", default="", metavar="TCP", help="A Dask cluster: tcp://10.0.0.1:8786."
    ),
    "shard_size": option(
        float, "--shard-size", default=2.0, min=0.001, metavar="MB", help="Of a shard.", **_MORE
    ),
}

ORDERS = ("text", "json", "svg")
"""The forms in which ``fixnews order`` shows a page."""

ORDER: Table = {
    "form": option(
        str | None,
        "--format",
        callback=_choice("format", ORDERS),
        metavar="F",
        help=", ".join(ORDERS) + ".",
        **_complete(*ORDERS),
    ),
    "svg": option(Path | None, "--svg", metavar="FILE", help="Draw the page into a file."),
    "output": option(
        Path | None, "-o", "--output", metavar="DIR", help="Draw each page, into a folder."
    ),
}

EXIT_ZERO: Table = {
    "exit_zero": flag("--exit-zero", help="Exit 0 also when something is found.", **_MORE)
}

VIEW: Table = {
    "group_by": option(
        str | None,
        "--group-by",
        callback=_choice("group_by", GROUPS),
        metavar="WHAT",
        help="file or rule.",
        **_complete(*GROUPS),
    ),
    "side_by_side": flag(
        "--side-by-side", help="Before and after abreast, from 120 columns.", **_MORE
    ),
    "ambiguous_width": option(
        int | None,
        "--ambiguous-width",
        min=1,
        max=2,
        metavar="1|2",
        help="Cells of “ ” … — · on this terminal.",
        **_MORE,
    ),
}

CONFIG: Table = {
    "config": option(
        Path | None, "--config", metavar="FILE", help="The configuration file.", **_MORE
    ),
    "isolated": flag("--isolated", help="Read no configuration file.", **_MORE),
}

HELP: Table = {
    "help_all": flag("--help-all", help="Explain every option.", is_eager=True, callback=show_all)
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
        **_MORE,
    ),
    "select": option(list[str] | None, help="Only these rules, or prefixes: BRK,PUN101.", **_CODE),
    "extend_select": option(list[str] | None, help="These rules, too.", **_CODE, **_MORE),
    "ignore": option(list[str] | None, help="Not these rules.", **_CODE),
    "per_file": flag("--per-file", help="Merge no jump across files.", **_MORE),
    "exclude": option(
        list[str] | None, metavar="GLOB", help="A gitignore pattern to pass over.", **_MORE
    ),
    "force_exclude": flag(
        "--force-exclude", help="Pass over excluded files even when named.", **_MORE
    ),
    "as_text": flag("--as-text", help="Read data, code and markup as newspaper text.", **_MORE),
    "no_ignore": flag("--no-ignore", help="Do not obey .gitignore.", **_MORE),
    "input_format": option(
        str | None,
        "--input-format",
        callback=_choice("input_format", INPUT_FORMATS),
        metavar="F",
        help="What the pages are: " + ", ".join(INPUT_FORMATS) + ".",
        **_complete(*INPUT_FORMATS),
        **_MORE,
    ),
    "reading_order": option(
        str | None,
        "--reading-order",
        callback=_choice("reading_order", READING_ORDERS),
        metavar="O",
        help="Order of the lines of a page with positions: found, or as in the file.",
        **_complete(*READING_ORDERS),
        **_MORE,
    ),
    "encoding": option(
        str | None, metavar="ENC", help="The pages' encoding, when you know better.", **_MORE
    ),
    "baseline": option(
        Path | None, "--baseline", metavar="FILE", help="Leave what is in it as it is."
    ),
    "stdin_filename": option(
        str, default=STDIN_NAME, metavar="NAME", help="What to call standard input.", **_MORE
    ),
    **CONFIG,
    "color": option(
        str | None,
        callback=_choice("color", COLORS),
        metavar="WHEN",
        help="auto, always or never.",
        **_complete(*COLORS),
        **_MORE,
    ),
    "jobs": option(
        int | None, "-j", "--jobs", min=0, metavar="N", help="Processes; 0: all cores.", **_MORE
    ),
    "quiet": flag("-q", "--quiet", help="Say nothing but errors.", **_MORE),
    "verbose": flag("-v", "--verbose", help="Say more.", **_MORE),
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
