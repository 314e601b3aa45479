"""Writes where the project lives, and what its release is called, everywhere from one table.

usage: python scripts/address.py [URL] [--check]

The address stands in `pyproject.toml` (``[project.urls]``), the version in `fixnews/version.py`.
Without a URL what is written there holds; while there is no address the places say so, and links
stay relative, which is right wherever the repository is read. ``--check`` writes nothing, names
every place that says something else, and ends with 1 if there is one. `make address` calls this.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SETTINGS, VERSION, CHANGES = "pyproject.toml", "fixnews/version.py", "CHANGELOG.md"


class Form(NamedTuple):
    """How a host spells the addresses of a repository: files as pages and raw, and the rest."""

    file: str
    raw: str
    issues: str
    action: str


FORMS = {
    "github.com": Form("{url}/blob/{ref}/", "{url}/raw/{ref}/", "{url}/issues", "{path}"),
    "gitlab.com": Form("{url}/-/blob/{ref}/", "{url}/-/raw/{ref}/", "{url}/-/issues", "{url}"),
}
"""By host. One that is not here is refused: a guessed form would make links that lead nowhere."""


class Place(NamedTuple):
    """A place in a file: what stands there with an address, and while there is none."""

    file: str
    at: str
    known: str
    unknown: str


URLS = """[project.urls]
Repository = "{url}"
Changelog = "{changes}"
Issues = "{issues}"

[tool.hatch.version]"""

PLACES = (
    Place(SETTINGS, r"^(?:\[project\.urls\]\n(?:.+\n)+\n)?\[tool\.hatch\.version\]", URLS,
          "[tool.hatch.version]"),
    Place("README.md", r"(?<=- repo: ).+", "{url}", "<this repository>"),
    Place("README.md", r"(?<=  rev: ).+", "{tag}", "{tag}"),
    Place("README.md", r"(?<=- uses: ).+", "{action}@{tag}", "<this repository>@{tag}"),
    Place("docs/manual.md", r"(?<=- repo: ).+", "{url}", "<this repository>"),
    Place("docs/manual.md", r"(?<=  rev: ).+", "{tag}", "{tag}"),
    Place("docs/zh-CN/manual.md", r"(?<=- repo: ).+", "{url}", "<本仓库>"),
    Place("docs/zh-CN/manual.md", r"(?<=  rev: ).+", "{tag}", "{tag}"),
    Place("CITATION.cff", r"(?<=^version: ).+", "{version}", "{version}"),
    Place("CITATION.cff", r"^(?:repository-code: .+\n)?license: ",
          'repository-code: "{url}"\nlicense: ', "license: "),
    Place("zensical.toml", r"^(?:repo_url = .+\n)?docs_dir = ",
          'repo_url = "{url}"\ndocs_dir = ', "docs_dir = "),
)  # fmt: skip
"""Everywhere that a reader or a program looks for it. What is not here is made of it: the page on
a package index when a wheel is built (`package_page.py`), SARIF's from the installed package."""


def address(root: Path) -> str:
    """Where the project lives, or nothing."""
    found = re.search(r'(?m)^Repository = "(.+)"$', (root / SETTINGS).read_text("utf-8"))
    return found[1] if found else ""


def version(root: Path) -> str:
    """What the release is called."""
    [found] = re.findall(r'(?m)^__version__ = "(.+)"$', (root / VERSION).read_text("utf-8"))
    return str(found)


def facts(url: str, release: str) -> dict[str, str]:
    """What the places are filled with; without an address only the version.

    >>> facts("https://github.com/someone/fixnews/", "1.2.0")["action"]
    'someone/fixnews'
    >>> facts("", "1.2.0")
    {'version': '1.2.0', 'tag': 'v1.2.0'}
    """
    known = {"version": release, "tag": f"v{release}"}
    if not url:
        return known
    parts = re.fullmatch(r"https://([\w.-]+)/([\w.-]+/[\w./-]*?[\w-])(?:\.git)?/?", url)
    if not parts or parts[1] not in FORMS:
        hosts = ", ".join(FORMS)
        raise ValueError(f"{url}: not https://HOST/OWNER/NAME of {hosts}; FORMS takes more hosts")
    form, known["path"] = FORMS[parts[1]], parts[2]
    known["url"] = f"https://{parts[1]}/{parts[2]}"
    known["changes"] = form.file.format(url=known["url"], ref="HEAD") + CHANGES
    known["issues"], known["action"] = (f.format(**known) for f in (form.issues, form.action))
    known["file"], known["raw"] = (
        f.format(url=known["url"], ref=known["tag"]) for f in (form.file, form.raw)
    )
    return known


def meant(root: Path, told: Mapping[str, str]) -> dict[str, str]:
    """The text of every file of the table as it shall be."""
    texts = {place.file: (root / place.file).read_text("utf-8") for place in PLACES}
    for place in PLACES:
        new = (place.known if "url" in told else place.unknown).format(**told)
        text, count = re.subn(f"(?m){place.at}", lambda _, new=new: new, texts[place.file])
        if count != 1:
            raise ValueError(f"{place.file}: {count} places for {new.strip()!r}: mend PLACES")
        texts[place.file] = text
    return texts


def differences(root: Path, told: Mapping[str, str]) -> Iterator[str]:
    """Each line that says something else, and what is wrong with a release that is tagged."""
    for file, text in meant(root, told).items():
        there = (root / file).read_text("utf-8").split("\n")
        for line in (line for line in text.split("\n") if line not in there):
            yield f"{file}: lacks {line.strip()!r}; `make address` writes it"
        for line in (line for line in there if line not in text.split("\n")):
            yield f"{file}: says {line.strip()!r}; `make address` puts it right"
    for tag in tags(root):
        if tag != told["tag"]:
            yield f"the tag {tag} is not the version of {VERSION}, {told['version']}: move one"
        if f"\n## {told['version']}" not in (root / CHANGES).read_text("utf-8"):
            yield f"{CHANGES}: no heading '## {told['version']}' for what is released as {tag}"


def tags(root: Path) -> list[str]:
    """The tags of releases on what is checked out; none where there is no git."""
    if not shutil.which("git"):
        return []
    command = ["git", "-C", str(root), "tag", "--points-at", "HEAD", "--list", "v[0-9]*"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()


def absolute(text: str, told: Mapping[str, str]) -> str:
    """README with links that lead somewhere from elsewhere; as it is while there is no address.

    >>> told = facts("https://github.com/someone/fixnews", "1.2.0")
    >>> absolute("![A page](docs/a.svg), [the manual](docs/manual.md#words), [below](#below)", told)
    ... # doctest: +NORMALIZE_WHITESPACE
    '![A page](https://github.com/someone/fixnews/raw/v1.2.0/docs/a.svg),
    [the manual](https://github.com/someone/fixnews/blob/v1.2.0/docs/manual.md#words),
    [below](#below)'
    """
    if "url" not in told:
        return text
    link = r"(?m)^(?: {4}.*)|(!?)(\[[^\]]*\]\()(?!\w+:|#)([^)\s]+\))"

    def led(found: re.Match[str]) -> str:
        if found[2] is None:
            return found[0]
        return f"{found[1]}{found[2]}{told['raw' if found[1] else 'file']}{found[3]}"

    return re.sub(link, led, text)


def main() -> int:
    """Write the places, or say which are wrong."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("url", nargs="?", default="", help="https://HOST/OWNER/NAME")
    options.add_argument("--check", action="store_true", help="write nothing")
    options.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    given = options.parse_args()
    try:
        told = facts(given.url or address(given.root), version(given.root))
        wrong = list(differences(given.root, told))
        if not given.check:
            for file, text in meant(given.root, told).items():
                (given.root / file).write_text(text, "utf-8")
    except ValueError as error:
        options.error(str(error))
    said = (
        wrong or ["every place says the same"]
        if given.check
        else [told.get("url", "no address yet")]
    )
    print(*said, sep="\n")
    return int(given.check and bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
