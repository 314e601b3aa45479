"""Files of recognisers that are patched: read again until reading them again changes nothing more.

A page of text that is repaired is the page that the next run reads. A file that is patched is not:
its lines stay apart where the text has joined them, so that the next run starts from another text.
Of 83 such files six had one to four words more to change when they were read again; of 43 none had
a third time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fixnews import filters
from fixnews.config import Config
from fixnews.correction import Correction
from fixnews.errors import FixnewsError
from fixnews.in_place import in_text_only, patched
from fixnews.issue import Outcome, context, decision, page, selection
from fixnews.pipeline import MAX_ROUNDS, Repair, repair
from fixnews.source import Source
from fixnews.steps import Decide


def settled(outcome: Outcome, config: Config, decide: Decide | None = None) -> Outcome:
    """The outcome with the bytes of every file that is patched, and what was found later.

    Args:
        outcome: the pages of an issue.
        config: the settings that it was made with.
        decide: what judged it.
    """
    files: dict[int, bytes] = {}
    later: list[Correction] = []
    done = outcome.repair
    for _ in range(MAX_ROUNDS):
        new = {n: data for n in range(len(done.sources)) if (data := _patched(done, n))}
        if not new:
            break
        later += _in_words(done.corrections) if files else ()
        files |= new
        sources = [_again(s, new.get(n), config) for n, s in enumerate(done.sources)]
        judged = context(sources, config), decide or decision(config), selection(config)
        done = repair(sources, *judged, chain=filters.CHAIN)
    return replace(outcome, files=files, later=tuple(later)) if files else outcome


def _patched(done: Repair, number: int) -> bytes | None:
    """The new bytes of a page's file; None where they are the old ones, or cannot be written."""
    source = done.sources[number]
    if source.positions is None:
        return None
    try:
        data = patched(source, [c for c in done.corrections if c.source == number])
    except FixnewsError:
        return None
    return data if data != source.data else None


def _again(source: Source, data: bytes | None, config: Config) -> Source:
    """A page that was patched, as it is read then; in the encoding that it was read in before."""
    if data is None or source.positions is None:
        return source
    same = replace(config, encoding=source.encoding, input_format=source.positions.format)
    return page(data, source.path, same)


def _in_words(corrections: Sequence[Correction]) -> list[Correction]:
    return [c for c in corrections if c.applied and c.page.positions and not in_text_only(c)]
