"""Paths to sources: folders are walked, files are read, and whatever cannot be read is told and passed over."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from rashomon.model.identity import digest
from rashomon.model.records import Rejected, Source
from rashomon.read.intake import Intake
from rashomon.read.sniff import binary

MAX_BYTES = 16_000_000
KINDS = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "json",
    ".ndjson": "json",
}
_REASONS = {
    errno.ENOENT: ("missing", "There is no such file or folder, or it vanished while the folder was read."),
    errno.EACCES: ("no permission", "The file system does not let this user read it."),
    errno.EPERM: ("no permission", "The file system does not let this user read it."),
    errno.ELOOP: ("link loop", "The symbolic link leads back to itself."),
    errno.ENAMETOOLONG: ("missing", "The name is longer than the file system allows."),
}


def collect(
    inputs: Sequence[str], max_bytes: int = MAX_BYTES, intake: Intake | None = None
) -> Iterator[Source | Rejected]:
    """The sources under the paths `inputs`, in their order and sorted by name inside folders; each file once.

    Every file that cannot be used gives a Rejected row of stage "read" in its place, and nothing raises: an ending that
    is not read, an empty, binary or missing file, one over `max_bytes` (for JSON lines: a line over it), a link that
    loops, a device or a pipe (never opened). Hidden files inside folders are passed over.
    """
    seen: set[Path] = set()
    for given in inputs:
        for found in _walk(Path(os.path.normpath(given))):
            if isinstance(found, Rejected):
                yield found
            elif found not in seen:
                seen.add(found)
                yield from _read(found, max_bytes)


def _uri(path: Path) -> str:
    """A path as it stands in the tables: normalised, with forward slashes, always valid Unicode."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _reject(path: Path, reason: str, detail: str) -> Rejected:
    return Rejected(_uri(path), "read", reason, detail)


def _failure(path: Path, error: OSError) -> Rejected:
    reason, detail = _REASONS.get(error.errno or 0, ("unreadable", f"Reading it failed: {error.strerror or error}."))
    if reason == "missing" and path.is_symlink():
        return _reject(path, "broken link", "It is a symbolic link to something that does not exist.")
    return _reject(path, reason, detail)


def _walk(start: Path) -> Iterator[Path | Rejected]:
    """Regular files at or under `start`, sorted by name within each folder."""
    # Device and inode of the folders above, so that a link back to one of them ends there.
    waiting: list[tuple[Path, frozenset[tuple[int, int]]]] = [(start, frozenset())]
    while waiting:
        path, above = waiting.pop()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield path if stat.S_ISREG(status.st_mode) else _special(path, status.st_mode)
                continue
            here = (status.st_dev, status.st_ino)
            if here in above:
                yield _reject(path, "link loop", "The symbolic link leads to a folder that it lies in.")
                continue
            inside = sorted((entry for entry in path.iterdir() if not entry.name.startswith(".")), reverse=True)
        except OSError as error:
            yield _failure(path, error)
        except ValueError:
            yield _reject(path, "missing", "The name holds characters that no file can have.")
        else:
            waiting.extend((entry, above | {here}) for entry in inside)


def _special(path: Path, mode: int) -> Rejected:
    kind = next(
        (
            name
            for test, name in ((stat.S_ISFIFO, "a named pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISCHR, "a device"))
            if test(mode)
        ),
        "a device",
    )
    return _reject(path, "no file", f"It is {kind}, which is not read: give a regular file.")


def _read(path: Path, max_bytes: int) -> Iterator[Source | Rejected]:
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        endings = ", ".join(sorted(KINDS))
        yield _reject(path, "unsupported", f"Files with one of the endings {endings} are read.")
        return
    try:
        # Not to block for ever where a pipe has taken the file's place since it was looked at.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                yield _special(path, status.st_mode)
            elif kind == "json":
                yield from _lines(path, file, max_bytes)
            else:
                yield _whole(path, kind, file.read(max_bytes + 1), max_bytes)
    except OSError as error:
        yield _failure(path, error)


def _whole(path: Path, kind: str, data: bytes, max_bytes: int) -> Source | Rejected:
    if len(data) > max_bytes:
        return _reject(path, "too large", _too_large(max_bytes))
    if not data.strip():
        return _reject(path, "empty", f"The file holds {len(data)} bytes and nothing to read.")
    what = binary(data)
    if what is not None:
        return _reject(path, "binary", f"The file is {what}, not text.")
    return Source(_uri(path), digest(data), kind, data)


def _too_large(max_bytes: int) -> str:
    return f"It is larger than {max_bytes:,} bytes; raise the setting max_source to read it."


def _lines(path: Path, file: BinaryIO, max_bytes: int) -> Iterator[Source | Rejected]:
    """The objects of a JSON-lines file, read line by line, so that the file may be larger than memory."""
    number = 0
    empty = True
    while line := file.readline(max_bytes + 2):
        number += 1
        where = f"{_uri(path)}#{number}"
        if number == 1:
            what = binary(line)
            if what is not None:
                yield _reject(path, "binary", f"The file is {what}, not JSON lines.")
                return
            line = line.removeprefix(b"\xef\xbb\xbf")
        if len(line) > max_bytes + 1 or (len(line) > max_bytes and not line.endswith(b"\n")):
            while line and not line.endswith(b"\n"):
                line = file.readline(max_bytes + 2)
            empty = False
            yield Rejected(where, "read", "too large", f"The line: {_too_large(max_bytes)}")
            continue
        data = line.strip()
        if data:
            empty = False
            yield _object(where, number, data)
    if empty:
        yield _reject(path, "empty", "The file holds no line to read.")


def _object(where: str, number: int, data: bytes) -> Source | Rejected:
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
    return Source(where, digest(data), "json", data)
