"""What a reader is told holds: every command runs as it is printed, every link leads somewhere."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
import typer.core
import typer.main
import zstandard

from fixnews.answers import HEADER
from fixnews.cli import app
from fixnews.config import Config, load
from fixnews.tongues import ENGLISH

ROOT = Path(__file__).parent.parent
TOP = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md")
DOCUMENTS = (*(ROOT / name for name in TOP), *sorted((ROOT / "docs").rglob("*.md")))

SAMPLES = ROOT / "samples"
BLOCK = re.compile(r"(?m)^(?: {4}.*(?:\n|\Z)|\n)+")
NAMES = ("fixnews", "pip", "make", "docker", "git", "some-ocr", "python")

SKIPPED = {
    "pip install": "changes the machine",
    "docker": "needs the network and a daemon",
    "make": "calls what other tests call, or takes minutes",
    "python benchmarks/": "needs corpora that do not ship",
    "python training/": "needs corpora that do not ship",
    "python scripts/": "needs a browser, or installs what a registry has",
    "fixnews --install-completion": "changes the shell of who runs the tests",
    "fixnews review": "asks a person; tests/test_review.py plays one",
    "fixnews undo RUN": "takes the name of a run",
    "fixnews train": "takes minutes; tests/test_training.py trains",
    "fixnews corpus s3://": "needs a store in the network",
}
"""How a command begins that no test runs, and why."""

ANSWERS = (0, 1)
"""Done; `check` and `diff` found something."""

GIVEN = (
    ("front-page/damaged", "issue"),
    ("front-page/damaged", "archive/2021-03-18"),
    ("front-page/damaged", "samples/front-page/damaged"),
    ("front-page/truth", "samples/front-page/truth"),
)
FILES = (
    ("front-page/damaged/A1.txt", ("A1.txt", "page.txt")),
    ("front-page/damaged/C2.txt", ("C2.txt",)),
    ("formats/A1.json", ("page.json",)),
    ("formats/A1.hocr", ("page.hocr",)),
    ("formats/A1.alto.xml", ("page.alto.xml",)),
    ("formats/A1.tsv", ("page.tsv",)),
    ("big5/damaged/04.txt", ("04.txt",)),
)
"""What lies in the reader's folder: samples under the names that the documents use."""


def commands(text: str) -> Iterator[str]:
    """The commands of a document, in its blocks of code, without their remarks."""
    for block in BLOCK.findall(text):
        for line in block.split("\n"):
            command = re.split(r"\s+#\s", line.strip())[0]
            if command.split(" ")[0] in NAMES and not re.search(r"[│…]|^\S+$", command):
                yield command


def spans(text: str) -> Iterator[str]:
    """What stands in backticks inside sentences, each in one line."""
    sentences = BLOCK.sub("\n", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    yield from (" ".join(span.split()) for span in re.findall(r"`([^`]+)`", sentences))


def group() -> Iterator[tuple[str, typer.core.TyperCommand]]:
    """Every command by its name, as it is typed behind ``fixnews``."""
    whole = typer.main.get_command(app)
    assert isinstance(whole, typer.core.TyperGroup)
    for name, command in whole.commands.items():
        inner = getattr(command, "commands", {})
        yield from ((f"{name} {part}", c) for part, c in inner.items())
        yield name, command


COMMANDS = dict(group())

TOLD = sorted({s for path in DOCUMENTS for s in spans(path.read_text("utf-8"))})
"""Every span of every document, once."""

CALLS = [s for s in TOLD if s.startswith(("fixnews ", "make "))]
"""Calls in sentences. One that only names a command is a mention of it, not a call."""

PLACEHOLDERS = {"COMMAND": "check", "CODE": "BRK101", "N": "1"}
PLACEHOLDER = re.compile(r"[A-Z]{2,}|[A-Z]|[A-Z],[A-Z]|0-1|1\\\|2")


def filled(call: str) -> list[str]:
    """The words behind ``fixnews``, with something that is possible for each placeholder."""
    return [PLACEHOLDERS.get(w, "a") if PLACEHOLDER.fullmatch(w) else w for w in call.split()[1:]]


def whole(call: str) -> bool:
    """Whether it can be run: it is no mention, has no placeholder, and names its pages."""
    words = call.split()[1:]
    takes = {p.name for p in COMMANDS[words[0]].params} if words[0] in COMMANDS else set()
    named = "paths" not in takes or any(re.search(r"[./]", word) for word in words)
    return " ".join(words) not in COMMANDS and filled(call) == words and named


PRINTED = sorted(
    {c for path in DOCUMENTS for c in commands(path.read_text("utf-8"))} | set(filter(whole, CALLS))
)
"""Every command of every document that can be run as it stands, once."""


def reason(command: str) -> str:
    """Why a command is not run, or nothing."""
    return next((why for begin, why in SKIPPED.items() if command.startswith(begin)), "")


RUN = [command for command in PRINTED if not reason(command)]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the commands on the path."""
    folder = tmp_path_factory.mktemp("bin")
    for name, script in {
        "fixnews": f'exec "{sys.executable}" -m fixnews "$@"',
        "some-ocr": f'cat "{SAMPLES / "front-page/damaged/A1.txt"}"',
    }.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A reader's folder: pages, an issue, an archive, a git repository around them."""
    for sample, place in GIVEN:
        shutil.copytree(SAMPLES / sample, tmp_path / place)
    for sample, names in FILES:
        for name in names:
            shutil.copy(SAMPLES / sample, tmp_path / name)
    (tmp_path / "answers.jsonl").write_text(HEADER, "utf-8")
    (tmp_path / "names.tsv").write_text("江成理\t江成里\n", "utf-8")
    row = '{"text": "党代会,新征程", "date": "2021-03-18", "page": "A1"}\n'
    (tmp_path / "news.jsonl.zst").write_bytes(zstandard.compress(row.encode()))
    shutil.copytree(
        SAMPLES / "formats", tmp_path / "scanned", ignore=shutil.ignore_patterns("truth", "*.md")
    )
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    return tmp_path


def test_they_are_many_and_few_are_skipped() -> None:
    skipped = [command for command in PRINTED if reason(command)]
    print(f"{len(CALLS)} calls stand in sentences, {sum(map(whole, CALLS))} of them whole")
    print(f"{len(PRINTED)} commands are printed, {len(RUN)} are run:", *skipped, sep="\n  skipped ")
    assert len(RUN) > 40
    assert all(any(c.startswith(begin) for c in PRINTED) for begin in SKIPPED), "a reason for none"


def parsed(words: list[str]) -> None:
    """Read a call as the command line does and do nothing; raises what a user would be told."""
    name = next(n for n in (" ".join(words[:2]), words[0]) if n in COMMANDS)
    COMMANDS[name].make_context(f"fixnews {name}", words[len(name.split()) :], obj=ENGLISH)


SHELL = ("--help", "--install-completion", "--show-completion")
"""Options of all tools made with typer: they act when they are read."""


@pytest.mark.parametrize("call", [c for c in CALLS if c.startswith("fixnews ")])
def test_a_call_in_a_sentence_is_understood(call: str) -> None:
    words = filled(call)
    if " ".join(words) not in COMMANDS and words[0] not in SHELL:
        with contextlib.suppress(typer.Exit):  # --help was read
            parsed(words)


MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


@pytest.mark.parametrize("call", sorted(c for c in {*CALLS, *PRINTED} if c.startswith("make ")))
def test_what_is_made_can_be_made(call: str) -> None:
    for word in call.split()[1:]:
        name, gives, _ = word.partition("=")
        assert f"$({name})" in MAKEFILE if gives else re.search(rf"(?m)^{name}:", MAKEFILE), word


NEEDED = {"corpus": "archive/ -o out", "damage": "issue/ -o out", "train": "c.txt -o m.model",
          "explain": "BRK101"}  # fmt: skip
"""What a command cannot be called without."""

OPTION = re.compile(rf"(?:(?P<command>{'|'.join(COMMANDS)}) )?(?P<option>--?[a-z][a-z-]*)"
                    r"(?: (?P<value>\S+))?")  # fmt: skip
OPTIONS = sorted({s for path in DOCUMENTS if "notes" not in path.parts
                  for s in spans(path.read_text("utf-8")) if OPTION.fullmatch(s)})  # fmt: skip
"""Options that a page for readers names; notes name those of scripts, too."""


@pytest.mark.parametrize("span", OPTIONS)
def test_an_option_in_a_sentence_is_one(span: str) -> None:
    found = OPTION.fullmatch(span)
    assert found
    command, option, value = found["command"], found["option"], found["value"]
    known = [name for name, c in COMMANDS.items() for p in c.params if option in p.opts]
    assert option in SHELL or (command in known if command else known), "no command has it"
    if value and not PLACEHOLDER.fullmatch(value):
        name = command or known[0]
        parsed([*name.split(), *NEEDED.get(name, "").split(), option, value])


def test_there_are_calls_and_options_in_sentences() -> None:
    assert len(CALLS) > 30
    assert len(OPTIONS) > 60


@pytest.mark.slow
@pytest.mark.parametrize("command", RUN)
def test_a_command_runs_as_it_is_printed(command: str, bench: Path, desk: Path) -> None:
    path = os.pathsep.join((str(bench), os.environ["PATH"]))
    source = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    given = {"PATH": path, "PYTHONPATH": source, "FIXNEWS_STATE": str(desk / ".state")}
    if command.startswith("fixnews undo"):
        before = "fixnews fix -qw issue"
        subprocess.run(before, shell=True, cwd=desk, env=os.environ | given, check=True)
    done = subprocess.run(
        command,
        shell=True,
        cwd=desk,
        env=os.environ | given,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in ANSWERS, done.stderr.decode()


def settings() -> Iterator[str]:
    """Every example of a configuration file, as TOML."""
    for path in DOCUMENTS:
        for block in BLOCK.findall(path.read_text("utf-8")):
            text = textwrap.dedent(block).replace("[tool.fixnews]\n", "")
            if re.match(r"\s*[\w-]+ = [\[\"]", text):
                yield text


@pytest.mark.parametrize("text", list(settings()))
def test_an_example_of_a_configuration_is_one(text: str, tmp_path: Path) -> None:
    file = tmp_path / "fixnews.toml"
    file.write_text(text, "utf-8")
    assert load(file)[0] != Config()


def test_there_are_examples_of_a_configuration() -> None:
    assert len(list(settings())) >= 3


def links(path: Path) -> Iterator[str]:
    """The links of a document to other files and places, without what is in code."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.DOTALL)
    yield from re.findall(r"\]\(([^)\s]+)\)", BLOCK.sub("\n", text))


def anchors(path: Path) -> set[str]:
    """What a link may name behind ``#``: the headings as GitHub spells them."""
    heads = re.findall(r"(?m)^#+ (.+)$", path.read_text("utf-8"))
    plain = (re.sub(r"[^\w\- ]", "", head.lower()) for head in heads)
    return {head.replace(" ", "-") for head in plain}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in links(path):
        if not re.match(r"https?:|mailto:", link):
            name, _, anchor = unquote(link).partition("#")
            target = (path.parent / name).resolve() if name else path
            assert target.exists(), link
            if anchor and target.suffix == ".md":
                assert anchor in anchors(target), link


def test_every_page_is_in_the_navigation() -> None:
    told = (ROOT / "zensical.toml").read_text("utf-8")
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in DOCUMENTS[len(TOP) :]}
    assert {page for page in pages if f'"{page}"' not in told} == {"tables/README.md"}


SEARCHED = [
    ("转版的文章：下转、上接", ["转", "版", "的", "文", "章", "下", "转", "上", "接"]),
    ("“下转C2版”", ["", "下", "转C2版", ""]),
    ("BRK101, broken-word 0.99", ["BRK101", "broken", "word", "0.99"]),
]


@pytest.mark.parametrize(("text", "words"), SEARCHED)
def test_the_search_of_the_site_knows_where_chinese_words_may_begin(
    text: str, words: list[str]
) -> None:
    told = tomllib.loads((ROOT / "zensical.toml").read_text("utf-8"))
    assert re.split(told["project"]["plugins"]["search"]["separator"], text) == words


READS = [
    (
        "docs/guide/files.md",
        "which-files-it-takes",
        "| ALTO, PAGE, hOCR,",
        "which formats are read",
    ),
    (
        "docs/guide/joins.md",
        "how-good-the-joins-are",
        "| hard-wrapped pages:",
        "how good joins are",
    ),
    ("docs/archives.md", "a-hundred-gigabytes", "fixnews corpus archive/ -o repaired", "100 GB"),
]


@pytest.mark.parametrize(("page", "anchor", "answer", "question"), READS)
@pytest.mark.parametrize("readme", TOP[:2])
def test_readme_leads_to_an_answer_in_a_click(
    readme: str, page: str, anchor: str, answer: str, question: str
) -> None:
    assert f"]({page}#{anchor})" in (ROOT / readme).read_text("utf-8"), question
    assert anchor in anchors(ROOT / page), question
    assert answer in section((ROOT / page).read_text("utf-8"), anchor), question


def section(text: str, anchor: str) -> str:
    """What stands under a heading, up to the next."""
    heading = rf"(?mi)^#+ {anchor.replace('-', '.')}$"
    return re.split(r"(?m)^#+ ", re.split(heading, text)[1])[0]


def test_every_extra_that_is_named_can_be_installed() -> None:
    known = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = ("README.md", "Dockerfile", "Makefile", *(p.relative_to(ROOT) for p in DOCUMENTS))
    texts = "".join((ROOT / name).read_text("utf-8") for name in named)
    extras = {part for found in re.findall(r"(?:fixnews|\.|source)\[([\w,]+)\]", texts)
              for part in found.split(",")}  # fmt: skip
    assert {"pdf", "corpus", "bench", "site"} <= extras <= set(known["optional-dependencies"])
