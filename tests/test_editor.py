"""In an editor: the corrections of `check` as one types, quick fixes, the reader's own lists."""

from __future__ import annotations

import json
import os
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from fixnews.editor.checking import Checked, checked
from fixnews.editor.columns import Columns, Spot
from fixnews.editor.remedies import ALLOW, FIX, TEACH, WHOLE_PAGE, remedies, replacements
from fixnews.editor.settings import Settings, settings_of
from fixnews.source import Source
from tests.toy import CHAIN, RULES, call

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0
"""Seconds after which an answer does not come any more."""

PAGE = "喜迎党代会,奋进新征程,经\n济稳注。\n第二段,待续\n"
"""For the toy chain: three commas, a broken word, a suggestion, a note."""


class Editor:
    """As little of an editor as a test needs: it speaks over the streams of the real command."""

    def __init__(self, folder: Path, locale: str = "en", options: Sequence[str] = ()) -> None:
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "FIXNEWS_STATE": str(folder / ".state"),
        }
        self.run = subprocess.Popen(
            [sys.executable, "-m", "tests.toy", "server", "--stdio", *options],
            cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.heard: queue.Queue[dict[str, Any]] = queue.Queue()
        self.folder, self.text, self.version, self.asked = folder, "", 0, 0
        self.uri = (folder / "A1.txt").as_uri()
        threading.Thread(target=self._listen, daemon=True).start()
        edits = {"workspaceEdit": {"documentChanges": True}}
        roots = [{"uri": folder.as_uri(), "name": "issue"}]
        self.told = self.ask(
            "initialize", processId=None, rootUri=None, workspaceFolders=roots, locale=locale,
            capabilities={"workspace": edits},
        )  # fmt: skip
        self.say("initialized")

    def _listen(self) -> None:
        assert self.run.stdout
        while head := self.run.stdout.readline():
            size = int(head.split(b":")[1])
            while self.run.stdout.readline().strip():
                pass
            self.heard.put(json.loads(self.run.stdout.read(size)))

    def _send(self, **message: Any) -> None:
        assert self.run.stdin
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.run.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.run.stdin.flush()

    def say(self, method: str, **params: Any) -> None:
        self._send(method=method, params=params)

    def ask(self, method: str, **params: Any) -> Any:
        self.asked += 1
        self._send(id=self.asked, method=method, params=params)
        while (heard := self.heard.get(timeout=PATIENCE)).get("id") != self.asked:
            pass
        return heard["result"]

    def hear(self, method: str) -> Any:
        while (heard := self.heard.get(timeout=PATIENCE)).get("method") != method:
            pass
        return heard["params"]

    def marks(self) -> list[dict[str, Any]]:
        """What is marked on the newest text."""
        while (heard := self.hear("textDocument/publishDiagnostics"))["version"] != self.version:
            pass
        found: list[dict[str, Any]] = heard["diagnostics"]
        return found

    def open(self, text: str) -> None:
        self.text, self.version = text, 1
        item = {"uri": self.uri, "languageId": "plaintext", "version": 1, "text": text}
        self.say("textDocument/didOpen", textDocument=item)

    def type(self, *changes: dict[str, Any]) -> None:
        self.version += 1
        about = {"uri": self.uri, "version": self.version}
        columns = Columns(self.text)
        for change in changes:
            spots = (Spot(*change["range"][end].values()) for end in ("start", "end"))
            columns = columns.changed(*spots, change["text"])
        self.text = columns.text
        self.say("textDocument/didChange", textDocument=about, contentChanges=list(changes))

    def actions(self, mark: dict[str, Any], *only: str) -> dict[str, dict[str, Any]]:
        """What may be done about a mark, by its title."""
        context = {"diagnostics": [mark], **({"only": list(only)} if only else {})}
        about = {"textDocument": {"uri": self.uri}, "range": mark["range"], "context": context}
        return {found["title"]: found for found in self.ask("textDocument/codeAction", **about)}

    def apply(self, action: dict[str, Any]) -> None:
        """Carry out an action as an editor does: last edit first, on the version it is for."""
        (change,) = action["edit"]["documentChanges"]
        assert change["textDocument"] == {"uri": self.uri, "version": self.version}
        self.type(*({"range": e["range"], "text": e["newText"]} for e in reversed(change["edits"])))

    def leave(self) -> int:
        self.ask("shutdown")
        self.say("exit")
        return self.run.wait(PATIENCE)


@pytest.fixture
def editor(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Editor]:
    made = Editor(tmp_path, *getattr(request, "param", ("en",)))
    yield made
    if made.run.poll() is None:
        made.run.kill()
    made.run.wait(PATIENCE)
    for stream in (made.run.stdin, made.run.stdout):
        assert stream
        stream.close()


def reported(folder: Path, text: str) -> list[tuple[int, int, str]]:
    """What `check` says of a text in a file: line and column from 0, and the rule."""
    (folder / "A1.txt").write_text(text, "utf-8", newline="")
    run = call("check", "--format", "jsonl", "A1.txt", cwd=folder)
    rows = map(json.loads, run.stdout.decode().splitlines())
    return [(row["line"] - 1, row["column"] - 1, row["code"]) for row in rows]


def marked(marks: list[dict[str, Any]]) -> list[tuple[int, int, str]]:
    starts = [(mark["range"]["start"], mark["code"]) for mark in marks]
    return [(start["line"], start["character"], code) for start, code in starts]


def place(line: int, column: int) -> dict[str, int]:
    return {"line": line, "character": column}


def typed(line: int, column: int, text: str, until: int | None = None) -> dict[str, Any]:
    end = place(line, column if until is None else until)
    return {"range": {"start": place(line, column), "end": end}, "text": text}


def test_an_editor_is_shown_what_check_reports(editor: Editor) -> None:
    editor.open(PAGE)
    marks = editor.marks()
    assert marked(marks) == reported(editor.folder, PAGE)
    assert [mark["severity"] for mark in marks] == [2, 2, 2, 3, 2, 4]
    assert marks[0]["message"] == "“,” → “，”: a half-width comma"
    assert editor.leave() == 0


def test_what_is_typed_is_checked_before_it_is_saved(editor: Editor) -> None:
    editor.open(PAGE)
    editor.marks()
    editor.type(typed(0, 0, "今天,"), typed(3, 0, "完"))
    assert marked(editor.marks()) == reported(editor.folder, editor.text)


UNEVEN = "头\f版,\u2028好,\x85𠮷好,好\r\n二,行\r三,行\n"
"""Form feeds and U+2028 end no line of an editor, CR does; 𠮷 counts two columns."""


def test_columns_and_lines_are_those_of_the_protocol(editor: Editor) -> None:
    editor.open(UNEVEN)
    starts = [(0, 3), (0, 6), (0, 11), (1, 1), (2, 1)]
    assert [(line, column) for line, column, _ in marked(editor.marks())] == starts
    editor.type(typed(0, 11, "，", 12), typed(2, 1, "，", 2))
    assert [(line, column) for line, column, _ in marked(editor.marks())] == [
        (0, 3), (0, 6), (1, 1),
    ]  # fmt: skip


def test_a_quick_fix_leaves_check_nothing_there(editor: Editor) -> None:
    editor.open(PAGE)
    first = editor.marks()[0]
    action = editor.actions(first)["Fix: “,” → “，” (PUN101)"]
    assert (action["kind"], action["isPreferred"]) == (FIX, True)
    editor.apply(action)
    assert editor.text == PAGE.replace(",", "，", 1)
    assert (0, 5, "PUN101") not in reported(editor.folder, editor.text)
    assert marked(editor.marks()) == reported(editor.folder, editor.text)


def test_a_series_is_fixed_at_once(editor: Editor) -> None:
    editor.open(PAGE)
    action = editor.actions(editor.marks()[0])["Fix all 3 of “,” → “，” on this page (PUN101)"]
    editor.apply(action)
    assert editor.text == PAGE.replace(",", "，")


def test_a_page_is_fixed_as_fix_does(editor: Editor) -> None:
    editor.open(PAGE)
    (action,) = editor.actions(editor.marks()[0], "source.fixAll").values()
    assert action["kind"] == WHOLE_PAGE
    editor.apply(action)
    (editor.folder / "A1.txt").write_text(PAGE, "utf-8")
    assert editor.text == call("fix", "A1.txt", cwd=editor.folder).stdout.decode()
    assert [code for *_, code in reported(editor.folder, editor.text)] == ["OCR101", "JMP201"]


def test_a_suggestion_is_offered_and_is_no_part_of_the_page(editor: Editor) -> None:
    editor.open("经济稳注。\n")
    offered = editor.actions(editor.marks()[0])
    assert not any(action["kind"] == WHOLE_PAGE for action in offered.values())
    assert "isPreferred" not in offered["Fix: “注” → “定” (OCR101)"]


def test_hover_tells_the_rule_and_the_page_keeps_its_signs(editor: Editor) -> None:
    editor.open("好,*党*\n")
    editor.marks()
    about = {"textDocument": {"uri": editor.uri}, "position": place(0, 1)}
    told = editor.ask("textDocument/hover", **about)["contents"]
    (rule,) = (rule for rule in RULES if rule.code == "PUN101")
    assert told["kind"] == "markdown"
    assert rule.explained().summary in told["value"]
    elsewhere = about | {"position": place(0, 3)}
    assert editor.ask("textDocument/hover", **elsewhere) is None


@pytest.mark.parametrize("editor", [("zh-cn",)], indirect=True)
def test_an_editor_in_chinese_is_spoken_to_in_chinese(editor: Editor) -> None:
    editor.open("好,党\n稳注\n")
    first, second = editor.marks()
    titles = editor.actions(first)
    assert next(iter(titles)) == "修复：“,” → “，”（PUN101）"
    assert not [t for t in titles if re.search("[a-z]{3}", re.sub(r"fixnews-[\w.]+", "", t))]
    about = {"textDocument": {"uri": editor.uri}, "position": second["range"]["start"]}
    told = editor.ask("textDocument/hover", **about)["contents"]["value"]
    (rule,) = (rule for rule in RULES if rule.code == "OCR101")
    assert "存疑" in told
    assert rule.explained(language="zh-CN").summary in told


@pytest.mark.parametrize("editor", [("zh-cn", ("--language", "en"))], indirect=True)
def test_who_asks_for_english_is_spoken_to_in_english_by_an_editor_in_chinese(
    editor: Editor,
) -> None:
    editor.open("好,党\n")
    assert next(iter(editor.actions(editor.marks()[0]))).startswith("Fix")


def ordered(editor: Editor, name: str) -> list[str]:
    """Carry out the first offered command of a name; the lines of the lists that it wrote."""
    found = [a["command"] for a in editor.actions(editor.marks()[0]).values() if "command" in a]
    command = next(one for one in found if one["command"] == name)
    editor.ask("workspace/executeCommand", command=name, arguments=command["arguments"])
    return [line for f in editor.folder.glob("fixnews-*") for line in f.read_text().splitlines()]


def test_an_allowed_passage_is_in_the_list_and_no_longer_marked(editor: Editor) -> None:
    editor.open("党代会,奋进\n")
    assert ordered(editor, ALLOW) == ["会,奋"]
    assert marked(editor.marks()) == reported(editor.folder, editor.text) == []


def test_a_taught_word_is_in_the_dictionary_of_the_reader(editor: Editor) -> None:
    editor.open("经济稳注。\n")
    assert ordered(editor, TEACH) == ["稳注。\t稳定。"]


def test_settings_are_those_of_the_folder_and_a_mistake_is_told_on_the_page(editor: Editor) -> None:
    settings = editor.folder / "fixnews.toml"
    settings.write_text('ignore = ["PUN"]', "utf-8")
    editor.open(PAGE)
    assert "PUN101" not in {mark["code"] for mark in editor.marks()}
    settings.write_text('ignored = ["PUN"]', "utf-8")
    editor.say("workspace/didChangeWatchedFiles", changes=[])
    (mistake,) = editor.marks()
    assert "unknown key 'ignored'" in mistake["message"]
    assert mistake["severity"] == 1


def test_a_page_that_closes_takes_its_marks_along(editor: Editor) -> None:
    editor.open(PAGE)
    editor.marks()
    editor.say("textDocument/didClose", textDocument={"uri": editor.uri})
    assert editor.hear("textDocument/publishDiagnostics")["diagnostics"] == []


def looked_at(text: str, path: str = "A1.txt") -> Checked:
    return checked(Source(path, text), Settings())


@pytest.mark.parametrize(
    ("text", "path", "why"),
    [
        ("name,size\na,1\nb,2\nc,3\n", "list.csv", "a table is no newspaper"),
        ('<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"/>', "A1.xml", "words and boxes"),
    ],
)
def test_what_check_reads_otherwise_or_not_at_all_is_left_out(
    text: str, path: str, why: str
) -> None:
    found = looked_at(text, path)
    assert found.left_out, why
    assert (found.corrections, found.text) == ((), text)


def test_excluded_pages_and_baselines_hold(tmp_path: Path) -> None:
    page = tmp_path / "raw" / "A1.txt"
    page.parent.mkdir()
    page.write_text(text := "头版,要闻\n", "utf-8")
    call("check", "--write-baseline", "base.tsv", str(page), cwd=tmp_path)
    settings = tmp_path / "fixnews.toml"
    settings.write_text('baseline = "base.tsv"', "utf-8")
    assert checked(Source(str(page), text), settings_of(page, [tmp_path])).corrections == ()
    settings.write_text('exclude = ["raw/"]', "utf-8")
    assert checked(Source(str(page), text), settings_of(page, [])).left_out == (
        "excluded by the settings"
    )


def test_a_passage_that_moves_is_one_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fixnews.filters.CHAIN", CHAIN)
    page = looked_at("头版◇，\n中间,\n◆归来\n")
    at = page.source.text.index("归")
    fix = next(remedy for remedy in remedies(page, at, at) if "bring" in remedy.title)
    assert fix.title == "Fix: bring the passage to line 1 (JMP101)"
    (edit,) = replacements(page, fix.corrections)
    text = page.source.text
    assert text[: edit.start] + edit.new + text[edit.end :] == "头版归来，\n中间,\n\n"


def test_without_an_editor_it_says_what_it_is(tmp_path: Path) -> None:
    code = "import sys; sys.modules['pygls.lsp.server'] = None; sys.modules['lsprotocol'] = None"
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\nfrom fixnews.__main__ import main; main(['server'])"],
        cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (2, "")
    assert "pip install 'fixnews[editor]'" in run.stderr
