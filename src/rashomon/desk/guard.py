"""What stands before every request: only this machine's names for itself, and a token for whatever writes.

Articles are hostile, and so is every other page that the browser has open. Nothing is loaded but from here; a host name
that is made to point at this machine (DNS rebinding) is refused; who did not come by the address with the token reads.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, Response

from rashomon.desk.api.problem import answer

COOKIE, HEADER = "rashomon-token", "x-rashomon-token"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_READS = ("GET", "HEAD")


def may_write(request: Request) -> bool:
    """Whether the request carries the desk's token: as the cookie of the address it was opened by, or as a header."""
    given = request.headers.get(HEADER) or request.cookies.get(COOKIE) or ""
    return secrets.compare_digest(given.encode(), str(request.app.state.token).encode())


def _named(netloc: str) -> str:
    try:
        return urlsplit(f"//{netloc}").hostname or ""
    except ValueError:
        return ""


def _told(request: Request, detail: str, status: int) -> Response:
    """A refusal: in the one shape of errors for programs, in plain words for people."""
    return answer(status, detail) if request.url.path.startswith("/api/") else PlainTextResponse(detail, status)


def _refused(request: Request, hosts: Sequence[str]) -> Response | None:
    host = request.headers.get("host", "")
    if _named(host) not in hosts:
        return _told(request, "This desk answers to its own address only.", 421)
    if request.method in _READS:
        return None
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return _told(request, "Another page may not write here.", 403)
    if not may_write(request):
        return _told(request, "Writing needs the token: open the desk by the address that the command printed.", 403)
    return None


def guard(app: FastAPI, hosts: Sequence[str]) -> None:
    """Put the checks and the headers before every route of the application; `hosts` are the names it answers to."""

    @app.middleware("http")
    async def _checked(request: Request, onward: Callable[[Request], Awaitable[Response]]) -> Response:
        response = _refused(request, hosts) or await onward(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response
