"""Words of a call that are taken as they were typed, so that `typer` need not convert them.

Newer versions of typer convert every value with pydantic, even text to text and nothing to nothing,
and load it for that: a fifth of what a run on a page of two lines takes. Most options of the house
are not given, and what is given is text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

CONVERTER = "get_runtime_param"
"""What a parameter of typer has that loads pydantic; older versions have none and load nothing."""


@dataclass(frozen=True, slots=True)
class AsTyped:
    """Stands before typer's own conversion, which is asked only where there is something to do.

    Attributes:
        typers: gives typer's own.
        text: whether the parameter is a text, or texts.
    """

    typers: Callable[[], Any]
    text: bool

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value of a parameter, as typer calls it."""
        many = param.multiple or param.nargs == -1
        if value is None:
            return () if many else None
        if self.text and (_texts(value) if many else isinstance(value, str)):
            return list(value) if many else value
        return self.typers().coerce(value, param=param, ctx=ctx)


def _texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(text, str) for text in value)


def spared(params: list[Any]) -> list[Any]:
    """These parameters; what was typed is taken as it is where typer would make the same of it."""
    for param in params:
        typers = getattr(param, CONVERTER, None)
        if typers and not isinstance(typers, partial):
            text = param.type_descriptor.annotation in (str, list[str])
            setattr(param, CONVERTER, partial(AsTyped, typers, text))
    return params
