"""Entities as an analyst corrects them, and as knowledge brought from elsewhere names them.

Judgements are applied in the order in which they were given, after what is known. Each names its entities by id and by
the spellings that they had, so that it finds them again when other articles have changed the ids; one that finds
nothing changes nothing. What was done, by whom and why stands in the entity's reason.
"""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable, Sequence

import pyarrow as pa

from rashomon.model.arrow import from_arrow, schema, to_table
from rashomon.model.flow import Judged, Link, Resolved
from rashomon.model.identity import identify
from rashomon.model.judging import Detail
from rashomon.model.records import Entity, Judgement, Mention, Variant
from rashomon.resolve.chains import bare
from rashomon.resolve.known import matched

VERBS = ("merge", "split", "rename", "confirm")


class Judge:
    """One row of Judged to one row of Resolved."""

    needs = schema(Judged)
    gives = schema(Resolved)

    def __call__(self, table: pa.Table) -> pa.Table:
        """Rows of Judged to rows of Resolved, in the same order."""
        return to_table(Resolved, [judged(row) for row in from_arrow(Judged, table)])


def judged(given: Judged) -> Resolved:
    """The entities with what is known and what was judged applied; ids, links and reasons to match."""
    shelf = _Shelf(given.entities, given.links, given.mentions)
    for known, ids in matched(given.known, given.entities):
        shelf.know(known.known_id, known.names[0], ids)
    for judgement in sorted(given.judgements, key=lambda j: (j.at, j.judgement_id)):
        if judgement.retired_at is None and judgement.table == "entities" and judgement.verb in VERBS:
            getattr(shelf, judgement.verb)(judgement, Detail.of(judgement.detail))
    return shelf.resolved()


class _Shelf:
    """The entities while they change: who has which mentions."""

    def __init__(self, entities: Sequence[Entity], links: Sequence[Link], mentions: Sequence[Mention]) -> None:
        self._entities = {entity.entity_id: entity for entity in entities}
        self._mentions = {mention.mention_id: mention for mention in mentions}
        self._members: dict[str, list[str]] = collections.defaultdict(list)
        for link in links:
            self._members[link.entity_id].append(link.mention_id)

    def know(self, known_id: str, name: str, ids: Sequence[str]) -> None:
        """Join the entities that are one known one, and give it its id there."""
        keeper = self._join(ids)
        entity = self._entities[keeper]
        spelt = f" as well as {len(ids) - 1} other" if len(ids) > 1 else ""
        why = f"The knowledge brought names it: {name} ({known_id}){spelt}."
        self._entities[keeper] = dataclasses.replace(entity, known_as=known_id, reason=f"{entity.reason} {why}")

    def merge(self, judgement: Judgement, detail: Detail) -> None:
        """Several entities are one; it keeps the id and the name of the first."""
        ids = [found for k in range(len(detail.ids)) if (found := self._found(detail, k))]
        if len(set(ids)) > 1:
            self._told(self._join(list(dict.fromkeys(ids))), "Joined", judgement, detail)

    def split(self, judgement: Judgement, detail: Detail) -> None:
        """Some spellings of an entity are somebody else; what follows them in their articles goes with them."""
        entity_id = self._found(detail, 0)
        if entity_id is None:
            return
        moving = self._named(entity_id, detail.names)
        staying = [m for m in self._members[entity_id] if m not in moving]
        if not moving or not any(self._mentions[m].form == "name" for m in staying):
            return
        entity = self._entities[entity_id]
        other = identify("n", entity.kind, "split", judgement.judgement_id)
        self._members[entity_id] = staying
        self._members[other] = sorted(moving)
        self._entities[other] = Entity(other, entity.kind, self._commonest(other), (), "")
        if entity.name not in {bare(self._mentions[m].text) for m in staying}:
            self._entities[entity_id] = dataclasses.replace(entity, name=self._commonest(entity_id))
        self._told(entity_id, f"Parted from {self._entities[other].name}", judgement, detail)
        self._told(other, f"Parted from {self._entities[entity_id].name}", judgement, detail)

    def rename(self, judgement: Judgement, detail: Detail) -> None:
        """One of its spellings stands for an entity."""
        entity_id = self._found(detail, 0)
        if entity_id and detail.names and detail.names[0] in self._spellings(entity_id):
            self._entities[entity_id] = dataclasses.replace(self._entities[entity_id], name=detail.names[0])
            self._told(entity_id, "Named", judgement, detail)

    def confirm(self, judgement: Judgement, detail: Detail) -> None:
        """Its spellings of then are one, whatever else is read: full ones that went elsewhere come back."""
        entity_id = self._found(detail, 0)
        if entity_id is None:
            return
        kind = self._entities[entity_id].kind
        full = {name for name in detail.spellings[0] if " " in name}
        others = [
            other
            for other, entity in sorted(self._entities.items())
            if other != entity_id and entity.kind == kind and full & self._spellings(other)
        ]
        self._told(self._join([entity_id, *others]), "Confirmed", judgement, detail)

    def resolved(self) -> Resolved:
        """The entities and links as they now are."""
        links = [Link(mention, entity) for entity, members in self._members.items() for mention in members]
        kept = [self._written(entity) for entity in self._entities.values() if self._members.get(entity.entity_id)]
        return Resolved(
            tuple(sorted(kept, key=lambda e: e.entity_id)), tuple(sorted(links, key=lambda link: link.mention_id))
        )

    def _found(self, detail: Detail, number: int) -> str | None:
        """The entity meant: of its id and one of its spellings, else the one that has most of its spellings."""
        wanted = set(detail.spellings[number]) if number < len(detail.spellings) else set()
        entity_id = detail.ids[number] if number < len(detail.ids) else ""
        if entity_id in self._entities and (not wanted or wanted & self._spellings(entity_id)):
            return entity_id
        shared = {other: len(wanted & self._spellings(other)) for other in self._entities}
        best = min(shared, key=lambda other: (-shared[other], other), default=None)
        return best if best is not None and shared[best] else None

    def _spellings(self, entity_id: str) -> set[str]:
        return {bare(self._mentions[m].text) for m in self._members[entity_id] if self._mentions[m].form == "name"}

    def _named(self, entity_id: str, names: Iterable[str]) -> set[str]:
        """The mentions of an entity with these spellings, and the followers of chains that hold no others."""
        wanted = set(names)
        chains: dict[tuple[str, int], list[Mention]] = collections.defaultdict(list)
        for mention_id in self._members[entity_id]:
            mention = self._mentions[mention_id]
            chains[mention.article_id, mention.chain].append(mention)
        moving: set[str] = set()
        for chain in chains.values():
            named = [m for m in chain if m.form == "name"]
            going = [m for m in named if bare(m.text) in wanted]
            moving |= {m.mention_id for m in (chain if named and len(going) == len(named) else going)}
        return moving

    def _join(self, ids: Sequence[str]) -> str:
        """Put the mentions of all into the first."""
        keeper = ids[0]
        for other in ids[1:]:
            self._members[keeper] += self._members.pop(other)
            del self._entities[other]
        return keeper

    def _counted(self, entity_id: str) -> tuple[Variant, ...]:
        """Its spellings with the number of articles that have each, commonest first."""
        seen: dict[str, set[str]] = collections.defaultdict(set)
        for mention_id in self._members[entity_id]:
            mention = self._mentions[mention_id]
            if mention.form == "name":
                seen[bare(mention.text)].add(mention.article_id)
        return tuple(Variant(text, len(ids)) for text, ids in sorted(seen.items(), key=lambda v: (-len(v[1]), v[0])))

    def _commonest(self, entity_id: str) -> str:
        """The commonest of its spellings of several words, else of all."""
        counted = self._counted(entity_id)
        return next((v.text for v in counted if " " in v.text), counted[0].text)

    def _told(self, entity_id: str, what: str, judgement: Judgement, detail: Detail) -> None:
        """Write into the reason what was judged."""
        entity = self._entities[entity_id]
        why = f": {detail.why}" if detail.why else ""
        said = f"{what} by {judgement.by}, {judgement.at[:10]} ({judgement.judgement_id}){why}."
        self._entities[entity_id] = dataclasses.replace(entity, reason=f"{entity.reason} {said}".strip())

    def _written(self, entity: Entity) -> Entity:
        return dataclasses.replace(entity, variants=self._counted(entity.entity_id))
