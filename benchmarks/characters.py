"""Misread characters: what is set right and what is broken, and how fast, against pycorrector.

usage: python benchmarks/characters.py ../shared [--kenlm news.klm] [--sentences 1000]

The peer is pycorrector's n-gram path, the one of its correctors that needs no download. It wants a
character 5-gram model of kenlm; train one with `lmplz -o 5 --prune 0 0 1 1 1` on the lines of
news-train, a blank between characters, and pack it with `build_binary trie`. pycorrector, kenlm,
jieba, pypinyin, pyahocorasick, pandas, loguru and six are installed by hand, pycorrector without
its dependencies (its neural models want torch). Without --kenlm only fixnews is measured.

Both get the same sentences in one run: half with errors (video subtitles), half without (news).
fixnews gets them as pages of the size of a newspaper's, pycorrector one by one, as each is meant to
be used. Of both, what is loaded when it is first needed is loaded before the clock starts, and what
is done in less than a second is done again.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import lzma
import sys
import time
import types
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import fixnews
from fixnews import language
from fixnews.characters import suspects
from fixnews.filters.characters import SURE, Judge, weigh

PAGE = 2400
"""Characters of a small page; those of a daily of February 2020 have 5,700 on the mean."""

Rows = Sequence[tuple[str, str]]


def sentences(shared: Path, most: int) -> Rows:
    rows: list[tuple[str, str]] = []
    for name in ("faspell_train", "clean_news"):
        with lzma.open(shared / f"csc/{name}.json.xz", "rt", encoding="utf-8") as file:
            rows += [(a, b) for a, b in json.load(file) if len(a) == len(b)][: most // 2]
    return rows


def pages_of(lines: list[str]) -> Iterator[str]:
    page: list[str] = []
    for line in lines:
        page.append(line)
        if sum(map(len, page)) >= PAGE:
            yield "\n".join(page)
            page = []
    if page:
        yield "\n".join(page)


def ours(least: float) -> Callable[[list[str]], list[str]]:
    judge = Judge.shipped()

    def correct(lines: list[str]) -> list[str]:
        out: list[str] = []
        for text in pages_of(lines):
            characters = list(text)
            for verdict in weigh(text, judge):
                if verdict.probability >= least:
                    characters[verdict.at] = verdict.printed
            out += "".join(characters).split("\n")
        return out

    return correct


def theirs(model: Path) -> Callable[[list[str]], list[str]]:
    """Pycorrector without what its package imports for other correctors."""
    spec = importlib.util.find_spec("pycorrector")
    assert spec
    assert spec.submodule_search_locations
    package = types.ModuleType("pycorrector")
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules["pycorrector"] = package
    from pycorrector.corrector import Corrector  # type: ignore[import-not-found]

    corrector = Corrector(language_model_path=str(model))
    return lambda lines: [corrector.correct(line)["target"] for line in lines]


def measured(name: str, correct: Callable[[list[str]], list[str]], rows: Rows) -> float:
    lines = [read for read, _ in rows]
    correct(lines[:20])
    seconds = timed(lambda: correct(lines))
    out = correct(lines)
    wrong = sum(read != printed for read, printed in rows)
    fixed = sum(a != b and x == b for (a, b), x in zip(rows, out, strict=True))
    broken = sum(a == b and x != b for (a, b), x in zip(rows, out, strict=True))
    speed = sum(map(len, lines)) / seconds
    print(
        f"{name:24} fixed {fixed:5} of {wrong}   broken {broken:5} of {len(rows) - wrong}"
        f"   {speed:12,.0f} characters/s"
    )
    return speed


def timed(work: Callable[[], object]) -> float:
    """Seconds of one core that it takes, on the mean of at least one second."""
    begin, times = time.process_time(), 0
    while times == 0 or time.process_time() - begin < 1:
        work()
        times += 1
    return (time.process_time() - begin) / times


def each(work: Callable[[str], object], pages: list[str]) -> Callable[[], object]:
    return lambda: [work(page) for page in pages]


def found(text: str, judge: Judge) -> object:
    flags = suspects.flagged(text, judge.reader)
    return suspects.find(text, judge.of(flags)[0], flags)


def daily(shared: Path) -> list[str]:
    pages: dict[str, list[str]] = {}
    with lzma.open(shared / "corpus/news-dev.jsonl.xz", "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if int(row["date"]) % 2 == 0:
                pages.setdefault(row["date"] + row["page"], []).extend(row["head"] + row["paras"])
    return ["\n".join(lines) for lines in pages.values()][:80]


def readings(shared: Path) -> list[str]:
    with lzma.open(shared / "ocr/dev.json.xz", "rt", encoding="utf-8") as file:
        return [row["ocr"] for row in json.load(file)]


def throughput(shared: Path) -> None:
    judge = Judge.shipped()
    model = language.load()
    stages: dict[str, Callable[[str], object]] = {
        "language model's score": model.score,
        "first stage: flags": lambda t: suspects.flagged(t, model),
        "stages one and two": lambda t: found(t, judge),
        "all three stages": lambda t: weigh(t, judge),
        "the whole chain": fixnews.fix,
    }
    for name, pages in (("daily, clean", daily(shared)), ("read by OCR", readings(shared))):
        size = sum(len(page.encode()) for page in pages)
        for stage, work in stages.items():
            each(work, pages)()
            print(f"{name:14} {stage:24} {size / timed(each(work, pages)) / 1e6:7.2f} MB/s")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("--kenlm", type=Path)
    options.add_argument("--sentences", type=int, default=1000)
    given = options.parse_args()
    rows = sentences(given.shared, given.sentences)
    speed = measured("fixnews, applied unasked", ours(SURE), rows)
    measured("fixnews, offered too", ours(0.5), rows)
    if given.kenlm:
        peer = measured("pycorrector, kenlm", theirs(given.kenlm), rows)
        print(f"times as fast: {speed / peer:.0f}")
    throughput(given.shared)


if __name__ == "__main__":
    main()
