"""A name alone ("Dorvenko said") to the one person whom it can mean, or to nobody."""

from __future__ import annotations

import collections
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.resolve.chains import Unit
from rashomon.resolve.clusters import Clusters
from rashomon.resolve.context import Context
from rashomon.resolve.romanise import far, near

_SHARED = 2
"""So many other names must an article share with a person's articles to be told of the same."""

_FAR = 6
"""Names alone with fewer letters must agree in their near key."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """One person found by full names."""

    number: int
    words: frozenset[str]  # last words of the full names, and first ones
    last: frozenset[str]
    shown: str
    articles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where a name alone belongs: a bearer's number, or a group of its own by `key`; and why."""

    bearer: int | None
    key: tuple[str, ...]
    why: str


def alike(surname: str, word: str) -> bool:
    """Whether a name alone can be that word of a full name."""
    return near(surname) == near(word) or (min(len(surname), len(word)) >= _FAR and far(surname) == far(word))


class Surnames:
    """All bearers of full names, asked for the one whom a name alone means."""

    def __init__(self, bearers: Sequence[Bearer], context: Context) -> None:
        """`context`: the names that articles share."""
        self._context = context
        self._by_key: dict[str, list[Bearer]] = collections.defaultdict(list)
        self._around: dict[int, frozenset[str]] = {}
        for bearer in bearers:
            for key in sorted({far(word) for word in bearer.words}):
                self._by_key[key].append(bearer)

    def _shared(self, unit: Unit, bearer: Bearer) -> int:
        """How many other names stand both in an article and in those of a bearer."""
        if bearer.number not in self._around:
            self._around[bearer.number] = self._context.telling(bearer.articles)
        shared = self._context.telling([unit.article_id]) & self._around[bearer.number]
        return len(shared - {far(unit.words[0])})

    def ask(self, unit: Unit) -> Verdict:
        """Whom the name alone of one article's chain means."""
        name = unit.words[0]
        own = (far(name),)
        bearers = [b for b in self._by_key.get(far(name), ()) if any(alike(name, word) for word in b.words)]
        by_last = [b for b in bearers if any(alike(name, word) for word in b.last)]
        here = [b for b in by_last if unit.article_id in b.articles] or [
            b for b in bearers if unit.article_id in b.articles
        ]
        if len(here) == 1:
            return Verdict(here[0].number, own, f"'{unit.name}' alone stands where the same article has the full name")
        if len(here) > 1:
            return Verdict(
                None, (*own, unit.article_id), f"'{unit.name}' could be any of {len(here)} people in its article"
            )
        found = by_last  # a first name alone is no evidence from one article to another
        if not found:
            return Verdict(None, own, "")
        if len(found) == 1 and (self._shared(unit, found[0]) or self._context.poor(unit.article_id)):
            return Verdict(found[0].number, own, f"'{unit.name}' alone has one bearer in these articles")
        if len(found) == 1:
            return Verdict(None, own, f"'{unit.name}' alone shares no other name with the articles on {found[0].shown}")
        close = [b for b in found if self._shared(unit, b) >= _SHARED]
        if len(close) == 1:
            return Verdict(
                close[0].number, own, f"'{unit.name}' alone stands among names that only this bearer's articles share"
            )
        return Verdict(None, (*own, unit.article_id), f"'{unit.name}' alone could be any of {len(found)} people")

    def related(self, units: Sequence[Unit]) -> list[list[Unit]]:
        """Names alone that mean none of their bearers, parted into those whose articles share other names.

        Articles with too few names to ask join the others if these are all linked.
        """
        clusters = Clusters(len(units), lambda one, other: False)
        seen: dict[str, int] = {}
        own = far(units[0].words[0])
        for k, unit in enumerate(units):
            for name in sorted(self._context.telling([unit.article_id]) - {own}):
                clusters.join(seen.setdefault(name, k), k)
        asked = [k for k, unit in enumerate(units) if not self._context.poor(unit.article_id)]
        if len({clusters.find(k) for k in asked}) <= 1:
            for k in range(len(units)):
                clusters.join(asked[0] if asked else 0, k)
        groups: dict[int, list[Unit]] = collections.defaultdict(list)
        for k, unit in enumerate(units):
            groups[clusters.find(k)].append(unit)
        return [group for _, group in sorted(groups.items())]
