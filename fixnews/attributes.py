"""What a file keeps when other bytes take its place: mode, owner, access list, attributes.

Linux holds access lists as extended attributes. Where one of these cannot be given to the new file
(a network drive that refuses chmod, a file of somebody else), the old file must stay and be
written in place.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

ACCESS_LIST = "system.posix_acl_access"
"""The attribute that holds a file's access list."""

MEANT = ("user.", ACCESS_LIST)
"""Attributes that somebody has given to the file; labels of a security module are the system's."""


def narrow(model: Path) -> int:
    """The mode to make a file with that takes the place of another: never readable wider.

    With an access list the group's bits say what the widest entry may do, so they wait.

    >>> from tempfile import NamedTemporaryFile
    >>> with NamedTemporaryFile() as file:
    ...     oct(narrow(Path(file.name)))
    '0o600'
    """
    mode = model.stat().st_mode & 0o777
    return mode & 0o700 if ACCESS_LIST in _named(model) else mode


def give(file: Path, model: Path) -> list[str]:
    """Give a file what another has; gives what the system refused, by the names of its calls."""
    steps: dict[str, Callable[[Path, Path], None]] = {
        "chown": _owner,
        "setxattr": _extended,
        "chmod": _mode,
    }
    return [name for name, step in steps.items() if _refused(step, file, model)]


def _refused(step: Callable[[Path, Path], None], file: Path, model: Path) -> bool:
    try:
        step(file, model)
    except (OSError, AttributeError):
        return True
    return False


def _owner(file: Path, model: Path) -> None:
    has, wanted = file.stat(), model.stat()
    if (has.st_uid, has.st_gid) != (wanted.st_uid, wanted.st_gid):
        os.chown(file, wanted.st_uid, wanted.st_gid)


def _extended(file: Path, model: Path) -> None:
    for name in _named(model):
        os.setxattr(file, name, os.getxattr(model, name))


def _mode(file: Path, model: Path) -> None:
    wanted = model.stat().st_mode & 0o7777
    if file.stat().st_mode & 0o7777 != wanted:
        file.chmod(wanted)


def _named(file: Path) -> list[str]:
    """The attributes of a file that are kept; none where the system has no such thing."""
    try:
        return [name for name in os.listxattr(file) if name.startswith(MEANT)]
    except (OSError, AttributeError):
        return []
