"""Half-width marks, blanks, misread characters: what is put right, what is changed besides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from benchmarks.yardstick import pycorrecting, texts
from benchmarks.yardstick.table import Cell, Table, share, without_style
from benchmarks.yardstick.tools import Tool, by_fixnews_unasked_and_asked, tools
from fixnews.damage import damage
from fixnews.version import __version__

SEEDS = 6
FEW_QUICK = 2
"""Pages for a tool that takes some ten seconds a page, in a quick run."""

OFFERED = Tool("fixnews --unsafe-fixes", __version__, by_fixnews_unasked_and_asked)


class Case(NamedTuple):
    """A clean page and the same damaged."""

    clean: str
    hurt: str


def cases(kinds: Sequence[str], rate: float, seeds: Sequence[int]) -> list[Case]:
    found = []
    for seed in seeds:
        done = damage(texts.news(), seed=seed, kinds=kinds, rate=rate)
        pairs = zip(done.clean, done.pages, strict=True)
        found += [Case(clean.text, page.text) for clean, page in pairs]
    return found


def judged(case: Case, out: str) -> Counter[str]:
    """What became of each damaged place, and how many places were changed that were whole."""
    count: Counter[str] = Counter()
    clean, hurt, done = map(without_style, (*case, out))
    places = Counter(op.src_pos for op in Levenshtein.editops(clean, hurt))
    still = Counter(op.src_pos for op in Levenshtein.editops(clean, done))
    count["damaged"] = places.total()
    count["left"] = (places & still).total()
    count["spoilt"] = (still - places).total()
    return count


def row(title: str, tool: Tool, all_of: Sequence[Case]) -> tuple[Cell, ...]:
    if not tool.version:
        return (title, f"{tool.name}: not installed", *[None] * 5)
    count: Counter[str] = Counter()
    outs = tool.run([case.hurt for case in all_of])
    for case, out in zip(all_of, outs, strict=True):
        count += judged(case, out)
    size = sum(len(case.clean) for case in all_of)
    right = count["damaged"] - count["left"]
    spoilt = round(count["spoilt"] / size * 10_000, 2)
    before, after = count["damaged"] / size, (count["left"] + count["spoilt"]) / size
    shares = share(right, count["damaged"]), count["damaged"], spoilt
    return (title, tool.name, *shares, round(before * 100, 3), round(after * 100, 3))


COLUMNS = (
    "damage", "tool", "put right", "damaged", "spoilt per 10,000", "error % before",
    "error % after",
)  # fmt: skip


def punctuation(seed: int, *, quick: bool) -> Table:
    rows: list[tuple[Cell, ...]] = []
    seeds = range(seed, seed + (1 if quick else SEEDS))
    for title, kinds, rate in (
        ("half-width marks", ("half-width",), 1.0),
        ("every mark half-width", ("half-width",), 4.0),
        ("blanks", ("blanks",), 1.0),
    ):
        all_of = cases(kinds, rate, seeds)
        rows += [row(title, tool, all_of) for tool in tools("autocorrect", "zhlint", "pangu")]
    return Table(
        "punctuation",
        "Marks and blanks",
        "What a tool spoils is counted too: places that were whole and differ from the clean page "
        "afterwards. Blanks between Chinese and Latin letters or figures are a matter of style and "
        "are not counted.",
        COLUMNS,
        tuple(rows),
    )


SAYS = """\
Misreadings are drawn from the confusion sets that fixnews ships and searches, so this flatters it;
docs/notes/characters.md has figures on pages of real recognisers. pycorrector's n-gram path fetches
its language model of 3 GB from no package registry, so this is not what its users have. Here
it has two other models, on the pages of the first seed only: three characters long and made of the
novel (600,000 characters of the 14th century, far from news), and the one that fixnews ships, which
was trained on news.""".replace("\n", " ")


def characters(seed: int, *, quick: bool) -> Table:
    rows: list[tuple[Cell, ...]] = []
    seeds = range(seed, seed + (1 if quick else SEEDS))
    for title, rate in (("1 % misread", 0.5), ("2 % misread", 1.0), ("5 % misread", 2.5)):
        all_of = cases(("misread",), rate, seeds)
        rows += [row(title, tool, all_of) for tool in (*tools(), OFFERED)]
        few = all_of[:FEW_QUICK] if quick else cases(("misread",), rate, (seed,))
        rows += [row(title, tool, few) for tool in pycorrecting.tools()]
    return Table(
        "characters",
        "Misread characters",
        SAYS,
        COLUMNS,
        tuple(rows),
    )
