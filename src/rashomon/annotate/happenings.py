"""Mentions of happenings: a stretch that tells one, with its head word and the words that say who, what and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from rashomon.annotate.clauses import subject_of
from rashomon.annotate.language import ParsedArticle, ParsedBlock
from rashomon.model.span import Span

WIDTH = 300
"""Values of a word vector of the language pipeline."""
_VERBAL = ("VERB", "AUX")
_NAMING = ("NOUN", "PROPN", "NUM", "ADJ")
_ARGUMENTS = (
    "nsubj",
    "nsubjpass",
    "dobj",
    "attr",
    "dative",
    "oprd",
    "agent",
    "prep",
    "poss",
    "compound",
    "nmod",
    "pobj",
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One mention of a happening."""

    article_id: str
    start: int
    end: int
    head: str  # lower-cased lemma of the word that tells it
    verbal: bool  # told by a verb; else by a noun or an adjective
    words: tuple[str, ...]  # lower-cased lemmas of the mention's words, without function words
    arguments: tuple[str, ...]  # lower-cased lemmas of who does it, to whom, where: what hangs on the head
    sentence: Span
    context: tuple[str, ...]  # lower-cased lemmas of the sentence's content words
    vector: bytes  # float32, WIDTH values, length 1 or all zero: of the head word


def happenings(parsed: ParsedArticle, spans: Sequence[Span]) -> list[Happening | None]:
    """The happening told by each span, in order; None for a span that lies in no parsed block."""
    return [next(_told(parsed, span), None) for span in spans]


def _told(parsed: ParsedArticle, span: Span) -> Iterator[Happening]:
    for block in parsed.blocks:
        start, end = span.start - block.offset, span.end - block.offset
        if start < 0 or end > len(block.doc.text):
            continue
        tokens = block.doc.char_span(start, end, alignment_mode="expand")
        if tokens:
            yield _happening(parsed, block, tokens, span)


def _happening(parsed: ParsedArticle, block: ParsedBlock, tokens: TokenSpan, span: Span) -> Happening:
    head = _head(tokens)
    sentence = head.sent
    vector: npt.NDArray[np.float32] = np.asarray(head.vector, dtype=np.float32)
    length = float(np.linalg.norm(vector))
    return Happening(
        article_id=parsed.article_id,
        start=span.start,
        end=span.end,
        head=head.lemma_.lower(),
        verbal=head.pos_ in _VERBAL,
        words=_lemmas(tokens),
        arguments=tuple(sorted(set(_arguments(head, tokens)))),
        sentence=block.span(sentence),
        context=_lemmas(sentence),
        vector=(vector / length if length else vector).tobytes(),
    )


def _head(tokens: TokenSpan) -> Token:
    """The word of a mention that tells the happening: its root, or what a light verb governs inside the mention."""
    root = tokens.root
    if root.lemma_ in ("be", "have", "do", "take", "make", "get"):
        inner = [t for t in tokens if t.head is root and t.dep_ in ("dobj", "attr", "acomp", "oprd")]
        return inner[0] if inner else root
    return root


def _lemmas(tokens: TokenSpan) -> tuple[str, ...]:
    return tuple(t.lemma_.lower() for t in tokens if not t.is_stop and (t.is_alpha or t.like_num))


def _arguments(head: Token, mention: TokenSpan) -> Iterator[str]:
    """Who and what takes part: what hangs on the head, its subject that stands elsewhere, and on a noun its verb's."""
    subject = subject_of(head) if head.pos_ in _VERBAL else None
    roots = [child for child in head.children if child.dep_ in _ARGUMENTS]
    governor = head.head
    if head.pos_ not in _VERBAL and governor is not head and governor.pos_ in _VERBAL:
        roots += [child for child in governor.children if child.dep_ in _ARGUMENTS and child is not head]
    for root in [*roots, *([subject] if subject is not None else [])]:
        for token in (root, *root.subtree):
            inside = mention.start <= token.i < mention.end
            if token.pos_ in _NAMING and not inside and token.ent_type_ not in ("DATE", "TIME"):
                yield token.lemma_.lower()
