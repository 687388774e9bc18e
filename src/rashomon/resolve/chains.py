"""What one article says of one thing, before articles are joined: a chain of mentions, by its names."""

from __future__ import annotations

import collections
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.model.records import Mention
from rashomon.resolve.align import MISSPELT, align
from rashomon.resolve.lexicon import titles, word_set
from rashomon.resolve.parts import Parts, folded, organisation, person

_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_STRAY = re.compile(r"^[\s|\[\](){}`\"“”*•,;:–—-]+|[\s|\[\](){}`\"“”*•,;:–—-]+$")
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """The mentions of one article that carry one name, and those that follow it."""

    article_id: str
    kind: str
    name: str  # verbatim but for a possessive: the fullest of its names
    words: tuple[str, ...]  # of the name, folded, without titles or legal forms
    parts: Parts
    names: tuple[Mention, ...]  # form == "name", by place in the text
    followers: tuple[Mention, ...]  # nominals and pronouns


@functools.lru_cache(maxsize=1 << 16)
def bare(text: str) -> str:
    """A mention's text without a possessive at its end, stray signs at either end, and with single spaces."""
    return _POSSESSIVE.sub("", _STRAY.sub("", " ".join(text.split()))) or text


def untitled(name: str) -> str:
    """A person's name without the titles before it, if two words or more are left; verbatim otherwise."""
    words = name.split()
    plain = [folded(word).strip(" .") for word in words]
    start = max((k + 1 for k, word in enumerate(plain[:-1]) if word in word_set("offices")), default=0)
    while start < len(words) and plain[start] in titles():
        start += 1
    return " ".join(words[start:]) if len(words) - start > 1 else name


@functools.lru_cache(maxsize=1 << 16)
def read(kind: str, text: str) -> Parts:
    """The parts of a name of one kind."""
    text = bare(text)
    return person(text) if kind == "person" else organisation(_ARTICLE.sub("", text))


def vote(kinds: Sequence[str]) -> str:
    """The commonest kind; of equally common ones the first in the alphabet."""
    counts = collections.Counter(kinds)
    return min(counts, key=lambda kind: (-counts[kind], kind))


def related(kind: str, one: Parts, other: Parts) -> bool:
    """Whether two names can stand in one chain: every word of the shorter has its like in the longer, or initials."""
    if set(one.words) <= set(other.words) or set(other.words) <= set(one.words):
        return True
    short, long = sorted((one.words, other.words), key=len)
    if kind != "person":
        return len(short) == 1 and short[0] in initials(long)
    laid = align(one.words, other.words)
    return bool(laid.pairs) and not (laid.left and laid.right) and all(p.kind != MISSPELT for p in laid.pairs)


def initials(words: Sequence[str]) -> tuple[str, str]:
    """First letters of all words, and of the words that count."""
    return "".join(w[0] for w in words), "".join(w[0] for w in words if w not in word_set("little"))


def _fullest(kind: str, mentions: Sequence[Mention]) -> Mention:
    counts = collections.Counter(mention.text for mention in mentions)

    def rank(mention: Mention) -> tuple[int, int, int, str, int]:
        words = read(kind, mention.text).words
        spelt = sum(len(word) > 1 for word in words)
        return -spelt, -len(words), -counts[mention.text], mention.text, mention.start

    return min(mentions, key=rank)


def _unit(kind: str, names: Sequence[Mention], followers: Sequence[Mention]) -> Unit:
    best = _fullest(kind, names)
    parts = read(kind, best.text)
    name = untitled(bare(best.text)) if kind == "person" else bare(best.text)
    return Unit(best.article_id, kind, name, parts.words, parts, tuple(names), tuple(followers))


def units(mentions: Sequence[Mention]) -> list[Unit]:
    """The named chains of all articles, in a fixed order; a chain that holds unlike names falls apart into several.

    Nominals and pronouns stay with the largest part. A chain without a name gives nothing.
    """
    chains: dict[tuple[str, int], list[Mention]] = collections.defaultdict(list)
    for mention in mentions:
        chains[mention.article_id, mention.chain].append(mention)
    found = []
    for key in sorted(chains):
        chain = sorted(chains[key], key=lambda m: (m.start, m.end, m.mention_id))
        names = [m for m in chain if m.form == "name" and read(m.kind, m.text).words]
        followers = [m for m in chain if m.form != "name"]
        groups = _split(names)
        found += [
            _unit(vote([m.kind for m in group]), group, followers if not k else ()) for k, group in enumerate(groups)
        ]
    return found


def _split(names: list[Mention]) -> list[list[Mention]]:
    """The names of a chain in groups of names that can be one, largest first."""
    if not names:
        return []
    kind = vote([m.kind for m in names])
    best = read(kind, _fullest(kind, names).text)
    alike = [m for m in names if related(kind, best, read(kind, m.text))]
    rest = [m for m in names if m not in alike]
    return sorted([alike, *_split(rest)], key=lambda group: (-len(group), group[0].start)) if alike else [names]
