"""Grouping as a dossier grows: what new articles come near is grouped anew, all else is carried over.

Nothing is approximated about the new articles: words and names are weighed over all articles as they are now, and each
is compared with whichever of them shares rare ones. What may differ from grouping all anew is in the pairs of old
articles, whose weights shift by a hair with every addition; so all are grouped together again from time to time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

import numpy as np
import pyarrow as pa

from rashomon.group import happening
from rashomon.group.changes import logged
from rashomon.group.columns import Columns
from rashomon.group.copies import FEWEST, NEAR, PARTIAL, copies, overlap, resembling
from rashomon.group.evidence import SCALES, Wanted, pair_model, pairs
from rashomon.group.founding import Names
from rashomon.group.grouping import Nearest, grouped, lined, lines_of, placed, told_of
from rashomon.group.neighbours import with_neighbours
from rashomon.group.revisions import as_copies, versions
from rashomon.model.flow import Copy, Grouping, Version
from rashomon.model.records import Event

FEW = 2_000  # articles; up to here all are grouped anew, which takes seconds
SHARE = 0.1  # of the articles that were last grouped together; when more have come since, all are grouped anew


def carries(former: Grouping, articles: Collection[str]) -> bool:
    """Whether a former grouping is to be grown to these articles, and not made anew."""
    return FEW < len(articles) <= (1 + SHARE) * former.whole and {m.article_id for m in former.memberships} <= {
        *articles
    }


def grow(articles: pa.Table, former: Grouping) -> Grouping:
    """The grouping of rows of ArticleFeatures of which some are in a `former` grouping of the same stage.

    Every article of the former grouping must be among them.
    """
    return _Growth(Columns(articles), former).grouping()


class _Growth:
    """One addition: the articles by their numbers, where each stood before, and what is known of it."""

    def __init__(self, columns: Columns, former: Grouping) -> None:
        self.columns, self.former, self.corpus = columns, former, columns.corpus
        self.number = {article: k for k, article in enumerate(columns.ids)}
        self.members: dict[str, list[int]] = defaultdict(list)
        self.place: dict[int, str] = {}
        self.scales = np.zeros((len(columns.ids), SCALES))
        for membership in former.memberships:
            k = self.number[membership.article_id]
            self.place[k] = membership.event_id
            self.members[membership.event_id].append(k)
            self.scales[k] = membership.scale
        self.new = {k for k in range(len(columns.ids)) if k not in self.place}

    def grouping(self) -> Grouping:
        """Copies and versions first, then the events that are met, then their storylines."""
        repeated, changed, kin = self._copies()
        copy_of = {copy.article_id: copy for copy in repeated}
        tied = list(range(len(self.columns.ids)))
        for copy in repeated:
            tied[self.number[copy.article_id]] = self.number[copy.copy_of]
        which = self._met(kin)
        self.columns.of(which)
        nearest = self._nearest(which, within=True)
        names = Names.of(self.former)
        groups = grouped(self.corpus, which, tied, nearest)
        told = [told_of(self.corpus, members, tied, names) for members in groups]
        events = self._lined(groups, told, tied, names, set(which))
        fresh = [p for own, e in zip(groups, told, strict=True) for p in placed(self.corpus, own, e, copy_of, nearest)]
        fresh = list(with_neighbours(Grouping(repeated, (), (), tuple(fresh)), self.columns.of(which)).memberships)
        anew = {place.article_id for place in fresh}
        places = [*(m for m in self.former.memberships if m.article_id not in anew), *fresh]
        found = replace(
            self.former,
            copies=repeated,
            events=tuple(sorted(events, key=lambda e: e.event_id)),
            storylines=tuple(lines_of(events)),
            memberships=tuple(sorted(places, key=lambda m: m.article_id)),
            versions=changed,
        )
        return logged(self.former, found, nearest, self.number)

    def _nearest(self, which: Iterable[int], within: bool = False) -> Nearest:
        """The pairs of some articles; `within` as in Wanted."""
        wanted = Wanted(np.array(sorted(which), dtype=np.int64), self.scales, within)
        return Nearest(pairs(self.corpus, wanted), pair_model(), len(self.columns.ids))

    def _met(self, kin: set[int]) -> list[int]:
        """The new articles and all articles of the events that one of them could join, or that hold some of `kin`."""
        nearest = self._nearest(self.new)
        near = {k for one, other, value in nearest.pairs() if value >= nearest.threshold for k in (one, other)}
        events = {self.place[k] for k in near | kin if k in self.place}
        return sorted(self.new.union(*(self.members[event] for event in events)))

    def _copies(self) -> tuple[tuple[Copy, ...], tuple[Version, ...], set[int]]:
        """All copies and versions, and the articles among which they were looked for anew."""
        words = self.columns.words()
        candidates = [
            (one, other)
            for one, other in resembling(self.columns.signatures(), self.columns.shingles(), self.new)
            if min(words[one], words[other]) >= FEWEST
        ]
        self.columns.of(self.new.union(*candidates))
        kin = set(self.new)
        for one, other in candidates:
            shares = overlap(self.columns.articles[one], self.columns.articles[other])
            if max(shares.first, shares.second) >= min(NEAR, PARTIAL):
                kin |= {one, other}
        kin = self._family(kin)
        articles = self.columns.of(kin)
        changed = versions(articles)
        earlier = {version.previous_id for version in changed}
        found = as_copies(changed, copies([a for a in articles if a.article_id not in earlier]))
        ids = {article.article_id for article in articles}
        held = [copy for copy in self.former.copies if copy.article_id not in ids]
        former = [version for version in self.former.versions if version.article_id not in ids]
        return (
            tuple(sorted([*held, *found], key=lambda copy: copy.article_id)),
            tuple(sorted([*former, *changed], key=lambda v: (v.article_id, v.previous_id))),
            kin,
        )

    def _family(self, kin: set[int]) -> set[int]:
        """Some articles with all that are copies of each other, or share an address, with one of them."""
        groups: dict[str, list[int]] = defaultdict(list)
        for k, address in enumerate(self.columns.addresses()):
            if address is not None:
                groups[f"at {address}"].append(k)
        for copy in self.former.copies:
            origin = self.number[copy.copy_of]
            groups[copy.copy_of] = groups[copy.copy_of] or [origin]
            groups[copy.copy_of].append(self.number[copy.article_id])
        of: dict[int, list[list[int]]] = defaultdict(list)
        for members in groups.values():
            for member in members:
                of[member].append(members)
        found, waiting = set(kin), list(kin)
        while waiting:
            for members in of[waiting.pop()]:
                waiting += set(members) - found
                found |= set(members)
        return found

    def _lined(
        self, groups: list[list[int]], told: list[Event], tied: list[int], names: Names, which: set[int]
    ) -> list[Event]:
        """All events in their storylines: those told anew beside those carried over."""
        former = {event.event_id: event for event in self.former.events}
        same, loose, both = set(), set(), []
        for members, event in zip(groups, told, strict=True):
            before = former.get(event.event_id)
            if before is not None and self.members[event.event_id] == members:
                same.add(event.event_id)
                event = replace(event, storyline_id=before.storyline_id)
            both.append((members, event))
        for event in self.former.events:
            members = self.members[event.event_id]
            if members[0] not in which:
                both.append((members, self._still(event, members, tied)))
            elif event.event_id not in same:
                loose.add(event.storyline_id or "")
        both.sort(key=lambda pair: pair[0][0])
        return lined(self.corpus, [members for members, _ in both], [event for _, event in both], tied, names, loose)

    def _still(self, event: Event, members: list[int], tied: list[int]) -> Event:
        """An event carried over; its place is told anew where the entity that it was has another id by now."""
        if event.place_id is None or event.place_id in self.corpus.places.vocabulary.number:
            return event
        return replace(event, place_id=happening.place(self.corpus, [m for m in members if tied[m] == m]))
