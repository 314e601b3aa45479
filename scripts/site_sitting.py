"""Reads the site as a visitor does: every link is followed, words are searched in a browser.

usage: python scripts/site_sitting.py [PICTURES]

`make site` makes the site before, in build/site. The browser is the chromium on the path, led by
playwright; with PICTURES, a folder, every search is kept as a picture.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import sys
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SITE = Path(__file__).parent.parent / "build/site"

SEARCHES = (
    ("index.html", "下转", "guide/jumps.html"),
    ("index.html", "报库", "zh-CN/manual.html"),
    ("index.html", "BRK101", "guide/rules.html"),
    ("zh-CN/manual.html", "下转", "guide/jumps.html"),
    ("zh-CN/manual.html", "BRK101", "guide/rules.html"),
)
"""From which page, what is typed, and a page that must be found. 报库 only stands inside words."""

FOUND = """() => [...document.querySelectorAll('*')].flatMap(e => e.shadowRoot ?
  [...e.shadowRoot.querySelectorAll('a')] : []).map(a => a.href)"""
PATIENCE = 60
"""Seconds for the first answer, on a machine that does other things, too."""


class Page(HTMLParser):
    """What a page links to, and the places that can be linked to."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(file.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what an element says."""
        del tag
        self.links += [value for name, value in attrs if name in ("href", "src") and value]
        self.ids |= {value for name, value in attrs if name == "id" and value}


def broken(pages: dict[Path, Page]) -> Iterator[str]:
    """The links inside the site that lead nowhere."""
    for file, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if not parts.scheme and not parts.netloc:
                home = SITE if parts.path.startswith("/") else file.parent
                way = unquote(parts.path).lstrip("/")
                target = (home / way).resolve() if way else file
                there = target / "index.html" if target.is_dir() else target
                known = there not in pages or unquote(parts.fragment) in {"", *pages[there].ids}
                if not there.exists() or not known:
                    yield f"{file.relative_to(SITE)}: {link}"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server that says nothing of what it serves."""

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def served() -> str:
    """The address of the site, on this machine."""
    handler = functools.partial(Quiet, directory=str(SITE))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def searched(tab: Any, start: str, words: str) -> list[str]:
    """The pages that a search finds, the best first."""
    tab.goto(start)
    tab.wait_for_load_state("networkidle")
    tab.keyboard.press("/")
    tab.wait_for_timeout(2000)
    tab.keyboard.insert_text(words)
    for _ in range(PATIENCE):
        tab.wait_for_timeout(1000)
        if found := tab.evaluate(FOUND):
            return list(found)
    return []


def main() -> int:
    """Read it; how much is wrong."""
    from playwright.sync_api import sync_playwright

    pages = {file: Page(file) for file in SITE.rglob("*.html")}
    wrong = list(broken(pages))
    print(f"{len(pages)} pages, {sum(len(page.links) for page in pages.values())} links", *wrong,
          f"{len(wrong)} broken", sep="\n")  # fmt: skip
    base = served()
    with sync_playwright() as engine:
        chromium = engine.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        tab = chromium.new_page(viewport={"width": 1280, "height": 900})
        for start, words, wanted in SEARCHES:
            found = searched(tab, f"{base}/{start}", words)
            there = any(urlsplit(link).path == f"/{wanted}" for link in found)
            wrong += [] if there else [words]
            print(f"{words} from {start}: {len(found)} places, {wanted} {'is' if there else 'NOT'}")
            if sys.argv[1:]:
                name = f"{start.replace('/', '_')}_{words}.png"
                tab.screenshot(path=str(Path(sys.argv[1]) / name))
        chromium.close()
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
