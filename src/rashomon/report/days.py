"""The timeline of a storyline for the brief."""

from __future__ import annotations

from collections import defaultdict

from rashomon.model.chronicle import Moment
from rashomon.report import words
from rashomon.report.context import DayBrief
from rashomon.report.index import Index


def days(shelf: Index, storyline_id: str | None) -> tuple[DayBrief, ...]:
    """The days of a storyline in order, each with its sentences; empty where it has no timeline."""
    told: dict[str, dict[int, list[Moment]]] = defaultdict(lambda: defaultdict(list))
    for moment in shelf.moments.get(storyline_id or "", ()):
        told[moment.day][moment.rank].append(moment)
    found = []
    for date, ranks in sorted(told.items()):
        passages = []
        for _, moments in sorted(ranks.items()):
            moments.sort(key=lambda m: (not m.chosen, m.article_id, m.start))
            passages.append(shelf.evidence(shelf.cite(m.article_id, m.start, m.end) for m in moments))
        first = next(iter(ranks.values()))[0]
        found.append(DayBrief(date, words.days(date, date), first.articles, first.origins, tuple(passages)))
    return tuple(found)
