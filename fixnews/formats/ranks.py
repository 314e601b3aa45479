"""The order in which an ALTO or PAGE file says that its blocks are read: groups in groups."""

from __future__ import annotations

from dataclasses import dataclass, field

from fixnews.formats.gathering import Page

_ANYWHERE = -1.0
"""The place of all members of a group that says nothing of their order: that of the file holds."""


@dataclass(slots=True)
class Ranks:
    """The reading order as it is gathered.

    Of several orders the first counts. What is in no group comes behind what stands before it in
    the file.

    Attributes:
        known: the rank of each block or line that a group names.
        lines: for each line of the page its name, and that of its block.
        ordered: whether some group says that its members follow one another.
    """

    known: dict[str, tuple[float, ...]] = field(default_factory=dict)
    lines: list[tuple[str, str]] = field(default_factory=list)
    ordered: bool = False
    _path: list[float] = field(default_factory=list)
    _loose: list[bool] = field(default_factory=list)
    _count: list[int] = field(default_factory=lambda: [0])
    _groups: int = 0

    def entered(self, *, ordered: bool, index: float | None = None) -> None:
        """A group begins, at its own place in the group around it."""
        if not self._path:
            self._groups += 1
        self.ordered |= ordered
        self._loose.append(not ordered)
        self._path.append(self._next() if index is None else index)
        self._count.append(0)

    def left(self) -> None:
        """A group ends."""
        self._path.pop()
        self._loose.pop()
        self._count.pop()

    def put(self, name: str, index: float | None = None) -> None:
        """A block or a line has its place here."""
        if self._groups > 1:
            return
        if index is None:
            index = _ANYWHERE if self._loose and self._loose[-1] else self._next()
        self.known.setdefault(name, (*self._path, index))

    def _next(self) -> float:
        self._count[-1] += 1
        return float(self._count[-1] - 1)

    def sorted(self, page: Page) -> Page:
        """A page with its lines in this order; as it is where the file says nothing."""
        names, self.lines = self.lines, []
        if not any(name in self.known for pair in names for name in pair):
            return page
        rank: tuple[float, ...] = ()
        keys = []
        for number, (line, block) in enumerate(names):
            own = self.known.get(block, ())
            rank = self.known.get(line) or own or rank
            keys.append((rank, number))
        order = [n for _, n in sorted(keys)]
        page.lines = [page.lines[n] for n in order]
        page.ordered = self.ordered
        return page
