"""What the published schemas of ALTO allow below ``alto``: elements, their order, their attributes.

Facts taken from the XML schemas of the ALTO board (github.com/altoxml/schema: alto-v2.0.xsd,
alto-3-0.xsd and alto-4-4.xsd, of 2010, 2014 and 2022), for the parts of a file that readers walk
through and `fix -w` writes into; ``Description``, ``Styles``, ``Tags`` and ``ReadingOrder`` are
not looked at. No package at hand carries the schemas themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

BLOCKS = "(TextBlock|Illustration|GraphicalElement|ComposedBlock)*"
PLACE = "HEIGHT WIDTH HPOS VPOS"
MARGINS = ("TopMargin", "LeftMargin", "RightMargin", "BottomMargin", "PrintSpace")

KINDS = {
    "float": re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|-?INF|NaN"),
    "share": re.compile(r"0*(0|1|0?\.\d+|0\.\d*|1\.0*)"),
    "truth": re.compile(r"true|false|0|1"),
    "name": re.compile(r"[^\W\d][\w.-]*"),
    "one": re.compile(r".", re.DOTALL),
    "few": re.compile(r".{0,3}", re.DOTALL),
    "part": re.compile(r"HypPart1|HypPart2|Abbreviation"),
}
"""How values are written; of the rest any text goes."""

TYPED = {
    **dict.fromkeys((*PLACE.split(), "ROTATION", "PHYSICAL_IMG_NR", "ACCURACY"), "float"),
    **dict.fromkeys(("WC", "PC", "GC", "VC"), "share"),
    **dict.fromkeys(("ID", "IDNEXT", "PROCESSING"), "name"),
    "CS": "truth",
    "SUBS_TYPE": "part",
}
"""The kind of an attribute, whatever element it is of."""


@dataclass(frozen=True)
class Rule:
    """What an element holds.

    Attributes:
        children: their names in their order, as a pattern; a blank behind each.
        needs, may: its attributes.
        typed: kinds of attributes that other elements have as well, of another kind.
    """

    children: str = ""
    needs: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    typed: tuple[tuple[str, str], ...] = ()

    def holds(self, element: Any) -> bool:
        names = "".join(f"{local(child)} " for child in element.iterchildren("*"))
        return re.fullmatch(re.sub(r"([A-Za-z]+)", r"\1 ", self.children), names) is not None

    def kind(self, name: str) -> str:
        return dict(self.typed).get(name) or TYPED.get(name, "")


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def rule(children: str = "", needs: str = "", may: str = "", **typed: str) -> Rule:
    found = frozenset(needs.split()), frozenset(may.split())
    grouped = re.sub(r"(?<![(|\w])([A-Za-z]+)(?=[?*+])", r"(\1)", children).replace(" ", "")
    return Rule(grouped, *found, tuple(typed.items()))


def _rules(version: int) -> dict[str, Rule]:
    """By element; what a later version added is asked of no earlier one."""
    late = version >= 4
    shape = "Shape? " if late else ""
    tags = " TAGREFS" * (version >= 3) + " PROCESSINGREFS" * late
    lang = " LANG CS" if version >= 3 else ""
    placed = ("", f" {PLACE}") if late else (f" {PLACE}", "")
    block = f"STYLEREFS ROTATION IDNEXT CS{tags}{placed[1]}"
    glyphs = "Glyph*" if late else ""
    space = rule(shape + BLOCKS, placed[0], "ID STYLEREFS" + " PROCESSINGREFS" * late + placed[1])
    text = f"{block} language{lang}" + " BASEDIRECTION" * late
    return {
        "alto": rule("Description? Styles? Tags? ReadingOrder? Layout", "", "SCHEMAVERSION"),
        "Layout": rule("Page+", "", "STYLEREFS"),
        "Page": rule(
            " ".join(f"{name}?" for name in MARGINS),
            "ID PHYSICAL_IMG_NR",
            "PAGECLASS STYLEREFS HEIGHT WIDTH PRINTED_IMG_NR QUALITY QUALITY_DETAIL POSITION "
            "PROCESSING ACCURACY PC" + " PROCESSINGREFS ROTATION LANG" * late,
        ),
        **dict.fromkeys(MARGINS, space),
        "ComposedBlock": rule(f"Shape? {BLOCKS}", f"ID{placed[0]}", f"{block} TYPE FILEID"),
        "Illustration": rule("Shape?", f"ID{placed[0]}", f"{block} TYPE FILEID"),
        "GraphicalElement": rule("Shape?", f"ID{placed[0]}", block),
        "TextBlock": rule("Shape? TextLine*", f"ID{placed[0]}", text),
        "TextLine": rule(
            f"{shape}(String SP?)+ HYP?",
            placed[0],
            f"ID STYLEREFS BASELINE CS{tags}{lang}{placed[1]}" + " BASEDIRECTION" * late,
        ),
        "String": rule(
            f"{shape}ALTERNATIVE* {glyphs}",
            "CONTENT",
            f"ID STYLEREFS STYLE SUBS_TYPE SUBS_CONTENT WC CC{tags}{lang} {PLACE}",
        ),
        "SP": rule("", "", f"ID {PLACE}" if version >= 3 else "ID WIDTH HPOS VPOS"),
        "HYP": rule("", "CONTENT", PLACE if version >= 3 else "WIDTH HPOS VPOS"),
        "ALTERNATIVE": rule("", "", "PURPOSE"),
        "Shape": rule("(Polygon|Ellipse|Circle)"),
        "Polygon": rule("", "POINTS"),
    } | ({
        "Glyph": rule("Shape? Variant*", "CONTENT", f"ID GC {PLACE}", CONTENT="one"),
        "Variant": rule("", "", "CONTENT VC", CONTENT="few"),
    } if late else {})  # fmt: skip


RULES = {version: _rules(version) for version in (2, 3, 4)}
AROUND = frozenset(("Description", "Styles", "Tags", "ReadingOrder"))
SPACE = re.compile(r"\{http://www\.loc\.gov/standards/alto/ns-v([234])#\}alto")


def breaches(data: bytes) -> list[str]:
    """Where a file is none by the schema of its namespace: line, element, and what is wrong."""
    etree = pytest.importorskip("lxml.etree", reason="lxml, of the extra dev, is not installed")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(data, parser)
    version = SPACE.fullmatch(root.tag)
    assert version, root.tag
    rules = RULES[int(version[1])]
    return [f"{element.sourceline} {told}" for element, told in _breaches(root, rules)]


def _breaches(element: Any, rules: dict[str, Rule]) -> Iterator[tuple[Any, str]]:
    name = local(element)
    known = rules.get(name)
    if known is None:
        yield element, f"{name} unknown"
        return
    if not known.holds(element):
        yield element, f"{name} holds what it may not, or in another order"
    own = {key: value for key, value in element.attrib.items() if not key.startswith("{")}
    yield from ((element, f"{name} lacks {key}") for key in known.needs - own.keys())
    for key, value in own.items():
        kind = known.kind(key)
        if key not in known.needs | known.may:
            yield element, f"{name} may not have {key}"
        elif kind and not KINDS[kind].fullmatch(value):
            yield element, f"{name} {key}={value!r} is no {kind}"
    for child in element.iterchildren("*"):
        if local(child) not in AROUND:
            yield from _breaches(child, rules)
