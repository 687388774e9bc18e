"""Chains: which mentions of one article refer to the same thing, with the reason; where unsure, a chain of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from rashomon.annotate.mentions.found import Found
from rashomon.annotate.mentions.gather import clause_subject
from rashomon.annotate.mentions.names import is_acronym

_ALIASES = {
    **dict.fromkeys(
        ("us", "usa", "u.s", "u.s.a", "united states", "united states of america", "america"), "united states"
    ),
    **dict.fromkeys(("uk", "u.k", "united kingdom", "britain", "great britain"), "united kingdom"),
    **dict.fromkeys(("eu", "e.u", "european union"), "european union"),
    **dict.fromkeys(("un", "u.n", "united nations"), "united nations"),
    **dict.fromkeys(("uae", "u.a.e", "united arab emirates"), "united arab emirates"),
}
_PRONOUN_REACH = 3  # sentences back that a pronoun may look
_ROLE_REACH = 12  # sentences back that "the president" may look
_FIRM_REACH = 2  # sentences back that "the company" may look
_FIRMS = frozenset({"company", "firm", "corporation", "team", "club", "airline"})
_ONE_OF_A_KIND = frozenset({"police", "prosecutors", "investigators"})
_MARGIN = 1.0  # by how much the best antecedent must beat the next


@dataclass(slots=True)
class Chain:
    """One thing an article mentions."""

    number: int
    kind: str
    gender: str | None = None
    plural: bool = False
    keys: set[str] = field(default_factory=set)  # normalised names
    people: set[tuple[str, ...]] = field(default_factory=set)  # full names as words
    roles: dict[str, set[str]] = field(default_factory=dict)  # role noun to the owners told with it
    mentions: list[Found] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The longest name, for reasons; else the first mention's text."""
        texts = [m.text for m in self.mentions if m.form == "name"] or [self.mentions[0].text]
        return max(texts, key=len)

    def add(self, mention: Found) -> None:
        """Take a mention in, and what it tells of gender and role."""
        self.mentions.append(mention)
        self.gender = self.gender or (mention.gender if mention.kind == "person" else None)
        if mention.title:
            self.roles.setdefault(mention.title, set()).update({mention.of} - {""})
        if mention.form == "name":
            self.keys.add(key(mention))
            if mention.kind == "person" and len(mention.words) > 1:
                self.people.add(mention.words)


def key(mention: Found) -> str:
    """A name's normal form: lower case, no article, no possessive, country and union abbreviations written out."""
    text = " ".join(mention.words).removesuffix("'s")
    text = text.removeprefix("the ")
    return _ALIASES.get(text.strip("."), text)


class Linker:
    """Reads mentions in order and puts each into a chain; `reasons` tells why, by mention index."""

    def __init__(self, mentions: Sequence[Found], text: str) -> None:
        self.mentions, self.text = mentions, text
        self.chains: list[Chain] = []
        self.chain_of: list[Chain | None] = [None] * len(mentions)
        self.reasons: list[str] = [""] * len(mentions)

    def link(self) -> None:
        """Names first over the whole article, then nominals and pronouns in reading order."""
        self._each("name", self._full_names)
        self._each("name", self._other_names)
        for index, mention in enumerate(self.mentions):
            if self.chain_of[index] is None:
                linked = self._nominal(index) if mention.form == "nominal" else self._pronoun(index)
                if linked is None:
                    self._open(
                        index, "not linked: no sure antecedent" if mention.form == "pronoun" else "first mention"
                    )
                else:
                    self._join(index, *linked)

    def _each(self, form: str, rule: Callable[[int, Found], None]) -> None:
        for index, mention in enumerate(self.mentions):
            if mention.form == form and self.chain_of[index] is None:
                rule(index, mention)

    def _open(self, index: int, reason: str) -> Chain:
        mention = self.mentions[index]
        chain = Chain(len(self.chains), mention.kind, mention.gender, mention.plural)
        self.chains.append(chain)
        self._join(index, chain, reason)
        return chain

    def _join(self, index: int, chain: Chain, reason: str) -> None:
        chain.add(self.mentions[index])
        self.chain_of[index], self.reasons[index] = chain, reason

    # -- names --------------------------------------------------------------------------------------------------

    def _full_names(self, index: int, mention: Found) -> None:
        """Names that can stand for themselves: people with two words or more, and everything that is not a person."""
        if mention.kind == "person":
            if len(mention.words) > 1:
                same = [
                    c
                    for c in self.chains
                    if c.kind == "person" and any(_same_person(mention.words, p) for p in c.people)
                ]
                if len(same) == 1 and not _clash(same[0].gender, mention.gender):
                    self._join(index, same[0], f"the name '{same[0].mentions[0].text}' at {same[0].mentions[0].start}")
                else:
                    self._open(index, "first full name")
            return
        normal = key(mention)
        for chain in self.chains:
            if chain.kind != "person" and (normal in chain.keys or _inflected(normal, chain)):
                self._join(index, chain, f"the same name as '{chain.mentions[0].text}' at {chain.mentions[0].start}")
                return
        if self._introduced(index, mention):
            return
        self._open(index, "first mention of this name")

    def _introduced(self, index: int, mention: Found) -> bool:
        """'Long Name (LN)': the acronym joins the name right before its bracket."""
        before = index - 1
        while before >= 0 and (self.mentions[before].form != "name" or self.mentions[before].end > mention.start):
            before -= 1
        if before < 0 or self.chain_of[before] is None:
            return False
        between = self.text[self.mentions[before].end : mention.start]
        chain = self.chain_of[before]
        if (
            chain is not None
            and between.strip() in ("(", "(the")
            and is_acronym(mention.text, self.mentions[before].text)
        ):
            self._join(
                index, chain, f"acronym given for '{self.mentions[before].text}' at {self.mentions[before].start}"
            )
            return True
        return False

    def _other_names(self, index: int, mention: Found) -> None:
        """One-word names of people: the surname, or the given name, of somebody named in full."""
        word = mention.words[-1].removesuffix("'s") if mention.words else ""
        people = [c for c in self.chains if c.kind == "person" and not _clash(c.gender, mention.gender)]
        for what, place in (("surname", -1), ("given name", 0)):
            bearers = [c for c in people if any(p[place].removesuffix("'s") == word for p in c.people)]
            bearers = [c for c in bearers if c.gender is not None and c.gender == mention.gender] or bearers
            if bearers:
                chain = self._nearest(bearers, mention, word, place)
                full = next(m for m in chain.mentions if len(m.words) > 1 and m.words[place].removesuffix("'s") == word)
                self._join(index, chain, f"{what} of '{full.text}' at {full.start}")
                return
        same = [c for c in people if word in c.keys and not c.people]
        if len(same) == 1:
            self._join(index, same[0], f"the same name as '{same[0].mentions[0].text}' at {same[0].mentions[0].start}")
            return
        self._open(index, "first mention of this name")

    def _nearest(self, bearers: list[Chain], mention: Found, word: str, place: int) -> Chain:
        """Of several who bear a name, the one named in full last before the mention; else the first named after it."""

        def distance(chain: Chain) -> tuple[bool, int]:
            places = [m.start for m in chain.mentions if len(m.words) > 1 and m.words[place].removesuffix("'s") == word]
            before = [p for p in places if p <= mention.start]
            return (False, mention.start - max(before)) if before else (True, min(places) - mention.start)

        return min(bearers, key=lambda c: (*distance(c), c.number))

    # -- nominals and pronouns -----------------------------------------------------------------------------------

    def _before(self, index: int, reach: int) -> list[tuple[Chain, Found]]:
        """The chains mentioned in the `reach` sentences before a mention, each with its last mention that has ended."""
        mention, seen, found = self.mentions[index], set[int](), []
        for at in range(index - 1, -1, -1):
            other, chain = self.mentions[at], self.chain_of[at]
            if mention.sentence - other.sentence > reach:
                break
            if chain is not None and other.end <= mention.start and chain.number not in seen:
                seen.add(chain.number)
                found.append((chain, other))
        return found

    def _nominal(self, index: int) -> tuple[Chain, str] | None:
        """'the president': somebody introduced with that role before, whose owner agrees where both are told."""
        mention = self.mentions[index]
        role = mention.title
        if mention.quoted >= 0:
            return None
        if mention.text.lower() in _ONE_OF_A_KIND:
            return self._same_group(index)
        if not role:
            return None
        if role in _FIRMS and not mention.of and mention.text.lower() == "the " + role:
            named = [
                (c, m)
                for c, m in self._before(index, _FIRM_REACH)
                if c.kind == "organisation" and c.keys and m.quoted < 0
            ]
            if len(named) == 1:
                return named[0][0], f"the only organisation named nearby, '{named[0][1].text}' at {named[0][1].start}"
        fitting = []
        for chain, last in self._before(index, _ROLE_REACH):
            if role not in chain.roles or chain.plural != mention.plural or _clash(chain.gender, mention.gender):
                continue
            owners = chain.roles[role]
            if mention.of and not any(_alike(mention.of, owner) for owner in owners):
                continue
            fitting.append((chain, last))
        if len(fitting) != 1:
            return None
        chain, last = fitting[0]
        return chain, f"'{role}' tells '{chain.name}', mentioned last at {last.start}"

    def _same_group(self, index: int) -> tuple[Chain, str] | None:
        """Bare 'police' again: the same body, within one article."""
        word = self.mentions[index].text.lower()
        for chain in self.chains:
            first = chain.mentions[0]
            if first.form == "nominal" and first.text.lower() == word and first.quoted < 0:
                return chain, f"'{word}' as at {first.start}"
        return None

    def _pronoun(self, index: int) -> tuple[Chain, str] | None:
        mention = self.mentions[index]
        subject = clause_subject(mention.head)
        scored = []
        for chain, last in self._before(index, _PRONOUN_REACH):
            if not _agrees(chain, mention) or not _binds(chain, mention, subject):
                continue
            if last.quoted != mention.quoted or (mention.quoted >= 0 and last.block != mention.block):
                continue  # who speaks inside a quotation of somebody else cannot be told from its pronouns
            scored.append((_salience(chain, last, mention), chain, last))
        scored.sort(key=lambda item: (-item[0], item[1].number))
        if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < _MARGIN):
            return None
        _, chain, last = scored[0]
        if chain.gender is None and mention.gender is not None:
            chain.gender = mention.gender
        kind = {"m": "male", "f": "female"}.get(mention.gender or "", "fitting")
        role = "subject" if last.subject else "mention"
        return chain, f"pronoun: nearest {kind} {role}, '{last.text}' at {last.start}"


def _clash(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and a != b


def _same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """The same surname, and given names that are equal, an initial of each other, or with a middle name more."""
    if a == b:
        return True
    if a[-1].removesuffix("'s") != b[-1].removesuffix("'s"):
        return False
    one, other = a[0], b[0]
    if one != other and not (min(len(one), len(other)) == 1 and one[0] == other[0]):
        return False
    middle_a, middle_b = a[1:-1], b[1:-1]
    return not middle_a or not middle_b or all(x[0] == y[0] for x, y in zip(middle_a, middle_b, strict=False))


def _inflected(normal: str, chain: Chain) -> bool:
    """A people's name in singular and plural: one chain."""
    return chain.kind == "group" and any(normal in (k + "s", k.removesuffix("s")) for k in chain.keys)


def _alike(a: str, b: str) -> bool:
    """Whether two owners of a role may be one: equal, or country and adjective (a common beginning of four letters)."""
    return a == b or (len(a) > 3 and a[:4] == b[:4])


def _agrees(chain: Chain, pronoun: Found) -> bool:
    if pronoun.kind == "person":
        return chain.kind == "person" and not chain.plural and not _clash(chain.gender, pronoun.gender)
    if pronoun.plural:
        return chain.kind == "group" or chain.plural or chain.kind == "organisation"
    return chain.kind == "organisation" and not chain.plural


def _binds(chain: Chain, pronoun: Found, subject: Token | None) -> bool:
    """Binding inside a clause: 'him' is not the subject of its own verb, 'himself' is nobody else."""
    if subject is None or pronoun.head.dep_ in ("nsubj", "nsubjpass", "poss"):
        return True
    same = any(m.block == pronoun.block and m.first <= subject.i < m.last for m in chain.mentions)
    return same if pronoun.text.lower().endswith(("self", "selves")) else not same


def _salience(chain: Chain, last: Found, mention: Found) -> float:
    """Points for an antecedent: near, subject, named with the right gender, often mentioned.

    The weights follow the order of Lappin and Leass (1994): recency of the sentence, subject, frequency.
    """
    points = -1.5 * (mention.sentence - last.sentence) - 0.4 * (mention.block - last.block)
    points += 2.0 * last.subject
    points += 1.0 * (mention.gender is not None and chain.gender == mention.gender)
    points += 0.5 * (last.form == "name") + 0.25 * min(4, len(chain.mentions))
    if last.subject and last.sentence == mention.sentence and mention.subject:
        points += 1.0
    points += 1.5 * (last.speaks and mention.speaks)
    points -= 1.0 * (mention.plural and not chain.plural)
    return points
