"""All that people read is there in every language; what programs read is the same in all."""

from __future__ import annotations

import json
import pickle
import re
import string
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import fixnews
from fixnews.errors import DataError, FixnewsError, PageError
from fixnews.filters import Rule, Selection, rules
from fixnews.message import Message
from fixnews.pipeline import threshold
from fixnews.report.cells import text_width
from fixnews.rules import HOME as RULES
from fixnews.tongues import HOME, TAGS, Tongue
from fixnews.tongues.catalogue import entries
from fixnews.tongues.choice import chosen, of_locale
from tests.templates import has_letters, offenders, templates
from tests.test_rules import supposed
from tests.toy import Ran, call

FOREIGN = TAGS[1:]
each_tongue = pytest.mark.parametrize("tag", FOREIGN)
each_rule = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)


def catalogue(tag: str) -> dict[str, str]:
    return dict(entries((HOME / f"{tag}.po").read_text("utf-8"), tag))


@each_tongue
def test_every_text_of_the_program_is_translated(tag: str) -> None:
    there = catalogue(tag)
    lacking = [f"{place}: {text!r}" for text, place in templates().items() if not there.get(text)]
    assert not lacking, "\n".join(lacking)


@each_tongue
def test_nothing_is_translated_that_nobody_says(tag: str) -> None:
    assert not catalogue(tag).keys() - templates().keys()


def test_no_text_is_put_together_before_it_is_a_message() -> None:
    assert list(offenders()) == []


def places(text: str) -> Counter[tuple[str | None, ...]]:
    return Counter(found[1:] for found in string.Formatter().parse(text) if found[1] is not None)


@each_tongue
def test_a_translation_has_the_places_of_the_original(tag: str) -> None:
    for text, there in catalogue(tag).items():
        if "{" in text:
            assert places(there) == places(text), text


SAME = {
    "Markdown", "LaTeX", "JSON", "XML", "hOCR", "YAML", "SQL", "Makefile", "diff", "MB {step}",
    "a diff", "a Makefile", "pip install 'fixnews[pdf]'", "pip install 'fixnews[corpus]'",
    "fixnews rules --format json", "full|concise|json|jsonl|csv|github|sarif|rdjson",
    "{scheduler}: fixnews {found}",
}  # fmt: skip
"""What is written alike in every language."""


@each_tongue
def test_a_translation_is_chinese(tag: str) -> None:
    for text, there in catalogue(tag).items():
        assert text in SAME or re.search("[\u3000-\u9fff\uff00-\uffef]", there), text
        assert not re.search("[a-z]{4,} [a-z]{2,} [a-z]{2,}", there) or re.search(
            "fixnews|auto", there
        )


@each_tongue
def test_the_rules_are_told_in_every_language(tag: str) -> None:
    files = {path.stem: path for path in (RULES / tag).glob("*")}
    assert sorted(files) == [rule.code for rule in rules()]
    for code, path in files.items():
        assert tomllib.loads(path.read_text("utf-8")).keys() == {"summary", "why", "safe"}, code


@each_tongue
@each_rule
def test_a_rule_is_told_with_its_figures_and_its_own_example(tag: str, rule: Rule) -> None:
    own, told = rule.explained(), rule.explained(language=tag)
    assert (told.before, told.after, told.data) == (own.before, own.after, own.data)
    for text, there in ((own.summary, told.summary), (own.why, told.why), (own.safe, told.safe)):
        assert re.search("[\u4e00-\u9fff]", there)
        assert text != there


FIGURES = ("{SURE}", "{EVEN}")


@each_tongue
@each_rule
def test_a_rule_mentions_the_same_figures(tag: str, rule: Rule) -> None:
    own = tomllib.loads((RULES / f"{rule.code}.toml").read_text("utf-8"))
    there = tomllib.loads((RULES / tag / f"{rule.code}.toml").read_text("utf-8"))
    for key in ("summary", "why", "safe"):
        assert places(there[key]) == places(own[key]), (rule.code, key)


@each_rule
def test_what_a_rule_says_of_its_example_is_translated(rule: Rule, tmp_path: Path) -> None:
    told = rule.explained()
    result = fixnews.fix(
        told.data or told.before,
        selection=Selection(select=(rule.code[:3],)),
        decide=threshold(unsafe=True),
        context=supposed(told, tmp_path),
    )
    known = catalogue("zh-CN")
    for correction in result.corrections:
        for text in (correction.message, *(figure for _, figure in correction.evidence)):
            assert [t for t in spoken_of(text) if has_letters(t) and t not in known] == []
        assert {fact for fact, _ in correction.evidence} <= known.keys()


def spoken_of(text: object) -> Iterator[str]:
    """The templates that a message is made of."""
    if isinstance(text, Message):
        yield text.template
        for part in text.values.get("parts", ()):
            yield from spoken_of(Message(part))
        for value in text.values.values():
            yield from spoken_of(value)


LOCALES = (
    ({}, "en"),
    ({"LANG": "en_GB.UTF-8"}, "en"),
    ({"LANG": "zh_CN.UTF-8"}, "zh-CN"),
    ({"LANG": "zh_SG.GBK"}, "zh-CN"),
    ({"LANG": "zh_TW.UTF-8"}, "zh-TW"),
    ({"LANG": "zh_HK"}, "zh-TW"),
    ({"LANG": "zh_MO.UTF-8"}, "zh-TW"),
    ({"LANG": "zh_Hant_TW.UTF-8"}, "zh-TW"),
    ({"LANG": "ja_JP.UTF-8"}, "en"),
    ({"LANG": "C"}, "en"),
    ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "zh-TW"),
    ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
    ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh-CN"),
    ({"LANG": "zh_CN.UTF-8", "LC_CTYPE": "en_US.UTF-8"}, "zh-CN"),
)


@pytest.mark.parametrize(("environment", "tag"), LOCALES)
def test_the_locale_says_which_language(environment: dict[str, str], tag: str) -> None:
    assert of_locale(environment) == tag


CALLS = (
    (["check"], "", "en"),
    (["check"], 'language = "zh-CN"', "zh-CN"),
    (["check"], 'language = "auto"', "zh-TW"),
    (["check"], 'language = "Chinese"', "zh-TW"),
    (["check"], "language = [", "zh-TW"),
    (["check", "--language", "en"], 'language = "zh-CN"', "en"),
    (["check", "--language=en"], 'language = "zh-CN"', "en"),
    (["--language", "en", "check"], 'language = "zh-CN"', "en"),
    (["--language", "en", "check", "--language", "zh-TW"], 'language = "zh-CN"', "zh-TW"),
    (["check", "--language"], 'language = "zh-CN"', "zh-CN"),
    (["check", "--language", "French"], 'language = "zh-CN"', "zh-CN"),
    (["check", "--isolated"], 'language = "zh-CN"', "zh-TW"),
    (["check", "--config", "other.toml"], 'language = "zh-CN"', "en"),
)


@pytest.mark.parametrize(("arguments", "settings", "tag"), CALLS)
def test_option_before_configuration_before_locale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], settings: str, tag: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fixnews.toml").write_text(settings, "utf-8")
    (tmp_path / "other.toml").write_text('language = "en"', "utf-8")
    locale = {"LANG": "zh_TW.UTF-8"} if settings else {}
    assert chosen(arguments, locale).tag == tag


MACHINES = (
    "check --format json", "check --format jsonl", "check --format csv", "check --format sarif",
    "check --format github", "check --format rdjson", "check --format concise",
    "check --statistics --format json", "check --statistics --format csv", "articles", "fix",
    "diff", "rules --format json", "rules --format jsonl",
)  # fmt: skip


def spoken(tmp_path: Path, words: str, tag: str) -> Ran:
    path = tmp_path / "A1.txt"
    path.write_bytes("喜迎党代会,奋进新征程\n形势稳注,增长\n".encode())
    page = [] if words.startswith("rules") else ["A1.txt"]
    return call(*words.split(), *page, "--language", tag, cwd=tmp_path)


@pytest.mark.parametrize("words", MACHINES)
def test_what_programs_read_is_the_same_in_every_language(tmp_path: Path, words: str) -> None:
    english, *others = (spoken(tmp_path, words, tag) for tag in TAGS)
    assert english.stdout
    for other in others:
        assert (other.returncode, other.stdout) == (english.returncode, english.stdout)


PEOPLE = (
    ("check", "稳妥", "穩妥"),
    ("check --statistics", "每千字", "每千字"),
    ("check --group-by rule", "共 2 处", "共 2 處"),
    ("diff --color always", "稳妥", "穩妥"),
    ("explain BRK101", "把断在词中间的行接回。", "把斷在詞中間的行接回。"),
    ("rules", "把断在词中间的行接回。", "把斷在詞中間的行接回。"),
    ("config show", "没有配置文件", "沒有設定檔案"),
)


@pytest.mark.parametrize(("words", "simplified", "traditional"), PEOPLE)
def test_what_people_read_is_in_their_language(
    tmp_path: Path, words: str, simplified: str, traditional: str
) -> None:
    (tmp_path / "A1.txt").write_text("喜迎党代会,奋进新征程,好\n", "utf-8")
    path = ["A1.txt"] if words.startswith(("check", "diff")) else []
    said = [call(*words.split(), *path, "--language", t, cwd=tmp_path).stdout for t in FOREIGN]
    assert (simplified in said[0].decode(), traditional in said[1].decode()) == (True, True)


REMARKS = (
    ("fix", "A1.txt: 已改 2 处", 0),
    ("check nowhere.txt", "fixnews: nowhere.txt: 没有这个文件或文件夹（请检查路径）", 2),
    ("check --languag", "错误：没有这个选项：--languag（可能是：--language）", 2),
    ("check --format xml", "错误：'--format' 的值无效：'xml'；请从 full", 2),
    ("chek", "错误：没有命令 'chek'。是否想用 'check'？", 2),
    ("explain", "错误：缺少参数 'code'。", 2),
    ("explain BRK10", "没有规则 'BRK10'（是否想用 BRK101？见 `fixnews rules`）", 2),
    ("check --min-confidence 7", "的值无效：不得大于 1", 2),
)


@pytest.mark.parametrize(("words", "said", "code"), REMARKS)
def test_what_is_said_is_in_the_readers_language(
    tmp_path: Path, words: str, said: str, code: int
) -> None:
    (tmp_path / "A1.txt").write_text("喜迎党代会,奋进新征程,好\n", "utf-8")
    page = ["A1.txt"] if words == "fix" else []
    run = call(*words.split(), *page, cwd=tmp_path, LC_ALL="zh_CN.UTF-8")
    assert said in run.stderr.decode()
    assert run.returncode == code


HELPS = (
    "", "fix", "check", "diff", "review", "undo", "articles", "corpus", "order", "rules",
    "explain", "train", "config", "config show", "dict", "dict check",
)  # fmt: skip
SCREEN = 23
"""Lines of a terminal of 24 above its prompt."""


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("words", HELPS)
def test_the_help_fits_a_screen_in_every_language(tmp_path: Path, tag: str, words: str) -> None:
    run = call(*words.split(), "--help", "--language", tag, cwd=tmp_path, COLUMNS="80")
    lines = run.stdout.decode().rstrip("\n").split("\n")
    assert run.returncode == 0
    assert max(map(text_width, lines)) < 80
    assert len(lines) <= SCREEN
    found = re.findall(r"(?m)^  (?:-\S.*?|\w+)  +(\S.*)$", "\n".join(lines))
    assert all(re.search("[\u3000-\u9fff]|\\|", text) for text in found) or tag == "en", found


@each_tongue
@pytest.mark.parametrize("words", ["fix", "check", "review", "order", "corpus"])
def test_every_option_is_explained_in_every_language(tmp_path: Path, tag: str, words: str) -> None:
    run = call(words, "--language", tag, "--help-all", cwd=tmp_path, COLUMNS="80")
    lines = run.stdout.decode().split("\n")
    assert max(map(text_width, lines)) < 80
    explained = [line for line in lines if line.startswith("  -") and line[26:].strip()]
    assert all(re.search("[\u3000-\u9fff]|\\|", line) for line in explained)


def test_a_message_is_its_english_text_and_keeps_its_template_on_its_way() -> None:
    inner = Message("{ghost} NULs", ghost=3)
    row = Message.joined("; ", ("a soft hyphen beside Chinese", inner))
    whole = Message("a jump line that OCR broke? {reason}", reason=row)
    assert whole == "a jump line that OCR broke? a soft hyphen beside Chinese; 3 NULs"
    assert json.dumps(whole) == json.dumps(str(whole))
    for told in (whole, pickle.loads(pickle.dumps(whole))):
        assert Tongue("zh-CN")(told) == "OCR 读坏的转版行？中文旁边的软连字符；3 个 NUL"


def test_what_a_message_quotes_is_not_translated() -> None:
    assert Tongue("zh-CN").of("wrote {path}", path="applied") == "已写入 applied"


def test_an_error_keeps_problem_and_remedy_on_its_way_from_another_process() -> None:
    error = PageError(Message("{path}: no such file", path="A1"), "check the path")
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(again, FixnewsError)
    assert (str(again), again.remedy) == ("A1: no such file (check the path)", "check the path")
    assert Tongue("zh-TW")(again.message) == "A1: 沒有這個檔案（請檢查路徑）"


@pytest.mark.parametrize("words", ["check A1.txt", "fix A1.txt", "--help", "explain BRK101"])
def test_an_english_call_reads_no_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    (tmp_path / "A1.txt").write_text("喜迎党代会,奋进新征程,好\n", "utf-8")
    monkeypatch.setattr(fixnews.tongues, "HOME", Path("nowhere"))
    fixnews.tongues._catalogue.cache_clear()
    assert call(*words.split(), cwd=tmp_path).returncode < 2
    assert call(*words.split(), "--language", "zh-CN", cwd=tmp_path).returncode == 2


BROKEN = (
    ('msgid "a" "b"\nmsgstr\n', "x.po:2"),
    ("msgid a\n", "x.po:1"),
    ('msgctxt "menu"\n', "x.po:1"),
    ('msgid "a\nmsgstr "b"\n', "x.po:1"),
)


@pytest.mark.parametrize(("text", "place"), BROKEN)
def test_a_line_that_is_none_of_a_catalogue_is_an_error(text: str, place: str) -> None:
    with pytest.raises(DataError, match=place):
        list(entries(text, "x.po"))


def test_a_language_without_its_catalogue_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixnews.tongues, "HOME", Path("nowhere"))
    with pytest.raises(DataError, match=r"zh-XX\.po: No such file"):
        Tongue("zh-XX")("taken back")
