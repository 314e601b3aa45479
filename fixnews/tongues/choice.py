"""Which language a call is answered in: the option, the configuration, the locale, in this order.

It is settled before the call is read, since what is wrong with a call and the help are said in it,
too. What is wrong with the option or the configuration is not said here: whoever reads them will.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

from fixnews.config_files import file_at_or_above, table_of, working_folder
from fixnews.errors import FixnewsError
from fixnews.tongues import TAGS, Tongue

OPTION, CONFIG, ISOLATED = "--language", "--config", "--isolated"

_LOCALES = (
    ("zh_tw", "zh-TW"),
    ("zh_hk", "zh-TW"),
    ("zh_mo", "zh-TW"),
    ("zh_hant", "zh-TW"),
    ("zh", "zh-CN"),
)
"""How the name of a locale begins, and the language of its readers; every other is English."""


def chosen(arguments: Sequence[str], environment: Mapping[str, str]) -> Tongue:
    """The language of a call.

    Args:
        arguments: the call as it was given.
        environment: where the locale is named.

    >>> chosen(["explain", "--language", "zh-TW", "BRK101"], {}).tag
    'zh-TW'
    """
    named = _known(_given(arguments, OPTION)) or _known(_configured(arguments))
    return Tongue(named or of_locale(environment), asked_for=bool(named))


def of_locale(environment: Mapping[str, str]) -> str:
    """The tag of the language that the locale asks for.

    >>> of_locale({"LANG": "zh_HK.UTF-8"}), of_locale({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})
    ('zh-TW', 'en')
    """
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next(filter(None, names), "").lower().replace("-", "_")
    found = (tag for start, tag in _LOCALES if name.partition(".")[0].startswith(start))
    return next(found, TAGS[0])


def _given(arguments: Sequence[str], option: str) -> str:
    """The value of an option as it stands in a call, the last one's; nothing if it is not there."""
    values = [after for word, after in pairwise(arguments) if word == option]
    values += [word.partition("=")[2] for word in arguments if word.startswith(f"{option}=")]
    return next(reversed(values), "")


def _configured(arguments: Sequence[str]) -> Any:
    """What the configuration says, if it can be read."""
    if ISOLATED in arguments:
        return ""
    with suppress(FixnewsError):
        named = _given(arguments, CONFIG)
        path = Path(named) if named else file_at_or_above(working_folder().absolute())
        return table_of(path).get("language", "") if path else ""
    return ""


def _known(tag: Any) -> str:
    return tag if tag in TAGS else ""
