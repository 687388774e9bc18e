"""The dossier as its readers see it: tables as Arrow, as records, and as SQL."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any, SupportsIndex, TypeVar, cast

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from rashomon.errors import DossierError, QueryError, SpanError, UnknownId
from rashomon.model import records
from rashomon.model.arrow import from_arrow, schema
from rashomon.model.records import Article, Claim, Difference, Event, Quotation
from rashomon.model.span import Span
from rashomon.store.manifest import Manifest
from rashomon.store.tables import BY_NAME, BY_RECORD, TABLES

if TYPE_CHECKING:  # search stands on this module
    from rashomon.store.search.hits import Found, Within

R = TypeVar("R")


class Text(str):
    """An article's text, which also takes a Span as an index: `article.text[span]`."""

    __slots__ = ()

    def __getitem__(self, key: SupportsIndex | slice | Span) -> str:
        """The character, slice or span; SpanError if a span does not fit."""
        if not isinstance(key, Span):
            return super().__getitem__(key)
        try:
            return key.of(self)
        except ValueError as error:
            raise SpanError(str(error)) from error


class Dossier:
    """A dossier on disk, open for reading; each method reads the Parquet files that the manifest names.

    Raises DossierError if the folder is no dossier, is damaged, or was made by a newer version.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.manifest = Manifest.load(self.path)

    def __repr__(self) -> str:
        rows = self.manifest.rows
        return f"<Dossier {self.path}: {rows.get('articles', 0)} articles, {rows.get('events', 0)} events>"

    def files(self, name: str) -> list[Path]:
        """The Parquet files of a table; QueryError if there is no such table."""
        if name not in BY_NAME:
            raise QueryError(f"There is no table '{name}'; there are {', '.join(BY_NAME)}.")
        return [self.path / file for file in self.manifest.tables.get(name, [])]

    def table(self, name: str) -> pa.Table:
        """A whole table as Arrow, in its documented order of rows."""
        files = self.files(name)
        wanted = schema(BY_NAME[name].record)
        try:
            parts = [fitted(pq.read_table(file), wanted) for file in files]
        except (OSError, KeyError, pa.ArrowInvalid) as error:
            raise DossierError(
                f"The table '{name}' of {self.path} cannot be read ({error}): run `rashomon read` into it again."
            ) from error
        return pa.concat_tables(parts) if parts else wanted.empty_table()

    def records(self, record: type[R]) -> list[R]:
        """A whole table as records of its class (see rashomon.model.records)."""
        return from_arrow(record, self.table(BY_RECORD[record].name))

    def events(self) -> list[Event]:
        """All events, in order of their first day; undated ones last."""
        return sorted(self.records(Event), key=lambda e: (e.earliest or "9999", e.event_id))

    def claims(self, event: Event | str) -> list[Claim]:
        """The claims of an event, weightiest first."""
        found = self._of_event(Claim, event)
        return sorted(found, key=lambda c: (-c.weight, c.claim_id))

    def differences(self, event: Event | str) -> list[Difference]:
        """The differences of an event, surest first."""
        found = self._of_event(Difference, event)
        return sorted(found, key=lambda d: (-d.confidence, d.difference_id))

    def quotations(self, speaker: str | None = None, event: Event | str | None = None) -> list[Quotation]:
        """Quotations in reading order, of one speaker (an entity id or any of its names) and of one event, if given."""
        found = self.records(Quotation)
        if event is not None:
            event_id = event if isinstance(event, str) else event.event_id
            told = {a.article_id for a in self.records(Article) if a.event_id == event_id}
            found = [q for q in found if q.article_id in told]
        if speaker is not None:
            ids = {
                e.entity_id
                for e in self.records(records.Entity)
                if speaker in (e.entity_id, e.name) or any(v.text == speaker for v in e.variants)
            }
            found = [q for q in found if q.speaker_id in ids]
        return sorted(found, key=lambda q: (q.article_id, q.content[0].start))

    def search(self, query: str, within: Within | None = None, limit: int = 20, offset: int = 0) -> Found:
        """Articles, quotations and claims that have the words asked for, best first, each with a verbatim passage.

        Words are all wanted, in any order; `OR` between two makes them alternatives, `"..."` a phrase, a `*` behind one
        a beginning, a `-` before one keeps out what has it. `within` narrows by kind, outlet, days, event, entity.
        QueryError for a query that asks for nothing. The index is made at the first search and kept in the dossier.
        """
        from rashomon.store.library import Library

        return Library(self).search.find(query, within, limit, offset)

    def article(self, article_id: str) -> Article:
        """One article, whose `text` also takes a Span as an index. UnknownId if there is none of that id."""
        found = self.sql("SELECT * FROM articles WHERE article_id = ?", [article_id]).cast(schema(Article))
        if not found.num_rows:
            raise UnknownId(f"There is no article '{article_id}' in {self.path}.")
        article = from_arrow(Article, found)[0]
        return dataclasses.replace(article, text=Text(article.text))

    def sql(self, query: str, values: list[Any] | None = None) -> pa.Table:
        """The result of one SELECT over the tables, in DuckDB's SQL; QueryError if it fails, writes or reaches out."""
        with duckdb.connect() as connection:
            for spec in TABLES:
                self._view(connection, spec.name)
            connection.execute(f"SET allowed_directories = [{_quoted(str((self.path / 'tables').resolve()))}]")
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
            try:
                statements = connection.extract_statements(query)
                if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                    raise QueryError("A dossier is only read: give one SELECT statement.")
                return connection.execute(statements[0], values).to_arrow_table()
            except duckdb.Error as error:
                raise QueryError(f"The query failed: {error}") from error

    def _view(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        files = [file.resolve() for file in self.files(name)]
        if files:
            listed = ", ".join(_quoted(str(file)) for file in files)
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{listed}])")

    def _of_event(self, record: type[R], event: Event | str) -> list[R]:
        event_id = event if isinstance(event, str) else event.event_id
        return [row for row in self.records(record) if cast(Any, row).event_id == event_id]


def fitted(table: pa.Table, wanted: pa.Schema) -> pa.Table:
    """A table of this or an earlier version in today's columns; one that was added since is null where it may be."""
    columns = [
        pa.nulls(table.num_rows, field.type)
        if field.nullable and field.name not in table.column_names
        else table.column(field.name).cast(field.type)
        for field in wanted
    ]
    return pa.table(columns, schema=wanted)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
