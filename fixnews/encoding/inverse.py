"""The way back from mojibake: what the bytes of a stretch would say in the right encoding.

Text in one encoding was read in another; writing it again in the wrong one gives its bytes back,
as far as no byte was lost on the way. Every pair of encodings that befalls Chinese is tried, twice
over for text that was hurt twice, and the reading that is likeliest as news wins.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from fixnews.encoding import codec, frequency, lattice, registers, remains, traces
from fixnews.encoding.remains import Remains
from fixnews.patterns import lazy
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
    ("cp850", ("utf-8", "gb18030", "big5")),
    ("iso8859-15", ("utf-8", "gb18030", "big5")),
    ("cp1254", ("utf-8", "gb18030", "big5")),
    ("cp1250", ("utf-8", "gb18030", "big5")),
)
"""For each encoding that text was read in wrongly, those that it may truly be in. cp1252 stands for
Latin-1 too: what it leaves undefined passes through as control characters, as browsers do."""

DEPTH = 2
"""How often a text may have been hurt."""

COST_OF_STEPS = (6.0, 26.0)
"""Nats for text that was hurt once, and twice. Of two ways that lead to one text the shorter wins;
and a second way that is found by chance must not make 给、庆庆 of 公、伯伯."""

MIXTURE = -8.0
"""Nats for each character of a script beside the one that prevails: kana, hangul, and the letters
of Greek and Cyrillic do not stand together in one text, but they do in mojibake."""

ALONE = -5.0
"""Nats more for a letter of ASCII between two characters beyond it: 1 in 16,000 characters of news,
1 in 8 of Big5 that was read as something else. Lost characters do not count as both."""

REPLACED = -8.0
"""Nats for each U+FFFD that the bytes themselves say: it was there before the text was hurt."""

PROMISING = 4.0
"""Nats that a first step may lose and still be followed by a second."""

MIXED_SCRIPT = 0.3

FEWEST = 3
"""Characters of a stretch that looks Chinese and may have an origin. Two cost 26 nats at most
(`fixnews.encoding.registers`), and no two characters of news cost so little that they gain 14."""

IN_USE = 2 / 3
"""The least share of the characters of news in an origin. One beyond these costs 12 nats and more,
another 6 on the mean, and an origin is trusted above -(9 + 8/n)."""

_CHINESE = lazy("[\x00-\x7e\xb7\u2010-\u2027\u3000-\u3020\u4e00-\u9fff\uff01-\uff5e]+")
"""Text that looks Chinese, with no U+FFFD in it."""

SINGLE = frozenset(
    {"cp1252", "cp437", "mac_roman", "cp1251", "koi8-r", "cp850", "iso8859-15", "cp1254", "cp1250"}
)
"""Encodings of one byte a character: one that is lost takes one byte along."""

_WIDE_PAIRS = tuple(pair for pair in PAIRS if pair[0] not in SINGLE)
_HAN = lazy("[\u4e00-\u9fff]")

EDGE = 4
"""Characters at either end of a stretch that must be in use where bytes are missing between."""

TORN = 0.25
"""Share of bytes beyond ASCII that may stand in no character of UTF-8."""

_UTF8 = lazy(rb"[\xe2-\xef][\x80-\xbf]{2}")

_ROWS = lazy(r"([\x00-\x7f]{1,4}?)\1{2,}")
"""Rows of blanks and the like: a repeat is one witness, in every reading."""

_SCRIPTS = tuple(map(lazy, ("[\u3041-\u30ff]", "[\uac00-\ud7a3]", "[\u0370-\u052f]")))
_ALONE = lazy("(?<=[^\x00-\x7f\ufffd])[@-~](?=[^\x00-\x7f])|(?<=\ufffd)[@-~](?=[^\x00-\x7f\ufffd])")


@dataclass(frozen=True, slots=True)
class Origin:
    """What a stretch was before it was read wrongly.

    Attributes:
        text: what it says; `LOST` where bytes are gone.
        steps: the pairs (wrong, true), the last damage first.
        gain: nats that it is likelier than what stands there.
        fit: where bytes are lost, how many standard deviations it lies above what is left of news
            on the mean.
    """

    text: str
    steps: tuple[tuple[str, str], ...]
    gain: float
    fit: float = 0.0

    @property
    def whole(self) -> bool:
        """Whether no byte was lost."""
        return LOST not in self.text


def conceivable(text: str) -> bool:
    r"""Whether a stretch that looks Chinese may have an origin: a test without tables of figures.

    The bytes of most clean words say nothing that anybody would write, in any encoding: where they
    are no UTF-8, and a third of what they say in another Chinese encoding is none of the four
    thousand characters of news, no weighing will find a likelier origin. Of what looks otherwise
    nothing is known before it is weighed.

    >>> conceivable("缁忔祹"), conceivable("铿锵"), conceivable("¾\xad¼Ã")
    (True, False, True)
    """
    if not _CHINESE.fullmatch(text):
        return True
    if sum(c > "\x7f" for c in text) < FEWEST:
        return False
    written = ((traces.written(text, wrong), rights) for wrong, rights in _pairs_of(text))
    return any(_readable(data, right) for data, rights in written if data for right in rights)


def _pairs_of(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The pairs that a text may have been hurt by: no single byte is a Han character."""
    return _WIDE_PAIRS if _HAN.search(text) else PAIRS


def _readable(data: bytes, right: str) -> bool:
    """Whether bytes are UTF-8, or most of what they say is in use."""
    if right == "utf-8":
        text = data.decode(errors="replace")
        return text.count(LOST) * 2 <= sum(c > "\u07ff" for c in text)
    beyond = [c for c in codec.read_through(data, right) if c > "\x7f"]
    return sum(map(frequency.in_use().__contains__, beyond)) >= IN_USE * len(beyond)


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
    """How likely a stretch is as it stands, in Chinese of any register or in another script.

    What is lost may have been anything, and costs nothing.
    """
    news = frequency.load()
    alone = ALONE * len(_ALONE.findall(text))
    text = text.replace(LOST, "")
    *beside, _ = sorted(len(script.findall(text)) for script in _SCRIPTS)
    foreign = news.eastern(_ROWS.sub(r"\1\1", text)) + MIXTURE * sum(beside)
    other = registers.likelihood(text, registers.table())
    return alone + max(news.likelihood(text, MIXED_SCRIPT), foreign, other)


def _news(read: Remains) -> float:
    """How likely an origin is: as Chinese news and nothing else."""
    news = frequency.load()
    known = read.text.replace(LOST, "")
    pairs = news.paired(read.text) - news.paired(known)
    return (
        read.cost
        + pairs
        + max(
            registers.likelihood(known, table, frequency.UNPAIRED) + math.log(share)
            for table, share in (
                (news.simplified, 1.0 - MIXED_SCRIPT),
                (news.traditional, MIXED_SCRIPT),
            )
        )
    )


def _origins(
    text: str, start: float, now: float, steps: tuple[tuple[str, str], ...]
) -> Iterator[Origin]:
    for wrong, rights in _pairs_of(text):
        data = traces.written(text.replace(LOST, ""), wrong)
        if data is None:
            continue
        for right in rights:
            read = _read(text, data, wrong, right)
            if read is None or read.text in ("", text):
                continue
            path = (*steps, (wrong, right))
            score = _news(read) - COST_OF_STEPS[len(path) - 1]
            yield Origin(read.text, path, score - start, read.fit)
            if len(path) < DEPTH and not read.holed and score > now - PROMISING * len(text):
                yield from _origins(read.text, start, score, path)


def _read(text: str, data: bytes, wrong: str, right: str) -> Remains | None:
    """What a text says that was read wrongly; None: its bytes are not in the encoding.

    Args:
        text: as it stands.
        data: the bytes of all in it that is not lost.
        wrong: the encoding that it was read in.
        right: the encoding that it may be in.
    """
    if traces.sure(text, wrong):
        try:
            read = codec.read(data, right)
        except UnicodeDecodeError as error:
            if "?" not in text and error.start < len(data) - remains.LONGEST_CUT - 1:
                return _torn(data, wrong, right)
        else:
            whole = Remains(read, REPLACED * read.count(LOST), 0.0, holed=False)
            return (_torn(data, wrong, right) if right != "utf-8" else None) or whole
    found = _torn(data, wrong, right) if right != "utf-8" else None
    found = found or remains.read(traces.units(text, wrong), right)
    return found or (_torn(data, wrong, right) if LOST in text else None)


def _torn(data: bytes, wrong: str, right: str) -> Remains | None:
    """What is left of bytes some of which went without a trace; None: they are something else."""
    if wrong not in SINGLE:
        return None
    may_be = (
        _mostly_utf8(data) if right == "utf-8" else _slips(codec.read_through(data, right), right)
    )
    return remains.torn(data, right) if may_be else None


def _slips(text: str, right: str) -> bool:
    """Whether a text begins or ends as news and does not go on so: a byte may be missing."""
    if len(text) < 2 * EDGE or not lattice.strange(text, right):
        return False
    in_use = frequency.in_use()
    return in_use.issuperset(text[:EDGE]) or in_use.issuperset(text[-EDGE:])


def _mostly_utf8(data: bytes) -> bool:
    beyond = len(data.translate(None, bytes(range(128))))
    left = len(_UTF8.sub(b"", data).translate(None, bytes(range(128))))
    return beyond >= 3 * EDGE and left <= TORN * beyond
