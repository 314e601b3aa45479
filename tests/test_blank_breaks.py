"""Blanks where the print had a line's end: they go where the sentence reads on, only there."""

from __future__ import annotations

import pytest

import fixnews
from fixnews.filters import Selection

BLANKS = Selection(select=("SPC",))

PARAGRAPH = (
    "老人说从前这条街上开着七家茶馆，到了晚上说书的唱曲的卖桂花糕的都来了热闹得像过年一样，"
    "如今只剩下一家还是熟客在撑着，茶馆的主人姓陆今年七十一岁从父亲手里接过这门生意。"
)


def fixed(page: str) -> str:
    return fixnews.fix(page, selection=BLANKS).text


def wrapped(text: str, width: int, blank: str) -> str:
    """The text with a blank where each printed line ended; a mark hangs behind its line."""
    lines: list[str] = []
    while text:
        end = width + (text[width : width + 1] in tuple("，。"))
        lines.append(text[:end])
        text = text[end:]
    return blank.join(lines)


@pytest.mark.parametrize("blank", [" ", "\u3000", "\xa0"])
@pytest.mark.parametrize("width", range(9, 33))
def test_blanks_at_even_distances_go_together(width: int, blank: str) -> None:
    assert fixed(wrapped(PARAGRAPH, width, blank)) == PARAGRAPH


def test_a_line_is_short_where_a_number_did_not_fit() -> None:
    page = (
        "老街去年一共接待游客也就是说 2034.6万人次，带动周边商户增 收两成，比上一年又多了客 人，"
        "街上的店都开到半夜。"
    )
    assert fixed(page) == page.replace(" ", "")


ALONE = [
    (
        "a blank inside a sentence",
        "抢险队用了不到两小时就垒 起一道沙袋墙，姜汤一直冒着热气。",
    ),
    (
        "two, far from each other",
        "渡口今年添了三班船，末班延长到夜 里十一点，赶路的人不用再绕到北 桥，船也亮了。",
    ),
]


@pytest.mark.parametrize("page", [page for _, page in ALONE], ids=[why for why, _ in ALONE])
def test_a_blank_alone_goes_where_the_sentence_reads_on(page: str) -> None:
    assert fixed(page) == page.replace(" ", "")


KEPT = [
    ("names", "澄江市人民政府　澄江市教育局"),
    ("a date line", "2021年3月18日 星期四"),
    ("the number of an article", "第七十七条 违反本法规定，擅自移动标志的，责令限期改正。"),
    ("a title of two phrases", "晚会以“骐骥驰骋 势不可挡”为主题，与观众相约在除夕夜里。"),
    ("a slogan", "团结一心 共克时艰"),
    ("slogans of one length", "富强民主文明和谐 自由平等公正法治 爱国敬业诚信友善"),
    ("a headline that ends with a semicolon", "美国挑起冲突搅乱局势 拖累全球；"),
    (
        "figures that a web page sets off",
        "投入 3410 亿元，其中 1247 亿元用于道路，其余 2163 亿元待定。",
    ),
    ("Latin words", "他们把电脑换成了Windows 10系统，又装上了Photoshop CS，都说好用。"),
    ("a dateline", "本报讯 昨天，记者从市水务局获悉，渡口今年添了三班船。"),
    ("a signature", "渡口今年添了三班船，末班船延长到夜里十一点。 沈砚秋"),
]


@pytest.mark.parametrize("page", [page for _, page in KEPT], ids=[why for why, _ in KEPT])
def test_a_blank_that_is_meant_stays(page: str) -> None:
    assert fixed(page) == page
