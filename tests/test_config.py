"""Settings: where they are found, what they may hold, what a mistake is told."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from fixnews.config import _KINDS, Config, as_table, load, parse
from fixnews.errors import ConfigError
from fixnews.issue import mend
from tests.toy import call


def test_every_field_can_be_set_in_a_file() -> None:
    assert {f.name for f in fields(Config)} == {*_KINDS, "exclude_from"}


def test_the_table_for_people_has_the_spelling_of_the_file() -> None:
    table = {k: v for k, v in as_table(Config()).items() if v not in (None, "")}
    assert parse({k: list(v) if isinstance(v, tuple) else v for k, v in table.items()}, Path("f"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("fixnews.toml", "per-file = true"),
        ("pyproject.toml", "[tool.fixnews]\nper-file = true"),
    ],
)
def test_the_nearest_file_counts(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "fixnews.toml").write_text("ignore = ['PUN']", "utf-8")
    project = tmp_path / "project"
    (project / "deep").mkdir(parents=True)
    (project / name).write_text(text, "utf-8")
    (project / "deep" / "pyproject.toml").write_text("[tool.other]\n", "utf-8")
    config, path = load(folder=project / "deep")
    assert config.per_file
    assert config.ignore == ()
    assert path == project / name


def test_no_file_above_the_repository_counts(tmp_path: Path) -> None:
    (tmp_path / "fixnews.toml").write_text("per-file = true", "utf-8")
    (tmp_path / "project/.git").mkdir(parents=True)
    assert load(folder=tmp_path / "project")[1] is None


def test_paths_start_at_the_file(tmp_path: Path) -> None:
    path = tmp_path / "fixnews.toml"
    path.write_text("model = 'news.model'\ndictionaries = ['names.tsv']", "utf-8")
    config, _ = load(path)
    assert config.model == tmp_path / "news.model"
    assert config.dictionaries == (tmp_path / "names.tsv",)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"per-files": True}, "'per-file'"),
        ({"selects": ["PUN"]}, "'select'"),
        ({"zzz": 1}, "unknown key 'zzz'"),
        ({"per-file": "yes"}, "true or false"),
        ({"per-file": 1}, "true or false"),
        ({"select": "PUN"}, "a list of strings"),
        ({"select": [1]}, "a list of strings"),
        ({"min-confidence": 1.5}, "from 0 to 1"),
        ({"min-confidence": True}, "from 0 to 1"),
        ({"format": "xml"}, "jsonl"),
        ({"jobs": -1}, "whole number"),
    ],
)
def test_a_mistake_names_file_key_and_remedy(table: dict[str, Any], says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(table, Path("fixnews.toml"))
    assert says in str(caught.value)
    assert "fixnews.toml" in str(caught.value)


@pytest.mark.parametrize("text", ["per-file = ", "\xff", "[tool.fixnews", "x = 1"])
def test_a_broken_file_is_exit_code_2(tmp_path: Path, text: str) -> None:
    (tmp_path / "fixnews.toml").write_bytes(text.encode("latin-1"))
    run = call("check", cwd=tmp_path, stdin=b"")
    assert run.returncode == 2
    assert b"fixnews.toml" in run.stderr


def test_settings_hold_and_options_go_before_them(tmp_path: Path) -> None:
    (tmp_path / "fixnews.toml").write_text("ignore = ['PUN']\nformat = 'concise'", "utf-8")
    page = "喜迎党代会,奋进".encode()
    assert call("check", cwd=tmp_path, stdin=page).returncode == 0
    assert call("check", "--ignore", "BRK", cwd=tmp_path, stdin=page).stdout.startswith(
        b"<stdin>:1"
    )
    assert call("check", "--isolated", cwd=tmp_path, stdin=page).returncode == 1


def test_config_show_names_the_file_and_is_toml(tmp_path: Path) -> None:
    (tmp_path / "fixnews.toml").write_text("allow = ['美\"国']", "utf-8")
    shown = call("config", "show", cwd=tmp_path).stdout.decode()
    assert shown.startswith(f"# {tmp_path / 'fixnews.toml'}\n")
    copy = tmp_path / "copy.toml"
    copy.write_text(shown.replace('output-encoding = ""\n', ""), "utf-8")
    assert load(copy)[0].allow == ('美"国',)


def test_patterns_for_names_are_regular_expressions(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="regular expression"):
        parse({"page-name": "_s(["}, tmp_path / "fixnews.toml")
    assert parse({"page-name": r"_s(\d+)"}, tmp_path / "fixnews.toml").page_name == r"_s(\d+)"


def test_config_show_tells_what_the_patterns_find(tmp_path: Path) -> None:
    (tmp_path / "fixnews.toml").write_text("page-name = '_s([A-Z]?\\d+)_'", "utf-8")
    (tmp_path / "jz_s04_7.txt").write_text("正文。", "utf-8")
    (tmp_path / "intro.txt").write_text("正文。", "utf-8")
    told = call("config", "show", cwd=tmp_path).stdout.decode().splitlines()
    assert 'page-name = "_s([A-Z]?\\\\d+)_"' in told
    assert told[-2:] == ["#   intro.txt: nothing", "#   jz_s04_7.txt: page 4"]


def test_pages_are_labelled_by_the_patterns(tmp_path: Path) -> None:
    half = "议事会的提议多半和安全有关，街道一条一条落实了，又在水边放了"
    rest = "救生圈，孩子们放学以后再也不用绕路，家长也放心多了。"
    paths = [tmp_path / "k7s01x.txt", tmp_path / "k9s04x.txt"]
    paths[0].write_text(f"渡口添了护栏\n\n{half}\n\n（下转第4版）\n", "utf-8")
    paths[1].write_text(f"（上接第1版）\n\n{rest}\n", "utf-8")
    assert half + rest in mend(paths, Config(page_name=r"s(\d+)x")).texts[0]
