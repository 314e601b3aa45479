"""What reading and patching files of recognisers costs: pages set by the dozen into one file.

python benchmarks/formats.py [MB]
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import process_time

from fixnews import formats, issue
from fixnews.config import Config
from fixnews.formats.rewording import rewordings

SAMPLES = Path(__file__).parent.parent / "samples" / "formats"
BODIES = {
    "A1.hocr": (" <p class='ocr_par'", "</div>\n</body>"),
    "A1.alto.xml": (" <TextBlock", "</PrintSpace>"),
    "A1.page.xml": (" <TextRegion", "</Page>"),
    "A1.tsv": ("5\t1\t1", ""),
}
"""Where the blocks of each sample begin, and what stands behind them."""


def large(name: str, size: int) -> bytes:
    """A sample with its blocks again and again, until it has so many bytes."""
    text = (SAMPLES / name).read_text("utf-8")
    start = text.index(BODIES[name][0])
    end = text.rindex(BODIES[name][1]) if BODIES[name][1] else len(text)
    head, body, tail = text[:start], text[start:end], text[end:]
    return (head + body * (size // len(body.encode())) + tail).encode()


def main(size: int) -> None:
    print("format  bytes     words    recognise  read      patch     µs a word")
    for name in (*BODIES, "A1.json"):
        data = large(name, size) if name in BODIES else rows(size)
        began = process_time()
        form = formats.recognise(data)
        told = process_time()
        page = issue.page(data, name, Config())
        read = process_time()
        assert page.positions
        slots = page.positions.slots
        some = [(slot.start, slot.start + 1, "城") for slot in slots[::100]]
        formats.patch(page, rewordings(page.positions, page.text, some))
        done = process_time()
        times = f"{told - began:9.3f}  {read - told:8.3f}  {done - read:8.3f}"
        each = (read - told) / len(slots) * 1e6
        print(f"{form:6}  {len(data):8}  {len(slots):7}  {times}  {each:8.1f}")


def rows(size: int) -> bytes:
    """The rows of the JSON again and again."""
    text = (SAMPLES / "A1.json").read_text("utf-8").strip()[1:-1]
    again = ",\n".join([text] * (size // len(text.encode())))
    return f"[{again}]\n".encode()


if __name__ == "__main__":
    main(int(float(sys.argv[1]) * 1e6) if len(sys.argv) > 1 else 1_000_000)
