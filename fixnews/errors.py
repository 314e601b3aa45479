"""What can go wrong, in words that say what, where, and the remedy.

Every error that fixnews raises on purpose is a `FixnewsError`. The command line turns it into one
line on stderr and its exit code; a library user catches one class.
"""

from __future__ import annotations

from fixnews.message import Message

INTERRUPTED = 130
"""The exit code after ^C, as shells have it."""


class FixnewsError(Exception):
    """Something is wrong and the reader can do something about it.

    Args:
        problem: what is wrong, and where; a `Message` where it says what differs from call to call.
        remedy: what to do about it.

    >>> str(FixnewsError("A1.txt: no such file", "check the path"))
    'A1.txt: no such file (check the path)'
    """

    exit_code = 2

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    @property
    def message(self) -> Message:
        """Problem and remedy, as they are said to people."""
        problem, remedy = Message(self.problem), Message(self.remedy)
        if not remedy:
            return problem
        return Message("{problem} ({remedy})", problem=problem, remedy=remedy)

    def __str__(self) -> str:
        return str(self.message)


def of_system(error: OSError) -> Message:
    """What the system says is wrong with a file."""
    return Message(error.strerror or in_a_line(error))


def in_a_line(error: BaseException) -> str:
    r"""What an error says, without its line breaks; at least what it is.

    >>> in_a_line(ValueError("no header:\n  cut off\n")), in_a_line(KeyError())
    ('no header: cut off', 'KeyError')
    """
    return " ".join(str(error).split()) or type(error).__name__


class UsageError(FixnewsError):
    """The call makes no sense as it was given."""


class ConfigError(FixnewsError):
    """A configuration file says something that fixnews does not understand."""


class DecodeError(FixnewsError):
    """The bytes of a page are not text in any encoding that fits, or in the one demanded."""


class BinaryError(DecodeError):
    """The bytes of a page are no text at all: a picture, a program."""


class EncodeError(FixnewsError):
    """The repaired text holds a character that the page's encoding cannot write."""


class PageError(FixnewsError):
    """A page cannot be read or written: missing, forbidden, a folder, no space."""


class DataError(FixnewsError):
    """A dictionary or model that fixnews needs is missing or damaged."""
