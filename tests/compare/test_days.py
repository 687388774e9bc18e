"""Two tellings' dates and times of day: one, nested, or apart."""

from __future__ import annotations

import pytest

from rashomon.compare.days import judge
from rashomon.model.records import TimeExpression


def told(text: str, value: str, day: str | None = None, last: str | None = None) -> TimeExpression:
    kind = "TIME" if "T" in value else "DATE"
    return TimeExpression("a-1", 0, len(text), text, kind, value, day, last or day)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (told("11:30 a.m.", "T11:30"), told("11:30", "T11:30"), "same"),
        (told("11:30 a.m.", "T11:30"), told("11:40 a.m.", "T11:40"), "granularity"),
        (told("11:30 a.m.", "T11:30"), told("4 p.m.", "T16:00"), "contradiction"),
        (
            told("11:30 on 4 May", "2031-05-04T11:30", "2031-05-04"),
            told("11:30 on 9 May", "2031-05-09T11:30", "2031-05-09"),
            "contradiction",
        ),
        (
            told("11:30 on Sunday", "2031-05-04T11:30", "2031-05-04"),
            told("11:40 on Friday", "2031-05-09T11:40", "2031-05-09"),
            None,
        ),
        (
            told("in May", "2031-05", "2031-05-01", "2031-05-31"),
            told("4 May", "2031-05-04", "2031-05-04"),
            "granularity",
        ),
        (told("4 May", "2031-05-04", "2031-05-04"), told("9 May", "2031-05-09", "2031-05-09"), "contradiction"),
    ],
)
def test_what_two_times_are_to_each_other(one, other, relation):
    for pair in ((one, other), (other, one)):
        found = judge(*pair)
        assert (found[0] if found else None) == relation
