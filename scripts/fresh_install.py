"""Runs the steps of `Dockerfile` and `action.yml` on this machine, where there is no Docker.

usage: python scripts/fresh_install.py [dockerfile] [action]

The steps are read from the two files, so that they cannot drift from what is tried. Every stage of
the Dockerfile gets an environment of its own made by venv, its folders lie in a temporary folder,
and what it would copy is what git tracks without what `.dockerignore` names; the environment of
the action is the one that GitHub gives. At the end a page is repaired and checked by what was
installed. What cannot be had so (another base, a user of its own) is named. It needs a package
registry, and some minutes.
"""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
DAMAGED, REPAIRED = "喜迎党代会,奋进新征程。\n", "喜迎党代会，奋进新征程。\n"
FOLDERS = ("/source", "/wheels", "/pages")
"""What the Dockerfile lays into the root of the container, and here in a temporary folder."""

PASSED_OVER = {
    "useradd": "makes a user of the machine",
    "USER": "the steps run as who calls this",
}
"""Steps that are not taken, and why."""

BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")


def instructions(text: str) -> Iterator[tuple[str, str]]:
    r"""The instructions of a Dockerfile, each with the rest of its line.

    >>> list(instructions("# a\nFROM b AS c\nRUN d \\\n  e\n"))
    [('FROM', 'b AS c'), ('RUN', 'd e')]
    """
    whole = re.sub(r"\\\n\s*", "", re.sub(r"(?m)^#.*\n", "", text))
    for line in filter(None, whole.split("\n")):
        word, _, rest = line.partition(" ")
        yield word, rest


def context() -> Iterator[str]:
    """The files that a build gets: those of git without those of `.dockerignore`."""
    command = ["git", "-C", str(ROOT), "ls-files"]
    files = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")
    left_out = (ROOT / ".dockerignore").read_text("utf-8").split()
    for file in filter(None, files):
        parts = [file, *map(str, Path(file).parents)]
        if not any(fnmatch.fnmatch(part, rule) for part in parts for rule in left_out):
            yield file


def copied(folder: Path, files: Iterator[str]) -> None:
    """Put files of the project into a folder."""
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, folder / file)


def fresh(folder: Path) -> dict[str, str]:
    """An environment with nothing but Python, and the variables that lead to it."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return kept | {"PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}


def taken(script: str, given: Mapping[str, str], cwd: Path, answer: int = 0) -> str:
    """Take a step and give back what it said, or end with that if its exit code is another."""
    print(f"  {script.strip()}", flush=True)
    done = subprocess.run([*BASH, script], env=given, cwd=cwd, check=False, encoding="utf-8",
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip
    if done.returncode != answer:
        raise SystemExit(f"{done.stdout}\nexit code {done.returncode}")
    return done.stdout


class Build:
    """The stages of the Dockerfile, one after the other."""

    def __init__(self, room: Path) -> None:
        self.room, self.given, self.cwd = room, dict(os.environ), room
        self.stages, self.entry = 0, [""]

    def here(self, text: str) -> str:
        """A step with the folders of the container as they lie here."""
        for folder in FOLDERS:
            text = re.sub(rf"(?<![\w.]){folder}\b", f"{self.room}{folder}", text)
        return text

    def step(self, word: str, rest: str) -> None:
        """Take one instruction."""
        why = next((w for begin, w in PASSED_OVER.items() if f"{word} {rest}".startswith(
            (begin, f"RUN {begin}"))), "")  # fmt: skip
        if why:
            print(f"  ({word} {rest}: not taken, {why})")
            return
        match word:
            case "FROM":
                self.stages += 1
                self.given, self.cwd = fresh(self.room / f"stage{self.stages}"), self.room
                print(f"  (FROM {rest}: here Python {sys.version.split()[0]})")
            case "COPY" if rest.startswith(". "):
                copied(Path(self.here(rest.split()[1])), context())
            case "RUN":
                taken(self.here(re.sub(r"--mount=\S+\s+", "", rest)), self.given, self.cwd)
            case "WORKDIR":
                self.cwd = Path(self.here(rest))
                self.cwd.mkdir()
            case "ENTRYPOINT":
                self.entry = json.loads(rest)
            case _:
                raise SystemExit(f"Dockerfile: {word} {rest}: nobody knows how to take it here")


def dockerfile(room: Path) -> None:
    """Build, then `docker run` on a page in a pipe and on a folder."""
    build = Build(room)
    for word, rest in instructions((ROOT / "Dockerfile").read_text("utf-8")):
        build.step(word, rest)
    (build.cwd / "issue").mkdir()
    (build.cwd / "issue/A1.txt").write_text(DAMAGED, "utf-8")
    piped = called(build.entry, build, DAMAGED)
    assert (piped.returncode, piped.stdout) == (0, REPAIRED), piped
    checked = called([*build.entry, "check", "issue/"], build)
    assert checked.returncode == 1, checked
    assert "PUN101" in checked.stdout


def called(words: list[str], build: Build, page: str = "") -> subprocess.CompletedProcess[str]:
    """What a container that is made of this build answers."""
    print(f"  docker run {shlex.join(words)}")
    return subprocess.run(words, input=page, env=build.given, cwd=build.cwd, text=True,
                          capture_output=True, check=False, encoding="utf-8")  # fmt: skip


def action(room: Path) -> None:
    """Every step of the action that is a script, with the environment that GitHub gives."""
    import yaml

    told = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    copied(room / "action", context())
    (room / "work").mkdir()
    (room / "work/A1.txt").write_text(DAMAGED, "utf-8")
    given = fresh(room / "python") | {"GITHUB_ACTION_PATH": str(room / "action")}
    inputs = {name: row["default"] for name, row in told["inputs"].items()}
    for step in told["runs"]["steps"]:
        if "run" not in step:
            print(f"  ({step['uses']}: here Python {sys.version.split()[0]})")
            continue
        named = {k: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: inputs[m[1]], v)
                 for k, v in step.get("env", {}).items()}  # fmt: skip
        finds = step["name"] == "Check"
        said = taken(step["run"], given | named, room / "work", answer=1 if finds else 0)
        assert not finds or "file=A1.txt,line=1" in said.replace("./", ""), said


TRIED = {"dockerfile": dockerfile, "action": action}


def main() -> None:
    """Try what is named, or both."""
    for name in sys.argv[1:] or TRIED:
        with tempfile.TemporaryDirectory() as folder:
            print(f"{name}:")
            TRIED[name](Path(folder))
            print(f"  {name}: holds")


if __name__ == "__main__":
    main()
