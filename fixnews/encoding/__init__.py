"""Bytes to page and back: one door each way, `decode` and `encode`. Never a silent guess.

The order is: byte order mark; strict UTF-8; then every Chinese codec tried and its reading weighed
(`fixnews.encoding.detection`). chardet is asked where no reading is Chinese news. The winning trial
is the text. What no codec reads, lost bytes and lines of two encodings, goes through
`fixnews.encoding.damage`. GB2312 and GBK are read as GB18030, their superset: Python's own
``gb2312`` turns · into ・ and — into ―. Big5 in all its variants is read by
`fixnews.encoding.big5`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from fixnews.encoding import (
    big5,
    codec,
    damage,
    detection,
    frequency,
    languages,
    sevenbit,
    uao,
    writing,
)
from fixnews.encoding.detection import Candidate, Verdict
from fixnews.errors import DecodeError, UsageError
from fixnews.message import Message
from fixnews.source import LOST, Passage, Source

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

FEW = 20
"""Continuation bytes up to which valid UTF-8 may be something else. Two characters of GBK are valid
UTF-8 in one case of fifty, twenty of them in none of 10**12."""

LOST_SHARE = 0.2
"""Lost bytes in all bytes beyond ASCII from which on a page is no text. One bad byte in each line
of 20 characters is 0.03; noise read as GB18030 is 0.6, as Big5 or UTF-8 above 0.8."""

FEW_LETTERS = 0.2
"""Share of bytes beyond ASCII below which a page may be in a language of Latin letters, and is read
as that before it is read as damaged Chinese."""

STANDARD = 2.75
"""Nats by which the extension of Taiwan's boards must read better than that of Hong Kong, which the
web's standard has."""

DEMANDED = "demanded"
"""The reason of an encoding that the caller named."""

OPTION = "--encoding, in Python encoding="
"""Where the reader names an encoding."""

MIXED_SCRIPT = 0.3
"""The share of traditional texts where the encoding does not tell."""

NEAR = 20.0
"""Nats within which the page's own encoding is the one of most of its bytes."""

SHOWN = 40
"""Characters of a line that an error shows of each candidate."""


def decode(
    data: bytes | bytearray | memoryview, path: str = "<bytes>", encoding: str | None = None
) -> Source:
    r"""Read a page's bytes.

    Args:
        data: the page as it lies on disk.
        path: what to call the page in reports and errors.
        encoding: the codec to use, when the reader knows better.

    Raises:
        DecodeError: no encoding fits, several fit as well, or the one demanded does not.
        UsageError: what is given is no bytes.

    >>> page = decode("经济".encode("gbk"))
    >>> page.encoding, page.runner_up
    ('gb18030', 'big5')
    >>> decode("經濟".encode("big5") + b"\xa4", encoding="big5").passages
    (Passage(start=2, end=3, first=4, last=5, encoding=''),)
    """
    if not isinstance(data, bytes | bytearray | memoryview):
        problem = Message(
            "{path}: what is to be decoded is {name}, not bytes",
            path=path,
            name=type(data).__name__,
        )
        raise UsageError(problem, "give bytes; text needs no decoding")
    data = bytes(data)
    if encoding:
        name = _endian(codec.canonical(encoding), data)
        bom = next((bom for bom, of in _BOMS if of == name and data.startswith(bom)), b"")
        return _read(data, path, name, bom, (1.0, DEMANDED, ""))
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _read(data, path, name, bom, (1.0, Message("byte order mark"), ""))
    return _utf8(data, path) or _detected(data, path)


def encode(
    text: str,
    source: Source,
    encoding: str | None = None,
    lost: writing.Losses | None = None,
) -> bytes:
    """The bytes of a repaired page, in the encoding it was read in or the one demanded.

    Lines that have not changed keep their bytes, whatever these are: lost, in another encoding, or
    one of two codes for the same character.

    Args:
        text: the repaired page.
        source: the page as it was read.
        encoding: the codec to write; by default that of the page.
        lost: for each U+FFFD of the text the bytes that it stands for (`fixnews.encoding.origins`);
            by default those of the page in their order.

    Raises:
        EncodeError: a character has no place in that encoding.

    >>> encode("经济", decode("经挤".encode("gbk"), encoding="gbk")).decode("gbk")
    '经济'
    """
    name = codec.canonical(encoding) if encoding else source.encoding
    kept = name == source.encoding and not (encoding and source.passages)
    if kept and source.data is not None and text == source.text:
        return source.data
    if kept and source.data is not None and (any(lost or ()) or not writing.regular(source)):
        return source.bom + writing.by_lines(text, source, lost)
    return (b"" if encoding else source.bom) + writing.written(text, source.path, name, source.text)


def _endian(name: str, data: bytes) -> str:
    """UTF-16 and UTF-32 by the order of their bytes, which the page itself may tell."""
    if name not in ("utf-16", "utf-32"):
        return name
    return next(
        (of for bom, of in _BOMS if of.startswith(name) and data.startswith(bom)), f"{name}-le"
    )


def _utf8(data: bytes, path: str) -> Source | None:
    """The page as UTF-8, if that is beyond doubt."""
    if b"\x00" in data:
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    if len(text) == len(data):
        if b"\x1b$" in data or sevenbit.encoding(data):
            return None
    elif len(data) - len(text) <= FEW:
        return None
    return Source(path, text, data, "utf-8", b"", 1.0, "valid UTF-8")


def _detected(data: bytes, path: str) -> Source:
    if data.isascii() and b"\x00" not in data:
        return _seven_bit(data, path)
    verdict = detection.detect(data)
    if verdict.foreign or (LOST in verdict.best.text and verdict.rarity < detection.FAMILIAR):
        return _unfamiliar(data, path, verdict)
    if verdict.margin < detection.LEAST_MARGIN:
        raise _undecided(path, verdict.candidates)
    runner_up = verdict.runner_up
    why = (verdict.confidence, verdict.reason, runner_up.encoding if runner_up else "")
    return _read(data, path, _extension(data, verdict.best.encoding), b"", why)


def _extension(data: bytes, name: str) -> str:
    """Which extension of Big5 a page means: that whose characters are in use."""
    if name != big5.NAME or not uao.may_be(data):
        return name
    lines = (line for line in data.splitlines(keepends=True) if uao.may_be(line))
    whole = (line for line in lines if not detection.garbage(codec.read_through(line, uao.NAME)))
    some = b"".join(whole)[: detection.WINDOWS[-1]]
    news = frequency.load()
    hong_kong, taiwan = (
        news.likelihood(codec.read_through(some, rival), 1.0) for rival in (big5.NAME, uao.NAME)
    )
    return uao.NAME if taiwan > hong_kong + STANDARD else name


def _seven_bit(data: bytes, path: str) -> Source:
    """HZ, or another of the encodings that switch by escapes."""
    name = sevenbit.encoding(data)
    if name:
        return _read(data, path, name, b"", (1.0, sevenbit.REASON[name], "utf-8"))
    name = detection.second_opinion(data) or "utf-8"
    if not _is_language(codec.read_through(data, name)):
        raise DecodeError(
            Message("{path}: escapes of an encoding not known here", path=path),
            Message("name it with {option}", option=OPTION),
        )
    return _read(data, path, name, b"", (0.9, Message("escapes, named by chardet"), "utf-8"))


def _damaged(data: bytes, path: str) -> Source | None:
    """A page that reads as Chinese news line by line: lost bytes, or two encodings."""
    for names in (damage.FAMILIES, ("utf-16-le", "utf-16-be")):
        name, reading = _likeliest(detection.sample(data), names)
        if not detection.garbage(reading.text.replace(LOST, "")):
            why = (0.9, Message("reads as Chinese news line by line"), "")
            return _read(data, path, name, b"", why)
    return None


def _likeliest(sample: bytes, names: Iterable[str]) -> tuple[str, damage.Reading]:
    """The encoding in which most of a sample is news, and what it reads."""
    news = frequency.load()
    readings = {name: damage.read(sample, name) for name in names}
    return max(
        readings.items(),
        key=lambda item: (
            round(news.likelihood(item[1].text, MIXED_SCRIPT) / NEAR),
            -sum(p.last - p.first for p in item[1].passages),
        ),
    )


def _unfamiliar(data: bytes, path: str, verdict: Verdict) -> Source:
    """A page that reads as no Chinese news as a whole: damaged, or in another language.

    Raises:
        DecodeError: neither; what nobody can read nobody may edit.
    """
    beyond = len(data.translate(None, bytes(range(128))))
    if beyond < FEW_LETTERS * len(data):
        found = _foreign(data, path, verdict) or _damaged(data, path)
    else:
        found = _damaged(data, path) or _foreign(data, path, verdict)
    if found is None:
        raise DecodeError(
            Message("{path}: not text in any encoding known here", path=path),
            Message("name it with {option}", option=OPTION),
        )
    return found


def _foreign(data: bytes, path: str, verdict: Verdict) -> Source | None:
    """A page in what chardet says, if what that reads is a language."""
    name = detection.second_opinion(data)
    if name is None or not _is_language(codec.read_through(detection.sample(data), name)):
        return None
    best = verdict.best.encoding
    told = Message("chardet; it does not read as Chinese news")
    why = (0.5, told, best if best != name else "")
    return _read(data, path, name, b"", why)


def _is_language(text: str) -> bool:
    """Whether a text is in a language: Japanese and Korean, Chinese, or any that has words."""
    if detection.is_eastern(text):
        return True
    return not detection.garbage(text) if detection.has_han(text) else languages.plausible(text)


def _undecided(path: str, candidates: tuple[Candidate, ...]) -> DecodeError:
    """The error that lets a person choose: the candidates, a line of each."""
    shown: dict[str, str] = {}
    for candidate in candidates:
        line = next((s for s in re.split(r"[\r\n]+", candidate.text) if not s.isascii()), "")
        shown.setdefault(line[:SHOWN], candidate.encoding)
    lines = [
        Message("{name} reads {line!r}", name=name, line=line)
        for line, name in list(shown.items())[:3]
    ]
    return DecodeError(
        Message(
            "{path}: encoding undecided: {lines}", path=path, lines=Message.joined("; ", lines)
        ),
        Message("choose with {option}", option=OPTION),
    )


def _read(data: bytes, path: str, name: str, bom: bytes, why: tuple[float, str, str]) -> Source:
    """The page in one encoding; what that does not read goes through `fixnews.encoding.damage`."""
    body = data[len(bom) :] if bom else data
    passages: tuple[Passage, ...] = ()
    try:
        text, plain = codec.read_plain(body, name)
        clean = why[1] == DEMANDED or not damage.suspicious(text, name, plain=plain)
    except UnicodeDecodeError:
        clean = False
    if not clean:
        text, passages = damage.read(body, name, len(bom))
        _check(data, path, name, passages, demanded=why[1] == DEMANDED)
    return Source(path, text, data, name, bom, *why, passages)


def _check(
    data: bytes, path: str, name: str, passages: tuple[Passage, ...], *, demanded: bool
) -> None:
    """Refuse a page of which too much is lost, or is in another encoding than was demanded."""
    beyond = max(1, len(data.translate(None, bytes(range(128)))))
    lost = [p for p in passages if not p.encoding]
    others = [p for p in passages if p.encoding]
    if demanded and sum(p.last - p.first for p in others) > len(data) // 2:
        raise DecodeError(
            Message(
                "{path}: {encoding}, not {name}", path=path, encoding=others[0].encoding, name=name
            ),
            Message("leave out {option}", option=OPTION),
        )
    if sum(p.last - p.first for p in lost) > max(1.0, LOST_SHARE * beyond):
        at = lost[0].first
        problem = Message(
            "{path}: byte {at} (0x{data:02X}) and {lost} more are not {name}",
            path=path,
            at=at,
            data=data[at],
            lost=len(lost) - 1,
            name=name,
        )
        raise DecodeError(problem, Message("name the encoding with {option}", option=OPTION))
