"""When words were said, and places that act."""

from __future__ import annotations

import pytest

from rashomon.annotate.annotator import annotate
from rashomon.extract.article import extract
from rashomon.model.identity import digest
from rashomon.model.records import Source


def reading(text):
    found = extract(Source("x.txt", digest(text.encode()), "text", text.encode()))
    return annotate(found.article, found.blocks)


SAID = [
    ("“The port will open,” Ilse Tovander said on Monday.", "Monday"),
    ("Tovander told reporters in Quellin last week that the port would open.", "last week"),
    ("Tovander, who left the city on Monday, said that the port would open.", None),
    ("Tovander said that the port would open on Monday.", None),
    ("Tovander said now that the port would open.", None),
]


@pytest.mark.parametrize(("sentence", "told"), SAID)
def test_the_day_that_hangs_on_the_cue_is_the_day_it_was_said(sentence, told):
    found = reading(f"{sentence} The ferries are still tied up at the quay.")
    quotation = found.quotations[0]
    start, end = quotation.said_start, quotation.said_end
    assert (found.article.text[start:end] if start is not None else None) == told


ACTS = [
    ("Moscow rejected the proposal of the three envoys on Friday.", True),
    ("The proposal was rejected by Moscow on Friday.", True),
    ("Russia wants to negotiate, the three envoys reported on Friday.", True),
    ("The three envoys arrived in Moscow on Friday.", False),
    ("Moscow is covered in snow since Friday, the three envoys wrote.", False),
]


@pytest.mark.parametrize(("sentence", "acts"), ACTS)
def test_a_place_that_acts_stands_for_its_government(sentence, acts):
    found = reading(f"{sentence} The talks go on for another week.")
    place = next(m for m in found.mentions if m.text in ("Moscow", "Russia"))
    assert (place.kind, place.stands_for) == ("place", "government" if acts else None)
