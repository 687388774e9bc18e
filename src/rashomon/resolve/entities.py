"""The mentions of all articles to entities: which spellings are one person, place, organisation or group, and why."""

from __future__ import annotations

import collections
from collections.abc import Sequence
from dataclasses import dataclass, field

from rashomon.model.identity import identify
from rashomon.model.records import Entity, Mention, Variant
from rashomon.resolve import things
from rashomon.resolve.chains import Unit, bare, units
from rashomon.resolve.context import Context
from rashomon.resolve.kinds import agreed
from rashomon.resolve.lexicon import given_names, other_names, plain, rows
from rashomon.resolve.people import FullName, full_names
from rashomon.resolve.romanise import far
from rashomon.resolve.surnames import Bearer, Surnames

_BUT_FOR = {"place": "romanisation", "organisation": "order, little words, legal form or spelling"}


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
    joins: list[str] = field(default_factory=list)  # how full names agree
    whys: list[str] = field(default_factory=list)  # why names alone and acronyms are here


def resolve(mentions: Sequence[Mention]) -> Resolution:
    """Join the named chains of all articles into entities; the order of `mentions` does not matter.

    Chains without a name get no entity; nominals and pronouns follow the name of their chain. Cost is near-linear in
    the number of mentions: names are compared once a distinct spelling, within blocks of like surnames.
    """
    found = agreed(units(mentions))
    around = Context((unit.article_id, _context_key(unit)) for unit in found)
    groups = [*_people([u for u in found if u.kind == "person"], around), *_things(found)]
    return _records(groups)


def _context_key(unit: Unit) -> str:
    """A name by which articles are known to tell of the same: last words of people, whole names of other things."""
    return far(unit.words[-1]) if unit.kind == "person" else " ".join(things.key(unit))


def _person_key(words: Sequence[str]) -> tuple[str, ...]:
    """What the spellings of a person's first and last name have in common."""
    if len(words) == 1:
        return (far(words[0]),)
    sets = given_names().get(words[0])
    first = rows("given_names")[min(sets)][0] if sets else far(words[0])
    return (first, far(words[-1]))


def _people(found: Sequence[Unit], around: Context) -> list[_Group]:
    """The persons: by full names, then the names alone."""
    full: dict[tuple[tuple[str, ...], str], list[Unit]] = collections.defaultdict(list)
    for unit in found:
        if len(unit.words) > 1:
            full[unit.words, unit.parts.generation or ""].append(unit)
    forms = sorted(full)
    names = [
        FullName(us[0].parts, min(u.name for u in us), frozenset(u.article_id for u in us))
        for us in (full[form] for form in forms)
    ]
    clusters = full_names(names, around)
    groups: dict[int, _Group] = {}
    for k, form in enumerate(forms):
        root = clusters.find(k)
        group = groups.setdefault(root, _Group("person", (), [], list(clusters.why.get(root, ()))))
        group.units += full[form]
    for group in groups.values():
        group.key = _person_key(_best(group).words)
    return [*groups.values(), *_alone([u for u in found if len(u.words) == 1], groups, around)]


def _alone(found: Sequence[Unit], groups: dict[int, _Group], around: Context) -> list[_Group]:
    """Put names alone to the person they mean; returns the groups of those that mean nobody told in full."""
    bearers = []
    for root, group in sorted(groups.items()):
        last = frozenset(unit.words[-1] for unit in group.units)
        ends = last | {unit.words[0] for unit in group.units}
        bearers.append(Bearer(root, ends, last, _best(group).name, frozenset(unit.article_id for unit in group.units)))
    surnames = Surnames(bearers, around)
    rest: dict[tuple[str, ...], list[tuple[Unit, str]]] = collections.defaultdict(list)
    for unit in found:
        verdict = surnames.ask(unit)
        if verdict.bearer is None:
            rest[verdict.key].append((unit, verdict.why))
        else:
            groups[verdict.bearer].units.append(unit)
            groups[verdict.bearer].whys.append(verdict.why)
    alone: list[_Group] = []
    for key, told in sorted(rest.items()):
        whys = {id(unit): why for unit, why in told}
        alike = [unit for unit, _ in told]
        # A name that nobody bears in full is a name of its own, or well known: everywhere the same.
        parted = surnames.related(alike) if any(whys.values()) else [alike]
        alone.extend(_Group("person", key, us, [], [why for u in us if (why := whys[id(u)])]) for us in parted)
    return alone


def _things(found: Sequence[Unit]) -> list[_Group]:
    """All that are not persons, by their keys; acronyms and short names with the full names that they stand for."""
    long, longer, places = things.acronyms(found), things.parts_of_names(found), things.settled(found)
    countries = things.countries(found)
    groups: dict[tuple[str, tuple[str, ...]], _Group] = {}
    for unit in found:
        if unit.kind == "person":
            continue
        own, why = things.key(unit), ""
        key = places.get(unit.name, own) if unit.kind == "place" else own
        if unit.kind == "organisation" and own in long:
            key = long[own]
            why = f"'{unit.name}' is made of the initials of the full name, and both stand in one article"
        elif unit.kind == "organisation" and (unit.article_id, own) in longer:
            key = longer[unit.article_id, own]
            why = f"'{unit.name}' is how the one full name of its article ends"
        if unit.kind == "organisation" and len(key) > 1:
            key = tuple(sorted(countries.get(word, word) for word in key))
        group = groups.setdefault((unit.kind, key), _Group(unit.kind, key))
        group.units.append(unit)
        if why:
            group.whys.append(why)
    return list(groups.values())


def _best(group: _Group) -> Unit:
    """The chain whose name stands for the entity.

    A name of several words before a single one, a spelt-out one before an acronym or capitals; then the commonest, the
    one of more words, the first in the alphabet.
    """
    articles: dict[str, set[str]] = collections.defaultdict(set)
    units_of: dict[str, Unit] = {}
    for unit in group.units:
        articles[unit.name].add(unit.article_id)
        units_of.setdefault(unit.name, unit)

    def rank(unit: Unit) -> tuple[bool, bool, bool, int, int, str]:
        name, told = unit.name, len(articles[unit.name])
        return len(unit.words) < 2, name.isupper(), any(len(w) == 1 for w in unit.words), -told, -len(unit.words), name

    return min(units_of.values(), key=rank)


def _variants(group: _Group) -> tuple[Variant, ...]:
    """The spellings of an entity with the number of articles that have each, commonest first."""
    seen: dict[str, set[str]] = collections.defaultdict(set)
    for unit in group.units:
        for mention in unit.names:
            seen[bare(mention.text)].add(mention.article_id)
    return tuple(Variant(text, len(ids)) for text, ids in sorted(seen.items(), key=lambda v: (-len(v[1]), v[0])))


def _alike(group: _Group) -> str:
    """Why the spellings of something that is no person were joined by their key; empty where there is one only."""
    counts = collections.Counter(unit.name for unit in group.units if len(things.key(unit)) == len(group.key))
    spelt: dict[str, str] = {}
    for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        spelt.setdefault(plain(name), name)
    if group.kind == "person" or len(spelt) < 2:
        return ""
    names = " and ".join(f"'{name}'" for name in list(spelt.values())[:3])
    if len(group.key) == 1 and any(
        group.key[0] in other_names(table).values() for table in ("places", "organisations")
    ):
        return f"{names} are well-known names of one {group.kind}"
    return f"{names} are the same but for {'number' if group.kind == 'group' else _BUT_FOR.get(group.kind, 'spelling')}"


def _reason(group: _Group, variants: Sequence[Variant]) -> str:
    """Two or three sentences on why the spellings are one."""
    articles = len({unit.article_id for unit in group.units})
    start = "One spelling" if len(variants) == 1 else f"{len(variants)} spellings"
    joins = sorted(dict.fromkeys(group.joins), key=lambda why: (len(why), why))[:2]
    whys = [*joins, _alike(group), *(why for why, _ in collections.Counter(sorted(group.whys)).most_common(2))]
    sentences = (f"{why[0].upper()}{why[1:]}." for why in whys if why)
    return " ".join([f"{start} in {articles} article{'s' * (articles != 1)}.", *sentences])


def _ids(groups: Sequence[_Group]) -> list[str]:
    """Ids from kind and key; where two groups share both, the one of more articles keeps it."""
    order = sorted(range(len(groups)), key=lambda k: (-len({u.article_id for u in groups[k].units}), _first(groups[k])))
    ids = [""] * len(groups)
    taken: set[str] = set()
    for k in order:
        group = groups[k]
        parts = group.key
        ids[k] = identify("n", group.kind, *parts)
        if ids[k] in taken:
            parts = (*parts, *_best(group).words)
            ids[k] = identify("n", group.kind, *parts)
        if ids[k] in taken:
            ids[k] = identify("n", group.kind, *parts, _first(group))
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
