"""Train the network that points: which mark do the words around a place ask for?

usage: python training/pointing.py ../shared -o fixnews/models/pointing.npz [--minutes 40]

Needs torch (a build without CUDA will do), on one core. The text is the news that the language
model was trained on, as one stream of its codes; the last million is held back and measured. Every
stretch is damaged anew: characters and marks that are misread or lost, quotation marks above all,
paragraphs that are cut in two or run together, at rates drawn by lot for every 1,500 characters.
The network then sees one place with its sign hidden, or a gap, and names the mark that was printed.
There are as many gaps where nothing was printed as marks.
"""

from __future__ import annotations

import argparse
import lzma
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from fixnews import language
from fixnews.language.alphabet import BLANK, END, FIRST_CHARACTER, UNKNOWN
from fixnews.marks.confusion import NOTHING, TARGETS
from fixnews.marks.pointing import LEFT, REACH, RIGHT

KNOWN = 4500
"""Codes with a place of their own; they are 99.98 % of the news."""

EACH, NEAR, WEIGH = 32, 48, 160
"""Numbers for a character, for a neighbourhood, and for the place as a whole."""

BATCH, STRETCH, PAGE = 1024, 600_000, 1500
HELD_BACK = 1_000_000
RATE = 2e-3
SIGNS = "·*=+'\"-.^~_<>|、，。：；“”‘’"
"""What a mark may come out as."""


class Places(NamedTuple):
    """Places of a damaged stretch, with what was printed there."""

    codes: np.ndarray
    at: np.ndarray
    behind: np.ndarray
    printed: np.ndarray


def stream(shared: Path, model: language.Model) -> np.ndarray:
    """The news as codes, without blanks, one ``END`` between paragraphs."""
    parts = []
    with lzma.open(shared / "corpus/news-train.txt.xz", "rt", encoding="utf-8") as file:
        while lines := file.readlines(40_000_000):
            codes = model.codes("".join(lines))
            codes = codes[codes != BLANK]
            again = np.r_[False, (codes[1:] == END) & (codes[:-1] == END)]
            parts.append(codes[~again])
    return np.concatenate(parts)


class Damage:
    """What recognisers do to marks, at rates that change from page to page."""

    def __init__(self, model: language.Model, seed: int) -> None:
        """Learn which codes are marks."""
        self.lot = np.random.default_rng(seed)
        self.mark = np.full(1 << 13, -1)
        self.mark[model.codes(TARGETS).astype(int)] = np.arange(len(TARGETS))
        self.quotes = model.codes("“”‘’").astype(int)
        signs = model.codes(SIGNS).astype(int)
        self.signs = np.where(signs < KNOWN, signs, UNKNOWN)

    def hit(self, size: int, clean: float, most: float, least: float = 0.0) -> np.ndarray:
        """Which of so many codes are hit, at a rate of each page; ``clean`` are hit the least."""
        pages = size // PAGE + 1
        rate = self.lot.random(pages) * np.where(self.lot.random(pages) < clean, least, most)
        return self.lot.random(size) < np.repeat(rate, PAGE)[:size]

    def places(self, codes: np.ndarray) -> Places:
        """A damaged stretch and the places in it."""
        lot, size = self.lot, len(codes)
        mark = self.mark[codes] >= 0
        plain = (codes >= FIRST_CHARACTER) & ~mark
        got = codes.copy()
        wrong = plain & self.hit(size, 0.4, 0.12)
        got[wrong] = codes[lot.integers(0, size, wrong.sum())]
        wrong = mark & self.hit(size, 0.5, 0.15, 0.02)
        got[wrong] = lot.choice(self.signs, wrong.sum())
        lost = mark & self.hit(size, 0.6, 0.1, 0.01)
        lost |= np.isin(codes, self.quotes) & self.hit(size, 0.7, 0.5)
        lost |= plain & self.hit(size, 0.6, 0.03)
        flat = np.repeat(lot.random(size // PAGE + 1) < 0.3, PAGE)[:size]
        lost |= (codes == END) & flat
        cut = (codes != END) & self.hit(size, 0.5, 0.02)
        return self._asked(codes, got, lost, cut)

    def _asked(
        self, codes: np.ndarray, got: np.ndarray, lost: np.ndarray, cut: np.ndarray
    ) -> Places:
        """Every mark, read or lost, and as many gaps between characters."""
        kind = self.mark[codes]
        plain = (codes >= FIRST_CHARACTER) & (kind < 0) & ~lost
        size = ~lost * 1 + cut
        start = np.cumsum(size) - size
        made = np.full(size.sum(), END)
        place = start + cut
        made[place[~lost]] = got[~lost]
        read, gone = np.flatnonzero((kind >= 0) & ~lost), np.flatnonzero((kind >= 0) & lost)
        gaps = np.flatnonzero(plain & np.r_[False, plain[:-1]])
        gaps = self.lot.choice(gaps, min(len(gaps), len(read)), replace=False)
        at = np.r_[place[read], start[gone], place[gaps]]
        behind = at + np.repeat([1, 0], [len(read), len(gone) + len(gaps)])
        printed = np.r_[kind[read], kind[gone], np.full(len(gaps), NOTHING)]
        return Places(made, at, behind, printed)


class Network(nn.Module):
    """What `fixnews.marks.pointing` asks, as torch trains it."""

    def __init__(self) -> None:
        """Start from small random numbers."""
        super().__init__()
        self.each = nn.Embedding(KNOWN + 1, EACH)
        nn.init.normal_(self.each.weight, std=0.3)
        self.near = nn.Linear(REACH * EACH, NEAR)
        self.weigh = nn.Linear((LEFT + 1 + RIGHT - REACH + 1) * NEAR, WEIGH)
        self.name = nn.Linear(WEIGH, NOTHING + 1)

    def forward(self, left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
        """The log-odds of each mark."""
        hidden = torch.full((len(left), 1), KNOWN, dtype=left.dtype)
        seen = self.each(torch.cat([left, hidden, right], 1))
        width = seen.shape[1] - REACH + 1
        around = torch.cat([seen[:, k : k + width] for k in range(REACH)], 2)
        near = functional.relu(self.near(around)).flatten(1)
        return self.name(functional.relu(self.weigh(near)))


def windows(places: Places, chosen: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
    """What stands on both sides of the chosen places."""
    codes = np.concatenate([np.zeros(LEFT, int), places.codes, np.full(RIGHT + 1, END)])
    codes = np.where(codes < KNOWN, codes, UNKNOWN).astype(np.int32)
    left = codes[places.at[chosen][:, None] + np.arange(LEFT)]
    right = codes[places.behind[chosen][:, None] + np.arange(LEFT, LEFT + RIGHT)]
    return torch.from_numpy(left), torch.from_numpy(right)


def batches(codes: np.ndarray, damage: Damage) -> Iterator[tuple[torch.Tensor, ...]]:
    """Places of one stretch after the other, for ever."""
    while True:
        start = int(damage.lot.integers(0, len(codes) - STRETCH))
        places = damage.places(codes[start : start + STRETCH].astype(int))
        order = damage.lot.permutation(len(places.at))
        for k in range(0, len(order) - BATCH, BATCH):
            chosen = order[k : k + BATCH]
            yield (*windows(places, chosen), torch.from_numpy(places.printed[chosen]))


def train(codes: np.ndarray, model: language.Model, minutes: float) -> Network:
    """The network after so many minutes, its rate falling to nearly nothing."""
    network = Network()
    optimiser = torch.optim.Adam(network.parameters(), lr=RATE)
    start = time.monotonic()
    for number, (left, right, printed) in enumerate(batches(codes, Damage(model, 1))):
        spent = (time.monotonic() - start) / (60 * minutes)
        if spent >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1, number / 400) * max(0.02, 1 - spent)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found = network(left, right)
        loss = functional.cross_entropy(found.float(), printed)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
    print(f"{number * BATCH / 1e6:.1f} M places")
    return network


def measured(network: Network, codes: np.ndarray, damage: Damage) -> None:
    """Print how often each mark is named on text that was held back, damaged like the rest."""
    places = damage.places(codes.astype(int))
    left, right = windows(places, np.arange(len(places.at)))
    with torch.no_grad():
        pairs = zip(left.split(BATCH), right.split(BATCH), strict=True)
        named = torch.cat([network(*pair) for pair in pairs]).argmax(1).numpy()
    print(f"all {np.mean(named == places.printed):.3f}")
    for kind, mark in enumerate([*TARGETS, "nothing"]):
        here = places.printed == kind
        print(f"{mark} {here.sum():6} {np.mean(named[here] == kind):.3f}")


def write(network: Network, model: language.Model, path: Path) -> None:
    """The network as small numbers, with the codes that it reads."""
    half = {
        name: layer.detach().numpy().T.astype(np.float16)
        for name, layer in (
            ("near", network.near.weight), ("near_bias", network.near.bias),
            ("weights_weigh", network.weigh.weight), ("bias_weigh", network.weigh.bias),
            ("weights_name", network.name.weight), ("bias_name", network.name.bias),
        )
    }  # fmt: skip
    each = network.each.weight.detach().numpy()
    scale = np.maximum(np.abs(each).max(axis=1, keepdims=True), 1e-9) / 127
    codes = np.round(each / scale).astype(np.int8)
    np.savez_compressed(
        path,
        table=model.table.astype(np.uint16),
        codes=codes,
        scale=scale.astype(np.float32),
        **half,
    )


def main() -> None:
    """Train, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=40)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    model = language.load()
    codes = stream(asked.shared, model)
    network = train(codes[:-HELD_BACK], model, asked.minutes)
    measured(network, codes[-HELD_BACK:], Damage(model, 2))
    write(network, model, asked.output)


if __name__ == "__main__":
    main()
