"""Whole stories: what `fixnews articles` makes of pages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fixnews.article import CLEAR, Article, articles
from fixnews.filters import Context
from fixnews.impression import Impression
from fixnews.layout.boundaries import by_size
from fixnews.pipeline import repair
from fixnews.source import Source
from tests.composing_room import (
    BRIDGE,
    HARVEST,
    LIBRARY,
    SCHOOL,
    as_source,
    column,
    head,
    in_rows,
    rows_of,
    story,
)
from tests.pages import shared

PAGE = """\
江州日报 A1 要闻 责任编辑：沈砚秋

城市更新特别报道

老码头的第二春

——江州见闻

记者 沈砚秋
通讯员 黎棠

本报讯 老码头有二十四级台阶，装卸工每天都来走一遍台阶，从雾里走到灯下，风雨不误，一走就是三十年。

去年春天，街道把老码头交给了居民自己商量：台阶修不修，仓库留不留，店铺谁来开，都由老码头议事会说了算。

议事会先修台阶再开店铺

台阶修好以后，议事会把二十四间仓库陆续租给店铺，卖的多是本地的茶叶、瓷器和旧书，老码头周末的游客比平日多三成。

“台阶是老码头的脸面。”议事会的老装卸工说，仓库的店铺亮起灯来，老码头就又有了人气。

口袋公园建成

记者 宋知远

本报讯 城北的口袋公园昨天建成开放，园里多了座椅、路灯和一段环形步道，附近居民说早晚都有地方走走了。

菜场搬新家

清晨六点，新民里菜场的摊主们推着车进了新楼，新楼比旧棚多了三成摊位，还装了电梯。

摄影 叶青
"""


def told(**pages: str) -> tuple[Article, ...]:
    sources = [Source(f"in/{name}.txt", text) for name, text in pages.items()]
    labels = tuple(pages)
    return articles(repair(sources, Context(labels=labels)), labels)


def test_a_page_falls_into_its_stories() -> None:
    assert [story.headline for story in told(A1=PAGE)] == [
        "老码头的第二春",
        "口袋公园建成",
        "菜场搬新家",
    ]


def test_a_story_has_its_parts() -> None:
    first = told(A1=PAGE)[0]
    assert first.kicker == "城市更新特别报道"
    assert first.deck == "——江州见闻"
    assert first.byline == "记者 沈砚秋 通讯员 黎棠"
    assert first.dateline == "本报讯"
    assert (first.page, first.pages, first.truncated, first.jump) == ("A1", ("A1",), False, None)


def test_a_subhead_stays_inside_its_story() -> None:
    assert told(A1=PAGE)[0].paragraphs[2] == "议事会先修台阶再开店铺"


def test_a_picture_has_its_caption_and_who_took_it() -> None:
    picture = told(A1=PAGE)[2]
    assert picture.byline == "摄影 叶青"
    assert picture.caption.startswith("清晨六点")
    assert picture.paragraphs == (picture.caption,)


def test_every_character_of_the_page_is_in_a_story_but_for_its_folio() -> None:
    text = "".join("".join(story.text for story in told(A1=PAGE)).split())
    assert sorted(text) == sorted("".join(PAGE.split("\n", 1)[1].split()))


def test_the_stretches_of_the_original_are_told() -> None:
    spans = [span for story in told(A1=PAGE) for span in story.spans]
    assert [PAGE[s.start : s.end].split("\n", maxsplit=1)[0] for s in spans] == [
        "城市更新特别报道",
        "口袋公园建成",
        "菜场搬新家",
    ]
    assert [(s.path, s.line) for s in spans] == [
        ("in/A1.txt", 3),
        ("in/A1.txt", 22),
        ("in/A1.txt", 28),
    ]


HEAD = (
    "老码头的第二春\n\n记者 沈砚秋\n\n本报讯 老码头有二十四级台阶，装卸工每天都来走一遍台阶，"
    "从雾里走到灯下，工人们说，（下转第2版）\n\n口袋公园建成\n\n本报讯 城北的口袋公园昨天建成开放，"
    "园里多了座椅、路灯和一段环形步道。\n"
)
TAIL = (
    "老码头的第二春\n\n（上接第1版）还要再来看看新修的栏杆，再走一遍那二十四级台阶。\n\n"
    "菜场搬新家\n\n本报讯 新民里菜场昨天搬进新楼，摊位多了三成，还装了电梯。\n"
)


def test_a_jumping_story_is_one_story() -> None:
    whole = told(**{"1": HEAD, "2": TAIL})
    assert [story.headline for story in whole] == [
        "老码头的第二春",
        "口袋公园建成",
        "菜场搬新家",
    ]
    first = whole[0]
    assert first.paragraphs[-1].endswith(
        "工人们说，还要再来看看新修的栏杆，再走一遍那二十四级台阶。"
    )
    assert first.pages == ("1", "2")
    assert first.jump is not None
    assert (first.jump.to, first.jump.open) == (("2",), False)
    assert [span.path for span in first.spans] == ["in/1.txt", "in/2.txt"]


def test_an_open_jump_is_told_and_is_not_a_truncation() -> None:
    first = told(**{"1": HEAD})[0]
    assert first.jump is not None
    assert (first.jump.to, first.jump.open, first.jump.text) == (("2",), True, "（下转第2版）")
    assert first.paragraphs[-1].endswith("工人们说，")
    assert not first.truncated


def test_a_text_that_stops_inside_a_sentence_is_truncated() -> None:
    cut = PAGE[: PAGE.index("风雨不误")]
    assert [story.truncated for story in told(A1=cut)] == [True]


def test_a_page_without_a_headline_says_that_it_is_not_sure() -> None:
    text = (
        "装卸工每天都来走一遍台阶，从雾里走到灯下，风雨不误。\n\n一走就是三十年，没有一天落下。\n"
    )
    (story,) = told(A1=text)
    assert story.headline == ""
    assert story.confidence < CLEAR


@pytest.mark.parametrize("text", ["", "\n\n", "\f", "江州日报\n"])
def test_a_page_without_text_has_no_story(text: str) -> None:
    assert [story.paragraphs for story in told(A1=text) if story.paragraphs] == []


def test_pages_of_a_stream_have_labels_of_their_own() -> None:
    sources = [Source("<stdin>", f"{HEAD}\f{TAIL}")]
    whole = articles(repair(sources, Context(labels=("",))), [""])
    assert [(story.page, story.pages) for story in whole] == [
        ("1", ("1", "2")),
        ("1", ("1",)),
        ("2", ("2",)),
    ]


def test_the_reference_page_has_seven_stories() -> None:
    text = shared("pages/seed.txt").decode()
    truth = json.loads(shared("pages/seed.truth.json"))
    bylines = ["记者 李雨婷 通讯员 顾剑锋", "记者 林旭东", "记者 金睿敏 通讯员 单炯炯"]
    bylines += ["记者 华婷婷 通讯员 倪春军 凌真烈", "摄影 王强 谢付良", "记者 居丹荔"]
    whole = told(A1=text)
    assert [s.headline.replace("：", ":") for s in whole] == [
        a["headline"] for a in truth["articles"]
    ]
    assert [s.byline for s in whole] == [*bylines, "记者 居丹荔 通讯员 倪颖"]
    assert [s.truncated for s in whole] == [a["truncated"] for a in truth["articles"]]
    assert [s.jump.to[0] if s.jump else None for s in whole] == [
        a["jump_to"] for a in truth["articles"]
    ]


def fixnews(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "fixnews", "articles", "--isolated", *arguments]
    return subprocess.run(command, capture_output=True, check=False)


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    folder = tmp_path / "issue"
    folder.mkdir()
    for name, text in {"1": HEAD, "2": TAIL}.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


class TestTheCommand:
    def test_says_a_story_a_line_as_json(self, issue: Path) -> None:
        done = fixnews(str(issue))
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        assert done.returncode == 0
        assert [row["id"] for row in rows] == ["1-1", "1-2", "2-1"]
        assert list(rows[0]) == [
            *("id", "page", "pages", "kicker", "headline", "deck", "byline", "dateline"),
            *("paragraphs", "caption", "truncated", "jump", "spans", "confidence"),
        ]
        assert rows[0]["jump"] == {"to": ["2"], "open": False, "text": "", "from": []}

    def test_writes_a_file_a_story(self, issue: Path, tmp_path: Path) -> None:
        out = tmp_path / "stories"
        done = fixnews(str(issue), "-o", str(out))
        assert (done.returncode, done.stdout) == (0, b"")
        assert sorted(file.name for file in out.glob("*.txt")) == ["1-1.txt", "1-2.txt", "2-1.txt"]
        text = (out / "1-1.txt").read_text("utf-8")
        assert text.startswith("老码头的第二春\n\n记者 沈砚秋\n\n本报讯 老码头")
        assert text.endswith("二十四级台阶。\n")

    def test_leaves_the_pages_alone(self, issue: Path) -> None:
        fixnews(str(issue))
        assert (issue / "1.txt").read_text("utf-8") == HEAD

    def test_says_where_boundaries_are_not_clear(self, issue: Path) -> None:
        (issue / "3.txt").write_text("一走就是三十年，没有一天落下。\n", "utf-8")
        said = fixnews(str(issue)).stderr.decode()
        assert "3.txt: 1 story, boundaries of 1 not clear (confidence 0.30)" in said

    def test_goes_on_past_a_page_that_cannot_be_read(self, issue: Path) -> None:
        done = fixnews(str(issue / "1.txt"), str(issue / "none.txt"))
        assert done.returncode == 2
        assert len(done.stdout.splitlines()) == 2

    def test_refuses_a_file_for_a_folder(self, issue: Path) -> None:
        done = fixnews(str(issue), "-o", str(issue / "1.txt"))
        assert done.returncode == 2
        assert "name a folder" in done.stderr.decode()


BY_SIZE = (
    head("石桥镇办起社区书屋", column(0) + 80),
    story(LIBRARY, (column(0), column(1)), 90),
    head("青溪河大桥", column(2) + 80),
    story(BRIDGE, (column(2), column(3)), 90),
    head("学校开劳动课", column(0) + 120, 640),
    story(SCHOOL, (column(0), column(1)), 710),
    head("今年水稻又丰收", column(2) + 120, 640),
    story(HARVEST, (column(2), column(3)), 710),
)


def test_on_paper_the_size_of_type_tells_where_stories_start() -> None:
    page = as_source(in_rows(rows_of(BY_SIZE)))
    found = articles(repair([page], Context(labels=("A1",))), ("A1",))
    assert [story.headline for story in found] == [block[0].text for block in BY_SIZE[::2]]


def test_a_masthead_is_no_headline_though_it_is_larger() -> None:
    sheet = (head("石桥日报", column(1) + 60, -80, 60), *BY_SIZE)
    page = as_source(in_rows(rows_of(sheet)))
    found = articles(repair([page], Context(labels=("A1",))), ("A1",))
    assert [story.headline for story in found] == [block[0].text for block in BY_SIZE[::2]]


@pytest.mark.parametrize(
    ("sizes", "odds", "expected"),
    [
        ((2.0,), (0.2,), (0.88,)),
        ((1.0,), (0.9,), (0.9,)),
        ((2.0, 2.0, 2.0, 2.0, 1.0), (0.9,) * 5, (1.0, 1.0, 1.0, 1.0, 0.15)),
        ((1.0, 1.0, 2.0, 1.0), (0.9, 0.9, 0.9, 0.9), (0.9, 0.9, 1.0, 0.9)),
        ((None,), (0.4,), (0.4,)),
    ],
    ids=[
        "what is set large is likelier",
        "one line of the body's size says nothing: there may be no larger type",
        "where headlines are set large, what is not is hardly one",
        "where they are not, it may be",
        "nothing is known of a line without a place",
    ],
)
def test_the_size_of_type_weighs(
    sizes: tuple[float | None, ...], odds: tuple[float, ...], expected: tuple[float, ...]
) -> None:
    printed = [None if size is None else Impression(size, size) for size in sizes]
    assert by_size(odds, printed) == pytest.approx(expected, abs=0.01)


def test_pages_of_text_are_weighed_as_before() -> None:
    assert by_size((0.1, 0.9), ()) == [0.1, 0.9]
