"""Draw the pictures of the manuals anew: real sessions over the samples, as SVG, and the report.

usage: python scripts/pictures.py [FOLDER]

Those of the Chinese manual lie in a folder of their language. The sessions run in a
pseudo-terminal, as a person would see them; rich turns their colours into SVG. The report for
browsers is photographed by Chromium, where there is one.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from html import escape, unescape
from itertools import groupby
from pathlib import Path
from select import select

from rich.console import Console
from rich.text import Text

from fixnews.report.cells import text_width, width

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
SAMPLES = ROOT / "samples"

SESSIONS: dict[str, tuple[int, int, str, str]] = {
    "help": (80, 23, "fixnews --help", ""),
    "diff": (84, 30, "fixnews diff issue/", ""),
    "side-by-side": (140, 22, "fixnews diff --side-by-side issue/", ""),
    "check": (84, 24, "fixnews check issue/C2.txt", ""),
    "review": (84, 24, "fixnews review issue/", "aj"),
    "one-by-one": (84, 34, "fixnews review --one-by-one issue/", "yjny"),
    "statistics": (84, 24, "fixnews check --statistics archive/", ""),
}
"""For each picture: columns, rows shown, the command, the keys pressed."""

LOCALES = {"": "C.UTF-8", "zh-CN": "zh_CN.UTF-8"}
"""For each folder of pictures the locale of the sessions in it."""

ASKS = {"C.UTF-8": b"q quit", "zh_CN.UTF-8": "q 退出".encode()}
"""By the locale, what stands last on the screen where a review waits for a key."""

ENGLISH = {"summary"}
"""Pictures of pages that have no Chinese form yet: docs/archives.md shows them."""

CLEARED = "\x1b[2J"
"""What a list sends before it is drawn anew."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

SVG = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC",
 "Sarasa Mono SC", monospace; font-size: {char_height}px; line-height: {line_height}px }}
.{unique_id}-title {{ font-size: 18px; font-family: sans-serif; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""
"""Rich's own template without its web fonts: nothing is fetched from anywhere."""


PAUSE = 0.5
"""Seconds without a new sign behind which a screen is whole."""

CELL = 12.2
"""Units of a cell in rich's SVG."""

TEXT = re.compile(
    r'<text class="(?P<kind>[^"]*)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" textLength="[\d.]+" '
    r'(?P<clip>clip-path="[^"]*")>(?P<text>[^<]*)</text>'
)


def session(command: str, folder: Path, columns: int, keys: str, locale: str) -> str:
    """What a command writes to a terminal of so many columns while these keys are pressed."""
    shutil.rmtree(folder / ".state", ignore_errors=True)
    pid, fd = pty.fork()
    if pid == 0:
        os.chdir(folder)
        environment = {"TERM": "xterm-256color", "PAGER": "cat", "LANG": locale}
        environment |= {"FIXNEWS_STATE": str(folder / ".state"), "PATH": os.environ["PATH"]}
        environment["PYTHONPATH"] = str(ROOT)
        line = command.replace("fixnews", f"{sys.executable} -m fixnews", 1)
        os.execvpe(
            "sh", ["sh", "-c", f"stty cols {columns} rows 60; sleep 0.2; {line}"], environment
        )
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 60, columns, 0, 0))
    shown = b""
    waiting, asks = list(keys), ASKS[locale]
    last = time.monotonic()
    while True:
        if select([fd], [], [], 0.1)[0]:
            try:
                data = os.read(fd, 65536)
            except OSError:
                break
            if not data:
                break
            shown, last = shown + data, time.monotonic()
        elif shown.count(asks) <= len(keys) - len(waiting) or time.monotonic() - last < PAUSE:
            continue
        elif waiting:
            os.write(fd, waiting.pop(0).encode())
        elif keys:
            os.write(fd, b"\x03")
            break
    os.close(fd)
    os.waitpid(pid, 0)
    return shown.decode("utf-8", "replace").replace("\r\n", "\n").replace("\x1b[?2004h", "")


def drawn(name: str, folder: Path, locale: str) -> str:
    """The SVG of a session: the first rows, or, where keys were pressed, the last."""
    columns, rows, command, keys = SESSIONS[name]
    shown = session(command, folder, columns, keys, locale).rpartition(CLEARED)[2]
    lines = shown.rstrip("\n").split("\n")
    lines = lines[-rows:] if keys else lines[:rows]
    console = Console(record=True, width=columns, file=open(os.devnull, "w"))  # noqa: PTH123, SIM115
    console.print(Text.from_ansi("\n".join(lines)), highlight=False, no_wrap=True, crop=True)
    svg = console.export_svg(title=command, code_format=SVG, unique_id=f"fixnews-{name}")
    return TEXT.sub(_spaced, svg)


def _spaced(found: re.Match[str]) -> str:
    """A run of text as runs of one width each: rich gives a Han character one cell in SVG."""
    at = float(found["x"])
    parts = []
    for _, chars in groupby(unescape(found["text"]), lambda c: width(c) > 1):
        text = "".join(chars)
        size = CELL * text_width(text)
        place = f'x="{at:g}" y="{found["y"]}" textLength="{size:g}"'
        parts.append(f'<text class="{found["kind"]}" {place} {found["clip"]}>{escape(text)}</text>')
        at += size
    return "".join(parts)


PHOTOS: dict[str, tuple[int, Sequence[str]]] = {
    "report": (
        620,
        ["-m", "fixnews", "check", "-q", "--exit-zero", "--report", "report.html", "issue"],
    ),
    "summary": (
        1000,
        [str(ROOT / "benchmarks" / "summary_page.py"), "--keep", "summary.html"],
    ),
}
"""For each page in a browser: the rows of pixels shown, and what writes it."""


def photographed(name: str, folder: Path, target: Path, locale: str) -> None:
    """A page in a browser, if there is one."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.stderr.write(f"no Chromium here: {name}.png stays as it is\n")
        return
    height, tool = PHOTOS[name]
    environment = os.environ | {"LANG": locale, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, *tool], cwd=folder, check=True, env=environment)
    command = [
        browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--no-first-run", "--hide-scrollbars",
        "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder / 'profile'}",
        f"--window-size=900,{height}", f"--screenshot={target / name}.png",
        (folder / f"{name}.html").as_uri(),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Draw every picture."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for tag in LOCALES:
        draw_all(target / tag, tag)


def draw_all(target: Path, tag: str) -> None:
    """Draw the pictures of one language into a folder."""
    locale = LOCALES[tag]
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(SAMPLES / "front-page" / "damaged", folder / "issue")
        for sample in sorted(SAMPLES.iterdir()):
            if (sample / "damaged").is_dir():
                shutil.copytree(sample / "damaged", folder / "archive" / sample.name)
        for picture in SESSIONS:
            (target / f"{picture}.svg").write_text(drawn(picture, folder, locale), "utf-8")
        for page in PHOTOS.keys() - (ENGLISH if tag else ()):
            photographed(page, folder, target, locale)


if __name__ == "__main__":
    main()
