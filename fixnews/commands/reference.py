"""What can be asked without a page: the rules, one rule, the settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import fill
from typing import Any

from fixnews.config import Config, as_table, nearest
from fixnews.console import Console
from fixnews.controls import as_json
from fixnews.errors import UsageError
from fixnews.filters import rules
from fixnews.issue import patterns
from fixnews.jumps.refs import UNKNOWN
from fixnews.rules import Explanation, Rule
from fixnews.walk import find

PROSE = 79
"""Columns of an explanation."""

SHOWN = 40
"""Files of which the settings show what their names say: the pages of an issue."""


def show_rules(console: Console, output_format: str) -> int:
    """Every rule in a line."""
    facts = map(_facts, rules())
    if output_format == "json":
        console.report((as_json(list(facts), 1) + "\n",))
        return 0
    if output_format == "jsonl":
        console.report(as_json(fact) + "\n" for fact in facts)
        return 0
    if output_format != "full":
        raise UsageError(f"no list of rules as {output_format}", "choose full, json or jsonl")
    console.report(_rule_line(rule) for rule in rules())
    return 0


def _facts(rule: Rule) -> dict[str, Any]:
    """What a program reads of a rule."""
    told = rule.explained()
    return {
        "code": rule.code,
        "name": rule.name,
        "summary": told.summary,
        "why": told.why,
        "safe": told.safe,
        "before": told.before,
        "after": told.after,
        "default": rule.default,
    }


def _rule_line(rule: Rule) -> str:
    off = "" if rule.default else "  (off unless selected)"
    return f"{rule.code}  {rule.name:<24}  {rule.explained().summary}{off}\n"


def explain(code: str, console: Console) -> int:
    """Everything about one rule."""
    by_name = {key: rule for rule in rules() for key in (rule.code, rule.name)}
    rule = by_name.get(code) or by_name.get(code.upper())
    if rule is None:
        near = nearest(code, by_name)
        raise UsageError(f"no rule {code!r}", f"did you mean {near}? see `fixnews rules`")
    console.report(_told(rule, rule.explained()))
    return 0


def _told(rule: Rule, told: Explanation) -> Iterator[str]:
    """An explanation as it is read."""
    yield f"{rule.code} {rule.name}\n{told.summary}\n"
    yield from (f"\n{fill(text, PROSE)}\n" for text in (told.why, told.safe))
    yield f"\n{_supposed(told)}Before:\n\n{_indented(told.before)}\nAfter:\n\n"
    yield "(only reported)\n" if told.after is None else _indented(told.after)


def _supposed(told: Explanation) -> str:
    """What the example needs in a file of the reader's own."""
    setting, content = told.supposes
    return f"With this in a file that `{setting}` names:\n\n{_indented(content)}\n" * bool(setting)


def _indented(page: str) -> str:
    return "".join(f"    {line}\n" for line in page.split("\n"))


def show_config(config: Config, path: Path | None, console: Console) -> int:
    """The settings that hold here, as TOML."""
    console.report((f"# {path or 'no configuration file: the defaults'}\n",))
    table = as_table(config)
    console.report(f"{key} = {_toml(value)}\n" for key, value in table.items() if value is not None)
    if any(patterns(config)):
        console.report(_names_here(config))
    return 0


def _names_here(config: Config) -> Iterator[str]:
    """What the reader's own patterns make of the files at hand, a remark a file."""
    files = [path for pages in find([Path()], config).issues for path in pages]
    yield f"# what the patterns find in the names of the {len(files)} files here:\n"
    for path in files[:SHOWN]:
        told = patterns(config).read(str(path))
        facts = (("issue", told.issue or told.day), ("page", told.page), ("article", told.article))
        said = ", ".join(f"{what} {value}" for what, value in facts if value and value != UNKNOWN)
        yield f"#   {path}: {said or 'nothing'}\n"
    if len(files) > SHOWN:
        yield f"#   and {len(files) - SHOWN} more\n"


def _toml(value: Any) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return as_json(str(value) if isinstance(value, Path) else value)
