"""The language model: what is one character to it, where a line begins, what a seam gains."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixnews.errors import DataError
from fixnews.language import SIGHT, lines_of, load
from fixnews.language.alphabet import BLANK, END, START, UNKNOWN

SAME = {
    "half and full width": ("经济,形势:稳定!", "经济，形势：稳定！"),
    "digits": ("2021年11月", "1998年12月"),
    "Latin letters": ("国产ABC型", "国产xyz型"),
    "full-width digits": ("１２月", "12月"),
    "traditional and simplified": ("經濟形勢穩定，發展", "经济形势稳定，发展"),
    "quotation marks of both scripts": ("「稳定」", "“稳定”"),
    "dots of a name": ("卡尔·马克思", "卡尔・马克思"),
}

DIFFERENT = {
    "numbers in words": ("三千", "五千"),
    "comma and stop": ("稳定，", "稳定。"),
}


@pytest.mark.parametrize("pair", SAME.values(), ids=SAME)
def test_these_are_one_to_the_model(pair: tuple[str, str]) -> None:
    one, other = map(load().codes, pair)
    assert one.tolist() == other.tolist()


@pytest.mark.parametrize("pair", DIFFERENT.values(), ids=DIFFERENT)
def test_these_are_not(pair: tuple[str, str]) -> None:
    one, other = map(load().codes, pair)
    assert one.tolist() != other.tolist()


def test_the_shipped_model_is_in_memory_once_however_it_is_asked_for() -> None:
    assert load() is load(None)


def test_characters_beyond_the_basic_plane_count_as_one_unknown_each() -> None:
    assert load().codes("𠮷野家\U0001f600").tolist()[::3] == [UNKNOWN, UNKNOWN]


def test_blanks_and_breaks_have_codes_of_their_own() -> None:
    assert load().codes(" \u3000\n\f").tolist() == [BLANK, BLANK, END, END]


class TestScore:
    def test_one_number_a_character(self) -> None:
        assert load().score("经济形势").shape == (4,)

    def test_nothing_for_nothing(self) -> None:
        assert load().score("").shape == (0,)

    def test_a_line_begins_as_a_paragraph_does(self) -> None:
        alone, second = load().score("本报讯"), load().score("形势稳定。\n本报讯")
        assert np.allclose(alone, second[-3:])

    def test_a_blank_line_costs_nothing(self) -> None:
        one, two = load().score("稳定。\n本报讯"), load().score("稳定。\n\n本报讯")
        assert two[4] == 0
        assert np.isclose(one.sum(), two.sum())

    def test_what_is_printed_is_likelier_than_what_is_misread(self) -> None:
        assert load().score("人民生活水平").sum() > load().score("人民生活水乎").sum() + 3

    @given(st.text(max_size=80))
    def test_any_text_has_a_finite_score(self, text: str) -> None:
        assert np.isfinite(load().score(text)).all()

    def test_blocks_do_not_show(self, monkeypatch: pytest.MonkeyPatch) -> None:
        text = "经济形势稳定，人民生活改善。\n本报讯 昨天" * 20
        whole = load().score(text)
        monkeypatch.setattr("fixnews.language.BLOCK", 7)
        assert np.array_equal(load().score(text), whole)

    def test_agrees_with_conditional(self) -> None:
        model = load()
        codes = model.codes("经济形势稳定")
        windows = np.lib.stride_tricks.sliding_window_view(codes, 4)
        assert np.allclose(model.conditional(windows), model.score("经济形势稳定")[3:])

    def test_many_windows_are_weighed_like_few(self) -> None:
        model = load()
        codes = model.codes("经济形势稳定，人民生活改善。" * 90)
        windows = np.lib.stride_tricks.sliding_window_view(codes, 4)
        few = [model.conditional(windows[at : at + 5]) for at in range(0, len(windows), 5)]
        assert np.array_equal(model.conditional(windows), np.concatenate(few))

    def test_between_is_the_sum_of_two_pairs(self) -> None:
        model = load()
        before, code, after = model.codes("经济形"), model.codes("济形势"), model.codes("形势稳")
        both = model.pairs(before, code) + model.pairs(code, after)
        assert np.array_equal(model.between(before, code, after), both)

    def test_short_windows_begin_a_paragraph(self) -> None:
        model = load()
        codes = model.codes("经济")[None, :]
        assert np.allclose(model.conditional(codes), model.score("经济")[1:])


class TestSeam:
    BROKEN = (
        ("全面提升了平湖基层党建辨", "识度、显示度"),
        ("已经累计分红", "四千四百多万元"),
        ("推動民營經濟高質量發", "展，為各類企業創造條件"),
    )
    WHOLE = (
        ("大会圆满闭幕。", "本报讯 记者昨天从市里获悉"),
        ("受到群众欢迎。", "据介绍，这项工作从去年开始"),
    )

    @pytest.mark.parametrize("halves", BROKEN)
    def test_a_broken_sentence_gains(self, halves: tuple[str, str]) -> None:
        assert load().seam(*halves) > 3

    @pytest.mark.parametrize("halves", WHOLE)
    def test_two_paragraphs_lose(self, halves: tuple[str, str]) -> None:
        assert load().seam(*halves) < 0

    def test_many_at_once_are_what_each_is(self) -> None:
        model, pairs = load(), [*self.BROKEN, *self.WHOLE, ("一", "二")]
        together = model.seams(pairs)
        assert np.allclose(
            together[:, 0] - together[:, 1] - together[:, 2], [model.seam(*p) for p in pairs]
        )


def test_a_missing_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="No such file"):
        load(tmp_path / "none.model")


def test_a_file_that_is_no_model_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("经济形势稳定", "utf-8")
    with pytest.raises(DataError, match="fixnews train"):
        load(path)


def test_no_code_is_wasted_on_the_start() -> None:
    assert START not in load().codes("".join(map(chr, range(0x4E00, 0x9FA6))))


class TestManyAtOnce:
    @given(st.lists(st.text("经济，\n\r\f 工a1𠮷", max_size=30), max_size=4))
    def test_lines_that_were_seen_score_what_the_page_scores(self, pages: list[str]) -> None:
        for page in ("\n".join(pages), *pages):
            assert np.array_equal(load().lines(page), load().score(page))

    def test_a_line_is_scored_once(self) -> None:
        model = load()
        model.lines("甲乙丙丁\n戊己庚辛\n")
        known = lines_of(model)
        before = known.worked_out
        model.lines("甲乙丙丁\n壬癸子丑\n戊己庚辛\n")
        assert known.worked_out == before + 1

    def test_what_takes_the_middle_is_weighed_as_a_passage(self) -> None:
        model, chance = load(), np.random.default_rng(5)
        rows = chance.integers(END, 90, (200, 2 * SIGHT + 1))
        rows[:, SIGHT] += 10
        which, code = np.repeat(np.arange(200), 9), chance.integers(6, 3000, 1800)
        mine = rows[which]
        mine[:, SIGHT] = code
        as_read, others = model.replaced(rows, which, code)
        assert np.array_equal(as_read, model.behind(rows))
        assert np.array_equal(others, model.behind(mine))
