"""A reader of gettext's catalogues, as much of them as fixnews writes: a text, and what it becomes.

Python's own `gettext` reads the compiled form only, and a compiled form would have to be built
before anybody could run a working tree.
"""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Iterator

from fixnews.errors import DataError
from fixnews.message import Message

REMEDY = "reinstall fixnews; fixnews/tongues/README.md says what a catalogue holds"

_KEYS = ("msgid", "msgid_plural", "msgstr", "msgstr[0]")


def entries(text: str, name: str) -> Iterator[tuple[str, str]]:
    r"""The texts of a catalogue with their translations, the plural of a text as well.

    Args:
        text: the catalogue.
        name: what to call it in an error.

    Raises:
        DataError: a line that is no line of a catalogue.

    >>> po = 'msgid "{n} page"\nmsgid_plural "{n} pages"\nmsgstr[0] "{n}版"\n'
    >>> dict(entries(po, "zh-CN.po"))
    {'{n} page': '{n}版', '{n} pages': '{n}版'}
    """
    for block in _blocks(text, name):
        told = block.get("msgstr") or block.get("msgstr[0]", "")
        for key in ("msgid", "msgid_plural"):
            if block.get(key):
                yield block[key], told


def _blocks(text: str, name: str) -> Iterator[dict[str, str]]:
    """The entries by their keywords; a string that goes on in the next line is one."""
    block: dict[str, str] = {}
    key = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            yield block
            block, key = {}, ""
        elif not line.startswith("#"):
            word, _, rest = (key, "", line) if line[0] == '"' else line.partition(" ")
            block[word] = block.get(word, "") + _string(rest, word, f"{name}:{number}")
            key = word
    yield block


def _string(quoted: str, word: str, place: str) -> str:
    """What stands between the quotation marks."""
    try:
        told = literal_eval(quoted) if word in _KEYS else None
    except (SyntaxError, ValueError):
        told = None
    if not isinstance(told, str):
        raise DataError(Message("{place}: not a line of a catalogue", place=place), REMEDY)
    return told
