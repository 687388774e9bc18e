"""Storylines: events that share actors and subject and follow from each other over weeks or years."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rashomon.group.candidates import neighbours
from rashomon.group.evidence import Corpus
from rashomon.group.linkage import clusters
from rashomon.group.weighing import Rows, Vocabulary

# Set by hand and not measured: there is no data on storylines. Two meetings of the same people a year apart are joined,
# and no two of the ECB+ events of one topic, which share no actor.
_ACTORS, _SUBJECT = 0.30, 0.20
_JOINED = 0.5


def storylines(corpus: Corpus, events: Sequence[Sequence[int]]) -> list[int]:
    """For each event the number of the first event of its storyline.

    Two events belong together as far as both their actors (names told in openings) and their subject (words) are
    alike; whether they follow from each other in time is not asked, since many articles have no date.
    """
    actors = _pooled([[corpus.articles[m].lead_entities for m in event] for event in events])
    subject = _pooled([[corpus.articles[m].terms for m in event] for event in events])
    linked = []
    for number, others in enumerate(neighbours(actors)):
        later = others[others > number]
        who = actors.cosines(actors.row(number), later)
        what = subject.cosines(subject.row(number), later)
        worth = np.minimum(who / _ACTORS, what / _SUBJECT)
        linked += [(number, int(o), float(min(1.0, w / 2))) for o, w in zip(later, worth, strict=True) if w > 0]
    return clusters(len(events), linked, range(len(events)), _JOINED)


def _pooled(events: Sequence[Sequence[tuple[str, ...]]]) -> Rows:
    """One row an event, counting in how many of its articles a key stands."""
    bags = []
    for articles in events:
        counts: dict[str, int] = {}
        for keys in articles:
            for key in keys:
                counts[key] = counts.get(key, 0) + 1
        least = 2 if len(articles) > 3 else 1  # what a single one of several articles names is aside the subject
        kept = sorted(key for key, count in counts.items() if count >= least)
        bags.append((kept, [counts[key] for key in kept]))
    return Rows.of(bags, Vocabulary.of((keys for keys, _ in bags), {}))
