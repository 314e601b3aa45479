"""Likeness in print: how much two characters look alike, whichever they are.

The confusion sets hold what is often confused. Half of what Tesseract misreads is in none of them;
there the drawing still says whether one could be taken for the other. Each character of GB 2312 is
a vector; the cosine of two is about what their drawings in two typefaces have in common, in grey
and in the direction of the strokes (`training/print_likeness.py`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from fixnews.arrays import Ints, Singles
from fixnews.errors import DataError
from fixnews.message import Message

SHIPPED = Path(__file__).parents[1] / "models" / "likeness.npz"

BMP = 1 << 16


def likeness(read: Ints, printed: Ints) -> Singles:
    """The likeness of pairs of characters, up to 1; 0 where one was not drawn.

    Two characters at random have about 0.5, look-alikes 0.9 and more.

    Args:
        read: code points, shape (n,).
        printed: code points, shape (n,).

    >>> import numpy as np
    >>> near, far = likeness(np.array([ord("末")] * 2), np.array([ord("未"), ord("器")]))
    >>> bool(near > 0.9 > far)
    True
    """
    return np.asarray((drawings(read) * drawings(printed)).sum(axis=1))


def drawings(units: Ints) -> Singles:
    """The drawings of characters as vectors of length one; zeros for what was not drawn.

    Of code points of shape (n,) it gives (n, features).
    """
    row, vectors = _drawn()
    return vectors[row[units]]


@cache
def _drawn(path: Path = SHIPPED) -> tuple[Ints, Singles]:
    """For each code point the row of its vector, and the vectors, of length one."""
    if not path.is_file():
        raise DataError(Message("{path}: the drawings are missing", path=path), "reinstall fixnews")
    with np.load(path) as table:
        characters, vectors = str(table["characters"]), table["vectors"].astype(np.float32)
    row = np.zeros(BMP, dtype=np.int64)
    row[[ord(c) for c in characters]] = np.arange(1, len(characters) + 1)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return row, np.concatenate((np.zeros((1, vectors.shape[1]), np.float32), vectors))
