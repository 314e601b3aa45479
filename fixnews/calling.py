"""How a command is declared, and how a call of it ends: with an exit code, and errors in words.

An option that several commands share stands once, in the tables of `options`; `offered` puts the
tables of a command together into the signature that typer reads.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from copy import copy
from typing import TYPE_CHECKING, Any

import typer

from fixnews.console import Console
from fixnews.errors import INTERRUPTED, FixnewsError, of_system
from fixnews.manpage import Command, Group
from fixnews.message import Message
from fixnews.options import Language, Table
from fixnews.tongues.choice import chosen

if TYPE_CHECKING:
    from fixnews.commands.job import Job

COMPLETING = "_FIXNEWS_COMPLETE"
"""The variable by which a shell asks for the words that may come next, whatever the arguments."""

_SETTINGS = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(
    cls=Group,
    context_settings=_SETTINGS,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Repair the text of Chinese newspapers after OCR or extraction has damaged it.",
    epilog="""
some-ocr | fixnews > page.txt     a page through a pipe
fixnews fix -w issue/             a folder in place (undo takes it back)
fixnews COMMAND --help            each command, with examples
""",
)
config_app = typer.Typer(cls=Group, help="The settings that hold here.", context_settings=_SETTINGS)
app.add_typer(config_app, name="config")
dict_app = typer.Typer(cls=Group, help="Dictionaries of your own.", context_settings=_SETTINGS)
app.add_typer(dict_app, name="dict")


def run(arguments: list[str]) -> None:
    """Run one call and exit with its code, speaking the language that it asks for."""
    tongue, asked = chosen(arguments, os.environ), _asked(arguments)
    if not tongue.foreign:
        asked(arguments, prog_name="fixnews", obj=tongue)
    from fixnews.tongues.refusals import refused

    with refused(tongue):
        raise SystemExit(
            asked(arguments, prog_name="fixnews", obj=tongue, standalone_mode=False) or 0
        )


def _asked(arguments: list[str]) -> typer.Typer:
    """The command line, with no other command than the one that is called by its name.

    Typer reads the options of every command that it knows of, which takes longer than this one.
    """
    name = arguments[0] if arguments and COMPLETING not in os.environ else ""
    named = [c for c in app.registered_commands if c.callback and c.callback.__name__ == name]
    if not named:
        return app
    found = copy(app)
    found.registered_commands, found.registered_groups = named, []
    return found


@app.callback()
@config_app.callback()
@dict_app.callback()
def whole(language: Language = None) -> None:
    """What goes before every command."""
    del language


_Function = Callable[..., None]


def offered(*tables: Table, examples: str) -> Callable[[_Function], _Function]:
    """A command with the options of these tables, which it gets by keyword."""
    rows = {name: row for table in tables for name, row in table.items()}

    def registered(function: _Function) -> _Function:
        parameters = [
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind
            )
            for name, (kind, default) in rows.items()
        ]
        function.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        function.__annotations__ = {name: kind for name, (kind, _) in rows.items()}
        return app.command(cls=Command, epilog=examples)(function)

    return registered


def speaking(language: Any) -> Console:
    """A console in the language that the option's callback has put in the option's place."""
    return Console(tongue=language)


def called(given: dict[str, Any], command: Callable[[Job, Console], int]) -> None:
    """Read the settings, run the command, exit with its code."""
    console = Console(
        given["color"] or "auto",
        quiet=given["quiet"],
        verbose=given["verbose"],
        tongue=given["language"],
    )
    from fixnews.commands.asked import job_of

    ended(console, lambda: command(job_of(given), console))


def _unforeseen(error: OSError) -> FixnewsError:
    """What the system refused where nobody asked it for anything that it may refuse."""
    what = of_system(error)
    problem = Message("{path}: {what}", path=error.filename, what=what) if error.filename else what
    return FixnewsError(problem, "check the disk, and the modes there")


def ended(console: Console, command: Callable[[], int]) -> None:
    """Run a command and end the call with its exit code; an error is said in words."""
    try:
        code = command()
    except FixnewsError as error:
        console.error(error)
        code = error.exit_code
    except OSError as error:
        told = _unforeseen(error)
        console.error(told)
        code = told.exit_code
    except KeyboardInterrupt:
        console.error("interrupted; what was written is whole")
        code = INTERRUPTED
    console.flush()
    if console.unwritten:
        console.error(console.unwritten)
        code = console.unwritten.exit_code
    raise typer.Exit(code)
