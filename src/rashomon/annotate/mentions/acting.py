"""Places that act: `Moscow rejected the plan` tells of those who govern there. They are marked, not merged."""

from __future__ import annotations

import dataclasses
import functools
import importlib.resources
from collections.abc import Collection, Sequence

from spacy.tokens import Token

from rashomon.annotate.language import ParsedArticle, ParsedBlock
from rashomon.model.records import Mention

GOVERNMENT = "government"
_DOERS = frozenset({"nsubj", "csubj", "agent"})
_NAMED = frozenset({"NOUN", "PROPN"})
_DASHES = frozenset({"-", "–", "—", "―", "--"})
_JOINED = frozenset({"conj", "appos"})


@functools.cache
def _verbs() -> frozenset[str]:
    """Lemmas of verbs whose subject is a will: what governments do and places cannot."""
    text = importlib.resources.files("rashomon.annotate.mentions").joinpath("acts.tsv").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() for word in line.split("\t")[1].split())


def marked(parsed: ParsedArticle, mentions: Sequence[Mention], speaking: Collection[str]) -> tuple[Mention, ...]:
    """The mentions, with names of places that act or speak marked; `speaking` are the ids of those that are quoted."""
    return tuple(
        dataclasses.replace(mention, stands_for=GOVERNMENT)
        if mention.kind == "place"
        and mention.form == "name"
        and (mention.mention_id in speaking or _acts(parsed, mention))
        else mention
        for mention in mentions
    )


def _acts(parsed: ParsedArticle, mention: Mention) -> bool:
    block = _block(parsed, mention)
    if block is None:
        return False
    tokens = block.doc.char_span(mention.start - block.offset, mention.end - block.offset, alignment_mode="expand")
    if tokens is None:
        return False
    behind = block.doc[tokens.end] if tokens.end < len(block.doc) else None
    if behind is not None and (behind.pos_ in _NAMED or behind.text in _DASHES):  # a dateline; Costa Rican judges
        return False
    root: Token = tokens.root
    while root.dep_ in _JOINED and root.head.ent_type_ == root.ent_type_:  # Russia and Ukraine agreed
        root = root.head
    if root.dep_ == "pobj" and root.head.dep_ == "agent":  # was rejected by Moscow
        return root.head.head.lemma_.lower() in _verbs()
    verb = root.head
    while root.dep_ == "nsubj" and verb.dep_ == "xcomp":
        verb = verb.head
    return root.dep_ in _DOERS and verb.lemma_.lower() in _verbs()


def _block(parsed: ParsedArticle, mention: Mention) -> ParsedBlock | None:
    for block in parsed.blocks:
        if block.offset <= mention.start and mention.end <= block.offset + len(block.doc.text):
            return block
    return None
