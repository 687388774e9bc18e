"""What an amount counts, read off the dependency parse, and which numerals count nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from rashomon.annotate.amounts.numerals import Numeral
from rashomon.annotate.amounts.units import people_nouns, unit_words

_NOUNS = ("NOUN", "PROPN")
_AGE = re.compile(r"[ -]year[ -]old\b|[ -]month[ -]old\b")
_VERBS_OF_HARM = frozenset(
    ("die", "kill", "injure", "wound", "hurt", "arrest", "detain", "hospitalize", "hospitalise", "rescue", "free")
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a numeral counts: its unit, the end of the unit's word (0 if none stands there), and the stretch counted."""

    unit: str | None
    unit_end: int
    of: tuple[int, int] | None


def counted(doc: Doc, numeral: Numeral) -> Counted | None:
    """What the numeral counts, with offsets into `doc.text`; None if it counts nothing and is therefore no amount."""
    tokens = doc.char_span(numeral.number_start, numeral.end, alignment_mode="expand")
    if tokens is None or len(tokens) == 0:
        return None
    if numeral.unit not in (None, "percent"):
        return Counted(numeral.unit, 0, None)
    text = doc.text
    if age := _AGE.match(text, numeral.end):
        return _age(doc, numeral, age)
    if (measured := _measure(text, numeral.end)) is not None:
        unit, end = measured
        return Counted(unit, end, _of_measure(doc, tokens[-1], end))
    if numeral.unit == "percent":
        return Counted("percent", 0, _share_of(doc, tokens[-1].i + 1))
    if (money := _subunit_money(text, numeral)) is not None:
        return money
    head = _head(doc, tokens[0], tokens[-1])
    if head is None:
        return _bare(doc, numeral, tokens[0], tokens[-1])
    if _is_name_part(doc, numeral, tokens[0], head):
        return None
    start = min(tokens[-1].i + 1, head.i)
    of = _phrase(doc, start, head)
    return Counted("people" if _is_person(head) else None, 0, of)


def _measure(text: str, end: int) -> tuple[str, int] | None:
    """The unit whose word follows the numeral, and where that word ends."""
    match = re.compile(
        r"[ -]?(%|(?:per cent|[a-z/]+(?: (?:points?|sterling|miles|per hour|dollars))?))(?![\w/])", re.IGNORECASE
    ).match(text, end)
    if match is None:
        return None
    words = match[1].lower()
    for candidate in (words, words.split(" ")[0]):
        unit = unit_words().get(candidate)
        if unit and not (len(candidate) == 1 and candidate != "%" and not text[end - 1].isdigit()):
            return unit, match.start(1) + len(candidate)
    return None


def _age(doc: Doc, numeral: Numeral, age: re.Match[str]) -> Counted:
    unit = "month" if "month" in age.group() else "age"
    after = doc.char_span(age.end() - 1, age.end(), alignment_mode="expand")
    following = doc[after[-1].i + 1] if after is not None and after[-1].i + 1 < len(doc) else None
    noun = following if following is not None and following.pos_ in _NOUNS else None
    return Counted(unit, age.end(), (noun.idx, noun.idx + len(noun)) if noun is not None else None)


def _subunit_money(text: str, numeral: Numeral) -> Counted | None:
    """`50 pounds` is money only beside a word of cost; it is a weight otherwise, and recorded as neither."""
    match = re.compile(r" pounds?\b").match(text, numeral.end)
    return Counted("GBP" if "£" in text else None, match.end(), None) if match else None


def _head(doc: Doc, first: Token, last: Token) -> Token | None:
    """The noun that the numeral modifies."""
    follows = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if follows is not None and follows.lower_ in ("of", "more", "other", "additional", "further", "percent"):
        return _after_of(doc, last.i + 1)
    token = last
    for _ in range(4):
        if token.dep_ in ("nummod", "quantmod", "compound", "amod", "advmod", "npadvmod", "nmod", "det", "predet"):
            if token.head.pos_ in _NOUNS and token.head.i > last.i and token.dep_ != "advmod":
                return token.head
            token = token.head
        else:
            break
    if follows is not None and follows.pos_ in (*_NOUNS, "ADJ") and first.is_sent_start is not None:
        return _first_noun(doc, last.i + 1)
    return None


def _first_noun(doc: Doc, start: int) -> Token | None:
    """The head of the run of adjectives and nouns that begins at `start`."""
    head = None
    for token in doc[start : start + 6]:
        if token.pos_ in _NOUNS:
            head = token
        elif head is not None or token.pos_ not in ("ADJ", "VERB", "ADV", "PUNCT", "ADP") or token.text in ",;:.()":
            break
    return head


def _after_of(doc: Doc, index: int) -> Token | None:
    """The noun of `of the … girls`, or of `more people`."""
    start = index + 1
    while start < len(doc) and (
        doc[start].pos_ in ("DET", "PRON", "NUM") or doc[start].lower_ in ("more", "than", "over", "other")
    ):
        start += 1
    return _first_noun(doc, start)


def _of_measure(doc: Doc, last: Token, end: int) -> tuple[int, int] | None:
    """What is measured: `600 tonnes of grain` measures grain."""
    for token in doc[last.i : last.i + 4]:
        if token.idx >= end:
            return _share_of(doc, token.i) if token.lower_ == "of" else None
    return None


def _share_of(doc: Doc, index: int) -> tuple[int, int] | None:
    if index >= len(doc):
        return None
    start = index + 1 if doc[index].lower_ == "of" else index
    while start < len(doc) and doc[start].pos_ in ("DET", "PRON"):
        start += 1
    head = _first_noun(doc, start)
    return _phrase(doc, start, head) if head is not None else None


def _phrase(doc: Doc, start: int, head: Token) -> tuple[int, int]:
    """The counted noun with what stands before it."""
    while start < head.i and (
        doc[start].pos_ in ("DET", "NUM", "ADP", "PUNCT", "CCONJ", "PRON")
        or doc[start].lower_ in ("more", "than", "other")
    ):
        start += 1
    return doc[start].idx, head.idx + len(head)


def _is_name_part(doc: Doc, numeral: Numeral, first: Token, head: Token) -> bool:
    """`Harrow 208 Courier` names an aircraft: a numeral between capitalised names counts nothing."""
    before = doc[first.i - 1] if first.i else None
    named = before is not None and before.pos_ == "PROPN" and not before.is_sent_start and numeral.form == "digits"
    return bool(named and (head.pos_ == "PROPN" or head.i < first.i))


def _bare(doc: Doc, numeral: Numeral, first: Token, last: Token) -> Counted | None:
    """A numeral without a noun counts as a subject or object, or beside a verb of harm to people."""
    text = doc.text
    if last.ent_type_ in ("DATE", "TIME", "ORDINAL") or first.ent_type_ in ("DATE", "TIME"):
        return None
    if (
        re.search(r",[ ]$", text[: numeral.start])
        and re.match(r"[,.)]", text[numeral.end :])
        and numeral.form == "digits"
    ):
        before = doc[first.i - 2] if first.i > 1 else None
        if before is not None and before.ent_type_ == "PERSON" and numeral.low is not None and 0 < numeral.low < 111:
            return Counted("age", 0, None)
        return None
    if last.lower_ == "one":
        return None
    subject = first.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "pobj") or last.dep_ in (
        "nsubj",
        "nsubjpass",
        "dobj",
        "attr",
    )
    follows = doc[last.i + 1] if last.i + 1 < len(doc) else None
    harmed = follows is not None and follows.lemma_.lower() in (*_VERBS_OF_HARM, "dead")
    if harmed or (subject and last.head.lemma_.lower() in _VERBS_OF_HARM):
        return Counted("people", 0, None)
    if subject and (numeral.form == "vague" or (numeral.form == "digits" and not _after_name(doc, first))):
        return Counted(None, 0, None)
    return None


def _after_name(doc: Doc, first: Token) -> bool:
    before = doc[first.i - 1] if first.i else None
    return before is not None and (before.pos_ == "PROPN" or before.lower_ in ("in", "since", "by", "at"))


def _is_person(head: Token) -> bool:
    """Whether the noun is one for people; hyphenated nouns are looked up whole and by their last part."""
    words = {
        head.lemma_.lower(),
        head.lower_,
        head.lower_.removesuffix("s"),
        head.lower_.split("-")[-1].removesuffix("s"),
    }
    return bool(words & people_nouns())
