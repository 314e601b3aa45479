"""The report for people: cells, kinsoku, marks, both ends of a move."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixnews.issue import Outcome
from fixnews.pipeline import repair
from fixnews.report.cells import NEVER_FIRST, NEVER_LAST, cells, plain, text_width, wrapped
from fixnews.report.stacked import View, brief, stacked
from fixnews.source import Source
from tests.toy import CHAIN, call

ANSI = re.compile(r"\x1b\[[0-9;]*m")
NEWS = st.text("经济形势稳定“”（）《》，。、：；——……·A1b2 \u3000", max_size=80)


@pytest.fixture(autouse=True)
def _toy_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fixnews.filters.CHAIN", CHAIN)


def outcome(**pages: str) -> Outcome:
    sources = [Source(f"{name}.txt", text) for name, text in pages.items()]
    return Outcome(tuple(Path(s.path) for s in sources), repair(sources, chain=CHAIN))


def lines(done: Outcome, view: View) -> list[str]:
    return "".join(stacked([done], view)).split("\n")


class TestCells:
    @given(NEWS, st.integers(4, 40), st.sampled_from([1, 2]))
    def test_no_line_is_too_wide_and_nothing_is_lost(self, text: str, room: int, each: int) -> None:
        parts = list(wrapped(cells(text, "", each), room))
        assert all(text_width(plain(part), each) <= room for part in parts)
        assert "".join(map(plain, parts)) == text

    @given(st.text("经济形势稳定", min_size=1, max_size=9), st.integers(8, 20))
    def test_kinsoku(self, word: str, room: int) -> None:
        text = f"“{word}”，（{word}）。《{word}》、" * 4
        for part in list(wrapped(cells(text), room))[1:]:
            assert part[0].text not in NEVER_FIRST
        for part in list(wrapped(cells(text), room))[:-1]:
            assert part[-1].text not in NEVER_LAST

    def test_a_number_stays_whole(self) -> None:
        assert [plain(p) for p in wrapped(cells("增长了12345亿元"), 10)] == ["增长了", "12345亿元"]

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("\x1b[31m", "␛[31m"),
            ("稳\u200b定", "稳<U+200B>定"),
            ("\u202e", "<U+202E>"),
            ("\ud800", "<U+D800>"),
            ("\r\n\r\n\n", "⏎⏎⏎"),
            ("e\u0301", "e\u0301"),
        ],
    )
    def test_nothing_steers_the_terminal(self, text: str, shown: str) -> None:
        assert plain(cells(text)) == shown


PAGE = "头版今日,要闻经\n济形势稳注，人民生活水平提高。“经济稳定”，他说,是的\n待续\n"

PLAIN = """\
A1.txt   UTF-8  LF  3 safe  1 unsafe
PUN101 + BRK101           safe   0.98                                      1–2/4
  1 - 头版今日[-,-]要闻经[-⏎-]济形势稳注，人民生活水平…
  1 + 头版今日{+，+}要闻经济形势稳注，人民生活水平…
OCR101 confusable-char    unsafe 0.70   not applied                          3/4
  2 - 济形势稳[-注-]，人民生活水平提高。“经…
  2 + 济形势稳{+定+}，人民生活水平提高。“经…
PUN101 half-width         safe   0.99                                        4/4
  2 - …提高。“经济稳定”，他说[-,-]是的
  2 + …提高。“经济稳定”，他说{+，+}是的

                          safe  unsafe    note
BRK101 broken-word           1
OCR101 confusable-char               1
PUN101 half-width            2
1 page                       3       1
"""


def test_a_diff_without_colour() -> None:
    assert "".join(stacked([outcome(A1=PAGE)], brief(View()))) == PLAIN


def test_colour_says_the_same_without_the_marks() -> None:
    done = outcome(A1=PAGE)
    bare = re.sub(r"\[-|-\]|\{\+|\+\}", "", PLAIN)
    assert ANSI.sub("", "".join(stacked([done], brief(View(color=True))))) == bare


def test_reasons_and_notes() -> None:
    shown = lines(outcome(A1=PAGE), View())
    assert "      a half-width comma" in shown
    at = next(n for n, line in enumerate(shown) if line.startswith("JMP201"))
    assert shown[at + 1 : at + 3] == ["      no continuation on the pages given", "  3   待续"]


TAIL = "尾" * 50


def test_both_ends_of_a_move_and_the_link_between() -> None:
    shown = lines(outcome(A1="头条◇\n", C2=f"\n◆{TAIL}。\n"), brief(View()))
    home = next(n for n, line in enumerate(shown) if "A1:1 ← C2:2" in line)
    away = next(n for n, line in enumerate(shown) if "C2:2 → A1:1" in line)
    assert home < away
    assert shown[home + 1].startswith("  1 + 头条{+尾尾")
    assert shown[away + 1].startswith("  2 - ◆[-尾尾")
    assert "…19…" in "".join(shown[home + 1 : home + 3])


PASSAGES = [
    ("within reach", "甲,乙,丙\n", ["1–2/2"]),
    ("out of reach", f"甲,{'乙' * 25},丙\n", ["1/2", "2/2"]),
    ("a line between", "甲,\n乙,丙\n", ["1/2", "2/2"]),
    ("across a join", "甲,经\n济,丙\n", ["1–3/3"]),
    ("too long for a glance", f"{'甲乙丙丁戊己庚辛,' * 15}甲\n", ["1–11/15", "12–15/15"]),
    ("a suggestion between", "甲,稳注,丙\n", ["1/3", "2/3", "3/3"]),
    ("a move between", "甲◇,乙\n◆丙,丁\n", ["1/5", "2/5", "3/5", "4/5", "5/5"]),
]


@pytest.mark.parametrize(
    ("page", "numbers"), [p[1:] for p in PASSAGES], ids=[p[0] for p in PASSAGES]
)
def test_changes_that_stand_together_are_one_passage(page: str, numbers: list[str]) -> None:
    shown = "\n".join(lines(outcome(A1=page), brief(View())))
    assert re.findall(r"  (\d\S*/\d+)$", shown, re.MULTILINE) == numbers
    alone = "\n".join(lines(outcome(A1=page), View()))
    assert re.findall(r"  (\d+)/\d+$", alone, re.MULTILINE) == [
        str(n) for n in range(1, int(numbers[-1].split("/")[1]) + 1)
    ]


def test_a_context_reads_as_its_side_does() -> None:
    shown = lines(outcome(A1=f"{'甲乙丙丁戊己庚辛,' * 15}甲\n"), brief(View()))
    before, after = (next(x for x in shown[5:] if f" {sign} …" in x) for sign in "-+")
    assert "…己庚辛,甲乙丙丁戊己庚辛[-,-]" in before
    assert "…己庚辛，甲乙丙丁戊己庚辛{+，+}" in after


def test_a_context_ends_where_a_passage_moves_away() -> None:
    shown = lines(outcome(A1="头条◇\n", C2="上文,◆尾,巴。\n"), brief(View()))
    away = shown.index("JMP101 jump-merge         safe   0.95   C2:1 → A1:1".ljust(77) + "3/4")
    assert shown[away - 1] == "  1 + 上文{+，+}"
    assert shown[away + 3] == "  1 - …尾[-,-]巴。"


def test_by_rule() -> None:
    shown = lines(outcome(A1=PAGE), View(by_rule=True))
    heads = [line.split()[0] for line in shown if " in all" in line]
    assert heads == ["BRK101", "JMP201", "OCR101", "PUN101"]
    assert any("A1.txt:2" in line for line in shown)


def test_side_by_side_needs_room() -> None:
    done = outcome(A1=PAGE)
    wide = lines(done, View(width=120, side_by_side=True))
    row = next(line for line in wide if "[-,-]" in line)
    assert row.startswith("  1 - 头版今日[-,-]要闻经")
    assert row.endswith(" + 头版今日{+，+}要闻经")
    assert text_width(row[: row.index(" + ")]) == 6 + (120 - 3 - 6) // 2 - 0
    narrow = View(width=119, side_by_side=True)
    assert lines(done, narrow) == lines(done, View(width=119))


@pytest.mark.parametrize("each", [1, 2])
@pytest.mark.parametrize("columns", [48, 80, 140])
@pytest.mark.parametrize("side_by_side", [False, True])
def test_no_line_is_wider_than_the_terminal(columns: int, each: int, side_by_side: bool) -> None:
    view = View(width=columns, ambiguous=each, side_by_side=side_by_side)
    done = outcome(A1=PAGE * 3 + "“" * 9 + "他说,“好”…" * 9, C2=f"◇\n◆{TAIL}")
    for shown in (view, replace(view, by_rule=True), replace(view, reasons=False)):
        for line in lines(done, shown):
            is_text = line.startswith("   ") or re.match(r" +\d+ ", line)
            assert not is_text or text_width(line, each) <= columns


def test_the_options_reach_it(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_text(PAGE, "utf-8")
    run = call("check", "--group-by", "rule", "A1.txt", cwd=tmp_path)
    assert b"PUN101 half-width   2 in all" in run.stdout
    colored = call("diff", "--color", "always", "A1.txt", cwd=tmp_path).stdout
    assert b"\x1b[1;7;31m,\x1b[0m" in colored
    asked = call("check", "--color", "always", "A1.txt", cwd=tmp_path, NO_COLOR="1")
    assert b"\x1b" in asked.stdout
    forced = call("check", "A1.txt", cwd=tmp_path, FORCE_COLOR="1")
    assert b"\x1b" in forced.stdout
    refused = call("check", "A1.txt", cwd=tmp_path, FORCE_COLOR="1", NO_COLOR="1")
    assert b"\x1b" not in refused.stdout
