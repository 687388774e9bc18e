"""Numerals in running text as values with bounds: digits, words, ranges, shares, and the hedges around them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SMALL = {word: n for n, word in enumerate(ONES)} | {word: 20 + 10 * n for n, word in enumerate(TENS)}
SCALES = {"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
GLUED = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
SHARES = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
# The least number for which a vague plural is commonly used: two of its unit; three for `several`.
VAGUE = {
    "hundreds of millions": 2e8,
    "tens of millions": 2e7,
    "hundreds of thousands": 2e5,
    "tens of thousands": 2e4,
    "trillions": 2e12,
    "billions": 2e9,
    "millions": 2e6,
    "thousands": 2e3,
    "hundreds": 200,
    "scores": 40,
    "dozens": 24,
    "several": 3,
    "multiple": 2,
    "a handful of": 3,
}

_DIGITS = r"\d{1,3}(?:,[ ]?\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:hundred|thousand|million|billion|trillion)"
_WORD = "(?:" + "|".join([*sorted(SMALL, key=len, reverse=True)]) + ")"
_WORDS = rf"(?:{_WORD}|a(?=[ ]{_SCALE}))(?:(?:[ -]|[ ]and[ ])(?:{_WORD}|{_SCALE})(?![a-z]))*"
_DOZEN = rf"(?:(?:half[ ]a|a|{_WORD}|\d+)[ ]dozen)(?!s)"
_SHARE = (
    r"(?:(?:a|one|two|three|four)[ -])?(?:halves|half|thirds?|quarters?|fifths?|tenths?)"
    r"(?=[ ](?:of|the|a|its|their|his|her)\b)"
)
_ONE = rf"(?:{_DOZEN}|(?:{_DIGITS})(?:[ -]?{_SCALE}\b|[ ]?(?:bn|mn|tn)\b|[km](?![a-z]))?|{_WORDS})"
_BEFORE = {
    "floor": "at least|no fewer than|not fewer than|no less than|a minimum of|more than|over|above|in excess of|"
    "upwards? of|well over|just over|exceeding",
    "ceiling": "at most|no more than|a maximum of|up to|as many as|as much as|fewer than|less than|under|below|nearly|"
    "almost|close to|just under",
    "about": "about|around|roughly|some|approximately|an estimated|estimated|circa|nearly about|~",
}
_HEDGE = "|".join(f"(?P<{name}>{words.replace(' ', '[ ]')})" for name, words in _BEFORE.items())
_MONEY = r"(?:US|A|C|NZ|HK)?\$|[£€¥₽₴₹]"
_AMOUNT = re.compile(
    rf"""(?<![\w.,/:$£€-])(?:(?:{_HEDGE})[ ])?(?:(?P<between>between)[ ])?(?P<money>{_MONEY})?[ ]?
    (?:(?P<vague>(?:{"|".join(VAGUE).replace(" ", "[ ]")}))
      |(?P<share>{_SHARE})
      |(?P<low>{_ONE})(?:(?P<to>[ ]to[ ]|[ ]?[-–][ ]?|[ ]and[ ](?=\d|{_WORD})|[ ]or[ ])(?:{_MONEY})?(?P<high>{_ONE}))?)
    (?P<after>\+|-odd|-plus|[ ]or[ ]more|[ ]or[ ]so|[ ]or[ ]fewer)?(?![\w]|[,.:/]\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_CURRENCY = {"$": "USD", "US$": "USD", "A$": "AUD", "C$": "CAD", "NZ$": "NZD", "HK$": "HKD"} | {
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "₽": "RUB",
    "₴": "UAH",
    "₹": "INR",
}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A quantity told at code points `start` to `end` of a text; a bound is None where none is told."""

    start: int
    end: int
    low: float | None
    high: float | None
    approximate: bool
    unit: str | None  # an ISO currency told by a sign, `percent` for a share such as `a third`
    number_start: int  # where the numeral itself begins, past any hedge
    form: str  # digits, words, vague, share


@functools.cache
def value(text: str) -> float:
    """The value of one numeral, such as `9,000`, `5.2 billion`, `two dozen`, `twenty-one`; ValueError if it is none."""
    text = text.lower().strip()
    if text.endswith("dozen"):
        count = text[: -len("dozen")].strip()
        return 6.0 if count == "half a" else 12 * (1.0 if count == "a" else value(count))
    if match := re.match(r"[\d, ]*\d(?:\.\d+)?", text):
        number, rest = float(re.sub(r"[, ]", "", match.group())), text[match.end() :].strip(" -")
        return round(number * (SCALES.get(rest) or GLUED.get(rest, 1.0)), 6)
    total, group = 0.0, 0.0
    for word in re.split(r"[ -]+", text):
        if word in SMALL:
            group += SMALL[word]
        elif word == "hundred":
            group = max(group, 1) * 100
        elif word in SCALES:
            total, group = total + max(group, 1) * SCALES[word], 0.0
        elif word not in ("and", "a"):
            raise ValueError(f"'{text}' is no numeral")
    return total + group


def _bounds(match: re.Match[str]) -> tuple[float | None, float | None, bool]:
    """Low, high and whether the figure is hedged."""
    after = (match["after"] or "").strip()
    if match["vague"]:
        return VAGUE[match["vague"].lower()], None, True
    if match["share"]:
        words = match["share"].lower().replace("-", " ").split()
        times = SMALL.get(words[0], 1) if len(words) > 1 and words[0] != "a" else 1
        part = words[-1].rstrip("s").replace("halve", "half")
        low = high = round(times * SHARES[part], 2)
    else:
        low = value(match["low"])
        high = value(match["high"]) if match["high"] else low
        if match["high"] and high >= 1000 > low and (scale := _trailing_scale(match["high"])):
            low *= scale
    if match["floor"] or after in ("+", "-plus", "or more"):
        return low, None, True
    if match["ceiling"] or after == "or fewer":
        return None, high, True
    return low, high, bool(match["about"] or after in ("-odd", "or so"))


def _trailing_scale(text: str) -> float | None:
    """`200 to 300 million` tells millions of both."""
    word = re.split(r"[ -]", text.lower())[-1]
    return SCALES.get(word)


def _misread(match: re.Match[str], text: str) -> bool:
    """Whether the stretch is a date, a time of day, a year, a score, an ordinal, or a number that labels."""
    before, after = text[max(0, match.start("low") - 24) : match.start("low")], text[match.end() : match.end() + 16]
    number = match["low"]
    if not number[0].isdigit():
        return False
    if re.match(r"[ ]?(?:[ap]\.?m\b|o.clock|GMT\b|UTC\b|hrs\b)|(?:st|nd|rd|th)\b", after, re.IGNORECASE):
        return True
    if re.search(rf"\b(?:{_MONTH})\.?[ ]$", before) or re.match(rf"[ ](?:of[ ])?(?:{_MONTH})\b", after):
        return True
    if re.search(r"(?:\bNos?|[Nn]umber|[Pp]age|[Aa]rticle|[Ss]ection|[Rr]oute|[Ff]light|#)\.?[ ]?$", before):
        return True
    if re.fullmatch(r"(?:1[0-9]|20)\d\d", number) and not match["money"]:
        counted = re.match(r"[ ](?:[a-z]+[ ])?[a-z]+s\b", after) is not None and not re.search(
            r"\b(?:in|since|by|until|from|during|of|before|after|to|and|early|late|mid)[ -]$", before, re.IGNORECASE
        )
        return not counted
    dashed = match["to"] and "-" in match["to"].replace("–", "-")
    return bool(dashed and match["high"].isdigit() and int(match["high"]) <= value(number))


_MONTH = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    "Nov(?:ember)?|Dec(?:ember)?"
)


def numerals(text: str) -> Iterator[Numeral]:
    """The numerals of a text that may be amounts, in reading order, without overlap."""
    for match in _AMOUNT.finditer(text):
        if match["low"] and (_misread(match, text) or (match["between"] and not match["high"])):
            continue
        if match["to"] and match["to"].strip() == "and" and not match["between"]:
            continue
        low, high, approximate = _bounds(match)
        start = match.start()
        core = (
            match.start("vague") if match["vague"] else match.start("share") if match["share"] else match.start("low")
        )
        form = (
            "vague"
            if match["vague"]
            else "share"
            if match["share"]
            else "digits"
            if match["low"][0].isdigit()
            else "words"
        )
        money = _CURRENCY.get((match["money"] or "").upper())
        unit = "percent" if match["share"] else money
        yield Numeral(start + (text[start] == " "), match.end(), low, high, approximate, unit, core, form)
