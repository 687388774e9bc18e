"""The articles of a dossier while a run works on them: which rows they are, and what is joined to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from rashomon.model.arrow import schema
from rashomon.model.flow import Grouping, Link, Linked, Placement
from rashomon.model.identity import digest
from rashomon.model.records import Mention, Rejected
from rashomon.store.files import write_named


@dataclass(frozen=True, slots=True)
class Part:
    """One partition of readings: its file, and the rows of it that count, with their article ids."""

    name: str
    path: Path
    rows: tuple[int, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All readings of a dossier, each article once."""

    parts: tuple[Part, ...]
    duplicates: tuple[Rejected, ...]

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return sum(len(part.rows) for part in self.parts)

    @classmethod
    def of(cls, files: Mapping[str, Path]) -> Corpus:
        """From the annotated partitions by name.

        Sources that give the very same article are one: the one of the first name counts, the others are duplicates.
        """
        seen: dict[str, tuple[str, str, int]] = {}
        duplicates: list[Rejected] = []
        for name, path in sorted(files.items()):
            rows = pq.read_table(path, columns=["source_uri", "article_id"]).to_pylist()
            for row, (uri, article) in enumerate((r["source_uri"], r["article_id"]) for r in rows):
                if article is None:
                    continue
                if article in seen:
                    first, other = sorted([seen[article], (uri, name, row)])
                    detail = f"the same article as {first[0]}"
                    duplicates.append(Rejected(other[0], "extract", "duplicate", detail))
                    seen[article] = first
                else:
                    seen[article] = (uri, name, row)
        counting: dict[str, list[tuple[int, str]]] = {name: [] for name in files}
        for article, (_, name, row) in seen.items():
            counting[name].append((row, article))
        parts = [
            Part(name, files[name], tuple(r for r, _ in kept), tuple(a for _, a in kept))
            for name in sorted(files)
            if (kept := sorted(counting[name]))
        ]
        return cls(tuple(parts), tuple(duplicates))

    def mentions(self) -> pa.Table:
        """All mentions of all articles, as rows of Mention."""
        wanted = schema(Mention)
        tables = [wanted.empty_table()]
        for part in self.parts:
            readings = pq.read_table(part.path, columns=["reading"]).take(list(part.rows)).column(0).combine_chunks()
            mentions = pc.list_flatten(pc.struct_field(readings, ["mentions"]))
            tables.append(pa.Table.from_struct_array(mentions).cast(wanted))
        return pa.concat_tables(tables).sort_by("mention_id")


def rejected(files: Iterable[Path]) -> list[Rejected]:
    """The rejections among the rows of extracted or annotated partitions."""
    found: list[Rejected] = []
    for path in files:
        rows = pq.read_table(path, columns=["rejected"]).column(0).to_pylist()
        found += [Rejected(**row) for row in rows if row is not None]
    return found


def links_beside(folder: Path, corpus: Corpus, links: Iterable[Link]) -> dict[str, Path]:
    """For each part, a file with the links of its articles, row for row, named by its content."""
    entity = {link.mention_id: link.entity_id for link in links}
    field = schema(Linked).field("links")
    found: dict[str, Path] = {}
    for part in corpus.parts:
        readings = pq.read_table(part.path, columns=["reading"]).take(list(part.rows)).column(0).combine_chunks()
        named = pc.struct_field(readings, ["mentions"]).to_pylist()
        rows = [
            [
                {"mention_id": m["mention_id"], "entity_id": entity[m["mention_id"]]}
                for m in ms
                if m["mention_id"] in entity
            ]
            for ms in named
        ]
        found[part.name] = write_named(folder, pa.table([pa.array(rows, field.type)], schema=pa.schema([field])))
    return found


def positions_beside(folder: Path, corpus: Corpus, grouping: Grouping) -> dict[str, Path]:
    """For each part, a file with its articles' places (copy, event, neighbours), row for row, named by its content."""
    copy_of = {copy.article_id: copy.copy_of for copy in grouping.copies}
    member = {m.article_id: m for m in grouping.memberships}
    fields = [schema(Placement).field(name) for name in ("copy_of", "event_id", "neighbours")]
    found: dict[str, Path] = {}
    for part in corpus.parts:
        rows = [
            {
                "copy_of": copy_of.get(article),
                "event_id": member[article].event_id if article in member else None,
                "neighbours": list(member[article].neighbours) if article in member else [],
            }
            for article in part.articles
        ]
        found[part.name] = write_named(folder, pa.Table.from_pylist(rows, schema=pa.schema(fields)))
    return found


def row_digests(corpus: Corpus, sidecars: Sequence[Mapping[str, Path]]) -> dict[str, str]:
    """For each article, a digest of all that is joined to it: it changes when its links or its place do."""
    found: dict[str, str] = {}
    for part in corpus.parts:
        tables = [pq.read_table(side[part.name]).to_pylist() for side in sidecars]
        for article, *rows in zip(part.articles, *tables, strict=True):
            found[article] = digest(repr((article, rows)).encode())
    return found
