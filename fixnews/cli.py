"""The command line: options in, exit code out. What the commands do is in `commands`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from fixnews.calling import app, called, config_app, dict_app, ended, offered, run, speaking
from fixnews.command_options import ARCHIVE, CHECK, DAMAGE, ORDER, REVIEW, STORIES, WRITING
from fixnews.config import Config, load
from fixnews.manpage import Plain
from fixnews.offers import complete_code, complete_run
from fixnews.options import (
    EXIT_ZERO,
    FORMAT,
    HELP,
    PATHS,
    READING,
    REPAIR,
    VIEW,
    Language,
)

__all__ = ["app", "run"]


@offered(
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
    called(given, lambda job, console: command(job, console, **where))


@offered(
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
    called(given, lambda job, console: command(job, console, statistics=figures))


@offered(
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

    called(given, command)


@offered(
    *(PATHS, REVIEW, VIEW, REPAIR),
    examples="""
fixnews review archive/               by series; ? shows the keys
fixnews review --browser archive/     in a browser, beside the scan
fixnews review --resume archive/      after a break, or a crash
""",
)
def review(**given: Any) -> None:
    """Judge the corrections by series, then write what you accepted."""
    from fixnews.commands.review import Way
    from fixnews.commands.review import review as command

    way = Way(**{name: given[name] for name in ("resume", "one_by_one", "order", "kept", "port")})
    if given["browser"]:
        from fixnews.commands.browsing import browse as command
    called(given, lambda job, console: command(job, console, way))


@app.command(cls=Plain)
def undo(
    run: Annotated[
        str, typer.Argument(help="Which run; by default the last.", autocompletion=complete_run)
    ] = "",
    file: Annotated[
        list[Path] | None, typer.Option("--file", metavar="FILE", help="Only this file of it.")
    ] = None,
    list_runs: Annotated[bool, typer.Option("--list", help="List the runs.")] = False,
    language: Language = None,
) -> None:
    """Take a run of `fix -w` or of review back, byte for byte."""
    from fixnews.commands import undo as commands

    console = speaking(language)
    if list_runs:
        ended(console, lambda: commands.list_runs(console))
    ended(console, lambda: commands.undo(run, file or (), console))


@offered(
    *(PATHS, STORIES, REPAIR),
    examples="""
fixnews articles issue/               a JSON object a story, jumps merged
fixnews articles issue/ -o stories    a text file a story
""",
)
def articles(**given: Any) -> None:
    """Cut the pages into whole stories: JSONL, or a text file a story."""
    from fixnews.commands.articles import articles as command

    called(given, command)


@offered(
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

    called(given | {"paths": ()}, lambda job, console: command(job, console, wanted(given, job)))


@offered(
    *(PATHS, ORDER, READING),
    examples="""
fixnews order page.hocr               the blocks by their numbers
fixnews order page.hocr --svg a.svg   a picture, over its scan if any
fixnews order scanned/ -o pictures    a picture of every page
""",
)
def order(**given: Any) -> None:
    """Show in which order the lines of pages with positions are read."""
    from fixnews.commands.order import order as command

    form, svg, folder = given["form"] or "text", given["svg"], given["output"]
    called(given, lambda job, console: command(job, console, form=form, svg=svg, output=folder))


@offered(
    *(PATHS, DAMAGE, READING),
    examples="""
fixnews damage issue/ -o hurt                       as the usual page is hurt
fixnews damage issue/ -o hurt --kinds lines --seed 7
""",
)
def damage(**given: Any) -> None:
    """Hurt clean pages with a known truth, so that tools can be measured."""
    from fixnews.commands.damage import Wanted, damaged, kinds

    wanted = Wanted(given["seed"], kinds(given["kinds"]), given["rate"])
    called(given, lambda job, console: damaged(job, console, wanted))


@offered(FORMAT, HELP, examples="fixnews rules --format json")
def rules(**given: Any) -> None:
    """List every rule."""
    from fixnews.commands.reference import show_rules

    console = speaking(given["language"])
    ended(console, lambda: show_rules(console, given["format"] or "full"))


@app.command(cls=Plain)
def explain(
    code: Annotated[
        str, typer.Argument(help="A code or a name: BRK101.", autocompletion=complete_code)
    ],
    language: Language = None,
) -> None:
    """Explain one rule: what it does, when it is safe, with an example."""
    from fixnews.commands import reference

    console = speaking(language)
    ended(console, lambda: reference.explain(code, console))


@app.command(cls=Plain)
def server(
    stdio: Annotated[
        bool, typer.Option("--stdio", help="Over the standard streams, as it does anyway.")
    ] = False,
    language: Language = None,
) -> None:
    """Check pages in your editor as you type: a language server."""
    from fixnews.commands.server import server as command

    del stdio
    console = speaking(language)
    ended(console, lambda: command(console.tongue))


@app.command(cls=Plain)
def train(
    corpus: Annotated[
        list[Path], typer.Argument(help="Text, a paragraph a line, UTF-8, plain or .xz.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="MODEL", help="The file.")],
    size: Annotated[float, typer.Option(metavar="MB", help="How large it may be.")] = 10.0,
    force: Annotated[bool, typer.Option("--force", help="Replace what is no model, too.")] = False,
    language: Language = None,
) -> None:
    """Train a language model on papers of your own: the setting `model`."""
    from fixnews.commands.train import train as command

    console = speaking(language)
    ended(console, lambda: command(corpus, output, size, console, force=force))


@config_app.command("show", cls=Plain)
def config_show(
    config: Annotated[Path | None, typer.Option(metavar="FILE", help="The file to read.")] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="Read no file.")] = False,
    language: Language = None,
) -> None:
    """Print the settings that hold here, as TOML."""
    from fixnews.commands.reference import show_config

    console = speaking(language)

    def show() -> int:
        settings, path = (Config(), None) if isolated else load(config)
        return show_config(settings, path, console)

    ended(console, show)


@dict_app.command("check", cls=Plain)
def dict_check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Dictionaries; by default those of the settings.")
    ] = None,
    config: Annotated[Path | None, typer.Option(metavar="FILE", help="The file to read.")] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="Read no file.")] = False,
    language: Language = None,
) -> None:
    """Find rows that repeat, contradict or go in a circle; exit 1 if any."""
    from fixnews.commands.dictionaries import check as command

    console = speaking(language)

    def checked() -> int:
        settings = Config() if isolated else load(config)[0]
        return command(paths or settings.dictionaries, console)

    ended(console, checked)
