"""From articles to copies, events and storylines: one call over all articles of a dossier."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from rashomon.group import happening
from rashomon.group.changes import logged
from rashomon.group.copies import copies
from rashomon.group.evidence import Corpus, PairModel, Pairs, pair_model, pairs
from rashomon.group.features import ArticleFeatures
from rashomon.group.founding import Names
from rashomon.group.linkage import clusters
from rashomon.group.parting import parts
from rashomon.group.revisions import as_copies, versions
from rashomon.group.storylines import storylines
from rashomon.model.flow import Copy, Grouping, Membership
from rashomon.model.records import Event, Storyline


def group(articles: Sequence[ArticleFeatures], former: Grouping | None = None) -> Grouping:
    """Group articles, in any order, into copies, events and storylines.

    Every article is in exactly one event and every event in exactly one storyline, alone where nothing else tells of
    it. An event's id is made from the first of its origins by day, so that it stays as the event grows by copies and by
    articles of later days; where there is a `former` grouping of some of the articles, its events keep their ids
    whatever comes. An article is in one event only, so two events never share an id.
    """
    ordered = sorted(articles, key=lambda a: a.article_id)
    if not ordered:
        return Grouping((), (), (), ())
    changed = versions(ordered)
    earlier = {version.previous_id for version in changed}
    repeated = as_copies(changed, copies([article for article in ordered if article.article_id not in earlier]))
    corpus = Corpus.of(ordered)
    compared, model = pairs(corpus), pair_model()
    number = {article.article_id: k for k, article in enumerate(ordered)}
    tied = list(range(len(ordered)))
    for copy in repeated:
        tied[number[copy.article_id]] = number[copy.copy_of]
    nearest = Nearest(compared, model, len(ordered))
    groups = grouped(corpus, range(len(ordered)), tied, nearest)
    names = Names.of(former)
    told = [told_of(corpus, members, tied, names) for members in groups]
    lines = lined(corpus, groups, told, tied, names, set())
    copy_of = {copy.article_id: copy for copy in repeated}
    places = [
        place
        for members, event in zip(groups, lines, strict=True)
        for place in placed(corpus, members, event, copy_of, nearest)
    ]
    found = Grouping(
        repeated,
        tuple(sorted(lines, key=lambda e: e.event_id)),
        tuple(lines_of(lines)),
        tuple(sorted(places, key=lambda m: m.article_id)),
        changed,
        whole=len(ordered),
    )
    return found if former is None else logged(former, found, nearest, number)


def grouped(corpus: Corpus, which: Sequence[int], tied: Sequence[int], nearest: Nearest) -> list[list[int]]:
    """The events among some articles (ascending), each as its articles, in order of their first.

    `tied` names for each article of the corpus the one that it is a copy of, or itself.
    """
    within = {number: k for k, number in enumerate(which)}
    linked = ((within[a], within[b], value) for a, b, value in nearest.pairs() if a in within and b in within)
    leaders = clusters(len(which), linked, [within[tied[number]] for number in which], nearest.threshold)
    members: dict[int, list[int]] = defaultdict(list)
    for number, leader in zip(which, leaders, strict=True):
        members[leader].append(number)
    return [part for leader in sorted(members) for part in _parted(corpus, members[leader], tied, nearest)]


def _parted(corpus: Corpus, members: list[int], tied: Sequence[int], nearest: Nearest) -> list[list[int]]:
    """The parts of an event by the times its origins tell; a copy stays with its origin."""
    origins = [m for m in members if tied[m] == m]
    found = parts(corpus, origins, nearest.likeness)
    return [[m for m in members if tied[m] in part] for part in found]


class Nearest:
    """For each article those it was compared with, and how likely each tells the same event."""

    def __init__(self, compared: Pairs, model: PairModel, size: int) -> None:
        likely = model.probability(compared.evidence)
        self._pairs, self._likely, self.scales = compared, likely, compared.scales
        own = np.concatenate([compared.first, compared.second])
        order = np.argsort(own, kind="stable")
        self._others = np.concatenate([compared.second, compared.first])[order]
        self._values = np.tile(likely, 2)[order]
        self._starts = np.searchsorted(own[order], np.arange(size + 1))
        self.threshold = model.threshold

    def pairs(self) -> Iterator[tuple[int, int, float]]:
        """All pairs with how likely the two tell the same event."""
        return zip(self._pairs.first.tolist(), self._pairs.second.tolist(), self._likely.tolist(), strict=True)

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


def told_of(corpus: Corpus, members: Sequence[int], tied: Sequence[int], names: Names) -> Event:
    """The event that some articles tell, as yet in no storyline."""
    origins = [m for m in members if tied[m] == m]
    event_id = names.event([corpus.articles[m] for m in members], [corpus.articles[m] for m in origins])
    return happening.event(corpus, event_id, len(members), origins)


def lined(
    corpus: Corpus,
    groups: Sequence[Sequence[int]],
    told: Sequence[Event],
    tied: Sequence[int],
    names: Names,
    loose: Collection[str],
) -> list[Event]:
    """The events in their storylines; those that have one already and are met by no event without one stay in it.

    `loose` are storylines that have lost an event, so that their id may have gone with it.
    """
    number: dict[str, int] = {}
    before = [-1 if e.storyline_id is None else number.setdefault(e.storyline_id, len(number)) for e in told]
    line = storylines(corpus, groups, before if number else None)
    events: dict[int, list[int]] = defaultdict(list)
    for k, one in enumerate(line):
        events[one].append(k)
    found = list(told)
    sizes = Counter(event.storyline_id for event in told)
    for own in events.values():
        held = {told[k].storyline_id for k in own}
        (same, *others) = held
        if same is not None and not others and same not in loose and len(own) == sizes[same]:
            continue
        members = [m for k in own for m in groups[k]]
        storyline_id = names.storyline(
            (corpus.articles[m] for m in members), (corpus.articles[m] for m in members if tied[m] == m)
        )
        for k in own:
            found[k] = replace(told[k], storyline_id=storyline_id)
    return found


def placed(
    corpus: Corpus, members: Sequence[int], event: Event, copy_of: Mapping[str, Copy], nearest: Nearest
) -> Iterator[Membership]:
    """The places of an event's articles, with their reasons."""
    for member in members:
        article_id = corpus.articles[member].article_id
        copy = copy_of.get(article_id)
        why = _copied(copy) if copy else _reason(corpus, member, set(members), nearest)
        yield Membership(article_id, event.event_id, why, scale=tuple(nearest.scales[member].tolist()))


def _copied(copy: Copy) -> str:
    return f"a copy of {copy.copy_of}: {copy.reason}"


def _reason(corpus: Corpus, article: int, members: set[int], nearest: Nearest) -> str:
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
