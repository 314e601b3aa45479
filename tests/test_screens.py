"""What a person sees: sessions recorded in a real terminal emulator, kept as text.

tmux draws the screen, so a line that is too wide wraps, a mark that is counted wrong drifts, and a
bracket at the wrong end of a line is there to be seen. ``FIXNEWS_SCREENS=write`` records anew;
look at the difference before you commit it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from fixnews.report.cells import NEVER_FIRST, NEVER_LAST, text_width
from fixnews.review import ACCEPT, REJECT, prompt, series_list
from fixnews.tongues import TAGS, Tongue

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("tmux"), reason="no tmux here"),
]

ROOT = Path(__file__).parent.parent
SCREENS = Path(__file__).parent / "screens"
ROWS = 160
_NUMBERS = count()
PATIENCE = 30

SIMPLIFIED = {
    "A1.txt": (
        "江州晚报 第一版\n\n"
        "编者按:从今天起,本报推出“沿江行”专栏,请读者随记者的脚步,看一座城市怎样与一条江重新相认。\n\n"
        "本报讯 “今年是全市经\n济工作的重要一年,”市长说,“（前三季度）形势稳注,增长6.5%……”\n\n"
        "据介绍,选址之前,园林部门通过社区征集意见。居民提得最多的不是花草,而是座椅和树荫。◇\n"
    ),
    "C2.txt": (
        "江州晚报 第二版\n\n"
        "◆为此,每处公园的座椅数量比以往增加了四成,并优先栽种香樟、榉树等遮阴树种。\n待续\n"
    ),
}
TRADITIONAL = {
    "A1.txt": (
        "江州晚報 第一版\n\n"
        "本報訊 「今年是全市经\n济工作的重要一年,」市長說,『（前三季度）形勢稳注,增長6.5%……』\n\n"
        "館方說,重啟夜間開放——每週五、六——是因為「下班後想找個安靜角落」的人更多了,◇\n"
    ),
    "C2.txt": "江州晚報 第二版\n\n◆他們希望,一年之後,夜間的借閱能佔到總數的三成。\n待续\n",
}
SCRIPTS = {"simplified": SIMPLIFIED, "traditional": TRADITIONAL}


class Screen:
    """A program in a terminal of this size."""

    def __init__(self, folder: Path, columns: int, command: str, **environment: str) -> None:
        self._tmux = [
            "tmux",
            "-u",
            "-L",
            f"fixnews-{os.getpid()}-{next(_NUMBERS)}",
            "-f",
            os.devnull,
        ]
        given = {
            "PYTHONPATH": str(ROOT), "FIXNEWS_STATE": str(folder / ".state"), "PAGER": "cat",
            "LANG": "C.UTF-8",
        } | environment  # fmt: skip
        clean = (
            "env",
            "-u",
            "COLUMNS",
            "-u",
            "LINES",
            "-u",
            "PRE_COMMIT",
            "-u",
            "NO_COLOR",
            "-u",
            "LC_ALL",
            "-u",
            "FORCE_COLOR",
        )
        settings = [f"{name}={value}" for name, value in given.items()]
        size = ("-x", str(columns), "-y", str(ROWS))
        words = ("new-session", "-d", "-s", "it", *size, "-c", str(folder))
        self._run(*words, *clean, *settings, *self.program(command))

    @staticmethod
    def program(command: str) -> tuple[str, ...]:
        toy = f"{sys.executable} -m tests.toy {command}"
        return "sh", "-c", f"{toy}; echo; echo end of it; exec sleep 60"

    def _run(self, *words: str) -> str:
        run = subprocess.run([*self._tmux, *words], capture_output=True, check=True)
        return run.stdout.decode()

    def until(self, text: str) -> Screen:
        """Wait until the screen shows this."""
        end = time.monotonic() + PATIENCE
        while text not in self._captured():
            assert time.monotonic() < end, self._captured()
            time.sleep(0.05)
        return self

    def until_shown(self, file: Path) -> Screen:
        """Wait until the screen is what was recorded."""
        end = time.monotonic() + PATIENCE
        while self.shown() != file.read_text("utf-8"):
            assert time.monotonic() < end, self._captured()
            time.sleep(0.05)
        return self

    def press(self, keys: str) -> Screen:
        self._run("send-keys", "-t", "it", "-l", keys)
        return self

    def answer(self, keys: str, sees: str) -> Screen:
        """Press keys and wait until the screen shows this once more."""
        end, before = time.monotonic() + PATIENCE, self._captured().count(sees)
        self.press(keys)
        while self._captured().count(sees) <= before:
            assert time.monotonic() < end, self._captured()
            time.sleep(0.05)
        return self

    def key(self, name: str) -> Screen:
        """Press a key by the name that tmux has for it: ``C-Up``."""
        self._run("send-keys", "-t", "it", name)
        return self

    def paste(self, text: str) -> Screen:
        """Paste, marked as such where the program has asked for that."""
        self._run("set-buffer", text)
        self._run("paste-buffer", "-p", "-t", "it")
        return self

    def resize(self, columns: int) -> Screen:
        self._run("resize-window", "-x", str(columns), "-y", str(ROWS), "-t", "it")
        return self

    def _captured(self, *options: str) -> str:
        return self._run("capture-pane", "-p", *options, "-t", "it")

    def shown(self, *, color: bool = False) -> str:
        text = self._captured(*(["-e"] if color else []))
        text = re.sub(r"\n(\x1b\[[\d;]*m)*end of it.*", "", text, flags=re.DOTALL)
        return text.rstrip("\n") + "\n"

    def close(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for script, pages in SCRIPTS.items():
        (tmp_path / script).mkdir()
        for name, text in pages.items():
            (tmp_path / script / name).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def screens() -> Iterator[list[Screen]]:
    opened: list[Screen] = []
    yield opened
    for screen in opened:
        screen.close()


NAMES = {1: "bold", 2: "dim", 7: "reverse", 31: "red", 32: "green", 33: "yellow", 34: "blue"} | {
    36: "cyan", 4: "underline"
}  # fmt: skip
FOREGROUND = {31, 32, 33, 34, 36}


def styled(line: str) -> str:
    """A line with its styles by name, however the emulator spells them."""
    style: set[int] = set()
    shown, last = "", ""
    for part in re.split(r"(\x1b\[[\d;]*m)", line):
        if not part.startswith("\x1b"):
            name = " ".join(NAMES[number] for number in sorted(style))
            if part.strip() and name != last:
                shown, last = f"{shown}⟨{name}⟩", name
            shown += part
            continue
        for number in map(int, part[2:-1].split(";")):
            if number == 0:
                style = set()
            elif number in (39, *FOREGROUND):
                style -= FOREGROUND
            style |= {number} & NAMES.keys()
    return shown


def compare(name: str, shown: str) -> None:
    file = SCREENS / f"{name}.txt"
    text = "".join(styled(line) for line in shown.splitlines(keepends=True))
    if os.environ.get("FIXNEWS_SCREENS") == "write":
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


VIEWS = {
    "diff-80": "diff",
    "check-80": "check",
    "diff-140": "diff --side-by-side",
    "check-140": "check --group-by rule",
}


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("color", [False, True], ids=["plain", "colour"])
def test_recorded(folder: Path, screens: list[Screen], script: str, view: str, color: bool) -> None:
    option = f"--color {'auto' if color else 'never'}"
    columns = int(view.split("-")[1])
    screens.append(Screen(folder, columns, f"{VIEWS[view]} {option} {script}"))
    shown = screens[0].until("end of it").shown(color=color)
    compare(f"{view}-{script}-{'colour' if color else 'plain'}", shown)


SPOKEN = {
    "help": "--help",
    "options": "fix --help",
    "explain": "explain PUN101",
    "diff": "diff --color never simplified",
    "diff-140": "diff --side-by-side --color never simplified",
    "check": "check --color never simplified",
    "check-140": "check --group-by rule --color never simplified",
    "statistics": "check --statistics simplified",
}
"""What is recorded in every language; with a width what is shown otherwise there."""


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("columns", [80, 140])
@pytest.mark.parametrize("view", [view for view in SPOKEN if "-" not in view])
def test_recorded_in_the_readers_language(
    folder: Path, screens: list[Screen], view: str, columns: int, tag: str
) -> None:
    command = SPOKEN.get(f"{view}-{columns}", SPOKEN[view])
    screens.append(Screen(folder, columns, f"{command} --language {tag}"))
    compare(f"{view}-{columns}-{tag}", screens[0].until("end of it").shown())


@pytest.mark.parametrize("locale", [{"LANG": "C"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX"}])
def test_a_bare_locale_shows_the_same(
    folder: Path, screens: list[Screen], locale: dict[str, str]
) -> None:
    screens.append(Screen(folder, 80, "diff --color never traditional", **locale))
    compare("diff-80-traditional-plain", screens[0].until("end of it").shown())


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_where_none_is_wanted(
    folder: Path, screens: list[Screen], environment: dict[str, str]
) -> None:
    screens.append(Screen(folder, 80, "diff simplified", **environment))
    compare("diff-80-simplified-plain", screens[0].until("end of it").shown(color=True))


def steps(say: Callable[..., str]) -> Iterator[tuple[str, str]]:
    """The keys of a review one by one, and what the screen says of each; of long lines a part."""
    yield "y", say(prompt.PAST[ACCEPT], n=1, open=13)
    yield "n", say(prompt.PAST[REJECT], n=1, open=12)
    yield "?", say(prompt.HELP).split("\n")[-2][:12]
    yield "/", say("find: ").strip()
    yield "稳定\n", "OCR101"
    yield "e", say("instead of {old} (\\n a new line, \\ nothing at all, empty: leave it open): ",
                   old="“注”")[:7]  # fmt: skip
    yield "健\n", say("{old} becomes {new}; {open} left", old="“注”", new="“健”", open=11)
    yield "i", say("passage that nothing may change: ").strip()
    yield "\n", say(prompt.KEYS)[:9]
    yield "t", say("the word as it stands, wrong: ").strip()
    yield "稳注\n", say("the right word: ").strip()
    yield "\n", say(prompt.KEYS)[:9]
    yield "u", say("taken back")
    yield "q", say("{open} left; `fixnews review --resume` goes on", open=12)[:10]


@pytest.mark.parametrize("columns", [80, 140])
@pytest.mark.parametrize("tag", TAGS)
def test_a_review_step_by_step(folder: Path, screens: list[Screen], tag: str, columns: int) -> None:
    call = f"review --one-by-one --color never --language {tag} simplified"
    screens.append(Screen(folder, columns, call))
    screen, say = screens[0], Tongue(tag).of
    for keys, sees in steps(say):
        screen.until(say(prompt.KEYS)[-4:]).answer(keys, sees)
    compare(f"review-{columns}-{tag}", screen.until("end of it").shown())


ISSUES = "simplified/A1.txt simplified/C2.txt traditional/A1.txt"

SEEN = {
    "plain": "--color never",
    "colour": "--color always",
    "zh-CN": "--color never --language zh-CN",
    "zh-TW": "--color never --language zh-TW",
}


@pytest.mark.parametrize("columns", [80, 140])
@pytest.mark.parametrize("seen", SEEN)
def test_a_review_by_series(folder: Path, screens: list[Screen], columns: int, seen: str) -> None:
    screens.append(Screen(folder, columns, f"review {SEEN[seen]} {ISSUES}"))
    say, color = Tongue(seen if seen in TAGS else "en").of, seen == "colour"
    screen = screens[0].until(say(series_list.KEYS)[-4:])
    compare(f"series-{columns}-opened-{seen}", screen.shown(color=color))
    screen.press("?").until(say(series_list.HELP).split("\n")[-2][:12])
    compare(f"series-{columns}-keys-{seen}", screen.shown(color=color))
    screen.press("r").until(say(prompt.PAST[REJECT], n=11, open=10)).press("j").until(">  3 ")
    compare(f"series-{columns}-answered-{seen}", screen.shown(color=color))
    screen.press("w").until("end of it")
    assert (folder / "simplified/A1.txt").read_text("utf-8") == SIMPLIFIED["A1.txt"]


class Shell(Screen):
    """The same, started from a shell that stops and goes on with jobs."""

    def __init__(self, folder: Path, columns: int, command: str) -> None:
        super().__init__(folder, columns, "", PS1="shell$ ")
        self.until("shell$").press(f"{sys.executable} -m tests.toy {command}\n")

    @staticmethod
    def program(_: str) -> tuple[str, ...]:
        return "bash", "--norc", "-i"

    def states(self) -> str:
        """How the terminal is set, as the shell finds it."""
        self.press("clear; stty -a | tr ';' '\\n' | grep -o -- '-\\?\\becho\\b'; echo asked\n")
        return "-echo" if "-echo" in self.until("\nasked").shown() else "echo"


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
@pytest.mark.parametrize("way", ["", "--one-by-one "])
def test_stopped_and_brought_back(folder: Path, screens: list[Screen], way: str) -> None:
    shell = Shell(folder, 80, f"review {way}--color never simplified")
    screens.append(shell)
    shell.until("q quit").press("\x1a").until("Stopped")
    assert shell.states() == "echo"
    shell.press("clear; fg\n").until("q quit").press("q").until("goes on")
    assert shell.states() == "echo"
    assert (folder / "simplified/A1.txt").read_text("utf-8") == SIMPLIFIED["A1.txt"]


def test_stopped_while_a_line_is_typed(folder: Path, screens: list[Screen]) -> None:
    shell = Shell(folder, 80, "review --one-by-one --color never simplified")
    screens.append(shell)
    shell.until("q quit").press("e").until("leave it open").press("\x1a").until("Stopped")
    shell.press("clear; fg\n").until("leave it open").press("、\n").until("becomes “、”")
    shell.press("q").until("goes on")


def test_another_size_draws_the_list_anew(folder: Path, screens: list[Screen]) -> None:
    screens.append(Screen(folder, 140, f"review --color never {ISSUES}"))
    screens[0].until("q quit").resize(80).until_shown(SCREENS / "series-80-opened-plain.txt")


@pytest.mark.parametrize(("way", "left"), [("", 21), ("--one-by-one ", 14)])
def test_what_is_no_key_answers_nothing(
    folder: Path, screens: list[Screen], way: str, left: int
) -> None:
    screens.append(Screen(folder, 80, f"review {way}--color never {ISSUES}"))
    screen = screens[0].until("q quit")
    for modifier in ("C-", "S-", "M-", "C-S-", "C-M-"):
        for arrow in ("Up", "Down", "Left", "Right"):
            screen.key(f"{modifier}{arrow}")
    screen.paste("yyyAaD\nw\n").until("what was pasted is no answer").press("q")
    assert f"{left} left" in screen.until("goes on").shown()
    for name, text in SIMPLIFIED.items():
        assert (folder / "simplified" / name).read_text("utf-8") == text


@pytest.mark.skipif(not shutil.which("less"), reason="no less here")
def test_what_is_longer_than_the_screen_is_paged(folder: Path, screens: list[Screen]) -> None:
    (folder / "long").mkdir()
    (folder / "long" / "A1.txt").write_text("党代会,奋进。\n" * ROWS, "utf-8")
    screens.append(Screen(folder, 80, "diff --color never long", PAGER="less"))
    first = screens[0].until("\n:").shown()
    assert "end of it" not in first
    assert "1/160" in first
    screens[0].press("G").until("(END)").until("160/160").press("q").until("end of it")


@pytest.mark.skipif(not shutil.which("less"), reason="no less here")
def test_what_fits_the_screen_is_not_paged(folder: Path, screens: list[Screen]) -> None:
    screens.append(Screen(folder, 80, "diff --color never simplified", PAGER="less"))
    compare("diff-80-simplified-plain", screens[0].until("end of it").shown())


RECORDED = sorted(file.stem for file in SCREENS.glob("*.txt"))


@pytest.mark.parametrize("name", RECORDED)
def test_no_line_drifts_and_no_mark_is_at_the_wrong_side(name: str) -> None:
    """A recorded screen is itself right: widths, kinsoku, marks in pairs, numbers at the edge."""
    text = re.sub(r"⟨[a-z ]*⟩", "", (SCREENS / f"{name}.txt").read_text("utf-8"))
    columns = int(name.split("-")[1])
    assert text.count("[-") == text.count("-]")
    assert text.count("{+") == text.count("+}")
    for line in text.split("\n"):
        assert text_width(line) <= columns
        if re.search(r"  [\d–]+/\d+$", line):
            assert text_width(line) == columns


@pytest.mark.parametrize("name", [name for name in RECORDED if "-80-" in name])
def test_kinsoku_holds_on_the_screen(name: str) -> None:
    text = re.sub(r"⟨[a-z ]*⟩", "", (SCREENS / f"{name}.txt").read_text("utf-8"))
    for left, right in re.findall(r"(?m)^ +\d+ [-+] .*(.)\n {6}(\S)", text):
        assert left not in NEVER_LAST
        assert right not in NEVER_FIRST
