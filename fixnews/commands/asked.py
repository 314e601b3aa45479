"""What the options of a call ask for: the settings, under them the files, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fixnews.answers import Given
from fixnews.commands.job import Job
from fixnews.config import Config, load
from fixnews.errors import UsageError
from fixnews.message import Message
from fixnews.options import settings_of
from fixnews.patterns import lazy
from fixnews.verdicts import Baseline

STDIN_PATH = "-"
"""The path that means standard input."""

_ADDRESS = lazy(r"[A-Za-z][A-Za-z0-9+.-]+:[/\\]")
"""How ``s3://bucket`` begins as a path; ``C:/`` has one letter."""


def job_of(given: Mapping[str, Any]) -> Job:
    """The call that these options make."""
    settings = Config() if given["isolated"] else load(given["config"])[0]
    config = settings.overridden(settings_of(given))
    return Job(
        paths=tuple(map(_path, given["paths"] or ())),
        config=config,
        baseline=Baseline.load(config.baseline) if config.baseline else Baseline({}),
        answers=Given.load(given["answers"]) if given.get("answers") else None,
        report=given.get("report"),
        output=_folder(given.get("output")),
        force=given.get("force", False),
        write_baseline=given.get("write_baseline"),
        stdin_name=given["stdin_filename"],
        writes=bool(given.get("write") or given.get("output")),
        exit_zero=given.get("exit_zero", False),
        exit_non_zero_on_fix=given.get("exit_non_zero_on_fix", False),
    )


def _path(given: str) -> Path:
    """A path as given; only a bare ``-`` is standard input, ``./-`` is a file of that name.

    Raises:
        UsageError: it is empty: a variable of a script that was not set, and no word for all files.
    """
    if not given:
        raise UsageError("an empty path", "name a file or a folder; . is the working folder")
    path = Path(given)
    return path if given == STDIN_PATH or str(path) != STDIN_PATH else path.absolute()


def _folder(given: Path | None) -> Path | None:
    """The folder to write to; an address would be a folder ``s3:`` here, and nobody looks there."""
    if given and _ADDRESS.match(str(given)):
        raise UsageError(
            Message("-o {folder}: an address, no folder", folder=given),
            "mount it, and name the folder; or ./ before a folder of that name",
        )
    return given
