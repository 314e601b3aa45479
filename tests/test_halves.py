"""Characters that fell apart come together whole, or are left as they are."""

from __future__ import annotations

import pytest

import fixnews
from fixnews.words.components import halves

REPAIRS = [
    ("土也方政府加大了投入。\n", "地方政府加大了投入。\n"),
    ("各禾中植户都领到了种子。\n", "各种植户都领到了种子。\n"),
    ("他从木木场运来一车木料。\n", "他从林场运来一车木料。\n"),
    ("这些讠周查还要继续下去。\n", "这些调查还要继续下去。\n"),
]

LEFT_ALONE = [
    ("女子篮球队昨日出征。\n", "女子 is a word"),
    ("品格可昭日月，精神感人。\n", "日月 is a word"),
    ("镇里派车专门接送。\n", "the halves belong to two words"),
    ("不火丁丁。\n", "no word comes of it"),
]


@pytest.mark.parametrize(("damaged", "repaired"), REPAIRS)
def test_halves_come_together(damaged: str, repaired: str) -> None:
    assert fixnews.fix(damaged).text == repaired


@pytest.mark.parametrize(("page", "reason"), LEFT_ALONE)
def test_what_stands_side_by_side_stays(page: str, reason: str) -> None:
    assert fixnews.fix(page).text == page, reason


def test_no_half_is_repaired_alone() -> None:
    for page in ("女子友在门口等他。\n", "土也产公司开张了。\n"):
        text = fixnews.fix(page).text
        pair = list(halves(page))
        assert text == page or all(page[h.at] not in text and h.whole in text for h in pair)
