"""Opens the door of a sitting on this machine and closes it when the sitting is over."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from fixnews.browser.doors import House, house_of
from fixnews.browser.guard import NAMES, Guard, new_token
from fixnews.browser.room import Room

PATIENCE = 600.0
"""Seconds without a tab after which a sitting ends: long enough for a lunch of the machine's, when
it sleeps, short enough that no server stays that nobody knows of. Answers are kept in any case."""

GRACE = 2
"""Seconds in which browsers may hear that it is over."""


def serve(
    room: Room, opened: Callable[[str], None], *, port: int = 0, patience: float = PATIENCE
) -> None:
    """Hold a sitting with browsers on this machine until it is over.

    Args:
        room: the sitting.
        opened: is called with the address when there is somebody at the door.
        port: where to listen; 0 for any that is free.
        patience: seconds without a browser after which the sitting ends.

    Raises:
        OSError: the port is taken.
        KeyboardInterrupt: somebody interrupted it; what was answered is on the disk.
    """
    with socket.create_server((NAMES[0], port)) as door:
        guard = Guard(new_token(), door.getsockname()[1])
        servers: list[uvicorn.Server] = []

        def ends() -> None:
            servers[0].should_exit = True

        app = house_of(House(room, guard, ends, patience))
        settings = uvicorn.Config(
            app, log_level="error", timeout_graceful_shutdown=GRACE, ws="none", lifespan="on"
        )
        servers.append(uvicorn.Server(settings))
        opened(guard.address)
        servers[0].run(sockets=[door])
