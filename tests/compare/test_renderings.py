"""Words of one speaker quoted in other words: what a translation chose."""

from __future__ import annotations

import numpy as np
import pytest

from rashomon.compare import renderings
from rashomon.compare.candidates import Aligned
from rashomon.compare.passages import passages
from rashomon.compare.scene import Scene
from rashomon.compare.scorer import judged, scorer


def _scene(read, *texts):
    told = [read(f"Paper {n}", "2031-05-04", text) for n, text in enumerate(texts)]
    told.sort(key=lambda r: r.article.article_id)
    made = passages(told)
    return Scene(Aligned(made, np.ones((len(made), len(made)), dtype=np.float32)))


def _values(scene):
    return [tuple(sorted(s.value for s in c.sides)) for c in renderings.find(scene.heard)]


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (
            "The mayor said: “Velonia deeply regrets the loss of the ferry and all its crew.”",
            "The mayor said: “Velonia bitterly regrets the loss of the ferry and all its crew.”",
            [("bitterly", "deeply")],
        ),
        (
            "The mayor said: “We owe the people of Dorvik an answer about the sinking of the ferry.”",
            "The mayor said: “We owe the people of Dorvik an explanation about the disaster of the ferry.”",
            [("answer", "explanation"), ("disaster", "sinking")],
        ),
        (  # trimmed, not told otherwise
            "The mayor said: “We owe the people of Dorvik an answer about the sinking of the ferry.”",
            "The mayor said they owed “the people of Dorvik an answer about the sinking”.",
            [],
        ),
        (  # another form of the word, and another writing of the figure
            "The mayor said: “We regret the losses at Dorvik after 12 km of drifting in the storm.”",
            "The mayor said: “We regret the loss at Dorvik after 12km of drifting in the storm.”",
            [],
        ),
        (  # the article's own words around what is quoted
            "The ferry sank as it was “turning sharply to the left off Dorvik harbour”.",
            "The vessel went down as it was “turning sharply to the left off Dorvik harbour”.",
            [],
        ),
    ],
)
def test_other_words_at_one_place_of_a_remark(read, one, other, wanted):
    assert sorted(_values(_scene(read, one, other))) == [tuple(sorted(pair)) for pair in wanted]


def test_they_are_shown(read):
    scene = _scene(
        read,
        "The mayor said: “Velonia deeply regrets the loss of the ferry and all its crew.”",
        "The mayor said: “Velonia bitterly regrets the loss of the ferry and all its crew.”",
    )
    ((sure, point),) = judged(scene, renderings.find(scene.heard), scorer())
    assert (point.kind, point.relation) == ("wording", "framing")
    assert sure > 0.55
