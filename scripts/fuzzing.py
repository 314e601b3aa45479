"""Pages with harm done to them, and what is wrong with what fixnews makes of them.

Two kinds of input: texts, whole pages and stretches of them; and bytes, the same in the encodings
that newspapers come in, with bytes lost, added, doubled, and two encodings on one page. They are
repaired side by side, as a corpus is, so that a stretch costs milliseconds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import fixnews
from fixnews import issue
from fixnews.composing import replay
from fixnews.config import Config
from fixnews.errors import FixnewsError
from fixnews.issue import Outcome
from fixnews.pipeline import Repair, repair_each
from fixnews.source import Source
from fixnews.writing_back import _check_reading, encoded

LOT = 64
"""Inputs that are repaired side by side."""

STRETCH = 160
"""Characters of a stretch at most: what a rule sees of a page is mostly less."""

WHOLE, BYTES = 0.02, 0.2
"""Shares of the inputs that are whole pages, and that are bytes."""

SIGNS = (
    ",.!?:;'\"()<>[]{}-—…·。・，、；：？！“”‘’《》〈〉（）【】①⑵ⅰ＊丶*#"
    " \t\u3000\n\r\f\v\u2028\u00ad\u200b0123456789aAé\x00\x85\ufeff\ufffd□〓"
)
WORDS = (
    "（下转A2版）", "(上接第1版)", "下转2版", "上接", "（未完，下转第4版）", "□本报记者", "目录",
    "http://www.example.com/a", "&#22478;", "\\u57ce", "%E5%9F%8E", "Â°", "锟斤拷", "ä¸­å›½",
    "　　", "……", "——", "一一", "第—次", "髙", "A1 要闻", "第二版 综合", "2020年6月2日 星期二",
)  # fmt: skip

CODECS = (
    "utf-8", "utf-8-sig", "gb18030", "gbk", "big5", "utf-16", "utf-16-le", "utf-16-be", "utf-32",
    "utf-32-le", "hz", "cp1252", "shift_jis",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Input:
    """A text or bytes, and their name if they are kept."""

    content: str | bytes

    @property
    def data(self) -> bytes:
        """What a file of it holds."""
        text = self.content
        return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text


def samples(root: Path) -> list[str]:
    """The pages of the samples, as text."""
    paths = sorted((root / "samples").rglob("*.txt"))
    return [fixnews.decode(path.read_bytes()).text for path in paths]


def inputs(pages: Sequence[str], chance: random.Random) -> Iterator[Input]:
    """Inputs without end; the same chance makes the same."""
    while True:
        page = chance.choice(pages)
        if chance.random() >= WHOLE:
            start = chance.randrange(max(1, len(page) - STRETCH // 4))
            page = page[start : start + chance.randint(1, STRETCH)]
        text = changed(page, chance)
        yield Input(as_bytes(text, chance) if chance.random() < BYTES else text)


def changed(text: str, chance: random.Random) -> str:
    """A page with some harm done to it."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((0, 1, 3, 20, 200)))
        part = text[start:end]
        text = text[:start] + chance.choice(HARM)(part, chance) + text[end:]
    return text


def _signs(part: str, chance: random.Random) -> str:
    return part + "".join(chance.choices(SIGNS, k=chance.randint(1, 6)))


def _row_of_one(part: str, chance: random.Random) -> str:
    return part + chance.choice(SIGNS) * chance.choice((2, 2, 5, 5, 40, 40, 300))


def _shuffled(part: str, chance: random.Random) -> str:
    return "".join(chance.sample(part, len(part)))


def _in_lines(part: str, chance: random.Random) -> str:
    width = chance.randint(1, 12)
    return "\n".join(part[n : n + width] for n in range(0, len(part), width))


HARM: tuple[Callable[[str, random.Random], str], ...] = (
    lambda *_: "",
    lambda part, _: part * 2,
    lambda part, chance: part * chance.choice((3, 9)),
    lambda part, chance: part + chance.choice(WORDS),
    lambda part, chance: "\n" + chance.choice(WORDS) + "\n" + part,
    _signs,
    _row_of_one,
    _shuffled,
    _in_lines,
)


def as_bytes(text: str, chance: random.Random) -> bytes:
    """A page in one encoding or two, with bytes lost, doubled and added."""
    at = chance.randrange(len(text) + 1) if chance.random() < 0.3 else len(text)
    data = b"".join(
        part.encode(chance.choice(CODECS), "ignore") for part in (text[:at], text[at:]) if part
    )
    for _ in range(chance.choice((0, 1, 1, 3))):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice((0, 1, 2, 30)))
        part = data[start:end]
        data = data[:start] + chance.choice(LOSSES)(part, chance) + data[end:]
    return data


LOSSES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    lambda *_: b"",
    lambda part, _: part * 2,
    lambda part, chance: part + chance.randbytes(chance.choice((1, 2))),
    lambda part, _: part + b"\x00",
    lambda part, _: part.replace(b"\n", b"\r\n"),
)


def faults(lot: Sequence[Input]) -> Iterator[tuple[Input, str]]:
    """The inputs of a lot with which something is wrong, and what."""
    try:
        told = _told(lot)
    except Exception as error:
        if len(lot) == 1:
            yield lot[0], f"raises {type(error).__name__}"
        else:
            yield from (fault for one in lot for fault in faults([one]))
        return
    yield from ((one, said) for one, said in zip(lot, told, strict=True) if said)


def _told(lot: Sequence[Input]) -> list[str]:
    """What is wrong with each; nothing if all is well."""
    firsts = _repaired([_read(one.content) for one in lot])
    written = [_written(*pair) if pair else None for pair in firsts]
    again = [None if held is None else _read(held) for held in written]
    rows = zip(firsts, written, _repaired(again), strict=True)
    return [_fault(*pair, held, second) if pair else "" for pair, held, second in rows]


def _read(content: str | bytes) -> Source | None:
    """The page; None where its bytes are refused, as they may be."""
    if isinstance(content, str):
        return Source("page.txt", content)
    try:
        return issue.page(content, "page.txt", Config())
    except FixnewsError:
        return None


def _repaired(sources: Sequence[Source | None]) -> list[tuple[Source, Repair] | None]:
    """The pages, each with its repair; None for one that could not be read."""
    config = Config()
    known = issue.context((), config)
    texts = [(source, known) for source in sources if source]
    judged = issue.decision(config), issue.selection(config)
    done = iter(repair_each(texts, *judged) if texts else [])
    return [(source, next(done)) if source else None for source in sources]


def _written(source: Source, done: Repair) -> str | bytes | None:
    """What a file of the repaired page would hold; None where ``fix -w`` refuses to write it."""
    if source.data is None:
        return done.texts[0]
    try:
        data = encoded(Outcome((Path("page.txt"),), done), 0, None, same=True)
        _check_reading(data, done.texts[0], source, Config())
    except FixnewsError:
        return None
    return data


def _fault(
    source: Source, done: Repair, held: str | bytes | None, second: tuple[Source, Repair] | None
) -> str:
    """What is wrong with a repair; nothing if its page may not be written."""
    idle = {c.code for c in done.corrections if c.applied and c.before == c.after and not c.to}
    if idle:
        return f"applied, and the same: {' '.join(sorted(idle))}"
    if replay([source], done.corrections)[0] != done.texts[0]:
        return "the report leads elsewhere"
    if not done.settled:
        return "cut off"
    return "" if held is None else _second(source, done.texts[0], held, second)


def _second(
    source: Source, text: str, held: str | bytes, second: tuple[Source, Repair] | None
) -> str:
    """What is wrong with the repair of a repaired page, which is to be the page itself."""
    if second is None:
        return f"{source.encoding}, written, cannot be read"
    if second[0].text != text:
        return f"{source.encoding}, written, is read otherwise"
    codes = sorted({c.code for c in second[1].corrections if c.applied})
    if second[1].texts[0] != text:
        return f"a second run changes it: {' '.join(codes)}"
    same = isinstance(held, str) or _written(*second) == held
    return "" if same else f"{source.encoding}: a second run writes other bytes"
