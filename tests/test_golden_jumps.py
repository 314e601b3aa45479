"""Pages of one issue, or of several, through the whole chain: each way in which a jump can go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath

import pytest

from fixnews.composing import replay
from fixnews.correction import Correction
from fixnews.filters import Context
from fixnews.pipeline import Repair, reject_all, repair, threshold
from fixnews.source import Source
from tests.pages import Golden, golden

CASES = golden("jumps")


def marked(case: Golden) -> object:
    marks = [pytest.mark.xfail(strict=True, reason=case.why)] if case.known_failure else []
    return pytest.param(case, marks=marks, id=case.name)


def run(pages: dict[str, str], **options: object) -> Repair:
    sources = [Source(f"in/{name}.txt", text) for name, text in pages.items()]
    context = Context(labels=tuple(PurePath(name).name for name in pages))
    decide = reject_all if options.get("none") else threshold(unsafe=bool(options.get("unsafe")))
    return repair(sources, context, decide)


def said(names: Iterable[str], corrections: Iterable[Correction]) -> list[str]:
    pages = list(names)
    return [f"{pages[c.source]} {c.code} {fate(c)} {c.message}" for c in corrections]


def fate(correction: Correction) -> str:
    return (
        "applied" if correction.applied else {"note": "reported"}.get(correction.safety, "offered")
    )


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_a_page_reads_as_it_should(case: Golden) -> None:
    done = run(case.pages)
    assert dict(zip(case.pages, done.texts, strict=True)) == case.output, case.why
    assert said(case.pages, done.corrections) == case.report, case.why


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_every_promise_holds_on_it(case: Golden) -> None:
    once, offered = run(case.pages), run(case.pages, unsafe=True)
    again = run(dict(zip(case.pages, once.texts, strict=True)))
    assert again.texts == once.texts, "a second run has nothing left to do"
    assert run(case.pages, none=True).texts == tuple(case.pages.values()), "all can be rejected"
    for done in (once, offered):
        assert replay(done.sources, done.corrections) == done.texts, "the report is the whole truth"
        assert not lost(case, done), "what is gone is named by a correction"


def lost(case: Golden, done: Repair) -> Counter[str]:
    """The characters that are gone and that no correction names."""
    named: Counter[str] = Counter()
    for c in (c for c in done.corrections if c.applied and not c.to):
        named += letters([c.before]) - letters([c.after])
    return letters(case.pages.values()) - letters(done.texts) - named


def letters(texts: Iterable[str]) -> Counter[str]:
    return Counter("".join("".join(texts).split()))
