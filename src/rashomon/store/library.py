"""A dossier kept open: rows looked up by the value of a column, without reading a table again for each question.

Columns are read when they are first asked for and kept as Arrow; an index of a column is a sorted permutation of its
rows. Nothing is turned into Python objects but the rows that are asked for, so that a dossier of ten thousand articles
answers in milliseconds. What is held is one state of the dossier: `Library.current` gives the next one when the
manifest has changed.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from rashomon.errors import DossierError, QueryError, UnknownId
from rashomon.model.arrow import from_arrow, schema
from rashomon.model.records import Article
from rashomon.store.dossier import Dossier, fitted
from rashomon.store.manifest import NAME
from rashomon.store.tables import BY_NAME, BY_RECORD

if TYPE_CHECKING:  # search stands on this module
    from rashomon.store.search.hits import Search

R = TypeVar("R")
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Index:
    """Which rows of a column have a value: rows sorted by value (stable), and where each value begins among them."""

    number: Mapping[str, int]
    order: Numbers
    starts: Numbers

    @classmethod
    def of(cls, column: pa.Array) -> _Index:
        encoded = column.dictionary_encode()
        codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        order = np.argsort(codes, kind="stable")
        values = encoded.dictionary.to_pylist()
        starts = np.searchsorted(codes[order], np.arange(len(values) + 1))
        return cls({value: k for k, value in enumerate(values)}, order, starts)

    def rows(self, value: str) -> Numbers:
        k = self.number.get(value)
        return self.order[:0] if k is None else self.order[self.starts[k] : self.starts[k + 1]]


class Library:
    """One state of a dossier, for many questions; safe to share between threads.

    Raises DossierError as Dossier does, also where a run has replaced the files since: then ask `current` again.
    """

    _open: ClassVar[dict[Path, tuple[tuple[int, int, int], Library]]] = {}
    _opening: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self._columns: dict[tuple[str, str], pa.Array | pa.ChunkedArray] = {}
        self._indexes: dict[tuple[str, str], _Index] = {}
        self._lock = threading.RLock()

    @classmethod
    def current(cls, path: Path) -> Library:
        """The library of the dossier at `path` as it is now; the same object for as long as the manifest stands."""
        path = path.resolve()
        with cls._opening:
            try:
                stat = (path / NAME).stat()
            except OSError:
                cls._open.pop(path, None)
                return cls(Dossier(path))  # which says what is wrong
            state = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            held = cls._open.get(path)
            if held is None or held[0] != state:
                held = cls._open[path] = (state, cls(Dossier(path)))
            return held[1]

    @functools.cached_property
    def search(self) -> Search:
        """Full text over its articles, quotations and claims."""
        from rashomon.store.search.hits import Search

        return Search(self)

    @property
    def path(self) -> Path:
        """The dossier's folder."""
        return self.dossier.path

    def count(self, record: type) -> int:
        """How many rows the table of a record class has."""
        return self.dossier.manifest.rows.get(BY_RECORD[record].name, 0)

    def column(self, record: type, name: str) -> pa.Array | pa.ChunkedArray:
        """A column of the table of a record class, in the table's documented order of rows."""
        table = BY_RECORD[record].name
        with self._lock:
            if (table, name) not in self._columns:
                self._columns[table, name] = self._read(table, name)
            return self._columns[table, name]

    def numbers(self, record: type, column: str, value: str) -> Numbers:
        """The numbers of the rows that have that value in a text column, ascending."""
        table = BY_RECORD[record].name
        with self._lock:
            if (table, column) not in self._indexes:
                held = self.column(record, column)
                self._indexes[table, column] = _Index.of(
                    held.combine_chunks() if isinstance(held, pa.ChunkedArray) else held
                )
            return self._indexes[table, column].rows(value)

    def at(self, record: type[R], numbers: Sequence[int] | Numbers) -> list[R]:
        """The rows of those numbers as records, in the order given."""
        wanted, taken = schema(cast(Any, record)), pa.array(numbers, pa.int64())
        columns = [self.column(record, field.name).take(taken) for field in wanted]
        return from_arrow(record, pa.table(columns, schema=wanted))

    def of(self, record: type[R], column: str, value: str) -> list[R]:
        """The records that have that value in a text column, in the table's order of rows."""
        return self.at(record, self.numbers(record, column, value))

    def of_any(self, record: type[R], column: str, values: Iterable[str]) -> list[R]:
        """The records that have one of those values in a text column, in the table's order of rows."""
        found = [self.numbers(record, column, value) for value in dict.fromkeys(values)]
        return self.at(record, np.sort(np.concatenate(found)) if found else ())

    def find(self, record: type[R], identity: str) -> R | None:
        """The record of that id, or None."""
        found = self.of(record, _key(record), identity)
        return found[0] if found else None

    def one(self, record: type[R], identity: str) -> R:
        """The record of that id; UnknownId if there is none."""
        found = self.find(record, identity)
        if found is None:
            raise UnknownId(f"There is no {record.__name__.lower()} '{identity}' in {self.path}.")
        return found

    def records(self, record: type[R]) -> list[R]:
        """All records of a class. Every row becomes an object: not for the large tables."""
        return self.at(record, np.arange(len(self.column(record, schema(cast(Any, record)).names[0])), dtype=np.int64))

    def text(self, article_id: str) -> str:
        """The text of an article; UnknownId if there is none of that id."""
        numbers = self.numbers(Article, "article_id", article_id)
        if not len(numbers):
            raise UnknownId(f"There is no article '{article_id}' in {self.path}.")
        return str(self.column(Article, "text")[int(numbers[0])].as_py())

    def _read(self, table: str, name: str) -> pa.Array | pa.ChunkedArray:
        wanted = pa.schema([schema(BY_NAME[table].record).field(name)])
        try:
            parts = []
            for file in self.dossier.files(table):
                held = pq.ParquetFile(file)
                columns = [name] if name in held.schema_arrow.names else []
                read = held.read(columns=columns) if columns else pa.table({"": pa.nulls(held.metadata.num_rows)})
                parts.append(fitted(read, wanted))
        except (OSError, KeyError, pa.ArrowInvalid) as error:
            raise DossierError(
                f"The table '{table}' of {self.path} cannot be read ({error}): if a run has just ended, ask again; "
                "if not, run `rashomon read` into it again."
            ) from error
        column = pa.concat_tables(parts).column(0) if parts else wanted.empty_table().column(0)
        # Taking rows of one chunk costs what the rows cost; a chunk of strings holds 2 GiB at most.
        return column.combine_chunks() if column.nbytes < 2**31 else column


def _key(record: type) -> str:
    key = BY_RECORD[record].key
    if key is None:
        raise QueryError(f"Rows of '{BY_RECORD[record].name}' have no id of their own.")
    return key
