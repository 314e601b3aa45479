"""Numbers for n-grams: the codes of two to four characters, packed into one key."""

from __future__ import annotations

import numpy as np

from fixnews.language.alphabet import END, MOST_CODES
from fixnews.language.hashed import Keys

ORDER = 4
BITS = MOST_CODES.bit_length() - 1


def keys_of(h3: Keys, h2: Keys, h1: Keys, c: Keys) -> tuple[Keys, Keys, Keys]:
    """The keys of the n-grams of 2, 3 and 4 codes that end with ``c``."""
    u = np.uint64
    pair = (h1 << u(BITS)) | c
    three = (h2 << u(2 * BITS)) | pair
    return pair, three, (h3 << u(3 * BITS)) | three


def keys_behind(c: Keys) -> tuple[Keys, Keys, Keys, Keys]:
    """The keys of the n-grams in columns of codes: of 2 and 3 from the third on, of 4, and of one.

    Args:
        c: codes, a passage a column, shape (k, n).
    """
    inside = c != END  # START is 0: products put it in
    both = inside[:-2] & inside[1:-1]
    h1, h2, h3 = c[1:-1] * inside[1:-1], c[:-2] * both, c[:-3] * (both[1:] & inside[:-3])
    pair = (h1 << np.uint64(BITS)) | c[2:]
    three = (h2 << np.uint64(2 * BITS)) | pair
    return pair, three, (h3 << np.uint64(3 * BITS)) | three[1:], h1


def signed(keys: Keys, order: int) -> Keys:
    """Keys of n-grams with their order, so that all orders live in one table."""
    return keys | np.uint64(order << (ORDER * BITS))
