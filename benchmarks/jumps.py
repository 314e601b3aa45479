"""Cost of the jumps filter: 24 pages of one issue, and 200 heads against 200 tails.

usage: python benchmarks/jumps.py

An issue of 24 made pages, each with eight stories, twelve of them jumping, goes through the jumps
filter alone and through the breaks filter alone; the ratio of the two is what jumps cost beside
what every page costs anyway. Matching is timed against comparing every headline with every other
by rapidfuzz, without which no pairing is possible.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from rapidfuzz import fuzz

from fixnews.contract import Filter
from fixnews.draft import Draft
from fixnews.filters import CHAIN, Context
from fixnews.jumps.fragments import Sheet
from fixnews.jumps.labels import pages
from fixnews.jumps.markers import find
from fixnews.jumps.matching import pair
from fixnews.pipeline import repair
from fixnews.source import Source

VOCABULARY = (
    "码头 台阶 装卸工 仓库 店铺 茶叶 瓷器 旧书 游客 街道 居民 议事会 公园 座椅 路灯 步道 菜场 摊位 "
    "地铁 车站 学校 医院 工厂 农田 水库 桥梁 隧道 机场 港口 市场 展馆 球场 剧院 书店 邮局 银行 社区"
)
WORDS = VOCABULARY.split()


def sentence(chance: random.Random) -> str:
    return "".join(chance.choices(WORDS, k=9)) + "，" + "".join(chance.choices(WORDS, k=8)) + "。"


def story(chance: random.Random) -> tuple[str, list[str]]:
    title = "".join(chance.sample(WORDS, 6))
    return title, ["".join(sentence(chance) for _ in range(4)) for _ in range(4)]


def issue(count: int, jumps: int, each: int) -> list[Source]:
    """Pages of made stories; the first pages' stories go on on the last ones."""
    chance = random.Random(1)
    sheets: list[list[str]] = [[f"第{n + 1}版 综合"] for n in range(count)]
    for number in range(jumps):
        src, dst = number % (count // 2), count // 2 + number % (count // 2)
        title, text = story(chance)
        sheets[src] += [title, *text[:2], text[2][:-20] + f"（下转第{dst + 1}版）"]
        sheets[dst] += [title, f"（上接第{src + 1}版）", text[2][-20:], text[3]]
    for sheet in sheets:
        for _ in range(each):
            title, text = story(chance)
            sheet += [title, "记者 沈砚秋", *text]
    return [Source(f"{n + 1:02}.txt", "\n\n".join(s) + "\n") for n, s in enumerate(sheets)]


def seconds(work: Callable[[], object]) -> float:
    """Seconds of the processor; what else runs on the machine does not count."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def link(name: str) -> tuple[Filter, ...]:
    return tuple(f for f in CHAIN if f.name == name)


def whole_issue() -> None:
    sources = issue(24, 12, 8)
    context = Context(labels=tuple(s.path[:2] for s in sources))
    size = sum(len(s.text) for s in sources)
    repair(
        sources, context, chain=link("jumps")
    )  # models are loaded once, by whichever comes first
    others = tuple(f for f in CHAIN if f.name != "jumps")
    own = seconds(lambda: repair(sources, context, chain=link("jumps")))
    rest = seconds(lambda: repair(sources, context, chain=others))
    full = seconds(lambda: repair(sources, context))
    merged = sum(c.code == "JMP101" for c in repair(sources, context).corrections)
    print(f"24 pages, {size:,} characters, {merged} jumps merged")
    print(f"  jumps alone        {own:6.2f} s")
    print(f"  the other filters  {rest:6.2f} s; jumps are {own / rest:.2f} of them")
    print(f"  the whole chain    {full:6.2f} s; {full - rest:.2f} s more than without jumps")


def matching() -> None:
    sources = issue(24, 200, 1)
    draft = Draft.of(*sources)
    given = pages(draft, [s.path[:2] for s in sources])
    found = find(draft.text)
    sheets = [Sheet(draft.text, p, [m for m in found if p.start <= m.start < p.end]) for p in given]
    heads = [h for s in sheets for h in s.heads()]
    tails = [t for s in sheets for t in s.tails()]
    own = seconds(lambda: pair(heads, tails, given, draft.text))
    titles = [t.above[-1].text for t in tails]
    lines = [[line.text for line in h.lines] for h in heads]
    base = seconds(lambda: [fuzz.ratio(t, x) for t in titles for row in lines for x in row])
    made = len(pair(heads, tails, given, draft.text))
    print(f"{len(heads)} heads, {len(tails)} tails: {made} pairs")
    print(f"  matching           {own:6.2f} s, every title with every line {base:.2f} s")
    print(f"  ratio              {own / base:6.1f}")


if __name__ == "__main__":
    whole_issue()
    matching()
