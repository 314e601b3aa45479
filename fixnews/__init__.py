r"""Repair the text of Chinese newspapers after OCR or extraction has damaged it.

>>> import fixnews
>>> fixnews.fix("喜迎党代会,奋进新征程").text
'喜迎党代会，奋进新征程'

`fix` repairs a page, `fix_many` many short texts, `fix_pages` the pages of an issue, whose jumps it
merges; `articles` cuts them into stories, `decode` only reads bytes and `encode` writes them back.
"""

from __future__ import annotations

from fixnews.version import __version__ as __version__

TYPE_CHECKING = False
"""What type checkers take for true; `typing` has the same, and takes most of the import to load."""

if TYPE_CHECKING:
    from fixnews.api import articles as articles
    from fixnews.api import fix as fix
    from fixnews.api import fix_many as fix_many
    from fixnews.api import fix_pages as fix_pages
    from fixnews.article import Article as Article
    from fixnews.composing import replay as replay
    from fixnews.correction import Correction as Correction
    from fixnews.encoding import decode as decode
    from fixnews.encoding import encode as encode
    from fixnews.errors import BinaryError as BinaryError
    from fixnews.errors import ConfigError as ConfigError
    from fixnews.errors import DataError as DataError
    from fixnews.errors import DecodeError as DecodeError
    from fixnews.errors import EncodeError as EncodeError
    from fixnews.errors import FixnewsError as FixnewsError
    from fixnews.errors import PageError as PageError
    from fixnews.errors import UsageError as UsageError
    from fixnews.filters import Context as Context
    from fixnews.filters import Selection as Selection
    from fixnews.result import Result as Result
    from fixnews.source import Source as Source

_HOME = {
    "Article": "fixnews.article",
    "ConfigError": "fixnews.errors",
    "Context": "fixnews.filters",
    "Correction": "fixnews.correction",
    "DataError": "fixnews.errors",
    "BinaryError": "fixnews.errors",
    "DecodeError": "fixnews.errors",
    "EncodeError": "fixnews.errors",
    "FixnewsError": "fixnews.errors",
    "PageError": "fixnews.errors",
    "Result": "fixnews.result",
    "Selection": "fixnews.filters",
    "Source": "fixnews.source",
    "UsageError": "fixnews.errors",
    "articles": "fixnews.api",
    "decode": "fixnews.encoding",
    "encode": "fixnews.encoding",
    "fix": "fixnews.api",
    "fix_many": "fixnews.api",
    "fix_pages": "fixnews.api",
    "replay": "fixnews.composing",
}

__all__ = sorted(("__version__", *_HOME))  # noqa: PLE0605


def __dir__() -> list[str]:
    """What there is for a guest of the library: the public names, in order."""
    return list(__all__)


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Load a public name when it is first used, so that ``fixnews --version`` loads nothing."""
        if name not in _HOME:
            raise AttributeError(f"module 'fixnews' has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(_HOME[name]), name)
