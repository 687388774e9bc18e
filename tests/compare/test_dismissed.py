"""Differences and claims that were dismissed stay away, and what is new about them comes back."""

from __future__ import annotations

import dataclasses

import pytest

from rashomon.compare.dismissed import Dismiss, Dismissing, articles, without
from rashomon.model.arrow import from_arrow, to_table
from rashomon.model.judging import Detail
from rashomon.model.records import (
    Claim,
    ClaimPassage,
    Comparison,
    Difference,
    DifferenceSide,
    Judgement,
    Omission,
    Place,
)

COMPARISON = Comparison(
    event_id="e-1",
    claims=(
        Claim("c-1", "e-1", "Nine men died.", "disputed", 2, 2, 0.9),
        Claim("c-2", "e-1", "It rained.", "single", 1, 1, 0.1),
    ),
    claim_passages=(
        ClaimPassage("c-1", "a-1", 0, 14, "Nine men died."),
        ClaimPassage("c-1", "a-2", 0, 13, "Ten men died."),
        ClaimPassage("c-2", "a-1", 20, 30, "It rained."),
    ),
    differences=(
        Difference("d-1", "e-1", "number", "contradiction", "men", "nine or ten", 0.9),
        Difference("d-2", "e-1", "wording", "framing", "men", "men, men", 0.5),
    ),
    difference_sides=(
        DifferenceSide("d-1", "a-1", 0, 4, "Nine", "9"),
        DifferenceSide("d-1", "a-2", 0, 3, "Ten", "10"),
        DifferenceSide("d-2", "a-1", 0, 4, "Nine", "9"),
        DifferenceSide("d-2", "a-2", 0, 3, "Ten", "10"),
    ),
    utterances=(),
    wording=(),
    omissions=(Omission("e-1", "c-2", "Herald", 1, "not told"),),
)
SIDES = (Place("a-1", 0, 4), Place("a-2", 0, 3))
NUMBER = Detail(ids=("d-1",), places=SIDES, values=("9", "10"), kind="number")
RAIN = Detail(ids=("c-2",), places=(Place("a-1", 20, 30),))


def dismiss(detail: Detail, table: str = "differences", retired: str | None = None) -> Judgement:
    return Judgement("j-1", "2032-01-01T00:00:00Z", "Mo", "dismiss", table, detail.ids[0], detail.text(), retired)


def left(comparison: Comparison, *judgements: Judgement) -> Comparison:
    """Through the stage and its Arrow schema."""
    row = Dismissing(comparison, judgements)
    (found,) = from_arrow(Comparison, Dismiss()(to_table(Dismissing, [row])))
    assert found == without(comparison, judgements)
    return found


def test_a_difference_goes_with_its_sides_and_its_claim_is_disputed_no_more():
    after = left(COMPARISON, dismiss(NUMBER))
    assert [d.difference_id for d in after.differences] == ["d-2"]
    assert {s.difference_id for s in after.difference_sides} == {"d-2"}
    assert [c.status for c in after.claims] == ["corroborated", "single"]
    assert after.claim_passages == COMPARISON.claim_passages


def test_a_claim_that_another_contradiction_is_about_stays_disputed():
    other = dataclasses.replace(COMPARISON.differences[0], difference_id="d-3", kind="status")
    sides = tuple(dataclasses.replace(s, difference_id="d-3") for s in COMPARISON.difference_sides[:2])
    more = dataclasses.replace(
        COMPARISON,
        differences=(*COMPARISON.differences, other),
        difference_sides=(*COMPARISON.difference_sides, *sides),
    )
    assert [c.status for c in left(more, dismiss(NUMBER)).claims] == ["disputed", "single"]


def test_a_claim_goes_with_its_passages_and_omissions():
    after = left(COMPARISON, dismiss(RAIN, "claims"))
    assert [c.claim_id for c in after.claims] == ["c-1"] and not after.omissions
    assert {p.claim_id for p in after.claim_passages} == {"c-1"}
    assert after.differences == COMPARISON.differences


def grown(value: str) -> Comparison:
    """The comparison after a third article has joined the difference with a value: it has another id."""
    side = DifferenceSide("d-9", "a-3", 5, 9, "Nine", value)
    sides = tuple(dataclasses.replace(s, difference_id="d-9") for s in COMPARISON.difference_sides[:2])
    difference = dataclasses.replace(COMPARISON.differences[0], difference_id="d-9")
    return dataclasses.replace(COMPARISON, differences=(difference,), difference_sides=(*sides, side))


def test_it_is_found_again_when_others_have_joined_it():
    assert not left(grown("9"), dismiss(NUMBER)).differences


def test_a_new_value_is_news():
    assert left(grown("12"), dismiss(NUMBER)).differences


@pytest.mark.parametrize(
    "judgement",
    [
        dismiss(NUMBER, retired="2032-02-01"),
        dismiss(dataclasses.replace(NUMBER, kind="date")),
        dismiss(dataclasses.replace(NUMBER, places=(*SIDES, Place("a-9", 0, 3)))),
        dismiss(dataclasses.replace(NUMBER, places=())),
        dismiss(dataclasses.replace(RAIN, places=()), "claims"),
        dataclasses.replace(dismiss(NUMBER), verb="confirm"),
    ],
)
def test_what_finds_nothing_or_was_withdrawn_changes_nothing(judgement):
    assert left(COMPARISON, judgement) == COMPARISON


def test_it_says_which_articles_it_is_about():
    assert articles([dismiss(NUMBER)]) == {"a-1", "a-2"} and not articles([dismiss(NUMBER, retired="2032-02-01")])
