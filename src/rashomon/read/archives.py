"""Web archives: the pages that a WARC file recorded, and a count of all that it holds besides."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from rashomon.model.records import Rejected, Source
from rashomon.read.frames import Frame, Frames
from rashomon.read.opened import Chained, Opened, Unpacked, too_large, whole

_PAGES = ("text/html", "application/xhtml+xml")
_HEADERS = 65_536  # bytes that a record's HTTP headers may have beside its page


def warc(file: Opened) -> Iterator[Source | Rejected]:
    """The HTML pages among the response records, in the file's order; packed archives are unpacked.

    Other records are counted in one row. What is damaged, cut off, or of another length than it says is a row, and the
    records behind it are read.
    """
    others: Counter[str] = Counter()
    number = 0
    for frame in Frames(_plain(file), file.max_bytes + _HEADERS):
        number += 1
        if frame.lies is not None:
            reason = "cut off" if frame.cut else "malformed"
            yield Rejected(file.at(number), "read", reason, f"Record {number}: {frame.lies}.")
        if not frame.head:
            continue
        try:
            yield from _record(file, number, frame, others)
        except (OSError, EOFError, ValueError, RuntimeError, UnicodeError) as error:
            told = str(error)[:200] or type(error).__name__
            yield Rejected(file.at(number), "read", "malformed", f"Record {number} cannot be read: {told}.")
    if others:
        counted = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        yield file.rejected("other records", f"Records of the archive that are no pages: {counted}.")
    elif not number:
        yield file.rejected("empty", "There is no WARC record in it.")


def _plain(file: Opened) -> BinaryIO:
    """The archive's bytes, unpacked where they are packed; damage costs the packed records that it is in."""
    head = file.stream.read(2)
    stream: BinaryIO = io.BufferedReader(Chained(head, file.stream))
    return io.BufferedReader(Unpacked(stream, sys.maxsize, forgiving=True)) if head == b"\x1f\x8b" else stream


def _record(file: Opened, number: int, frame: Frame, others: Counter[str]) -> Iterator[Source | Rejected]:
    """One record: a page, or counted among the others."""
    stream = io.BytesIO(frame.head + frame.body + b"\r\n\r\n")
    for record in ArchiveIterator(stream, parse_http=True, auto_decode="all", fsspec_args=False):
        kind = _kind(record)
        if kind is not None:
            others[kind] += 1
        elif not frame.whole:
            yield Rejected(file.at(number), "read", "too large", f"The record: {too_large(file.max_bytes)}")
        else:
            yield _page(file.at(number), record, file.max_bytes)
        return
    raise ValueError("it is no WARC record")


def _kind(record: WarcRecord) -> str | None:
    """What a record is, in words, if it is not a page that was answered; None for a page."""
    if record.record_type != WarcRecordType.response:
        return (record.headers.get("WARC-Type") or "of unknown type")[:40]
    if record.http_headers is None:
        return "response without HTTP"
    status = record.http_headers.status_code
    if status is not None and status != 200:
        return f"response {status}"
    content = (record.http_content_type or "unknown type").strip().lower()
    return None if content in _PAGES else content[:80]


def _page(where: str, record: WarcRecord, max_bytes: int) -> Source | Rejected:
    """A page with what its record tells of it."""
    data = record.reader.read(max_bytes + 1)
    headers = record.http_headers
    if not headers.get("Content-Encoding") and not headers.get("Transfer-Encoding") and len(data) <= max_bytes:
        told = headers.get("Content-Length") or ""
        data = data[: int(told)] if told.isdigit() and len(told) < 12 else data
    day = record.record_date
    found = whole(where, "html", data, max_bytes)
    if isinstance(found, Source):
        found = replace(
            found,
            url=(record.headers.get("WARC-Target-URI") or "").strip("<> ") or None,
            charset=record.http_charset,
            retrieved=day.strftime("%Y-%m-%dT%H:%M:%SZ") if day is not None else None,
        )
    return found
