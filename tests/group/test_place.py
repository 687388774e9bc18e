"""An article is dated by the others of its event, and what it tells of days is resolved again."""

import datetime as dt

from rashomon.annotate.annotator import annotate
from rashomon.group.stage import place
from rashomon.model.flow import Placement, Reading
from rashomon.model.records import Article, Block

TEXT = "The ferry Halcyon struck a rock near Dorvenko on Tuesday, the harbour master said. It was towed away yesterday."
DAY = "2031-03-05"


def reading(published: str | None = None) -> Reading:
    dates = (
        (published, published, published, "metadata", "field date")
        if published
        else (None, None, None, "unknown", None)
    )
    article = Article("a-1", "Courier", None, None, None, "en", *dates, TEXT, "x.txt", "0")
    return annotate(article, (Block("a-1", 0, len(TEXT), "body", 1.0),))


def placed(given: Reading, *neighbours: str) -> Reading:
    return place(Placement(given, (), None, "e-1", tuple(neighbours)))


def days(told: Reading) -> dict[str, tuple[str | None, str | None]]:
    return {time.text: (time.earliest, time.latest) for time in told.times}


def test_days_that_meant_nothing_mean_something_once_the_others_date_the_article():
    before = reading()
    assert before.article.published_basis == "unknown" and days(before)["Tuesday"] == (None, None)
    after = placed(before, f"{DAY}/{DAY}", f"{DAY}/{DAY}", "2031-03-06/2031-03-06")
    article = after.article
    assert article.published_basis == "context" and "3 other articles" in (article.published_evidence or "")
    assert (article.published_earliest or "") <= DAY <= (article.published_latest or "")
    first, last = (dt.date.fromisoformat(day or "") for day in days(after)["Tuesday"])
    assert first <= dt.date(2031, 3, 4) <= last and first.isoweekday() == last.isoweekday() == 2
    assert [(t.start, t.end, t.text) for t in after.times] == [(t.start, t.end, t.text) for t in before.times]


def test_a_day_of_its_own_is_never_changed_by_the_others():
    given = reading("2031-03-05")
    after = placed(given, "2031-04-01/2031-04-01", "2031-04-02/2031-04-02")
    assert (after.article.published_best, after.article.published_basis) == ("2031-03-05", "metadata")
    assert days(after) == days(given) and days(given)["Tuesday"] == ("2031-03-04", "2031-03-04")


def test_without_others_nothing_is_known():
    assert days(placed(reading()))["Tuesday"] == (None, None)
