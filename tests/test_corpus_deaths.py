"""Workers that die: the page that killed them is found, set aside and named; the rest is done."""

from __future__ import annotations

import concurrent.futures
import faulthandler
import json
import os
import signal
import subprocess
import sys
from asyncio import CancelledError
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fixnews.corpus import cluster, working
from fixnews.corpus.cluster import ClusterError, crew
from fixnews.corpus.deaths import REASON, Watch, mended
from fixnews.corpus.leaves import Leaf, Mended, Unit
from fixnews.corpus.mending import mend, refused
from fixnews.corpus.shards import Order, Shard
from fixnews.corpus.working import Done, work
from tests.archives import DAMAGED, REPAIRED, lines, ordered, ran, run_of, state, written

PAGES = tuple(Leaf(name, DAMAGED, "a.jsonl") for name in "abc")

NOTES: dict[str, tuple[dict[str, int], str, set[str]]] = {
    "nobody died": ({}, "", set()),
    "one died of the issue": ({"0": 1}, "", set()),
    "one died of it, and another": ({"0": 1}, "0", set()),
    "of a page alone, once": ({"0": 2}, "0.1", set()),
    "of a page alone, twice": ({"0": 2, "0.1": 1}, "0.1", {"b"}),
    "of two pages": ({"0": 2, "0.1": 2, "0.2": 1}, "0.2", {"b", "c"}),
    "of the issue, though no page alone is at fault": ({"0": 2, "0:rest": 1}, "0:rest", set("abc")),
    "of what is left of it": ({"0": 2, "0.1": 2, "0:rest": 1}, "0:rest", set("abc")),
    "of another issue": ({"1": 2, "1.1": 2}, "", set()),
}


@pytest.mark.parametrize(("deaths", "at", "aside"), NOTES.values(), ids=NOTES)
def test_which_pages_are_set_aside(
    tmp_path: Path, deaths: dict[str, int], at: str, aside: set[str]
) -> None:
    notes = tmp_path / "notes.json"
    notes.write_text(json.dumps({"deaths": deaths, "at": at}), "utf-8")
    order = ordered(written(tmp_path / "in", {"a.jsonl": ""}), tmp_path / "out")
    told = mended(0, Unit(PAGES), Watch.over(notes), lambda unit: mend(unit, order), refused)
    assert [one.leaf for one in told] == list(PAGES)
    assert {one.leaf.name for one in told if one.trouble} == aside
    assert {one.trouble.reason for one in told if one.trouble} <= {REASON}


def test_a_page_alone_in_its_unit_is_set_aside_at_once(tmp_path: Path) -> None:
    notes = tmp_path / "notes.json"
    notes.write_text('{"deaths": {"0": 1}, "at": "0"}', "utf-8")

    def deadly(unit: Unit) -> list[Mended]:
        raise AssertionError(unit)

    (told,) = mended(0, Unit(PAGES[:1]), Watch.over(notes), deadly, refused)
    assert told.trouble


def test_an_error_is_no_death(tmp_path: Path) -> None:
    notes = tmp_path / "notes.json"
    for _ in range(5):
        watch = Watch.over(notes)
        with pytest.raises(MemoryError), watch.at("0"):
            raise MemoryError
    assert not Watch.over(notes).deaths


def test_notes_that_were_cut_off_blame_nobody(tmp_path: Path) -> None:
    notes = tmp_path / "notes.json"
    notes.write_text('{"deaths": {"0": 1}, "a', "utf-8")
    assert not Watch.over(notes).deaths


FOR_EVER = """
import re, sys
from pathlib import Path
from fixnews.corpus import deaths
deaths.PATIENCE = 0.1
with deaths.Watch.over(Path(sys.argv[1]), impatient=True).at("0"):
    re.match("(a+)+$", "a" * 60 + "b")
"""
"""A match that never ends and lets no other thread of Python run."""


def test_a_worker_dies_of_what_takes_for_ever(tmp_path: Path) -> None:
    notes = tmp_path / "notes.json"
    run = subprocess.run([sys.executable, "-c", FOR_EVER, str(notes)], timeout=60, check=False)
    assert run.returncode == 1
    assert Watch.over(notes).deaths == {"0": 1}


def test_what_is_done_in_time_costs_no_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[float] = []
    monkeypatch.setattr(faulthandler, "dump_traceback_later", lambda s, **_: given.append(s))
    monkeypatch.setattr(faulthandler, "cancel_dump_traceback_later", lambda: given.append(0))
    with Watch.over(tmp_path / "notes.json", impatient=True).at("0", 3 << 20):
        assert given == [300 + 3 * 240]
    assert given[1:] == [0], "it is called off"
    with Watch.over(tmp_path / "notes.json").at("0"):
        assert len(given) == 2, "only a worker may die"


POISON = "致命"


def deadly(unit: Unit, order: Order) -> list[Mended]:
    if any(POISON in str(leaf.content) for leaf in unit.leaves):
        os.kill(os.getpid(), signal.SIGKILL)
    return mend(unit, order)


def deadly_work(shard: Shard, order: Order, settings: str) -> Done:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(working, "mend", deadly)
        return work(shard, order, settings)


@pytest.mark.slow
def test_a_page_that_kills_its_workers_is_named_and_the_rest_is_done(tmp_path: Path) -> None:
    rows = [{"id": str(n), "text": f"{POISON if n == 5 else ''}{DAMAGED}{n}"} for n in range(12)]
    source = written(tmp_path / "in", {"a.jsonl": lines(rows)}) / "a.jsonl"
    order = ordered(source, tmp_path / "out", size=400)
    with crew(1) as workers:
        tallies, _ = run_of(order, workers, task=deadly_work)
    wanted = [row | {"text": row["text"].replace(",", "，")} for row in rows]
    wanted[5] = rows[5]
    assert (tmp_path / "out/text/a.jsonl").read_text("utf-8") == lines(wanted)
    assert tallies.reasons[REASON.partition(":")[0]].first == "5"
    assert tallies.whole.repaired == 11


def once_deadly(shard: Shard, order: Order, settings: str) -> Done:
    """Every worker dies of its first shard, when that is half written."""
    mark = order.target.parent / f"died-{shard.name.replace('/', '-')}"
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return work(shard, order, settings)


@pytest.mark.slow
def test_workers_that_are_killed_from_outside_change_nothing(tmp_path: Path) -> None:
    rows = [{"id": str(n), "text": f"{DAMAGED}{n}"} for n in range(12)]
    source = written(tmp_path / "in", {"a.jsonl": lines(rows)}) / "a.jsonl"
    with crew(2) as workers:
        run_of(ordered(source, tmp_path / "out", size=200), workers, task=once_deadly)
    ran(source, tmp_path / "fresh", size=200)
    assert state(tmp_path / "out") == state(tmp_path / "fresh")
    assert REPAIRED in (tmp_path / "out/text/a.jsonl").read_text("utf-8")


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with (
        pytest.raises(ClusterError, match=r"127\.0\.0\.1:9: no scheduler answers"),
        crew(0, "tcp://127.0.0.1:9"),
    ):
        pass


class Severed:
    """A client whose scheduler goes in the midst of a word."""

    status = "running"

    def __init__(self, word: str, error: BaseException) -> None:
        self.word, self.error = word, error

    def nthreads(self) -> dict[str, int]:
        return self._said("nthreads", {"a": 1})

    def submit(self, *_: object, **__: object) -> Severed:
        return self._said("submit", self)

    def add_done_callback(self, call: Callable[[object], None]) -> None:
        call(self)

    def result(self) -> Done:
        return self._said("result", Done("a"))

    def exception(self) -> Exception:
        return self._said("exception", OSError())

    def _said(self, word: str, answer: Any) -> Any:
        if word == self.word:
            raise self.error
        return answer


SEVERED = [
    ("nthreads", "running", OSError("Timed out")),
    ("submit", "running", RuntimeError("IOLoop is closed")),
    ("result", "finished", CancelledError()),
    ("result", "finished", concurrent.futures.CancelledError()),
    ("exception", "error", Exception("Tried sending message after closing")),
]


@pytest.mark.parametrize(("word", "status", "error"), SEVERED)
def test_a_scheduler_that_goes_in_the_midst_of_a_word_is_named(
    word: str, status: str, error: BaseException
) -> None:
    client = Severed(word, error)
    client.status = status
    workers = cluster._Dask(None, client)
    with pytest.raises(ClusterError, match="the scheduler is gone"):
        list(workers.results([Shard("a", "pages", 1)], lambda shard: Done(shard.name)))


class Forgetful(Severed):
    """A client whose first workers die behind what they have done; the next one does it again."""

    def __init__(self, *statuses: str) -> None:
        super().__init__("", OSError())
        self.statuses = [*statuses]

    def submit(self, *_: object, **__: object) -> Severed:
        future = Severed("", OSError())
        future.status = self.statuses.pop(0)
        return future


@pytest.mark.parametrize("statuses", [["lost"], ["cancelled"], ["pending", "lost"]])
def test_what_came_of_a_shard_is_asked_again_where_nobody_knows_it(statuses: list[str]) -> None:
    workers = cluster._Dask(None, Forgetful(*statuses, "finished"))
    assert [*workers.results([Shard("a", "pages", 1)], print)] == [Done("a")]


@pytest.mark.parametrize(("status", "times"), [("closed", 1), ("running", cluster.TRIES)])
def test_where_the_scheduler_is_gone_nothing_is_asked_again(status: str, times: int) -> None:
    client = Forgetful(*["cancelled"] * times)
    client.status = status
    with pytest.raises(ClusterError, match="the scheduler is gone"):
        list(cluster._Dask(None, client).results([Shard("a", "pages", 1)], print))
    assert client.statuses == []


class Unlucky:
    """A Dask whose workers die as they start, so many times."""

    def __init__(self, times: int) -> None:
        self.times = times

    def LocalCluster(self, **given: object) -> object:  # noqa: N802
        self.times -= 1
        if self.times >= 0:
            raise RuntimeError("Nanny failed to start.")
        return given["n_workers"]


def test_workers_that_die_as_they_start_are_started_again() -> None:
    assert cluster._local(Unlucky(2), 4, processes=True) == 4
    with pytest.raises(ClusterError, match="no worker can be started: Nanny failed to start"):
        cluster._local(Unlucky(3), 4, processes=True)


@pytest.mark.slow
def test_a_worker_that_takes_too_long_to_come_back_is_started_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a busy machine: Dask gives it up for lost, and starts no other unless it is told to."""
    monkeypatch.setitem(cluster._SETTINGS, cluster.LOST, "1ms")
    monkeypatch.setattr(cluster, "DESERTED", 60.0)
    rows = [{"id": str(n), "text": f"{DAMAGED}{n}"} for n in range(2)]
    source = written(tmp_path / "in", {"a.jsonl": lines(rows)}) / "a.jsonl"
    with crew(1) as workers:
        run_of(ordered(source, tmp_path / "out", size=4000), workers, task=once_deadly)
    assert REPAIRED in (tmp_path / "out/text/a.jsonl").read_text("utf-8")
