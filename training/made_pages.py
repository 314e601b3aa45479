"""Pages made from clean news and damaged as real ones are, with the truth of every break.

Stories are cut by column breaks (a paragraph a line, with or without blank lines between), set in
columns of one width (hard wrap with kinsoku; indents, blank lines or nothing between paragraphs),
or in strips of two printed lines. Bylines, credits, markers and folio lines stand where they stand
in print; a folio line may come in the middle of a sentence.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰飞红建国文辉力鹏程宇晨思远"
HALF = str.maketrans("，：；？！（）", ",:;?!()")
CLOSING = "，。、：；？！”’）》」』"
OFFICES = (
    "记者 {}", "本报记者 {}", "本报记者{}", "记者 {} 通讯员 {}", "□本报记者 {}", "通讯员 {}",
    "记者　{}", "{} {}", "文／本报记者 {} 图／{}", "{}", "本报评论员", "记者{}",
)  # fmt: skip
CREDITS = ("{} 摄", "（{} 摄）", "本报记者 {} 摄", "图为{}在现场。{}摄", "{} 制图")
MARKERS = ("（下转第{}版）", "——下转 {} 版", "(下转第{}版)", "▶下转{}版", "（下转{}版）")
FOLIOS = (
    "第{}版 综合", "{} 要闻 责任编辑：{}", "A{} 时政 2020年2月3日 星期一",
    "2020年2月3日 星期一 第{}版",    "B{} 民生 编辑：{} 校对：{}",
)  # fmt: skip

STYLES = ("blank", "blank", "blank", "single", "single", "strips", "wrapped", "columns", "bare")
"""How a page is cut. ``bare`` is hard wrap without indents, as recognisers give it."""

SCRAP = 0.3
"""Share of pages of which only a few lines are given: a story, a clipping."""


@dataclass(frozen=True)
class Piece:
    """A line of a made page, what stands behind it, whether that break is damage.

    Where a folio line comes next, the break is judged as if it were not there.
    """

    text: str
    behind: str
    damage: bool
    folio: bool = False


@dataclass(frozen=True)
class Story:
    """Headlines and paragraphs."""

    heads: list[str]
    paragraphs: list[str]


@dataclass(frozen=True)
class Layout:
    """How a page is set.

    Attributes:
        style: one of `STYLES`.
        gap: what stands between paragraphs.
        width: characters a printed line.
        indent: what a paragraph begins with.
        blank: share of paragraph ends with a blank line, in hard-wrapped text.
    """

    style: str
    gap: str
    width: int
    indent: str
    blank: float


def layout(chance: random.Random) -> Layout:
    """One way to set a page."""
    style = chance.choice(STYLES)
    gap = "\n\n" if style in ("blank", "strips") else "\n"
    indent = "" if style == "bare" else chance.choice(("　　", "　　", "　　", "  ", "    ", ""))
    blank = chance.choice((0, 0.88, 0.95)) if style == "bare" else chance.choice((0, 0, 0.1))
    return Layout(style, gap, chance.randint(9, 34), indent, blank)


def stories(lines: Sequence[str]) -> list[Story]:
    """Runs of a corpus as stories: a line without a stop that is short opens one."""
    found: list[Story] = [Story([], [])]
    for line in lines:
        headline = len(line) < 32 and line[-1] not in "。！？”：；，、"
        if headline and found[-1].paragraphs:
            found.append(Story([line], []))
        elif headline:
            found[-1].heads.append(line)
        elif not torn(line):
            found[-1].paragraphs.append(line)
    return [s for s in found if s.paragraphs]


def with_subheads(story: Story, pool: Sequence[str], chance: random.Random) -> Story:
    """A long story, some with a headline of another story as a subhead before a paragraph."""
    titles = [t for t in pool if 4 <= len(t) <= 18 and t not in story.heads]
    if len(story.paragraphs) < 3 or not titles or chance.random() < 0.45:
        return story
    most = min(4, len(story.paragraphs) - 1)
    places = set(chance.sample(range(1, len(story.paragraphs)), chance.randint(1, most)))
    paragraphs: list[str] = []
    for n, paragraph in enumerate(story.paragraphs):
        paragraphs += [chance.choice(titles)] if n in places else []
        paragraphs.append(paragraph)
    return Story(story.heads, paragraphs)


def with_items(story: Story, chance: random.Random) -> Story:
    """A story, now and then with some of its paragraphs numbered."""
    if len(story.paragraphs) < 3 or chance.random() > 0.06:
        return story
    style = chance.choice(("{}、", "（{}）", "({})", "{}.", "{}是", "第{}，"))
    digits = (
        "123456789" if style in ("{}.", "({})") or chance.random() < 0.2 else "一二三四五六七八九"
    )
    first = chance.randrange(len(story.paragraphs) - 1)
    last = min(len(story.paragraphs), first + chance.randint(2, 6))
    paragraphs = [
        style.format(digits[n - first]) + p if first <= n < last else p
        for n, p in enumerate(story.paragraphs)
    ]
    return Story(story.heads, paragraphs)


def headlines(heads: Sequence[str], gap: str, chance: random.Random) -> Iterator[Piece]:
    """Headlines as they are set: two phrases often in two lines, a long one sometimes broken."""
    for head in heads:
        parts = head.replace("　", " ").split()
        if len(parts) == 2 and chance.random() < 0.8:
            yield from (Piece(part, gap, damage=False) for part in parts)
        elif len(head) > 13 and chance.random() < 0.12:
            at = chance.randint(len(head) // 2 - 1, len(head) - 4)
            yield Piece(head[:at], "\n", damage=True)
            yield Piece(head[at:], gap, damage=False)
        else:
            yield Piece(head, gap, damage=False)


def verse(text: str, chance: random.Random) -> list[str]:
    """A poem: clauses of a paragraph, a line each, or those that happen to have one length."""
    if chance.random() < 0.5:
        clauses = re.findall(r"[^，。；！？]{4,15}[，。；！？]", text)
        return clauses[: chance.randint(4, 12)] if len(clauses) > 3 else []
    size = chance.choice((4, 5, 6, 7))
    clauses = [c for c in text.replace("。", "，").split("，") if len(c) == size]
    lines = clauses[: 2 * (len(clauses) // 2)]
    marks = chance.choice((("，", "。"), ("", ""), ("，", "；")))
    return [line + marks[n % 2] for n, line in enumerate(lines)] if len(lines) > 3 else []


def table(chance: random.Random) -> list[str]:
    """Rows of figures, or a list of names in columns."""
    if chance.random() < 0.5:
        names = (name(chance) for _ in range(20))
        return [" ".join(islice(names, 4)) for _ in range(chance.randint(2, 5))]
    rows = chance.randint(3, 7)
    return [f"{name(chance)} {chance.randint(1, 9999)} {chance.random():.2f}" for _ in range(rows)]


def torn(line: str) -> bool:
    """Whether a line of the corpus is itself cut short: long, and without an end."""
    return len(line) >= 32 and line[-1] not in "。！？!?…”’」』）)：:；;》"


def name(chance: random.Random) -> str:
    """A made-up name."""
    return chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2))))


def reporters(chance: random.Random) -> str:
    """The names of all who reported, in brackets behind their story."""
    names = "、".join(name(chance) for _ in range(chance.randint(3, 16)))
    return f"（{chance.choice(('本报记者', '记者', '本报记者 ', '据本报记者'))}{names}）"


def printed(pattern: str, chance: random.Random) -> str:
    """A byline, credit or folio line with names and numbers filled in."""
    while "{}" in pattern:
        number = "第{}版" in pattern or (pattern[0] in "{AB" and "要闻" in pattern)
        number = number or pattern.startswith(("A{}", "B{}"))
        pattern = pattern.replace("{}", str(chance.randint(1, 16)) if number else name(chance), 1)
    return pattern


def page(news: Sequence[Story], chance: random.Random) -> tuple[list[Piece], str]:
    """One page in one layout, and the layout's style."""
    how = layout(chance)
    pieces: list[Piece] = []
    if chance.random() < 0.4:
        pieces.append(Piece(printed(chance.choice(FOLIOS), chance), how.gap, False))
    byline, office = chance.choice((0, 0.3, 0.8)), chance.choice(OFFICES)
    apart = chance.choice(("", "\n", "\n"))
    pool = [head for story in news for head in story.heads]
    for plain in news:
        story = with_items(with_subheads(plain, pool, chance), chance)
        if pieces:
            pieces[-1] = replace(pieces[-1], behind=how.gap + apart, damage=False)
        pieces += headlines(story.heads, how.gap, chance)
        if chance.random() < byline:
            office = office if chance.random() < 0.7 else chance.choice(OFFICES)
            pieces.append(Piece(printed(office, chance), how.gap, False))
        pieces += body(story.paragraphs, how, chance)
        if chance.random() < 0.05:
            pieces += body([reporters(chance)], how, chance)
        if chance.random() < 0.07:
            rows = verse("".join(story.paragraphs), chance) or table(chance)
            pieces += [Piece(line, how.gap, damage=False) for line in rows]
        if chance.random() < 0.1:
            pieces.append(Piece(printed(chance.choice(CREDITS), chance), how.gap, False))
    return scrap(with_folios(pieces, chance), chance), how.style


def scrap(pieces: list[Piece], chance: random.Random) -> list[Piece]:
    """The page, or a few lines of it."""
    kept = [p for p in pieces if p.text.strip()]
    if chance.random() >= SCRAP:
        return kept
    at = chance.randrange(max(1, len(kept) - 2))
    return kept[at : at + chance.randint(2, 14)]


def with_folios(pieces: list[Piece], chance: random.Random) -> list[Piece]:
    """Now and then a folio line between two lines, also inside a sentence."""
    if chance.random() < 0.7:
        return pieces
    out: list[Piece] = []
    for piece in pieces:
        out.append(piece)
        if chance.random() < 0.03:
            folio = printed(chance.choice(FOLIOS), chance)
            out[-1] = replace(piece, behind="\n\n")
            out.append(Piece(folio, "\n\n", damage=False, folio=True))
    return out


def body(paragraphs: list[str], how: Layout, chance: random.Random) -> Iterator[Piece]:
    """The paragraphs of a story, cut; some stories jump, some are torn off."""
    last = len(paragraphs) if chance.random() < 0.8 else chance.randint(1, len(paragraphs) or 1)
    for number, paragraph in enumerate(paragraphs[:last]):
        text = paragraph
        if marked := chance.random() < 0.02:
            text = text[: chance.randint(len(text) // 2, len(text))]
            text += chance.choice(MARKERS).format(chance.randint(2, 16))
        elif number == last - 1 and last < len(paragraphs):
            text = text[: chance.randint(len(text) // 2, len(text))] or text
        if how.style in ("wrapped", "columns", "bare"):
            yield from wrapped(text, how, chance)
        elif how.style == "strips" and chance.random() < 0.3 and not marked:
            yield from strips(text, how, chance)
        else:
            yield from cut(text, how.gap, chance)


def cut(text: str, gap: str, chance: random.Random) -> Iterator[Piece]:
    """A paragraph cut by column breaks, about one in 500 characters."""
    while len(text) > 12 and chance.random() < min(0.5, len(text) / 450):
        at = chance.randint(3, len(text) - 3)
        if text[at] in CLOSING or text[at - 1] in "“（《「":
            continue
        yield Piece(text[:at], gap, True)
        text = text[at:]
    yield Piece(text, gap, False)


def printed_line(text: str, width: int, chance: random.Random) -> int:
    """Where a printed line ends: no closing mark begins one, no opening one ends one."""
    at = width
    if at < len(text) and text[at] in CLOSING:
        at += 1 if chance.random() < 0.7 else -1
    if at < len(text) and text[at - 1] in "“（《「":
        at -= 1
    return max(3, at)


def strips(text: str, how: Layout, chance: random.Random) -> Iterator[Piece]:
    """A paragraph in strips of two printed lines with blank lines between."""
    while len(text) > 2 * how.width:
        at = printed_line(text, 2 * how.width, chance)
        yield Piece(text[:at], "\n\n", True)
        text = text[at:]
    yield Piece(text, "\n\n", False)


def wrapped(text: str, how: Layout, chance: random.Random) -> Iterator[Piece]:
    """A paragraph in printed lines; in columns, some end in the middle."""
    text = how.indent + text
    columns = how.style == "columns"
    while len(text) > how.width:
        at = printed_line(text, how.width, chance)
        if at >= len(text):
            break
        if columns and chance.random() < 0.02:
            at = chance.randint(1, at)
        column = chance.random() < (0.05 if columns else 0.01)
        yield Piece(text[:at], "\n\n" if column else "\n", True)
        text = text[at:]
    yield Piece(text, "\n\n" if chance.random() < how.blank else "\n", False)


def noisy(text: str, rate: float, table: dict[str, str], chance: random.Random) -> str:
    """The text as a recogniser would read it, with this share of characters wrong."""
    if not rate:
        return text
    return "".join(
        chance.choice(table[c]) if c in table and chance.random() < rate else c for c in text
    )


def confusions(path: Path) -> dict[str, str]:
    """For each character what it is read as, as often as two engines read it so."""
    table: dict[str, str] = {}
    for row in path.read_text("utf-8").splitlines()[1:]:
        true, read, count, *_ = row.split("\t")
        if len(true) == len(read) == 1 and true.strip() and read.strip():
            table[true] = table.get(true, "") + read * int(count)
    return table
