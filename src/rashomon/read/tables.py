"""Files of many records: JSON lines, JSON documents, tables in CSV and Parquet; each record a JSON object."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import BinaryIO, cast

import charset_normalizer
import pyarrow as pa
import pyarrow.parquet as pq

from rashomon.model.records import Rejected, Source
from rashomon.read import mapping
from rashomon.read.opened import MOST_RATIO, WHOLE_FILE, Chained, Opened, too_large
from rashomon.read.sniff import binary, wide_text

_SNIFFED = 65_536
_DELIMITERS = ",;\t|"
_TOLD_DELIMITER = re.compile(r"sep=([^\r\n\w\s\"]|\t)\r?\n")  # Excel's first line
_LOOKAHEAD = 20_000  # lines that one quoted field may hold before its quote is taken for a stray one
_DEEPEST = 3  # objects around a list of records
_ROWS = 64  # of a Parquet file at a time

Rows = Iterator[Source | Rejected]


def json_lines(file: Opened) -> Rows:
    """One object a line; the file may be larger than memory."""
    number, empty, limit = 0, True, file.max_bytes
    head = file.stream.read(_SNIFFED)
    what = binary(head)
    if what is not None:
        yield file.rejected("binary", f"The file is {what}, not JSON lines.")
        return
    stream: BinaryIO = io.BufferedReader(Chained(head.removeprefix(codecs.BOM_UTF8), file.stream))
    wide = wide_text(head)
    if wide is not None:
        stream = cast("BinaryIO", codecs.EncodedFile(stream, "utf-8", wide, "replace"))
    while line := stream.readline(limit + 2):
        number += 1
        if len(line) > limit + 1 or (len(line) > limit and not line.endswith(b"\n")):
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit + 2)
            empty = False
            yield Rejected(file.at(number), "read", "too large", f"The line: {too_large(limit)}")
            continue
        data = line.strip()
        if data:
            empty = False
            yield _line(file, number, data)
    if empty:
        yield file.rejected("empty", "The file holds no line to read.")


def _line(file: Opened, number: int, data: bytes) -> Source | Rejected:
    where = file.at(number)
    try:
        value = json.loads(data)
    except UnicodeDecodeError as error:
        return Rejected(where, "read", "malformed", f"Line {number} is not UTF-8 at byte {error.start} of the line.")
    except (ValueError, RecursionError) as error:
        return Rejected(where, "read", "malformed", f"Line {number} is no JSON: {str(error)[:200]}.")
    if not isinstance(value, dict):
        return Rejected(
            where, "read", "malformed", f"Line {number} is JSON, but no object with fields: {type(value).__name__}."
        )
    return file.record(number, data)


def json_document(file: Opened) -> Rows:
    """An object, a list of objects, or an object that holds one list of objects under some name (JSON Feed: `items`).

    The answer of a search interface holds its list deeper (`response`, `results`); it is found there. What stands
    beside a list (the feed's title) is handed to its records as `outlet`, where they tell none.
    """
    limit = WHOLE_FILE * file.max_bytes
    data = file.stream.read(limit + 1)
    if len(data) > limit:
        yield file.rejected("too large", f"It is larger than {limit:,} bytes: save it as JSON lines (.jsonl).")
        return
    what = binary(data)
    if not data.strip() or what is not None:
        yield file.rejected("binary" if what else "empty", f"The file {f'is {what}' if what else 'is empty'}.")
        return
    try:
        value = json.loads(data.decode(wide_text(data) or "utf-8-sig"))
    except (ValueError, RecursionError) as error:
        if data.count(b"\n") and data.lstrip().startswith(b"{"):
            yield from json_lines(Opened(file.uri, io.BytesIO(data), file.max_bytes, file.fields))
        else:
            yield file.rejected("malformed", f"It is no JSON: {str(error)[:200]}.")
        return
    records, outlet = _records(value, file.fields)
    if not records:
        yield file.rejected("malformed", "It is JSON, but holds no object with fields.")
    for number, record in enumerate(records, 1):
        if not isinstance(record, dict):
            detail = f"Item {number} is no object with fields: {type(record).__name__}."
            yield Rejected(file.at(number), "read", "malformed", detail)
            continue
        yield file.record(number, dumped(record if outlet is None else {"outlet": outlet} | record))


def _records(value: object, fields: str | None) -> tuple[Sequence[object], str | None]:
    """The records of a document, and the name of what holds them."""
    if isinstance(value, list):
        return value, None
    if not isinstance(value, dict):
        return [], None
    holder = value
    for _ in range(_DEEPEST):
        if mapping.holds_text(holder, fields):
            return [holder], None
        lists = [held for held in holder.values() if isinstance(held, list) and held and isinstance(held[0], dict)]
        objects = [held for held in holder.values() if isinstance(held, dict)]
        if len(lists) == 1:
            title = value.get("title")
            return lists[0], title if isinstance(title, str) and "version" in value else None
        if lists or len(objects) != 1:
            break
        holder = objects[0]
    return [value], None


def dumped(record: object) -> bytes:
    """A record as JSON: always valid UTF-8; dates in ISO 8601, bytes as text, anything else as it prints."""
    return json.dumps(record, ensure_ascii=True, default=_plain).encode()


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    told = getattr(value, "isoformat", None)
    return str(told()) if callable(told) else str(value)


def parquet(file: Opened) -> Rows:
    """One record a row; given up where so small a file gives far more than a table of that size holds."""
    number, given = 0, 0
    most = max(WHOLE_FILE * file.max_bytes, MOST_RATIO * file.stream.seek(0, io.SEEK_END))
    try:
        for batch in pq.ParquetFile(file.stream).iter_batches(batch_size=_ROWS):
            for row in batch.to_pylist():
                number += 1
                data = dumped({name: value for name, value in row.items() if value is not None})
                given += len(data)
                yield file.record(number, data)
            if given > most:
                yield file.rejected("too large", f"Unpacked, it is far larger than it should be: left at row {number}.")
                return
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        yield file.rejected("malformed", f"It is no Parquet table that can be read to its end: {str(error)[:200]}.")
        return
    if not number:
        yield file.rejected("empty", "The table has no rows.")


def is_table(data: bytes, fields: str | None) -> bool:
    """Whether bytes begin with a row of names: two known ones, or the user's, and among them one of a text."""
    beginning = data[:_SNIFFED].decode(_encoding(data[:_SNIFFED]), "replace").removeprefix("\ufeff")
    first = next(iter(_TOLD_DELIMITER.sub("", beginning, count=1).strip().splitlines()), "")
    named = [name.strip().lower() for name in next(csv.reader([first], delimiter=_delimiter(first)), [])]
    known = sum(name in mapping.names() for name in named)
    return (known > 1 or bool(fields)) and mapping.holds_text(dict.fromkeys(named, "a text"), fields)


def separated(file: Opened) -> Rows:
    """One record a row of a CSV or TSV file, its first row the names; delimiter and encoding are found out.

    A row whose number of fields is not that of the names is told and passed over; so is a line with a stray quotation
    mark, instead of all the lines that the mark would swallow.
    """
    head = file.stream.read(_SNIFFED)
    what = None if wide_text(head) else binary(head)
    if not head.strip() or what is not None:
        yield file.rejected("binary" if what else "empty", f"The file {f'is {what}' if what else 'holds no row'}.")
        return
    encoding = _encoding(head)
    text = io.TextIOWrapper(io.BufferedReader(Chained(head, file.stream)), encoding, errors="replace", newline="")
    beginning = head.decode(encoding, "replace")
    told = _TOLD_DELIMITER.match(beginning)
    if told:
        text.readline()
    lines = _Lines(text, file.max_bytes)
    delimiter = told[1] if told else _delimiter(beginning)
    names: list[str] | None = None
    number = 0
    for row in lines.rows(delimiter):
        number += 1
        if isinstance(row, str):
            yield Rejected(file.at(number), "read", "malformed", f"Row {number}: {row}")
        elif names is None:
            names = [name.strip() for name in row]
        elif len(row) != len(names):
            detail = f"Row {number} has {len(row)} fields, the first row {len(names)}: check its quotation marks."
            yield Rejected(file.at(number), "read", "malformed", detail)
            lines.again()
        elif any(value.strip() for value in row):
            yield file.record(number, dumped({n: v for n, v in zip(names, row, strict=True) if n and v.strip()}))
    if number < 2:
        yield file.rejected("empty", "The file holds a row of names at most, and no record.")


def _encoding(head: bytes) -> str:
    wide = wide_text(head)
    if wide is not None:
        return wide
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        best = charset_normalizer.from_bytes(head).best()
        return best.encoding if best is not None else "cp1252"
    return "utf-8"


def _delimiter(head: str) -> str:
    """The sign that cuts the first row into most fields."""
    first = next((line for line in head.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=lambda sign: (len(next(csv.reader([first], delimiter=sign), [])), sign == ","))


class _Lines:
    """Lines put together to rows: a row ends where its quotation marks are even in number."""

    def __init__(self, text: io.TextIOWrapper, most: int) -> None:
        self._text, self._most = text, most
        self._waiting: deque[str] = deque()
        self._taken: list[str] = []

    def _next(self) -> str:
        return self._waiting.popleft() if self._waiting else self._text.readline(self._most + 2)

    def again(self) -> None:
        """Give the lines of the last row once more, all but its first."""
        self._waiting.extendleft(reversed(self._taken[1:]))
        self._taken = []

    def rows(self, delimiter: str) -> Iterator[list[str] | str]:
        """Each row's fields, or a sentence on why a line is none."""
        while line := self._next():
            if not line.strip():
                continue
            self._taken, size, odd = [line], len(line), line.count('"') % 2
            while odd and size <= self._most and len(self._taken) < _LOOKAHEAD and (more := self._next()):
                self._taken.append(more)
                size += len(more)
                odd ^= more.count('"') % 2
            if odd or size > self._most:
                self.again()
                yield "a quotation mark in it is never closed, or the row is larger than a source may be."
                continue
            try:
                csv.field_size_limit(max(csv.field_size_limit(), self._most + 2))
                yield next(csv.reader(self._taken, delimiter=delimiter), [])
            except csv.Error as error:
                yield f"it is not in CSV ({error})."
