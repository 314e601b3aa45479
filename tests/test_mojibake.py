"""Mojibake goes back to what it was; clean text of any script is not touched."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixnews
from fixnews.filters import Selection, mojibake
from fixnews.pipeline import threshold
from fixnews.source import LOST, Source

SIMPLIFIED = "全市经济形势稳定，人民生活改善。"
TRADITIONAL = "全市經濟形勢穩定，人民生活改善。"


def mended(text: str, rules: str = "MOJ", *, unsafe: bool = False) -> str:
    selection = Selection(select=(rules,))
    return fixnews.fix(text, selection=selection, decide=threshold(unsafe=unsafe)).text


@given(st.text("经济，a \xa0缁忔\uac00\ud55c\n\r", max_size=12))
def test_the_gate_opens_where_one_look_at_all_of_a_page_finds_it(text: str) -> None:
    every = [found.span() for found in mojibake._gate().finditer(text)]
    assert [found.span() for found in mojibake._opened(text)] == every


def gone(text: str, true: str, wrong: str) -> list[bool]:
    """For each character whether the wrong encoding lost a byte of it."""
    data, lost = text.encode(true), set[int]()
    at = 0
    while at < len(data):
        try:
            data[at:].decode(wrong)
            break
        except UnicodeDecodeError as error:
            lost.update(range(at + error.start, at + error.end))
            at += error.end
    ends = [0, *accumulate(len(c.encode(true)) for c in text)]
    return [not lost.isdisjoint(range(a, b)) for a, b in pairwise(ends)]


def as_browsers_read(data: bytes, codec: str) -> str:
    """One U+FFFD for two bytes that are no character, unless the second is of ASCII."""
    out, at = "", 0
    while at < len(data):
        pair = data[at : at + (1 if data[at] < 0x80 else 2)]
        text = pair.decode(codec, "ignore")
        good = len(text) == 1 and text.encode(codec) == pair
        out += text if good else LOST
        at += len(pair) if good or pair[-1] > 0x7F else 1
    return out


def holed(text: str) -> str:
    """The text with one mark for holes that stand together."""
    return re.sub(f"{LOST}+", LOST, text)


REVERSIBLE = [
    (true, wrong)
    for true in ("utf-8", "gbk", "big5")
    for wrong in ("latin-1", "cp437", "mac_roman")
]


class TestMojibake:
    @pytest.mark.parametrize(("true", "wrong"), REVERSIBLE)
    @pytest.mark.parametrize("length", [8, 16])
    def test_comes_back_where_every_byte_survives(self, true: str, wrong: str, length: int) -> None:
        text = (TRADITIONAL if true == "big5" else SIMPLIFIED)[:length]
        assert mended(text.encode(true).decode(wrong)) == text

    @pytest.mark.parametrize(
        ("hurt", "text"),
        [
            ("浜烘皯鏃ユ姤", "人民日报"),
            ("ÈËÃñÈÕ±¨", "人民日报"),
            ("äººæ°‘æ—¥æŠ¥", "人民日报"),
            ("竒蕾墩铆﹚", "經濟勢穩定"),
            ("冪撳倛岊恛隅", "经济形势稳定"),
        ],
    )
    def test_as_people_meet_it(self, hurt: str, text: str) -> None:
        assert mended(hurt) == text

    @pytest.mark.parametrize("wrong", ["cp1250", "cp1254", "iso8859-15", "cp850"])
    @pytest.mark.parametrize("true", ["gbk", "big5"])
    def test_code_pages_beside_latin_1(self, true: str, wrong: str) -> None:
        text = TRADITIONAL if true == "big5" else SIMPLIFIED
        hurt = text.encode(true).decode(wrong, "ignore")
        if hurt.encode(wrong) == text.encode(true):
            assert mended(hurt) == text
        else:
            assert mended(hurt) != hurt

    @pytest.mark.parametrize("at", [7, 12, 20])
    @pytest.mark.parametrize(
        ("true", "wrong"), [("utf-8", "latin-1"), ("utf-8", "cp437"), ("gbk", "latin-1")]
    )
    def test_a_character_that_went_without_a_trace_costs_one_hole(
        self, true: str, wrong: str, at: int
    ) -> None:
        hurt = (SIMPLIFIED * 2).encode(true).decode(wrong)
        text = mended(hurt[:at] + hurt[at + 1 :])
        assert text.count(LOST) == 1
        lost = at // (3 if true == "utf-8" else 2)
        assert text == (SIMPLIFIED * 2)[:lost] + LOST + (SIMPLIFIED * 2)[lost + 1 :]

    def test_hurt_twice(self) -> None:
        once = SIMPLIFIED.encode().decode("latin-1")
        assert mended(once.encode().decode("latin-1")) == SIMPLIFIED

    def test_once_where_twice_would_read_well_too(self) -> None:
        text = "公、伯伯、叔叔、"
        assert mended(text.encode("gbk").decode("big5")) == text

    def test_control_characters_are_the_bytes_that_cp1252_leaves_out(self) -> None:
        text = "经济形势"
        hurt = "".join(
            bytes([b]).decode("cp1252") if b not in b"\x81\x8d\x8f\x90\x9d" else chr(b)
            for b in text.encode()
        )
        assert mended(hurt) == text

    def test_a_lost_byte_leaves_a_hole(self) -> None:
        hurt = "经济形势稳定发展。".encode().decode("gbk", "replace")
        assert mended(hurt) == "经济形势稳定发展" + LOST

    def test_a_question_mark_that_windows_left_is_a_hole(self) -> None:
        hurt = "经济形势稳定发展。".encode().decode("gbk", "replace").replace(LOST, "?")
        assert mended(hurt) == "经济形势稳定发展" + LOST

    @pytest.mark.parametrize(
        ("true", "wrong"),
        [
            *(("utf-8", wrong) for wrong in ("gbk", "big5", "cp932", "cp949", "cp1252")),
            *(("gbk", wrong) for wrong in ("big5", "cp932", "cp949")),
            *(("big5", wrong) for wrong in ("gbk", "cp932", "cp949")),
        ],
    )
    def test_what_bytes_are_left_comes_back_and_no_more(self, true: str, wrong: str) -> None:
        text = TRADITIONAL if true == "big5" else SIMPLIFIED
        assert holed(mended(text.encode(true).decode(wrong, "replace"))) == holed(
            "".join(
                LOST if lost else c for c, lost in zip(text, gone(text, true, wrong), strict=True)
            )
        )

    def test_one_of_two_codes_for_a_character_is_chosen_by_the_news(self) -> None:
        text = "这是地区国家的大事。"
        hurt = text.encode("gbk").decode("cp932")
        assert hurt.encode("cp932") != text.encode("gbk")
        assert mended(hurt) == text

    @pytest.mark.parametrize(
        ("true", "wrong", "left"),
        [
            ("gbk", "big5", f"{LOST}市经济形势稳定，{LOST}民生活改善。"),
            ("gbk", "cp949", f"全市经济形势稳定，人民{LOST}活改{LOST}。"),
            ("big5", "gbk", f"{LOST}市經濟{LOST}勢穩定{LOST}民生{LOST}改善{LOST}"),
            ("utf-8", "cp949", f"{LOST}市经济形势稳定，人民生活改{LOST}"),
        ],
    )
    def test_a_mark_may_stand_for_two_bytes(self, true: str, wrong: str, left: str) -> None:
        text = TRADITIONAL if true == "big5" else SIMPLIFIED
        assert holed(mended(as_browsers_read(text.encode(true), wrong))) == left

    def test_only_the_lines_that_are_hurt(self) -> None:
        lines = [SIMPLIFIED, SIMPLIFIED.encode("gbk").decode("latin-1"), TRADITIONAL]
        assert mended("\r\n".join(lines)) == "\r\n".join([SIMPLIFIED, SIMPLIFIED, TRADITIONAL])

    @pytest.mark.parametrize("around", ["“{}”", "‘{}’", "——{}——", "“{}", "{}……", "·{}·"])
    def test_clean_marks_around_it_stay(self, around: str) -> None:
        for true, wrong in (("utf-8", "latin-1"), ("gbk", "latin-1"), ("utf-8", "gbk")):
            hurt = "人民日报".encode(true).decode(wrong)
            assert mended(f"据{around.format(hurt)}报道") == f"据{around.format('人民日报')}报道"

    def test_only_the_stretch_that_is_hurt(self) -> None:
        hurt = "人民日报".encode().decode("latin-1")
        assert mended(f"据{hurt}报道，“{hurt}”") == "据人民日报报道，“人民日报”"

    def test_the_report_names_the_way(self) -> None:
        hurt = SIMPLIFIED.encode("gbk").decode("latin-1")
        (correction,) = fixnews.fix(hurt, selection=Selection(select=("MOJ",))).corrections
        assert (correction.code, correction.safety) == ("MOJ101", "safe")
        assert correction.message == "gb18030 read as cp1252"

    def test_what_is_beyond_repair_is_counted(self) -> None:
        result = fixnews.fix("全市锟斤拷锟斤拷会议ï¿½召开。", selection=Selection(("MOJ",)))
        assert [(c.code, c.before, c.message.split()[0]) for c in result.corrections] == [
            ("MOJ103", "锟斤拷锟斤拷", "4"),
            ("MOJ103", "ï¿½", "1"),
        ]


CLEAN = [
    SIMPLIFIED,
    TRADITIONAL,
    "老人哆哆嗦嗦地卷起袖子，咯吱咯吱地踩着雪。",
    "囍，龘，饕餮，耄耋，魑魅魍魉，龃龉，觊觎。",
    "巴基斯坦网友@Sikandar\xa0Abrar说：“café、naïve、Müller。”",
    "Ąż ćma, Ðà Þing, straße, ¿qué?, «oui», señor",
    "市議会は昨日、来年度の予算案について話し合うために開かれました。",
    "読み込み専用ファイルへの書き込みを巻き戻す。",
    "시의회는 어제 내년도 예산안을 논의하기 위해 회의를 열었다. 大韓民國 國會",
    "Городской совет собрался вчера. Η πόλη. 1×2÷3±4°C §5 ©2020",
    "┌──┬──┐│经济│稳定│└──┴──┘ ■●◆ ①②③ ⅠⅡⅢ ㈠㈡",
    "“‘……’”——《》〈〉【】〔〕·％℃㎡",
    "捅洘",
    "symbole «\xa0%s\xa0» non défini, la valeur par défaut est «\xa0full\xa0»",
    "––Langer Name––",
    "Échec de «\xa0iconv()\xa0»",
    "\ufffd\ufffd의회는 \ufffd제 내\ufffd도 예산\ufffd을 논의하\ufffd 위해 회\ufffd를 열었다.",
    "市議\ufffdは昨日、\ufffd年度の予算案に\ufffdいて話し\ufffd\ufffdために開かれ\ufffdした。",
    "全市\ufffd\ufffd形势稳\ufffd，人民生\ufffd改善，“囍”龘\ufffd饕餮。",
    "王勇勾\xa0\xa0犇图\xa0\xa0羽\xa0\xa0生文",
    " " * 25 + "체크포인트 방법",
    "체크포인트 시작:%s%s%s%s%s%s%s%s",
    " " * 26 + "のみをたどる",
]


RULED_OUT = [
    ("铿锵有力，蚯蚓蟋蟀", "rare words: their bytes say nothing in another encoding"),
    ("酩馏酒厂的吕有金", "a rare character beside common ones"),
    ("玫瑰，叔叔，喇叭", "two characters gain too little, whatever they may have been"),
    ("马克·范·兰斯特说：“好吗？”", "marks of Chinese are no letters of another script"),
]


@pytest.mark.parametrize(("text", "why"), RULED_OUT)
def test_what_cannot_be_mojibake_is_not_weighed(
    text: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("fixnews.encoding.frequency.load")
    assert mended(text, "MOJ1") == text, why


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_is_not_touched(text: str) -> None:
    assert mended(text, "MOJ1") == text


OTHER_REGISTERS = [
    ("蒹葭萋萋，白露未晞。", "the Odes: rare characters, each of them at home there"),
    ("螽斯羽，揖揖兮。宜尔子孙，蛰蛰兮。", "words doubled, one witness each"),
    ("煙冪冪，日遲遲。惆悵詩，寂寞閒。", "lyrics in traditional characters"),
    ("忽剌剌两面旗舒，扑咚咚羯鼓间琵琶。", "the drama of the Yuan"),
    ("仄仄平平仄仄平，平平仄仄仄平平。", "a pattern of tones"),
    ("“嗨嗨嗨，哎哟哎哟，咿呀咿呀！”", "speech and song"),
    ("嘻嘻嘻嘻。喔喔喔！叽叽喳喳，叮叮咚咚。", "sounds"),
    ("係咪㗎？佢哋嚟咗嘞，喺嗰度傾偈囉噃。", "Cantonese"),
]


@pytest.mark.parametrize(("text", "why"), OTHER_REGISTERS)
def test_chinese_of_any_register_is_chinese(text: str, why: str) -> None:
    assert mended(text, "MOJ1") == text, why


@pytest.mark.parametrize("sign", "□■◆◇★☆○●◎△▲▽▼※§＊＃×÷＝－～…—·•→〓々〇①㈠ⅠΔ℃♪卍囧")
@pytest.mark.parametrize("many", [2, 3, 4, 6, 9, 14])
def test_a_row_of_one_sign_is_a_row(sign: str, many: int) -> None:
    row = sign * many
    page = f"{row}\n{row}简讯{row}\n碑文：“{row}年重修{row}”。\n{row}，{row}。\n"
    assert mended(page, "MOJ1") == page


@pytest.mark.parametrize("repeated", ["唉", "呵", "咚", "呸", "稱", "囉", "巉巉嶷嶷", "恍兮惚兮"])
def test_what_repeats_is_one_witness(repeated: str) -> None:
    page = f"“{repeated * 3}，{repeated * 2}！”\n{repeated * 6}\n"
    assert mended(page, "MOJ1") == page


@pytest.mark.parametrize(
    ("hurt", "text"),
    [
        ("⽅⾯⼤⼒⻓⻔⻄⻢⻥⻰", "方面大力长门西马鱼龙"),
        ("\uf90a\uf9b4", "金領"),
        ("经济\u200b形势\u200d稳定\u2060。", "经济形势稳定。"),
        ("头版\n\ufeff二版", "头版\n二版"),
        ("经济\u00ad形势", "经济形势"),
    ],
)
def test_what_nobody_sees_goes(hurt: str, text: str) -> None:
    assert mended(hurt) == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("👩\u200d👩\u200d👧", "the joiner makes one picture of three"),
        ("نمی\u200cخواهم", "the non-joiner is spelling"),
        ("co\u00adoperation", "a Latin word may be broken there"),
        ("⺡⺮", "components are not characters, except where they are: ⺮ is 竹"),
    ],
)
def test_what_has_a_meaning_stays(text: str, why: str) -> None:
    assert mended(text) == text.replace("⺮", "竹"), why


def test_nuls_are_only_offered() -> None:
    assert mended("经济\0\0\0") == "经济\0\0\0"
    assert mended("经济\0\0\0", unsafe=True) == "经济"


def test_private_use_is_counted_and_stays() -> None:
    result = fixnews.fix("王\ue5cf\ue5cf报道", selection=Selection(select=("MOJ206",)))
    assert [c.message for c in result.corrections] == ["2 for private use: U+E5CF"]


hurt_lines = st.tuples(
    st.sampled_from([SIMPLIFIED, TRADITIONAL, "人民日报", "本报讯"]),
    st.sampled_from(["utf-8", "gbk", "cp950"]),
    st.sampled_from(["latin-1", "cp1252", "gbk", "big5", "cp437", "cp949"]),
).map(lambda t: t[0].encode(t[1], "ignore").decode(t[2], "replace"))


@given(st.lists(hurt_lines | st.text(max_size=20), max_size=4).map("\n".join))
def test_a_second_run_changes_nothing_and_the_report_is_the_output(page: str) -> None:
    source = Source("A1", page)
    result = fixnews.fix(source, selection=Selection(select=("MOJ",)))
    assert mended(result.text) == result.text
    assert fixnews.replay([source], result.corrections) == (result.text,)
