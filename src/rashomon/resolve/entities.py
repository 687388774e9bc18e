"""The mentions of all articles to entities: which spellings are one person, place, organisation or group, and why."""

from __future__ import annotations

import collections
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rashomon.model.identity import identify
from rashomon.model.records import Entity, Mention, Variant
from rashomon.resolve import things
from rashomon.resolve.chains import Unit, bare, read, units, vote
from rashomon.resolve.lexicon import given_names, rows
from rashomon.resolve.people import full_names
from rashomon.resolve.romanise import far
from rashomon.resolve.surnames import Bearer, Surnames


@dataclass(frozen=True, slots=True)
class Resolution:
    """All entities, by id, and mention ids to entity ids; mentions of chains without a name are not in `links`."""

    entities: tuple[Entity, ...]
    links: dict[str, str]


@dataclass(slots=True)
class _Group:
    """The chains of one entity to be."""

    kind: str
    key: tuple[str, ...]
    units: list[Unit] = field(default_factory=list)
    whys: list[str] = field(default_factory=list)


def resolve(mentions: Sequence[Mention]) -> Resolution:
    """Join the named chains of all articles into entities; the order of `mentions` does not matter.

    Chains without a name get no entity; nominals and pronouns follow the name of their chain. Cost is near-linear in
    the number of mentions: names are compared once a distinct spelling, within blocks of like surnames.
    """
    found = _one_kind(units(mentions))
    groups = [*_people([u for u in found if u.kind == "person"], _context(found)), *_things(found)]
    return _records(groups)


def _one_kind(found: list[Unit]) -> list[Unit]:
    """Give a name that is tagged unlike in several articles its commonest kind; full names of people are left alone."""
    tags: dict[tuple[str, ...], list[str]] = collections.defaultdict(list)
    surnames = {word for unit in found if unit.kind == "person" and len(unit.words) > 1 for word in unit.words}
    for unit in found:
        tags[unit.words] += [unit.kind] * len(unit.names)
    kinds = {words: vote(kinds) for words, kinds in tags.items()}
    result = []
    for unit in found:
        kind = kinds[unit.words]
        if kind != unit.kind and not (unit.kind == "person" and unit.words[-1] in surnames) and kind != "person":
            parts = read(kind, unit.name)
            unit = Unit(unit.article_id, kind, unit.name, parts.words, parts, unit.names, unit.followers)
        result.append(unit)
    return result


def _context(found: Iterable[Unit]) -> dict[str, frozenset[str]]:
    """The names of each article as keys: last words of people, all words of other things."""
    names: dict[str, set[str]] = collections.defaultdict(set)
    for unit in found:
        names[unit.article_id].add(far(unit.words[-1]) if unit.kind == "person" else " ".join(things.key(unit)))
    return {article: frozenset(keys) for article, keys in names.items()}


def _person_key(words: Sequence[str]) -> tuple[str, ...]:
    """What the spellings of a person's first and last name have in common."""
    if len(words) == 1:
        return (far(words[0]),)
    sets = given_names().get(words[0])
    first = rows("given_names")[min(sets)][0] if sets else far(words[0])
    return (first, far(words[-1]))


def _people(found: Sequence[Unit], context: Mapping[str, frozenset[str]]) -> list[_Group]:
    """The persons: by full names, then the names alone."""
    full: dict[tuple[tuple[str, ...], str], list[Unit]] = collections.defaultdict(list)
    for unit in found:
        if len(unit.words) > 1:
            full[unit.words, unit.parts.generation or ""].append(unit)
    forms = sorted(full)
    clusters = full_names(
        [full[form][0].parts for form in forms], [frozenset(u.article_id for u in full[form]) for form in forms]
    )
    groups: dict[int, _Group] = {}
    for k, form in enumerate(forms):
        root = clusters.find(k)
        group = groups.setdefault(root, _Group("person", (), [], list(clusters.why.get(root, ()))))
        group.units += full[form]
    for group in groups.values():
        group.key = _person_key(_best(group).words)
    return [*groups.values(), *_alone([u for u in found if len(u.words) == 1], groups, context)]


def _alone(found: Sequence[Unit], groups: dict[int, _Group], context: Mapping[str, frozenset[str]]) -> list[_Group]:
    """Put names alone to the person they mean; returns the groups of those that mean nobody told in full."""
    bearers = []
    for root, group in sorted(groups.items()):
        last = frozenset(unit.words[-1] for unit in group.units)
        ends = last | {unit.words[0] for unit in group.units}
        bearers.append(Bearer(root, ends, last, frozenset(unit.article_id for unit in group.units)))
    surnames = Surnames(bearers, context)
    rest: dict[tuple[str, ...], _Group] = {}
    for unit in found:
        verdict = surnames.ask(unit)
        if verdict.bearer is None:
            group = rest.setdefault(verdict.key, _Group("person", verdict.key))
        else:
            group = groups[verdict.bearer]
        group.units.append(unit)
        if verdict.why:
            group.whys.append(verdict.why)
    return list(rest.values())


def _things(found: Sequence[Unit]) -> list[_Group]:
    """All that are not persons, by their keys; acronyms with the names they are made of."""
    long = things.acronyms(found)
    groups: dict[tuple[str, tuple[str, ...]], _Group] = {}
    for unit in found:
        if unit.kind == "person":
            continue
        own = things.key(unit)
        key = long.get(own, own) if unit.kind == "organisation" else own
        group = groups.setdefault((unit.kind, key), _Group(unit.kind, key))
        group.units.append(unit)
        if key != own:
            group.whys.append(f"{unit.name} is made of the initials of the full name, and both stand in one article")
    return list(groups.values())


def _best(group: _Group) -> Unit:
    """The chain with the fullest name, then the commonest, then the first in the alphabet."""
    counts = collections.Counter(unit.name for unit in group.units)

    def rank(unit: Unit) -> tuple[int, int, str]:
        return -sum(len(word) > 1 for word in unit.words), -counts[unit.name], unit.name

    return min(group.units, key=rank)


def _variants(group: _Group) -> tuple[Variant, ...]:
    """The spellings of an entity with the number of articles that have each, commonest first."""
    seen: dict[str, set[str]] = collections.defaultdict(set)
    for unit in group.units:
        for mention in unit.names:
            seen[bare(mention.text)].add(mention.article_id)
    return tuple(Variant(text, len(ids)) for text, ids in sorted(seen.items(), key=lambda v: (-len(v[1]), v[0])))


def _reason(group: _Group, variants: Sequence[Variant]) -> str:
    """One or two sentences on why the spellings are one."""
    whys = list(dict.fromkeys(group.whys))
    articles = len({unit.article_id for unit in group.units})
    told = f"{articles} article{'s' * (articles != 1)}"
    start = "One spelling" if len(variants) == 1 else f"{len(variants)} spellings"
    return " ".join(
        [f"{start} in {told}.", *(f"{why[0].upper()}{why[1:]}." for why in sorted(whys, key=lambda w: (len(w), w))[:3])]
    )


def _ids(groups: Sequence[_Group]) -> list[str]:
    """Ids from kind and key; where two groups share both, the one of more articles keeps it."""
    order = sorted(range(len(groups)), key=lambda k: (-len({u.article_id for u in groups[k].units}), _first(groups[k])))
    ids = [""] * len(groups)
    taken: set[str] = set()
    for k in order:
        group = groups[k]
        tries = (group.key, (*group.key, *_best(group).words), (*group.key, *_best(group).words, _first(group)))
        ids[k] = next(i for i in (identify("n", group.kind, *parts) for parts in tries) if i not in taken)
        taken.add(ids[k])
    return ids


def _first(group: _Group) -> str:
    return min(mention.mention_id for unit in group.units for mention in unit.names)


def _records(groups: Sequence[_Group]) -> Resolution:
    """Entities and links of the groups."""
    entities = []
    links: dict[str, str] = {}
    for group, entity_id in zip(groups, _ids(groups), strict=True):
        variants = _variants(group)
        entities.append(Entity(entity_id, group.kind, _best(group).name, variants, _reason(group, variants)))
        for unit in group.units:
            links.update((mention.mention_id, entity_id) for mention in (*unit.names, *unit.followers))
    return Resolution(tuple(sorted(entities, key=lambda e: e.entity_id)), dict(sorted(links.items())))
