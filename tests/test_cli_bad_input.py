"""Bad input: a clear message and exit 2, or a right result; never a traceback, never silence.

These run the tool itself, with its own chain, from outside.
"""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import fixnews
from fixnews.errors import DecodeError

ROOT = Path(__file__).parent.parent
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}

CLEAN = "经济形势稳定。\n"


def packed(way: Callable[[io.BytesIO], None]) -> bytes:
    """An archive that holds a page as it is, so that most of it reads as one."""
    held = io.BytesIO()
    way(held)
    return held.getvalue()


def zipped(held: io.BytesIO) -> None:
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("A1.txt", CLEAN * 99)


def tarred(held: io.BytesIO) -> None:
    with tarfile.open(fileobj=held, mode="w") as archive:
        member = tarfile.TarInfo("A1.txt")
        member.size = len(CLEAN.encode() * 999)
        archive.addfile(member, io.BytesIO(CLEAN.encode() * 999))


NOISE = random.Random(7).randbytes(4096)
NEVER_TEXT = {
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + NOISE,
    "a program": b"\x7fELF\x02\x01\x01" + bytes(9) + NOISE,
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + NOISE,
    "packed": zlib.compress(CLEAN.encode() * 999 + NOISE),
    "zeros": bytes(1000),
    "a zip of pages": packed(zipped),
    "a tar archive of pages": packed(tarred),
}


def call(
    *arguments: str, cwd: Path, before: Sequence[str] = (), timeout: float | None = None
) -> subprocess.CompletedProcess[bytes]:
    run = subprocess.run(
        [*before, sys.executable, "-m", "fixnews", *arguments],
        cwd=cwd,
        env=ENVIRONMENT | {"FIXNEWS_STATE": str(cwd.with_name(f"{cwd.name}-state"))},
        capture_output=True,
        check=False,
        timeout=timeout,
    )
    assert b"Traceback" not in run.stderr, run.stderr.decode()
    return run


@pytest.mark.parametrize("command", ["fix", "check", "diff"])
def test_an_empty_file_is_a_clean_page(tmp_path: Path, command: str) -> None:
    (tmp_path / "A1.txt").touch()
    run = call(command, "A1.txt", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (0, b"")


def test_an_empty_file_stays_one(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").touch()
    assert call("fix", "-w", "A1.txt", cwd=tmp_path).returncode == 0
    assert call("fix", "A1.txt", "-o", "out", cwd=tmp_path).returncode == 0
    assert (tmp_path / "A1.txt").read_bytes() == (tmp_path / "out/A1.txt").read_bytes() == b""


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("folder", "no text here"),
        ("missing.txt", "no such file"),
        ("A1.txt/inside.txt", "no such file"),
        ("loop.txt", "symlink"),
        ("", "no text here"),
    ],
)
def test_what_is_not_there(tmp_path: Path, path: str, says: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/notes.md").touch()
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    run = call("fix", path or ".", cwd=tmp_path / ("folder" if not path else ""))
    assert run.returncode == 2
    assert run.stdout == b""
    assert says in run.stderr.decode()


@pytest.mark.parametrize("data", NEVER_TEXT.values(), ids=NEVER_TEXT.keys())
def test_binary(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "A1.txt").write_bytes(data)
    run = call("fix", "-w", "A1.txt", cwd=tmp_path)
    assert run.returncode == 2
    assert b"A1.txt" in run.stderr
    assert (tmp_path / "A1.txt").read_bytes() == data


def test_truncated_gbk_names_the_byte(tmp_path: Path) -> None:
    data = (CLEAN * 40).encode("gb18030").rstrip()[:-1]
    (tmp_path / "A1.txt").write_bytes(data)
    assert call("fix", "-w", "A1.txt", cwd=tmp_path).returncode == 0
    assert (tmp_path / "A1.txt").read_bytes() == data
    report = call("check", "--format", "concise", "--select", "ENC", "A1.txt", cwd=tmp_path)
    assert report.stdout.decode().startswith("A1.txt:40:7: ENC101 lost-bytes [note] byte 597 (A1)")


def test_a_character_that_the_encoding_lacks_stops_the_write(tmp_path: Path) -> None:
    page = tmp_path / "A1.txt"
    page.write_bytes("全市經濟形勢穩定。\n".encode("big5"))
    (tmp_path / "own.tsv").write_text("經濟形勢\t经济形势\n", "utf-8")
    (tmp_path / "fixnews.toml").write_text('dictionaries = ["own.tsv"]', "utf-8")
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    run = call("fix", "-w", "A1.txt", cwd=tmp_path)
    assert run.returncode == 2
    error = "A1.txt: big5 cannot write '势' (use --output-encoding utf-8)"
    assert error in run.stderr.decode()
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
    assert call("undo", cwd=tmp_path).returncode != 0
    remedy = call("fix", "-w", "--output-encoding", "utf-8", "A1.txt", cwd=tmp_path)
    assert remedy.returncode == 0
    assert page.read_text("utf-8") == "全市经济形势穩定。\n"


def test_a_nul_is_a_character_like_another(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_bytes(f"经济\x00{CLEAN}".encode())
    run = call("fix", "A1.txt", cwd=tmp_path)
    assert run.returncode == 0
    assert run.stdout.decode() == f"经济\x00{CLEAN}"


@pytest.mark.parametrize("text", ["\ud800", "经济\udfff稳\n定", "\ud83d\ude00,好"])
def test_lone_surrogates_from_a_caller(text: str) -> None:
    result = fixnews.fix(text)
    lone = [c for c in text if "\ud800" <= c <= "\udfff"]
    assert [c for c in result.text if "\ud800" <= c <= "\udfff"] == lone


def test_bytes_that_are_no_text_from_a_caller() -> None:
    with pytest.raises(DecodeError):
        fixnews.fix(NEVER_TEXT["a picture"])


def test_cr_alone_ends_a_line(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_bytes("头版\r\r经济形势稳定。\r".encode())
    run = call("fix", "A1.txt", cwd=tmp_path)
    assert run.returncode == 0
    assert run.stdout == "头版\r\r经济形势稳定。\r".encode()


def bound_by_modes() -> list[str]:
    """What to put before a command so that modes hold back even root."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        pytest.skip("modes do not hold back root, and there is no setpriv")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


@pytest.mark.parametrize("arguments", [["fix"], ["fix", "-w"], ["check"], ["diff"]])
def test_no_permission_to_read(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "A1.txt").write_text(CLEAN, "utf-8")
    (tmp_path / "A1.txt").chmod(0)
    run = call(*arguments, "A1.txt", cwd=tmp_path, before=bound_by_modes())
    assert run.returncode == 2
    assert b"A1.txt: no permission" in run.stderr


DAMAGED_UTF_16 = "\ufeff经济形势稳定。\n".encode("utf-16-le")


def test_no_permission_to_write(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_bytes(DAMAGED_UTF_16)
    (tmp_path / "A1.txt").chmod(0o444)
    run = call(
        "fix", "-w", "--output-encoding", "utf-8", "A1.txt", cwd=tmp_path, before=bound_by_modes()
    )
    assert run.returncode == 2
    assert b"A1.txt: no permission" in run.stderr
    assert (tmp_path / "A1.txt").read_bytes() == DAMAGED_UTF_16


def test_a_read_only_folder_is_written_in_place(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_bytes(DAMAGED_UTF_16)
    tmp_path.chmod(0o555)
    command = ("fix", "-w", "--output-encoding", "utf-8", "A1.txt")
    run = call(*command, cwd=tmp_path, before=bound_by_modes())
    tmp_path.chmod(0o755)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "A1.txt").read_text("utf-8") == CLEAN


def test_a_read_only_destination(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_text(CLEAN, "utf-8")
    (tmp_path / "out").mkdir(mode=0o755)
    (tmp_path / "out").chmod(0o555)
    run = call("fix", "A1.txt", "-o", "out/deep", cwd=tmp_path, before=bound_by_modes())
    assert run.returncode == 2
    assert b"no permission" in run.stderr


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["经济形势稳定，人民生活", "啊", ",", "（", " ", "1"])
def test_50_mb_on_one_line(tmp_path: Path, unit: str) -> None:
    data = (unit * (50_000_000 // len(unit.encode()))).encode()
    (tmp_path / "A1.txt").write_bytes(data)
    run = call("fix", "-q", "A1.txt", "-o", "out", cwd=tmp_path, timeout=600)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "out/A1.txt").exists()
