"""Pages whose bytes are not all text go back as they were, whatever stands around them."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from fixnews.changes import Edit, Move
from fixnews.draft import Draft
from fixnews.encoding import decode, encode
from fixnews.encoding.origins import origins
from fixnews.errors import DecodeError
from fixnews.source import LOST
from tests.toy import call

LINES = (
    "江州晚报讯 昨天上午,市政府",
    "召开会议,研究部署春耕",
    "生产工作。会议强调,各级",
    "部门要抓好落实。",
)
TEXT = "".join(f"{line}\r\n" for line in LINES * 4)
WIDE = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
BOMS = {name: "\ufeff".encode(name) for name in WIDE}

INSIDE = 18
"""Characters in front of a lone surrogate: the middle of the second line."""


def cut(name: str) -> bytes:
    """A page whose last unit lost its second half."""
    return TEXT.encode(name)[: -(WIDE[name] // 2)]


def lone(name: str) -> bytes:
    """A page with half of a pair in the middle of a line."""
    at = INSIDE * WIDE[name]
    unit = 0xD800.to_bytes(WIDE[name], "little" if name.endswith("le") else "big")
    return TEXT.encode(name)[:at] + unit + TEXT.encode(name)[at:]


@pytest.mark.parametrize("damaged", [cut, lone])
@pytest.mark.parametrize("name", WIDE)
def test_a_repaired_page_of_wide_units_is_the_page_with_its_repairs(
    tmp_path: Path, name: str, damaged: Callable[[str], bytes]
) -> None:
    data = BOMS[name] + damaged(name)
    (tmp_path / "A1.txt").write_bytes(data)
    run = call("fix", "-w", "A1.txt", cwd=tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    assert (tmp_path / "A1.txt").read_bytes() == data.replace(",".encode(name), "，".encode(name))
    assert call("undo", cwd=tmp_path).returncode == 0
    assert (tmp_path / "A1.txt").read_bytes() == data


@pytest.mark.parametrize("name", WIDE)
def test_random_losses_never_shift_what_is_behind_them(name: str) -> None:
    chance, read = random.Random(7), 0
    for _ in range(60):
        data = bytearray(TEXT.encode(name))
        at = chance.randrange(len(data))
        data[at : at + 1] = b"" if chance.random() < 0.7 else b"\xd8\x01"
        try:
            source = decode(BOMS[name] + bytes(data), encoding=name)
        except DecodeError:
            continue
        read += 1
        assert encode(source.text, source) == source.data
        lines = source.text.split("\n")
        number = chance.randrange(len(lines))
        changed = [*lines[:number], lines[number] + "完", *lines[number + 1 :]]
        again = encode("\n".join(changed), source)
        assert len(again) == len(source.data or b"") + WIDE[name]
        assert again.replace("完".encode(name), b"", 1) == source.data
    assert read, "some losses leave a page that can be read"


def test_lost_bytes_go_where_a_jump_carries_them() -> None:
    text, lost, rest = "正文\n尾".encode("gb18030"), b"\x81 ", "完\n".encode("gb18030")
    head = decode("头条在此。\n".encode("gb18030"), "A1", "gb18030")
    tail = decode(text + lost + rest, "A2", "gb18030")
    draft = Draft.of(head, tail)
    start = len(head.text) + 1 + tail.text.index("尾")
    moved = draft.revise([Move(start, start + 4, head.text.index("\n"))])
    pages = [
        encode(page, moved.sources[n], lost=origins(moved, n))
        for n, page in enumerate(moved.texts())
    ]
    assert pages[0] == "头条在此。尾".encode("gb18030") + lost + rest
    assert pages[1] == "正文\n\n".encode("gb18030")


@pytest.mark.parametrize("goes", [1, 3])
def test_a_sign_for_lost_bytes_keeps_its_place_beside_one_that_was_printed(goes: int) -> None:
    parts = ["甲".encode(), "\ufffd".encode(), f"乙{TEXT}".encode(), b"\xe4\xb8 ", "丙\n".encode()]
    source = decode(b"".join(parts), encoding="utf-8")
    draft = Draft.of(source)
    first = source.text.index(LOST) if goes == 1 else source.text.index(LOST, 3)
    length = 1 if goes == 1 else source.text.index("丙") - first
    left = draft.revise([Edit(first, first + length, "")])
    data = encode(left.text, source, lost=origins(left, 0))
    assert data == b"".join(part for n, part in enumerate(parts) if n != goes)


OTHERWISE = bytes.fromhex("c9612cd1aabaa4d1a4a42cce60a558a4aabaa9faa4eb2ca440")
"""Big5 with a byte lost; with its commas repaired it would be read as another text."""


def test_a_page_that_the_next_run_would_read_otherwise_is_left_as_it_is(tmp_path: Path) -> None:
    page = tmp_path / "A1.txt"
    page.write_bytes(OTHERWISE)
    run = call("fix", "-w", "A1.txt", cwd=tmp_path)
    assert run.returncode == 2
    assert b"written back in big5 it would be read otherwise" in run.stderr
    assert page.read_bytes() == OTHERWISE
    assert call("fix", "-w", "--output-encoding", "utf-8", "A1.txt", cwd=tmp_path).returncode == 0
    assert "，" in page.read_text("utf-8")


@pytest.mark.parametrize("name", ["utf-8", "utf-16-le"])
def test_a_page_that_would_be_mostly_nuls_is_left_as_it_is(tmp_path: Path, name: str) -> None:
    text = "江州晚报讯 昨天上午，各地研究经\n济，研究部署春耕生产工作。\n"
    data = BOMS.get(name, b"") + (text + "\x00" * len(text)).encode(name)
    (tmp_path / "A1.txt").write_bytes(data)
    run = call("fix", "-w", "A1.txt", cwd=tmp_path)
    assert run.returncode == 2
    assert b"it would be read otherwise" in run.stderr
    assert (tmp_path / "A1.txt").read_bytes() == data
