"""Homes, streams, terminals and settings as they are elsewhere: a clear word, never a traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from fixnews import console
from fixnews.config import load
from fixnews.errors import ConfigError
from tests.test_cli_bad_input import bound_by_modes
from tests.toy import call

ROOT = Path(__file__).parent.parent
DAMAGED = "喜迎党代会,奋进新征程\n"
REPAIRED = "喜迎党代会，奋进新征程\n"
TOY = f"{sys.executable} -m tests.toy"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "A1.txt"
    path.write_text(DAMAGED, "utf-8")
    return path


def shell(line: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    settings = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    if "HOME" not in environment:
        settings["FIXNEWS_STATE"] = str(cwd / ".state")
    run = subprocess.run(
        [
            "bash",
            "-c",
            re.sub(r"(?<!-m )\bfixnews (?=fix|check|diff|rules|undo|<)", f"{TOY} ", line),
        ],
        cwd=cwd,
        env=settings | environment,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert b"Traceback" not in run.stderr, run.stderr.decode()
    return run


class TestStreams:
    @pytest.mark.parametrize(
        ("line", "code", "says"),
        [
            ("fixnews fix A1.txt > /dev/full", 2, "standard output: No space left"),
            ("fixnews check A1.txt > /dev/full", 2, "standard output: No space left"),
            ("fixnews diff A1.txt > /dev/full", 2, "standard output: No space left"),
            ("fixnews rules > /dev/full", 2, "standard output: No space left"),
            ("fixnews fix A1.txt >&-", 2, "standard output: Bad file descriptor"),
            ("fixnews check A1.txt >&-", 2, "standard output: Bad file descriptor"),
            ("fixnews fix -w A1.txt >&-", 0, "1 repaired"),
            ("fixnews check A1.txt <&-", 1, "1 to repair"),
            ("fixnews fix <&-", 2, "no page to read"),
            ("fixnews <&-", 2, ""),
            ("fixnews fix - <&-", 2, "<stdin>: it is closed"),
            ("fixnews check A1.txt 2>/dev/full", 1, ""),
            ("fixnews fix -w A1.txt 2>/dev/full", 0, ""),
            ("fixnews fix missing.txt 2>/dev/full", 2, ""),
            ("fixnews check A1.txt 2>&-", 1, ""),
            (f"{sys.executable} -m fixnews check A1.txt <&- >&- 2>&-", 2, ""),
        ],
    )
    @pytest.mark.usefixtures("page")
    def test_streams_that_are_closed_or_full(
        self, tmp_path: Path, line: str, code: int, says: str
    ) -> None:
        run = shell(line, tmp_path)
        assert run.returncode == code, run.stderr.decode()
        assert says in run.stderr.decode()

    def test_pages_are_written_when_nobody_hears_of_it(self, page: Path) -> None:
        shell("fixnews fix -w --diff A1.txt > /dev/full 2>&1", page.parent)
        assert page.read_text("utf-8") == REPAIRED

    @pytest.mark.parametrize("command", ["check", "diff"])
    def test_an_empty_standard_input_that_nobody_named(self, tmp_path: Path, command: str) -> None:
        run = call(command, cwd=tmp_path)
        assert run.returncode == 2
        assert b"no page to read: standard input is empty" in run.stderr
        assert call(command, "-", cwd=tmp_path).returncode == 0

    @pytest.mark.parametrize(
        "command", [("fix", "-w"), ("check",), ("articles",), ("fix", "A1.txt")]
    )
    def test_an_empty_path_is_no_folder(self, page: Path, command: tuple[str, ...]) -> None:
        """A variable that a script has not set: ``fixnews fix -w "$ISSUE"``."""
        run = call(*command, "", cwd=page.parent)
        assert run.returncode == 2
        assert b"an empty path (name a file or a folder; . is the working folder)" in run.stderr
        assert page.read_text("utf-8") == DAMAGED

    def test_a_file_of_that_name_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "-").write_text(DAMAGED, "utf-8")
        run = call("fix", "./-", cwd=tmp_path, stdin="别的".encode())
        assert run.stdout.decode() == REPAIRED
        (tmp_path / "fixnews.toml").write_text("include = ['*']", "utf-8")
        call("fix", "-w", ".", cwd=tmp_path, stdin="别的".encode())
        assert (tmp_path / "-").read_text("utf-8") == REPAIRED


class TestHomes:
    def test_without_a_home_the_remedy_is_said_and_nothing_written(self, page: Path) -> None:
        run = homeless(["fix", "A1.txt"], page.parent)
        assert run.stdout.decode() == REPAIRED, run.stderr.decode()
        run = homeless(["fix", "-w", "A1.txt"], page.parent)
        assert run.returncode == 2
        assert b"no home folder" in run.stderr
        assert b"FIXNEWS_STATE" in run.stderr
        assert page.read_text("utf-8") == DAMAGED
        run = homeless(["fix", "-w", "A1.txt"], page.parent, FIXNEWS_STATE="")
        assert run.returncode == 0, run.stderr.decode()
        assert page.read_text("utf-8") == REPAIRED

    def test_a_home_that_is_read_only(self, page: Path) -> None:
        home = page.parent / "home"
        home.mkdir()
        home.chmod(0o555)
        before = " ".join(bound_by_modes())
        run = shell(f"{before} {TOY} fix -w A1.txt", page.parent, HOME=str(home))
        home.chmod(0o755)
        assert run.returncode == 2
        assert b"FIXNEWS_STATE" in run.stderr
        assert page.read_text("utf-8") == DAMAGED

    @pytest.mark.parametrize("where", ["shut", "shut/below"])
    @pytest.mark.parametrize(
        ("command", "code", "says"),
        [("check {page}", 1, "1 to repair"), ("fix -w {page}", 0, "1 repaired")],
    )
    def test_a_working_folder_that_may_not_be_looked_into(
        self, page: Path, where: str, command: str, code: int, says: str
    ) -> None:
        """As ``sudo -u`` leaves one: the reader has set nothing there."""
        shut = page.parent / "shut"
        (shut / "below").mkdir(parents=True)
        asked = " ".join((*bound_by_modes(), TOY, command.format(page=page)))
        run = shell(f"cd {where} && chmod 0 {shut}; {asked}; code=$?; chmod 755 {shut}; exit $code",
                    page.parent)  # fmt: skip
        assert run.returncode == code, run.stderr.decode()
        assert says in run.stderr.decode()

    @pytest.mark.parametrize("command", ["fix", "check", "undo"])
    def test_a_working_folder_that_is_gone(self, tmp_path: Path, command: str) -> None:
        gone = tmp_path / "gone"
        gone.mkdir()
        run = shell(f"rmdir {gone} && fixnews {command} .", gone, HOME=str(tmp_path))
        assert run.returncode == 2


def homeless(
    arguments: list[str], cwd: Path, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """A call by a user whom the system does not know, without HOME: a container."""
    code = (
        "import pwd\n"
        "def unknown(_): raise KeyError\n"
        "pwd.getpwuid = unknown\n"
        "from tests import toy; toy.fixnews.filters.CHAIN = toy.CHAIN\n"
        f"toy.main({arguments})"
    )
    gone = ("HOME", "XDG_STATE_HOME", "FIXNEWS_STATE")
    settings = {key: value for key, value in os.environ.items() if key not in gone}
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        env={**settings, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in run.stderr, run.stderr.decode()
    return run


def test_an_interrupt_in_the_pager_is_the_pagers(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "interactive", lambda: True)
    monkeypatch.setenv("PAGER", "sh -c 'kill -INT $PPID; cat'")
    console.Console().paged(["喜迎党代会\n"])
    assert capfd.readouterr().out == "喜迎党代会\n"


@pytest.mark.parametrize("pager", ["", " ", "less '", "no-such-pager", "cat"])
def test_a_pager_that_is_none_is_left_out(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], pager: str
) -> None:
    monkeypatch.setattr(console, "interactive", lambda: True)
    monkeypatch.setenv("PAGER", pager)
    told = console.Console()
    told.paged(["喜迎党代会\n"])
    told.flush()
    assert capfd.readouterr().out == "喜迎党代会\n"


class TestModules:
    @pytest.mark.parametrize(
        "arguments",
        [
            ["fix", "A1.txt"],
            ["fix", "-w", "A1.txt"],
            ["fix", "A1.txt", "-o", "out"],
            ["check", "."],
            ["check", "--report", "report.html", "."],
            ["diff", "A1.txt"],
            ["articles", "A1.txt"],
            ["undo", "--list"],
        ],
    )
    @pytest.mark.usefixtures("page")
    def test_windows_has_no_termios(self, tmp_path: Path, arguments: list[str]) -> None:
        run = hidden(arguments, tmp_path)
        assert b"Traceback" not in run.stderr, run.stderr.decode()
        assert run.returncode in (0, 1)

    def test_the_library_needs_none_of_them(self, tmp_path: Path) -> None:
        code = "import fixnews; print(ascii(fixnews.fix('喜迎党代会,奋进新征程').text))"
        run = without_unix(code, tmp_path)
        assert run.stdout.decode().strip() == ascii("喜迎党代会，奋进新征程"), run.stderr.decode()

    @pytest.mark.usefixtures("page")
    def test_pages_are_written_and_given_back_without_locks(self, tmp_path: Path) -> None:
        assert hidden(["fix", "-w", "A1.txt"], tmp_path).returncode == 0
        assert (tmp_path / "A1.txt").read_text("utf-8") == REPAIRED
        assert hidden(["undo"], tmp_path).returncode == 0
        assert (tmp_path / "A1.txt").read_text("utf-8") == DAMAGED

    @pytest.mark.usefixtures("page")
    def test_an_archive_is_repaired_without_locks(self, tmp_path: Path) -> None:
        code = (
            "from pathlib import Path\n"
            "from tests.archives import ran\n"
            "if __name__ == '__main__': print(ran(Path('.'), Path('../out')).whole.repaired)"
        )
        (tmp_path / "in").mkdir()
        (tmp_path / "A1.txt").rename(tmp_path / "in/A1.txt")
        run = without_unix(code, tmp_path / "in")
        assert run.stdout.decode().strip() == "1", run.stderr.decode()

    @pytest.mark.usefixtures("page")
    def test_a_review_off_a_terminal_is_refused(self, tmp_path: Path) -> None:
        run = hidden(["review", "A1.txt"], tmp_path)
        assert run.returncode == 2
        assert b"terminal" in run.stderr


UNIX = ("termios", "tty", "fcntl", "pwd", "grp", "resource", "readline")


CALLS = ("chown", "listxattr", "getxattr", "setxattr", "sched_getaffinity", "sync", "getuid")
"""What `os` has on Unix alone."""


def hidden(arguments: list[str], cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """A call where there are no modules of Unix, and no calls of it in `os`."""
    code = "from tests import toy; toy.fixnews.filters.CHAIN = toy.CHAIN\n"
    return without_unix(f"{code}toy.main({arguments})", cwd)


def without_unix(code: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Some lines of Python, there."""
    lines = (
        f"import os, signal, sys; sys.modules.update(dict.fromkeys({UNIX}))\n"
        f"for name in {CALLS}: delattr(os, name)\n"
        "del signal.SIGHUP\n"
    )
    environment = {"PYTHONPATH": str(ROOT), "FIXNEWS_STATE": str(cwd / ".state")}
    return subprocess.run(
        [sys.executable, "-c", lines + code],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )


class TestSettings:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("fixnews.toml", "per-file = true"),
            ("fixnews.toml", "\ufeffper-file = true"),
            ("fixnews.toml", "[tool.fixnews]\nper-file = true\n[tool.other]\nx = 1"),
            ("shared.toml", "[tool.fixnews]\nper-file = true"),
            ("shared.toml", "[project]\nname = 'x'\n[tool.fixnews]\nper-file = true"),
            ("pyproject.toml", "\ufeff[tool.fixnews]\nper-file = true"),
        ],
    )
    def test_a_table_of_ours_is_found_in_any_file(
        self, tmp_path: Path, name: str, text: str
    ) -> None:
        (tmp_path / name).write_text(text, "utf-8")
        assert load(tmp_path / name)[0].per_file

    @pytest.mark.parametrize("broken", ["[tool.other\n", "x = \n", "a = 1\na = 2\n"])
    def test_a_project_file_that_is_broken_elsewhere_is_not_ours(
        self, tmp_path: Path, broken: str
    ) -> None:
        (tmp_path / "pyproject.toml").write_text(broken, "utf-8")
        assert load(folder=tmp_path)[1] is None
        (tmp_path / "pyproject.toml").write_text(broken + "[tool.fixnews]\n", "utf-8")
        with pytest.raises(ConfigError, match="not TOML"):
            load(folder=tmp_path)

    @pytest.mark.parametrize(
        "text", ["x = " + "[" * 100_000, "jobs = " + "1" * 5000, "x = 1\n" * 2, "\x00", "[[a]]"]
    )
    def test_absurd_toml(self, page: Path, text: str) -> None:
        (page.parent / "fixnews.toml").write_text(text, "utf-8")
        run = shell("fixnews check A1.txt", page.parent)
        assert run.returncode == 2
        assert b"fixnews.toml" in run.stderr

    @pytest.mark.parametrize("where", [".", "raw", "raw/deep", ".."])
    def test_patterns_of_a_file_start_at_the_file(self, tmp_path: Path, where: str) -> None:
        project = tmp_path / "project"
        (project / "raw/deep").mkdir(parents=True)
        (project / "fixnews.toml").write_text("exclude = ['/raw/A2.txt', 'raw/deep/']", "utf-8")
        for name in ("raw/A1.txt", "raw/A2.txt", "raw/deep/A3.txt", "A2.txt"):
            (project / name).write_text(DAMAGED, "utf-8")
        config = ("--config", str(project / "fixnews.toml"))
        run = call("check", "--format", "concise", *config, str(project), cwd=project / where)
        names = {line.partition(".txt")[0][-2:] for line in run.stdout.decode().splitlines()}
        assert names == {"A1", "A2"}
        assert b"raw/A2" not in run.stdout
        run = call("check", "--exclude", "A2.txt", str(project), cwd=project)
        assert b"4 seen" not in run.stderr, "an option starts at the working folder"

    @pytest.mark.parametrize("pattern", ["!", "\\"])
    def test_a_pattern_that_is_none(self, page: Path, pattern: str) -> None:
        run = call("check", "--exclude", pattern, ".", cwd=page.parent)
        assert run.returncode == 2
        assert b"no gitignore pattern" in run.stderr
        (page.parent / ".gitignore").write_text(f"{pattern}\nA1.txt\n", "utf-8")
        run = call("check", ".", cwd=page.parent)
        assert run.returncode == 2
        assert b"no text here" in run.stderr, "git passes over such a line, and so do we"

    def test_two_thousand_stars_end(self, page: Path) -> None:
        run = shell(f"timeout 20 {TOY} check --exclude '{'*' * 2000}b' .", page.parent)
        assert run.returncode == 1, run.stderr.decode()

    def test_what_a_clone_ignores_for_itself(self, tmp_path: Path) -> None:
        (tmp_path / ".git/info").mkdir(parents=True)
        (tmp_path / ".git/info/exclude").write_text("A2.txt\n/raw/\n", "utf-8")
        for name in ("A1.txt", "A2.txt", "raw/A3.txt", "deep/raw/A4.txt"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(DAMAGED, "utf-8")
        run = call("check", "--format", "concise", ".", cwd=tmp_path)
        assert [line[:4] for line in run.stdout.decode().splitlines()] == ["A1.t", "deep"]
        run = call("check", "--format", "concise", "raw", cwd=tmp_path)
        assert b"no text here" not in run.stderr, "a folder that is named is walked"

    @pytest.mark.parametrize("name", ["punycode", "idna", "undefined", "unicode_escape", "base64"])
    def test_what_is_no_encoding_of_pages(self, page: Path, name: str) -> None:
        run = call("check", "--encoding", name, "A1.txt", cwd=page.parent)
        assert run.returncode == 2
        assert b"unknown encoding" in run.stderr


LISTS = {
    "utf-8": lambda text: text.encode(),
    "a BOM": lambda text: text.encode("utf-8-sig"),
    "gbk": lambda text: text.encode("gbk"),
    "utf-16": lambda text: text.encode("utf-16"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
}


class TestLists:
    @pytest.mark.parametrize("how", LISTS)
    @pytest.mark.parametrize("key", ["allow-list", "terms", "dictionaries"])
    def test_every_list_is_read_by_one_reader(self, page: Path, how: str, key: str) -> None:
        from fixnews.issue import allowed
        from fixnews.words import dictionary, terms

        words = "\n".join(("喜迎党代会,奋进", "市金融发展服务中心", "经济形势稳定", "园林管理处"))
        rows = "".join(f"{word}\t{word}\n" for word in words.split("\n"))
        text = rows if key == "dictionaries" else words + "\n"
        own = page.with_name("own.list")
        own.write_bytes(LISTS[how](text))
        value = '"own.list"' if key == "allow-list" else '["own.list"]'
        page.with_name("fixnews.toml").write_text(f"{key} = {value}", "utf-8")
        config = load(folder=page.parent)[0]
        readers = {
            "allow-list": lambda: allowed(config),
            "terms": lambda: terms.load(config.terms),
            "dictionaries": lambda: {
                e.wrong for p in config.dictionaries for e in dictionary.read(p)
            },
        }
        assert set(readers[key]()) == set(words.split("\n"))

    @pytest.mark.parametrize("key", ["allow-list", "terms", "dictionaries", "baseline"])
    def test_a_list_that_is_missing_is_an_error(self, page: Path, key: str) -> None:
        value = "['own.list']" if key in ("terms", "dictionaries") else "'own.list'"
        page.with_name("fixnews.toml").write_text(f"{key} = {value}", "utf-8")
        command = [sys.executable, "-m", "fixnews", "check", "A1.txt"]
        run = subprocess.run(command, cwd=page.parent, capture_output=True, check=False,
                             env=os.environ | {"PYTHONPATH": str(ROOT)})  # fmt: skip
        assert run.returncode == 2
        assert b"own.list" in run.stderr
        assert b"no such file" in run.stderr

    def test_a_line_is_added_in_the_encoding_of_the_list(self) -> None:
        from fixnews.own_lists import appended

        for codec in ("utf-8", "utf-8-sig", "gbk", "utf-16"):
            data = appended("市金融发展服务中心\n经济形势稳定".encode(codec), "own", "园林管理处")
            assert data.decode(codec) == "市金融发展服务中心\n经济形势稳定\n园林管理处\n"


class TestNames:
    NAME = "A\x1b[2J\x9b\u202e\n.txt"

    @pytest.mark.parametrize(
        "form", ["full", "concise", "json", "jsonl", "github", "sarif", "rdjson"]
    )
    def test_what_commands_a_terminal_is_escaped(self, tmp_path: Path, form: str) -> None:
        (tmp_path / self.NAME).write_text(DAMAGED, "utf-8")
        run = call("check", "-v", "--format", form, ".", cwd=tmp_path)
        assert run.returncode == 1
        for text in (run.stdout.decode(), run.stderr.decode()):
            assert not set("\x1b\x9b\u202e") & set(text)
        if form == "concise":
            assert len(run.stdout.decode().split("\n")) == 2

    @pytest.mark.parametrize("command", ["fix -w", "articles", "check --statistics", "diff"])
    def test_and_so_by_every_command(self, tmp_path: Path, command: str) -> None:
        (tmp_path / self.NAME).write_text(DAMAGED, "utf-8")
        run = call(*command.split(), "-v", ".", cwd=tmp_path)
        assert not set("\x1b\x9b\u202e") & set(run.stderr.decode())
        if command != "diff":
            assert not set("\x1b\x9b\u202e") & set(run.stdout.decode())

    def test_json_says_the_same(self, tmp_path: Path) -> None:
        (tmp_path / self.NAME).write_text(DAMAGED, "utf-8")
        run = call("check", "--format", "jsonl", ".", cwd=tmp_path)
        assert json.loads(run.stdout)["path"] == self.NAME
