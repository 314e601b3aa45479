"""``fixnews order``: the order in which pages with positions are read, in words or drawn."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from fixnews import formats
from fixnews.commands.job import CLEAN, Job, failed, pages_of
from fixnews.console import Console
from fixnews.errors import FixnewsError, PageError, UsageError
from fixnews.files import Write, read, read_stdin, write_all
from fixnews.formats.scans import scan_beside
from fixnews.message import Message
from fixnews.order.outline import outlined
from fixnews.report.order_picture import PICTURE, order_picture
from fixnews.report.order_text import Sheet, order_json, order_text
from fixnews.tongues import Tongue
from fixnews.walk import STDIN, Found
from fixnews.writing_back import below

REMEDY = "name a file of a recogniser: ALTO, PAGE, hOCR, JSON, TSV or PDF"


def order(job: Job, console: Console, *, form: str, svg: Path | None, output: Path | None) -> int:
    """Show the order of each page, or draw it: into a file, or a file a page into a folder."""
    _check(form, svg, output)
    found = pages_of(job, console)
    errors: list[FixnewsError] = list(found.errors)
    sheets = _sheets(found, job, console, errors)
    if svg or output:
        errors += _drawn(list(sheets), found, svg, output, console)
    elif form == "svg":
        one = _one(list(sheets), Message("standard output"))
        console.report(_picture(sheet, Path.cwd(), console.tongue) for sheet in one)
    elif form == "json":
        console.report(order_json(sheets))
    else:
        console.report(order_text(sheets, console.tongue))
    return failed(errors, console) if errors else CLEAN


def _check(form: str, svg: Path | None, output: Path | None) -> None:
    """Refuse what asks for two things at once."""
    if svg and output:
        raise UsageError("--svg stands beside -o", "name a file or a folder")
    if (svg or output) and form == "json":
        raise UsageError("--format json stands beside --svg or -o", "call once for each")
    if svg and svg.is_dir():
        raise UsageError(Message("{svg}: a folder, not a file", svg=svg), "-o takes a folder")
    if output and output.exists() and not output.is_dir():
        raise UsageError(
            Message("{output}: a file, not a folder", output=output), "--svg takes a file"
        )


def _sheets(
    found: Found, job: Job, console: Console, errors: list[FixnewsError]
) -> Iterator[Sheet]:
    """The pages of all files in order; what cannot be read is told at the end."""
    done = 0
    for paths in found.issues:
        for path in paths:
            console.progress(done, found.pages, str(path))
            try:
                yield from _read(path, job)
            except FixnewsError as error:
                errors.append(error)
            done += 1


def _read(path: Path, job: Job) -> Iterator[Sheet]:
    """The pages of a file."""
    stdin, config = str(path) == STDIN, job.config
    name = job.stdin_name if stdin else str(path)
    data = read_stdin() if stdin else read(path)
    told = config.input_format
    form = formats.recognise(data, name) if told == formats.AUTO else told
    if form in ("", formats.TEXT):
        raise PageError(
            Message("{name}: a page of text: its lines have no places on paper", name=name), REMEDY
        )
    if told == form:
        formats.check(data, name, form)
    in_file = config.reading_order == "file"
    for number, reading in enumerate(formats.each(data, name, form, config.encoding), 1):
        yield Sheet(name, number, outlined(reading, config.model, as_in_file=in_file))


def _one(sheets: Sequence[Sheet], where: str) -> Sequence[Sheet]:
    """The only page; a picture shows one."""
    if len(sheets) > 1:
        raise UsageError(
            Message(
                "{sheets} pages, and {where} takes one picture", sheets=len(sheets), where=where
            ),
            "-o DIR takes all",
        )
    return sheets


def _drawn(
    sheets: Sequence[Sheet], found: Found, svg: Path | None, output: Path | None, console: Console
) -> list[FixnewsError]:
    """Write the pictures; all or none."""
    several = {sheet.path for sheet in sheets if sheet.number > 1}
    places = (
        [svg for _ in _one(sheets, str(svg))]
        if svg
        else [_place(one, found, output or Path(), alone=one.path not in several) for one in sheets]
    )
    alone = [one.path not in several for one in sheets]
    writes = [
        Write(
            place, _picture(one, place.parent, console.tongue, alone=only).encode(), ours=is_picture
        )
        for place, one, only in zip(places, sheets, alone, strict=True)
    ]
    try:
        write_all(writes)
    except FixnewsError as error:
        return [error]
    for write in writes:
        console.say(Message("wrote {path}", path=write.path))
    return []


def is_picture(data: bytes) -> bool:
    """Whether a file is a picture of an order that fixnews drew: such a one may be replaced."""
    return data.startswith(PICTURE)


def _place(sheet: Sheet, found: Found, folder: Path, *, alone: bool) -> Path:
    """Where the picture of a page goes: its file's whole name, since A1 may lie there twice."""
    name = below(Path(sheet.path), found.base)
    number = "" if alone else f"-{sheet.number}"
    return folder / name.with_name(f"{name.name}{number}.svg")


def _picture(sheet: Sheet, folder: Path, tongue: Tongue, *, alone: bool = True) -> str:
    """A page as a picture that lies in a folder."""
    path, number, told = sheet
    scan = scan_beside(Path(path), told.reading, alone=alone)
    link = os.path.relpath(scan, folder) if scan else ""
    title = tongue.of("{path}, page {number}", path=path, number=number)
    return order_picture(told, link, title, tongue)
