"""The publication interval from the other articles of the event."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.group.published import from_context
from rashomon.model.span import Interval


def around(day, before=0, after=0):
    return Interval(day - dt.timedelta(before), day + dt.timedelta(after))


MAY_3 = dt.date(2022, 5, 3)


def test_an_undated_article_lies_near_the_others():
    found = from_context(None, [around(MAY_3), around(MAY_3, 0, 1), around(dt.date(2022, 5, 4))])
    assert found.interval.earliest <= MAY_3 <= found.interval.latest
    assert found.interval.days <= 14
    assert found.basis == "context"
    assert "3 other articles" in found.evidence


def test_one_far_article_does_not_decide():
    found = from_context(None, [around(MAY_3), around(MAY_3), around(dt.date(2019, 1, 1))])
    assert found.best == MAY_3


def test_others_that_differ_give_a_wider_interval():
    close = from_context(None, [around(MAY_3)] * 4)
    apart = from_context(None, [around(MAY_3 + dt.timedelta(days)) for days in (-9, -3, 0, 8)])
    assert close.interval.days < apart.interval.days


def test_nothing_from_absent_or_single_vague_neighbours():
    assert from_context(None, []) is None
    assert from_context(None, [around(MAY_3, 200, 200)]) is None


def test_bounds_that_two_vague_articles_give():
    years = [Interval(dt.date(first, 1, 1), dt.date(2030, 1, 1)) for first in (2015, 2019, 2020)]
    found = from_context(Interval(dt.date(2010, 1, 1), dt.date(2025, 1, 1)), years)
    assert dt.date(2018, 12, 1) < found.interval.earliest < dt.date(2019, 1, 1)
    assert found.interval.latest == dt.date(2025, 1, 1)
    assert found.best is None


def test_never_against_the_articles_own_words():
    assert from_context(around(dt.date(2021, 1, 1)), [around(MAY_3), around(MAY_3)]) is None


days = st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1))
intervals = st.tuples(days, st.integers(0, 400)).map(lambda p: around(p[0], 0, p[1]))


@settings(deadline=None)
@given(st.none() | intervals, st.lists(intervals, max_size=6))
def test_it_only_narrows_and_does_not_hang_on_the_order(interval, others):
    found = from_context(interval, others)
    assert found == from_context(interval, list(reversed(others)))
    if found is not None:
        assert found.best is None or found.interval.earliest <= found.best <= found.interval.latest
        assert interval is None or (found.interval.within(interval) and found.interval.days < interval.days)
