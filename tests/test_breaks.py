"""Joins: what is damage closes, everything else stays as it was set."""

from __future__ import annotations

import json

import pytest

import fixnews
from fixnews import forest
from fixnews.filters import Selection
from fixnews.seams import FEATURES, FOREST
from tests.pages import shared

ONLY_BREAKS = Selection(select=("BRK",))


def fixed(page: str) -> str:
    return fixnews.fix(page, selection=ONLY_BREAKS).text


COLUMN = [
    "　　城南的面馆要搬家了。消息传开以",
    "后，门口的队伍比平时长了一倍，有人",
    "特意从江北赶来，只为在老地方再吃一",
    "碗雪菜肉丝面，和老板娘说几句道别的",
    "话。",
    "　　面馆开在巷子深处，门面不过五米",
    "宽，摆得下七张桌子，生意却一直很好，",
    "从来没有冷清过。",
]

JOINED = [
    (
        "a word is cut",
        "近年来，当地以党建为引领，深化基层治理，全面提升了基层党建辨\n\n识度、显示度，受到群众好评。",
        "近年来，当地以党建为引领，深化基层治理，全面提升了基层党建辨识度、显示度，受到群众好评。",
    ),
    (
        "a number is cut from its measure",
        "目前共有三千多户低收入家庭获益，按照去年的标准计算，已累计分红4400\n\n多万元，户均一万多元。",
        "目前共有三千多户低收入家庭获益，按照去年的标准计算，已累计分红4400多万元，户均一万多元。",
    ),
    (
        "carriage returns are breaks as well",
        "平湖是一片热土。近年来，当地深化治理，全面提升了基层党建辨\r\n\r\n识度、显示度，受到好评。",
        "平湖是一片热土。近年来，当地深化治理，全面提升了基层党建辨识度、显示度，受到好评。",
    ),
    (
        "printed lines, an indent starts a paragraph",
        "\n".join(COLUMN),
        "".join(COLUMN[:5]) + "\n" + "".join(COLUMN[5:]),
    ),
]


@pytest.mark.parametrize(("page", "expected"), [j[1:] for j in JOINED], ids=[j[0] for j in JOINED])
def test_joined(page: str, expected: str) -> None:
    assert fixed(page) == expected


KEPT = [
    (
        "a byline stands alone",
        "一座老码头的第二春\n\n记者 沈砚秋\n通讯员 陆一苇\n\n清晨六点半，雾还没有散。",
    ),
    (
        "headline, byline, body",
        "我市新增口袋公园\n记者 何青\n本报讯 昨天，记者获悉，公园已经建成。",
    ),
    (
        "a jump line is no end of a sentence",
        "社区、业主委员会拧成了一股绳，——下转 C2 版\n\n我市举办培训会",
    ),
    ("a jump line of its own", "社区、业主委员会拧成了一股绳，\n（下转第二版）\n我市举办培训会"),
    ("a caption's credit", "昨天，议事会的成员来到村里，向村民传达会议精神。\n\n摄影 王强 谢付良"),
    (
        "a subhead inside a story",
        "一一标注清楚。\n\n留住记忆 修旧如旧\n\n走进三号仓库，红砖墙上还留着标语。",
    ),
    ("question and answer", "问：这项政策什么时候开始？\n答：从下个月一日开始，分三步走。"),
    ("numbered items", "（一）加强组织领导，\n（二）落实各项责任，\n（三）严格监督检查。"),
    ("two finished paragraphs", "今年新建公园二十六处。\n\n选址之前，园林部门征集了意见。"),
    ("no Han, no news", "The quick brown fox\n\njumps over the lazy dog"),
]


@pytest.mark.parametrize("page", [k[1] for k in KEPT], ids=[k[0] for k in KEPT])
def test_kept(page: str) -> None:
    assert fixed(page) == page


def test_a_join_shows_its_evidence() -> None:
    (join,) = fixnews.fix(JOINED[0][1], selection=ONLY_BREAKS).corrections
    evidence = dict(join.evidence)
    assert join.code == "BRK101"
    assert evidence["word across"] == "辨识"
    assert evidence["roles"] == "short | body"
    assert float(evidence["probability"]) == pytest.approx(join.confidence, abs=1e-3)


def test_a_torn_ending_is_reported_and_left() -> None:
    page = "今年以来，当地坚定不移实施数字经济工程，大力引进数字经济项目，全面打造"
    result = fixnews.fix(page)
    assert result.text == page
    assert [c.code for c in result.corrections] == ["BRK201"]


def test_the_real_page_is_perfect() -> None:
    page = shared("pages/seed.txt").decode()
    seams = json.loads(shared("pages/seed.truth.json"))["seams"]
    result = fixnews.fix(page, selection=ONLY_BREAKS)
    joined = {c.start for c in result.corrections if c.applied}
    assert joined == {seam["pos"] for seam in seams if seam["label"] == "join"}


def test_the_forest_fits_the_evidence() -> None:
    assert forest.load(FOREST).feature.max() < len(FEATURES)


def test_a_missing_forest_is_an_error() -> None:
    with pytest.raises(fixnews.FixnewsError, match="the trained forest is missing"):
        forest.load(FOREST.with_name("nowhere.npz"))
