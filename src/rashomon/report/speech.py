"""Who said what in an event: quotations put under their utterance, utterances under their speaker."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Sequence

from rashomon.model.records import Quotation
from rashomon.report import words
from rashomon.report.context import Citation, Rendering, Speaker, UtteranceBrief
from rashomon.report.index import Index, by_day

_POINTING = frozenset(
    {"it", "that", "this", "these", "those", "which", "so", "him", "her", "them", "he", "she", "they"}
)
_PARAPHRASE = 0.5  # share of own words above which they are not marked one by one


def speakers(shelf: Index, event_id: str) -> tuple[Speaker, ...]:
    """The speakers of an event, those heard by most origins first; words without a speaker come last."""
    by_utterance: dict[tuple[str, ...], list[Quotation]] = defaultdict(list)
    for quotation in shelf.quotations.get(event_id, ()):
        source = quotation.speaker_id or words.one_line(_source(shelf, quotation) or "").casefold()
        alone = (shelf.origin[quotation.article_id], source, words.one_line(quotation.text).casefold())
        by_utterance[(quotation.utterance_id,) if quotation.utterance_id else alone].append(quotation)
    by_speaker: dict[tuple[str | None, str | None], list[UtteranceBrief]] = defaultdict(list)
    for group in by_utterance.values():
        group.sort(key=lambda q: (by_day(shelf.tellings[q.article_id]), q.content[0].start, q.quotation_id))
        speaker = _speaker(shelf, group)
        by_speaker[speaker].append(_said(shelf, group, speaker[0]))
    heard = [
        Speaker(entity_id, name, tuple(sorted(whole, key=_told)))
        for (entity_id, name), said in by_speaker.items()
        if (whole := _whole(said))
    ]
    return tuple(sorted(heard, key=lambda s: (s.name is None, *_weight(s), s.name or "")))


def _whole(said: Sequence[UtteranceBrief]) -> list[UtteranceBrief]:
    """Without pronouns alone, and without remarks whose passages all lie inside those of an earlier or longer one."""
    said = [one for one in said if _bare(one.text) not in _POINTING]
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


def _said(shelf: Index, group: Sequence[Quotation], speaker: str | None) -> UtteranceBrief:
    utterance = shelf.utterances.get(group[0].utterance_id or "")
    fullest = utterance.text if utterance else max(group, key=lambda q: (len(q.text), q.quotation_id)).text
    return UtteranceBrief(
        utterance_id=group[0].utterance_id,
        text=fullest,
        origins=shelf.origins(q.article_id for q in group),
        renderings=_renderings(shelf, group, speaker),
    )


def _renderings(shelf: Index, group: Sequence[Quotation], speaker: str | None) -> tuple[Rendering, ...]:
    """One rendering a passage: without what lies inside another passage of its article; what copies have is folded."""
    passages = {q.quotation_id: (q.content[0].start, max(e.end for e in q.content)) for q in group}

    def inside(q: Quotation, other: Quotation) -> bool:
        (start, end), (first, last) = passages[q.quotation_id], passages[other.quotation_id]
        same = (start, end) == (first, last)
        within = q.quotation_id > other.quotation_id if same else first <= start and end <= last
        return q.article_id == other.article_id and within

    whole = [q for q in group if not any(inside(q, other) for other in group if other is not q)]
    standing = shelf.standing([q.article_id for q in whole])
    copies: dict[str, list[Citation]] = defaultdict(list)
    for q in whole:
        if standing[q.article_id] != q.article_id:
            copies[standing[q.article_id]].append(shelf.cite(q.article_id, *passages[q.quotation_id]))
    return tuple(
        _rendering(shelf, q, passages[q.quotation_id], tuple(copies.pop(q.article_id, ())), speaker)
        for q in whole
        if standing[q.article_id] == q.article_id
    )


def _rendering(
    shelf: Index, q: Quotation, passage: tuple[int, int], repeated: tuple[Citation, ...], speaker: str | None
) -> Rendering:
    text = shelf.articles[q.article_id].text
    cue = text[q.cue_start : q.cue_end] if q.cue_start is not None and q.cue_end is not None else None
    said = shelf.said.get((q.article_id, q.said_start)) if q.said_start is not None else None
    other = shelf.entities.get(q.speaker_id or "") if speaker and q.speaker_id != speaker else None
    return Rendering(
        quotation_id=q.quotation_id,
        citation=shelf.cite(q.article_id, *passage),
        mode=q.mode,
        cue=cue,
        source=_source(shelf, q),
        confidence=q.confidence,
        repeated=repeated,
        said=(words.days(said.earliest, said.latest, unknown="") or None) if said else None,
        given_to=other.name if other else None,
    )


def apart(rendering: Rendering, said: UtteranceBrief, limit: int = words.PASSAGE) -> tuple[tuple[str, bool], ...]:
    """A rendering in one line of at most `limit` characters, as stretches that are in its own words alone or are not.

    A word is its own where no other rendering of the remark has it. A rendering that is mostly in words of its own is
    one stretch: there the marks would tell nothing.
    """
    text = words.quoted(words.shorten(words.one_line(rendering.citation.text), limit), rendering.mode)
    others = [r.citation.text for r in said.renderings if r is not rendering]
    if not others:
        return ((text, False),)
    shared = {_bare(word) for other in others for word in other.split()}
    told = [_bare(word) for word in text.split()]
    if sum(word not in shared for word in told) > _PARAPHRASE * len(told):
        return ((text, False),)
    pieces = [(piece, bool(_bare(piece)) and _bare(piece) not in shared) for piece in re.split(r"( )", text)]
    joined: list[tuple[str, bool]] = []
    for number, (piece, own) in enumerate(pieces):
        if piece == " ":  # a space between two such words belongs to them
            own = pieces[number - 1][1] and number + 1 < len(pieces) and pieces[number + 1][1]
        if joined and joined[-1][1] == own:
            joined[-1] = (joined[-1][0] + piece, own)
        else:
            joined.append((piece, own))
    return tuple(joined)


def manner(rendering: Rendering, said: UtteranceBrief) -> str | None:
    """How a rendering gives the remark where it does not quote it whole, in words; None where it does."""
    if rendering.mode == "indirect":
        return "reported, not quoted"
    told = _words(rendering)
    others = [_words(r) for r in said.renderings if r is not rendering and r.mode != "indirect"]
    if any(len(told) < len(other) and _within(told, other) for other in others):
        return "trimmed"
    if rendering.mode == "direct" and others:
        middle = [own for _, own in apart(rendering, said, sys.maxsize)][1:-1]
        return "quoted in other words" if any(middle) else None
    return None


def _words(rendering: Rendering) -> list[str]:
    return [bare for word in rendering.citation.text.split() if (bare := _bare(word))]


def _within(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether the words of one stand in the other in the same order."""
    left = iter(whole)
    return all(word in left for word in part)


def _bare(word: str) -> str:
    return re.sub(r"[^\w'’]", "", word).replace("’", "'").casefold()
