"""The language server protocol: what an editor says and is told. Only this file knows pygls."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.uris import to_fs_path

from fixnews.correction import Correction
from fixnews.desk import Desk
from fixnews.editor.checking import Checked, Sheet
from fixnews.editor.columns import UTF16, Columns, Spot
from fixnews.editor.diagnostics import NAME, Diagnostic, complaint, told
from fixnews.editor.opened import Open
from fixnews.editor.remedies import (
    ALLOW,
    FIX,
    TEACH,
    WHOLE_PAGE,
    Remedy,
    Replacement,
    remedies,
    replacements,
    whole_page,
)
from fixnews.editor.settings import Settings, settings_of
from fixnews.editor.telling import about
from fixnews.errors import FixnewsError
from fixnews.own_lists import allow, teach
from fixnews.tongues import ENGLISH, TAGS, Tongue
from fixnews.tongues.choice import of_locale
from fixnews.version import __version__

PAUSE = 0.015
"""Seconds after a change before a page is checked: an input method that puts a word in deletes and
inserts in one breath; what a hand types is further apart."""


class Protocol(LanguageServerProtocol):
    """The protocol without pygls's own texts, in which a form feed ends a line."""

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(
        self, params: lsp.DidChangeTextDocumentParams
    ) -> Iterator[Any]:
        """Hand a change on as it came."""
        yield self.fm.features[lsp.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    def tell(self, method: str, params: dict[str, Any]) -> None:
        """Send what is in the form of the wire: pygls would take it apart, row by row."""
        self._send_data({"jsonrpc": self.VERSION, "method": method, "params": params})


@dataclass(slots=True)
class Room:
    """The open pages, and the thread in which one after the other is checked.

    Attributes:
        editor: the server that speaks with the editor.
        pages: by what the editor calls them.
        thread: checks, so that the editor is heard meanwhile.
        tongue: what is spoken: the language of the call, or where that is English the editor's.
        settled: whether what the first check loaded is known to stay.
    """

    editor: LanguageServer
    tongue: Tongue
    pages: dict[str, Open] = field(default_factory=dict)
    thread: Executor = field(default_factory=lambda: ThreadPoolExecutor(1))
    settled: bool = False

    @property
    def protocol(self) -> Protocol:
        """How it is spoken to."""
        spoken = self.editor.protocol
        assert isinstance(spoken, Protocol)
        return spoken

    @property
    def units(self) -> str:
        """What the editor counts in columns."""
        told = self.editor.workspace.position_encoding
        return str(getattr(told, "value", told) or UTF16)

    @property
    def by_version(self) -> bool:
        """Whether the editor takes edits of a version of a page: it refuses those of an old one."""
        workspace = self.editor.client_capabilities.workspace
        edits = workspace.workspace_edit if workspace else None
        return bool(edits and edits.document_changes)

    def open(self, item: lsp.TextDocumentItem) -> None:
        """A page comes."""
        path = _path(item.uri)
        sheet = Sheet(str(path or item.uri), Settings(), Desk())
        page = Open(item.uri, sheet, Columns(item.text, self.units), item.version)
        self.pages[item.uri] = page
        self.check(page)

    def change(self, uri: str, version: int, changes: Iterable[Any]) -> None:
        """A page has other text: parts of it, or all."""
        page = self.pages[uri]
        for change in changes:
            if getattr(change, "range", None) is None:
                page.columns = Columns(change.text, self.units)
            else:
                spots = _spot(change.range.start), _spot(change.range.end)
                page.columns = page.columns.changed(*spots, change.text)
        page.version = version
        self.check(page)

    def close(self, uri: str) -> None:
        """A page goes, with what was said of it."""
        page = self.pages.pop(uri)
        if page.work:
            page.work.cancel()
        self._publish(uri, None, [])

    def check(self, page: Open) -> None:
        """Check a page soon; a check that waits or runs goes on until it has seen this."""
        page.asked += 1
        if page.work is None or page.work.done():
            page.work = asyncio.ensure_future(self._check(page))

    def check_all(self) -> None:
        """Check every page again: settings or lists have changed."""
        for page in self.pages.values():
            self.check(page)

    async def newest(self, uri: str) -> Open | None:
        """A page with what was found on it as it is now."""
        page = self.pages.get(uri)
        if page and page.work:
            await asyncio.shield(page.work)
        return page

    async def _check(self, page: Open) -> None:
        """Check a page until what was checked is what is there; say what was found."""
        loop = asyncio.get_running_loop()
        while page.seen < page.asked:
            await asyncio.sleep(PAUSE)
            asked, text = page.asked, page.columns.text
            page.found = await loop.run_in_executor(self.thread, self._look, page, text)
            page.seen = asked
        self._tell(page)
        if not self.settled:
            self.settled = True
            loop.run_in_executor(self.thread, _settle)

    def _look(self, page: Open, text: str) -> Checked:
        """One look at a page, its settings read anew, in the other thread."""
        folders = [_path(f.uri) for f in self.editor.workspace.folders.values()]
        try:
            path = _path(page.uri)
            page.sheet.settings = settings_of(path, [folder for folder in folders if folder])
            found, page.problem = page.sheet.look(text), None
        except FixnewsError as error:
            found, page.problem = page.sheet.unread(text, str(error)), error
        return found

    def _tell(self, page: Open) -> None:
        """What was found, as the editor shows it; what is wrong with the settings at the top."""
        if page.problem:
            shown = [complaint(self.tongue(page.problem.message))]
        else:
            shown = told(page.found.corrections if page.found else (), page.columns, self.tongue)
        self._publish(page.uri, page.version, shown)

    def _publish(self, uri: str, version: int | None, shown: list[Diagnostic]) -> None:
        params: dict[str, Any] = {"uri": uri, "diagnostics": shown}
        if version is not None:
            params["version"] = version
        self.protocol.tell(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)


def _settle() -> None:
    """Take what is loaded out of the collection of garbage: models and lexicons, which stay.

    Looking through them takes 50 ms, every fifth key on a page with a thousand marks.
    """
    gc.collect()
    gc.freeze()


def _path(uri: str) -> Path | None:
    """The file of a page; None for one that has none yet."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    return Path(path) if path else None


def _spot(place: lsp.Position) -> Spot:
    return Spot(place.line, place.character)


def _range(columns: Columns, start: int, end: int) -> lsp.Range:
    first, last = columns.spot(start), columns.spot(end)
    return lsp.Range(lsp.Position(*first), lsp.Position(*last))


def _edit(room: Room, page: Open, remedy: Remedy) -> lsp.WorkspaceEdit:
    """A remedy as the editor carries it out, on the very text that it was found in."""
    changed = replacements(page.found, remedy.corrections) if page.found else ()
    edits = [_text_edit(page.columns, one) for one in changed]
    if not room.by_version:
        return lsp.WorkspaceEdit(changes={page.uri: edits})
    where = lsp.OptionalVersionedTextDocumentIdentifier(uri=page.uri, version=page.version)
    return lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(where, [*edits])])


def _text_edit(columns: Columns, one: Replacement) -> lsp.TextEdit:
    return lsp.TextEdit(_range(columns, one.start, one.end), one.new)


def _action(room: Room, page: Open, remedy: Remedy) -> lsp.CodeAction:
    return lsp.CodeAction(
        title=room.tongue(remedy.title),
        kind=remedy.kind,
        is_preferred=remedy.preferred or None,
        edit=None if remedy.command else _edit(room, page, remedy),
        command=_command(room, page, remedy) if remedy.command else None,
    )


def _command(room: Room, page: Open, remedy: Remedy) -> lsp.Command:
    name, *words = remedy.command
    return lsp.Command(title=room.tongue(remedy.title), command=name, arguments=[page.uri, *words])


def _wanted(remedy: Remedy, only: Sequence[str] | None) -> bool:
    """Whether the editor asked for remedies of this kind."""
    return not only or any(remedy.kind == k or remedy.kind.startswith(f"{k}.") for k in only)


def _offers(room: Room, page: Open, params: lsp.CodeActionParams) -> Iterator[lsp.CodeAction]:
    """What may be done where the editor asks; the whole page only where it may be wanted."""
    only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
    found, columns = page.found, page.columns
    if found is None or found.source.text != columns.text:
        return
    start, end = (columns.offset(_spot(p)) for p in (params.range.start, params.range.end))
    offered = remedies(found, start, end) if _asks(FIX, only) else whole_page(found)
    for remedy in offered:
        if _wanted(remedy, only):
            yield _action(room, page, remedy)


def _asks(kind: str, only: Sequence[str]) -> bool:
    return not only or kind in only


def server(tongue: Tongue = ENGLISH) -> LanguageServer:
    """The server with all that it answers; `LanguageServer.start_io` runs it."""
    editor = LanguageServer(NAME, __version__, protocol_cls=Protocol)
    room = Room(editor, tongue)
    _hears_of_pages(editor, room)
    _answers(editor, room)
    _writes_lists(editor, room)
    return editor


def _hears_of_pages(editor: LanguageServer, room: Room) -> None:
    """What an editor says without being answered."""

    @editor.feature(lsp.INITIALIZE)
    async def begun(params: lsp.InitializeParams) -> None:
        if not (room.tongue.asked_for or room.tongue.foreign):
            room.tongue = Tongue(of_locale({"LANG": params.locale or TAGS[0]}))

    @editor.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        room.open(params.text_document)

    @editor.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        named = params.text_document
        room.change(named.uri, named.version, params.content_changes)

    @editor.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        room.close(params.text_document.uri)

    @editor.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    @editor.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    @editor.feature(lsp.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def settled(_: Any) -> None:
        room.check_all()


def _answers(editor: LanguageServer, room: Room) -> None:
    """What an editor asks about a page; the answer waits for the check of what is typed."""
    kinds: list[lsp.CodeActionKind | str] = [lsp.CodeActionKind.QuickFix, WHOLE_PAGE]

    @editor.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=kinds))
    async def may_be_done(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        page = await room.newest(params.text_document.uri)
        return list(_offers(room, page, params)) if page else []

    @editor.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def told_of(params: lsp.HoverParams) -> lsp.Hover | None:
        page = await room.newest(params.text_document.uri)
        at = page.columns.offset(_spot(params.position)) if page else 0
        here = [c for c in _found_on(page) if c.start <= at <= max(c.start, c.end - 1)]
        text = "\n\n---\n\n".join(about(c, room.tongue) for c in here)
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text)) if here else None


def _found_on(page: Open | None) -> tuple[Correction, ...]:
    return page.found.corrections if page and page.found else ()


def _writes_lists(editor: LanguageServer, room: Room) -> None:
    """The commands that add to the reader's own lists, as a review does."""

    def say(kind: lsp.MessageType, text: str) -> None:
        editor.window_show_message(lsp.ShowMessageParams(kind, text))

    def add(uri: str, *words: str) -> None:
        page = room.pages.get(uri)
        config = (page.sheet.settings if page else Settings()).config
        try:
            said = allow(config, *words) if len(words) == 1 else teach(config, *words)
        except FixnewsError as error:
            say(lsp.MessageType.Error, room.tongue(error.message))
            return
        say(lsp.MessageType.Info, room.tongue(said))
        room.check_all()

    @editor.command(ALLOW)
    async def permitted(uri: str, passage: str) -> None:
        add(uri, passage)

    @editor.command(TEACH)
    async def taught(uri: str, wrong: str, right: str) -> None:
        add(uri, wrong, right)
