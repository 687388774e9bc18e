"""Files that are whole or absent: written aside, then renamed; and Parquet written the same way every time."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from rashomon.errors import DossierError
from rashomon.model.identity import digest

_ROWS = 65_536  # rows of a row group: fixed, so that a file's bytes depend on its rows alone


@contextlib.contextmanager
def aside(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; renamed to it on success, removed on failure.

    Raises DossierError, saying what to do, where the disk is full or may not be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield temporary
        temporary.replace(path)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DossierError(
                f"The disk is full: {path} could not be written. Nothing finished is lost; make room and run again."
            ) from error
        if error.errno in (errno.EACCES, errno.EROFS):
            raise DossierError(
                f"{path} may not be written ({error.strerror}): check the folder's permissions."
            ) from error
        raise
    finally:
        temporary.unlink(missing_ok=True)


def write_bytes(path: Path, data: bytes) -> None:
    """Write a small file whole or not at all."""
    with aside(path) as temporary:
        temporary.write_bytes(data)


def write_parquet(path: Path, data: pa.Table | Iterable[pa.RecordBatch], schema: pa.Schema | None = None) -> int:
    """Write rows to one Parquet file, whole or not at all, and return how many; the same rows give the same bytes."""
    batches = data.to_batches() if isinstance(data, pa.Table) else data
    schema = data.schema if isinstance(data, pa.Table) else schema
    rows = 0
    with aside(path) as temporary, pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
        waiting: list[pa.RecordBatch] = []
        for batch in batches:
            waiting.append(batch)
            rows += batch.num_rows
            if sum(b.num_rows for b in waiting) >= _ROWS:
                table = pa.Table.from_batches(waiting, schema=schema)
                whole = table.num_rows - table.num_rows % _ROWS
                writer.write_table(table.slice(0, whole).combine_chunks(), row_group_size=_ROWS)
                waiting = table.slice(whole).to_batches()
        table = pa.Table.from_batches(waiting, schema=schema)
        if table.num_rows:
            writer.write_table(table.combine_chunks(), row_group_size=_ROWS)
    return rows


def write_named(folder: Path, data: pa.Table | Iterable[pa.RecordBatch], schema: pa.Schema | None = None) -> Path:
    """Write rows to a Parquet file of `folder` that is named by its content, and return its path."""
    unnamed = folder / ".new.parquet"
    write_parquet(unnamed, data, schema)
    named = folder / f"{digest(unnamed.read_bytes())[:16]}.parquet"
    unnamed.replace(named)
    return named


def sweep(folder: Path, keep: set[Path]) -> None:
    """Remove the files below `folder` that are not in `keep`, and folders left empty."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            with contextlib.suppress(OSError):
                path.rmdir()
        elif path not in keep:
            path.unlink()
