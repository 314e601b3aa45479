"""How long an editor waits for new marks behind a keystroke, over the real protocol.

    python benchmarks/keystrokes.py [PAGE] [--characters 20000]

Without a page it takes the damaged samples, repeated to that length, without their jump lines (a
page has no dozen copies of one), what `fix` makes of them, and clean samples. On the first one line
in four is damaged: it is there for what nine hundred marks cost.
A machine that does other things as well makes clock times longer: the CPU time of the server, from
/proc where there is one, stands beside them.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from fixnews import fix

SAMPLES = Path(__file__).parent.parent / "samples"
DAMAGED = "*/damaged/*.txt"
CLEAN = ("front-page/truth/A1.txt", "front-page/truth/C2.txt", "hard-wrapped/truth/03.txt")
TYPED = "今天上午在县城里走了一圈，回来以后写了这一段。"
BETWEEN = 0.4
"""Seconds between two keys."""


async def measure(text: str) -> tuple[int, float, list[float], float]:
    """Marks, the first look, a look for each key in milliseconds, CPU milliseconds a key."""
    client, heard = LanguageClient("keys", "1"), asyncio.Queue[lsp.PublishDiagnosticsParams]()
    client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda told: heard.put_nowait(told))  # noqa: PLW0108
    await client.start_io(sys.executable, "-m", "fixnews", "server")
    await client.initialize_async(lsp.InitializeParams(capabilities=lsp.ClientCapabilities()))
    client.initialized(lsp.InitializedParams())
    uri, start = "file:///issue/A1.txt", time.perf_counter()
    page = lsp.TextDocumentItem(uri, "plaintext", 0, text)
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(page))
    marks = len((await heard.get()).diagnostics)
    first = time.perf_counter() - start
    server = client._server.pid if client._server else 0  # noqa: SLF001
    lines = text.split("\n")
    at = lsp.Position(len(lines) // 2, len(lines[len(lines) // 2]))
    waits, used = [], cpu(server)
    for number, key in enumerate(TYPED, 1):
        await asyncio.sleep(BETWEEN)
        start = time.perf_counter()
        change = lsp.TextDocumentContentChangePartial(lsp.Range(at, at), key)
        about = lsp.VersionedTextDocumentIdentifier(number, uri)
        client.text_document_did_change(lsp.DidChangeTextDocumentParams(about, [change]))
        await heard.get()
        waits.append(1000 * (time.perf_counter() - start))
    used = 1000 * (cpu(server) - used) / len(TYPED)
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()
    return marks, first, waits, used


def cpu(process: int) -> float:
    """The seconds that a process has worked; 0 where the system does not say."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / 100


def set_page(found: Sequence[Path], given: argparse.Namespace) -> str:
    """The texts of these files as one page of so many characters."""
    texts = [fix(file=page, select="ENC").source.text for page in found]
    lines = [line for text in texts for line in text.split("\n")]
    text = "\n".join(line for line in lines if given.page or not set("转接") & set(line))
    return (text * (given.characters // len(text) + 1))[: given.characters]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("page", nargs="?", type=Path)
    parser.add_argument("--characters", type=int, default=20000)
    given = parser.parse_args()
    damaged = set_page([given.page] if given.page else sorted(SAMPLES.glob(DAMAGED)), given)
    pages = {"damaged": damaged, "repaired": fix(damaged).text}
    if not given.page:
        pages["clean"] = set_page([SAMPLES / name for name in CLEAN], given)
    print(f"{'page':<10} {'marks':>6} {'first':>8} {'median':>8} {'worst':>8} {'CPU/key':>8}")
    for name, page in pages.items():
        marks, first, waits, used = asyncio.run(measure(page))
        row = first * 1000, statistics.median(waits), max(waits), used
        print(f"{name:<10} {marks:>6} " + " ".join(f"{ms:>5.0f} ms" for ms in row))


if __name__ == "__main__":
    main()
