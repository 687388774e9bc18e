"""What is measured of two values where they stand, and what a difference is then called."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from rashomon.compare import values
from rashomon.compare.candidates import Candidate, side
from rashomon.compare.labels import NOTES, Choice, Labels, named
from rashomon.compare.overlap import Matrix
from rashomon.compare.passages import passages
from rashomon.compare.possible import barred, pointless
from rashomon.compare.scorer import split


def _sides(read, one, other, days=("2031-05-04", "2031-05-05")):
    made = []
    for (text, value), day, outlet in zip((one, other), days, ("The Courier", "The Herald"), strict=True):
        (passage,) = passages([read(outlet, day, text)])
        start = text.index(value)
        made.append(side(passage, start, start + len(value)))
    return made


def _measured(read, one, other):
    ours, theirs = (values.Value(s) for s in _sides(read, one, other))
    forth, back = values.measure(ours, theirs), values.measure(theirs, ours)
    assert forth == pytest.approx(back), "turned about, the pair is the same"
    assert set(forth) == set(values.NAMES)
    return forth


def test_the_same_words_around_other_values(read):
    found = _measured(
        read,
        ("Rebels killed seven miners at Korlin.", "seven"),
        ("Rebels killed nine miners at Korlin.", "nine"),
    )
    assert found["rest_jaccard"] == found["rest_containment"] == 1
    assert found["before_next"] == found["after_next"] == 1
    assert found["figures"] == 2
    assert found["ratio"] == pytest.approx(np.log(9 / 7))
    assert found["same_noun"] == 1


def test_a_value_is_measured_where_it_stands_and_not_in_a_longer_word_before_it(read):
    (passage,) = passages([read("The Courier", "2031-05-04", "In Whitby the storm hit the old pier.")])
    start = passage.text.index(" hit ") + 1
    value = values.Value(side(passage, start, start + 3))
    assert (value.start, value.end) == (start, start + 3)
    assert value.beside == (["whitby", "the", "storm"], ["the", "old", "pier."])


def test_words_are_whole_whatever_letters_they_have(read):
    one, other = ("Mayor Özdağ closed the bridge.", "Özdağ"), ("Mayor Şahin closed the bridge.", "Şahin")
    ours, theirs = (values.Value(s) for s in _sides(read, one, other))
    assert (ours.tokens, theirs.tokens) == (["özdağ"], ["şahin"])


def test_values_that_the_other_telling_has_too(read):
    one = ("The fire spread to the granary after the blast.", "the granary")
    other = ("The blast broke windows, and the granary burned.", "windows")
    found = _measured(read, one, other)
    assert found["own_more"] == found["told_more"] == found["known_more"] == 1
    assert found["own_less"] == found["told_less"] == found["known_less"] == 0


def test_parts_of_the_clause(read):
    found = _measured(
        read,
        ("The army shelled the granary.", "The army"),
        ("The soldiers shelled the granary.", "The soldiers"),
    )
    assert found["slot_same"] == found["slot_core"] == 1
    assert found["slot_subject"] == 2
    assert found["same_object"] == 1


def _labels(kind: str, relation: str, second: str = "naming") -> Labels:
    """Models of no features that always choose the same."""
    none = np.zeros((2, 1))
    kinds = Choice((kind, "cause"), np.zeros(1), np.ones(1), none, np.array([1.0, 0.0]))
    relations = Choice((relation, second), np.zeros(1), np.ones(1), none, np.array([1.0, 0.0]))
    return Labels(kinds, relations, np.zeros((2, 2)))


ROW: Matrix = np.zeros((1, 1), dtype=np.float32)


def test_a_pair_is_called_what_the_models_choose_with_a_note_that_fits(read):
    sides = _sides(read, ("Rebels shelled Korlin.", "Rebels"), ("Militants shelled Korlin.", "Militants"))
    pair = Candidate("identity", "naming", "Rebels", tuple(sides), "subject:other", 0.9, "named in other words")
    (told,) = named([pair], ROW, _labels("wording", "framing"))
    assert (told.kind, told.relation, told.note) == ("wording", "framing", NOTES["framing"])
    (told,) = named([pair], ROW, _labels("wording", "naming", "framing"))
    assert told.note == "named in other words", "the rule's own note stays where the relation does"


def test_kind_and_relation_are_chosen_together(read):
    sides = _sides(read, ("Rebels shelled Korlin.", "Rebels"), ("Militants shelled Korlin.", "Militants"))
    pair = Candidate("identity", "naming", "Rebels", tuple(sides), "subject:other", 0.9)
    labels = _labels("wording", "scope", "framing")
    for lift, relation in ((0.9, "scope"), (1.1, "framing")):
        both = dataclasses.replace(labels, together=np.array([[0.0, lift], [0.0, 0.0]]))
        (told,) = named([pair], ROW, both)
        assert (told.kind, told.relation) == ("wording", relation)


def test_nothing_is_an_update_where_no_telling_is_known_to_be_later(read):
    told = ("Rebels killed seven.", "seven"), ("Rebels killed nine.", "nine")
    for days, relation in ((("2031-05-04", "2031-05-05"), "update"), (("2031-05-04", "2031-05-04"), "scope")):
        pair = Candidate("number", "scope", "seven", tuple(_sides(read, *told, days)), "count", 0.9)
        assert named([pair], ROW, _labels("number", "update", "scope"))[0].relation == relation


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("seven miners", "nine miners", {"update", "date", "granularity", "naming", "framing"}),
        ("dozens of miners", "51 miners", {"update", "date", "contradiction"}),
        ("the two owners", "the two leaders", {"update", "date", "number", "granularity"}),
        ("the owners", "the leaders", {"update", "date", "number"}),
        ("the owner of Dorvik", "the leader of Dorvik", {"update", "date", "number", "granularity"}),
        ("the town of Dorvik", "the town of Korlin", {"update", "date", "number"}),
        ("the old border", "the old frontier", {"update", "date", "number", "granularity"}),
    ],
)
def test_what_the_values_rule_out(read, one, other, wanted):
    told = ((f"Rebels met {value} at Korlin.", value) for value in (one, other))
    sides = _sides(read, *told, days=("2031-05-04", "2031-05-04"))
    assert barred(Candidate("number", "scope", one, tuple(sides), "count", 0.9)) == wanted


def test_two_values_that_several_rules_propose_are_one_pair_with_all_rules(read):
    sides = tuple(_sides(read, ("Rebels killed seven.", "seven"), ("Rebels killed nine.", "nine")))
    first = Candidate("number", "scope", "seven", sides, "count-noun:apart", 0.9, "first")
    second = Candidate("number", "granularity", "seven", sides[::-1], "part:number:same-apart", 0.9)
    (pair,) = split([first, second])
    assert pair.cues == {"count-noun:apart", "part:number:same-apart"}
    assert pair.candidate.note == "first"


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("more than 50", "Over 50", True),
        ("about 50", "50", True),
        ("50", "60", False),
        ("more than 50 passengers of the tram", "Over 50", False),
    ],
)
def test_two_figures_that_say_the_same_are_no_pair(read, one, other, wanted):
    told = ((f"{value} were hurt at Korlin.", value) for value in (one, other))
    assert pointless(Candidate("number", "scope", one, tuple(_sides(read, *told)), "count", 0.9)) is wanted


def test_the_dead_and_the_hurt_are_not_one_count(read):
    killed = ("Seven people were killed at Korlin.", "Seven")
    for text, wanted in (("Nine people were injured at Korlin.", True), ("Nine people died at Korlin.", False)):
        sides = tuple(_sides(read, killed, (text, "Nine")))
        assert pointless(Candidate("number", "scope", "Seven", sides, "count", 0.9)) is wanted
