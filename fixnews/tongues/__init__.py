"""The languages that fixnews speaks to people: English, and catalogues of templates for others.

A catalogue is a file of gettext beside this one, ``zh-CN.po``, read as it is and only when
something is shown in its language; an English run reads none. What programs read is never
translated.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fixnews.errors import DataError, of_system
from fixnews.message import Message, translated
from fixnews.tongues.catalogue import entries

HOME = Path(__file__).parent
"""Where the catalogues lie."""

TAGS = ("en", "zh-CN", "zh-TW")
"""The languages by their tags (BCP 47), as options and settings have them."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language to speak to a person in.

    Attributes:
        tag: of `TAGS`.
        asked_for: whether the reader named it, in the call or the configuration.

    >>> Tongue("zh-CN")("interrupted; what was written is whole")
    '已中断；写出的文件都是完整的'
    """

    tag: str = "en"
    asked_for: bool = False

    @property
    def foreign(self) -> bool:
        """Whether texts need translating at all."""
        return self.tag != TAGS[0]

    def __call__(self, text: str) -> str:
        """A text in this language; one that the catalogue lacks stays English.

        Raises:
            DataError: the catalogue is missing or damaged.
        """
        return translated(text, self.find) if self.foreign else str(text)

    def find(self, template: str) -> str:
        """The template in this language for an English one."""
        return _catalogue(self.tag).get(template) or template if self.foreign else template

    def of(self, template: str, /, **values: object) -> str:
        """A template with its values, in this language.

        >>> ENGLISH.of("{n} in all", n=3)
        '3 in all'
        """
        return self(Message(template, **values))


ENGLISH = Tongue()
"""What is spoken unless somebody asks for another language."""


@cache
def _catalogue(tag: str) -> dict[str, str]:
    path = HOME / f"{tag}.po"
    try:
        return dict(entries(path.read_text("utf-8"), path.name))
    except OSError as error:
        problem = Message("{path}: {what}", path=path, what=of_system(error))
        raise DataError(problem, "reinstall fixnews") from None
