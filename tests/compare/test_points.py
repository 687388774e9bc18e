"""Points: which tellings a difference takes as its sides, and what it is called."""

from __future__ import annotations

import numpy as np
import pytest

from rashomon.compare.candidates import Aligned, Candidate, side
from rashomon.compare.passages import passages
from rashomon.compare.points import TWIN, points
from rashomon.compare.rank import HELD, SHOWN
from rashomon.compare.scene import Scene
from rashomon.compare.scorer import scorer, split

STRONG = "Strong winds delayed the ferry to Dorvik on Tuesday."
FIERCE = "Fierce winds delayed the ferry to Dorvik on Tuesday."
ALSO = "The ferry to Dorvik was delayed by strong winds on Tuesday."
OTHER = "The harbour master of Korlin opened a new market hall."


def scene(read, *texts: str, score: float = 0.9) -> Scene:
    readings = [read(f"Outlet {n}", "2031-03-04", text) for n, text in enumerate(texts)]
    told = passages(readings)
    scores = [[0.0 if a.told == b.told or OTHER in (a.text, b.text) else score for b in told] for a in told]
    return Scene(Aligned(told, np.array(scores, dtype=np.float32)))


def pair(at: Scene, *values: tuple[int, str], relation: str = "framing") -> Candidate:
    sides = []
    for index, value in values:
        passage = at.aligned.passages[index]
        start = passage.article.text.index(value)
        sides.append(side(passage, start, start + len(value)))
    return Candidate("wording", relation, "winds", tuple(sides), "wording:noun", 0.9)


def test_who_tells_it_alike_is_a_side_and_who_tells_of_something_else_is_none(read):
    at = scene(read, STRONG, FIERCE, ALSO, OTHER)
    ((sure, point),) = points(at, [(0.8, pair(at, (0, "Strong winds"), (1, "Fierce winds")))])
    assert sure == 0.8
    assert [s.value for s in point.sides] == ["Strong winds", "Fierce winds", "strong winds"]
    assert [s.passage.article.text[s.start : s.end] for s in point.sides] == [STRONG, FIERCE, ALSO]


@pytest.mark.parametrize(
    ("told", "other", "alike"),
    [
        ("$5 million", "$7 million", "$5 million"),
        ("5%", "7%", "5%"),
        ("The owner of the ferry", "the man at the rail", "owner of the ferry"),
    ],
)
def test_a_value_is_found_whatever_mark_it_begins_or_ends_with(read, told, other, alike):
    first, second, third = (f"{one} paid for the repairs, Dorvik heard on Tuesday." for one in (told, other, alike))
    at = scene(read, first, second, f"In Dorvik one heard that {third[:1].lower()}{third[1:]}")
    ((_, point),) = points(at, [(0.8, pair(at, (0, told), (1, other)))])
    assert [s.value for s in point.sides] == [told, other, alike]


def test_two_passages_give_one_point_by_the_surest_pair(read):
    at = scene(read, STRONG, FIERCE)
    sure, less = pair(at, (0, "Strong winds"), (1, "Fierce winds")), pair(at, (0, "Tuesday"), (1, "Tuesday"))
    found = points(at, [(0.3, less), (0.6, sure)])
    assert [p.sides[0].value for _, p in found] == ["Strong winds"]


def test_another_value_joins_a_point_only_where_it_is_nearly_as_sure(read):
    other = "Heavy winds delayed the ferry to Dorvik on Tuesday."
    at = scene(read, STRONG, FIERCE, other)
    ends = {"strong": (0, "Strong winds"), "fierce": (1, "Fierce winds"), "heavy": (2, "Heavy winds")}

    def told(sure: float) -> list[str]:
        others = [(sure, pair(at, ends[name], ends["heavy"])) for name in ("strong", "fierce")]
        _, point = points(at, [(0.6, pair(at, ends["strong"], ends["fierce"])), *others])[0]
        return [s.value for s in point.sides]

    assert told(0.5) == ["Strong winds", "Fierce winds", "Heavy winds"]
    assert told(0.3) == ["Strong winds", "Fierce winds"]


@pytest.mark.parametrize(("score", "joined"), [(TWIN, True), (TWIN - 0.1, False)])
def test_a_passage_that_tells_the_fact_of_one_side_joins_by_the_other(read, score, joined):
    at = scene(read, STRONG, FIERCE, "Heavy winds delayed the ferry to Dorvik on Tuesday.", score=score)
    strong, fierce, heavy = (0, "Strong winds"), (1, "Fierce winds"), (2, "Heavy winds")
    found = points(at, [(0.6, pair(at, strong, fierce)), (0.5, pair(at, fierce, heavy))])
    assert [len(point.sides) for _, point in found] == ([3] if joined else [2, 2])


def test_the_same_two_values_make_one_point(read):
    at = scene(read, STRONG, FIERCE, STRONG + " Boats stayed in.", FIERCE + " Boats stayed in.")
    values = [i for i, p in enumerate(at.aligned.passages) if "winds" in p.text]
    pairs = [(0.6, pair(at, (values[0], "Strong winds"), (values[1], "Fierce winds")))]
    pairs += [(0.5, pair(at, (values[2], "Strong winds"), (values[3], "Fierce winds")))]
    assert len(points(at, pairs)) == 1


def test_a_doubtful_contradiction_is_held_back(read):
    at = scene(read, STRONG, FIERCE)
    values = (0, "Strong winds"), (1, "Fierce winds")
    wrong, plain = pair(at, *values, relation="contradiction"), pair(at, *values)
    assert scorer().confidence(0.49, wrong) <= HELD < SHOWN
    assert scorer().confidence(0.49, plain) > scorer().confidence(0.1, plain)


def test_one_value_in_two_ways_of_writing_it_is_no_pair(read):
    at = scene(read, STRONG, ALSO)
    assert split([pair(at, (0, "Strong winds"), (1, "strong winds"))]) == []
