"""What can be asked without a page: the rules, one rule, the settings."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import fill
from typing import Any

from fixnews.config import Config, as_table, nearest
from fixnews.console import Console
from fixnews.errors import UsageError
from fixnews.filters import Rule, rules

PROSE = 79
"""Columns of an explanation."""

FACTS = ("code", "name", "summary", "why", "safe", "before", "after", "default")
"""What a program reads of a rule."""


def show_rules(console: Console, output_format: str) -> int:
    """Every rule in a line."""
    facts = [{name: getattr(rule, name) for name in FACTS} for rule in rules()]
    if output_format == "json":
        console.report((json.dumps(facts, ensure_ascii=False, indent=1) + "\n",))
        return 0
    if output_format == "jsonl":
        console.report(json.dumps(fact, ensure_ascii=False) + "\n" for fact in facts)
        return 0
    if output_format != "full":
        raise UsageError(f"no list of rules as {output_format}", "choose full, json or jsonl")
    console.report(_rule_line(rule) for rule in rules())
    return 0


def _rule_line(rule: Rule) -> str:
    off = "" if rule.default else "  (off unless selected)"
    return f"{rule.code}  {rule.name:<24}  {rule.summary}{off}\n"


def explain(code: str, console: Console) -> int:
    """Everything about one rule."""
    by_name = {key: rule for rule in rules() for key in (rule.code, rule.name)}
    rule = by_name.get(code) or by_name.get(code.upper())
    if rule is None:
        near = nearest(code, by_name)
        raise UsageError(f"no rule {code!r}", f"did you mean {near}? see `fixnews rules`")
    after = "(only reported)\n" if rule.after is None else _indented(rule.after)
    prose = "".join(f"\n{fill(text, PROSE)}\n" for text in (rule.why, rule.safe) if text)
    console.report(
        (
            f"{rule.code} {rule.name}\n{rule.summary}\n{prose}\n",
            _supposed(rule), "Before:\n\n", _indented(rule.before), "\nAfter:\n\n", after,
        )
    )  # fmt: skip
    return 0


def _supposed(rule: Rule) -> str:
    """What the example needs in a file of the reader's own."""
    setting, content = rule.supposes
    return f"With this in a file that `{setting}` names:\n\n{_indented(content)}\n" * bool(setting)


def _indented(page: str) -> str:
    return "".join(f"    {line}\n" for line in page.split("\n"))


def show_config(config: Config, path: Path | None, console: Console) -> int:
    """The settings that hold here, as TOML."""
    console.report((f"# {path or 'no configuration file: the defaults'}\n",))
    table = as_table(config)
    console.report(f"{key} = {_toml(value)}\n" for key, value in table.items() if value is not None)
    return 0


def _toml(value: Any) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(str(value) if isinstance(value, Path) else value, ensure_ascii=False)
