"""What a reader is given: a stream of bytes with its name and its limits; and unpacking that cannot burst."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from rashomon.model.identity import digest
from rashomon.model.records import Rejected, Source
from rashomon.read.sniff import binary

# Web pages packed by gzip give 3 to 10 times their size, repetitive tables up to 100; zlib's own limit is 1,032.
MOST_RATIO = 200
_FREE = 1_000_000  # bytes that may come out before the ratio is looked at
_STEP = 65_536
_GZIP, _GAP = b"\x1f\x8b\x08", b"\r\n\r\n"
WHOLE_FILE = 16  # times the largest source: what a file of many that must be parsed at once may hold


class TooMuch(Exception):
    """Unpacking would give more than is allowed."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A stream to read: `uri` names it in the tables, `fields` are names of fields as the user mapped them."""

    uri: str
    stream: BinaryIO
    max_bytes: int
    fields: str | None = None

    def at(self, number: int | str) -> str:
        """The name of a record of a file of many: its number from 1, or what it is called there."""
        return f"{self.uri}#{number}"

    def rejected(self, reason: str, detail: str) -> Rejected:
        """The row of the whole file."""
        return Rejected(self.uri, "read", reason, detail)

    def record(self, number: int | str, data: bytes) -> Source | Rejected:
        """A JSON object as the record of that number or name; a row if it is too large."""
        if len(data) > self.max_bytes:
            return Rejected(self.at(number), "read", "too large", f"The record: {too_large(self.max_bytes)}")
        return Source(self.at(number), digest(data), "json", data, fields=self.fields)

    def whole(self, kind: str) -> Source | Rejected:
        """All of it as one source; a row if it is empty, too large, or not what its name says."""
        return whole(self.uri, kind, self.stream.read(self.max_bytes + 1), self.max_bytes)


def whole(uri: str, kind: str, data: bytes, max_bytes: int) -> Source | Rejected:
    """Bytes as one source of that kind, or the row that says why not."""
    if len(data) > max_bytes:
        return Rejected(uri, "read", "too large", too_large(max_bytes))
    if not data.strip():
        return Rejected(uri, "read", "empty", f"The file holds {len(data)} bytes and nothing to read.")
    if kind in ("text", "html", "mail"):
        what = binary(data)
        if what is not None:
            return Rejected(uri, "read", "binary", f"The file is {what}, not text.")
    return Source(uri, digest(data), kind, data)


def too_large(max_bytes: int) -> str:
    """Why a source of more bytes is not read."""
    return f"It is larger than {max_bytes:,} bytes; raise the setting max_source to read it."


class Chained(io.RawIOBase):
    """Bytes that were read already, and then the stream that they came from."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer; 0 at the end."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        data, self._head = self._head[: len(view)], self._head[len(view) :]
        data = data or self._rest.read(len(view))
        view[: len(data)] = data
        return len(data)


class Unpacked(io.RawIOBase):
    """Bytes of a gzip stream, all its members, as they come out; TooMuch if they burst, EOFError if it is cut off.

    Raises zlib.error where the packed bytes are damaged. If it is `forgiving` nothing is raised: a member that is
    damaged, bursts or is cut off ends there with a blank line, and the next one is looked for.
    """

    def __init__(self, packed: BinaryIO, most: int, forgiving: bool = False) -> None:
        super().__init__()
        self._packed, self._most, self._forgiving = packed, most, forgiving
        self._taken = self._given = 0
        self._member = zlib.decompressobj(wbits=31)
        self._begun = False
        self._rest = b""

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer with unpacked bytes; 0 at the end."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data = self._some(len(view))
        except (TooMuch, EOFError, zlib.error):
            if not self._forgiving:
                raise
            self._find_next()
            data = _GAP[: len(view)]
        view[: len(data)] = data
        return len(data)

    def _some(self, size: int) -> bytes:
        while True:
            if self._member.eof:
                self._next(self._member.unused_data.lstrip(b"\x00"))
            if not self._rest:
                self._rest = self._packed.read(_STEP)
                self._taken += len(self._rest)
            if not self._rest:
                if self._begun:
                    raise EOFError("the packed data end too early")
                return b""
            data = self._member.decompress(self._rest, size)
            self._begun = True
            self._rest = self._member.unconsumed_tail
            self._given += len(data)
            if self._given > self._most or self._given > max(_FREE, MOST_RATIO * self._taken):
                raise TooMuch
            if data:
                return data

    def _next(self, rest: bytes) -> None:
        """Begin a new member with these packed bytes; what may burst is one member, if each counts for itself."""
        self._rest, self._member, self._begun = rest, zlib.decompressobj(wbits=31), False
        if self._forgiving:
            self._taken, self._given = len(rest), 0

    def _find_next(self) -> None:
        """Go to where the next member seems to begin, or to the end."""
        rest = self._rest[1:]
        while (place := rest.find(_GZIP)) < 0:
            data = self._packed.read(_STEP)
            if not data:
                self._next(b"")
                return
            rest = rest[-len(_GZIP) + 1 :] + data
        self._next(rest[place:])
