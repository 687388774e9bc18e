from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.annotate.amounts import find
from rashomon.annotate.amounts.numerals import numerals, value
from rashomon.annotate.language import parse
from rashomon.model.records import Amount, Block


def amounts(text: str) -> tuple[Amount, ...]:
    return find(parse("a-test", text, [Block("a-test", 0, len(text), "body", 1.0)]))


TOLD = [
    ("At least seven people died on the mole.", "At least seven", 7, None, "people", "people", True),
    ("The army sent about 9,000 troops.", "about 9,000", 9000, 9000, "people", "troops", True),
    ("It sent between 200 and 300 tanks.", "between 200 and 300", 200, 300, None, "tanks", False),
    ("They sold 600 tons of refined oil.", "600 tons", 600, 600, "tonne", "refined oil", False),
    ("Two dozen girls escaped.", "Two dozen", 24, 24, "people", "girls", False),
    ("Hundreds of thousands of revellers came.", "Hundreds of thousands", 200_000, None, "people", "revellers", True),
    ("The loan was worth $5.2 billion.", "$5.2 billion", 5.2e9, 5.2e9, "USD", None, False),
    ("Turnout was 12.8 percent in Korlin.", "12.8 percent", 12.8, 12.8, "percent", None, False),
    ("A third of the harvest was lost.", "A third", 33.33, 33.33, "percent", "harvest", False),
    ("The war went on for three years.", "three years", 3, 3, "year", None, False),
    ("A 42-year-old man was held.", "42-year-old", 42, 42, "age", "man", False),
    ("The road runs 12 miles to Dorvik.", "12 miles", 12, 12, "mile", None, False),
    ("Nearly 200 villagers fled.", "Nearly 200", None, 200, "people", "villagers", True),
    ("Up to 40 lorries queued.", "Up to 40", None, 40, None, "lorries", True),
    ("It affected 143million customers.", "143million", 143e6, 143e6, "people", "customers", False),
]


@pytest.mark.parametrize("case", TOLD, ids=lambda case: case[1])
def test_told(case):
    text, *told = case
    (amount,) = amounts(text)
    assert [amount.text, amount.low, amount.high, amount.unit, amount.of, amount.approximate] == told


@pytest.mark.parametrize(
    "text",
    [
        "It happened on 9 November 2031.",
        "The treaty was signed in 1999.",
        "The ferry left at 5:30 a.m. from Dorvik.",
        "It was the 21st summit.",
        "Rovers won 3-1 in Korlin.",
        "Call 020 7946 0018 for help.",
        "The paper is No. 18 of the series.",
        "No one knew why he left.",
    ],
)
def test_no_amount(text):
    assert amounts(text) == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [("9,000", 9000), ("twenty-one", 21), ("two hundred and five", 205), ("1.5 million", 1.5e6), ("half a dozen", 6)],
)
def test_value(text, number):
    assert value(text) == number


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=1, max_value=10_000_000))
def test_digits_with_separators_round_trip(number):
    (found,) = numerals(f"The convoy had {number:,} lorries.")
    assert (found.low, found.high) == (number, number)


def test_spans_hold_their_text():
    text = "Title 5\n\nSome 20-odd villages, or 40 percent of them, lost power; 51 people were hurt."
    found = amounts(text)
    assert len(found) >= 3
    for amount in found:
        assert text[amount.start : amount.end] == amount.text
        if amount.of is not None:
            assert text[amount.of_start : amount.of_end] == amount.of
