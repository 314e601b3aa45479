"""What ``--help`` shows: one screen of 24 lines, with examples; ``--help-all`` shows the rest.

A command's everyday options are explained, the others named; so nobody has to scroll for what is
needed daily, and nobody misses that there is more.
"""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import typer
import typer.core

MORE = "more"
"""The panel of the options that ``--help`` only names."""

INDENT = 2

FULL = "full_help"
"""The key of a call's metadata that asks for everything."""


def show_all(ctx: typer.Context, _: Any, value: bool) -> None:  # noqa: FBT001
    """Print every option with its explanation, and end."""
    if value:
        ctx.meta[FULL] = True
        typer.echo(ctx.get_help())
        raise typer.Exit


class Command(typer.core.TyperCommand):
    """A command that explains itself in one screen."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage, what it is for, examples, the everyday options, the names of the others."""
        formatter.width = max(formatter.width, 79)
        self.format_usage(ctx, formatter)
        formatter.write(f"\n{' ' * INDENT}{self.help or ''}\n")
        if self.epilog:
            formatter.write(f"\n{_indented(self.epilog)}")
        options = [p for p in self.get_params(ctx) if p.param_type_name == "option"]
        near = options if FULL in ctx.meta else [p for p in options if _near(p)]
        formatter.write("\n")
        formatter.indent()
        formatter.write_dl([r for r in (p.get_help_record(ctx) for p in near) if r], col_max=26)
        formatter.dedent()
        names = ", ".join(p.opts[-1] for p in options if p not in near and p.name != "help")
        if names:
            formatter.write(f"\n{_filled(f'Also {names}.')}")


def _near(option: Any) -> bool:
    return option.name != "help" and getattr(option, "rich_help_panel", None) != MORE


class Group(typer.core.TyperGroup):
    """The tool itself: its commands in a row, and what one does with them."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the order in which they were written."""
        del ctx
        return list(self.commands)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage, the commands, examples."""
        formatter.width = max(formatter.width, 79)
        formatter.write_usage(ctx.command_path, "COMMAND [OPTIONS] [PATHS]...")
        formatter.write(f"\n{' ' * INDENT}{self.help or ''}\n\n")
        commands = [(name, self.commands[name]) for name in self.list_commands(ctx)]
        rows = [(n, c.get_short_help_str(69)) for n, c in commands if not c.hidden]
        formatter.indent()
        formatter.write_dl(rows)
        formatter.dedent()
        formatter.write(f"\n{_indented(self.epilog or '')}")


def _filled(text: str) -> str:
    lead = " " * INDENT
    lines = wrap(text, 79, initial_indent=lead, subsequent_indent=lead, break_on_hyphens=False)
    return "\n".join(lines) + "\n"


def _indented(text: str) -> str:
    return "".join(f"{' ' * INDENT}{line}\n" for line in text.strip().split("\n"))
