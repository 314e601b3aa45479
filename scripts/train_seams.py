"""Train the seam classifier on pages cut as real pages are, and say how good it is.

usage: python scripts/train_seams.py ../shared -o fixnews/models/seams.npz

Pages are made from a daily of February 2020 (odd days train, even days test) and from traditional
news (the first half of the held-out tenth trains, the second tests); neither is in the language
model. Each page is cut in one of five ways and, on some, characters are replaced by what a
recogniser would read. Nothing of the pages that report the final figures is seen here.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from fixnews.filters.breaks import look, unsure
from fixnews.seams import FEATURES, evidence

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰飞红建国文辉力鹏程宇晨思远"
HALF = str.maketrans("，：；？！（）", ",:;?!()")
CLOSING = "，。、：；？！”’）》」』"
OFFICES = (
    "记者 {}",
    "本报记者 {}",
    "本报记者{}",
    "记者 {} 通讯员 {}",
    "□本报记者 {}",
    "通讯员 {}",
    "记者　{}",
    "{} {}",
)
MARKERS = ("（下转第{}版）", "——下转 {} 版", "(下转第{}版)", "▶下转{}版")
FOLIOS = ("第{}版 综合", "{} 要闻 责任编辑：{}", "A{} 时政 2020年2月3日 星期一")


@dataclass(frozen=True)
class Piece:
    """A line of a made page, what stands behind it, and whether that break is damage."""

    text: str
    behind: str
    damage: bool


@dataclass(frozen=True)
class Story:
    """Headlines and paragraphs."""

    heads: list[str]
    paragraphs: list[str]


def daily(shared: Path, days: int) -> list[list[Story]]:
    """The pages of the daily whose day of the month is odd (1) or even (0)."""
    pages: dict[str, list[Story]] = {}
    with lzma.open(shared / "corpus/news-dev.jsonl.xz", "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if int(row["date"]) % 2 == days:
                story = Story(row["head"], [p.strip() for p in row["paras"] if p.strip()])
                pages.setdefault(row["date"] + row["page"], []).append(story)
    return list(pages.values())


def traditional(shared: Path, half: int) -> list[list[Story]]:
    """Pages from the tenth of the traditional news that no model has seen, one half of it."""
    with lzma.open(shared / "corpus/news-hant.txt.xz", "rt", encoding="utf-8") as rows:
        lines = [line.strip() for line in rows]
    held = lines[-len(lines) // 10 :]
    held = held[: len(held) // 2] if half else held[len(held) // 2 :]
    stories: list[Story] = []
    for line in filter(None, held):
        if len(line) < 30 and line[-1] not in "。！？」":
            stories.append(Story([line], []))
        elif stories:
            stories[-1].paragraphs.append(line)
    kept = [s for s in stories if s.paragraphs]
    return [kept[i : i + 8] for i in range(0, len(kept), 8)][:700]


def name(chance: random.Random) -> str:
    """A made-up name."""
    return chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2))))


def page(stories: list[Story], style: str, chance: random.Random) -> list[Piece]:
    """One page cut in one style."""
    gap = {"single": "\n", "blank": "\n\n"}.get(style, "\n")
    pieces: list[Piece] = []
    width = chance.randint(11, 32)
    indent = chance.choice(("　　", "　　", "　　", "  ", ""))
    if chance.random() < 0.4:
        pieces.append(
            Piece(chance.choice(FOLIOS).format(chance.randint(1, 16), name(chance)), gap, False)
        )
    for story in stories:
        between = gap + "\n" * (style == "single" and chance.random() < 0.7)
        if pieces:
            pieces[-1] = Piece(pieces[-1].text, between, False)
        pieces += [Piece(head, gap, False) for head in story.heads]
        if chance.random() < 0.45:
            line = chance.choice(OFFICES).format(name(chance), name(chance))
            pieces.append(Piece(line, gap, False))
        pieces += body(story.paragraphs, style, gap, width, indent, chance)
    return pieces


def body(
    paragraphs: list[str], style: str, gap: str, width: int, indent: str, chance: random.Random
) -> Iterator[Piece]:
    """The paragraphs of a story, cut."""
    last = len(paragraphs) if chance.random() < 0.8 else chance.randint(1, len(paragraphs) or 1)
    for number, paragraph in enumerate(paragraphs[:last]):
        marked = chance.random() < 0.02
        text = (
            paragraph[: chance.randint(len(paragraph) // 2, len(paragraph))]
            if marked
            else paragraph
        )
        if number == last - 1 and last < len(paragraphs):
            text = text[: chance.randint(len(text) // 2, len(text))] or text
        if marked:
            text += chance.choice(MARKERS).format(chance.randint(2, 16))
        if style in ("wrapped", "columns"):
            yield from wrapped(text, gap, width, indent, style, chance)
        elif style == "strips" and chance.random() < 0.3:
            yield from wrapped(text, "\n\n", 2 * width, "", "strips", chance)
        else:
            yield from cut(text, gap if style != "strips" else "\n\n", chance)


def cut(text: str, gap: str, chance: random.Random) -> Iterator[Piece]:
    """A paragraph cut by column breaks, about one in 500 characters."""
    while len(text) > 12 and chance.random() < min(0.5, len(text) / 450):
        at = chance.randint(3, len(text) - 3)
        if text[at] in CLOSING or text[at - 1] in "“（《「":
            continue
        yield Piece(text[:at], gap, True)
        text = text[at:]
    yield Piece(text, gap, False)


def wrapped(
    text: str, gap: str, width: int, indent: str, style: str, chance: random.Random
) -> Iterator[Piece]:
    """A paragraph set in lines with kinsoku; in some, a column ends in the middle."""
    break_ = "\n\n" if style == "strips" else "\n"
    text = indent + text
    while len(text) > width:
        at = width
        if text[at] in CLOSING:
            at += 1 if chance.random() < 0.7 else -1
        if len(text) > at and text[at - 1] in "“（《「":
            at -= 1
        if at >= len(text):
            break
        short = style == "columns" and chance.random() < 0.02
        at = chance.randint(3, at) if short and text[3:at] else at
        column = style == "columns" and chance.random() < 0.05
        yield Piece(text[:at], "\n\n" if column else break_, True)
        text = text[at:]
    yield Piece(text, gap, False)


def noisy(text: str, rate: float, table: dict[str, str], chance: random.Random) -> str:
    """The text as a recogniser would read it, with this share of characters wrong."""
    return "".join(
        chance.choice(table[c]) if c in table and chance.random() < rate else c for c in text
    )


def confusions(shared: Path) -> dict[str, str]:
    """For each character what it is read as, from the counts of two engines."""
    table: dict[str, str] = {}
    for row in (shared / "ocr/confusions.tsv").read_text("utf-8").splitlines()[1:]:
        true, read, *_ = row.split("\t")
        if len(true) == 1 and len(read) <= 1 and read.strip() == read:
            table[true] = table.get(true, "") + (read or "")
    return {c: reads for c, reads in table.items() if reads}


SCRAP = 0.3
"""Share of pages of which only a few lines are given: a story, a clipping."""

LEVELS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)

STYLES = ("blank", "blank", "single", "strips", "wrapped", "columns")


def rows(
    pages: list[list[Story]], seed: int, table: dict[str, str], times: int
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Evidence, truth and style for every seam that is in doubt."""
    chance = random.Random(seed)
    found, truth, styles = [], [], []
    for stories in pages * times:
        style = chance.choice(STYLES)
        pieces = [p for p in page(stories, style, chance) if p.text.strip()]
        if chance.random() < SCRAP:
            at = chance.randrange(max(1, len(pieces) - 2))
            pieces = pieces[at : at + chance.randint(2, 14)]
        half = chance.random() < 0.5
        rate = chance.choice((0, 0, 0, 0.01, 0.02, 0.05))
        pieces = [Piece(noisy(p.text, rate, table, chance), p.behind, p.damage) for p in pieces]
        text = "".join(p.text + p.behind for p in pieces)
        seen = look(text.translate(HALF) if half else text)
        kept = [p for p in pieces if p.text.strip(" \t\u3000\xa0")]
        if seen is None or len(seen.lines) != len(kept):
            continue
        table_rows = evidence(seen.lines, seen.words, seen.gains)
        for n, row in enumerate(table_rows):
            if unsure(seen.lines[n], seen.lines[n + 1]):
                found.append(row)
                truth.append(kept[n].damage)
                styles.append(style)
    return np.array(found), np.array(truth), styles


def table_of(
    model: HistGradientBoostingClassifier, scale: tuple[float, float]
) -> dict[str, np.ndarray]:
    """The trees as arrays of one width."""
    trees = [one for (one,) in model._predictors]
    most = max(len(t.nodes) for t in trees)
    feature = np.full((len(trees), most), -1, np.int16)
    threshold = np.zeros((len(trees), most), np.float32)
    child = np.zeros((len(trees), most, 2), np.int16)
    value = np.zeros((len(trees), most), np.float32)
    for n, tree in enumerate(trees):
        nodes = tree.nodes
        size, inner = len(nodes), nodes["is_leaf"] == 0
        feature[n, :size] = np.where(inner, nodes["feature_idx"], -1)
        threshold[n, :size] = np.nextafter(
            np.where(inner, nodes["num_threshold"], 0).astype(np.float32), np.float32(np.inf)
        )
        child[n, :size, 0], child[n, :size, 1] = nodes["left"], nodes["right"]
        value[n, :size] = nodes["value"]
    base = float(model._baseline_prediction.ravel()[0])
    return {
        "feature": feature, "threshold": threshold, "child": child, "value": value,
        "scale": np.array([*scale, base]),
    }  # fmt: skip


def report(odds: np.ndarray, truth: np.ndarray, styles: list[str]) -> None:
    """Precision and recall by style at even odds and where precision reaches 0.995."""
    for style in ("all", *sorted(set(styles))):
        mine = np.array([style in ("all", s) for s in styles])
        yes, p = truth[mine], odds[mine]
        for least in LEVELS:
            said = p >= least
            tp = (said & yes).sum()
            right, found = tp / max(1, said.sum()), tp / yes.sum()
            print(f"{style:8} >= {least}: P {right:.4f} R {found:.4f} of {len(yes)} seams")


def main() -> None:
    """Train, calibrate, report, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("-o", "--output", type=Path, required=True)
    options.add_argument("--without", default="", help="features to blind, for the ablation")
    given = options.parse_args()
    table = confusions(given.shared)
    train = daily(given.shared, 1)
    hant, hant_test = traditional(given.shared, 1), traditional(given.shared, 0)
    chance = random.Random(7)
    chance.shuffle(train)
    kept, left_out = train[len(train) // 5 :], train[: len(train) // 5]
    x, y, _ = rows(kept + hant[:400], 1, table, 6)
    cx, cy, _ = rows(left_out + hant[400:], 2, table, 4)
    tx, ty, styles = rows(daily(given.shared, 0), 3, table, 3)
    hx, hy, _ = rows(hant_test[:300], 4, table, 2)
    blind = [FEATURES.index(f) for f in given.without.split(",") if f]
    for data in (x, cx, tx, hx):
        data[:, blind] = 0
    model = HistGradientBoostingClassifier(
        max_iter=220, learning_rate=0.08, max_leaf_nodes=20, min_samples_leaf=40,
        l2_regularization=1.0, random_state=1,
    ).fit(x, y)  # fmt: skip
    scaling = LogisticRegression(C=1e6).fit(model.decision_function(cx)[:, None], cy)
    scale = (float(scaling.coef_[0, 0]), float(scaling.intercept_[0]))
    given.output.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(given.output, **table_of(model, scale))
    print(f"train {x.shape} of which damage {y.mean():.3f}; scale {scale}")
    report(1 / (1 + np.exp(-(model.decision_function(tx) * scale[0] + scale[1]))), ty, styles)
    print("traditional")
    odds = 1 / (1 + np.exp(-(model.decision_function(hx) * scale[0] + scale[1])))
    report(odds, hy, ["hant"] * len(hy))


if __name__ == "__main__":
    main()
