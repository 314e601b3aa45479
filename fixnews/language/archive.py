"""The file of a language model: a line of JSON, then its arrays, read without being copied."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fixnews.errors import DataError, of_system
from fixnews.files import Write, write_all
from fixnews.message import Message

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
                raise DataError(
                    Message("{path}: not a language model", path=path),
                    "make one with `fixnews train`",
                )
            header = json.loads(file.readline())
        raw = np.memmap(path, dtype=np.uint8, mode="r")
    except OSError as error:
        reason = of_system(error)
        raise DataError(
            Message("{path}: language model: {reason}", path=path, reason=reason),
            "check the path, or reinstall",
        ) from None
    return {name: _view(raw, *where) for name, where in header["arrays"].items()}, header["about"]


def _view(raw: NDArray[np.uint8], kind: str, shape: list[int], start: int) -> NDArray[Any]:
    import math

    end = start + math.prod(shape) * np.dtype(kind).itemsize
    return np.asarray(raw[start:end]).view(kind).reshape(shape)


def is_model(data: bytes) -> bool:
    """Whether a file is a model: such a one may be replaced."""
    return data.startswith(MAGIC)


def write(
    path: Path,
    arrays: Mapping[str, NDArray[np.generic]],
    about: Mapping[str, Any],
    ours: Callable[[bytes], bool] = is_model,
) -> None:
    """Write a model's file: a line of JSON, then the arrays, each at a multiple of 64 bytes.

    Args:
        path: the file; it has the whole model or what it had before.
        arrays: by their names.
        about: what the model says of itself.
        ours: whether what lies there may be replaced.

    Raises:
        PageError: the file cannot be written, or something else lies there.
    """
    header = HEADER
    while len(_header(arrays, about, header)) > header:
        header *= 2
    data = bytearray(_header(arrays, about, header).ljust(header))
    for array in arrays.values():
        data += array.tobytes()
        data += bytes(-len(data) % ALIGN)
    write_all([Write(path, bytes(data), ours=ours)])


def _header(arrays: Mapping[str, NDArray[np.generic]], about: Mapping[str, Any], at: int) -> bytes:
    """The line that says what a model is and where its arrays begin, the first of them ``at``."""
    places: dict[str, tuple[str, list[int], int]] = {}
    for name, array in arrays.items():
        places[name] = (array.dtype.str, list(array.shape), at)
        at += -(-array.nbytes // ALIGN) * ALIGN
    return MAGIC + json.dumps({"about": dict(about), "arrays": places}).encode() + b"\n"
