"""From articles to copies, events and storylines: one call over all articles of a dossier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rashomon.group import happening
from rashomon.group.copies import copies
from rashomon.group.evidence import Corpus, PairModel, Pairs, pair_model, pairs
from rashomon.group.features import ArticleFeatures
from rashomon.group.founding import founder
from rashomon.group.linkage import clusters
from rashomon.group.parting import parts
from rashomon.group.revisions import as_copies, versions
from rashomon.group.storylines import storylines
from rashomon.group.weighing import Floats
from rashomon.model.flow import Copy, Grouping, Membership
from rashomon.model.identity import identify
from rashomon.model.records import Event, Storyline


def group(articles: Sequence[ArticleFeatures]) -> Grouping:
    """Group articles, in any order, into copies, events and storylines.

    Every article is in exactly one event and every event in exactly one storyline, alone where nothing else tells of
    it. An event's id is made from the first of its origins by day, so that it stays as the event grows by copies and by
    articles of later days; an article is in one event only, so two events never share an id.
    """
    ordered = sorted(articles, key=lambda a: a.article_id)
    if not ordered:
        return Grouping((), (), (), ())
    changed = versions(ordered)
    former = {version.previous_id for version in changed}
    repeated = as_copies(changed, copies([article for article in ordered if article.article_id not in former]))
    corpus = Corpus.of(ordered)
    compared, model = pairs(corpus), pair_model()
    likely = model.probability(compared.evidence)
    number = {article.article_id: k for k, article in enumerate(ordered)}
    tied = list(range(len(ordered)))
    for copy in repeated:
        tied[number[copy.article_id]] = number[copy.copy_of]
    linked = zip(compared.first.tolist(), compared.second.tolist(), likely.tolist(), strict=True)
    leaders = clusters(len(ordered), linked, tied, model.threshold)
    members: dict[int, list[int]] = defaultdict(list)
    for article, leader in enumerate(leaders):
        members[leader].append(article)
    nearest = _Nearest(compared, likely, model, len(ordered))
    groups = [part for leader in sorted(members) for part in _parted(corpus, members[leader], tied, nearest)]
    return replace(_told(corpus, groups, repeated, nearest), versions=changed)


def _parted(corpus: Corpus, members: list[int], tied: list[int], nearest: _Nearest) -> list[list[int]]:
    """The parts of an event by the times its origins tell; a copy stays with its origin."""
    origins = [m for m in members if tied[m] == m]
    found = parts(corpus, origins, nearest.likeness)
    return [[m for m in members if tied[m] in part] for part in found]


class _Nearest:
    """For each article those it was compared with, and how likely each tells the same event."""

    def __init__(self, compared: Pairs, likely: Floats, model: PairModel, size: int) -> None:
        own = np.concatenate([compared.first, compared.second])
        order = np.argsort(own, kind="stable")
        self._others = np.concatenate([compared.second, compared.first])[order]
        self._values = np.tile(likely, 2)[order]
        self._starts = np.searchsorted(own[order], np.arange(size + 1))
        self.threshold = model.threshold

    def of(self, article: int) -> list[tuple[float, int]]:
        """The likeness and number of each article compared with this one."""
        part = slice(self._starts[article], self._starts[article + 1])
        return list(zip(self._values[part].tolist(), self._others[part].tolist(), strict=True))

    def likeness(self, one: int, other: int) -> float:
        """How likely two articles tell one event; 0 if they were never compared."""
        return next((value for value, number in self.of(one) if number == other), 0.0)

    def within(self, article: int, members: set[int]) -> tuple[float, int] | None:
        """The likeliest companion among `members`."""
        found = [(value, -other) for value, other in self.of(article) if other in members]
        return (max(found)[0], -max(found)[1]) if found else None

    def outside(self, article: int, members: set[int]) -> tuple[float, int] | None:
        """The likeliest companion that is not among `members`."""
        found = [(value, -other) for value, other in self.of(article) if other not in members]
        return (max(found)[0], -max(found)[1]) if found else None


def _told(corpus: Corpus, groups: list[list[int]], repeated: Sequence[Copy], nearest: _Nearest) -> Grouping:
    """The records of the groups found."""
    copy_of = {copy.article_id: copy for copy in repeated}
    line = storylines(corpus, groups)
    origins = [[m for m in g if corpus.articles[m].article_id not in copy_of] for g in groups]
    first = [founder(corpus.articles[m] for m in origin) for origin in origins]
    ids = [identify("e", article.article_id) for article in first]
    begun: dict[int, ArticleFeatures] = {}
    for one, article in zip(line, first, strict=True):
        begun[one] = founder([article, begun.get(one, article)])
    lines = {one: identify("s", identify("e", article.article_id)) for one, article in sorted(begun.items())}
    events, memberships = [], []
    for number, members in enumerate(groups):
        when = happening.days(corpus, origins[number])
        events.append(
            Event(
                event_id=ids[number],
                title=happening.title(corpus, origins[number]),
                earliest=when.earliest.isoformat() if when else None,
                latest=when.latest.isoformat() if when else None,
                place_id=happening.place(corpus, origins[number]),
                storyline_id=lines[line[number]],
                articles=len(members),
                origins=len(origins[number]),
            )
        )
        for member in members:
            article_id = corpus.articles[member].article_id
            copy = copy_of.get(article_id)
            why = _copied(copy) if copy else _reason(corpus, member, set(members), nearest)
            memberships.append(Membership(article_id, ids[number], why))
    return Grouping(
        tuple(repeated),
        tuple(sorted(events, key=lambda e: e.event_id)),
        tuple(lines_of(events)),
        tuple(sorted(memberships, key=lambda m: m.article_id)),
    )


def _copied(copy: Copy) -> str:
    return f"a copy of {copy.copy_of}: {copy.reason}"


def _reason(corpus: Corpus, article: int, members: set[int], nearest: _Nearest) -> str:
    """Why an article is in its event, or why it is alone, with the words and names that speak for it."""
    found = nearest.within(article, members - {article})
    if found is not None:
        value, other = found
        shared = _evidence(corpus, article, other)
        return f"tells what {corpus.articles[other].article_id} tells ({value:.0%} likely){shared}"
    if len(members) > 1:
        return "other articles of the event are copies of it"
    outside = nearest.outside(article, members)
    if outside is None:
        return "alone: no other article shares its words or names"
    value, other = outside
    likely = f"{value:.0%} likely the same"
    if value >= nearest.threshold:
        likely += ", but the rest of its event is not"
    return f"alone: the nearest, {corpus.articles[other].article_id}, is {likely}{_evidence(corpus, article, other)}"


def _evidence(corpus: Corpus, one: int, other: int) -> str:
    words = corpus.terms.shared(one, other, 5)
    days = sorted({d.earliest for d in corpus.articles[one].days} & {d.earliest for d in corpus.articles[other].days})
    shared = [f"words in common: {', '.join(words)}"] if words else []
    if days:
        shared.append(f"both tell {', '.join(days[:3])}")
    return "; " + "; ".join(shared) if shared else ""


def lines_of(events: Sequence[Event]) -> list[Storyline]:
    """The storylines of the events; a storyline is called after its largest event."""
    of: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        of[event.storyline_id or ""].append(event)
    found = []
    for storyline_id, own in sorted(of.items()):
        largest = min(own, key=lambda e: (-e.origins, -e.articles, e.event_id))
        earliest = [e.earliest for e in own if e.earliest]
        latest = [e.latest for e in own if e.latest]
        found.append(
            Storyline(storyline_id, largest.title, min(earliest) if earliest else None, max(latest) if latest else None)
        )
    return found
