"""What is remembered of lines and seams is what would be worked out of them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fixnews import language
from fixnews.filters import Context, breaks
from fixnews.jumps.own_lines import guides
from fixnews.layout import blocks, closed, faces, look, odds, page, seams, verse
from fixnews.layout.endings import as_read, is_signed
from fixnews.layout.page import ends_sentence
from fixnews.layout.register import FEWEST, SHARE, is_news, plainly_news
from fixnews.recall import Recall
from fixnews.words.han import han_count
from fixnews.words.lexicon import word_across, words_across

COLUMN = """江州日报 第3版 民生 责任编辑：沈砚秋
老街菜场搬回江边
本报记者 黎棠
　　城南的面馆要搬家了。消息传开以
后，门口的队伍比平时长了一倍，有人
特意从江北赶来，只为在老地方再吃一
碗雪菜肉丝面，和老板娘说几句道别的
话。（下转第4版）
　　面馆开在巷子深处，门面不过五米
宽，摆得下七张桌子，生意却一直很好，
从来没有冷清过。
①先修台阶
②再开店铺
渡口管理处介绍，今年一共有三百多名船工参加了安全培训，考试合格以后才能上岗。
主席：下面请沈委员发言。
新的系统今年六月上线，全市一百二十个监测点的数据每五分钟更新一次。（本报综合）
渡口的雾还没有散
船工已经解开了缆绳
对岸的灯还亮着"""

SHORT = (
    "",
    "雨停了。",
    "雨停了\n人散了",
    "一、点名\n二、发言\n三、散会",
    "主席：请坐。\n主席：请讲。\n完",
)
RECALLED = (blocks, closed, faces, seams, verse)
SIGNS = (
    "雨停了转接续上下版页一3A。，：；！？…（）()“”《》→>—■·〔12〕①．.︒｡ \u3000\t记者社图摄照据自"
    "\U00020000\ud800"
)


def memories() -> list[Recall]:
    """Everything that remembers rows on the way from a page to its joins."""
    kept = [value for room in RECALLED for value in vars(room).values()]
    return [look.across(None), *(value for value in kept if isinstance(value, Recall))]


def forget() -> None:
    """As in a new process."""
    for memory in memories():
        memory.clear()
    forget_pages()


def forget_pages() -> None:
    for memory in (look.looks(None), odds.weigher(None, breaks.EVEN), page.kept_lines):
        memory.clear()


def proposed(text: str) -> list[object]:
    return list(breaks.propose(text, Context()))


def weighed_ahead(pages: list[str]) -> list[tuple[object, ...]]:
    look.look_ahead(pages)
    odds.weigh_ahead(pages)
    return [shown(text) for text in pages]


def shown(text: str) -> tuple[object, ...]:
    """What is seen on a page, to the last bit, and how its seams are weighed."""
    seen = look.look(text)
    numbers = (seen.own.tobytes(), seen.rows.tobytes()) if seen else ()
    return numbers, seen and (seen.lines, seen.told, seen.words), odds.weigh(text)


@st.composite
def edited(draw: st.DrawFn) -> str:
    """The column after a few small changes: something typed over, lines joined or broken."""
    text = COLUMN
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        gone = draw(st.integers(0, 3))
        text = text[:at] + draw(st.text(SIGNS + "\n", max_size=2)) + text[at + gone :]
    return text


@given(st.lists(edited(), min_size=1, max_size=3))
@example([COLUMN.replace("\n", "", 5), COLUMN])
def test_a_page_seen_after_others_is_seen_as_at_first(pages: list[str]) -> None:
    for text in (COLUMN, *pages):
        proposed(text)
    remembered = proposed(pages[0])
    forget()
    assert proposed(pages[0]) == remembered


@given(st.lists(st.one_of(edited(), st.sampled_from(SHORT)), min_size=2, max_size=5))
@example(
    [
        COLUMN,
        "雨停了。\f渡口的雾",
        "主席：下面请沈委员发言。\n主席：散会。",
        COLUMN.replace("\n", "\n\n"),
    ]
)
def test_pages_weighed_side_by_side_are_weighed_as_one_by_one(pages: list[str]) -> None:
    forget()
    together = weighed_ahead(pages)
    forget()
    assert [shown(text) for text in pages] == together


def test_a_page_too_long_to_be_kept_is_weighed_as_the_same_lines_are() -> None:
    whole = "\n".join([COLUMN] * (1 + look.LONGEST // len(COLUMN)))
    shorter = "\n".join([COLUMN] * 4)
    told = [(seam.told, seam.word) for seam in odds.weigh(shorter, least=0.9)]
    assert len(whole) > look.LONGEST
    assert set(told) <= {(seam.told, seam.word) for seam in odds.weigh(whole, least=0.9)}


def test_of_a_changed_page_only_what_is_near_the_change_is_worked_out() -> None:
    forget()
    proposed(COLUMN)
    before = [memory.worked_out for memory in memories()]
    proposed(COLUMN.replace("五米", "六米"))
    new = [memory.worked_out - was for memory, was in zip(memories(), before, strict=True)]
    of_lines = dict(zip(map(id, memories()), new, strict=True))
    assert of_lines[id(faces.faces)] == of_lines[id(blocks.signs)] == 1
    assert of_lines[id(look.across(None))] == 1  # the other end of the line is as it was
    assert max(new) <= 3  # two seams, and a neighbour that knows their gain


def test_of_a_page_seen_before_nothing_is_worked_out() -> None:
    proposed(COLUMN)
    before = [memory.worked_out for memory in memories()]
    forget_pages()
    proposed(COLUMN)
    assert [memory.worked_out for memory in memories()] == before


LINES = [line for line in COLUMN.split("\n") if line]
PAIRS = list(pairwise(LINES))


@pytest.mark.parametrize("memory", [faces.faces, blocks.signs, verse._lines])
def test_what_a_line_shows_follows_from_the_line_alone(memory: Recall) -> None:
    assert memory.work_out(LINES) == [memory.work_out([line])[0] for line in LINES]


def test_what_lies_across_a_seam_follows_from_the_seam_alone() -> None:
    memory = look.across(None)
    assert memory.work_out(PAIRS) == [memory.work_out([pair])[0] for pair in PAIRS]
    together = language.load().seams(PAIRS)
    assert np.array_equal(together, [language.load().seams([pair])[0] for pair in PAIRS])
    assert words_across(PAIRS) == [word_across(left, right) for left, right in PAIRS]


def test_the_probability_of_a_seam_follows_from_its_evidence_alone() -> None:
    seen = look.look(COLUMN)
    assert seen is not None
    forget()
    one_by_one = [float(seams.probability(row[None])[0]) for row in seen.rows]
    forget()
    assert seams.probability(seen.rows).tolist() == one_by_one


@given(st.text(SIGNS, min_size=1, max_size=12))
def test_what_needs_a_sign_that_is_not_there_would_not_be_found(text: str) -> None:
    (signs,) = faces._signs([text])
    read = as_read(text)
    assert signs & faces._FORMED or read == text
    (signs,) = faces._signs([read])
    row = faces.shown(faces.faces([text]))[0]
    told = dict(zip(faces.SHOWN, row.tolist(), strict=True))
    assert told["signed"] == is_signed(read)
    assert told["guides"] == guides(read)
    assert told["sentence"] == ends_sentence(read)
    assert told["away"] == faces.jumps_away(read)
    assert told["broken"] == faces.ends_broken(read)
    assert told["may_end"] == faces.may_end(read)


@given(st.text("雨停了之\U00020000a\ud800\ufa0e", max_size=9), st.integers(1, 90))
def test_the_small_words_of_a_page_are_counted_among_its_han(text: str, times: int) -> None:
    written = text * times
    few = sum(map(written.count, "了之")) < SHARE * han_count(written)
    assert is_news(written) is (han_count(written) < FEWEST or few)
    assert plainly_news(written) is (han_count(written) >= FEWEST and few)
