"""Files of many pages: what is asked page by page is held page by page."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fixnews import formats
from fixnews.commands import order
from fixnews.errors import PageError
from fixnews.formats.gathering import Leaf
from fixnews.order.outline import Outline, outlined
from fixnews.positions import Reading
from tests.papers import CORNERS, TWO, alto, alto_line, alto_word, hocr, hocr_line, row, tsv
from tests.toy import call

PAGES, HELD = 12, 2
"""Pages of a file, and how many of them are held: the one that is asked about, and the next."""


def repeated(file: str, begin: str, end: str) -> str:
    """A file with its page so many times."""
    start, stop = file.index(begin), file.index(end) + len(end)
    return file[:start] + file[start:stop] * PAGES + file[stop:]


FILES = {
    "hocr": repeated(hocr(hocr_line(TWO)), "<div class='ocr_page'", "</div>"),
    "alto": repeated(alto(alto_line(alto_word("江城"))), "<Page ", "</Page>"),
    "tsv": tsv(*(row("江城", page=n) for n in range(1, PAGES + 1))),
    "json": json.dumps([{"page": n, "rec_texts": ["江城"], "rec_polys": [CORNERS],
                         "rec_scores": [0.9]} for n in range(PAGES)]),
}  # fmt: skip
LARGE = [pytest.param(name, file.encode(), id=name) for name, file in FILES.items()]


@pytest.fixture(autouse=True)
def _all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is larger than those that are remembered."""
    monkeypatch.setattr(formats, "COMMON", 0)


def alive(kind: type) -> int:
    """How many objects of a kind there are, once what nobody holds is gone."""
    gc.collect()
    return sum(type(one) is kind for one in gc.get_objects())


@pytest.mark.parametrize(("name", "data"), LARGE)
def test_pages_that_are_asked_for_one_by_one_are_not_held(name: str, data: bytes) -> None:
    before = alive(Reading)
    held = [alive(Reading) - before for _ in formats.each(data, "p", name)]
    assert len(held) == PAGES
    assert max(held) <= HELD


@pytest.mark.parametrize(("name", "data"), LARGE)
def test_they_are_those_that_are_read_at_once(name: str, data: bytes) -> None:
    assert tuple(formats.each(data, "p", name)) == formats.read(data, "p", name)[1]


@pytest.mark.parametrize(("name", "data"), LARGE)
def test_where_words_are_written_is_held_of_one_page_while_a_file_is_read(
    name: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, held, leaves = alive(Leaf), list[int](), formats._leaves

    def counted(*file: Any) -> Iterator[Leaf]:
        for leaf in leaves(*file):
            held.append(alive(Leaf) - before)
            yield leaf

    monkeypatch.setattr(formats, "_leaves", counted)
    assert len(formats.read(data, "p", name)[1]) == len(held) == PAGES
    assert max(held) <= HELD


@pytest.mark.parametrize(("name", "data"), LARGE)
def test_a_file_that_is_cut_off_gives_no_page(name: str, data: bytes) -> None:
    """Its first pages are whole; what is said of them before the end is known would be half."""
    with pytest.raises(PageError):
        next(formats.each(data[:-30], "p", name))


def test_the_order_of_many_pages_is_shown_page_by_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, held = alive(Reading), list[int]()

    def counted(reading: Reading, *how: Any, **more: Any) -> Outline:
        held.append(alive(Reading) - before)
        return outlined(reading, *how, **more)

    monkeypatch.setattr(order, "outlined", counted)
    (tmp_path / "A.hocr").write_text(FILES["hocr"], "utf-8")
    assert call("order", "A.hocr", cwd=tmp_path).returncode == 0
    assert len(held) == PAGES
    assert max(held) <= HELD
