"""A page that is typed into is, after every key, what it would be if nobody had seen it before."""

from __future__ import annotations

import gc
import random
from collections.abc import Callable
from functools import _lru_cache_wrapper
from pathlib import Path

import pytest

from fixnews import fix, language
from fixnews.desk import Desk
from fixnews.editor.checking import Checked, Sheet
from fixnews.editor.settings import Settings
from fixnews.recall import Recall

SAMPLES = Path(__file__).parent.parent / "samples"
LONGEST = 3_000
"""Characters of a page: some of each kind of damage, and a run from scratch in a second."""

KEYS, COMPARED = 24, 6
"""Keys that are typed into each page, and after how many it is read from scratch as well."""

TYPED = "今天，县城里下了雨.记者走了一圈"


def _at(text: str, chance: random.Random, sign: str) -> int:
    """A place of a sign in a text; any place where it has none."""
    places = [n for n, c in enumerate(text) if c == sign]
    return chance.choice(places or range(len(text)))


def types(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(TYPED) + text[at:]


def types_at_the_end_of_a_line(text: str, chance: random.Random) -> str:
    at = _at(text, chance, "\n")
    return text[:at] + chance.choice(TYPED) + text[at:]


def deletes(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + text[at + 1 :]


def joins_lines(text: str, chance: random.Random) -> str:
    at = _at(text, chance, "\n")
    return text[:at] + text[at + 1 :]


def parts_a_line(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + "\n" + text[at:]


def quotes(text: str, chance: random.Random) -> str:
    """One half of a pair: its partner may stand far away, or nowhere."""
    at = chance.randrange(len(text))
    return text[:at] + chance.choice("“”《》（）") + text[at:]


def pastes_a_jump(text: str, chance: random.Random) -> str:
    at = _at(text, chance, "\n")
    return text[:at] + chance.choice(("（下转第二版）", "\n上接第一版\n")) + text[at:]


def pastes_a_paragraph(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return "\n".join(lines)


def takes_back(text: str, chance: random.Random) -> str:
    """A paragraph goes: what was far apart meets."""
    lines = text.split("\n")
    del lines[chance.randrange(len(lines))]
    return "\n".join(lines)


EDITS: tuple[Callable[[str, random.Random], str], ...] = (
    types, types, types, types_at_the_end_of_a_line, deletes, joins_lines, parts_a_line, quotes,
    pastes_a_jump, pastes_a_paragraph, takes_back,
)  # fmt: skip


def forget() -> None:
    """Forget all that was worked out of pages, lines and places; keep what was loaded."""
    for known in gc.get_objects():
        if isinstance(known, Recall):
            known.known.clear()
        elif isinstance(known, _lru_cache_wrapper):
            most = known.cache_parameters()["maxsize"]
            if most not in (None, language.MODELS):
                known.cache_clear()


def shown(found: Checked) -> tuple[object, ...]:
    """All that an editor is told of a page."""
    rows = [(c.to_dict(), c.start, c.end, c.to, c.evidence, c.keys) for c in found.corrections]
    return found.text, found.left_out, rows


def sheet() -> Sheet:
    return Sheet("A1.txt", Settings(), Desk())


def page(name: str) -> str:
    text = fix(file=SAMPLES / name, select="ENC").source.text
    return text[:LONGEST]


PAGES = [
    "front-page/damaged/A1.txt",
    "hard-wrapped/damaged/03.txt",
]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_remembered_changes_no_answer(name: str, seed: int) -> None:
    chance, typed, text = random.Random(seed), sheet(), page(name)
    typed.look(text)
    for number in range(KEYS):
        text = chance.choice(EDITS)(text, chance)
        found = typed.look(text)
        if number % (KEYS // COMPARED) == 0:
            told = shown(found)
            forget()
            assert told == shown(sheet().look(text)), (number, text)


def test_a_key_asks_little_that_is_new() -> None:
    """Of ten rows that a key asks about nine are known; on a longer page more."""
    typed, text = sheet(), page(PAGES[0])
    at = text.index("\n", len(text) // 2)
    typed.look(text)
    rows = [known for known in gc.get_objects() if isinstance(known, Recall)]
    before = sum(r.asked for r in rows), sum(r.worked_out for r in rows)
    for key in TYPED[:8]:
        text = text[:at] + key + text[at:]
        typed.look(text)
        at += 1
    asked, new = sum(r.asked for r in rows) - before[0], sum(r.worked_out for r in rows) - before[1]
    assert new < asked / 10
