"""What holds for a page in an editor: the settings that the command line would find there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fixnews.config import Config, load
from fixnews.config_files import file_at_or_above
from fixnews.exclusion import is_excluded
from fixnews.issue import check
from fixnews.verdicts import Baseline


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a page.

    Attributes:
        config: as the command line reads them.
        baseline: what is left as it is and not shown.
        excluded: whether they leave the page out.
    """

    config: Config = Config()  # noqa: RUF009
    baseline: Baseline = Baseline({})  # noqa: RUF009
    excluded: bool = False


def settings_of(page: Path | None, folders: Sequence[Path]) -> Settings:
    """The settings that hold for a page.

    The nearest configuration at or above the page's folder; where there is none, the reader's own
    lists lie in the folder that is open in the editor, as they would in the working folder.

    Args:
        page: the file of the page, or None for one that has none yet.
        folders: those that are open in the editor.

    Raises:
        ConfigError: the configuration does not hold.
        DataError: the baseline that it names is missing.
        UsageError: it names a rule that there is not.
    """
    around = [folder for folder in folders if page and page.is_relative_to(folder)]
    home = next(iter(around or folders), page.parent if page else Path.cwd())
    below = page.parent if page else home
    config = load(folder=below if file_at_or_above(below) else home)[0]
    check(config)
    baseline = Baseline.load(config.baseline) if config.baseline else Baseline({})
    return Settings(config, baseline, bool(page and is_excluded(page, config)))
