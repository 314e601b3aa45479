"""The house: dependencies point one way, heavy packages live in one file each."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import fixnews

HOUSE = Path(fixnews.__file__).parent

FLOORS = (
    {"message"},
    {
        "arrays",
        "version",
        "errors",
        "threads",
        "patterns",
        "recall",
        "positions",
        "attributes",
        "interrupts",
        "unconverted",
    },
    {"folders", "growing", "processors", "config_files", "controls"},
    {"tongues.catalogue"},
    {"tongues"},
    {"tongues.choice"},
    {"keepers"},
    {"source", "config", "files"},
    {"changes", "forest"},
    {"draft"},
    {"impression"},
    {"encoding.languages"},
    {"encoding.big5", "encoding.codes", "encoding.gb18030", "encoding.scripts"},
    {"encoding.cns", "encoding.frequency", "encoding.uao"},
    {"encoding.hz"},
    {"encoding.codec"},
    {"encoding.lattice", "encoding.registers", "encoding.shares"},
    {"encoding.folds", "encoding.mixture", "encoding.remains"},
    {"encoding.traces"},
    {"encoding.detection", "encoding.damage", "encoding.sevenbit"},
    {"encoding.inverse", "encoding.writing"},
    {"encoding.origins"},
    {"encoding"},
    {"own_lists"},
    {"formats.gzipped", "formats.spelling"},
    {"formats.gathering", "formats.rewording", "formats.tags"},
    {"formats.patching", "formats.ranks", "formats.setting"},
    {
        "formats.alto",
        "formats.box_json",
        "formats.hocr",
        "formats.page_xml",
        "formats.pdf",
        "formats.tsv",
    },
    {"formats"},
    {"formats.on_disk", "formats.scans"},
    {"language.alphabet", "language.archive", "language.hashed"},
    {"language.ngrams"},
    {"language"},
    {"language.training"},
    {
        "words.han",
        "words.lexicon",
        "words.phrases",
        "words.likeness",
        "words.cohesion",
        "words.components",
    },
    {"words.dictionary", "words.terms", "words.transliteration", "words.variants"},
    {"jumps.assignment", "jumps.refs", "jumps.spellings"},
    {"jumps.grammar", "jumps.page_names", "layout.furniture"},
    {"jumps.own_lines", "jumps.labels"},
    {"jumps.markers"},
    {"jumps.printed_lines"},
    {"jumps.titles"},
    {"jumps.fragments"},
    {"jumps.repeated_headlines", "jumps.other_halves"},
    {"jumps.matching", "jumps.broken_markers", "jumps.read_across", "jumps.reprinted"},
    {"jumps.arrows"},
    {"layout.reading"},
    {"layout.column_width"},
    {"layout.page", "layout.page_bounds", "layout.register", "layout.edges", "layout.latin_seams"},
    {"layout.endings", "layout.blocks", "layout.intruders"},
    {"layout.faces", "layout.boundary_evidence"},
    {"layout.boundaries"},
    {"layout.seams"},
    {"layout.verse", "layout.unfinished"},
    {"layout.look"},
    {"layout.closed", "layout.held_open"},
    {"layout.odds"},
    {"order", "order.placed", "order.reads_on"},
    {"order.gutters"},
    {"order.pieces"},
    {"order.place_of_cut"},
    {"order.chains"},
    {"order.cutting", "order.segments", "order.side_by_side", "order.top_and_foot"},
    {"order.whole_lines"},
    {"order.headings", "order.stacks"},
    {"order.parting"},
    {"order.doubts"},
    {"order.arranging"},
    {"order.page_text"},
    {"order.outline"},
    {"islands.kinds", "islands.delimited", "islands.grammars"},
    {"islands.chart", "islands.formats"},
    {"islands.genre"},
    {"islands.gaps", "islands.markup", "islands.names", "islands.rows", "islands.signs"},
    {"islands"},
    {"rules"},
    {"contract", "filters.stretches"},
    {"marks.confusion", "marks.rivals", "marks.pointing", "marks.presentation"},
    {"marks.quotations", "marks.widths", "marks.sheets", "marks.habits", "marks.dashes"},
    {"marks.brackets", "marks.doubles", "marks.name_dots", "marks.strokes", "marks.torn"},
    {"marks.keystrokes", "marks.questions", "marks.straight"},
    {"marks.judge"},
    {"characters.channel", "characters.completions", "characters.print_likeness"},
    {"characters.bylines", "characters.cloze", "characters.wording"},
    {"characters.weighing"},
    {"characters.filling"},
    {"characters.suspects"},
    {
        "characters.fluency",
        "characters.folding",
        "characters.misreadings",
        "characters.strays",
        "characters.unread",
    },
    {"marks.neighbours"},
    {"marks.oddities"},
    {"marks.surroundings"},
    {"witness"},
    {"marks.evidence"},
    {"marks.sites"},
    {"marks.unasked"},
    {"characters.restraint"},
    {"characters.case"},
    {"filters"},
    {"correction"},
    {"composing"},
    {"spared"},
    {"foretold"},
    {"desk"},
    {"steps"},
    {"pipeline"},
    {"in_place"},
    {"exclusion"},
    {"walk", "journal", "outputs", "article"},
    {"kept_runs"},
    {"recovery"},
    {"issue"},
    {"settling"},
    {"writing_back"},
    {"verdicts", "series", "own_words"},
    {"answers"},
    {"report", "review", "console"},
    {"result"},
    {"api"},
    {"review.keyboard", "review.sitting"},
    {"review.terminal"},
    {"review.prompt"},
    {"review.series_list"},
    {"manpage", "offers", "tongues.refusals"},
    {"damage.injury", "damage.garbling", "damage.misread", "damage.slips", "damage.typesetting"},
    {"damage.page_turns"},
    {"damage.bookkeeping"},
    {"damage"},
    {"options"},
    {"command_options"},
    {"corpus.zip_names", "corpus.deafness"},
    {"corpus.storage"},
    {"corpus.compression", "corpus.shards", "corpus.plots"},
    {"corpus.leaves"},
    {"corpus.deaths", "corpus.form_feeds", "corpus.json_lines", "corpus.mending"},
    {"corpus.columnar", "corpus.page_files"},
    {"corpus.ledger", "corpus.planning", "corpus.readers"},
    {"corpus.joining", "corpus.tallies", "corpus.working"},
    {"corpus.cluster", "corpus.progress", "corpus.summary"},
    {"corpus.manifest"},
    {"corpus.running"},
    {"editor", "editor.columns", "editor.settings"},
    {"editor.checking"},
    {"editor.opened", "editor.remedies"},
    {"editor.telling"},
    {"editor.diagnostics"},
    {"editor.protocol"},
    {"browser", "browser.guard", "browser.scan_pictures", "browser.snapshot"},
    {"browser.facts", "browser.room"},
    {"browser.doors"},
    {"browser.serving"},
    {"commands"},
    {"calling"},
    {"cli"},
)
"""From the ground up: a file may import from its own floor and those below.

A folder that stands as a whole has one name; where its files build on one another, each has its
own, and the folder's name is its `__init__.py`.
"""

LONGEST_FILE, LONGEST_FUNCTION = 350, 40
"""Lines of a file, and of a function without its docstring."""

MOST_METHODS = 18

ONE_HOME = dict.fromkeys(
    ("opencc", "chardet", "rapidfuzz", "rjieba", "threadpoolctl", "dask", "distributed", "fsspec",
     "prompt_toolkit", "pyarrow", "pypdfium2", "zstandard", "pygls", "lsprotocol", "starlette",
     "uvicorn"), 1,
)  # fmt: skip


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    found = ((p.relative_to(HOUSE).with_suffix(""), p) for p in sorted(HOUSE.rglob("*.py")))
    return tuple((name.as_posix(), ast.parse(p.read_text("utf-8"))) for name, p in found)


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (meant(node.module, alias.name) for alias in node.names)


def meant(module: str, name: str) -> str:
    """The module that is imported: ``from fixnews.words import han`` means `fixnews.words.han`."""
    inner = f"{module}.{name}"
    path = HOUSE.parent.joinpath(*inner.split("."))
    return inner if path.is_dir() or path.with_suffix(".py").is_file() else module


def floor(module: str) -> int | None:
    """Where a module stands: under its own name, or with its folder."""
    path = module.removeprefix("fixnews.").replace("/", ".").removesuffix(".__init__")
    names = (path, path.split(".")[0])
    return next((n for name in names for n, floor in enumerate(FLOORS) if name in floor), None)


def test_every_file_has_its_floor() -> None:
    homeless = {name for name, _ in modules() if floor(name) is None}
    rooms = ("characters", "corpus", "jumps", "layout", "marks", "words")
    packages = {f"{room}/__init__" for room in rooms}
    assert homeless == {"__init__", "__main__"} | packages


@pytest.mark.parametrize("name", [name for name, _ in modules()])
def test_dependencies_point_one_way(name: str) -> None:
    mine = floor(name)
    for target in imports(dict(modules())[name]):
        theirs = floor(target) if target.startswith("fixnews.") else None
        if mine is not None and theirs is not None:
            assert theirs <= mine, f"{name} imports {target} from a floor above"


@pytest.mark.parametrize("package", ONE_HOME)
def test_a_heavy_package_lives_in_one_file(package: str) -> None:
    users = [
        name for name, tree in modules() if package in {i.split(".")[0] for i in imports(tree)}
    ]
    assert len(users) <= ONE_HOME[package], users


NAMED_TWICE = {"__init__.py", "damage.py", "dictionaries.py"}
"""A folder's own file; and the commands, which are called as the user types them."""


def test_no_two_files_have_one_name() -> None:
    names = Counter(path.name for path in HOUSE.rglob("*.py"))
    assert {name for name, count in names.items() if count > 1} == NAMED_TWICE


@pytest.mark.parametrize("name", [name for name, _ in modules()])
def test_a_room_is_small(name: str) -> None:
    lines = (HOUSE / f"{name}.py").read_text("utf-8").count("\n")
    assert lines <= LONGEST_FILE, f"{name} has {lines} lines"


@pytest.mark.parametrize("name", [name for name, _ in modules()])
def test_functions_are_short(name: str) -> None:
    for node in ast.walk(dict(modules())[name]):
        if isinstance(node, ast.FunctionDef) and node.end_lineno:
            documented = isinstance(node.body[0], ast.Expr) and len(node.body) > 1
            first = node.body[1 if documented else 0].lineno
            assert node.end_lineno - first < LONGEST_FUNCTION, f"{name}: {node.name}"


@pytest.mark.parametrize("name", [name for name, _ in modules()])
def test_numpy_is_imported_once_at_the_top(name: str) -> None:
    for node in ast.walk(dict(modules())[name]):
        if isinstance(node, ast.FunctionDef):
            inside = {i.split(".")[0] for i in imports(ast.Module(node.body, []))}
            assert "numpy" not in inside, f"{name}: {node.name}"


def test_a_type_of_arrays_has_one_home() -> None:
    arrays = dict(modules())["arrays"]
    common = {name for name, _ in named(arrays)}
    assert "Floats" in common
    rooms = [(room, tree) for room, tree in modules() if room != "arrays"]
    types = [
        (r, n) for r, tree in rooms for n, told in named(tree) if "NDArray" in ast.unparse(told)
    ]
    again = [(room, name) for room, name in types if name in common]
    assert not again, "fixnews/arrays.py has these"


def named(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """What a module gives a name to, at its top."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            yield from ((x.id, node.value) for x in node.targets if isinstance(x, ast.Name))


@pytest.mark.parametrize("name", [n for n, _ in modules() if n.startswith(("jumps/", "layout/"))])
def test_what_is_told_of_a_page_has_a_type(name: str) -> None:
    assert "typing.Any" not in {f"{i}.{alias.name}" for i, alias in taken(dict(modules())[name])}


def taken(tree: ast.Module) -> Iterator[tuple[str, ast.alias]]:
    """Each name that a module imports, and from where."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias) for alias in node.names)


@pytest.mark.parametrize("name", [name for name, _ in modules()])
def test_no_class_is_a_corridor(name: str) -> None:
    for node in ast.walk(dict(modules())[name]):
        if isinstance(node, ast.ClassDef):
            doors = sum(isinstance(inner, ast.FunctionDef) for inner in node.body)
            assert doors <= MOST_METHODS, f"{name}: {node.name} has {doors} methods"
