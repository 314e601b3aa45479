"""Pages of one issue read by several processes: just what one process makes of them."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from fixnews.commands.crew import page_by_page
from fixnews.commands.job import mend_one
from fixnews.config import Config
from fixnews.desk import Desk
from fixnews.foretold import Foretold
from fixnews.issue import Outcome, lost
from fixnews.verdicts import keys

ROOT = Path(__file__).parents[1]
REPAIR = partial(mend_one, config=Config(), stdin_name="", rejected=frozenset(), patches=False)
LOST = partial(lost, config=Config())


def issue(name: str) -> tuple[Path, ...]:
    """The pages of a sample, in their order."""
    folder = ROOT / "samples" / name
    return tuple(sorted(p for p in folder.iterdir() if p.is_file() and p.suffix != ".md"))


FRONT, GB = issue("front-page/damaged"), issue("gb18030/damaged")
ISSUES = {
    "with a story that jumps": [FRONT],
    "of two days, fewer than processes": [FRONT, GB],
    "of recognisers' files, with positions": [issue("formats")],
}


def told(outcome: Outcome) -> object:
    """All that comes of an issue."""
    every = outcome.corrections, outcome.spared
    rows = [[(c.to_dict(), sorted(keys(c))) for c in some] for some in every]
    return outcome.paths, outcome.texts, rows, outcome.labels, list(map(str, outcome.errors))


@pytest.mark.slow
@pytest.mark.parametrize("issues", ISSUES.values(), ids=list(ISSUES))
def test_an_issue_whose_pages_are_shared_comes_out_as_from_one_process(
    issues: Sequence[Sequence[Path]],
) -> None:
    alone = [told(REPAIR(pages)) for pages in issues]
    assert list(map(told, page_by_page(issues, REPAIR, LOST, 3))) == alone


def listened(pages: Sequence[Path], known: Foretold) -> int:
    """How many answers of filters had to be worked out."""
    before = len(known.said)
    REPAIR(pages, desk=Desk(foretold=known))
    return len(known.said) - before


def test_what_was_foretold_is_not_worked_out_again() -> None:
    known = Foretold(listens=True)
    apart = sum(listened([page], known) for page in GB)
    assert apart > 0
    assert listened(GB, known) == 0


def test_a_page_that_a_jump_has_changed_is_read_again() -> None:
    known = Foretold(listens=True)
    apart = sum(listened([page], known) for page in FRONT)
    assert 0 < listened(FRONT, known) < apart


def test_a_verdict_that_another_process_did_not_have_costs_nothing_but_time() -> None:
    known = Foretold(listens=True)
    apart = sum(listened([page], known) for page in GB)
    rejected = frozenset(k for c in REPAIR(GB).corrections if c.applied for k in keys(c))
    strict = partial(REPAIR, rejected=rejected)
    assert apart
    assert told(strict(GB, desk=Desk(foretold=known))) == told(strict(GB))


def deadly(killer: str, repair: Callable[..., Outcome]) -> Callable[..., Outcome]:
    return partial(_deadly, killer=killer, repair=repair, parent=os.getpid())


def _deadly(
    pages: Sequence[Path], *, killer: str, repair: Callable[..., Outcome], parent: int, desk: Desk,
    patches: bool = False,
) -> Outcome:  # fmt: skip
    if any(page.name == killer for page in pages) and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return repair(pages, desk=desk, patches=patches)


@pytest.mark.slow
def test_a_page_that_kills_its_process_twice_is_named_and_the_rest_of_its_issue_repaired() -> None:
    killer, *rest = FRONT
    [outcome] = page_by_page([FRONT], deadly(killer.name, REPAIR), LOST, 2)
    assert outcome.paths == tuple(rest)
    assert outcome.texts == REPAIR(rest).texts
    assert [str(killer) in str(error) for error in outcome.errors] == [True]
