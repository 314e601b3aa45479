"""Regular expressions that are compiled when they are first asked.

The class of Han characters takes more than a millisecond to compile each time it stands in an
expression, and the house has four hundred expressions, of which a short page asks fifty: compiled
at once they are half of what a run on a short page takes.
"""

from __future__ import annotations

import re
from typing import Any, overload

ASKED = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn", "scanner")
FACTS = ("flags", "groups", "groupindex")


class Lazy:
    """Stands for a compiled expression, and has what that has from the first question on."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._given = flags

    def __getattr__(self, name: str) -> Any:
        if name not in ASKED and name not in FACTS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._given)
        self.__dict__.update({name: getattr(compiled, name) for name in (*ASKED, *FACTS)})
        return self.__dict__[name]

    def __reduce__(self) -> tuple[type[Lazy], tuple[str | bytes, int]]:
        return Lazy, (self.pattern, self._given)

    def __repr__(self) -> str:
        return f"lazy({self.pattern!r})"


@overload
def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]: ...
@overload
def lazy(pattern: bytes, flags: int = 0) -> re.Pattern[bytes]: ...
def lazy(pattern: Any, flags: int = 0) -> Any:
    r"""An expression, given as to `re.compile`; a test compiles each of the house.

    Raises:
        re.error: at the first question, where the expression is none.

    >>> lazy("[\u4e00-\u9fff]+").findall("3D打印")
    ['打印']
    """
    return Lazy(pattern, int(flags))
