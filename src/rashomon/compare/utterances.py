"""Utterances: the same words of one speaker as several articles quote, trim, translate or paraphrase them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from rashomon.compare.candidates import Aligned
from rashomon.compare.passages import Passage
from rashomon.model.identity import identify
from rashomon.model.records import Event, Quotation, Utterance

LEAST_WORDS = 3
"""Fewer quoted words are a term in quotation marks, not an utterance."""
VERBATIM = 88.0
"""Least partial ratio (rapidfuzz, 0..100) of two direct renderings of the same words."""
PARAPHRASE = 0.5
"""Least probability of the passages that two renderings by one speaker tell the same."""


@dataclass(frozen=True, slots=True)
class _Rendering:
    quotation: Quotation
    passage: Passage
    words: tuple[str, ...]


def find(event: Event, aligned: Aligned, quotations: Sequence[Quotation]) -> list[Utterance]:
    """The utterances that two or more articles render, each quotation in one of them at most."""
    renderings = _renderings(aligned.passages, quotations)
    parent = list(range(len(renderings)))
    links = []
    for i, one in enumerate(renderings):
        for j in range(i + 1, len(renderings)):
            strength = _alike(aligned, one, renderings[j])
            if strength > 0:
                links.append((strength, i, j))
    for _, i, j in sorted(links, key=lambda link: (-link[0], link[1], link[2])):
        _join(parent, renderings, i, j)
    groups: dict[int, list[_Rendering]] = {}
    for i in range(len(renderings)):
        groups.setdefault(_root(parent, i), []).append(renderings[i])
    found = [_utterance(event, group) for group in groups.values() if len({r.passage.told for r in group}) >= 2]
    return sorted(found, key=lambda u: u.utterance_id)


def _renderings(passages: Sequence[Passage], quotations: Sequence[Quotation]) -> list[_Rendering]:
    home: dict[str, Passage] = {}
    for passage in passages:
        for quotation in passage.quotations:
            home.setdefault(quotation.quotation_id, passage)
    found = []
    for quotation in sorted(quotations, key=lambda q: (q.article_id, q.content[0].start, q.quotation_id)):
        words = tuple("".join(c if c.isalnum() else " " for c in quotation.text.lower()).split())
        if quotation.quotation_id in home and len(words) >= LEAST_WORDS:
            found.append(_Rendering(quotation, home[quotation.quotation_id], words))
    return found


def _alike(aligned: Aligned, one: _Rendering, other: _Rendering) -> float:
    """How surely two renderings are of one utterance; 0 where they are not taken to be."""
    if one.passage.told == other.passage.told:
        return 0.0
    speakers = {one.quotation.speaker_id, other.quotation.speaker_id} - {None}
    shorter = min(len(one.words), len(other.words))
    ratio = fuzz.partial_ratio(" ".join(one.words), " ".join(other.words))
    shared = sum((Counter(one.words) & Counter(other.words)).values()) / shorter
    direct = "indirect" not in (one.quotation.mode, other.quotation.mode)
    if (
        ratio >= VERBATIM
        and shared >= 0.7
        and (direct or len(speakers) == 1)
        and shorter >= (4 if len(speakers) == 2 else 3)
    ):
        return 1.0 + ratio / 100
    score = float(aligned.scores[one.passage.index, other.passage.index])
    if len(speakers) <= 1 and score >= PARAPHRASE and shared >= 0.25:
        return score
    return 0.0


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _join(parent: list[int], renderings: Sequence[_Rendering], i: int, j: int) -> None:
    """Join two groups unless an article would then have renderings of two sentences in one utterance."""
    a, b = _root(parent, i), _root(parent, j)
    if a == b:
        return
    members = [k for k in range(len(parent)) if _root(parent, k) in (a, b)]
    sentences: dict[int, set[int]] = {}
    for k in members:
        sentences.setdefault(renderings[k].passage.told, set()).add(renderings[k].passage.index)
    if all(np.ptp(sorted(places)) <= 1 for places in sentences.values()):
        parent[max(a, b)] = min(a, b)


def _utterance(event: Event, group: Sequence[_Rendering]) -> Utterance:
    fullest = max(group, key=lambda r: (len(r.words), r.quotation.mode == "direct", r.quotation.quotation_id))
    speakers = Counter(r.quotation.speaker_id for r in group if r.quotation.speaker_id)
    speaker = min(speakers, key=lambda s: (-speakers[s], s)) if speakers else None
    ids = tuple(sorted(r.quotation.quotation_id for r in group))
    return Utterance(identify("u", event.event_id, *ids), event.event_id, speaker, fullest.quotation.text, ids)
