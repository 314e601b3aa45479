"""Names with a dot in them, told from all else that a dot may stand between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixnews.words import transliteration
from fixnews.words.lexicon import rows, shipped


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in transliteration.names(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("导演马丁.斯科塞斯的新片", "马丁.斯科塞斯"),
        ("诗人巴勃罗•聂鲁达的诗集", "巴勃罗•聂鲁达"),
        ("翻譯了查爾斯‧狄更斯的小說", "查爾斯‧狄更斯"),
        ("獄中的纳尔逊・曼德拉写信", "纳尔逊・曼德拉"),
        ("画家克劳德．莫奈的睡莲", "克劳德．莫奈"),
        ("选手古丽娜尔·热合曼夺冠", "古丽娜尔·热合曼"),
        ("首相约翰·基表示", "约翰·基"),
        ("影星让.雷诺到访", "让.雷诺"),
        ("记者采访了穆罕默德·本·萨勒曼王储", "穆罕默德·本·萨勒曼"),
        ("诗人T.S.艾略特的长诗", "T.S.艾略特"),
        ("约翰·F·肯尼迪机场", "约翰·F·肯尼迪"),
        ("读《庄子‧逍遥游》有感", "《庄子‧逍遥游》"),
        ("水调歌头．明月几时有", "水调歌头．明月几时有"),
    ],
)
def test_a_name_with_a_dot(text: str, name: str) -> None:
    assert found(text) == [name]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("走进企业．走进社区．走进农村", "a slogan in three parts"),
        ("会议昨日闭幕.代表们离开了会场.", "full stops that were read as dots"),
        ("由三‧五平方米增加到七．二平方米", "decimals"),
        ("“一二·九”运动", "a date"),
        ("开放·合作·共赢", "a motto"),
        ("法国.菲律宾.马来西亚等国", "countries in a row"),
        ("罗马.巴黎两地", "two places"),
        ("版本1.0和2.5", "versions"),
        ("据U.S.News报道", "no Chinese name behind the initials"),
    ],
)
def test_no_name(text: str, why: str) -> None:
    assert not found(text), why


def test_two_names_in_a_row_are_two() -> None:
    assert found("埃隆·马斯克和比尔·盖茨") == ["埃隆·马斯克", "比尔·盖茨"]


def test_a_dot_tells_its_place_and_weight() -> None:
    (dot,) = transliteration.dots("作家马塞尔.普鲁斯特")
    assert (dot.at, dot.start, dot.end) == (5, 2, 10)
    assert dot.weight > transliteration.TOGETHER


@given(st.text(alphabet="斯尔克·.•JK车间《》\n，", max_size=40))
def test_spans_lie_apart_and_in_the_text(text: str) -> None:
    end = -1
    for start, stop in transliteration.names(text):
        assert end < start < stop <= len(text)
        end = stop


def test_every_weight_is_a_number_or_unknown() -> None:
    for _, *weights in rows(shipped("transliterations.tsv")):
        assert all(weight == "-" or -100 < int(weight) < 100 for weight in weights)


@pytest.mark.parametrize("piece", ["斯·", "J.", "《斯·", "沁园春"])
def test_a_line_without_end_reads_as_a_short_one(piece: str) -> None:
    """Were the cost not linear, this would take hours."""
    short, long = transliteration.names(piece * 5), transliteration.names(piece * 50_000)
    grown = len(piece) * 49_995
    assert list(long) == [(start, end + grown) for start, end in short]
