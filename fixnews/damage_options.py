"""The options of ``fixnews damage``, which asks for what no other command does."""

from __future__ import annotations

from pathlib import Path

from fixnews.options import FORCE, Table, option

DAMAGE: Table = {
    "output": option(Path | None, "-o", "--output", metavar="DIR", help="The folder to write."),
    "kinds": option(
        str,
        "--kinds",
        default="",
        metavar="K,K",
        help="jumps, columns, lines, half-width, blanks, misread, mojibake, encoding.",
    ),
    "seed": option(int, "--seed", default=1, metavar="N", help="Another seed, other injuries."),
    "rate": option(float, "--rate", default=1.0, min=0.0, help="How much; 1 is what is usual."),
    "force": FORCE,
}
