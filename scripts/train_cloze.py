"""Train the network that fills a gap from what stands around it, in the news.

usage: python scripts/train_cloze.py ../shared -o fixnews/models/cloze.npz [--minutes 40]

The lines are those that `train_model.py --held-out` keeps: the forest of misreadings is trained on
the others, so that the network that ships can stand among its evidence. Nothing but numpy is
needed: one hidden layer, gradients by hand, Adam, and a softmax over the characters of the batch
and a sample of the others. What is around the gap is damaged as a recogniser damages it: up to
one character in eight is another one, and half of the pages are cut into printed lines.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from fixnews import language
from fixnews.language.alphabet import END, FIRST_CHARACTER, MOST_CODES, codes
from fixnews.ocr.cloze import FAR, NEAR, packed, surroundings
from fixnews.ocr.suspects import FIRST_HAN, LAST_HAN
from fixnews.words.variants import simplified_forms

sys.path.insert(0, str(Path(__file__).parent))
from train_model import seen, simplified_news

WIDE, DEEP, OUT = 64, 384, 96
"""Sizes of a character's vector, of the hidden layer, and of what it gives out."""

CHUNKS, LENGTH = 10, 256
"""Stretches of text a step, and characters in each."""

EXTRA = 1200
"""Characters drawn into the softmax beside those of the batch."""

RATE, WARM = 2e-3, 500
DAMAGE = (0.0, 0.0, 0.03, 0.06, 0.12)
"""Shares of characters that are read as another, by stretch."""

PRINTED_LINE = (12, 30)
SIZE = LENGTH + 2 * FAR

COMMON = 60
"""Occurrences from which a character may fill a gap."""

Params = dict[str, Any]


def stream(shared: Path, table: Any) -> Any:
    """The text as codes, an end behind each line."""
    text = "".join(line.strip() + "\n" for line in seen(simplified_news(shared)))
    return codes(text, table)


def batches(text: Any, weights: Any, chance: np.random.Generator) -> Iterator[tuple[Any, Any]]:
    """Stretches as they were printed, and as they were read."""
    anything = np.repeat(np.arange(len(weights)), np.ceil(weights * 200_000).astype(int))
    while True:
        starts = chance.integers(0, len(text) - SIZE, CHUNKS)
        printed = text[starts[:, None] + np.arange(SIZE)].astype(np.int64)
        for row in range(CHUNKS // 2):
            breaks = np.cumsum(chance.integers(*PRINTED_LINE, SIZE // PRINTED_LINE[0]))
            printed[row] = np.insert(printed[row], breaks[breaks < SIZE], END)[:SIZE]
        rates = chance.choice(DAMAGE, (CHUNKS, 1))
        wrong = (chance.random(printed.shape) < rates) & (printed != END)
        read = np.where(wrong, chance.choice(anything, printed.shape), printed)
        yield printed, read


def start(size: int, chance: np.random.Generator) -> Params:
    """The first guess."""
    wide = 2 * NEAR * WIDE + 2 * WIDE

    def normal(*shape: int, scale: float) -> Any:
        return (chance.standard_normal(shape) * scale).astype(np.float32)

    return {
        "near": normal(size, WIDE, scale=0.3),
        "far": normal(size, WIDE, scale=0.3),
        "inner": normal(wide, DEEP, scale=wide**-0.5),
        "inner_bias": np.zeros(DEEP, np.float32),
        "outer": normal(DEEP, OUT, scale=DEEP**-0.5),
        "out": normal(size, OUT, scale=0.1),
        "bias": np.zeros(size, np.float32),
    }


def summed(rows: Any, keys: Any, size: int) -> Any:
    """The sums of the rows by key."""
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    first = np.flatnonzero(np.append(True, ranked[1:] != ranked[:-1]))
    total = np.zeros((size, rows.shape[1]), np.float32)
    total[ranked[first]] = np.add.reduceat(rows[order], first, axis=0)
    return total


def step(
    p: Params, printed: Any, read: Any, han: Any, share: Any, chance: np.random.Generator
) -> tuple[float, Params]:
    """Loss and gradients of one batch."""
    inside = printed[:, FAR:-FAR].ravel()
    rows = np.flatnonzero(han[inside])
    at = (np.arange(CHUNKS)[:, None] * SIZE + np.arange(LENGTH)).ravel()
    x = surroundings(p["near"], p["far"], read.ravel(), at)[rows]
    h = np.maximum(x @ p["inner"] + p["inner_bias"], 0)
    z = h @ p["outer"]
    loss, g, dz = _softmax(p, z, inside[rows], share, chance)
    dh = (dz @ p["outer"].T) * (h > 0)
    g["outer"], g["inner"], g["inner_bias"] = h.T @ dz, x.T @ dh, dh.sum(0)
    dx = np.zeros((len(inside), x.shape[1]), np.float32)
    dx[rows] = dh @ p["inner"].T
    g["near"], g["far"] = _embedded(dx, read, len(share))
    return loss, g


def _softmax(
    p: Params, z: Any, target: Any, share: Any, chance: np.random.Generator
) -> tuple[float, Params, Any]:
    """Loss and gradients over the characters of the batch and some others.

    The chances of those that were drawn count as often as they would have been left out.
    """
    rows = len(target)
    kept = 1 - (1 - share) ** rows * (1 - _drawn(share))
    chosen = np.union1d(target, np.flatnonzero(chance.random(len(share)) < _drawn(share)))
    own = np.arange(rows), np.searchsorted(chosen, target)
    out = p["out"][chosen]
    chances = z @ out.T + (p["bias"][chosen] - np.log(kept[chosen])).astype(np.float32)
    chances[own] += np.log(kept[target]).astype(np.float32)
    np.exp(chances - chances.max(1, keepdims=True), chances)
    chances /= chances.sum(1, keepdims=True)
    loss = float(-np.log(np.maximum(chances[own], 1e-9)).mean())
    chances[own] -= 1
    chances /= rows
    g = {name: np.zeros_like(p[name]) for name in ("out", "bias")}
    g["out"][chosen], g["bias"][chosen] = chances.T @ z, chances.sum(0)
    return loss, g, chances @ out


def _drawn(share: Any) -> Any:
    """How likely each character is drawn into the softmax."""
    weight = np.sqrt(share)
    return np.minimum(1, weight * EXTRA / weight.sum())


def _embedded(dx: Any, read: Any, size: int) -> tuple[Any, Any]:
    """The gradients of the vectors, near and far."""
    dx = dx.reshape(CHUNKS, LENGTH, -1)
    steps = [k for k in range(-NEAR, NEAR + 1) if k]
    keys = np.stack([read[:, FAR + k : FAR + k + LENGTH] for k in steps], axis=2)
    near = summed(dx[:, :, : len(steps) * WIDE].reshape(-1, WIDE), keys.ravel(), size)
    total = np.zeros((*read.shape, WIDE), np.float32)
    reach = FAR - NEAR
    for side, low in ((0, 0), (1, FAR + NEAR + 1)):
        d = dx[:, :, (len(steps) + side) * WIDE :][:, :, :WIDE] / reach
        sums = np.pad(np.cumsum(d, axis=1), ((0, 0), (reach, reach - 1), (0, 0)), mode="edge")
        sums[:, :reach] = 0
        total[:, low : low + LENGTH + reach - 1] += sums[:, reach:] - sums[:, :-reach]
    return near, summed(total.reshape(-1, WIDE), read.ravel(), size)


def learn(p: Params, text: Any, han: Any, minutes: float) -> None:
    """Adam, at a rate that falls until the time is over."""
    chance = np.random.default_rng(1)
    share = np.bincount(text, minlength=len(han)).astype(np.float64)
    share = np.maximum(share, 1) / share.sum()
    p["bias"][:] = np.log(share)
    moments = {name: (np.zeros_like(value), np.zeros_like(value)) for name, value in p.items()}
    begin, mean = time.monotonic(), 0.0
    damage = np.sqrt(share) / np.sqrt(share).sum()
    for n, (printed, read) in enumerate(batches(text, damage, chance), 1):
        done = (time.monotonic() - begin) / 60 / minutes
        if done >= 1:
            return
        loss, gradients = step(p, printed, read, han, share, chance)
        mean += (loss - mean) / min(n, 200)
        rate = RATE * min(1, n / WARM) * (1 - done) * np.sqrt(1 - 0.999**n) / (1 - 0.9**n)
        for name, gradient in gradients.items():
            first, second = moments[name]
            first += 0.1 * (gradient - first)
            second += 0.001 * (gradient * gradient - second)
            p[name] -= (rate * first / (np.sqrt(second) + 1e-8)).astype(np.float32)
        if n % 200 == 0:
            print(f"{n} steps, {n * CHUNKS * LENGTH / 1e6:.1f} M, loss {mean:.4f}", flush=True)


def printed_as(table: Any, counts: Any) -> Any:
    """For each code the simplified character that it stands for, 0 for what fills no gap."""
    units = np.zeros(len(counts), np.uint16)
    for n in range(LAST_HAN - 1, FIRST_HAN - 1, -1):
        code = table[n]
        common = code >= FIRST_CHARACTER and counts[code] >= COMMON
        if common and chr(n) not in simplified_forms():
            units[code] = n
    return units


def main() -> None:
    """Train and write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("-o", "--output", type=Path, required=True)
    options.add_argument("--minutes", type=float, default=52)
    given = options.parse_args()
    table = language.load().table
    table = np.where(table < MOST_CODES, table, 0).astype(np.uint16)
    text = stream(given.shared, table)
    counts = np.bincount(text, minlength=int(table.max()) + 1)
    units = printed_as(table, counts)
    han = np.zeros(len(counts), dtype=bool)
    han[table[FIRST_HAN:LAST_HAN]] = True
    han[:FIRST_CHARACTER] = False
    p = start(len(counts), np.random.default_rng(2))
    learn(p, text, han, given.minutes)
    np.savez_compressed(given.output, **packed({**p, "table": table, "units": units}))


if __name__ == "__main__":
    main()
