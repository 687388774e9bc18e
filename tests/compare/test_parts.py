"""Typed parts of aligned passages set beside each other."""

from __future__ import annotations

import numpy as np
import pytest

from rashomon.compare import parts
from rashomon.compare.candidates import Aligned
from rashomon.compare.passages import passages
from rashomon.compare.scene import Scene


def _found(read, one, other, aligned=0.9):
    told = [read("The Courier", "2031-05-04", one), read("The Herald", "2031-05-05", other)]
    told.sort(key=lambda r: r.article.article_id)
    made = passages(told)
    scores = np.full((len(made), len(made)), aligned, dtype=np.float32)
    pairs = parts.find(Scene(Aligned(made, scores)))
    return {(c.kind, *sorted(s.value for s in c.sides)) for c in pairs}, {c.cue for c in pairs}


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (
            "Seven miners died in the shaft at Korlin.",
            "Eight miners died in the shaft at Korlin.",
            ("number", "Eight", "Seven"),
        ),
        (
            "The harbour police detained the captain.",
            "The harbour police arrested the captain.",
            ("wording", "arrested", "detained"),
        ),
        (
            "The rebels shelled the old granary.",
            "The fighters shelled the old granary.",
            ("identity", "The fighters", "The rebels"),
        ),
        (
            "The ferry sank in the bay.",
            "The ferry sank near the harbour.",
            ("place", "the bay", "the harbour"),
        ),
        (
            "The square near the harbour gate will have a stage.",
            "The square on the old market will have a stage.",
            ("place", "the harbour gate", "the old market"),
        ),
        (
            "The council did not sign the treaty.",
            "The council signed the treaty.",
            ("status", "sign", "signed"),
        ),
    ],
)
def test_parts_of_one_type_that_are_not_the_same(read, one, other, wanted):
    assert wanted in _found(read, one, other)[0]


def test_what_is_the_same_and_what_is_of_another_type_is_no_pair(read):
    found, _ = _found(read, "Seven miners died in the shaft.", "Seven miners died in a shaft.")
    assert not any(kind in ("number", "place") for kind, *_ in found)
    found, _ = _found(read, "Seven miners died.", "The miners died on the hill.")
    assert not any("Seven" in values and "the hill" in values for _, *values in found)


def test_passages_that_are_not_aligned_are_not_looked_at(read):
    assert _found(read, "Seven miners died.", "Eight miners died.", aligned=0.05)[0] == set()


def test_the_rule_names_the_kind_and_how_the_parts_stand_to_each_other(read):
    _, cues = _found(read, "Seven miners died in the shaft.", "Eight miners died in the shaft.")
    assert "part:number:same-apart" in cues
