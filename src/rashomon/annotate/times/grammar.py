"""The rule table as regular expressions over token letters.

Notation of a pattern in rules.tsv: a word in lower case is that very word, a word in capitals a class of the lexicon or
a number shape, `@NAME` a fragment; `(...)`, `|`, `?` as in regular expressions; `<name: ...>` a named part, whose
words the resolver gets (a name may stand in several alternatives); `{< ...}` and `{> ...}` what must stand before and
after, `{!< ...}` and `{!> ...}` what must not.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources

from rashomon.annotate.times.tokens import Alphabet

_PIECE = re.compile(r"<(?P<part>\w+):|\{!?[<>]|[>}]|(?P<atom>[A-Za-z][A-Za-z0-9'.]*)|[()|?]|\s+")
_MARKS = {">": ")", "}": ")", "(": "(?:", "{<": "(?<=", "{>": "(?=", "{!<": "(?<!", "{!>": "(?!"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what kind of expression its matches are (a resolver is named by it), and its compiled pattern."""

    kind: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """All rules with the alphabet that their patterns are written in."""

    alphabet: Alphabet
    runs: re.Pattern[str]  # the stretches of letters in which rules can match
    rules: tuple[Rule, ...]


def _table() -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The fragments by name, and the rules in order."""
    fragments, rules = {}, []
    text = resources.files(__package__).joinpath("rules.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, pattern = line.split("\t")
            if name.startswith("@"):
                fragments[name[1:]] = pattern
            else:
                rules.append((name, pattern))
    return fragments, rules


def _expand(pattern: str, fragments: dict[str, str]) -> str:
    """The pattern with its fragments written out."""
    while "@" in pattern:
        pattern = re.sub(r"@([A-Z]+)", lambda match: f"({fragments[match[1]]})", pattern)
    return pattern


def _is_class(atom: str) -> bool:
    return atom.isupper() or (atom[0].isupper() and any(c.isdigit() for c in atom))


def _compile(pattern: str, alphabet: Alphabet) -> re.Pattern[str]:
    out, position = [], 0
    while position < len(pattern):
        piece = _PIECE.match(pattern, position)
        if piece is None:
            raise ValueError(f"A rule of the time grammar cannot be read at {pattern[position:]!r} in {pattern!r}.")
        position = piece.end()
        if piece["part"]:
            out.append(f"(?P<{piece['part']}__{position}>")
        elif piece["atom"]:
            atom = piece["atom"]
            out.append(alphabet.having(atom if _is_class(atom) else "=" + atom))
        else:
            out.append(_MARKS.get(piece.group(), piece.group().strip()))
    return re.compile("".join(out))


@functools.cache
def grammar() -> Grammar:
    """The grammar, compiled once per process; ValueError or KeyError if the table is malformed."""
    fragments, rows = _table()
    expanded = [(kind, _expand(pattern, fragments)) for kind, pattern in rows]
    atoms = {piece["atom"] for _, pattern in expanded for piece in _PIECE.finditer(pattern) if piece["atom"]}
    alphabet = Alphabet(frozenset(atom for atom in atoms if not _is_class(atom)))
    return Grammar(
        alphabet, alphabet.runs(), tuple(Rule(kind, _compile(pattern, alphabet)) for kind, pattern in expanded)
    )
