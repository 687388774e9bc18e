from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from rashomon.compare.claims import without_repeats
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
