"""Every rule explains itself with an example, and the example is true."""

from __future__ import annotations

from pathlib import Path

import pytest

import fixnews
from fixnews.filters import Context, Rule, Selection, rules
from fixnews.pipeline import threshold


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_the_example_of_a_rule_is_what_it_does(rule: Rule, tmp_path: Path) -> None:
    family = Selection(select=(rule.code[:3],))
    result = fixnews.fix(
        rule.data or rule.before,
        selection=family,
        decide=threshold(unsafe=True),
        context=supposed(rule, tmp_path),
    )
    assert rule.code in {c.code for c in result.corrections}
    expected = rule.before if rule.after is None else rule.after
    assert result.text.rstrip("\n\f") == expected.rstrip("\n\f")


def supposed(rule: Rule, folder: Path) -> Context:
    setting, content = rule.supposes
    (folder / "supposed").write_text(content, "utf-8")
    return Context(**{setting: (folder / "supposed",)} if setting else {})


def test_codes_and_names_are_unique() -> None:
    assert (
        len({rule.code for rule in rules()}) == len({rule.name for rule in rules()}) == len(rules())
    )


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_a_rule_says_all_that_it_should(rule: Rule) -> None:
    assert rule.code[:3].isupper()
    assert rule.code[3:].isdigit()
    assert len(rule.code) == len("BRK101")
    assert rule.name == rule.name.lower().replace(" ", "-")
    assert all((rule.summary, rule.why, rule.safe, rule.before))
