"""Dictionaries (DIC): words that are always wrong, and names that almost stand in a reader's list.

A dictionary of the reader's own is an order, as long as it names one right word. What comes with
fixnews is advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fixnews.draft import Edit, Safety, note
from fixnews.filters.contract import Context, Rule
from fixnews.islands import UNMARKED, WORDS
from fixnews.words import dictionary, terms
from fixnews.words.dictionary import Dictionary, Entry

OWN, COMMON, NEAR = "DIC101", "DIC102", "DIC201"

RULES = (
    Rule(
        OWN,
        "own-dictionary",
        "A word that your own dictionary calls wrong is corrected",
        "Every archive has its own stubborn misreadings and house spellings. A row of a file that"
        " the setting `dictionaries` names says what is wrong, what is right, and why:"
        " `wrong<TAB>right1 right2<TAB>note`. `same<TAB>same` protects a passage from every rule."
        " What stands inside its own correction already is left alone. `fixnews dict check` looks"
        " for rows that contradict each other; such a dictionary is refused.",
        "Applied where the row names exactly one right word, offered where it names several.",
        "江成日报讯：望江楼下人来人往。\n",
        "江城日报讯：望江楼下人来人往。\n",
        supposes=("dictionaries", "江成日报\t江城日报\tour own name\n"),
        touches=UNMARKED,
    ),
    Rule(
        COMMON,
        "common-error",
        "Offers the right form of a word that is often miswritten",
        "A short list of idioms and words with a wrong character that no reading makes right.",
        "Never applied unasked: it may be a quotation, or a play on words.",
        "他们再接再励，又修好了两座桥。\n",
        "他们再接再厉，又修好了两座桥。\n",
        touches=WORDS,
    ),
    Rule(
        NEAR,
        "near-term",
        "Reports a name that is almost one of your own terms",
        "A list of offices, companies and places, one a line, in a file that the setting `terms`"
        " names. What differs from a term by one character, or by two in a long one, and begins and"
        " ends as it does, is inconsistent with it: a misreading, or another office of almost the"
        " same name. The terms themselves are protected from every rule.",
        "Only reported: a list cannot tell which of the two is meant.",
        "市金融发展中心负责人介绍了情况。\n",
        None,
        supposes=("terms", "市金融发展服务中心\n"),
        touches=WORDS,
    ),
)


def propose(text: str, context: Context) -> Iterable[Edit]:
    """Corrections of the reader's dictionaries and of the shipped one, and near-misses of terms."""
    own = dictionary.load(context.dictionaries)
    yield from _corrected(text, own, OWN)
    taken = own.kept | own.entries.keys()
    for edit in _corrected(text, dictionary.common_errors(), COMMON):
        if text[edit.start : edit.end] not in taken:
            yield edit
    listed = terms.load(context.terms)
    for start, end, term, distance in terms.near_misses(text, listed) if listed else ():
        yield note(start, end, text, NEAR, f"{term} in your list differs by {distance}")


def _corrected(text: str, words: Dictionary, code: str) -> Iterator[Edit]:
    for start, end, entry in words.find(text):
        safety: Safety = "safe" if code == OWN and len(entry.rights) == 1 else "unsafe"
        yield Edit(start, end, entry.rights[0], code, _reason(entry), 1.0, safety)


def _reason(entry: Entry) -> str:
    others = f", or {' or '.join(entry.rights[1:])}" if len(entry.rights) > 1 else ""
    why = f" ({entry.note})" if entry.note else ""
    return f"{entry.path.name} has {entry.rights[0]}{others} for {entry.wrong}{why}"
