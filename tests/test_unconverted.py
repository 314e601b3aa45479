"""What was typed: text is taken as it is, the rest is for typer to convert."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from fixnews.unconverted import CONVERTER, AsTyped, spared

ONE, MANY = SimpleNamespace(multiple=False, nargs=1), SimpleNamespace(multiple=True, nargs=1)
PATHS = SimpleNamespace(multiple=False, nargs=-1)


class Typers:
    """Stands for typer's own conversion, and says that it was asked."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        del param, ctx
        return ("converted", value)


@pytest.mark.parametrize(
    ("text", "param", "value", "taken"),
    [
        (True, ONE, "utf-8", "utf-8"),
        (True, ONE, None, None),
        (True, MANY, None, ()),
        (True, MANY, ("BRK", "PUN101"), ["BRK", "PUN101"]),
        (True, PATHS, ("A1.txt",), ["A1.txt"]),
        (True, PATHS, (), []),
        (True, ONE, 7, ("converted", 7)),
        (True, MANY, "BRK", ("converted", "BRK")),
        (False, ONE, None, None),
        (False, ONE, "0.9", ("converted", "0.9")),
    ],
)
def test_what_was_typed_becomes(text: bool, param: Any, value: Any, taken: Any) -> None:
    assert AsTyped(Typers, text).coerce(value, param, None) == taken


def test_parameters_of_an_older_typer_are_left_alone() -> None:
    old = SimpleNamespace(name="paths")
    assert spared([old]) == [old]
    assert not hasattr(old, CONVERTER)


def test_a_parameter_is_spared_once() -> None:
    param = SimpleNamespace(type_descriptor=SimpleNamespace(annotation=str))
    setattr(param, CONVERTER, Typers)
    (once,) = spared([param])
    first = getattr(once, CONVERTER)
    assert isinstance(first, partial)
    assert getattr(spared([once])[0], CONVERTER) is first
