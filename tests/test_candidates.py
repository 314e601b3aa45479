"""Where candidates for a misread character come from: neighbours, a network, drawings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fixnews import language
from fixnews.characters import channel, cloze, completions, suspects
from fixnews.characters.print_likeness import likeness
from fixnews.characters.weighing import OUTSIDE, Sources
from fixnews.errors import DataError
from fixnews.language.alphabet import code_points
from fixnews.threads import one_thread


def points(*characters: str) -> np.ndarray:
    return np.array([ord(c) for c in characters])


@pytest.mark.parametrize(
    ("text", "at", "filler"),
    [
        ("稳〇求进", 1, "中"),
        ("各〇人民", 1, "族"),
        ("人民群〇", 3, "众"),
        ("〇济社会", 0, "经"),
    ],
    ids=["between", "one-each-side", "two-before", "two-behind"],
)
def test_neighbours_tell_what_stands_with_them(text: str, at: int, filler: str) -> None:
    _, found = completions.load().around(code_points(text), np.array([at]))
    assert filler in map(chr, found)


def test_completions_know_their_place() -> None:
    units = code_points("稳〇求进，人民群〇")
    which, found = completions.load().around(units, np.array([1, 8]))
    assert {chr(f) for w, f in zip(which, found, strict=True) if w == 0} >= {"中"}
    assert {chr(f) for w, f in zip(which, found, strict=True) if w == 1} >= {"众"}


@pytest.mark.parametrize("text", ["", "〇", "abc〇", "稳\n〇\n进"])
def test_without_neighbours_nothing_is_completed(text: str) -> None:
    at = np.flatnonzero(code_points(text) == ord("〇"))
    which, found = completions.load().around(code_points(text), at)
    assert len(which) == len(found) == 0


@pytest.mark.parametrize(
    ("text", "at", "filler"),
    [
        ("我国经〇总量不断增长，发展质量稳步提高。", 3, "济"),
        ("代表们认真审〇了政府工作报告。", 6, "议"),
        ("两国元首就双边关系深入〇换了意见。", 11, "交"),
    ],
)
def test_the_network_fills_a_gap_whatever_stands_there(text: str, at: int, filler: str) -> None:
    network = cloze.load()
    for read in "〇器，":
        page = text.replace("〇", read)
        gaps = network.gaps(network.around(page), np.array([at]))
        units, _ = network.fill(gaps, points(read), 5)
        assert filler in map(chr, units[0])


@pytest.mark.parametrize(("read", "filler"), [("泳", "冰"), ("水", "冰"), ("雷", "雪")])
def test_of_what_fits_the_network_prefers_what_looks_like_what_was_read(
    read: str, filler: str
) -> None:
    network = cloze.load()
    gaps = network.gaps(network.around(f"北京冬奥会的{read}上项目"), np.array([6]))
    assert chr(network.fill(gaps, points(read), 1)[0][0, 0]) == filler


def test_what_was_read_is_no_filler() -> None:
    network = cloze.load()
    gaps = network.gaps(network.around("我国经济总量不断增长"), np.array([3]))
    units, _ = network.fill(gaps, points("济"), 20)
    assert "济" not in map(chr, units[0])


def test_the_networks_chances_add_up_to_one() -> None:
    network = cloze.load()
    units = network.units[network.fills]
    gaps = network.gaps(network.around("我国经济总量不断增长"), np.array([3]))
    totals = network.totals(gaps)
    every = np.zeros(len(units), np.int64)
    chances = np.exp(network.weigh(gaps[every], totals[every], units))
    assert chances.sum() == pytest.approx(1, abs=0.001)


def test_filling_and_adding_up_agree() -> None:
    network = cloze.load()
    text = "我国经济总量不断增长"
    gaps = network.gaps(network.around(text), np.arange(len(text)))
    assert network.fill(gaps, code_points(text), 5)[1] == pytest.approx(network.totals(gaps))


def test_many_gaps_are_filled_as_one_by_one() -> None:
    """To the last bit: what is remembered of a gap must be what would be worked out again."""
    network, text = cloze.load(), "我国经济总量不断增长，发展质量稳步提高。\n" * 40
    around, read = network.around(text), code_points(text)
    at = np.arange(cloze.CROWD - 20, cloze.CROWD + 20)
    with one_thread():
        gaps = network.gaps(around, np.arange(500))
        fillers, totals = network.fill(gaps, read[:500], 5)
        for n in at:
            alone = network.gaps(around, np.array([n]))
            assert np.array_equal(gaps[n], alone[0])
            assert network.totals(alone)[0] == totals[n]
            assert np.array_equal(network.fill(alone, read[n : n + 1], 5)[0][0], fillers[n])


def test_a_gap_is_filled_by_what_stands_near_however_far_into_a_page() -> None:
    network = cloze.load()
    near = "我国经济总量不断增长，发展质量稳步提高。我国经济总量不断增长，发展质量稳步提高。"
    at = np.array([20])
    with one_thread():
        alone = network.gaps(network.around(near * 3), at + len(near))
        deep = network.gaps(network.around(near * 1000), at + 990 * len(near))
    assert np.array_equal(deep, alone)


def test_weights_survive_the_packing() -> None:
    chance = np.random.default_rng(1)
    weights = {name: chance.standard_normal((7, 5)) for name in cloze.QUANTISED}
    packed = cloze.packed({**weights, "pairs": np.array([3, 8, 20])})
    for name, whole in weights.items():
        assert packed[name].dtype == np.int8
        assert packed[name] * packed[name + "_scale"][:, None] == pytest.approx(whole, abs=0.06)
    assert list(np.cumsum(packed["pairs"])) == [3, 8, 20]


@pytest.mark.parametrize(
    ("read", "like", "unlike"),
    [("末", "未", "器"), ("士", "土", "警"), ("己", "已", "落"), ("稻", "稍", "一")],
)
def test_likeness_is_in_the_drawing(read: str, like: str, unlike: str) -> None:
    near, far = likeness(points(read, read), points(like, unlike))
    assert near > 0.9 > far + 0.1


def test_likeness_goes_both_ways_and_is_nothing_for_what_was_not_drawn() -> None:
    there, back, itself, undrawn = likeness(
        points("末", "未", "末", "末"), points("未", "末", "末", "㐀")
    )
    assert there == pytest.approx(back)
    assert itself == pytest.approx(1)
    assert undrawn == 0


def test_a_blotted_character_is_found_outside_its_confusion_set() -> None:
    page = "会议强调，要坚持稳器求进工作总基调。"
    sources = Sources(language.load(), channel.load(), completions.load(), cloze.load())
    found = suspects.find(page, sources)
    at = page.index("器")
    costs = {
        chr(c): k for a, c, k in zip(found.at, found.printed, found.cost, strict=True) if a == at
    }
    assert costs["中"] == OUTSIDE


@pytest.mark.parametrize("load", [completions.load, cloze.load])
def test_a_missing_table_is_named(load: object) -> None:
    assert callable(load)
    with pytest.raises(DataError, match="nowhere"):
        load(Path("nowhere.npz"))
