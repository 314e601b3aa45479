"""Pages set by hand for the tests of reading order, and read as two recognisers would read them.

A `Sheet` holds its lines block by block in the order in which a person reads them: that is the text
that has to come out. What a recogniser makes of it has the lines by height, across the columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from fixnews.order.page_text import in_reading_order
from fixnews.positions import Box, Positions, PrintedLine, Reading, Slot, Word
from fixnews.source import Source

EM, LEADING, GUTTER, MEASURE = 20, 30, 40, 12
"""Pixels of type, from line to line, and between columns; characters of a line."""

INDENT, CLOSING = "　　", ("，", "。", "、", "”")


class Print(NamedTuple):
    """A printed line: its text, where it begins, its type, whether it begins a paragraph.

    Where the recogniser tells the box of every character, ``cells`` are their edges.
    """

    text: str
    left: float
    top: float
    em: float = EM
    begins: bool = False
    cells: tuple[tuple[float, float], ...] = ()

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.left + self.em * len(self.text), self.top + self.em)


Block = tuple[Print, ...]
Sheet = tuple[Block, ...]


def column(number: float) -> float:
    """Where a column begins, counted from 0."""
    return 40 + number * (MEASURE * EM + GUTTER)


def head(text: str, left: float, top: float = 20, em: float = 2 * EM) -> Block:
    return (Print(text, left, top, em),)


def byline(text: str, left: float, top: float) -> Block:
    return (Print(text, left, top),)


def story(text: str, lefts: Sequence[float], top: float = 140) -> Block:
    """Running text in columns that begin at these places, all but the last equally long."""
    lines = list(broken(text))
    rows = -(-len(lines) // len(lefts))
    found = []
    for n, (line, begins) in enumerate(lines):
        left, down = lefts[n // rows] + 2 * EM * begins, top + n % rows * LEADING
        found.append(Print(line, left, down, begins=begins))
    return tuple(found)


def broken(text: str) -> Iterable[tuple[str, bool]]:
    """The printed lines of paragraphs, and whether each is the first of one; no mark begins one."""
    for paragraph in text.split("\n"):
        at = 0
        while at < len(paragraph):
            end = at + MEASURE - 2 * (not at)
            end -= paragraph[end : end + 1] in CLOSING
            yield paragraph[at:end], not at
            at = end


def said(sheet: Sheet) -> str:
    """What has to come out: a line a line, indents typed, a blank line between blocks."""
    lines = ("".join(INDENT * one.begins + one.text + "\n" for one in block) for block in sheet)
    return "\n".join(lines)


def rows_of(sheet: Sheet) -> list[Print]:
    """The lines by height, across the columns."""
    return sorted((one for block in sheet for one in block), key=lambda one: (one.top, one.left))


def in_words(prints: Iterable[Print]) -> Reading:
    """What Tesseract tells: words of two characters in tight boxes."""
    return Reading(tuple(line(one, 2) for one in prints), 2000, 2000)


def in_rows(prints: Iterable[Print]) -> Reading:
    """What RapidOCR tells: a box a row, two pixels wider on every side."""
    return Reading(tuple(line(one, len(one.text), 2) for one in prints))


def line(one: Print, size: int, pad: float = 0) -> PrintedLine:
    pieces = [(n, one.text[n : n + size]) for n in range(0, len(one.text), size)]
    words = tuple(
        Word(
            piece,
            Box(
                one.left + n * one.em - pad,
                one.top - pad,
                one.left + (n + len(piece)) * one.em + pad,
                one.top + one.em + pad,
            ),
            cells=one.cells,
        )
        for n, piece in pieces
    )
    return PrintedLine(words, Box.around(*(word.box for word in words)))


ENGINES: dict[str, Callable[[Iterable[Print]], Reading]] = {"words": in_words, "rows": in_rows}


def read_across(prints: Sequence[Print], every: int, *, cells: bool = False) -> list[Print]:
    """The same, each so-manieth row of the body read as one line, whatever columns it is of."""
    found: list[Print] = []
    for n, (_, group) in enumerate(groupby(prints, key=lambda one: one.top)):
        row = list(group)
        if n % every == every - 1 and all(one.em == EM for one in row):
            found.append(as_one(row, cells=cells))
        else:
            found.extend(row)
    return found


def as_one(row: Sequence[Print], *, cells: bool = False) -> Print:
    """Lines that stand side by side as one, with the boxes of its characters or without."""
    text = "".join(one.text for one in row)
    edges = tuple(
        (one.left + n * one.em, one.left + (n + 1) * one.em)
        for one in row
        for n in range(len(one.text))
    )
    em = (row[-1].box.right - row[0].left) / len(text)
    return Print(text, row[0].left, row[0].top, em, cells=edges if cells else ())


def torn(prints: Sequence[Print], every: int) -> list[Print]:
    """The same, each so-manieth line of the body torn in two."""
    found = []
    for n, one in enumerate(prints):
        at = len(one.text) // 2 if n % every == 0 and one.em == EM else len(one.text)
        found.append(one._replace(text=one.text[:at]))
        if one.text[at:]:
            found.append(one._replace(text=one.text[at:], left=one.left + at * one.em))
    return found


def leaning(reading: Reading, slope: float) -> Reading:
    """The page, its lines falling so many pixels a pixel from left to right."""

    def moved(box: Box) -> Box:
        middle = (box.left + box.right) / 2
        down, along = slope * middle, -slope * (box.top + box.bottom) / 2
        return Box(box.left + along, box.top + down, box.right + along, box.bottom + down)

    return Reading(
        tuple(
            PrintedLine(tuple(w._replace(box=moved(w.box)) for w in one.words), moved(one.box))
            for one in reading.lines
        )
    )


def upright(reading: Reading, width: float) -> Reading:
    """The page with its lines set from top to bottom, the first at the right."""

    def stood(box: Box) -> Box:
        return Box(width - box.bottom, box.left, width - box.top, box.right)

    return Reading(
        tuple(
            PrintedLine(tuple(w._replace(box=stood(w.box)) for w in one.words), stood(one.box))
            for one in reading.lines
        )
    )


LIBRARY = (
    "石桥镇昨天在老粮站旧址办起一间社区书屋，三千册图书免费借阅。书屋由镇上十二名退休教师轮流值守，"
    "每天开放八小时，周末还请来说书艺人给孩子们讲故事。\n"
    "七十一岁的管理员陆文斌说，筹备工作用了四个月，书架是木匠铺用旧门板改的，没有花一分钱。不少孩子"
    "放学以后先来写作业，再借一本书带回家。\n"
    "镇里计划明年在另外两个村开设分馆，并把借阅卡和县图书馆打通，读者在任何一处都能还书。书屋门口"
    "挂着一块黑板，上面写着本周新到的书目，来还书的居民常常站在那里看上一会儿。"
)
BRIDGE = (
    "经过十四个月的施工，横跨青溪河的新大桥将于下月正式通车。大桥全长六百二十米，双向四车道，两侧设有"
    "人行道和非机动车道，总投资一点八亿元。\n"
    "市交通局负责人介绍，大桥通车以后，城东居民到火车站的时间将由四十分钟缩短到十五分钟。原有的老桥"
    "将改为步行桥，供市民散步和观光。\n"
    "为了不影响航运，施工单位把最吵的工序都安排在白天进行，并提前一周向沿岸居民发出通知。许多老人每天"
    "傍晚都到河边来看工程进展。"
)
HARVEST = (
    "今年全县水稻种植面积达到二十三万亩，预计总产量比去年增长百分之六。连日来天气晴好，各乡镇抓紧时间"
    "组织机械收割，田间地头一片繁忙。\n"
    "农技站的技术人员深入田间，指导农民及时晾晒和储藏稻谷。县粮食局已经腾出仓库四万吨，确保农民的余粮"
    "卖得出去，价格不低于去年。\n"
    "种粮大户周建国告诉记者，他家承包的三百亩稻田今年每亩能多收五十斤，除去成本，一年可以净赚十五万元。"
)
SCHOOL = (
    "新学期开学第一天，育才小学的操场上多了一间特别的教室。教室里摆着锄头和花盆，学生们每周要在这里上"
    "两节劳动课，学会种菜、做饭和修理家具。\n"
    "校长林慧芳表示，劳动课不考试，但是每个学生都要完成一份观察记录。家长们普遍欢迎这一做法，有的还"
    "主动报名来当辅导老师。"
)


def as_source(reading: Reading, path: str = "A1.json") -> Source:
    """The page in the order that is found, with its way back to the words."""
    found = in_reading_order(reading)
    slots = tuple(Slot(start, end, 0, strip) for start, end, strip in found.slots)
    return Source(path, found.text, positions=Positions("boxes", (reading,), slots))
