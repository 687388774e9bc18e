"""The direction in time of the words around an expression, from auxiliaries and common verb forms; no parser."""

from __future__ import annotations

from collections.abc import Sequence

PAST, FUTURE, NONE = "past", "future", "none"

_FUTURE = frozenset(
    [
        "will",
        "'ll",
        "shall",
        "won't",
        "upcoming",
        "forthcoming",
        "expected",
        "scheduled",
        "planned",
        "due",
        "slated",
        "set",
        "poised",
        "expects",
        "plans",
        "hopes",
        "intends",
        "aims",
        "would'll",
    ]
)
_BEFORE_INFINITIVE = frozenset(
    [
        "plans",
        "plan",
        "planned",
        "planning",
        "expects",
        "expected",
        "expect",
        "scheduled",
        "due",
        "set",
        "slated",
        "wants",
        "want",
        "intends",
        "intend",
        "agreed",
        "vowed",
        "promised",
        "hopes",
        "hope",
        "hoping",
        "ready",
        "likely",
        "about",
        "going",
        "poised",
        "decided",
        "preparing",
        "invited",
        "is",
        "are",
        "be",
        "urged",
        "asked",
        "vote",
        "voted",
        "deadline",
        "time",
        "ordered",
        "opportunity",
    ]
)
_PAST = frozenset(
    [
        "was",
        "were",
        "had",
        "did",
        "been",
        "said",
        "told",
        "met",
        "went",
        "came",
        "took",
        "made",
        "gave",
        "found",
        "saw",
        "left",
        "held",
        "won",
        "lost",
        "rose",
        "fell",
        "began",
        "ran",
        "kept",
        "became",
        "brought",
        "thought",
        "sent",
        "spent",
        "stood",
        "struck",
        "hit",
        "shot",
        "set",
        "led",
        "fled",
        "grew",
        "drew",
        "flew",
        "broke",
        "spoke",
        "wrote",
        "built",
        "bought",
        "sold",
        "cut",
        "put",
        "let",
        "heard",
        "felt",
        "paid",
        "read",
        "hurt",
        "died",
        "killed",
        "got",
        "knew",
        "chose",
        "drove",
        "ate",
        "bore",
        "beat",
        "blew",
        "caught",
        "dealt",
        "dug",
        "fought",
        "forgot",
        "hung",
        "hid",
        "laid",
        "lent",
        "lit",
        "meant",
        "rode",
        "rang",
        "sang",
        "sank",
        "sat",
        "slept",
        "slid",
        "swore",
        "swept",
        "swam",
        "swung",
        "taught",
        "tore",
        "threw",
        "understood",
        "woke",
        "wore",
        "wound",
        "withdrew",
        "has",
        "have",
        "having",
    ]
)
_SAYING = frozenset(["said", "told", "added", "reported", "announced", "says"])
_NOT_VERBS = frozenset(
    [
        "united",
        "need",
        "indeed",
        "speed",
        "seed",
        "feed",
        "breed",
        "exceed",
        "proceed",
        "wounded",
        "injured",
        "red",
        "bed",
        "hundred",
    ]
)
_PASSIVE = frozenset(["be", "being", "get"])
_REACH = 40


def _cue(words: Sequence[str], i: int) -> str | None:
    """The direction that the word at `i` tells, PAST or FUTURE, or None."""
    word = words[i]
    before = words[i - 1] if i else ""
    if word in ("will", "'ll", "shall", "won't") or word.endswith("'ll"):
        return FUTURE
    if word == "to" and i + 1 < len(words) and before in _BEFORE_INFINITIVE and words[i + 1].isalpha():
        return FUTURE
    if word == "to" and i + 1 < len(words) and words[i + 1] in ("be", "begin", "start", "meet", "take", "go"):
        return FUTURE
    if before in _PASSIVE:
        return None
    if word in _FUTURE:
        return FUTURE if word not in ("set", "expected", "planned") or before not in ("had", "was", "were") else None
    if word in _PAST or (len(word) > 4 and word.endswith("ed") and word not in _NOT_VERBS):
        return PAST
    return None


def _sweep(words: Sequence[str], places: Sequence[int]) -> tuple[str | None, str | None]:
    """The nearest cue on one side, and the nearest verb of saying that stands for want of one."""
    saying = None
    for i in places:
        cue = _cue(words, i)
        if cue and words[i] in _SAYING:
            saying = saying or cue
        elif cue:
            return cue, saying
    return None, saying


def direction(words: Sequence[str], start: int, end: int) -> str:
    """PAST, FUTURE or NONE for the expression at tokens `start:end` of one sentence's lower-case words.

    The nearest verb before it decides, then the nearest after it; verbs of saying only where there is no other, because
    what was said yesterday may be about tomorrow.
    """
    cue, saying = _sweep(words, range(start - 1, max(-1, start - _REACH), -1))
    if cue:
        return cue
    cue, later = _sweep(words, range(end, min(len(words), end + _REACH)))
    return cue or saying or later or NONE
