"""Which events and storylines are to be worked on again, and which results still hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from rashomon.model.arrow import schema, to_batch
from rashomon.model.chronicle import Dated
from rashomon.model.flow import Grouping, Told
from rashomon.model.identity import digest
from rashomon.model.records import Event, Storyline
from rashomon.run.corpus import Corpus
from rashomon.run.tasks import GroupTask, Rows
from rashomon.store.files import write_parquet

_ARTICLES = 24  # a task ends when it holds so many: a few seconds of work, so that a killed run loses little


@dataclass(frozen=True, slots=True)
class Groups:
    """What a stage is to be run on: groups of articles, each with the record of what they tell together."""

    step: str
    record: type
    head: pa.Field
    heads: Mapping[str, Event | Storyline]
    members: Mapping[str, Sequence[str]]

    @classmethod
    def events(cls, grouping: Grouping) -> Groups:
        """The events, for the stage `compare`."""
        heads = {event.event_id: event for event in grouping.events}
        return cls("compare", Event, schema(Told).field("event"), heads, _members(grouping, {e: e for e in heads}))

    @classmethod
    def storylines(cls, grouping: Grouping) -> Groups:
        """The storylines of two articles or more, for the stage `date`."""
        of = {event.event_id: event.storyline_id or "" for event in grouping.events}
        members = {line: found for line, found in _members(grouping, of).items() if len(found) > 1}
        heads = {line.storyline_id: line for line in grouping.storylines if line.storyline_id in members}
        return cls("date", Storyline, schema(Dated).field("storyline"), heads, members)


def _members(grouping: Grouping, of: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for membership in grouping.memberships:
        found[of[membership.event_id]].append(membership.article_id)
    return {group: sorted(articles) for group, articles in found.items()}


def keys(groups: Groups, digests: Mapping[str, str]) -> dict[str, str]:
    """For each group, a key that changes when its record or anything told of its articles changes."""
    return {
        name: digest(repr((head, [digests[a] for a in groups.members[name]])).encode())
        for name, head in sorted(groups.heads.items())
    }


def tasks(
    folder: Path, corpus: Corpus, placed: Mapping[str, Path], groups: Groups, digests: Mapping[str, str]
) -> list[GroupTask]:
    """Tasks for the groups whose result is not in `folder`, some groups a task, in order of their ids."""
    where = {article: (placed[part.name], row) for part in corpus.parts for row, article in enumerate(part.articles)}
    wanted = keys(groups, digests)
    done = {key for path in folder.glob("*.parquet") for key in pq.read_table(path, columns=["key"])["key"].to_pylist()}
    found: list[GroupTask] = []
    batch: list[str] = []
    todo = [name for name in wanted if wanted[name] not in done]
    for number, name in enumerate(todo):
        batch.append(name)
        if sum(len(groups.members[n]) for n in batch) >= _ARTICLES or number == len(todo) - 1:
            named = tuple(wanted[n] for n in batch)
            rows = to_batch(groups.record, [groups.heads[n] for n in batch]).to_struct_array()
            heads = pa.Table.from_arrays([rows], schema=pa.schema([groups.head]))
            told = tuple(tuple(Rows(where[a][0], (where[a][1],)) for a in groups.members[n]) for n in batch)
            output = folder / f"{digest(repr(named).encode())[:16]}.parquet"
            found.append(GroupTask(groups.step, heads, told, named, output))
            batch = []
    return found


def prune(folder: Path, live: Mapping[str, str]) -> list[Path]:
    """Drop from `folder` the results that no group has any more; returns the files that are left, sorted."""
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
