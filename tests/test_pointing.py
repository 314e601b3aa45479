"""The network that points: what it reads, and that it names marks a sentence asks for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fixnews.errors import DataError
from fixnews.marks import pointing
from fixnews.marks.confusion import NOTHING, TARGETS


def named(page: str, *, sign: bool = False) -> str:
    """The mark that belongs where ``|`` stands, a sign behind it hidden or not."""
    at = np.array([page.index("|")])
    network = pointing.load()
    chances = network.chances([page.replace("|", "")], at * 0, at, at + sign)
    return [*TARGETS, ""][int(chances.argmax())]


GAPS = (
    ("水乡素有“鱼米之乡|的美誉，物产丰富。", "”"),
    ("这是全镇干部群众齐心协力的成果|也是渔民转产转业的成功尝试。", "，"),
    ("来自河南、陕西|江西、浙江等地的客商参加了洽谈。", "、"),
    ("今年以来，当湖镇先后疏|浚河汊十七条。", ""),
)


@pytest.mark.parametrize(("page", "mark"), GAPS)
def test_names_what_is_missing(page: str, mark: str) -> None:
    assert named(page) == mark


def test_does_not_see_the_sign_itself() -> None:
    page = "渔民顾阿荣划着小艇出了港|{}他的妻子站在埠头挥手。"
    found = {named(page.format(sign), sign=True) for sign in "，。*1"}
    assert len(found) == 1


def test_chances_are_probabilities() -> None:
    network = pointing.load()
    page = "经济稳定，人民幸福。"
    at = np.arange(len(page))
    chances = network.chances([page], at * 0, at, at)
    assert chances.shape == (len(page), NOTHING + 1)
    assert np.exp(chances).sum(axis=1) == pytest.approx(1, abs=1e-3)


def test_nothing_asked() -> None:
    network = pointing.load()
    none = np.zeros(0, dtype=np.int64)
    assert network.chances([], none, none, none).shape == (0, NOTHING + 1)


def test_pages_side_by_side_are_seen_each_by_itself() -> None:
    network, pages = pointing.load(), ("我国素有“礼仪之邦的美誉。\n", "雨停了人散了\n", "好\n")
    page = np.array([number for number, text in enumerate(pages) for _ in text])
    at = np.concatenate([np.arange(len(text)) for text in pages])
    alone = [network.chances([text], at[page == n] * 0, at[page == n], at[page == n])
             for n, text in enumerate(pages)]  # fmt: skip
    assert np.array_equal(network.chances(pages, page, at, at), np.concatenate(alone))


def test_a_missing_network_is_a_plain_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="missing"):
        pointing.load(tmp_path / "none.npz")
