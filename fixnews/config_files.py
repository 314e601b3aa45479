"""Where the settings of a project lie: the nearest file at or above a folder, and its table."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from fixnews.errors import ConfigError, UsageError, of_system
from fixnews.message import Message


def working_folder() -> Path:
    """The working folder.

    Raises:
        UsageError: it has been deleted.
    """
    try:
        return Path.cwd()
    except OSError:
        raise UsageError("the working folder is gone", "change to one that exists") from None


def file_at_or_above(folder: Path) -> Path | None:
    """The nearest configuration at or above a folder, no higher than its repository's root."""
    for place in (folder, *folder.parents):
        for name in ("fixnews.toml", "pyproject.toml"):
            path = place / name
            if lies(path) and (name == "fixnews.toml" or _has_table(path)):
                return path
        if lies(place / ".git"):
            break
    return None


def lies(path: Path) -> bool:
    """Whether something lies there; not in a folder that may not be looked into.

    ``sudo -u`` and containers start in such folders, of which the reader has set nothing.

    >>> lies(Path("/")), lies(Path("/no/such/page.txt"))
    (True, False)
    """
    return os.path.exists(path)  # noqa: PTH110 (which raises there)


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        problem = Message("{path}: {what}", path=path, what=of_system(error))
        raise ConfigError(problem, "check --config") from None
    except (ValueError, RecursionError) as error:
        raise ConfigError(Message("{path}: not TOML: {error}", path=path, error=error)) from None


def _has_table(path: Path) -> bool:
    """Whether a pyproject.toml has settings of ours; one that is broken elsewhere has none.

    One that is broken and names our table is an error, so that no setting is lost in silence.
    """
    try:
        return "fixnews" in _tools(_read(path))
    except ConfigError:
        with suppress(OSError):
            if b"tool.fixnews" not in path.read_bytes():
                return False
        raise


def _tools(table: Mapping[str, Any]) -> dict[str, Any]:
    tools = table.get("tool", {})
    return tools if isinstance(tools, dict) else {}


def table_of(path: Path) -> dict[str, Any]:
    """The settings of a file: ``[tool.fixnews]`` where it has that, else all of it."""
    whole = _read(path)
    nested = path.name == "pyproject.toml" or "tool" in whole
    table = _tools(whole).get("fixnews", {}) if nested else whole
    if not isinstance(table, dict):
        raise ConfigError(Message("{path}: tool.fixnews is not a table", path=path))
    return table
