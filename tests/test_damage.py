"""`fixnews damage`: what is done is told, and the truth leads back to the clean page."""

from __future__ import annotations

import doctest
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from fixnews.damage import DEFAULT, KINDS, Damaged, Injury, damage
from fixnews.damage.page_turns import stories
from fixnews.errors import UsageError
from fixnews.source import Source
from tests.toy import call

SAMPLES = Path(__file__).parent.parent / "samples"
EVERY_KIND = tuple(KINDS)
SEEDS = (1, 2, 3, 4, 5)

DRAWN = "2207907c741da4d9"
"""The checksum of the truth of seed 1. It changes with the samples, with what a kind draws, with
``dictionaries/confusions.tsv``; and with nothing else, on no machine."""


def pages() -> list[Source]:
    folder = SAMPLES / "front-page/truth"
    names = sorted(path.name for path in folder.iterdir())
    return [Source(name, (folder / name).read_text("utf-8")) for name in names]


def mended(done: Damaged) -> list[str]:
    """The clean pages, made of the damaged ones and the truth alone."""
    texts = [list(page.text) for page in done.pages]
    for one in done.injuries:
        if one.kind != "jumps":
            page, start, end = one.damaged
            texts[page][start:end] = [one.before] + [""] * (end - start - 1) if end > start else []
            if start == end:
                texts[page][start] = one.before + texts[page][start]
    jumps = [one for one in done.injuries if one.kind == "jumps"]
    tails = {one.clean: _taken(texts, one) for one in jumps}
    return [_put_back("".join(text), n, tails) for n, text in enumerate(texts)]


def _taken(texts: Sequence[list[str]], jump: Injury) -> str:
    page, start, end = jump.damaged
    tail = "".join(texts[page][start:end])
    texts[page][start:end] = [""] * (end - start)
    return tail


def _put_back(text: str, number: int, tails: dict[tuple[int, int, int], str]) -> str:
    for (page, start, _), tail in sorted(tails.items()):
        text = text[:start] + tail + text[start:] if page == number else text
    return text


class TestTruth:
    @pytest.mark.parametrize("seed", SEEDS)
    def test_leads_back_to_the_clean_page(self, seed: int) -> None:
        done = damage(pages(), seed=seed, kinds=EVERY_KIND)
        assert mended(done) == [page.text for page in pages()]

    @pytest.mark.parametrize("seed", SEEDS)
    def test_names_what_stands_at_both_places(self, seed: int) -> None:
        done = damage(pages(), seed=seed, kinds=EVERY_KIND)
        for one in done.injuries:
            for texts, spot, said in (
                (done.clean, one.clean, one.before),
                (done.pages, one.damaged, one.after),
            ):
                assert texts[spot.page].text[spot.start : spot.end] == said

    def test_of_nothing_is_nothing(self) -> None:
        done = damage(pages(), kinds=EVERY_KIND, rate=0)
        assert not done.injuries
        assert [page.text for page in done.pages] == [page.text for page in pages()]


class TestSeed:
    def test_says_what_is_drawn_on_every_machine(self) -> None:
        done = damage(pages(), seed=1, kinds=EVERY_KIND)
        told = json.dumps(done.to_dict(), ensure_ascii=False, sort_keys=True)
        assert hashlib.sha256(told.encode()).hexdigest()[:16] == DRAWN

    def test_another_one_draws_something_else(self) -> None:
        assert damage(pages(), seed=1).pages != damage(pages(), seed=2).pages

    @pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "encoding"])
    def test_a_kind_is_drawn_alike_with_and_without_others(self, kind: str) -> None:
        alone = damage(pages(), kinds=[kind], rate=2)
        assert alone.injuries
        assert alone.injuries == damage(pages(), kinds=[kind, "encoding"], rate=2).injuries


KIND_AND_RATE = [
    ("half-width", 9, "党代会，新征程！", "党代会,新征程!"),
    ("half-width", 9, "第一，3.5%；第二、第三。", "第一,3.5%;第二、第三。"),
    ("columns", 0, "人民生活水平不断提高", "人民生活水平不断提高"),
    ("misread", 0, "人民生活水平不断提高", "人民生活水平不断提高"),
]


@pytest.mark.parametrize(("kind", "rate", "clean", "hurt"), KIND_AND_RATE)
def test_a_kind_does_what_it_says(kind: str, rate: float, clean: str, hurt: str) -> None:
    assert damage([Source("A1", clean)], kinds=[kind], rate=rate).pages[0].text == hurt


class TestLines:
    LINE = "昨天上午九点，记者在现场看到，" * 12 + "工程已经完工。"

    @pytest.mark.parametrize("seed", SEEDS)
    def test_none_begins_or_ends_with_a_mark_that_may_not(self, seed: int) -> None:
        page = damage([Source("A1", self.LINE)], seed=seed, kinds=["lines"]).pages[0].text
        assert "\n" in page
        assert not any(line[0] in "，。" for line in page.split("\n"))

    def test_a_number_is_not_cut(self) -> None:
        text = "总产值达到1234567890123元，" * 9
        page = damage([Source("A1", text)], kinds=["lines"]).pages[0].text
        assert page.count("1234567890123") == 9

    def test_a_page_in_printed_lines_has_no_column_breaks_besides(self) -> None:
        done = damage([Source("A1", self.LINE)], kinds=["lines", "columns"], rate=50)
        assert {one.kind for one in done.injuries} == {"lines"}


STORIES = [
    ("长桥通车\n\n" + "昨" * 40 + "。\n", ["长桥通车"], "a headline above text"),
    ("长桥通车\n记者 何青\n" + "昨" * 40 + "。\n", ["长桥通车"], "a byline is no headline"),
    ("昨天通车了。\n" + "昨" * 40 + "。\n", [], "a line with a stop is no headline"),
    ("长桥通车\n\n小标题\n", [], "nothing long stands below"),
]


@pytest.mark.parametrize(("page", "headlines", "why"), STORIES)
def test_stories(page: str, headlines: list[str], why: str) -> None:
    assert [story.headline for story in stories(page)] == headlines, why


class TestJumps:
    def test_go_to_a_later_page_with_their_headline(self) -> None:
        done = damage(pages(), seed=3, kinds=["jumps"])
        moved = [one for one in done.injuries if one.kind == "jumps"]
        assert moved
        assert all(one.damaged.page > one.clean.page for one in moved)

    @pytest.mark.parametrize("names", [["A1.txt"], ["one.txt", "two.txt"]])
    def test_need_two_pages_with_names(self, names: list[str]) -> None:
        text = pages()[0].text
        assert not damage([Source(name, text) for name in names], kinds=["jumps"]).injuries


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(UsageError, match="choose of jumps"):
        damage(pages(), kinds=["spaces"])


class TestCommand:
    def test_writes_pages_and_truth(self, tmp_path: Path) -> None:
        folder = SAMPLES / "front-page/truth"
        run = call("damage", str(folder), "-o", "hurt", "--seed", "3", cwd=tmp_path)
        assert run.returncode == 0
        truth = json.loads((tmp_path / "hurt/damage.json").read_text("utf-8"))
        assert (truth["seed"], truth["kinds"]) == (3, list(DEFAULT))
        for page in truth["issues"][0]["pages"]:
            clean = (tmp_path / "hurt/clean" / page["path"]).read_text("utf-8")
            hurt = (tmp_path / "hurt/damaged" / page["path"]).read_bytes()
            assert clean == (folder / page["path"]).read_text("utf-8")
            assert hurt.decode(page["encoding"]) != clean

    def test_twice_is_the_same(self, tmp_path: Path) -> None:
        for _ in "12":
            run = call("damage", str(SAMPLES / "big5/truth"), "-o", "hurt", cwd=tmp_path)
            assert run.returncode == 0
        assert run.stdout == b""

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            (["--kinds", "spaces", "-o", "hurt"], "no kind of damage"),
            ([], "no folder to write into"),
            (["-o", "hurt", "--rate", "-1"], "--rate"),
        ],
    )
    def test_says_what_is_wrong(self, tmp_path: Path, given: list[str], said: str) -> None:
        run = call("damage", str(SAMPLES / "big5/truth"), *given, cwd=tmp_path)
        assert run.returncode == 2
        assert said in run.stderr.decode()
        assert not (tmp_path / "hurt").exists()


class TestDocuments:
    PAGE = (SAMPLES.parent / "docs/damage.md").read_text("utf-8")

    def test_every_kind_is_described(self) -> None:
        for kind in KINDS:
            assert f"| `{kind}` |" in self.PAGE

    def test_its_session_runs(self) -> None:
        tests = doctest.DocTestParser().get_doctest(self.PAGE, {}, "damage.md", None, 0)
        told: list[str] = []
        assert doctest.DocTestRunner(verbose=False).run(tests, out=told.append).failed == 0, told
