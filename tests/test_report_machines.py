"""What other tools read: SARIF, GitHub annotations, rdjson, statistics."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from email.message import Message
from importlib import metadata
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fixnews.config import FORMATS
from fixnews.report import machines
from tests.pages import PAGE_SETS, SAMPLES
from tests.toy import RULES, call

SCHEMAS = Path(__file__).parent / "schemas"

PAGE = "头版\n水平提高,形势稳注。\n喜迎经\n济。待续\n"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    (tmp_path / "头 版.txt").write_text(PAGE, "utf-8")
    return tmp_path


def report(form: str, folder: Path) -> str:
    return call("check", "--format", form, ".", cwd=folder).stdout.decode()


def check_against(name: str, instance: object) -> None:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    kind = jsonschema.Draft202012Validator
    kind.check_schema(schema)
    kind(schema, format_checker=kind.FORMAT_CHECKER).validate(instance)


def test_sarif_holds_to_its_schema(pages: Path) -> None:
    (pages / "C1.txt").write_text("头条◇\n", "utf-8")
    (pages / "C2.txt").write_text("◆尾。\n", "utf-8")
    log = json.loads(report("sarif", pages))
    check_against("sarif", log)
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    codes = [rule["id"] for rule in driver["rules"]]
    assert set(codes) == {rule.code for rule in RULES}
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == 7
    for result in run["results"]:
        assert codes[result["ruleIndex"]] == result["ruleId"]
        region = result["locations"][0]["physicalLocation"]["region"]
        start = region["startLine"], region["startColumn"]
        assert start <= (region["endLine"], region["endColumn"])


@pytest.mark.parametrize(
    ("says", "driver"),
    [
        (["Issues, https://a.cn/b/issues", "Repository, https://a.cn/b"], "https://a.cn/b"),
        (["Issues, https://a.cn/b/issues"], None),
        ([], None),
    ],
)
def test_sarif_names_where_the_package_says_it_lives(
    monkeypatch: pytest.MonkeyPatch, says: list[str], driver: str | None
) -> None:
    package = Message()
    for url in says:
        package["Project-URL"] = url
    monkeypatch.setattr(metadata, "metadata", {"fixnews": package}.__getitem__)
    log = json.loads("".join(machines.sarif(())))
    check_against("sarif", log)
    assert log["runs"][0]["tool"]["driver"].get("informationUri") == driver


def test_a_long_log_has_runs_that_github_takes(
    pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = json.loads(report("sarif", pages))["runs"][0]
    monkeypatch.setattr(machines, "RESULTS", 2)
    log = json.loads(report("sarif", pages))
    check_against("sarif", log)
    runs = log["runs"]
    assert [len(run["results"]) for run in runs] == [2, 2]
    assert [result for run in runs for result in run["results"]] == whole["results"]
    assert len({run["automationDetails"]["id"] for run in runs}) == 2, "one run a category"
    assert all(run["tool"] == whole["tool"] for run in runs)
    assert "automationDetails" not in whole
    assert machines.RESULTS == 2


@pytest.mark.parametrize(("most", "says"), [(0, "4 results: GitHub takes 0 of one log"), (1, "")])
def test_a_log_that_github_refuses_is_whole_and_says_so(
    pages: Path, monkeypatch: pytest.MonkeyPatch, most: int, says: str
) -> None:
    monkeypatch.setattr(machines, "RESULTS", 4)
    monkeypatch.setattr(machines, "RUNS", most)
    run = call("check", "--format", "sarif", str(pages), cwd=pages)
    check_against("sarif", json.loads(run.stdout))
    assert says in run.stderr.decode()
    assert (b"GitHub" in run.stderr) == bool(says)


@pytest.mark.parametrize("name", PAGE_SETS)
def test_the_samples_hold_to_every_schema(name: str) -> None:
    folder = SAMPLES / name / "damaged"
    command = [sys.executable, "-m", "fixnews", "check", "--isolated", "--format"]
    runs = {
        form: subprocess.run([*command, form, "."], cwd=folder, capture_output=True, check=False)
        for form in ("sarif", "rdjson", "json", "jsonl")
    }
    assert {run.returncode for run in runs.values()} == {1}
    check_against("sarif", json.loads(runs["sarif"].stdout))
    check_against("rdjson", json.loads(runs["rdjson"].stdout))
    rows = [json.loads(line) for line in runs["jsonl"].stdout.splitlines()]
    assert rows == json.loads(runs["json"].stdout)
    for row in rows:
        check_against("row", row)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("sarif", lambda log: log.update(extra=1)),
        ("sarif", lambda log: log["runs"][0]["results"][0].update(level="bad")),
        ("sarif", lambda log: log["runs"][0]["results"][0]["message"].pop("text")),
        ("rdjson", lambda log: log["diagnostics"][0]["location"]["range"]["start"].update(line=0)),
    ],
)
def test_a_schema_refuses_what_is_wrong(
    pages: Path, name: str, change: Callable[[Any], object]
) -> None:
    log = json.loads(report(name, pages))
    change(log)
    with pytest.raises(jsonschema.ValidationError):
        check_against(name, log)


def test_the_fixes_of_a_sarif_log_repair_the_page(pages: Path) -> None:
    lines = PAGE.split("\n")
    results = json.loads(report("sarif", pages))["runs"][0]["results"]
    text = PAGE
    for result in reversed([r for r in results if "fixes" in r and r["level"] == "warning"]):
        (new,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
        region = new["deletedRegion"]
        start, end = (
            sum(len(line) + 1 for line in lines[: region[f"{side}Line"] - 1])
            + region[f"{side}Column"]
            - 1
            for side in ("start", "end")
        )
        text = text[:start] + new["insertedContent"]["text"] + text[end:]
    assert text == call("fix", ".", cwd=pages).stdout.decode()


def test_github_columns_count_characters(pages: Path) -> None:
    lines = report("github", pages).split("\n")
    assert lines[0] == (
        "::warning file=头 版.txt,line=2,endLine=2,col=5,endColumn=5,title=PUN101 half-width"
        "::a half-width comma (, → ，)"
    )
    assert lines[2] == (
        "::warning file=头 版.txt,line=3,endLine=4,col=4,title=BRK101 broken-word"
        "::经济 is a word (%0A → )"
    )
    assert lines[1].startswith("::notice ")


def test_rdjson_columns_count_bytes(pages: Path) -> None:
    first = json.loads(report("rdjson", pages))["diagnostics"][0]
    assert first["location"]["range"] == {
        "start": {"line": 2, "column": 13},
        "end": {"line": 2, "column": 14},
    }
    assert first["suggestions"][0]["text"] == "，"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(("page", "code"), [(PAGE, 1), ("待续\n", 0), ("", 0)])
def test_the_exit_code_is_the_same_in_every_form(
    tmp_path: Path, form: str, page: str, code: int
) -> None:
    (tmp_path / "A1.txt").write_text(page, "utf-8")
    assert call("check", "--format", form, ".", cwd=tmp_path).returncode == code


def test_statistics_put_the_worst_page_first(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_text("安定" * 50 + ",好\n", "utf-8")
    (tmp_path / "A2.txt").write_text("形势稳注。\n" * 3, "utf-8")
    run = call("check", "--statistics", ".", cwd=tmp_path)
    rows = [line.split() for line in run.stdout.decode().split("\n")]
    assert rows[1] == ["A2.txt", "15", "0", "3", "0", "200.00", "1000.00"]
    assert rows[2] == ["A1.txt", "102", "1", "0", "0", "9.80", "0.10"]
    assert rows[3][:2] == ["2", "pages"]
    assert run.returncode == 1


def test_statistics_for_programs_are_those_for_people(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_text("安定" * 50 + ",好\n", "utf-8")
    (tmp_path / "A2.txt").write_text("形势稳注。\n" * 3, "utf-8")
    table, whole = (
        call("check", "--statistics", "--format", form, ".", cwd=tmp_path).stdout.decode()
        for form in ("csv", "json")
    )
    rows = list(csv.DictReader(io.StringIO(table)))
    told = json.loads(whole)
    assert [row["path"] for row in rows] == ["A2.txt", "A1.txt"]
    assert [row["left_per_thousand"] for row in rows] == ["1000.0", "0.098"]
    assert [{k: str(v) for k, v in page.items()} for page in told["pages"]] == rows
    assert (told["total"]["pages"], told["total"]["suggested"]) == (2, 3)
    assert told["rules"][0] == {"code": "OCR101", "name": "confusable-char", "count": 3}


def test_csv_has_the_rows_of_jsonl(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_text(PAGE, "utf-8")
    table, lines = (
        call("check", "--format", form, ".", cwd=tmp_path).stdout.decode()
        for form in ("csv", "jsonl")
    )
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    told = [json.loads(line) for line in lines.splitlines()]
    assert rows
    assert [{k: v for k, v in row.items() if v or k in ("before", "after")} for row in rows] == [
        {k: str(v) for k, v in fact.items()} for fact in told
    ]
