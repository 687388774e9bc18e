"""Names: the recogniser's, repaired by rules, and those it missed but found elsewhere in the same article."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from rashomon.annotate.language import ParsedArticle
from rashomon.annotate.mentions.lexicon import roles, titles

KINDS = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
    "EVENT": "other",
    "PRODUCT": "other",
    "WORK_OF_ART": "other",
    "LAW": "other",
}
_STRIP = frozenset(
    {
        "the",
        "a",
        "an",
        "'s",
        "’s",
        "'",
        "’",
        "‘",
        "“",
        "”",
        '"',
        ",",
        ".",
        "-",
        "--",
        "—",
        "–",
        ":",
        ";",
        "(",
        ")",
        "``",
        "''",
    }
)
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "la"})
_LONGEST_ACRONYM = 8
_LONGEST_NAME = 8  # tokens
_LETTER = re.compile(r"[^\W\d_]")
Run = tuple[int, int, int, str]  # block, first token, past the last token, kind


def names(parsed: ParsedArticle) -> list[Run]:
    """The names of an article, in reading order, none overlapping another, each with its kind."""
    runs: list[Run] = []
    for index, block in enumerate(parsed.blocks):
        runs.extend(_one_line(parsed, run) for run in _in_block(index, block.doc))
    runs = _voted(parsed, _without_headline_verbs(parsed, runs))
    runs.extend(_missed(parsed, runs))
    return sorted(runs)


def _one_line(parsed: ParsedArticle, run: Run) -> Run:
    """A name does not go on over a line end: what stands before it is kept."""
    index, first, last, kind = run
    block = parsed.blocks[index]
    for at in range(first, last - 1):
        if "\n" in parsed.text[block.span(block.doc[at]).end : block.span(block.doc[at + 1]).start]:
            return index, first, at + 1, kind
    return run


def _without_headline_verbs(parsed: ParsedArticle, runs: list[Run]) -> list[Run]:
    """Headlines capitalise verbs: a person's name that begins with another full name ends where that does."""
    full = {
        tuple(t.text for t in parsed.blocks[block].doc[first:last])
        for block, first, last, kind in runs
        if kind == "person" and last - first > 1
    }
    cut = []
    for block, first, last, kind in runs:
        words = tuple(t.text for t in parsed.blocks[block].doc[first:last])
        sizes = [n for n in range(2, len(words)) if words[:n] in full] if kind == "person" else []
        cut.append((block, first, first + min(sizes, default=last - first), kind))
    return cut


def _in_block(index: int, doc: Doc) -> Iterator[Run]:
    taken = 0
    pieces = [(e.start, e.end, KINDS[e.label_]) for e in doc.ents if e.label_ in KINDS]
    for first, last, kind in _merged(doc, pieces):
        first, last = _repaired(doc, max(first, taken), last, kind)
        if first < last and _LETTER.search(doc[first:last].text) and any(t.text[0].isupper() for t in doc[first:last]):
            yield index, first, last, kind
            taken = last


def _merged(doc: Doc, pieces: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Two persons without a word between them are one name that the recogniser split, inside one noun phrase."""
    merged: list[tuple[int, int, str]] = []
    for first, last, kind in pieces:
        if (
            merged
            and kind == "person" == merged[-1][2]
            and merged[-1][1] == first
            and doc[first - 1].head.i == doc[last - 1].i
        ):
            merged[-1] = (merged[-1][0], last, kind)
        else:
            merged.append((first, last, kind))
    return merged


def _repaired(doc: Doc, first: int, last: int, kind: str) -> tuple[int, int]:
    while first < last and (doc[first].lower_ in _STRIP or (kind == "person" and _is_title(doc[first], last))):
        first += 1
    while (
        first < last
        and doc[last - 1].lower_ in _STRIP
        and not (doc[last - 1].text == "." and doc[last - 2].text.isupper())
    ):
        last -= 1
    if kind != "person":
        return first, last
    while (
        first < last
        and doc[first].text[0].islower()
        and doc[first].lower_ not in ("al", "bin", "ibn", "de", "von", "van", "da", "di", "el", "ben", "du", "la")
    ):
        first += 1
    if first >= last:
        return first, first
    for place in range(first + 1, last):  # two people run together, or a role after the name
        if doc[place].lower_ in ("and", ",", "'s", "’s", "(", "—", "–"):
            return first, place
    while last < len(doc) and _goes_on(doc[last], doc[last - 1]):
        last += 1
    while first > 0 and _goes_on(doc[first - 1], doc[first]) and not _is_title(doc[first - 1], last):
        first -= 1
    return first, last


def _is_title(token: Token, last: int) -> bool:
    return token.lower_ in titles() and token.i < last - 1


def _goes_on(token: Token, name: Token) -> bool:
    """Whether an unnamed proper noun beside a person's name is a further part of it."""
    near = token.head.i == name.i or name.head.i == token.i or token.head.i == name.head.i
    same = token.sent.start == name.sent.start
    return (
        token.pos_ == "PROPN"
        and not token.ent_type_
        and near
        and same
        and token.dep_ in ("compound", name.dep_)
        and token.text[0].isupper()
        and not token.text.isupper()
        and token.text.isalpha()
    )


def _key(doc: Doc, first: int, last: int) -> str:
    return doc[first:last].text.replace("’", "'").lower()


def _voted(parsed: ParsedArticle, runs: list[Run]) -> list[Run]:
    """One kind a name: the one that most of its mentions have, a longer name that ends in it counting double."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for block, first, last, kind in runs:
        doc = parsed.blocks[block].doc
        votes[_key(doc, first, last)][kind] += 1
        before = doc[first - 1].lower_ if first else ""
        if kind == "person" and before in roles() and roles()[before].kind == "organisation":
            votes[_key(doc, first, last)]["organisation"] += 3  # 'the news agency NAME'
        elif kind == "person" and last - first > 1:
            votes[doc[last - 1].lower_]["person"] += 2
    votes.update(_acronyms(parsed, runs))
    voted = []
    for block, first, last, kind in runs:
        count = votes[_key(parsed.blocks[block].doc, first, last)]
        best = max(count.values())
        voted.append(
            (block, first, last, kind if count[kind] == best else min(k for k, n in count.items() if n == best))
        )
    return voted


def _acronyms(parsed: ParsedArticle, runs: list[Run]) -> dict[str, Counter[str]]:
    """The kind of 'LN' in 'Long Name (LN)' is that of the long name."""
    kinds: dict[str, Counter[str]] = {}
    for block, first, last, kind in runs:
        doc = parsed.blocks[block].doc
        bracketed = last + 2 < len(doc) and doc[last].text == "(" and doc[last + 2].text == ")"
        if bracketed and kind != "person" and is_acronym(doc[last + 1].text, doc[first:last].text):
            kinds[_key(doc, last + 1, last + 2)] = Counter({kind: 1})
    return kinds


def is_acronym(short: str, name: str) -> bool:
    """Whether capitals are the initials of a name's words, small words left out (all of them, or the first ones)."""
    letters = "".join(c for c in short if c.isalpha()).lower()
    words = [w for w in name.replace("-", " ").split() if w.lower() not in _SMALL]
    initials = "".join(w[0] for w in words).lower()
    return 1 < len(letters) <= _LONGEST_ACRONYM and short.upper() == short and initials.startswith(letters)


def _missed(parsed: ParsedArticle, runs: list[Run]) -> Iterator[Run]:
    """Further places where a name of the article stands untagged, and surnames of its persons standing alone."""
    known: dict[tuple[str, ...], str] = {}
    taken = {(block, at) for block, first, last, _ in runs for at in range(first, last)}
    for block, first, last, kind in runs:
        doc = parsed.blocks[block].doc
        words = tuple(t.text for t in doc[first:last])
        if kind in ("other", "group") or len("".join(words)) < 3:
            continue
        known.setdefault(words, kind)
        if last + 2 < len(doc) and doc[last].text == "(" and is_acronym(doc[last + 1].text, doc[first:last].text):
            known.setdefault((doc[last + 1].text,), kind)
        if kind == "person" and len(words) > 1 and len(words[-1]) > 2 and words[-1][0].isupper():
            known.setdefault(words[-1:], kind)
    openings = {words[0] for words in known}
    for block, part in enumerate(parsed.blocks):
        texts = [t.text for t in part.doc]
        free = 0
        for at in (i for i, text in enumerate(texts) if text in openings):
            size = _match(part.doc, texts, at, known) if at >= free and (block, at) not in taken else 0
            if size and not any((block, i) in taken for i in range(at, at + size)):
                yield block, at, at + size, known[tuple(texts[at : at + size])]
            free = max(free, at + size)


def _match(doc: Doc, texts: list[str], at: int, known: dict[tuple[str, ...], str]) -> int:
    for size in range(min(_LONGEST_NAME, len(texts) - at), 0, -1):
        words = tuple(texts[at : at + size])
        if words in known and (size > 1 or doc[at].pos_ == "PROPN"):
            return size
    return 0
