"""A light tokenizer: a stretch of text becomes words with offsets, and a string of one letter a word.

The letter stands for the set of classes that the word has (lexicon.py), so that a rule over classes is an ordinary
regular expression over letters, and a match in it is a run of tokens.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from rashomon.annotate.times import lexicon

# The commonest kinds of token come first, as the alternatives are tried in order.
_TOKEN = re.compile(
    r"""(?P<word>(?<![\d'’])(?![A-Za-z]\.|[AaPp][Mm]\b|Q[1-4]\b|[A-Z][a-z]{2,4}\.)[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)?)
  | (?P<break>\n[ \t\r]*\n)
  | (?P<isodate>\b\d{4}-\d\d-\d\d(?!\d))
  | (?P<numdate>\b\d{1,2}(?P<sep>[/.])\d{1,2}(?P=sep)(?:\d{4}|\d\d)\b(?![/.]\d))
  | (?P<clock>\b\d{1,2}[:.]\d\d(?=\s?(?:[ap]\.?m\b|GMT\b|UTC\b|hrs\b))|\b\d{1,2}:\d\d(?::\d\d)?(?![\d:]))
  | (?P<decade>\b\d{3}0'?s\b|['’]\d0s\b)
  | (?P<year2>['’]\d\d\b)
  | (?P<fraction>\b\d+[ -]1/2\b|\b1/2\b)
  | (?P<ordinal>\b\d{1,3}(?:st|nd|rd|th)\b)
  | (?P<hoursuffix>\b\d{1,2}(?=[ap]\.?m\b))
  | (?P<quartername>\bQ[1-4]\b)
  | (?P<number>(?<![\w.])\d+(?![\d,.]*\d)(?![A-Za-z%]))
  | (?P<amount>[$£€¥]\s?\d[\d,.]*\d|[$£€¥]\s?\d|\d[\d,.]*\d|\d)
  | (?P<meridian>\b[AaPp]\.[Mm]\.?|\b[AaPp][Mm]\b|(?<=\d)[ap]m\b)
  | (?P<abbreviation>\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\.)
  | (?P<initials>\b(?:[A-Za-z]\.){2,})
  | (?P<possessive>['’]s\b|(?<=s)['’](?!\w))
  | (?P<rest>[^\W\d_]+)
  | (?P<mark>\S)""",
    re.VERBOSE,
)
_SHAPES = {
    "isodate": "ISODATE", "numdate": "NUMDATE", "clock": "CLOCK", "decade": "DECADE", "year2": "APOSYEAR",
    "fraction": "FRACTION", "hoursuffix": "HOURNUM", "quartername": "QNAME", "meridian": "AMPM",
    "possessive": "POSS", "amount": "AMOUNT",
}  # fmt: skip
_MARKS = {",": "COMMA", "-": "HYPHEN", "–": "HYPHEN", "—": "DASH", "(": "OPEN", ")": "CLOSE", "/": "SLASH"}
_FIRST_LETTER = 0xE000  # the private-use area of Unicode
PLAIN = frozenset[str]()
_OUTSIDE = frozenset({"CAPITAL", "PLURAL", "BREAK", "END"})  # letters that no rule consumes
_FILLERS = (
    "a",
    "an",
    "and",
    "as",
    "at",
    "by",
    "for",
    "from",
    "in",
    "is",
    "of",
    "on",
    "or",
    "that",
    "the",
    "this",
    "to",
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one stretch: offsets into the article, words as written and in lower case, one letter each."""

    starts: list[int]
    ends: list[int]
    words: list[str]
    lower: list[str]
    letters: str


class Alphabet:
    """The letters for all sets of classes that tokens can have, given the words that rules name literally."""

    def __init__(self, literals: frozenset[str]) -> None:
        self._classes: dict[frozenset[str], str] = {}
        self._words: dict[tuple[str, bool], str] = {}
        for word in sorted(literals | set(lexicon.entries()) | set(_FILLERS)):
            named = frozenset({"=" + word}) if word in literals else PLAIN
            classes = frozenset(lexicon.entries().get(word, {}))
            self._words[word, True] = self._letter(classes | named)
            self._words[word, False] = self._letter((classes - lexicon.CAPITALISED) | named)
        shapes = [frozenset({name}) for name in (*_SHAPES.values(), *_MARKS.values(), "BREAK", "END")]
        shapes += [frozenset({"ORDNUM", "DAYORD"}), frozenset({"ORDNUM"}), PLAIN]
        shapes += [frozenset({"CAPITAL"}), frozenset({"PLURAL"})]
        for classes in (*shapes, *sorted(lexicon.all_number_classes(), key=sorted)):
            self._letter(classes)

    def _letter(self, classes: frozenset[str]) -> str:
        return self._classes.setdefault(classes, chr(_FIRST_LETTER + len(self._classes)))

    def having(self, name: str) -> str:
        """The letters of all sets that hold the class, as a regular-expression class; KeyError if there is none."""
        letters = "".join(letter for classes, letter in self._classes.items() if name in classes)
        if not letters:
            raise KeyError(name)
        return f"[{letters}]"

    def runs(self) -> re.Pattern[str]:
        """The runs of letters that rules can match, each holding one that is more than a word of grammar."""
        outside = "".join(letter for classes, letter in self._classes.items() if classes <= _OUTSIDE)
        filler = "".join(sorted({self._words[word, big] for word in _FILLERS for big in (True, False)}))
        marks = "".join(
            letter for classes, letter in self._classes.items() if classes and classes <= set(_MARKS.values())
        )
        return re.compile(f"[{filler}{marks}]*[^{outside}{filler}{marks}][^{outside}]*")

    def letter(self, kind: str, word: str, lower: str) -> str:
        """The letter of one token: `kind` is the name of the group of the tokenizer's pattern that it matched."""
        if kind in ("word", "abbreviation", "rest"):
            known = self._words.get((lower, word[0].isupper()))
            return known or self._unknown(word, lower)
        if kind == "number":
            return self._classes[_number_classes(word)] if len(word) < 8 else self._classes[frozenset({"AMOUNT"})]
        return self._classes[_shape_classes(kind, word)]

    def _unknown(self, word: str, lower: str) -> str:
        if word[0].isupper():
            return self._classes[frozenset({"CAPITAL"})]
        return self._classes[frozenset({"PLURAL"}) if lower.endswith("s") and not lower.endswith("ss") else PLAIN]


_number_classes = functools.lru_cache(4096)(lexicon.number_classes)


def _shape_classes(kind: str, word: str) -> frozenset[str]:
    if kind == "ordinal":
        return frozenset({"ORDNUM", "DAYORD"} if int(word[:-2]) <= 31 else {"ORDNUM"})
    if kind == "break":
        return frozenset({"BREAK"})
    if kind == "mark":
        name = "END" if word in ".!?;" else _MARKS.get(word)
        return frozenset({name}) if name else PLAIN
    return frozenset({_SHAPES[kind]}) if kind in _SHAPES else PLAIN


def tokenize(text: str, start: int, end: int, alphabet: Alphabet) -> Tokens:
    """The tokens of `text[start:end]`, with offsets into `text`."""
    starts, ends, words, lowers, letters = [], [], [], [], []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        lower = word.lower().replace("’", "'")
        starts.append(match.start())
        ends.append(match.end())
        words.append(word)
        lowers.append(lower)
        letters.append(alphabet.letter(match.lastgroup or "mark", word, lower))
    return Tokens(starts, ends, words, lowers, "".join(letters))
