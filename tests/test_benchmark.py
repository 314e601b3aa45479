"""The public yardstick: what it counts, and that what is printed of it is what was measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.yardstick import joining, jumping, marking, pages, pycorrecting, texts
from benchmarks.yardstick.line_rules import RULES, bare, gaps
from benchmarks.yardstick.ngrams import arpa
from benchmarks.yardstick.tools import FIXNEWS
from fixnews.damage import damage
from fixnews.source import Source

HOME = Path(__file__).parent.parent
FIGURES = json.loads((HOME / pages.FIGURES).read_text("utf-8"))


class TestFigures:
    def test_readme_says_what_was_measured(self) -> None:
        text = (HOME / pages.README).read_text("utf-8")
        assert pages.BEGIN in text
        assert pages.readme(text, FIGURES) == text, "`make benchmark` draws it"

    def test_the_page_and_the_chart_are_drawn_from_it(self) -> None:
        assert (HOME / pages.PAGE).read_text("utf-8") == pages.page(FIGURES)
        assert (HOME / pages.CHART).read_text("utf-8") == pages.svg(pages.tables_of(FIGURES))

    def test_they_are_of_a_whole_run(self) -> None:
        assert not FIGURES["about"]["quick"]

    @pytest.mark.parametrize("name", pages.tables_of(FIGURES))
    def test_every_row_has_its_cells(self, name: str) -> None:
        table = pages.tables_of(FIGURES)[name]
        assert {len(row) for row in table.rows} == {len(table.columns)}


class TestOpenText:
    def test_every_file_is_described(self) -> None:
        described = (texts.HOME / "README.md").read_text("utf-8")
        for path in (texts.HOME / "other").iterdir():
            assert f"`other/{path.name}`" in described

    def test_every_kind_is_read(self) -> None:
        files = {path.stem for path in (texts.HOME / "other").iterdir()}
        assert set(texts.KINDS) == files
        assert all(texts.clean().values())


PARAGRAPH = "昨天上午九点，记者在现场看到工程已经完工。" * 9


class TestJoins:
    def test_what_the_generator_broke_is_damage_and_nothing_else(self) -> None:
        page = Source("A1.txt", f"{PARAGRAPH}\n\n{PARAGRAPH}\n")
        [case] = joining.cases([page], ["columns"], 20, 1)
        assert any(hurt for _, hurt in case.truth)
        assert [at for at, hurt in case.truth if not hurt] == [len(bare(PARAGRAPH))]

    def test_a_tool_that_does_nothing_finds_nothing(self) -> None:
        page = Source("A1.txt", f"{PARAGRAPH}\n\n{PARAGRAPH}\n")
        cases = list(joining.cases([page], ["columns"], 20, 1))
        count = joining.by_tool(cases, FIXNEWS._replace(run=list))
        assert (count["TP"], count["FP"]) == (0, 0)

    def test_a_tool_that_joins_all_is_wrong_once(self) -> None:
        page = Source("A1.txt", f"{PARAGRAPH}\n\n{PARAGRAPH}\n")
        cases = list(joining.cases([page], ["columns"], 20, 1))
        run = FIXNEWS._replace(run=lambda pages: [bare(page) for page in pages])
        count = joining.by_tool(cases, run)
        assert (count["FN"], count["FP"]) == (0, 1)

    @pytest.mark.parametrize(
        ("rule", "page", "joins"),
        [
            ("MinerU, on text", "经济形势稳\n定。\n人民", [True, False]),
            ("MinerU, on text", "增长了\n3成", [False]),
            ("Umi-OCR, on text", "经济形势\n稳定。\n\n人民", [True, False]),
            ("a word across", "党建辨\n识度\n人民", [True, False]),
        ],
    )
    def test_a_rule_judges_as_it_is_described(
        self, rule: str, page: str, joins: list[bool]
    ) -> None:
        assert [RULES[rule](gap) for gap in gaps(page)] == joins


class TestJumps:
    def test_pages_left_as_they_are_have_none_home_and_none_wrong(self) -> None:
        done = damage(texts.news(), seed=1, kinds=["jumps"])
        count = jumping.judged(done, {page.path: page.text for page in done.pages})
        assert count["jumps"] > 0
        assert (count["home"], count["exact"], count["wrong"]) == (0, 0, 0)

    def test_clean_pages_have_all_home(self) -> None:
        done = damage(texts.news(), seed=1, kinds=["jumps"])
        count = jumping.judged(done, {page.path: page.text for page in done.clean})
        assert count["home"] == count["exact"] == count["jumps"]

    @pytest.mark.parametrize(("words", "home"), [(("下转", "上接"), True), (("转", "接"), False)])
    def test_a_rule_brings_home_what_it_knows(self, words: tuple[str, str], home: bool) -> None:
        given = {"A1.txt": "甲说，（下转C2版）\n", "C2.txt": "丙\n\n（上接A1版）\n乙来了。\n"}
        assert jumping.by_numbers(given, words)["A1.txt"].startswith("甲说，乙来了。") is home


class TestNgrams:
    def test_what_may_follow_adds_up_to_one(self) -> None:
        model: dict[str, tuple[float, float]] = {}
        for line in arpa(["三国三国演义", "国三"]):
            log, tab, rest = line.partition("\t")
            if tab:
                gram, _, back = rest.strip("\n").partition("\t")
                model[gram] = (10 ** float(log), 10 ** float(back or 0))

        def chance(gram: str) -> float:
            before, _, shorter = (gram.rpartition(" ")[0], *gram.partition(" ")[1:])
            if gram in model:
                return model[gram][0]
            return model.get(before, (0, 1))[1] * chance(shorter)

        follow = [gram for gram in model if " " not in gram and gram != "<s>"]
        for before in ("", "<s> ", "三 ", "三 国 ", "<unk> "):
            total = sum(chance(f"{before}{character}") for character in follow)
            assert total == pytest.approx(1, abs=0.001), before


def test_a_tool_that_is_not_there_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pycorrecting, "version", lambda _: "")
    for tool in pycorrecting.tools():
        cells = marking.row("1 % misread", tool, [])
        assert cells[1] == f"{tool.name}: not installed"
        assert len(cells) == len(marking.COLUMNS)


JUDGED = [
    ("党代会，新征程", "党代会,新征程", "党代会，新征程", (1, 0, 0), "put right"),
    ("党代会，新征程", "党代会,新征程", "党代会,新征程", (1, 1, 0), "left"),
    ("党代会，新征程", "党代会,新征程", "党代会，新长程", (1, 0, 1), "another place was spoilt"),
    ("全长17公里", "全长17公里", "全长 17 公里", (0, 0, 0), "a matter of style"),
]


@pytest.mark.parametrize(("clean", "hurt", "out", "counts", "why"), JUDGED)
def test_what_became_of_a_place(
    clean: str, hurt: str, out: str, counts: tuple[int, int, int], why: str
) -> None:
    count = marking.judged(marking.Case(clean, hurt), out)
    assert (count["damaged"], count["left"], count["spoilt"]) == counts, why
