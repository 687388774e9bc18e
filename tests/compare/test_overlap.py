"""Words in common and words met, in whole tables, in pieces of them and pair by pair."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rashomon.compare import features, overlap
from rashomon.compare.overlap import Overlap
from rashomon.compare.passages import passages

TOLD = (
    ("ferry", "sink", "harbour"),
    ("ferry", "founder", "harbour", "ferry"),
    ("council", "vote"),
    (),
    ("boat", "sink"),
)


def test_words_in_common_weigh_by_their_rarity():
    found = Overlap(TOLD)
    rare, common = math.log(6 / 1.5), math.log(6 / 2.5)
    assert found.rarity["council"] == pytest.approx(rare)
    assert found.rarity["ferry"] == pytest.approx(common)
    shared = found.pair(0, 1)
    assert shared.weight == pytest.approx(2 * common)
    assert shared.containment == pytest.approx(2 * common / (3 * common))
    assert shared.jaccard == pytest.approx(2 * common / (3 * common + rare))
    assert found.pair(0, 2).weight == found.pair(3, 3).jaccard == 0


@pytest.mark.parametrize("rows", [1, 2, 512])
def test_a_table_in_pieces_is_the_table(monkeypatch, rows):
    whole, met = Overlap(TOLD).table(), Overlap(TOLD).met()
    monkeypatch.setattr(overlap, "_CHUNK", rows)
    found = Overlap(TOLD)
    for one, other in zip(found.table(), whole, strict=True):
        np.testing.assert_array_equal(one, other)
    np.testing.assert_allclose(found.met(), met, atol=1e-6)
    for i in range(len(TOLD)):
        for j in range(len(TOLD)):
            np.testing.assert_allclose(found.pair(i, j), [table[i, j] for table in whole], atol=1e-6)


def test_words_are_met_by_themselves_and_by_near_ones_in_part():
    met = Overlap(TOLD).met()
    assert np.diag(met) == pytest.approx([1, 1, 1, 0, 1])
    assert 0.3 < met[4, 0] < 1, "a boat is near a ferry"
    assert met[4, 0] > met[4, 2]
    assert met[0, 3] == met[3, 0] == 0


def test_of_an_event_with_too_many_sentences_each_article_gives_its_first(monkeypatch, read):
    long = read("The Courier", "2031-05-04", " ".join(f"Boat {n} left the harbour of Dorvik." for n in range(9)))
    short = read("The Herald", "2031-05-04", "The harbour of Dorvik is empty. The boats left on Monday.")
    assert len(passages([long, short])) == 11
    monkeypatch.setattr("rashomon.compare.passages.MOST", 7)
    told = passages([long, short])
    assert [p.told for p in told] == [0, 0, 0, 0, 0, 1, 1]
    assert told[0].text == "Boat 0 left the harbour of Dorvik."
    monkeypatch.setattr("rashomon.compare.passages.MOST", 1)
    assert [p.told for p in passages([long, short])] == [0, 1]


def test_nothing_shares_nothing():
    found = Overlap([])
    assert found.table().weight.shape == found.met().shape == (0, 0)


def test_of_too_many_pairs_the_nearest_are_measured(monkeypatch, read):
    told = passages(
        [
            read(
                "The Courier",
                "2031-05-04",
                "The ferry sank in the harbour of Dorvik. The council of Korlin will vote on the treaty.",
            ),
            read(
                "The Herald",
                "2031-05-04",
                "The ferry foundered in the harbour of Dorvik. The council of Korlin voted on the treaty today.",
            ),
        ]
    )
    every = features.features(told)
    monkeypatch.setattr(features, "MOST", 1)
    (one,) = zip(*(features.features(told).rows.tolist(), features.features(told).columns.tolist()), strict=True)
    cosine, containment = (every.values[:, features.NAMES.index(name)] for name in ("cosine", "containment"))
    near = np.maximum(cosine - features.NEAR, containment - features.LIKE).argmax()
    assert len(every.rows) > 1
    assert one == (every.rows[near], every.columns[near])
