"""Which files a call is about."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

import pytest

from fixnews.config import Config
from fixnews.walk import Met, by_name, find

TREE = {
    ".git/config": "",
    ".gitignore": "*.log.txt\nscratch/\n!keep.log.txt\n/top.txt\n",
    "A2.txt": "二",
    "A10.txt": "十",
    "notes.md": "别的",
    "top.txt": "根",
    "a.log.txt": "忽略",
    "keep.log.txt": "保留",
    ".hidden.txt": "藏",
    "scratch/x.txt": "忽略",
    "0201/B1.txt": "版",
    "0201/top.txt": "不在根",
    "0201/.gitignore": "draft*\n",
    "0201/draft.txt": "忽略",
    "0202/B1.txt": "版",
}


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in TREE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*paths: str, **settings: object) -> list[list[str]]:
    result = find([Path(p) for p in paths], Config().overridden(settings))
    assert not result.errors
    return [[str(p) for p in issue] for issue in result.issues]


@pytest.mark.usefixtures("tree")
def test_a_folder_is_walked_as_git_would_see_it_and_pages_are_in_natural_order() -> None:
    assert found(".") == [
        ["A2.txt", "A10.txt", "keep.log.txt"],
        ["0201/B1.txt", "0201/top.txt"],
        ["0202/B1.txt"],
    ]


def test_the_ignore_files_above_the_folder_hold_too(tree: Path) -> None:
    (tree / "0201/x.log.txt").write_text("忽略", "utf-8")
    assert found("0201") == [["0201/B1.txt", "0201/top.txt"]]


def test_a_mark_before_the_first_pattern_is_none_of_it_as_for_git(tree: Path) -> None:
    (tree / "0201/.gitignore").write_text("B1.txt\n", "utf-8-sig")
    assert found("0201") == [["0201/draft.txt", "0201/top.txt"]]


@pytest.mark.parametrize("data", [b"\xff\xfe", b"gitdir: \x00", b"gitdir: nowhere"])
def test_a_further_working_tree_whose_file_is_damaged_ignores_what_it_says(
    tree: Path, data: bytes
) -> None:
    (tree / "0202/.git").write_bytes(data)
    assert found("0202") == [["0202/B1.txt"]]


@pytest.mark.usefixtures("tree")
def test_no_ignore_takes_what_git_would_not() -> None:
    names = [name for issue in found(".", no_ignore=True) for name in issue]
    assert {"top.txt", "a.log.txt", "scratch/x.txt", "0201/draft.txt"} <= set(names)
    assert not any(".git" in name or "hidden" in name for name in names)


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(
    ("exclude", "gone"),
    [("0201", "0201/B1.txt"), ("0202/*.txt", "0202/B1.txt"), ("A*.txt", "A10.txt")],
)
def test_exclude(exclude: str, gone: str) -> None:
    assert gone not in [name for issue in found(".", exclude=(exclude,)) for name in issue]


@pytest.mark.usefixtures("tree")
def test_a_file_named_in_full_is_taken_unless_exclusion_is_forced() -> None:
    assert found("notes.md", exclude=("*.md",)) == [["notes.md"]]
    assert found("notes.md", exclude=("*.md",), force_exclude=True) == []


@pytest.mark.usefixtures("tree")
def test_per_file_makes_every_file_an_issue() -> None:
    assert found("0201", per_file=True) == [["0201/B1.txt"], ["0201/top.txt"]]


def test_one_file_by_two_names_is_one_page(tree: Path) -> None:
    (tree / "link.txt").symlink_to("A2.txt")
    assert found("A2.txt", "link.txt", "./A2.txt") == [["A2.txt"]]


def test_a_walk_by_names_opens_no_file_and_takes_links_to_files_too(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tree / "0203").symlink_to(tree / "0202")
    (tree / "0202/C1.txt").symlink_to(tree / "A2.txt")
    (tree / "nulls.txt").write_bytes(b"a\0b")
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("no file is opened"))
    taken = sorted(str(path) for path in by_name(Path(), Config(no_ignore=True), Met()))
    asked = [path for path in TREE if path.endswith(".txt") and not path.startswith(".")]
    assert taken == sorted([*asked, "0202/C1.txt", "nulls.txt"])


def test_binary_files_and_pipes_are_passed_over_on_a_walk(tree: Path) -> None:
    folder = tree / "mixed"
    folder.mkdir()
    (folder / "page.txt").write_bytes("\ufeff经济".encode("utf-16"))
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    os.mkfifo(folder / "pipe.txt")
    assert found("mixed") == [["mixed/page.txt"]]


@pytest.mark.parametrize(
    ("name", "says"), [("empty", "no text here"), ("nowhere", "no such file or folder")]
)
def test_what_cannot_be_taken_is_told(tree: Path, name: str, says: str) -> None:
    (tree / "empty").mkdir()
    (error,) = find([Path(name)], Config()).errors
    assert says in str(error)
    assert name in str(error)


def test_a_flat_folder_costs_the_same_for_each_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted in hashes of paths: a look at all of them for each takes an hour of 200,000 files."""
    hashed, plain = [0], PurePath.__hash__

    def counted(path: PurePath) -> int:
        hashed[0] += 1
        return plain(path)

    for number in range(200):
        (tmp_path / f"{number}.txt").write_text("雨停了。", "utf-8")
    monkeypatch.setattr(PurePath, "__hash__", counted)
    assert len(find([tmp_path], Config()).issues[0]) == 200
    assert hashed[0] < 20 * 200
