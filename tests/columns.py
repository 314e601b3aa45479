"""Pages of a recogniser with columns side by side, put together by the tests of reading order."""

from __future__ import annotations

from collections.abc import Sequence

from fixnews.formats.tsv import COLUMNS

EM, LEADING, GUTTER, INCHES = 20, 30, 40, 10
"""Pixels of the type, from line to line, between two columns, and around the page."""

LEFT = (
    "　　水库的闸门昨天上午开",
    "启，下游三个村庄的稻田都",
    "用上了水。村里的老人说，",
    "今年的雨来得晚，秧苗却长",
    "得比往年好，收成有望了。",
    "　　工程队在坝上忙了四个",
    "月，换下了全部旧的闸板，",
    "又在两岸种上了一千多棵树",
)
GOES_ON = (
    "苗，把坝顶的路也修平了。",
    "孩子们放学后沿着新路回家",
    "，再也不用绕过那座山头。",
    "　　县里还准备在水边修一",
    "座小公园，让城里的人在周",
    "末也能来看看水，吃一顿农",
    "家的饭，听一听夜里的蛙声",
    "。门票不收，停车也不收。",
)
BEGINS = (
    "　　邮局门口新添了一排自",
    "行车架，来寄信的人不必再",
    "把车靠在墙边。管理员每天",
    "早晚各打扫一次，附近的住",
    "户也常常来帮忙。街口卖豆",
    "浆的摊子因此搬到了对面，",
    "生意反而比从前更好，排队",
    "的人从早上六点站到八点。",
)
"""Lines of columns; an indent is where a line begins, and is not read."""

Row = tuple[int, int, int, int, str]
"""Left, top, width and height of a line, and what was read in it."""


def column(lines: Sequence[str], number: int, top: int = 100) -> list[Row]:
    """The lines of a column, the first one at ``top``; columns are counted from 0."""
    wide = 12 * EM
    left = 50 + number * (wide + GUTTER)
    rows = []
    for n, line in enumerate(lines):
        text = line.lstrip("　")
        begin = left + (len(line) - len(text)) * EM
        rows.append((begin, top + n * LEADING, len(text) * EM, EM + 2, text))
    return rows


def headline(text: str, left: int, top: int, em: int = 40) -> list[Row]:
    return [(left, top, len(text) * em, em + 4, text)]


def tsv(*sheets: Sequence[Row], width: int = 700, height: int = 500) -> str:
    """Pages as Tesseract writes them, each line one word, in the order given."""
    told: list[tuple[object, ...]] = [COLUMNS]
    for page, rows in enumerate(sheets, 1):
        told.append((1, page, 0, 0, 0, 0, 0, 0, width, height, -1, ""))
        for n, (*box, text) in enumerate(rows, 1):
            told.append((4, page, n, 1, 1, 0, *box, -1, ""))
            told.append((5, page, n, 1, 1, 1, *box, 90, text))
    return "".join("\t".join(map(str, row)) + "\n" for row in told)


def upright(rows: Sequence[Row], width: int = 700) -> list[Row]:
    """The same page set in vertical lines, the first one on the right."""
    return [(width - top - high, left, high, wide, text) for left, top, wide, high, text in rows]


def interleaved(*columns: Sequence[Row]) -> list[Row]:
    """Columns as a machine reads them that looks at no gutter: line by line across the page."""
    return sorted((row for one in columns for row in one), key=lambda row: (row[1], row[0]))


def one_headline() -> list[Row]:
    """A headline over two columns whose second begins like another story."""
    return interleaved(column(LEFT, 0), column(BEGINS, 1), headline("水库放水", 150, 40))
