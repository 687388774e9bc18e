"""Web archives: the pages that a WARC file recorded, and a count of all that it holds besides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from rashomon.model.identity import digest
from rashomon.model.records import Rejected, Source
from rashomon.read.opened import Opened, too_large
from rashomon.read.sniff import binary

_PAGES = ("text/html", "application/xhtml+xml")


def warc(file: Opened) -> Iterator[Source | Rejected]:
    """The HTML pages among the response records, in the file's order.

    Other records are counted in one row. A damaged or cut-off archive gives what stands before the damage, and a row.
    """
    others: Counter[str] = Counter()
    number = 0
    try:
        # A record that was cut off is no reason to stop before its page was looked at: lengths are checked below.
        for record in ArchiveIterator(file.stream, parse_http=True, auto_decode="all", fsspec_args=False):
            number += 1
            kind = _kind(record)
            if kind is None:
                yield _page(file, number, record)
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
        return str(record.record_type.name)
    if record.http_headers is None:
        return "response without HTTP"
    status = record.http_headers.status_code
    if status is not None and status != 200:
        return f"response {status}"
    content = (record.http_content_type or "unknown type").strip().lower()
    return None if content in _PAGES else content[:80]


def _page(file: Opened, number: int, record: WarcRecord) -> Source | Rejected:
    where = file.at(number)
    told = record.headers.get("Content-Length", "")
    data = record.reader.read(file.max_bytes + 1)
    if len(data) > file.max_bytes:
        return Rejected(where, "read", "too large", f"The page: {too_large(file.max_bytes)}")
    if not data.strip():
        return Rejected(where, "read", "empty", f"The record of {told or 'unknown'} bytes holds no page.")
    what = binary(data)
    if what is not None:
        return Rejected(where, "read", "binary", f"The page is {what}, not text.")
    day = record.record_date
    return Source(
        where,
        digest(data),
        "html",
        data,
        url=(record.headers.get("WARC-Target-URI") or "").strip("<> ") or None,
        charset=record.http_charset,
        retrieved=day.strftime("%Y-%m-%dT%H:%M:%SZ") if day is not None else None,
    )
