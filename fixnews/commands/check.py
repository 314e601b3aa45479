"""``fixnews check``: report, for people, programs and browsers; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from fixnews.commands.job import Job, Tally, failed, judged, mend_one, pages_of, refused, tell
from fixnews.commands.showing import view_of, with_spared
from fixnews.config import Config, as_table
from fixnews.console import Console
from fixnews.correction import Correction
from fixnews.files import Write, anything, refuse_foreign, write_all
from fixnews.issue import Outcome
from fixnews.report.html import html
from fixnews.report.machines import github, rdjson, sarif
from fixnews.report.records import concise, jsonl, whole_csv, whole_json
from fixnews.report.stacked import stacked
from fixnews.report.statistics import statistics as tables
from fixnews.report.statistics import statistics_csv, statistics_json
from fixnews.verdicts import is_baseline, keys, write_baseline

HEAD = 1 << 12
"""Bytes in which a report for a browser says that it is one of fixnews."""

LAYERS = 12
"""Times that an issue is read for a baseline: each time what is found beneath what was found."""

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
    if job.report and not job.force:
        refuse_foreign(job.report, is_report)
    if job.write_baseline and not job.force:
        refuse_foreign(job.write_baseline, is_baseline)
    found = pages_of(job, console)
    codes, tally = [failed(found.errors, console)], Tally.of(found)
    outcomes = with_spared(judged(found, job, console, codes, tally), console)
    if job.write_baseline:
        kept = [c for paths in found.issues for c in _everything(paths, job, console, codes)]
        number = write_baseline(job.write_baseline, kept, force=job.force)
        console.say(f"{job.write_baseline}: {number} entries")
        return max(codes)
    if job.report:
        ours = anything if job.force else is_report
        console.say(_html(outcomes, job.report, _circumstances(job.config), ours))
    elif statistics:
        console.report(_STATISTICS.get(job.config.format, tables)(outcomes))
    elif job.config.format == "full":
        console.paged(stacked(outcomes, view_of(job.config, console)))
    else:
        console.report(_FORMATS[job.config.format](outcomes))
    tell(tally, "to repair", found, console)
    return max(codes)


def is_report(data: bytes) -> bool:
    """Whether a file is a report for a browser that fixnews wrote: such a one may be replaced."""
    return data.startswith(b"<!doctype html>") and b"<title>fixnews" in data[:HEAD]


def _circumstances(config: Config) -> dict[str, str]:
    """When a report is made, and which settings are not as they come; of lists, those at hand."""
    usual = as_table(Config())
    own = {name: value for name, value in as_table(config).items() if value != usual[name]}
    there = {n: v for n, v in own.items() if not isinstance(v, Path) or v.exists()}
    settings = ", ".join(f"{name} = {value}" for name, value in there.items())
    now = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %z")
    return {"made": now, "settings": settings or "as they come"}


def _html(
    outcomes: Iterable[Outcome], path: Path, facts: dict[str, str], ours: Callable[[bytes], bool]
) -> str:
    """Write the report for a browser; what to say about it."""
    data = "".join(html(outcomes, facts)).encode("utf-8", "backslashreplace")
    write_all([Write(path, data, ours=ours)])
    return f"{path}: open it in a browser"


def _everything(
    paths: Sequence[Path], job: Job, console: Console, codes: list[int]
) -> list[Correction]:
    """All that is found on an issue, and what is found instead when that is rejected."""
    found: dict[str, Correction] = {}
    for turn in range(LAYERS):
        outcome = mend_one(paths, job.config, job.stdin_name, frozenset(found))
        if not turn:
            codes.append(failed(refused(outcome, job, console).errors, console))
        new = {key: c for c in outcome.corrections for key in keys(c) if key not in found}
        if not new:
            break
        found |= new
    return list(found.values())
