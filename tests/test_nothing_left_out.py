"""Every file of a walked folder is repaired, untouched, or named with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixnews.config import Config
from fixnews.walk import find
from tests.test_cli_bad_input import NEVER_TEXT, bound_by_modes
from tests.test_cli_bad_input import call as real_call
from tests.toy import call

DAMAGED = "喜迎党代会,奋进新征程\n"
REPAIRED = "喜迎党代会，奋进新征程\n"
CLEAN = "经济形势稳定，市场供应充足，居民生活继续改善。\n"
DATA = '{"title": "水库加固", "page": 1}\n'


def fill(folder: Path, **files: bytes | str) -> None:
    for name, data in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())


@pytest.mark.parametrize(
    ("files", "line", "code"),
    [
        ({"A1_txt": CLEAN}, "1 seen, 0 repaired, 0 passed over", 0),
        ({"A1_txt": DAMAGED, "A2_txt": CLEAN}, "2 seen, 1 repaired, 0 passed over", 0),
        ({"A1_txt": DAMAGED, "A2_jpg": b"\xff\xd8"}, "2 seen, 1 repaired, 1 passed over", 0),
        (
            {"A1_txt": DAMAGED, "A2_txt": NEVER_TEXT["a picture"]},
            "2 seen, 1 repaired, 1 passed over",
            0,
        ),
        ({"A1_txt": DAMAGED, "A2_txt": DATA}, "2 seen, 1 repaired, 1 passed over", 2),
        (
            {"A1_txt": DAMAGED, "A2_txt": CLEAN.encode("gbk")[:-1] + b"\xff\xff" * 20},
            "2 seen, 1 repaired, 0 passed over, 1 refused",
            2,
        ),
    ],
)
def test_the_last_line_counts_and_text_passed_over_is_exit_2(
    tmp_path: Path, files: dict[str, bytes | str], line: str, code: int
) -> None:
    fill(tmp_path, **files)
    run = call("fix", "-w", ".", cwd=tmp_path)
    assert run.stderr.decode().splitlines()[-1] == line
    assert run.returncode == code
    for name in files:
        if name != "A1_txt" and "0 passed over" not in line:
            assert name.replace("_", ".")[2:] in run.stderr.decode(), "named with its reason"
    assert call("fix", "-w", "-q", "--exclude", "A2.*", ".", cwd=tmp_path).stderr == b""


def test_check_ends_with_the_same_line(tmp_path: Path) -> None:
    fill(tmp_path, A1_txt=DAMAGED, A2_txt=CLEAN, A3_txt=DATA)
    run = call("check", ".", cwd=tmp_path)
    assert run.stderr.decode().splitlines()[-1] == "3 seen, 1 to repair, 1 passed over"
    assert run.returncode == 2
    assert call("check", "-q", "--exclude", "A3.txt", ".", cwd=tmp_path).stderr == b""


def test_a_baseline_names_what_could_not_be_read(tmp_path: Path) -> None:
    fill(tmp_path, A1_txt=DAMAGED, A2_txt=b"\xff\xff" * 40)
    run = call("check", "--write-baseline", "base", ".", cwd=tmp_path)
    assert run.returncode == 2
    assert b"A2.txt" in run.stderr


def test_a_hook_names_whatever_is_committed_and_passes_over_data(tmp_path: Path) -> None:
    fill(tmp_path, A1_txt=CLEAN, A2_txt=DATA)
    run = call("check", "--force-exclude", "A1.txt", "A2.txt", cwd=tmp_path)
    assert run.returncode == 0
    assert b"A2.txt: passed over: JSON" in run.stderr


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_pages_that_do_not_say_so_are_read_in_a_walk(tmp_path: Path, encoding: str) -> None:
    text = "本报讯 全市经济工作会议昨天召开,市长作了报告。\n" * 300
    fill(tmp_path, A1_txt=text.encode(encoding))
    run = call("fix", "-w", ".", cwd=tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    assert (tmp_path / "A1.txt").read_bytes() == text.replace(",", "，").encode(encoding)


@pytest.mark.parametrize("name", ["OLD.TXT", "Old.Text", "old.txt"])
def test_suffixes_are_read_in_any_case(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(DAMAGED, "utf-8")
    call("fix", "-w", ".", cwd=tmp_path)
    assert (tmp_path / name).read_text("utf-8") == REPAIRED


def test_other_names_are_counted_by_suffix_and_listed_for_those_who_ask(tmp_path: Path) -> None:
    fill(tmp_path, A1_txt=CLEAN, p1_jpg=b"1", p2_jpg=b"2", notes_md="别的", _hidden="藏")
    run = call("check", ".", cwd=tmp_path)
    assert b"passed over by their names: 2 .jpg, 1 .md (`include` names" in run.stderr
    assert b"hidden" not in run.stderr
    assert b"p1.jpg" not in run.stderr
    assert b"p1.jpg: passed over by its name" in call("check", "-v", ".", cwd=tmp_path).stderr


def test_what_is_excluded_is_named_for_those_who_ask(tmp_path: Path) -> None:
    fill(tmp_path, A1_txt=CLEAN, raw__A1_txt=DATA, A2_txt=DATA)
    run = call("check", "-v", "--exclude", "raw", "--exclude", "A2.txt", ".", cwd=tmp_path)
    assert run.returncode == 0
    assert {b"raw: excluded", b"A2.txt: excluded"} <= set(run.stderr.splitlines())
    assert b"1 seen" in run.stderr


@pytest.mark.parametrize(
    ("target", "line"),
    [
        ("../elsewhere", "3 seen, 0 to repair, 1 passed over"),
        ("../issue-2", "3 seen, 0 to repair, 1 passed over"),
        ("raw", "2 seen, 0 to repair, 0 passed over"),
        ("gone", "3 seen, 0 to repair, 1 passed over"),
    ],
)
def test_a_link_to_a_folder_is_not_followed_and_is_named_where_it_leads_out(
    tmp_path: Path, target: str, line: str
) -> None:
    fill(tmp_path, issue__A1_txt=CLEAN, issue__raw__A2_txt=CLEAN)
    fill(tmp_path, elsewhere__B1_txt=CLEAN)
    (tmp_path / "issue-2").mkdir()
    (tmp_path / "issue/1999").symlink_to(target, target_is_directory=True)
    run = call("check", "issue", cwd=tmp_path)
    said = b"issue/1999: passed over: a link to a folder, which a walk does not follow (name it)"
    assert (said in run.stderr) is target.startswith("..")
    assert run.stderr.decode().splitlines()[-1] == line
    assert b"1999" not in call("check", "--exclude", "1999", "issue", cwd=tmp_path).stderr
    if target == "../elsewhere":
        assert b"1 seen" in call("check", "issue/1999", cwd=tmp_path).stderr, "named, it is walked"


def test_a_subfolder_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    fill(tmp_path, A1_txt=CLEAN, shut__A2_txt=CLEAN)
    (tmp_path / "shut").chmod(0)
    run = real_call("check", ".", cwd=tmp_path, before=bound_by_modes())
    (tmp_path / "shut").chmod(0o755)
    assert run.returncode == 2
    assert b"shut: no permission to look into this folder" in run.stderr
    assert b"2 seen" in run.stderr


def test_a_file_in_a_folder_that_may_be_listed_only_is_named(tmp_path: Path) -> None:
    fill(tmp_path, A1_txt=CLEAN, shut__A2_txt=CLEAN)
    (tmp_path / "shut").chmod(0o644)
    run = real_call("check", "shut/A2.txt", ".", cwd=tmp_path, before=bound_by_modes())
    (tmp_path / "shut").chmod(0o755)
    assert run.returncode == 2
    assert b"no permission" in run.stderr


FLAT = (
    ("20210318-01.txt", "20210318-02.txt"),
    ("20210319-01.txt", "20210319-02.txt"),
    ("第3667期-1版.txt", "第3667期-2版.txt"),
    ("notes.txt",),
)


def test_pages_of_a_flat_folder_are_the_issues_that_their_names_say(tmp_path: Path) -> None:
    for name in (name for issue in FLAT for name in issue):
        (tmp_path / name).write_text(CLEAN, "utf-8")
    found = find([tmp_path], Config())
    assert {tuple(p.name for p in issue) for issue in found.issues} == set(FLAT)
    own = find([tmp_path], Config(issue_name=r"(2021)"))
    assert ("20210318-01.txt", "20210318-02.txt", "20210319-01.txt", "20210319-02.txt") in {
        tuple(p.name for p in issue) for issue in own.issues
    }


def test_each_issue_of_a_flat_folder_is_written_when_it_is_done(tmp_path: Path) -> None:
    (tmp_path / "20210318-01.txt").write_text(DAMAGED, "utf-8")
    (tmp_path / "20210319-01.txt").write_text(DAMAGED, "utf-8")
    seen = []

    def watched(*given: object, **settings: object) -> object:
        seen.append((tmp_path / "out/20210318-01.txt").exists())
        return real(*given, **settings)  # type: ignore[arg-type]

    from fixnews.commands import job

    real = job.mend
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(job, "mend", watched)
        call("fix", ".", "-o", "out", cwd=tmp_path)
    assert seen == [False, True]
