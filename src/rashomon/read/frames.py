"""The records of a web archive as it really holds them, whatever the lengths in their headers say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_BEGIN = re.compile(rb"WARC/[01]\.\d+[ \t]*\r?\n")
# Where a record begins inside of what another one claims: at the head of a line, with a header line behind it.
_NEXT = re.compile(rb"(?:\r?\n|\A)(?=WARC/[01]\.\d+[ \t]*\r?\n[A-Za-z][\w-]*:)")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^(Content-Length[ \t]*:[ \t]*)([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_BLANK = b"\r\n"
_HEAD = 65_536  # bytes of a record's headers, at most
_BLOCK = 262_144
_BETWEEN = 64  # bytes looked at behind a record: two line ends stand there, and then the next one


@dataclass(frozen=True, slots=True)
class Frame:
    """One record as it stands: its headers with the length that it really has, and its bytes as far as they are kept.

    `lies` says, in words, how the archive is other than it claims at this place; None where all is well. A frame
    without headers is a stretch that belongs to no record.
    """

    head: bytes
    body: bytes
    whole: bool  # whether `body` is all of it
    lies: str | None = None
    cut: bool = False  # whether the file ends inside of it


class Frames:
    """Records of an unpacked archive, at most `most` bytes of each kept; whatever is damaged, the next one is found.

    A record ends where its length says if the next one begins there, or the file ends; else where the next one begins.
    """

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream, self._most = stream, most
        self._held = b""
        self._ended = False

    def __iter__(self) -> Iterator[Frame]:
        while True:
            self._skip_blank()
            if not self._held:
                return
            head = self._head()
            if head is None:
                yield self._astray()
            else:
                yield self._record(head)

    def _hold(self, size: int) -> bool:
        """Have so many bytes at hand; whether there are."""
        parts, length = [self._held], len(self._held)
        while length < size and not self._ended:
            data = self._stream.read(max(_BLOCK, size - length))
            self._ended = not data
            parts.append(data)
            length += len(data)
        self._held = b"".join(parts) if len(parts) > 1 else self._held
        return length >= size

    def _drop(self, size: int) -> None:
        """Pass over so many bytes, as far as there are any."""
        while size > len(self._held) and not self._ended:
            size -= len(self._held)
            self._held = b""
            self._hold(min(size, _BLOCK))
        self._held = self._held[size:]

    def _skip_blank(self) -> None:
        while self._hold(1) and not (rest := self._held.lstrip(_BLANK)):
            self._held = b""
        self._held = rest if self._held else b""

    def _head(self) -> bytes | None:
        """The headers with the blank line behind them; None if no record begins here."""
        self._hold(_HEAD)
        begin = _BEGIN.match(self._held)
        end = _HEAD_END.search(self._held, begin.end() - 1, _HEAD) if begin else None
        if end is None:
            return None
        inner = _NEXT.search(self._held, begin.end() if begin else 0, end.end())
        return None if inner else self._held[: end.end()]

    def _astray(self) -> Frame:
        """What stands before the next record that can be read, and belongs to none."""
        passed = 0
        begin = 1  # not what was just found to be no record
        while True:
            found = _NEXT.search(self._held, begin)
            if found is not None:
                passed += found.end()
                self._drop(found.end())
                break
            keep = 0 if self._ended else min(len(self._held), _BETWEEN)
            passed += len(self._held) - keep
            self._drop(len(self._held) - keep)
            if self._ended:
                break
            self._hold(len(self._held) + _BLOCK)
            begin = 0
        return Frame(b"", b"", False, f"{passed:,} bytes belong to no record that can be read")

    def _record(self, head: bytes) -> Frame:
        told = _LENGTH.search(head)
        claim = told[2].strip() if told else b""
        length = int(claim) if claim.isdigit() and len(claim) < 18 else None
        self._held = self._held[len(head) :]
        if length is not None and length > self._most:
            return self._large(head, length)
        if length is not None and (self._hold(length + _BETWEEN) or self._ended) and self._fits(length):
            body = self._held[:length]
            self._drop(length)
            return Frame(head, body, True)
        return self._lying(head, length)

    def _fits(self, length: int) -> bool:
        """Whether a record of that length is followed by another one, or by nothing."""
        if len(self._held) < length:
            return False
        behind = self._held[length:].lstrip(_BLANK)
        return _BEGIN.match(behind) is not None or (not behind and self._ended)

    def _large(self, head: bytes, length: int) -> Frame:
        """A record that claims more than is kept: passed over, up to its end or to the next one if that comes first."""
        self._hold(self._most)
        if len(self._held) < self._most or _NEXT.search(self._held):
            return self._lying(head, length)
        body = self._held[: self._most]
        left = length - len(body)
        self._drop(len(body))
        while left > 0 and self._hold(1):
            self._hold(_BLOCK)
            found = _NEXT.search(self._held, 0, left)
            passed = found.start() if found else min(left, max(len(self._held) - _BETWEEN, 1))
            self._drop(passed)
            left -= passed
            if found:
                break
        lies = f"it says that it has {length:,} bytes, and has {length - left:,}" if left else None
        return Frame(_with_length(head, len(body)), body, False, lies)

    def _lying(self, head: bytes, length: int | None) -> Frame:
        """A record that does not end where it says: it ends before the next one, or with the file."""
        begin, body = 0, None
        while body is None:
            found = _NEXT.search(self._held, begin)
            if found is not None:
                body = self._held[: found.start()]
            elif self._ended or len(self._held) > self._most:
                body = self._held[: self._most]
            else:
                begin = max(0, len(self._held) - _BETWEEN)
                self._hold(len(self._held) + _BLOCK)
        self._drop(len(body))
        claims = "says nothing of its length" if length is None else f"says that it has {length:,} bytes"
        body = body.rstrip(_BLANK) if length is None or len(body) > length else body
        lies = f"it {claims}, and has {len(body):,}"
        cut = self._ended and not self._held and len(body) < (length or 0)
        return Frame(_with_length(head, len(body)), body, len(body) < self._most, lies, cut)


def _with_length(head: bytes, length: int) -> bytes:
    """Headers that tell that length."""
    told = b"%d" % length
    if _LENGTH.search(head):
        return _LENGTH.sub(lambda match: match[1] + told, head, count=1)
    line_end = head.index(b"\n") + 1
    return head[:line_end] + b"Content-Length: " + told + b"\r\n" + head[line_end:]
