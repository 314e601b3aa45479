"""Who may come in: browsers of this machine that were given the address, and nobody through them.

The address has a random token. A page of somebody else's that is open in the same browser cannot
read it, cannot come in under another name for this machine, and cannot send what we would take:
the name in the request has to be ours, and what is sent has to come from a page of ours.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

TOKEN_BYTES = 24
"""Random bytes of a token: 192 bits, which nobody guesses."""

NAMES = ("127.0.0.1", "localhost")
"""What this machine is called in an address."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""What every answer says: nothing from elsewhere, nothing inside another page, nothing kept."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What is asked of a request.

    Attributes:
        token: the first part of every path.
        port: where the server listens.

    >>> guard = Guard("secret", 8000)
    >>> guard.refuses("GET", "/secret/", {"host": "127.0.0.1:8000"})
    0
    >>> guard.refuses("GET", "/guess/", {"host": "127.0.0.1:8000"})
    404
    >>> guard.refuses("GET", "/secret/", {"host": "paper.example:8000"})
    421
    """

    token: str
    port: int

    @property
    def address(self) -> str:
        """What a browser opens."""
        return f"http://{NAMES[0]}:{self.port}/{self.token}/"

    def refuses(self, method: str, path: str, headers: Mapping[str, str]) -> int:
        """The status with which a request is refused, or 0.

        Args:
            method: ``GET``, ``POST`` or another.
            path: from the first slash on.
            headers: of the request, by their names in small letters.
        """
        hosts = {f"{name}:{self.port}" for name in NAMES}
        if headers.get("host") not in hosts:
            return 421
        first = path.removeprefix("/").partition("/")[0]
        if not secrets.compare_digest(first.encode(), self.token.encode()):
            return 404
        if method in ("GET", "HEAD"):
            return 0
        return 0 if self._is_ours(headers, hosts) else 403

    def _is_ours(self, headers: Mapping[str, str], hosts: set[str]) -> bool:
        """Whether what is sent comes from a page of ours, as far as its browser says."""
        origin = headers.get("origin")
        from_us = origin is None or origin in {f"http://{host}" for host in hosts}
        kind = headers.get("content-type", "").partition(";")[0].strip()
        site = headers.get("sec-fetch-site", "same-origin")
        return from_us and kind == "application/json" and site == "same-origin"


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(TOKEN_BYTES)
