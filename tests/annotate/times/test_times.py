"""Time expressions: what is found, what it is worth, which days it means, and what must hold of any text."""

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.annotate.times import annotate, recognise, resolve
from rashomon.model.span import Interval, Span

DAY = dt.date(2022, 11, 23)  # a Wednesday

CASES = [
    # sentence, words, type, value, earliest, latest
    ("It was signed on 19 December 2021.", "19 December 2021", "DATE", "2021-12-19", "2021-12-19", "2021-12-19"),
    ("The envoy will travel on Monday.", "Monday", "DATE", "2022-11-28", "2022-11-28", "2022-11-28"),
    ("The two met on Monday in Tolmeda.", "Monday", "DATE", "2022-11-21", "2022-11-21", "2022-11-21"),
    ("The visit had been planned for last month.", "last month", "DATE", "2022-10", "2022-10-01", "2022-10-31"),
    ("It fell in mid-October, traders said.", "mid-October", "DATE", "2022-10", "2022-10-11", "2022-10-21"),
    ("He left office two years ago.", "two years ago", "DATE", "2020", "2020-01-01", "2021-05-24"),
    ("The port closed in early 2023.", "early 2023", "DATE", "2023", "2023-01-01", "2023-05-03"),
    ("The drill ran in February-March.", "February-March", "DATE", "2022-02/2022-03", "2022-02-01", "2022-03-31"),
    ("Velmora held a vote last summer.", "last summer", "DATE", "2022-SU", "2022-06-01", "2022-08-31"),
    ("The force grew in the 1990s.", "the 1990s", "DATE", "199", "1990-01-01", "1999-12-31"),
    ("It was a two-day visit.", "two-day", "DURATION", "P2D", None, None),
    ("He spoke for about three hours.", "about three hours", "DURATION", "PT3H", None, None),
    ("They meet every Monday.", "every Monday", "SET", "XXXX-WXX-1", None, None),
    ("The train left at 11:30 GMT on Tuesday.", "11:30 GMT on Tuesday", "TIME",
     "2022-11-22T11:30", "2022-11-22", "2022-11-22"),
    ("Trucks arrived on Sunday night.", "Sunday night", "TIME", "2022-11-20TNI", "2022-11-20", "2022-11-20"),
    ("The minister is now abroad.", "now", "DATE", "PRESENT_REF", None, None),
    ("Prices rose over the past two years.", "the past two years", "DURATION", "P2Y", "2020-01-01", "2022-11-23"),
    ("It fell in the third quarter of 2021.", "the third quarter of 2021", "DATE",
     "2021-Q3", "2021-07-01", "2021-09-30"),
    ("They signed it on 03/04/2021.", "03/04/2021", "DATE", "2021-XX-XX", "2021-03-04", "2021-04-03"),
    ("It will open at the start of the year.", "the start of the year", "DATE", "2023", "2023-01-01", "2023-05-03"),
    ("It took half a year.", "half a year", "DURATION", "P6M", None, None),
    ("It rose in the early months of 2019.", "the early months of 2019", "DATE", "2019", "2019-01-01", "2019-05-03"),
    ("In recent weeks it fell.", "recent weeks", "DATE", "PAST_REF", "2022-09-14", "2022-11-23"),
    ("It opens after New Year's Day 2016.", "New Year's Day 2016", "DATE", "2016-01-01", "2016-01-01", "2016-01-01"),
    ("He was chosen in May.", "May", "DATE", "2022-05", "2022-05-01", "2022-05-31"),
    ("They come on Friday nights.", "Friday nights", "SET", "XXXX-WXX-5TNI", None, None),
    ("The mole was built a decade ago.", "a decade ago", "DATE", "2012", "2010-05-25", "2015-05-25"),
    ("Four ferries a week sail to Maren.", "a week", "SET", "P1W", None, None),
    ("She would be travelling on Thursday.", "Thursday", "DATE", "2022-11-24", "2022-11-24", "2022-11-24"),
    ("They were planning to march on Monday.", "Monday", "DATE", "2022-11-28", "2022-11-28", "2022-11-28"),
    ("Until Friday, they had not named a suspect.", "Friday", "DATE", "2022-11-18", "2022-11-18", "2022-11-18"),
    ("The feast is on Sunday, December twenty-fifth.", "Sunday, December twenty-fifth", "DATE",
     "2022-12-25", "2022-12-25", "2022-12-25"),
    ("The yard lost money in the last half of 2021.", "the last half of 2021", "DATE",
     "2021-H2", "2021-07-01", "2021-12-31"),
    ("Sales grew in the first two quarters of 2021.", "the first two quarters of 2021", "DATE",
     "2021-H1", "2021-01-01", "2021-06-30"),
    ("Third-quarter profit fell.", "Third-quarter", "DATE", "2022-Q3", "2022-07-01", "2022-09-30"),
    ("The strike will end later this afternoon.", "later this afternoon", "TIME",
     "2022-11-23TAF", "2022-11-23", "2022-11-23"),
    ("The siege began on Tuesday, Nov. 8.", "Tuesday, Nov. 8", "DATE", "2022-11-08", "2022-11-08", "2022-11-08"),
]  # fmt: skip


TODAY = Interval.day(DAY)


def told(text, published=TODAY):
    return annotate("a", text, [Span(0, len(text))], published)


@pytest.mark.parametrize(("text", "words", "kind", "value", "earliest", "latest"), CASES)
def test_one_expression(text, words, kind, value, earliest, latest):
    [time] = told(text)
    assert (time.text, time.type, time.value) == (words, kind, value)
    assert (time.earliest, time.latest) == (earliest, latest)


NOTHING = [
    "She may march with them.",
    "He is a 25-year-old baker from Karsk.",
    "The second of them will fall.",
    "August Brandt wrote to April Voss.",
    "May was the name of the ship.",
    "It cost $2,014 and weighed 2150 kg.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_words_that_tell_no_time(text):
    assert [time.text for time in told(text)] == []


def test_figures_are_compared_with_the_same_quarter_of_another_year():
    text = "Profit rose in the third quarter; it had lost money a year earlier, and in the 2020 period too. "
    more = "It hopes for the fourth quarter. The quarter a year ago was poor."
    assert [time.value for time in told(text + more)] == ["2022-Q3", "2021-Q3", "2020-Q3", "2022-Q4", "2021-Q3"]


def test_the_twelve_months_up_to_a_day():
    year, day = told("Its profit for the year ended March 31 was small.")
    assert (year.text, year.type, year.value) == ("the year", "DURATION", "P1Y")
    assert (year.earliest, year.latest, day.value) == ("2021-04-01", "2022-03-31", "2022-03-31")


def test_the_daily_is_a_newspaper():
    assert [time.text for time in told("The Karsk daily Zarya wrote it.")] == []


def test_relative_to_the_narrative():
    times = told("The bridge fell on 3 May 2019. The next day the mayor left; a week later he was back.")
    assert [time.value for time in times] == ["2019-05-03", "2019-05-04", "2019-W19"]


def test_two_days_of_one_month():
    times = told("Talks were held from 3 to 5 May and on June 24 and 25.")
    assert [(t.text, t.value) for t in times] == [
        ("3", "2022-05-03"), ("5 May", "2022-05-05"), ("June 24", "2022-06-24"), ("25", "2022-06-25"),
    ]  # fmt: skip


def test_only_inside_own_spans():
    text = "On Monday it rained.\n\nOn Tuesday it snowed."
    assert [time.text for time in annotate("a", text, [Span(22, len(text))], None)] == ["Tuesday"]


def test_unknown_publication_means_no_days_for_relative_words():
    monday, year = told("It began on Monday, as in 2019.", None)
    assert (monday.value, monday.earliest) == ("XXXX-WXX-1", None)
    assert (year.earliest, year.latest) == ("2019-01-01", "2019-12-31")


def test_a_publication_of_several_days_gives_an_interval_that_holds_them():
    [time] = told("They met yesterday.", Interval(dt.date(2022, 11, 20), dt.date(2022, 11, 23)))
    assert (time.earliest, time.latest) == ("2022-11-19", "2022-11-22")


PHRASES = """a day earlier|the next day|the same day|Friday|last Friday|December|Dec. 30|in recent weeks|the weekend|
the quarter|a year ago|next week|this fall|the second half|tonight|overnight|noon|weekly|30 Feb 2020|the 32nd century|
6000 years ago|99 centuries later|Q4|will|said|the following month|'98|1988-90|Christmas|.|,|that year|until|
5 p.m. EST Nov. 9|the week of March 6|half a year|2 1/2 years|
the start of the year|the end of the month|about five years ago|recent months|the past week|
Friday nights|the day before yesterday|nearly a decade later|New Year's Eve|Thanksgiving"""
WORDS = [case[1] for case in CASES] + [phrase.strip() for phrase in PHRASES.split("|")] + ["\n\n"]
VALUE = re.compile(
    r"(PRESENT|PAST|FUTURE)_REF|P[T\dXYMWDHSQEC.]+(WE)?|[\dX]{2,4}(-[\dXWQHSPUFAIE]{2,3}){0,2}(-WE|-\d)?(T[\w:]+)?"
    r"(/[\d-]+)?"
)
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
days = st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1))


@settings(deadline=None)
@given(texts, days)
def test_spans_fit_and_values_parse(text, day):
    end = 0
    for time in told(text, Interval.day(day)):
        assert time.start >= end
        end = time.end
        assert text[time.start : time.end] == time.text
        assert VALUE.fullmatch(time.value), time
        assert (time.earliest is None) == (time.latest is None)
        assert not time.earliest or time.earliest <= time.latest


@settings(max_examples=300, deadline=None)
@given(texts, st.lists(days, min_size=4, max_size=4).map(sorted))
def test_a_narrower_publication_never_leaves_the_wider_interval(text, four):
    found = recognise(text, [Span(0, len(text))])
    wide = resolve("a", text, found, Interval(four[0], four[3]))
    narrow = resolve("a", text, found, Interval(four[1], four[2]))
    for wider, narrower in zip(wide, narrow, strict=True):
        outer, inner = (Interval.iso(t.earliest, t.latest) for t in (wider, narrower))
        assert (outer is None) == (inner is None)
        assert inner is None or outer is None or inner.within(outer)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text):
    for time in annotate("a", text, [Span(0, len(text))] if text else [], Interval.day(DAY)):
        assert text[time.start : time.end] == time.text
