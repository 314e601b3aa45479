"""Expressions compiled late are right, and are what `re.compile` would have made at once."""

from __future__ import annotations

import importlib
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import fixnews
from fixnews.patterns import ASKED, FACTS, Lazy, lazy

HOUSE = Path(fixnews.__file__).parent


def in_house() -> Iterator[tuple[str, Lazy]]:
    for path in sorted(HOUSE.rglob("*.py")):
        name = ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts)
        if path.stem != "__main__":
            for found in _within(vars(importlib.import_module(name.removesuffix(".__init__")))):
                yield name, found


def _within(value: object, deep: int = 3) -> Iterator[Lazy]:
    """The expressions of a module, alone and in its tables."""
    if isinstance(value, Lazy):
        yield value
    elif deep and isinstance(value, dict | tuple | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _within(inner, deep - 1)


def test_every_expression_of_the_house_compiles() -> None:
    found = list(in_house())
    assert len(found) > 300
    for name, expression in found:
        assert expression.groups >= 0, name


@pytest.mark.parametrize("what", [*ASKED, *FACTS])
def test_each_answer_is_the_one_of_a_compiled_expression(what: str) -> None:
    expression, compiled = lazy("经(.)", re.MULTILINE), re.compile("经(.)", re.MULTILINE)
    mine, theirs = getattr(expression, what), getattr(compiled, what)
    if what in FACTS:
        assert mine == theirs
    elif what in ("sub", "subn"):
        assert mine("x", "经济") == theirs("x", "经济")
    elif what in ("findall", "split"):
        assert mine("经济") == theirs("经济")
    elif what == "finditer":
        assert [m.span(1) for m in mine("经济")] == [(1, 2)]
    elif what == "scanner":
        assert mine("经济").match().span() == (0, 2)
    else:
        assert mine("经济").span(1) == theirs("经济").span(1)


def test_it_is_compiled_at_the_first_question_only(monkeypatch: pytest.MonkeyPatch) -> None:
    expression = lazy("经")
    assert expression.search("经济")
    monkeypatch.delattr("fixnews.patterns.re")
    assert expression.sub("", "经济") == "济"


def test_what_is_none_is_told_at_the_first_question() -> None:
    with pytest.raises(re.error):
        lazy("(").search("")


def test_it_has_nothing_that_an_expression_has_not() -> None:
    with pytest.raises(AttributeError):
        lazy("经").missing  # type: ignore[attr-defined]  # noqa: B018


def test_it_goes_through_pickle() -> None:
    assert pickle.loads(pickle.dumps(lazy("经", re.IGNORECASE))).fullmatch("经")
