"""Articles as they lie in Arrow: weighed all together, and turned into records only where asked for."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar, overload

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from rashomon.annotate.encoder import WIDTH
from rashomon.group.evidence import Corpus, Widened
from rashomon.group.features import LEAD_SENTENCES, PERMUTATIONS, ArticleFeatures
from rashomon.group.told import Calendar
from rashomon.group.weighing import Ints, Rows, Vocabulary, background
from rashomon.model.arrow import from_arrow
from rashomon.model.span import Interval

T = TypeVar("T")


class OnDemand(Sequence[T]):
    """A sequence whose items are made when they are first asked for, and kept."""

    def __init__(self, size: int, make: Callable[[int], T]) -> None:
        self._size, self._make = size, make
        self._made: dict[int, T] = {}

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        """One item, or a list of them."""
        if isinstance(index, slice):
            return [self[k] for k in range(*index.indices(self._size))]
        if not 0 <= index < self._size:
            raise IndexError(index)
        if index not in self._made:
            self._made[index] = self._make(index)
        return self._made[index]

    def keep(self, made: Mapping[int, T]) -> None:
        """Take items that were made together, which costs less."""
        self._made.update(made)


class Columns:
    """Rows of ArticleFeatures, sorted by article id; row k is article k everywhere in grouping."""

    def __init__(self, table: pa.Table) -> None:
        self.ids: list[str] = table.column("article_id").to_pylist()
        if any(later < earlier for earlier, later in itertools.pairwise(self.ids)):
            table = table.sort_by("article_id")
            self.ids = table.column("article_id").to_pylist()
        self._table = table.combine_chunks()
        self.articles = OnDemand(len(self.ids), lambda k: from_arrow(ArticleFeatures, self._table.slice(k, 1))[0])
        self.corpus = self._weighed()

    def of(self, numbers: Iterable[int]) -> list[ArticleFeatures]:
        """The articles of those numbers, ascending."""
        wanted = sorted(set(numbers))
        self.articles.keep(dict(zip(wanted, from_arrow(ArticleFeatures, self._table.take(wanted)), strict=True)))
        return [self.articles[k] for k in wanted]

    def addresses(self) -> list[str | None]:
        """The address of each article."""
        found: list[str | None] = self._table.column("address").to_pylist()
        return found

    def words(self) -> Ints:
        """How many words of its own each article has."""
        return np.asarray(self._table.column("words").to_numpy(), dtype=np.int64)

    def signatures(self) -> npt.NDArray[np.uint32]:
        """The MinHash signatures, a row an article."""
        return np.frombuffer(self._bytes("signature"), dtype=np.uint32).reshape(-1, PERMUTATIONS)

    def shingles(self) -> tuple[Ints, npt.NDArray[np.uint32]]:
        """The hashed shingles of all articles in order, and where each article's begin."""
        lengths = pc.binary_length(self._table.column("shingles")).to_numpy().astype(np.int64) // 4
        starts = np.concatenate(([0], np.cumsum(lengths)))
        return starts, np.frombuffer(self._bytes("shingles"), dtype=np.uint32)

    def _bytes(self, name: str) -> bytes:
        return b"".join(self._table.column(name).to_pylist())

    def _column(self, name: str) -> pa.Array:
        column = self._table.column(name)
        return column.chunk(0) if column.num_chunks else pa.array([], column.type)

    def _weighed(self) -> Corpus:
        """What Corpus.of gives, without a record an article."""
        terms, lead = self._rows((("terms", "term_counts"), ("lead_terms", None)), background())
        entities, opening, places = self._rows(
            (("entities", "entity_counts"), ("lead_entities", None), ("places", "place_counts")), {}
        )
        (marks,) = self._rows((("marks", "mark_counts"),), {})
        vectors = [
            Widened(np.frombuffer(self._bytes(name), dtype=np.float16).reshape(-1, WIDTH))
            for name in ("lead_vector", "mean_vector")
        ]

        def published(k: int) -> Interval | None:
            earliest, latest = (self._table.column(f"published_{end}")[k].as_py() for end in ("earliest", "latest"))
            return Interval.iso(earliest, latest)

        return Corpus(
            self.articles, terms, lead, entities, opening, places, marks, vectors[0], vectors[1],
            OnDemand(len(self.ids), published), self._calendar(),
        )  # fmt: skip

    def _calendar(self) -> Calendar:
        days = self._column("days")
        told = days.flatten()
        owner = np.repeat(np.arange(len(days)), pc.list_value_length(days).to_numpy(zero_copy_only=False))
        opening = np.asarray(told.field("sentence").to_numpy(zero_copy_only=False)) <= LEAD_SENTENCES
        earliest, latest = (told.field(end).filter(pa.array(opening)).to_pylist() for end in ("earliest", "latest"))
        return Calendar.read(
            self._table.column("published_earliest").to_pylist(),
            self._table.column("published_latest").to_pylist(),
            self._table.column("told_until").to_pylist(),
            np.bincount(owner[opening], minlength=len(days)).tolist(),
            list(zip(earliest, latest, strict=True)),
        )

    def _rows(self, columns: Sequence[tuple[str, str | None]], prior: Mapping[str, float]) -> list[Rows]:
        """Columns of keys, sorted within each article, as rows of one vocabulary, with their counts or 1."""
        lists = [self._column(name) for name, _ in columns]
        encoded = pa.concat_arrays([keys.flatten() for keys in lists]).dictionary_encode()
        found: list[str] = encoded.dictionary.to_pylist()
        order = sorted(range(len(found)), key=found.__getitem__)
        rank = np.empty(len(found), dtype=np.int64)
        rank[order] = np.arange(len(found))
        codes = rank[encoded.indices.to_numpy(zero_copy_only=False)]
        lengths = [pc.list_value_length(keys).to_numpy(zero_copy_only=False).astype(np.int64) for keys in lists]
        parts = np.split(codes, np.cumsum([int(one.sum()) for one in lengths])[:-1])
        keys = tuple(found[k] for k in order)
        holders = _holders(parts, lengths, len(keys))
        vocabulary = Vocabulary.counted(keys, holders.astype(np.float64), len(self.ids), prior)
        rows = []
        for (_, counted), part, length in zip(columns, parts, lengths, strict=True):
            counts = np.ones(len(part), dtype=np.int64)
            if counted is not None:
                counts = np.asarray(self._column(counted).flatten().to_numpy(zero_copy_only=False), dtype=np.int64)
            starts = np.concatenate(([0], np.cumsum(length))).astype(np.int64)
            rows.append(Rows.counted(starts, part, counts, vocabulary))
        return rows


def _holders(parts: Sequence[Ints], lengths: Sequence[Ints], width: int) -> Ints:
    """How many articles hold each key in any of several columns."""
    counts = np.zeros(width, dtype=np.int64)
    held = np.zeros(0, dtype=np.int64)  # article and key as one number, ascending, since keys are within an article
    for place, (part, length) in enumerate(zip(parts, lengths, strict=True)):
        pairs = np.repeat(np.arange(len(length)) * width, length) + part
        fresh = np.ones(len(part), dtype=bool)
        if len(held):
            fresh = held[np.minimum(np.searchsorted(held, pairs), len(held) - 1)] != pairs
        counts += np.bincount(part[fresh], minlength=width)
        if place + 1 < len(parts):
            held = np.sort(np.concatenate([held, pairs[fresh]]), kind="stable")
    return counts
