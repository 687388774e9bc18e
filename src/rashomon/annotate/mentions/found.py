"""A mention before it is numbered: where it stands, what it names, and what its words tell about the thing."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token


@dataclass(slots=True)
class Found:
    """One mention as a run of tokens [first, last) of block `block`; offsets are the article's."""

    block: int
    first: int
    last: int
    start: int
    end: int
    text: str
    kind: str
    form: str
    head: Token
    sentence: int  # running number over the article
    gender: str | None = None  # m, f or None
    plural: bool = False
    subject: bool = False
    speaks: bool = False  # subject of a word of speech, or after 'according to'
    quoted: int = -1  # number of the quoted stretch it stands in, -1 outside
    title: str = ""  # the role noun before a name, or of a nominal
    of: str = ""  # whose role it is: a country adjective, 'of X', lower-cased

    @property
    def words(self) -> tuple[str, ...]:
        """The words of a name, lower-cased, without stops."""
        return tuple(w.strip(".\"'“”‘").lower() for w in self.text.replace("’", "'").split())
