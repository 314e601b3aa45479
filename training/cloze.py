"""Train the network that fills a gap from what stands around it, in the news.

usage: python training/cloze.py ../shared -o fixnews/models/cloze.npz \
           --table uncounted.tsv --model cross.model [--minutes 50]
needs: torch, installed by hand, and scikit-learn, which `misreadings.py` needs

The lines are those that `language_model.py --held-out` keeps: the forest of misreadings is trained
on the others, so that the network that ships can stand among its evidence. The products are taken
in halves of a float (bfloat16), which a processor of today does four times as fast; Adam, and a
softmax over the characters of the batch and a sample of the others. What is around the gap is
damaged as a recogniser damages it: up to one character in eight is misread by the confusion sets
(`misreadings.Press`). Half of the stretches are cut into printed lines, and of one in five
each sentence stands by itself.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from fixnews import language
from fixnews.characters import channel
from fixnews.characters.cloze import FAR, NEAR, packed
from fixnews.characters.suspects import FIRST_HAN, LAST_HAN
from fixnews.language.alphabet import END, FIRST_CHARACTER, MOST_CODES, codes
from fixnews.words.variants import simplified_forms

sys.path.insert(0, str(Path(__file__).parent))
from language_model import seen, simplified_news
from misreadings import Press

WIDE, DEEP, LOOKS, MORE = 64, 768, 128, 512
"""Sizes of a character's vector, of the first hidden layer, of what a gap looks like, and of the
second hidden layer."""

PAIRS = 30_000
"""Pairs of characters with a vector of their own: each met 185 times at the least."""

CHUNKS, LENGTH = 10, 256
"""Stretches of text a step, and characters in each."""

EXTRA = 1200
"""Characters drawn into the softmax beside those of the batch."""

RATE, WARM, DECAYS = 4e-3, 300, (0.9, 0.99)
DAMAGE = (0.0, 0.0, 0.03, 0.06, 0.12)
"""Shares of characters that are read as another, by stretch."""

CUT, ALONE = 5, 2
"""Of the stretches of a step those cut into printed lines, and those cut into sentences."""

PRINTED_LINE, SENTENCE = (12, 30), (5, 40)
SIZE = LENGTH + 2 * FAR

READS = 64
"""Readings drawn for each character."""

COMMON = 60
"""Occurrences from which a character may fill a gap."""

MARKS, ENDS = "，。、：；“”（）·*", "，。；：！？\n"

Weights = dict[str, torch.Tensor]
Array = Any


def stream(shared: Path, table: Array) -> Array:
    """The text as codes, an end behind each line."""
    text = "".join(line.strip() + "\n" for line in seen(simplified_news(shared)))
    return codes(text, table)


@dataclass(frozen=True)
class Alphabet:
    """What is known of each code.

    Attributes:
        table: the code of each character of the basic plane.
        han: whether a code is a Han character.
        share: how common it is.
        reads: what it is misread as, some drawings of chance.
        pairs: the commonest pairs of Han characters as numbers, in order.
    """

    table: Array
    han: Array
    share: Array
    reads: Array
    pairs: Array

    @classmethod
    def of(cls, text: Array, table: Array, press: Press) -> Alphabet:
        """The alphabet of a text, misread by a press."""
        size = int(table.max()) + 1
        han = np.zeros(size, dtype=bool)
        han[table[FIRST_HAN:LAST_HAN]] = True
        han[:FIRST_CHARACTER] = False
        share = np.maximum(np.bincount(text, minlength=size), 1).astype(np.float64)
        keys = text[:-1].astype(np.int64) * MOST_CODES + text[1:]
        found, times = np.unique(keys[han[text[:-1]] & han[text[1:]]], return_counts=True)
        pairs = np.sort(found[np.argsort(-times)[:PAIRS]])
        return cls(table, han, share / share.sum(), misread(table, press), pairs)

    def pair(self, read: Array) -> Array:
        """For each place the number of the pair that it closes, `PAIRS` for none that is common."""
        keys = np.zeros(read.shape, np.int64)
        keys[:, 1:] = read[:, :-1] * MOST_CODES + read[:, 1:]
        which = np.minimum(np.searchsorted(self.pairs, keys), PAIRS - 1)
        return np.where(self.pairs[which] == keys, which, PAIRS)


def misread(table: Array, press: Press) -> Array:
    """For each code what a recogniser reads for it; for a mark other marks."""
    chance = random.Random(5)
    reads = np.repeat(np.arange(int(table.max()) + 1)[:, None], READS, axis=1)
    for printed in sorted(set(press.reads) - set(simplified_forms())):
        found = [table[ord(press.read(printed, chance))] for _ in range(READS)]
        reads[table[ord(printed)]] = found
    for mark in MARKS:
        reads[table[ord(mark)]] = [table[ord(chance.choice(MARKS))] for _ in range(READS)]
    return reads


def batches(text: Array, known: Alphabet, chance: np.random.Generator) -> Iterator[Any]:
    """Stretches as they were printed, and as they were read."""
    ends = np.zeros(len(known.han), dtype=bool)
    ends[known.table[[ord(c) for c in ENDS]]] = True
    ends[END] = True
    while True:
        starts = chance.integers(0, len(text) - SIZE, CHUNKS)
        printed = text[starts[:, None] + np.arange(SIZE)].astype(np.int64)
        for row in range(CUT):
            breaks = np.cumsum(chance.integers(*PRINTED_LINE, SIZE // PRINTED_LINE[0]))
            printed[row] = np.insert(printed[row], breaks[breaks < SIZE], END)[:SIZE]
        for row in range(CUT, CUT + ALONE):
            printed[row] = alone(printed[row], ends, chance)
        wrong = chance.random(printed.shape) < chance.choice(DAMAGE, (CHUNKS, 1))
        other = known.reads[printed, chance.integers(0, READS, printed.shape)]
        yield printed, np.where(wrong & (printed != END), other, printed)


def alone(row: Array, ends: Array, chance: np.random.Generator) -> Array:
    """A stretch with nothing to be seen from one of its sentences in another."""
    last, breaks = -1, []
    for end in np.flatnonzero(ends[row]):
        if end - last > chance.integers(*SENTENCE):
            breaks += [end + 1] * FAR
            last = end
    return np.insert(row, breaks, END)[:SIZE]


def start(known: Alphabet) -> Weights:
    """The first guess."""
    chance = torch.Generator().manual_seed(2)
    size, wide = len(known.han), (2 * NEAR + 2) * WIDE

    def normal(*shape: int, scale: float) -> torch.Tensor:
        return torch.randn(*shape, generator=chance) * scale

    first = {
        "near": normal(size, WIDE, scale=0.3),
        "far": normal(size, WIDE, scale=0.3),
        "pair": torch.zeros(PAIRS + 1, WIDE),
        "inner": normal(wide, DEEP, scale=wide**-0.5),
        "inner_bias": torch.zeros(DEEP),
        "outer": normal(DEEP, LOOKS, scale=DEEP**-0.5),
        "up": normal(LOOKS, MORE, scale=LOOKS**-0.5),
        "up_bias": torch.zeros(MORE),
        "down": normal(MORE, LOOKS, scale=0.1 * MORE**-0.5),
        "out": normal(size, LOOKS, scale=0.1),
        "bias": torch.tensor(np.log(known.share), dtype=torch.float32),
    }
    return {name: value.requires_grad_() for name, value in first.items()}


def surroundings(p: Weights, read: Array, known: Alphabet) -> torch.Tensor:
    """The vectors around each place of the stretches, as `fixnews.characters.cloze` has them."""
    at, which = torch.from_numpy(read), torch.from_numpy(known.pair(read))
    near, far = functional.embedding(at, p["near"]), functional.embedding(at, p["far"])
    pair = functional.embedding(which, p["pair"], padding_idx=PAIRS)
    left, right = near + pair, near + pair.roll(-1, 1)
    sides = [(left.bfloat16(), range(-NEAR, 0)), (right.bfloat16(), range(1, NEAR + 1))]
    beside = [v[:, FAR + k : FAR + k + LENGTH] for v, steps in sides for k in steps]
    blurred = [band(at) @ (far + pair).bfloat16() for at in (0, FAR + NEAR + 1)]
    return torch.cat(beside + blurred, -1).flatten(0, 1)


def band(first: int) -> torch.Tensor:
    """Takes the means of the vectors that are far away on one side."""
    steps = torch.arange(SIZE) - torch.arange(LENGTH)[:, None] - first
    return ((steps >= 0) & (steps < FAR - NEAR)).bfloat16() / (FAR - NEAR)


def gaps(p: Weights, seen: torch.Tensor) -> torch.Tensor:
    """What places look like from around them."""
    half = {name: p[name].bfloat16() for name in ("inner", "outer", "up", "down")}
    hidden = bent(seen @ half["inner"] + p["inner_bias"].bfloat16())
    looks = hidden @ half["outer"]
    return looks + bent(looks @ half["up"] + p["up_bias"].bfloat16()) @ half["down"]


def bent(x: torch.Tensor) -> torch.Tensor:
    """What is above zero, squared."""
    return functional.relu(x).square()


def loss(
    p: Weights, printed: Array, read: Array, known: Alphabet, chance: np.random.Generator
) -> torch.Tensor:
    """The surprise at what was printed, over the characters of the batch and some others.

    The chances of those that were drawn count as often as they would have been left out.
    """
    inside = printed[:, FAR:-FAR].ravel()
    rows = np.flatnonzero(known.han[inside])
    target = inside[rows]
    looks = gaps(p, surroundings(p, read, known)[torch.from_numpy(rows)])
    weight = np.sqrt(known.share)
    drawn = np.minimum(1, weight * EXTRA / weight.sum())
    kept = 1 - (1 - known.share) ** len(rows) * (1 - drawn)
    others = np.flatnonzero((chance.random(len(drawn)) < drawn) & known.han)
    chosen = np.union1d(target, others)
    which = torch.from_numpy(chosen)
    common = p["bias"][which] - torch.from_numpy(np.log(kept[chosen])).float()
    chances = looks @ functional.embedding(which, p["out"]).bfloat16().T + common
    return functional.cross_entropy(chances, torch.from_numpy(np.searchsorted(chosen, target)))


def learn(p: Weights, text: Array, known: Alphabet, minutes: float) -> None:
    """Adam, at a rate that falls until the time is over."""
    chance = np.random.default_rng(1)
    adam = torch.optim.Adam(p.values(), lr=RATE, betas=DECAYS, fused=True)
    begin, mean = time.monotonic(), 0.0
    for n, (printed, read) in enumerate(batches(text, known, chance), 1):
        done = (time.monotonic() - begin) / 60 / minutes
        if done >= 1:
            return
        adam.param_groups[0]["lr"] = RATE * min(1, n / WARM) * (1 - done)
        surprise = loss(p, printed, read, known, chance)
        adam.zero_grad()
        surprise.backward()
        adam.step()
        mean += (surprise.item() - mean) / min(n, 200)
        if n % 500 == 0:
            print(f"{n} steps, {n * CHUNKS * LENGTH / 1e6:.1f} M, loss {mean:.4f}", flush=True)


def printed_as(table: Array, counts: Array) -> Array:
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
    options.add_argument("--model", type=Path, required=True, help="trained with --held-out")
    options.add_argument("--table", type=Path, help="confusion sets; by default those that ship")
    options.add_argument("--minutes", type=float, default=50)
    given = options.parse_args()
    torch.set_num_threads(1)
    model = language.load(given.model)
    table = language.load().table
    table = np.where(table < MOST_CODES, table, 0).astype(np.uint16)
    text = stream(given.shared, table)
    known = Alphabet.of(text, table, Press.of(channel.load(given.table), model))
    p = start(known)
    learn(p, text, known, given.minutes)
    units = printed_as(table, np.bincount(text, minlength=len(known.han)))
    none = MOST_CODES * MOST_CODES
    whole = {name: value.detach().numpy() for name, value in p.items()}
    whole |= {"table": table, "units": units, "pairs": np.append(known.pairs, none)}
    np.savez_compressed(given.output, **packed(whole))


if __name__ == "__main__":
    main()
