"""Lines of a text without markup are taken together by how they are written."""

from __future__ import annotations

import numpy as np
import pytest

from rashomon.extract.alike import measure_lines, together
from rashomon.extract.lexical import Words
from rashomon.extract.lines import paragraphs

LINES = [
    "* Harbour",
    "* Weather",
    "Ilva Torn, 3 March, 10:15",
    "The crane had been checked in May, and nobody had seen a crack in it before it fell.",
    "Ana Mirk, 4 March, 9:02",
    "The union says otherwise, and it has the letters in which the dockers had warned the port.",
    "Reply to this",
    "Listen to this",
]


@pytest.fixture
def groups():
    text = "\n".join(LINES)
    spans = paragraphs(text)
    starts, ends = np.array([span.start for span in spans]), np.array([span.end for span in spans])
    return together(text, starts, ends, Words.of(text, starts))


def pairs(which):
    return {(i, j) for i in range(len(which)) for j in range(i) if which[i] == which[j]}


def test_lines_are_grouped_by_mark_head_tail_shape_and_run(groups):
    mark, head, tail, shape, run = map(pairs, groups)
    assert (1, 0) in mark and (4, 2) in mark and (5, 4) not in mark
    assert (5, 3) in head and (7, 6) not in head
    assert (7, 6) in tail and (5, 3) not in tail
    assert (1, 0) in shape and (3, 2) not in shape
    assert run == {(1, 0), (7, 6)}


def test_each_line_has_a_row_and_a_number_in_every_group():
    for text in ("x", "\n\n 12 \n— —\n", "I\nÉté 2030…\n\U0001f600 ok\n"):
        spans = paragraphs(text)
        features, groups = measure_lines(text, spans)
        assert features.shape == (len(spans), 223) and np.isfinite(features).all()
        assert all(len(which) == len(spans) for which in groups)


def test_a_forest_takes_the_leaf_that_the_conditions_lead_to():
    from rashomon.extract.forest import Forest

    # One tree: x0 <= 1 ? (x1 <= 0 ? -2 : 3) : 5; and a tree of one leaf, 0.5.
    tree = {
        "tree_roots": np.array([0, 5]), "tree_feature": np.array([0, 1, 0, 0, 0, 0]),
        "tree_threshold": np.array([1.0, 0.0, 0, 0, 0, 0]), "tree_left": np.array([1, 2, 2, 3, 4, 5]),
        "tree_right": np.array([4, 3, 2, 3, 4, 5]), "tree_value": np.array([0, 0, -2.0, 3.0, 5.0, 0.5]),
        "tree_shape": np.array([0.25, 2.0]),
    }  # fmt: skip
    rows = np.array([[1, 0], [1, 0.1], [1.1, -1], [0, -3]] * 20, dtype=np.float32)
    assert Forest.of(tree).odds(rows) == pytest.approx([-1.25, 3.75, 5.75, -1.25] * 20)
