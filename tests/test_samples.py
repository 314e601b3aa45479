"""Our own damaged pages come out as they should read."""

from __future__ import annotations

import pytest

import fixnews
from tests.pages import PAGE_SETS, damaged, truth


@pytest.mark.parametrize("page_set", PAGE_SETS)
def test_a_sample_reads_as_its_truth(page_set: str) -> None:
    pages = fixnews.fix_pages(damaged(page_set))
    expected = {label: fixnews.decode(data).text for label, data in truth(page_set).items()}
    assert {label: page.text for label, page in pages.items()} == expected


@pytest.mark.parametrize("page_set", PAGE_SETS)
def test_the_truth_needs_no_repair(page_set: str) -> None:
    pages = truth(page_set)
    for label, page in fixnews.fix_pages(pages).items():
        assert page.text == fixnews.decode(pages[label]).text


def test_a_letter_behind_a_tail_stays_on_its_page() -> None:
    letter = (
        "读者来信\n\n菜场门口的斑马线该补了\n\n早晚高峰人车混行，希望尽快补划，并加装提示灯。\n"
    )
    pages = {label: data.decode() for label, data in damaged("front-page").items()}
    story = pages["C2"].index("新民里菜场")
    pages["C2"] = pages["C2"][:story] + letter
    assert fixnews.fix_pages(pages)["C2"].text.endswith(letter)
