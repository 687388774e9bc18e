"""Names: one person, body or place under other names or spellings in several tellings."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence

from anyascii import anyascii
from rapidfuzz import fuzz

from rashomon.compare.candidates import Candidate, side
from rashomon.compare.passages import Passage
from rashomon.model.records import Mention

SPELLING = 86.0
"""Least ratio (rapidfuzz, 0..100) of two names of unlike entities taken for spellings of one."""
MOST = 6
"""Sides of one difference of names: more than these add nothing."""
_KINDS = ("person", "organisation", "place")
LEAST_LETTERS = 6
"""Shorter names are too often alike by chance."""


def find(passages: Sequence[Passage], mentions: Iterable[Mention]) -> list[Candidate]:
    """Differences of kind identity and relation naming between full names of one entity, and between like spellings."""
    found: dict[str, dict[int, tuple[Passage, Mention]]] = defaultdict(dict)
    by_article: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        by_article[passage.article.article_id].append(passage)
    for mention in sorted(mentions, key=lambda m: (m.article_id, m.start)):
        home = next(
            (p for p in by_article[mention.article_id] if p.start <= mention.start and mention.end <= p.end), None
        )
        if home is None or mention.form != "name" or not mention.entity_id or mention.kind not in _KINDS:
            continue
        kept = found[mention.entity_id].get(home.told)
        if kept is None or len(_words(mention.text)) > len(_words(kept[1].text)):
            found[mention.entity_id][home.told] = (home, mention)
    return [*_variants(found), *_spellings(found)]


@functools.lru_cache(maxsize=20_000)
def _words(name: str) -> tuple[str, ...]:
    plain = "".join(c if c.isalnum() else " " for c in anyascii(name).lower().removesuffix("'s"))
    return tuple(word for word in plain.split() if word not in ("the", "s"))


def _variants(found: dict[str, dict[int, tuple[Passage, Mention]]]) -> list[Candidate]:
    """Entities that two tellings name in other words, neither merely a part of the other's at its beginning or end."""
    result = []
    for entity in sorted(found):
        chosen: dict[tuple[str, ...], tuple[Passage, Mention]] = {}
        for told in sorted(found[entity]):
            words = _words(found[entity][told][1].text)
            if words:
                chosen.setdefault(words, found[entity][told])
        kept = [w for w in chosen if not any(w != v and _shortened(w, v) for v in chosen)]
        kept = [w for w in kept if not any(w < v and _abbreviates(w, v) for v in kept)]
        if len({chosen[w][0].origin for w in kept}) >= 2:
            result.append(_candidate([chosen[w] for w in sorted(kept)], "naming:variant"))
    return result


def _shortened(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether the short name is the beginning or the end of the full one: a surname alone is no other name."""
    return len(short) < len(full) and (full[: len(short)] == short or full[-len(short) :] == short)


def _abbreviates(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the names differ by a plural s, a middle initial, or words that one gives by their initials alone."""
    joined, joined_other = "".join(one), "".join(other)
    if joined.rstrip("s") == joined_other.rstrip("s") and one[-1][-1] != other[-1][-1]:
        return True
    ours, theirs = _without_shared_ends(one, other)
    if not ours or not theirs:
        return all(len(word) == 1 for word in (*ours, *theirs))
    initials = ["".join(word[0] for word in rest if word not in ("of", "and", "for")) for rest in (ours, theirs)]
    return "".join(ours) == initials[1] or "".join(theirs) == initials[0]


def _without_shared_ends(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is left of two names without the words that both begin or end with."""
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return one, other


def _spellings(found: dict[str, dict[int, tuple[Passage, Mention]]]) -> list[Candidate]:
    """Names of one kind in different tellings that are nearly the same letters, though resolved to two entities."""
    blocks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entity in sorted(found):
        mention = found[entity][min(found[entity])][1]
        blocks[mention.kind, "".join(_words(mention.text))[:1]].append(entity)
    result, seen = [], set()
    for entity in sorted(e for e in found if len(found[e]) == 1):
        ((passage, mention),) = found[entity].values()
        for other in blocks[mention.kind, "".join(_words(mention.text))[:1]]:
            key = tuple(sorted((entity, other)))
            if entity == other or key in seen:
                continue
            met = [pair for _, pair in sorted(found[other].items()) if pair[0].origin != passage.origin]
            if met and _spelt_alike(mention, met[0][1]):
                seen.add(key)
                result.append(_candidate([(passage, mention), *met[: MOST - 1]], "naming:spelling"))
    return result


def _spelt_alike(mention: Mention, other: Mention) -> bool:
    one, two = "".join(_words(mention.text)), "".join(_words(other.text))
    if mention.kind != other.kind or min(len(one), len(two)) < LEAST_LETTERS:
        return False
    if one.rstrip("s") == two.rstrip("s") or any(c.isdigit() for c in one + two):
        return False
    return fuzz.ratio(one, two) >= SPELLING


def _candidate(named: Sequence[tuple[Passage, Mention]], cue: str) -> Candidate:
    sides = []
    for passage, mention in named:
        sides.append(side(passage, mention.start, mention.end))
    note = "other spellings" if cue == "naming:spelling" else "other names for the same"
    return Candidate("identity", "naming", named[0][1].text, tuple(sides), cue, 0.5, note)
