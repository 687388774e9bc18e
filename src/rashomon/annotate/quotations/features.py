"""Named features of a proposal: its cue, its source, its content and the marks around it. All are binary."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from rashomon.annotate.quotations.proposals import Marked, Proposal

_PERSONAL = frozenset({"i", "we", "you", "he", "she", "they", "it", "who", "one", "this", "that", "there"})
_SIZES = (1, 2, 3, 5, 8, 12, 20, 40)


def features(marked: Marked, proposal: Proposal) -> Iterator[str]:
    """The names of the features that hold of a proposal, those of pattern and cue first."""
    pattern = proposal.pattern
    family = pattern.split(":")[0]
    cue = proposal.cue
    word = f"{cue.lemma_.lower()}/{cue.pos_}"
    quoted = "all" if proposal.quoted > 0.95 else "part" if proposal.quoted > 0 else "none"
    base = pattern.split("~")[0]
    yield "pattern=" + pattern
    if base != pattern:
        yield "pattern=" + base
        yield "cut=" + pattern.split("~")[1]
        yield f"word={word} pattern={base}"
    yield "word=" + word
    yield f"word={word} pattern={pattern}"
    yield f"quoted={quoted} pattern={pattern}"
    yield f"quoted={quoted} word={word}"
    yield f"quoted={quoted} opens={proposal.opens} inside={proposal.inside}"
    yield f"inside={proposal.inside} family={family}"
    if proposal.resumed:
        yield from _of_pause(marked, proposal)
    yield from _of_cue(proposal, pattern)
    yield from _of_source(proposal, pattern, word)
    yield from _of_content(marked, proposal, pattern, quoted)


def _of_pause(marked: Marked, proposal: Proposal) -> Iterator[str]:
    """What stands between the last two parts of a content that may go on: length, end, a paragraph, its verbs."""
    text, content = marked.parsed.text, proposal.content
    yield f"resumed={proposal.resumed}"
    if proposal.resumed < 0:
        last, begin = content[-1], proposal.cue_span.end
        gap = text[last.end : text.find("\n", begin) if "\n" in text[begin:] else len(text)][:200]
    else:
        last, begin = content[-2], content[-1].start
        gap = text[last.end : begin]
    way = "without" if proposal.resumed < 0 else "with"
    words = gap.split()
    inner = gap.strip()
    yield f"{way} pause={min(8, len(words))}"
    yield f"{way} pause is paragraph={chr(10) in gap}"
    yield f"{way} pause ends={inner[-1:]}"
    yield f"{way} stop before={text[last.end - 2 : last.end - 1]}"
    stops = sum(word.endswith((".", "!", "?")) and len(word) > 3 for word in words[:-1])
    yield f"{way} stops in pause={min(3, stops)} cue in it={last.end <= proposal.cue_span.start < begin}"
    yield f"{way} pause begins={words[0].lower() if words else ''}"
    yield f"{way} pause last={words[-1].lower() if words else ''}"
    if proposal.resumed > 0:
        first = text[content[-1].start : content[-1].end].strip("\"“”'‘’` ")[:1]
        yield f"goes on with capital={first.isupper()} ends={inner[-1:]}"
        verbs = _verbs_between(marked, last.end, begin, proposal)
        yield f"verbs in pause={min(4, verbs)}"


def _verbs_between(marked: Marked, start: int, end: int, proposal: Proposal) -> int:
    """How many verbs other than the cue stand between two places."""
    count = 0
    for block in marked.parsed.blocks[proposal.block :]:
        if block.offset >= end:
            break
        span = (
            block.doc.char_span(
                max(0, start - block.offset), min(len(block.doc.text), end - block.offset), alignment_mode="contract"
            )
            if start - block.offset < len(block.doc.text)
            else None
        )
        if span is not None:
            count += sum(token.pos_ == "VERB" and token.idx != proposal.cue.idx for token in span)
    return count


def _of_cue(proposal: Proposal, pattern: str) -> Iterator[str]:
    cue = proposal.cue
    children = list(cue.children)
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in children)
    modal = next((c.lower_ for c in children if c.tag_ == "MD"), "")
    negated = any(c.dep_ == "neg" for c in children)
    yield f"tag={cue.tag_} pattern={pattern}"
    yield f"dep={cue.dep_} pattern={pattern}"
    yield f"passive={passive} pattern={pattern}"
    yield f"modal={modal}"
    yield f"negated={negated}"
    yield f"head={cue.head.lemma_.lower()} dep={cue.dep_}"
    if cue.pos_ == "NOUN":
        yield f"noun dep={cue.dep_} head={cue.head.lemma_.lower()}"
    yield "complements=" + "+".join(
        sorted({c.dep_ for c in children if c.i > cue.i and c.dep_ not in ("punct", "advmod")})
    )


def source_kind(head: Token | None) -> str:
    """A coarse class of a source's head word: a pronoun itself, an entity's type, a word's class, or none."""
    if head is None:
        return "none"
    if head.lower_ in _PERSONAL:
        return head.lower_
    if head.ent_type_:
        return head.ent_type_
    return head.pos_


def _of_source(proposal: Proposal, pattern: str, word: str) -> Iterator[str]:
    kind = source_kind(proposal.source_head)
    yield "source=" + kind
    yield f"source={kind} pattern={pattern}"
    yield f"source={kind} word={word}"
    if proposal.source_head is not None:
        if proposal.source_head.pos_ != "PROPN":
            yield "source lemma=" + proposal.source_head.lemma_.lower()
        yield f"source dep={proposal.source_head.dep_} pattern={pattern}"
        gap = proposal.cue.i - proposal.source_head.i
        yield f"source gap={max(-6, min(6, gap))}"


def _of_content(marked: Marked, proposal: Proposal, pattern: str, quoted: str) -> Iterator[str]:
    text = marked.parsed.text
    first, last = proposal.content[0], proposal.content[-1]
    words = sum(text.count(" ", run.start, run.end) + 1 for run in proposal.content)
    size = sum(words > s for s in _SIZES)
    side = (
        "after"
        if first.start >= proposal.cue_span.end
        else "around"
        if last.end > proposal.cue_span.start
        else "before"
    )
    yield f"size={size} pattern={pattern}"
    yield f"size={size} quoted={quoted}"
    yield f"side={side} pattern={pattern}"
    yield f"runs={min(3, len(proposal.content))} pattern={pattern}"
    yield from _of_marks(marked, proposal, pattern)
    opening = text[first.start : first.end].split(None, 1)[0].lower()
    yield "opening=" + opening
    yield f"opening={opening} pattern={pattern}"
    following = text[last.end : last.end + 1]
    ending = text[last.end - 2 : last.end] if quoted == "all" else ""
    yield f"ending={ending} next={'a' if following.isalnum() else following}"
    head = proposal.content_head
    if head is not None:
        yield f"content tag={head.tag_} pattern={pattern}"
        if head.pos_ != "PROPN":  # who was in the news of the training articles shall not count
            yield f"content lemma={head.lemma_.lower()}"
        yield f"content kind={head.ent_type_ or head.pos_} pattern={pattern}"
        yield f"content subject={any(c.dep_ in ('nsubj', 'nsubjpass', 'expl') for c in head.lefts)} pattern={pattern}"
    stops = marked.block_text(proposal.block).rstrip()[-1:] in ".!?\"”’'"
    yield f"sentence={stops} place={min(proposal.block, 2)} pattern={pattern}"


def _of_marks(marked: Marked, proposal: Proposal, pattern: str) -> Iterator[str]:
    """What stands at the edges of the content's first mark: a sentence begins there, or words run into it."""
    text, start, end = marked.parsed.text, proposal.content[0].start, proposal.content[0].end
    before = text[max(0, start - 2) : start].strip()[-1:]
    edge = "block" if start == marked.parsed.blocks[proposal.block].offset else "word" if before.isalnum() else before
    if proposal.quoted > 0:
        inner = text[start : start + 3].lstrip("“\"'`«„‘")[:1]
        yield f"edge={edge} capital={inner.isupper()} opens={proposal.opens} pattern={pattern}"
        yield f"edge={edge} capital={inner.isupper()} last={text[end - 2 : end]} opens={proposal.opens}"
        gap = text[end : proposal.content[1].start].strip() if len(proposal.content) > 1 else ""
        yield f"resumes={gap[-1:]} last={text[end - 2 : end - 1]}"
    else:
        yield f"edge={edge} pattern={pattern}"
