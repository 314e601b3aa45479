"""The pages of docs that say what the code does: spellings, names, rules; run to write them anew.

usage: python -m tests.tables
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import fixnews
from fixnews.filters import Selection, rules
from fixnews.jumps import markers, page_names

DOCS = Path(__file__).parents[1] / "docs"

ABOVE = (
    "“以前寄一封信要走两里路。”梁婆婆说，如今邮局不光收信，还代收水电费，连老花镜都给准备了三副，"
    "坐在窗边的"
)
BELOW = (
    "湿地公园赛龙舟\n二十六支队伍昨天上午在新落成的湿地公园比赛，年龄最大的划手六十八岁，"
    "最小的还在读高一。\n"
)

SPELLINGS = """# Jump lines, and what is made of them

Each line stands by itself below a sentence that it cuts, above the headline of another story, on
page 3; no other page is given. **Read** is where it points (→ out of the page, ← into it) and the
pages that it names; **glued** whether it is joined to a neighbour; **reported** the note. What is a
reference to another story is neither read nor reported. The rows are [data](tables/README.md).
"""

NAMES = """# Names of files, and what is read from them

Where a name says no page, the folio line printed on it tells, else its place. A name that is only
likely to be meant so gives way to a printed folio. Files of other habits are read by `issue-name`,
`page-name` and `article-name` in the [configuration](manual.md#configuration). Articles of one page
in several files are one page. The rows are [data](tables/README.md).
"""

RULES = """# Rules

What `fixnews explain CODE` says of each. `--select` and `--ignore` take codes and their beginnings.
"""

JUMPS = Selection(select=("JMP", "BRK"))
SIGNS = {"out": "→", "in": "←", "either": "↔"}


def lines_of(name: str) -> Iterator[tuple[str, ...]]:
    """The rows of a table's data."""
    _, *data = (DOCS / "tables" / f"{name}.tsv").read_text("utf-8").splitlines()
    return (tuple(line.split("\t")) for line in data)


def read_as(spelling: str) -> str:
    """How a line is read: an arrow out of the page or into it, and the pages that it names."""
    found = markers.find(f"{ABOVE}\n{spelling}\n\n{BELOW}")
    told = (f"{SIGNS[m.direction]} {', '.join(map(str, m.refs)) or '?'}" for m in found)
    return " ".join(told) or "–"


def done(spelling: str) -> fixnews.Result:
    """The page with the line on it, mended; it is page 3, and no other is given."""
    page = f"{ABOVE}\n{spelling}\n\n{BELOW}"
    return fixnews.fix_pages({"3": page}, selection=JUMPS)["3"]


def is_glued(spelling: str) -> bool:
    """Whether the line is joined to what stands above it or below."""
    lines = done(spelling).text.split("\n")
    return any(spelling in line and spelling != line for line in lines)


def reported(spelling: str) -> str:
    """The codes of what is said of the line."""
    start = len(ABOVE) + 1
    told = done(spelling).corrections
    codes = {
        c.code for c in told if c.code[:3] == "JMP" and start <= c.start < start + len(spelling)
    }
    return ", ".join(sorted(codes)) or "–"


def of_spellings() -> Iterator[str]:
    """The table of jump lines."""
    yield SPELLINGS
    yield "| line | printed by | is | read | glued | reported |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for line, who, kind in lines_of("jump-spellings"):
        shown = line.replace("|", "\\|").replace("*", "\\*")
        glued = "yes" if is_glued(line) else "no"
        yield f"| {shown} | {who} | {kind} | {read_as(line)} | {glued} | {reported(line)} |"


def said_of(path: str) -> tuple[str, str, str]:
    """What the name of a file says: issue, page, article; a dash for nothing."""
    told = page_names.read(path)
    page = str(told.page) if told.page.number else "-"
    return told.issue or told.day or "-", page, told.article or "-"


def of_names() -> Iterator[str]:
    """The table of the names of files."""
    yield NAMES
    yield "| file | named by | issue | page | article | sure |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for path, who, *_ in lines_of("page-names"):
        sure = "yes" if page_names.read(path).sure else "likely"
        yield f"| `{path}` | {who} | {' | '.join(said_of(path)).replace('-|', '–|')} | {sure} |"


def of_rules() -> Iterator[str]:
    """Every rule with what is told of it, and its example."""
    yield RULES
    for rule in rules():
        told = rule.explained()
        off = "" if rule.default else " Off unless it is selected."
        yield f"## {rule.code} {rule.name}\n\n{told.summary}{off}\n"
        yield f"{told.why.strip()}\n\n{told.safe.strip()}\n"
        for title, example in (("Before", told.before), ("After", told.after)):
            if example:
                yield f"{title}:\n\n{indented(example)}\n"


def indented(text: str) -> str:
    """An example as a block of Markdown, what a page cannot show as escapes."""
    shown = "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in text)
    return "\n".join(f"    {line}".rstrip() for line in shown.strip("\n").split("\n"))


TABLES: dict[str, Callable[[], Iterator[str]]] = {
    "jump-spellings.md": of_spellings,
    "page-names.md": of_names,
    "guide/rules.md": of_rules,
}


def written(table: str) -> str:
    """The text of a table's file."""
    return "\n".join(TABLES[table]()) + "\n"


if __name__ == "__main__":
    for table in TABLES:
        (DOCS / table).write_text(written(table), "utf-8")
