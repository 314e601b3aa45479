"""Every text that people are shown, found in the source, and what cannot be translated there."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import typer

import fixnews
from fixnews import errors
from fixnews.cli import app
from fixnews.tongues.refusals import SAID
from tests.told import tables

HOUSE = Path(fixnews.__file__).parent

ERRORS = {
    name for name, kind in vars(errors).items() if isinstance(kind, type) and name != "Message"
} | {"ClusterError", "Stopped"}

FOR_PROGRAMMERS = {"api"}
"""Modules whose errors are read by who writes a program, in English."""

SAYS = {"say", "detail", "once", "error", "warn", "_say", "_asked", "tongue", "of"}
REASON = {"Edit": 4, "Move": 4, "note": 4, "_guess": 4, "_Over": 1, "_named": 0, "tell": 1}
"""Where the reason stands among the arguments of what proposes."""


class Found(NamedTuple):
    """A text, and where it stands."""

    text: str
    place: str


class Source(NamedTuple):
    """A module of the package, read and loaded."""

    name: str
    tree: ast.Module
    loaded: ModuleType


@cache
def modules() -> tuple[Source, ...]:
    paths = [p for p in sorted(HOUSE.rglob("*.py")) if p.name != "__main__.py"]
    return tuple(_module(path) for path in paths)


def _module(path: Path) -> Source:
    dotted = ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts)
    dotted = dotted.removesuffix(".__init__")
    tree = ast.parse(path.read_text("utf-8"))
    return Source(dotted.removeprefix("fixnews."), tree, importlib.import_module(dotted))


@cache
def templates() -> dict[str, str]:
    """Every template with a place where it is used."""
    found = [Found(text, "help") for text in helps()]
    found += [Found(text, "a table") for text in (*tables(), *SAID)]
    for source in modules():
        for call in (node for node in ast.walk(source.tree) if isinstance(node, ast.Call)):
            found += _texts(source, call)
    return {text: place for text, place in found if has_letters(text)}


def has_letters(text: str) -> bool:
    """Whether there is something to translate: words, or what stands between messages."""
    bare = re.sub(r"{[^{}]*}|[A-Z]{3}[0-9]{3}", "", text)
    return bool(re.search("[A-Za-z]", bare)) or text in ("; ", ", ") or "(" in bare


def offenders() -> Iterator[str]:
    """What is said in words that no catalogue can have: put together before a message is made."""
    for source in modules():
        for call in (node for node in ast.walk(source.tree) if isinstance(node, ast.Call)):
            for argument in _said(source, call):
                for value in _values(source, call, argument):
                    if isinstance(value, ast.JoinedStr) and _has_words(value):
                        yield f"{_place(source, value)}: {ast.unparse(value)}"


def _texts(source: Source, call: ast.Call) -> Iterator[Found]:
    arguments = [*_templates_of(call), *_said(source, call)]
    for argument in arguments:
        for value in _values(source, call, argument):
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield Found(value.value, _place(source, call))


def _templates_of(call: ast.Call) -> list[ast.expr]:
    """The templates of a message that is made here."""
    name = _name(call.func)
    return {"Message": call.args[:1], "counted": call.args[1:3], "joined": call.args[:1]}.get(
        name, []
    )


def _said(source: Source, call: ast.Call) -> list[ast.expr]:
    """The arguments of a call that people are shown."""
    name = _name(call.func)
    said = [k.value for k in call.keywords if k.arg == "reason"]
    if source.name in FOR_PROGRAMMERS:
        return []
    if name in ERRORS or (name == "error" and len(call.args) == 2):
        said += call.args[:2]
    elif name in SAYS:
        said += call.args[:1]
    elif name in REASON:
        at = REASON[name] - any(isinstance(one, ast.Starred) for one in call.args)
        said += call.args[at : at + 1]
    return said


def _values(source: Source, call: ast.Call, argument: ast.expr) -> Iterator[ast.expr]:
    """What an argument may be: itself, either branch, what a name was given, or holds."""
    if isinstance(argument, ast.IfExp):
        yield from _values(source, call, argument.body)
        yield from _values(source, call, argument.orelse)
    elif isinstance(argument, ast.BinOp):
        yield from _values(source, call, argument.left)
        yield from _values(source, call, argument.right)
    elif isinstance(argument, ast.Name):
        yield from _given(source, call, argument.id)
    elif isinstance(argument, ast.Attribute) and isinstance(argument.value, ast.Name):
        home = getattr(source.loaded, argument.value.id, None)
        yield from _held(getattr(home, argument.attr, None), argument)
    else:
        yield argument


def _given(source: Source, call: ast.Call, name: str) -> Iterator[ast.expr]:
    functions = [n for n in ast.walk(source.tree) if isinstance(n, ast.FunctionDef)]
    around = [f for f in functions if any(n is call for n in ast.walk(f))]
    for node in (n for f in around[-1:] for n in ast.walk(f) if isinstance(n, ast.Assign)):
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=False))
            for one, value in pairs:
                if isinstance(one, ast.Name) and one.id == name and not isinstance(value, ast.Name):
                    yield from _values(source, call, value)
    yield from _held(vars(source.loaded).get(name), call)


def _held(value: Any, node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(value, str):
        yield ast.copy_location(ast.Constant(str(value)), node)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _has_words(text: ast.JoinedStr) -> bool:
    parts = (v.value for v in text.values if isinstance(v, ast.Constant))
    return any(char.isalpha() for part in parts for char in str(part))


def _place(source: Source, node: ast.expr) -> str:
    return f"{source.name}:{node.lineno}"


def helps() -> Iterator[str]:
    """What the help says: of commands, their examples, their options."""
    yield from ("Arguments", "Options", "Usage: ", "required", "default")
    yield from _helps(typer.main.get_command(app))


def _helps(command: Any) -> Iterator[str]:
    yield from filter(None, (command.help, command.epilog))
    yield from (text for p in command.params if (text := getattr(p, "help", None)))
    context = command.make_context("fixnews", [], resilient_parsing=True)
    yield from (p.help for p in command.get_params(context) if getattr(p, "help", None))
    for inner in getattr(command, "commands", {}).values():
        yield from _helps(inner)
