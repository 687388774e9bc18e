"""For each article of an event, when its other origins were published: what its own day may be told by."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Sequence

from rashomon.group.features import ArticleFeatures
from rashomon.model.flow import Grouping


def with_neighbours(grouping: Grouping, articles: Sequence[ArticleFeatures]) -> Grouping:
    """The grouping with, for each article, the publication intervals of its event's other origins."""
    days = {a.article_id: f"{a.published_earliest}/{a.published_latest}" for a in articles if a.published_earliest}
    copies = {copy.article_id for copy in grouping.copies}
    told: dict[str, list[str]] = defaultdict(list)
    for membership in grouping.memberships:
        if membership.article_id in days and membership.article_id not in copies:
            told[membership.event_id].append(membership.article_id)
    memberships = tuple(
        dataclasses.replace(
            m, neighbours=tuple(sorted(days[other] for other in told[m.event_id] if other != m.article_id))
        )
        for m in grouping.memberships
    )
    return dataclasses.replace(grouping, memberships=memberships)
