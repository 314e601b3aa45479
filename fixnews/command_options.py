"""The options that one command alone takes."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Annotated

import typer

from fixnews.config import (
    OUTPUT_ENCODINGS,
    OUTPUT_FORMATS,
    REVIEW_ORDERS,
)
from fixnews.options import FORCE, MORE_OPTIONS, Table, among, flag, option

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
        Path | None, "--answers", metavar="FILE", help="Judge as this file says.", **MORE_OPTIONS
    ),
    "output_encoding": among(
        "output_encoding",
        OUTPUT_ENCODINGS,
        "--output-encoding",
        help="keep or utf-8; by default keep for -w, else utf-8.",
        metavar="ENC",
    ),
    "output_format": among(
        "output_format",
        OUTPUT_FORMATS,
        "--output-format",
        help="Of OCR files: text, same, jsonl; -w takes same.",
        metavar="F",
        **MORE_OPTIONS,
    ),
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
        **MORE_OPTIONS,
    ),
    "force": FORCE,
}

REVIEW: Table = {
    "resume": flag("--resume", help="Go on with the answers given so far."),
    "browser": flag("--browser", help="In a browser on this machine, beside the scan."),
    "one_by_one": flag(
        "--one-by-one", help="Ask about each correction, issue after issue.", **MORE_OPTIONS
    ),
    "order": among(
        "order",
        REVIEW_ORDERS,
        "--order",
        default=REVIEW_ORDERS[0],
        metavar="O",
        help="Of what is asked one by one: page, or doubt.",
        **MORE_OPTIONS,
    ),
    "kept": option(
        Path | None,
        "--answers",
        metavar="FILE",
        help="Read answers from this file, and write it.",
        **MORE_OPTIONS,
    ),
    "port": option(
        int,
        "--port",
        default=0,
        min=0,
        metavar="N",
        help="Where it listens; 0: any.",
        **MORE_OPTIONS,
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
    "corrections": among(
        "corrections",
        CORRECTIONS,
        "--corrections",
        default=CORRECTIONS[0],
        metavar="F",
        help="Corrections as jsonl or parquet.",
    ),
    "text_column": option(
        str, "--text-column", default="text", metavar="NAME", help="The text of a row."
    ),
    "id_column": option(
        str,
        "--id-column",
        default="id",
        metavar="NAME",
        help="What a row is called.",
        **MORE_OPTIONS,
    ),
    "page_column": option(
        str,
        "--page-column",
        default="",
        metavar="NAME",
        help="Its page in the issue: A4.",
        **MORE_OPTIONS,
    ),
    "issue_column": option(
        str, "--issue-column", default="", metavar="NAME", help="Its issue; jumps merge inside."
    ),
    "scheduler": option(
        str, "--scheduler", default="", metavar="TCP", help="A Dask cluster: tcp://10.0.0.1:8786."
    ),
    "shard_size": option(
        float,
        "--shard-size",
        default=2.0,
        min=0.001,
        metavar="MB",
        help="Of a shard.",
        **MORE_OPTIONS,
    ),
}

ORDERS = ("text", "json", "svg")
"""The forms in which ``fixnews order`` shows a page."""

ORDER: Table = {
    "form": among(
        "format",
        ORDERS,
        "--format",
        metavar="F",
        help=", ".join(ORDERS) + ".",
    ),
    "svg": option(Path | None, "--svg", metavar="FILE", help="Draw the page into a file."),
    "output": option(
        Path | None, "-o", "--output", metavar="DIR", help="Draw each page, into a folder."
    ),
}

DAMAGE: Table = {
    "output": option(Path | None, "-o", "--output", metavar="DIR", help="The folder to write."),
    "kinds": option(
        str,
        "--kinds",
        default="",
        metavar="K,K",
        help="jumps, columns, lines, half-width, blanks, misread, mojibake, encoding.",
    ),
    "seed": option(int, "--seed", default=1, metavar="N", help="Another seed, other injuries."),
    "rate": option(float, "--rate", default=1.0, min=0.0, help="How much; 1 is what is usual."),
    "force": FORCE,
}
