"""The end of a run: what was written, and the figures, from the records of all shards."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from fixnews.corpus import joining, summary
from fixnews.corpus.columnar import table_from_csv
from fixnews.corpus.leaves import Trouble
from fixnews.corpus.ledger import Record, Written, joined_path, load, place, records, whole
from fixnews.corpus.page_files import KIND as PAGES
from fixnews.corpus.shards import Order
from fixnews.corpus.tallies import Tallies
from fixnews.report.records import as_csv
from fixnews.tongues import ENGLISH, Tongue
from fixnews.version import __version__

FORM = 1
"""The number of the form in which a manifest is written; a later one may have more keys."""

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Ending:
    """How the shards of a run ended.

    Attributes:
        shards: the names of all, in order.
        failed: those that are not done, each with the reason.
        troubles: the files that could not be cut.
        others: files of the archive that are no pages.
    """

    shards: Sequence[str]
    failed: Mapping[str, str]
    troubles: Sequence[Trouble]
    others: Sequence[str]

    @property
    def all_troubles(self) -> Iterator[Trouble]:
        """What no record tells of."""
        yield from self.troubles
        yield from (Trouble(*item, is_page=False) for item in self.failed.items())


def finish(order: Order, settings: str, ending: Ending, tongue: Tongue = ENGLISH) -> Tallies:
    """Write manifest and summary of a target whose shards are all done, or failed.

    Args:
        order: what was asked.
        settings: the checksum of all that the outcome depends on besides the archive.
        ending: the shards.
        tongue: the language of the page for people.

    Returns:
        The figures.
    """
    _forget_others(order, ending)
    tallies = Tallies()
    done = (load(order.target, name) for name in ending.shards if name not in ending.failed)
    told = (record for record in done if record)
    refused: list[tuple[object, ...]] = []
    for trouble in ending.all_troubles:
        tallies.add_trouble(trouble)
        refused.append((*trouble[:2],))
    facts = {"form": FORM, "fixnews": __version__, "source": order.archive.address}
    facts |= {"settings": settings, "passed_over": list(ending.others)}
    with whole(order, order.target / "summary" / "pages.csv") as pages:
        _stream(order, NAME, _manifest(facts, _counted(told, tallies, refused, pages)))
    _tables(order, tallies, refused)
    if order.form == "parquet":
        for path in sorted((order.target / "summary").glob("*.csv")):
            with whole(order, path.with_suffix(".parquet")) as table:
                table_from_csv(path, table)
    _stream(order, "summary.html", summary.page(tallies, order.archive.address, tongue))
    return tallies


def _counted(
    told: Iterable[Record], tallies: Tallies, refused: list[tuple[object, ...]], pages: Path
) -> Iterator[Record]:
    """The records, each counted as it goes by, and its pages written to their table."""
    with _open(pages) as file:
        file.writelines(as_csv([summary.PAGE_COLUMNS]))
        for record in told:
            tallies.add(record)
            refused += [(*trouble[:2],) for trouble in record.troubles]
            file.writelines(as_csv(map(summary.page_row, record.pages)))
            yield record


def _manifest(facts: dict[str, Any], told: Iterable[Record]) -> Iterator[str]:
    """The manifest, a shard a line."""
    head = json.dumps(facts, ensure_ascii=False, indent=1).removesuffix("\n}")
    yield f'{head},\n "shards": ['
    lead = "\n"
    for record in told:
        states = [page.state for page in record.pages]
        row = {
            "shard": record.shard,
            "kind": record.kind,
            "source": record.source,
            "pages": len(states),
            "repaired": states.count("repaired"),
            "refused": [[*trouble[:2]] for trouble in record.troubles],
            "written": [_listed(one) for one in record.written],
        }
        yield lead + "  " + json.dumps(row, ensure_ascii=False)
        lead = ",\n"
    yield "\n ]\n}\n"


def _listed(one: Written) -> dict[str, Any]:
    """A file that was written; a part as a stretch of the file that it was joined in."""
    return one._asdict() | ({"path": joined_path(one.path)} if one.is_part else {})


def _tables(order: Order, tallies: Tallies, refused: Sequence[tuple[object, ...]]) -> None:
    tables = {
        "issues": (("issue", *summary.SUM_COLUMNS), list(summary.sum_rows(tallies.issues))),
        "years": (("year", *summary.SUM_COLUMNS), list(summary.sum_rows(tallies.years()))),
        "rules": (summary.RULE_COLUMNS, list(summary.rule_rows(tallies))),
        "refused": (summary.REFUSED_COLUMNS, list(refused)),
    }
    for name, (columns, rows) in tables.items():
        _stream(order, f"summary/{name}.csv", as_csv([columns, *rows]))


def _stream(order: Order, name: str, lines: Iterable[str]) -> None:
    """Write a file of the target line by line, then give it its name."""
    with whole(order, order.target / name) as temporary, _open(temporary) as file:
        file.writelines(lines)


def _open(path: Path) -> TextIO:
    """A file of text to be written; half a character is escaped."""
    return path.open("w", encoding="utf-8", errors="backslashreplace", newline="")


def _forget_others(order: Order, ending: Ending) -> None:
    """Remove what earlier calls wrote of files that the archive has no more.

    What it may have still, in a folder that could not be looked into or a file that could not be
    read to its end, stays.
    """
    shards, cut_off = frozenset(ending.shards), tuple(f"{t.place}/" for t in ending.troubles)
    kept: set[str] = set()
    gone: list[Record] = []
    for record in records(order.target):
        unseen = any(order.is_unseen(one.path) for one in record.written)
        if unseen or record.shard in shards or record.shard.startswith(cut_off):
            kept.update(one.path for one in record.written)
        else:
            gone.append(record)
    streams = {name.rpartition("/")[0] for name in shards}
    for record in gone:
        for one in record.written:
            if one.path not in kept:
                (order.target / one.path).unlink(missing_ok=True)
        file = record.shard.rpartition("/")[0]
        if record.kind != PAGES and file not in streams:
            joining.forget(order, file)
        place(order.target, record.shard).unlink(missing_ok=True)
