"""How likely each proposal is a quotation, in two steps.

First a logistic regression over named features (`features`); what it finds hopeless is left out. Then boosted trees see
each remaining proposal among its rivals (`surroundings`), with the word vectors of cue, content and source on a few
axes. The weights, `ranking.npz`, are made by training/quotes.py.
"""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rashomon.annotate.quotations.features import features
from rashomon.annotate.quotations.proposals import Marked, Proposal, proposals
from rashomon.annotate.quotations.surroundings import rows
from rashomon.extract.forest import Forest

# A first score (log-odds) under it is a chance below two in a hundred: left out, for speed.
HOPELESS = -4.0
# A cue seen this often in training and right in at most this share of its places is not looked at.
OFTEN, SELDOM_RIGHT = 8, 0.02


@dataclass(frozen=True, slots=True)
class Model:
    """All weights of the ranking."""

    first: Mapping[str, float]  # feature to weight, and `bias`
    forest: Forest
    arrays: Mapping[str, NDArray[np.generic]]


@functools.cache
def model() -> Model:
    """The weights, loaded once per process."""
    with (importlib.resources.files("rashomon.annotate.quotations") / "ranking.npz").open("rb") as file:
        arrays = dict(np.load(file, allow_pickle=False))
    names = bytes(arrays["names"]).decode("utf-8").split("\0")
    first = dict(zip(names, arrays["weights"].astype(float).tolist(), strict=True))
    return Model(first, Forest.of(arrays), arrays)


@functools.cache
def useless_cues() -> frozenset[str]:
    """Cues (`lemma/CLASS`) that hardly ever introduced a quotation (`cues.tsv`, made by training/quotation_cues.py)."""
    table = (importlib.resources.files("rashomon.annotate.quotations") / "cues.tsv").read_text(encoding="utf-8")
    useless = set()
    for line in table.splitlines()[1:]:
        word, seen, right = line.split("\t")[:3]
        if int(seen) >= OFTEN and int(right) <= SELDOM_RIGHT * int(seen):
            useless.add(word)
    return frozenset(useless)


def cue_word(proposal: Proposal) -> str:
    """The key of a cue in the lexicon."""
    return f"{proposal.cue.lemma_.lower()}/{proposal.cue.pos_}"


def first_score(marked: Marked, proposal: Proposal, table: Mapping[str, float]) -> float:
    """Log-odds of the first step."""
    return table["bias"] + sum(table.get(feature, 0.0) for feature in set(features(marked, proposal)))


def rank(marked: Marked) -> list[tuple[float, Proposal]]:
    """Proposals with their probability, 0..1, in the order they were found; hopeless ones are left out."""
    weights, useless = model(), useless_cues()
    scored = []
    for proposal in proposals(marked):
        if cue_word(proposal) not in useless:
            score = first_score(marked, proposal, weights.first)
            if score > HOPELESS:
                scored.append((score, proposal))
    chances = weights.forest.probability(rows(marked, scored, weights.arrays))
    return [(float(chance), proposal) for chance, (_, proposal) in zip(chances, scored, strict=True)]
