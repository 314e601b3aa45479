"""What is written where: no report, baseline, model or output takes the place of a page."""

from __future__ import annotations

import gzip
import json
import lzma
import os
from pathlib import Path

import pytest

from fixnews.errors import DataError
from fixnews.language import archive, training
from tests.toy import call

DAMAGED = "喜迎党代会,奋进新征程\n"
REPAIRED = "喜迎党代会，奋进新征程\n"


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    (tmp_path / "issue").mkdir()
    for name in ("A1", "A2"):
        (tmp_path / f"issue/{name}.txt").write_text(DAMAGED, "utf-8")
    return tmp_path


def text(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.mark.parametrize("option", ["--report", "--write-baseline"])
def test_a_report_never_replaces_a_page(issue: Path, option: str) -> None:
    run = call("check", option, "issue/A1.txt", "issue/A2.txt", cwd=issue)
    assert run.returncode == 2
    assert b"A1.txt: it is there already, and fixnews did not write it" in run.stderr
    assert text(issue / "issue/A1.txt") == DAMAGED


@pytest.mark.parametrize("option", ["--report", "--write-baseline"])
def test_a_report_replaces_a_report(issue: Path, option: str) -> None:
    for exclude in ("A1.txt", "A2.txt"):
        run = call("check", option, "out", "--exclude", exclude, "issue", cwd=issue)
        assert run.returncode in (0, 1), run.stderr.decode()
    assert "issue/A1.txt" in text(issue / "out")
    assert "issue/A2.txt" not in text(issue / "out")


@pytest.mark.parametrize("option", ["--report", "--write-baseline"])
def test_force_replaces_what_somebody_else_wrote(issue: Path, option: str) -> None:
    (issue / "notes").write_text("别的", "utf-8")
    assert call("check", option, "notes", "issue", cwd=issue).returncode == 2
    assert call("check", option, "notes", "--force", "issue", cwd=issue).returncode in (0, 1)
    assert "A2.txt" in text(issue / "notes")


def test_a_second_run_replaces_what_the_first_one_wrote(issue: Path) -> None:
    call("fix", "issue", "-o", "out", cwd=issue)
    (issue / "issue/A1.txt").write_text(DAMAGED * 2, "utf-8")
    run = call("fix", "issue", "-o", "out", cwd=issue)
    assert run.returncode == 0, run.stderr.decode()
    assert text(issue / "out/A1.txt") == REPAIRED * 2


def test_what_somebody_wrote_into_the_folder_stays(issue: Path) -> None:
    call("fix", "issue", "-o", "out", cwd=issue)
    (issue / "out/A1.txt").write_text("校对过的\n", "utf-8")
    (issue / "issue/A1.txt").write_text(DAMAGED * 2, "utf-8")
    run = call("fix", "issue", "-o", "out", cwd=issue)
    assert run.returncode == 2
    assert b"out/A1.txt: it is there already" in run.stderr
    assert b"2 seen, 1 repaired, 0 passed over, 1 refused" in run.stderr
    assert text(issue / "out/A1.txt") == "校对过的\n"
    assert call("fix", "issue", "-o", "out", "--force", cwd=issue).returncode == 0
    assert text(issue / "out/A1.txt") == REPAIRED * 2


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_no_page_of_the_call_is_replaced_through_a_link(
    issue: Path, force: tuple[str, ...]
) -> None:
    (issue / "out").mkdir()
    (issue / "out/A1.txt").symlink_to(issue / "issue/A1.txt")
    run = call("fix", "issue", "-o", "out", *force, cwd=issue)
    assert run.returncode == 2
    assert b"out/A1.txt: a page of this call lies there" in run.stderr
    assert text(issue / "issue/A1.txt") == DAMAGED
    assert text(issue / "out/A2.txt") == REPAIRED


def test_a_page_below_is_not_written_over_one_here(issue: Path) -> None:
    (issue / "A1.txt").write_text("别的\n", "utf-8")
    run = call("fix", "issue/A1.txt", "-o", ".", cwd=issue)
    assert run.returncode == 2
    assert text(issue / "A1.txt") == "别的\n"


def test_two_pages_never_land_on_one_file(issue: Path) -> None:
    for folder in (issue, issue / "issue"):
        (folder / "x.txt").write_text(DAMAGED, "utf-8")
    run = call("fix", "../x.txt", "x.txt", "-o", "../out", cwd=issue / "issue")
    assert run.returncode == 0, run.stderr.decode()
    written = {str(p.relative_to(issue / "out")) for p in (issue / "out").rglob("*.txt")}
    assert written == {"x.txt", "issue/x.txt"}


def test_a_call_of_which_two_pages_have_one_target_writes_nothing(
    issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fixnews.commands.fix.below", lambda path, _: Path(path.name))
    (issue / "other").mkdir()
    (issue / "other/A1.txt").write_text(DAMAGED, "utf-8")
    run = call("fix", "issue", "other", "-o", "out", cwd=issue)
    assert run.returncode == 2
    assert b"other/A1.txt and issue/A1.txt would both be written to out/A1.txt" in run.stderr
    assert not (issue / "out").exists()


STORY = "{}所学校秋季开学\n\n本报讯 全市中小学昨日开学，学生人数比去年增加三千。\n"
HOCR = (Path(__file__).parent.parent / "samples/formats/A1.hocr").read_bytes()


@pytest.mark.parametrize("form", ["text", "jsonl"])
def test_two_files_of_one_page_never_land_on_one_file_nor_the_next_time(
    tmp_path: Path, form: str
) -> None:
    for name in ("A1.hocr", "A1.html"):
        (tmp_path / name).write_bytes(HOCR)
    command = ("fix", "--per-file", "A1.hocr", "A1.html", "-o", "out", "--output-format", form)
    for force in ((), (), ("--force",)):
        run = call(*command, *force, cwd=tmp_path)
        assert run.returncode == 2
        assert b"another page of this call is written there (rename one" in run.stderr


NAMES = ("1999.01.01-A1.hocr", "1999.01.01-A2.hocr", "1999.01.02-A1.hocr.gz", "A1.alto.hocr")


@pytest.mark.parametrize(("form", "suffix"), [("text", "txt"), ("jsonl", "jsonl")])
def test_points_in_the_name_of_a_page_are_no_suffix(tmp_path: Path, form: str, suffix: str) -> None:
    (tmp_path / "in").mkdir()
    for name in NAMES:
        data = gzip.compress(HOCR) if name.endswith("gz") else HOCR
        (tmp_path / "in" / name).write_bytes(data)
    run = call("fix", "in", "-o", "out", "--output-format", form, cwd=tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    assert b"4 seen" in run.stderr
    written = {path.name for path in (tmp_path / "out").glob(f"*.{suffix}")}
    stems = ("1999.01.01-A1", "1999.01.01-A2", "1999.01.02-A1", "A1")
    assert written == {f"{stem}.{suffix}" for stem in stems}


@pytest.mark.parametrize("call_of", [("articles",), ("articles", "--per-file")])
def test_every_story_has_an_id_and_a_file_of_its_own(
    tmp_path: Path, call_of: tuple[str, ...]
) -> None:
    (tmp_path / "in").mkdir()
    for number, name in zip("三四", ("A1.text", "A1.txt"), strict=True):
        (tmp_path / "in" / name).write_text(STORY.format(number), "utf-8")
    told = call(*call_of, "in", cwd=tmp_path).stdout.splitlines()
    assert [json.loads(line)["id"] for line in told] == ["A1-1", "A1-2"]
    for _ in range(2):
        assert call(*call_of, "in", "-o", "out", cwd=tmp_path).returncode == 0
        assert text(tmp_path / "out/A1-1.txt").startswith("三所")
        assert text(tmp_path / "out/A1-2.txt").startswith("四所")


def test_an_output_inside_what_is_walked_is_not_walked(issue: Path) -> None:
    for _ in range(2):
        run = call("fix", "issue", "-o", "issue/out", cwd=issue)
        assert run.returncode == 0, run.stderr.decode()
        assert b"2 seen" in run.stderr
    assert not (issue / "issue/out/out").exists()


def test_stories_have_the_same_writer(issue: Path) -> None:
    story = "三所学校秋季开学\n\n本报讯 全市中小学昨日开学，学生人数比去年增加三千。\n"
    (issue / "issue/A1.txt").write_text(story, "utf-8")
    (issue / "out").mkdir()
    (issue / "out/A1-1.txt").write_text("别的\n", "utf-8")
    run = call("articles", "issue", "-o", "out", cwd=issue)
    assert run.returncode == 2
    assert text(issue / "out/A1-1.txt") == "别的\n"


@pytest.mark.parametrize("command", [("fix", "-w", "pipe"), ("fix", "-w", ".")])
def test_a_pipe_is_refused_or_passed_over_and_never_waited_for(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / "pipe.txt")
    run = call(*command, cwd=tmp_path)
    assert run.returncode == 2
    assert b"a pipe or a device" in run.stderr


def test_a_page_that_changes_while_it_is_repaired_stays(
    issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fixnews.commands import job

    real = job.mend

    def slow(*given: object, **settings: object) -> object:
        outcome = real(*given, **settings)  # type: ignore[arg-type]
        (issue / "issue/A1.txt").write_text("校对过的\n", "utf-8")
        return outcome

    monkeypatch.setattr(job, "mend", slow)
    run = call("fix", "-w", "issue", cwd=issue)
    assert run.returncode == 2
    assert b"A1.txt: it has changed since it was read" in run.stderr
    assert b"A1.txt: 1 applied" not in run.stderr
    assert text(issue / "issue/A1.txt") == "校对过的\n"
    assert text(issue / "issue/A2.txt") == REPAIRED


class TestTrain:
    @pytest.mark.parametrize("size", ["0", "-1", "nan", "inf", "1e9"])
    def test_a_size_that_is_none(self, tmp_path: Path, size: str) -> None:
        (tmp_path / "k.txt").write_text(DAMAGED * 99, "utf-8")
        run = call("train", "k.txt", "-o", "m", "--size", size, cwd=tmp_path)
        assert run.returncode == 2
        assert b"--size" in run.stderr

    def test_the_corpus_is_no_place_for_the_model(self, tmp_path: Path) -> None:
        (tmp_path / "k.txt").write_text(DAMAGED * 99, "utf-8")
        (tmp_path / "k2.txt").write_text(DAMAGED, "utf-8")
        for output in ("k.txt", "k2.txt"):
            run = call("train", "k.txt", "-o", output, "--force", cwd=tmp_path)
            assert run.returncode == 2 or output == "k2.txt"
        assert call("train", "k.txt", "-o", "k.txt", cwd=tmp_path).returncode == 2
        assert text(tmp_path / "k.txt") == DAMAGED * 99

    @pytest.mark.parametrize("corpus", ["", "\n\n", "Plain English text.\n" * 9])
    def test_a_corpus_of_nothing(self, tmp_path: Path, corpus: str) -> None:
        (tmp_path / "k.txt").write_text(corpus, "utf-8")
        run = call("train", "k.txt", "-o", "m", cwd=tmp_path)
        assert run.returncode == 2
        assert b"k.txt: too little text" in run.stderr
        assert not (tmp_path / "m").exists()

    def test_a_corpus_that_is_cut_short_or_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "k.xz").write_bytes(lzma.compress((DAMAGED * 999).encode())[:-40])
        (tmp_path / "k").mkdir()
        for corpus, what in (("k.xz", b"Compressed file ended"), ("k", b"Is a directory (give")):
            run = call("train", corpus, "-o", "m", cwd=tmp_path)
            assert run.returncode == 2
            assert corpus.encode() + b": " + what in run.stderr

    def test_a_model_of_many_files_is_read(self, tmp_path: Path) -> None:
        import numpy as np

        about = {"corpus": [f"江州晚报-{n:05}-第04版-民生.txt" for n in range(4000)]}
        arrays = {"table": np.arange(9), "keys": np.arange(5, dtype=np.uint64)}
        archive.write(tmp_path / "m", arrays, about)
        read, told = archive.opened(tmp_path / "m")
        assert told == about
        assert {k: v.tolist() for k, v in read.items()} == {
            k: v.tolist() for k, v in arrays.items()
        }

    def test_a_full_disk_leaves_the_old_model(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = archive.MAGIC + b"old"
        (tmp_path / "m").write_bytes(old)
        monkeypatch.setattr(os, "fsync", _full)
        import numpy as np

        with pytest.raises(Exception, match="no space"):
            archive.write(tmp_path / "m", {"table": np.arange(9)}, {})
        assert (tmp_path / "m").read_bytes() == old

    def test_a_library_call_says_so_too(self, tmp_path: Path) -> None:
        (tmp_path / "k.txt").write_text("", "utf-8")
        with pytest.raises(DataError):
            training.train([tmp_path / "k.txt"], tmp_path / "m", size=10**6, simplified={})


def _full(_: int) -> None:
    raise OSError(28, "No space left on device")
