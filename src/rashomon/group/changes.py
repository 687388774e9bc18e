"""What became of the events of a former grouping: which were merged, which split, and by which article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from rashomon.model.chronicle import EventChange
from rashomon.model.flow import Grouping
from rashomon.model.identity import identify


class Likeness(Protocol):
    """How likely two articles, by their numbers, tell one event."""

    def likeness(self, one: int, other: int) -> float:
        """From 0, also where they were never compared, to 1."""
        ...


def logged(former: Grouping, found: Grouping, nearest: Likeness, number: Mapping[str, int]) -> Grouping:
    """The grouping found, with the log of the former one and what changed since: articles that left their event."""
    before = {m.article_id: m.event_id for m in former.memberships}
    went: dict[tuple[str, str], list[str]] = defaultdict(list)
    added: dict[str, list[str]] = defaultdict(list)
    for membership in found.memberships:
        article, event = membership.article_id, membership.event_id
        if article not in before:
            added[event].append(article)
        elif before[article] != event:
            went[before[article], event].append(article)
    step = 1 + max((change.step for change in former.changes), default=0)
    left, stood = {e.event_id for e in found.events}, {e.event_id for e in former.events}
    changes = []
    for (old, new), articles in sorted(went.items()):
        kind = "split" if new not in stood else "moved" if old in left else "merged"
        cause, reason = _cause(articles, added[new] or added[old], nearest, number)
        changes.append(
            EventChange(identify("x", step, old, new), step, kind, old, new, tuple(sorted(articles)), cause, reason)
        )
    return replace(found, changes=(*former.changes, *changes))


def _cause(
    articles: Sequence[str], added: Sequence[str], nearest: Likeness, number: Mapping[str, int]
) -> tuple[str | None, str]:
    """The added article most like one of those that went, and the reason for people."""
    value, article, like = max(
        ((nearest.likeness(number[new], number[old]), new, old) for new in added for old in articles),
        default=(0.0, "", ""),
        key=lambda found: (found[0], found[1], found[2]),
    )
    if not value:
        return None, "no one article: words and names weigh otherwise than before"
    return article, f"{article} was added, which is {value:.0%} likely to tell what {like} tells"
