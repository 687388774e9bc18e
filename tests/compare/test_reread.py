"""The cross-encoder and the second look, over passages written for the purpose."""

from __future__ import annotations

import numpy as np
import pytest

from rashomon.compare import crossencoder, reread
from rashomon.compare.align import align, looks
from rashomon.compare.crossencoder import ASKED, MARKED, Answers
from rashomon.compare.features import features
from rashomon.compare.passages import passages

TELLINGS = (
    "A ferry sank off Dorvik on Tuesday and seven people drowned. The mayor of Korlin opened a market for fish.",
    "Seven people were drowned when the Dorvik ferry went down. The harbour was closed to all ships for a week.",
    "The boat to Dorvik foundered in a storm, killing seven. Ships may not enter the harbour for seven days.",
)


@pytest.fixture(scope="module")
def told(read):
    readings = [read(f"Outlet {n}", "2031-03-04", text) for n, text in enumerate(TELLINGS)]
    return passages(sorted(readings, key=lambda r: r.article.article_id))


def pair_of(told, one: str, other: str):
    return tuple(next(p for p in told if words in p.text) for words in (one, other))


def test_answers_have_the_shapes_that_they_say(told):
    (answer,) = crossencoder.read([(told[0], told[-1])])
    assert answer.pair.shape == (len(ASKED),)
    assert all(side.shape[1] == len(MARKED) and len(side) > 5 for side in answer.marks)
    assert np.isfinite(answer.pair).all()


def test_it_tells_the_same_fact_from_another(told):
    same, other = crossencoder.read(
        [
            pair_of(told, "A ferry sank", "went down"),
            pair_of(told, "A ferry sank", "harbour was closed"),
        ]
    )
    assert same.pair[0] > other.pair[0] + 1


def test_the_same_pairs_have_the_same_answers_every_time(told):
    pairs = [(a, b) for a in told for b in told if a.told < b.told]
    first, again = crossencoder.read(pairs), crossencoder.read(pairs)
    assert len(first) == len(pairs)
    assert all((a.pair == b.pair).all() for a, b in zip(first, again, strict=True))


def test_nothing_to_read():
    assert crossencoder.read([]) == []
    assert align([], looks()).scores.shape == (0, 0)


def test_only_likely_pairs_are_read_and_no_more_than_a_number(monkeypatch):
    first = np.array([0.9, 0.01, 0.3, 0.06, 0.049], dtype=np.float32)
    assert reread.chosen(first).tolist() == [0, 2, 3]
    monkeypatch.setattr(reread, "MOST", 2)
    assert reread.chosen(first).tolist() == [0, 2]


def test_features_of_a_pair_hold_its_answers_and_its_rivals(told):
    measured = features(told)
    first = np.linspace(0.01, 0.9, len(measured.rows)).astype(np.float32)
    asked = np.arange(len(ASKED), dtype=np.float32)

    def reader(pairs):
        marks = np.full((4, len(MARKED)), 30.0, dtype=np.float32)
        states = np.zeros((4, 3), dtype=np.float16)
        return [Answers(asked, (marks, marks[:2]), (states, states[:2])) for _ in pairs]

    answers = reread.read(told, measured, first, reader)
    assert sorted(answers) == [n for n, p in enumerate(first) if p >= reread.READ]
    rows = reread.features(told, measured, first, answers)
    assert rows.shape == (len(first), len(reread.NAMES))
    named = dict(zip(reread.NAMES, rows[-1].tolist(), strict=True))
    assert [named[name] for name in ASKED] == asked.tolist()
    assert named["marked_less"] == named["marked_peak"] == 1.0
    unread = dict(zip(reread.NAMES, rows[0].tolist(), strict=True))
    assert unread["same"] < named["same"]
    assert unread["marked_more"] == 0.0


def test_told_alike_is_likelier_than_told_otherwise(told):
    scores = align(told, looks()).scores
    assert (scores == scores.T).all()
    a, b = pair_of(told, "A ferry sank", "went down")
    c, _ = pair_of(told, "mayor of Korlin", "went down")
    assert scores[a.index, b.index] > 0.4 > scores[c.index, b.index]
