"""Characters of the other script: found, offered, never applied unasked."""

from __future__ import annotations

import pytest

import fixnews
from fixnews.filters import Selection
from fixnews.pipeline import threshold

ONLY_VAR = Selection(select=("VAR",))

SIMPLE = "市民在公园里散步，孩子们在草地上放风筝，欢声笑语传遍广场。\n"
FULL = "市民在公園裏散步，孩子們在草地上放風箏，歡聲笑語傳遍廣場。\n"


def fixed(page: str, *, unsafe: bool = True) -> str:
    return fixnews.fix(page, selection=ONLY_VAR, decide=threshold(unsafe=unsafe)).text


@pytest.mark.parametrize(
    ("stray", "becomes"),
    [
        (SIMPLE + "花园里開了一树海棠。\n", SIMPLE + "花园里开了一树海棠。\n"),
        (FULL + "花園裏开了一樹海棠。\n", FULL + "花園裏開了一樹海棠。\n"),
        (SIMPLE + "山峯上的雪化了。\n", SIMPLE + "山峰上的雪化了。\n"),
        (FULL + "他的头髮白了許多。\n", FULL + "他的頭髮白了許多。\n"),
    ],
    ids=["traditional", "simplified", "variant", "by-the-word"],
)
def test_a_stray_is_offered(stray: str, becomes: str) -> None:
    assert fixed(stray, unsafe=False) == stray
    assert fixed(stray) == becomes
    assert fixed(becomes) == becomes


@pytest.mark.parametrize(
    "page",
    [
        SIMPLE + "乾隆年间的著作。\n",
        FULL + "皇后住在里昂，台上有人。\n",
        SIMPLE + "匾上題著國泰民安風調雨順。\n",
        "國国\n",
        "",
        "山水之间\n",
    ],
    ids=["in-both-1", "in-both-2", "a-line-of-its-own", "undecided", "empty", "no-sign"],
)
def test_what_is_meant_so_is_left_alone(page: str) -> None:
    assert fixed(page) == page


def test_it_is_off_unless_selected() -> None:
    page = SIMPLE + "花园里開了一树海棠。\n"
    assert "VAR101" not in {c.code for c in fixnews.fix(page).corrections}
