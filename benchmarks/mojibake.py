"""Mojibake, measured: what comes back of damaged lines, and what happens to clean ones.

usage: python benchmarks/mojibake.py ../shared/corpus [--cases 200] [--clean 10000] [--half odd]

A line of the development news is written in its true encoding and read in a wrong one. Where every
byte survives (reversible) it counts when it comes back exactly; where bytes are lost, the share of
characters that come back is set against a perfect inverse, which knows both encodings. ftfy, where
it is installed, does what it can beside us. Japanese, Korean and English lines are the messages of
programs: every gettext catalogue found under --catalogues.
"""

from __future__ import annotations

import argparse
import gettext
import random
import sys
import sysconfig
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from cases import News, kept

import fixnews
from fixnews.filters import Selection
from fixnews.source import LOST, Source

WRONG = ("latin-1", "cp1252", "cp437", "mac_roman", "gbk", "gb18030", "big5", "cp932", "cp949")
TRUE = {"utf-8": "s", "gbk": "s", "cp950": "s2tw"}
FAMILY = {"gbk": "gb", "gb18030": "gb", "big5": "big5", "cp950": "big5"}
LENGTHS = (8, 16, 40)
SIGNS = "\xa0°·±×©®—“”…€é"
SPELT: dict[str, Callable[[str], str]] = {
    "&#22478;": lambda c: f"&#{ord(c)};",
    "&#x57CE;": lambda c: f"&#x{ord(c):X};",
    "\\u57ce": lambda c: f"\\u{ord(c):04x}",
    "%E5%9F%8E": lambda c: "".join(f"%{b:02X}" for b in c.encode()),
    "%B3%C7 of GBK": lambda c: "".join(f"%{b:02X}" for b in c.encode("gb18030")),
    "=E5=9F=8E": lambda c: "".join(f"={b:02X}" for b in c.encode()),
    "\\'b3\\'c7 of RTF": lambda c: "".join(f"\\'{b:02x}" for b in c.encode("gb18030")),
}
MOJIBAKE = Selection(select=("MOJ1",))
ALL = Selection(select=("MOJ",))


def read_wrongly(text: str, true: str, wrong: str) -> str:
    """The line as the wrong encoding shows it, U+FFFD where it has no character."""
    return text.encode(true).decode(wrong, "replace")


def repaired(lines: Sequence[str]) -> list[str]:
    """Each line as a page of its own."""
    return [fixnews.fix(Source("A1", line), selection=MOJIBAKE).text for line in lines]


def by_ftfy(lines: Sequence[str], *, unescape: bool = False) -> list[str] | None:
    try:
        import ftfy
    except ImportError:
        return None
    if unescape:
        return [ftfy.fix_text(x, fix_character_width=False, uncurl_quotes=False) for x in lines]
    return [ftfy.fix_encoding(line) for line in lines]


def perfect(text: str, true: str, wrong: str) -> str:
    """What an inverse that knows both encodings gets: every character whose bytes all survived."""
    data, at, out = text.encode(true), 0, []
    alive = survivors(data, wrong)
    for character in text:
        size = len(character.encode(true))
        out.append(character if all(alive[at : at + size]) else LOST)
        at += size
    return "".join(out)


def survivors(data: bytes, wrong: str) -> list[bool]:
    """For each byte whether the wrong reading kept it."""
    alive = [True] * len(data)
    at = 0
    while at < len(data):
        try:
            data[at:].decode(wrong)
            break
        except UnicodeDecodeError as error:
            for lost in range(at + error.start, at + error.end):
                alive[lost] = False
            at += error.end
    return alive


def pairs(news: News, cases: int, length: int, seed: int) -> None:
    print(
        f"\n{length} characters{'':22}{'exact':>8}{'kept':>8}{'perfect':>8}{'ftfy':>8}{'wrong':>8}"
    )
    for true, script in TRUE.items():
        for wrong in WRONG:
            if FAMILY.get(true) == FAMILY.get(wrong, wrong):
                continue
            lines = list(one_line(news.slices(script, length, random.Random(seed), true), cases))
            row((true, wrong), lines)


def one_line(slices: Iterator[str], cases: int) -> Iterator[str]:
    """Slices of one line with at least half of Chinese in them."""
    made = 0
    for text in slices:
        chinese = sum("\u4e00" <= c <= "\u9fff" for c in text)
        if "\n" not in text and chinese * 2 >= len(text):
            yield text
            made += 1
            if made == cases:
                return


def row(pair: tuple[str, str], lines: list[str]) -> None:
    hurt = [read_wrongly(text, *pair) for text in lines]
    best = [perfect(text, *pair) for text in lines]
    ours, theirs = repaired(hurt), by_ftfy(hurt)
    exact = sum(a == b for a, b in zip(ours, lines, strict=True)) / len(lines)
    mean = [
        sum(kept(t, r) for t, r in zip(lines, texts, strict=True)) / len(lines)
        for texts in (ours, best, theirs or lines)
    ]
    wrong = sum(
        r != h and kept(b, r) < kept(b, b) - 0.34 for r, h, b in zip(ours, hurt, best, strict=True)
    )
    figures = [exact, *mean[:2], mean[2] if theirs else float("nan")]
    print(
        f"{pair[0]} read as {pair[1]}".ljust(34),
        *(f"{x * 100:7.2f}" for x in figures),
        f"{wrong:7}",
        flush=True,
    )


def spelt(news: News, cases: int, seed: int) -> None:
    """Lines of which all characters beyond ASCII are escapes, and lines of Big5 with one."""
    print("\nescapes: exact share, and what ftfy makes of them")
    lines = list(one_line(news.slices("s", 40, random.Random(seed), "gbk"), cases))
    for name, spell in SPELT.items():
        tell_spelt(name, lines, ["".join(c if c < "\x80" else spell(c) for c in x) for x in lines])
    lines = list(one_line(news.slices("s2tw", 40, random.Random(seed), "cp950"), cases))
    with_name = [f"{x[:20]}游錫堃{x[20:]}" for x in lines]
    tell_spelt("one in a line of Big5", with_name, [x.replace("堃", "&#22531;") for x in with_name])


def tell_spelt(name: str, lines: list[str], hurt: list[str]) -> None:
    ours = [fixnews.fix(Source("A1", x), selection=ALL).text for x in hurt]
    exact = sum(a == b for a, b in zip(ours, lines, strict=True))
    theirs = by_ftfy(hurt, unescape=True)
    peer = sum(a == b for a, b in zip(theirs, lines, strict=True)) if theirs else float("nan")
    print(f"{name:34} {exact / len(lines) * 100:6.1f} {peer / len(lines) * 100:6.1f}", flush=True)


def signs(news: News, cases: int, seed: int) -> None:
    """Lines of clean news with one sign in them that was read in another encoding."""
    print("\nsigns in clean lines: back / left / wrong")
    lines = list(one_line(news.slices("s", 40, random.Random(seed), "gbk"), cases))
    for sign in SIGNS:
        around = ("28", "C") if sign in "°±×" else ("", "")
        for wrong in ("cp1252", "gb18030"):
            look = sign.encode().decode(wrong, "replace")
            if wrong == "cp1252" or len(look) == 1:
                tell_signs(lines, around, (sign, look), wrong)


def tell_signs(
    lines: list[str], around: tuple[str, str], pair: tuple[str, str], wrong: str
) -> None:
    cut = [(line[:20] + around[0], around[1] + line[20:]) for line in lines]
    done = [
        fixnews.fix(Source("A1", f"{a}{pair[1]}{b}\n{a}{pair[1]}{b}"), selection=ALL).text
        for a, b in cut
    ]
    back = sum(
        d == f"{a}{pair[0]}{b}\n{a}{pair[0]}{b}" for d, (a, b) in zip(done, cut, strict=True)
    )
    left = sum(
        d == f"{a}{pair[1]}{b}\n{a}{pair[1]}{b}" for d, (a, b) in zip(done, cut, strict=True)
    )
    kinds = f"{back:6} {left:6} {len(lines) - back - left:6}"
    print(f"{pair[0]!a} as {pair[1]} ({wrong})".ljust(34), kinds, flush=True)


def clean(news: News, number: int, catalogues: Sequence[Path]) -> None:
    print("\nchanges on clean lines")
    for script in ("s", "s2t", "s2hk"):
        text = news.text(script).split("\n")
        tell(f"news, {script}", [line for line in text if line][:number])
    for language in ("ja", "ko"):
        tell(f"messages, {language}", messages(catalogues, language)[0])
    tell("messages, English", messages(catalogues, "ja")[1])


def messages(roots: Sequence[Path], language: str) -> tuple[list[str], list[str]]:
    """The translations of every catalogue in a language, and what they translate."""
    theirs: list[str] = []
    ours: list[str] = []
    for root in roots:
        for path in sorted(root.rglob(f"{language}*/LC_MESSAGES/*.mo")):
            try:
                with path.open("rb") as file:
                    catalogue = gettext.GNUTranslations(file)
            except (OSError, UnicodeError, LookupError):
                continue
            for key, value in vars(catalogue)["_catalog"].items():
                if key:
                    ours.extend((key if isinstance(key, str) else key[0]).split("\n"))
                    theirs.extend(value.split("\n"))
    return [line for line in theirs if not line.isascii()], [line for line in ours if line]


def tell(name: str, lines: list[str]) -> None:
    changed = 0
    for start in range(0, len(lines), 500):
        page = "\n".join(lines[start : start + 500])
        done = fixnews.fix(Source("A1", page), selection=ALL)
        for c in done.corrections:
            if c.applicable:
                changed += 1
                print("   ", c.code, repr(c.before[:60]), repr(c.after[:60]), c.message)
    print(f"{name:34} {len(lines):7} lines {changed:7} changes", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--clean", type=int, default=10_000)
    parser.add_argument("--half", default="odd", choices=("even", "odd", "both"))
    parser.add_argument("--seed", type=int, default=5)
    places = [Path(sysconfig.get_path("purelib")), Path("/usr/share")]
    parser.add_argument("--catalogues", type=Path, nargs="*", default=places)
    given = parser.parse_args()
    news = News(given.corpus, given.half)
    for length in LENGTHS if given.cases else ():
        pairs(news, given.cases, length, given.seed)
    if given.cases:
        signs(news, given.cases, given.seed)
        spelt(news, given.cases, given.seed)
    if given.clean:
        clean(news, given.clean, given.catalogues)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
