"""Baselines: what a project leaves as it is, filed by content."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixnews.issue import Outcome
from fixnews.pipeline import repair
from fixnews.source import Source
from fixnews.verdicts import keys
from tests.toy import CHAIN, call

PAGE = "喜迎党代会,奋进\n经\n济稳注\n待续\n"


def keys_of(text: str) -> list[frozenset[str]]:
    sources = [Source("A1.txt", text)]
    return [keys(c) for c in Outcome((), repair(sources, chain=CHAIN)).corrections]


def test_a_key_outlives_changes_elsewhere() -> None:
    before, after = "今天有新的一行，写得很长。\n\n", "今天又有新的一行。\n"
    assert keys_of(before + PAGE + after) == keys_of(PAGE)


def test_places_that_look_the_same_have_their_own_keys() -> None:
    found = keys_of("安,安," * 40)
    assert len(set(found)) == len(found) == 80


@pytest.mark.parametrize("page", [PAGE, "安,安," * 30 + "\n", PAGE * 5])
def test_a_baseline_hides_what_was_there_and_shows_what_is_new(tmp_path: Path, page: str) -> None:
    file = tmp_path / "A1.txt"
    file.write_text(page, "utf-8")
    assert call("check", "--write-baseline", "base.tsv", ".", cwd=tmp_path).returncode == 0
    clean = call("check", "-q", "--baseline", "base.tsv", ".", cwd=tmp_path)
    assert (clean.returncode, clean.stdout, clean.stderr) == (0, b"", b"")

    file.write_text(page + "这里是很长的一段没有什么问题的文字。新的一行,有毛病\n", "utf-8")
    new = call("check", "--format", "concise", "--baseline", "base.tsv", ".", cwd=tmp_path)
    assert new.returncode == 1
    assert f"A1.txt:{page.count(chr(10)) + 1}:".encode() in new.stdout
    assert len(new.stdout.splitlines()) == 1


def test_fix_leaves_alone_what_the_baseline_names(tmp_path: Path) -> None:
    file = tmp_path / "A1.txt"
    file.write_text(PAGE, "utf-8")
    call("check", "--write-baseline", "base.tsv", "A1.txt", cwd=tmp_path)
    (tmp_path / "fixnews.toml").write_text("baseline = 'base.tsv'", "utf-8")
    assert call("fix", "A1.txt", cwd=tmp_path).stdout.decode() == PAGE


def test_entries_that_match_nothing_are_told(tmp_path: Path) -> None:
    file = tmp_path / "A1.txt"
    file.write_text(PAGE, "utf-8")
    call("check", "--write-baseline", "base.tsv", "A1.txt", cwd=tmp_path)
    file.write_text("经济稳定。\n", "utf-8")
    run = call("check", "--baseline", "base.tsv", "A1.txt", cwd=tmp_path)
    assert b"4 entries of the baseline match nothing" in run.stderr
    assert run.returncode == 0
    told = call("check", "-v", "--baseline", "base.tsv", "A1.txt", cwd=tmp_path).stderr.decode()
    assert told.count("PUN101  A1.txt  ,  ，\n") == PAGE.count(",")
    (tmp_path / "A2.txt").write_text("经济稳定。\n", "utf-8")
    other = call("check", "--baseline", "base.tsv", "A2.txt", cwd=tmp_path)
    assert b"match nothing" not in other.stderr


@pytest.mark.parametrize(("text", "says"), [("nonsense\n", b"base.tsv:1"), (None, b"no such file")])
def test_a_bad_baseline_is_told(tmp_path: Path, text: str | None, says: bytes) -> None:
    if text:
        (tmp_path / "base.tsv").write_text(text, "utf-8")
    run = call("check", "--baseline", "base.tsv", cwd=tmp_path)
    assert run.returncode == 2
    assert says in run.stderr
