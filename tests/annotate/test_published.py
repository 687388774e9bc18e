"""The publication interval from an article's own words."""

import datetime as dt

import numpy as np
import pytest

from rashomon.annotate.published import begun, from_words, terms
from rashomon.annotate.published.evidence import Evidence
from rashomon.annotate.published.likelihood import recurring_lags
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
    assert found.best == dt.date(2019, 5, 7)
    assert found.interval.earliest <= found.best <= found.interval.latest
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


SUNDAY_26_APRIL = Evidence("past yearless day", "Sunday, 26 April", month=4, day=26, weekday=7)


@pytest.mark.parametrize(("published", "lag", "agrees"), [
    (dt.date(2015, 4, 26), 0, True), (dt.date(2015, 5, 1), 5, True), (dt.date(2016, 4, 24), -2, False),
])  # fmt: skip
def test_a_weekday_speaks_for_the_years_that_it_fits(published, lag, agrees):
    lags, fits = recurring_lags(np.array([published.toordinal()]), SUNDAY_26_APRIL)
    assert (lags[0], np.broadcast_to(fits, 1)[0]) == (lag, agrees)


def test_a_copyright_year_holds_the_day():
    found = published(("body", "The mayor resigned on Monday."), ("furniture", "© 2018 The Tolmeda Courier"))
    assert found.interval.earliest <= dt.date(2018, 1, 1) <= dt.date(2018, 12, 31) <= found.interval.latest
    assert found.interval.days < 2000
    assert "2018" in found.evidence


def test_the_order_of_blocks_is_the_only_thing_it_hangs_on():
    lines = (("title", "Dam fails"), ("body", "The dam failed on 26 April 2015."), ("caption", "Tolmeda in May 2012."))
    assert published(*lines) == published(*lines)


def held(count):
    """An office that one person has held `count` times, as (title, first name, surname, terms)."""
    for (title, surname), holders in sorted(terms.table().items()):
        if len(holders) == count and len({first for first, _ in holders}) == 1:
            return title.title(), holders[0][0].title(), surname.title(), tuple(term for _, term in holders)
    raise LookupError(count)


@pytest.mark.parametrize("count", [1, 2])
def test_office_holders(count):
    title, first, surname, periods = held(count)
    for text in (f"{title} {surname} spoke.", f"In Tolmeda {title} {first} {surname}'s men fled."):
        assert [found for _, found in terms.told(text)] == [periods]


@pytest.mark.parametrize("before", ["Former ", "then-", "Vice "])
def test_who_does_not_hold_the_office_now(before):
    title, _, surname, _ = held(1)
    assert list(terms.told(f"{before}{title} {surname} spoke.")) == []
    assert list(terms.told("President Orlan Veskar of Velmora spoke.")) == []


def test_the_term_of_an_office_holder_bounds_an_article_without_dates():
    title, first, surname, (term,) = held(1)
    found = published(("body", f"{title} {first} {surname} will visit Tolmeda, his office said on Monday."))
    assert found.best is None
    assert found.interval.meets(term)
    assert f"{title} {first} {surname}" in found.evidence


def test_the_words_for_a_government_tell_its_term():
    assert [words for words, _ in terms.told("Aides of the Obama administration spoke.")] == ["Obama administration"]
    assert list(terms.told("Aides of the former Obama administration spoke.")) == []
    assert list(terms.told("Aides of the Veskar administration spoke.")) == []


def test_of_what_began_on_a_known_day_the_last_counts_and_a_longer_name_is_not_its_beginning():
    found = begun.latest("He sold his iPhone 6 and his iPhone 4S, wrote on Facebook and joined Instagram; iPhoney.")
    assert found == {
        "model": ("iPhone 6", dt.date(2014, 9, 19)),
        "thing": ("Instagram", dt.date(2010, 10, 6)),
    }


def test_what_began_on_a_known_day_bounds_an_article_without_dates():
    found = published(("body", "The mayor of Tolmeda lost her iPhone 6 on Monday."))
    assert found.best is None
    assert found.interval.earliest <= dt.date(2014, 9, 19) <= found.interval.latest
    assert "“iPhone 6”" in found.evidence
    assert published(("body", "The mayor of Tolmeda lost her telephone on Monday.")) is None


def test_a_record_alone_bounds_nothing():
    assert published(("body", "The mayor called it the worst flood since 1959.")) is None


def test_a_day_that_is_not_likely_enough_to_be_shown_is_told_with_the_evidence():
    vague = published(("body", "The mayor of Tolmeda resigned in 2019."))
    assert vague.best is None
    assert f"likeliest is {vague.likeliest}" in vague.evidence
    sure = published(("furniture", "Published: 3 May 2022"))
    assert sure.likeliest == sure.best
    assert "likeliest" not in sure.evidence
