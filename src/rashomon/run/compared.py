"""Which events are to be compared again, and which comparisons still hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from rashomon.model.arrow import schema, to_batch
from rashomon.model.flow import Grouping, Told
from rashomon.model.identity import digest
from rashomon.model.records import Event
from rashomon.run.corpus import Corpus
from rashomon.run.tasks import GroupTask, Rows
from rashomon.store.files import write_parquet

_ARTICLES = 24  # a task ends when it holds so many: a few seconds of work, so that a killed run loses little


def _members(grouping: Grouping) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for membership in grouping.memberships:
        found[membership.event_id].append(membership.article_id)
    return {event: sorted(articles) for event, articles in found.items()}


def keys(grouping: Grouping, digests: Mapping[str, str]) -> dict[str, str]:
    """For each event, a key that changes when the event or anything told of its articles changes."""
    members = _members(grouping)
    return {
        event.event_id: digest(repr((event, [digests[a] for a in members[event.event_id]])).encode())
        for event in grouping.events
    }


def tasks(
    folder: Path, corpus: Corpus, placed: Mapping[str, Path], grouping: Grouping, digests: Mapping[str, str]
) -> list[GroupTask]:
    """Tasks for the events whose comparison is not in `folder`, some events a task, in order of their ids."""
    where = {article: (placed[part.name], row) for part in corpus.parts for row, article in enumerate(part.articles)}
    wanted, members = keys(grouping, digests), _members(grouping)
    done = {key for path in folder.glob("*.parquet") for key in pq.read_table(path, columns=["key"])["key"].to_pylist()}
    found: list[GroupTask] = []
    batch: list[Event] = []
    todo = [event for event in sorted(grouping.events, key=lambda e: e.event_id) if wanted[event.event_id] not in done]
    for number, event in enumerate(todo):
        batch.append(event)
        if sum(len(members[e.event_id]) for e in batch) >= _ARTICLES or number == len(todo) - 1:
            named = tuple(wanted[e.event_id] for e in batch)
            heads = pa.Table.from_batches([_heads(batch)])
            groups = tuple(tuple(Rows(where[a][0], (where[a][1],)) for a in members[e.event_id]) for e in batch)
            output = folder / f"{digest(repr(named).encode())[:16]}.parquet"
            found.append(GroupTask("compare", heads, groups, named, output))
            batch = []
    return found


def _heads(events: list[Event]) -> pa.RecordBatch:
    rows = to_batch(Event, events).to_struct_array()
    return pa.RecordBatch.from_arrays([rows], schema=pa.schema([schema(Told).field("event")]))


def prune(folder: Path, live: Mapping[str, str]) -> list[Path]:
    """Drop from `folder` the comparisons that no event has any more; returns the files that are left, sorted."""
    wanted: Collection[str] = set(live.values())
    kept: list[Path] = []
    for path in sorted(folder.glob("*.parquet")):
        table = pq.read_table(path)
        alive = table.filter(pc.is_in(table.column("key"), pa.array(sorted(wanted), pa.string())))
        if not alive.num_rows:
            path.unlink()
            continue
        if alive.num_rows < table.num_rows:
            write_parquet(path, alive)
        kept.append(path)
    return kept
