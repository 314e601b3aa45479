"""Where the project lives stands in one place, and is right everywhere it is named."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

from scripts import address

ROOT = Path(__file__).parent.parent
URL = "https://github.com/someone/fixnews"
TAG = f"v{address.version(ROOT)}"
FILES = {place.file for place in address.PLACES} | {address.VERSION, address.CHANGES}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The files of the table, in a folder of their own."""
    for file in FILES:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def called(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts/address.py"), "--root", str(root), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def texts(root: Path) -> dict[str, str]:
    return {file: (root / file).read_text("utf-8") for file in FILES}


def test_every_place_of_ours_says_the_same() -> None:
    done = called(ROOT, "--check")
    assert done.returncode == 0, done.stdout


WRITTEN = [
    ("pyproject.toml", f'Repository = "{URL}"\n'),
    ("pyproject.toml", f'Changelog = "{URL}/blob/HEAD/CHANGELOG.md"\n'),
    ("README.md", f"- repo: {URL}\n      rev: {TAG}\n"),
    ("README.md", f"- uses: someone/fixnews@{TAG}\n"),
    ("docs/manual.md", f"- repo: {URL}\n"),
    ("docs/zh-CN/manual.md", f"- repo: {URL}\n"),
    ("CITATION.cff", f'repository-code: "{URL}"\nlicense: MIT\n'),
    ("zensical.toml", f'repo_url = "{URL}"\n'),
]


class TestWriting:
    def test_it_is_written_everywhere(self, copy: Path) -> None:
        assert called(copy, URL).returncode == 0
        there = texts(copy)
        assert [row for row in WRITTEN if row[1] not in there[row[0]]] == []
        assert not any("<this repository>" in text for text in there.values())
        assert called(copy, "--check").returncode == 0

    def test_a_second_time_changes_nothing(self, copy: Path) -> None:
        called(copy, URL)
        once = texts(copy)
        called(copy, f"{URL}.git/")
        called(copy)
        assert texts(copy) == once

    def test_another_address_takes_the_place_of_the_first(self, copy: Path) -> None:
        called(copy, URL)
        once = texts(copy)
        called(copy, "https://github.com/another/fixnews")
        assert not any("someone" in text for text in texts(copy).values())
        called(copy, URL)
        assert texts(copy) == once

    @pytest.mark.parametrize(
        ("url", "why"),
        [
            ("http://github.com/someone/fixnews", "not read over https"),
            ("https://github.com/fixnews", "no owner"),
            ("https://example.org/someone/fixnews", "nobody knows how this host spells links"),
            ("github.com/someone/fixnews", "no scheme"),
        ],
    )
    def test_what_is_no_address_is_refused(self, copy: Path, url: str, why: str) -> None:
        before = texts(copy)
        done = called(copy, url)
        assert done.returncode == 2, why
        assert "HOST/OWNER/NAME" in done.stderr
        assert texts(copy) == before

    def test_a_place_that_is_gone_is_named(self, copy: Path) -> None:
        (copy / "CITATION.cff").write_text("version: 0\n", "utf-8")
        done = called(copy, URL)
        assert done.returncode == 2
        assert "CITATION.cff: 0 places" in done.stderr


def put(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new), "utf-8")


class TestRelease:
    def test_a_version_that_is_not_written_everywhere_is_named(self, copy: Path) -> None:
        put(copy, address.VERSION, address.version(copy), "9.8.7")
        done = called(copy, "--check")
        assert done.returncode == 1
        assert "CITATION.cff: lacks 'version: 9.8.7'" in done.stdout
        called(copy)
        assert called(copy, "--check").returncode == 0

    @pytest.mark.parametrize(
        ("tag", "heading", "says"),
        [
            (TAG, TAG[1:], "every place says the same"),
            (TAG, "0.0.1", f"no heading '## {TAG[1:]}'"),
            ("v9.8.7", TAG[1:], "the tag v9.8.7 is not the version"),
            ("checked", "0.0.1", "every place says the same"),
        ],
    )
    def test_a_tag_is_the_version(self, copy: Path, tag: str, heading: str, says: str) -> None:
        put(copy, address.CHANGES, "## Unreleased", f"## Unreleased\n\n## {heading}")
        git = ["git", "-C", str(copy), "-c", "user.name=t", "-c", "user.email=t@example.org"]
        for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "x"), ("tag", tag)):
            subprocess.run([*git, *words], check=True)
        assert says in called(copy, "--check").stdout


def built(root: Path) -> tuple[list[str], str]:
    """The addresses in the metadata of a wheel, and the page for an index."""
    call = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", root / "out", root]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no wheel can be built here: {done.stderr[-200:]}")
    (wheel,) = (root / "out").glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        [name] = [name for name in packed.namelist() if name.endswith("/METADATA")]
        told = message_from_bytes(packed.read(name))
    page = told.get_payload(decode=True)
    assert isinstance(page, bytes)
    return told.get_all("Project-URL") or [], page.decode()


def linked(page: str) -> list[str]:
    return re.findall(r"\]\(([^)]+)\)", re.sub(r"(?m)^ {4}.*", "", page))


@pytest.mark.slow
class TestPackage:
    @pytest.fixture
    def package(self, copy: Path) -> Path:
        """As much of the project as a wheel needs."""
        for file in ("LICENSE", "scripts/address.py", "scripts/package_page.py"):
            (copy / file).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / file, copy / file)
        (copy / "dictionaries").mkdir()
        (copy / "fixnews/__init__.py").touch()
        return copy

    def test_with_an_address_its_page_leads_there(self, package: Path) -> None:
        called(package, URL)
        urls, page = built(package)
        assert f"Repository, {URL}" in urls
        assert f"![fixnews diff]({URL}/raw/{TAG}/docs/pictures/diff.svg)" in page
        assert f"[the manual]({URL}/blob/{TAG}/docs/manual.md)" in page
        assert [link for link in linked(page) if not link.startswith((URL, "#"))] == []

    def test_without_one_it_is_readme(self, package: Path) -> None:
        urls, page = built(package)
        assert urls == [], "no address is made up"
        assert page.strip() == (ROOT / "README.md").read_text("utf-8").strip()
