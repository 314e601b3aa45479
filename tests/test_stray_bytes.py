"""Single signs of another encoding go back to what they were; words that look like them stay."""

from __future__ import annotations

import pytest

import fixnews
from fixnews.filters import Selection

PAGE = "全市经济工作会议昨天召开，各县区负责同志参加。\n"
"""A simplified page around a line."""

RULES = Selection(select=("MOJ104", "MOJ105"))


def mended(text: str) -> str:
    return fixnews.fix(text, selection=RULES).text


def in_utf8(sign: str, wrong: str) -> str:
    """What a sign of UTF-8 looks like in another encoding; what that lacks as a control."""
    return "".join(bytes((b,)).decode(wrong, "ignore") or chr(b) for b in sign.encode())


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
@pytest.mark.parametrize("sign", "\xa0°·±×£©®§½—–…“”‘’•‰′″€™éüñç")
def test_a_sign_read_as_latin_letters_goes_back(sign: str, wrong: str) -> None:
    assert mended(f"他说{in_utf8(sign, wrong)}经济形势稳定。") == f"他说{sign}经济形势稳定。"


@pytest.mark.parametrize(
    ("hurt", "text"),
    [
        ("市委Â 书记Â 出席", "市委\xa0书记\xa0出席"),
        ("他说：â€œ形势稳定â€。", "他说：“形势稳定”。"),
        ("他说：â€œ形势稳定â€\ufffd。", "他说：“形势稳定”。"),
        ("RenÃ©先生出席", "René先生出席"),
        ("ï»¿本报讯 记者报道", "本报讯 记者报道"),
        ("气温28掳C，风力3级", "气温28°C，风力3级"),
        ("北纬30掳、东经120掳", "北纬30°、东经120°"),
        ("面积3脳5米", "面积3×5米"),
        ("误差0.5卤0.1毫米", "误差0.5±0.1毫米"),
        ("Copyright 漏 2020 日报社", "Copyright © 2020 日报社"),
        ("聽聽聽聽本报讯 记者报道", "\xa0\xa0\xa0\xa0本报讯 记者报道"),
        ("市委聽书记聽出席", "市委\xa0书记\xa0出席"),
        ("牋牋本报讯 记者报道", "\xa0\xa0\xa0\xa0本报讯 记者报道"),
        ("成功\\是許\\多人努力的結果", "成功是許多人努力的結果"),
    ],
)
def test_signs_in_lines_that_read_go_back(hurt: str, text: str) -> None:
    assert mended(PAGE + hurt) == PAGE + text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("市民赴聽證會，請大家聽聽看，他聽得懂。", "a traditional page, where it is a word"),
        ("São Paulo的CORAÇÃO队", "letters of a language"),
        ("Der Â ist ein Buchstabe.", "no line of Chinese"),
        ("新华社ÖÐ¹úÂ¡¸Ä¸ï", "signs among other letters of Latin-1: a line in another way"),
        (PAGE + "他被掳走，卤肉3斤，脳后，漏了2处", "words"),
        (PAGE + "抓了28掳来的人", "a word behind a figure"),
        (PAGE + "成功\\n是許\\多", "the escape of a program"),
        (PAGE + "路径C:\\功\\文", "a path"),
        (PAGE + "鑸聽鎴戜滑聽", "among characters out of use: all of it was read wrongly"),
    ],
)
def test_what_is_no_sign_stays(text: str, why: str) -> None:
    assert mended(text) == text, why


def test_a_single_blank_between_characters_is_offered() -> None:
    result = fixnews.fix(PAGE + "市委聽书记出席", selection=RULES)
    assert [(c.code, c.after, c.applied) for c in result.corrections] == [("MOJ104", "\xa0", False)]
