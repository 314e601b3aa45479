"""One shard, read, repaired and written whole; or found done. What a worker does all night.

Doing a shard twice writes the same bytes: a worker that was given up for lost may come back.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from threading import Lock
from typing import Any, NamedTuple

from fixnews.corpus import deaths, ledger, readers
from fixnews.corpus.columnar import CORRECTIONS, table_of
from fixnews.corpus.deaths import Watch
from fixnews.corpus.form_feeds import KIND as STREAM
from fixnews.corpus.leaves import Batch, Mended, Piece
from fixnews.corpus.ledger import Record
from fixnews.corpus.mending import REPAIRED, mend, refused
from fixnews.corpus.page_files import KIND as PAGES
from fixnews.corpus.shards import PATH_CODEC, Order, Shard, beside, checksum
from fixnews.errors import FixnewsError

NAMED = 10
"""Troubles of a shard that are said at once; all are in ``summary/refused.csv``."""

_ONE_AT_A_TIME = Lock()
"""A worker of Dask may have several threads; what is remembered of rows has no lock of its own."""


class Done(NamedTuple):
    """What a worker says of a shard; the rest is in its record.

    Attributes:
        shard: its name.
        pages, repaired, refused, lines: how many pages there are, were repaired, were left as they
            are for a reason, and how many lines are no rows.
        seconds: how long it took.
        kept: whether it was done before.
        named: the first of its troubles, in words.
        error: why it is not done; nothing if it is.
        stopped: whether it was not done because the call was told to stop.
    """

    shard: str
    pages: int = 0
    repaired: int = 0
    refused: int = 0
    lines: int = 0
    seconds: float = 0.0
    kept: bool = False
    named: tuple[str, ...] = ()
    error: str = ""
    stopped: bool = False


class _Stop(Exception):  # noqa: N818
    """The call was told to stop."""


def work(shard: Shard, order: Order, settings: str) -> Done:
    """Do a shard, unless it is done.

    Args:
        shard: what to do.
        order: how, and where to write it.
        settings: the checksum of all that the outcome depends on besides the archive.
    """
    started = time.monotonic()
    with _ONE_AT_A_TIME:
        try:
            record, kept = _done(shard, order, settings)
        except _Stop:
            return Done(shard.name, stopped=True)
        except (FixnewsError, OSError) as error:
            return Done(shard.name, error=f"{shard.name}: {error}")
    return _said(record, kept=kept, seconds=time.monotonic() - started)


def _said(record: Record, *, kept: bool, seconds: float) -> Done:
    states = [page.state for page in record.pages]
    pages = [t for t in record.troubles if t.is_page]
    return Done(
        record.shard,
        len(states) + len(pages) - states.count("refused"),
        states.count(REPAIRED),
        len(pages),
        len(record.troubles) - len(pages),
        seconds,
        kept,
        tuple(f"{t.place}: {t.reason}" for t in record.troubles[:NAMED]),
    )


def _done(shard: Shard, order: Order, settings: str) -> tuple[Record, bool]:
    _go_on(order)
    batch = readers.read(order, shard)
    before = ledger.load(order.target, shard.name)
    fits = before is not None and before.fits(batch.checksum, settings)
    if before and fits and before.intact(order.target, shard.held):
        return before, True
    name = checksum(shard.name.encode(*PATH_CODEC))
    notes = order.scratch / f"{name[:18]}.json"
    watch = Watch.over(notes, impatient=order.impatient)
    mended = [_placed(one, shard) for one in _mended(batch, order, watch)]
    watch.rest()
    record = Record(
        shard.name, shard.kind, batch.checksum, settings, (), tuple(m.figures for m in mended),
        _rules(mended), (*batch.troubles, *(m.trouble for m in mended if m.trouble)),
    )  # fmt: skip
    kept = ledger.keep(order, record, list(_pieces(batch, mended, shard, order)), before)
    watch.close()
    return kept, False


def _go_on(order: Order) -> None:
    """Go on, unless the call was told to stop, or is over: then nobody waits for this."""
    if order.stop.exists() or not order.scratch.exists():
        raise _Stop


def _mended(batch: Batch, order: Order, watch: Watch) -> Iterator[Mended]:
    for number, unit in enumerate(batch.units):
        _go_on(order)
        yield from deaths.mended(number, unit, watch, partial(mend, order=order), refused)


def _placed(mended: Mended, shard: Shard) -> Mended:
    """The corrections of a stretch of a stream, their lines counted from the start of the file."""
    if shard.kind == STREAM and shard.first > 1:
        for row in mended.corrections:
            for name in ("line", "end_line", "to_line"):
                if name in row:
                    row[name] += shard.first - 1
    return mended


def _rules(mended: Sequence[Mended]) -> dict[str, tuple[int, int, int]]:
    found: dict[str, list[int]] = {}
    for row in (row for one in mended for row in one.corrections):
        counts = found.setdefault(row["code"], [0, 0, 0])
        counts[0 if row["applied"] else 2 if row["safety"] == "note" else 1] += 1
    return {code: (a, b, c) for code, (a, b, c) in sorted(found.items())}


def _pieces(batch: Batch, mended: Sequence[Mended], shard: Shard, order: Order) -> Iterator[Piece]:
    """The files of a shard; no file of corrections or stories where there is none."""
    lead = "" if shard.kind == PAGES else ledger.PARTS + "/"
    yield from (Piece(lead + path, data) for path, data in batch.written(mended))
    rows = [row for one in mended for row in one.corrections]
    if rows:
        yield Piece(beside(f"corrections/{shard.name}", f".{order.form}"), _FORMS[order.form](rows))
    stories = "".join(line for one in mended for line in one.articles)
    if stories:
        path = beside(f"articles/{shard.name}", ".jsonl")
        yield Piece(path, stories.encode("utf-8", "backslashreplace"))


def _as_lines(rows: Sequence[dict[str, Any]]) -> bytes:
    """Rows as JSON, one a line; half a character is escaped, as JSON has it."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    return "".join(f"{encode(row)}\n" for row in rows).encode("utf-8", "backslashreplace")


_FORMS: dict[str, Callable[[Sequence[dict[str, Any]]], bytes]] = {
    "jsonl": _as_lines,
    "parquet": lambda rows: table_of(rows, CORRECTIONS),
}
FORMS = tuple(_FORMS)
"""Forms that corrections may have."""
