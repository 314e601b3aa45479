"""Every rule explains itself with an example, and the example is true."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import fixnews
from fixnews.errors import DataError
from fixnews.filters import Context, Rule, Selection, rules
from fixnews.pipeline import threshold
from fixnews.rules import HOME, Explanation
from fixnews.tongues import TAGS

each = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)


@each
def test_the_example_of_a_rule_is_what_it_does(rule: Rule, tmp_path: Path) -> None:
    family, told = Selection(select=(rule.code[:3],)), rule.explained()
    result = fixnews.fix(
        told.data or told.before,
        selection=family,
        decide=threshold(unsafe=True),
        context=supposed(told, tmp_path),
    )
    assert rule.code in {c.code for c in result.corrections}
    expected = told.before if told.after is None else told.after
    assert result.text.rstrip("\n\f") == expected.rstrip("\n\f")


def supposed(told: Explanation, folder: Path) -> Context:
    setting, content = told.supposes
    (folder / "supposed").write_text(content, "utf-8")
    return Context(**{setting: (folder / "supposed",)} if setting else {})


def test_codes_and_names_are_unique() -> None:
    assert (
        len({rule.code for rule in rules()}) == len({rule.name for rule in rules()}) == len(rules())
    )


def test_every_rule_has_its_file_and_every_file_its_rule() -> None:
    assert sorted(path.stem for path in HOME.glob("*.toml")) == [rule.code for rule in rules()]


def test_nothing_else_lies_beside_the_files() -> None:
    others = {path.name for path in HOME.iterdir() if path.suffix != ".toml"}
    assert others - {"__pycache__"} == {"README.md", "__init__.py", *TAGS[1:]}


@each
def test_a_rule_has_a_code_and_a_slug(rule: Rule) -> None:
    assert re.fullmatch("[A-Z]{3}[0-9]{3}", rule.code)
    assert re.fullmatch("[a-z]+(-[a-z]+)*", rule.name)


@each
def test_a_text_mentions_every_figure_that_its_rule_gives(rule: Rule) -> None:
    held = (HOME / f"{rule.code}.toml").read_text("utf-8")
    prose = re.split("^before = ", held, flags=re.M)[0]
    mentioned = {name for _, name, _, _ in string.Formatter().parse(prose) if name}
    assert mentioned == {name for name, _ in rule.figures}


@each
def test_prose_is_one_paragraph_without_stray_blanks(rule: Rule) -> None:
    told = rule.explained()
    for text in (told.summary, told.why, told.safe):
        assert text == " ".join(text.split())


@each
def test_what_nobody_sees_is_written_as_an_escape(rule: Rule) -> None:
    held = (HOME / f"{rule.code}.toml").read_text("utf-8")
    assert all(c.isprintable() or c in "\n\u3000" for c in held)
    assert not re.search(r"[ \u3000]$", held, re.M)


WHOLE = {
    "summary": '"does it from {SURE:.0f} nats on"',
    "why": "'''\nbecause\nof {{this}}\n'''",
    "safe": '"always"',
    "before": '"""\n一,\\f二\n"""',
}
"""The lines of a file that says all it must."""


def explained(folder: Path, **lines: str) -> Explanation:
    held = "\n".join(f"{key} = {value}" for key, value in {**WHOLE, **lines}.items() if value)
    (folder / "TST101.toml").write_text(held, "utf-8")
    return Rule("TST101", "test", figures=(("SURE", 4.0),)).explained(folder)


def test_a_file_is_read_to_the_character(tmp_path: Path) -> None:
    told = explained(
        tmp_path,
        after="'''\n一{，}\n'''",
        data='"d2 bb 0a"',
        supposes='{ setting = "terms", content = "局\\n" }',
    )
    assert told == Explanation(
        "does it from 4 nats on", "because of {this}", "always", "一,\f二\n",
        "一{，}\n", b"\xd2\xbb\n", ("terms", "局\n"),
    )  # fmt: skip


def test_without_a_page_behind_it_a_rule_only_reports(tmp_path: Path) -> None:
    assert explained(tmp_path).after is None


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ({"whi": '"because"'}, "unknown: whi"),
        ({"why": "", "safe": ""}, "missing: safe, why"),
        ({"why": "7"}, "why: not a string, or empty"),
        ({"before": '""'}, "before: not a string, or empty"),
        ({"data": '"经"'}, "data: non-hexadecimal"),
        ({"supposes": '"terms"'}, "supposes: wants a setting and a content"),
        ({"supposes": '{ setting = "terms" }'}, "supposes: wants a setting and a content"),
        ({"safe": '"from {SURELY} on"'}, "safe: no figure of the rule: 'SURELY'"),
        ({"safe": '"from {} on"'}, "safe: no figure of the rule"),
        ({"safe": '"always'}, "text of a rule: "),
    ],
)
def test_a_file_that_is_wrong_is_refused(lines: dict[str, str], said: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=re.escape(f"TST101.toml: {said}")) as error:
        explained(tmp_path, **lines)
    assert "README.md" in error.value.remedy


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"TST101\.toml: text of a rule: No such file") as error:
        Rule("TST101", "test").explained(tmp_path)
    assert "reinstall" in error.value.remedy


def test_a_file_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "TST101.toml").write_bytes('summary = "经"'.encode("gbk"))
    with pytest.raises(DataError, match=r"TST101\.toml: text of a rule: 'utf-8' codec"):
        Rule("TST101", "test").explained(tmp_path)


def test_a_run_that_shows_no_rule_reads_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(rule: Rule) -> Explanation:
        raise AssertionError(f"{rule.code} was read")

    monkeypatch.setattr(Rule, "explained", refused)
    assert fixnews.fix("党,代会\n").text == "党，代会\n"
