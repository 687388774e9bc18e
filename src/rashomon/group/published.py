"""The publication interval of an article from the other articles of its event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rashomon.annotate.published import Published
from rashomon.model.span import Interval

NEAR = 3  # most newsrooms tell an event within this many days of each other
WIDEST = 31  # an article dated no better than to a month says nothing about its neighbours' day


def _core(others: Sequence[Interval]) -> Interval:
    """The days around the median of the other articles: the medians of their first and of their last days."""
    firsts, lasts = sorted(o.earliest for o in others), sorted(o.latest for o in others)
    first, last = firsts[(len(firsts) - 1) // 2], lasts[len(lasts) // 2]
    return Interval(min(first, last), max(first, last))


def from_context(interval: Interval | None, others: Sequence[Interval]) -> Published | None:
    """The interval that the other articles of the same event give an article that is undated or vaguely dated.

    `interval` is what is known of the article by itself (None: nothing), `others` are the intervals of the other
    origins of its event. The answer lies inside `interval`; None if the others are too vague, do not agree with it, or
    would not narrow it. With a single other article the margin is twice as wide.
    """
    dated = [other for other in others if other.days <= WIDEST]
    if not dated:
        return None
    core = _core(dated)
    margin = dt.timedelta(NEAR if len(dated) > 1 else 2 * NEAR)
    around = Interval(core.earliest - margin, core.latest + margin)
    found = around if interval is None else around.common(interval)
    if found is None or (interval is not None and found.days >= interval.days):
        return None
    best = min(max(core.earliest, found.earliest), found.latest)
    count = "one other article" if len(dated) == 1 else f"{len(dated)} other articles"
    span = core.earliest.isoformat() if core.days == 1 else f"{core.earliest} to {core.latest}"
    return Published(found, best, "context", f"Published with {count} of the same event, which are of {span}.")
