"""``fixnews undo``: a run of ``fix -w`` taken back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fixnews import journal as journals
from fixnews.commands.job import CLEAN, failed
from fixnews.console import Console


def undo(name: str, paths: Sequence[Path], console: Console) -> int:
    """Take a run of ``fix -w`` back."""
    done, errors = journals.undo(name, paths)
    for path in done:
        console.say(f"restored {path}")
    return failed(errors, console)


def list_runs(console: Console) -> int:
    """The runs that can be taken back."""
    for name, files in journals.runs():
        paths = [entry.path for entry in files]
        more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        console.report((f"{name}  {paths[0] if paths else '-'}{more}\n",))
    return CLEAN
