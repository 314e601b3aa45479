"""The library as a guest meets it: what there is, what it takes, how it says no, what it gives."""

from __future__ import annotations

import doctest
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import fixnews
from fixnews import (
    Context,
    DataError,
    DecodeError,
    FixnewsError,
    PageError,
    Result,
    Selection,
    Source,
    UsageError,
)
from fixnews.api import Settings
from fixnews.report.notebook import LARGEST, PASSAGE

PAGE = "喜迎党代会,奋进新征程"
FIXED = "喜迎党代会，奋进新征程"
NEWS = "经济稳定，。、：（）“”—…,.:;?!()《》本报讯记者 \u3000\n\n\r\f012月日下转上接第版A一C%·lI〈"
news_text = st.text(alphabet=NEWS, max_size=120)


def python(code: str) -> str:
    """What a fresh interpreter prints."""
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return run.stdout


class TestWhatThereIs:
    def test_dir_is_the_public_names_in_order(self) -> None:
        assert dir(fixnews) == [
            "Article", "BinaryError", "ConfigError", "Context", "Correction", "DataError",
            "DecodeError", "EncodeError", "FixnewsError", "PageError", "Result", "Selection",
            "Source",
            "UsageError", "__version__", "articles", "decode", "encode", "fix", "fix_many",
            "fix_pages", "replay",
        ]  # fmt: skip

    def test_every_name_is_there(self) -> None:
        assert all(getattr(fixnews, name) is not None for name in fixnews.__all__)

    def test_every_error_is_exported(self) -> None:
        import fixnews.errors as home

        errors = {
            name
            for name, found in vars(home).items()
            if isinstance(found, type) and issubclass(found, FixnewsError)
        }
        assert errors <= set(fixnews.__all__)

    def test_names_are_the_same_once_all_modules_are_loaded(self) -> None:
        """A submodule must not hide a function of its name."""
        code = (
            "import fixnews, pkgutil, importlib\n"
            "for m in pkgutil.walk_packages(fixnews.__path__, 'fixnews.'):\n"
            "    if m.name != 'fixnews.__main__': importlib.import_module(m.name)\n"
            "import types\n"
            "print([n for n in dir(fixnews) if isinstance(getattr(fixnews, n), types.ModuleType)])"
        )
        assert python(code).strip() == "[]"

    def test_import_loads_nothing_of_the_house_but_the_version(self) -> None:
        code = "import fixnews, sys; print(*sorted(m for m in sys.modules if 'fixnews.' in m))"
        assert python(code).split() == ["fixnews.version"]

    def test_an_unknown_name_is_an_attribute_error(self) -> None:
        with pytest.raises(AttributeError, match="fixxx"):
            getattr(fixnews, "fixxx")  # noqa: B009


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "A1.txt"
    path.write_text(PAGE, "utf-8")
    return path


class TestWhatAPageMayBe:
    @pytest.mark.parametrize(
        "page",
        [PAGE, PAGE.encode(), bytearray(PAGE.encode()), memoryview(PAGE.encode()),
         Source("A1", PAGE)],
        ids=["text", "bytes", "bytearray", "memoryview", "source"],
    )  # fmt: skip
    def test_text_bytes_and_sources(self, page: Any) -> None:
        assert fixnews.fix(page).text == FIXED

    def test_a_path_object_is_a_file(self, file: Path) -> None:
        assert fixnews.fix(file).text == FIXED

    @pytest.mark.parametrize("kind", [str, Path])
    def test_file_reads_a_file(self, file: Path, kind: Callable[[Path], Any]) -> None:
        result = fixnews.fix(file=kind(file))
        assert (result.text, result.source.path) == (FIXED, str(file))

    def test_a_file_is_only_read(self, file: Path) -> None:
        fixnews.fix(file)
        assert file.read_text("utf-8") == PAGE

    def test_a_string_is_never_taken_for_a_path(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(file.parent)
        assert fixnews.fix("A1.txt").text == "A1.txt"

    def test_a_page_is_called_as_the_caller_says(self, file: Path) -> None:
        assert fixnews.fix(PAGE).source.path == "<text>"
        assert fixnews.fix(PAGE, path="A1").source.path == "A1"
        assert fixnews.fix(file, path="A1").source.path == "A1"

    def test_an_issue_takes_every_kind(self, file: Path) -> None:
        done = fixnews.fix_pages({"A1": PAGE, "A2": PAGE.encode(), "A3": file})
        assert [(name, result.text) for name, result in done.items()] == [
            ("A1", FIXED), ("A2", FIXED), ("A3", FIXED)
        ]  # fmt: skip

    def test_articles_take_an_issue_or_one_page(self) -> None:
        page = "菜场搬新家\n\n记者 沈砚秋\n\n本报讯 新民里菜场昨天搬进新楼,摊位多了三成。\n"
        (named,) = fixnews.articles({"A1": page})
        (alone,) = fixnews.articles(page)
        assert (named.page, alone.headline, alone.paragraphs) == (
            "A1", "菜场搬新家", ("本报讯 新民里菜场昨天搬进新楼，摊位多了三成。",)
        )  # fmt: skip


WRONG_KINDS: dict[str, tuple[Callable[[], object], str]] = {
    "nothing": (fixnews.fix, "file="),
    "None": (lambda: fixnews.fix(None), "file="),
    "a number": (lambda: fixnews.fix(3), "int is no page"),  # type: ignore[arg-type]
    "a list of bytes": (lambda: fixnews.fix([b"a"]), "list is no page"),  # type: ignore[arg-type]
    "page and file": (lambda: fixnews.fix("a", file="b"), "give one"),
    "a number for a file": (lambda: fixnews.fix(file=3), "int"),  # type: ignore[arg-type]
    "a number for a name": (lambda: fixnews.fix("a", path=3), "path="),  # type: ignore[arg-type]
    "only a name": (lambda: fixnews.fix(path="A1.txt"), "file= reads a file"),
    "a list of pages": (lambda: fixnews.fix_pages(["a"]), "fix_many"),  # type: ignore[arg-type]
    "pages None": (lambda: fixnews.fix_pages(None), "NoneType"),  # type: ignore[arg-type]
    "a page None": (lambda: fixnews.fix_pages({"A1": None}), "A1"),  # type: ignore[dict-item]
    "a name 1": (lambda: fixnews.fix_pages({1: "a"}), "called 1"),  # type: ignore[dict-item]
    "one text to many": (lambda: fixnews.fix_many("abc"), "use fix"),
    "one file to many": (lambda: fixnews.fix_many(Path("a")), "use fix"),  # type: ignore[arg-type]
    "many None": (lambda: fixnews.fix_many(None), "NoneType"),  # type: ignore[arg-type]
    "pages to many": (lambda: fixnews.fix_many({"A1": "a"}), "fix_pages"),
    "a number of many": (lambda: [*fixnews.fix_many(["a", 3])], "text 2"),  # type: ignore[list-item]
    "stories of None": (lambda: fixnews.articles(None), "NoneType"),  # type: ignore[arg-type]
    "decode None": (lambda: fixnews.decode(None), "not bytes"),  # type: ignore[arg-type]
    "decode text": (lambda: fixnews.decode("a"), "needs no decoding"),  # type: ignore[arg-type]
    "context of settings": (lambda: fixnews.fix("a", context={}), "Context"),  # type: ignore[arg-type]
    "decide a word": (lambda: fixnews.fix("a", decide="all"), "function"),  # type: ignore[arg-type]
    "selection a code": (lambda: fixnews.fix("a", selection="BRK"), "Selection"),  # type: ignore[arg-type]
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_KINDS)
def test_a_wrong_kind_is_told_with_a_remedy(name: str) -> None:
    call, words = WRONG_KINDS[name]
    with pytest.raises(UsageError) as caught:
        call()
    assert words in str(caught.value)
    assert caught.value.remedy


DOORS: dict[str, Callable[..., Any]] = {
    "fix": lambda **more: fixnews.fix(PAGE.encode(), **more),
    "fix_pages": lambda **more: fixnews.fix_pages({"A1": PAGE.encode()}, **more)["A1"],
    "fix_many": lambda **more: next(fixnews.fix_many([PAGE.encode()], **more)),
    "articles": lambda **more: fixnews.articles(PAGE.encode(), **more),
}

REFUSED: list[tuple[dict[str, Any], type[FixnewsError], str]] = [
    ({"select": "XYZ"}, UsageError, "did you mean"),
    ({"ignore": ["BRK", "PUN999"]}, UsageError, "PUN999"),
    ({"extend_select": "nothing"}, UsageError, "no rule begins"),
    ({"select": 3}, UsageError, "a list of strings"),
    ({"select": [b"BRK"]}, UsageError, "a list of strings"),
    ({"min_confidence": 1.5}, UsageError, "from 0 to 1"),
    ({"min_confidence": -0.1}, UsageError, "from 0 to 1"),
    ({"min_confidence": float("nan")}, UsageError, "from 0 to 1"),
    ({"min_confidence": "0.5"}, UsageError, "from 0 to 1"),
    ({"unsafe_fixes": "yes"}, UsageError, "true or false"),
    ({"as_text": 1}, UsageError, "true or false"),
    ({"encoding": "gb99999"}, DecodeError, "gb18030"),
    ({"encoding": 3}, UsageError, "a string"),
    ({"dictionaries": "no-such.tsv"}, DataError, "no-such.tsv"),
    ({"dictionaries": 3}, UsageError, "a list of paths"),
    ({"terms": Path("no-such.txt")}, DataError, "no-such.txt"),
    ({"allow": 3}, UsageError, "a list of strings"),
    ({"unsafe_fix": True}, UsageError, "did you mean 'unsafe_fixes'"),
    ({"jobs": 2}, UsageError, "unknown"),
    ({"context": Context(), "terms": []}, UsageError, "say the same thing"),
    ({"decide": bool, "unsafe_fixes": False}, UsageError, "say the same thing"),
    ({"selection": Selection(), "ignore": "BRK"}, UsageError, "say the same thing"),
]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(("settings", "kind", "words"), REFUSED, ids=lambda v: str(v)[:40])
def test_every_door_refuses_what_means_nothing(
    door: str, settings: dict[str, Any], kind: type[FixnewsError], words: str
) -> None:
    with pytest.raises(kind) as caught:
        DOORS[door](**settings)
    assert words in str(caught.value)
    assert caught.value.remedy


def test_a_bad_argument_is_told_before_a_text_is_asked_for() -> None:
    def texts() -> Iterator[str]:
        raise AssertionError("a text was asked for")
        yield ""

    with pytest.raises(UsageError):
        fixnews.fix_many(texts(), select="XYZ")


TAKEN: list[tuple[dict[str, Any], str]] = [
    ({"ignore": "PUN"}, PAGE),
    ({"ignore": ["PUN101"]}, PAGE),
    ({"ignore": iter(("PUN101",))}, PAGE),
    ({"select": "BRK, OCR"}, PAGE),
    ({"select": ["BRK"], "extend_select": "PUN101"}, FIXED),
    ({"select": None, "min_confidence": None}, FIXED),
    ({"min_confidence": 1, "ignore": "PUN"}, PAGE),
    ({"min_confidence": 0}, FIXED),
    ({"allow": "会,奋"}, PAGE),
    ({"allow": {"会,奋"}}, PAGE),
    ({"encoding": "utf-8"}, FIXED),
    ({"context": Context(allow=frozenset({"会,奋"}))}, PAGE),
    ({"decide": lambda _: False}, PAGE),
    ({"selection": Selection(ignore=("PUN",))}, PAGE),
    ({"context": Context(), "ignore": "PUN"}, PAGE),
]


@pytest.mark.parametrize("door", ["fix", "fix_pages", "fix_many"])
@pytest.mark.parametrize(("number"), range(len(TAKEN)))
def test_settings_hold(door: str, number: int) -> None:
    settings, text = TAKEN[number]
    settings = {k: ("PUN101",) if isinstance(v, Iterator) else v for k, v in settings.items()}
    assert DOORS[door](**settings).text == text


def test_lists_of_ones_own(tmp_path: Path) -> None:
    words, names = tmp_path / "words.tsv", tmp_path / "names.txt"
    words.write_text("新征程\t新时代\n", "utf-8")
    names.write_text("会,奋\n", "utf-8")
    assert fixnews.fix(PAGE, dictionaries=words).text == "喜迎党代会，奋进新时代"
    assert fixnews.fix(PAGE, dictionaries=[str(words)]).text == "喜迎党代会，奋进新时代"
    assert fixnews.fix(PAGE, terms=names).text == PAGE


def test_unsafe_fixes_and_as_text() -> None:
    road = "这条路全长三干多米，已经建成通车。\n"
    assert fixnews.fix(road).text == road
    assert fixnews.fix(road, unsafe_fixes=True).text == road.replace("干", "千")
    assert fixnews.fix(road, unsafe_fixes=True, min_confidence=1).text == road
    data = "[news]\ntitle = 浮桥昨日通车,农民欢喜\npage = 3\ndate = 1987\nplace = 上渡\n"
    assert fixnews.fix(data).text == data
    assert fixnews.fix(data, as_text=True).text != data


def test_what_is_demanded_of_bytes_is_how_they_are_read() -> None:
    data = "經濟".encode("big5")
    assert fixnews.fix(data, encoding="big5").source.encoding == "big5"


NO_TEXT = bytes(range(256)) * 3

ERRORS: list[tuple[Callable[[], object], type[FixnewsError]]] = [
    (lambda: fixnews.fix(file="no-such-page.txt"), PageError),
    (lambda: fixnews.fix(Path()), PageError),
    (lambda: fixnews.fix(NO_TEXT), DecodeError),
    (lambda: fixnews.encode("经济", fixnews.decode(b"abc"), "ascii-8"), DecodeError),
]


@pytest.mark.parametrize("number", range(len(ERRORS)))
def test_what_cannot_be_read_is_an_error_of_ours(number: int) -> None:
    call, kind = ERRORS[number]
    with pytest.raises(kind) as caught:
        call()
    assert caught.value.remedy


def test_a_text_of_many_that_cannot_be_read_is_told_by_its_number() -> None:
    done = fixnews.fix_many([PAGE, NO_TEXT])
    assert next(done).text == FIXED
    with pytest.raises(DecodeError, match="text 2"):
        next(done)


class TestMany:
    @given(st.lists(news_text, max_size=4))
    @example([PAGE, "", PAGE])
    @example(["关于水库加固的报道\n（下转第二版）", "（上接第一版）水库加固完成。\n"])
    def test_each_is_fixed_as_if_alone(self, texts: list[str]) -> None:
        assert list(fixnews.fix_many(texts)) == [fixnews.fix(text) for text in texts]

    @given(st.lists(news_text, max_size=3))
    def test_settings_hold_for_each(self, texts: list[str]) -> None:
        many = fixnews.fix_many(texts, unsafe_fixes=True, ignore="PUN")
        alone = [fixnews.fix(text, unsafe_fixes=True, ignore="PUN") for text in texts]
        assert list(many) == alone

    def test_texts_are_taken_as_they_come(self) -> None:
        def endless() -> Iterator[str]:
            while True:
                yield PAGE

        assert next(fixnews.fix_many(endless())).text == FIXED

    def test_none_give_none(self) -> None:
        assert list(fixnews.fix_many([])) == []


LONG = "/home/li/archive/2020/02/01/rmrb-20200201-01-a-very-long-name-of-a-page.txt"
TRICKY = ["", "\n\n\n", "\x00\x1b[31m", "'\"\\", "\ud800", "中" * 500, "<b>&\u200b</b>", PAGE]


def columns(text: str) -> int:
    return sum(1 if c.isascii() else 2 for c in text)


class TestHowItIsShown:
    @pytest.mark.parametrize("path", ["A1", LONG, "第十三版" * 30, "a\nb"])
    @pytest.mark.parametrize("text", TRICKY)
    def test_a_line_of_at_most_100_columns(self, path: str, text: str) -> None:
        result = fixnews.fix(Source(path, text + PAGE * 9), select="ALL")
        shown = [result, result.source, *result.corrections]
        for line in map(repr, shown):
            assert columns(line) <= 100, line
            assert line.isprintable()

    def test_what_a_line_says(self) -> None:
        result = fixnews.fix(PAGE, path="A1")
        (change,) = result.corrections
        assert repr(result) == "<Result 'A1': 11 characters, 1 applied>"
        assert repr(change) == "<Correction 'A1':1:6 PUN101 ',' → '，' applied>"
        assert repr(result.source) == "<Source 'A1': 11 characters, utf-8, '喜迎党代会,奋进'…>"

    def test_a_move_says_where_to(self) -> None:
        moves = [c for done in jumping().values() for c in done.corrections if c.to]
        assert moves
        assert all("→ 'A1':" in repr(c) and columns(repr(c)) <= 100 for c in moves)


def jumping() -> dict[str, Result]:
    samples = Path(__file__).parent.parent / "samples/front-page/damaged"
    return fixnews.fix_pages({name: samples / f"{name}.txt" for name in ("A1", "C2")})


class TestWhatIsKept:
    @given(news_text)
    def test_a_result_comes_back_from_a_pickle(self, text: str) -> None:
        result = fixnews.fix(text, unsafe_fixes=True)
        assert pickle.loads(pickle.dumps(result)) == result

    def test_moves_come_back_from_a_pickle(self) -> None:
        done = jumping()
        back = pickle.loads(pickle.dumps(done))
        assert back == done
        assert [c.to_dict() for r in back.values() for c in r.corrections] == [
            c.to_dict() for r in done.values() for c in r.corrections
        ]

    def test_a_result_is_json(self) -> None:
        result = fixnews.fix(PAGE, path="A1")
        told = json.loads(json.dumps(result.to_dict()))
        assert {key: told[key] for key in ("path", "encoding", "text", "spared")} == {
            "path": "A1", "encoding": "utf-8", "text": FIXED, "spared": []
        }  # fmt: skip
        assert told["corrections"] == [c.to_dict() for c in result.corrections]

    def test_its_rows_are_those_of_the_command_line(self, file: Path) -> None:
        command = [sys.executable, "-m", "fixnews", "check", "--format", "jsonl", str(file)]
        run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        assert [json.loads(line) for line in run.stdout.splitlines()] == fixnews.fix(
            file
        ).to_dict()["corrections"]

    def test_a_move_has_where_it_went(self) -> None:
        rows = [row for done in jumping().values() for row in done.to_dict()["corrections"]]
        assert {row["to_path"].rpartition(os.sep)[2] for row in rows if "to_path" in row} == {"A1"}


class TestReference:
    PAGE = (Path(__file__).parent.parent / "docs/library.md").read_text("utf-8")

    def test_its_examples_run(self) -> None:
        tests = doctest.DocTestParser().get_doctest(self.PAGE, {}, "library.md", None, 0)
        told: list[str] = []
        done = doctest.DocTestRunner(verbose=False).run(tests, out=told.append)
        assert (done.failed, done.attempted > 4) == (0, True), "".join(told)

    @pytest.mark.parametrize("name", [n for n in dir(fixnews) if not n.startswith("_")])
    def test_every_public_name_is_in_it(self, name: str) -> None:
        assert f"`{name}" in self.PAGE

    @pytest.mark.parametrize("name", Settings.__annotations__)
    def test_every_keyword_is_in_it(self, name: str) -> None:
        assert f"`{name}`" in self.PAGE


class TestNotebook:
    def test_changes_are_marked(self) -> None:
        shown = fixnews.fix(PAGE)._repr_html_()
        assert "喜迎党代会<del>,</del><ins>，</ins>奋进新征程" in shown

    def test_nothing_of_a_page_breaks_out(self) -> None:
        page = "<script>alert(1)</script>喜迎党代会,奋进新征程&amp;"
        shown = fixnews.fix(page, path="<img src=x>", as_text=True)._repr_html_()
        assert "<script" not in shown
        assert "<img" not in shown

    def test_a_large_page_is_cut_and_says_so(self) -> None:
        result = fixnews.fix(f"{PAGE}。\n" * 1500, select="PUN101")
        shown = result._repr_html_()
        left = len(result.corrections) - shown.count("<tr>")
        assert len(shown.encode()) <= LARGEST + 1000 < 100_000
        assert left > 0
        assert f"{left:,} more are not shown" in shown

    def test_a_passage_that_moves_is_shortened(self) -> None:
        shown = "".join(done._repr_html_() for done in jumping().values())
        assert f"{'…'}</del>" in shown
        assert max(len(part) for part in shown.split("<del>")[1:]) < 40 * PASSAGE

    def test_a_page_without_damage(self) -> None:
        assert "0 found" in fixnews.fix(FIXED)._repr_html_()
