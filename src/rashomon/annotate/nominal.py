"""Nominal frames: how a name, or a noun, is described beside it, as clauses of role `nominal` without a verb.

`Anna Velin, head of the harbour police` tells that Anna Velin is head of the harbour police: subject is the name, the
span is the description, the predicate is the description's head noun. Titles and modifiers before a name likewise, and
adjectives before a common noun (`strong winds`: subject `winds`, span `strong winds`).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from rashomon.annotate.language import ParsedArticle, ParsedBlock
from rashomon.model.records import Clause

LONGEST_WORDS = 12
"""A description of more words is a clause in disguise, and is cut before its first inner clause."""
_NAMED = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP")
_LEFT = (
    "compound",
    "amod",
    "nmod",
    "poss",
    "nummod",
    "appos",
    "npadvmod",
    "advmod",
    "punct",
    "case",
    "det",
    "quantmod",
)
_INNER = ("relcl", "acl", "appos", "conj", "cc", "punct", "parataxis")


def frames(parsed: ParsedArticle, block: ParsedBlock) -> Iterator[Clause]:
    """The nominal frames of one block, by place."""
    for entity in block.doc.ents:
        if entity.label_ not in _NAMED:
            continue
        for words in _descriptions(entity):
            yield _frame(parsed, block, entity, words, "nominal")
    for token in block.doc:
        if token.pos_ != "NOUN" or token.ent_type_:
            continue
        adjectives = [child for child in token.lefts if child.dep_ == "amod" and child.pos_ in ("ADJ", "VERB")]
        if adjectives:
            noun = block.doc[token.i : token.i + 1]
            yield _frame(parsed, block, noun, block.doc[_left(adjectives[0], token) : token.i + 1], "modified")


def _left(adjective: Token, noun: Token) -> int:
    """Where the adjective begins with what hangs on it: `army-backed`."""
    return max(adjective.left_edge.i, noun.left_edge.i)


def _descriptions(entity: TokenSpan) -> Iterator[TokenSpan]:
    """The stretches that describe a named entity: before it, beside it, or it beside them."""
    root, doc = entity.root, entity.doc
    if root.dep_ == "compound" and root.head.pos_ == "NOUN":
        return
    start = entity.start
    while (
        start > 0
        and doc[start - 1].dep_ in _LEFT
        and _belongs(doc[start - 1], entity)
        and doc[start - 1].ent_type_ != "PERSON"
    ):
        start -= 1
    while start < entity.start and _says_nothing(doc[start]):
        start += 1
    if start < entity.start and any(t.pos_ in ("NOUN", "ADJ", "PROPN") for t in doc[start : entity.start]):
        yield doc[start : entity.start]
    for child in root.children:
        beside = child.dep_ == "appos" and child.pos_ == "NOUN" and child.i > entity.end - 1
        if beside and ":" not in doc[entity.end : child.i].text:  # after it stands what a headline is about
            yield _phrase(child)
    if root.dep_ == "appos" and root.head.pos_ == "NOUN" and root.head.i < entity.start:
        yield _phrase(root.head)


def _says_nothing(token: Token) -> bool:
    """Whether a description does not begin with it: `the`, `three`, but `21-year-old`."""
    counted = token.pos_ == "NUM" and token.nbor().text not in ("-", "–")
    return token.dep_ in ("det", "punct") or token.pos_ == "DET" or counted


def _belongs(token: Token, entity: TokenSpan) -> bool:
    """Whether the token hangs on the entity's name, directly or through another word before it."""
    above = token
    for _ in range(4):
        if above.head.i >= entity.start and above.head.i < entity.end:
            return True
        above = above.head
    return False


def _phrase(head: Token) -> TokenSpan:
    """A noun with its modifiers, up to its first inner clause."""
    left = min((c.i for c in head.lefts if c.dep_ in _LEFT and c.dep_ not in ("det", "punct")), default=head.i)
    right = head.i
    for child in head.rights:
        if child.dep_ in _INNER or child.right_edge.i - left >= LONGEST_WORDS:
            break
        right = child.right_edge.i
    return head.doc[left : right + 1]


def _frame(parsed: ParsedArticle, block: ParsedBlock, subject: TokenSpan, words: TokenSpan, role: str) -> Clause:
    start, end = block.offset + words.start_char, block.offset + words.end_char
    head = words.root
    return Clause(
        article_id=parsed.article_id,
        start=start,
        end=end,
        predicate=head.lemma_.lower(),
        predicate_start=block.offset + head.idx,
        subject_start=block.offset + subject.start_char,
        subject_end=block.offset + subject.end_char,
        object_start=None,
        object_end=None,
        negated=False,
        modality="fact",
        terms=tuple(t.lemma_.lower() for t in words if t.pos_ in ("NOUN", "PROPN", "ADJ", "VERB") and not t.is_stop),
        role=role,
    )
