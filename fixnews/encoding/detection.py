"""Which encoding? Trial decodes, each scored by how likely its text is as news.

A window of the bytes is decoded by every candidate; invalid bytes become U+FFFD, which is an
unlikely character like others. All candidates explain the same bytes, so their likelihoods can be
compared as they are. The window grows until the best leads by `ENOUGH`, so that a page of any
length costs as much as its first clear line.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from fixnews.encoding import big5, cns, codec, frequency, gb18030
from fixnews.message import Message
from fixnews.patterns import lazy

WINDOWS = (600, 4096, 32768)
"""Bytes looked at where a glance is not enough, the first window first."""

ENOUGH = 30.0
"""Nats of lead at which a larger window is not asked for: of 16,369 cases of the development half
with such a lead none was wrong."""

GLANCE = 192
"""Bytes that GBK and Big5 alone are tried on at first. Where one leads by `ENOUGH` and reads as
news beyond doubt, nothing else can; so it was with each of 600 pages of 2,000 characters."""

LEAST_MARGIN = 0.7
"""Nats of lead below which the choice is left to a person: odds of two to one."""

FAMILIAR = -8.6
"""Nats for each character beyond ASCII above which a reading is Chinese news beyond doubt, and
Japanese and Korean are not tried. Of right readings of 50 characters none is below."""

GARBAGE = (9.2, 13.0, 15.7)
"""A reading of n characters beyond ASCII is no Chinese news below -(9.2 + 13/n) nats for each, or
-15.7 for few. Of 126,000 right readings of 2 to 20 characters 8 are below (咕嘟咕嘟); European
languages read as Chinese come to -11 to -17."""

WITNESSES, STEP = 2, 4
"""How often bytes that repeat are counted: a rule of seventy signs says no more than two of them.
What is left out is a multiple of four bytes, the largest unit of an encoding."""

_REPEATS = lazy(rb"(.{2,8}?)\1{3,}", re.DOTALL)

_HIGH = lazy(rb"[\x80-\xff]")
_BEFORE = 48
"""Bytes of ASCII before the first other byte that belong to the window."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of the window.

    Attributes:
        encoding: its codec.
        text: what the window says.
        score: the natural logarithm of its likelihood, prior included.
    """

    encoding: str
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The candidates, the likeliest first."""

    candidates: tuple[Candidate, ...]

    @property
    def best(self) -> Candidate:
        """The likeliest."""
        return self.candidates[0]

    @property
    def runner_up(self) -> Candidate | None:
        """The likeliest that reads differently."""
        return next((c for c in self.candidates[1:] if c.text != self.best.text), None)

    @property
    def margin(self) -> float:
        """Nats between the best and the runner-up."""
        return self.best.score - self.runner_up.score if self.runner_up else math.inf

    @property
    def confidence(self) -> float:
        """0 to 1: the share of the best in all that read differently."""
        others = (c.score for c in self.candidates[1:] if c.text != self.best.text)
        return 1.0 / (1.0 + sum(math.exp(max(s - self.best.score, -700.0)) for s in others))

    @property
    def rarity(self) -> float:
        """Nats for each character beyond ASCII of the best reading; 0 where it has none.

        Signs are left out: tables say nothing of the language.
        """
        return frequency.load().rarity(frequency.without_signs(self.best.text))

    @property
    def foreign(self) -> bool:
        """Whether the best reading is no Chinese news, nor Japanese nor Korean."""
        if self.best.encoding in EASTERN:
            return not is_eastern(self.best.text)
        return garbage(self.best.text)

    @property
    def reason(self) -> str:
        """Why the best was chosen, for people."""
        if self.best.encoding in EASTERN:
            tongue = Message(EASTERN[self.best.encoding])
            return Message("reads as {language}: kana or hangul", language=tongue)
        if not self.runner_up:
            return Message("reads as Chinese news")
        lead = "reads as Chinese news, {margin:.0f} nats ahead of {next}"
        return Message(lead, margin=self.margin, next=self.runner_up.encoding)


def garbage(text: str) -> bool:
    """Whether a text is no Chinese news: its characters beyond ASCII are too rare.

    >>> garbage("经济形势稳定"), garbage("缦蚁挠讼")
    (False, True)
    """
    text = frequency.without_signs(text)
    many = sum(c > "\x7f" for c in text)
    base, few, floor = GARBAGE
    return frequency.load().rarity(text) < max(-floor, -(base + few / max(many, 1)))


EASTERN_SHARE = 0.1
"""Kana and hangul among characters beyond ASCII from which on a text is Japanese or Korean. Titles
in Japanese have a fifth, news a half."""

_EASTERN_LETTER = lazy("[\u3041-\u30ff\uac00-\ud7a3]")


def is_eastern(text: str) -> bool:
    """Whether a text is Japanese or Korean: a tenth of it is kana or hangul.

    >>> is_eastern("市議会は昨日、話し合うために"), is_eastern("经济形势")
    (True, False)
    """
    beyond = sum(c > "\x7f" for c in text)
    return len(_EASTERN_LETTER.findall(text)) > EASTERN_SHARE * beyond


def has_han(text: str) -> bool:
    """Whether there are Chinese characters in a text."""
    return _HAN.search(text) is not None


@dataclass(frozen=True, slots=True)
class _Trial:
    """A codec to try.

    Attributes:
        encoding: what it is called.
        prior: nats; how much rarer such files are than GBK.
        traditional: the share of its texts in traditional characters; None: not Chinese.
        unit: bytes of the smallest unit; 1 for the codecs that keep ASCII.
        read: the window's text, invalid bytes as U+FFFD.
        han: where it is not Chinese, the logarithm of the share of Chinese characters in it.
    """

    encoding: str
    prior: float
    traditional: float | None
    unit: int
    read: Callable[[bytes], str]
    han: float = 0.0


def _by(codec: str, errors: str = "replace") -> Callable[[bytes], str]:
    return lambda data: data.decode(codec, errors)


_TRIALS = (
    _Trial("gb18030", 0.0, 0.12, 1, partial(gb18030.decode, errors="replace")),
    _Trial("big5", 0.0, 1.0, 1, partial(big5.decode, errors="replace")),
    _Trial("utf-8", 0.0, 0.3, 1, _by("utf-8")),
    _Trial("utf-16-le", -5.0, 0.3, 2, _by("utf-16-le")),
    _Trial("utf-16-be", -5.0, 0.3, 2, _by("utf-16-be")),
    _Trial("utf-32-le", -7.0, 0.3, 4, _by("utf-32-le", "strict")),
    _Trial("utf-32-be", -7.0, 0.3, 4, _by("utf-32-be", "strict")),
)

_COMMONEST = _TRIALS[:2]

_HAN = lazy("[\u4e00-\u9fff]")

KANJI, HANJA = -1.4, -5.5
"""The logarithm of the share of Chinese characters in Japanese (a quarter) and Korean (1 in 250):
what is read as either and has no kana or hangul is neither."""

_EASTERN = (
    _Trial("euc_jp", -9.0, None, 1, _by("euc_jp"), KANJI),
    _Trial("cp932", -9.0, None, 1, _by("cp932"), KANJI),
    _Trial("cp949", -9.0, None, 1, _by("cp949"), HANJA),
    _Trial(cns.EUC_TW, -14.0, 1.0, 1, partial(cns.read_euc_tw, errors="replace")),
)
"""What is tried where no reading is news beyond doubt."""


EASTERN = {"euc_jp": "Japanese", "cp932": "Japanese", "cp949": "Korean"}
"""Encodings that are recognised so that their pages are not read as Chinese."""


def detect(data: bytes) -> Verdict:
    """The candidates for a page that is not plain UTF-8, the likeliest first.

    >>> detect("经济形势稳定".encode("gbk")).best.encoding
    'gb18030'
    """
    found = _HIGH.search(data)
    start = max(0, found.start() - _BEFORE) if found else 0
    verdict = _ranked(_scored(_COMMONEST, data, start, GLANCE))
    if len(data) > start + GLANCE and verdict.margin > ENOUGH and verdict.rarity > FAMILIAR:
        return verdict
    for size in WINDOWS:
        verdict = _ranked(_scored(_TRIALS, data, start, size))
        if verdict.rarity < FAMILIAR:
            verdict = _ranked((*verdict.candidates, *_scored(_EASTERN, data, start, size)))
        if verdict.margin >= ENOUGH or start + size >= len(data):
            break
    return verdict


def sample(data: bytes) -> bytes:
    """Whole lines from the first that is not ASCII, as many as the largest window holds."""
    found = _HIGH.search(data)
    start = data.rfind(b"\n", 0, found.start()) + 1 if found else 0
    stop = data.find(b"\n", start + WINDOWS[-1] // 4)
    return data[start : min(start + WINDOWS[-1], stop + 1 if stop > 0 else len(data))]


def second_opinion(data: bytes) -> str | None:
    """What chardet takes the bytes for, or None: they are no text to it either."""
    import chardet

    found = chardet.detect(data)["encoding"]
    return codec.canonical(found) if found and found.lower() not in _UNUSED else None


_UNUSED = frozenset({"cp1006", "kz1048", "ptcp154", "hp-roman8", "hp_roman8"})
"""Code pages that chardet finds in noise and nobody meets."""


def _ranked(candidates: Iterable[Candidate]) -> Verdict:
    return Verdict(tuple(sorted(candidates, key=lambda c: -c.score)))


def _scored(trials: Iterable[_Trial], data: bytes, start: int, size: int) -> Iterator[Candidate]:
    news = frequency.load()
    for trial in trials:
        try:
            text = trial.read(_window(data, start, size, trial.unit))
        except UnicodeDecodeError:
            continue
        if trial.traditional is None:
            score = news.eastern(text) + trial.han * len(_HAN.findall(text))
        else:
            score = news.likelihood(text, trial.traditional)
        yield Candidate(trial.encoding, text, trial.prior + score)


def _window(data: bytes, start: int, size: int, unit: int) -> bytes:
    start -= start % unit
    stop = min(len(data), start + size - size % unit)
    return _REPEATS.sub(_few, data[start:stop])


def _few(found: re.Match[bytes]) -> bytes:
    """Bytes that repeat, fewer times; what follows stays in step in any encoding."""
    unit = len(found[1])
    step = STEP // math.gcd(unit, STEP)
    more = len(found[0]) // unit - WITNESSES
    return found[0][: len(found[0]) - (more - more % step) * unit]
