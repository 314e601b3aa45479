"""Brings the catalogues of `fixnews/tongues` up to what the program says.

usage: python scripts/catalogue.py

A template that is new comes in with an empty translation, one that nobody uses any more goes, all
others keep theirs. Prints what is still to be translated, and ends with 1 if there is any.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from fixnews.tongues import HOME, TAGS  # noqa: E402
from fixnews.tongues.catalogue import entries  # noqa: E402
from tests.templates import templates  # noqa: E402

HEAD = """msgid ""
msgstr ""
"Project-Id-Version: fixnews\\n"
"Language: {tag}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


def main() -> int:
    """Rewrite the catalogues; how many translations are lacking."""
    lacking = 0
    for tag in TAGS[1:]:
        path = HOME / f"{tag}.po"
        there = dict(entries(path.read_text("utf-8"), path.name))
        rows = [_row(text, there.get(text, ""), place) for text, place in templates().items()]
        path.write_text(HEAD.format(tag=tag) + "".join(rows), "utf-8")
        for text in (text for text in templates() if not there.get(text)):
            lacking += 1
            print(f"{path.name}: {text!r}")
    return lacking


def _row(text: str, there: str, place: str) -> str:
    room = place.partition(":")[0]
    return f"\n#: {room}\nmsgid {_quoted(text)}\nmsgstr {_quoted(there)}\n"


def _quoted(text: str) -> str:
    r"""A text as a catalogue has it; one of several lines as a line each.

    >>> _quoted('say "no"'), _quoted("a\nb")
    ('"say \\"no\\""', '""\n"a\\n"\n"b"')
    """
    lines = text.replace("\\", "\\\\").replace('"', '\\"').splitlines(keepends=True)
    quoted = [f'"{line}"'.replace("\n", "\\n") for line in lines] or ['""']
    return quoted[0] if len(quoted) == 1 else "\n".join(('""', *quoted))


if __name__ == "__main__":
    sys.exit(bool(main()))
