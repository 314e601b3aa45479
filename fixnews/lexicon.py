"""Words: the one place that asks a segmenter's lexicon.

The lexicon is rjieba's, jieba's dictionary of 349,000 words behind a compiled segmenter. It is
loaded when the first question is asked.
"""

from __future__ import annotations

REACH = 8
"""Characters on each side of a seam that the segmenter sees; the longest common words and names
of offices fit, and more changes no answer on cut news."""


def word_across(left: str, right: str) -> str:
    """The dictionary word that lies across a seam, or nothing.

    Lone surrogates, which no word holds, are asked about as question marks.

    Args:
        left: the text before the seam.
        right: the text behind it.

    >>> word_across("全面提升了平湖基层党建辨", "识度、显示度")
    '辨识'
    >>> word_across("经济稳定", "人民生活")
    ''
    """
    import rjieba

    before, behind = left[-REACH:], right[:REACH]
    at = 0
    for word in rjieba.cut((before + behind).encode("utf-8", "replace").decode()):
        if at < len(before) < at + len(word):
            return str(word)
        at += len(word)
    return ""
