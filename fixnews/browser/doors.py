"""The addresses of a sitting: what a browser asks, what it sends, what it is told unasked.

Whatever touches the sitting is done in one thread, one thing after the other. Only this file knows
starlette.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fixnews.browser import facts
from fixnews.browser.guard import HEADERS, Guard
from fixnews.browser.room import Refused, Room
from fixnews.browser.scan_pictures import sheets_of
from fixnews.errors import FixnewsError

ASSETS = Path(__file__).parent / "assets"

BEAT = 2.0
"""Seconds after which a browser that waits hears that the sitting goes on: so it is seen when a tab
has gone, and when the server has."""

T = TypeVar("T")


@dataclass(slots=True)
class House:
    """A sitting as browsers reach it.

    Attributes:
        room: the sitting.
        guard: who may come in.
        ends: is called when the sitting is over.
        patience: seconds without a browser after which it ends; answers are kept.
        watching: how many browsers wait for news.
        thread: where the sitting is worked on.
        news: wakes those who wait.
    """

    room: Room
    guard: Guard
    ends: Callable[[], None]
    patience: float
    watching: int = 0
    thread: Executor = field(default_factory=lambda: ThreadPoolExecutor(1))
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def work(self, what: Callable[[], T]) -> T:
        """Something done to the sitting, after all that came before; others hear of changes."""
        before = self.room.revision
        done = await asyncio.get_running_loop().run_in_executor(self.thread, what)
        if self.room.revision != before:
            async with self.news:
                self.news.notify_all()
        return done

    async def until_nobody_watches(self) -> None:
        """Wait until no browser has been there for a while; then the sitting ends."""
        alone = 0.0
        while not self.room.ended and alone < self.patience:
            await asyncio.sleep(BEAT)
            alone = 0.0 if self.watching else alone + BEAT
        if not self.room.ended:
            await self.work(lambda: self.room.end(write=False))
        self.ends()

    async def tell(self) -> AsyncIterator[str]:
        """The revision when it changes, and at every beat; at last how the sitting ended."""
        self.watching += 1
        try:
            while not self.room.ended:
                yield _event("revision", self.room.revision)
                async with self.news:
                    try:
                        await asyncio.wait_for(self.news.wait(), BEAT)
                    except TimeoutError:
                        continue
            yield _event("ended", self.room.ended)
        finally:
            self.watching -= 1


def _event(name: str, value: object) -> str:
    return f"event: {name}\ndata: {json.dumps(value)}\n\n"


def house_of(house: House) -> ASGIApp:
    """The application: everything below the token, behind the guard."""

    @asynccontextmanager
    async def open_house(_: Starlette) -> AsyncIterator[None]:
        waiting = asyncio.ensure_future(house.until_nobody_watches())
        yield
        waiting.cancel()

    rooms = Mount(f"/{house.guard.token}", routes=[*_Asked(house).routes, *_sent(house)])
    return _Guarded(Starlette(routes=[rooms], lifespan=open_house), house.guard)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a browser asks."""

    house: House

    @property
    def routes(self) -> list[Route | Mount]:
        """The addresses."""
        return [
            Route("/", self.start),
            Mount("/assets", StaticFiles(directory=ASSETS)),
            Route("/overview", self.overview),
            Route("/pages/{number:int}", self.page),
            Route("/queue", self.queue),
            Route("/find", self.find),
            Route("/scans/{number:int}/{sheet:int}", self.scan),
            Route("/news", self.news),
        ]

    async def start(self, _: Request) -> Response:
        """The page that everything is shown in."""
        page = (ASSETS / "sitting.html").read_text("utf-8")
        spoken = f'<html lang="{self.house.room.tongue.tag}">'
        return HTMLResponse(page.replace('<html lang="en">', spoken, 1))

    async def overview(self, _: Request) -> Response:
        """Series, pages, totals, and how far the sitting is."""
        room = self.house.room
        told = await self.house.work(lambda: facts.overview(room.seen))
        now = {"revision": room.revision, "kept": room.kept, "ended": room.ended}
        return JSONResponse({**told, **now})

    async def page(self, request: Request) -> Response:
        """One page with its marks."""
        room, number = self.house.room, request.path_params["number"]

        def told() -> facts.Facts | None:
            leaves = room.seen.leaves
            known = number < len(leaves)
            return facts.page(leaves[number], room.seen, room.tongue) if known else None

        found = await self.house.work(told)
        return JSONResponse(found) if found else Response(status_code=404)

    async def queue(self, request: Request) -> Response:
        """What is asked one by one."""
        wanted, room = request.query_params, self.house.room
        scope, which = wanted.get("scope", "all"), wanted.get("which", "")
        by_doubt = wanted.get("order") == "doubt"

        def line_up() -> list[facts.Facts]:
            return facts.queue(room.seen, room.asked(scope, which), by_doubt=by_doubt)

        return await _answered(self.house, line_up)

    async def find(self, request: Request) -> Response:
        """Where a text stands."""
        wanted, room = request.query_params.get("text", ""), self.house.room
        found = await self.house.work(lambda: facts.found(room.seen, wanted) if wanted else [])
        return JSONResponse(found)

    async def scan(self, request: Request) -> Response:
        """The picture of a sheet."""
        room, (number, sheet) = self.house.room, request.path_params.values()
        leaves = await self.house.work(lambda: room.seen.leaves)
        here = [one for leaf in leaves[number:][:1] for one in sheets_of(leaf.source)[sheet:][:1]]
        picture = here[0].picture if here else None
        return FileResponse(picture) if picture else Response(status_code=404)

    async def news(self, _: Request) -> Response:
        """What happens, as it happens."""
        return StreamingResponse(self.house.tell(), media_type="text/event-stream")


def _sent(house: House) -> list[Route]:
    """What a browser sends: each does something to the sitting and is told what came of it."""
    room = house.room
    doors: dict[str, Callable[[dict[str, Any]], Any]] = {
        "answer": lambda said: room.answer(said["about"], said["verdict"], said.get("text", "")),
        "series": lambda said: room.answer_series(said["name"], said["verdict"], said["still"]),
        "alike": lambda said: room.answer_alike(said, said["verdict"]),
        "undo": lambda said: room.undo(said["revision"]),
        "allow": lambda said: room.add(said["passage"]),
        "teach": lambda said: room.add(said["wrong"], said["right"]),
        "begin": lambda said: room.begin(go_on=bool(said["go_on"])),
        "end": lambda said: room.end(write=bool(said["write"])),
    }

    def route(name: str, act: Callable[[dict[str, Any]], Any]) -> Route:
        async def door(request: Request) -> Response:
            try:
                said = await request.json()
            except ValueError:
                return JSONResponse({"problem": "request"}, 400)
            return await _answered(house, lambda: act(said))

        return Route(f"/{name}", door, methods=["POST"])

    return [route(name, act) for name, act in doors.items()]


async def _answered(house: House, act: Callable[[], Any]) -> Response:
    """What came of something, or why it was refused: 409 where somebody else was faster."""
    try:
        done = await house.work(act)
    except Refused as refusal:
        told = {"problem": refusal.problem, "facts": refusal.facts}
        return JSONResponse({**told, "revision": house.room.revision}, 409)
    except FixnewsError as error:
        return JSONResponse({"problem": "error", "facts": {"said": str(error)}}, 500)
    except (KeyError, TypeError, AttributeError):
        return JSONResponse({"problem": "request"}, 400)
    return JSONResponse({"done": done, "revision": house.room.revision})


@dataclass(frozen=True, slots=True)
class _Guarded:
    """An application behind the guard; every answer carries the headers."""

    inside: ASGIApp
    guard: Guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.inside(scope, receive, send)
            return
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        status = self.guard.refuses(scope["method"], scope["path"], headers)
        inside = Response(status_code=status) if status else self.inside
        await inside(scope, receive, _with_headers(send))


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            more = [(n.lower().encode(), v.encode()) for n, v in HEADERS.items()]
            message = {**message, "headers": [*message.get("headers", ()), *more]}
        await send(message)

    return sent
