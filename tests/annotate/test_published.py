"""The publication interval from an article's own words."""

import datetime as dt

import pytest

from rashomon.annotate.published import from_words
from rashomon.model.records import Block


def published(*lines):
    """Lines as (role, words): the answer for the article that they make."""
    text, blocks = "", []
    for role, words in lines:
        blocks.append(Block("a", len(text), len(text) + len(words), role, 1.0))
        text += words + "\n"
    return from_words(text, blocks)


def test_a_line_that_says_it():
    found = published(("furniture", "Published: 3 May 2022"), ("body", "The mayor of Tolmeda resigned in 2019."))
    assert found.best == dt.date(2022, 5, 3)
    assert "3 May 2022" in found.evidence


def test_the_latest_day_told_as_past():
    found = published(("body", "The bridge fell on 3 May 2019. On 7 May 2019 the mayor resigned."))
    assert found.interval.earliest == dt.date(2019, 5, 7)
    assert "7 May 2019" in found.evidence


TRAPS = [
    ("comment", "Nonsense, as I wrote on 9 June 2021."),
    ("caption", "FILE - In this 9 June 2021 file photo, the mayor of Tolmeda smiles."),
    ("body", "The mayor was born on 9 June 2021 in Tolmeda."),
]


@pytest.mark.parametrize("trap", TRAPS)
def test_dates_that_are_not_the_storys(trap):
    assert published(trap, ("body", "The mayor of Tolmeda resigned.")) is None


def test_nothing_told():
    assert published(("body", "The mayor resigned on Monday.")) is None
    assert published() is None
