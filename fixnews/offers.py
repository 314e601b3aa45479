"""What the shell offers where a call is being typed: values of options, rules, runs."""

from __future__ import annotations

import os
from typing import Any

from fixnews.message import Message
from fixnews.tongues.choice import chosen


def complete(*values: str) -> dict[str, Any]:
    """The settings of an option with these values: the shell offers them, others are refused."""
    return {"autocompletion": lambda incomplete: [v for v in values if v.startswith(incomplete)]}


def complete_code(incomplete: str) -> list[tuple[str, str]]:
    """The rules that a code begun like this may mean, with what they do; families first."""
    from fixnews.filters import rules

    begun, tongue = incomplete.upper(), chosen((), os.environ)
    families = {rule.code[:3]: tongue(_family(rule.code[:3])) for rule in rules()}
    meant = [rule for rule in rules() if rule.code.startswith(begun)]
    found = [(family, all_of) for family, all_of in families.items() if family.startswith(begun)]
    return found + [(rule.code, rule.explained(language=tongue.tag).summary) for rule in meant]


def _family(prefix: str) -> Message:
    return Message("all of {prefix}", prefix=prefix)


def complete_run(incomplete: str) -> list[tuple[str, str]]:
    """The runs that can be undone, the last one first, each with its first file."""
    from fixnews.kept_runs import runs

    found = [(run.name, run.files[0].path) for run in reversed(runs()) if run.files]
    return [(name, path) for name, path in found if name.startswith(incomplete)]
