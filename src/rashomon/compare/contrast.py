"""Clauses that meet, told otherwise: other verbs, other words in a slot, another speaker, time or surety."""

from __future__ import annotations

from collections.abc import Iterator

from rashomon.annotate.clauses import verbs
from rashomon.compare.candidates import Candidate, Side
from rashomon.compare.lexicon import alike
from rashomon.compare.passages import Passage
from rashomon.compare.phrases import Phrase, slot, verb
from rashomon.compare.scene import Meeting, Scene, Unit
from rashomon.model.records import Clause

_PLAIN = frozenset({"be", "have", "do", "get", "go", "make", "take", "come"})
VERBS = 0.5
"""Least cosine of two verbs' word vectors that may tell one act."""
NOUNS = 0.4
"""Least cosine of two nouns' (or two verbs') word vectors that may name one thing in other words."""
SLOTS = 0.5
"""Least cosine of the nouns of two subjects or objects that share no word."""
SAID = 0.3
"""Least weight of the words in common, over that of both clauses, of words that two speakers may have said alike."""


def find(scene: Scene) -> list[Candidate]:
    """Pairs of sides of all kinds; each pair of clauses may give several."""
    found: list[Candidate] = []
    for meeting in scene.meetings:
        found.extend(_slots(meeting))
        found.extend(_verbs(scene, meeting))
        found.extend(_sureties(scene, meeting))
        found.extend(_sources(scene, meeting))
    return found


def paired(
    meeting: Meeting, values: tuple[tuple[int, int], tuple[int, int]], told: tuple[str, str, str, str]
) -> Candidate:
    """The candidate of two clauses: where each one's value stands, and kind, relation, rule and note."""
    kind, relation, cue, note = told
    sides = tuple(
        Side(unit.passage, *shown(unit, *value), *value)
        for unit, value in zip((meeting.left, meeting.right), values, strict=True)
    )
    return Candidate(kind, relation, sides[0].value, sides, cue, meeting.aligned, note)


def shown(unit: Unit, start: int, end: int) -> tuple[int, int]:
    """The clause, widened to hold the value where its passage does."""
    low, high = min(unit.clause.start, start), max(unit.clause.end, end)
    inside = unit.passage.start <= low and high <= unit.passage.end
    return (low, high) if inside else (unit.clause.start, unit.clause.end)


def _slots(meeting: Meeting) -> Iterator[Candidate]:
    """Subjects or objects in other words, where the verb or the other slot is one and the words are near in meaning."""
    left, right = meeting.left, meeting.right
    ours = {name: slot(left.passage, left.clause, name) for name in ("subject", "object")}
    theirs = {name: slot(right.passage, right.clause, name) for name in ("subject", "object")}
    for name in ("subject", "object"):
        one, other = ours[name], theirs[name]
        if one is None or other is None or one.words == other.words:
            continue
        held = alike(left.clause.predicate, right.clause.predicate) >= VERBS
        rest = "object" if name == "subject" else "subject"
        met = (a := ours[rest]) is not None and (b := theirs[rest]) is not None and bool(a.words & b.words)
        if not held and not met:
            continue
        near = bool(one.words & other.words) or alike(one.head, other.head) >= SLOTS
        if not near or (one.named and other.named and (one.head == other.head or not one.words & other.words)):
            continue
        yield paired(meeting, ((one.start, one.end), (other.start, other.end)), _told(one, other, name))


def _told(one: Phrase, other: Phrase, name: str) -> tuple[str, str, str, str]:
    if one.words < other.words or other.words < one.words:
        return "identity", "granularity", f"{name}:part", "one names it more exactly"
    if one.head == other.head:
        return "wording", "framing", f"{name}:described", "described in other words"
    if one.words & other.words:
        return "identity", "naming", f"{name}:mixed", "named in other words"
    if one.named or other.named:
        return "identity", "granularity", f"{name}:named", "one tells the name"
    return "identity", "naming", f"{name}:other", "named in other words"


def _verbs(scene: Scene, meeting: Meeting) -> Iterator[Candidate]:
    """Other verbs between participants that are the same."""
    left, right = meeting.left, meeting.right
    one, other = left.clause.predicate, right.clause.predicate
    if one == other or {one, other} & _PLAIN or scene.words.pair(left.index, right.index).jaccard < 0.15:
        return
    if alike(one, other) < NOUNS or not _shared_part(left, right):
        return
    saying = verbs("saying")
    if (one in saying) != (other in saying):
        return
    cue = "wording:said" if one in saying else "wording:verb"
    values = tuple(verb(u.passage, u.clause) for u in (left, right))
    yield paired(meeting, (values[0], values[1]), ("wording", "framing", cue, "told with another verb"))


def _shared_part(left: Unit, right: Unit) -> bool:
    """Whether the clauses have a word of their subjects, or of their objects, in common."""
    for name in ("subject", "object"):
        one, other = slot(left.passage, left.clause, name), slot(right.passage, right.clause, name)
        if one is not None and other is not None and one.words & other.words:
            return True
    return False


def _sureties(scene: Scene, meeting: Meeting) -> Iterator[Candidate]:
    """Certain in one and not in the other: possible, planned, denied."""
    left, right = meeting.left, meeting.right
    one, other = left.clause, right.clause
    if alike(one.predicate, other.predicate) < VERBS or scene.words.pair(left.index, right.index).jaccard < 0.25:
        return
    plain = {"fact", "reported"}
    telling = {one.predicate, other.predicate} <= verbs("saying") | verbs("denying")
    modalities = {one.modality, other.modality}
    if one.negated != other.negated:
        told = ("status", "contradiction", "status:negated", "one says that it is not so")
    elif "possible" in modalities and modalities & plain:
        told = ("status", "framing", "status:possible", "certain in one, possible in the other")
    elif "planned" in modalities and modalities & plain:
        told = ("status", "update", "status:planned", "still to come in one, done in the other")
    elif modalities == plain and not telling and _asserted(scene, left, right):
        told = ("status", "framing", "status:asserted", "one asserts what the other gives as somebody's word")
    else:
        return
    values = tuple(widened(u.passage, u.clause) for u in (left, right))
    yield paired(meeting, (values[0], values[1]), told)


def _asserted(scene: Scene, left: Unit, right: Unit) -> bool:
    """Whether two clauses, neither of them somebody's very words, are alike enough to tell one act."""
    return bool(scene.words.pair(left.index, right.index).jaccard >= 0.35) and not (quoted(left) or quoted(right))


def quoted(unit: Unit) -> bool:
    """Whether the clause stands inside somebody's very words."""
    c = unit.clause
    return any(
        e.start <= c.start + 2 and c.end - 2 <= e.end
        for q in unit.passage.quotations
        if q.mode != "indirect"
        for e in q.content
    )


def widened(passage: Passage, clause: Clause) -> tuple[int, int]:
    """The clause, with who says so where both stand in one passage."""
    start, end = clause.start, clause.end
    if clause.source_start is not None and clause.source_end is not None:
        low, high = min(start, clause.source_start), max(end, clause.source_end)
        if passage.start <= low and high <= passage.end:
            return low, high
    return start, end


def _sources(scene: Scene, meeting: Meeting) -> Iterator[Candidate]:
    """Both say who says so, and name other people or bodies."""
    left, right = meeting.left, meeting.right
    if scene.words.pair(left.index, right.index).jaccard < SAID:
        return
    spans = []
    for unit in (left, right):
        c = unit.clause
        if c.source_start is None or c.source_end is None:
            return
        if not (unit.passage.start <= c.source_start and c.source_end <= unit.passage.end):
            return
        spans.append((c.source_start, c.source_end))
    one, other = (u.passage.speakers(*span) for u, span in zip((left, right), spans, strict=True))
    if not one or not other or {m.entity_id for m in one} & {m.entity_id for m in other} - {None}:
        return
    texts = [set(u.passage.article.text[a:b].lower().split()) for u, (a, b) in zip((left, right), spans, strict=True)]
    if texts[0] & texts[1] - {"the", "a", "of", "for"}:
        return
    yield paired(meeting, (spans[0], spans[1]), ("attribution", "scope", "attribution:other", "other sources"))
