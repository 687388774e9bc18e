"""The dossier's tables arranged for the brief: by id, by article, by event, copies with their origins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from rashomon.model.chronicle import Moment
from rashomon.model.records import (
    Article,
    Claim,
    ClaimPassage,
    Difference,
    DifferenceSide,
    Entity,
    Event,
    Omission,
    Quotation,
    Revision,
    TimeExpression,
    Utterance,
    Wording,
)
from rashomon.report import words
from rashomon.report.context import Citation, Evidence, Telling

R = TypeVar("R")
K = TypeVar("K")


class Records(Protocol):
    """What the report needs of a dossier: its folder, and all records of a table."""

    @property
    def path(self) -> Path:
        """The dossier's folder."""
        ...

    def records(self, cls: type[R]) -> list[R]:
        """Every record of the table of `cls`."""
        ...


@dataclass(frozen=True, slots=True)
class Index:
    """The tables by the keys under which the brief looks things up."""

    articles: Mapping[str, Article]
    tellings: Mapping[str, Telling]
    origin: Mapping[str, str]  # article_id -> the article_id of the text that it repeats, or its own
    entities: Mapping[str, Entity]
    events: Sequence[Event]
    claims: Mapping[str, Sequence[Claim]]  # by event
    passages: Mapping[str, Sequence[ClaimPassage]]  # by claim
    differences: Mapping[str, Sequence[Difference]]  # by event
    sides: Mapping[str, Sequence[DifferenceSide]]  # by difference
    quotations: Mapping[str, Sequence[Quotation]]  # by event
    utterances: Mapping[str, Utterance]
    said: Mapping[tuple[str, int], TimeExpression]  # by article and place: the times that tell when something was said
    wording: Mapping[str, Sequence[Wording]]  # by event
    omissions: Mapping[str, Sequence[Omission]]  # by event
    revisions: Mapping[str, Sequence[Revision]]  # by the event of the later version
    moments: Mapping[str, Sequence[Moment]]  # by storyline

    def told_in(self, event_id: str) -> list[Telling]:
        """The articles of an event, by day and label."""
        return sorted((t for t in self.tellings.values() if t.event_id == event_id), key=by_day)

    def cite(self, article_id: str, start: int, end: int) -> Citation:
        """A citation of the characters `start` to `end` of an article."""
        text = self.articles[article_id].text[start:end]
        return Citation(article_id, self.tellings[article_id].label, start, end, text)

    def origins(self, article_ids: Iterable[str]) -> int:
        """How many independent texts the articles are."""
        return len({self.origin[article_id] for article_id in article_ids})

    def standing(self, article_ids: Sequence[str]) -> dict[str, str]:
        """For each of some articles the one of them that stands for its text: the origin, or the first copy of it."""
        head: dict[str, str] = {}
        present = set(article_ids)
        for article_id in article_ids:
            origin = self.origin[article_id]
            head.setdefault(origin, origin if origin in present else article_id)
        return {article_id: head[self.origin[article_id]] for article_id in article_ids}

    def evidence(self, citations: Iterable[Citation]) -> Evidence:
        """The citations in the order given, with what copies repeat set aside."""
        first: list[Citation] = []
        repeated: list[Citation] = []
        cited = list(dict.fromkeys(citations))
        standing = self.standing([c.article_id for c in cited])
        for citation in cited:
            itself = standing[citation.article_id] == citation.article_id
            (first if itself else repeated).append(citation)
        return Evidence(tuple(first), tuple(repeated))


def by_day(telling: Telling) -> tuple[str, str, str]:
    """The order of tellings: by earliest day (unknown last), then by name."""
    return (telling.published_earliest or "9999", telling.label.casefold(), telling.article_id)


def labels(dossier: Records) -> dict[str, str]:
    """The names under which the brief shows the articles, by their ids."""
    return _labels(_articles(dossier), dossier.records(Revision))


def _articles(dossier: Records) -> dict[str, Article]:
    return {a.article_id: a for a in sorted(dossier.records(Article), key=lambda a: a.article_id)}


def index(dossier: Records) -> Index:
    """Read the tables that a brief needs, once."""
    articles = _articles(dossier)
    event_of = {a.article_id: a.event_id for a in articles.values()}
    spoken = [q for q in dossier.records(Quotation) if event_of.get(q.article_id)]
    worded = [w for w in dossier.records(Wording) if event_of.get(w.article_id)]
    changed = [r for r in dossier.records(Revision) if event_of.get(r.article_id)]
    return Index(
        articles=articles,
        tellings=_tellings(articles, _labels(articles, dossier.records(Revision))),
        origin={article_id: _origin(articles, article_id) for article_id in articles},
        entities={e.entity_id: e for e in dossier.records(Entity)},
        events=sorted(dossier.records(Event), key=lambda e: (e.earliest or "9999", e.latest or "9999", e.event_id)),
        claims=_by(dossier.records(Claim), lambda c: c.event_id),
        passages=_by(dossier.records(ClaimPassage), lambda p: p.claim_id),
        differences=_by(dossier.records(Difference), lambda d: d.event_id),
        sides=_by(dossier.records(DifferenceSide), lambda s: s.difference_id),
        quotations=_by(spoken, lambda q: event_of[q.article_id] or ""),
        utterances={u.utterance_id: u for u in dossier.records(Utterance)},
        said=_said(spoken, dossier.records(TimeExpression)),
        wording=_by(worded, lambda w: event_of[w.article_id] or ""),
        omissions=_by(dossier.records(Omission), lambda o: o.event_id),
        revisions=_by(changed, lambda r: event_of[r.article_id] or ""),
        moments=_by(dossier.records(Moment), lambda m: m.storyline_id),
    )


def _said(spoken: Iterable[Quotation], times: Iterable[TimeExpression]) -> dict[tuple[str, int], TimeExpression]:
    wanted = {(q.article_id, q.said_start) for q in spoken if q.said_start is not None}
    return {(t.article_id, t.start): t for t in times if (t.article_id, t.start) in wanted}


def _by(records: Iterable[R], key: Callable[[R], K]) -> dict[K, list[R]]:
    grouped: dict[K, list[R]] = defaultdict(list)
    for record in records:
        grouped[key(record)].append(record)
    return dict(grouped)


def _origin(articles: Mapping[str, Article], article_id: str) -> str:
    """The end of the chain of `copy_of`; a chain that runs in a circle or out of the dossier ends where it does."""
    seen = {article_id}
    while (above := articles[article_id].copy_of) is not None and above in articles and above not in seen:
        article_id = above
        seen.add(article_id)
    return article_id


def _labels(articles: Mapping[str, Article], revisions: Iterable[Revision]) -> dict[str, str]:
    """Names unique among the articles of an event; an earlier version is named after the one that came after it."""
    later = {r.previous_id: r.article_id for r in revisions if r.previous_id in articles and r.article_id in articles}
    label: dict[str, str] = {}
    for together in _by(articles.values(), lambda a: a.event_id).values():
        label |= words.labels([a for a in together if a.article_id not in later])
    for earlier in sorted(later):
        back, last = 0, earlier
        while last in later and back < len(later):
            back, last = back + 1, later[last]
        name = label.get(last) or words.labels([articles[last]])[last]
        label[earlier] = f"{name}, {'earlier' if back == 1 else f'{back} times earlier'} version"
    return label


def _tellings(articles: Mapping[str, Article], label: Mapping[str, str]) -> dict[str, Telling]:
    return {
        a.article_id: Telling(
            article_id=a.article_id,
            label=label[a.article_id],
            outlet=a.outlet,
            title=a.title,
            byline=a.byline,
            url=a.url,
            language=a.language,
            source_uri=a.source_uri,
            day=words.days(a.published_earliest, a.published_latest),
            published_earliest=a.published_earliest,
            published_latest=a.published_latest,
            basis=a.published_basis,
            evidence=a.published_evidence,
            copy_of=a.copy_of if a.copy_of in articles else None,
            event_id=a.event_id,
        )
        for a in articles.values()
    }
