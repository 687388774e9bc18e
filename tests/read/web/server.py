"""A real HTTP server on this machine whose answers are functions, so that it can misbehave in any way."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """Answers by path; keeps what was asked, when, and how many were being answered at the same time."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[float, str, dict[str, str]]] = []
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                with server.lock:
                    server.asked.append((time.monotonic(), self.path, dict(self.headers)))
                    server.at_once += 1
                    server.most_at_once = max(server.most_at_once, server.at_once)
                try:
                    server.answers.get(self.path, not_found)(self)
                except OSError:
                    self.close_connection = True  # the other side had enough
                finally:
                    with server.lock:
                        server.at_once -= 1

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.http.server_address[1]}"

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked]


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.http.shutdown()
        server.http.server_close()


def answer(body: bytes, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> Answer:
    def send(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        given = {"Content-Type": kind, "Content-Length": str(len(body))}
        for name, value in (given | {k.replace("_", "-"): v for k, v in headers.items()}).items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return send


not_found = answer(b"gone", 404)


def redirect(to: str, status: int = 302) -> Answer:
    return answer(b"", status, Location=to)


def once(*answers: Answer) -> Answer:
    """The answers one after another; the last for good."""
    left = list(answers)

    def send(request: BaseHTTPRequestHandler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(request)

    return send


def drip(seconds: float, part: bytes = b"x") -> Answer:
    """A body that comes bit by bit and never ends."""

    def send(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.end_headers()
        while True:
            request.wfile.write(part)
            request.wfile.flush()
            time.sleep(seconds)

    return send


def slow_head(seconds: float) -> Answer:
    """Headers that come letter by letter and never end."""

    def send(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX: ")
        while True:
            request.wfile.write(b"y")
            request.wfile.flush()
            time.sleep(seconds)

    return send


def silent(seconds: float) -> Answer:
    return lambda request: time.sleep(seconds)


def reset(request: BaseHTTPRequestHandler) -> None:
    request.connection.close()
    raise OSError
