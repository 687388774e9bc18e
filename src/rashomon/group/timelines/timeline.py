"""The timeline of a story: dated entries, each with the sentences that tell the day best and who else tells them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.group.timelines.passages import Story, Told
from rashomon.group.timelines.salience import chosen, salience
from rashomon.group.timelines.telling import Line, Telling

_LEAST = 2  # origins that must tell a day, where a length is not given and the story has more than a few articles
_MOST = 40  # days of a timeline whose length is not given: more is no overview
_FEW = 5  # articles; in a smaller story a day that one of them tells is told


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of an entry, where it stands, and the sentences of other articles that tell the same of the day."""

    article_id: str
    start: int
    end: int
    also: tuple[tuple[str, int, int], ...]  # article_id, start, end


@dataclass(frozen=True, slots=True)
class Entry:
    """One day of a timeline."""

    day: dt.date
    passages: tuple[Passage, ...]  # the best first
    articles: tuple[str, ...]  # ids of those that tell the day, sorted
    origins: int  # how many independent texts they are


def timeline(tellings: Sequence[Telling], days: int | None = None, sentences: int = 1) -> tuple[Entry, ...]:
    """At most `days` entries (None: as many as are well supported) of at most `sentences` each, in order of days."""
    ordered = sorted(tellings, key=lambda t: t.article_id)
    weights = salience(ordered)
    told = _tellers(ordered)
    if days is None:
        least = _LEAST if len({t.origin_id for t in ordered}) > _FEW else 1
        weights = {day: weight for day, weight in weights.items() if len({o for _, o in told[day]}) >= least}
        days = _MOST
    story = Story(ordered)
    entries = []
    used: set[Line] = set()
    for day in chosen(weights, days):
        best = story.tell(day, sentences, used)
        if best:
            used |= {one.candidate.line for one in best}
            passages = tuple(map(_passage, best))
            by = told[day]
            entries.append(Entry(day, passages, tuple(sorted(a for a, _ in by)), len({o for _, o in by})))
    return tuple(entries)


def _tellers(tellings: Sequence[Telling]) -> dict[dt.date, set[tuple[str, str]]]:
    """For each day the articles that name it, with their origins."""
    found: dict[dt.date, set[tuple[str, str]]] = {}
    for one in tellings:
        for line in one.lines:
            for day in line.days:
                found.setdefault(day, set()).add((one.article_id, one.origin_id))
    return found


def _passage(told: Told) -> Passage:
    also = tuple((c.telling.article_id, c.line.start, c.line.end) for c in told.also)
    chosen_line = told.candidate.line
    return Passage(told.candidate.telling.article_id, chosen_line.start, chosen_line.end, also)
