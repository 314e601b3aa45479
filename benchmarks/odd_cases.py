"""Cases for the encoding benchmarks that archives showed: old sets, rules and tables, mixtures."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from cases import Case, News, encoded

from fixnews.encoding import cns, uao

OLD = {
    "EUC-TW": ("s2tw", cns.write_euc_tw),
    "ISO-2022-CN": ("s", cns.write_iso_2022_cn),
    "ISO-2022-CN, CNS": ("s2tw", cns.write_iso_2022_cn),
    "UTF-7": ("s", lambda text: text.encode("utf-7")),
    "HZ, one ~} lost": ("s", lambda text: text.encode("hz").replace(b"~}", b"", 1)),
}
LENGTHS = (8, 50, 300)

RULES = ("─" * 74, "※" * 68, "═" * 40, "◆◇" * 20, "*" * 60, "…" * 30, "■" * 24)
TABLE = (
    "┌───┬────┬──┐\n│ {0} │ 12.5　 │ 3  │\n├───┼────┼──┤\n│ {1} │ 8.0　  │ 4  │\n└───┴────┴──┘\n"
)

Write = Callable[[str], bytes]
Rows = dict[str, Callable[[], Iterator[Case]]]


def in_one_way(
    news: News, kind: str, length: int, cases: int, chance: random.Random
) -> Iterator[Case]:
    """Slices in an encoding of old."""
    script, write = OLD[kind]
    made = 0
    for text in news.slices(script, length, chance, "utf-8"):
        try:
            yield Case(kind, write(text), text)
        except UnicodeError:
            continue
        made += 1
        if made == cases:
            return


def under_a_rule(
    news: News, head: str, codec: str, cases: int, chance: random.Random
) -> Iterator[Case]:
    """A page of 300 characters with a rule or a table above it."""
    script = "s2tw" if codec == "cp950" else "s"
    for text in islice(news.slices(script, 300, chance, codec), cases):
        page = head.format("甲", "乙") + "\n" + text
        yield Case(codec, encoded(page, codec), page)


def shifted(news: News, kind: str, codec: str, cases: int, chance: random.Random) -> Iterator[Case]:
    """UTF-16 with a byte lost, or a byte more."""
    for text in islice(news.slices("s", 300, chance, "utf-8"), cases):
        data = bytearray(text.encode(codec))
        at = chance.randrange(100, len(data) - 100)
        data[at : at + (kind == "lost")] = b"" if kind == "lost" else bytes([chance.randrange(256)])
        yield Case(codec, bytes(data), text)


def inside_a_line(
    news: News, pair: tuple[str, str], many: int, cases: int, chance: random.Random
) -> Iterator[Case]:
    """A page in one encoding with some characters of a line in another."""
    page, other = pair
    for text in islice(news.slices("s", 300, chance, "gbk"), cases):
        at = chance.randrange(100, 200)
        parts = text[:at].encode(page), text[at : at + many].encode(other), text[at + many :]
        yield Case(f"{page}+{other}", parts[0] + parts[1] + parts[2].encode(page), text)


def folded(news: News, codec: str, cases: int, chance: random.Random) -> Iterator[Case]:
    """Lines of 80 bytes, as ``fold -b`` cuts them; in truth a break cuts no character."""
    script = "s2tw" if codec == "cp950" else "s"
    for text in islice(news.slices(script, 300, chance, codec), cases):
        truth, data, used = "", b"", 0
        for character in text.replace("\n", ""):
            code = character.encode(codec)
            for n, byte in enumerate(code):
                if used == 80:
                    data, used = data + b"\n", 0
                    truth += "\n" if n == 0 else "\0"
                data += bytes((byte,))
                used += 1
            truth += character
        pieces = truth.split("\0")
        yield Case(codec, data, pieces[0] + "".join(p[:1] + "\n" + p[1:] for p in pieces[1:]))


def blanks(news: News, cases: int, chance: random.Random) -> Iterator[Case]:
    """Paragraphs of GBK that open with the blank A3A0."""
    for text in islice(news.slices("s", 300, chance, "gbk"), cases):
        truth = "\n".join("\u3000\u3000" + line for line in text.split("\n"))
        blank = b"\xa3\xa0"
        yield Case("gbk", blank.join(p.encode("gbk") for p in truth.split("\u3000")), truth)


def extended(news: News, cases: int, chance: random.Random) -> Iterator[Case]:
    """Traditional news with a name of Taiwan that Big5 lacks, in Unicode-at-on."""
    for text in islice(news.slices("s2tw", 300, chance, "cp950"), cases):
        name = chance.choice(("游錫堃", "王建煊", "陶喆", "張峯瑞", "鍾瑞珉"))
        truth = text[:150] + name + text[150:]
        yield Case("big5-uao", uao.encode(truth), truth)


def in_surrogates(news: News, cases: int, chance: random.Random) -> Iterator[Case]:
    """CESU-8: characters beyond the first plane as two halves of three bytes."""
    for text in islice(news.slices("s", 300, chance, "utf-8"), cases):
        truth = text[:100] + "𠮷野家" + text[100:200] + "𨭎" + text[200:]
        halves = truth.encode("utf-16-le", "surrogatepass")
        units = (
            halves[i : i + 2].decode("utf-16-le", "surrogatepass") for i in range(0, len(halves), 2)
        )
        yield Case("cesu-8", "".join(units).encode("utf-8", "surrogatepass"), truth)


def exact_rows(
    news: News, cases: int, chance: random.Random
) -> dict[str, Callable[[], Iterator[Case]]]:
    """Rows that count exact texts."""
    rows: Rows = {}
    for kind in OLD:
        for n in LENGTHS:
            rows[f"{kind}, {n} characters"] = partial(in_one_way, news, kind, n, cases, chance)
    for codec in ("gbk", "cp950"):
        for head in (*RULES, TABLE, TABLE * 4):
            name = f"{codec} under {head[:2]} x {len(head)}".replace("\n", " ")
            rows[name] = partial(under_a_rule, news, head, codec, cases, chance)
    rows["blanks A3A0"] = partial(blanks, news, cases, chance)
    rows["Big5-UAO"] = partial(extended, news, cases, chance)
    rows["CESU-8"] = partial(in_surrogates, news, cases, chance)
    for codec in ("utf-8", "gbk", "cp950"):
        rows[f"folded at 80 bytes, {codec}"] = partial(folded, news, codec, cases, chance)
    return rows


def kept_rows(
    news: News, cases: int, chance: random.Random
) -> dict[str, Callable[[], Iterator[Case]]]:
    """Rows that count characters kept."""
    rows: Rows = {}
    for codec in ("utf-16-le", "utf-16-be", "utf-16"):
        for kind in ("lost", "more"):
            rows[f"{codec}, a byte {kind}"] = partial(shifted, news, kind, codec, cases, chance)
    for page, other in (("utf-8", "gbk"), ("gbk", "utf-8")):
        for many in (2, 4, 8):
            rows[f"{many} characters of {other} in {page}"] = partial(
                inside_a_line, news, (page, other), many, cases, chance
            )
    return rows
