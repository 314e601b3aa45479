"""Escapes go back to their characters where what they say reads as Chinese; others stay."""

from __future__ import annotations

import quopri
from collections.abc import Callable
from urllib.parse import quote

import pytest

import fixnews
from fixnews.encoding import encode
from fixnews.filters import Selection

ARTICLE = "全市经济工作会议召开，强调“稳定发展”，人民生活改善12.5%。\n" * 3


def mended(text: str | bytes) -> str:
    return fixnews.fix(text, selection=Selection(select=("MOJ3",))).text


def each(form: str) -> Callable[[str], str]:
    return lambda text: "".join(form.format(ord(c)) if c > "\x7f" else c for c in text)


def as_bytes(form: str, codec: str) -> Callable[[str], str]:
    return lambda text: "".join(
        c if c <= "\x7f" else "".join(form.format(b) for b in c.encode(codec)) for c in text
    )


WAYS = {
    "decimal entities": each("&#{};"),
    "hexadecimal entities": each("&#x{:X};"),
    "entities escaped twice": each("&amp;#{};"),
    "backslash and u": each("\\u{:04x}"),
    "backslash and x": as_bytes("\\x{:02x}", "utf-8"),
    "percent and u": each("%u{:04X}"),
    "percent, UTF-8": lambda text: quote(text, safe="\n %"),
    "percent, GBK": lambda text: quote(text.encode("gbk"), safe=b"\n %"),
    "quoted-printable, UTF-8": lambda text: quopri.encodestring(text.encode()).decode(),
    "quoted-printable, GBK": lambda text: quopri.encodestring(text.encode("gbk")).decode(),
    "RTF, GBK": as_bytes("\\'{:02x}", "gbk"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("as_data", [False, True])
def test_a_page_that_is_spelt_out_is_read(way: str, as_data: bool) -> None:
    page = WAYS[way](ARTICLE)
    assert page.isascii()
    assert mended(page.encode() if as_data else page) == ARTICLE


@pytest.mark.parametrize(
    ("hurt", "text"),
    [
        ("游锡&#22531;在会上说，", "游锡堃在会上说，"),
        ("游锡&#x5803;在会上说，", "游锡堃在会上说，"),
        ("游锡&#22531；在会上说，", "游锡堃在会上说，"),
        ("&ldquo;繁荣&rdquo;&mdash;&mdash;王&middot;强&hellip;", "“繁荣”——王·强…"),
        ("&copy;2020 版权所有", "©2020 版权所有"),
        ("&#147;繁荣&#148;", "“繁荣”"),
        ("&nbsp;&nbsp;&ldquo;好&rdquo;", "\xa0\xa0“好”"),
        ("记者\\u738b\\u5f3a报道", "记者王强报道"),
        ("\\u6bd4\\u520619\\u223615\\u3002", "比分19∶15。"),
        ("记者\\u{738b}\\u{5f3a}报道", "记者王强报道"),
        ("𠮷野家：\\ud842\\udfb7野家", "𠮷野家：𠮷野家"),
        ("据%E4%BA%BA%E6%B0%91%E6%97%A5%E6%8A%A5报道", "据人民日报报道"),
    ],
)
def test_one_escape_in_a_text_is_its_character(hurt: str, text: str) -> None:
    assert mended(hurt) == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("用&ldquo;表示引号，这是HTML实体。", "a text that speaks of entities"),
        ("收入&gt;支出，结余&nbsp;3&nbsp;万元。", "a few entities of markup may be meant for it"),
        ("<p>经济&nbsp;形势</p>\n<p>A&amp;B</p>", "on a page of markup they are its spelling"),
        ("`&#22478;`是一个字。", "code"),
        ("<em>, &lt;b&gt;, &amp;nbsp; &hellip; in 王's text\n" * 9, "another language"),
        ("&ldquo;설정&rdquo; 파일을 읽지 못했습니다\n" * 9, "another language"),
        ("见 http://a.cn/s?q=%E5%85%A8%E5%B8%82 一文。", "an address is written so"),
        ("增长12%，下降5%AB，又下降30%。", "percentages"),
        ("字符\\u4e2d的码位是4E2D。", "a text that speaks of codes"),
        ("存于C:\\users\\x12\\u5168目录", "a path"),
        ('{"title": "\\u5168\\u5e02"}', "JSON is data as a whole"),
        ("比例=E5=9F，A=AB=CD", "figures and equations"),
        ("\\u0001\\u0002\\ufffe", "what they say is no Chinese"),
        ("比分19\\u223615，", "a single sign on a page without other escapes"),
        ("%FF%FE%00", "bytes that are no text"),
        ("&unknown;与&#0;与&#xD800;", "entities that have no character"),
        ("AT&T;R&D;", "no entities"),
    ],
)
def test_what_is_no_damage_stays(text: str, why: str) -> None:
    assert mended(text) == text, why


def test_entities_of_markup_are_offered() -> None:
    result = fixnews.fix("收入&gt;支出。", selection=Selection(select=("MOJ3",)))
    assert [(c.code, c.after, c.safety) for c in result.corrections] == [("MOJ301", ">", "unsafe")]


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("全市(cid:77)(cid:1204)会议召开。\n", "MOJ306"),
        ("(cid:77)(cid:1204)\n", "MOJ306"),
        ("{\\rtf1\\ansi\\ansicpg936 {\\fonttbl\\f0 SimSun;}\\f0 \\'c8\\'ab\\'ca\\'d0}\n", "MOJ307"),
    ],
)
def test_what_cannot_be_taken_back_is_named(page: str, code: str) -> None:
    result = fixnews.fix(page)
    assert result.text == page
    assert code in {c.code for c in result.corrections}


def test_what_the_encoding_lacks_is_written_as_the_page_spelt_it() -> None:
    page = "游錫&#22531;在會上說，市場繁榮&#128512;。\n人民生活改善。\n"
    result = fixnews.fix(page.encode("cp950"))
    assert result.text == "游錫堃在會上說，市場繁榮😀。\n人民生活改善。\n"
    data = encode(result.text, result.source)
    assert b"&#128512;" in data
    assert fixnews.fix(fixnews.decode(data)).text == result.text
