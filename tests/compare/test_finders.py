"""Pairs of articles of one sentence each that differ in one point, and pairs that do not differ."""

from __future__ import annotations

import numpy as np
import pytest

from rashomon.compare.candidates import Aligned, reason
from rashomon.compare.event import candidates
from rashomon.compare.passages import passages
from rashomon.compare.scene import Scene

CASES = [
    # one telling, other telling, kind, relation, values
    (
        "At least 7 people were killed when a ferry sank off Dorvik.",
        "Seven people were killed when a ferry sank off Dorvik.",
        ("number", "granularity", {"At least 7", "Seven"}),
    ),
    (
        "Rebels killed 7 people when they stormed the barracks in Dorvik.",
        "Rebels killed 9 people when they stormed the barracks in Dorvik.",
        ("number", "contradiction", {"7", "9"}),
    ),
    (
        "The army sent about 9,000 soldiers to the camps near Korlin.",
        "The army sent thousands of soldiers to the camps near Korlin.",
        ("number", "granularity", {"about 9,000", "thousands"}),
    ),
    (
        "The council signed the treaty on grain with Karsk.",
        "The council did not sign the treaty on grain with Karsk.",
        ("status", "contradiction", None),
    ),
    (
        "The dam above Korlin may have collapsed after heavy rain.",
        "The dam above Korlin has collapsed after heavy rain.",
        ("status", "framing", None),
    ),
    (
        "Officials said the militia burned the granary in Dorvik.",
        "The militia burned the granary in Dorvik.",
        ("status", "framing", None),
    ),
    (
        "Strong winds delayed the ferry to Dorvik on Tuesday morning.",
        "Fierce winds delayed the ferry to Dorvik on Tuesday morning.",
        ("wording", None, {"Strong winds", "Fierce winds"}),
    ),
    (
        "The bus crashed in the valley of Korlin.",
        "The bus crashed in the forest of Korlin.",
        ("wording", None, None),
    ),
    (
        "Rebels killed the mayor in Dorvik.",
        "Rebels murdered the mayor in Dorvik.",
        ("wording", "framing", {"killed", "murdered"}),
    ),
    (
        "Guards closed the bridge because of the flood.",
        "Guards closed the bridge after a threat of sabotage.",
        ("cause", "framing", None),
    ),
    (
        "Two pilots died in the crash near Korlin, Anna Velin said.",
        "Two pilots died in the crash near Korlin, Boris Hadek said.",
        ("attribution", "scope", {"Anna Velin", "Boris Hadek"}),
    ),
    (
        "The guards fired before the crowd broke through the gate in Dorvik.",
        "The guards fired only after the crowd had broken through the gate in Dorvik.",
        ("date", "contradiction", None),
    ),
    (
        "The crew called for help minutes before the ferry sank off Korlin.",
        "The ferry sank off Korlin and then the crew called for help.",
        ("date", "contradiction", None),
    ),
]
SAME = [
    ("The army sent 9,000 soldiers to Korlin.", "The army sent 9000 soldiers to Korlin."),
    ("The new road to Dorvik is 10 miles long.", "The new road to Dorvik is 16.1 km long."),
    ("A ferry sank off Dorvik and 7 people were killed.", "Seven people were killed when a ferry sank off Dorvik."),
    ("Rebels killed 7 soldiers in Dorvik.", "Farmers in Korlin sold 200 goats."),
    ("A ship sank and 7 people were killed in Dorvik.", "A ship sank and 40 people were injured in Dorvik."),
    (
        "The guards fired before the crowd broke through the gate.",
        "The crowd broke through the gate after the guards had fired.",
    ),
]


def found(read, one: str, other: str):
    readings = sorted(
        (read("Courier", "2031-03-04", one), read("Herald", "2031-03-04", other)), key=lambda r: r.article.article_id
    )
    told = passages(readings)
    scores = [[0.0 if a.told == b.told else 0.9 for b in told] for a in told]

    return candidates(Scene(Aligned(told, np.array(scores, dtype=np.float32))), readings)


@pytest.mark.parametrize(("one", "other", "wanted"), CASES, ids=lambda case: case[0] if isinstance(case, tuple) else "")
def test_a_difference(read, one, other, wanted):
    kind, relation, values = wanted
    mine = [c for c in found(read, one, other) if c.kind == kind]
    assert mine
    if relation is not None:
        assert mine[0].relation == relation
    if values is not None:
        assert {s.value for s in mine[0].sides} == values
    assert "Courier, 4 Mar 2031" in reason(mine[0]) and "Herald, 4 Mar 2031" in reason(mine[0])
    for side in mine[0].sides:
        assert side.value in side.passage.article.text[side.start : side.end]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_no_number_differs_and_nothing_contradicts(read, one, other):
    assert [c for c in found(read, one, other) if c.kind == "number" or c.relation == "contradiction"] == []


def test_a_season_in_a_name_is_no_date(read):
    told = found(
        read,
        "Soldiers held the exercise Winter Anvil near Dorvik.",
        "Soldiers held the exercise near Dorvik in February.",
    )
    assert [c for c in told if c.kind == "date"] == []
