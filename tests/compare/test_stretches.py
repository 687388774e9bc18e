"""What the network says of two stretches, over passages written for the purpose."""

from __future__ import annotations

import numpy as np
import pytest

from rashomon.compare import crossencoder
from rashomon.compare.crossencoder import ASKED, LONGEST, MARKED, Answers
from rashomon.compare.passages import passages
from rashomon.compare.stretches import NAMES, TOLD, UNREAD, Head, Opinions, head, inside
from rashomon.compare.wordpiece import pieces

KINDS = [f"read_{name}" for name in crossencoder.KINDS]
TELLINGS = (
    "A ferry sank off Dorvik on Tuesday and seven people drowned, the coast guard said.",
    "Nine people drowned on Tuesday when a ferry sank off Dorvik, officials said.",
)


@pytest.fixture(scope="module")
def told(read):
    readings = [read(f"Outlet {n}", "2031-03-04", text) for n, text in enumerate(TELLINGS)]
    return sorted(passages(sorted(readings, key=lambda r: r.article.article_id)), key=lambda p: p.text)


@pytest.fixture(scope="module")
def opinions(told):
    ends = sorted(told, key=lambda p: p.index)
    (answer,) = crossencoder.read([(ends[0], ends[1])])
    return Opinions({(ends[0].index, ends[1].index): answer}, head())


def stretch(passage, words: str):
    start = passage.article.text.index(words)
    return passage, start, start + len(words)


def named(told) -> dict[str, float]:
    return dict(zip(NAMES, told.tolist(), strict=True))


def test_pieces_of_a_stretch_are_those_that_touch_it():
    side = pieces("Nine people drowned", LONGEST)
    assert inside(side, 0, 4) == (0, 1)
    assert inside(side, 5, 19) == (1, len(side))
    assert inside(side, 3, 6) == (0, 2)


def test_a_stretch_behind_what_is_read_has_no_pieces():
    text = "word " * (LONGEST + 5) + "end"
    assert inside(pieces(text, LONGEST), len(text) - 3, len(text)) is None


def test_it_is_the_same_whichever_stretch_comes_first(told, opinions):
    one, other = stretch(told[0], "seven people"), stretch(told[1], "Nine people")
    assert (opinions.of(one, other) == opinions.of(other, one)).all()


def test_two_counts_of_one_thing_differ_more_than_a_word_that_both_have(told, opinions):
    counts = named(opinions.of(stretch(told[0], "seven people"), stretch(told[1], "Nine people")))
    words = named(opinions.of(stretch(told[0], "drowned"), stretch(told[1], "drowned")))
    assert counts["read_differ"] > words["read_differ"]
    assert max(KINDS, key=counts.__getitem__) == "read_number"


def test_names_of_a_source_are_not_taken_for_counts(told, opinions):
    sources = named(opinions.of(stretch(told[0], "the coast guard"), stretch(told[1], "officials")))
    assert max(KINDS, key=sources.__getitem__) in ("read_identity", "read_attribution")


def test_the_probabilities_of_kinds_and_of_relations_add_up(told, opinions):
    found = named(opinions.of(stretch(told[0], "ferry"), stretch(told[1], "ferry")))
    for some in (crossencoder.KINDS, crossencoder.RELATIONS):
        assert np.exp([found[f"read_{name}"] for name in some]).sum() == pytest.approx(1.0, abs=1e-4)


def test_what_was_not_read_is_low(told):
    found = UNREAD.of(stretch(told[0], "ferry"), stretch(told[1], "ferry"))
    assert found.shape == (len(NAMES),)
    assert (found == found[0]).all()
    assert found[0] < -5


def test_the_layer_answers_from_sum_difference_and_product():
    width, size = 2, len(TOLD)
    hidden = np.eye(3 * width, dtype=np.float32)
    out = np.zeros((3 * width, size), dtype=np.float32)
    out[:, 0] = 1.0
    tables = {"hidden": hidden, "hidden_bias": np.zeros(3 * width), "out": out, "out_bias": np.zeros(size)}
    one, other = np.array([1.0, 2.0], dtype=np.float32), np.array([3.0, -1.0], dtype=np.float32)
    assert Head(tables).told(one, other)[0] == pytest.approx(4 + 1 + 2 + 3 + 3)  # a product below 0 counts as none


def test_a_pair_is_found_by_its_passages_in_the_order_they_were_read(told):
    ends = sorted(told, key=lambda p: p.index)
    answer = Answers(
        np.arange(len(ASKED), dtype=np.float32),
        tuple(np.full((LONGEST, len(MARKED)), mark, dtype=np.float32) for mark in (3.0, 2.0)),
        tuple(np.ones((LONGEST, 48), dtype=np.float16) for _ in ends),
    )
    opinions = Opinions({(ends[0].index, ends[1].index): answer}, head())
    found = named(opinions.of(stretch(ends[1], "ferry"), stretch(ends[0], "ferry")))
    assert [found[f"pair_{name}"] for name in ASKED] == list(range(len(ASKED)))
    assert {found[f"marked_{name}"] for name in MARKED} == {2.0}  # those of the passage that is marked less
