"""Aligned passages to claims: what two or more tell alike, and what only one tells."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from rashomon.compare.overlap import Matrix
from rashomon.compare.passages import Passage
from rashomon.model.identity import identify
from rashomon.model.records import Claim, ClaimPassage, Event

TOGETHER = 0.5
"""Least mean probability over the pairs of two groups that are joined; see SURE."""
SURE = 0.65
"""A pair this probable is told together even where its passages went into other groups: a sentence may tell two facts.
Both chosen with one event left out at a time: precision of pairs .72 at recall .50; from .45 and .55 on .69 at .52."""
WEAKER = 0.15
"""By how much a second passage of an article may be less near the other articles' than its best, to stay in a claim.
With one event left out at a time, precision of pairs .712 against .665 without, at recall .486 against .493."""
JOINS, LEAST = 0.6, 0.3
"""Mean and least probability with each origin's best passage of a claim from which a passage joins it."""
FACTS = 4
"""In so many claims a passage is at most."""
OVERLAP = 0.6
"""Claims that share so great a part of the fewer passages are one, where all of one go with all of the other."""
_REPEATING = ("title", "caption")


class _Links:
    """Groups of passages with the sums of probabilities between them; only pairs above nought are kept."""

    def __init__(self, scores: Matrix, passages: Sequence[Passage]) -> None:
        self.members = {p.index: [p.index] for p in passages}
        self.articles = {p.index: Counter([p.told]) for p in passages}
        self.sums: dict[int, dict[int, float]] = {p.index: {} for p in passages}
        rows, columns = np.nonzero(scores)
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
            self.sums[i][j] = float(scores[i, j])

    def mean(self, a: int, b: int) -> float:
        """Mean probability over the pairs of two groups that are of different articles; 0 where there is none."""
        one, other = self.articles[a], self.articles[b]
        pairs = one.total() * other.total() - sum(n * other[article] for article, n in one.items())
        return self.sums[a].get(b, 0.0) / pairs if pairs else 0.0

    def join(self, a: int, b: int) -> None:
        """Put the passages of group b into group a."""
        self.members[a] += self.members.pop(b)
        self.articles[a] += self.articles.pop(b)
        for other, total in self.sums.pop(b).items():
            del self.sums[other][b]
            if other != a:
                self.sums[a][other] = self.sums[other][a] = self.sums[a].get(other, 0.0) + total


def clusters(scores: Matrix, passages: Sequence[Passage]) -> list[tuple[int, ...]]:
    """Groups of passages of two or more articles that tell the same, by average linkage, and single sure pairs beside.

    Each passage is in one group; a pair of SURE or more across groups is a group of its own.
    """
    links, heap, version = _Links(scores, passages), [], Counter[int]()
    for a, others in links.sums.items():
        heap += [(-links.mean(a, b), a, b, 0, 0) for b in others if a < b and links.mean(a, b) >= TOGETHER]
    heapq.heapify(heap)
    while heap:
        _, a, b, seen_a, seen_b = heapq.heappop(heap)
        if a not in links.members or b not in links.members or (version[a], version[b]) != (seen_a, seen_b):
            continue
        links.join(a, b)
        version[a] += 1
        for c in sorted(links.sums[a]):
            if (mean := links.mean(a, c)) >= TOGETHER:
                i, j = min(a, c), max(a, c)
                heapq.heappush(heap, (-mean, i, j, version[i], version[j]))
    groups = [tuple(sorted(group)) for group in links.members.values() if len({passages[i].told for i in group}) > 1]
    home = {i: n for n, group in enumerate(groups) for i in group}
    rows, columns = np.nonzero(np.triu(scores, 1) >= SURE)
    apart = [(i, j) for i, j in zip(rows.tolist(), columns.tolist(), strict=True) if home.get(i, -1) != home.get(j, -2)]
    return sorted({*groups, *apart})


def without_repeats(group: Sequence[int], scores: Matrix, passages: Sequence[Passage]) -> tuple[int, ...]:
    """The group without what an article only repeats.

    Left out are headlines and captions beside a sentence of the same article, and passages that are less near those of
    the other articles than the best of their own article by more than WEAKER.
    """

    mean: dict[int, float] = {}
    best: dict[int, int] = {}
    for i in group:
        others = [float(scores[i, k]) for k in group if passages[k].told != passages[i].told]
        mean[i] = sum(others) / max(1, len(others))
        kept = best.setdefault(passages[i].told, i)
        if (passages[i].role not in _REPEATING, mean[i]) > (passages[kept].role not in _REPEATING, mean[kept]):
            best[passages[i].told] = i

    def repeats(i: int) -> bool:
        chief = best[passages[i].told]
        heading = passages[i].role in _REPEATING and passages[chief].role not in _REPEATING
        return heading or mean[chief] - mean[i] > WEAKER

    return tuple(i for i in group if not repeats(i))


def filled(groups: Sequence[Sequence[int]], scores: Matrix, passages: Sequence[Passage]) -> list[tuple[int, ...]]:
    """The groups, with passages of further articles that tell their fact beside others; those that become one joined.

    A group takes the passage of an article that is nearest to it where it has none; the nearest are taken first.
    """
    full = [set(group) for group in groups]
    homes = Counter(i for group in groups for i in group)
    near = ((-mean, n, i) for n, group in enumerate(groups) for mean, i in _near(group, scores, passages))
    for _, number, index in sorted(near):
        if homes[index] < FACTS and _joins(_nearest(sorted(full[number]), scores[:, [index]], passages)[1]):
            full[number].add(index)
            homes[index] += 1
    todo = sorted({frozenset(group) for group in full}, key=lambda group: (len(group), sorted(group)))
    kept: list[frozenset[int]] = []
    while todo:
        group = todo.pop()
        same = next((other for other in kept if _one(group, other, scores, passages)), None)
        if same is None:
            kept.append(group)
        elif not group <= same:
            kept.remove(same)
            todo.append(frozenset(without_repeats(sorted(group | same), scores, passages)))
    return sorted(tuple(sorted(group)) for group in kept)


def _one(group: frozenset[int], other: frozenset[int], scores: Matrix, passages: Sequence[Passage]) -> bool:
    """Whether two claims are one: they share two articles' passages, and what either has alone goes with the other.

    One that lies in another is told by it.
    """
    if group <= other or other <= group:
        return True
    shared = group & other
    if len(shared) < OVERLAP * min(len(group), len(other)) or len({passages[i].told for i in shared}) < 2:
        return False
    for one, rest in ((sorted(group), sorted(other - group)), (sorted(other), sorted(group - other))):
        origins, near = _nearest(one, scores, passages)
        own = [[origin == passages[i].origin for i in rest] for origin in origins]
        if not ((near[:, rest] >= TOGETHER) | np.array(own, dtype=bool).reshape(len(origins), -1)).all():
            return False
    return True


def _nearest(group: Sequence[int], scores: Matrix, passages: Sequence[Passage]) -> tuple[list[str], Matrix]:
    """The group's origins, and the best probability of every passage (column) with the passages of each (row)."""
    members: dict[str, list[int]] = defaultdict(list)
    for i in group:
        members[passages[i].origin].append(i)
    origins = sorted(members)
    return origins, np.stack([scores[members[origin]].max(axis=0) for origin in origins])


def _joins(near: Matrix) -> npt.NDArray[np.bool_]:
    """Which passages (columns) are near enough to all origins (rows) of a group."""
    return np.asarray((near.mean(axis=0) >= JOINS) & (near.min(axis=0) >= LEAST), dtype=np.bool_)


def _near(group: Sequence[int], scores: Matrix, passages: Sequence[Passage]) -> Iterator[tuple[float, int]]:
    """The nearest passage of each article that the group has none of, where it is near enough to join."""
    told = {passages[i].told for i in group}
    near = _nearest(group, scores, passages)[1]
    mean = near.mean(axis=0)
    best: dict[int, int] = {}
    for i in np.flatnonzero(_joins(near)).tolist():
        home = passages[i].told
        if home not in told and (home not in best or mean[i] > mean[best[home]]):
            best[home] = i
    yield from ((float(mean[i]), i) for i in best.values())


def clearest(group: Sequence[int], scores: Matrix, passages: Sequence[Passage], taken: Collection[int] = ()) -> Passage:
    """The passage nearest all others; the shorter one where two are nearly as near; one of `taken` only if all are."""

    def near(i: int) -> float:
        others = [float(scores[i, k]) for k in group if k != i]
        return round(sum(others) / max(1, len(others)), 1)

    best = min(group, key=lambda i: (i in taken, -near(i), passages[i].end - passages[i].start, i))
    return passages[best]


def weigh(group: Sequence[Passage], origins: int) -> float:
    """Importance in 0..1: how many of the origins tell it, how early, and how many names and figures it holds.

    The parts are set by hand; with them the claims told by most come first and, among those told by one, those at the
    top of an article, but for its headline, which tells what its sentences tell.
    """
    share = len({p.origin for p in group}) / max(1, origins)
    early = max((1 - p.place for p in group if p.role not in _REPEATING), default=0.0)
    names = min(1.0, max(len(p.entities) for p in group) / 4)
    figures = 1.0 if any(p.amounts for p in group) else 0.0
    return round(0.5 * share + 0.25 * early + 0.15 * names + 0.1 * figures, 4)


def claim(event: Event, told: Sequence[Passage], best: Passage, disputed: bool) -> tuple[Claim, list[ClaimPassage]]:
    """The rows of one claim; its id is made of its event and the places of its passages."""
    places = sorted((p.article.article_id, p.start, p.end) for p in told)
    claim_id = identify("c", event.event_id, *(part for place in places for part in place))
    origins = len({p.origin for p in told})
    status = "disputed" if disputed else "corroborated" if origins >= 2 else "single"
    weight = weigh(told, event.origins)
    row = Claim(claim_id, event.event_id, best.text, status, len({p.told for p in told}), origins, weight)
    passages = [ClaimPassage(claim_id, p.article.article_id, p.start, p.end, p.text) for p in told]
    return row, sorted(passages, key=lambda p: (p.article_id, p.start, p.end))
