"""When something was said, where its article tells: the time expression that hangs on the cue."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from rashomon.annotate.language import ParsedBlock
from rashomon.annotate.quotations.proposals import Proposal
from rashomon.model.records import TimeExpression
from rashomon.model.span import Span

_LONGEST_WAY = 6  # tokens from a time expression to its cue, in the parse


def told_when(block: ParsedBlock, proposal: Proposal, times: Sequence[TimeExpression]) -> Span | None:
    """The stretch that tells when a quotation was said; None where none does.

    It stands in the cue's sentence, outside the content and the source, and its words depend on the cue with no other
    verb between: `said on Monday`, `in a statement on Monday … said`; not `the man, who left on Monday, said`.
    """
    cue = proposal.cue
    low, high = (block.span(cue.sent[k]) for k in (0, -1))
    taken = [*proposal.content, *([proposal.source] if proposal.source else [])]
    found = []
    for time in times:
        span = Span(time.start, time.end)
        if not _names_a_day(time) or time.start < low.start or time.end > high.end:
            continue
        if any(span.overlaps(part) for part in taken):
            continue
        tokens = block.doc.char_span(time.start - block.offset, time.end - block.offset, alignment_mode="expand")
        if tokens is not None and _hangs(tokens.root, cue):
            found.append((abs(tokens.root.i - cue.i), span.start, span))
    return min(found)[2] if found else None


def _names_a_day(time: TimeExpression) -> bool:
    """Whether it tells a day or more: not `now`, not `0:38`, not `midnight`."""
    if time.type == "TIME":
        return len(time.text.split()) > 1 and any(char.isalpha() for char in time.text)
    return time.type == "DATE" and not time.value.endswith("_REF")


def _hangs(token: Token, cue: Token) -> bool:
    """Whether a token depends on the cue with no other verb between the two."""
    for _ in range(_LONGEST_WAY):
        head = token.head
        if head == cue:
            return True
        if head == token or head.pos_ in ("VERB", "AUX"):
            return False
        token = head
    return False
