"""What a wheel carries besides code."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_a_wheel_carries_dictionaries_models_and_texts(tmp_path: Path) -> None:
    call = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(tmp_path), "."]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no wheel can be built here: {done.stderr[-200:]}")
    (wheel,) = tmp_path.glob("*.whl")
    carried = set(zipfile.ZipFile(wheel).namelist())
    assert {f"fixnews/dictionaries/{p.name}" for p in (ROOT / "dictionaries").iterdir()} <= carried
    models = (ROOT / "fixnews" / "models").iterdir()
    assert {f"fixnews/models/{p.name}" for p in models} <= carried
    assert {"fixnews/report/page.css", "fixnews/report/page.js"} <= carried
    texts = (ROOT / "fixnews" / "rules").glob("*.toml")
    assert {f"fixnews/rules/{p.name}" for p in texts} <= carried
    assets = (ROOT / "fixnews" / "browser" / "assets").iterdir()
    assert {f"fixnews/browser/assets/{p.name}" for p in assets} <= carried
