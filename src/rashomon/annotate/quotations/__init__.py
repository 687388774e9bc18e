"""Quotations: somebody's words, thoughts or plans as an article reports them, with cue and speaker.

Every complement of a verb, noun or adjective in the parse and every stretch between quotation marks is a proposal
(`candidates`, `marks`, `proposals`); a small trained model says how likely each is a quotation (`ranking`), and the
likeliest that do not say the same again are kept (`selection`).
"""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.annotate.language import ParsedArticle
from rashomon.annotate.quotations.proposals import SIGNED, Marked, Proposal, mark
from rashomon.annotate.quotations.ranking import rank
from rashomon.annotate.quotations.selection import choose
from rashomon.annotate.quotations.when import told_when
from rashomon.model.identity import identify
from rashomon.model.records import Extent, Mention, Quotation, TimeExpression
from rashomon.model.span import Span

# Between the best content overlap F1 and the best whole F1 of the check fold (training/quotes.py prints the curve).
LEAST_PROBABILITY = 0.33
# Partly quoted words are oftener cut in the wrong place: on the 84 dev articles direct F1 .888 to .892, no other falls.
LEAST_PARTLY, _MOSTLY = 0.40, 0.6  # the latter a share between quotation marks
# A line that a name signs after a dash is a quotation; few of the training articles have any.
LEAST_SIGNED = 0.15
_RELATIVE = frozenset({"who", "which", "that"})


def find(
    parsed: ParsedArticle, mentions: Sequence[Mention], times: Sequence[TimeExpression] = ()
) -> tuple[Quotation, ...]:
    """The quotations of an article in reading order of their contents.

    `mentions` are the article's own (annotate.mentions.find): a quotation's `speaker_mention` is the one that its
    source stretch is or holds, None where there is no source or it is no mention. `times` are its time expressions: one
    that hangs on the cue tells when the words were said.
    """
    marked = mark(parsed)
    chosen = choose([(p, q) for p, q in rank(marked) if p >= _least(q)])
    return tuple(_record(marked, proposal, score, mentions, times) for score, proposal in chosen)


def _least(proposal: Proposal) -> float:
    """The least probability at which a proposal is kept."""
    if proposal.pattern == SIGNED:
        return LEAST_SIGNED
    return LEAST_PARTLY if 0 < proposal.quoted < _MOSTLY else LEAST_PROBABILITY


def _record(
    marked: Marked, proposal: Proposal, score: float, mentions: Sequence[Mention], times: Sequence[TimeExpression]
) -> Quotation:
    parsed = marked.parsed
    parts = [part for run in proposal.content for part in (run.start, run.end)]
    source = proposal.source
    speaker = _speaker(marked, proposal, mentions)
    said = told_when(parsed.blocks[proposal.block], proposal, times)
    return Quotation(
        quotation_id=identify("q", parsed.article_id, *parts, proposal.cue_span.start, proposal.cue_span.end),
        article_id=parsed.article_id,
        content=tuple(Extent(run.start, run.end) for run in proposal.content),
        text=" ".join(run.of(parsed.text) for run in proposal.content),
        cue_start=proposal.cue_span.start,
        cue_end=proposal.cue_span.end,
        source_start=source.start if source else None,
        source_end=source.end if source else None,
        speaker_mention=speaker.mention_id if speaker else None,
        mode=_mode(proposal),
        confidence=round(score, 4),
        said_start=said.start if said else None,
        said_end=said.end if said else None,
    )


def _mode(proposal: Proposal) -> str:
    """Direct where all is between marks, mixed where a part is, indirect elsewhere."""
    if proposal.quoted > 0.95:
        return "direct"
    return "mixed" if proposal.quoted > 0 else "indirect"


def _speaker(marked: Marked, proposal: Proposal, mentions: Sequence[Mention]) -> Mention | None:
    """The mention at the source's head word (for 'who' at its noun); else a person named in the source."""
    source, head = proposal.source, proposal.source_head
    if source is None or head is None:
        return None
    if head.lower_ in _RELATIVE and head.head.dep_ == "relcl":
        head = head.head.head
    place = marked.parsed.blocks[proposal.block].span(head)
    at_head = [m for m in mentions if Span(m.start, m.end).overlaps(place)]
    if at_head:
        return min(at_head, key=lambda m: (m.end - m.start, m.start))
    named = [m for m in mentions if source.start <= m.start and m.end <= source.end and m.form == "name"]
    return min((m for m in named if m.kind == "person"), key=lambda m: (m.start, -m.end), default=None)
