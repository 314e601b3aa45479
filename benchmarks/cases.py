"""Cases for the encoding benchmarks: development news, written in any codec, damaged or mixed."""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import opencc

from fixnews.encoding import big5

BIG5 = {"big5", "cp950", "big5hkscs", "big5-tw", "big5-hkscs"}

GB = {"gb2312": "s", "gbk": "s", "gb18030": "s"}
B5 = {"big5": "s2t", "cp950": "s2tw", "big5hkscs": "s2hk"}


@dataclass(frozen=True)
class Case:
    """Bytes to read, and the text that they are."""

    codec: str
    data: bytes
    truth: str


OLD_SYMBOLS = re.compile(rb"(?:[\x81-\xfe][\x40-\xfe]|[\x00-\x7f])*?(?:\xc6[\xa1-\xfe]|[\xc7\xc8])")


def encoded(text: str, codec: str) -> bytes:
    """The bytes of a case.

    Raises:
        UnicodeError: the codec lacks a character, or its reading back gives another one. Python's
            big5 and cp950 write C6A1 to C8FE (①, kana) by a table of their own; no file has that.
    """
    if codec == "big5hkscs":
        return big5.encode(text)
    data = text.encode(codec)
    if data.decode(codec) != text or (codec in BIG5 and OLD_SYMBOLS.match(data)):
        raise UnicodeError(codec)
    return data


class News:
    """The development news, one half of it, as each codec can write it."""

    def __init__(self, folder: Path, half: str) -> None:
        with lzma.open(folder / "news-dev.jsonl.xz", "rt", encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        wanted = {"even": (0,), "odd": (1,), "both": (0, 1)}[half]
        kept = [row for row in rows if int(row["date"]) % 2 in wanted]
        self.simplified = "\n".join(p for row in kept for p in (*row["head"], *row["paras"]))
        self._texts = {"s": self.simplified}

    def text(self, script: str, codec: str = "utf-8") -> str:
        """All of it in this script, without the characters that the codec lacks."""
        if script not in self._texts:
            self._texts[script] = opencc.OpenCC(script).convert(self.simplified)
        if script + codec not in self._texts:
            text = self._texts[script]
            lacking = {ord(c): None for c in set(text) if not writable(c, codec)}
            self._texts[script + codec] = text.translate(lacking)
        return self._texts[script + codec]

    def slices(self, script: str, length: int, chance: random.Random, codec: str) -> Iterator[str]:
        """Slices from anywhere that are not plain ASCII."""
        text = self.text(script, codec)
        while True:
            at = chance.randrange(len(text) - length)
            if not text[at : at + length].isascii():
                yield text[at : at + length]


def writable(character: str, codec: str) -> bool:
    try:
        encoded(character, codec)
    except UnicodeError:
        return False
    return True


def exact(
    news: News, codecs: dict[str, str], length: int, cases: int, chance: random.Random
) -> Iterator[Case]:
    """Undamaged slices, as many for each codec."""
    for codec, script in codecs.items():
        for text in islice(news.slices(script, length, chance, codec), cases):
            yield Case(codec, encoded(text, codec), text)


WORDS = (
    "the", "of", "and", "report", "news", "page", "city", "council", "market", "price", "London",
    "Beijing", "said", "on", "in", "to",
)  # fmt: skip


def mostly_ascii(
    news: News, words: int, cases: int, chance: random.Random, codecs: dict[str, str]
) -> Iterator[Case]:
    """English with a few Chinese words of two characters among it."""
    for codec, script in codecs.items():
        slices = news.slices(script, 2, chance, codec)
        for _ in range(cases):
            english = [chance.choice(WORDS) for _ in range(300)]
            for _ in range(words):
                english[chance.randrange(300)] = next(slices)
            text = " ".join(english)
            yield Case(codec, encoded(text, codec), text)


def cut_tails(
    news: News, cases: int, chance: random.Random, codecs: dict[str, str]
) -> Iterator[Case]:
    """A page of 300 characters whose last byte is missing; the truth is all but the last."""
    for codec, script in codecs.items():
        slices = (t for t in news.slices(script, 300, chance, codec) if t[-1] > "\x7f")
        for text in islice(slices, cases):
            yield Case(codec, encoded(text, codec)[:-1], text[:-1])


def corrupted(
    news: News, damage: tuple[str, int], cases: int, chance: random.Random, codecs: dict[str, str]
) -> Iterator[Case]:
    """300 characters with single bytes made 0xFF, made random, or taken out."""
    kind, number = damage
    for codec, script in codecs.items():
        for case in exact(news, {codec: script}, 300, cases, chance):
            data = bytearray(case.data)
            for _ in range(number):
                at = chance.randrange(len(data))
                if kind == "deleted":
                    del data[at]
                else:
                    data[at] = 0xFF if kind == "0xFF" else chance.randrange(256)
            yield Case(codec, bytes(data), case.truth)


def alternating(
    news: News, pair: tuple[str, str], cases: int, chance: random.Random
) -> Iterator[Case]:
    """Twenty lines, every other one in another encoding."""
    one, other = pair
    script = "s2tw" if "cp950" in pair else "s"
    lines = [
        line
        for line in news.text(script).split("\n")
        if all(writable(c, codec) for c in set(line) for codec in pair)
    ]
    for _ in range(cases):
        at = chance.randrange(len(lines) - 20)
        chosen = lines[at : at + 20]
        data = [encoded(line, pair[n % 2]) for n, line in enumerate(chosen)]
        yield Case(f"{one}+{other}", b"\n".join(data), "\n".join(chosen))


def kept(truth: str, text: str) -> float:
    """The share of the truth's characters that the text has, in order."""
    from rapidfuzz.distance import LCSseq

    return LCSseq.similarity(truth, text) / len(truth)
