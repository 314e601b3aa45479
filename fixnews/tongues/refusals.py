"""What typer says of a call that it refuses, said in the language of the call.

Typer puts such a remark together in English, so it is recognised by what it is made from: the
templates of `SAID` are asked one after the other, and what stands in their places is kept.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import typer

from fixnews.errors import DataError
from fixnews.message import Message
from fixnews.tongues import Tongue

REFUSAL: Any = typer.BadParameter.__mro__[2]
"""What all refusals of typer are: it shows itself, and has an exit code."""

SAID = (
    "Usage: {usage}",
    "Try '{command}' for help.",
    "Error: {said}",
    "Invalid value for {option}: {said}",
    "Invalid value: {said}",
    "No such option: {option} (Possible options: {others})",
    "No such option: {option}",
    "No such command {command}. Did you mean {others}?",
    "No such command {command}.",
    "Missing command.",
    "Missing option {option}.",
    "Missing argument {argument}.",
    "Missing parameter: {argument}",
    "Option {option} does not take a value.",
    "Option {option} requires an argument.",
    "Got unexpected extra argument(s) ({words})",
    "Value {value} is not a valid {kind}.",
    "{value} is not a valid {kind}.",
    "{value} is not in the range {range}.",
    "Input should be less than or equal to {most}",
    "Input should be greater than or equal to {least}",
    "Input should be a valid integer, unable to parse string as an integer",
    "Input should be a valid number, unable to parse string as a number",
    "{value}; choose one of {values}",
)
"""What typer says, and what our own options say through it, the longer ones first."""

INSIDE = "said"
"""The place of a template where another one stands."""


@contextmanager
def refused(tongue: Tongue) -> Iterator[None]:
    """Say in this language why a call is refused, and exit with its code.

    What is wrong with the language's own catalogue is said in English.
    """
    try:
        yield
    except REFUSAL as refusal:
        told = io.StringIO()
        refusal.show(told)
        lines = told.getvalue().splitlines()
        sys.stderr.write("".join(f"{tongue(recognised(line))}\n" for line in lines))
        raise SystemExit(refusal.exit_code) from None
    except DataError as error:
        sys.stderr.write(f"fixnews: {error}\n")
        raise SystemExit(error.exit_code) from None


def recognised(line: str) -> str:
    """A remark as the message that it is; one that nobody knows stays as it is.

    >>> recognised("Error: No such option: --languag").values["said"].values
    {'option': '--languag'}
    """
    for template in SAID:
        found = _pattern(template).fullmatch(line)
        if found:
            values = found.groupdict()
            if INSIDE in values:
                values[INSIDE] = recognised(values[INSIDE])
            return Message(template, **values)
    return line


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """A template as the expression that finds what was put in."""
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.*)", re.escape(template)))
