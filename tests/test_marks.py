"""Marks that were misread, lost or never printed: what a page tells of its recogniser."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixnews
from fixnews import language
from fixnews.filters import Selection
from fixnews.filters.marks import LOST, SURE, SURE_IF_TYPED, sure
from fixnews.layout.reading import PARTED, WRAPPED, Reading, read
from fixnews.marks import confusion, habits
from fixnews.marks.evidence import FEATURES, Candidates
from fixnews.marks.habits import Asked
from fixnews.marks.judge import Judge
from fixnews.marks.neighbours import FAR
from fixnews.marks.sheets import Sheets
from fixnews.marks.sites import Marks

ONLY = Selection(select=("PUN201", "PUN202", "PUN203"))

STORY = (
    "近日，记者在钟埭街道看到，渔民顾阿荣的船舱里堆满蟹笼和鳜鱼网兜。因此，他的妻子俞婉珍乐得"
    "合不拢嘴。\n"
    "今年以来，当湖镇先后疏浚河汊十七条，拆除围栏鱼簖四千余米。据镇里介绍，水质明显好转，白鹭"
    "又飞回来了。\n"
    "据了解，镇里还请来农科院的裘亦鹏博士，手把手教大家轮捕轮放。截至目前，已有六十三户渔家签"
    "下协议，户均增收三万多元，日子越过越红火。\n"
    "下一步，当湖镇将继续加大投入，完善制度，提高服务水平，让更多群众享受到实惠。\n"
)


READ = (
    "\n\n各国船长遣责这一行动 ，要求国际社会予以制正*\n\n代表团访间了港口*随后会晤了市民代表*\n\n"
    "会议强调，要坚持稳中求进工作总墓调*抓紧抓好各项任务*\n\n老人们在公园里锻炼身休*有说有笑*\n"
)
"""What a machine made of another story on the page."""


def repaired(text: str) -> str:
    return fixnews.fix(text, selection=ONLY).text


def repaired_beside(text: str) -> str:
    """The page as it is repaired where a machine read it."""
    whole = repaired(f"{READ.lstrip()}\n{text}")
    return whole[whole.index(text[:8]) :]


@pytest.mark.parametrize("sign", ["·", "*", "=", "+"])
def test_a_sign_that_took_the_place_of_the_stops_becomes_a_stop(sign: str) -> None:
    """Engines differ in the sign; the page shows which mark it stands for."""
    assert repaired(STORY.replace("。", sign)) == STORY


@pytest.mark.parametrize(
    "page",
    [
        STORY,
        STORY.replace("，", ","),
        "英厄·安诺生说，卡洛斯·巴雷拉总统和里希·苏纳克首相举行了会谈。",
        "“1+1>2”的效应，增长5.2%，比分是2:1，网址http://a.cn/b?c=1",
        "（3）加强管理；（4）落实责任：一是学习，二是检查。",
        "记者 王　强\n\n喜迎党代会 奋进新征程\n\n（下转第二版）\n",
        "4万多名党员，依托“区委+乡镇街道+村（社区）”联动，构建起防线。",
        "发布公告-网上报名-资格审查-笔试-面试。",
        '烈士陵园里有一条"支前小道"，王敏推起了小推车。',
        "点击“查询”，姓名：***，下载电子证书。",
        "Hello, world! It's * a test; really = yes.",
    ],
)
def test_what_is_right_stays(page: str) -> None:
    assert repaired(page) == page


@pytest.mark.parametrize("width", [12, 15, 18, 20])
def test_a_stop_lost_at_the_end_of_a_paragraph_comes_back(width: int) -> None:
    """The last line of a paragraph is short; wrapped lines that are full lost nothing."""
    paragraphs = STORY.rstrip().split("\n")
    lines = [p[i : i + width] for p in paragraphs for i in range(0, len(p), width)]
    page = "\n".join(lines)
    assert repaired(page) == page
    damaged = page.replace("越红火。", "越红火")
    assert repaired(damaged) == damaged
    assert repaired_beside(damaged) == page


def test_dust_beside_a_mark_goes() -> None:
    page = STORY.replace("协议，", "协议，*")
    assert repaired_beside(page) == STORY
    assert repaired(page) == page, "nothing tells that a machine read it"


@pytest.mark.parametrize(
    "page",
    [
        "今年十=月八日，市体育馆举行落成典礼。\n",
        "省足球联赛第=轮比赛昨日结束。\n",
        "今年*月以来，降雨明显减少。\n",
        "全年物价上涨率为三*二一％。\n",
        "铅含量<0.1毫克，符合标准。\n",
        "收于$4，创三个月来新高。\n",
    ],
)
def test_no_sign_goes_that_may_be_a_figure(page: str) -> None:
    """Not even on a page that a machine read, and that is full of such signs."""
    sign = next(c for c in page if c in "=*<$")
    assert repaired(page + READ.replace("*", sign)).startswith(page)


@pytest.mark.parametrize(
    ("page", "becomes"),
    [
        ("苹果．梨．桃子都有出售。\n", "苹果、梨、桃子都有出售。\n"),
        ("上海'广州'深圳'厦门四市的代表参加。\n", "上海、广州、深圳、厦门四市的代表参加。\n"),
        (
            "入汛以来,全市加固堤防,沿江各乡镇得到保护.\n",
            "入汛以来,全市加固堤防,沿江各乡镇得到保护。\n",
        ),
    ],
)
def test_signs_that_nobody_types_become_marks_on_any_page(page: str, becomes: str) -> None:
    assert repaired(page) == becomes


@pytest.mark.parametrize(
    "page",
    [
        "工程说明如次：一、经费由县库支应。\n",
        "半夜里真是恐怖！但又怕给人听见。\n",
        "她喝完年糕汤；知道时机将到。果然，门响了。\n",
        "文中用了许多“！”，读来很有气势。\n",
        "明月几时有\n把酒问青天\n不知天上宫阙\n今夕是何年\n",
    ],
    ids=["colon", "cry", "semicolon", "quoted-mark", "verse"],
)
def test_a_mark_of_a_typed_page_stays_and_none_is_put_there(page: str) -> None:
    assert repaired(page) == page


def test_a_text_without_marks_has_lost_none() -> None:
    classic = "七年春王正月公会齐侯于防\n夏四月辛卯夜恒星不见夜中\n星陨如雨秋大水无麦苗\n" * 12
    assert repaired(classic + READ[2:16] + classic) == classic + READ[2:16] + classic


def test_no_headline_gets_a_stop() -> None:
    page = f"当湖镇渔民增收\n\n{STORY}\n白鹭又飞回来了\n\n{STORY}"
    assert repaired(page) == page


NONE = (np.zeros(0, dtype=np.int64),) * 3
"""No mark that was right beyond doubt."""


def alone(sites: int, size: int = 1000) -> tuple[np.ndarray, np.ndarray]:
    """The pages of sites that are all on one."""
    return np.zeros(sites, dtype=np.int64), np.array([size])


class TestHabits:
    """The count over one page against the general view."""

    def test_a_sign_that_is_always_one_mark_is_that_mark(self) -> None:
        site = np.repeat(np.arange(30), 2)
        candidate = np.tile([0, 1], 30)
        made = np.where(candidate == 0, np.where(site < 25, -5.0, -9.0), -8.0)
        asked = Asked(site, candidate, made, np.full(60, -20.0))
        ((odds, _),) = habits.misreadings(
            [asked], np.full(30, ord("*")), np.full(30, confusion.FOREIGN), NONE, alone(30)
        )
        doubtful = odds[(site >= 25) & (candidate == 0)]
        assert (made[(site >= 25) & (candidate == 0)] < made[1]).all()
        assert (doubtful > 0).all()

    def test_one_doubtful_place_on_a_clean_page_does_not_convince_itself(self) -> None:
        site = np.arange(50)
        made = np.where(site == 7, -8.0, -16.0)
        asked = Asked(site, np.zeros(50, dtype=np.int64), made, np.full(50, -12.0))
        ((odds, _),) = habits.misreadings(
            [asked], np.full(50, ord("，")), np.ones(50, dtype=int), NONE, alone(50)
        )
        assert (odds < 0).all()

    def test_marks_that_are_right_beyond_doubt_count_for_the_sign(self) -> None:
        """A comma that is right a hundred times is no habit of reading stops as commas."""
        site = np.arange(3)
        asked = Asked(site, np.zeros(3, dtype=np.int64), np.full(3, -8.0), np.full(3, -12.0))
        of_page = np.full(3, ord("，")), np.ones(3, dtype=int)
        ((lonely, _),) = habits.misreadings([asked], *of_page, NONE, alone(3))
        right = np.full(100, ord("，")), np.ones(100, dtype=int), np.zeros(100, dtype=int)
        ((beside, _),) = habits.misreadings([asked], *of_page, right, alone(3))
        assert (beside < lonely).all()

    def test_nothing_asked(self) -> None:
        none = np.zeros(0, dtype=np.int64)
        asked = Asked(none, none, np.zeros(0), np.zeros(0))
        assert len(habits.misreadings([asked], none, none, NONE, alone(0, 0))[0][0]) == 0


def spelt(seen: Reading, text: str) -> str:
    """A reading's characters as the model reads them: a line a paragraph."""
    gaps = zip(seen.gap[:-1], text, range(len(text)), strict=True)
    return "".join(("\n" if gap == PARTED and n else "") + c for gap, c, n in gaps) + "\n"


@given(st.text(alphabet="经济稳定，。、人民\n", min_size=1, max_size=20), st.integers(0, 19))
def test_one_mark_gains_what_the_whole_page_gains(page: str, at: int) -> None:
    seen = read(page)
    if at >= len(seen.text):
        return
    model = language.load()
    judge, new = Judge.of(Sheets.of(seen), model), f"{seen.text[:at]}；{seen.text[at + 1 :]}"
    place = judge.place[[at]]
    made = judge.replaced(place, np.array([confusion.TARGETS.index("；")]))
    gain = float(made[0] - judge.read(place, 4)[0])
    whole = model.score(spelt(seen, new)).sum() - model.score(spelt(seen, seen.text)).sum()
    assert gain == pytest.approx(float(whole), abs=1e-2)


def test_a_survey_of_a_page_has_a_row_for_each_candidate() -> None:
    survey = Marks(Sheets.of(read(STORY.replace("。", "*"))), language.load())
    found = survey.misread()
    assert found.rows.shape == (len(found.site), len(FEATURES))
    assert np.isfinite(found.rows).all()


@given(st.text(alphabet="经济稳定，。、：·*;“”（）…\n 1a", max_size=50))
def test_changes_marks_only_and_settles(text: str) -> None:
    after = repaired(text)
    kept = [c for c in text if c.isalnum()]
    assert [c for c in after if c.isalnum()] == kept
    assert after.count("\n") == text.count("\n")
    assert repaired(after) == after


CITY = (
    "全市经济工作会议昨天召开，会议要求\n各地认真贯彻落实中央决策部署，推动\n经济平稳健康发展。\n"
)
HEADLINE = "当湖镇大力整治水环境让沿河群众享受\n到生态红利\n"


@pytest.mark.parametrize(
    ("headline", "asked"),
    [
        (HEADLINE, False),
        (HEADLINE.replace("整治水", "整治，"), True),  # a sentence that lost its stop has commas
        (HEADLINE.replace("\n到", "\n沿河群众享受到\n"), False),  # one of three lines
    ],
)
def test_a_headline_as_wide_as_its_column_ends_without_a_stop(
    headline: str, *, asked: bool
) -> None:
    page = CITY + headline + CITY
    survey = Marks(Sheets.of(read(page)), language.load())
    last = headline.rsplit(maxsplit=1)[-1]
    end = survey.seen.text.index(last) + len(last)
    assert (end in survey._gaps()) is asked


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        (CITY * 4, True),
        (CITY.replace("，", ",") * 4, False),  # marks of half width
        (CITY.replace("。", "*") * 4, False),  # strange signs
        (CITY.replace("经济", "泾挤") * 4, False),  # misread characters
    ],
)
def test_a_page_shows_that_a_machine_read_it(page: str, *, typed: bool) -> None:
    assert Marks(Sheets.of(read(page)), language.load()).typed.tolist() == [typed]


def test_on_a_typed_page_a_lost_mark_must_be_surer() -> None:
    row = np.zeros((1, len(FEATURES)))
    row[0, FEATURES.index("gap_before")], row[0, FEATURES.index("torn")] = WRAPPED, FAR
    place = np.zeros(1, dtype=np.int64)
    asked = [
        float(sure(Candidates(place, place, row, np.array([typed])), "乐", lost=True)[0])
        for typed in (True, False)
    ]
    assert asked == [SURE_IF_TYPED, SURE[LOST]]
