"""Why something is as the dossier has it: the reasons behind an entity, an article's place, a difference, an event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rashomon.errors import UnknownId
from rashomon.model.chronicle import EventChange
from rashomon.model.records import Article, Difference, DifferenceSide, Entity, Event, Mention, MetadataValue
from rashomon.report import words
from rashomon.report.index import Records, labels
from rashomon.resolve.chains import bare
from rashomon.resolve.names import compare
from rashomon.resolve.parts import folded

_NEAR = 6  # entities of like names that are told
_PLACES = 3  # places told of each spelling


@dataclass(frozen=True, slots=True)
class Why:
    """What a thing is, and the reasons, each a heading with its lines."""

    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]


def why(dossier: Records, name: str) -> Why:
    """The reasons behind an id, or a spelling of an entity. UnknownId if nothing has that id or spelling."""
    for cls, key, tell in (
        (Article, "article_id", _article),
        (Difference, "difference_id", _difference),
        (Event, "event_id", _event),
    ):
        for record in dossier.records(cls) if name[:2] in ("a-", "d-", "e-") else ():
            if getattr(record, key) == name:
                return tell(dossier, record)  # type: ignore[arg-type]
    former = _changes(dossier, name) if name.startswith("e-") else ()
    if former:
        return Why(f"no event any more · {name}", (("What became of it", former),))
    entities = dossier.records(Entity)
    meant = [e for e in entities if name == e.entity_id] or [
        e for e in entities if name == e.name or any(v.text == name for v in e.variants)
    ]
    if not meant:
        raise UnknownId(f"Nothing in {dossier.path} has the id or the spelling '{name}'.")
    told = [_entity(dossier, entity, entities) for entity in meant]
    return Why(" / ".join(one.title for one in told), tuple(section for one in told for section in one.sections))


def _entity(dossier: Records, entity: Entity, entities: list[Entity]) -> Why:
    label = labels(dossier)
    mentions = [m for m in dossier.records(Mention) if m.entity_id == entity.entity_id]
    spellings = []
    for variant in entity.variants:
        places = [m for m in mentions if m.form == "name" and bare(m.text) == variant.text]
        where = " · ".join(f"{label[m.article_id]} {m.start}–{m.end}" for m in places[:_PLACES])
        spellings.append(f"{variant.text}: {words.plural(variant.articles, 'article')}; {where}")
    others = [m for m in mentions if m.form != "name"]
    followed = [f"“{m.text}” {label[m.article_id]} {m.start}–{m.end}: {m.reason}" for m in others[:_NEAR]]
    if len(others) > _NEAR:
        followed.append(f"and {len(others) - _NEAR} more")
    known = (f"known as {entity.known_as}",) if entity.known_as else ()
    acting = [f"“{m.text}” {label[m.article_id]} {m.start}–{m.end}" for m in mentions if m.stands_for]
    return Why(
        f"{entity.name} · {entity.kind} · {entity.entity_id}",
        (
            ("Why these are one", (entity.reason, *known)),
            ("Spellings", tuple(spellings)),
            ("What else is taken for it", tuple(followed)),
            ("Where it stands for its government", tuple(acting[:_NEAR])),
            ("Near it, and kept apart", tuple(_apart(entity, entities))),
        ),
    )


def _apart(entity: Entity, entities: list[Entity]) -> Iterator[str]:
    """Entities of the same kind that share a word with it, with what the names alone say."""
    own = {word for variant in entity.variants for word in folded(variant.text).split() if len(word) > 2}
    schema = "Person" if entity.kind == "person" else "Organization"
    near = []
    for other in entities:
        shared = {word for variant in other.variants for word in folded(variant.text).split()} & own
        if other.entity_id != entity.entity_id and other.kind == entity.kind and shared:
            verdict = compare(entity.name, other.name, schema)
            near.append((-verdict.score, other.entity_id, other, verdict))
    for _, _, other, verdict in sorted(near, key=lambda item: item[:2])[:_NEAR]:
        tie = "the names could be one, but nothing in the articles ties them" if verdict.match else verdict.reason
        yield f"{other.name} ({other.entity_id}): {tie}"


def _article(dossier: Records, article: Article) -> Why:
    label = labels(dossier)
    told = [m for m in dossier.records(MetadataValue) if m.article_id == article.article_id]
    values = [f"{m.field}: {m.value} ({m.origin}{', believed' if m.used else ''})" for m in told]
    day = words.days(article.published_earliest, article.published_latest)
    copied = f"repeats {label.get(article.copy_of, article.copy_of)} ({article.copy_of})" if article.copy_of else None
    return Why(
        f"{label[article.article_id]} · {article.title or 'no title'} · {article.article_id}",
        (
            ("Published", (f"{day}, from {article.published_basis}: {article.published_evidence or 'nothing told'}",)),
            ("In its event", tuple(filter(None, (article.event_id, article.event_reason or "In no event.", copied)))),
            ("Where it stood before", _changes(dossier, article.article_id)),
            ("What its source told", tuple(values)),
        ),
    )


def _event(dossier: Records, event: Event) -> Why:
    label = labels(dossier)
    members = sorted((a for a in dossier.records(Article) if a.event_id == event.event_id), key=lambda a: a.article_id)
    return Why(
        f"{event.title} · {words.days(event.earliest, event.latest, 'day not told')} · {event.event_id}",
        (
            ("Its articles", tuple(f"{label[a.article_id]} ({a.article_id}): {a.event_reason}" for a in members)),
            ("What changed as articles were added", _changes(dossier, event.event_id)),
        ),
    )


def _changes(dossier: Records, name: str) -> tuple[str, ...]:
    """What the log of events tells of an event or an article, in its order."""
    label = labels(dossier)
    told = []
    for change in dossier.records(EventChange):
        if name in (change.former_id, change.event_id, *change.articles):
            where = f"{change.former_id} to {change.event_id}"
            went = ", ".join(f"{label[a]} ({a})" for a in change.articles)
            told.append(f"{change.kind}, addition {change.step}: {where}: {went}; {change.reason}")
    return tuple(told)


def _difference(dossier: Records, difference: Difference) -> Why:
    label = labels(dossier)
    sides = sorted(
        (s for s in dossier.records(DifferenceSide) if s.difference_id == difference.difference_id),
        key=lambda s: (s.article_id, s.start),
    )
    told = tuple(f"{s.value}: “{words.one_line(s.text)}” {label[s.article_id]} {s.start}–{s.end}" for s in sides)
    title = f"{difference.relation} · {difference.kind} · {difference.about} · {difference.difference_id}"
    return Why(title, (("Why", (difference.reason, f"confidence {difference.confidence:.2f}")), ("Sides", told)))
