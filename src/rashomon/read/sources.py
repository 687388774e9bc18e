"""From what a user names to sources: files, folders, patterns, addresses and standard input, each by its format."""

from __future__ import annotations

import io
import itertools
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from rashomon.model.records import Rejected, Source
from rashomon.read import addresses, archives, feeds, files, mail, tables
from rashomon.read.intake import COMMAND_LINE, Address, Intake
from rashomon.read.opened import WHOLE_FILE, Chained, Opened, TooMuch, Unpacked, too_large
from rashomon.read.sniff import kind_of

MAX_BYTES = 32_000_000
STDIN = "-"
_LOOKED_AT = 65_536
Found = Iterator[Source | Rejected | Address]
Reader = Callable[[Opened], Found]
# Fetches addresses: what came, and what did not come with the reason. Given by the caller, as reading files needs none.
Fetch = Callable[[Iterable[Address]], Iterator[Source | Rejected]]


def _whole(kind: str) -> Reader:
    def read(file: Opened) -> Found:
        yield file.whole(kind)

    return read


def _text(file: Opened) -> Found:
    """A text, or a list of addresses that has the ending of one."""
    found = file.whole("text")
    if isinstance(found, Source) and addresses.is_list(found.data):
        return addresses.listed(Opened(file.uri, io.BytesIO(found.data), file.max_bytes))
    return iter((found,))


READERS: dict[str, Reader] = {
    "text": _text,
    "html": _whole("html"),
    "mail": mail.parts,
    "pdf": _whole("pdf"),
    "docx": _whole("docx"),
    "json lines": tables.json_lines,
    "json": tables.json_document,
    "table": tables.separated,
    "parquet": tables.parquet,
    "warc": archives.warc,
    "feed": feeds.read,
    "addresses": addresses.listed,
}
ENDINGS = {
    **dict.fromkeys((".txt", ".text"), "text"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".eml", ".mhtml", ".mht"), "mail"),
    **dict.fromkeys((".jsonl", ".ndjson"), "json lines"),
    **dict.fromkeys((".csv", ".tsv"), "table"),
    **dict.fromkeys((".xml", ".rss", ".atom"), "feed"),
    ".pdf": "pdf",
    ".docx": "docx",
    ".json": "json",
    ".parquet": "parquet",
    ".warc": "warc",
    ".urls": "addresses",
}


def collect(
    inputs: Sequence[str], max_bytes: int = MAX_BYTES, intake: Intake | None = None, fetch: Fetch | None = None
) -> Iterator[Source | Rejected]:
    """The sources that `inputs` lead to, in their order, sorted by name inside folders; each file once.

    An input is a path, a pattern, an address, or `-` for standard input. Every file or record that cannot be used gives
    a Rejected row of stage "read" in its place, and nothing raises: an ending that is not read, an empty, binary,
    damaged or missing file, one over `max_bytes` (in a file of many: a record over it), a link that loops, a device or
    a pipe (never opened). Hidden files inside folders are passed over. Addresses among the inputs are fetched; those
    found in files only if `intake.online`.
    """
    intake = intake or Intake()
    seen: set[Path] = set()
    for network, run in itertools.groupby(inputs, addresses.is_address):
        if network:  # together, so that several hosts are asked at a time
            yield from _fetched([Address(given, COMMAND_LINE) for given in run], fetch)
            continue
        for given in run:
            if given == STDIN:
                yield from _followed(_standard(max_bytes, intake), intake, fetch)
                continue
            for path in files.found(given):
                if isinstance(path, Rejected):
                    yield path
                elif path not in seen:
                    seen.add(path)
                    yield from _followed(_read(path, max_bytes, intake), intake, fetch)


def _fetched(found: Sequence[Address], fetch: Fetch | None) -> Iterator[Source | Rejected]:
    if fetch is None:
        for address in found:
            yield Rejected(address.url, "read", "not fetched", "This call reads no addresses.")
    else:
        yield from fetch(found)


def _followed(found: Found, intake: Intake, fetch: Fetch | None) -> Iterator[Source | Rejected]:
    """Sources as they come, and behind them what the addresses of their file answered, if that is allowed."""
    named: list[Address] = []
    for item in found:
        if isinstance(item, Address):
            named.append(item)
        else:
            yield item
    if intake.online:
        yield from _fetched(named, fetch)
        return
    for address in named:
        detail = f"It is named in {address.found_in}; give --online to fetch the addresses that stand in files."
        yield Rejected(address.url, "read", "not fetched", detail)


def by_name(name: str) -> tuple[str | None, bool]:
    """The format that the ending of a file's name tells, None if it is not read; and whether `.gz` stands behind it."""
    path = PurePosixPath(name.lower())
    packed = path.suffix == ".gz"
    return ENDINGS.get(PurePosixPath(path.stem).suffix if packed else path.suffix), packed


def by_look(data: bytes, fields: str | None = None) -> str:
    """The format that bytes show; of packed ones `gzip`."""
    kind = kind_of(data)
    return "table" if kind == "text" and tables.is_table(data, fields) else kind


def _read(path: Path, max_bytes: int, intake: Intake) -> Found:
    """One file by the format that its ending names; an ending `.gz` behind it is unpacked."""
    kind, packed = by_name(path.name)
    if kind is None:
        known = ", ".join(sorted(ENDINGS))
        yield files.rejected(path, "unsupported", f"Files with one of the endings {known} are read, also as .gz.")
        return
    try:
        file = files.opened(path)
        if isinstance(file, Rejected):
            yield file
            return
        with file:
            given = Opened(files.uri_of(path), file, max_bytes, intake.fields)
            yield from unpacked(given, kind) if packed else READERS[kind](given)
    except OSError as error:
        yield files.failure(path, error)


def unpacked(file: Opened, kind: str | None = None, base: str | None = None) -> Found:
    """What a gzip file holds, by what it shows if no format is told; a row where it is damaged, cut off, or bursts.

    `base` is the address that it came from: links in a feed stand against it.
    """
    if kind is None:
        head, file = _head(file)
        kind = by_look(head, file.fields)
    if kind == "warc":  # packed record by record
        yield from archives.warc(file)
        return
    most = WHOLE_FILE * file.max_bytes * (WHOLE_FILE if kind in ("json lines", "table") else 1)
    stream: BinaryIO = io.BufferedReader(Unpacked(file.stream, most))
    try:
        if kind == "parquet":
            stream = io.BytesIO(stream.read())
        inner = replace(file, stream=stream)
        yield from feeds.read(inner, base) if kind == "feed" else READERS.get(kind, _twice_packed)(inner)
    except TooMuch:
        yield file.rejected("too large", "Unpacked, it is far larger than a file of its size should be: not read on.")
    except (EOFError, zlib.error) as error:
        yield file.rejected("malformed", f"The gzip data cannot be read to their end: {str(error)[:200]}.")


def _head(file: Opened) -> tuple[bytes, Opened]:
    """The first bytes that packed data hold, and the file as it was."""
    data = file.stream.read(_LOOKED_AT)
    stream: BinaryIO = io.BufferedReader(Chained(data, file.stream))
    head = Unpacked(io.BytesIO(data), sys.maxsize, forgiving=True).read(_LOOKED_AT) or b""
    return head, replace(file, stream=stream)


def _twice_packed(file: Opened) -> Found:
    yield file.rejected("unsupported", "It is packed twice: unpack it once.")


def _standard(max_bytes: int, intake: Intake) -> Found:
    """Standard input, by what its first bytes show."""
    limit = WHOLE_FILE * max_bytes
    data = sys.stdin.buffer.read(limit + 1)
    given = Opened("stdin", io.BytesIO(data), max_bytes, intake.fields)
    if len(data) > limit:
        return iter((given.rejected("too large", too_large(limit)),))
    kind = by_look(data, intake.fields)
    return unpacked(given) if kind == "gzip" else READERS[kind](given)
