"""Bytes to page and back: every encoding of Chinese, short texts, damage, mixtures, others."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import fixnews
from fixnews.encoding import big5, encode
from fixnews.errors import DecodeError, EncodeError, FixnewsError
from fixnews.filters import Selection
from fixnews.source import LOST

SIMPLIFIED = (
    "本报讯（记者王强）昨天，全市经济工作会议召开，强调稳定发展。\n人民生活改善，市场繁荣。\n"
)
TRADITIONAL = (
    "本報訊（記者王強）昨天，全市經濟工作會議召開，強調穩定發展。\n人民生活改善，市場繁榮。\n"
)
ENGLISH = "The city council met yesterday and spoke about the market, prices and housing. " * 40

READ_AS = [
    ("utf-8", SIMPLIFIED, "utf-8"),
    ("utf-8-sig", SIMPLIFIED, "utf-8"),
    ("gb2312", SIMPLIFIED, "gb18030"),
    ("gbk", SIMPLIFIED, "gb18030"),
    ("gbk", TRADITIONAL, "gb18030"),
    ("gb18030", SIMPLIFIED + "𠮷", "gb18030"),
    ("hz", SIMPLIFIED, "hz"),
    ("big5", TRADITIONAL, "big5"),
    ("cp950", TRADITIONAL + "碁", "big5"),
    ("big5hkscs", TRADITIONAL + "啲嘢", "big5"),
    ("utf-16", SIMPLIFIED, "utf-16-le"),
    ("utf-16-le", SIMPLIFIED, "utf-16-le"),
    ("utf-16-be", TRADITIONAL, "utf-16-be"),
    ("utf-32-le", SIMPLIFIED, "utf-32-le"),
    ("utf-32-be", SIMPLIFIED, "utf-32-be"),
]


class TestEncodings:
    @pytest.mark.parametrize(("codec", "text", "name"), READ_AS)
    def test_is_read_and_written_back(self, codec: str, text: str, name: str) -> None:
        data = text.encode(codec)
        page = fixnews.decode(data)
        assert (page.text, page.encoding, page.passages) == (text, name, ())
        assert encode(page.text, page) == data
        assert encode(page.text + "完", page) == (text + "完").encode(codec)

    @pytest.mark.parametrize("text", ["经济", "的", "，记者", "市委", "昨天3"])
    def test_two_characters_of_gbk(self, text: str) -> None:
        assert fixnews.decode(text.encode("gbk")).text == text

    @pytest.mark.parametrize("text", ["經濟", "，記者", "臺灣", "昨天3"])
    def test_two_characters_of_big5(self, text: str) -> None:
        assert fixnews.decode(text.encode("big5")).text == text

    def test_two_characters_of_gbk_that_are_valid_utf8(self) -> None:
        data = "胜利".encode("gbk")[:2] + "要".encode("gbk")
        assert data.decode("utf-8", "strict")
        assert fixnews.decode(data).text == data.decode("gbk")

    @pytest.mark.parametrize(("codec", "words"), [("gbk", "经济"), ("big5", "經濟")])
    def test_one_chinese_word_in_a_page_of_english(self, codec: str, words: str) -> None:
        text = ENGLISH + words + " " + ENGLISH
        assert fixnews.decode(text.encode(codec)).text == text

    def test_chinese_after_300_kb_of_ascii(self) -> None:
        text = "ascii only\n" * 30_000 + SIMPLIFIED
        assert fixnews.decode(text.encode("gbk")).text == text

    def test_the_report_has_confidence_runner_up_and_reason(self) -> None:
        page = fixnews.decode(SIMPLIFIED.encode("gbk"))
        assert page.confidence > 0.999
        assert page.runner_up
        assert "Chinese news" in page.reason

    def test_undecided_is_an_error_that_shows_the_candidates(self) -> None:
        with pytest.raises(DecodeError) as error:
            fixnews.decode(UNDECIDED)
        assert "gb18030 reads" in str(error.value)
        assert "big5 reads" in str(error.value)
        assert "--encoding" in str(error.value)
        assert fixnews.decode(UNDECIDED, encoding="big5").encoding == "big5"

    def test_an_unknown_encoding_is_an_error(self) -> None:
        with pytest.raises(DecodeError, match="unknown encoding 'utf-9'"):
            fixnews.decode(b"", encoding="utf-9")

    def test_the_wrong_encoding_demanded_is_an_error(self) -> None:
        with pytest.raises(DecodeError, match="not utf-8"):
            fixnews.decode(SIMPLIFIED.encode("gbk"), encoding="utf-8")


UNDECIDED = "墓葬".encode("big5")


class TestBig5:
    @pytest.mark.parametrize(
        ("data", "text"),
        [
            (b"\xa1\x45", "‧"),
            (b"\xa1\xe3", "～"),
            (b"\xa2\x41\xa1\xfe", "∕／"),
            (b"\xa2\x44", "￥"),
            (b"\xf9\xd6", "碁"),
            (b"\xc6\xa1", "①"),
            (b"\xa3\xe1", "€"),
            (b"\xb4\xa2A", "揣A"),
        ],
    )
    def test_each_code_is_what_the_web_reads(self, data: bytes, text: str) -> None:
        assert big5.decode(data) == text
        assert big5.encode(text) == data

    def test_what_is_written_is_read_back(self) -> None:
        for character in map(chr, range(0x20, 0xFFFF)):
            try:
                data = big5.encode(character)
            except UnicodeEncodeError:
                continue
            assert big5.decode(data) == character

    def test_an_error_counts_in_the_bytes_given(self) -> None:
        with pytest.raises(UnicodeDecodeError) as error:
            big5.decode(b"\xa3\xe1A\xff\xff")
        assert error.value.start == 3


GBK = SIMPLIFIED.encode("gbk")


class TestDamage:
    @pytest.mark.parametrize("codec", ["gbk", "big5", "utf-8"])
    def test_a_tail_cut_inside_a_character(self, codec: str) -> None:
        text = (TRADITIONAL if codec == "big5" else SIMPLIFIED) * 3 + "完"
        page = fixnews.decode(text.encode(codec)[:-1])
        assert page.text == text[:-1] + LOST
        (lost,) = page.passages
        assert (lost.end, lost.last) == (len(page.text), len(text.encode(codec)) - 1)

    def test_a_line_break_is_no_part_of_a_cut_tail(self) -> None:
        assert fixnews.decode(GBK + b"\xd5\xff\n").text == f"{SIMPLIFIED}{LOST}\n"

    def test_one_bad_byte_costs_one_character(self) -> None:
        at = len("本报讯（记者".encode("gbk"))
        page = fixnews.decode(GBK[:at] + b"\xff" + GBK[at:])
        assert page.text == SIMPLIFIED.replace("记者", "记者" + LOST)
        assert page.passages[0][2:] == (at, at + 1, "")

    def test_a_missing_byte_costs_one_character(self) -> None:
        at = len("本报讯（记".encode("gbk"))
        page = fixnews.decode(GBK[:at] + GBK[at + 1 :])
        assert page.text == SIMPLIFIED.replace("者", LOST)

    @pytest.mark.parametrize("rare", ["枞阳县", "马瓞", "哐啷啷一声", "@Dr2020年"])
    def test_a_bad_byte_takes_no_rare_character_along(self, rare: str) -> None:
        page = fixnews.decode(GBK + rare.encode("gbk") + "记者".encode("gbk")[:-1] + b"\xff\n")
        assert page.text == f"{SIMPLIFIED}{rare}记{LOST}\n"

    @pytest.mark.parametrize("digits", ["2022", "10"])
    def test_a_bad_byte_takes_no_digit_along(self, digits: str) -> None:
        data = f"到{digits}年底稳定发展".encode("gbk")
        page = fixnews.decode(GBK + data.replace(digits[0].encode(), b"\xff", 1))
        assert page.text == f"{SIMPLIFIED}到{LOST}{digits[1:]}年底稳定发展"

    def test_a_lost_byte_is_a_note_with_its_offset(self) -> None:
        at = len("本报讯（记者".encode("gbk"))
        result = fixnews.fix(GBK[:at] + b"\xff" + GBK[at:], selection=Selection(("ENC",)))
        (note,) = result.corrections
        assert (note.code, note.before, note.safety) == ("ENC101", LOST, "note")
        assert f"byte {at} (FF)" in note.message

    @pytest.mark.parametrize(
        ("one", "other", "text"),
        [
            ("gbk", "utf-8", SIMPLIFIED),
            ("utf-8", "gbk", SIMPLIFIED),
            ("big5", "utf-8", TRADITIONAL),
            ("utf-8", "big5", TRADITIONAL),
            ("gbk", "big5", TRADITIONAL),
            ("big5", "gbk", TRADITIONAL),
        ],
    )
    def test_lines_of_two_encodings(self, one: str, other: str, text: str) -> None:
        lines = (text * 6).split("\n")
        coded = [line.encode((one, other)[n % 2]) for n, line in enumerate(lines)]
        data = b"\n".join(coded)
        page = fixnews.decode(data)
        assert page.text == text * 6
        assert page.passages
        assert encode(page.text, page) == data
        assert encode(page.text, page, "utf-8") == page.text.encode()

    def test_lost_and_foreign_bytes_are_written_back_as_they_were(self) -> None:
        data = GBK + b"\xff" + GBK + "市场繁荣，人民生活改善。\n".encode() * 3
        page = fixnews.decode(data)
        changed = encode(page.text.replace("强调稳定", "稳定", 1), page)
        assert changed == data.replace("强调".encode("gbk"), b"", 1)

    def test_traditional_lines_in_gbk_lose_nothing(self) -> None:
        lines = [
            TRADITIONAL.replace("\n", ""),
            "報請醫務人員參加培訓，隔離病區收治患者，緊急馳援。",
        ] * 8
        data = b"\n".join(x.encode(("gbk", "big5")[n % 2]) for n, x in enumerate(lines)) + b"\xff"
        assert fixnews.decode(data).text.rstrip(LOST) == "\n".join(lines)

    def test_0x80_is_the_euro_of_windows(self) -> None:
        data = GBK + b"\x80100\n"
        page = fixnews.decode(data)
        assert page.text == SIMPLIFIED + "€100\n"
        assert encode(page.text + "完", page) == data + "完".encode("gbk")

    def test_nul_padding_is_no_utf_16(self) -> None:
        page = fixnews.decode(GBK + bytes(512 - len(GBK)))
        assert page.text.rstrip("\x00") == SIMPLIFIED

    def test_tilde_and_brace_in_ascii_are_no_hz(self) -> None:
        assert fixnews.decode(b"dict~{a: b}~ and ~{x~}").text == "dict~{a: b}~ and ~{x~}"


JAPANESE = (
    "市議会は昨日、来年度の予算案について話し合うために開かれました。住民も多く参加しています。"
)
KOREAN = "시의회는 어제 내년도 예산안을 논의하기 위해 회의를 열었다. 주민들도 많이 참석했다."
OTHERS = {
    "euc_jp": JAPANESE,
    "cp932": JAPANESE,
    "iso2022_jp": JAPANESE,
    "cp949": KOREAN,
    "koi8-r": "Городской совет собрался вчера, чтобы обсудить бюджет на следующий год.",
    "cp1251": "Городской совет собрался вчера, чтобы обсудить бюджет на следующий год.",
    "cp1252": "Le conseil municipal s'est réuni à l'hôtel de ville. Les élèves ont été reçus.",
}


class TestOtherScripts:
    @pytest.mark.parametrize("codec", OTHERS)
    def test_are_not_read_as_chinese(self, codec: str) -> None:
        text = OTHERS[codec]
        assert fixnews.decode(text.encode(codec)).text == text

    @pytest.mark.parametrize("text", [JAPANESE, KOREAN, "Müller", "naïve café", "Привет"])
    def test_utf8_stays_utf8(self, text: str) -> None:
        page = fixnews.decode(text.encode())
        assert (page.text, page.encoding) == (text, "utf-8")


class TestWritingBack:
    @pytest.mark.parametrize(("codec", "text"), [("gbk", SIMPLIFIED), ("big5", TRADITIONAL)])
    def test_a_character_that_has_no_place_is_named(self, codec: str, text: str) -> None:
        page = fixnews.decode(text.encode(codec), "A1.txt")
        with pytest.raises(EncodeError, match=r"A1\.txt: .* cannot write '\\udc80'") as error:
            encode(text + "\udc80", page)
        assert "--output-encoding utf-8" in str(error.value)

    def test_big5_has_no_simplified_characters(self) -> None:
        page = fixnews.decode(TRADITIONAL.encode("big5"))
        with pytest.raises(EncodeError, match="'讯'"):
            encode(page.text.replace("訊", "讯"), page)


@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00")
@example(b"~{")
@example(b"\x00\x00\xfe\xff\x00")
@example(b"\x84\x31\xa4\x37\x80")
def test_any_bytes_give_a_page_or_our_own_error(data: bytes) -> None:
    try:
        page = fixnews.decode(data)
    except FixnewsError:
        return
    assert encode(page.text, page) == data


@given(st.binary(max_size=40), st.integers(0, 400))
def test_damaged_news_gives_a_page_or_our_own_error(noise: bytes, at: int) -> None:
    data = (SIMPLIFIED * 4).encode("gbk")
    try:
        page = fixnews.decode(data[:at] + noise + data[at:])
    except FixnewsError:
        return
    assert [p.first for p in page.passages] == sorted(p.first for p in page.passages)
    if any(p.encoding for p in page.passages):
        return
    assert encode(page.text + "完", page) == data[:at] + noise + data[at:] + "完".encode(
        page.encoding
    )


def test_utf8_loads_no_tables_and_no_chardet() -> None:
    code = (
        "import sys, fixnews; fixnews.decode('经济形势稳定，人民生活'.encode());"
        "sys.exit(any(m in sys.modules for m in ('chardet', 'numpy', 'zlib')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
