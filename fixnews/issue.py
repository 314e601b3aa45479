"""One issue through the house: its pages read, repaired, and written together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from fixnews import filters, formats
from fixnews.config import Config, nearest
from fixnews.config_files import lies
from fixnews.correction import Correction
from fixnews.desk import Desk
from fixnews.encoding import decode
from fixnews.encoding.codec import canonical
from fixnews.errors import (
    BinaryError,
    DecodeError,
    FixnewsError,
    PageError,
    UsageError,
)
from fixnews.files import STDIN_NAME, read, read_stdin
from fixnews.filters import Context, Filter, Selection
from fixnews.formats.setting import Arrangement, in_file_order
from fixnews.in_place import changed_words, positioned
from fixnews.islands.genre import Genre, genre
from fixnews.jumps.page_names import Name, Patterns
from fixnews.message import Message
from fixnews.own_lists import entries
from fixnews.pipeline import Repair, repair, threshold
from fixnews.positions import Reading
from fixnews.source import Source
from fixnews.steps import Decide
from fixnews.walk import STDIN

BINARY_SHARE = 0.5
"""Share of NULs above which something decoded is no page. Text has none; a page that was padded
with NULs to a record's length still has text in most of it."""

_PACKED = ((0, b"PK\3\4", "zip"), (0, b"7z\xbc\xaf'\x1c", "7z"), (0, b"Rar!\x1a\7", "RAR"),
           (257, b"ustar", "tar"))  # fmt: skip
"""How files that hold others begin: where in bytes, with what, and what they are. A member that was
stored as it was reads as a page between some signs, and a repair would move what follows it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one issue.

    Attributes:
        paths: the file of each page that could be read; ``-`` for standard input.
        repair: the pages before and after, with every correction.
        errors: the pages that could not be read.
        passed: files that are no newspaper text, and what they were taken for.
        binary: files that are no text at all, and how that is told.
        labels: for each page that could be read what it is called, see `Context`.
        files: by page, the bytes of a file of a recogniser with the words that were changed.
        later: what was found when these were read again, see `fixnews.settling`.
    """

    paths: tuple[Path, ...]
    repair: Repair
    errors: tuple[FixnewsError, ...] = ()
    passed: tuple[tuple[Path, Genre], ...] = ()
    labels: tuple[str | Name, ...] = ()
    binary: tuple[tuple[Path, BinaryError], ...] = ()
    files: Mapping[int, bytes] = field(default_factory=dict)
    later: tuple[Correction, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """The pages as they were read."""
        return self.repair.sources

    @property
    def texts(self) -> tuple[str, ...]:
        """The pages as repaired."""
        return self.repair.texts

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Every correction of the issue, in the order of its pages."""
        return self.repair.corrections

    @property
    def spared(self) -> tuple[Correction, ...]:
        """What was not proposed because something other than prose stands there."""
        return self.repair.spared

    @property
    def found(self) -> bool:
        """Whether anything was applied, or would be; of a file with positions, to its words."""
        return any(map(self.changes, range(len(self.sources))))

    def changes(self, number: int) -> bool:
        """Whether a page's file is changed: where it has positions, whether a word of it is."""
        applied = [c for c in self.of_page(number) if c.applied]
        page = self.sources[number]
        return bool(changed_words(page, applied) if page.positions else applied)

    def of_page(self, number: int) -> tuple[Correction, ...]:
        """The corrections of one page."""
        return tuple(c for c in self.corrections if c.source == number)


def mend(  # noqa: PLR0913
    paths: Sequence[Path],
    config: Config,
    *,
    stdin_name: str = STDIN_NAME,
    decide: Decide | None = None,
    more: Sequence[Filter] = (),
    desk: Desk | None = None,
) -> Outcome:
    """Read and repair the pages of one issue; what cannot be read is told and left out.

    What is data, code or markup as a whole is left out as well.

    Args:
        paths: the pages in their order.
        config: the settings.
        stdin_name: what to call standard input.
        decide: judges each proposal; by default the settings do.
        more: filters to run behind the chain.
        desk: what is known of these pages from earlier calls with the same settings.
    """
    names, sources, errors, passed, binary = [], [], [], [], []
    known = {source.path: source for source in desk.sources} if desk else {}
    for path in paths:
        try:
            source = _source(path, config, stdin_name, known)
            new = known.get(source.path) is not source
            told = genre_of(source) if new else Genre.PAGE
            if told.is_data and not config.as_text:
                passed.append((path, told))
                continue
            sources.append(source)
            names.append(path)
        except BinaryError as error:
            binary.append((path, error))
        except FixnewsError as error:
            errors.append(error)
    done = mend_read(names, sources, config, decide=decide, more=more, desk=desk)
    return replace(done, errors=tuple(errors), passed=tuple(passed), binary=tuple(binary))


def mend_read(  # noqa: PLR0913
    paths: Sequence[Path],
    sources: Sequence[Source],
    config: Config,
    *,
    decide: Decide | None = None,
    more: Sequence[Filter] = (),
    desk: Desk | None = None,
) -> Outcome:
    """Repair the pages of one issue that have been read; the arguments are those of `mend`.

    >>> done = mend_read([Path("A1")], [Source("A1", "头版,要闻")], Config())
    >>> done.texts
    ('头版，要闻',)
    """
    known = context(sources, config)
    judged = known, decide or decision(config), selection(config)
    done = repair(sources, *judged, chain=(*filters.CHAIN, *more), desk=desk)
    return Outcome(tuple(paths), done, labels=known.labels)


def lost(paths: Sequence[Path], config: Config) -> Outcome:
    """What comes of an issue whose process was killed, by the system or by the page itself."""
    remedy = "give it more memory, or exclude it"
    problem = "left as it is: the process that repaired it was killed, twice"
    told = [Message("{path}: {what}", path=path, what=Message(problem)) for path in paths]
    errors = tuple(PageError(problem, remedy) for problem in told)
    return replace(mend((), config), errors=errors)


def check(config: Config) -> None:
    """Refuse settings that mean nothing, before a page is read.

    A code that selects no rule is one: a typing error would pass for a clean page.

    Raises:
        UsageError: no rule begins with a code.
        DecodeError: there is no such encoding.
    """
    named = (*config.select, *config.extend_select, *config.ignore)
    codes = [rule.code for rule in filters.rules()] if named else []
    for code in named:
        if code != "ALL" and not any(known.startswith(code) for known in codes):
            near = nearest(code, codes)
            raise UsageError(
                Message("no rule begins with {code!r}", code=code),
                Message("did you mean {near}?", near=near),
            )
    if config.encoding:
        canonical(config.encoding)


def decision(config: Config) -> Decide:
    """What the settings say about a proposal."""
    return threshold(unsafe=config.unsafe_fixes, least=config.min_confidence)


def selection(config: Config) -> Selection:
    """Which rules the settings want."""
    return Selection(config.select, config.extend_select, config.ignore)


def context(sources: Sequence[Source], config: Config) -> Context:
    """What the settings tell the filters; a page's label is its file's stem."""
    return Context(
        labels=named(sources, config),
        merge_pages=not config.per_file,
        model=config.model,
        dictionaries=config.dictionaries,
        allow=frozenset(config.allow) | allowed(config),
        terms=config.terms,
        as_text=config.as_text,
    )


def called(sources: Sequence[Source]) -> tuple[str, ...]:
    """What each page is called: the stem of its file, or nothing for standard input."""
    return tuple("" if s.path == STDIN_NAME else Path(s.path).stem for s in sources)


def named(sources: Sequence[Source], config: Config) -> tuple[str | Name, ...]:
    """What each page is called; read by the reader's own patterns where the settings have any."""
    own = patterns(config)
    if not any(own):
        return called(sources)
    return tuple("" if s.path == STDIN_NAME else own.read(s.path) for s in sources)


def patterns(config: Config) -> Patterns:
    """The patterns by which the settings read the names of files."""
    return Patterns(config.issue_name, config.page_name, config.article_name)


def allowed(config: Config) -> frozenset[str]:
    """The passages of the allow-list: one a line, ``#`` before a remark."""
    if config.allow_list is None or not lies(config.allow_list):
        return frozenset()
    return frozenset(entries(config.allow_list, "allow-list"))


def genre_of(source: Source) -> Genre:
    """What a page is as a whole; what a recogniser read is a page, whatever it looks like."""
    return genre(source.text, source.path) if source.positions is None else Genre.PAGE


def _source(path: Path, config: Config, stdin_name: str, known: Mapping[str, Source]) -> Source:
    """A page decoded; one that was known and has the same bytes is the very same."""
    name = stdin_name if str(path) == STDIN else str(path)
    data = read_stdin() if str(path) == STDIN else read(path)
    same = name in known and known[name].data == data
    return known[name] if same else page(data, name, config)


def page(data: bytes, name: str, config: Config) -> Source:
    """The page in a file's bytes: its text, or that of a file of an OCR format.

    Raises:
        DecodeError: they are no text, or not in the encoding that the settings name.
        PageError: they are a file of an OCR format that is broken.
    """
    form = (
        formats.recognise(data, name)
        if config.input_format == formats.AUTO
        else config.input_format
    )
    if form not in ("", formats.TEXT):
        if config.input_format != formats.AUTO:
            formats.check(data, name, form)
        return positioned(data, name, form, config.encoding, _arranging(config))
    _check_packed(data, name)
    try:
        source = decode(data, name, config.encoding or None)
    except DecodeError as error:
        if b"\x00" in data:
            raise BinaryError(
                Message("{problem}: binary, not text", problem=Message(error.problem)),
                "leave it out",
            ) from None
        raise
    if source.text.count("\x00") > BINARY_SHARE * len(source.text):
        raise BinaryError(
            Message("{name}: mostly NULs: binary, not text", name=name), "leave it out"
        )
    return source


def _check_packed(data: bytes, name: str) -> None:
    kind = next((kind for at, sign, kind in _PACKED if data.startswith(sign, at)), "")
    if kind:
        problem = Message(
            "{name}: {kind}, which holds other files, and is no text", name=name, kind=kind
        )
        raise BinaryError(problem, "unpack it; `fixnews corpus` reads a .zip as it is")


def _arranging(config: Config) -> Callable[[Reading], Arrangement]:
    """How the lines of a page with positions are put in order."""
    if config.reading_order == "file":
        return in_file_order
    from fixnews.order.page_text import in_reading_order

    return partial(in_reading_order, model=config.model)
