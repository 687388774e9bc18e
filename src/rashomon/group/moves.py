"""Events as an analyst corrects them: an article that was put into the wrong one is moved to another, or out.

A copy goes with its origin. Each judgement names its event by the articles that it had, so that it finds it again when
others have come; one that finds nothing changes nothing. Only the events that win or lose are told anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from rashomon.group import happening
from rashomon.group.evidence import Corpus
from rashomon.group.features import ArticleFeatures
from rashomon.group.founding import founder
from rashomon.group.grouping import lines_of
from rashomon.group.neighbours import with_neighbours
from rashomon.model.arrow import from_arrow, schema, to_table
from rashomon.model.flow import Grouping, Membership
from rashomon.model.identity import identify
from rashomon.model.judging import Detail
from rashomon.model.records import Event, Judgement


@dataclass(frozen=True, slots=True)
class Moving:
    """A grouping beside what is to be moved in it: what the stage `move` takes."""

    grouping: Grouping
    articles: tuple[ArticleFeatures, ...]  # of the events that a judgement names, at least
    judgements: tuple[Judgement, ...]  # those that stand


class Move:
    """One row of Moving to one row of Grouping."""

    needs = schema(Moving)
    gives = schema(Grouping)

    def __call__(self, table: pa.Table) -> pa.Table:
        """Rows of Moving to rows of Grouping, in the same order."""
        return to_table(Grouping, [moved(row) for row in from_arrow(Moving, table)])


def named(grouping: Grouping, judgements: Iterable[Judgement]) -> set[str]:
    """The articles of the events that judgements name: those whose features `Moving` needs."""
    wanted: set[str] = set()
    for judgement in moves(judgements):
        detail = Detail.of(judgement.detail)
        wanted |= {judgement.subject, *detail.articles}
    events = {m.event_id for m in grouping.memberships if m.article_id in wanted}
    return {m.article_id for m in grouping.memberships if m.event_id in events}


def moves(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that move articles and stand, in the order in which they were given."""
    found = [j for j in judgements if (j.table, j.verb, j.retired_at) == ("articles", "move", None)]
    return sorted(found, key=lambda j: (j.at, j.judgement_id))


def moved(given: Moving) -> Grouping:
    """The grouping with every judgement applied that finds its article and its event."""
    grouping = given.grouping
    place = {m.article_id: m.event_id for m in grouping.memberships}
    origin = {copy.article_id: copy.copy_of for copy in grouping.copies}
    why: dict[str, str] = {}
    for judgement in moves(given.judgements):
        detail = Detail.of(judgement.detail)
        company = _company(judgement.subject, place, origin)
        target = _target(judgement, detail, company, place)
        if target is None or not company or all(place[article] == target for article in company):
            continue
        told = f"moved here by {judgement.by}, {judgement.at[:10]} ({judgement.judgement_id})"
        for article in company:
            place[article] = target
            why[article] = f"{told}: {detail.why}" if detail.why else told
    return _told(given, place, why) if why else grouping


def _company(article: str, place: dict[str, str], origin: dict[str, str]) -> list[str]:
    """The article with its origin and all copies of it; none where it is not in the dossier."""
    first = origin.get(article, article)
    return sorted(a for a in place if a == article or origin.get(a, a) == first)


def _target(judgement: Judgement, detail: Detail, company: Sequence[str], place: dict[str, str]) -> str | None:
    """The event that holds most of the articles named; a new one where none are named; None where all are gone."""
    if not detail.articles:
        return identify("e", "moved", judgement.judgement_id)
    held = Counter(place[a] for a in detail.articles if a in place and a not in company)
    return min(held, key=lambda event: (-held[event], event), default=None)


def _told(given: Moving, place: dict[str, str], why: dict[str, str]) -> Grouping:
    grouping = given.grouping
    before = {m.article_id: m for m in grouping.memberships}
    touched = {before[a].event_id for a in why} | {place[a] for a in why}
    known = {article.article_id: article for article in given.articles}
    copies = {copy.article_id for copy in grouping.copies}
    former = {event.event_id: event for event in grouping.events}
    events = [event for event in grouping.events if event.event_id not in touched]
    memberships = [m for m in grouping.memberships if place[m.article_id] not in touched]
    anew: list[Membership] = []
    for key in sorted(touched):
        members = sorted(a for a, event in place.items() if event == key)
        if members:
            event = _event(former.get(key), [known[a] for a in members], copies)
            events.append(event)
            anew += [Membership(a, event.event_id, why.get(a, before[a].reason)) for a in members]
    events.sort(key=lambda e: e.event_id)
    told = with_neighbours(replace(grouping, memberships=tuple(anew)), list(given.articles)).memberships
    return replace(
        grouping,
        events=tuple(events),
        storylines=tuple(lines_of(events)),
        memberships=tuple(sorted((*memberships, *told), key=lambda m: m.article_id)),
    )


def _called(former: Event | None, articles: Sequence[ArticleFeatures], origins: Sequence[int]) -> str:
    """The id of an event told anew: its own for as long as the article that it is called after stays in it."""
    if former is not None and any(identify("e", article.article_id) == former.event_id for article in articles):
        return former.event_id
    return identify("e", founder(articles[n] for n in origins).article_id)


def _event(former: Event | None, articles: Sequence[ArticleFeatures], copies: set[str]) -> Event:
    """An event told anew from its articles; it stays in its storyline, and a new one begins its own."""
    corpus = Corpus.of(articles)
    origins = [n for n, article in enumerate(articles) if article.article_id not in copies] or [0]
    event_id = _called(former, articles, origins)
    storyline_id = former.storyline_id if former else identify("s", "moved", event_id)
    return happening.event(corpus, event_id, len(articles), origins, storyline_id)
