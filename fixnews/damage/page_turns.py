"""Stories that go on on another page, with the jump lines that newspapers print at both places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from fixnews.changes import Edit, Move
from fixnews.damage.typesetting import LEAST, may_break
from fixnews.jumps.spellings import both
from fixnews.patterns import lazy
from fixnews.words.han import is_traditional

JUMPS = 0.5
"""Share of the stories on a page that go on elsewhere at rate 1, where they are long enough."""

LONG = 160
"""Characters of a story, at least, that a newspaper would cut."""

HEADLINE = 30
"""Characters of the longest line that is taken for a headline."""

OUT, IN = ("下转", "紧转", "下接", "转下"), ("上接", "接上", "上承")
"""Words that make a jump line by themselves; `fixnews.jumps.spellings` has them all."""

FRAMES = ("（{}）", "({})", "【{}】", "▶{}", "——{}", "……{}", "{}")
"""What stands around a jump line; drawn anew for each."""

PAGES = ("{}版", "第{}版", " {} 版", "今日{}版")
"""How the page is named in it."""

SIGNED = ("记者", "記者", "通讯员", "通訊員", "本报", "本報", "作者", "文/", "——")
"""How lines begin that stand between a headline and its text."""

_SIGNED = "|".join(SIGNED)
_LONG = rf"[^\n\f]{{{HEADLINE + 1},}}"
_STORY = lazy(
    rf"(?:\A|(?<=\n))(?P<head>(?!{_SIGNED})[^\n\f]{{2,{HEADLINE}}}(?<![，。！？；：,.!?;:])\n+)"
    rf"(?:(?:{_SIGNED})[^\n\f]*\n+)*(?P<body>{_LONG}(?:\n+{_LONG})*)"
)
"""A headline, who signs, and the long lines below."""


class Story(NamedTuple):
    """A story of a page: its headline, and where its body stands."""

    headline: str
    start: int
    end: int


class Turn(NamedTuple):
    """One jump: the rest of a story from ``cut`` on goes to the end of another page."""

    edits: tuple[Edit, Edit]
    move: Move


def stories(text: str) -> list[Story]:
    r"""The stories of a page that are told by their headlines, in order.

    >>> stories("长桥通车\n\n" + "昨天上午，" * 9 + "\n")
    [Story(headline='长桥通车', start=6, end=51)]
    """
    found = _STORY.finditer(text)
    return [Story(m["head"].strip(), *m.span("body")) for m in found]


def turns(
    sheets: Sequence[tuple[int, str]], labels: Sequence[str], chance: Random, rate: float
) -> Iterator[Turn]:
    """The jumps of an issue: each goes from a page to one further on.

    Args:
        sheets: for each page where it begins in the text of all, and its text.
        labels: what each page is called in a jump line: A1, 4; nothing where it has no name.
        chance: what is drawn.
        rate: 1 for `JUMPS`.
    """
    for number, (base, text) in enumerate(sheets):
        targets = [n for n in range(number + 1, len(sheets)) if labels[n]]
        script = is_traditional(text)
        for story in stories(text) if labels[number] and targets else ():
            cut = _cut(text, story, chance)
            if chance.random() < JUMPS * rate and cut:
                there = chance.choice(targets)
                out = _jump_line(OUT, labels[there], chance, traditional=script)
                into = _jump_line(IN, labels[number], chance, traditional=script)
                end = sheets[there][0] + len(sheets[there][1].rstrip("\n"))
                edits = Edit(base + cut, base + cut, out), Edit(end, end, _heading(story, into))
                yield Turn(edits, Move(base + cut, base + story.end, end))


def _heading(story: Story, into: str) -> str:
    """What stands above the rest of a story: its headline once more, and the jump line."""
    return f"\n\n{story.headline}\n\n{into}\n"


def _cut(text: str, story: Story, chance: Random) -> int:
    """Where a story is cut: inside a paragraph of its second half, or 0."""
    if story.end - story.start < LONG:
        return 0
    first = (story.start + story.end) // 2
    places = range(first, story.end - LEAST)
    near = [at for at in places if "\n" not in text[at - LEAST : at + LEAST]]
    fit = [at for at in near if may_break(text, at)]
    return chance.choice(fit) if fit else 0


def _jump_line(words: Sequence[str], label: str, chance: Random, *, traditional: bool) -> str:
    """A jump line to or from a page: （下转A4版）, ▶上接第1版."""
    word = both(chance.choice(words))[-1 if traditional else 0]
    page = chance.choice(PAGES).format(label)
    return chance.choice(FRAMES).format(f"{word}{page}")
