"""What is tried of the Dockerfile and the action without Docker is what they say."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from scripts import address, fresh_install

ROOT = Path(__file__).parent.parent
STEPS = list(fresh_install.instructions((ROOT / "Dockerfile").read_text("utf-8")))


@pytest.mark.parametrize("script", [address, fresh_install], ids=lambda script: script.__name__)
def test_the_examples_of_a_script_hold(script: object) -> None:
    done = doctest.testmod(script)  # type: ignore[arg-type]
    assert done.attempted > 0
    assert done.failed == 0


def test_every_step_of_the_dockerfile_can_be_taken_or_is_passed_over_with_a_reason() -> None:
    assert {word for word, _ in STEPS} == {"FROM", "COPY", "RUN", "USER", "WORKDIR", "ENTRYPOINT"}
    assert [word for word, _ in STEPS].count("FROM") == 2
    assert STEPS[-1] == ("ENTRYPOINT", '["fixnews"]')


def test_a_step_that_nobody_knows_ends_it(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="HEALTHCHECK"):
        fresh_install.Build(tmp_path).step("HEALTHCHECK", "CMD true")


@pytest.mark.parametrize(
    ("step", "here"),
    [
        ("pip wheel -w /wheels '/source[pdf]'", "pip wheel -w {}/wheels '{}/source[pdf]'"),
        ("cp /usr/source/a .", "cp /usr/source/a ."),
    ],
)
def test_folders_of_the_container_lie_in_a_room(tmp_path: Path, step: str, here: str) -> None:
    assert fresh_install.Build(tmp_path).here(step) == here.replace("{}", str(tmp_path))


NEEDED = (
    "pyproject.toml", "README.md", "LICENSE", "scripts/package_page.py", "scripts/address.py",
    "fixnews/version.py", "dictionaries/confusions.tsv",
)  # fmt: skip


def test_a_build_gets_what_a_package_needs_and_no_tests() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("what a build gets is asked of git")
    files = set(fresh_install.context())
    assert set(NEEDED) <= files
    assert not any(file.startswith("tests/") for file in files)
