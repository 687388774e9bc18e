"""Omissions as evidence: an outlet told the event and none of its articles has a claim that several others tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rashomon.compare.passages import named
from rashomon.model.records import Article, Claim, ClaimPassage, Event, Omission

LEAST_ORIGINS = 3
"""A claim must be told by so many origins before its absence elsewhere is worth a line."""


def find(
    event: Event, articles: Sequence[Article], claims: Sequence[Claim], passages: Sequence[ClaimPassage]
) -> list[Omission]:
    """For each claim that at least LEAST_ORIGINS origins tell, the outlets (or articles without one) that do not."""
    covering: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        covering[named(article)].add(article.article_id)
    telling: dict[str, set[str]] = defaultdict(set)
    for passage in passages:
        telling[passage.claim_id].add(passage.article_id)
    found = []
    for claim in claims:
        if claim.origins < LEAST_ORIGINS:
            continue
        for outlet in sorted(covering):
            if covering[outlet] & telling[claim.claim_id]:
                continue
            count = len(covering[outlet])
            noun = "article" if count == 1 else "articles"
            reason = f"{outlet} has {count} {noun} on this event and none tells this; {claim.origins} other origins do."
            found.append(Omission(event.event_id, claim.claim_id, outlet, count, reason))
    return sorted(found, key=lambda o: (o.claim_id, o.outlet))
