"""What a reader has listed: dictionaries, terms, what to allow, a baseline. One reader for all.

Such files are made in editors that add a byte order mark, or save as GBK or UTF-16. A list that is
read in the wrong way does nothing, and nobody notices.
"""

from __future__ import annotations

from pathlib import Path

from fixnews.config import ALLOW_LIST, WORDS, Config
from fixnews.encoding import decode, encode
from fixnews.errors import DataError, DecodeError, FixnewsError, PageError
from fixnews.files import Write, read, write_all
from fixnews.message import Message
from fixnews.source import LOST, Source


def lines(path: Path, what: str) -> list[str]:
    """The lines of a list, without their ends.

    Args:
        path: the file: UTF-8, or anything that can be told for certain.
        what: what it is, for errors.

    Raises:
        DataError: it is missing, or cannot be read.
    """
    try:
        text = _text(read(path), str(path))
    except PageError as error:
        remedy = "check the path, or leave it out of the settings"
        raise DataError(_of(what, error), remedy) from None
    except DecodeError as error:
        raise DataError(_of(what, error), "save it as UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _of(what: str, error: FixnewsError) -> Message:
    """What is wrong with a list, and which it is."""
    return Message("{what}: {problem}", what=Message(what), problem=Message(error.problem))


def _text(data: bytes, path: str) -> str:
    """A list is UTF-8 where it can be: a few words say too little to weigh encodings."""
    if b"\x00" not in data:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    page = decode(data, path)
    if LOST in page.text:
        raise DecodeError(Message("{path}: bytes that are no text", path=path))
    return page.text


def appended(data: bytes, path: str, line: str) -> bytes:
    """A list with one line more, in the encoding in which it is.

    Raises:
        FixnewsError: it cannot be read, or the line has no place in its encoding.
    """
    try:
        text = data.decode()
        source = Source(path, text, data)
    except UnicodeDecodeError:
        source = decode(data, path)
    gap = "\n" if source.text and not source.text.endswith("\n") else ""
    return encode(f"{source.text}{gap}{line}\n", source)


def entries(path: Path, what: str) -> list[str]:
    """The entries of a list: one a line, no blanks around it, ``#`` before a remark.

    Raises:
        DataError: it is missing, or cannot be read.
    """
    found = map(str.strip, lines(path, what))
    return [line for line in found if line and not line.startswith("#")]


def allow(config: Config, passage: str) -> str:
    """Add a passage to the reader's allow-list; what to say about it.

    Raises:
        FixnewsError: the list cannot be read or written.
    """
    path = config.allow_list or Path(ALLOW_LIST)
    _append(path, passage)
    return f"{path}: {passage}"


def teach(config: Config, wrong: str, right: str) -> str:
    """Add a word to the reader's dictionary; what to say about it.

    Raises:
        FixnewsError: the dictionary cannot be read or written.
    """
    home = config.allow_list.parent if config.allow_list else Path()
    path = next(iter(config.dictionaries), home / WORDS)
    _append(path, f"{wrong}\t{right}")
    return Message(
        "{path}: {wrong} → {right}; it holds from the next run on",
        path=path,
        wrong=wrong,
        right=right,
    )


def _append(path: Path, line: str) -> None:
    old = read(path) if path.exists() else b""
    write_all([Write(path, appended(old, str(path), line), was=old if path.exists() else None)])
