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
from fixnews.message import Message
from fixnews.report.cells import cells, plain, wrapped
from fixnews.rules import Explanation, Rule
from fixnews.tongues import Tongue
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
        raise UsageError(
            Message("no list of rules as {output_format}", output_format=output_format),
            "choose full, json or jsonl",
        )
    console.report(_rule_line(rule, console.tongue) for rule in rules())
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


def _rule_line(rule: Rule, tongue: Tongue) -> str:
    off = "" if rule.default else f"  {tongue('(off unless selected)')}"
    summary = rule.explained(language=tongue.tag).summary
    return f"{rule.code}  {rule.name:<24}  {summary}{off}\n"


def explain(code: str, console: Console) -> int:
    """Everything about one rule."""
    by_name = {key: rule for rule in rules() for key in (rule.code, rule.name)}
    rule = by_name.get(code) or by_name.get(code.upper())
    if rule is None:
        near = nearest(code, by_name)
        raise UsageError(
            Message("no rule {code!r}", code=code),
            Message("did you mean {near}? see `fixnews rules`", near=near),
        )
    tongue = console.tongue
    console.report(_told(rule, rule.explained(language=tongue.tag), tongue))
    return 0


def _told(rule: Rule, told: Explanation, tongue: Tongue) -> Iterator[str]:
    """An explanation as it is read."""
    before, after = tongue("Before:"), tongue("After:")
    yield f"{rule.code} {rule.name}\n{told.summary}\n"
    yield from (f"\n{_paragraph(text, tongue)}\n" for text in (told.why, told.safe))
    yield f"\n{_supposed(told, tongue)}{before}\n\n{_indented(told.before)}\n{after}\n\n"
    yield f"{tongue('(only reported)')}\n" if told.after is None else _indented(told.after)


def _paragraph(text: str, tongue: Tongue) -> str:
    """A paragraph in lines; Chinese breaks between any two characters that may part."""
    if not tongue.foreign:
        return fill(text, PROSE)
    return "\n".join(plain(line) for line in wrapped(cells(text), PROSE))


def _supposed(told: Explanation, tongue: Tongue) -> str:
    """What the example needs in a file of the reader's own."""
    setting, content = told.supposes
    lead = tongue.of("With this in a file that `{setting}` names:", setting=setting)
    return f"{lead}\n\n{_indented(content)}\n" * bool(setting)


def _indented(page: str) -> str:
    return "".join(f"    {line}\n" for line in page.split("\n"))


def show_config(config: Config, path: Path | None, console: Console) -> int:
    """The settings that hold here, as TOML."""
    none = console.tongue("no configuration file: the defaults")
    console.report((f"# {path or none}\n",))
    table = as_table(config)
    console.report(f"{key} = {_toml(value)}\n" for key, value in table.items() if value is not None)
    if any(patterns(config)):
        console.report(_names_here(config, console.tongue))
    return 0


def _names_here(config: Config, tongue: Tongue) -> Iterator[str]:
    """What the reader's own patterns make of the files at hand, a remark a file."""
    files = [path for pages in find([Path()], config).issues for path in pages]
    lead = "what the patterns find in the names of the {n} files here:"
    yield f"# {tongue.of(lead, n=len(files))}\n"
    for path in files[:SHOWN]:
        told = patterns(config).read(str(path))
        facts = (("issue", told.issue or told.day), ("page", told.page), ("article", told.article))
        known = [(what, value) for what, value in facts if value and value != UNKNOWN]
        said = Message.joined(
            ", ",
            (Message("{what} {value}", what=Message(what), value=value) for what, value in known),
        )
        yield f"#   {path}: {tongue(said or 'nothing')}\n"
    if len(files) > SHOWN:
        yield f"#   {tongue.of('and {n} more', n=len(files) - SHOWN)}\n"


def _toml(value: Any) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return as_json(str(value) if isinstance(value, Path) else value)
