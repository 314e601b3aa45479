r"""Markup within and around lines: tags, entities, Markdown, LaTeX, code, addresses and paths."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fixnews.islands.kinds import Island, Kind
from fixnews.patterns import lazy
from fixnews.words.han import HAN

_TAG = (
    r"<!--.*?-->|<![A-Za-z][^<>]*>|<\?[^<>]*\?>|</?[A-Za-z][A-Za-z0-9]*(?::[A-Za-z][\w-]*)?"
    r"(?:\s+[\w:@-]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=]+))?)*\s*/?>"
)
_ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
_LINK = (
    rf"(?:https?|ftp|file)[:：]/{{1,2}}[^\s{HAN}，。、；！？“”‘’（）《》<>\"]+"
    r"|(?<![A-Za-z0-9.@])www\.[A-Za-z0-9.-]+(?:/[\w./?%&=#~+:;@!$,*'()-]*)?"
    r"|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?<![A-Za-z0-9])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
    r"\.(?:com|cn|net|org|gov|edu|hk|tw)\b(?:/[\w./?%&=#~+:-]*)?"
)
_IN_PATH = r"[^\s\\/:*?\"<>|，。；、：“”（）]+"
_PATH = (
    rf"(?<![A-Za-z])[A-Za-z][:：]\\(?:{_IN_PATH}(?: [A-Z][\w.]*)?\\?)+"
    rf"|\\\\[\w.-]+(?:\\{_IN_PATH})+|(?<![A-Za-z0-9/])(?:~|\.{{1,2}})?(?:/[A-Za-z0-9_.-]+){{2,}}/?"
    rf"|(?<![A-Za-z0-9.])[\w{HAN}-]*[A-Za-z0-9_-]+\.(?:txt|html?|pdf|docx?|xlsx?|pptx?|jpe?g|png"
    r"|gif|tiff?|xml|json|csv|md|py|exe|zip|rar|mp[34]|log)\b"
)
_MARKDOWN = (
    r"!?\[[^\[\]\n]*\](?:\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\)|\[[^\[\]\n]*\])"
    r"|\*\*(?=[^\s*])|(?<=[^\s*])\*\*|(?<!~)~~(?=[^\s~])|__(?=[^\s_])"
)
_LATEX = (
    rf"\$\$[^$\n{HAN}]+\$\$"
    rf"|\$(?=[^$\n]*[\\^_={{}}A-Za-z])(?!\s)[^$\n{HAN}，。；]+(?<!\s)\$(?![0-9])"
    r"|\\(?:begin|end)\{[a-z*]+\}|\\[A-Za-z]{2,}\*?(?:\[[^\[\]\n]*\])?(?:\{[^{}\n]*\})*"
    r"|\\[()\[\]]"
)
_CODE = r"`{1,3}(?=[^`\n]*[A-Za-z0-9])[^`\n]+`{1,3}"
_DATA = r"\{\s*\"[^\"\n]+\"\s*:.*\}|[0-9]{2}:[0-9]{2}:[0-9]{2}[,.][0-9]{3}"

_INLINE: tuple[tuple[Kind, str], ...] = (
    (Kind.TAG, _TAG),
    (Kind.ENTITY, _ENTITY),
    (Kind.ADDRESS, _LINK),
    (Kind.ADDRESS, _PATH),
    (Kind.MARKDOWN, _MARKDOWN),
    (Kind.CODE, _CODE),
    (Kind.LATEX, _LATEX),
    (Kind.DATA, _DATA),
)
"""What is markup, one alternation for a line: of two that begin at one place the earlier wins."""

_PAIRED = lazy(r"(\*\*|~~|__)(?=\S)(?:(?!\1)[^\n])+?(?<=\S)\1")
_GATE = lazy(r"[<&\\`$~@_*{\[]|[/.][A-Za-z0-9]|://|\.\.?/|[0-9]:[0-9]")
_PATTERN = lazy("|".join(f"(?P<k{n}>{p})" for n, (_, p) in enumerate(_INLINE)))

_EMPHASIS = lazy(
    rf"(?<![*\w])\*(?=[^\s*])[\w{HAN}]{{1,20}}\*(?!\*)|(?<![_\w])_[\w{HAN}]{{1,20}}_(?![_\w])"
)
MARKDOWN_LINE = lazy(
    r"[ ]{0,3}(?:#{1,6}[ \t]|[-*+][ \t]|>[ \t]?|\||```|\[[^\]\n]+\]:)|.*(?:\*\*\S|\]\(|```)"
)
"""A line that shows that its page is written in Markdown."""


def inline(line: str, at: int = 0) -> Iterator[Island]:
    """The stretches of markup within a line.

    >>> [i.kind.name for i in inline("见<b>通知</b>或a@b.cn&nbsp;")]
    ['TAG', 'TAG', 'ADDRESS', 'ENTITY']
    """
    if not _GATE.search(line):
        return
    for found in _PATTERN.finditer(line):
        assert found.lastgroup
        kind = _INLINE[int(found.lastgroup[1:])][0]
        start, end = found.span()
        if kind is Kind.MARKDOWN and end - start == 2 and not _emphasised(line, start):
            continue
        yield Island(start + at, end + at, kind)


def _emphasised(line: str, at: int) -> bool:
    """Whether doubled signs enclose something: two stars alone may be dust."""
    return any(at in (m.start(), m.end() - 2) for m in _PAIRED.finditer(line))


def emphasis(line: str, at: int = 0) -> Iterator[Island]:
    """Single stars and strokes around a word, on a page of Markdown."""
    for found in _EMPHASIS.finditer(line):
        yield Island(at + found.start(), at + found.start() + 1, Kind.MARKDOWN)
        yield Island(at + found.end() - 1, at + found.end(), Kind.MARKDOWN)


_BLOCKS = lazy(
    r"<!--.*?-->|^[ ]{0,3}```.*?(?:^[ ]{0,3}```[ ]*$|\Z)|\$\$(?:[^$]|\$(?!\$))+?\$\$"
    r"|\\begin\{(?P<name>[a-z*]+)\}.*?\\end\{(?P=name)\}"
    r"|<(?P<raw>script|style|pre|code)\b[^<>]*>.*?</(?P=raw)>",
    re.DOTALL | re.MULTILINE,
)
_OPENS_BLOCK = lazy(r"<!--|```|\$\$|\\begin\{|<(?:script|style|pre|code)\b")
_BLOCK_KINDS = (
    ("<!", Kind.TAG),
    ("`", Kind.CODE),
    ("$", Kind.LATEX),
    ("\\", Kind.LATEX),
    ("<", Kind.CODE),
)


def blocks(text: str) -> Iterator[Island]:
    r"""The stretches of markup that may go over several lines: comments, fences, equations.

    >>> [i.kind.name for i in blocks("```\nx = 1\n```\n正文。<!-- 广告\n位 -->")]
    ['CODE', 'TAG']
    """
    if not _OPENS_BLOCK.search(text):
        return
    for found in _BLOCKS.finditer(text):
        head = found[0].lstrip()
        kind = next(kind for start, kind in _BLOCK_KINDS if head.startswith(start))
        yield Island(found.start(), found.end(), kind)
