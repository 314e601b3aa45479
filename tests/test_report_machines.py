"""What other tools read: SARIF, GitHub annotations, rdjson, statistics."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.toy import RULES, call

PAGE = "头版\n水平提高,形势稳注。\n喜迎经\n济。待续\n"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    (tmp_path / "头 版.txt").write_text(PAGE, "utf-8")
    return tmp_path


def report(form: str, folder: Path) -> str:
    return call("check", "--format", form, ".", cwd=folder).stdout.decode()


def test_sarif_has_the_shape_of_its_schema(pages: Path) -> None:
    (pages / "C1.txt").write_text("头条◇\n", "utf-8")
    (pages / "C2.txt").write_text("◆尾。\n", "utf-8")
    log = json.loads(report("sarif", pages))
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert set(run) == {"tool", "columnKind", "results"}
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert {rule["id"] for rule in driver["rules"]} == {rule.code for rule in RULES}
    for rule in driver["rules"]:
        assert all(set(rule[k]) == {"text"} for k in ("shortDescription", "fullDescription"))
    assert len(run["results"]) == 7
    for result in run["results"]:
        check_result(result)


def check_result(result: dict[str, Any]) -> None:
    assert result["level"] in ("none", "note", "warning", "error")
    assert result["message"]["text"]
    assert all(isinstance(v, str) for v in result["partialFingerprints"].values())
    for place in (*result["locations"], *result.get("relatedLocations", ())):
        physical = place["physicalLocation"]
        assert " " not in physical["artifactLocation"]["uri"]
        check_region(physical["region"])
    for fix in result.get("fixes", ()):
        for change in fix["artifactChanges"]:
            assert set(change) == {"artifactLocation", "replacements"}
            for new in change["replacements"]:
                check_region(new["deletedRegion"])
                assert set(new["insertedContent"]) == {"text"}


def check_region(region: dict[str, int]) -> None:
    assert set(region) == {"startLine", "startColumn", "endLine", "endColumn"}
    assert all(isinstance(v, int) and v >= 1 for v in region.values())
    start = region["startLine"], region["startColumn"]
    assert start <= (region["endLine"], region["endColumn"])


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


@pytest.mark.parametrize("form", ["sarif", "github", "rdjson", "jsonl", "json", "concise", "full"])
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
    assert rows[1] == ["A2.txt", "15", "0", "3", "0", "200.00", "140.00"]
    assert rows[2] == ["A1.txt", "102", "1", "0", "0", "9.80", "0.10"]
    assert rows[3][:2] == ["2", "pages"]
    assert run.returncode == 1
