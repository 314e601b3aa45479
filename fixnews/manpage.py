"""What ``--help`` shows: one screen of 24 lines, with examples; ``--help-all`` shows the rest.

A command's everyday options are explained, the others named; so nobody has to scroll for what is
needed daily, and nobody misses that there is more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import typer
import typer.core

from fixnews.tongues import ENGLISH, Tongue
from fixnews.unconverted import spared

MORE = "more"
"""The panel of the options that ``--help`` only names."""

INDENT = 2

WIDTH = 79
"""Columns of the help, on a terminal that has as many."""

FULL = "full_help"
"""The key of a call's metadata that asks for everything."""


def show_all(ctx: typer.Context, _: Any, value: bool) -> None:  # noqa: FBT001
    """Print every option with its explanation, and end."""
    if value:
        ctx.meta[FULL] = True
        typer.echo(ctx.get_help())
        raise typer.Exit


class Plain(typer.core.TyperCommand):
    """A command with all its options in a list, in the language of the call."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Its arguments and options."""
        return spared(super().get_params(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """How it is called."""
        _usage(ctx, formatter, " ".join(self.collect_usage_pieces(ctx)))

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """What it is for."""
        formatter.write(f"\n{_filled(spoken(ctx)(self.help or ''))}")

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The arguments, then the options."""
        for kind, head in (("argument", "Arguments"), ("option", "Options")):
            some = [p for p in self.get_params(ctx) if p.param_type_name == kind]
            if some:
                with formatter.section(spoken(ctx)(head)):
                    formatter.write_dl(_records(some, ctx))


class Command(Plain):
    """A command that explains itself in one screen."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage, what it is for, examples, the everyday options, the names of the others."""
        formatter.width = max(formatter.width, WIDTH)
        self.format_usage(ctx, formatter)
        self.format_help_text(ctx, formatter)
        if self.epilog:
            formatter.write(f"\n{_indented(spoken(ctx)(self.epilog))}")
        options = [p for p in self.get_params(ctx) if p.param_type_name == "option"]
        near = options if FULL in ctx.meta else [p for p in options if _near(p)]
        formatter.write("\n")
        formatter.indent()
        formatter.write_dl(_records(near, ctx), col_max=26)
        formatter.dedent()
        names = ", ".join(p.opts[-1] for p in options if p not in near and p.name != "help")
        if names:
            formatter.write(f"\n{_filled(spoken(ctx).of('Also {names}.', names=names))}")


def _near(option: Any) -> bool:
    return option.name != "help" and getattr(option, "rich_help_panel", None) != MORE


class Group(typer.core.TyperGroup):
    """The tool itself: its commands in a row, and what one does with them."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Its arguments and options."""
        return spared(super().get_params(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the order in which they were written."""
        del ctx
        return list(self.commands)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage, the commands, examples."""
        formatter.width = max(formatter.width, WIDTH)
        tongue = spoken(ctx)
        _usage(
            ctx, formatter, "COMMAND [OPTIONS]" if ctx.parent else "COMMAND [OPTIONS] [PATHS]..."
        )
        formatter.write(f"\n{' ' * INDENT}{tongue(self.help or '')}\n\n")
        commands = [(name, self.commands[name]) for name in self.list_commands(ctx)]
        rows = [(n, tongue(c.get_short_help_str(69))) for n, c in commands if not c.hidden]
        formatter.indent()
        formatter.write_dl(rows)
        formatter.dedent()
        if self.epilog:
            formatter.write(f"\n{_indented(tongue(self.epilog))}")


def spoken(ctx: Any) -> Tongue:
    """The language of a call, which goes with it from the start."""
    return ctx.obj if isinstance(ctx.obj, Tongue) else ENGLISH


def _usage(ctx: Any, formatter: Any, pieces: str) -> None:
    tongue = spoken(ctx)
    formatter.write_usage(ctx.command_path, tongue(pieces), tongue("Usage: "))


def _records(params: Iterable[Any], ctx: Any) -> list[tuple[str, str]]:
    """Each option with its explanation, and what stands in brackets behind that."""
    found = (param.get_help_record(ctx) for param in params)
    return [(names, _explained(told, spoken(ctx))) for names, told in filter(None, found)]


def _explained(told: str, tongue: Tongue) -> str:
    text, two, facts = told.partition("  [")
    if not two:
        return tongue(text)
    what, _, value = facts.removesuffix("]").partition(": ")
    return f"{tongue(text)}  [{tongue(what)}{': ' * bool(value)}{value}]"


def _filled(text: str) -> str:
    """A text in lines, however many cells its characters take."""
    from fixnews.report.cells import text_width

    lines = [""]
    for word in text.split():
        if lines[-1] and text_width(f"{lines[-1]} {word}") > WIDTH - INDENT:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return "".join(f"{' ' * INDENT}{line}\n" for line in lines)


def _indented(text: str) -> str:
    return "".join(f"{' ' * INDENT}{line}\n" for line in text.strip().split("\n"))
