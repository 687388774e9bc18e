"""Records to Arrow and back, and spans."""

import dataclasses
import typing

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.model import flow, records
from rashomon.model.arrow import from_arrow, schema, to_batch, to_table
from rashomon.model.identity import identify
from rashomon.model.span import Interval, Span, hull

CLASSES = [c for module in (records, flow) for c in vars(module).values() if dataclasses.is_dataclass(c)]


def values(hint):
    if hint is int:
        return st.integers(-(2**40), 2**40)
    if hint is float:
        return st.floats(allow_nan=False)
    if hint is str:
        return st.text(max_size=8)
    if hint is bool:
        return st.booleans()
    if hint is bytes:
        return st.binary(max_size=8)
    if typing.get_origin(hint) is tuple:
        return st.lists(values(typing.get_args(hint)[0]), max_size=2).map(tuple)
    if dataclasses.is_dataclass(hint):
        return instances(hint)
    inner = next(a for a in typing.get_args(hint) if a is not type(None))
    return st.none() | values(inner)


def instances(cls):
    hints = typing.get_type_hints(cls)
    return st.builds(cls, **{f.name: values(hints[f.name]) for f in dataclasses.fields(cls)})


@pytest.mark.parametrize("cls", CLASSES, ids=lambda c: c.__name__)
def test_every_record_comes_back_from_arrow_as_it_was(cls):
    @given(st.lists(instances(cls), max_size=2))
    def round_trip(rows):
        batch = to_batch(cls, rows)
        assert batch.schema == schema(cls)
        assert from_arrow(cls, batch) == rows
        assert from_arrow(cls, to_table(cls, rows)) == rows

    round_trip()


def test_a_missing_column_is_an_error():
    with pytest.raises(KeyError):
        from_arrow(records.Block, pa.table({"article_id": ["a"]}))


@given(st.text(min_size=1), st.integers(-3, 20), st.integers(-3, 20))
def test_a_span_gives_its_characters_or_an_error(text, start, end):
    span = Span(start, end)
    if 0 <= start < end <= len(text):
        assert span.of(text) == text[start:end]
    else:
        with pytest.raises(ValueError, match="does not fit"):
            span.of(text)


def test_hull_and_overlap():
    assert hull([Span(4, 9), Span(1, 2)]) == Span(1, 9)
    assert Span(0, 3).overlaps(Span(2, 5)) and not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 5).holds(Span(1, 5)) and not Span(0, 5).holds(Span(1, 6))


days = st.dates()


@given(days, days, days, days)
def test_intervals_share_days_as_sets_of_days_do(a, b, c, d):
    one, two = Interval(min(a, b), max(a, b)), Interval(min(c, d), max(c, d))
    common = one.common(two)
    assert (common is not None) == one.meets(two) == (one.gap(two) == 0)
    if common:
        assert common.within(one) and common.within(two) and common.days <= min(one.days, two.days)


def test_an_interval_cannot_run_backwards():
    import datetime as dt

    with pytest.raises(ValueError, match="before it begins"):
        Interval(dt.date(2020, 1, 2), dt.date(2020, 1, 1))


@given(st.lists(st.text(max_size=4), max_size=4), st.lists(st.text(max_size=4), max_size=4))
def test_ids_differ_where_parts_differ(one, two):
    assert (identify("a", *one) == identify("a", *two)) == (one == two)
    assert identify("a", *one) != identify("b", *one)
