"""What was learnt is listed: who reads a model, who makes it, and that both say so."""

from __future__ import annotations

from pathlib import Path

import pytest

import fixnews

HOUSE = Path(fixnews.__file__).parent
MODELS = HOUSE / "models"
TRAINING = HOUSE.parent / "training"

ROWS = [
    [cell.strip().strip("`") for cell in line.strip("|").split("|")]
    for line in (MODELS / "README.md").read_text("utf-8").splitlines()
    if line.startswith("| `")
]
BY_STEM = {"misreadings-plain.npz": "PLAIN", "marks.npz": "MODELS", "lost.npz": "MODELS"}
"""Models whose file is named by a constant and a kind."""


def test_every_model_is_listed() -> None:
    files = {path.name for path in MODELS.iterdir()} - {"README.md", "__pycache__"}
    assert files == {row[0] for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_its_reader_reads_it(row: list[str]) -> None:
    reader = (HOUSE / row[2]).read_text("utf-8")
    assert (BY_STEM.get(row[0]) or row[0]) in reader


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_its_maker_has_the_name_of_its_reader(row: list[str]) -> None:
    if not TRAINING.is_dir():
        pytest.skip("training is no part of an installed copy")
    assert (TRAINING / row[3]).is_file()
    assert Path(row[3]).stem in {Path(row[2]).stem, "language_model"}


def test_what_ships_is_light() -> None:
    homes = (MODELS, HOUSE / "dictionaries", HOUSE.parent / "dictionaries")
    size = sum(path.stat().st_size for home in homes for path in home.rglob("*") if path.is_file())
    assert size < 30 * 1024 * 1024
