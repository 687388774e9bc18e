"""The days of articles as numbers, so that those of millions of pairs are compared at once."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rashomon.group.features import LEAD_SENTENCES, ArticleFeatures
from rashomon.group.weighing import Ints

_BLOCK = 200_000  # pairs looked at together: what they tell, each with each, has to fit in memory


@functools.lru_cache(100_000)
def _number(day: str) -> int:
    return dt.date.fromisoformat(day).toordinal()


def _numbers(days: Iterable[str | None]) -> Ints:
    return np.array([_number(day) if day else 0 for day in days], dtype=np.int64)


def _gap(firsts: tuple[Ints, Ints], lasts: tuple[Ints, Ints]) -> Ints:
    """Days between pairs of intervals, 0 where they share a day (as Interval.gap)."""
    found: Ints = np.maximum(0, np.maximum(firsts[1] - lasts[0], firsts[0] - lasts[1]))
    return found


@dataclass(frozen=True, slots=True)
class Calendar:
    """When articles were published, about when they were written, and what days they tell in their openings.

    Days are ordinals (1 is the first of January of the year 1), 0 where unknown. The days told by article i are
    those numbered starts[i] to starts[i + 1].
    """

    published: tuple[Ints, Ints]
    until: Ints
    starts: Ints
    told: tuple[Ints, Ints]

    @classmethod
    def of(cls, articles: Sequence[ArticleFeatures]) -> Calendar:
        """Of articles in their order."""
        opening = [[day for day in a.days if day.sentence <= LEAD_SENTENCES] for a in articles]
        return cls.read(
            (a.published_earliest for a in articles),
            (a.published_latest for a in articles),
            (a.told_until for a in articles),
            [len(days) for days in opening],
            [(day.earliest, day.latest) for days in opening for day in days],
        )

    @classmethod
    def read(
        cls,
        earliest: Iterable[str | None],
        latest: Iterable[str | None],
        until: Iterable[str | None],
        counts: Sequence[int],
        told: Sequence[tuple[str, str]],
    ) -> Calendar:
        """Of columns: one value an article; `told` are the days of all openings, `counts` how many each tells."""
        first, last = _numbers(earliest), _numbers(latest)
        known = (first > 0) & (last > 0)
        starts = np.concatenate(([0], np.cumsum(np.array(counts, dtype=np.int64)))).astype(np.int64)
        days = (_numbers(day for day, _ in told), _numbers(day for _, day in told))
        return cls((first * known, last * known), _numbers(until), starts, days)

    def between_published(self, first: Ints, second: Ints) -> Ints:
        """Days between the publication intervals of pairs; 0 where either is unknown."""
        early, late = self.published
        gap = _gap((early[first], early[second]), (late[first], late[second]))
        return gap * (early[first] > 0) * (early[second] > 0)

    def between_written(self, first: Ints, second: Ints) -> Ints:
        """Days between the latest days that pairs tell; 0 where either tells none."""
        known = (self.until[first] > 0) & (self.until[second] > 0)
        found: Ints = np.abs(self.until[first] - self.until[second]) * known
        return found

    def between_told(self, first: Ints, second: Ints) -> Ints:
        """Days between the nearest of the days told in the openings of pairs; 0 where either tells none."""
        found = np.zeros(len(first), dtype=np.int64)
        for start, end in _blocks(len(first)):
            found[start:end] = self._nearest(first[start:end], second[start:end])
        return found

    def _nearest(self, first: Ints, second: Ints) -> Ints:
        counts = np.diff(self.starts)
        each = counts[first] * counts[second]
        pair = np.repeat(np.arange(len(first)), each)
        place = np.arange(len(pair)) - np.repeat(np.cumsum(each) - each, each)
        one = self.starts[first[pair]] + place // counts[second[pair]]
        other = self.starts[second[pair]] + place % counts[second[pair]]
        early, late = self.told
        gaps = _gap((early[one], early[other]), (late[one], late[other]))
        found = np.zeros(len(first), dtype=np.int64)
        if len(pair):
            found[each > 0] = np.minimum.reduceat(gaps, (np.cumsum(each) - each)[each > 0])
        return found


def _blocks(size: int) -> Iterator[tuple[int, int]]:
    return itertools.pairwise([*range(0, size, _BLOCK), size])
