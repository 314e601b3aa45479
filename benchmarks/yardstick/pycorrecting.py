"""pycorrector's n-gram path, with the language models that can be had without a download.

It is meant to fetch one of three gigabytes when it is first used, from no package registry. Here it
gets two others: one made of the novel by `ngrams`, and the one that fixnews ships, behind the two
calls that it makes of kenlm.
"""

from __future__ import annotations

import copy
import importlib.util
import math
import os
import sys
import tempfile
import types
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.yardstick import texts
from benchmarks.yardstick.ngrams import arpa
from benchmarks.yardstick.tools import Tool, version
from fixnews import language

PACKAGES = ("pycorrector", "kenlm", "jieba", "pypinyin", "pyahocorasick", "loguru", "pandas", "six")


class Shipped:
    """The model of fixnews with the calls of kenlm's, which wants a blank between characters."""

    def __init__(self) -> None:
        self._model = language.load()

    def score(self, text: str, *, bos: bool = True, eos: bool = True) -> float:
        """The log-probability of characters, to the base of 10."""
        del bos, eos
        return float(self._model.score(text.replace(" ", "")).sum()) / math.log(10)

    def perplexity(self, text: str) -> float:
        """The perplexity of a line, its end counted in."""
        return float(10 ** (-self.score(text) / (text.count(" ") + 2)))


@cache
def of_the_novel() -> Any:
    """The corrector, with the n-grams of the novel.

    Its package imports every neural corrector that it has, which want torch; this one does not.
    """
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYCORRECTOR_DATA_DIR"] = folder
        found = importlib.util.find_spec("pycorrector")
        assert found
        package = types.ModuleType("pycorrector")
        package.__path__ = list(found.submodule_search_locations or ())
        sys.modules["pycorrector"] = package
        from pycorrector.corrector import Corrector

        file = Path(folder) / "novel.arpa"
        lines = (line.strip() for page in texts.chapters() for line in page.text.split("\n"))
        with file.open("w", encoding="utf-8") as model:
            model.writelines(arpa(line for line in lines if line))
        corrector = Corrector(language_model_path=str(file))
        corrector.check_detector_initialized()
    return corrector


@cache
def of_fixnews() -> Any:
    """The same with the n-grams that fixnews ships."""
    corrector = copy.copy(of_the_novel())
    corrector.lm = Shipped()
    return corrector


def corrected(corrector: Any, pages: Sequence[str]) -> list[str]:
    """The pages, a line a call, as it is meant to be used."""

    def line(text: str) -> str:
        return str(corrector.correct(text)["target"]) if text.strip() else text

    return ["\n".join(map(line, page.split("\n"))) for page in pages]


def tools() -> list[Tool]:
    """It with each model; without a version where something that it needs is not installed."""
    there = all(map(version, (*PACKAGES, texts.PACKAGE)))
    known = version(PACKAGES[0]) if there else ""
    return [
        Tool(f"pycorrector, n-grams of {name}", known, lambda p, of=of: corrected(of(), p))
        for name, of in (("the novel", of_the_novel), ("fixnews", of_fixnews))
    ]
