"""Storylines: events that share actors and subject and follow from each other over weeks or years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from rashomon.group.candidates import neighbours
from rashomon.group.evidence import Corpus
from rashomon.group.linkage import clusters
from rashomon.group.weighing import Ints, Rows, Vocabulary

# Set by hand and not measured: there is no data on storylines. Two meetings of the same people a year apart are joined,
# and no two of the ECB+ events of one topic, which share no actor.
_ACTORS, _SUBJECT = 0.30, 0.20
_JOINED = 0.5


def storylines(corpus: Corpus, events: Sequence[Sequence[int]], former: Sequence[int] | None = None) -> list[int]:
    """For each event the number of the first event of its storyline.

    Two events belong together as far as both their actors (names told in openings) and their subject (words) are
    alike; whether they follow from each other in time is not asked, since many articles have no date. `former` are the
    storylines of before, by any numbers, -1 for events that are new or changed: only these and the storylines that one
    of them could join are put together anew.
    """
    actors, subject = _pooled(corpus.lead_entities, events), _pooled(corpus.terms, events)
    of = np.arange(len(events))
    if former is not None:
        before = np.array(former, dtype=np.int64)
        changed = np.flatnonzero(before < 0)
        met = [other for _, other, worth in _linked(actors, subject, changed) if worth >= _JOINED]
        of = np.flatnonzero((before < 0) | np.isin(before, np.setdiff1d(before[met], [-1])))
    within = {int(number): k for k, number in enumerate(of)}
    linked = [
        (within[number], within[other], worth)
        for number, other, worth in _linked(actors, subject, of)
        if other > number and other in within
    ]
    first: dict[int, int] = {}
    found = list(range(len(events)))
    if former is not None:
        found = [first.setdefault(line, number) for number, line in enumerate(former)]
    for number, leader in zip(of.tolist(), clusters(len(of), linked, range(len(of)), _JOINED), strict=True):
        found[number] = int(of[leader])
    return found


def _linked(actors: Rows, subject: Rows, of: Ints) -> Iterator[tuple[int, int, float]]:
    """For each of the events `of` those like it, and how well the two go together, up to 1."""
    for number, others in zip(of.tolist(), neighbours(actors, of), strict=True):
        who = actors.cosines(actors.row(number), others)
        what = subject.cosines(subject.row(number), others)
        worth = np.minimum(1.0, np.minimum(who / _ACTORS, what / _SUBJECT) / 2)
        yield from ((number, int(o), float(w)) for o, w in zip(others, worth, strict=True) if w > 0)


def _pooled(rows: Rows, events: Sequence[Sequence[int]]) -> Rows:
    """One row an event, counting in how many of its articles a key stands."""
    width = len(rows.vocabulary.keys)
    event = np.zeros(len(rows.starts) - 1, dtype=np.int64)
    for number, members in enumerate(events):
        event[list(members)] = number
    told, counts = np.unique(np.repeat(event, np.diff(rows.starts)) * width + rows.columns, return_counts=True)
    owners, columns = np.divmod(told, max(1, width))
    # What a single one of several articles names is aside the subject.
    least = np.where(np.array([len(members) for members in events], dtype=np.int64)[owners] > 3, 2, 1)
    owners, columns, counts = (part[counts >= least] for part in (owners, columns, counts))
    starts = np.searchsorted(owners, np.arange(len(events) + 1))
    holders = np.bincount(columns, minlength=width)
    kept = np.flatnonzero(holders)
    keys = tuple(rows.vocabulary.keys[column] for column in kept.tolist())
    place = np.asarray(np.searchsorted(kept, columns), dtype=np.int64)
    vocabulary = Vocabulary.counted(keys, holders[kept].astype(np.float64), len(events), {})
    return Rows.counted(np.asarray(starts), place, counts, vocabulary)
