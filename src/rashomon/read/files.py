"""Files under paths and patterns: folders are walked, links followed once, and whatever is no file is told."""

from __future__ import annotations

import errno
import glob
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from rashomon.model.records import Rejected

_REASONS = {
    errno.ENOENT: ("missing", "There is no such file or folder, or it vanished while the folder was read."),
    errno.EACCES: ("no permission", "The file system does not let this user read it."),
    errno.EPERM: ("no permission", "The file system does not let this user read it."),
    errno.ELOOP: ("link loop", "The symbolic link leads back to itself."),
    errno.ENAMETOOLONG: ("missing", "The name is longer than the file system allows."),
}


def uri_of(path: Path) -> str:
    """A path as it stands in the tables: normalised, with forward slashes, always valid Unicode."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def rejected(path: Path, reason: str, detail: str) -> Rejected:
    """The row of a path that cannot be read."""
    return Rejected(uri_of(path), "read", reason, detail)


def failure(path: Path, error: OSError) -> Rejected:
    """The row of a path where the system refused."""
    reason, detail = _REASONS.get(error.errno or 0, ("unreadable", f"Reading it failed: {error.strerror or error}."))
    if reason == "missing" and path.is_symlink():
        return rejected(path, "broken link", "It is a symbolic link to something that does not exist.")
    return rejected(path, reason, detail)


def found(given: str) -> Iterator[Path | Rejected]:
    """Regular files that a path or a pattern (`*`, `?`, `[…]`, `**`) leads to, sorted by name within each folder."""
    path = Path(os.path.normpath(given))
    if not glob.has_magic(given) or os.path.lexists(path):
        yield from _walk(path)
        return
    try:
        matches = sorted(glob.glob(given, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute patterns
    except (OSError, ValueError, RecursionError):
        matches = []
    if not matches:
        yield rejected(path, "missing", "The pattern fits no file or folder.")
    for match in matches:
        yield from _walk(Path(os.path.normpath(match)))


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
                yield rejected(path, "link loop", "The symbolic link leads to a folder that it lies in.")
                continue
            inside = sorted((entry for entry in path.iterdir() if not entry.name.startswith(".")), reverse=True)
        except OSError as error:
            yield failure(path, error)
        except ValueError:
            yield rejected(path, "missing", "The name holds characters that no file can have.")
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
    return rejected(path, "no file", f"It is {kind}, which is not read: give a regular file.")


def opened(path: Path) -> BinaryIO | Rejected:
    """A regular file for reading, or the row that says why not. OSError as `open` raises it."""
    # Not to block for ever where a pipe has taken the file's place since it was looked at.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    file = os.fdopen(handle, "rb")
    status = os.fstat(handle)
    if stat.S_ISREG(status.st_mode):
        return file
    file.close()
    return _special(path, status.st_mode)
