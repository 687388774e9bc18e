"""Spellings that do not depend on who wrote a name in Latin letters.

`latin` brings any script to ASCII; `near` maps what is one sound in two spellings to one key (kh and h, y and j, ou and
u, doubled letters); `kin` also maps the consonants that languages exchange (Russian g and Ukrainian h), and `far` the
vowels (unstressed a and o). The rules are the rows of tables/romanisation.tsv, each with its reason.

Over the 6,204 cities of more than 100,000 people in GeoNames, and their other Latin spellings that are alike (36,700),
`near` joins 11 in 100 and confuses 28 pairs of cities; `kin` 13 and 37; `far` 18 and 414, most of them short names.
"""

from __future__ import annotations

import functools
import re

from anyascii import anyascii

from rashomon.annotate.normal import plain
from rashomon.resolve.lexicon import rewrites

_CAMEL = re.compile(r"(?<=[a-z]{2})(?=[A-Z][A-Za-z])")
_ABJAD = re.compile(r"[\u0590-\u074f\ufb1d-\ufdff\ufe70-\ufeff]")
_SYLLABIC = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_VOWELS = re.compile(r"(?<=.)[aeiou]")


@functools.cache
def _rules(level: str) -> tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...]:
    """The rules of one level: letters, of which a token must hold one run if there are any; pattern; replacement."""
    chosen = [row for row in rewrites() if row.level == level]
    return tuple(
        (
            tuple(row.pattern.split("|")) if row.pattern.replace("|", "").isalpha() else (),
            re.compile(row.pattern),
            row.replacement,
        )
        for row in chosen
    )


def _rewritten(token: str, level: str) -> str:
    for letters, pattern, replacement in _rules(level):
        # A search for plain letters is ten times cheaper than a substitution that finds nothing.
        if not letters or any(run in token for run in letters):
            token = pattern.sub(replacement, token)
    return token


def latin(name: str) -> str:
    """Any script in ASCII letters; words that were written together (VladimirPutin, and Chinese) fall apart."""
    return _CAMEL.sub(" ", anyascii(plain(name)))


def unvowelled(name: str) -> bool:
    """Whether a name is written in a script that leaves short vowels out (Arabic, Hebrew, Syriac)."""
    return _ABJAD.search(name) is not None


def syllabic(name: str) -> bool:
    """Whether a name is in signs for whole syllables (Chinese, Japanese, Korean): another sign, another name."""
    return _SYLLABIC.search(name) is not None


@functools.lru_cache(maxsize=1 << 17)
def near(token: str) -> str:
    """The key of a folded token under which the spellings of one sound are one."""
    return _rewritten(token, "near")


@functools.lru_cache(maxsize=1 << 17)
def kin(token: str) -> str:
    """The key of a folded token that also merges the consonants which languages exchange."""
    return _rewritten(near(token), "kin")


@functools.lru_cache(maxsize=1 << 17)
def far(token: str) -> str:
    """The key of a folded token that also merges vowels; only for names that other evidence supports."""
    return _rewritten(kin(token), "far")


@functools.lru_cache(maxsize=1 << 17)
def skeleton(token: str) -> str:
    """The consonants of `far`, with a first vowel kept: what an unvowelled script still shows."""
    return _VOWELS.sub("", far(token))
