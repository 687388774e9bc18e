"""Who said what in an event: quotations put under their utterance, utterances under their speaker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rashomon.model.records import Quotation
from rashomon.report import words
from rashomon.report.context import Citation, Rendering, Speaker, UtteranceBrief
from rashomon.report.index import Index, by_day


def speakers(shelf: Index, event_id: str) -> tuple[Speaker, ...]:
    """The speakers of an event, those heard by most origins first; words without a speaker come last."""
    by_utterance: dict[tuple[str, ...], list[Quotation]] = defaultdict(list)
    for quotation in shelf.quotations.get(event_id, ()):
        alone = (shelf.origin[quotation.article_id], words.one_line(quotation.text).casefold())
        by_utterance[(quotation.utterance_id,) if quotation.utterance_id else alone].append(quotation)
    by_speaker: dict[tuple[str | None, str | None], list[UtteranceBrief]] = defaultdict(list)
    for group in by_utterance.values():
        group.sort(key=lambda q: (by_day(shelf.tellings[q.article_id]), q.content[0].start, q.quotation_id))
        by_speaker[_speaker(shelf, group)].append(_said(shelf, group))
    heard = [
        Speaker(entity_id, name, tuple(sorted(_whole(said), key=_told)))
        for (entity_id, name), said in by_speaker.items()
    ]
    return tuple(sorted(heard, key=lambda s: (s.name is None, *_weight(s), s.name or "")))


def _whole(said: Sequence[UtteranceBrief]) -> list[UtteranceBrief]:
    """Without the remarks of which every passage lies inside a passage of one that comes before or is longer."""
    kept: list[UtteranceBrief] = []
    for one in sorted(said, key=lambda u: (-sum(r.citation.end - r.citation.start for r in u.renderings), _told(u))):
        passages = [r.citation for other in kept for r in other.renderings]
        if not all(any(_holds(p, r.citation) for p in passages) for r in one.renderings):
            kept.append(one)
    return kept


def _holds(outer: Citation, inner: Citation) -> bool:
    return outer.article_id == inner.article_id and outer.start <= inner.start and inner.end <= outer.end


def _weight(speaker: Speaker) -> tuple[int, int]:
    return (-sum(said.origins for said in speaker.utterances), -len(speaker.utterances))


def _told(said: UtteranceBrief) -> tuple[int, bool, int, str, int]:
    """Remarks that most origins have first, then words quoted before words reported, then the fullest."""
    quoted = any(r.mode != "indirect" for r in said.renderings)
    citation = said.renderings[0].citation
    return (-said.origins, not quoted, -len(said.text), citation.label, citation.start)


def _speaker(shelf: Index, group: Sequence[Quotation]) -> tuple[str | None, str | None]:
    """The entity and name of the group's speaker; without an entity, the fullest words an article uses; else nobody."""
    utterance = shelf.utterances.get(group[0].utterance_id or "")
    ids = [utterance.speaker_id if utterance else None, *(q.speaker_id for q in group)]
    for entity_id in ids:
        if entity_id and entity_id in shelf.entities:
            return entity_id, shelf.entities[entity_id].name
    sources = [words.one_line(source) for q in group if (source := _source(shelf, q))]
    return None, max(sources, key=lambda s: (len(s), s), default=None)


def _source(shelf: Index, quotation: Quotation) -> str | None:
    if quotation.source_start is None or quotation.source_end is None:
        return None
    return shelf.articles[quotation.article_id].text[quotation.source_start : quotation.source_end]


def _said(shelf: Index, group: Sequence[Quotation]) -> UtteranceBrief:
    utterance = shelf.utterances.get(group[0].utterance_id or "")
    fullest = utterance.text if utterance else max(group, key=lambda q: (len(q.text), q.quotation_id)).text
    return UtteranceBrief(
        utterance_id=group[0].utterance_id,
        text=fullest,
        origins=shelf.origins(q.article_id for q in group),
        renderings=_renderings(shelf, group),
    )


def _renderings(shelf: Index, group: Sequence[Quotation]) -> tuple[Rendering, ...]:
    """One rendering a passage: without what lies inside another passage of its article; what copies have is folded."""
    passages = {q.quotation_id: (q.content[0].start, max(e.end for e in q.content)) for q in group}

    def inside(q: Quotation, other: Quotation) -> bool:
        (start, end), (first, last) = passages[q.quotation_id], passages[other.quotation_id]
        same = (start, end) == (first, last)
        within = q.quotation_id > other.quotation_id if same else first <= start and end <= last
        return q.article_id == other.article_id and within

    whole = [q for q in group if not any(inside(q, other) for other in group if other is not q)]
    present = {q.article_id for q in whole}
    standing: dict[str, str] = {}  # origin -> the article that stands for it here
    for q in whole:
        origin = shelf.origin[q.article_id]
        standing.setdefault(origin, origin if origin in present else q.article_id)
    copies: dict[str, list[Citation]] = defaultdict(list)
    for q in whole:
        head = standing[shelf.origin[q.article_id]]
        if head != q.article_id:
            copies[head].append(shelf.cite(q.article_id, *passages[q.quotation_id]))
    made = []
    for q in whole:
        if standing[shelf.origin[q.article_id]] == q.article_id:
            text = shelf.articles[q.article_id].text
            cue = text[q.cue_start : q.cue_end] if q.cue_start is not None and q.cue_end is not None else None
            citation = shelf.cite(q.article_id, *passages[q.quotation_id])
            repeated = tuple(copies.pop(q.article_id, ()))
            said = shelf.said.get((q.article_id, q.said_start)) if q.said_start is not None else None
            day = words.days(said.earliest, said.latest, unknown="") if said else ""
            source = _source(shelf, q)
            made.append(Rendering(q.quotation_id, citation, q.mode, cue, source, q.confidence, repeated, day or None))
    return tuple(made)
