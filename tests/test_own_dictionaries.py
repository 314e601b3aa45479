"""Dictionaries and lists of terms of one's own: what they do, and what is refused."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest

import fixnews
from fixnews.filters import Context, Selection
from fixnews.pipeline import threshold
from fixnews.words import dictionary, terms
from tests.toy import call

ONLY_DIC = Selection(select=("DIC",))


def written(path: Path, rows: str) -> Path:
    path.write_text(rows.replace(" ", "\t").replace("/", " "), "utf-8")
    return path


def fixed(page: str, *, own: Path, unsafe: bool = False) -> str:
    context = Context(dictionaries=(own,))
    decide = threshold(unsafe=unsafe)
    return fixnews.fix(page, context=context, selection=ONLY_DIC, decide=decide).text


@pytest.mark.parametrize(
    ("rows", "page", "becomes"),
    [
        ("江成 江城\n", "江成日报与江成人", "江城日报与江城人"),
        ("江成 江城\n江成子 江成子\n", "江成子填词，江成人听", "江成子填词，江城人听"),
        ("江城子 江城子\n城子 城池\n", "江城子与城子", "江城子与城池"),
        ("中心 服务中心\n", "服务中心与中心", "服务中心与服务中心"),
        ("江成 江城\n江成河 江澄河\n", "江成河", "江澄河"),
        ("a.b ab\n", "a.b与axb", "ab与axb"),
        ("# 江成 江城\n", "江成", "江成"),
    ],
    ids=["everywhere", "protected", "protected-whole", "right-already", "longest", "literal", "#"],
)
def test_a_row_does_what_it_says(tmp_path: Path, rows: str, page: str, becomes: str) -> None:
    own = written(tmp_path / "own.tsv", rows)
    assert fixed(page, own=own) == becomes
    assert fixed(becomes, own=own) == becomes


def test_a_chain_of_rows_leads_to_its_end_in_one_step(tmp_path: Path) -> None:
    words = [f"{chr(0x4E00 + number)}甲" for number in range(3200)]
    rows = "".join(f"{wrong}\t{right}\n" for wrong, right in pairwise(words))
    path = tmp_path / "own.tsv"
    path.write_text(rows, "utf-8")
    started = time.process_time()
    assert fixed(f"{words[0]}。", own=path) == f"{words[-1]}。"
    assert time.process_time() - started < 20, "each row by itself took a round of the chain"


def test_several_rights_are_only_offered(tmp_path: Path) -> None:
    own = written(tmp_path / "own.tsv", "江成 江城/江澄 name\n")
    assert fixed("江成日报", own=own) == "江成日报"
    assert fixed("江成日报", own=own, unsafe=True) == "江城日报"
    (offer,) = fixnews.fix("江成日报", context=Context(dictionaries=(own,))).corrections
    assert "江澄" in offer.message


def test_what_a_dictionary_protects_no_rule_changes(tmp_path: Path) -> None:
    own = written(tmp_path / "own.tsv", "江城,江城 江城,江城\n")
    page = "江城,江城人,都来了。"
    assert fixnews.fix(page, context=Context(dictionaries=(own,))).text == "江城,江城人，都来了。"


def test_a_dictionary_that_has_changed_is_read_again(tmp_path: Path) -> None:
    own = written(tmp_path / "own.tsv", "江成 江城\n")
    assert fixed("江成", own=own) == "江城"
    written(own, "江成 江澄河\n")
    assert fixed("江成", own=own) == "江澄河"


@pytest.mark.parametrize("rows", ["江成 江城\n江成 江澄\n", "甲 乙\n乙 甲\n", "江成\n"])
def test_an_unsound_dictionary_is_refused(tmp_path: Path, rows: str) -> None:
    own = written(tmp_path / "own.tsv", rows)
    with pytest.raises(fixnews.FixnewsError, match=r"own\.tsv"):
        fixed("江成", own=own)


def test_a_missing_dictionary_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(fixnews.FixnewsError, match="no such file"):
        fixed("江成", own=tmp_path / "no.tsv")


@pytest.mark.parametrize(
    ("rows", "kinds"),
    [
        ("丙 丁\n江成 江城\n", []),
        ("江成 江城\n丙 丁\n", ["unsorted"]),
        ("江成 江城\n江成 江城\n", ["duplicate"]),
        ("江成 江城\n江成 江澄\n", ["conflict"]),
        ("江成 江城\n江成 江成\n", ["conflict"]),
        ("江成 江成/江城\n", ["conflict"]),
        ("丙 甲\n甲 丙\n", ["cycle", "cycle"]),
        ("丙 甲丁\n丁 戊\n甲 乙丙\n", ["unsorted", "cycle", "cycle"]),
        ("中心 服务中心\n", []),
        ("丙 丁\n丁 戊\n", ["unsorted"]),
    ],
)
def test_the_check_finds(tmp_path: Path, rows: str, kinds: list[str]) -> None:
    path = written(tmp_path / "own.tsv", rows)
    assert sorted(p.kind for p in dictionary.problems(dictionary.read(path))) == sorted(kinds)


def test_dictionaries_may_contradict_each_other(tmp_path: Path) -> None:
    one = written(tmp_path / "one.tsv", "江成 江城\n")
    two = written(tmp_path / "two.tsv", "江成 江澄\n")
    checked = call("dict", "check", str(one), str(two), cwd=tmp_path)
    assert checked.returncode == 1
    assert f"{two}:1: conflict: 江成 is corrected otherwise in {one}:1" in checked.stdout.decode()


@pytest.mark.parametrize(
    ("rows", "code"), [("江成 江城\n", 0), ("乙 丙\n丙 乙\n", 1), ("江成\n", 2)]
)
def test_dict_check_exits(tmp_path: Path, rows: str, code: int) -> None:
    written(tmp_path / "own.tsv", rows)
    (tmp_path / "fixnews.toml").write_text('dictionaries = ["own.tsv"]', "utf-8")
    assert call("dict", "check", cwd=tmp_path).returncode == code


@pytest.mark.parametrize("arguments", [[], ["missing.tsv"]], ids=["none", "missing"])
def test_dict_check_without_a_dictionary_is_a_mistake(tmp_path: Path, arguments: list[str]) -> None:
    assert call("dict", "check", *arguments, cwd=tmp_path).returncode == 2


OFFICE = "市金融发展服务中心"


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("市金融发展中心负责人", ["市金融发展中心"]),
        ("市金融发展服务中心负责人", []),
        ("市金融发屋服务中心负责人", ["市金融发屋服务中心"]),
        ("金融发展服务中心负责人", []),
        ("市体育发展中心负责人", []),
        ("市金融发展\n服务中心", []),
    ],
    ids=["inconsistent", "term", "misread", "short-form", "another", "across-lines"],
)
def test_a_name_that_is_almost_a_term(page: str, found: list[str]) -> None:
    misses = terms.near_misses(page, frozenset({OFFICE, "市体育局"}))
    assert [page[miss.start : miss.end] for miss in misses] == found


def test_a_near_miss_is_only_reported(tmp_path: Path) -> None:
    listed = written(tmp_path / "terms.txt", f"# offices\n{OFFICE}\n")
    page = "市金融发展中心负责人说"
    result = fixnews.fix(
        page,
        context=Context(terms=(listed,)),
        selection=ONLY_DIC,
        decide=threshold(unsafe=True),
    )
    assert result.text == page
    assert [(c.code, c.safety) for c in result.corrections] == [("DIC201", "note")]


def test_a_term_is_protected(tmp_path: Path) -> None:
    listed = written(tmp_path / "terms.txt", "江城,江城\n")
    page = "江城,江城人"
    assert fixnews.fix(page, context=Context(terms=(listed,))).text == page
