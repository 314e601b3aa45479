"""A patched file is read again until nothing more changes: its lines are apart again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import fixnews.filters
from fixnews.changes import Change, Edit
from fixnews.config import Config
from fixnews.draft import Draft
from fixnews.filters import Context, Filter
from fixnews.issue import mend
from fixnews.settling import settled
from tests.papers import alto, alto_line, alto_word
from tests.toy import RULES, call

PAGE = alto(alto_line(alto_word("丙戊甲")) + alto_line(alto_word("乙"), "L2"))


def propose(draft: Draft, context: Context) -> Iterator[Change]:
    """丙 becomes 丁 and the lines are joined; where they stand apart and 丁 is read, 戊 is 己."""
    assert context
    text = draft.text
    for m in re.finditer("丙", text):
        yield Edit(m.start(), m.end(), "丁", "OCR101", "misread")
    for m in re.finditer("(?<=甲)\n+(?=乙)", text):
        yield Edit(m.start(), m.end(), "", "BRK101", "a word")
        for n in re.finditer("(?<=丁)戊", text):
            yield Edit(n.start(), n.end(), "己", "OCR101", "misread")


@pytest.fixture(autouse=True)
def chain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.toy.CHAIN", (Filter("toy", RULES, propose, "alone"),))
    monkeypatch.setattr(fixnews.filters, "CHAIN", (Filter("toy", RULES, propose, "alone"),))


def test_what_is_found_later_is_written_and_told(tmp_path: Path) -> None:
    file = tmp_path / "A1.xml"
    file.write_text(PAGE, "utf-8")
    once = mend([file], Config())
    assert once.texts == ("丁戊甲乙\n",)
    done = settled(once, Config())
    assert done.files[0].decode() == PAGE.replace("丙戊", "丁己")
    assert [(c.before, c.after) for c in done.later] == [("戊", "己")]


def test_so_the_next_run_leaves_the_file(tmp_path: Path) -> None:
    file = tmp_path / "A1.xml"
    file.write_text(PAGE, "utf-8")
    first = call("fix", "-w", "A1.xml", cwd=tmp_path)
    said = "A1.xml: 1 applied, 1 in the text only, 1 when read again\n"
    assert first.stderr.decode() == f"{said}1 seen, 1 repaired, 0 passed over\n"
    written = file.read_bytes()
    second = call("fix", "-w", "A1.xml", cwd=tmp_path)
    said = "A1.xml: 1 in the text only\n1 seen, 0 repaired, 0 passed over\n"
    assert second.stderr.decode() == said
    assert file.read_bytes() == written


def test_a_text_is_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "A1.txt"
    file.write_text("丙戊甲\n乙\n", "utf-8")
    once = mend([file], Config())
    assert settled(once, Config()) is once
