"""The piped diff: ``git apply`` takes it and makes the bytes that ``fix`` makes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixnews.changes import Edit, Move
from fixnews.encoding import encode
from fixnews.filters import Filter, Rule
from fixnews.islands import EVERY
from fixnews.issue import Outcome
from fixnews.pipeline import repair
from fixnews.report.unified import unified
from fixnews.source import Source
from tests.toy import call

LONG = "".join(f"第{n}行。\n" for n in range(40))

PAGES = {
    "one line": "喜迎党代会,奋进\n",
    "no newline at end": "头版\n喜迎党代会,奋进",
    "newline goes at the end": "党代会,\n稳经\n济",
    "CRLF": "头版\r\n喜迎党代会,奋进\r\n尾\r\n",
    "CR alone": "头版\r喜迎党代会,奋进\r尾",
    "join": "喜迎经\n济,奋进\n尾\n",
    "two hunks": f"党,代\n{LONG}党,代\n",
    "one hunk": "党,代\n一\n二\n三\n党,代\n",
    "a move": f"头条◇\n{LONG}◆尾巴。\n{LONG}",
    "a move within reach": "头条◇\n中间\n◆尾巴,长。\n后\n",
    "a move to the start": "◇\n◆尾巴。",
    "a move back": f"党,代\n◆尾巴。\n{LONG}头条◇\n",
    "blank lines": "\n\n\n党,代\n\n\n\n",
    "form feed": "党,代\n\f党,代\n",
    "odd line ends": "党,代\u2028党,代\x0b党,代\x85\n",
}

NAMES = ["A1.txt", "头版 1.txt", 'q"uo\\te.txt', "tab\there.txt", "in ner/A 1.txt"]


def applied(folder: Path, diff: bytes, where: str = "") -> None:
    command = ["git", "apply", "-"]
    run = subprocess.run(command, cwd=folder / where, input=diff, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode() + diff.decode("utf-8", "replace")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "hz"])
@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES.keys())
def test_git_applies_it(tmp_path: Path, text: str, encoding: str) -> None:
    named = ["--encoding", encoding] if encoding in ("gb18030", "utf-16-be", "hz") else []
    file = tmp_path / "A1.txt"
    try:
        file.write_bytes(text.encode(encoding))
    except UnicodeEncodeError:
        pytest.skip("this encoding cannot write the page")
    diff = call("diff", *named, "A1.txt", cwd=tmp_path).stdout
    call("fix", "-w", *named, "A1.txt", cwd=tmp_path)
    fixed = file.read_bytes()
    assert fixed != text.encode(encoding)
    file.write_bytes(text.encode(encoding))
    applied(tmp_path, diff)
    assert file.read_bytes() == fixed


@pytest.mark.parametrize("name", NAMES)
def test_names(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("党,代\n", "utf-8")
    applied(tmp_path, call("diff", name, cwd=tmp_path).stdout)
    assert file.read_text("utf-8") == "党，代\n"


def test_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / "in").mkdir()
    (tmp_path / "in/A1.txt").write_text("党,代\n", "utf-8")
    applied(tmp_path, call("diff", "A1.txt", cwd=tmp_path / "in").stdout, "in")
    assert (tmp_path / "in/A1.txt").read_text("utf-8") == "党，代\n"


def test_a_passage_that_goes_to_another_file(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_text("头条◇\n", "utf-8")
    (tmp_path / "C2.txt").write_text("上\n◆尾。\n下", "utf-8")
    applied(tmp_path, call("diff", ".", cwd=tmp_path).stdout)
    assert (tmp_path / "A1.txt").read_text("utf-8") == "头条尾。\n"
    assert (tmp_path / "C2.txt").read_text("utf-8") == "上\n\n下"


def test_what_does_not_change_is_not_in_it() -> None:
    page = Source("A1.txt", f"党,代\n{LONG}")
    diff = b"".join(unified(outcome(page, [Edit(1, 2, "，", "T001")]), 0)).decode()
    hunk = "@@ -1,4 +1,4 @@\n-党,代\n+党，代\n 第0行。\n 第1行。\n 第2行。\n"
    assert diff.partition("b/A1.txt\n")[2] == hunk


def outcome(page: Source, changes: list[Edit | Move]) -> Outcome:
    rule = Rule("T001", "test", touches=EVERY)
    once = Filter("once", (rule,), lambda d, _: changes if d.text == page.text else (), "")
    return Outcome((Path(page.path),), repair([page], chain=(once,)))


LINES = st.lists(st.sampled_from(["", "一", "二\r", "三,三"]), max_size=12).map("\n".join)


@given(LINES, st.data())
def test_any_edits_and_a_move_are_told_truly(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    news = data.draw(st.tuples(st.text("一\n", max_size=2), st.text("二\n", max_size=2)))
    changes: list[Edit | Move] = [
        Edit(cuts[0], cuts[1], news[0], "T001"),
        Edit(cuts[2], cuts[2], news[1], "T001"),
    ]
    if data.draw(st.booleans()) and cuts[2] < cuts[3]:
        changes = [changes[0], Move(cuts[2], cuts[3], cuts[0], "T001")]
    page = Source("A1.txt", text, text.encode())
    done = outcome(page, changes)
    diff = b"".join(unified(done, 0))
    assert patched(text.encode(), diff) == encode(done.texts[0], page)


def patched(data: bytes, diff: bytes) -> bytes:
    """What a unified diff makes of a file: the plainest reading of the format."""
    lines = data.split(b"\n")
    old = [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    out: list[bytes] = []
    at = 0
    rows = diff.split(b"\n")[2:-1]
    for n, row in enumerate(rows):
        if row.startswith(b"@@"):
            start, count = map(int, row.split()[1][1:].split(b","))
            first = start - (count > 0)
            out += old[at:first]
            at = first
            continue
        bare = n + 1 < len(rows) and rows[n + 1].startswith(b"\\")
        line = row[1:] + (b"" if bare else b"\n")
        if row[:1] in b" -":
            assert old[at] == line
            at += 1
        if row[:1] in b" +" and not row.startswith(b"\\"):
            out.append(line)
    return b"".join(out + old[at:])
