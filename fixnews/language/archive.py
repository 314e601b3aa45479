"""The file of a language model: a line of JSON, then its arrays, read without being copied."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fixnews.errors import DataError, PageError

MAGIC = b"fixnews language model 1\n"
ALIGN = 64
HEADER = 1 << 16


def opened(path: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The arrays of a model's file, memory-mapped, and what the file says of them.

    Raises:
        DataError: the file is missing or is not a model.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise DataError(f"{path}: not a language model", "make one with `fixnews train`")
            header = json.loads(file.readline())
        raw = np.memmap(path, dtype=np.uint8, mode="r")
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise DataError(
            f"{path}: language model: {reason}", "check the path, or reinstall"
        ) from None
    return {name: _view(raw, *where) for name, where in header["arrays"].items()}, header["about"]


def _view(raw: NDArray[np.uint8], kind: str, shape: list[int], start: int) -> NDArray[Any]:
    import math

    end = start + math.prod(shape) * np.dtype(kind).itemsize
    return np.asarray(raw[start:end]).view(kind).reshape(shape)


def write(path: Path, arrays: Mapping[str, NDArray[np.generic]], about: Mapping[str, Any]) -> None:
    """Write a model's file: a line of JSON, then the arrays, each at a multiple of 64 bytes.

    Raises:
        PageError: the file cannot be written.
    """
    places: dict[str, tuple[str, list[int], int]] = {}
    at = HEADER
    for name, array in arrays.items():
        places[name] = (array.dtype.str, list(array.shape), at)
        at += -(-array.nbytes // ALIGN) * ALIGN
    header = MAGIC + json.dumps({"about": dict(about), "arrays": places}).encode() + b"\n"
    try:
        with path.open("wb") as file:
            file.write(header.ljust(HEADER)[:HEADER])
            for name, array in arrays.items():
                file.seek(places[name][2])
                file.write(array.tobytes())
    except OSError as error:
        raise PageError(f"{path}: {error.strerror}", "choose another place") from None
