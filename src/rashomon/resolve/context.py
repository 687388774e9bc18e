"""Which names articles share: the evidence that two of them tell of the same people."""

from __future__ import annotations

import collections
from collections.abc import Iterable

_TELLING = 10
"""Names in so many articles, or in one of twenty if that is more, say nothing about what an article is on."""

_FEW = 2
"""An article with so few names in all cannot be asked whether it shares others."""


class Context:
    """The names of each article, as keys."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """`names`: pairs of an article's id and the key of a name that stands in it."""
        found: dict[str, set[str]] = collections.defaultdict(set)
        for article, key in names:
            found[article].add(key)
        counts = collections.Counter(key for keys in found.values() for key in keys)
        most = max(_TELLING, len(found) // 20)
        self._poor = {article for article, keys in found.items() if len(keys) <= _FEW}
        self._telling = {a: frozenset(key for key in keys if counts[key] <= most) for a, keys in found.items()}

    def poor(self, article: str) -> bool:
        """Whether an article has too few names to be asked."""
        return article in self._poor

    def telling(self, articles: Iterable[str]) -> frozenset[str]:
        """The names in any of some articles that do not stand nearly everywhere."""
        return frozenset().union(*(self._telling.get(article, frozenset()) for article in articles))
