"""Bytes as archives hold them: old sets, rules and tables, mixtures, damage that shifts, noise."""

from __future__ import annotations

import re

import pytest

import fixnews
from fixnews.encoding import big5, codec, encode
from fixnews.errors import DecodeError
from fixnews.filters import Selection
from fixnews.source import LOST

SIMPLIFIED = (
    "本报讯（记者王强）昨天，全市经济工作会议召开，强调稳定发展。\n人民生活改善，市场繁荣。\n"
)
TRADITIONAL = (
    "本報訊（記者王強）昨天，全市經濟工作會議召開，強調穩定發展。\n人民生活改善，市場繁榮。\n"
)
GBK = SIMPLIFIED.encode("gbk")

OLD = [
    ("euc_tw", TRADITIONAL, codec.write(TRADITIONAL, "euc_tw")),
    ("euc_tw", "峯喆堃，" + TRADITIONAL, codec.write("峯喆堃，" + TRADITIONAL, "euc_tw")),
    ("iso2022_cn", SIMPLIFIED, codec.write(SIMPLIFIED, "iso2022_cn")),
    ("iso2022_cn", TRADITIONAL, codec.write(TRADITIONAL, "iso2022_cn")),
    ("utf-7", SIMPLIFIED, SIMPLIFIED.encode("utf-7")),
    (
        "big5-uao",
        "游錫堃、" + TRADITIONAL,
        "游錫".encode("big5") + b"\x95\x4a" + ("、" + TRADITIONAL).encode("big5"),
    ),
    ("gb18030", "\u3000\u3000" + SIMPLIFIED, b"\xa3\xa0" * 2 + SIMPLIFIED.encode("gbk")),
    ("gb18030", "龴︐" + SIMPLIFIED, b"\xfe\x59\xa6\xd9" + SIMPLIFIED.encode("gbk")),
]


class TestRareEncodings:
    @pytest.mark.parametrize(("name", "text", "data"), OLD)
    def test_is_read_and_kept(self, name: str, text: str, data: bytes) -> None:
        page = fixnews.decode(data)
        assert (page.encoding, page.text) == (name, text)
        assert encode(page.text, page) == data
        assert fixnews.decode(encode(page.text + "市", page)).text == text + "市"

    @pytest.mark.parametrize("lost", [0, 1])
    def test_hz_that_is_not_closed_ends_with_its_line(self, lost: int) -> None:
        data = SIMPLIFIED.encode("hz")
        at = [m.start() for m in re.finditer(rb"~\}", data)][lost]
        page = fixnews.decode(data[:at] + data[at + 2 :])
        assert (page.encoding, page.text) == ("hz", SIMPLIFIED)

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"1+1=2, a+bcd-e, C+++", "a plus sign is no UTF-7"),
            (b"\x1b[1mbold\x1b[0m text", "escapes of a terminal"),
        ],
    )
    def test_ascii_is_ascii(self, data: bytes, why: str) -> None:
        assert fixnews.decode(data).text == data.decode(), why

    def test_big5_of_hong_kong_is_not_taken_for_that_of_boards(self) -> None:
        text = TRADITIONAL + "佢哋喺度傾偈，啲嘢好平。"
        assert fixnews.decode(big5.encode(text)).text == text

    def test_a_character_in_two_halves(self) -> None:
        halves = b"\xed\xa1\x82\xed\xbe\xb7"
        page = fixnews.decode(SIMPLIFIED.encode() + halves + "野家".encode())
        assert page.text == SIMPLIFIED + "𠮷野家"
        assert page.passages[0].encoding == "cesu-8"

    @pytest.mark.parametrize(
        ("name", "same"),
        [
            ("windows-936", "gb18030"),
            ("x-gbk", "gb18030"),
            ("GB_2312-80", "gb18030"),
            ("cn-big5", "big5"),
            ("big5-eten", "big5"),
            ("EUC-TW", "euc_tw"),
            ("ISO-2022-CN", "iso2022_cn"),
            ("Big5-UAO", "big5-uao"),
            ("utf8mb4", "utf-8"),
            ("unicode", "utf-16"),
        ],
    )
    def test_a_codec_has_many_names(self, name: str, same: str) -> None:
        assert codec.canonical(name) == same


RULES = [
    "─" * 74,
    "※" * 68,
    "◆◇" * 20,
    "═" * 40,
    "┌──┬──┐\n│甲│12│\n├──┼──┤\n│乙│8 │\n└──┴──┘",
]


class TestTopOfThePage:
    @pytest.mark.parametrize("head", RULES)
    @pytest.mark.parametrize(("name", "text"), [("gbk", SIMPLIFIED), ("cp950", TRADITIONAL)])
    def test_a_rule_or_a_table_decides_nothing(self, head: str, name: str, text: str) -> None:
        page = head + "\n" + text * 3
        assert fixnews.decode(page.encode(name)).text == page


MIXED = [
    ("utf-8", "gbk", "人民生活"),
    ("utf-8", "big5", "經濟會議"),
    ("gbk", "utf-8", "人民生活"),
]


class TestOutOfStep:
    @pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-16"])
    @pytest.mark.parametrize("more", [b"", b"\x41"])
    def test_utf_16_with_a_byte_lost_or_more(self, name: str, more: bytes) -> None:
        data = (SIMPLIFIED * 4).encode(name)
        page = fixnews.decode(data[:61] + more + data[61 + (not more) :])
        assert page.text.count(LOST) <= 2
        assert page.text.endswith(SIMPLIFIED * 2)

    @pytest.mark.parametrize(("one", "other", "phrase"), MIXED)
    def test_a_phrase_in_another_encoding(self, one: str, other: str, phrase: str) -> None:
        before, behind = "据报道，全市经济", "稳定发展，市场繁荣，昨天召开工作。"
        data = before.encode(one) + phrase.encode(other) + behind.encode(one)
        page = fixnews.decode(SIMPLIFIED.encode(one) + data)
        fixed = fixnews.fix(page, selection=Selection(("MOJ",))).text
        assert fixed == SIMPLIFIED + before + phrase + behind

    @pytest.mark.parametrize("name", ["utf-8", "gbk", "big5"])
    @pytest.mark.parametrize("end", [b"\n", b"\r\n"])
    def test_a_character_that_a_line_break_has_cut(self, name: str, end: bytes) -> None:
        text = (TRADITIONAL if name == "big5" else SIMPLIFIED).replace("\n", "") * 2
        data = text.encode(name)
        folded = end.join(data[at : at + 41] for at in range(0, len(data), 41))
        page = fixnews.decode(folded)
        assert re.sub("[\r\n]", "", page.text) == text
        assert encode(page.text, page) == folded
        new = page.text.replace("昨天", "今天")
        assert encode(new, page).decode(name) == new
        codes = {c.code for c in fixnews.fix(folded, selection=Selection(("ENC",))).corrections}
        assert "ENC105" in codes

    def test_a_missing_byte_at_a_line_end_is_no_cut_character(self) -> None:
        page = fixnews.decode(GBK.replace("。".encode("gbk"), "。".encode("gbk")[1:]))
        assert page.text.count(LOST) == 2
        assert "cut" not in {p.encoding for p in page.passages}

    def test_lines_that_end_in_cr_are_lines(self) -> None:
        lines = SIMPLIFIED.replace("\n", "") + "\r"
        assert fixnews.decode((lines.encode("gbk") + lines.encode()) * 6).text == lines * 12


_TURNED = GBK * 3
NOBODY_READS = {
    "bytes of GBK with bits turned": bytes(b ^ 5 if b > 127 else b for b in _TURNED),
    "bytes of GBK in pairs turned round": b"".join(
        _TURNED[i : i + 2][::-1] for i in range(0, len(_TURNED), 2)
    ),
    "noise": bytes((i * 7919 + i * i * 31) % 128 + 128 for i in range(700)),
    "noise with controls": bytes((i * 7919 + i * i * 31) % 256 for i in range(700)),
    "escapes of no known set": b'\x1b$)Q\x0e!!""##\x0f plain\n',
}

ELSEWHERE = [
    ("cp1253", "Το δημοτικό συμβούλιο συνεδρίασε χθες για να συζητήσει τον προϋπολογισμό."),
    ("cp1250", "Městská rada se včera sešla, aby projednala rozpočet na příští rok."),
    ("cp1255", "מועצת העיר התכנסה אתמול כדי לדון בתקציב לשנה הבאה."),
    ("cp866", "Городской совет собрался вчера, чтобы обсудить бюджет на следующий год."),
    ("mac_roman", "Le conseil municipal s'est réuni à l'hôtel de ville. Où étaient-ils?"),
]


class TestUnread:
    @pytest.mark.parametrize("kind", NOBODY_READS)
    def test_what_nobody_reads_is_refused(self, kind: str) -> None:
        with pytest.raises(DecodeError) as error:
            fixnews.decode(NOBODY_READS[kind], "A1.txt")
        assert error.value.exit_code == 2
        assert "--encoding" in str(error.value)

    @pytest.mark.parametrize(("name", "text"), ELSEWHERE)
    def test_another_language_is_read(self, name: str, text: str) -> None:
        assert fixnews.decode(text.encode(name)).text == text
