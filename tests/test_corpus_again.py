"""A second call of `fixnews corpus` does what is missing, changed or damaged, and nothing else."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fixnews.config import Config
from fixnews.corpus import running, shards
from fixnews.corpus.cluster import Alone
from fixnews.corpus.running import Stopped
from fixnews.corpus.shards import Order, Shard
from fixnews.corpus.working import Done, work
from fixnews.errors import PageError, UsageError
from tests.archives import DAMAGED, lines, ordered, ran, run_of, state, written

ROWS = [{"id": str(n), "text": f"{DAMAGED}{n}"} for n in range(24)]
SIZE = 200


def a_folder(folder: Path) -> Path:
    pages = {f"1999/03-{d:02}/A{p}.txt": f"{DAMAGED}{d}{p}" for d in range(10, 30) for p in (1, 2)}
    return written(folder, pages)


def a_file_of_lines(folder: Path) -> Path:
    return written(folder, {"news.jsonl": lines(ROWS)})


def a_file_of_rows(folder: Path) -> Path:
    folder.mkdir()
    columns = {name: [row[name] for row in ROWS] for name in ("id", "text")}
    pq.write_table(pa.table(columns), folder / "news.parquet")
    return folder


def a_stream(folder: Path) -> Path:
    return written(folder, {"all.txt": "\f".join(f"{DAMAGED}{n}。\n" for n in range(60))})


SHAPES = {
    "files": a_folder,
    "lines": a_file_of_lines,
    "rows": a_file_of_rows,
    "stream": a_stream,
}


class Counting:
    """Work that counts what it did and what it found done."""

    def __init__(self) -> None:
        self.new: list[str] = []
        self.kept: list[str] = []

    def __call__(self, shard: Shard, order: Order, settings: str) -> Done:
        done = work(shard, order, settings)
        (self.kept if done.kept else self.new).append(shard.name)
        return done


def again(order: Order) -> Counting:
    counting = Counting()
    run_of(replace(order, run="again"), task=counting)
    return counting


def order_of(tmp_path: Path, shape: str) -> Order:
    return ordered(SHAPES[shape](tmp_path / "in"), tmp_path / "out", size=SIZE)


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_done_is_not_done_again(tmp_path: Path, shape: str) -> None:
    order = order_of(tmp_path, shape)
    run_of(order)
    before = state(order.target)
    counting = again(order)
    assert (counting.new, len(counting.kept) > 2) == ([], True)
    assert state(order.target) == before


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def middle(folder: Path) -> Path:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return files[len(files) // 2]


HARM: dict[str, Callable[[Path], object]] = {
    "a text is damaged": lambda out: flipped(middle(out / "text")),
    "a text is cut off": lambda out: middle(out / "text").open("r+b").truncate(50),
    "a text is gone": lambda out: middle(out / "text").unlink(),
    "a text has something at its end": lambda out: middle(out / "text").open("ab").write(b"x"),
    "corrections are damaged": lambda out: flipped(middle(out / "corrections")),
    "corrections are gone": lambda out: shutil.rmtree(out / "corrections"),
    "a record is damaged": lambda out: flipped(middle(out / ".fixnews" / "records")),
    "a record is no record": lambda out: middle(out / ".fixnews" / "records").write_text("[]"),
    "the records are gone": lambda out: shutil.rmtree(out / ".fixnews" / "records"),
    "the summary is gone": lambda out: (out / "summary.html").unlink(),
    "the list of parts is gone": lambda out: shutil.rmtree(out / ".fixnews" / "joined", True),
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_damaged_is_made_anew(
    tmp_path: Path, shape: str, harm: Callable[[Path], object]
) -> None:
    order = order_of(tmp_path, shape)
    run_of(order)
    before = state(order.target)
    harm(order.target)
    again(order)
    assert state(order.target) == before


def test_of_a_joined_file_only_the_damaged_part_is_made_anew(tmp_path: Path) -> None:
    order = order_of(tmp_path, "lines")
    run_of(order)
    flipped(order.target / "text" / "news.jsonl")
    assert len(again(order).new) == 1


def test_a_row_that_changed_costs_its_shard(tmp_path: Path) -> None:
    order = order_of(tmp_path, "lines")
    run_of(order)
    rows = [ROWS[0] | {"text": f"{DAMAGED}x"}, *ROWS[1:]]
    written(tmp_path / "in", {"news.jsonl": lines(rows)})
    assert again(order).new == ["news.jsonl/000000"]
    ran(tmp_path / "in", tmp_path / "fresh", size=SIZE)
    assert text(order.target) == text(tmp_path / "fresh")


def text(target: Path) -> bytes:
    return (target / "text" / "news.jsonl").read_bytes()


def test_rows_that_are_added_cost_the_last_shard(tmp_path: Path) -> None:
    order = order_of(tmp_path, "lines")
    run_of(order)
    more = [{"id": "new", "text": DAMAGED}]
    written(tmp_path / "in", {"news.jsonl": lines([*ROWS, *more])})
    assert len(again(order).new) <= 2
    assert text(order.target).count(b"\n") == len(ROWS) + 1


def test_a_folder_that_is_added_costs_the_shards_beside_it(tmp_path: Path) -> None:
    order = ordered(a_folder(tmp_path / "in"), tmp_path / "out", size=10_000)
    run_of(order)
    shards_before = len(again(order).kept)
    written(tmp_path / "in", {"1999/03-09/A1.txt": DAMAGED})
    counting = again(order)
    assert len(counting.new) <= 2 <= shards_before


SETTINGS: dict[str, dict[str, Any]] = {
    "a rule less": {"config": Config(ignore=("PUN",))},
    "another form of corrections": {"form": "parquet"},
    "stories": {"articles": True},
    "a baseline": {"rejected": frozenset(("0123456789abcdef",))},
}


@pytest.mark.parametrize("changed", SETTINGS.values(), ids=SETTINGS)
def test_other_settings_make_all_anew(tmp_path: Path, changed: dict[str, Any]) -> None:
    order = order_of(tmp_path, "files")
    run_of(order)
    assert again(replace(order, **changed)).kept == []
    ran(tmp_path / "in", tmp_path / "fresh", size=SIZE, **changed)
    assert without_source(order.target) == without_source(tmp_path / "fresh")


def without_source(target: Path) -> dict[str, str]:
    return {name: sums for name, sums in state(target).items() if "tables" not in name}


def test_a_list_that_changed_makes_all_anew(tmp_path: Path) -> None:
    names = written(tmp_path, {"names.txt": "党代会\n"}) / "names.txt"
    order = replace(order_of(tmp_path, "files"), config=Config(terms=(names,)))
    run_of(order)
    names.write_text("新征程\n", "utf-8")
    assert again(order).kept == []


def test_another_version_makes_all_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = order_of(tmp_path, "files")
    run_of(order)
    monkeypatch.setattr(shards, "__version__", "99")
    assert again(order).kept == []


def test_what_is_gone_from_the_archive_goes_from_the_target(tmp_path: Path) -> None:
    order = order_of(tmp_path, "files")
    written(tmp_path / "in", {"news.jsonl": lines(ROWS)})
    run_of(order)
    shutil.rmtree(tmp_path / "in/1999/03-20")
    (tmp_path / "in/news.jsonl").unlink()
    again(order)
    ran(tmp_path / "in", tmp_path / "fresh", size=SIZE)
    assert state(order.target) == state(tmp_path / "fresh")


class Interrupted(Alone):
    """A crew that is interrupted when some shards are done."""

    def results(self, shards: Any, work: Any) -> Any:
        for number, shard in enumerate(shards):
            if number == 2:
                raise KeyboardInterrupt
            yield work(shard)


@pytest.mark.parametrize("shape", SHAPES)
def test_an_interrupted_run_goes_on_and_ends_as_one_that_was_not(
    tmp_path: Path, shape: str
) -> None:
    order = order_of(tmp_path, shape)
    with pytest.raises(Stopped, match="the same call goes on"):
        run_of(order, Interrupted())
    counting = again(order)
    assert len(counting.kept) == 2
    ran(tmp_path / "in", tmp_path / "fresh", size=SIZE)
    assert state(order.target) == state(tmp_path / "fresh")


def test_a_shard_that_fails_is_named_and_done_by_the_next_call(tmp_path: Path) -> None:
    order = order_of(tmp_path, "lines")

    def failing(shard: Shard, order: Order, settings: str) -> Done:
        if shard.name.endswith("2"):
            return Done(shard.name, error=str(PageError("no space left", "make room")))
        return work(shard, order, settings)

    tallies, _ = run_of(order, task=failing)
    assert list(tallies.reasons) == ["no space left"]
    assert not (order.target / "text").exists()
    assert again(order).new == ["news.jsonl/000002"]
    assert text(order.target).count(b"\n") == len(ROWS)


def test_a_target_is_of_one_archive(tmp_path: Path) -> None:
    order = order_of(tmp_path, "files")
    run_of(order)
    with pytest.raises(UsageError, match="holds "):
        ran(a_file_of_lines(tmp_path / "other"), order.target)


def test_nobody_else_writes_to_a_target_meanwhile(tmp_path: Path) -> None:
    order = order_of(tmp_path, "files")

    def second(shard: Shard, order: Order, settings: str) -> Done:
        with pytest.raises(UsageError, match="busy"):
            run_of(replace(order, run="second"))
        return work(shard, order, settings)

    assert run_of(order, task=second)[0].whole.repaired == 40


def test_no_space_left_names_the_shard_and_leaves_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = order_of(tmp_path, "files")

    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as file:
            file.write(data[:5])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(PageError, match="No space left"):
            run_of(order)
    run_of(order)
    ran(tmp_path / "in", tmp_path / "fresh", size=SIZE)
    assert state(order.target) == state(tmp_path / "fresh")


class Thrown:
    """What meets ^C while it goes."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


def test_an_interrupt_is_not_lost_where_something_is_thrown_away() -> None:
    before = signal.getsignal(signal.SIGINT)
    with running._interrupts() as met:
        Thrown()
        assert met == [signal.SIGINT]
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
