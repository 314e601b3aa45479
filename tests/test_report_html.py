"""The report for a browser: one file, no network, and filters that work."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.toy import call

PAGE = "头版\n水平提高,形势稳注。\n喜迎经\n济。<script>alert(1)</script>\x1b&amp;待续\n"

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
        self.articles: list[dict[str, str | None]] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag == "article":
            self.articles.append(dict(attrs))


def test_every_correction_is_in_it_and_nothing_from_elsewhere(report: Path) -> None:
    text = report.read_text("utf-8")
    page = Reader(text)
    codes = [article["data-rule"] for article in page.articles]
    assert codes == ["PUN101", "OCR101", "BRK101", "JMP201"] + ["JMP101"] * 4
    assert [article.get("data-arrival") for article in page.articles].count("1") == 1
    assert page.links == ["#p3", "#p2"]
    assert page.tags.count("script") == 1
    assert not re.search(r"https?://|@import|url\(", text)


def test_a_page_cannot_break_out(report: Path) -> None:
    text = report.read_text("utf-8")
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "\x1b" not in text
    assert "&amp;amp;" in text


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
    acts = f"<script>{script}; form.dispatchEvent(new Event('input'))</script>"
    report.write_text(report.read_text("utf-8").replace("</html>", f"{acts}</html>"), "utf-8")
    run = subprocess.run(
        [
            BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={report.parent / 'profile'}",
            report.as_uri(),
        ],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert f"<output>{shown}</output>" in run.stdout
    visible = re.findall(r"<article(?![^>]*(?:hidden|arrival))", run.stdout)
    assert len(visible) == int(shown.split(maxsplit=1)[0])
