"""Articles moved by judgements: found again at later runs, copies along, events told anew, nothing else touched."""

from __future__ import annotations

import dataclasses

from rashomon.group.grouping import group
from rashomon.group.moves import Move, Moving, moved, named
from rashomon.model.arrow import from_arrow, to_table
from rashomon.model.flow import Copy, Grouping
from rashomon.model.judging import Detail
from rashomon.model.records import Judgement
from tests.group.making import article

TEXTS = {
    "v1": "The envoy Ruvek of Karsk met President Tolmar in Drellin on 4 May 2031. They signed a fishing treaty.",
    "v2": "In Drellin the president, Tolmar, received envoy Ruvek on 4 May 2031. He signed the fishing treaty.",
    "f1": "A fire gutted the paper mill of Brenholt and two night watchmen were hurt. Flames leapt from the roof.",
    "f2": "Two watchmen were burnt when flames destroyed a paper mill at Brenholt. A boiler had burst.",
    "c1": "Grandmaster Ilse Vantor won her seventh chess match with a queen sacrifice. She is nineteen.",
}
ARTICLES = [article(name, text, title=f"Headline {name}") for name, text in TEXTS.items()]


def together(*groups: str, copies: dict[str, str] | None = None) -> Grouping:
    """A grouping of these articles as `v1 v2`, `f1`, made by grouping each alone."""
    found = []
    for members in groups:
        told = group([a for a in ARTICLES if a.article_id == members.split()[0]])
        event = dataclasses.replace(told.events[0], articles=len(members.split()), origins=len(members.split()))
        memberships = tuple(
            dataclasses.replace(told.memberships[0], article_id=a, event_id=event.event_id) for a in members.split()
        )
        found.append((event, told.storylines[0], memberships))
    return Grouping(
        tuple(Copy(a, b, "exact", 1.0, "the same") for a, b in (copies or {}).items()),
        tuple(sorted((e for e, _, _ in found), key=lambda e: e.event_id)),
        tuple(sorted((s for _, s, _ in found), key=lambda s: s.storyline_id)),
        tuple(sorted((m for _, _, ms in found for m in ms), key=lambda m: m.article_id)),
    )


def move(subject: str, to: str, number: int = 1, retired: str | None = None) -> Judgement:
    detail = Detail(ids=(subject,), articles=tuple(to.split()), why="a test").text()
    at = f"2032-01-{number:02}T00:00:00Z"
    return Judgement(f"j-{number}", at, "Mo", "move", "articles", subject, detail, retired)


def applied(grouping: Grouping, *judgements: Judgement) -> Grouping:
    """Through the stage and its Arrow schema, with the features of the articles that it says it needs."""
    wanted = named(grouping, judgements)
    given = Moving(grouping, tuple(a for a in ARTICLES if a.article_id in wanted), judgements)
    (found,) = from_arrow(Grouping, Move()(to_table(Moving, [given])))
    assert found == moved(given)
    return found


def events(grouping: Grouping) -> set[str]:
    held: dict[str, list[str]] = {}
    for membership in grouping.memberships:
        held.setdefault(membership.event_id, []).append(membership.article_id)
    assert set(held) == {e.event_id for e in grouping.events}
    assert {e.event_id: e.articles for e in grouping.events} == {e: len(a) for e, a in held.items()}
    assert {e.storyline_id for e in grouping.events} == {s.storyline_id for s in grouping.storylines}
    return {" ".join(sorted(members)) for members in held.values()}


def test_an_article_goes_to_the_event_named_and_says_who_sent_it():
    before = together("v1 v2 f2", "f1", "c1")
    after = applied(before, move("f2", "f1"))
    assert events(after) == {"v1 v2", "f1 f2", "c1"}
    (reason,) = (m.reason for m in after.memberships if m.article_id == "f2")
    assert reason == "moved here by Mo, 2032-01-01 (j-1): a test"
    untouched = next(e for e in before.events if e.title == "Headline c1")
    assert untouched in after.events
    title = {e.title for e in after.events}
    assert title & {"Headline f1", "Headline f2"} and title & {"Headline v1", "Headline v2"}


def test_the_event_is_found_by_the_articles_that_it_had():
    """Whatever its id is by now, and whatever else has joined it."""
    assert events(applied(together("v1 f2", "f1 c1 v2"), move("f2", "f1 c1 gone"))) == {"v1", "c1 f1 f2 v2"}


def test_no_articles_named_makes_an_event_of_its_own():
    after = applied(together("v1 v2 c1"), move("c1", ""))
    assert events(after) == {"v1 v2", "c1"}
    assert len({e.storyline_id for e in after.events}) == 2


def test_the_first_article_of_an_event_may_leave_it():
    after = applied(together("v1 v2 f1"), move("v1", ""))
    assert events(after) == {"v1", "f1 v2"} and len({e.event_id for e in after.events}) == 2


def test_copies_go_with_their_origin():
    before = together("v1 v2 f1 f2", copies={"f2": "f1"})
    for subject in ("f1", "f2"):
        after = applied(before, move(subject, ""))
        assert events(after) == {"v1 v2", "f1 f2"}
        assert {e.origins for e in after.events} == {1, 2}


def test_an_event_that_loses_all_is_gone():
    assert events(applied(together("v1 v2", "f1"), move("f1", "v1 v2"))) == {"f1 v1 v2"}


def test_what_finds_nothing_or_was_withdrawn_changes_nothing():
    before = together("v1 v2", "f1")
    for judgement in (
        move("gone", "f1"),
        move("v1", "gone"),
        move("v1", "v2"),
        move("v1", "f1", retired="2032-02-01"),
        dataclasses.replace(move("v1", "f1"), table="entities"),
    ):
        assert applied(before, judgement) == before


def test_later_judgements_stand_on_earlier_ones_whatever_their_order_in_the_log():
    before = together("v1 v2 f2", "f1", "c1")
    first, second = move("f2", "c1", 1), move("f2", "f1", 2)
    assert events(applied(before, second, first)) == events(applied(before, first, second)) == {"v1 v2", "f1 f2", "c1"}
