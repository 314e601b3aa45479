"""How many processors this process may use: not those of the machine, but those that it was given.

A container sees all cores of its machine and may use a part of their time; more processes than
that wait for each other.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

CGROUPS = Path("/sys/fs/cgroup")
OWN = Path("/proc/self/cgroup")


def allowed(cgroups: Path = CGROUPS, own: Path = OWN) -> int:
    """The processors that this process may use, one at least.

    Args:
        cgroups: where the control groups of Linux are mounted.
        own: the file that says in which of them this process is.
    """
    affinity = getattr(os, "sched_getaffinity", None)
    usable = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min((usable, *map(math.ceil, _quotas(cgroups, own)))))


def _quotas(cgroups: Path, own: Path) -> Iterator[float]:
    """Processors' worth of time that each group of this process may use."""
    for controllers, group in _groups(own):
        root = cgroups if not controllers else cgroups / controllers
        inside = (root / group.lstrip("/"),)
        for place in dict.fromkeys(p for one in inside for p in (one, *one.parents)):
            if root in (place, *place.parents):
                yield from _quota(place)


def _groups(own: Path) -> Iterator[tuple[str, str]]:
    """The groups of this process; no controllers for version 2, ``cpu,cpuacct`` for version 1."""
    with suppress(OSError):
        for line in own.read_text("utf-8", "replace").splitlines():
            _, controllers, group = line.split(":", 2)
            if not controllers or "cpu" in controllers.split(","):
                yield controllers, group


def _quota(place: Path) -> Iterator[float]:
    """What a group may use: ``cpu.max`` in version 2, two files in version 1; maybe no limit."""
    with suppress(OSError, ValueError):
        time, period = (place / "cpu.max").read_text().split()
        yield int(time) / int(period)
    with suppress(OSError, ValueError):
        time = (place / "cpu.cfs_quota_us").read_text()
        if int(time) > 0:
            yield int(time) / int((place / "cpu.cfs_period_us").read_text())
