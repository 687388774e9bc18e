"""One table to one file: JSON lines, CSV or Parquet."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from rashomon.errors import QueryError
from rashomon.store.dossier import Dossier
from rashomon.store.files import write_bytes

FORMATS = ("jsonl", "csv", "parquet")


def export(dossier: Dossier, name: str, form: str, out: Path) -> int:
    """Write a table to `out`, whole or not at all, and return its rows.

    CSV is UTF-8 with a header; lists in it are JSON. Raises QueryError for an unknown table or format.
    """
    table = dossier.table(name)
    write_bytes(out, data(table, form))
    return int(table.num_rows)


def data(table: pa.Table, form: str) -> bytes:
    """A table in a format: JSON lines, CSV or Parquet; QueryError for any other."""
    if form not in FORMATS:
        raise QueryError(f"There is no format '{form}'; there are {', '.join(FORMATS)}.")
    if form != "parquet":
        return text(table, form).encode("utf-8", "replace")
    written = io.BytesIO()
    pq.write_table(table, written, compression="zstd")
    return written.getvalue()


def text(table: pa.Table, form: str) -> str:
    """The rows of a table as JSON lines or CSV."""
    rows: list[dict[str, Any]] = table.to_pylist()
    if form == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(table.column_names)
    for row in rows:
        writer.writerow([json.dumps(v, ensure_ascii=False) if isinstance(v, list) else v for v in row.values()])
    return written.getvalue()
