"""One event's articles compared: claims, differences, utterances, wording, omissions."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from rashomon.compare import (
    causes,
    claims,
    contrast,
    counts,
    days,
    names,
    naming,
    numbers,
    omissions,
    parts,
    places,
    renderings,
    sequence,
    utterances,
)
from rashomon.compare.align import Looks, align, looks
from rashomon.compare.candidates import Aligned, Candidate, rows
from rashomon.compare.features import FACT_TERMS
from rashomon.compare.passages import passages
from rashomon.compare.points import Judged
from rashomon.compare.rank import SHOWN
from rashomon.compare.scene import Scene
from rashomon.compare.scorer import Scorer, judged, scorer
from rashomon.compare.wording import loaded
from rashomon.model.records import (
    Claim,
    ClaimPassage,
    Comparison,
    Difference,
    DifferenceSide,
    Event,
    Mention,
    Omission,
    Reading,
    Wording,
)


@dataclasses.dataclass(frozen=True, slots=True)
class Judges:
    """What judges passages and differences: both looks at pairs of passages, and the model of pairs of sides."""

    looks: Looks
    scorer: Scorer


def compare(event: Event, readings: Sequence[Reading], judges: Judges | None = None) -> Comparison:
    """All that the readings of one event agree on, differ in, quote alike, word otherwise or leave out.

    The order of `readings` does not matter. Copies (article.copy_of) add passages but no origin. `judges` are the
    packaged ones unless others are given.
    """
    ordered = sorted(readings, key=lambda r: r.article.article_id)
    judges = judges or Judges(looks(), scorer())
    told = passages(ordered)
    return compared(event, ordered, align(told, judges.looks), judges.scorer)


def compared(event: Event, ordered: Sequence[Reading], aligned: Aligned, by: Scorer) -> Comparison:
    """The comparison of readings, given in order of article id, whose passages are aligned."""
    event = dataclasses.replace(event, origins=len({r.article.copy_of or r.article.article_id for r in ordered}))
    scene, described = Scene(aligned), naming.descriptions(aligned.passages, _mentions(ordered))
    points = judged(scene, candidates(scene, ordered, described), by)
    differences, sides = _differences(event, points)
    claimed, claim_passages = _claims(event, aligned, points)
    return Comparison(
        event_id=event.event_id,
        claims=claimed,
        claim_passages=claim_passages,
        differences=differences,
        difference_sides=sides,
        utterances=tuple(utterances.rows(event, scene.heard)),
        wording=_wording(described),
        omissions=_omissions(event, ordered, claimed, claim_passages),
    )


def candidates(
    scene: Scene, readings: Sequence[Reading], described: Sequence[naming.Description] | None = None
) -> list[Candidate]:
    """The differences that all finders propose, in no particular order; `described` are made where not given."""
    aligned, mentions = scene.aligned, _mentions(readings)
    return [
        *numbers.find(aligned),
        *counts.find(scene),
        *days.find(scene),
        *sequence.find(aligned.passages),
        *causes.find(scene),
        *contrast.find(scene),
        *places.find(scene),
        *renderings.find(scene.heard),
        *naming.find(aligned, naming.descriptions(aligned.passages, mentions) if described is None else described),
        *names.find(aligned.passages, mentions),
        *parts.find(scene),
    ]


def _mentions(readings: Sequence[Reading]) -> list[Mention]:
    return [m for r in readings for m in r.mentions]


def _differences(event: Event, points: Sequence[Judged]) -> tuple[tuple[Difference, ...], tuple[DifferenceSide, ...]]:
    found = [rows(event, candidate, sure) for sure, candidate in points]
    unique = {row.difference_id: (row, sides) for row, sides in reversed(found)}
    ordered = sorted(unique.values(), key=lambda pair: (-pair[0].confidence, pair[0].difference_id))
    return tuple(row for row, _ in ordered), tuple(side for _, sides in ordered for side in sides)


def _claims(
    event: Event, aligned: Aligned, points: Sequence[Judged]
) -> tuple[tuple[Claim, ...], tuple[ClaimPassage, ...]]:
    """Claims of several articles and of one, the weightiest first."""
    told, scores = aligned.passages, aligned.scores
    contested = {
        s.passage.index for sure, c in points if sure >= SHOWN and c.relation == "contradiction" for s in c.sides
    }
    groups = claims.clusters(scores, told)
    full = claims.filled([claims.without_repeats(group, scores, told) for group in groups], scores, told)
    together = {i for group in (*groups, *full) for i in group}
    found, lines = [], set[int]()
    for kept in sorted(full, key=lambda group: (-claims.weigh([told[i] for i in group], event.origins), group)):
        line = claims.clearest(kept, scores, told, lines)
        lines.add(line.index)
        disputed = len(contested & set(kept)) >= 2
        found.append(claims.claim(event, [told[i] for i in kept], line, disputed))
    alone = [p for p in told if len(p.terms) >= FACT_TERMS and p.index not in together]
    found.extend(claims.claim(event, [p], p, False) for p in alone)
    found.sort(key=lambda pair: (-pair[0].weight, pair[0].claim_id))
    return tuple(row for row, _ in found), tuple(p for _, rows_ in found for p in rows_)


def _wording(described: Sequence[naming.Description]) -> tuple[Wording, ...]:
    found = {
        (d.entity, d.passage.article.article_id, d.frame.start, d.frame.end): Wording(
            d.entity, d.passage.article.article_id, d.frame.start, d.frame.end, d.text, loaded(d.text)
        )
        for d in described
    }
    return tuple(found[key] for key in sorted(found))


def _omissions(
    event: Event, readings: Sequence[Reading], claimed: Sequence[Claim], told: Sequence[ClaimPassage]
) -> tuple[Omission, ...]:
    return tuple(omissions.find(event, [r.article for r in readings], claimed, told))
