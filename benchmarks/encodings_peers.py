"""The detectors to compare with, each as a function from bytes to text."""

from __future__ import annotations

import warnings
from collections.abc import Callable

from cases import BIG5

from fixnews.encoding import big5

Detector = Callable[[bytes], str]

ZH = (
    "ascii", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be",
    "gb18030", "big5", "big5hkscs", "hz",
)  # fmt: skip
SUPERSET = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "hz-gb-2312": "hz"}


def _decoded(data: bytes, name: str | None) -> str:
    name = (name or "").lower()
    name = SUPERSET.get(name, name)
    try:
        if name in BIG5:
            return big5.decode(data, "replace")
        return data.decode(name, "replace")
    except (UnicodeError, LookupError):
        return ""


def peers() -> dict[str, Detector]:
    """What to compare with; each text decoded by the codec named, supersets allowed."""
    import cchardet
    import chardet
    import charset_normalizer

    def normalizer(data: bytes) -> str:
        best = charset_normalizer.from_bytes(data).best()
        return (
            str(best)
            if best and best.encoding not in SUPERSET and best.encoding not in BIG5
            else _decoded(data, best.encoding if best else None)
        )

    def zh(data: bytes) -> str:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _decoded(data, chardet.detect(data, include_encodings=list(ZH))["encoding"])

    return {
        "chardet": lambda data: _decoded(data, chardet.detect(data)["encoding"]),
        "chardet zh": zh,
        "charset-normalizer": normalizer,
        "cchardet": lambda data: _decoded(data, cchardet.detect(data)["encoding"]),
    }
