"""The brief of a dossier: its tables read into the one context that the terminal, `--json` and the page show."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from rashomon.compare.rank import LOADED, SHOWN, SURE
from rashomon.model.records import Claim, Difference, DifferenceSide, Event, Rejected, Storyline, Wording
from rashomon.report import words
from rashomon.report.context import (
    Absence,
    Brief,
    ClaimBrief,
    Counts,
    DifferenceBrief,
    EventBrief,
    Folded,
    Named,
    Naming,
    OmissionBrief,
    RejectedBrief,
    Side,
    StorylineBrief,
    Telling,
)
from rashomon.report.days import days
from rashomon.report.index import Index, Records, by_day, index
from rashomon.report.revised import revised
from rashomon.report.speech import speakers

# What a reader should see first: what cannot both be true, then what moved, then what only looks different.
RELATIONS = ("contradiction", "update", "scope", "granularity", "naming", "framing")


def brief(dossier: Records) -> Brief:
    """The brief of a dossier: storylines, events, what is told alike, what is not, who said what; copies folded."""
    shelf = index(dossier)
    storylines = _storylines(shelf, dossier.records(Storyline))
    tellings = tuple(sorted(shelf.tellings.values(), key=by_day))
    known = {event.event_id for event in shelf.events}
    events = [event for storyline in storylines for event in storyline.events]
    titles = [storyline.title for storyline in storylines if storyline.title]
    rejected = sorted(dossier.records(Rejected), key=lambda r: (r.source_uri, r.stage, r.reason))
    return Brief(
        dossier=dossier.path.name,
        title=_title(storylines, len(tellings)) or dossier.path.stem,
        counts=Counts(
            articles=len(tellings),
            outlets=len({t.outlet for t in tellings if t.outlet}),
            origins=shelf.origins(shelf.articles),
            events=len(events),
            storylines=len(titles),
            differences=sum(len(event.differences) for event in events),
        ),
        tellings=tellings,
        storylines=storylines,
        alone=tuple(t for t in tellings if t.event_id not in known),
        undated=tuple(t for t in tellings if not t.published_earliest and not t.published_latest),
        rejected=tuple(RejectedBrief(r.source_uri, r.stage, r.reason, r.detail) for r in rejected),
    )


def _title(storylines: Sequence[StorylineBrief], articles: int) -> str | None:
    """The title of the first storyline (the one most told) if half of the articles or more tell it."""
    if storylines and storylines[0].title and 2 * sum(event.articles for event in storylines[0].events) >= articles:
        return storylines[0].title
    return None


def to_json(brief: Brief) -> dict[str, Any]:
    """The brief as dicts, lists, strings and numbers only, with the field names of `rashomon.report.context`."""
    return dataclasses.asdict(brief)


def _storylines(shelf: Index, records: Sequence[Storyline]) -> tuple[StorylineBrief, ...]:
    """Storylines with most articles first, then the events that belong to none; events are numbered in that order."""
    grouped: dict[str | None, list[Event]] = defaultdict(list)
    known = {s.storyline_id: s for s in records}
    for event in shelf.events:
        grouped[event.storyline_id if event.storyline_id in known else None].append(event)

    def weight(storyline_id: str | None) -> tuple[bool, int, str, str]:
        events = grouped[storyline_id]
        told = sum(event.articles for event in events)
        return (storyline_id is None, -told, events[0].earliest or "9999", storyline_id or "")

    storylines = []
    number = 0
    for storyline_id in sorted(grouped, key=weight):
        events = []
        for event in grouped[storyline_id]:
            number += 1
            events.append(_event(shelf, event, number))
        line = known.get(storyline_id or "")
        span = (line.earliest, line.latest) if line else (None, None)
        day = words.days(*span, unknown="days not told")
        title = line.title if line else None
        told = days(shelf, storyline_id)
        storylines.append(StorylineBrief(storyline_id, title, *span, day, tuple(events), told))
    return tuple(storylines)


def _event(shelf: Index, event: Event, number: int) -> EventBrief:
    told = shelf.told_in(event.event_id)
    asserted = [
        _claim(shelf, claim) for claim in shelf.claims.get(event.event_id, ()) if claim.claim_id in shelf.passages
    ]
    asserted.sort(key=lambda a: (-a.weight, -a.origins, a.claim_id))
    differences = shelf.differences.get(event.event_id, ())
    shown = [d for d in differences if d.confidence >= SHOWN and len(shelf.sides.get(d.difference_id, ())) > 1]
    place = shelf.entities.get(event.place_id or "")
    origins = shelf.origins(t.article_id for t in told) or event.origins
    return EventBrief(
        event_id=event.event_id,
        number=number,
        title=event.title,
        earliest=event.earliest,
        latest=event.latest,
        day=words.days(event.earliest, event.latest, unknown="day not told"),
        place=place.name if place else None,
        articles=len(told) or event.articles,
        origins=origins,
        tellings=_folded(shelf, told),
        alike=tuple(a for a in asserted if a.origins > 1),
        differences=tuple(sorted((_difference(shelf, d, origins) for d in shown), key=_rank)),
        held_back=len(differences) - len(shown),
        speakers=speakers(shelf, event.event_id),
        single=tuple(a for a in asserted if a.origins == 1),
        omissions=_omissions(shelf, event, asserted),
        wording=_wording(shelf, shelf.wording.get(event.event_id, ())),
        revised=revised(shelf, event.event_id),
    )


def _folded(shelf: Index, told: Sequence[Telling]) -> tuple[Folded, ...]:
    """Each origin among the event's articles with its copies; a copy whose origin is elsewhere stands for itself."""
    groups: dict[str, list[Telling]] = defaultdict(list)
    for telling in told:
        groups[shelf.origin[telling.article_id]].append(telling)
    folded = []
    for origin, group in groups.items():
        head = next((t for t in group if t.article_id == origin), group[0])
        folded.append(Folded(head, tuple(t for t in group if t is not head)))
    return tuple(folded)


def _claim(shelf: Index, claim: Claim) -> ClaimBrief:
    passages = sorted(
        shelf.passages[claim.claim_id],
        key=lambda p: (p.text != claim.text, by_day(shelf.tellings[p.article_id]), p.start),
    )
    cited = [shelf.cite(p.article_id, p.start, p.end) for p in passages]
    ids = {p.article_id for p in passages}
    return ClaimBrief(
        claim_id=claim.claim_id,
        citation=cited[0],
        status=claim.status,
        articles=len(ids),
        origins=shelf.origins(ids),
        weight=claim.weight,
        evidence=shelf.evidence(cited),
    )


def _difference(shelf: Index, difference: Difference, origins: int) -> DifferenceBrief:
    """A difference with the sides that give one value put together."""
    grouped: dict[str, list[Any]] = defaultdict(list)
    order = sorted(shelf.sides[difference.difference_id], key=lambda s: (by_day(shelf.tellings[s.article_id]), s.start))
    for side in order:
        grouped[side.value.casefold().strip()].append(side)
    sides = tuple(
        Side(group[0].value, shelf.evidence(shelf.cite(s.article_id, s.start, s.end) for s in group))
        for group in grouped.values()
    )
    return DifferenceBrief(
        difference.difference_id,
        difference.kind,
        difference.relation,
        difference.about,
        difference.reason,
        difference.confidence,
        _weight(shelf, order, origins),
        sides,
    )


def _weight(shelf: Index, sides: Sequence[DifferenceSide], origins: int) -> float:
    share = shelf.origins(s.article_id for s in sides) / max(1, origins)
    early = 1 - min(s.start / max(1, len(shelf.articles[s.article_id].text)) for s in sides)
    return round((min(1.0, share) + early) / 2, 4)


def _rank(point: DifferenceBrief) -> tuple[bool, int, float, str]:
    """What is likelier right than wrong first; then the gravest relation, and what is both important and sure."""
    place = RELATIONS.index(point.relation) if point.relation in RELATIONS else len(RELATIONS)
    return (point.confidence < SURE, place, -point.weight * point.confidence, point.difference_id)


def _omissions(shelf: Index, event: Event, asserted: Sequence[ClaimBrief]) -> tuple[OmissionBrief, ...]:
    """What is not told, by claim in the order of `asserted`; each outlet once."""
    absent: dict[str, dict[str, Absence]] = defaultdict(dict)
    for o in sorted(shelf.omissions.get(event.event_id, ()), key=lambda o: (o.outlet, o.articles_in_window, o.reason)):
        absent[o.claim_id][o.outlet] = Absence(o.outlet, o.articles_in_window, o.reason)
    return tuple(OmissionBrief(a, tuple(absent[a.claim_id].values())) for a in asserted if a.claim_id in absent)


def _wording(shelf: Index, uses: Sequence[Wording]) -> tuple[Named, ...]:
    """Entities that two origins name differently, or that one names in loaded words; the most various first."""
    grouped: dict[str, dict[str, list[Wording]]] = defaultdict(lambda: defaultdict(list))
    for use in sorted(uses, key=lambda w: (by_day(shelf.tellings[w.article_id]), w.start)):
        grouped[use.entity_id][words.one_line(use.text).casefold()].append(use)
    named = []
    for entity_id, ways in grouped.items():
        namings = [
            Naming(
                group[0].text,
                max(use.loaded for use in group),
                shelf.evidence(shelf.cite(use.article_id, use.start, use.end) for use in group),
            )
            for group in ways.values()
        ]
        namings.sort(key=lambda n: (-n.loaded, -len(n.evidence.citations), n.text))
        tellers = shelf.origins(use.article_id for group in ways.values() for use in group)
        entity = shelf.entities.get(entity_id)
        if entity and (namings[0].loaded >= LOADED or (len(namings) > 1 and tellers > 1)):
            named.append(
                (namings[0].loaded < LOADED, -tellers, -len(namings), Named(entity_id, entity.name, tuple(namings)))
            )
    return tuple(entry[-1] for entry in sorted(named, key=lambda entry: (*entry[:-1], entry[-1].name)))
