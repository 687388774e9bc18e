"""Phrases of a clause: its subject and object up to their first preposition, and its phrases of place and of cause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rashomon.compare.amounts import singular
from rashomon.compare.lexicon import words
from rashomon.compare.passages import Passage
from rashomon.model.records import Clause

_CORE = re.compile(
    r"(?:(?!\b(?:of|in|on|at|for|from|with|by|to|after|who|which|that|and|or|as|is|are|was|were|be|been|has|have|had|"
    r"will|would|can|could|may|might|shall|should|must|did|does)\b)[^,;:()“”\"])+(?<=\w)"
)
_PAIRED = re.compile(r"\s*(?:and|or)\b")
_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its place in the article, its words in the singular, and the last of them."""

    start: int
    end: int
    words: frozenset[str]
    head: str
    text: str

    @property
    def named(self) -> bool:
        """Whether it is written as a name."""
        return self.text.split()[-1][0].isupper()


def phrase(text: str, start: int, end: int) -> Phrase | None:
    """The noun phrase that the stretch begins with.

    None where it holds a figure or only pronouns and articles, and where `and` or `or` follows: what stands before it
    is then a part of what is meant.
    """
    match = _CORE.match(text[start:end])
    core = match.group() if match else ""
    if not core or any(c.isdigit() for c in core) or _PAIRED.match(text, start + len(core), end):
        return None
    own = [word for word in core.replace("’", "'").split() if not word.endswith("'s")]
    named = [singular(w) for word in own for w in _LETTERS.findall(word.lower()) if w not in words("nothing")]
    return Phrase(start, start + len(core), frozenset(named), named[-1], core) if named else None


def slot(passage: Passage, clause: Clause, name: str) -> Phrase | None:
    """What the clause's `subject` or `object` is, in the same passage."""
    start = clause.subject_start if name == "subject" else clause.object_start
    end = clause.subject_end if name == "subject" else clause.object_end
    if start is None or end is None or not (passage.start <= start < end <= passage.end):
        return None
    return phrase(passage.article.text, start, end)


def verb(passage: Passage, clause: Clause) -> tuple[int, int]:
    """Where the word of the clause's predicate stands."""
    match = _VERB.match(passage.article.text, clause.predicate_start)
    return clause.predicate_start, match.end() if match else clause.predicate_start + 1


_VERB = re.compile(r"[\w'’-]+")
_PLACED = re.compile(
    r"\b(?:in|at|near|outside|inside|off|into|on|onto|under|underneath|beneath|beside|behind|through|across|over|"
    r"next to|in front of|close to|out of|south of|north of|east of|west of|from) (?=\w)"
)
_CAUSED = re.compile(
    r"\b(?:because of|because|due to|owing to|caused by|blamed on|as a result of|in response to|in retaliation for|"
    r"after|following|amid|over|thanks to|attributed to|so that|in order to|in protest (?:at|against)|prompted by|"
    r"triggered by|sparked by|led to by|for fear of|out of) (?=\w)",
    re.IGNORECASE,
)


def placed(passage: Passage, clause: Clause) -> Iterator[Phrase]:
    """The clause's phrases after a preposition of place, without it and up to the verb; those of time are none."""
    text = passage.article.text
    for match in _PLACED.finditer(text, clause.start, clause.end):
        verb = clause.predicate_start
        found = phrase(text, match.end(), verb if match.end() < verb else clause.end)
        if found is not None and not any(t.start < found.end and found.start < t.end for t in passage.times):
            yield found


def caused(passage: Passage) -> Iterator[tuple[int, int]]:
    """Stretches of the passage that tell a cause, a purpose or what went before, from the joining word on."""
    text = passage.article.text
    for match in _CAUSED.finditer(text, passage.start, passage.end):
        stop = re.compile(r"[,;:.!?](?=\s|$)").search(text, match.end(), passage.end)
        yield match.start(), stop.start() if stop else passage.end
