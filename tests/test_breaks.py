"""Joins: what is damage closes, everything else stays as it was set."""

from __future__ import annotations

import json

import pytest

import fixnews
from fixnews import forest
from fixnews.filters import Selection
from fixnews.layout.seams import FEATURES, FOREST
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
        "an unpunctuated column, the heading in it stands alone",
        "昨日午後渡口有客船一艘因載客過多行至中流\n忽遇大風船身傾側乘客驚慌呼救幸即得救無恙\n天氣\n今日晴",
        "昨日午後渡口有客船一艘因載客過多行至中流忽遇大風船身傾側乘客驚慌呼救幸即得救無恙\n天氣\n今日晴",
    ),
    (
        "the last characters of a headline",
        "我市十万农民喜迁\n新居\n\n记者 沈砚秋\n\n本报讯　昨天，第一批搬家的人拿到了钥匙。",
        "我市十万农民喜迁新居\n\n记者 沈砚秋\n\n本报讯　昨天，第一批搬家的人拿到了钥匙。",
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


WRAPPED = {
    "a dateline is cut before its reporter": (
        "　　新华社北京1月13日电⏎（记者沈砚秋）国务院有关负责⏎人今天在这里会见了来访的客人，⏎"
        "双方就共同关心的问题交换了意⏎见。\n　　据介绍，客人还将访问上海和⏎杭州。"
    ),
    "a number that only looks like a list's": (
        "　　在昨天结束的比赛中，德国选手⏎获得第一名，中国队的两名选手分列⏎二、三名，成绩都比去年"
        "有所提高，⏎教练组表示满意。\n　　今天还有四场比赛。"
    ),
    "no closing mark begins a line": (
        "　　老人说，从前这条街上开着七家⏎茶馆，一到晚上，说书的、唱曲的、⏎卖桂花糕的都来了，"
        "热闹得像过年⏎一样。如今只剩下一家，还是熟客在⏎撑着。茶馆的主人姓陆，今年七十一⏎岁，"
        "从父亲手里接过这门生意，算⏎来已经四十五年。\n　　茶馆每天早上五点开门，第一壶⏎茶永远"
        "是给送牛奶的老周留着的。"
    ),
    "a list of reporters in brackets": (
        "　　各地各部门都行动起来，全力做⏎好节日期间的供应，市场上货源充足，⏎价格平稳，群众满意。\n"
        "（本报记者沈砚秋、陆一苇、何青、⏎周慕云、林知夏、段垚桂、邱晓宸、黎⏎棠、郑有根、柳絮）"
    ),
    "indents of em spaces": (
        "\u2003\u2003老人说，从前这条街上开着七家⏎茶馆，一到晚上，说书的和唱曲的都⏎来了，热闹得像过年。\n"
        "\u2003\u2003茶馆的主人姓陆，今年七十一⏎岁，从父亲手里接过这门生意，算⏎来已经四十五年。"
    ),
    "indents of tabs": (
        "\t老人说，从前这条街上开着七家⏎茶馆，一到晚上，说书的和唱曲的都⏎来了，热闹得像过年。\n"
        "\t茶馆的主人姓陆，今年七十一⏎岁，从父亲手里接过这门生意，算⏎来已经四十五年。"
    ),
    "names between commas of enumeration, a line as long as the other": (
        "入选名单公示如下：沈砚秋、陆一苇、⏎何青山、周慕云、林知夏、段垚桂、⏎邱晓宸、黎一棠、郑有根、"
        "柳絮飞、⏎王远强、谢付良等。"
    ),
    "a reporter's name in its bracket": (
        "本报讯（记者 沈砚秋 通讯员⏎陆一苇）新民里菜场将在本月底重新开张，摊位已经装好，"
        "地面做了防滑处理。\n老摊主可以优先回来，租金半年不变，门口还添了四十个停车位。"
    ),
    "a word that never ends a sentence": (
        "大年三十清晨，接到通知的张琪满怀歉意把⏎女儿送到朋友家里，自己赶去社区值班，一直忙到夜里。\n"
        "“书记，我好像有点感冒。”电话那头的老人说，他已经三天没有出门。"
    ),
    "a name that opens the next sentence": (
        "　　老人说，从前这条街上开着七家⏎茶馆，如今只剩下这一家了。陆明远⏎"
        "从父亲手里接过这门生意，算来已经⏎四十五年。"
    ),
    "编者按 inside a sentence": (
        "　　稿子登出来的时候，编辑在前面加⏎了编者按，说这样的茶馆全城已经找⏎不出第二家。"
    ),
    "columns of two widths": (
        "　　老人说，从前这条街上开着七家⏎茶馆，一到晚上，说书的和唱曲的都⏎来了，热闹得像过年，"
        "如今只剩下一⏎家，还是熟客在撑着。\n　　茶馆的主人姓陆。\n\n"
        "　　新民里菜场将在本⏎月底重新开张，一百一⏎十六个摊位已经装好，⏎地面做了防滑处理，门⏎口"
        "还添了四十个停车⏎位。\n　　老摊主优先回来。"
    ),
}


@pytest.mark.parametrize("page", WRAPPED.values(), ids=WRAPPED)
def test_printed_lines(page: str) -> None:
    """Where ⏎ stands, the page has a break that is damage."""
    assert fixed(page.replace("⏎", "\n")) == page.replace("⏎", "")


FOLIO = (
    "改造后的菜场增加了四十个停车位，地面全部做了防滑处理，摊主们商量着把开市的\n\n"
    "第3版 民生 责任编辑：沈砚秋\n\n时间提前到早上五点半，让赶早班车的人也能买到热豆浆。\n\n"
    "老摊主可以优先回来，租金半年不变。"
)


class TestAFolioLineInsideASentence:
    def test_goes_behind_its_paragraph(self) -> None:
        one, folio, two, three = FOLIO.split("\n\n")
        assert fixed(FOLIO) == "\n\n".join((one + two, folio, three))

    def test_is_one_correction_to_accept_or_reject(self) -> None:
        codes = {c.code for c in fixnews.fix(FOLIO, selection=ONLY_BREAKS).corrections}
        assert codes == {"BRK105"}

    def test_between_two_finished_paragraphs_stays(self) -> None:
        page = FOLIO.replace("摊主们商量着把开市的", "摊主们商量着新的开市时间。").replace(
            "时间提前到早上", "门口的早市从早上"
        )
        assert fixed(page) == page


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
    (
        "verse",
        "渡口的雾还没有散，\n船工已经解开了缆绳。\n对岸的灯一盏一盏暗下去，\n新的一天从水上开始。",
    ),
    (
        "a list of names",
        "沈砚秋 陆一苇 何青 柳絮\n黎棠 郑有根 周慕云 林知夏\n王强 谢付良 段垚桂 邱晓宸",
    ),
    ("rows of figures", "大米 2.85 2.90\n面粉 3.10 3.05\n鸡蛋 9.80 9.60\n猪肉 25.50 26.00"),
    ("numbers of a list", "三、\n服务措施\n四、\n监督办法"),
    ("an interview", "问：新民里菜场什么时候开张？\n答：月底。摊位都装好了，\n问：租金会不会涨？"),
    (
        "a headline in two phrases over its story",
        "市政府召开常务会议\n研究老旧街区更新工作\n\n本报讯 昨天上午，市政府召开常务会议。",
    ),
    (
        "a caption with its source is finished, whatever follows",
        "新人在湖邊合影。圖／江城日報資料照\n多年老店今天重新開張，吸引不少民眾到場。",
    ),
    (
        "a subhead behind a full last line",
        (
            "　　老人说，从前这条街上开着七家茶馆，如今只剩下一家还开门迎客。\n四十五年的老茶壶\n"
            "　　茶馆的主人姓陆，今年七十一岁了。"
        ),
    ),
    (
        "signed behind the last stop",
        (
            "菜场月底重新开张，摊位比去年多了一半，租金半年不变。　何青\n渡口夜航班次增加\n"
            "管理处昨天公布了新的时刻表，末班船延长到夜里十一点。"
        ),
    ),
    (
        "a black square ends the story",
        (
            "菜场月底重新开张，摊位比去年多了一半，租金半年不变。■\n渡口夜航班次增加\n"
            "管理处昨天公布了新的时刻表，末班船延长到夜里十一点。"
        ),
    ),
    (
        "a name on a line of its own",
        "菜场月底重新开张，摊位比去年多了一半，租金半年不变。\n何青\n渡口夜航班次增加",
    ),
    (
        "stops in their vertical form",
        "菜场月底重新开张︐攤位比去年多了一半︒\n渡口夜航班次增加\n管理處昨天公佈了新的時刻表︒",
    ),
    (
        "a label above its note",
        "本报记者 何青\n编者按\n从货轮林立到杂草丛生，再到游人如织，江州的老码头有了新的用处。",
    ),
    (
        "what is said after 说：",
        "他擦了擦手，抬起头来看着窗外的江水说道：\n“今年的船票又涨了。”\n没有人回答他。",
    ),
    (
        "a speaker who has spoken before",
        (
            "主席：现在开会。\n林委員等七人提案：陳大同王小梅李四維\n主席：請問有無異議？\n（無）\n"
            "主席：通過。"
        ),
    ),
    ("a headline that leads up to the next", "这里的账本人人能看——\n顺江县乡村财务公开见闻"),
    (
        "lines that carry their numbers",
        "1 渡口的雾还没有散，船\n2 工已经解开了缆绳，对\n3 岸还黑着。",
    ),
    ("text read character by character", "渡\n口\n的\n雾\n散\n了"),
    ("contents with leaders", "目　录\n菜场搬回老街………………2\n渡口夜航………………11"),
    ("columns abreast", "渡口的雾还没有散，船工　　菜场的灯先亮了起来，摊\n" * 3),
    ("two finished paragraphs", "今年新建公园二十六处。\n\n选址之前，园林部门征集了意见。"),
    ("no Han, no news", "The quick brown fox\n\njumps over the lazy dog"),
]


@pytest.mark.parametrize("page", [k[1] for k in KEPT], ids=[k[0] for k in KEPT])
def test_kept(page: str) -> None:
    assert fixed(page) == page


@pytest.mark.parametrize("headline", ["全市部分企业优待军嫂", "燕赵都市网张家口电"])
@pytest.mark.parametrize(
    "left",
    [
        "只要找准自己的定位，早签约、早启动，",
        "事故发生在本市境内的高速公路上，当车辆行至隧道口时，",
    ],
)
def test_a_headline_behind_an_open_sentence_is_not_glued_to_it(left: str, headline: str) -> None:
    """Where columns were read out of order, what is left open goes on elsewhere."""
    page = (
        "今年以来，全市基层党建辨\n\n识度、显示度不断提高，各乡镇的工作有了新的起\n\n色。\n\n"
        "今年春天，港口扩建工程按计划推进，市领导和建设单位代表三百余人参加了开工仪\n"
        f"式。{left}\n\n{headline}\n\n"
        "本报讯 记者从有关部门获悉，全市有二十家企业将在本月底举行招聘会，提供岗位三千个。\n"
    )
    assert headline in fixed(page).split("\n")


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
    trees = forest.load(FOREST)
    asked = {column.number for column in trees.columns}
    asked.update(n for table in trees.together for n in table.numbers.tolist())
    assert max(asked) < len(FEATURES)


def test_a_missing_forest_is_an_error() -> None:
    with pytest.raises(fixnews.FixnewsError, match="the trained forest is missing"):
        forest.load(FOREST.with_name("nowhere.npz"))
