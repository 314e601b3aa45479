"""The words and signs of jump lines, as data: what newspapers print, and which way it points.

`fixnews.jumps.markers` puts them together. Counts of what was seen are in docs/notes/jumps.md.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Direction = Literal["out", "in"]
Reading = Literal["out", "in", "either"]


class Word(NamedTuple):
    """A word of turning.

    Attributes:
        text: as printed in simplified characters; the traditional form is read as well.
        reading: where it points; ``either`` where only its place on the page tells.
        alone: whether it makes a jump line by itself when a page follows. Other words are
            everyday ones: only in brackets, behind an arrow or with the line to themselves.
    """

    text: str
    reading: Reading
    alone: bool


WORDS: tuple[Word, ...] = (
    Word("下转", "out", alone=True),
    Word("紧转", "out", alone=True),
    Word("下接", "out", alone=True),
    Word("转下", "out", alone=True),
    Word("下续", "out", alone=True),
    Word("上接", "in", alone=True),
    Word("上承", "in", alone=True),
    Word("接上", "in", alone=True),
    Word("上续", "in", alone=True),
    Word("紧接", "either", alone=True),
    Word("转", "out", alone=False),
    Word("续转", "out", alone=False),
    Word("接转", "out", alone=False),
    Word("续上", "in", alone=False),
    Word("承上", "in", alone=False),
    Word("转自", "in", alone=False),
    Word("接自", "in", alone=False),
    Word("续自", "in", alone=False),
    Word("承接", "either", alone=False),
    Word("接续", "either", alone=False),
    Word("续接", "either", alone=False),
    Word("接", "either", alone=False),
    Word("续", "either", alone=False),
)
"""Spellings of dailies of 1998 to 2026 and of journals. 接 and 续 go out at the end of a part and
come in at its head; alone in the line, the page that they name tells more."""

TURNING = "转轉接续續承"
"""The characters of which every word has one."""

BEHIND = ("续", "接续", "继续")
"""Words that stand behind the page: （第4版 续）. They may point either way."""

TRADITIONAL = str.maketrans("转紧续继", "轉緊續繼")

BEFORE = (
    "未完待续", "未完", "待续", "全文", "本文", "此文", "余文", "后文", "续文", "正文", "图文",
    "文章", "文", "报道", "消息", "内容", "详细", "其余", "余下", "以下", "请",
)  # fmt: skip
"""Words in front of the word of turning: （全文下转A4版）, （未完，下转第4版）, 文轉A5. What else
stands there, as a reporter's name, is no part of the jump line and stays."""

TOWARDS = (
    "今日", "今天", "本日", "当日", "当天", "同日", "本报", "本期", "至", "到", "入", "往",
    "去",
)  # fmt: skip
"""Words between it and the page: 下转今日第4版, 转入A4版. With 明日 it is another issue."""

ENGLISH: tuple[tuple[str, Reading], ...] = (
    (r"cont(?:inue[sd]?|['’.]?d?)\.?\s+(?:on|to)", "out"),
    (r"(?:please\s+)?turn\s+to", "out"),
    (r"jumps?\s+to", "out"),
    (r"cont(?:inued|['’.]?d?)\.?\s+from", "in"),
    (r"from", "in"),
)
ENGLISH_PAGE = r"(?:pages?|pg\.?|p\.)"

OUTWARD = "▶►▷▸▹▻→➔➜➤⇒⟶☞⏩»≫›＞"
INWARD = "◀◁◂◄◅←⇐⟵☜⏪«≪‹＜"
ORNAMENT = "◆◇■□●○▲△▼▽☛↓↑※★☆◎•▪"
ARROW = OUTWARD + INWARD + ORNAMENT
DOTS = "…·*＊"
"""What ornaments a jump line only where it has the line to itself: …… may end a sentence."""

ASCII_ARROWS: tuple[tuple[str, Direction], ...] = (
    (r"(?:-{1,3}|={1,3})>|>{2,4}|》{2,4}|〉{2,4}", "out"),
    (r"<(?:-{1,3}|={1,3})|<{2,4}|《{2,4}|〈{2,4}", "in"),
)
"""Arrows typed with other signs; one ``>`` alone is a quotation or a tag."""

OPEN, CLOSE = "（(【［[〔〈《<＜「『〖", "）)】］]〕〉》>＞」』〗"
QUOTES_OPEN, QUOTES_CLOSE = "“‘「『\"'〝", "”’」』\"'〞"
DASH = "—–―─-－"

REFERENCES = ("见", "看", "阅", "读", "参见", "请看", "相关", "更多", "链接", "导读", "索引")
"""Words of a cross-reference: no story goes on there, another one stands there. 详见A3版."""

EDITORS = (
    "责编", "責編", "责任编辑", "責任編輯", "编辑", "編輯", "美编", "美編", "校对", "校對",
    "版式", "组版", "記者", "记者",
)  # fmt: skip
"""What may stand behind a jump line in its line: 下转A4版 责编：某某."""


def both(word: str) -> tuple[str, ...]:
    """A word in simplified and, where that differs, in traditional characters.

    >>> both("下转"), both("上接")
    (('下转', '下轉'), ('上接',))
    """
    other = word.translate(TRADITIONAL)
    return (word, other) if other != word else (word,)


def readings(*, alone: bool | None = None) -> dict[str, Reading]:
    """Every word of turning in both scripts with its reading.

    Args:
        alone: only the words that make a jump line by themselves, or only the others.
    """
    chosen = (word for word in WORDS if alone is None or word.alone is alone)
    return {form: word.reading for word in chosen for form in both(word.text)}
