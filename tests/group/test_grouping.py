"""Events and storylines over articles of our own making: what belongs together and what stays alone."""

from __future__ import annotations

import dataclasses
import random

import pytest

from rashomon.group.features import ArticleFeatures
from rashomon.group.grouping import group
from rashomon.model.arrow import from_arrow, to_table
from rashomon.model.flow import Grouping
from tests.group.making import article

# Two visits of the same two people a year apart, a fire in a mill, and a chess match.
VISIT = {
    "v1": "The envoy Ruvek of Karsk met President Tolmar in Drellin on 4 May 2031. They signed a fishing "
    "treaty about the Sarn strait. Fishing boats of both may now cross the Sarn strait, said Ruvek.",
    "v2": "In Drellin the president, Tolmar, received envoy Ruvek on 4 May 2031 and put his name to the "
    "fishing treaty. It opens the strait, Sarn, to trawlers. Crews from Karsk had asked for it.",
    "v3": "A fishing treaty for the strait, Sarn, was signed by envoy Ruvek and President Tolmar at a "
    "palace in Drellin. Trawlers of both can fish there from June, the envoy from Karsk said.",
}
RETURN = {
    "r1": "The envoy Ruvek came back to see President Tolmar in Ostwen on 9 June 2032. The two quarrelled "
    "over grain tolls at the border posts. Lorries with grain have waited there for weeks, said "
    "Ruvek.",
    "r2": "Talks about grain tolls between envoy Ruvek and President Tolmar ended in Ostwen without a word "
    "on 9 June 2032. The lorries go on waiting at the border posts with their grain. Karsk wants the "
    "tolls cut.",
}
FIRE = {
    "f1": "A fire gutted the paper mill of Brenholt on 4 May 2031 and two night watchmen were hurt. Flames "
    "leapt from the roof of the mill for hours. Firemen found a burst boiler.",
    "f2": "Two watchmen were burnt when flames destroyed a paper mill at Brenholt. A boiler had burst "
    "below the roof, firemen in Brenholt said on 4 May 2031.",
}
CHESS = {
    "c1": "Grandmaster Ilse Vantor won her seventh chess match with a queen sacrifice in the endgame. She is nineteen."
}
DAYS = {"4 May 2031": "2031-05-04", "9 June 2032": "2032-06-09"}


def corpus(dated: bool = True) -> list[ArticleFeatures]:
    found = []
    for name, text in {**VISIT, **RETURN, **FIRE, **CHESS}.items():
        published = ("2032-06-10" if name in RETURN else "2031-05-05") if dated else None
        days = {words: day for words, day in DAYS.items() if words in text}
        found.append(article(f"a-{name}", text, published=published, days=days))
    return found


def together(grouping: Grouping) -> set[frozenset[str]]:
    events: dict[str, set[str]] = {}
    for membership in grouping.memberships:
        events.setdefault(membership.event_id, set()).add(membership.article_id.removeprefix("a-"))
    return {frozenset(members) for members in events.values()}


WANTED = {frozenset(names) for names in (VISIT, RETURN, FIRE, CHESS)}


@pytest.mark.parametrize("dated", [True, False])
def test_one_happening_is_one_event(dated: bool) -> None:
    assert together(group(corpus(dated))) == WANTED


def test_a_date_that_is_wrong_does_not_part_an_event() -> None:
    articles = corpus()
    articles[1] = dataclasses.replace(articles[1], published_earliest="2029-01-01", published_latest="2029-01-01")
    assert together(group(articles)) == WANTED


def test_two_similar_events_are_one_storyline() -> None:
    grouping = group(corpus())
    event = {m.article_id: m.event_id for m in grouping.memberships}
    line = {e.event_id: e.storyline_id for e in grouping.events}
    assert line[event["a-v1"]] == line[event["a-r1"]]
    assert len({line[event[a]] for a in ("a-v1", "a-f1", "a-c1")}) == 3
    assert {e.storyline_id for e in grouping.events} == {s.storyline_id for s in grouping.storylines}


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_articles_does_not_matter(seed: int) -> None:
    articles = corpus()
    wanted = group(articles)
    random.Random(seed).shuffle(articles)
    assert group(articles) == wanted


def test_every_article_is_in_one_event_with_a_reason_and_counts_agree() -> None:
    articles = [*corpus(), dataclasses.replace(corpus()[0], article_id="a-z9")]
    grouping = group(articles)
    assert sorted(m.article_id for m in grouping.memberships) == sorted(a.article_id for a in articles)
    assert all(m.reason for m in grouping.memberships)
    assert sum(e.articles for e in grouping.events) == len(articles)
    assert sum(e.origins for e in grouping.events) == len(articles) - len(grouping.copies) == len(articles) - 1
    event = {m.article_id: m.event_id for m in grouping.memberships}
    assert event["a-z9"] == event["a-v1"]


def test_an_event_keeps_its_id_as_it_grows() -> None:
    few, all_of_it = group(corpus()[:2]), group(corpus())
    assert {e.event_id for e in few.events} <= {e.event_id for e in all_of_it.events}


def test_articles_of_later_days_change_no_id_whatever_their_own() -> None:
    articles = corpus()
    grouping = group(articles)
    event = next(e for e in grouping.events if e.event_id == _event_of(grouping, "a-v1"))
    later = [
        dataclasses.replace(
            articles[0], article_id=name, published_earliest="2031-05-30", published_latest="2031-05-30"
        )
        for name in ("a-0", "a-zz")
    ]
    more = group(
        [*articles, *(dataclasses.replace(a, shingles=b"", signature=bytes([n]) * 512) for n, a in enumerate(later))]
    )
    grown = next(e for e in more.events if e.event_id == event.event_id)
    assert (grown.articles, grown.storyline_id) == (event.articles + 2, event.storyline_id)


def _event_of(grouping: Grouping, article_id: str) -> str:
    return next(m.event_id for m in grouping.memberships if m.article_id == article_id)


@pytest.mark.parametrize("seed", range(3))
def test_articles_added_one_by_one_in_any_order_end_as_one_batch_does(seed: int) -> None:
    articles, held = corpus(), []
    random.Random(seed).shuffle(articles)
    for one in articles:
        held.append(one)
        grouping = group(held)
    assert grouping == group(corpus())


def test_days_places_and_titles_come_from_the_articles() -> None:
    titled = [dataclasses.replace(a, title=f"Title of {a.article_id}") for a in corpus()]
    events = {e.event_id: e for e in group(titled).events}
    of = {m.article_id: events[m.event_id] for m in group(titled).memberships}
    assert (of["a-v3"].earliest, of["a-v3"].latest) == ("2031-05-04", "2031-05-04")
    assert of["a-r1"].earliest == "2032-06-09"
    assert of["a-f1"].place_id == "brenholt"
    assert of["a-c1"].earliest is None
    assert {e.title for e in events.values()} <= {a.title for a in titled}


def test_without_a_title_the_opening_sentence_is_the_title() -> None:
    (event,) = group([article("a-1", CHESS["c1"])]).events
    assert event.title == CHESS["c1"].split(". ")[0] + "."


@pytest.mark.parametrize("texts", [[], ["x"], [""], ["one two three"] * 2])
def test_corpora_of_nothing(texts: list[str]) -> None:
    grouping = group([article(f"a-{k}", text) for k, text in enumerate(texts)])
    assert len(grouping.memberships) == len(texts)


def test_features_survive_arrow() -> None:
    articles = corpus()
    assert from_arrow(ArticleFeatures, to_table(ArticleFeatures, articles)) == articles
