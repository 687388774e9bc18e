"""From the stages' results to the dossier's tables: flattened and joined by DuckDB, ordered, written by content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from rashomon.model.arrow import schema
from rashomon.store.files import write_named
from rashomon.store.tables import TABLES, TableSpec

_PER_ARTICLE = ("metadata", "blocks", "sentences", "mentions", "quotations", "times", "amounts")
_PER_EVENT = ("claims", "claim_passages", "differences", "difference_sides", "utterances", "wording", "omissions")


@dataclass(frozen=True, slots=True)
class Results:
    """The Parquet files that hold what the stages gave; lists may be empty."""

    readings: Sequence[Path]  # rows of Reading
    resolved: Sequence[Path]  # rows of Resolved
    grouped: Sequence[Path]  # rows of Grouping
    comparisons: Sequence[Path]  # rows of Comparison
    dated: Sequence[Path]  # rows of Chronicle
    revised: Sequence[Path]  # rows of Revision
    rejected: pa.Table  # rows of Rejected
    judgements: pa.Table  # rows of Judgement


def publish(folder: Path, results: Results) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Write every table below `folder`/tables; returns the files of each (relative to `folder`) and its rows."""
    files: dict[str, list[str]] = {}
    rows: dict[str, int] = {}
    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = true")
        for name in ("readings", "resolved", "grouped", "comparisons", "dated", "revised"):
            _source(connection, name, getattr(results, name))
        connection.register("rejected_rows", results.rejected)
        connection.register("judgement_rows", results.judgements)
        for spec in TABLES:
            wanted = schema(spec.record)
            counted = _Counted(_batches(connection, spec, wanted))
            path = write_named(folder / "tables" / spec.name, counted, wanted)
            files[spec.name] = [path.relative_to(folder).as_posix()]
            rows[spec.name] = counted.rows
    return files, rows


class _Counted:
    """Batches that remember how many rows went by."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self._batches = batches
        self.rows = 0

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        for batch in self._batches:
            self.rows += batch.num_rows
            yield batch


def _source(connection: duckdb.DuckDBPyConnection, name: str, paths: Sequence[Path]) -> None:
    """A view of that name over the files; none is made where there are no files."""
    if paths:
        listed = ", ".join("'" + str(path.resolve()).replace("'", "''") + "'" for path in paths)
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{listed}])")


def _select(name: str) -> tuple[str, str]:
    """The view that a table comes from, and the SELECT that flattens it."""
    if name == "articles":
        return "readings", (
            "SELECT a.* EXCLUDE (event_reason), r.reason AS event_reason FROM "
            "(SELECT unnest(article) FROM readings) a LEFT JOIN reason_of r USING (article_id)"
        )
    if name == "quotations":
        return "readings", (
            "SELECT q.* EXCLUDE (utterance_id), u.utterance_id FROM "
            "(SELECT unnest(quotations, max_depth := 2) FROM readings) q LEFT JOIN utterance_of u USING (quotation_id)"
        )
    if name in _PER_ARTICLE:
        return "readings", f"SELECT unnest({name}, max_depth := 2) FROM readings"
    if name in _PER_EVENT:
        return "comparisons", f"SELECT unnest({name}, max_depth := 2) FROM comparisons"
    if name == "entities":
        return "resolved", "SELECT unnest(entities, max_depth := 2) FROM resolved"
    if name in ("events", "storylines"):
        return "grouped", f"SELECT unnest({name}, max_depth := 2) FROM grouped"
    if name == "event_changes":
        return "grouped", "SELECT unnest(changes, max_depth := 2) FROM grouped"
    if name == "timelines":
        return "dated", "SELECT unnest(moments, max_depth := 2) FROM dated"
    if name == "revisions":
        return "revised", "SELECT * FROM revised"
    view = {"rejected": "rejected_rows", "judgements": "judgement_rows"}[name]
    return view, f"SELECT * FROM {view}"


def _batches(connection: duckdb.DuckDBPyConnection, spec: TableSpec, wanted: pa.Schema) -> Iterator[pa.RecordBatch]:
    present = {row[0] for row in connection.execute("SELECT view_name FROM duckdb_views()").fetchall()}
    view, select = _select(spec.name)
    if view not in present:
        return
    if spec.name == "articles":
        reasons = "SELECT NULL::VARCHAR AS article_id, NULL::VARCHAR AS reason WHERE false"
        if "grouped" in present:
            reasons = "SELECT m.article_id, m.reason FROM (SELECT unnest(memberships) AS m FROM grouped)"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE reason_of AS {reasons}")
    if spec.name == "quotations":
        pairs = "SELECT NULL::VARCHAR AS utterance_id, NULL::VARCHAR AS quotation_id WHERE false"
        if "comparisons" in present:
            # a long quotation may hold several utterances: it is given to the one told at the greatest length
            pairs = (
                "SELECT quotation_id, "
                "first(utterance_id ORDER BY length(text) DESC, utterance_id) AS utterance_id FROM "
                "(SELECT utterance_id, text, unnest(renderings) AS quotation_id FROM "
                "(SELECT unnest(utterances, max_depth := 2) FROM comparisons)) GROUP BY quotation_id"
            )
        connection.execute(f"CREATE OR REPLACE TEMP TABLE utterance_of AS {pairs}")
    columns = ", ".join(f'"{field.name}"' for field in wanted)
    order = ", ".join(f'"{column}"' for column in spec.order)
    query = f"SELECT {columns} FROM ({select}) ORDER BY {order}"
    for batch in connection.execute(query).to_arrow_reader(16_384):
        yield from pa.Table.from_batches([batch]).cast(wanted).to_batches()
