"""After which article an event and a storyline are called: one that later news does not displace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rashomon.group.features import ArticleFeatures
from rashomon.model.flow import Grouping
from rashomon.model.identity import identify


def order(article: ArticleFeatures) -> tuple[str, str]:
    """Where an article stands among an event's: by its first possible day of publication, undated last; then by id."""
    return article.published_earliest or "9999", article.article_id


def founder(articles: Iterable[ArticleFeatures]) -> ArticleFeatures:
    """The article that an event's id is made from; articles of later days never take its place."""
    return min(articles, key=order)


@dataclass(frozen=True, slots=True)
class Names:
    """How events and storylines are called, so that those of a former grouping keep their ids.

    An id is made from one article of the event, and the event that holds this article keeps it: so no two events share
    one. Where it holds several such articles, the event that gave it most of its articles lends its id.
    """

    place: dict[str, str] = field(default_factory=dict)  # article: event, in the former grouping
    lines: frozenset[str] = frozenset()  # ids of the former storylines

    @classmethod
    def of(cls, former: Grouping | None) -> Names:
        """As a former grouping has them; where there is none, everything is called anew."""
        if former is None:
            return cls()
        lines = frozenset(line.storyline_id for line in former.storylines)
        return cls({m.article_id: m.event_id for m in former.memberships}, lines)

    def event(self, members: Sequence[ArticleFeatures], origins: Sequence[ArticleFeatures]) -> str:
        """The id of an event with these members, of which some are no copies."""
        given = Counter(self.place[a.article_id] for a in members if a.article_id in self.place)
        held = [a for a in members if self.place.get(a.article_id) and identify("e", a.article_id) in given]
        if not held:
            return identify("e", founder(origins).article_id)
        return identify("e", min(held, key=lambda a: (-given[identify("e", a.article_id)], order(a))).article_id)

    def storyline(self, members: Iterable[ArticleFeatures], origins: Iterable[ArticleFeatures]) -> str:
        """The id of a storyline with the articles of all its events."""
        held = [a for a in members if self.lines and identify("s", identify("e", a.article_id)) in self.lines]
        return identify("s", identify("e", founder(held or origins).article_id))
