r"""Repair the text of Chinese newspapers after OCR or extraction has damaged it.

>>> import fixnews
>>> fixnews.fix("经济形势稳定。").text
'经济形势稳定。'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fixnews.version import __version__

if TYPE_CHECKING:
    from fixnews.api import Result as Result
    from fixnews.api import decode as decode
    from fixnews.api import fix as fix
    from fixnews.api import fix_pages as fix_pages
    from fixnews.composing import replay as replay
    from fixnews.correction import Correction as Correction
    from fixnews.errors import FixnewsError as FixnewsError
    from fixnews.source import Source as Source

_HOME = {
    "Correction": "fixnews.correction",
    "FixnewsError": "fixnews.errors",
    "Result": "fixnews.api",
    "Source": "fixnews.source",
    "decode": "fixnews.api",
    "fix": "fixnews.api",
    "fix_pages": "fixnews.api",
    "replay": "fixnews.composing",
}

__all__ = ["__version__", *_HOME]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that ``fixnews --version`` loads nothing."""
    if name not in _HOME:
        raise AttributeError(f"module 'fixnews' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
