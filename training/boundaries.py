"""Train the forest that tells where a story starts, and say how good it is.

usage: python training/boundaries.py ../shared -o fixnews/models/starts.npz

Pages are made from a daily of February 2020, each set in several ways: with a byline line of its
own or none, blank lines or none, indents or none, widths of punctuation, headlines in one line or
two, bylines and datelines dropped, stories cut off by a jump line. The laid-out issues are repaired
by fixnews first. Each half (odd and even days, every other issue) is judged by models trained on
the other; what ships is trained on both. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from fixnews.filters import Context
from fixnews.jumps.markers import find
from fixnews.layout.boundaries import by_habit, first_lines, read
from fixnews.layout.boundary_evidence import evidence, may_start
from fixnews.pipeline import repair
from fixnews.source import Source
from fixnews.words.cohesion import Words

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰飞红建国文辉力鹏程宇晨思远"
OFFICES = (
    "记者 {}", "本报记者 {}", "本报记者{}", "记者 {} 通讯员 {}", "□ {} {}", "{}", "{} {}", "{}{}",
    "本报驻外记者{}", "文/{}",
)  # fmt: skip
SIGNATURES = ("（{}{}）", "（{} {}）", "（本报记者{}）")
CREDITS = ("摄影 {} {}", "{}摄", "（{}摄）", "图/{}")
FOLIOS = ("第{}版 综合", "A{} 要闻 责任编辑：{}", "{} 时政 2020年2月3日 星期一", "")
MARKERS = (
    ("out", "（下转第{}版）"), ("out", "——下转 A{} 版"),
    ("out", "▶▶下转C{}版"), ("out", "（下转{}版）"),
    ("in", "（上接第{}版）"), ("in", "◀上接A0{}版"), ("in", "（紧接{}版）"),
)  # fmt: skip
FOLDS, COPIES = 5, 4
"""Models that are averaged, and how often each sets a page of the daily."""

SMALL = 0.25
"""Share of the pages that have one to three stories only."""

JUMPING = 0.12
"""Share of the stories that go on on another page, or come from one."""

HALF = str.maketrans("，：；？！（）", ",:;?!()")
JOINED = 6
"""Characters of a title from which it is known again at the start of a longer line."""

ISSUE_WEIGHT = 5
"""Times that a line of the laid-out issues counts: they are fewer than those of the daily."""


@dataclass(frozen=True)
class Made:
    """A page, and the offsets at which a story starts."""

    text: str
    starts: frozenset[int]


def stories(shared: Path, odd: int) -> dict[str, list[Any]]:
    """The stories of the daily, by page, of days that are odd (1) or even (0)."""
    pages: dict[str, list[Any]] = {}
    with lzma.open(shared / "corpus/news-dev.jsonl.xz", "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if int(row["date"]) % 2 == odd and row["paras"]:
                pages.setdefault(row["date"] + row["page"], []).append(row)
    return pages


def name(chance: random.Random) -> str:
    """A made name."""
    return chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2))))


@dataclass(frozen=True)
class Layout:
    """How a page is set, drawn by chance."""

    gap: str
    around: str
    indent: str
    bylined: float
    office: str
    mixed: bool
    undated: bool
    signed: float
    wide: float
    brief: float

    @classmethod
    def drawn(cls, chance: random.Random) -> Layout:
        """A way to set a page."""
        gap = chance.choice(("\n", "\n\n", "\n\n"))
        return cls(
            gap=gap,
            around="\n\n" if chance.random() < 0.5 else gap,
            indent=chance.choice(("", "", "\u3000\u3000")),
            bylined=chance.choice((0.0, 0.0, 0.5, 0.8, 1.0)),
            office=chance.choice(OFFICES),
            mixed=chance.random() < 0.4,
            undated=chance.random() < 0.4,
            signed=chance.choice((0.0, 0.0, 0.5)),
            wide=chance.choice((0.0, 0.0, 0.2, 1.0)),
            brief=chance.choice((0.0, 0.0, 0.1, 0.5)),
        )

    def titles(self, heads: list[str], chance: random.Random) -> Iterator[str]:
        """The headline of a story, and perhaps a byline."""
        if chance.random() < 0.15 and len(heads[-1]) > 14:
            half = len(heads[-1]) // 2
            heads[-1:] = [heads[-1][:half], heads[-1][half:]]
        for head in heads[:-1]:
            yield head + (self.gap if chance.random() < 0.5 else "\n")
        yield heads[-1] + self.around
        if chance.random() < self.bylined:
            office = chance.choice(OFFICES) if self.mixed else self.office
            yield office.format(name(chance), name(chance)) + self.around

    def text(self, paragraphs: list[str], chance: random.Random) -> Iterator[str]:
        """The text of a story, perhaps with a credit, perhaps signed, perhaps half of it."""
        kept = list(paragraphs)
        if chance.random() < self.brief:
            kept = [first_sentences(kept[0], chance.randint(1, 3))]
        if len(kept) <= 2 and chance.random() < 0.3:
            credit = chance.choice(CREDITS).format(name(chance), name(chance))
            kept.insert(chance.choice((0, len(kept))), credit)
        if chance.random() < self.signed:
            kept.append(chance.choice(SIGNATURES).format(name(chance), name(chance)))
        if self.undated and "\xa0\xa0" in kept[0]:
            kept[0] = kept[0].split("\xa0\xa0", 1)[1].strip() or kept[0]
        if chance.random() < 0.25:
            kept = [p for p in kept if len(p) > 30 or p[-1] in "。！？”）"] or kept
        if chance.random() < JUMPING and len(kept) > 1:
            yield from jump(kept, chance, self.around)
        for paragraph in kept:
            yield (self.indent if len(paragraph) > 25 else "") + paragraph + self.gap
        yield "\n" if self.gap != self.around else ""
        yield "\n" * chance.randint(1, 3) if chance.random() < self.wide else ""


def first_sentences(paragraph: str, count: int) -> str:
    """The first sentences of a paragraph: a story in brief."""
    return "".join(re.findall(r"[^。！？]*[。！？]?[”’）]?", paragraph)[:count]) or paragraph


def set_page(rows: Sequence[Any], chance: random.Random) -> Made:
    """One page, set in a way drawn by chance."""
    layout, folio = Layout.drawn(chance), chance.choice(FOLIOS)
    text = folio.format(chance.randint(1, 16), name(chance)) + layout.around if folio else ""
    if chance.random() < SMALL:
        at = chance.randrange(len(rows))
        rows = rows[at : at + chance.randint(1, 3)]
    starts = set()
    for row in rows:
        paragraphs = [p.strip() for p in row["paras"] if p.strip()]
        heads = [h.strip() for h in row["head"] if h.strip()] or paragraphs[:1]
        if paragraphs:
            starts.add(len(text))
            text += "".join(layout.titles(heads, chance))
            text += "".join(layout.text(paragraphs[not row["head"] :] or paragraphs, chance))
    half_width = chance.random() < 0.3
    return Made(text.translate(HALF) if half_width else text, frozenset(starts))


def jump(kept: list[str], chance: random.Random, around: str) -> Iterator[str]:
    """Let a story go on elsewhere, or come from elsewhere: half of it goes, a marker comes."""
    half = len(kept) // 2
    way, marker = chance.choice(MARKERS)
    line = marker.format(chance.randint(1, 8))
    if way == "in":
        del kept[:half]
        yield line + around
        return
    del kept[half:]
    cut = chance.randint(2, max(2, len(kept[-1]) - 1))
    own_line = chance.random() < 0.3
    kept[-1] = kept[-1][:cut] + (around if own_line else "") + line


def laid_out(shared: Path, odd: int) -> Iterator[Made]:
    """The pages of every other laid-out issue, repaired, in two forms."""
    rows = json.loads(lzma.decompress((shared / "ocr/issues.json.xz").read_bytes()))
    for row in rows[odd::2]:
        truth = row["truth"]
        for style in ("seedstyle", "ideal"):
            sources = [Source(f"{p}.txt", row["pages"][p][style]) for p in truth["pages"]]
            done = repair(sources, Context(labels=tuple(truth["pages"])))
            for label, text in zip(truth["pages"], done.texts, strict=True):
                here = [a for a in truth["articles"] if a["segments"][0]["page"] == label]
                yield Made(text, frozenset(found_starts(text, here)))


def found_starts(text: str, articles: Sequence[Any]) -> Iterator[int]:
    """The offsets of the lines with which articles start."""
    rows = read(text)
    flat = [plain(line.text) for line in rows]
    for article in articles:
        titles = [plain(article[k]) for k in ("kicker", "title") if article[k]]
        whole = "".join(titles)
        for n, line in enumerate(rows):
            if begins(flat[n:], whole) or begins(flat[n:], titles[-1]):
                yield line.start
                break


def begins(flat: Sequence[str], title: str) -> bool:
    """Whether the next lines, put together, are a title; a byline may have been joined to it."""
    taken = ""
    for line in flat[:5]:
        taken += line
        if taken == title or (len(title) >= JOINED and taken.startswith(title)):
            return True
        if not title.startswith(taken):
            return False
    return False


WIDTHS = str.maketrans("，：；？！（）．～“”‘’", ",:;?!().~\"\"''")


def plain(text: str) -> str:
    """A text without white space, in one width."""
    return "".join(text.split()).translate(WIDTHS)


def table(pages: Sequence[Made]) -> tuple[Any, Any, list[str]]:
    """Evidence, truth and line for every line that may start a story."""
    x, y, shown = [], [], []
    for page in pages:
        found = read(page.text)
        if not found:
            continue
        rows = evidence(found, find(page.text), Words.on([page.text]))
        for line, row in zip(found, rows, strict=True):
            if may_start(line):
                x.append(row)
                y.append(line.start in page.starts)
                shown.append(line.text)
    return np.array(x), np.array(y), shown


def whole_pages(pages: Sequence[Made], odds: Any, least: float) -> tuple[float, float]:
    """Precision and recall of the starts chosen run by run."""
    right = taken = true = at = 0
    for page in pages:
        found = read(page.text)
        if not found:
            continue
        mine = [0.0] * len(found)
        for n, line in enumerate(found):
            if may_start(line):
                mine[n], at = float(odds[at]), at + 1
        starts = {found[n].start for n in first_lines(by_habit(found, mine), least)}
        right, taken, true = (
            right + len(starts & page.starts), taken + len(starts), true + len(page.starts)
        )  # fmt: skip
    return right / max(1, taken), right / max(1, true)


@dataclass(frozen=True)
class Trained:
    """Several models whose log odds are averaged, and the scale that calibrates the average."""

    models: tuple[Any, ...]
    scale: tuple[float, float]

    @classmethod
    def on(cls, daily: Sequence[Any], issues: Sequence[Made]) -> Trained:
        """Trained on four fifths each, calibrated on what each has not seen."""
        models, values, truths = [], [], []
        for fold in range(FOLDS):
            chance = random.Random(fold)
            seen = [rows for n, rows in enumerate(daily) if n % FOLDS != fold]
            x, y, _ = table([set_page(rows, chance) for rows in seen for _ in range(COPIES)])
            ix, iy, _ = table([page for n, page in enumerate(issues) if n // 4 % FOLDS != fold])
            weight = np.r_[np.ones(len(y)), np.full(len(iy), float(ISSUE_WEIGHT))]
            model = HistGradientBoostingClassifier(
                max_iter=130, learning_rate=0.07, max_leaf_nodes=12, min_samples_leaf=30,
                l2_regularization=2.0, random_state=fold,
            ).fit(np.r_[x, ix], np.r_[y, iy], sample_weight=weight)  # fmt: skip
            unseen = [set_page(rows, chance) for n, rows in enumerate(daily) if n % FOLDS == fold]
            unseen += [page for n, page in enumerate(issues) if n // 4 % FOLDS == fold]
            cx, cy, _ = table(unseen)
            models.append(model)
            values.append(model.decision_function(cx))
            truths.append(cy)
        scaling = LogisticRegression(C=1e6).fit(
            np.concatenate(values)[:, None], np.concatenate(truths)
        )
        return cls(tuple(models), (float(scaling.coef_[0, 0]), float(scaling.intercept_[0])))

    def odds(self, rows: Any) -> Any:
        """The probability for each row."""
        value = np.mean([model.decision_function(rows) for model in self.models], axis=0)
        return 1 / (1 + np.exp(-(value * self.scale[0] + self.scale[1])))

    def table(self) -> dict[str, Any]:
        """The models as arrays that `fixnews.forest` reads."""
        trees = [row[0].nodes for model in self.models for row in model._predictors]
        size = max(map(len, trees))
        feature = np.full((len(trees), size), -1, dtype=np.int16)
        threshold = np.zeros((len(trees), size), dtype=np.float32)
        child = np.zeros((len(trees), size, 2), dtype=np.int16)
        value = np.zeros((len(trees), size), dtype=np.float32)
        for t, nodes in enumerate(trees):
            for n, node in enumerate(nodes):
                value[t, n] = node["value"] / len(self.models)
                if not node["is_leaf"]:
                    feature[t, n], threshold[t, n] = node["feature_idx"], node["num_threshold"]
                    child[t, n] = node["left"], node["right"]
        base = np.mean([model._baseline_prediction.ravel()[0] for model in self.models])
        return {"feature": feature, "threshold": threshold, "child": child, "value": value,
                "scale": np.array([*self.scale, float(base)])}  # fmt: skip


def report(title: str, pages: Sequence[Made], trained: Trained, *, show: bool) -> None:
    """Precision and recall at some thresholds, line by line and run by run."""
    rows, truth, shown = table(pages)
    odds = trained.odds(rows)
    print(title, len(truth), "lines,", int(truth.sum()), "starts")
    for least in (0.3, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8):
        taken = odds >= least
        right = int((taken & truth).sum())
        precision, recall = right / max(1, taken.sum()), right / max(1, truth.sum())
        runs = whole_pages(pages, odds, least)
        print(f"  from {least}: P {precision:.4f} R {recall:.4f}; runs {runs[0]:.4f} {runs[1]:.4f}")
    for p, t, line in zip(odds, truth, shown, strict=True) if show else ():
        if (p >= 0.5) != t:
            print(f"{p:.2f} {'missed' if t else 'false'}  {line}")


def write(trained: Trained, path: Path) -> None:
    """Write what was trained as fixnews reads it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **trained.table())


def main() -> None:
    """Train on each half and report on the other, then train on all and write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("-o", "--output", type=Path, required=True)
    options.add_argument("--halves", type=Path, help="a folder for what each half trained")
    options.add_argument("--show", action="store_true", help="the errors on the issues")
    given = options.parse_args()
    daily = [list(stories(given.shared, odd).values()) for odd in (0, 1)]
    issues = [list(laid_out(given.shared, odd)) for odd in (0, 1)]
    for half in (0, 1):
        trained = Trained.on(daily[half], issues[half])
        chance = random.Random(9)
        test = [set_page(rows, chance) for rows in daily[1 - half]]
        report(f"daily, half {1 - half}", test, trained, show=False)
        report(f"issues, half {1 - half}", issues[1 - half], trained, show=given.show)
        if given.halves:
            write(trained, given.halves / f"starts-half-{half}.npz")
    trained = Trained.on(daily[0] + daily[1], issues[0] + issues[1])
    write(trained, given.output)
    print(f"written, scale {trained.scale}")


if __name__ == "__main__":
    main()
