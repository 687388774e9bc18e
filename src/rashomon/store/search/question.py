"""What is searched for: words, "phrases", pre* and -without; parsed here, so that nothing else reaches the engine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rashomon.errors import QueryError
from rashomon.model.span import Span
from rashomon.store.search.words import Word, folded_text, forms

_TERM = re.compile(r'(?P<without>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))(?P<stem>(?<=")\*)?')
_POSSESSIVE = re.compile(r"['’]s?$")  # whoever types `Maren's` wants Maren
_TERMS = 32  # more are a mistake or an attack: nobody types them, and each costs a look-up


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand in this order; with `stem`, the last of them may go on."""

    forms: tuple[str, ...]
    stem: bool = False

    @property
    def match(self) -> str:
        """In the language of FTS5: always a quoted string of letters, digits and blanks."""
        return f'"{" ".join(self.forms)}"{" *" if self.stem else ""}'

    def fits(self, told: Sequence[Word]) -> bool:
        """Whether the words of a text, as many as the term has, are the term."""
        *first, last = self.forms
        ends = told[-1].form.startswith(last) if self.stem else told[-1].form == last
        return ends and all(word.form == form for word, form in zip(told, first, strict=False))


@dataclass(frozen=True, slots=True)
class Question:
    """Terms that must stand in a text, alternatives within each tuple, and terms that must not."""

    wanted: tuple[tuple[Term, ...], ...]  # all of these, one term at least of each; never empty
    unwanted: tuple[Term, ...]

    @property
    def match(self) -> str:
        """In the language of FTS5."""
        told = " AND ".join(f"({' OR '.join(term.match for term in either)})" for either in self.wanted)
        return f"({told}) NOT ({' OR '.join(t.match for t in self.unwanted)})" if self.unwanted else told

    def may(self, text: str) -> bool:
        """Whether a text can have a term at all: quick, and wrong only for letters that fall apart into several."""
        plain = folded_text(text)
        return any(term.forms[0] in plain for either in self.wanted for term in either)

    def marks(self, told: Sequence[Word]) -> Iterator[tuple[Span, int]]:
        """The stretches of a text that are wanted, in order of their beginning, with the number of the term."""
        for at in range(len(told)):
            for number, either in enumerate(self.wanted):
                for term in either:
                    here = told[at : at + len(term.forms)]
                    if len(here) == len(term.forms) and term.fits(here):
                        yield Span(here[0].span.start, here[-1].span.end), number


def parse(query: str) -> Question:
    """A question from what somebody typed.

    Words are all wanted, in any order; `OR` between two makes them alternatives, `"..."` a phrase, a `*` behind one a
    beginning, a `-` before one keeps texts out that have it. QueryError if nothing is wanted, or too much is.
    """
    wanted: list[tuple[Term, ...]] = []
    unwanted: list[Term] = []
    either = False
    for without, told in _told(query):
        if told is None:
            either = bool(wanted)
        elif without:
            unwanted.append(told)
        elif either:
            wanted[-1], either = (*wanted[-1], told), False
        else:
            wanted.append((told,))
    if not wanted:
        raise QueryError(f"There is nothing to search for in {query!r}: give a word that a text should have.")
    if sum(map(len, wanted)) + len(unwanted) > _TERMS:
        raise QueryError(f"The search asks for more than {_TERMS} words: give fewer, or a phrase in quotes.")
    return Question(tuple(wanted), tuple(unwanted))


def _told(query: str) -> Iterable[tuple[bool, Term | None]]:
    """The terms typed, each with whether it must not stand; None for `OR`."""
    for found in _TERM.finditer(query):
        word, phrase = found["word"], found["phrase"]
        if word == "OR" and not found["without"]:
            yield False, None
            continue
        told = forms(_POSSESSIVE.sub("", word) if phrase is None else phrase)
        if told:
            yield bool(found["without"]), Term(tuple(told), bool(found["stem"]) or (word or "").endswith("*"))
