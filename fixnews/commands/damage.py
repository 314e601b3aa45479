"""``fixnews damage``: clean pages hurt as newspapers are, and what was done to them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from fixnews import issue as reading
from fixnews.commands.job import CLEAN, Job, failed, pages_of
from fixnews.console import Console
from fixnews.damage import DEFAULT, Damaged, damage, written
from fixnews.errors import FixnewsError, UsageError
from fixnews.files import read, read_stdin, write_all
from fixnews.message import Message
from fixnews.outputs import Outputs
from fixnews.source import Source
from fixnews.version import __version__
from fixnews.walk import STDIN, Found
from fixnews.writing_back import below

TRUTH = "damage.json"
"""The file that tells what was done, beside the folders of the pages."""


class Wanted(NamedTuple):
    """What the call asks for: the seed, the kinds of damage, how much of it."""

    seed: int = 1
    kinds: Sequence[str] = DEFAULT
    rate: float = 1.0


def kinds(given: str) -> Sequence[str]:
    """The kinds that an option names; by default the usual ones."""
    return [name for part in given.split(",") if (name := part.strip())] or DEFAULT


def damaged(job: Job, console: Console, wanted: Wanted) -> int:
    """Write the damaged pages, the clean ones and what was done into a folder."""
    if job.output is None:
        raise UsageError("no folder to write into", "name one with -o")
    found = pages_of(job, console)
    errors: list[FixnewsError] = list(found.errors)
    issues = [damage(pages, **wanted._asdict()) for pages in _issues(found, job, errors)]
    pages = [path for issue in found.issues for path in issue]
    into = Outputs(job.output, pages, force=job.force, warn=console.once)
    write_all([into.write(into.folder / name, data) for name, data in _files(issues, wanted)], into)
    done = sum(len(issue.injuries) for issue in issues)
    count = sum(len(issue.pages) for issue in issues)
    told = "{folder}: {count} pages, {done:,} injuries, told in {truth}"
    console.say(Message(told, folder=into.folder, count=count, done=done, truth=TRUTH))
    return failed(errors, console) if errors else CLEAN


def _issues(found: Found, job: Job, errors: list[FixnewsError]) -> Iterator[list[Source]]:
    """The pages of each issue, by their paths below the folder of all; errors are kept."""
    for paths in found.issues:
        pages = []
        for path in paths:
            try:
                pages.append(_page(path, found, job))
            except FixnewsError as error:
                errors.append(error)
        yield pages


def _page(path: Path, found: Found, job: Job) -> Source:
    """A page with the line ends of Unix."""
    stdin = str(path) == STDIN
    name = Path(job.stdin_name).name if stdin else below(path, found.base).as_posix()
    text = reading.page(read_stdin() if stdin else read(path), name, job.config).text
    return Source(name, text.replace("\r\n", "\n"))


def _files(issues: Sequence[Damaged], wanted: Wanted) -> Iterator[tuple[str, bytes]]:
    """The files of the folder: clean and damaged pages, and the truth."""
    for issue in issues:
        for clean, page, codec in zip(issue.clean, issue.pages, issue.codecs, strict=True):
            yield f"clean/{clean.path}", clean.text.encode("utf-8", "surrogatepass")
            yield f"damaged/{page.path}", written(page.text, codec)
    yield TRUTH, (json.dumps(_truth(issues, wanted), ensure_ascii=False, indent=1) + "\n").encode()


def _truth(issues: Sequence[Damaged], wanted: Wanted) -> dict[str, Any]:
    return {
        "made_by": f"fixnews damage {__version__}",
        "seed": wanted.seed,
        "kinds": list(wanted.kinds),
        "rate": wanted.rate,
        "issues": [issue.to_dict() for issue in issues],
    }
