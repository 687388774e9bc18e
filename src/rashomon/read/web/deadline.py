"""An end to one request, however it is dragged out: byte by byte, in its headers as in its body."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self


class Deadline:
    """Within it, connections that httpx opens for a request with the extensions `told` are cut after so many seconds.

    A timeout of httpx is one of silence and begins anew with every byte that comes.
    """

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()

    def told(self) -> dict[str, Callable[[str, Mapping[str, Any]], None]]:
        """Extensions of a request whose transport tells of each of its steps (httpx, Extensions: "trace")."""
        return {"trace": self._step}

    def _step(self, step: str, told: Mapping[str, Any]) -> None:
        """Keep the connection that a step opened, or encrypted."""
        stream = told.get("return_value")
        if step.endswith(("connect_tcp.complete", "start_tls.complete")) and stream is not None:
            with self._lock:
                self._open.append(stream.get_extra_info("socket"))
            if self.passed:
                self._cut()

    def _cut(self) -> None:
        self.passed = True
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):  # closed already
                    connection.shutdown(socket.SHUT_RDWR)
