"""From evidence to days: how likely each day is the day of publication."""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from rashomon.annotate.published.evidence import Evidence
from rashomon.model.span import Interval

# Upper ends (days, inclusive) of the classes of lag; the last class is open and ends at LONGEST.
EDGES = (
    -1462,
    -367,
    -184,
    -93,
    -32,
    -15,
    -8,
    -4,
    -2,
    -1,
    0,
    1,
    2,
    3,
    7,
    14,
    31,
    61,
    92,
    183,
    366,
    731,
    1462,
    2923,
    5845,
)
LONGEST = 11690
# HELD and TRUST: the narrowest pair that held the true day of nine in ten development articles (.9125; 0.9 and 1: .889,
# 0.88 and 0.95: .889, 0.9 and 0.9: .9375 with wider intervals).
HELD = 0.9  # share of the likelihood that the interval holds
TRUST = 0.95  # exponent of the likelihood: the pieces of evidence of one article are not independent
WIDEST = 9000  # days; a wider interval says nothing
BESIDE, SURE = 3, 0.1  # a likeliest day is named where the days within BESIDE of it hold at least this share
RECURRING = ("yearless", "feast", "weekday")
DISAGREES = 0.05  # how likely a weekday is told that does not fit its date
EARLIER = 0.01  # how likely an article is older than a past day that it names as one that something has lasted since
_MOST_VOTES = 1.0  # several recurring dates of one kind count no more than this many, because they tell of one story
_DAY = dt.timedelta(1)


@dataclass(frozen=True, slots=True)
class Answer:
    """An interval, the likeliest of its days, that day again if it is likely enough to be shown, and the reason."""

    interval: Interval
    likeliest: dt.date
    best: dt.date | None
    reason: str


def lag_class(days: int) -> int:
    """The index of the class of a lag in days (negative: published before the date told)."""
    return bisect.bisect_left(EDGES, days)


@functools.cache
def _log_densities() -> dict[str, NDArray[np.float64]]:
    """Kind of evidence -> log likelihood per day of each lag from -LONGEST to LONGEST (of recurring kinds to 183)."""
    table = json.loads(resources.files(__package__).joinpath("lags.json").read_text(encoding="utf-8"))
    lags = np.arange(-LONGEST, LONGEST + 1)
    classes = np.searchsorted(np.array(EDGES), lags)
    return {kind: np.asarray(row, dtype=np.float64)[classes] for kind, row in table["log_density"].items()}


def period_lags(days: NDArray[np.int64], period: Interval) -> NDArray[np.int64]:
    """How many days after (before, if negative) the period each ordinal day lies; 0 inside it."""
    after = days - period.latest.toordinal()
    before = days - period.earliest.toordinal()
    return np.clip(np.where(after > 0, after, np.where(before < 0, before, 0)), -LONGEST, LONGEST)


def lags_of(days: NDArray[np.int64], evidence: Evidence) -> tuple[NDArray[np.int64], NDArray[np.bool_] | bool]:
    """The lag of each ordinal day from what the evidence tells, and whether a weekday told fits there."""
    if evidence.period is None:
        return recurring_lags(days, evidence)
    lags = np.stack([period_lags(days, period) for period in evidence.terms or (evidence.period,)])
    return np.take_along_axis(lags, np.abs(lags).argmin(axis=0)[None], axis=0)[0], True


def _length(evidence: Evidence) -> int:
    """How many days share the class of lag 0."""
    if evidence.terms:
        return sum(term.days for term in evidence.terms)
    if evidence.period is not None:
        return evidence.period.days
    return 1 if evidence.day or evidence.weekday else 30


def _days_of_years(evidence: Evidence, years: range) -> list[Interval]:
    """The occurrences of a recurring day or month in some years."""
    found = []
    for year in years:
        if evidence.month is None:
            continue
        if evidence.day is None:
            end = dt.date(year + evidence.month // 12, evidence.month % 12 + 1, 1) - _DAY
            found.append(Interval(end.replace(day=1), end))
            continue
        try:
            found.append(Interval.day(dt.date(year, evidence.month, evidence.day)))
        except ValueError:  # the 29th of February
            continue
    return found


def recurring_lags(days: NDArray[np.int64], evidence: Evidence) -> tuple[NDArray[np.int64], NDArray[np.bool_] | bool]:
    """The lag of each ordinal day from the nearest occurrence, and whether that falls on the weekday told."""
    if evidence.month is None:
        return (days - (evidence.weekday or 1)) % 7, np.ones(len(days), dtype=bool)
    first, last = dt.date.fromordinal(int(days[0])).year, dt.date.fromordinal(int(days[-1])).year
    # a 29th of February may be eight years away
    occurrences = _days_of_years(evidence, range(max(1, first - 8), min(last + 9, dt.MAXYEAR)))
    starts, ends = (np.array([getattr(o, end).toordinal() for o in occurrences]) for end in ("earliest", "latest"))
    before = np.clip(np.searchsorted(starts, days, side="right") - 1, 0, len(starts) - 1)
    after = np.clip(before + 1, 0, len(starts) - 1)
    since, until = np.maximum(0, days - ends[before]), days - starts[after]
    later = np.abs(until) < since
    fits = [evidence.weekday in (None, o.earliest.isoweekday()) or evidence.day is None for o in occurrences]
    return np.where(later, until, since), np.array(fits)[np.where(later, after, before)]


def _likelihood(days: NDArray[np.int64], evidence: Sequence[Evidence]) -> NDArray[np.float64]:
    """The log likelihood of each ordinal day."""
    tables = _log_densities()
    total = np.zeros(len(days))
    counts = {kind: sum(1 for e in evidence if e.kind == kind) for kind in {e.kind for e in evidence}}
    for item in evidence:
        if item.kind == "bound" and item.period is not None:
            total += np.where(days < item.period.earliest.toordinal(), np.log(EARLIER), 0.0)
        table = tables.get(item.kind)
        if table is None:
            continue
        share = min(counts[item.kind], _MOST_VOTES) / counts[item.kind]
        lags, agrees = lags_of(days, item)
        inside = np.where(lags == 0, -np.log(_length(item)), 0.0)  # shared out among the days of the period
        total += share * (table[lags + LONGEST] + inside) + np.where(agrees, 0.0, np.log(DISAGREES))
    return total


def _shortest(days: NDArray[np.int64], shares: NDArray[np.float64]) -> tuple[int, int]:
    """The indexes of the first and last day of the shortest interval that holds `HELD`."""
    sums = np.concatenate([[0.0], np.cumsum(shares)])
    ends = np.searchsorted(sums, sums[:-1] + HELD - 1e-9)
    lengths = np.where(ends < len(sums), ends - np.arange(len(days)), len(days) + 1)
    first = int(np.argmin(lengths))
    return first, min(len(days), int(ends[first])) - 1


def _reason(best: int, evidence: Sequence[Evidence]) -> str:
    """The evidence with a year that points most closely at the likeliest day, in words."""
    day = np.array([best])
    dated = [e for e in evidence if e.period is not None]
    told = min(dated, key=lambda e: (abs(int(lags_of(day, e)[0][0])) + _length(e) / 2, e.kind, e.words))
    others = [e for e in evidence if e.period is None and e.month is not None and e.words != told.words]
    also = f", and also “{others[0].words}”" if others else ""
    said = {
        "line": "a line of the page gives the date",
        "post": "it shows a post of",
        "copyright": "the page says",
        "term": "it names, as in office,",
        "begun thing": "it names what there has been only since its day,",
        "begun model": "it names what came out on a known day,",
        "begun occasion": "it names what took place on a known day,",
    }.get(told.kind, "of the times it tells in full, the nearest is")
    return f"From its words: {said} “{' '.join(told.words.split())}”{also}."


def answer(evidence: Sequence[Evidence]) -> Answer | None:
    """The interval that the evidence allows, or None where it holds no year or leaves too many days."""
    dated = [e.period for e in evidence if e.period is not None and e.kind != "bound"]
    if not dated:
        return None
    first = max(min(period.earliest for period in dated).toordinal() - 1500, 400)
    last = min(max(period.latest for period in dated).toordinal() + LONGEST - 400, dt.date.max.toordinal() - 400)
    days = np.arange(first, last + 1, dtype=np.int64)
    log = TRUST * _likelihood(days, evidence)
    shares = np.exp(log - log.max())
    shares /= shares.sum()
    start, end = _shortest(days, shares)
    if end - start + 1 > WIDEST:
        return None
    mode = int(np.argmax(shares))
    best = int(days[mode])
    around = float(shares[max(0, mode - BESIDE) : mode + BESIDE + 1].sum())
    interval = Interval(dt.date.fromordinal(int(days[start])), dt.date.fromordinal(int(days[end])))
    likeliest = min(max(dt.date.fromordinal(best), interval.earliest), interval.latest)
    shown = likeliest if around >= SURE and start <= mode <= end else None
    return Answer(interval, likeliest, shown, _reason(best, evidence))
