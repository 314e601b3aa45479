"""``fixnews check``: report, for people, programs and browsers; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from fixnews.commands.job import Job, failed, judged, mend_one, pages_of, refused
from fixnews.commands.showing import view_of, with_spared
from fixnews.commands.tally import Tally, tell
from fixnews.config import Config, as_table
from fixnews.config_files import lies
from fixnews.console import Console
from fixnews.correction import Correction
from fixnews.files import Write, anything, refuse_foreign, write_all
from fixnews.issue import Outcome
from fixnews.message import Message
from fixnews.report.stacked import stacked
from fixnews.tongues import Tongue
from fixnews.verdicts import is_baseline, keys, write_baseline

HEAD = 1 << 12
"""Bytes in which a report for a browser says that it is one of fixnews."""

LAYERS = 12
"""Times that an issue is read for a baseline: each time what is found beneath what was found."""

Form = Callable[[Iterable[Outcome]], Iterator[str]]
"""Tells the corrections of issues, or figures of them."""


def _form(name: str) -> Form:
    """How programs are told of corrections."""
    from fixnews.report import machines, records

    forms: dict[str, Form] = {
        "concise": records.concise,
        "json": records.whole_json,
        "jsonl": records.jsonl,
        "csv": records.whole_csv,
        "sarif": machines.sarif,
        "github": machines.github,
        "rdjson": machines.rdjson,
    }
    return forms[name]


def _figures(name: str, tongue: Tongue) -> Form:
    """How figures are told; in all forms but two they are for people."""
    from fixnews.report import statistics

    forms: dict[str, Form] = {
        "csv": statistics.statistics_csv,
        "json": statistics.statistics_json,
    }
    return forms.get(name, partial(statistics.statistics, tongue=tongue))


_TOO_LONG = (
    "{n:,} results: GitHub takes {most:,} of one log "
    "(check fewer pages a call, or --select some rules)"
)


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
        console.say(
            Message(
                "{write_baseline}: {number} entries",
                write_baseline=job.write_baseline,
                number=number,
            )
        )
        return max(codes)
    if job.report:
        console.say(_html(outcomes, job, console))
    elif statistics:
        console.report(_figures(job.config.format, console.tongue)(outcomes))
    elif job.config.format == "full":
        console.paged(stacked(outcomes, view_of(job.config, console)))
    else:
        results: list[int] = []
        console.report(_form(job.config.format)(_counted(outcomes, results)))
        if job.config.format == "sarif":
            _warn_of_length(sum(results), console)
    tell(tally, "{n} to repair", found, console)
    return max(codes)


def _warn_of_length(results: int, console: Console) -> None:
    """Say that a log has more results than are taken of one."""
    from fixnews.report.machines import RESULTS, RUNS

    if results > RESULTS * RUNS:
        console.error(Message(_TOO_LONG, n=results, most=RESULTS * RUNS))


def _counted(outcomes: Iterable[Outcome], results: list[int]) -> Iterator[Outcome]:
    """The outcomes as they go by; how many corrections each has."""
    for outcome in outcomes:
        results.append(len(outcome.corrections))
        yield outcome


def is_report(data: bytes) -> bool:
    """Whether a file is a report for a browser that fixnews wrote: such a one may be replaced."""
    return data.startswith(b"<!doctype html>") and b"<title>fixnews" in data[:HEAD]


AS_THEY_COME = "as they come"
"""The settings of a report where none differs."""


def _circumstances(config: Config, tongue: Tongue) -> dict[str, str]:
    """When a report is made, and which settings are not as they come; of lists, those at hand."""
    usual = as_table(Config())
    own = {name: value for name, value in as_table(config).items() if value != usual[name]}
    there = {n: v for n, v in own.items() if not isinstance(v, Path) or lies(v)}
    settings = ", ".join(f"{name} = {value}" for name, value in there.items())
    now = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %z")
    return {"made": now, "settings": settings or tongue(AS_THEY_COME)}


def _html(outcomes: Iterable[Outcome], job: Job, console: Console) -> Message:
    """Write the report for a browser; what to say about it."""
    from fixnews.report.html import html

    assert job.report
    tongue = console.tongue
    pieces = html(outcomes, _circumstances(job.config, tongue), tongue)
    data = "".join(pieces).encode("utf-8", "backslashreplace")
    write_all([Write(job.report, data, ours=anything if job.force else is_report)])
    return Message("{target}: open it in a browser", target=job.report)


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
