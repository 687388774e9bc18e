"""What a run tells while it works, behind a small protocol: nothing, plain lines, or a live display (in `cli`)."""

from __future__ import annotations

import time
from typing import Protocol, TextIO


class Progress(Protocol):
    """Told of each stage as it begins, advances and ends."""

    def begin(self, stage: str, total: int) -> None:
        """A stage begins; `total` is how many articles (mentions, events) are to be done, 0 if not known."""
        ...

    def advance(self, done: int) -> None:
        """So many more are done."""
        ...

    def end(self) -> None:
        """The stage is done."""
        ...


class Silent:
    """Tells nothing."""

    def begin(self, stage: str, total: int) -> None:
        """Nothing."""

    def advance(self, done: int) -> None:
        """Nothing."""

    def end(self) -> None:
        """Nothing."""


class Lines:
    """Plain lines for logs and pipes: at the end of each stage, and every ten seconds within it."""

    def __init__(self, out: TextIO, every: float = 10.0) -> None:
        self._out, self._every = out, every
        self._stage, self._total, self._done = "", 0, 0
        self._began = self._told = time.monotonic()

    def begin(self, stage: str, total: int) -> None:
        """Remember the stage; it is told once there is something to tell."""
        self._stage, self._total, self._done = stage, total, 0
        self._began = self._told = time.monotonic()

    def advance(self, done: int) -> None:
        """Count, and tell at most once in the interval; the last count is told by `end`."""
        self._done += done
        if self._done < self._total and time.monotonic() - self._told >= self._every:
            self._tell()

    def end(self) -> None:
        """Tell the stage's last line, if anything was done."""
        if self._done:
            self._tell()

    def _tell(self) -> None:
        self._told = time.monotonic()
        seconds = max(self._told - self._began, 1e-9)
        rate = self._done / seconds
        left = f", {(self._total - self._done) / rate:.0f} s left" if rate and self._done < self._total else ""
        count = f"{self._done}/{self._total}" if self._total else f"{self._done}"
        self._out.write(f"{self._stage}: {count}, {rate:.1f}/s{left}\n")
        self._out.flush()
