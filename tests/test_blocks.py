"""Blocks in which every break is meant, told from what stands on their lines."""

from __future__ import annotations

import pytest

from fixnews.layout.blocks import Setting, found, parted
from fixnews.layout.page import lines
from fixnews.layout.page_bounds import Bounds


def texts(page: str) -> list[str]:
    return [line.text for line in lines(page)]


BLOCKS = {
    "contents with leaders": (Setting.CONTENTS, "菜场搬回老街………………2\n渡口夜航………………11"),
    "contents with dots": (Setting.CONTENTS, "菜场搬回老街 ...... A2\n渡口夜航 ...... A11"),
    "contents with pages": (Setting.CONTENTS, "菜场搬回老街　2\n渡口夜航　5\n船工的一天　9"),
    "bullets": (Setting.LIST, "•核对摊位图\n•抽签\n•交押金"),
    "dashes with a blank": (Setting.LIST, "- 核对摊位图\n- 抽签"),
    "a table of tabs": (Setting.ROWS, "摊位\t面积\t租金\n甲三\t六\t900\n乙十二\t八\t1200"),
    "a list of names in columns": (Setting.ROWS, "沈砚秋　陆一苇　何青舟\n" * 3),
    "columns abreast": (
        Setting.ROWS,
        "渡口的雾还没有散，船工　　菜场的灯先亮了起来，摊\n" * 3,
    ),
    "columns with a rule": (
        Setting.ROWS,
        "渡口的雾还没有散，船工 | 菜场的灯先亮了起来，摊\n" * 3,
    ),
    "numbered lines": (
        Setting.NUMBERED,
        "1 渡口的雾还没有散，船\n2 工已经解开了缆绳，对\n3 岸还黑着。",
    ),
    "numbered items that are wrapped": (
        Setting.NUMBERED,
        "1. 更换供水管，年内完成四\n十二个小区；\n2. 新建公厕；\n3. 增设停车位。",
    ),
    "a character a line": (Setting.VERTICAL, "渡\n口\n的\n雾\n，\n散\n了"),
}


@pytest.mark.parametrize(("setting", "page"), BLOCKS.values(), ids=BLOCKS)
def test_is_found(setting: Setting, page: str) -> None:
    assert setting in {how for how, _, _ in found(texts(page))}


NONE = {
    "one line that ends with a number": "参加的人数是 120\n比去年多",
    "numbers that do not count up": "12人参加。\n30人报名，比去\n31年前还多。",
    "a number that counts up twice": "去年办了\n3次，今年办了\n4次。",
    "an initial over three lines": "渡\n口的雾还没有散，船工已经\n解开了缆绳。",
    "a blank behind a dateline": (
        "本报讯 渡口的雾还没有散\n本报讯 菜场的灯先亮了\n本报讯 摊主都到齐了"
    ),
    "blanks between all characters": (
        "渡 口 的 雾 还 没 有 散\n船 工 已 经 解 开 缆 绳\n对 岸 的 灯 还 亮 着 呢"
    ),
    "breaks that became blanks": ("渡口的雾还没有散，船工已经解开 了缆绳，对岸的灯 还亮着。\n" * 3),
}


@pytest.mark.parametrize("page", NONE.values(), ids=NONE)
def test_is_none(page: str) -> None:
    assert not list(found(texts(page)))


def test_a_wrapped_item_goes_on_but_the_next_number_begins() -> None:
    page = texts(BLOCKS["numbered items that are wrapped"][1])
    assert parted(page, Bounds.of([len(page)])).tolist() == [False, True, True]


def test_a_wrapped_bullet_goes_on_but_the_next_begins() -> None:
    page = texts("•核对摊位\n图\n•抽签")
    assert parted(page, Bounds.of([len(page)])).tolist() == [False, True]
