"""The list of series: keys in, exact bytes out; and what of it is seen on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from fixnews.console import Console
from fixnews.report.cells import text_width
from fixnews.report.stacked import View
from fixnews.review.keyboard import AGAIN, DOWN, END, ENTER, HOME, PAGE_DOWN, PAGE_UP, PASTE, UP
from fixnews.review.prompt import DONE, QUIT, WRITE, Dialogue, Lists
from fixnews.review.series_list import KEYS, SeriesList, listed, shown
from fixnews.review.sitting import BY_DOUBT, BY_PAGE
from tests.test_series import PAGES, REPAIRED, folder, sitting, texts

__all__ = ["folder"]

pytestmark = pytest.mark.usefixtures("folder")

COMMAS = {"一/A1.txt": "党代会，奋进\n喜迎经\n济。形势稳注。\n", "二/A1.txt": "尾声，完\n头条◇\n"}


class Keys:
    """A keyboard that has been typed on, a key or a line at a time."""

    def __init__(self, *typed: str) -> None:
        self.typed = list(typed)

    def key(self) -> str:
        return self.typed.pop(0) if self.typed else ""

    def line(self, question: str, offers: Sequence[str] = ()) -> str:
        assert question
        assert all(offers)
        return self.typed.pop(0)


def sit(*typed: str, order: str = BY_PAGE) -> tuple[str, dict[str, str]]:
    """How a sitting with these keys ends, and the pages as they would be written."""
    one, keyboard, console, view = sitting(), Keys(*typed), Console(), View()
    dialogue = Dialogue(one, keyboard, console, view, Lists(str, "{}={}".format))
    end = SeriesList(one, keyboard, console, view, dialogue, order=order).hold()
    assert not keyboard.typed, "all keys were used"
    return end, texts(one)


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        ("w", {}),
        ("aw", COMMAS),
        ("raw", {"一/A1.txt": "党代会,奋进\n喜迎经济。形势稳注。\n"}),
        ("aaaaw", REPAIRED),
        ("rrrrw", {}),
        ("auw", {}),
        ("aaa4aw", REPAIRED),
        ("jaw", {"一/A1.txt": "党代会,奋进\n喜迎经济。形势稳注。\n"}),
        ("jkaw", COMMAS),
        ("kaw", COMMAS),
        ("oynw", {"一/A1.txt": COMMAS["一/A1.txt"]}),
        ("oysw", {"一/A1.txt": COMMAS["一/A1.txt"]}),
        ("oyw", {"一/A1.txt": COMMAS["一/A1.txt"]}),
        ("oyaw", COMMAS),
        ("dynw", {"一/A1.txt": "党代会,奋进\n喜迎经\n济。形势稳定。\n"}),
        ("aod?w", COMMAS | {"一/A1.txt": "党代会，奋进\n喜迎经\n济。形势稳注。\n"}),
        ("?xaw", COMMAS),
        ("aaaaaow", REPAIRED),
    ],
)
def test_keys(typed: str, changed: dict[str, str]) -> None:
    end, pages = sit(*typed)
    assert (end, pages) == (WRITE, PAGES | changed)


@pytest.mark.parametrize(
    ("keys", "changed"),
    [
        ([DOWN, UP, "a"], COMMAS),
        ([END, HOME, "a"], COMMAS),
        ([PAGE_DOWN, PAGE_UP, "a"], COMMAS),
        (["g", "1", "a"], COMMAS),
        (["g", "99", "g", "", "1", "a"], COMMAS),
        ([PASTE, "a"], COMMAS),
        ([PASTE, PASTE], {}),
        ([AGAIN, "a"], COMMAS),
        ([ENTER, PASTE, AGAIN, "y", "s"], {"一/A1.txt": COMMAS["一/A1.txt"]}),
    ],
)
def test_keys_that_are_no_characters(keys: list[str], changed: dict[str, str]) -> None:
    assert sit(*keys, "w") == (WRITE, PAGES | changed)


@pytest.mark.parametrize("typed", ["q", "aq", "aaaaq", "oq", "oyq"])
def test_leaving_writes_nothing(typed: str) -> None:
    assert sit(*typed)[0] == QUIT


def test_a_closed_terminal_keeps_the_answers() -> None:
    assert sit("a")[0] == QUIT
    assert [row.left for row in listed(sitting())] == [0, 1, 1, 2]


def test_an_empty_list_is_done() -> None:
    Path("一/A1.txt").write_text("好。\n", "utf-8")
    for name in ("A1", "C2"):
        Path(f"二/{name}.txt").write_text("好。\n", "utf-8")
    assert sit()[0] == DONE


def test_the_least_sure_is_asked_first_on_demand() -> None:
    Path("二/A1.txt").write_text("尾声,完\n", "utf-8")
    Path("一/A1.txt").write_text("党代会,奋进\n形势稳注。\n", "utf-8")
    end, pages = sit("o", "y", "s", "w", order=BY_DOUBT)
    assert (end, pages["一/A1.txt"]) == (WRITE, "党代会，奋进\n形势稳注。\n")


class TestRows:
    def test_what_is_doubtful_and_alone_is_one_row_without_a_verdict(self) -> None:
        Path("二/C2.txt").write_text("好。\n", "utf-8")
        rows = listed(sitting())
        assert [row.series.code if row.series else "" for row in rows] == ["PUN101", "BRK101", ""]
        end, pages = sit("3", "a", "r", "o", "y", "w")
        assert (end, pages["一/A1.txt"]) == (WRITE, "党代会,奋进\n喜迎经\n济。形势稳定。\n")

    @pytest.mark.parametrize("columns", [80, 140])
    @pytest.mark.parametrize("ambiguous", [1, 2])
    def test_no_line_is_wider_than_the_terminal(self, columns: int, ambiguous: int) -> None:
        rows = listed(sitting())
        for at in range(len(rows)):
            for line in shown(rows, at, View(width=columns, ambiguous=ambiguous), 24):
                assert text_width(line.rstrip("\n"), ambiguous) <= columns

    def test_the_keys_fit_a_terminal(self) -> None:
        assert text_width(KEYS) <= 80

    def test_a_long_list_is_shown_around_the_chosen_row(self) -> None:
        rows = listed(sitting()) * 20
        screen = list(shown(rows, 40, View(), 24))
        assert len(screen) <= 24 - 2
        assert sum(line.startswith("> 41 ") for line in screen) == 1
        assert "… " in screen[-2]
