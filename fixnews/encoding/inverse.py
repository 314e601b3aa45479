"""The way back from mojibake: what the bytes of a stretch would say in the right encoding.

Text in one encoding was read in another; writing it again in the wrong one gives its bytes back,
as far as no byte was lost on the way. Every pair of encodings that befalls Chinese is tried, twice
over for text that was hurt twice, and the reading that is likeliest as news wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fixnews.encoding import big5, codec, damage, frequency
from fixnews.source import LOST

PAIRS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cp1252", ("utf-8", "gb18030", "big5")),
    ("gb18030", ("utf-8", "big5")),
    ("big5", ("utf-8", "gb18030")),
    ("cp950", ("utf-8", "gb18030")),
    ("cp437", ("utf-8", "gb18030", "big5")),
    ("mac_roman", ("utf-8", "gb18030", "big5")),
    ("cp949", ("utf-8", "gb18030", "big5")),
    ("cp932", ("utf-8", "gb18030", "big5")),
    ("euc_jp", ("utf-8", "gb18030")),
    ("cp1251", ("utf-8", "gb18030", "big5")),
    ("koi8-r", ("utf-8", "gb18030")),
)
"""For each encoding that text was read in wrongly, those that it may truly be in. cp1252 stands for
Latin-1 too: what it leaves undefined passes through as control characters, as browsers do."""

DEPTH = 2
"""How often a text may have been hurt."""

COST_OF_STEP = 6.0
"""Nats for each time that a text was hurt: of two ways that lead to one text the shorter wins."""

HOLE, GONE = -8.0, -4.0
"""Nats for each place where bytes say nothing, and for each U+FFFD that stands in the text already.
The second is the less, so that a text is not taken to be something else for its holes alone."""

MOST_HOLES = 0.5
"""Share of the bytes that may be lost."""

PROMISING = 4.0
"""Nats that a first step may lose and still be followed by a second."""

MIXED_SCRIPT = 0.3

_HOLE = b"\xff"
_CUT = re.compile(rb"([\xc3-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\?")
"""A sequence of UTF-8 that breaks off at a question mark: Windows wrote that for what it lost."""

_WINDOWS = {ord(bytes([b]).decode("cp1252", "ignore") or " "): b for b in range(0x80, 0xA0)}
_WINDOWS.pop(ord(" "), None)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a stretch was before it was read wrongly.

    Attributes:
        text: what it says; `LOST` where bytes are gone.
        steps: the pairs (wrong, true), the last damage first.
        gain: nats that it is likelier than what stands there.
    """

    text: str
    steps: tuple[tuple[str, str], ...]
    gain: float

    @property
    def whole(self) -> bool:
        """Whether no byte was lost."""
        return LOST not in self.text


def origin(text: str) -> Origin | None:
    """The likeliest origin of a stretch of mojibake, or None if it is likeliest as it stands.

    >>> origin("缁忔祹褰㈠娍")
    Origin(text='经济形势', steps=(('gb18030', 'utf-8'),), gain=...)
    >>> origin("经济形势")
    """
    now = likelihood(text)
    found = max(_origins(text, now, now, ()), key=lambda o: o.gain, default=None)
    return found if found and found.gain > 0.0 else None


def likelihood(text: str) -> float:
    """How likely a stretch is as it stands, in Chinese or another script: natural logarithm."""
    news = frequency.load()
    holes = text.count(LOST)
    text = text.replace(LOST, "")
    return GONE * holes + max(news.likelihood(text, MIXED_SCRIPT), news.eastern(text))


def _news(text: str) -> float:
    """How likely an origin is: as Chinese news and nothing else."""
    news = frequency.load()
    holes = text.count(LOST)
    return HOLE * holes + news.likelihood(text.replace(LOST, ""), MIXED_SCRIPT)


def _origins(
    text: str, start: float, now: float, steps: tuple[tuple[str, str], ...]
) -> Iterator[Origin]:
    for wrong, rights in PAIRS:
        data = _bytes(text, wrong)
        if data is None:
            continue
        for right in rights:
            read = _read(data, right)
            if read in ("", text):
                continue
            path = (*steps, (wrong, right))
            score = _news(read) - COST_OF_STEP * len(path)
            yield Origin(_HOLES.sub(LOST, read), path, score - start)
            if len(path) < DEPTH and LOST not in read and score > now - PROMISING * len(text):
                yield from _origins(read, start, score, path)


def _bytes(text: str, wrong: str) -> bytes | None:
    """The bytes that were read as this text, `_HOLE` for each that is lost; None: none were."""
    write = _WRITERS.get(wrong, str.encode)
    try:
        return _HOLE.join(write(part, wrong) for part in text.split(LOST))
    except UnicodeEncodeError:
        return None


def _latin(text: str, wrong: str) -> bytes:
    del wrong
    return text.translate(_WINDOWS).encode("latin-1")


def _big5(text: str, wrong: str) -> bytes:
    del wrong
    try:
        return big5.encode(text)
    except UnicodeEncodeError:
        return text.encode("cp950")


_WRITERS: dict[str, Callable[[str, str], bytes]] = {"cp1252": _latin, "big5": _big5}


def _read(data: bytes, right: str) -> str:
    """What the bytes say, `LOST` for each that is gone; nothing if they are not in the encoding."""
    if right == "utf-8":
        data = _CUT.sub(lambda cut: cut[1] + _HOLE, data)
    holes = data.count(_HOLE)
    if not holes:
        return _valid(data, right)
    if holes > MOST_HOLES * len(data):
        return ""
    return data.decode(right, "replace") if right == "utf-8" else damage.bytewise(data, right)


def _valid(data: bytes, right: str) -> str:
    """The text of bytes of which the last few may be a character that was cut."""
    try:
        return codec.read(data, right)
    except UnicodeDecodeError as error:
        if error.start < len(data) - 3 or not error.start:
            return ""
        return _valid(data[: error.start], right) + LOST


_HOLES = re.compile(LOST + "+")
