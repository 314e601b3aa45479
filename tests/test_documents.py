"""What a reader is told holds: every command runs as it is printed, every link leads somewhere."""

from __future__ import annotations

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
import zstandard

from fixnews.answers import HEADER
from fixnews.config import Config, load

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


PRINTED = sorted({c for path in DOCUMENTS for c in commands(path.read_text("utf-8"))})
"""Every command of every document, once."""


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
    print(f"{len(PRINTED)} commands are printed, {len(RUN)} are run:", *skipped, sep="\n  skipped ")
    assert len(RUN) > 40
    assert all(any(c.startswith(begin) for c in PRINTED) for begin in SKIPPED), "a reason for none"


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


READS = [
    ("which formats are read", "docs/formats.md", "| `alto` |"),
    ("how good joins are on hard-wrapped pages", "docs/guide/joins.md", "hard-wrapped"),
    ("how to run 100 GB", "docs/archives.md", "fixnews corpus archive/ -o repaired"),
]


@pytest.mark.parametrize(("question", "page", "answer"), READS)
def test_readme_leads_to_an_answer_in_a_click(question: str, page: str, answer: str) -> None:
    assert f"]({page})" in (ROOT / "README.md").read_text("utf-8"), question
    assert answer in (ROOT / page).read_text("utf-8"), question


def test_every_extra_that_is_named_can_be_installed() -> None:
    known = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = ("README.md", "Dockerfile", "Makefile", *(p.relative_to(ROOT) for p in DOCUMENTS))
    texts = "".join((ROOT / name).read_text("utf-8") for name in named)
    extras = {part for found in re.findall(r"(?:fixnews|\.|source)\[([\w,]+)\]", texts)
              for part in found.split(",")}  # fmt: skip
    assert {"pdf", "corpus", "bench", "site"} <= extras <= set(known["optional-dependencies"])
