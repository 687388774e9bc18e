"""Candidate attributions from the parse: a cue word, the words it may introduce, and who stands as their source.

Every verb, noun or adjective with a complement is a candidate here; which of them are quotations is decided later
(`ranking`), by the cue's measured precision and the look of the clause. Dependency labels are spaCy's (ClearNLP).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "parataxis"})
_OBJECTS = frozenset({"dobj", "attr", "oprd"})
_RELATIVE = frozenset({"who", "which", "that"})
_EDGE = frozenset(",;:.-–—")
_CUTS = frozenset(",;:-–—(") | {"--"}
_MARKS = frozenset({"that", "if", "whether", "for", "as", "because"})
_TIED = frozenset({"as", "for", "of", "on", "with", "to", "from", "against", "over", "about", "into", "in", "by"})
_RAISING = frozenset({"seem", "appear", "look", "tend"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible attribution inside one Doc; numbers are token indices, runs are half open and in reading order."""

    pattern: str  # how the content hangs on the cue: verb:ccomp, noun:acl, prep:about …
    cue: Token
    cue_run: tuple[int, int]
    content_head: Token
    content: tuple[tuple[int, int], ...]
    source: tuple[int, int] | None
    source_head: Token | None


def candidates(doc: Doc) -> Iterator[Candidate]:
    """All candidates of a Doc, in order of their cue."""
    for token in doc:
        if token.lower_ == "according":
            yield from _of_according(token)
        elif token.pos_ in ("VERB", "AUX"):
            yield from _of_verb(token)
        elif token.pos_ == "NOUN":
            yield from _of_noun(token)
        elif token.pos_ == "ADJ" and token.dep_ in ("acomp", "oprd", "ROOT", "conj", "amod", "advcl"):
            yield from _of_adjective(token)


def source_of_verb(verb: Token) -> Token | None:
    """The head of the phrase that speaks, thinks or plans: the agent or subject of `verb`, or its controller's."""
    passive = False
    node = verb
    for _ in range(6):
        agent = next((c for c in node.children if c.dep_ == "agent"), None)
        if agent is not None:
            return next((c for c in agent.children if c.dep_ == "pobj"), None)
        passive = passive or any(c.dep_ in ("auxpass", "nsubjpass") for c in node.children)
        subject = next((c for c in node.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None:
            if subject.lower_ in _RELATIVE and node.dep_ == "relcl":
                return node.head if subject.lower_ == "that" else subject
            return subject
        if node.dep_ in ("conj", "xcomp", "advcl", "pcomp", "parataxis", "ccomp", "dep") and node.head.i != node.i:
            node = node.head
            if node.dep_ == "prep" or node.pos_ == "ADP":
                node = node.head
            if node.pos_ in ("NOUN", "PROPN", "PRON"):
                return _of_whom(node)
            continue
        if node.dep_ in ("acl", "relcl"):
            return node.head
        break
    return None


def _of_whom(noun: Token) -> Token | None:
    """Who stands behind a noun: its possessor, 'by X', 'of X', or the subject of the verb it is object of."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from", "of", "among"):
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None and (child.lower_ != "of" or inner.ent_type_ in ("PERSON", "ORG", "NORP")):
                return inner
    if noun.dep_ in ("dobj", "pobj", "attr", "oprd"):
        verb = noun.head.head if noun.dep_ == "pobj" else noun.head
        if verb.pos_ in ("VERB", "AUX"):
            return source_of_verb(verb)
    if noun.dep_ in ("nsubj", "nsubjpass"):
        return next((c for c in noun.children if c.dep_ in ("compound", "nmod") and c.ent_type_), None)
    return None


def phrase(head: Token) -> tuple[int, int]:
    """The noun phrase of `head`: its subtree without relative and other clauses."""
    end = head.i + 1
    for child in head.rights:
        if child.dep_ in ("relcl", "acl", "advcl", "cc", "conj", "punct") and child.dep_ not in ("cc", "conj"):
            if child.dep_ == "punct":
                continue
            break
        if child.dep_ in ("prep", "appos", "cc", "conj", "case", "nummod", "amod", "nmod", "compound", "npadvmod"):
            end = max(end, child.right_edge.i + 1)
    return head.left_edge.i, end


def _of_verb(verb: Token) -> Iterator[Candidate]:
    source = source_of_verb(verb)
    opened: Token | None = None  # the object, which a later complement may belong together with
    for child in verb.children:
        if child.dep_ in _CLAUSES or child.dep_ in _OBJECTS:
            if child.dep_ == "advcl" and not _may_be_complement(child):
                continue
            yield from _shorter(_candidate(_named(child), verb, child, source))
            if opened is not None:
                yield _candidate(f"verb:{opened.dep_}+{child.dep_}", verb, child, source, opened)
            elif child.dep_ in _OBJECTS and child.i > verb.i:
                opened = child
            yield from _special(verb, child, source)
        elif child.dep_ == "prep":
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    yield from _shorter(_candidate("verb:prep:" + child.lower_, verb, inner, source))
            if opened is not None and child.lower_ in _TIED:
                yield _candidate(f"verb:{opened.dep_}+prep:{child.lower_}", verb, child, source, opened)
    if verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.children):
        yield _outside("verb:as", verb, verb, source)
    elif verb.dep_ == "parataxis":
        yield _outside("verb:inserted", verb, verb, source)


def _named(clause: Token) -> str:
    """The pattern of a clause or object of a verb: its relation, and the conjunction that opens it."""
    mark = next((c.lower_ for c in clause.lefts if c.dep_ == "mark"), "")
    return f"verb:{clause.dep_}" + (":" + mark if clause.dep_ in _CLAUSES and mark in _MARKS else "")


def _special(verb: Token, clause: Token, source: Token | None) -> Iterator[Candidate]:
    if clause.dep_ == "ccomp" and clause.i > verb.i:
        yield from _coordinated(verb, clause, source)
    elif clause.dep_ == "xcomp":
        yield from _raised(verb, clause)


def _shorter(candidate: Candidate) -> Iterator[Candidate]:
    """The candidate, and a variant without what its last dependant adds: a clause after a comma, or a day."""
    yield candidate
    head = candidate.content_head
    if not candidate.content or candidate.content[-1][0] > head.i:
        return
    last = next((c for c in reversed(list(head.rights)) if c.dep_ != "punct"), None)
    if last is None or last.right_edge.i + 1 < candidate.content[-1][1]:
        return
    cut = last.left_edge.i
    after_comma = head.doc[cut - 1].text in _CUTS
    if not (after_comma or last.dep_ == "npadvmod" or (last.dep_ in ("prep", "advcl", "conj") and cut > head.i + 1)):
        return
    end = cut - (after_comma and head.doc[cut - 1].text != ",")
    if last.dep_ == "conj" and head.doc[cut - 1].dep_ == "cc":
        end = cut - 1
    runs = _trimmed(head.doc, [*candidate.content[:-1], (candidate.content[-1][0], end)])
    if runs:
        yield replace(candidate, pattern=f"{candidate.pattern}~{last.dep_}{',' * after_comma}", content=runs)


def _coordinated(verb: Token, clause: Token, source: Token | None) -> Iterator[Candidate]:
    """'said it would fall, but would rise later': the parser hangs the second half on the cue."""
    for other in verb.conjuncts:
        if other.head.i == verb.i and other.i > clause.right_edge.i and other.pos_ in ("VERB", "AUX"):
            first, last = clause.left_edge.i, other.right_edge.i + 1
            runs = _trimmed(verb.doc, [(first, last)])
            place = phrase(source) if source is not None else None
            if runs:
                run = _cue_run(verb, clause)
                yield Candidate("verb:ccomp+conj", verb, run, clause, runs, place, source)


def _raised(verb: Token, clause: Token) -> Iterator[Candidate]:
    """'The talks are expected to fail', 'he seems to know': the subject belongs to the content, nobody to the cue."""
    subject = next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or not (subject.dep_ == "nsubjpass" or verb.lemma_ in _RAISING):
        return
    agent = next((c for a in verb.rights if a.dep_ == "agent" for c in a.children if c.dep_ == "pobj"), None)
    whole = (subject.left_edge.i, subject.right_edge.i + 1)
    runs = _trimmed(verb.doc, [whole, (clause.left_edge.i, clause.right_edge.i + 1)])
    place = phrase(agent) if agent is not None else None
    yield Candidate("verb:raised", verb, _cue_run(verb, clause), clause, runs, place, agent)


def _may_be_complement(clause: Token) -> bool:
    """An adverbial clause right after its verb that no conjunction of time or condition opens."""
    marks = {c.lower_ for c in clause.lefts if c.dep_ in ("mark", "advmod")}
    return clause.i > clause.head.i and not marks & {
        "when",
        "while",
        "after",
        "before",
        "since",
        "until",
        "because",
        "although",
    }


def _of_noun(noun: Token) -> Iterator[Candidate]:
    for child in noun.rights:
        if child.dep_ in ("acl", "ccomp", "xcomp"):
            name = "that" if any(c.dep_ == "mark" for c in child.lefts) else child.tag_
            yield from _shorter(_candidate("noun:" + name, noun, child, _of_whom(noun)))
        elif child.dep_ == "prep":
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    yield from _shorter(_candidate(f"noun:prep:{child.lower_}", noun, inner, _of_whom(noun)))
    copula = noun.head
    if noun.dep_ == "nsubj" and copula.lemma_ == "be":
        for child in copula.rights:
            if child.dep_ in ("ccomp", "xcomp"):
                yield _candidate("noun:is", noun, child, _of_whom(noun))


def _of_adjective(adjective: Token) -> Iterator[Candidate]:
    verb = adjective.head
    source = source_of_verb(verb) if verb.pos_ in ("VERB", "AUX") else None
    for child in adjective.rights:
        if child.dep_ in ("ccomp", "xcomp"):
            yield _candidate("adj:" + child.dep_, adjective, child, source)
        elif child.dep_ == "prep":
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    yield _candidate("adj:prep:" + child.lower_, adjective, inner, source)


def _of_according(token: Token) -> Iterator[Candidate]:
    to = next((t for t in token.doc[token.i + 1 : token.i + 2] if t.lower_ == "to"), None)
    if to is None:
        return
    source = next((c for c in to.children if c.dep_ == "pobj"), None)
    if source is None:
        source = next((c for c in token.children if c.dep_ == "pobj"), None)
    yield _outside("according", token, token, source)


def _outside(pattern: str, cue: Token, attribution: Token, source: Token | None) -> Candidate:
    """The content is the clause that the attribution is inserted in, without the attribution itself."""
    head = attribution.head
    while head.pos_ not in ("VERB", "AUX") and head.dep_ != "ROOT":
        head = head.head
    hole = (attribution.left_edge.i, max(attribution.right_edge.i + 1, source.right_edge.i + 1 if source else 0))
    runs = _without((head.left_edge.i, head.right_edge.i + 1), [hole])
    place = phrase(source) if source is not None else None
    return Candidate(pattern, cue, (cue.i, cue.i + 1), head, _trimmed(cue.doc, runs), place, source)


def _candidate(
    pattern: str, cue: Token, content: Token, source: Token | None, opening: Token | None = None
) -> Candidate:
    """The subtree of `content` (from the left edge of `opening`, where given) without cue and source."""
    first, last = (opening or content).left_edge.i, content.right_edge.i + 1
    place = phrase(source) if source is not None else None
    cue_run = _cue_run(cue, content)
    holes = [cue_run]
    if place is not None:
        holes.append(place)
    if first <= cue.i < last:  # the cue stands inside its content: all of its other dependants belong to it
        own = [c for c in cue.children if c.i != content.i and not c.left_edge.i <= content.i <= c.right_edge.i]
        holes.extend((c.left_edge.i, c.right_edge.i + 1) for c in own if first <= c.i < last)
    runs = _trimmed(cue.doc, _without((first, last), holes))
    return Candidate(pattern, cue, cue_run, content, runs, place, source)


def _cue_run(cue: Token, content: Token) -> tuple[int, int]:
    """The cue with its auxiliaries, negation and particle, as far as they touch it."""
    first, last = cue.i, cue.i + 1
    for child in sorted((c for c in cue.lefts), key=lambda c: -c.i):
        if child.dep_ in ("aux", "auxpass", "neg", "advmod") and child.i == first - 1:
            first = child.i
    for child in cue.rights:
        if child.dep_ in ("prt", "neg") and child.i == last:
            last = child.i + 1
    between = content.head
    if between.dep_ == "prep" and between.i == last:
        last += 1
    return first, last


def _without(run: tuple[int, int], holes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    runs = [run]
    for low, high in holes:
        cut: list[tuple[int, int]] = []
        for first, last in runs:
            if high <= first or low >= last:
                cut.append((first, last))
                continue
            cut.extend(part for part in ((first, low), (high, last)) if part[0] < part[1])
        runs = cut
    return sorted(runs)


def _trimmed(doc: Doc, runs: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The runs without commas, stops and dashes at their edges; runs without a word are dropped."""
    kept = []
    for first, last in runs:
        while first < last and (doc[first].text in _EDGE or doc[first].is_space):
            first += 1
        while first < last and (doc[last - 1].text in _EDGE or doc[last - 1].is_space):
            last -= 1
        if any(token.text[0].isalnum() for token in doc[first:last]):
            kept.append((first, last))
    return tuple(kept)
