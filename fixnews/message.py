"""What is said to people, as data: English text that remembers the template that it was made of.

A message is a string, and its value is the English text: a program that reads it, a test that
compares it and a file that keeps it see plain English. What shows it to a person asks a language
for the template and fills it anew (`fixnews.tongues`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

Find = Callable[[str], str]
"""Gives a template of another language for an English one, or the English one back."""


class Message(str):
    """A template and its values; as a string, the English text.

    Attributes:
        template: the English template, as `str.format` takes it; without values it is taken as it
            stands, braces and all.
        values: what is put in, by name. A value that is a message is translated as well; any other
            string is a path or a word of a page and is not.

    >>> there = {"{path}: no such file": "{path}：没有这个文件"}
    >>> message = Message("{path}: no such file", path="A1.txt")
    >>> message, message.translated(lambda text: there.get(text, text))
    ('A1.txt: no such file', 'A1.txt：没有这个文件')
    """

    __slots__ = ("template", "values")

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Message:
        """The message of a template, which is put into English at once; of a message, itself."""
        if isinstance(template, Message) and not values:
            return template
        message = super().__new__(cls, template.format_map(values) if values else template)
        message.template, message.values = template, values
        return message

    @staticmethod
    def counted(number: int, one: str, more: str, /, **values: Any) -> Message:
        """A message about a number, which the templates call ``{n}``.

        >>> Message.counted(1, "{n} page", "{n} pages"), Message.counted(0, "{n} page", "{n} pages")
        ('1 page', '0 pages')
        """
        return Message(one if number == 1 else more, n=number, **values)

    @staticmethod
    def joined(between: str, parts: Iterable[str]) -> Message:
        """Messages in a row; what stands between them is translated, too.

        >>> Message.joined("; ", ("a blank", Message("{n} NULs", n=3)))
        'a blank; 3 NULs'
        """
        return _Row(between, tuple(parts))

    def translated(self, find: Find) -> str:
        """The text in another language.

        >>> there = {"{what} {n}": "第{n}{what}", "page": "版"}
        >>> Message("{what} {n}", what=Message("page"), n=2).translated(there.__getitem__)
        '第2版'
        """
        template = find(self.template)
        return template.format_map(_put(self.values, find)) if self.values else template

    def __reduce__(self) -> tuple[Any, ...]:
        """How a message goes to another process: with its template."""
        return partial(Message, self.template, **self.values), ()


class _Row(Message):
    """Messages in a row."""

    __slots__ = ()

    def __new__(cls, between: str, parts: tuple[str, ...]) -> _Row:
        """The row in English."""
        row = str.__new__(cls, between.join(parts))
        row.template, row.values = between, {"parts": parts}
        return row

    def translated(self, find: Find) -> str:
        """The row in another language; a part is a message, with or without values."""
        parts = self.values["parts"]
        return find(self.template).join(translated(part, find) for part in parts)

    def __reduce__(self) -> tuple[Any, ...]:
        """How a row goes to another process."""
        return _Row, (self.template, self.values["parts"])


def translated(text: str, find: Find) -> str:
    """What is shown, in another language: a message, or a text that is a template without values.

    >>> translated("taken back", {"taken back": "已撤回"}.__getitem__)
    '已撤回'
    """
    return text.translated(find) if isinstance(text, Message) else find(text)


def _put(values: dict[str, Any], find: Find) -> dict[str, Any]:
    return {k: v.translated(find) if isinstance(v, Message) else v for k, v in values.items()}
