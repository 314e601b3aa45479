"""The page on a package index: README, with links that lead somewhere from there.

hatchling calls this when it makes the metadata of a package. README itself keeps its relative
links, which lead to the right version in every copy of the repository; pictures of a package page
are those of its own version, by the tag.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

sys.path.insert(0, str(Path(__file__).parent))

from address import absolute, address, facts, version


class PackagePage(MetadataHookInterface):
    """What `pyproject.toml` declares as `dynamic`: the text of the page."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Put README with its links made absolute in."""
        root = Path(self.root)
        text = (root / "README.md").read_text("utf-8")
        told = facts(address(root), version(root))
        metadata["readme"] = {"content-type": "text/markdown", "text": absolute(text, told)}
