"""Candidates as characters of the article: contents grown to their marks, and quoted stretches with a cue nearby."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from rashomon.annotate.language import ParsedArticle, ParsedBlock
from rashomon.annotate.quotations.candidates import Candidate, candidates, phrase, source_of_verb
from rashomon.annotate.quotations.marks import Stretch, stretches
from rashomon.model.span import Span

SIGNED = "mark:signed"  # the pattern of a line that a name signs
_DASH = re.compile(r"\s*(--|[-–—―])\s*(?=\w)")
_LONGEST_SIGNATURE = 8  # tokens of a name after a dash or before a colon
_LONGEST_HEADLINE = 30
_REACH = 3  # verbs looked at on each side of a quoted stretch
_PARAGRAPHS = 8  # how far one quotation may go on
_LONGEST_GAP = 30  # words between two parts of one interrupted quotation
_LONGEST_PAUSE = 45  # words between a quotation and a stretch in which the same speaker may go on
_FARTHEST = 3  # stretches so added
_QUOTED = 0.5  # least share between marks of what may go on so


@dataclass(frozen=True, slots=True)
class Proposal:
    """A possible quotation, its content in reading order."""

    pattern: str
    block: int
    cue: Token
    cue_span: Span
    source: Span | None
    source_head: Token | None
    content_head: Token | None
    content: tuple[Span, ...]
    inside: bool = False  # the cue stands inside a quoted stretch
    quoted: float = 0.0  # share of the content's characters between marks
    opens: bool = False  # the content begins with an opening mark
    resumed: int = 0  # how many quoted stretches after it were added; -1: the one it seemed to go on with was left out


@dataclass(frozen=True, slots=True)
class Marked:
    """A parsed article with its quoted stretches, block by block (outer ones only)."""

    parsed: ParsedArticle
    outer: tuple[tuple[Stretch, ...], ...]
    ends: tuple[int, ...]  # where each block ends

    def block_text(self, index: int) -> str:
        """The characters of block `index`."""
        return self.parsed.text[self.parsed.blocks[index].offset : self.ends[index]]


def mark(parsed: ParsedArticle) -> Marked:
    """Find the quoted stretches of an article's own blocks."""
    ends = tuple(b.offset + b.doc[-1].idx + len(b.doc[-1]) if len(b.doc) else b.offset for b in parsed.blocks)
    places = [Span(b.offset, end) for b, end in zip(parsed.blocks, ends, strict=True) if end > b.offset]
    found = [s for s in stretches(parsed.text, places) if s.depth == 0]
    outer = tuple(
        tuple(s for s in found if b.offset <= s.start < end) for b, end in zip(parsed.blocks, ends, strict=True)
    )
    return Marked(parsed, outer, ends)


def proposals(marked: Marked) -> Iterator[Proposal]:
    """All proposals of an article in reading order of their blocks: from the parse, then from the quoted stretches."""
    for index, block in enumerate(marked.parsed.blocks):
        for candidate in candidates(block.doc):
            if candidate.content:
                yield from _longer(marked, _grown(marked, index, candidate))
        yield from _beside_marks(marked, index)
        yield from _headline(marked, index)


def _grown(marked: Marked, index: int, candidate: Candidate) -> Proposal:
    """A candidate from the parse, its content grown to whole quoted stretches that the parser cut."""
    block, outer = marked.parsed.blocks[index], marked.outer[index]
    runs = [block.span(block.doc[first:last]) for first, last in candidate.content]
    cue = block.span(candidate.cue)
    free = [s for s in outer if not s.start <= cue.start < s.end]
    grown = [_to_marks(run, free, cue, block) for run in runs]
    content = _joined(_continued(marked, index, grown, cue))
    first, last = candidate.cue_run
    place = candidate.source
    source = block.span(block.doc[place[0] : place[1]]) if place else None
    spans = block.span(block.doc[first:last]), source
    heads = candidate.source_head, candidate.content_head
    return _measured(marked, Proposal(candidate.pattern, index, candidate.cue, *spans, *heads, content))


def _measured(marked: Marked, proposal: Proposal) -> Proposal:
    """The proposal with what its quotation marks tell."""
    outer, content = marked.outer[proposal.block], proposal.content
    cue = marked.parsed.blocks[proposal.block].span(proposal.cue)
    inside = any(s.start <= cue.start < s.end for s in outer)
    total = sum(c.end - c.start for c in content)
    near = [s for stretch in marked.outer[proposal.block : proposal.block + _PARAGRAPHS] for s in stretch]
    covered = sum(max(0, min(c.end, s.end) - max(c.start, s.start)) for c in content for s in near)
    opens = any(s.start == content[0].start for s in near)
    return replace(proposal, inside=inside, quoted=0.0 if inside else covered / total, opens=opens)


def _longer(marked: Marked, proposal: Proposal) -> Iterator[Proposal]:
    """A proposal, and what it is with each of the next quoted stretches, or without the one that it goes on with.

    Whether the same speaker goes on in them, no rule of punctuation tells surely; the ranking weighs them.
    """
    yield proposal
    if proposal.quoted < _QUOTED or proposal.inside:
        return
    content = proposal.content
    if len(content) > 1 and content[0].end <= proposal.cue_span.start < content[1].start:
        yield _measured(marked, replace(proposal, content=content[:1], resumed=-1))
    for step in range(1, _FARTHEST + 1):
        after = _next_stretch(marked, content[-1].end, proposal)
        if after is None:
            return
        content = (*content, after)
        yield _measured(marked, replace(proposal, content=content, resumed=step))


def _next_stretch(marked: Marked, end: int, proposal: Proposal) -> Span | None:
    """The quoted stretch after `end` in its paragraph, or the one that opens the next; None if it stands too far."""
    text = marked.parsed.text
    index = next(i for i in range(proposal.block, len(marked.ends)) if end <= marked.ends[i])
    after = next((s for s in marked.outer[index] if s.start >= end), None)
    if after is None and index + 1 < len(marked.outer) and index - proposal.block < _PARAGRAPHS:
        following = marked.outer[index + 1]
        if following and following[0].start == marked.parsed.blocks[index + 1].offset:
            after = following[0]
    if after is None or len(text[end : after.start].split()) > _LONGEST_PAUSE:
        return None
    return Span(after.start, after.end)


def _to_marks(run: Span, outer: Sequence[Stretch], cue: Span, block: ParsedBlock) -> Span:
    start, end = run.start, run.end
    for stretch in outer:
        if stretch.start < start < stretch.end or (start == stretch.inner.start):
            start = stretch.start
        if stretch.start < end <= stretch.end:
            end = stretch.end
    if start < cue.start < end:  # grown across its own cue: keep to the side it came from
        return run
    return Span(start, end)


def _continued(marked: Marked, index: int, runs: Sequence[Span], cue: Span) -> list[Span]:
    """With the stretches that follow the cue's own sentence, and paragraphs that go on without a closing mark."""
    outer, text = marked.outer[index], marked.parsed.text
    found = list(runs)
    held = [s for s in outer if any(r.start <= s.start and s.end <= r.end for r in runs)]
    if not held:
        return found
    last = held[-1]
    if last.end <= cue.start:
        after = next((s for s in outer if s.start > cue.start), None)
        if after is not None and _resumes(last, after, text):
            found.append(Span(after.start, after.end))
            last = after
    block = index
    while not last.closed and block + 1 < len(marked.outer):
        block += 1
        following = marked.outer[block]
        if not following or following[0].start != marked.parsed.blocks[block].offset:
            break
        last = following[0]
        found.append(Span(last.start, last.end))
    return found


def _resumes(before: Stretch, after: Stretch, text: str) -> bool:
    """Whether the words between two stretches are one attribution, after which the same speaker goes on."""
    gap = text[before.end : after.start]
    words = gap.split()
    if not words or len(words) > _LONGEST_GAP or "\n" in gap or gap.rstrip()[-1] not in ",.:;—–-":
        return False
    inner = gap.strip().rstrip(".,:;—–-")
    if any(stop in inner for stop in (".\u201d ", "? ", "! ")) or _sentence_ends(inner):
        return False
    ended = text[before.inner.end - 1]
    if gap.rstrip()[-1] in ",:":  # 'X added, ' after a finished sentence opens another quotation
        return ended in ",—–-" and words[0].lower() not in ("and", "but", "then") and "adding" not in words
    return ended in ",?!—–-…." or gap[0] == ","


def _sentence_ends(gap: str) -> int:
    """Full stops inside a gap that end a sentence rather than an abbreviation or initial."""
    words = gap.split()
    return sum(
        1 for word, after in itertools.pairwise(words) if word.endswith(".") and len(word) > 5 and after[:1].isupper()
    )


def _joined(runs: Sequence[Span]) -> tuple[Span, ...]:
    """Overlapping runs made one."""
    merged: list[Span] = []
    for run in sorted(runs):
        if merged and run.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, run.end))
        else:
            merged.append(run)
    return tuple(merged)


def _beside_marks(marked: Marked, index: int) -> Iterator[Proposal]:
    """Quoted stretches with the verbs next to them, whatever the parser made of the sentence."""
    block, outer = marked.parsed.blocks[index], marked.outer[index]
    for position, stretch in enumerate(outer):
        low = outer[position - 1].end if position else block.offset
        high = outer[position + 1].start if position + 1 < len(outer) else marked.ends[index]
        content_token = _token_at(block, stretch.inner.start)
        for rank, verb in enumerate(_verbs(block, stretch.end, high)[:_REACH]):
            found = _quoted(marked, index, stretch, f"mark:after:{rank}", verb, content_token)
            yield from (_longer(marked, found) if not rank else (found,))
        before = _verbs(block, low, stretch.start)
        colon = ":colon" if marked.parsed.text[low : stretch.start].rstrip().endswith(":") else ""
        for rank, verb in enumerate(before[::-1][:_REACH]):
            found = _quoted(marked, index, stretch, f"mark:before:{rank}{colon}", verb, content_token)
            yield from (_longer(marked, found) if not rank else (found,))
        if not position and stretch.start == block.offset and index:
            yield from _from_paragraph_before(marked, index, stretch, content_token)
        yield from _signed(marked, index, stretch, high)


def _signed(marked: Marked, index: int, stretch: Stretch, high: int) -> Iterator[Proposal]:
    """'“…” — NAME': a dash and a name close the line."""
    text, block = marked.parsed.text, marked.parsed.blocks[index]
    dash = _DASH.match(text, stretch.end, high)
    line_end = text.find("\n", stretch.end, high) if dash else -1
    if dash is None or (line_end < 0 and high < marked.ends[index]):
        return
    after = _tokens(block.doc, dash.end() - block.offset, (high if line_end < 0 else line_end) - block.offset)
    words = [t for t in after if not t.is_space]
    sign = _token_at(block, dash.start(1))
    if not words or len(words) >= _LONGEST_SIGNATURE or words[0].pos_ != "PROPN" or sign is None:
        return
    named = Span(block.span(words[0]).start, block.span(words[-1]).end)
    content = (Span(stretch.start, stretch.end),)
    first = _token_at(block, stretch.inner.start)
    cue = Span(dash.start(1), dash.end(1))
    yield _measured(marked, Proposal(SIGNED, index, sign, cue, named, words[0], first, content))


def _headline(marked: Marked, index: int) -> Iterator[Proposal]:
    """'Minister: Bridge to stay closed': in a line without a full stop, who stands before a colon says what follows."""
    block = marked.parsed.blocks[index]
    doc = block.doc
    if len(doc) > _LONGEST_HEADLINE or (index > 1 and marked.block_text(index).rstrip()[-1:] in '.!?”"'):
        return
    colon = next((t for t in doc if t.text == ":"), None)
    if colon is None or not 0 < colon.i <= _LONGEST_SIGNATURE or colon.i + 2 >= len(doc):
        return
    if any(t.pos_ in ("VERB", "AUX") for t in doc[: colon.i]):
        return
    content = block.span(doc[colon.i + 1 :])
    source = block.span(doc[: colon.i])
    head = doc[: colon.i].root
    found = Proposal(
        "colon:headline", index, colon, block.span(colon), source, head, doc[colon.i + 1 :].root, (content,)
    )
    yield _measured(marked, found)


def _from_paragraph_before(marked: Marked, index: int, stretch: Stretch, content: Token | None) -> Iterator[Proposal]:
    """A paragraph that ends in a colon introduces the quoted paragraph after it."""
    block = marked.parsed.blocks[index - 1]
    if not marked.block_text(index - 1).rstrip().endswith(":"):
        return
    for rank, verb in enumerate(_verbs(block, block.offset, marked.ends[index - 1])[::-1][:_REACH]):
        source_head = source_of_verb(verb)
        source = block.span(block.doc[slice(*phrase(source_head))]) if source_head is not None else None
        runs = _continued(marked, index, [Span(stretch.start, stretch.end)], Span(block.offset, block.offset + 1))
        name = f"mark:paragraph:{rank}"
        found = Proposal(name, index - 1, verb, block.span(verb), source, source_head, content, _joined(runs))
        yield _measured(marked, found)


def _quoted(marked: Marked, index: int, stretch: Stretch, pattern: str, verb: Token, content: Token | None) -> Proposal:
    block = marked.parsed.blocks[index]
    cue = block.span(verb)
    source_head = _source_beside(verb, stretch, block)
    source = block.span(block.doc[slice(*phrase(source_head))]) if source_head is not None else None
    runs = _continued(marked, index, [Span(stretch.start, stretch.end)], cue)
    return _measured(marked, Proposal(pattern, index, verb, cue, source, source_head, content, _joined(runs)))


def _source_beside(verb: Token, stretch: Stretch, block: ParsedBlock) -> Token | None:
    """The verb's subject outside the stretch; else the noun after the verb (parsers mistake 'said X')."""
    head = source_of_verb(verb)
    if head is not None and not stretch.start <= block.offset + head.idx < stretch.end:
        return head
    for token in verb.doc[verb.i + 1 : verb.i + 8]:
        if token.pos_ in ("NOUN", "PROPN", "PRON") and token.dep_ not in ("compound", "poss"):
            return token
        if token.is_punct:
            break
    return None


def _verbs(block: ParsedBlock, low: int, high: int) -> list[Token]:
    tokens = _tokens(block.doc, low - block.offset, high - block.offset)
    return [
        t for t in tokens if t.pos_ == "VERB" or (t.pos_ == "AUX" and t.lemma_ == "be" and t.dep_ in ("ROOT", "ccomp"))
    ]


def _tokens(doc: Doc, low: int, high: int) -> list[Token]:
    if low >= high:
        return []
    span = doc.char_span(low, high, alignment_mode="contract")
    return list(span) if span is not None else []


def _token_at(block: ParsedBlock, character: int) -> Token | None:
    span = block.doc.char_span(character - block.offset, character - block.offset + 1, alignment_mode="expand")
    return span[0] if span is not None and len(span) else None
