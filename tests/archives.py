"""Small archives, and `fixnews corpus` over them in this very process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from fixnews.console import Console
from fixnews.corpus.cluster import Alone, Crew
from fixnews.corpus.running import Run, opened
from fixnews.corpus.shards import Order
from fixnews.corpus.storage import storage
from fixnews.corpus.tallies import Tallies

DAMAGED, REPAIRED = "喜迎党代会,奋进新征程", "喜迎党代会，奋进新征程"


def ordered(source: Path | str, target: Path, **more: Any) -> Order:
    return Order(storage(str(source)), target, **more)


def ran(source: Path | str, target: Path, crew: Crew | None = None, **more: Any) -> Tallies:
    """The archive repaired into the target; by default in this process."""
    return run_of(ordered(source, target, **more), crew)[0]


def run_of(order: Order, crew: Crew | None = None, **more: Any) -> tuple[Tallies, Run]:
    run = Run.of(order, Console(quiet=True), **more)
    with opened(order):
        return run.over(crew or Alone()), run


def written(folder: Path, pages: Mapping[str, str | bytes]) -> Path:
    """A folder with these files."""
    for name, page in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page if isinstance(page, bytes) else page.encode())
    return folder


def lines(rows: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def state(folder: Path) -> dict[str, str]:
    """Every file of a folder, those that are hidden too, with its checksum."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
