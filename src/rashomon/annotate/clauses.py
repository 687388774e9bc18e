"""Clauses: typed frames of the parse, finer than sentences where a sentence tells several facts.

A clause is headed by a finite verb, a relative or participial modifier, or the root of a headline without a verb. It
covers the head's own words; what belongs to an inner clause is left to that clause where it stands at the edge.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from importlib import resources

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from rashomon.annotate.language import ParsedArticle, ParsedBlock
from rashomon.annotate.nominal import frames
from rashomon.model.records import Clause

LONGEST = 400
"""The longest clause, in code points: a passage that a person is shown is no longer."""

_HEADS = frozenset(
    {"ROOT", "ccomp", "advcl", "relcl", "acl", "parataxis", "conj", "csubj", "csubjpass", "pcomp", "dep"}
)
_EDGE = frozenset(" \t\r\n,;:.!?-–—()[]")
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "possibly", "perhaps", "probably", "likely", "maybe"})
_FUTURE = frozenset({"will", "shall", "'ll", "wo", "would"})
_NEGATIVE = frozenset({"not", "n't", "never", "no", "none", "nobody", "neither", "nor", "without", "hardly"})
_HEARSAY = frozenset(
    {"reportedly", "allegedly", "apparently", "purportedly", "supposedly", "believed", "alleged", "suspected"}
)


@functools.cache
def verbs(kind: str) -> frozenset[str]:
    """Lemmas of verbs of one kind: `saying`, `planning`, `denying`, `doubting` (clause_verbs.tsv)."""
    text = resources.files(__package__).joinpath("clause_verbs.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(row[0] for row in rows if row[1] == kind)


def find(parsed: ParsedArticle) -> tuple[Clause, ...]:
    """The clauses of an article's own blocks by place; no two clauses with a verb have the same span.

    Roles `nominal` and `modified` are the frames of nominal.py: descriptions of a name or a noun.
    """
    clauses: dict[tuple[int, int], Clause] = {}
    described: dict[tuple[int, int, int | None], Clause] = {}
    for block in parsed.blocks:
        for frame in frames(parsed, block):
            described.setdefault((frame.start, frame.end, frame.subject_start), frame)
        for sentence in block.doc.sents:
            for head in heads(sentence):
                clause = _clause(parsed, block, sentence, head)
                if clause is not None:
                    clauses.setdefault((clause.start, clause.end), clause)
    found = [*clauses.values(), *described.values()]
    return tuple(sorted(found, key=lambda c: (c.start, c.end, c.role, c.subject_start or 0)))


def heads(sentence: TokenSpan) -> list[Token]:
    """The tokens of a sentence that head a clause, in reading order."""
    return [token for token in sentence if _is_head(token)]


def _is_head(token: Token) -> bool:
    if token.dep_ == "ROOT":
        return True
    if token.pos_ not in ("VERB", "AUX") or token.dep_ not in _HEADS:
        return False
    if token.dep_ == "conj":
        return _is_head(token.head) or token.head.dep_ == "xcomp"
    return any(child.dep_ not in ("punct", "aux", "auxpass") for child in token.children)


def _own(head: Token) -> Iterator[Token]:
    """The words of a clause without those of its inner clauses."""
    yield head
    for child in head.children:
        if not _is_head(child):
            yield from _own(child)


def _clause(parsed: ParsedArticle, block: ParsedBlock, sentence: TokenSpan, head: Token) -> Clause | None:
    own = sorted(_own(head), key=lambda token: token.i)
    own = _within(own, head)
    words = _without_joints([token for token in own if not token.is_punct and not token.is_space])
    if not words:
        return None
    start, end = block.offset + words[0].idx, block.offset + words[-1].idx + len(words[-1])
    start, end = trim(parsed.text, start, end)
    if start >= end:
        return None
    subject, objects = subject_of(head), _object_of(head)
    speaker = attribution(head)
    return Clause(
        article_id=parsed.article_id,
        start=start,
        end=end,
        predicate=head.lemma_.lower(),
        predicate_start=block.offset + head.idx,
        subject_start=_edge(block, subject, left=True),
        subject_end=_edge(block, subject, left=False),
        object_start=_edge(block, objects, left=True),
        object_end=_edge(block, objects, left=False),
        negated=_negated(head),
        modality=_modality(head, own, attributed=speaker is not None),
        terms=tuple(token.lemma_.lower() for token in words if token.pos_ in _CONTENT and not token.is_stop),
        role=_role(head),
        source_start=_edge(block, speaker, left=True),
        source_end=_edge(block, speaker, left=False),
    )


def _without_joints(words: list[Token]) -> list[Token]:
    """The words without a conjunction at either edge, which joins the clause to another and tells nothing of it."""
    while words and (words[0].dep_ == "cc" or words[0].lower_ == "that"):
        words = words[1:]
    while words and words[-1].dep_ == "cc":
        words = words[:-1]
    return words


def _within(own: list[Token], head: Token) -> list[Token]:
    """The words nearest the head that fit into LONGEST characters."""
    while own and own[-1].idx + len(own[-1]) - own[0].idx > LONGEST:
        far_left = head.idx - own[0].idx > own[-1].idx - head.idx
        own = own[1:] if far_left else own[:-1]
    return own


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without spaces and punctuation at its edges; quotation marks stay."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def _edge(block: ParsedBlock, token: Token | None, *, left: bool) -> int | None:
    """Where the noun phrase of a token begins or ends in the article, inner clauses left out."""
    if token is None:
        return None
    own = sorted(_own(token), key=lambda t: t.i)
    run = [t for t in own if not t.is_punct] or [token]
    first, last = run[0], run[-1]
    return block.offset + (first.idx if left else last.idx + len(last))


def subject_of(head: Token) -> Token | None:
    """The subject of a clause: its own, the noun a relative or participial clause modifies, or a coordinated verb's."""
    for child in head.children:
        if child.dep_ in ("nsubj", "nsubjpass", "csubj", "agent_subject"):
            if child.tag_ in ("WDT", "WP") and head.dep_ == "relcl":
                return head.head
            return child
    if head.dep_ == "acl" or (head.dep_ == "relcl" and head.head.pos_ in ("NOUN", "PROPN")):
        return head.head
    if head.dep_ in ("conj", "xcomp", "advcl") and head.head is not head:
        return subject_of(head.head)
    return None


def _object_of(head: Token) -> Token | None:
    for wanted in (("dobj", "attr", "dative", "oprd"), ("agent",), ("prep",)):
        for child in head.children:
            if child.dep_ not in wanted:
                continue
            if child.dep_ in ("agent", "prep"):
                found = next((t for t in child.children if t.dep_ == "pobj"), None)
                if found is not None:
                    return found
            else:
                return child
    for child in head.children:
        if child.dep_ == "xcomp":
            return _object_of(child)
    return None


def _negated(head: Token) -> bool:
    """Whether the clause says that something is not so; `no one`, `no trouble` negate as `not` does."""
    if head.lemma_.lower() in verbs("denying"):
        return False
    for child in head.children:
        if child.dep_ == "neg" or child.lower_ in _NEGATIVE:
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and any(
            t.lower_ in ("no", "none") for t in (child, *child.children)
        ):
            return True
    return any(child.dep_ == "xcomp" and _negated(child) for child in head.children)


def _modality(head: Token, own: list[Token], *, attributed: bool) -> str:
    """Possible and planned go before reported: who says so is told by the clause's source."""
    near = {child.lower_ for child in head.children} | {head.lower_}
    if near & _FUTURE and not {"have", "has"} & near:
        return "planned"
    for child in head.children:
        if child.dep_ == "xcomp" and child.pos_ in ("VERB", "AUX") and head.lemma_.lower() in verbs("planning"):
            return "planned"
    if head.lemma_.lower() in ("schedule", "expect", "due", "set") and any(c.dep_ == "xcomp" for c in head.children):
        return "planned"
    if near & _POSSIBLE or (
        head.dep_ in ("ccomp", "advcl") and any(t.lower_ in ("if", "whether") for t in head.children)
    ):
        return "possible"
    if attributed or any(t.lower_ in _HEARSAY for t in own):
        return "reported"
    return "fact"


def attribution(head: Token) -> Token | None:
    """Who is said to say what the clause tells: the subject of a verb of saying above it, or `according to` whom."""
    for child in head.children:
        if child.lower_ == "according":
            to = next((t for t in child.children if t.lower_ == "to"), None)
            found = next((t for t in to.children if t.dep_ == "pobj"), None) if to is not None else None
            if found is not None:
                return found
    token = head
    for _ in range(6):
        if token.dep_ == "ROOT":
            break
        above = token.head
        if token.dep_ in ("ccomp", "parataxis", "advcl") and above.lemma_.lower() in verbs("saying"):
            return subject_of(above) or above
        token = above
    for child in head.children:
        if child.dep_ in ("parataxis", "advcl") and child.lemma_.lower() in verbs("saying"):
            return subject_of(child)
    return None


def _role(head: Token) -> str:
    if head.dep_ == "ROOT":
        return "main"
    if head.dep_ == "conj":
        return "coordinated"
    return {"relcl": "relative", "acl": "participial", "ccomp": "complement"}.get(head.dep_, "adverbial")
