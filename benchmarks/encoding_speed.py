"""Speed of reading: fixnews, the detectors people use, and the bare codec, in one run.

usage: python benchmarks/encoding_speed.py ../shared/corpus [--repeat 7]

Milliseconds to detect and decode, the best of several runs; every detector decodes with what it
found. Ratios are what counts: they hold on other machines. ``--fuzz N`` reads N random and mutated
byte strings instead, and says what is linear.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from cases import News, encoded
from encodings_peers import Detector, peers

import fixnews
from fixnews.encoding import encode
from fixnews.errors import FixnewsError

CODECS = {"gbk": "s", "big5": "s2tw", "utf-8": "s"}
SIZES = {"100 KB": 100_000, "1 MB": 1_000_000, "10 MB": 10_000_000}
ALONE = {"gbk": ("gbk",), "big5": ("cp950", "big5hkscs"), "utf-8": ("utf-8",)}


def best(call: Callable[[], object], repeat: int) -> float:
    """Milliseconds of the processor for the fastest call: others may be at work on the machine."""
    times = []
    for _ in range(repeat):
        started = time.process_time()
        call()
        times.append(time.process_time() - started)
    return min(times) * 1000


def page(news: News, codec: str, size: int) -> bytes:
    """News of so many bytes, whole lines."""
    data = encoded(news.text(CODECS[codec], codec) + "\n", codec)
    while len(data) < size:
        data += data
    return data[: data.rfind(b"\n", 0, size) + 1]


def speed(news: News, detectors: dict[str, Detector], repeat: int) -> None:
    for codec in CODECS:
        for name, size in SIZES.items():
            data = page(news, codec, size)
            ours = best(lambda d=data: fixnews.decode(d), repeat)
            bare = {c: best(lambda d=data, c=c: d.decode(c), repeat) for c in ALONE[codec]}
            few = 2 if size > 1_000_000 else repeat
            theirs = {d: best(lambda r=read, d=data: r(d), few) for d, read in detectors.items()}
            rows = bare | theirs
            told = "  ".join(f"{d} {ms:.2f} ({ms / ours:.2f})" for d, ms in rows.items())
            print(f"{codec} {name}: fixnews {ours:.2f} ms; {told}", flush=True)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Bytes with some changed, dropped, put in or repeated."""
    out = bytearray(data)
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(out) + 1)
        kind = chance.randrange(4)
        if kind == 0:
            out[at : at + 1] = chance.randbytes(1)
        elif kind == 1:
            del out[at : at + chance.randrange(1, 9)]
        elif kind == 2:
            out[at:at] = chance.randbytes(chance.randrange(1, 9))
        else:
            out[at:at] = out[at // 2 : at // 2 + 16]
    return bytes(out)


def fuzz(news: News, number: int, seed: int) -> None:
    """Random and mutated strings: a page that is written back as it was, or our own error."""
    chance = random.Random(seed)
    codecs = ("gbk", "big5", "utf-8", "utf-16-le", "hz", "utf-32-be")
    scripts = {"big5": "s2tw"}
    texts = {c: news.text(scripts.get(c, "s"), c) for c in codecs}
    read = refused = 0
    for n in range(number):
        codec = codecs[n % len(codecs)]
        at = chance.randrange(len(texts[codec]) - 60)
        data = encoded(texts[codec][at : at + chance.randrange(60)], codec)
        data = chance.randbytes(chance.randrange(80)) if n % 3 == 0 else mutated(data, chance)
        try:
            source = fixnews.decode(data)
            assert encode(source.text, source) == data, data
            read += 1
        except FixnewsError:
            refused += 1
    print(f"{number} strings: {read} read and written back, {refused} refused with our own error")


def linear(seed: int) -> None:
    """Time for twice the bytes, of several kinds of nasty input."""
    chance = random.Random(seed)
    noise = chance.randbytes(4096)
    kinds = {
        "noise": lambda n: (noise * (n // 4096 + 1))[:n],
        "damaged GBK": lambda n: ("经济形势稳定\n".encode("gbk") + b"\xff\n") * (n // 16),
        "damaged GBK, one line": lambda n: ("经济形势稳定".encode("gbk") + b"\xff") * (n // 13),
        "GBK and UTF-8": lambda n: ("经济\n".encode("gbk") + "稳定发展\n".encode()) * (n // 18),
        "escapes": lambda n: b"~{" * (n // 2),
        "NULs": bytes,
    }
    for name, make in kinds.items():
        times = [best(partial(_try, make(n)), 2) for n in (100_000, 200_000, 400_000)]
        print(f"{name:24}", "  ".join(f"{ms:.0f} ms" for ms in times))


def _try(data: bytes) -> None:
    try:
        fixnews.decode(data)
    except FixnewsError:
        return


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--fuzz", type=int, default=0)
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    news = News(given.corpus, "odd")
    if given.fuzz:
        fuzz(news, given.fuzz, given.seed)
        linear(given.seed)
    else:
        speed(news, peers(), given.repeat)


if __name__ == "__main__":
    main()
