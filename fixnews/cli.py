"""The command line: options in, exit code out. What the commands do is in `commands`.

An option that several commands share stands once, in a table; `_command` puts the tables of a
command together into the signature that typer reads.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from fixnews import commands, reference
from fixnews.__main__ import INTERRUPTED
from fixnews.commands import Job
from fixnews.config import COLORS, FORMATS, GROUPS, OUTPUT_ENCODINGS, Config, load
from fixnews.console import Console
from fixnews.errors import FixnewsError
from fixnews.issue import STDIN_NAME
from fixnews.verdicts import Baseline

_SETTINGS = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(
    context_settings=_SETTINGS,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Repair the text of Chinese newspapers after OCR or extraction has damaged it.",
    epilog="some | fixnews   is the same as   some | fixnews fix -",
)
config_app = typer.Typer(help="The settings that hold here.", context_settings=_SETTINGS)
app.add_typer(config_app, name="config")


def run(arguments: list[str]) -> None:
    """Run one call and exit with its code."""
    app(arguments, prog_name="fixnews")


def _choice(name: str, values: tuple[str, ...]) -> Callable[[str | None], str | None]:
    def checked(value: str | None) -> str | None:
        if value not in (None, *values):
            raise typer.BadParameter(f"{value!r}; choose one of {', '.join(values)}")
        return value

    checked.__name__ = name
    return checked


def _codes(values: list[str] | None) -> list[str] | None:
    return [code for value in values or () for code in value.replace(",", " ").split()]


def _option(kind: Any, *names: str, default: Any = None, **settings: Any) -> tuple[Any, Any]:
    """One row of an option table: what typer reads of it, and its default."""
    return Annotated[kind, typer.Option(*names, **settings)], default


def _flag(*names: str, help: str) -> tuple[Any, Any]:  # noqa: A002
    return _option(bool, *names, default=False, help=help)


_Table = Mapping[str, tuple[Any, Any]]

_Paths = Annotated[
    list[str] | None, typer.Argument(help="Files and folders; - or nothing: standard input.")
]

_PATHS: _Table = {"paths": (_Paths, None)}

_WRITING: _Table = {
    "write": _flag("-w", "--write", help="Write back to the files."),
    "output": _option(Path | None, "-o", "--output", metavar="DIR", help="Write into a folder."),
    "diff": _flag("--diff", help="Show what was changed, too."),
    "exit_non_zero_on_fix": _flag(
        "--exit-non-zero-on-fix", help="Exit 1 where something was fixed."
    ),
    "output_encoding": _option(
        str | None,
        "--output-encoding",
        callback=_choice("output_encoding", OUTPUT_ENCODINGS),
        help="keep or utf-8; by default keep for -w, else utf-8.",
        metavar="ENC",
    ),
}

_FORMAT: _Table = {
    "format": _option(
        str | None,
        "--format",
        callback=_choice("format", FORMATS),
        help=", ".join(FORMATS),
        metavar="F",
    )
}

_CHECK: _Table = {
    "statistics": _flag("--statistics", help="Only figures: per page, per rule, noise left."),
    "report": _option(
        Path | None, "--report", metavar="FILE", help="Write the report as one HTML page."
    ),
    "write_baseline": _option(
        Path | None,
        "--write-baseline",
        metavar="FILE",
        help="Write what is found to a new baseline.",
    ),
}

_RESUME: _Table = {"resume": _flag("--resume", help="Go on with the answers given so far.")}

_EXIT_ZERO: _Table = {
    "exit_zero": _flag("--exit-zero", help="Exit 0 also when something is found.")
}

_VIEW: _Table = {
    "group_by": _option(
        str | None,
        "--group-by",
        callback=_choice("group_by", GROUPS),
        metavar="WHAT",
        help="file or rule.",
    ),
    "side_by_side": _flag("--side-by-side", help="Before and after abreast, from 120 columns."),
    "ambiguous_width": _option(
        int | None,
        "--ambiguous-width",
        min=1,
        max=2,
        metavar="1|2",
        help="Cells of “ ” … — · here.",
    ),
}

_CONFIG: _Table = {
    "config": _option(Path | None, "--config", metavar="FILE", help="The configuration file."),
    "isolated": _flag("--isolated", help="Read no configuration file."),
}

_REPAIR: _Table = {
    "unsafe_fixes": _flag("--unsafe-fixes", help="Apply suggestions, too."),
    "min_confidence": _option(
        float | None,
        "--min-confidence",
        min=0,
        max=1,
        metavar="0-1",
        help="Apply nothing less sure.",
    ),
    "select": _option(
        list[str] | None, callback=_codes, metavar="CODE", help="Only these rules, or prefixes."
    ),
    "extend_select": _option(
        list[str] | None, callback=_codes, metavar="CODE", help="These rules, too."
    ),
    "ignore": _option(list[str] | None, callback=_codes, metavar="CODE", help="Not these rules."),
    "per_file": _flag("--per-file", help="Merge no jump across files."),
    "exclude": _option(list[str] | None, metavar="GLOB", help="A gitignore pattern to pass over."),
    "force_exclude": _flag("--force-exclude", help="Pass over excluded files even when named."),
    "no_ignore": _flag("--no-ignore", help="Do not obey .gitignore."),
    "encoding": _option(
        str | None, metavar="ENC", help="The pages' encoding, when you know better."
    ),
    "baseline": _option(
        Path | None, "--baseline", metavar="FILE", help="Leave what is in it as it is."
    ),
    "stdin_filename": _option(
        str, default=STDIN_NAME, metavar="NAME", help="What to call standard input."
    ),
    **_CONFIG,
    "color": _option(
        str | None,
        callback=_choice("color", COLORS),
        metavar="WHEN",
        help="auto, always or never.",
    ),
    "jobs": _option(
        int | None, "-j", "--jobs", min=0, metavar="N", help="Processes; 0: all cores."
    ),
    "quiet": _flag("-q", "--quiet", help="Say nothing but errors."),
    "verbose": _flag("-v", "--verbose", help="Say more."),
}

_Command = Callable[..., None]


def _command(*tables: _Table) -> Callable[[_Command], _Command]:
    """A command with the options of these tables, which it gets by keyword."""
    rows = {name: row for table in tables for name, row in table.items()}

    def registered(function: _Command) -> _Command:
        parameters = [
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind
            )
            for name, (kind, default) in rows.items()
        ]
        function.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        function.__annotations__ = {name: kind for name, (kind, _) in rows.items()}
        return app.command()(function)

    return registered


@_command(_PATHS, _WRITING, _REPAIR)
def fix(**given: Any) -> None:
    """Repair pages: to stdout, with -w in place, with -o DIR into a folder."""
    where = {key: given[key] for key in ("write", "output", "diff")}
    _call(given, lambda job, console: commands.fix(job, console, **where))


@_command(_PATHS, _FORMAT, _CHECK, _EXIT_ZERO, _VIEW, _REPAIR)
def check(**given: Any) -> None:
    """Report what is damaged; exit 1 if there is something to apply."""
    figures = given["statistics"]
    _call(given, lambda job, console: commands.check(job, console, statistics=figures))


@_command(_PATHS, _EXIT_ZERO, _VIEW, _REPAIR)
def diff(**given: Any) -> None:
    """Show what fix would change; piped, a diff that `git apply` takes. Exit 1 if any."""
    _call(given, commands.diff)


@_command(_PATHS, _RESUME, _VIEW, _REPAIR)
def review(**given: Any) -> None:
    """Judge one correction after the other; what you accept is written at the end."""
    again = given["resume"]
    _call(given, lambda job, console: commands.review(job, console, resume=again))


@_command(_FORMAT)
def rules(**given: Any) -> None:
    """List every rule."""
    console = Console()
    _exit(console, lambda: reference.show_rules(console, given["format"] or "full"))


@app.command()
def undo(
    run: Annotated[str, typer.Argument(help="Which run; by default the last.")] = "",
    file: Annotated[
        list[Path] | None, typer.Option("--file", metavar="FILE", help="Only this file of it.")
    ] = None,
    list_runs: Annotated[bool, typer.Option("--list", help="List the runs.")] = False,
) -> None:
    """Take a run of `fix -w` back: every byte as it was, unless a file has changed since."""
    console = Console()
    if list_runs:
        _exit(console, lambda: commands.list_runs(console))
    _exit(console, lambda: commands.undo(run, file or (), console))


@app.command()
def explain(code: str) -> None:
    """Explain one rule: what it does, when it is safe, with an example."""
    console = Console()
    _exit(console, lambda: reference.explain(code, console))


@config_app.command("show")
def config_show(
    config: Annotated[Path | None, typer.Option(metavar="FILE", help="The file to read.")] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="Read no file.")] = False,
) -> None:
    """Print the settings that hold here, as TOML."""
    console = Console()

    def show() -> int:
        settings, path = (Config(), None) if isolated else load(config)
        return reference.show_config(settings, path, console)

    _exit(console, show)


_CONFIG_OPTIONS = (
    "select", "extend_select", "ignore", "min_confidence", "exclude", "encoding",
    "output_encoding", "color", "jobs", "format", "baseline",
    "group_by", "ambiguous_width",
)  # fmt: skip
_CONFIG_FLAGS = ("unsafe_fixes", "per_file", "force_exclude", "no_ignore", "side_by_side")


def _call(given: dict[str, Any], command: Callable[[Job, Console], int]) -> None:
    """Read the settings, run the command, exit with its code."""
    console = Console(given["color"] or "auto", quiet=given["quiet"], verbose=given["verbose"])
    _exit(console, lambda: command(_job(given), console))


def _job(given: dict[str, Any]) -> Job:
    settings = Config() if given["isolated"] else load(given["config"])[0]
    options = {key: given.get(key) for key in _CONFIG_OPTIONS}
    options |= {key: given.get(key) or None for key in _CONFIG_FLAGS}
    lists = {key: tuple(v) for key, v in options.items() if isinstance(v, list)}
    config = settings.overridden(options | lists)
    return Job(
        paths=commands.paths_of(given["paths"] or ()),
        config=config,
        baseline=Baseline.load(config.baseline) if config.baseline else Baseline({}),
        report=given.get("report"),
        write_baseline=given.get("write_baseline"),
        stdin_name=given["stdin_filename"],
        writes=bool(given.get("write") or given.get("output")),
        exit_zero=given.get("exit_zero", False),
        exit_non_zero_on_fix=given.get("exit_non_zero_on_fix", False),
    )


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
    raise typer.Exit(code)
