"""What `fixnews corpus` makes of archives of every shape: the same shape, and nothing lost."""

from __future__ import annotations

import csv
import gzip
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from fixnews import fix_pages
from fixnews.config import Config
from fixnews.corpus.columnar import CORRECTIONS
from fixnews.corpus.shards import Columns
from fixnews.errors import PageError, UsageError
from tests.archives import DAMAGED, REPAIRED, lines, ran, state, written

HEAD = f"{DAMAGED}。老街改造本月动工，居民说盼了三年的\n（下转A2）\n"
TAIL = "（上接A1）\n好事终于来了，大家都很高兴。\n"


def text_of(target: Path, name: str) -> str:
    return (target / "text" / name).read_text("utf-8")


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_folder_comes_back_with_its_folders_and_its_issues(tmp_path: Path) -> None:
    pages = {"1999/03-18/A1.txt": HEAD, "1999/03-18/A2.txt": TAIL, "1999/03-19/A1.txt": DAMAGED}
    source = written(tmp_path / "in", pages)
    tallies = ran(source, tmp_path / "out")
    together = fix_pages({"A1": HEAD, "A2": TAIL})
    assert text_of(tmp_path / "out", "1999/03-18/A1.txt") == together["A1"].text
    assert text_of(tmp_path / "out", "1999/03-18/A2.txt") == together["A2"].text
    assert text_of(tmp_path / "out", "1999/03-19/A1.txt") == REPAIRED
    assert (tallies.whole.pages, tallies.whole.repaired) == (3, 3)


def test_pages_of_a_flat_folder_are_issues_by_the_dates_in_their_names(tmp_path: Path) -> None:
    names = ("20210318-01.txt", "20210318-02.txt", "20210319-01.txt")
    source = written(tmp_path / "in", dict.fromkeys(names, DAMAGED))
    tallies = ran(source, tmp_path / "out")
    assert {name: tally.pages for name, tally in tallies.issues.items()} == {
        "2021-03-18": 2,
        "2021-03-19": 1,
    }


def as_lines(rows: list[dict[str, Any]]) -> bytes:
    return lines(rows).encode()


PACKED: dict[str, Callable[[list[dict[str, Any]]], bytes]] = {
    "news.jsonl": as_lines,
    "news.ndjson": as_lines,
    "news.jsonl.gz": lambda rows: gzip.compress(as_lines(rows)),
    "news.jsonl.zst": lambda rows: zstandard.compress(as_lines(rows)),
}
OPENED: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.decompress,
    ".zst": lambda data: zstandard.ZstdDecompressor().stream_reader(
        data, read_across_frames=True).read(),
}  # fmt: skip


@pytest.mark.parametrize("name", PACKED)
def test_lines_come_back_in_one_file_and_in_order(tmp_path: Path, name: str) -> None:
    rows = [{"id": str(n), "text": f"{DAMAGED}{n}", "price": 1.50} for n in range(40)]
    source = written(tmp_path / "in", {name: PACKED[name](rows)}) / name
    ran(source, tmp_path / "out", size=200)
    data = (tmp_path / "out" / "text" / name).read_bytes()
    told = OPENED.get(Path(name).suffix, bytes)(data)
    assert told.decode() == lines({**row, "text": f"{REPAIRED}{row['id']}"} for row in rows)


KEPT = {
    "a blank line": "\n",
    "blanks at either end": f' {{"text" :"{DAMAGED}"}} \r\n',
    "a number that loses a digit in a float": f'{{"n": 1.10, "text": "{DAMAGED}"}}\n',
    "a key that stands twice": f'{{"a": 1, "a": 2, "text": "{DAMAGED}"}}\n',
    "escaped characters": json.dumps({"text": DAMAGED}) + "\n",
    "an integer that no float holds": f'{{"n": 9007199254740993, "text": "{DAMAGED}"}}\n',
    "the name of the text inside another value": f'{{"x": {{"text": 1}}, "text": "{DAMAGED}"}}\n',
    "a byte order mark": f'\ufeff{{"text": "{DAMAGED}"}}\n',
    "half of a character elsewhere": f'{{"x": "\\ud83d", "text": "{DAMAGED}"}}\n',
    "no line feed at the end": f'{{"text": "{DAMAGED}"}}',
}


@pytest.mark.parametrize("line", KEPT.values(), ids=KEPT)
def test_only_the_text_of_a_line_changes(tmp_path: Path, line: str) -> None:
    source = written(tmp_path / "in", {"news.jsonl": line}) / "news.jsonl"
    tallies = ran(source, tmp_path / "out")
    old, new = ((json.dumps(x) if line.isascii() else f'"{x}"') for x in (DAMAGED, REPAIRED))
    assert text_of(tmp_path / "out", "news.jsonl") == line.replace("\r\n", "\n").replace(old, new)
    assert (tmp_path / "out/text/news.jsonl").read_bytes() == line.replace(old, new).encode()
    assert not tallies.reasons


MALFORMED: dict[str, tuple[bytes, str]] = {
    "cut off": (b'{"id": "1", "text": "\xe5\xa5', "no UTF-8 at byte 22"),
    "a value that stops": (b'{"id": "1", "text": "ab', "no JSON object: Unterminated string"),
    "an array": (b'["a"]', "no JSON object: no { at column 1"),
    "two objects": (b'{"text": "a"} {"text": "b"}', "no JSON object: something behind the object"),
    "no comma": (b'{"a": 1 "text": "b"}', "no JSON object: no } at column"),
    "half of a character in GBK": ('{"text": "好"}'.encode("gbk"), "no UTF-8 at byte 11"),
    "no text": (b'{"id": "1"}', "no text in 'text'"),
    "text that is null": (b'{"text": null}', "no text in 'text'"),
    "text that is a number": (b'{"text": 3}', "no text in 'text'"),
    "nested too deep": (b'{"a": ' + b"[" * 100_000 + b"}", "no JSON object"),
}


@pytest.mark.parametrize(("line", "reason"), MALFORMED.values(), ids=MALFORMED)
def test_a_line_that_is_no_row_is_named_and_kept(tmp_path: Path, line: bytes, reason: str) -> None:
    good = lines([{"text": DAMAGED}]).encode()
    data = good + line + b"\n" + good
    source = written(tmp_path / "in", {"news.jsonl": data}) / "news.jsonl"
    tallies = ran(source, tmp_path / "out")
    told = table(tmp_path / "out" / "summary" / "refused.csv")
    assert [row["place"] for row in told] == ["news.jsonl:2"]
    assert told[0]["reason"].startswith(reason)
    new = lines([{"text": REPAIRED}]).encode()
    assert (tmp_path / "out/text/news.jsonl").read_bytes() == new + line + b"\n" + new
    assert tallies.whole.repaired == 2


def test_rows_of_one_issue_are_repaired_together(tmp_path: Path) -> None:
    rows = [{"text": HEAD, "p": "A1", "d": "x"}, {"text": TAIL, "p": "A2", "d": "x"}]
    source = written(tmp_path / "in", {"a.jsonl": lines(rows)}) / "a.jsonl"
    told = ran(source, tmp_path / "out", columns=Columns(page="p", issue="d"), size=200)
    together = fix_pages({"A1": HEAD, "A2": TAIL})
    assert [r["text"] for r in rows_of(tmp_path / "out/text/a.jsonl")] == [
        page.text for page in together.values()
    ]
    assert list(told.issues) == ["x"]


def parquet(path: Path, group: int = 7, **columns: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    found = pa.table(columns).replace_schema_metadata({"paper": "江州日报"})
    pq.write_table(found, path, row_group_size=group)
    return path


def test_parquet_comes_back_with_its_schema_its_columns_and_its_order(tmp_path: Path) -> None:
    texts = [None if n == 3 else f"{DAMAGED}{n}" for n in range(30)]
    source = parquet(tmp_path / "in" / "news.parquet", text=texts, n=list(range(30)))
    tallies = ran(source, tmp_path / "out", form="parquet", size=100)
    old, new = pq.read_table(source), pq.read_table(tmp_path / "out/text/news.parquet")
    assert new.schema.equals(old.schema, check_metadata=True)
    assert new.column("n") == old.column("n")
    wanted = [None if n == 3 else f"{REPAIRED}{n}" for n in range(30)]
    assert new.column("text").to_pylist() == wanted
    assert list(tallies.reasons) == ["no text in 'text'"]


def test_corrections_are_rows_with_the_documented_columns(tmp_path: Path) -> None:
    source = written(tmp_path / "in", {"a/1.txt": DAMAGED, "b/1.txt": DAMAGED})
    ran(source, tmp_path / "one", form="parquet", config=Config(per_file=True))
    ran(source, tmp_path / "two", config=Config(per_file=True))
    found = pq.read_table(tmp_path / "one" / "corrections")
    assert found.schema.names == list(CORRECTIONS)
    rows = [row for path in sorted((tmp_path / "two/corrections").rglob("*.jsonl")) for row in
            rows_of(path)]  # fmt: skip
    kept = [{key: v for key, v in row.items() if v is not None} for row in found.to_pylist()]
    assert kept == rows
    assert [(row["path"], row["before"], row["after"]) for row in rows] == [
        ("a/1.txt", ",", "，"),
        ("b/1.txt", ",", "，"),
    ]
    docs = (Path(__file__).parents[1] / "docs" / "archives.md").read_text("utf-8")
    assert all(f"| `{name}` | {kind} |" in docs for name, kind in CORRECTIONS.items())


def test_a_zip_comes_back_as_a_folder(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "papers.zip", "w") as held:
        held.writestr("1999/A1.txt", DAMAGED)
    ran(tmp_path / "papers.zip", tmp_path / "out")
    assert text_of(tmp_path / "out", "1999/A1.txt") == REPAIRED


def test_an_archive_at_an_address(tmp_path: Path) -> None:
    import fsspec

    with fsspec.open("memory://papers/1999/A1.txt", "wb") as file:
        file.write(DAMAGED.encode())
    with fsspec.open("memory://papers/1999/notes.doc", "wb") as file:
        file.write(b"?")
    ran("memory://papers", tmp_path / "out")
    assert text_of(tmp_path / "out", "1999/A1.txt") == REPAIRED
    manifest = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))
    assert manifest["passed_over"] == ["1999/notes.doc"]


def test_a_large_file_of_pages_is_cut_at_form_feeds_and_put_together(tmp_path: Path) -> None:
    pages = [f"第{n}页\n{DAMAGED}{n}。\n" for n in range(60)]
    source = written(tmp_path / "in", {"all.txt": "\f".join(pages)}) / "all.txt"
    ran(source, tmp_path / "out", size=300)
    assert text_of(tmp_path / "out", "all.txt") == "\f".join(pages).replace(",", "，")
    rows = [row for path in sorted((tmp_path / "out/corrections").rglob("*.jsonl")) for row in
            rows_of(path)]  # fmt: skip
    assert [row["line"] for row in rows] == list(range(2, 121, 2))


LEFT = {
    "bytes that are no text": (bytes(range(128, 256)) * 9, ""),
    "data": (b'{"title": "x", "page": 1}\n', "JSON, no newspaper text"),
    "nothing but NULs": (b"\0" * 400, ""),
}


@pytest.mark.parametrize(("data", "reason"), LEFT.values(), ids=LEFT)
def test_what_is_no_page_is_named_and_kept(tmp_path: Path, data: bytes, reason: str) -> None:
    source = written(tmp_path / "in", {"A1.txt": DAMAGED, "A2.txt": data})
    tallies = ran(source, tmp_path / "out")
    assert (tmp_path / "out/text/A2.txt").read_bytes() == data
    (told,) = table(tmp_path / "out/summary/refused.csv")
    assert told["place"] == "A2.txt"
    assert reason in told["reason"]
    assert (tallies.whole.pages, tallies.whole.refused) == (2, 1)


def test_a_page_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    source = written(tmp_path / "in", {"A1.txt": DAMAGED})
    (source / "A2.txt").symlink_to("A2.txt")
    ran(source, tmp_path / "out")
    (told,) = table(tmp_path / "out/summary/refused.csv")
    assert told["place"] == "A2.txt"


def test_an_issue_that_is_none_is_cut(tmp_path: Path) -> None:
    names = [f"{n:03}.txt" for n in range(40)]
    source = written(tmp_path / "in", dict.fromkeys(names, DAMAGED))
    tallies = ran(source, tmp_path / "out", size=100)
    assert tallies.whole.repaired == 40
    assert len(list((tmp_path / "out/.fixnews/records").rglob("*.json"))) > 10


def test_stories_on_request(tmp_path: Path) -> None:
    page = "菜场搬新家\n\n记者 沈砚秋\n\n本报讯 新民里菜场昨天搬进新楼,摊位多了三成。\n"
    source = written(tmp_path / "in", {"1999-03-18/A1.txt": page})
    ran(source, tmp_path / "out", articles=True)
    (path,) = (tmp_path / "out/articles").rglob("*.jsonl")
    (story,) = rows_of(path)
    assert (story["id"], story["headline"]) == ("1999-03-18/A1-1", "菜场搬新家")


REFUSED: dict[str, tuple[Callable[[Path], Path], type[Exception], str]] = {
    "nothing there": (lambda p: p / "missing", PageError, "no such file or folder"),
    "no page": (lambda p: written(p / "in", {"a.doc": "x"}), PageError, "nothing to repair"),
    "a target that holds other files": (
        lambda p: written(p, {"in/A1.txt": DAMAGED, "out/thesis.tex": "x"}) / "in",
        UsageError, "holds other files"),
    "a target that is a file": (
        lambda p: written(p, {"in/A1.txt": DAMAGED, "out": "x"}) / "in", UsageError, "a file"),
    "a target inside the archive": (
        lambda p: written(p, {"A1.txt": DAMAGED}), UsageError, "inside the archive"),
}  # fmt: skip


@pytest.mark.parametrize(("made", "error", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_said_before_anything_is_written(
    tmp_path: Path, made: Callable[[Path], Path], error: type[Exception], words: str
) -> None:
    source = made(tmp_path)
    before = state(tmp_path)
    with pytest.raises(error, match=words):
        ran(source, tmp_path / "out")
    assert state(tmp_path) == before


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    source = parquet(tmp_path / "in" / "a.parquet", body=["x"])
    tallies = ran(source, tmp_path / "out")
    assert list(tallies.reasons) == ["no column 'text'"]


def test_half_a_character_stays_escaped(tmp_path: Path) -> None:
    line = json.dumps({"text": f"{DAMAGED}\ud83d"}, ensure_ascii=False).encode(
        "utf-8", "backslashreplace"
    )
    source = written(tmp_path / "in", {"a.jsonl": line}) / "a.jsonl"
    ran(source, tmp_path / "out", form="parquet")
    assert (tmp_path / "out/text/a.jsonl").read_bytes().isascii()
    (row,) = rows_of(tmp_path / "out/text/a.jsonl")
    assert row["text"] == f"{REPAIRED}\ud83d"


def test_names_of_files_may_be_any_bytes(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    name = os.fsdecode("江州".encode("gbk") + b".txt")
    try:
        (source / name).write_text(DAMAGED, "utf-8")
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    ran(source, tmp_path / "out", articles=True)
    assert text_of(tmp_path / "out", name) == REPAIRED
    before = state(tmp_path / "out")
    ran(source, tmp_path / "out", articles=True)
    assert state(tmp_path / "out") == before
