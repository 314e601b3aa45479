"""``fixnews check``: report, for people, programs and browsers; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from fixnews.commands.job import Job, failed, judged, mend_one, pages_of
from fixnews.commands.showing import view_of, with_spared
from fixnews.console import Console
from fixnews.correction import Correction
from fixnews.files import Write, write_all
from fixnews.issue import Outcome
from fixnews.pipeline import MAX_ROUNDS
from fixnews.report.html import html
from fixnews.report.machines import github, rdjson, sarif
from fixnews.report.records import concise, jsonl, whole_csv, whole_json
from fixnews.report.stacked import stacked
from fixnews.report.statistics import statistics as tables
from fixnews.report.statistics import statistics_csv, statistics_json
from fixnews.verdicts import keys, write_baseline

_FORMATS: dict[str, Callable[[Iterable[Outcome]], Iterator[str]]] = {
    "concise": concise,
    "json": whole_json,
    "jsonl": jsonl,
    "csv": whole_csv,
    "sarif": sarif,
    "github": github,
    "rdjson": rdjson,
}


_STATISTICS = {"csv": statistics_csv, "json": statistics_json}
"""The forms of the figures that programs read; in all others they are for people."""


def check(job: Job, console: Console, *, statistics: bool = False) -> int:
    """Report; nothing is written, unless a baseline was asked for."""
    found = pages_of(job, console)
    codes = [failed(found.errors, console)]
    outcomes = with_spared(judged(found, job, console, codes), console)
    if job.write_baseline:
        kept = [c for paths in found.issues for c in _everything(paths, job)]
        number = write_baseline(job.write_baseline, kept)
        console.say(f"{job.write_baseline}: {number} entries")
        return max(codes)
    if job.report:
        console.say(_html(outcomes, job.report))
    elif statistics:
        console.report(_STATISTICS.get(job.config.format, tables)(outcomes))
    elif job.config.format == "full":
        console.paged(stacked(outcomes, view_of(job.config, console)))
    else:
        console.report(_FORMATS[job.config.format](outcomes))
    return max(codes)


def _html(outcomes: Iterable[Outcome], path: Path) -> str:
    """Write the report for a browser; what to say about it."""
    write_all([Write(path, "".join(html(outcomes)).encode("utf-8", "backslashreplace"))])
    return f"{path}: open it in a browser"


def _everything(paths: Sequence[Path], job: Job) -> list[Correction]:
    """All that is found on an issue, and what is found instead when that is rejected."""
    found: dict[str, Correction] = {}
    for _ in range(MAX_ROUNDS):
        outcome = mend_one(paths, job.config, job.stdin_name, frozenset(found))
        new = {key: c for c in outcome.corrections for key in keys(c) if key not in found}
        if not new:
            break
        found |= new
    return list(found.values())
