"""The library's front door: text or bytes in, text and corrections out; no printing, no state."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from fixnews import issue
from fixnews.config import Config, given
from fixnews.errors import FixnewsError, UsageError
from fixnews.files import read
from fixnews.filters import Context, Selection
from fixnews.pipeline import Repair, repair, repair_each
from fixnews.result import Result, by_source
from fixnews.source import Source
from fixnews.steps import Decide

if TYPE_CHECKING:
    from fixnews.article import Article

__all__ = ["Page", "Result", "Settings", "articles", "fix", "fix_many", "fix_pages"]

Page = str | bytes | bytearray | memoryview | os.PathLike[str] | Source
"""What a page may be given as: its text, its bytes, a path of its file, or a source already read.
A string is always text; no string is ever taken for a path."""

_ONE = (str, bytes, bytearray, memoryview, os.PathLike, Source)
_KINDS = "give its text, its bytes, a pathlib.Path or a Source"

TOGETHER, CHARACTERS = 1 << 8, 1 << 16
"""Texts of a list that are repaired side by side, and characters: long ones gain nothing by it."""

TEXT = "<text>"
"""What a page is called that has no name."""


class Settings(TypedDict, total=False):
    """What `fix`, `fix_many`, `fix_pages` and `articles` take by keyword, as the command line does.

    A value is checked as there; None is as good as not given. What takes several takes any iterable
    of them, or one. No configuration file is read.

    Attributes:
        select: codes of rules, or prefixes, that run; ``"BRK,PUN101"`` or a list.
        extend_select: those that run in addition.
        ignore: those that do not.
        unsafe_fixes: apply what is only suggested, too.
        min_confidence: apply nothing that is less sure than this, 0 to 1.
        encoding: the codec of pages given as bytes or files, where the reader knows better.
        terms: files of names, one a line: they are not changed, what almost is one is reported.
        dictionaries: files of corrections, as ``fixnews dict check`` reads them.
        allow: words and passages that nothing may change.
        as_text: read pages of data, code or another language as newspaper text.
        input_format: what bytes and files are: ``auto``, ``text``, or the name of an OCR format.
        reading_order: of the lines of a page with positions: ``found``, or as in the ``file``.
    """

    select: str | Iterable[str] | None
    extend_select: str | Iterable[str] | None
    ignore: str | Iterable[str] | None
    unsafe_fixes: bool | None
    min_confidence: float | None
    encoding: str | None
    terms: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None
    dictionaries: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None
    allow: str | Iterable[str] | None
    as_text: bool | None
    input_format: str | None
    reading_order: str | None


def fix(  # noqa: PLR0913
    page: Page | None = None,
    *,
    file: str | os.PathLike[str] | None = None,
    path: str | None = None,
    context: Context | None = None,
    decide: Decide | None = None,
    selection: Selection | None = None,
    **settings: Unpack[Settings],
) -> Result:
    r"""Repair one page.

    Args:
        page: its text, its bytes in any encoding of Chinese, a `pathlib.Path` of its file, or a
            source already read. A string is text, never a path.
        file: the path of its file, instead of ``page``; the file is only read.
        path: what to call the page in reports; by default the file's path, or ``<text>``.
        context: labels, models and lists of one's own, ready made: instead of ``terms``,
            ``dictionaries``, ``allow`` and ``as_text``.
        decide: judges each proposal: instead of ``unsafe_fixes`` and ``min_confidence``.
        selection: which rules run: instead of ``select``, ``extend_select`` and ``ignore``.
        settings: what the command line calls by the same names, see `Settings`: ``select``,
            ``ignore``, ``unsafe_fixes``, ``encoding``, ``dictionaries`` and others.

    Raises:
        UsageError: an argument of the wrong kind, an unknown code or keyword, a value out of its
            range, or two arguments that say the same thing.
        PageError: the file cannot be read.
        DecodeError: the bytes are not text in any encoding that fits, or there is no such encoding.
        DataError: a dictionary or a list of terms is missing or damaged.

    >>> fix("喜迎党代会,奋进新征程").text
    '喜迎党代会，奋进新征程'
    >>> fix("喜迎党代会,奋进新征程", ignore="PUN").corrections
    ()
    >>> fix("喜迎党代会", select="PUM101")
    Traceback (most recent call last):
    fixnews.errors.UsageError: no rule begins with 'PUM101' (did you mean PUN101?)
    """
    way = _Way.of(settings, context, decide, selection)
    if page is None and file is None:
        raise UsageError("no page", f"{_KINDS}; file= reads a file, path= only names the page")
    if page is not None and file is not None:
        raise UsageError("both a page and file= are given", "give one of them")
    if not isinstance(path, str | None):
        raise UsageError(f"path= is {path!r}", "give a string, what to call the page")
    source = way.source(_path(file) if page is None else page, path)
    (label,) = issue.called([source]) if path is None and source.path != TEXT else (source.path,)
    return way.results([source], [path or label])[0]


def fix_pages(
    pages: Mapping[str, Page],
    *,
    context: Context | None = None,
    decide: Decide | None = None,
    selection: Selection | None = None,
    **settings: Unpack[Settings],
) -> dict[str, Result]:
    """Repair the pages of one newspaper issue together; jumps are merged across them.

    Args:
        pages: from the page's name (``A1``, ``C2``, ``第3版``) to its content, in page order.
        context: as for `fix`; labels are taken from the names unless it has some.
        decide: as for `fix`.
        selection: as for `fix`.
        settings: as for `fix`.

    Returns:
        A result for each page, under its name.

    Raises:
        FixnewsError: as for `fix`.

    >>> fix_pages({"A1": "头版。", "C2": "二版,新闻"})["C2"].text
    '二版，新闻'
    """
    way = _Way.of(settings, context, decide, selection)
    sources = way.sources(pages)
    return dict(zip(pages, way.results(sources, list(pages)), strict=True))


def fix_many(
    texts: Iterable[Page],
    *,
    context: Context | None = None,
    decide: Decide | None = None,
    selection: Selection | None = None,
    **settings: Unpack[Settings],
) -> Iterator[Result]:
    """Repair many short texts that have nothing to do with each other, as they come.

    Each is repaired just as `fix` would; no jump is merged from one to another.

    Args:
        texts: any iterable of what `fix` takes; it may be endless.
        context: as for `fix`.
        decide: as for `fix`.
        selection: as for `fix`.
        settings: as for `fix`.

    Yields:
        A result for each text, in order.

    Raises:
        FixnewsError: as for `fix`; a bad argument at once, a bad text when its turn comes, with its
            number, from 1.

    >>> [done.text for done in fix_many(["头版,要闻", "今日,多云"])]
    ['头版，要闻', '今日，多云']
    """
    way = _Way.of(settings, context, decide, selection)
    if isinstance(texts, _ONE):
        raise UsageError("one text, not many", "give a list of texts, or use fix")
    if isinstance(texts, Mapping) or not isinstance(texts, Iterable):
        problem = f"texts is {type(texts).__name__}"
        raise UsageError(problem, "give a list of texts; named pages go to fix_pages")
    return way.one_by_one(texts)


def articles(
    pages: Mapping[str, Page] | Page,
    *,
    context: Context | None = None,
    decide: Decide | None = None,
    selection: Selection | None = None,
    **settings: Unpack[Settings],
) -> tuple[Article, ...]:
    r"""The stories of a page or of the pages of one issue, whole: repaired, jumps come home.

    Args:
        pages: as for `fix_pages`; or one page, as for `fix`.
        context: as for `fix_pages`.
        decide: as for `fix`.
        selection: as for `fix`.
        settings: as for `fix`.

    Returns:
        The stories in the order of the pages.

    Raises:
        FixnewsError: as for `fix`.

    >>> page = "菜场搬新家\n\n记者 沈砚秋\n\n本报讯 新民里菜场昨天搬进新楼,摊位多了三成。\n"
    >>> [story.headline for story in articles({"A1": page})]
    ['菜场搬新家']
    """
    way = _Way.of(settings, context, decide, selection)
    named = pages if isinstance(pages, Mapping) else {TEXT: pages}
    done = way.repair(way.sources(named), list(named))
    from fixnews import article

    return article.articles(done, ["" if name == TEXT else name for name in named])


@dataclass(frozen=True, slots=True)
class _Way:
    """How the pages of a call are repaired: its arguments, checked."""

    config: Config
    context: Context
    decide: Decide
    selection: Selection

    @classmethod
    def of(
        cls,
        settings: Settings,
        context: Context | None,
        decide: Decide | None,
        selection: Selection | None,
    ) -> _Way:
        """The way that a call asks for."""
        for name, value in {"context": context, "decide": decide, "selection": selection}.items():
            if value is not None:
                _check_made(name, value, settings)
        config = given(settings, Settings.__annotations__)
        issue.check(config)
        return cls(
            config,
            context or issue.context((), config),
            decide or issue.decision(config),
            selection or issue.selection(config),
        )

    def source(self, page: object, name: str | None = None) -> Source:
        """One page as it is read; ``name`` is what to call it, if not by its file or as a text."""
        match page:
            case Source():
                return page
            case str():
                return Source(name or TEXT, page)
            case bytes() | bytearray() | memoryview():
                return issue.page(bytes(page), name or TEXT, self.config)
            case os.PathLike():
                path = _path(page)
                return issue.page(read(path), name or str(path), self.config)
        raise UsageError(f"{name or TEXT}: {type(page).__name__} is no page", _KINDS)

    def sources(self, pages: Mapping[str, Page]) -> list[Source]:
        """The pages of an issue as they are read, by their names."""
        if not isinstance(pages, Mapping):
            remedy = "give {name: page, …}; texts of their own go to fix_many"
            raise UsageError(f"pages is {type(pages).__name__}", remedy)
        for name in pages:
            if not isinstance(name, str):
                raise UsageError(f"a page is called {name!r}", "give a string, such as 'A1'")
        return [self.source(page, name) for name, page in pages.items()]

    def repair(self, sources: Sequence[Source], names: Sequence[str]) -> Repair:
        """The pages repaired together; their names are their labels, unless there are some."""
        context = replace(self.context, labels=self.context.labels or tuple(names))
        return repair(sources, context, self.decide, self.selection)

    def results(self, sources: Sequence[Source], names: Sequence[str]) -> list[Result]:
        """The pages repaired together, a result for each."""
        return by_source(self.repair(sources, names), sources)

    def one_by_one(self, texts: Iterable[Page]) -> Iterator[Result]:
        """The texts repaired, each by itself; of those that are all there, some at once."""
        for some in self._in_lots(texts, TOGETHER if isinstance(texts, Sequence) else 1):
            own = [replace(self.context, labels=self.context.labels or (s.path,)) for s in some]
            pairs = list(zip(some, own, strict=True))
            repairs = repair_each(pairs, self.decide, self.selection)
            yield from (by_source(done, [s])[0] for s, done in zip(some, repairs, strict=True))

    def _in_lots(self, texts: Iterable[Page], most: int) -> Iterator[list[Source]]:
        """So many sources at a time; a text that is none is told of when its turn comes."""
        some, size = list[Source](), 0
        for number, text in enumerate(texts, 1):
            try:
                source = self.source(text)
            except FixnewsError as error:
                yield some
                raise type(error)(f"text {number}: {error.problem}", error.remedy) from None
            some.append(source)
            size += len(source.text)
            if len(some) == most or size >= CHARACTERS:
                yield some
                some, size = [], 0
        yield some


_MADE: dict[str, tuple[Callable[[object], bool], str, tuple[str, ...]]] = {
    "context": (
        lambda v: isinstance(v, Context),
        "a fixnews.Context",
        ("terms", "dictionaries", "allow", "as_text"),
    ),
    "decide": (callable, "a function from a proposal to bool", ("unsafe_fixes", "min_confidence")),
    "selection": (
        lambda v: isinstance(v, Selection),
        "a fixnews.Selection",
        ("select", "extend_select", "ignore"),
    ),
}
"""For each argument that comes ready made: its test, its words, the settings that it replaces."""


def _check_made(name: str, value: object, settings: Mapping[str, Any]) -> None:
    """Refuse what is of another kind, or says what a setting says, too."""
    fits, words, replaced = _MADE[name]
    if not fits(value):
        raise UsageError(f"{name} is {type(value).__name__}", f"it takes {words}")
    twice = [setting for setting in replaced if settings.get(setting) is not None]
    if twice:
        raise UsageError(f"{name}= and {twice[0]}= say the same thing", "give one of them")


def _path(path: object) -> Path:
    """The path of a file, from a string or what stands for one."""
    try:
        return Path(path)  # type: ignore[arg-type]
    except TypeError:
        given = type(path).__name__
        raise UsageError(f"file= is {given}, no path", "give a string or a pathlib.Path") from None
