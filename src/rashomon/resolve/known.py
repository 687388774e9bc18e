"""Which entities are somebody or something that the user already knows, by their names."""

from __future__ import annotations

import collections
from collections.abc import Iterable, Sequence

from rashomon.model.flow import Known
from rashomon.model.records import Entity
from rashomon.resolve.chains import read
from rashomon.resolve.romanise import near

Key = tuple[str, tuple[str, ...]]


def _key(kind: str, name: str) -> Key | None:
    """What spellings of one name share: its words' sounds, in any order; None for a person's single name."""
    words = read(kind, name).words
    if not words or (kind == "person" and len(words) < 2):
        return None
    return kind, tuple(sorted(near(word) for word in words))


def matched(known: Sequence[Known], entities: Sequence[Entity]) -> list[tuple[Known, list[str]]]:
    """Each known one with the ids of the entities that bear its names, those of most articles first.

    An entity whose names are those of two known ones is nobody's: a list of sanctions has many Ivan Petrovs.
    """
    bearers: dict[Key, set[str]] = collections.defaultdict(set)
    for entity in entities:
        for variant in entity.variants:
            key = _key(entity.kind, variant.text)
            if key is not None:
                bearers[key].add(entity.entity_id)
    meant: dict[str, set[int]] = collections.defaultdict(set)
    for number, one in enumerate(known):
        for entity_id in _bearing(one, bearers):
            meant[entity_id].add(number)
    told = {entity.entity_id: max((v.articles for v in entity.variants), default=0) for entity in entities}
    found: dict[int, list[str]] = collections.defaultdict(list)
    for entity_id, numbers in meant.items():
        if len(numbers) == 1:
            found[next(iter(numbers))].append(entity_id)
    return [(known[n], sorted(ids, key=lambda i: (-told[i], i))) for n, ids in sorted(found.items())]


def _bearing(one: Known, bearers: dict[Key, set[str]]) -> Iterable[str]:
    kinds = (one.kind,) if one.kind == "person" else ("organisation", "group", "other")
    keys = {key for kind in kinds for name in one.names if (key := _key(kind, name))}
    return {entity_id for key in keys for entity_id in bearers.get(key, ())}
