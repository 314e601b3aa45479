"""Two marks in a row: which one goes, and where both may stay."""

from __future__ import annotations

import pytest

import fixnews
from fixnews.filters import Selection
from fixnews.pipeline import threshold

ONLY = Selection(select=("PUN203",))

REPAIRED = (
    ("六十三户渔家签下协议,，日子越过越红火。", "六十三户渔家签下协议，日子越过越红火。"),
    ("六十三户渔家签下协议，，日子越过越红火。", "六十三户渔家签下协议，日子越过越红火。"),
    (
        "日子越过越红火。\n\n。据了解，镇里请来了专家。",
        "日子越过越红火。\n\n据了解，镇里请来了专家。",
    ),
    ("日子越过越红火。\n，据了解，镇里请来了专家。", "日子越过越红火。\n据了解，镇里请来了专家。"),
    ("他的妻子倪巧云说;：“现在白鹭又飞回来了。”", "他的妻子倪巧云说：“现在白鹭又飞回来了。”"),
)

LEFT = (
    ("渔民们说。。。大家都笑了。", "an ellipsis"),
    ("渔民们问：“走不走？！”大家都笑了。", "marks that stand together in print"),
    ("比分是2:1，时间是12:30。", "one mark"),
    ("老支书说：“这是多年的心愿“。", "a quotation is open: the mark closes it"),
    ("人们把这次灾害叫作“，98冰暴”。", "an apostrophe before a year"),
    ("if a,,b: 是代码", "nothing Chinese before"),
    ("“鱼米之乡”，“白鹭之乡”。", "a quotation mark between"),
)


def repaired(text: str, *, unsafe: bool = False) -> str:
    return fixnews.fix(text, selection=ONLY, decide=threshold(unsafe=unsafe)).text


@pytest.mark.parametrize(("before", "after"), REPAIRED)
def test_one_mark_stays(before: str, after: str) -> None:
    assert repaired(before) == after


def test_a_quotation_that_opens_before_a_mark_is_offered() -> None:
    """It may be a quoted mark; where a machine read the page, it is none."""
    page = "这是渔民们多年的心愿“。今年终于实现了。\n"
    mended = page.replace("“", "")
    assert repaired(page) == page
    assert repaired(page, unsafe=True) == mended
    read = "各国船长遣责这一行动 ，要求国际社会予以制正。\n。代表团访间了港口 ，会晤市民。\n"
    assert repaired(page + read).startswith(mended)


@pytest.mark.parametrize(("text", "reason"), LEFT)
def test_is_left_alone(text: str, reason: str) -> None:
    assert repaired(text, unsafe=True) == text, reason
