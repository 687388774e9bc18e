from __future__ import annotations

import pytest

from rashomon.annotate.amounts import find
from rashomon.annotate.language import parse
from rashomon.compare.amounts import Measure, agree, alike, compatible, measures
from rashomon.model.records import Block


def measure(text: str) -> Measure:
    (amount,) = find(parse("a-test", text, [Block("a-test", 0, len(text), "body", 1.0)]))
    return next(measures(amount))


@pytest.mark.parametrize(
    ("one", "other", "same", "both"),
    [
        ("It lost 9,000 soldiers.", "It lost 9000 soldiers.", True, True),
        ("It lost 9,000 soldiers.", "It lost thousands of soldiers.", False, True),
        ("It held dozens of sailors.", "It held 51 sailors.", False, True),
        ("It held 7 sailors.", "It held 9 sailors.", False, False),
        ("It held at least 7 sailors.", "It held 9 sailors.", False, True),
        ("It held more than 10 sailors.", "It held 9 sailors.", False, False),
        ("The road is 10 miles long.", "The road is 16.1 km long.", True, True),
        ("It held about 100 sailors.", "It held 104 sailors.", False, True),
    ],
)
def test_values(one, other, same, both):
    a, b = measure(one), measure(other)
    assert alike(a, b)
    assert agree(a, b) == agree(b, a) == same
    assert (compatible(a, b) or same) == both


def test_other_things_are_not_compared():
    assert not alike(measure("It lost 40 lorries."), measure("It lost 40 boats."))
    assert not alike(measure("It took 40 days."), measure("It took 40 sailors."))
