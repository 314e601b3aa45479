"""``fixnews corpus``: a whole archive into a folder, in a run that can be taken up again."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fixnews.commands.job import CLEAN, FAILED, Job
from fixnews.config import Config
from fixnews.console import Console
from fixnews.corpus.cluster import crew
from fixnews.corpus.running import Run, opened
from fixnews.corpus.shards import MEGABYTE, Columns, Order
from fixnews.corpus.storage import storage
from fixnews.corpus.tallies import Tallies
from fixnews.errors import UsageError
from fixnews.issue import check
from fixnews.message import Message


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a call asks for besides the settings of the repair.

    Attributes:
        source: the address of the archive.
        output: the target.
        columns: the columns of rows.
        form: corrections as ``jsonl`` or ``parquet``.
        articles: whether stories are cut as well.
        shard_size: megabytes of a shard.
        scheduler: the address of a cluster; nothing for this machine.
        workers: processes on this machine; 0 for one on each core.
    """

    source: str
    output: Path | None
    columns: Columns
    form: str
    articles: bool
    shard_size: float
    scheduler: str
    workers: int


def wanted(given: Mapping[str, Any], job: Job) -> Wanted:
    """What the options of a call say; without -j all cores work."""
    names = ("text", "id", "page", "issue")
    counted = given["jobs"] is not None or job.config.jobs != Config().jobs
    return Wanted(
        given["source"],
        given["output"],
        Columns(*(given[f"{name}_column"] for name in names)),
        given["corrections"],
        given["articles"],
        given["shard_size"],
        given["scheduler"],
        job.config.jobs if counted else 0,
    )


def corpus(job: Job, console: Console, wanted: Wanted) -> int:
    """Repair an archive; what an earlier call did of it is not done again."""
    check(job.config)
    order = _order(job, wanted)
    run = Run.of(order, console)
    with opened(order), crew(wanted.workers, wanted.scheduler) as workers:
        tallies = run.over(workers)
    console.say(_told(tallies, len(run.plan.others)))
    console.say(Message("{target}: open it in a browser", target=order.target / "summary.html"))
    return FAILED if tallies.reasons else CLEAN


def _order(job: Job, wanted: Wanted) -> Order:
    if wanted.output is None:
        raise UsageError("no folder to write to", "name one with -o")
    return Order(
        storage(wanted.source),
        wanted.output.absolute(),
        _anywhere(job.config),
        wanted.columns,
        wanted.form,
        wanted.articles,
        frozenset(job.baseline.entries),
        max(1, int(wanted.shard_size * MEGABYTE)),
        secrets.token_hex(4),
        impatient=True,
    )


def _anywhere(config: Config) -> Config:
    """The settings for workers that run in other folders: the paths of lists are whole."""
    model, allowed = config.model, config.allow_list
    return replace(
        config,
        model=model and model.absolute(),
        allow_list=allowed and allowed.absolute(),
        terms=tuple(path.absolute() for path in config.terms),
        dictionaries=tuple(path.absolute() for path in config.dictionaries),
    )


def _told(tallies: Tallies, others: int) -> Message:
    whole = tallies.whole
    counts = (
        Message("{n} pages seen", n=whole.pages),
        Message("{n} repaired", n=whole.repaired),
        Message("{n} untouched", n=whole.untouched),
        *[Message("{n} refused", n=whole.refused)] * bool(whole.refused),
        *[Message("{n} lines or files that are no pages", n=tallies.lines)] * bool(tallies.lines),
    )
    more = Message("{n} other files passed over", n=others)
    return Message.joined("; ", (Message.joined(", ", counts), *[more] * bool(others)))
