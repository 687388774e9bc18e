"""All mentions of an article before chaining: names, nominal mentions of people and institutions, pronouns."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from rashomon.annotate.language import ParsedArticle
from rashomon.annotate.mentions.found import Found
from rashomon.annotate.mentions.lexicon import Role, given_names, roles, titles
from rashomon.annotate.mentions.names import Run, names

PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), ("person", "m", False)),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("person", "f", False)),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), ("group", None, True)),
    **dict.fromkeys(("it", "its", "itself"), ("organisation", None, False)),
}
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "their", "its", "our", "my"})
_SPEECH = frozenset(
    {"say", "add", "tell", "note", "write", "claim", "explain", "argue", "warn", "insist", "state", "stress"}
)
_OPENING, _EITHER = frozenset({"“", "``", "«", "„"}), frozenset({'"', "''"})
_CLOSING = frozenset({"”", "»", '"', "''"})
_CLIMB = 4  # heads looked at for a clause's subject
_TITLES_BACK = 4  # tokens before a name looked at for its title


def gather(parsed: ParsedArticle) -> list[Found]:
    """Mentions in reading order; a nominal may hold a name, nothing else overlaps."""
    runs = names(parsed)
    found = [_name(parsed, run) for run in runs]
    taken = {(block, at) for block, first, last, _ in runs for at in range(first, last)}
    sentence = 0
    for index, block in enumerate(parsed.blocks):
        for token in block.doc:
            word = token.lower_
            if (index, token.i) in taken:
                continue
            if word in PRONOUNS:
                other = _pronoun(parsed, index, token)
            else:
                other = _nominal(parsed, index, token, taken) if word in roles() or token.pos_ == "NOUN" else None
            if other is not None:
                found.append(other)
        quoted, numbers = _places(block.doc, sentence)
        for mention in (m for m in found if m.block == index):
            mention.sentence, mention.quoted = numbers[mention.first], quoted[mention.first]
        sentence = (numbers[-1] if numbers else sentence) + 1
    return sorted(found, key=lambda m: (m.start, -m.end))


def _places(doc: Doc, first: int) -> tuple[list[int], list[int]]:
    """For each token the number of the quoted stretch it stands in (-1 outside), and that of its sentence."""
    places, numbers, current, stretch, sentence = [], [], -1, -1, first - 1
    starts = {sent.start for sent in doc.sents}
    for at, text in enumerate([t.text for t in doc]):
        if text in _OPENING or (text in _EITHER and current < 0):
            stretch += 1
            current = stretch
        elif text in _CLOSING:
            current = -1
        sentence += at in starts
        places.append(current)
        numbers.append(sentence)
    return places, numbers


def _found(parsed: ParsedArticle, index: int, run: tuple[int, int], kind: str, form: str) -> Found:
    block = parsed.blocks[index]
    span = block.span(block.doc[run[0] : run[1]])
    head = block.doc[run[0] : run[1]].root
    return Found(
        index,
        run[0],
        run[1],
        span.start,
        span.end,
        span.of(parsed.text),
        kind,
        form,
        head,
        0,
        subject=head.dep_ in _SUBJECT,
        speaks=_is_source(head),
    )


def _is_source(head: Token) -> bool:
    if head.dep_ == "nsubj":
        return head.head.lemma_ in _SPEECH
    return head.dep_ == "pobj" and head.head.lower_ == "to" and head.head.head.lower_ == "according"


def clause_subject(token: Token) -> Token | None:
    """The subject of the clause that an object stands in, that of the governing clause where the verb has none."""
    node = token.head
    for _ in range(_CLIMB):
        subject = next((c for c in node.lefts if c.dep_ in _SUBJECT), None)
        if subject is not None:
            return subject
        if node.dep_ in ("ROOT", "relcl", "ccomp"):
            return None
        node = node.head
    return None


def _name(parsed: ParsedArticle, run: Run) -> Found:
    index, first, last, kind = run
    mention = _found(parsed, index, (first, last), kind, "name")
    mention.plural = kind == "group" or mention.head.tag_ in ("NNPS", "NNS")
    if kind == "person":
        doc = parsed.blocks[index].doc
        mention.title, mention.gender, mention.of = _title_before(doc, first)
        if mention.gender is None and last - first > 1:
            mention.gender = given_names().get(doc[first].lower_)
        if not mention.title:
            mention.title, gender, mention.of = _apposition(mention.head, doc, first, last)
            mention.gender = mention.gender or gender
    return mention


def _title_before(doc: Doc, first: int) -> tuple[str, str | None, str]:
    """The role noun, gender and owner told by the words right before a name."""
    role, gender, owner = "", None, ""
    for at in range(first - 1, max(-1, first - 1 - _TITLES_BACK), -1):
        word = doc[at].lower_
        if word in titles():
            gender = gender or titles()[word]
            if not role and word in roles() and roles()[word].sort == "role":
                role = word
        elif doc[at].ent_type_ in ("GPE", "NORP", "ORG"):
            owner = doc[at].lower_
            break
        elif doc[at].text not in (".", "-"):
            break
    return role, gender, owner if role else ""


def _apposition(head: Token, doc: Doc, first: int, last: int) -> tuple[str, str | None, str]:
    """The role told by 'NAME, the president of X,' or 'the president, NAME'."""
    nouns = [c for c in head.children if c.dep_ == "appos"]
    if head.dep_ == "appos" and not first <= head.head.i < last:
        nouns.append(head.head)
    if head.dep_ in _SUBJECT and head.head.lemma_ == "be":
        nouns.extend(c for c in head.head.children if c.dep_ == "attr")
    for noun in nouns:
        role = _role(noun)
        if role is not None and role.kind == "person":
            return noun.lower_, role.gender, owner_of(noun)
    return "", None, ""


def _role(noun: Token) -> Role | None:
    role = roles().get(noun.lower_) or roles().get(noun.lemma_.lower())
    return role if role is not None and role.sort == "role" else None


def owner_of(noun: Token) -> str:
    """Whose a role is: a possessor, 'of X', or a country's adjective before the noun; lower-cased, '' where untold."""
    for child in noun.children:
        if child.dep_ == "poss" or (
            child.dep_ in ("amod", "compound", "nmod") and child.ent_type_ in ("GPE", "NORP", "ORG")
        ):
            return child.lower_
        if child.dep_ == "prep" and child.lower_ in ("of", "for"):
            return next((c.lower_ for c in child.children if c.dep_ == "pobj"), "")
    return ""


def _pronoun(parsed: ParsedArticle, index: int, token: Token) -> Found | None:
    traits = PRONOUNS.get(token.lower_)
    if traits is None or token.tag_ not in ("PRP", "PRP$"):
        return None
    mention = _found(parsed, index, (token.i, token.i + 1), traits[0], "pronoun")
    mention.gender, mention.plural = traits[1], traits[2]
    return mention


def _nominal(parsed: ParsedArticle, index: int, token: Token, taken: set[tuple[int, int]]) -> Found | None:
    """A definite role noun as subject, agent, possessor or source; 'the spokesman', 'the ministry', 'officials'."""
    if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ("compound", "appos", "attr", "amod", "npadvmod"):
        return None
    role = _role(token)
    if role is None or not _speaks(token) or _names_follow(index, token, taken):
        return None
    first = token.left_edge.i
    while first < token.i and ((index, first) in taken) and parsed.blocks[index].doc[first].dep_ == "punct":
        first += 1
    plural = token.tag_ in ("NNS", "NNPS") or role.kind == "group"
    definite = any(c.dep_ in ("det", "poss") and (c.lower_ in _DEFINITE or c.dep_ == "poss") for c in token.lefts)
    kind = "group" if plural and role.kind == "person" else role.kind
    mention = _found(parsed, index, (first, token.i + 1), kind, "nominal")
    mention.gender, mention.plural = role.gender, plural
    mention.title, mention.of = (token.lower_ if definite else ""), owner_of(token)
    return mention


def _names_follow(index: int, token: Token, taken: set[tuple[int, int]]) -> bool:
    """'his colleague NAME', 'the minister, NAME,': the noun is a title, its name the mention."""
    after = token.i + 1
    if (index, after) in taken:
        return True
    doc = token.doc
    return (
        after + 1 < len(doc)
        and doc[after].text == ","
        and (index, after + 1) in taken
        and doc[after + 1].dep_ != "conj"
        and (doc[after + 1].dep_ == "appos" or doc[after + 1].head.dep_ == "appos")
    )


def _speaks(token: Token) -> bool:
    if token.dep_ in ("nsubj", "nsubjpass", "poss"):
        return True
    if token.dep_ == "conj":
        return token.head.dep_ in _SUBJECT
    return (
        token.dep_ == "pobj"
        and token.head.lower_ in ("by", "to", "from", "with")
        and token.head.dep_ in ("agent", "prep", "pcomp")
    )
