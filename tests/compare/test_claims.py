from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from rashomon.compare.claims import JOINS, clearest, filled, weigh, without_repeats
from rashomon.compare.passages import passages

TEXT = "A ferry sank off Dorvik. The ferry sank near Dorvik on Tuesday."


@pytest.fixture
def told(read):
    """Two sentences of each of two articles, in reading order."""
    readings = [read("Courier", "2031-03-04", TEXT), read("Herald", "2031-03-04", TEXT)]
    return passages(sorted(readings, key=lambda r: r.article.article_id))


def _scores(first: float, second: float):
    table = np.zeros((4, 4), dtype=np.float32)
    table[0, 2:] = table[2:, 0] = first
    table[1, 2:] = table[2:, 1] = second
    return table


def test_a_much_weaker_second_passage_of_an_article_is_left_out(told):
    assert without_repeats((0, 1, 2), _scores(0.9, 0.6), told) == (0, 2)


def test_one_nearly_as_near_stays(told):
    assert without_repeats((0, 1, 2), _scores(0.9, 0.8), told) == (0, 1, 2)


def test_a_headline_beside_a_sentence_is_left_out_however_near(told):
    told[0] = dataclasses.replace(told[0], role="title")
    assert without_repeats((0, 1, 2), _scores(0.9, 0.5), told) == (1, 2)


def test_a_headline_alone_stays(told):
    told[0] = dataclasses.replace(told[0], role="title")
    assert without_repeats((0, 2), _scores(0.9, 0.5), told) == (0, 2)


THREE = (
    "The ferry sank off Dorvik at dawn.",
    "A ferry sank near Dorvik.",
    "The Dorvik ferry sank, and the mayor resigned.",
)


@pytest.fixture
def six(read):
    """A sentence about the ferry and one about the mayor in each of three articles."""
    readings = [
        read(f"Outlet {n}", "2031-03-04", f"{text} The mayor of Dorvik resigned.") for n, text in enumerate(THREE)
    ]
    return passages(sorted(readings, key=lambda r: r.article.article_id))


def _table(**pairs):
    table = np.zeros((6, 6), dtype=np.float32)
    for pair, score in pairs.items():
        i, j = int(pair[1]), int(pair[2])
        table[i, j] = table[j, i] = score
    return table


def test_a_passage_joins_a_claim_that_has_nothing_of_its_article(six):
    scores = _table(p02=0.8, p24=0.8, p04=0.5, p35=0.9)
    assert filled([(0, 2), (3, 5)], scores, six) == [(0, 2, 4), (3, 5)]


def test_one_that_tells_it_less_surely_does_not(six):
    scores = _table(p02=0.8, p24=JOINS + 0.1, p04=JOINS - 0.2)
    assert filled([(0, 2)], scores, six) == [(0, 2)]


def test_of_an_article_the_nearest_passage_joins(six):
    scores = _table(p02=0.8, p24=0.8, p04=0.8, p25=0.7, p05=0.7)
    assert filled([(0, 2)], scores, six) == [(0, 2, 4)]


def test_a_claim_inside_another_is_told_once(six):
    scores = _table(p02=0.8, p24=0.8, p04=0.7)
    assert filled([(0, 2), (2, 4)], scores, six) == [(0, 2, 4)]


def test_a_passage_is_in_few_claims(six, monkeypatch):
    scores = _table(p02=0.8, p13=0.8, p04=0.8, p24=0.8, p14=0.7, p34=0.7)
    assert filled([(0, 2), (1, 3)], scores, six) == [(0, 2, 4), (1, 3, 4)]
    monkeypatch.setattr("rashomon.compare.claims.FACTS", 1)
    assert filled([(0, 2), (1, 3)], scores, six) == [(0, 2, 4), (1, 3)]


def test_claims_that_share_most_of_their_passages_are_one(six):
    scores = _table(p02=0.8, p24=0.8, p04=0.8, p25=0.7, p05=0.7, p03=0.8)
    assert filled([(0, 2, 4), (0, 2, 5)], scores, six) == [(0, 2, 4, 5)]
    assert filled([(0, 2, 4), (0, 3, 5)], scores, six) == [(0, 2, 4), (0, 3, 5)], "one passage tells two facts"


def test_two_claims_are_told_by_two_passages(six):
    scores = _table(p02=0.9, p24=0.9, p04=0.5)
    assert clearest((0, 2, 4), scores, six) is six[2]
    assert clearest((0, 2, 4), scores, six, {2, 4}) is six[0]
    assert clearest((0, 2, 4), scores, six, {0, 2, 4}) is six[2]


def test_a_headline_is_not_told_early(six):
    body, head = [six[0]], [dataclasses.replace(six[0], role="title")]
    assert weigh(head, 3) == pytest.approx(weigh(body, 3) - 0.25)
