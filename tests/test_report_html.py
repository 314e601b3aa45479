"""The report for a browser: one file, no network, and filters that work."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from fixnews.changes import Edit
from fixnews.correction import Finding
from fixnews.draft import Draft
from fixnews.report import html
from fixnews.source import Source
from fixnews.tongues import TAGS
from fixnews.verdicts import key
from fixnews.version import __version__
from tests.toy import call

PAGE = "头版\n水平提高,形势稳注。\n喜迎经\n济。<script>alert(1)</script>\x1b&amp;待续\n"

SCRIPT = (Path(html.__file__).parent / "page.js").read_text("utf-8")

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    (tmp_path / "A1.txt").write_text(PAGE, "utf-8")
    (tmp_path / "B1.txt").write_text("头条◇\n", "utf-8")
    (tmp_path / "C2.txt").write_text("◆尾。\n", "utf-8")
    run = call("check", "--report", "report.html", ".", cwd=tmp_path)
    assert run.returncode == 1
    assert run.stdout == b""
    return tmp_path / "report.html"


class Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.facts: dict[str, str] = {}
        self._open = self._name = ""
        self.data = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]
        self._open = "data" if ("id", "data") in attrs else tag

    def handle_endtag(self, tag: str) -> None:
        self._open = "" if tag else self._open

    def handle_data(self, data: str) -> None:
        if self._open == "data":
            self.data += data
        elif self._open == "dt":
            self._name = data
        elif self._open == "dd":
            self.facts[self._name] = data

    def rows(self) -> list[dict[str, Any]]:
        names = re.findall(r"'(\w+)'", SCRIPT.partition("FIELDS = [")[2].partition("]")[0])
        return [dict(zip(names, row, strict=True)) for row in json.loads(self.data)["corrections"]]


def test_every_correction_is_in_it_and_nothing_from_elsewhere(report: Path) -> None:
    text = report.read_text("utf-8")
    page = Reader(text)
    codes = [row["code"] for row in page.rows()]
    assert codes == ["PUN101", "OCR101", "BRK101", "JMP201"] + ["JMP101"] * 3
    assert page.links == []
    assert page.tags.count("script") == 2
    assert not re.search(r"https?://|@import|url\(|fetch|XMLHttp|eval", text)


def test_each_has_its_place_its_keys_and_where_it_goes(report: Path) -> None:
    page = Reader(report.read_text("utf-8"))
    data, rows = json.loads(page.data), page.rows()
    texts = [one["text"] for one in data["pages"]]
    assert [texts[row["page"]][row["start"] : row["end"]] for row in rows] == [
        ",", "注", "\n", "待续", "◇", "◆", "尾。",
    ]  # fmt: skip
    assert [(row["line"], row["column"]) for row in rows[:3]] == [(2, 5), (2, 9), (3, 4)]
    assert [row["to"] for row in rows if row["to"]] == [[1, 2]]
    assert all(len(key) == 16 for row in rows for key in row["keys"])


def test_places_count_as_a_browser_counts(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_text("𠮷𠮷党代会,奋进", "utf-8")
    call("check", "--report", "report.html", ".", cwd=tmp_path)
    [row] = Reader((tmp_path / "report.html").read_text("utf-8")).rows()
    assert (row["start"], row["end"], row["column"]) == (7, 8, 6)


def test_series_hold_every_question(report: Path) -> None:
    page = Reader(report.read_text("utf-8"))
    series = json.loads(page.data)["series"]
    held = sorted(i for one in series for question in one["questions"] for i in question)
    assert held == [n for n, row in enumerate(page.rows()) if row["safety"] != "note"]
    assert [len(one["questions"]) for one in series if one["kind"] == "jump"] == [1]


def test_the_summary_says_what_was_reported(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_text(PAGE, "utf-8")
    call("check", "--report", "r.html", "--min-confidence", "0.5", "A1.txt", cwd=tmp_path)
    facts = Reader((tmp_path / "r.html").read_text("utf-8")).facts
    assert facts["pages"] == "1"
    assert facts["corrections"] == "2 safe, 1 unsafe, 1 note, 2 applied"
    assert facts["fixnews"] == __version__
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d [+-]\d{4}", facts["made"])
    assert "min-confidence = 0.5" in facts["settings"]


@pytest.mark.parametrize("tag", TAGS[1:])
def test_a_report_in_chinese_says_nothing_in_english(tmp_path: Path, tag: str) -> None:
    (tmp_path / "A1.txt").write_text(PAGE, "utf-8")
    call("check", "--report", "r.html", "--language", tag, "A1.txt", cwd=tmp_path)
    head = (tmp_path / "r.html").read_text("utf-8").partition("<script")[0]
    said = re.sub(r"<(style|option).*?</\1>|<[^>]*>", " ", head, flags=re.DOTALL)
    assert set(re.findall("[A-Za-z]{3,}", said)) <= {"fixnews", "check", "format", "csv"}


def test_a_page_cannot_break_out(report: Path) -> None:
    text = report.read_text("utf-8")
    assert "<script>alert" not in text
    assert "\\u003cscript>alert(1)" in text
    assert "\x1b" not in text
    assert "innerHTML" not in text


def test_thousands_of_equal_lines_are_told_apart_in_a_moment() -> None:
    page = Source("A1", "稳注。\n" * 5000)
    draft = Draft.of(page)
    found = [Finding(Edit(4 * n + 1, 4 * n + 2, "定"), draft) for n in range(5000)]
    assert len(set(map(key, found))) == 5000


def in_a_browser(report: Path, script: str) -> str:
    """The page that a browser without network makes of a report and a script behind it."""
    report.write_text(
        report.read_text("utf-8").replace("</html>", f"<script>{script}</script></html>"), "utf-8"
    )
    run = subprocess.run(
        [
            BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={report.parent / 'profile'}",
            report.as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return run.stdout


@pytest.mark.slow
@pytest.mark.skipif(not BROWSER, reason="no Chromium here")
@pytest.mark.parametrize(
    ("script", "shown"),
    [
        ("", "7 / 7"),
        ("form.search.value = '水平提高'", "2 / 7"),
        ("form.rule.value = 'JMP101'", "3 / 7"),
        ("form.safety[0].checked = false", "2 / 7"),
        ("form.safety[0].checked = form.safety[2].checked = false", "1 / 7"),
        ("form.rule.value = 'OCR101'; form.safety[1].checked = false", "0 / 7"),
    ],
)
def test_the_filters_in_a_browser_without_network(report: Path, script: str, shown: str) -> None:
    page = in_a_browser(report, f"{script}; form.dispatchEvent(new Event('input'))")
    assert f"<output>{shown}</output>" in page
    assert len(re.findall("<article", page)) == int(shown.split(maxsplit=1)[0])


TELL = "document.body.dataset.answers = JSON.stringify(answered())"

SITTINGS = [
    ("decide(data.series[0].ids, 'accept')", {"A1.txt": "头版\n水平提高，形势稳注。"}),
    ("decide([0], 'reject')", {"A1.txt": "头版\n水平提高,形势稳注。"}),
    ("decide([1], 'accept')", {"A1.txt": "头版\n水平提高，形势稳定。"}),
    ("decide([0], 'edit', '、')", {"A1.txt": "头版\n水平提高、形势稳注。"}),
    ("decide([0], 'reject'); undo()", {"A1.txt": "头版\n水平提高，形势稳注。"}),
    ("decide([0], 'reject'); decide([0], '')", {"A1.txt": "头版\n水平提高，形势稳注。"}),
    ("decide([4], 'reject')", {"B1.txt": "头条◇\n", "C2.txt": "◆尾。\n"}),
    (
        "document.querySelector('#c1 [data-verdict=accept]').click()",
        {"A1.txt": "头版\n水平提高，形势稳定。"},
    ),
    (
        "document.querySelectorAll('.series [data-verdict=reject]').forEach(b => b.click())",
        {"A1.txt": "头版\n水平提高,形势稳注。", "B1.txt": "头条◇\n"},
    ),
]


@pytest.mark.slow
@pytest.mark.skipif(not BROWSER, reason="no Chromium here")
@pytest.mark.parametrize(("script", "pages"), SITTINGS)
def test_what_is_answered_in_a_browser_is_applied(
    report: Path, script: str, pages: dict[str, str]
) -> None:
    page = in_a_browser(report, f"{script}; {TELL}")
    [saved] = re.findall(r'data-answers="([^"]*)"', page)
    folder = report.parent
    (folder / "answers.jsonl").write_text(json.loads(unescape(saved)), "utf-8")
    names = ("A1.txt", "B1.txt", "C2.txt")
    run = call("fix", "-w", "--answers", "answers.jsonl", *names, cwd=folder)
    assert run.returncode == 0, run.stderr.decode()
    for name, start in pages.items():
        assert (folder / name).read_text("utf-8").startswith(start)


@pytest.mark.slow
@pytest.mark.skipif(not BROWSER, reason="no Chromium here")
def test_a_whole_page_before_and_after(report: Path) -> None:
    page = in_a_browser(report, "whole(pages[1]); whole(pages[2]); whole(pages[0])")
    sides = re.findall(
        r'<div class="whole"[^>]*><div>(.*?)</div><div>(.*?)</div></div>', page, re.S
    )
    plain = [[unescape(re.sub("<[^>]*>", "", side)) for side in pair] for pair in sides]
    assert plain[0][1].startswith(
        "头版\n水平提高，形势稳注。\n喜迎经济。<script>alert(1)</script>␛"
    )
    assert plain[1:] == [["头条◇\n", "头条尾。\n"], ["◆尾。\n", "\n"]]
