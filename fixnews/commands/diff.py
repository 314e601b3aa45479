"""``fixnews diff``: what `fix` would change, for a person or for ``git apply``."""

from __future__ import annotations

from fixnews.commands.job import Job, failed, judged, pages_of
from fixnews.commands.showing import unified_of, view_of
from fixnews.console import Console
from fixnews.report.stacked import brief, stacked


def diff(job: Job, console: Console) -> int:
    """Show what `fix` would change."""
    found = pages_of(job, console)
    codes = [failed(found.errors, console)]
    outcomes = judged(found, job, console, codes)
    if console.readable:
        console.paged(stacked(outcomes, brief(view_of(job.config, console))))
    else:
        codes += [failed(unified_of(outcome, console), console) for outcome in outcomes]
    return max(codes)
