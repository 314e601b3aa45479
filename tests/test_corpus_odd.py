"""Archives as they lie about: names in GBK, members that are broken, files that are cut off."""

from __future__ import annotations

import csv
import errno
import gzip
import io
import os
import shutil
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from fixnews.config import Config
from fixnews.corpus.shards import SIZE
from fixnews.errors import FixnewsError, PageError
from fixnews.walk import LINKED
from tests.archives import DAMAGED, REPAIRED, lines, ran, state, written

PAGE = DAMAGED.encode()


def refused(target: Path) -> dict[str, str]:
    """What was left as it is, and why."""
    with (target / "summary/refused.csv").open(encoding="utf-8", newline="") as file:
        return {row["place"]: row["reason"] for row in csv.DictReader(file)}


def texts(target: Path) -> dict[str, str]:
    home = target / "text"
    return {
        str(path.relative_to(home)): path.read_text("utf-8")
        for path in home.rglob("*")
        if path.is_file()
    }


class Silent(zipfile.ZipInfo):
    """A member whose name says no encoding, as Windows in China packs it."""

    raw = b""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 (zipfile asks for it)
        return self.raw, self.flag_bits & ~0x800


def packed(path: Path, names: Mapping[bytes, bytes], system: int = 3) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as held:
        for n, (raw, data) in enumerate(names.items()):
            info = Silent(f"{n}.txt")
            info.raw, info.create_system = raw, system
            info.compress_type = zipfile.ZIP_DEFLATED
            held.writestr(info, data)
    return path


NAMES: dict[str, tuple[list[bytes], list[str]]] = {
    "GBK": (
        ["江州日报/20210318-01要闻.txt".encode("gbk"), "江州日报/头版.txt".encode("gbk")],
        ["江州日报/20210318-01要闻.txt", "江州日报/头版.txt"]),
    "GBK with 0x5C as a half of 乗": (["乗客/頭版.txt".encode("gbk")], ["乗客/頭版.txt"]),
    "Big5": (["中國時報/要聞.txt".encode("big5")], ["中國時報/要聞.txt"]),
    "UTF-8 that does not say so": (["头版.txt".encode()], ["头版.txt"]),
    "the IBM PC's, by the letter": ([b"R\x82union.txt", b"a\xa4o.txt"], ["Réunion.txt", "año.txt"]),
    "bytes of no encoding": ([b"\xff\xfe\xfd.txt"], [b"\xff\xfe\xfd.txt".decode("cp437")]),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "meant"), NAMES.values(), ids=NAMES)
def test_names_in_a_zip_are_read_as_they_were_meant(
    tmp_path: Path, raw: list[bytes], meant: list[str]
) -> None:
    source = packed(tmp_path / "papers.zip", dict.fromkeys(raw, PAGE))
    ran(source, tmp_path / "out")
    assert texts(tmp_path / "out") == dict.fromkeys(meant, REPAIRED)


@pytest.mark.parametrize(("system", "name"), [(0, "1999/a.txt"), (3, "1999\\a.txt")])
def test_a_backslash_parts_folders_where_the_zip_is_of_windows(
    tmp_path: Path, system: int, name: str
) -> None:
    source = packed(tmp_path / "papers.zip", {b"1999\\a.txt": PAGE}, system)
    ran(source, tmp_path / "out")
    assert texts(tmp_path / "out") == {name: REPAIRED}


@pytest.mark.parametrize("name", ["../../evil.txt", "/evil.txt", "a/../../evil.txt", "a//b.txt"])
def test_a_name_that_leads_out_of_the_archive_is_named_and_written_nowhere(
    tmp_path: Path, name: str
) -> None:
    source = packed(tmp_path / "papers.zip", {name.encode(): PAGE, b"good.txt": PAGE})
    ran(source, tmp_path / "a/b/out")
    assert refused(tmp_path / "a/b/out") == {name: "its name is no path inside the archive"}
    assert texts(tmp_path / "a/b/out") == {"good.txt": REPAIRED}
    assert not list(tmp_path.rglob("evil.txt"))


def broken(data: bytes) -> bytes:
    at = data.find(b"b.txt") + len(b"b.txt")
    return data[:at] + b"\xff" * 8 + data[at + 8 :]


def marked(data: bytes, at: int, value: int) -> bytes:
    """A fact of the second member changed, in the directory at the end and before its data."""
    for sign, offset in ((b"PK\1\2", at), (b"PK\3\4", at - 2)):
        place = data.find(sign, data.find(sign) + 1) + offset
        data = data[:place] + bytes([value]) + data[place + 1 :]
    return data


MEMBERS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "damaged": (broken, "Error -3 while decompressing data"),
    "encrypted": (lambda data: marked(data, 8, 1), "is encrypted, password required"),
    "packed in a way that Python lacks": (lambda data: marked(data, 10, 9), "is not supported"),
}


@pytest.mark.parametrize(("harm", "reason"), MEMBERS.values(), ids=MEMBERS)
def test_a_member_that_cannot_be_unpacked_is_named_and_costs_no_other(
    tmp_path: Path, harm: Callable[[bytes], bytes], reason: str
) -> None:
    pages = dict.fromkeys((b"a.txt", b"b.txt", b"c.txt"), PAGE * 9)
    source = packed(tmp_path / "papers.zip", pages)
    source.write_bytes(harm(source.read_bytes()))
    tallies = ran(source, tmp_path / "out")
    assert list(refused(tmp_path / "out")) == ["b.txt"]
    assert reason in refused(tmp_path / "out")["b.txt"]
    assert set(texts(tmp_path / "out")) == {"a.txt", "c.txt"}
    assert (tallies.whole.pages, tallies.whole.refused) == (3, 1)


def test_a_zip_at_an_address_is_one_too(tmp_path: Path) -> None:
    import fsspec

    source = packed(tmp_path / "a.zip", {"头版.txt".encode("gbk"): PAGE})
    with fsspec.open("memory://odd/a.zip", "wb") as file:
        file.write(source.read_bytes())
    ran("memory://odd/a.zip", tmp_path / "out")
    assert texts(tmp_path / "out") == {"头版.txt": REPAIRED}


def test_what_is_no_zip_is_said_before_anything_is_written(tmp_path: Path) -> None:
    source = written(tmp_path, {"papers.zip": "no zip"}) / "papers.zip"
    with pytest.raises(PageError, match=r"papers\.zip: File is not a zip file"):
        ran(source, tmp_path / "out")


ROWS = lines({"text": f"{DAMAGED}{n}"} for n in range(3000)).encode()
SKIPPED = b"\x50\x2a\x4d\x18\x05\0\0\0hello"
"""A frame that readers of zstandard leave out (RFC 8878, 3.1.2)."""


def torn(data: bytes) -> bytes:
    return data[: len(data) // 2] + b"\0" * 8 + data[len(data) // 2 + 8 :]


CUT: dict[str, tuple[str, bytes, str]] = {
    "a .zst cut off": ("a.jsonl.zst", zstandard.compress(ROWS)[:-9], "in the midst of a frame"),
    "a .zst of one frame and a half": (
        "a.jsonl.zst", zstandard.compress(ROWS) + zstandard.compress(ROWS)[:99], "of a frame"),
    "a .zst with something behind": (
        "a.jsonl.zst", zstandard.compress(ROWS) + b"junk", "Unknown frame descriptor"),
    "a .gz cut off": ("a.jsonl.gz", gzip.compress(ROWS)[:-9], "ended before the end-of-stream"),
    "a .gz that is damaged": ("a.jsonl.gz", torn(gzip.compress(ROWS)), ""),
    "lines that are called .gz": ("a.jsonl.gz", ROWS, "Not a gzipped file"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "reason"), CUT.values(), ids=CUT)
def test_a_packed_file_that_is_not_whole_is_named_and_never_comes_back_short(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    source = written(tmp_path / "in", {name: data, "good.txt": PAGE})
    ran(source, tmp_path / "out")
    assert list(refused(tmp_path / "out")) == [name]
    assert reason in refused(tmp_path / "out")[name]
    assert texts(tmp_path / "out") == {"good.txt": REPAIRED}


WHOLE = {
    "two frames": zstandard.compress(ROWS) + zstandard.compress(ROWS),
    "frames that are to be left out": SKIPPED + zstandard.compress(ROWS) + SKIPPED,
    "a frame of nothing": zstandard.compress(b"") + zstandard.compress(ROWS),
}


@pytest.mark.parametrize("data", WHOLE.values(), ids=WHOLE)
def test_a_zst_of_several_frames_is_read_to_its_end(tmp_path: Path, data: bytes) -> None:
    source = written(tmp_path / "in", {"a.jsonl.zst": data})
    tallies = ran(source, tmp_path / "out")
    plain = zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()
    assert (tallies.whole.repaired, tallies.reasons) == (plain.count(b"\n"), {})


def test_text_without_a_form_feed_is_cut_at_empty_lines_and_comes_back_whole(
    tmp_path: Path,
) -> None:
    page = "".join(f"{DAMAGED}{n}。\n" + "\n" * (n % 3 == 0) for n in range(300))
    source = written(tmp_path / "in", {"all.txt": page}) / "all.txt"
    tallies = ran(source, tmp_path / "out", size=500)
    assert texts(tmp_path / "out") == {"all.txt": page.replace(",", "，")}
    assert tallies.whole.pages > 2


def test_a_large_file_of_two_bytes_a_character_is_never_cut(tmp_path: Path) -> None:
    page = f"{DAMAGED} 1\n\n" * 300
    source = written(tmp_path / "in", {"all.txt": page.encode("utf-16-le")}) / "all.txt"
    tallies = ran(source, tmp_path / "out", size=500)
    assert texts(tmp_path / "out") == {"all.txt": page.replace(",", "，")}
    assert tallies.whole.pages == 1


def test_a_column_of_categories_is_text_too(tmp_path: Path) -> None:
    table = pa.table({"text": pa.array([DAMAGED, DAMAGED, "好", None]).dictionary_encode()})
    (tmp_path / "in").mkdir()
    pq.write_table(table, tmp_path / "in/a.parquet")
    ran(tmp_path / "in", tmp_path / "out", size=1)
    new = pq.read_table(tmp_path / "out/text/a.parquet")
    assert new.schema == table.schema
    assert new.column("text").to_pylist() == [REPAIRED, REPAIRED, "好", None]


LONG = ("长" * 83 + "a.txt", "j" * 249 + ".jsonl")


def test_names_as_long_as_a_file_system_takes(tmp_path: Path) -> None:
    pages = dict(zip(LONG, (DAMAGED, lines([{"text": DAMAGED}])), strict=True))
    source = written(tmp_path / "in", pages)
    ran(source, tmp_path / "out")
    told = texts(tmp_path / "out")
    assert told == {name: page.replace(",奋", "，奋") for name, page in pages.items()}
    again = ran(source, tmp_path / "out")
    assert again.whole.repaired == 2


@pytest.mark.parametrize("name", ["a::b", "100%", "[x]", "*", "a#b", "a b ", "~", "$HOME", "{}"])
def test_a_path_of_this_machine_is_no_address_whatever_its_signs(tmp_path: Path, name: str) -> None:
    source = written(tmp_path / name, {f"{name}/{name}.txt": PAGE})
    ran(source, tmp_path / "out")
    ran(packed(source / "papers.zip", {b"1.txt": PAGE}), tmp_path / "zip")
    assert texts(tmp_path / "out") == {f"{name}/{name}.txt": REPAIRED}
    assert texts(tmp_path / "zip") == {"1.txt": REPAIRED}


def test_pipes_are_passed_over_and_links_to_files_come_back(tmp_path: Path) -> None:
    source = written(tmp_path / "in", {"a/1.txt": PAGE})
    for name in ("pipe.txt", "pipe.jsonl"):
        os.mkfifo(source / name)
    (source / "link.txt").symlink_to("a/1.txt")
    (source / "to_pipe.txt").symlink_to("pipe.txt")
    tallies = ran(source, tmp_path / "out")
    assert texts(tmp_path / "out") == dict.fromkeys(("a/1.txt", "link.txt"), REPAIRED)
    assert not tallies.reasons


def test_a_link_to_a_folder_elsewhere_is_named(tmp_path: Path) -> None:
    source = written(tmp_path, {"in/a/1.txt": PAGE, "nas/2.txt": PAGE}) / "in"
    (source / "up").symlink_to("..")
    (source / "nas").symlink_to(tmp_path / "nas")
    (source / "again").symlink_to("a")
    tallies = ran(source, tmp_path / "out")
    assert refused(tmp_path / "out") == dict.fromkeys(("nas", "up"), LINKED)
    assert tallies.lines == 2
    assert texts(tmp_path / "out") == {"a/1.txt": REPAIRED}
    excluded = ran(source, tmp_path / "excluded", config=Config(exclude=("nas", "up")))
    assert not excluded.reasons


def test_what_cannot_be_seen_is_named_and_what_was_made_of_it_stays(tmp_path: Path) -> None:
    pages = dict.fromkeys((f"{place}/{n}.txt" for place in "abcdef" for n in range(3)), PAGE)
    source = written(tmp_path / "in", pages)
    ran(source, tmp_path / "out")
    (source / "b").chmod(0)
    if os.access(source / "b", os.R_OK):
        pytest.skip("this user may look into every folder")
    ran(source, tmp_path / "out")
    assert refused(tmp_path / "out") == {"b": "no permission to look into this folder"}
    assert set(texts(tmp_path / "out")) == set(pages)
    (source / "b").chmod(0o755)
    ran(source, tmp_path / "out")
    ran(source, tmp_path / "fresh")
    assert state(tmp_path / "out") == state(tmp_path / "fresh")


def test_a_file_that_gets_cut_off_does_not_take_what_was_made_of_it(tmp_path: Path) -> None:
    data = zstandard.compress(ROWS)
    source = written(tmp_path / "in", {"a.jsonl.zst": data})
    ran(source, tmp_path / "out", size=SIZE)
    before = (tmp_path / "out/text/a.jsonl.zst").read_bytes()
    (source / "a.jsonl.zst").write_bytes(data[:-9])
    ran(source, tmp_path / "out", size=SIZE)
    assert (tmp_path / "out/text/a.jsonl.zst").read_bytes() == before


def test_a_page_that_can_no_more_be_read_does_not_take_what_was_made_of_it(tmp_path: Path) -> None:
    source = written(tmp_path / "in", {"a/1.txt": PAGE, "a/2.txt": PAGE})
    ran(source, tmp_path / "out")
    (source / "a/2.txt").unlink()
    (source / "a/2.txt").symlink_to("2.txt")
    ran(source, tmp_path / "out")
    assert list(refused(tmp_path / "out")) == ["a/2.txt"]
    assert texts(tmp_path / "out") == dict.fromkeys(("a/1.txt", "a/2.txt"), REPAIRED)
    (source / "a/2.txt").unlink()
    ran(source, tmp_path / "out")
    assert set(texts(tmp_path / "out")) == {"a/1.txt"}


class Failing:
    """The calls by which files are written, of which the n-th fails."""

    NAMES = ((io, "open"), (os, "replace"), (os, "mkdir"), (os, "unlink"))

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.left = str(folder), 0
        for owner, name in self.NAMES:
            monkeypatch.setattr(owner, name, self.guarded(getattr(owner, name)))

    def guarded(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(place: Any, *more: Any, **named: Any) -> Any:
            reads = call is Failing.OPEN and not set(str(more[:1])) & set("wax")
            if str(place).startswith(self.folder) and not reads:
                self.left -= 1
                if self.left == 0:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(place))
            return call(place, *more, **named)

        return guarded

    OPEN = staticmethod(io.open)


@pytest.mark.slow
def test_wherever_the_disk_is_full_the_next_call_makes_it_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = lines({"text": f"{DAMAGED}{n}"} for n in range(4))
    source = written(tmp_path / "in", {"a/1.txt": PAGE, "b/1.txt": PAGE, "n.jsonl": rows})
    ran(source, tmp_path / "fresh", size=100)
    whole = state(tmp_path / "fresh")
    failing = Failing(tmp_path / "out", monkeypatch)
    failed = 0
    for step in count(1):
        failing.left = step
        with suppress(FixnewsError):
            ran(source, tmp_path / "out", size=100)
        if failing.left > 0:
            break
        failed += 1
        failing.left = 0
        ran(source, tmp_path / "out", size=100)
        assert state(tmp_path / "out") == whole, step
        shutil.rmtree(tmp_path / "out")
    assert failed > 20
