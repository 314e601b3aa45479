"""Training: what a small corpus teaches, and that nothing is lost or made up on the way."""

from __future__ import annotations

import lzma
import random
from pathlib import Path

import numpy as np
import pytest

from fixnews.errors import DataError, PageError
from fixnews.language import Model, load, training
from fixnews.language.alphabet import END, FIRST_CHARACTER
from fixnews.language.training.counting import counted

WHO = ("市政府", "民政局", "园林部门", "社区居委会", "菜场管理方", "港务集团", "老摊主们", "议事会")
DOES = ("昨天宣布", "日前表示", "上月决定", "正在研究", "连续三年坚持", "去年开始", "再次要求")
WHAT = (
    "修缮老码头",
    "增加停车位",
    "开放夜市",
    "种植香樟树",
    "减免租金",
    "延长营业时间",
    "更换路灯",
)
END_OF_IT = ("，受到居民欢迎。", "，工程年底完工。", "。", "，记者从现场了解到。")


def sentences(count: int, seed: int = 1) -> list[str]:
    chance = random.Random(seed)
    parts = (WHO, DOES, WHAT, END_OF_IT)
    return ["".join(chance.choice(part) for part in parts) for _ in range(count)]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "news.txt"
    path.write_text("\n".join(sentences(3000)) + "\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def model(corpus: Path) -> Model:
    path = corpus.with_suffix(".model")
    training.train([corpus], path, size=1_000_000, simplified={})
    return load(path)


def test_what_was_read_is_likelier_than_what_was_not(model: Model) -> None:
    known, strange = "民政局昨天宣布开放夜市。", "局昨民政天宣夜布开市放。"
    assert model.score(known).mean() > model.score(strange).mean() + 2


CONTEXTS = ("民政局", "昨天宣", "布开放", "场，受", "\n市政")


@pytest.mark.parametrize("context", CONTEXTS)
def test_the_probabilities_behind_a_context_sum_to_one(model: Model, context: str) -> None:
    known = sorted(set(model.table.tolist()) - set(range(FIRST_CHARACTER)) | {END})
    before = np.tile(model.codes(context), (len(known), 1))
    windows = np.column_stack((before, np.array(known, dtype=np.uint16)))
    windows[windows == END] = 0
    windows[:, -1] = known
    total = np.exp(model.conditional(windows).astype(np.float64)).sum()
    assert total == pytest.approx(1, abs=0.06), "quantised, and one lookup in 256 is a false hit"


def test_a_packed_corpus_teaches_the_same(corpus: Path, model: Model, tmp_path: Path) -> None:
    packed = tmp_path / "news.txt.xz"
    packed.write_bytes(lzma.compress(corpus.read_bytes()))
    training.train([packed], tmp_path / "m", size=1_000_000, simplified={})
    text = "\n".join(sentences(20, seed=9))
    assert np.array_equal(load(tmp_path / "m").score(text), model.score(text))


def test_pieces_do_not_show(
    corpus: Path, model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fixnews.language.training.counting.CHUNK", 999)
    training.train([corpus], tmp_path / "m", size=1_000_000, simplified={})
    text = "\n".join(sentences(20, seed=9))
    assert np.array_equal(load(tmp_path / "m").score(text), model.score(text))


@pytest.mark.parametrize("size", [272_000, 276_000])
def test_a_model_is_as_large_as_it_may_be(corpus: Path, tmp_path: Path, size: int) -> None:
    training.train([corpus], tmp_path / "m", size=size, simplified={})
    assert (tmp_path / "m").stat().st_size <= size * 1.01


def test_memory_is_bounded() -> None:
    text = "\n".join(sentences(500))
    table = np.arange(1 << 16, dtype=np.uint64) % 8000
    table = table.astype(np.uint16)
    keys, counts = counted([text, text], table, most=200)
    everything, _ = counted([text, text], table)
    assert len(keys) <= 200 < len(everything)
    assert counts.min() > 1, "the rarest go first"


def test_progress_ends_at_the_whole(corpus: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    training.train(
        [corpus], tmp_path / "m", size=300_000, simplified={}, progress=lambda *t: told.append(t)
    )
    assert {step for step, *_ in told} == {"alphabet", "counting", "smoothing and pruning"}
    assert all(done <= whole for _, done, whole in told)
    assert told[-1][1] == corpus.stat().st_size


def test_too_little_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一句话。\n", "utf-8")
    with pytest.raises(DataError, match="larger corpus"):
        training.train([tmp_path / "a.txt"], tmp_path / "m", size=300_000, simplified={})


BAD = {
    "missing": (None, "check the path"),
    "not UTF-8": ("经济形势稳定".encode("gbk"), "UTF-8"),
}


@pytest.mark.parametrize(("data", "remedy"), BAD.values(), ids=BAD)
def test_a_corpus_that_cannot_be_read(tmp_path: Path, data: bytes | None, remedy: str) -> None:
    path = tmp_path / "corpus.txt"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(PageError, match=remedy):
        training.train([path], tmp_path / "m", size=300_000, simplified={})
