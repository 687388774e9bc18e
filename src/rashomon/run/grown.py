"""The grouping that a dossier was published with, so that more articles can be added to it."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from rashomon.group.stage import Growing
from rashomon.model.arrow import schema
from rashomon.model.flow import Grouping
from rashomon.model.identity import digest
from rashomon.store.dossier import fitted
from rashomon.store.files import write_bytes
from rashomon.store.manifest import NAME, Manifest

_FOLDER = "former"


def note(folder: Path, manifest: Manifest, grouped: Path) -> Path:
    """Write down, before a manifest is published, which grouping it will be of; returns the note.

    The note is named by the manifest: a run that is killed on either side of publishing finds the one that stands.
    """
    work = folder / "work"
    path = work / _FOLDER / digest(manifest.text().encode())[:16]
    write_bytes(path, grouped.relative_to(work).as_posix().encode())
    return path


def former(folder: Path) -> Path | None:
    """The file of the grouping of the manifest that stands; None where there is none, or none is known of."""
    manifest = folder / NAME
    if not manifest.is_file():
        return None
    path = folder / "work" / _FOLDER / digest(manifest.read_bytes())[:16]
    if not path.is_file():
        return None
    grouped = folder / "work" / path.read_text("utf-8")
    return grouped if grouped.is_file() else None


def growing(grouped: Path, kept: bool, features: pa.Table) -> pa.Table | None:
    """The row of Growing for a former grouping and all articles; None where another version wrote it otherwise."""
    wanted = schema(Grouping)
    try:
        before = fitted(pq.read_table(grouped), wanted)
    except (KeyError, OSError, pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None
    record = pa.StructArray.from_arrays([column.combine_chunks() for column in before.columns], fields=list(wanted))
    return pa.table([record, pa.array([kept]), _listed(features)], schema=schema(Growing))


def _listed(features: pa.Table) -> pa.Array:
    """All rows of a table as one list of records."""
    columns = [column.combine_chunks() for column in features.columns]
    rows = pa.StructArray.from_arrays(columns, fields=list(features.schema))
    return pa.ListArray.from_arrays(
        pa.array([0, len(rows)], pa.int32()), rows, type=schema(Growing).field("articles").type
    )
