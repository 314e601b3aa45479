"""The library's front door: text or bytes in, text and corrections out; no printing, no state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fixnews.correction import Correction
from fixnews.encoding import decode
from fixnews.filters import Context, Selection
from fixnews.pipeline import repair
from fixnews.source import Source
from fixnews.steps import Decide

__all__ = ["Result", "decode", "fix", "fix_pages"]


@dataclass(frozen=True, slots=True)
class Result:
    """One repaired page.

    Attributes:
        text: the page as repaired.
        corrections: what was changed or suggested on it, in the order of the original.
        source: the page as it was read.
        spared: what was not changed because a number, a formula, markup or the like stands there,
            each as a note that says so.
    """

    text: str
    corrections: tuple[Correction, ...]
    source: Source
    spared: tuple[Correction, ...] = ()


def fix(
    page: str | bytes | Source,
    *,
    path: str = "<text>",
    context: Context | None = None,
    decide: Decide | None = None,
    selection: Selection | None = None,
) -> Result:
    r"""Repair one page.

    Args:
        page: its text, its bytes in any encoding of Chinese, or a source already decoded.
        path: what to call it in reports.
        context: labels, models and dictionaries; by default what is shipped.
        decide: judges each proposal; by default what is safe is applied.
        selection: which rules run.

    Raises:
        DecodeError: the bytes are not text in any encoding that fits.

    >>> fix("经济形势稳定。").corrections
    ()
    """
    done = fix_pages({path: page}, context=context, decide=decide, selection=selection)
    return done[path]


def fix_pages(
    pages: Mapping[str, str | bytes | Source],
    *,
    context: Context | None = None,
    decide: Decide | None = None,
    selection: Selection | None = None,
) -> dict[str, Result]:
    """Repair the pages of one newspaper issue together; jumps are merged across them.

    Args:
        pages: from the page's name (``A1``, ``C2``, ``第3版``) to its content, in page order.
        context: as for `fix`; labels are taken from the names unless it has some.
        decide: as for `fix`.
        selection: as for `fix`.

    >>> sorted(fix_pages({"A1": "头版。", "C2": "二版。"}))
    ['A1', 'C2']
    """
    sources = [_source(name, page) for name, page in pages.items()]
    context = context or Context(labels=tuple(pages))
    done = repair(sources, context, decide, selection)
    made, spared = _by_page(done.corrections), _by_page(done.spared)
    rows = enumerate(zip(pages, done.texts, sources, strict=True))
    return {
        name: Result(text, tuple(made.get(n, ())), source, tuple(spared.get(n, ())))
        for n, (name, text, source) in rows
    }


def _by_page(corrections: Iterable[Correction]) -> dict[int, list[Correction]]:
    found: dict[int, list[Correction]] = {}
    for correction in corrections:
        found.setdefault(correction.source, []).append(correction)
    return found


def _source(name: str, page: str | bytes | Source) -> Source:
    if isinstance(page, Source):
        return page
    return Source(name, page) if isinstance(page, str) else decode(page, name)
