"""Web archives: the pages that a WARC file recorded, and a count of all that it holds besides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from rashomon.model.records import Rejected, Source
from rashomon.read.opened import Opened, whole

_PAGES = ("text/html", "application/xhtml+xml")


def warc(file: Opened) -> Iterator[Source | Rejected]:
    """The HTML pages among the response records, in the file's order.

    Other records are counted in one row. A damaged or cut-off archive gives what stands before the damage, and a row.
    """
    others: Counter[str] = Counter()
    number = 0
    try:
        for record in ArchiveIterator(file.stream, parse_http=True, auto_decode="all", fsspec_args=False):
            number += 1
            kind = _kind(record)
            if kind is None:
                yield from _page(file, number, record)
            else:
                others[kind] += 1
    except (OSError, EOFError, ValueError, RuntimeError, UnicodeError) as error:
        told = str(error)[:200] or type(error).__name__
        yield file.rejected("malformed", f"The archive cannot be read after record {number}: {told}.")
    if others:
        counted = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        yield file.rejected("other records", f"Records of the archive that are no pages: {counted}.")
    elif not number:
        yield file.rejected("malformed", "There is no WARC record in it.")


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


def _page(file: Opened, number: int, record: WarcRecord) -> Iterator[Source | Rejected]:
    """A page as its record tells it, and a row where the record is not as long as it says."""
    where, due = file.at(number), record.content_length
    data = record.reader.read(file.max_bytes + 1)
    headers = record.http_headers
    if not headers.get("Content-Encoding") and not headers.get("Transfer-Encoding") and len(data) <= file.max_bytes:
        if len(data) < due:
            detail = f"The record says that it has {due:,} bytes more behind its headers, and has {len(data):,}."
            yield Rejected(where, "read", "cut off", detail)
        told = headers.get("Content-Length") or ""
        data = data[: int(told)] if told.isdigit() and len(told) < 12 else data
    day = record.record_date
    found = whole(where, "html", data, file.max_bytes)
    if isinstance(found, Source):
        found = replace(
            found,
            url=(record.headers.get("WARC-Target-URI") or "").strip("<> ") or None,
            charset=record.http_charset,
            retrieved=day.strftime("%Y-%m-%dT%H:%M:%SZ") if day is not None else None,
        )
    yield found
