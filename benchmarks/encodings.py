"""Encodings, measured: the matrix of made cases, for fixnews and for the detectors people use.

usage: python benchmarks/encodings.py ../shared/corpus [--cases 400] [--rows short,utf16] [--peers]

Cases come from news of February 2020, turned into traditional characters by OpenCC where the codec
asks for it. The pages of even days tune, those of odd days report (``--half odd``, the default).
A row counts exact texts: what was decoded equals what was encoded.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import opencc

import fixnews
from fixnews import big5
from fixnews.errors import FixnewsError

Detector = Callable[[bytes], str]

ZH = (
    "ascii", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be",
    "gb18030", "big5", "big5hkscs", "hz",
)  # fmt: skip
SUPERSET = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "hz-gb-2312": "hz"}
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


def read_fixnews(data: bytes) -> str:
    try:
        return fixnews.decode(data).text
    except FixnewsError:
        return ""


def _decoded(data: bytes, name: str | None) -> str:
    name = (name or "").lower()
    name = SUPERSET.get(name, name)
    try:
        if name in BIG5:
            return big5.decode(data)
        return data.decode(name)
    except (UnicodeError, LookupError):
        return ""


def peers() -> dict[str, Detector]:
    """What to compare with; each text decoded by the codec named, supersets allowed."""
    import cchardet
    import chardet
    import charset_normalizer

    def normalizer(data: bytes) -> str:
        best = charset_normalizer.from_bytes(data).best()
        return (
            str(best)
            if best and best.encoding not in SUPERSET and best.encoding not in BIG5
            else _decoded(data, best.encoding if best else None)
        )

    def zh(data: bytes) -> str:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _decoded(data, chardet.detect(data, include_encodings=list(ZH))["encoding"])

    return {
        "chardet": lambda data: _decoded(data, chardet.detect(data)["encoding"]),
        "chardet zh": zh,
        "charset-normalizer": normalizer,
        "cchardet": lambda data: _decoded(data, cchardet.detect(data)["encoding"]),
    }


Rows = dict[str, Callable[[], Iterator[Case]]]

EXACT = (
    ("GB and Big5", GB | B5, (2, 3, 4, 8, 10, 20, 50, 200, 2000)),
    ("UTF-16 without BOM", {"utf-16-le": "s", "utf-16-be": "s2t"}, (10, 20, 200)),
    ("UTF-32 without BOM", {"utf-32-le": "s", "utf-32-be": "s2t"}, (2, 8, 50)),
    ("HZ", {"hz": "s"}, (2, 8, 50)),
    ("UTF-8", {"utf-8": "s", "utf_8": "s2t"}, (2, 8, 50)),
    ("with a BOM", {"utf-8-sig": "s", "utf-16": "s", "utf-32": "s2t"}, (2, 8, 50)),
)
ALTERNATING = (
    ("gbk", "utf-8"), ("utf-8", "gbk"), ("cp950", "utf-8"), ("utf-8", "cp950"),
    ("gbk", "cp950"), ("cp950", "gbk"),
)  # fmt: skip


def rows(news: News, cases: int, seed: int) -> Rows:
    """Every row of exact texts by its name."""
    chance = random.Random(seed)
    table: Rows = {}
    for name, codecs, lengths in EXACT:
        for n in lengths:
            table[f"{name}, {n} characters"] = partial(exact, news, codecs, n, cases, chance)
    some = {"gbk": "s", "cp950": "s2tw"}
    for n in (1, 4, 12):
        table[f"mostly ASCII, {n} words"] = partial(mostly_ascii, news, n, cases, chance, some)
    for name, codecs in (("GB", GB), ("Big5", B5), ("UTF-8", {"utf-8": "s"})):
        table[f"tail cut, {name}"] = partial(cut_tails, news, cases, chance, codecs)
    return table


def damages(news: News, cases: int, seed: int) -> Rows:
    """The rows that count characters kept."""
    chance = random.Random(seed)
    table: Rows = {}
    for kind in ("0xFF", "random", "deleted"):
        for n in (1, 3):
            made = partial(corrupted, news, (kind, n), cases, chance, GB | B5)
            table[f"{n} byte(s) {kind}"] = made
    for pair in ALTERNATING:
        table[f"lines alternate {' and '.join(pair)}"] = partial(
            alternating, news, pair, cases, chance
        )
    return table


def kept(truth: str, text: str) -> float:
    """The share of the truth's characters that the text has, in order."""
    from rapidfuzz.distance import LCSseq

    return LCSseq.similarity(truth, text) / len(truth)


def show(name: str, shares: Sequence[float]) -> None:
    print(f"{name:34}", *(f"{share * 100:8.2f}" for share in shares), flush=True)


def matrix(news: News, detectors: dict[str, Detector], given: argparse.Namespace) -> None:
    print(f"{'exact text, %':34}", *(f"{name[:8]:>8}" for name in detectors))
    for name, make in rows(news, given.cases, given.seed).items():
        if any(wanted in name for wanted in given.rows):
            same = str.startswith if name.startswith("tail") else str.__eq__
            report(name, list(make()), detectors, given, lambda t, c, f=same: float(f(t, c.truth)))
    print("characters kept, %")
    for name, make in damages(news, given.cases, given.seed).items():
        if any(wanted in name for wanted in given.rows):
            report(name, list(make()), detectors, given, lambda t, c: kept(c.truth, t))


def report(
    name: str,
    cases: Sequence[Case],
    detectors: dict[str, Detector],
    given: argparse.Namespace,
    score: Callable[[str, Case], float],
) -> None:
    """One row: the mean score of each detector; for damage also the share in the right family."""
    scores = {d: [score(read(c.data), c) for c in cases] for d, read in detectors.items()}
    show(name, [sum(s) / len(s) for s in scores.values()])
    if "byte" in name:
        show("   right family", [sum(x > 0.7 for x in s) / len(s) for s in scores.values()])
    if given.wrong:
        for case, got in zip(cases, scores["fixnews"], strict=True):
            if got < given.wrong:
                text = read_fixnews(case.data)
                print("   ", case.codec, round(got, 3), repr(case.truth[:60]), repr(text[:60]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--cases", type=int, default=400)
    parser.add_argument("--half", default="odd", choices=("even", "odd", "both"))
    parser.add_argument("--rows", default="", type=lambda s: s.split(","))
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--wrong", type=float, default=0.0)
    given = parser.parse_args()
    news = News(given.corpus, given.half)
    detectors: dict[str, Detector] = {"fixnews": read_fixnews}
    if given.peers:
        detectors |= peers()
    started = time.perf_counter()
    matrix(news, detectors, given)
    print(f"{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
