"""What the second step of ranking sees of a proposal: its first score, shape, rivals, and its words' vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from rashomon.annotate.quotations.proposals import Marked, Proposal
from rashomon.annotate.quotations.selection import shared, size

Floats = NDArray[np.float32]
NO_RIVAL = -12.0  # the score of a rival that is not there


def rows(marked: Marked, scored: Sequence[tuple[float, Proposal]], model: Mapping[str, NDArray[np.generic]]) -> Floats:
    """One row a proposal; `model` holds `patterns` (names, numbered by place) and `axes` (3, k, 300) of the vectors."""
    if not scored:
        return np.zeros((0, 0), np.float32)
    numbers = {str(name): at for at, name in enumerate(model["patterns"])}
    axes = model["axes"].astype(np.float32)
    length = len(marked.parsed.text)
    shape = np.array([_shape(score, p, numbers, length) for score, p in scored], np.float32)
    vectors = [
        np.stack([_vector(head) for head in heads]) @ axes[place].T
        for place, heads in enumerate(zip(*[(p.cue, p.content_head, p.source_head) for _, p in scored], strict=True))
    ]
    return np.hstack([shape, _rivals(scored), *vectors]).astype(np.float32)


def _shape(score: float, proposal: Proposal, numbers: Mapping[str, int], length: int) -> list[float]:
    first, last = proposal.content[0], proposal.content[-1]
    source, cue = proposal.source, proposal.cue_span
    return [
        score,
        len(proposal.content),
        size(proposal.content),
        proposal.quoted,
        proposal.inside,
        proposal.opens,
        first.start - cue.end,
        cue.start - last.end,
        numbers.get(proposal.pattern, len(numbers)),
        proposal.block,
        source is not None,
        source.end - source.start if source is not None else 0,
        proposal.resumed,
        proposal.content[-1].start - proposal.content[-2].end if len(proposal.content) > 1 else -1,
        first.start / length,
        length,
    ]


def _vector(token: Token | None) -> Floats:
    if token is None or not token.has_vector:
        return np.zeros(300, np.float32)
    return np.asarray(token.vector, np.float32)


def _rivals(scored: Sequence[tuple[float, Proposal]]) -> Floats:
    """The best first scores among proposals that overlap: same cue, same content, around it, inside it, crossing it."""
    table = np.full((len(scored), 6), NO_RIVAL, np.float32)
    starts = np.array([p.content[0].start for _, p in scored])
    ends = np.array([p.content[-1].end for _, p in scored])
    sizes = [size(p.content) for _, p in scored]
    for at, (score, proposal) in enumerate(scored):
        for other in np.nonzero((starts < ends[at]) & (ends > starts[at]))[0].tolist():
            rival_score, rival = scored[other]
            common = shared(proposal.content, rival.content) if other != at else 0
            if not common:
                continue
            alike = common / (sizes[at] + sizes[other] - common)
            if proposal.cue.idx == rival.cue.idx and proposal.block == rival.block:
                column = 0
                if rival_score > score:
                    table[at, 4] = max(table[at, 4], alike)
            elif alike >= 0.5:
                column = 1
            elif common == sizes[at]:
                column = 2
            else:
                column = 3 if common == sizes[other] else 5
            table[at, column] = max(table[at, column], rival_score)
    return table
