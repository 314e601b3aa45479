"""What a shell offers behind a word that was begun: rules, and runs that can be undone."""

from __future__ import annotations


def complete_code(incomplete: str) -> list[tuple[str, str]]:
    """The rules that a code begun like this may mean, with what they do; families first."""
    from fixnews.filters import rules

    begun = incomplete.upper()
    families = {rule.code[:3]: f"all of {rule.code[:3]}" for rule in rules()}
    meant = [rule for rule in rules() if rule.code.startswith(begun)]
    found = [(family, all_of) for family, all_of in families.items() if family.startswith(begun)]
    return found + [(rule.code, rule.explained().summary) for rule in meant]


def complete_run(incomplete: str) -> list[tuple[str, str]]:
    """The runs that can be undone, the last one first, each with its first file."""
    from fixnews.kept_runs import runs

    found = [(run.name, run.files[0].path) for run in reversed(runs()) if run.files]
    return [(name, path) for name, path in found if name.startswith(incomplete)]
