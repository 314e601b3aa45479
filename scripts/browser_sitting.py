"""A whole sitting in headless Chromium, from the first series to the bytes that were written.

    pip install playwright   # in an environment of its own: nothing else here needs it
    python scripts/browser_sitting.py --python .venv/bin/python [--pictures docs/pictures]
        [--language zh-CN]

It damages 200 pages that it sets from the samples, judges their 5,000 corrections as a reader would
(series accepted and rejected, some one by one, one typed with a Chinese input method, a reload, two
tabs), kills the server, goes on with ``--resume``, writes, and compares every byte on the disk with
what was answered. It prints what it did and how long each kind of answer took.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from playwright.async_api import Page, async_playwright

ROOT = Path(__file__).parent.parent
TRUTH = ("front-page/truth/A1.txt", "front-page/truth/C2.txt", "hard-wrapped/truth/03.txt")
ISSUES, PAGES, DAMAGES = 25, 8, 25
"""Issues, pages of each, marks and breaks that are damaged on each page: 5,000 in all."""

PATIENCE = 1000
"""Looks before something does not come any more."""

NARROW = str.maketrans("，：；！？（）", ",:;!?()")
DESK = {"viewport": {"width": 1360, "height": 860}}
PHONE = {
    "viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True,
    "has_touch": True,
}  # fmt: skip


def set_pages(folder: Path, issues: int) -> None:
    """Pages of whole sentences in which so many marks are narrow."""
    draw = random.Random(17)
    texts = [(ROOT / "samples" / name).read_text("utf-8") for name in TRUTH]
    found = [line for text in texts for line in text.split("\n") if line.count("，") > 2]
    for issue in range(issues):
        for number in range(1, PAGES + 1):
            page = folder / f"202103{issue + 1:02}" / f"202103{issue + 1:02}-{number:02}.txt"
            page.parent.mkdir(exist_ok=True, parents=True)
            page.write_text(damaged(draw, draw.sample(found, len(found))), "utf-8")


def damaged(draw: random.Random, lines: list[str]) -> str:
    """As many lines as it takes to damage so many marks."""
    text, left = "", DAMAGES
    for line in lines * 3:
        places = [n for n, c in enumerate(line) if c in "，：；"][:left]
        left -= len(places)
        text += "".join(c.translate(NARROW) if n in places else c for n, c in enumerate(line))
        text += "\n\n"
        if not left:
            break
    return text + draw.choice(("本报记者 沈砚秋\n", "记者 陆一苇\n"))


def start(python: str, folder: Path, *more: str) -> tuple[subprocess.Popen[str], str]:
    """A server and its address."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "FIXNEWS_STATE": str(folder / ".state")}
    server = subprocess.Popen(
        [python, "-m", "fixnews", "review", "--browser", *(more or ["."])],
        cwd=folder, env=environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout
    return server, server.stdout.readline().strip()


async def timed(name: str, doing: Awaitable[Any]) -> None:
    """Do something and say how long it took."""
    begun = time.perf_counter()
    await doing
    print(f"{name:<44} {1000 * (time.perf_counter() - begun):7.0f} ms", flush=True)


class Reader:
    """Somebody in front of a tab."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        page.on("pageerror", lambda error: sys.exit(f"the page failed: {error}"))

    async def ask(self, path: str) -> Any:
        """What the server tells."""
        return await (await self.page.request.get(self.address + path)).json()

    async def settled(self, until: Callable[[int], bool] = lambda _: True) -> int:
        """How many are open, as the title says, once that is as it was waited for."""
        for _ in range(PATIENCE):
            shown = (await self.page.title()).split()[0].replace(",", "")
            if await self.page.locator("body.busy").count():
                shown = "nothing"
            if shown.isdecimal() and until(int(shown)):
                return int(shown)
            await asyncio.sleep(0.02)
        raise SystemExit(f"{shown} are shown")

    async def answer(self, selector: str) -> int:
        """Click, until less is left; how much."""
        before = await self.settled()
        await self.page.click(selector)
        return await self.settled(lambda left: left < before)

    async def press(self, key: str) -> int:
        """Press a key, until another number is left; which."""
        before = await self.settled()
        await self.page.keyboard.press(key)
        return await self.settled(lambda left: left != before)


async def compose(page: Page) -> None:
    """Type a word as a Chinese input method does: letters, Enter inside, the word."""
    session = await page.context.new_cdp_session(page)
    caret = {"selectionStart": 4, "selectionEnd": 4}
    for letters in ("n", "ni", "niha", "nihao"):
        await session.send("Input.imeSetComposition", {"text": letters, **caret})
    await page.keyboard.press("Enter")
    assert await page.locator("#page textarea").count() == 1, "Enter inside a composition saved"
    await session.send("Input.insertText", {"text": "、你好，"})


async def judge(reader: Reader) -> None:
    """Answer by series, one by one, and by typing."""
    page, left = reader.page, await reader.settled()
    series = (await reader.ask("overview"))["series"]
    print(f"{left} corrections in {len(series)} series")
    await timed(f"accept a series of {series[0]['count']}", reader.answer(".one .yes"))
    await timed(
        f"reject a series of {series[2]['count']}", reader.answer(".one:nth-of-type(2) .no")
    )
    await page.click(".one .acts button:last-child")
    await page.wait_for_selector("#page .mark.on")
    for key, name in (("y", "accept"), ("n", "reject"), ("y", "accept")):
        await timed(f"{name} one", reader.press(key))
    await typed(reader)
    await timed("undo", reader.press("u"))
    await page.keyboard.press("k")
    await typed(reader)


async def typed(reader: Reader) -> None:
    """Type what shall stand there."""
    await reader.page.keyboard.press("e")
    await reader.page.wait_for_selector("#page textarea")
    await compose(reader.page)
    await timed("type one with an input method", reader.press("Enter"))


async def in_two_tabs(reader: Reader) -> int:
    """What is answered in one tab is seen in the other; a reload shows what was answered."""
    other = Reader(await reader.page.context.new_page(), reader.address)
    await other.page.goto(reader.address)
    await other.settled()
    left = await reader.press("y")
    await timed("seen in another tab", other.settled(lambda there: there == left))
    await other.page.close()
    where = await reader.page.evaluate("location.hash")
    await timed("reload", reader.page.reload())
    await reader.settled(lambda there: there == left)
    await reader.page.wait_for_selector("#page .mark.on")
    assert where == await reader.page.evaluate("location.hash"), "the reload lost the place"
    return left


async def answered(reader: Reader, folder: Path) -> dict[Path, bytes]:
    """What every page should be: each answer put in its place."""
    wanted = {}
    for told in (await reader.ask("overview"))["pages"]:
        page = await reader.ask(f"pages/{told['number']}")
        text = page["text"]
        for mark in sorted(page["marks"], key=lambda m: -m["start"]):
            new = {"accept": mark["after"], "edit": mark["typed"]}.get(mark["standing"])
            if new is not None:
                text = text[: mark["start"]] + new + text[mark["end"] :]
        wanted[folder / page["path"]] = text.encode()
    return wanted


async def photographed(page: Page, path: Path) -> None:
    """A picture of a page; with 256 colours, a third of the bytes, where Pillow is installed."""
    await page.screenshot(path=path)
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


async def photograph(browser: Any, address: str, pictures: Path) -> None:
    """The pictures of the documentation: series on a desk and on a phone, a page with its scan."""
    for name, size in (("desk", DESK), ("phone", PHONE)):
        context = await browser.new_context(**size)
        page = await context.new_page()
        await page.goto(address)
        await page.wait_for_selector(".one")
        await page.wait_for_timeout(300)
        await photographed(page, pictures / f"browser-series-{name}.png")
        await page.click(".one:nth-of-type(2) .acts button:last-child")
        await page.wait_for_selector("#page .mark.on")
        await page.wait_for_timeout(600)
        await photographed(page, pictures / f"browser-page-{name}.png")
        await context.close()


async def hold(given: argparse.Namespace, folder: Path) -> None:
    """The sitting."""
    set_pages(folder, given.issues)
    begun = time.perf_counter()
    server, address = start(given.python, folder)
    print(f"open after {time.perf_counter() - begun:.1f} s: {given.issues * PAGES} pages repaired")
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=given.chromium)
        reader = Reader(await (await browser.new_context(**DESK)).new_page(), address)
        await timed("first look", reader.page.goto(address))
        await reader.page.wait_for_selector(".one")
        await judge(reader)
        left = await in_two_tabs(reader)
        server.send_signal(signal.SIGKILL)
        server.wait()
        server, address = start(given.python, folder, "--resume", ".")
        reader = Reader(await (await browser.new_context(**DESK)).new_page(), address)
        await reader.page.goto(address)
        await reader.settled(lambda there: there == left)
        totals = (await reader.ask("overview"))["totals"]
        print(f"after a kill and --resume: {json.dumps(totals)}")
        wanted = await answered(reader, folder)
        before = {path: path.read_bytes() for path in wanted}
        await reader.page.keyboard.press("w")
        await reader.page.click("#ask .main")
        await reader.page.wait_for_selector(".over")
        print(await reader.page.inner_text(".over"))
        server.wait(60)
        await browser.close()
    wrong = [path for path, data in wanted.items() if path.read_bytes() != data]
    changed = sum(before[path] != data for path, data in wanted.items())
    print(f"{len(wanted)} pages, {changed} changed, {len(wrong)} other than answered")
    if wrong:
        sys.exit(f"{wrong[0]}: not what was answered")


async def scanned(given: argparse.Namespace, folder: Path) -> None:
    """A page with its scan, for the pictures: the sample in hOCR and what its boxes say."""
    drawn = [given.python, ROOT / "scripts" / "draw_scan.py", folder]
    subprocess.run(drawn, check=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=given.chromium)
        page = await browser.new_page(device_scale_factor=2)
        await page.goto((folder / "A1.html").as_uri())
        await page.locator("body > div").screenshot(path=folder / "A1.png")
        (folder / "A1.html").unlink()
        pages = ["A1.hocr", *(path.name for path in folder.glob("*.txt"))]
        server, address = start(given.python, folder, "--language", given.language, *pages)
        await photograph(browser, address, given.pictures)
        await browser.close()
        server.send_signal(signal.SIGINT)
        server.wait(30)


def main() -> None:
    """Hold the sitting, or take the pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has fixnews")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--pictures", type=Path, help="take the pictures instead, into this folder")
    parser.add_argument("--language", default="en", help="of the pictures")
    parser.add_argument("--issues", type=int, default=ISSUES, help="fewer, to try it out")
    given = parser.parse_args()
    given.python = str(Path(given.python).absolute())
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run((scanned if given.pictures else hold)(given, Path(folder)))


if __name__ == "__main__":
    main()
