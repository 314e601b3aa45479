"""The command line: options in, exit code out. What the commands do is in `commands`.

An option that several commands share stands once, in the tables of `options`; `_command` puts
the tables of a command together into the signature that typer reads.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fixnews.completion import complete_code, complete_run
from fixnews.config import Config, load
from fixnews.console import Console
from fixnews.errors import INTERRUPTED, FixnewsError
from fixnews.manpage import Command, Group

# isort: off
from fixnews.options import (
    ARCHIVE, CHECK, EXIT_ZERO, FORMAT, HELP, ORDER, PATHS, READING, REPAIR, REVIEW, STORIES, VIEW,
    WRITING, Table, settings_of,
)  # fmt: skip
# isort: on

if TYPE_CHECKING:
    from fixnews.commands.job import Job

STDIN_PATH = "-"
"""The path that means standard input."""

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
fixnews diff issue/               what would change; nothing is written
fixnews fix -w issue/             a folder in place (undo takes it back)
fixnews COMMAND --help            each command, with examples
""",
)
config_app = typer.Typer(help="The settings that hold here.", context_settings=_SETTINGS)
app.add_typer(config_app, name="config")
dict_app = typer.Typer(help="Dictionaries of your own.", context_settings=_SETTINGS)
app.add_typer(dict_app, name="dict")


def run(arguments: list[str]) -> None:
    """Run one call and exit with its code."""
    app(arguments, prog_name="fixnews")


_Function = Callable[..., None]


def _command(*tables: Table, examples: str) -> Callable[[_Function], _Function]:
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


@_command(
    *(PATHS, WRITING, REPAIR),
    examples="""
fixnews fix page.txt                  the repaired page to stdout
fixnews fix -w --diff issue/          a folder in place, and what was changed
fixnews fix archive/ -o repaired -j 0 into another folder, on all cores
""",
)
def fix(**given: Any) -> None:
    """Repair pages: to stdout, with -w in place, with -o DIR elsewhere."""
    from fixnews.commands.fix import fix as command

    where = {key: given[key] for key in ("write", "diff")}
    _call(given, lambda job, console: command(job, console, **where))


@_command(
    *(PATHS, FORMAT, CHECK, EXIT_ZERO, VIEW, REPAIR),
    examples="""
fixnews check issue/                          what is wrong, and why
fixnews check --statistics archive/           which pages to look at first
fixnews check --report report.html issue/     for a browser
""",
)
def check(**given: Any) -> None:
    """Report what is damaged; exit 1 if there is something to apply."""
    from fixnews.commands.check import check as command

    figures = given["statistics"]
    _call(given, lambda job, console: command(job, console, statistics=figures))


@_command(
    *(PATHS, EXIT_ZERO, VIEW, REPAIR),
    examples="""
fixnews diff issue/                   for the eye
fixnews diff --group-by rule issue/   one kind of change after the other
fixnews diff issue/ | git apply       for git, in the pages' own encoding
""",
)
def diff(**given: Any) -> None:
    """Show what fix would change; exit 1 if anything."""
    from fixnews.commands.diff import diff as command

    _call(given, command)


@_command(
    *(PATHS, REVIEW, VIEW, REPAIR),
    examples="""
fixnews review archive/               by series; ? shows the keys
fixnews review --browser archive/     in a browser, beside the scan
fixnews review --resume archive/      after a break, or a crash
""",
)
def review(**given: Any) -> None:
    """Judge the corrections by series, then write what you accepted."""
    from fixnews.commands import browsing
    from fixnews.commands.review import Way, review

    way = Way(**{name: given[name] for name in ("resume", "one_by_one", "order", "kept", "port")})
    held = browsing.browse if given["browser"] else review
    _call(given, lambda job, console: held(job, console, way))


@app.command()
def undo(
    run: Annotated[
        str, typer.Argument(help="Which run; by default the last.", autocompletion=complete_run)
    ] = "",
    file: Annotated[
        list[Path] | None, typer.Option("--file", metavar="FILE", help="Only this file of it.")
    ] = None,
    list_runs: Annotated[bool, typer.Option("--list", help="List the runs.")] = False,
) -> None:
    """Take a run of `fix -w` or of review back, byte for byte."""
    from fixnews.commands import undo as commands

    console = Console()
    if list_runs:
        _exit(console, lambda: commands.list_runs(console))
    _exit(console, lambda: commands.undo(run, file or (), console))


@_command(
    *(PATHS, STORIES, REPAIR),
    examples="""
fixnews articles issue/               a JSON object a story, jumps merged
fixnews articles issue/ -o stories    a text file a story
""",
)
def articles(**given: Any) -> None:
    """Cut the pages into whole stories: JSONL, or a text file a story."""
    from fixnews.commands.articles import articles as command

    _call(given, command)


@_command(
    *(ARCHIVE, REPAIR),
    examples="""
fixnews corpus archive/ -o repaired       on all cores; again: go on
fixnews corpus news.jsonl.zst -o repaired --issue-column date
""",
)
def corpus(**given: Any) -> None:
    """Repair a whole archive overnight; the same call again goes on."""
    from fixnews.commands.corpus import corpus as command
    from fixnews.commands.corpus import wanted

    _call(given | {"paths": ()}, lambda job, console: command(job, console, wanted(given, job)))


@_command(
    *(PATHS, ORDER, READING),
    examples="""
fixnews order page.hocr               the blocks by their numbers
fixnews order page.hocr --svg a.svg   a picture, over its scan if any
fixnews order issue/ -o pictures      a picture of every page
""",
)
def order(**given: Any) -> None:
    """Show in which order the lines of pages with positions are read."""
    from fixnews.commands.order import order as command

    form, svg, folder = given["form"] or "text", given["svg"], given["output"]
    _call(given, lambda job, console: command(job, console, form=form, svg=svg, output=folder))


@_command(FORMAT, HELP, examples="fixnews rules --format json")
def rules(**given: Any) -> None:
    """List every rule."""
    from fixnews.commands.reference import show_rules

    console = Console()
    _exit(console, lambda: show_rules(console, given["format"] or "full"))


@app.command()
def explain(
    code: Annotated[
        str, typer.Argument(help="A code or a name: BRK101.", autocompletion=complete_code)
    ],
) -> None:
    """Explain one rule: what it does, when it is safe, with an example."""
    from fixnews.commands import reference

    console = Console()
    _exit(console, lambda: reference.explain(code, console))


@app.command()
def server(
    stdio: Annotated[
        bool, typer.Option("--stdio", help="Over the standard streams, as it does anyway.")
    ] = False,
) -> None:
    """Check pages in your editor as you type: a language server."""
    from fixnews.commands.server import server as command

    del stdio
    _exit(Console(), command)


@app.command()
def train(
    corpus: Annotated[
        list[Path], typer.Argument(help="Text, a paragraph a line, UTF-8, plain or .xz.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="MODEL", help="The file.")],
    size: Annotated[float, typer.Option(metavar="MB", help="How large it may be.")] = 10.0,
    force: Annotated[bool, typer.Option("--force", help="Replace what is no model, too.")] = False,
) -> None:
    """Train a language model on papers of your own: the setting `model`."""
    from fixnews.commands.train import train as command

    console = Console()
    _exit(console, lambda: command(corpus, output, size, console, force=force))


@config_app.command("show")
def config_show(
    config: Annotated[Path | None, typer.Option(metavar="FILE", help="The file to read.")] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="Read no file.")] = False,
) -> None:
    """Print the settings that hold here, as TOML."""
    from fixnews.commands.reference import show_config

    console = Console()

    def show() -> int:
        settings, path = (Config(), None) if isolated else load(config)
        return show_config(settings, path, console)

    _exit(console, show)


@dict_app.command("check")
def dict_check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Dictionaries; by default those of the settings.")
    ] = None,
    config: Annotated[Path | None, typer.Option(metavar="FILE", help="The file to read.")] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="Read no file.")] = False,
) -> None:
    """Look for rows that repeat or contradict each other or lead in a circle; exit 1 if any."""
    from fixnews.commands.dictionaries import check as command

    console = Console()

    def checked() -> int:
        settings = Config() if isolated else load(config)[0]
        return command(paths or settings.dictionaries, console)

    _exit(console, checked)


def _call(given: dict[str, Any], command: Callable[[Job, Console], int]) -> None:
    """Read the settings, run the command, exit with its code."""
    console = Console(given["color"] or "auto", quiet=given["quiet"], verbose=given["verbose"])
    _exit(console, lambda: command(_job(given), console))


def _job(given: dict[str, Any]) -> Job:
    from fixnews.answers import Given
    from fixnews.commands.job import Job
    from fixnews.verdicts import Baseline

    settings = Config() if given["isolated"] else load(given["config"])[0]
    config = settings.overridden(settings_of(given))
    return Job(
        paths=tuple(map(_path, given["paths"] or ())),
        config=config,
        baseline=Baseline.load(config.baseline) if config.baseline else Baseline({}),
        answers=Given.load(given["answers"]) if given.get("answers") else None,
        report=given.get("report"),
        output=given.get("output"),
        force=given.get("force", False),
        write_baseline=given.get("write_baseline"),
        stdin_name=given["stdin_filename"],
        writes=bool(given.get("write") or given.get("output")),
        exit_zero=given.get("exit_zero", False),
        exit_non_zero_on_fix=given.get("exit_non_zero_on_fix", False),
    )


def _path(given: str) -> Path:
    """A path as given; only a bare ``-`` is standard input, ``./-`` is a file of that name."""
    path = Path(given)
    return path if given == STDIN_PATH or str(path) != STDIN_PATH else path.absolute()


def _exit(console: Console, command: Callable[[], int]) -> None:
    try:
        code = command()
    except FixnewsError as error:
        console.error(error)
        code = error.exit_code
    except KeyboardInterrupt:
        console.error("interrupted; what was written is whole")
        code = INTERRUPTED
    console.flush()
    if console.unwritten:
        console.error(console.unwritten)
        code = console.unwritten.exit_code
    raise typer.Exit(code)
