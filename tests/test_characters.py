"""Misread characters: what is put back, what is only offered, what is left alone."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

import fixnews
from fixnews.characters import misreadings, suspects
from fixnews.characters.case import Judge
from fixnews.filters import Context, Selection
from fixnews.filters.characters import SURE, SURE_IF_READ, Verdict, weigh
from fixnews.pipeline import threshold

ONLY_OCR = Selection(select=("OCR",))


def fixed(page: str, *, unsafe: bool = False, allow: frozenset[str] = frozenset()) -> str:
    decide = threshold(unsafe=unsafe)
    context = Context(allow=allow)
    return fixnews.fix(page, selection=ONLY_OCR, decide=decide, context=context).text


@pytest.mark.parametrize(
    ("page", "becomes"),
    [
        (
            "全市经济形势总体穗定，城乡居民收入继续提高。",
            "全市经济形势总体稳定，城乡居民收入继续提高。",
        ),
        ("各级党组织要把责任落到实外，抓紧抓好。", "各级党组织要把责任落到实处，抓紧抓好。"),
        ("会议强调，要坚持稳中求进工作总墓调。", "会议强调，要坚持稳中求进工作总基调。"),
        ("老人们在公园里锻炼身休，有说有笑。", "老人们在公园里锻炼身体，有说有笑。"),
    ],
)
def test_a_misread_character_is_put_back(page: str, becomes: str) -> None:
    assert fixed(page) == becomes
    assert fixed(becomes) == becomes


@pytest.mark.parametrize(
    "page",
    [
        "本报记者 王穗定 通讯员 李实外",
        "（记者穗定）昨天上午，全市召开了经济工作会议。",
        "摄影 陈身休",
        "”马来西亚卫生部副部长李文材指出，各国应该携手遏制疫情。",
    ],
    ids=["byline", "name-in-brackets", "credit", "name-behind-a-title"],
)
def test_a_name_is_left_alone(page: str) -> None:
    assert fixed(page, unsafe=True) == page


@pytest.mark.parametrize(
    "page",
    [
        "第一名和第二名都来自江城，第三名来自望江。",
        "他们说，她们也来了，你们呢？",
        "中加关系很好，中方与美方举行会谈，俄方代表列席。",
        "村东头有棵树，村西头有座桥。",
    ],
    ids=["numerals", "pronouns", "countries", "directions"],
)
def test_what_makes_sense_wherever_another_does_is_left_alone(page: str) -> None:
    assert fixed(page, unsafe=True) == page


def test_a_number_is_only_offered() -> None:
    page = "这条路全长三干多米，已经建成通车。"
    assert fixed(page) == page
    assert fixed(page, unsafe=True) == page.replace("干", "千")


def test_what_is_allowed_stays() -> None:
    page = "全市经济形势总体穗定，城乡居民收入继续提高。"
    assert fixed(page, allow=frozenset({"穗定"})) == page


def test_two_characters_that_make_a_word_are_never_applied_unasked() -> None:
    page = "活动以展板的形式向市民普及防灾减灾科普尝试，发放宣传资料三百份。"
    assert fixed(page) == page


def test_a_traditional_page_with_a_rare_turn_is_left_alone() -> None:
    page = "全市經濟形勢總體穗定，城鄉居民收入繼續提高，財政支出進一步優化。"
    assert fixed(page, unsafe=True) == page


def test_on_a_traditional_page_that_was_read_badly_changes_are_only_offered() -> None:
    page = (
        "全市經濟形勢總體穗定，城鄉居民收入繼續提高。\n"
        "各級黨組織要把責任落到責處，抓緊抓好。\n"
        "會議強調，要堅持穩中求進工作總墓調。\n"
        "全縣糧食生產總量穗步增長，農民收入增加。\n"
    )
    offered = fixed(page, unsafe=True)
    assert fixed(page) == page
    assert "穩定" in offered
    assert "責任落到實處" in offered
    assert "總基調" in offered


@pytest.mark.parametrize(
    "page", ["", "\n", "穗", "𠀀𠀁", "abc 123", "\ud800\udc00经挤", "，。\f。"]
)
def test_a_page_without_much_text_is_no_error(page: str) -> None:
    assert fixed(page) == page


def test_the_reason_quotes_both_readings() -> None:
    page = "全市经济形势总体穗定，城乡居民收入继续提高。"
    (change,) = fixnews.fix(page, selection=ONLY_OCR).corrections
    assert (change.before, change.after, change.code) == ("穗", "稳", "OCR101")
    assert "势总体稳定，城乡" in change.message


def test_several_misreadings_on_a_page_are_each_judged() -> None:
    page = "全市经济形势总体穗定。\n各级党组织要把责任落到实外，抓紧抓好。\n"
    found = weigh(page, Judge.shipped())
    assert [page[v.at] for v in found if v.sure] == ["穗", "外"]
    assert all(0 <= v.probability <= 1 for v in found)


@pytest.mark.parametrize(
    ("margin", "machine", "sure"),
    [
        (SURE, False, True),
        (SURE_IF_READ, False, False),
        (SURE_IF_READ, True, True),
        (0.0, True, False),
    ],
)
def test_on_a_page_that_a_machine_read_it_takes_less_to_be_sure(
    margin: float, *, machine: bool, sure: bool
) -> None:
    assert Verdict(0, "稳", 0.99, 9.0, 3.0, margin, machine).sure is sure


WRONG = (
    "全市经济形势总体穗定，城乡居民收入继续提高。\n",
    "各级党组织要把责任落到实外，抓紧抓好。\n",
    "会议强调，要坚持稳中求进工作总墓调。\n",
    "老人们在公园里锻炼身休，有说有笑。\n",
    "各国船长遣责这一行动，要求国际社会予以制正。\n",
    "代表团访间了港口，会晤了市民代表。\n",
)
RIGHT = "全市经济形势总体稳定，城乡居民收入继续提高。\n"


@pytest.mark.parametrize(
    ("page", "machine"),
    [
        (WRONG[0], False),
        ("".join(WRONG), True),
        ("".join(WRONG) + RIGHT * 10, True),
        ("穗墓痘咙磋婶晤囚尸凶" * 40 + "\n" + WRONG[0], False),
    ],
    ids=["one", "all", "most-right", "scrambled"],
)
def test_misreadings_of_like_shape_tell_that_a_machine_read_the_page(
    page: str, *, machine: bool
) -> None:
    assert {v.machine for v in weigh(page, Judge.shipped()) if v.margin > 0} == {machine}


@pytest.mark.parametrize(
    "page",
    [
        "祖父提着一盏风灯，颤巍巍地引我们走过那条湿漉漉的小巷，嘴里只管念叨着收成。",
        "长夜漫漫何时旦，一灯荧荧照无眠。",
        "子绝四：毋意，毋必，毋固，毋我。",
        "本机采用顶置双凸轮轴，缸盖与缸体均为铝合金铸造。",
        "掌柜的把算盘一推，说这账没法算，横竖是亏，不如趁早歇了罢。",
        "呢度啲嘢好平，你想买乜就买乜啦。",
    ],
    ids=["fiction", "verse", "classic", "technical", "speech", "dialect"],
)
def test_another_kind_of_text_is_no_misread_news(page: str) -> None:
    """A surprise is evidence in running news alone: here the news model is always surprised."""
    assert fixed(page) == page
    between = f"{RIGHT}{page}\n{RIGHT}"
    assert fixed(between) == between


def test_on_a_page_that_no_machine_read_only_its_kind_of_error_is_put_right() -> None:
    """荣辱 is commoner than 荣衰, but nobody reads one for the other."""
    page = "历史一再证明，振兴是相互依存、荣衰与共的。"
    assert fixed(page) == page


def test_what_the_page_was_read_from_tells_who_read_it() -> None:
    """Once its marks are mended a page looks like one that was typed."""
    page = "".join(WRONG[:1]) + RIGHT * 3
    read = page.replace("，", " ，").replace("。", "*")
    judge = Judge.shipped()
    assert [v.machine for v in weigh(page, judge) if v.margin > 0] == [False]
    assert [v.machine for v in weigh(page, judge, read) if v.margin > 0] == [True]


def test_suspects_know_what_they_gain() -> None:
    page = "全市经济形势总体穗定，城乡居民收入继续提高。"
    judge = Judge.shipped()
    model = judge.sources.model
    found = suspects.find(page, judge.sources)
    best = int(np.argmax(found.left + found.right))
    printed = page[: found.at[best]] + chr(found.printed[best]) + page[found.at[best] + 1 :]
    gained = model.score(printed).sum() - model.score(page).sum()
    assert found.left[best] + found.right[best] == pytest.approx(gained, abs=1e-3)


def test_the_evidence_has_a_column_for_each_feature() -> None:
    page = "全市经济形势总体穗定。\n各级党组织要把责任落到实外，抓紧抓好。\n"
    judge = Judge.shipped()
    model = judge.sources.model
    found = suspects.find(page, judge.sources)
    rows = misreadings.evidence(page, found, model)
    assert rows.shape == (len(found.at), len(misreadings.FEATURES))
    assert np.isfinite(rows).all()


def test_the_evidence_of_pages_side_by_side_is_that_of_each() -> None:
    judge = Judge.shipped()
    texts = ["穗定穗定，落到实外", "全市经济形势总体穗定。\n责任落到实外，抓紧抓好。\n", "总体穗定"]
    pages = misreadings.Pages.of(texts)
    each = [suspects.find(text, judge.sources) for text in texts]
    alone = [
        misreadings.evidence(text, found, judge.sources.model)
        for text, found in zip(texts, each, strict=True)
    ]

    def laid(name: str) -> np.ndarray:
        whole = np.zeros(pages.end[-1], getattr(each[0], name).dtype)
        for found, first, end in zip(each, *pages, strict=True):
            whole[first:end] = getattr(found, name)
        return whole

    names = {field.name for field in fields(each[0])} - {"at", "crowd", "scores"}
    found = replace(
        each[0],
        at=np.concatenate([one.at + at for one, at in zip(each, pages.first, strict=True)]),
        crowd=laid("crowd"),
        scores=laid("scores"),
        **{name: np.concatenate([getattr(one, name) for one in each]) for name in names},
    )
    whole = misreadings.APART.join(texts)
    together = misreadings.evidence(whole, found, judge.sources.model, pages)
    assert len(together) > len(texts)
    assert np.array_equal(together, np.concatenate(alone))


WELL_READ = (
    "全市经济工作会议昨天召开，会议要求各地认真贯彻落实中央决策部署，推动经济平稳健康发展。\n" * 6
)
BADLY_READ = WELL_READ.replace("经济", "泾挤").replace("贯彻", "灌沏").replace("部署", "邵暑")


@pytest.mark.parametrize(("page", "asked"), [(WELL_READ, False), (BADLY_READ, True)])
def test_the_network_is_asked_where_a_page_was_read_badly(page: str, *, asked: bool) -> None:
    judge = Judge.shipped()
    sources, trees = judge.of(suspects.flagged(page, judge.sources.model))
    assert (sources.cloze is not None) is asked
    assert (sources.completions is not None) is asked
    assert trees is (judge.trees if asked else judge.plain)


def test_without_the_network_the_same_evidence_has_a_column() -> None:
    judge = Judge.shipped()
    sources, _ = judge.of(suspects.flagged(WELL_READ, judge.sources.model))
    found = suspects.find(BADLY_READ, sources)
    assert not found.fits.any()
    assert misreadings.evidence(BADLY_READ, found, sources.model).shape[1] == len(
        misreadings.FEATURES
    )
