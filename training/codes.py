"""Write down the codes of character sets that Python has no codec for.

usage: python training/codes.py -o fixnews/models/codes.json.z

CNS 11643, planes 1 to 7, is asked of the C library through ``iconv``; Big5-UAO (Unicode-at-on 2.50,
https://moztw.org/docs/big5/) of the package ``uao``, which holds its table. What is written are
the characters in the order of their codes, NUL where there is none.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import zlib
from itertools import product
from pathlib import Path

from fixnews.encoding import big5

PLANES = range(1, 8)
ROW = range(0xA1, 0xFF)
NONE = "\0"


def plane(number: int) -> str:
    """The characters of a plane, 94 rows of 94."""
    shift = b"" if number == 1 else bytes((0x8E, 0xA0 + number))
    data = b"".join(shift + bytes(code) + b"\n" for code in product(ROW, ROW))
    command = ("iconv", "-c", "-f", "EUC-TW", "-t", "UTF-8")
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    lines = done.stdout.decode().split("\n")[:-1]
    assert len(lines) == len(ROW) ** 2
    return "".join(line or NONE for line in lines)


def unicode_at_on() -> str:
    """The characters of Big5-UAO where `fixnews.encoding.big5` reads something else."""
    from uao.b2u import b2u_table

    return "".join(
        b2u_table.get(lead << 8 | trail, NONE)
        if b2u_table.get(lead << 8 | trail) != _big5(lead, trail)
        else NONE
        for lead, trail in product(range(0x81, 0xFF), (*range(0x40, 0x7F), *ROW))
    )


def _big5(lead: int, trail: int) -> str:
    return big5.decode(bytes((lead, trail)), "replace")


def main() -> None:
    """Ask, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    table = {"cns": [plane(number) for number in PLANES], "uao": unicode_at_on()}
    packed = zlib.compress(json.dumps(table, ensure_ascii=False).encode(), 9)
    given.output.write_bytes(packed)
    counts = [len(p) - p.count(NONE) for p in (*table["cns"], table["uao"])]
    print(f"{counts} characters, {len(packed)} bytes")


if __name__ == "__main__":
    main()
