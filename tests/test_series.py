"""Series: what is one question for a reader, and what a verdict on it says of each part."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fixnews.changes import Change, Edit, Move
from fixnews.composing import offered
from fixnews.config import Config
from fixnews.correction import Correction, Finding
from fixnews.desk import Desk
from fixnews.draft import Draft
from fixnews.issue import mend
from fixnews.review import ACCEPT, EDIT, REJECT, Answers, Review
from fixnews.review.sitting import BY_DOUBT, OPEN, Sitting
from fixnews.series import EXAMPLES, REACH, SURE, questions, series_of
from fixnews.source import Source
from tests.toy import CHAIN


def found(text: str, *changes: Change, path: str = "A1") -> list[Correction]:
    """The corrections that these changes of a page offer."""
    draft = Draft.of(Source(path, text))
    return [c for change in changes for c in offered(Finding(change, draft))]


def edit(text: str, old: str, new: str, *, code: str = "PUN101", **facts: object) -> Correction:
    at = text.index(old)
    change = Edit(at, at + len(old), new, code, "why", 0.99)
    return found(text, replace(change, **facts))[0]  # type: ignore[arg-type]


KINDS = [
    ("雨停,风起", ",", "，", "pair", "between Han"),
    ("5,风起", ",", "，", "pair", "beside digits"),
    ("雨停,OK", ",", "，", "pair", "beside digits"),
    ("雨停,\n风起", ",", "，", "pair", "at a line's end"),
    ("\n(风起", "(", "（", "pair", "at a line's end"),
    ("雨停,", ",", "，", "pair", "at a line's end"),
    ("”,风起", ",", "，", "pair", "beside a mark"),
    ("雨停, 风起", ",", "，", "pair", "beside a blank"),
    ("雨停\u3000,5", ",", "，", "pair", "beside digits"),
    ("〇,々", ",", "，", "pair", "between Han"),
    ("经\n济", "\n", "", "join", "between Han"),
    ("经\n\u3000\u3000济", "\n\u3000\u3000", "", "join", "between Han"),
    ("the\nend", "\n", " ", "join", "beside digits"),
    ("经济 稳定", " ", "\n", "break", "between Han"),
    ("经 济", " ", "", "blank", "between Han"),
    ("经\n济", "\n", "\n\n", "blank", "between Han"),
    ("江州晚报 第一版 要闻\n", "江州晚报 第一版 要闻", "", "passage", "anywhere"),
]


class TestSeries:
    @pytest.mark.parametrize(("text", "old", "new", "kind", "where"), KINDS)
    def test_kind_and_surroundings(
        self, text: str, old: str, new: str, kind: str, where: str
    ) -> None:
        [series] = series_of([edit(text, old, new)])
        assert (series.kind, series.surroundings) == (kind, where)

    def test_only_a_pair_has_texts(self) -> None:
        [pair] = series_of([edit("停,风", ",", "，")])
        [join] = series_of([edit("经\n济", "\n", "")])
        assert (pair.before, pair.after) == (",", "，")
        assert (join.before, join.after) == ("", "")

    @pytest.mark.parametrize(
        ("why", "facts"),
        [
            ("another rule", {"code": "PUN201"}),
            ("less safe", {"safety": "unsafe"}),
            ("less sure", {"confidence": SURE - 0.01}),
        ],
    )
    def test_what_is_no_part_of_a_series(self, why: str, facts: dict[str, object]) -> None:
        text = "停,风"
        two = series_of([edit(text, ",", "，"), edit(text, ",", "，", **facts)])  # type: ignore[arg-type]
        assert [s.count for s in two] == [1, 1], why
        assert len({s.name for s in two}) == 2

    def test_pages_of_all_issues_are_one_series(self) -> None:
        [series] = series_of([edit("停,风", ",", "，"), edit("起,浪", ",", "，")])
        assert (series.count, series.pages) == (2, 2)

    def test_figures(self) -> None:
        sure, less = edit("停,风", ",", "，"), edit("起,浪", ",", "，", confidence=0.91)
        [series] = series_of([sure, less])
        assert series.mean == pytest.approx(0.95)
        assert series.least == 0.91

    def test_a_note_is_no_question(self) -> None:
        assert series_of([edit("下转", "下转", "下转", safety="note")]) == ()

    def test_sure_series_first_then_the_largest(self) -> None:
        doubtful = [edit("起,浪", ",", "，", confidence=0.5) for _ in range(6)]
        sure = [edit("经\n济", "\n", ""), *(edit("停;风", ";", "；") for _ in range(2))]
        assert [(s.sure, s.count) for s in series_of([*doubtful, *sure])] == [
            (True, 2),
            (True, 1),
            (False, 6),
        ]

    def test_a_name_is_the_same_from_run_to_run(self) -> None:
        one, other = (series_of([edit(text, ",", "，")])[0] for text in ("停,风", "起,浪"))
        assert one.name == other.name


class TestJumps:
    TEXT = "头条◇\n◆尾。\n"

    def jump(self) -> list[Correction]:
        bound = {"group": "1", "confidence": 0.95}
        marks = [Edit(2, 3, "", "JMP102", **bound), Edit(4, 5, "", "JMP102", **bound)]  # type: ignore[arg-type]
        return found(self.TEXT, *marks, Move(5, 7, 2, "JMP101", **bound))  # type: ignore[arg-type]

    def test_all_of_a_jump_is_one_question_asked_by_its_passage(self) -> None:
        [question] = questions(self.jump())
        assert [c.before for c in question] == ["尾。", "◇", "◆"]

    def test_a_series_of_jumps_counts_jumps(self) -> None:
        [series] = series_of([*self.jump(), *self.jump()])
        assert (series.code, series.kind, series.count, len(series.corrections)) == (
            "JMP101", "jump", 2, 6,
        )  # fmt: skip

    def test_one_doubtful_part_makes_a_jump_doubtful(self) -> None:
        weak = Edit(2, 3, "", "JMP102", group="1", confidence=0.5)
        [series] = series_of(found(self.TEXT, weak, Move(5, 7, 2, "JMP101", group="1")))
        assert not series.sure


class TestExamples:
    def test_from_the_surest_to_the_least_sure_on_pages_of_their_own(self) -> None:
        some = [edit("停,风", ",", "，", confidence=0.99 - n / 1000) for n in range(6)]
        [series] = series_of(some)
        chosen = [e.correction for e in series.examples()]
        assert chosen[0] is some[0]
        assert chosen[-1] is some[-1]
        assert len({id(c.page) for c in chosen}) == EXAMPLES

    @pytest.mark.parametrize("number", [1, 2, EXAMPLES])
    def test_no_more_than_there_are_and_none_twice(self, number: int) -> None:
        [series] = series_of([edit("停,风", ",", "，") for _ in range(number)])
        assert len({id(e.correction) for e in series.examples()}) == number

    def test_an_example_is_shown_on_its_line(self) -> None:
        [series] = series_of([edit("前一行\n" + "长" * 20 + ",风\n后一行", ",", "，")])
        [example] = series.examples()
        assert (example.left, example.right) == ("长" * REACH, "风")


PAGES = {
    "一/A1.txt": "党代会,奋进\n喜迎经\n济。形势稳注。\n",
    "二/A1.txt": "尾声,完\n头条◇\n",
    "二/C2.txt": "◆尾。稳注。\n",
}
REPAIRED = {
    "一/A1.txt": "党代会，奋进\n喜迎经济。形势稳定。\n",
    "二/A1.txt": "尾声，完\n头条尾。稳定。\n",
    "二/C2.txt": "\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("fixnews.filters.CHAIN", CHAIN)
    monkeypatch.setenv("FIXNEWS_STATE", str(tmp_path / ".state"))
    monkeypatch.chdir(tmp_path)
    for name, text in PAGES.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, "utf-8")
    return tmp_path


def sitting() -> Sitting:
    return Sitting([_review("一/A1.txt"), _review("二/A1.txt", "二/C2.txt")])


def _review(*names: str) -> Review:
    paths, desk = [Path(name) for name in names], Desk()
    return Review(
        lambda decide, more: mend(paths, Config(), decide=decide, more=more, desk=desk),
        Answers(paths),
    )


def texts(one: Sitting) -> dict[str, str]:
    done = [review.result() for review in one.reviews]
    pages = (pair for outcome in done for pair in zip(outcome.paths, outcome.texts, strict=True))
    return {str(path): text for path, text in pages}


@pytest.mark.usefixtures("folder")
class TestSitting:
    def test_series_reach_across_issues(self) -> None:
        assert [(s.code, s.count, s.pages, s.sure) for s in sitting().series()] == [
            ("PUN101", 2, 2, True),
            ("BRK101", 1, 1, True),
            ("JMP101", 1, 2, True),
            ("OCR101", 2, 2, False),
        ]

    def test_each_series_accepted_is_all_accepted(self) -> None:
        one = sitting()
        for name in [series.name for series in one.series()]:
            one.answer_open(next(s for s in one.series() if s.name == name), ACCEPT)
        assert one.open() == []
        assert texts(one) == REPAIRED

    def test_each_series_rejected_leaves_the_pages_as_they_are(self) -> None:
        one = sitting()
        while one.open():
            one.answer_open(one.open_series()[0], REJECT)
        assert texts(one) == PAGES

    def test_what_was_answered_by_itself_stays_so(self) -> None:
        one = sitting()
        first = one.open()[0]
        one.answer(first, EDIT, "、")
        commas = next(s for s in one.series() if s.code == "PUN101")
        assert one.standing(commas) == {EDIT: 1, OPEN: 1}
        assert one.answer_open(commas, ACCEPT) == 1
        assert texts(one)["一/A1.txt"].startswith("党代会、奋进")
        assert texts(one)["二/A1.txt"].startswith("尾声，")

    def test_a_series_is_taken_back_as_a_whole_in_all_issues(self) -> None:
        one = sitting()
        one.answer_open(one.series()[0], REJECT)
        assert one.standing(one.series()[-1])[OPEN] == 2
        assert one.undo()
        assert len(one.open()) == 6
        assert not one.undo()

    def test_what_was_said_before_holds_again_after_undo(self) -> None:
        one = sitting()
        one.answer(one.open()[0], REJECT)
        commas = next(s for s in one.series() if s.code == "PUN101")
        one.answer(commas.corrections, ACCEPT)
        one.undo()
        assert texts(one)["一/A1.txt"].startswith("党代会,奋进")
        assert [one.standing(s)[REJECT] for s in one.series() if s.code == "PUN101"] == [1]

    def test_answers_are_on_the_disk_at_once_and_outlive_the_sitting(self) -> None:
        one = sitting()
        one.answer_open(one.series()[0], REJECT)
        assert [s.code for s in sitting().open_series()] == [s.code for s in one.open_series()]
        assert all(s.code != "PUN101" for s in sitting().open_series())

    def test_the_least_sure_is_asked_first_on_demand(self) -> None:
        codes = [question[0].code for question in sitting().open(BY_DOUBT)]
        assert codes == ["OCR101", "OCR101", "JMP101", "BRK101", "PUN101", "PUN101"]

    def test_by_default_questions_come_as_they_stand_on_the_pages(self) -> None:
        asked = [question[0] for question in sitting().open()]
        assert [(c.path, c.code) for c in asked[:4]] == [
            ("一/A1.txt", "PUN101"),
            ("一/A1.txt", "BRK101"),
            ("一/A1.txt", "OCR101"),
            ("二/A1.txt", "PUN101"),
        ]
