"""What is no running prose: where it is found, what it is called, and that nothing touches it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixnews
from fixnews.filters import CHAIN
from fixnews.islands import ANYWHERE, Chart, Island, Kind, Memory, survey

K = Kind

FOUND = [
    # the sign of a number is part of it
    ("油温<180度，气压>1.2个", "<180", K.FORMULA),
    ("每股收于$3.75，涨幅±2%", "$3.75", K.NUMBER),
    ("每股收于$3.75，涨幅±2%", "±2%", K.FORMULA),
    ("去年人口1,204,300人", "1,204,300", K.NUMBER),
    ("尾号为136****0917的市民", "136****0917", K.NUMBER),
    ("他以9'58\"夺冠", "9'58\"", K.NUMBER),
    ("全长４２．１９５公里", "４２．１９５", K.NUMBER),
    ("物价上涨二‧四％", "‧", K.NUMBER),
    ("降价百分之十．五", "．", K.NUMBER),
    ("定于十=月六日举行", "=", K.NUMBER),
    ("第+届运动会", "+", K.NUMBER),
    ("'90年代的厂房", "'", K.NUMBER),
    # codes and formulas
    ("*ST银河昨日停牌", "*", K.LABEL),
    ("执行GB/T19001-2016标准", "GB/T19001-2016", K.LABEL),
    ("送到R&D中心", "R&D", K.LABEL),
    ("求g(x)=2x^2+1的最小值", "g(x)=2x^2+1", K.FORMULA),
    ("在区间[0,+∞)上递增", "0,+∞", K.FORMULA),
    ("展开(m+n)(m-n)即可", "(m+n)(m-n)", K.FORMULA),
    ("报名->体检->录取", "->", K.FORMULA),
    ("比例按A:B=2:3", "A:B=2:3", K.FORMULA),
    # markup
    ("见<b>通知</b>。", "<b>", K.TAG),
    ('<img src="a.jpg" alt="桥头">', '<img src="a.jpg" alt="桥头">', K.TAG),
    ("收入&gt;支出", "&gt;", K.ENTITY),
    ("公式$a_1+\\alpha$成立", "$a_1+\\alpha$", K.LATEX),
    ("用`make test`检查", "`make test`", K.CODE),
    ("见[公告](https://a.cn/b(1).html)", "[公告](https://a.cn/b(1).html)", K.MARKDOWN),
    ("寄到ed-2@paper.example.cn即可", "ed-2@paper.example.cn", K.ADDRESS),
    ("存在D:\\稿件\\头版，请查收", "D:\\稿件\\头版", K.ADDRESS),
    ("打开/etc/hosts.conf看", "/etc/hosts.conf", K.ADDRESS),
    # faces, rows, other languages
    ("终于放假了^_^，走吧", "^_^", K.EMOTICON),
    ("碑上只余“□□□□”四字", "□□□□", K.ORNAMENT),
    ("======", "======", K.ORNAMENT),
    ("门上写着“Guten Morgen, Freunde!”", "Guten Morgen, Freunde!", K.FOREIGN),
    ("“C'est fini.”他说", "C'est fini.", K.FOREIGN),
    # names
    ("A.A.米尔恩的童话", "A.A.", K.NAME),
    ("《汉书•食货志》记载", "•", K.NAME),
    ("水调歌头．中秋", "．", K.NAME),
    ("获奖者：于海燕　丁一鸣　马文静", "于海燕　丁一鸣　马文静", K.ROLL),
    ("代表王海燕、李文静、张一鸣到会", "王海燕、李文静、张一鸣", K.ROLL),
    ("推广节电、节油、节膜的办法", "节电、节油、节膜", K.LIST),
    ("要'少填表'也要'多跑腿'", "'", K.QUOTE),
    ("主任李?表示，会议延期", "?", K.GAP),
    ("厂房搬到城?，占地百亩", "?", K.GAP),
    ("村民周〓说", "〓", K.GAP),
    ("记者 甲乙 | 编辑 丙丁", " | ", K.SEPARATOR),
    # lines that stand as lines
    ("议程：\n●听汇报\n●选理事", "\n●", K.LIST),
    ("目录\n老桥新貌………3\n", "\n老桥新貌………3\n", K.LIST),
    ("| 区 | 户 |\n| --- | --- |\n", "| 区 | 户 |\n| --- | --- |\n", K.TABLE),
    ("品名\t单价\n米\t2\n", "品名\t单价\n米\t2\n", K.TABLE),
    ("队名,胜,负\n东队,3,1\n西队,1,3", "队名,胜,负\n东队,3,1\n西队,1,3", K.TABLE),
    ("<p>一段</p>\n<p>二段</p>", "</p>\n", K.TAG),
    ("```\nx = 1\n```\n", "```\nx = 1\n```\n", K.CODE),
]


@pytest.mark.parametrize(("page", "stretch", "kind"), FOUND)
def test_what_is_no_prose_is_found(page: str, stretch: str, kind: Kind) -> None:
    found = [(page[i.start : i.end], i.kind) for i in survey(page).islands]
    assert any(stretch in text and told is kind for text, told in found), found


PROSE = [
    ("喜迎盛会,奋进新程;大家说:好!", "half-width marks are marks"),
    ("他说*“走吧”·然后~离开", "signs between characters may be dust"),
    ("深入车间．深入田头．深入学校", "dots part the members of a list"),
    ("北京'上海'天津'重庆", "an odd number of strokes quotes nothing"),
    ("你知道吗?我不知道。他怎么走了?谁说的", "a question ends with it"),
    ("园区--时尚中心...封顶", "a dash and an ellipsis in pieces"),
    ("找问题··党员──", "two dots, two strokes: marks in pieces"),
    ("昨天，他去了上海。\n今天，他回来了。", "prose in two lines"),
]


@pytest.mark.parametrize(("page", "reason"), PROSE)
def test_running_prose_is_no_island(page: str, reason: str) -> None:
    assert not survey(page).islands, reason


def test_stars_are_markup_on_a_page_of_markdown_only() -> None:
    starred = "门票*免费*开放。\n"
    assert not survey(starred).islands
    page = survey(f"# 公园\n\n{starred}\n- 增设座椅\n")
    assert [i.kind for i in page.islands].count(Kind.MARKDOWN) >= 2


UNTOUCHED = [
    "含铅量<0.05毫克，酸碱度>7，售价$2.50。\n",
    "今年首季年增率為六‧二五％，次季為五‧一％。\n",
    "申请流程：填表->初审->公示->发证。\n",
    "◆◆◆◆各地要闻◆◆◆◆\n",
    '<div id="main">\n<h2>本地新闻</h2>\n<ul><li>公园免票</li></ul>\n</div>\n',
    "编号\t雨量\n001\t35.2\n002\t41.8\n",
    "由$\\beta<\\gamma$得$f(\\beta)\\le f(\\gamma)$。\n",
    "网友写道：“又加班T_T，救命>_<”\n",
]


@pytest.mark.parametrize("page", UNTOUCHED)
def test_nothing_is_changed_where_signs_mean_something(page: str) -> None:
    assert fixnews.fix(page).text == page


def test_what_is_spared_is_told() -> None:
    page = "含铅量<0.05毫克，酸碱度>7，售价$2.50。\n"
    for note in fixnews.fix(page).spared:
        assert not note.applied
        assert note.safety == "note"
        assert "not changed to" in note.message
        assert page[note.start : note.end] == note.before


def test_every_rule_says_what_it_may_touch() -> None:
    rules = [rule for link in CHAIN for rule in link.rules]
    assert all(rule.touches <= ANYWHERE for rule in rules)
    assert any(not rule.touches for rule in rules)


spans = st.tuples(st.integers(0, 30), st.integers(0, 8))
kinds = st.sampled_from([Kind.NUMBER, Kind.LIST])
islands = st.lists(
    st.builds(lambda s, kind: Island(s[0], s[0] + s[1] + 1, kind), spans, kinds), max_size=8
)


@given(islands, spans)
def test_a_chart_finds_what_a_change_touches(found: list[Island], span: tuple[int, int]) -> None:
    start, end = span[0], span[0] + span[1]
    if start == end:
        meant = {i.kind for i in found if i.start < start < i.end}
    else:
        meant = {i.kind for i in found if i.start < end and i.end > start}
    assert set(Chart.of(found).touched(start, end)) == meant


PIECES = st.sampled_from([page for page, *_ in FOUND] + [page for page, _ in PROSE] + ["\n", "\f"])


@given(st.lists(PIECES, max_size=6), st.lists(PIECES, max_size=6))
def test_memory_changes_no_answer(first: list[str], second: list[str]) -> None:
    memory = Memory()
    for page in ("\n".join(first), "".join(second), "".join(first + second)):
        assert memory.chart(page) == survey(page)


@given(st.text(max_size=200))
def test_islands_lie_inside_the_page(page: str) -> None:
    chart = survey(page)
    assert all(0 <= i.start <= i.end <= len(page) for i in chart.islands)
