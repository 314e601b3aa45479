"""Pages of one issue, or of several, through the whole chain: each way in which a jump can go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath

import pytest

from fixnews.correction import Correction, replay
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
class TestEveryCase:
    def test_is_left_alone_by_a_second_run(self, case: Golden) -> None:
        once = run(case.pages)
        again = run(dict(zip(case.pages, once.texts, strict=True)))
        assert again.texts == once.texts

    @pytest.mark.parametrize("unsafe", [False, True])
    def test_is_told_whole_by_its_report(self, case: Golden, unsafe: bool) -> None:
        done = run(case.pages, unsafe=unsafe)
        assert replay(done.sources, done.corrections) == done.texts

    def test_comes_back_when_all_is_rejected(self, case: Golden) -> None:
        assert run(case.pages, none=True).texts == tuple(case.pages.values())

    @pytest.mark.parametrize("unsafe", [False, True])
    def test_loses_no_character_that_no_correction_names(self, case: Golden, unsafe: bool) -> None:
        done = run(case.pages, unsafe=unsafe)
        named: Counter[str] = Counter()
        for c in (c for c in done.corrections if c.applied and not c.to):
            named += letters([c.before]) - letters([c.after])
        assert letters(case.pages.values()) - letters(done.texts) == named


def letters(texts: Iterable[str]) -> Counter[str]:
    return Counter("".join("".join(texts).split()))
