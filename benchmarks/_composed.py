"""Articles composed by rule, on invented places and people: what the benchmark of scale groups.

Stories are chains of events, weeks apart, of the same people on the same subject; an event is told by a few articles,
most often one to five; some articles are copies of another, exact, trimmed, or under another headline with a paragraph
of their own. The annotation is light: names are known from their making, days are read by the product's own grammar,
terms are words that are not small, and a sentence's vector is the sum of fixed random vectors of its words. What comes
after is the product's own: the features of an article, and all grouping.
"""

from __future__ import annotations

import datetime as dt
import functools
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rashomon.annotate import times
from rashomon.annotate.encoder import WIDTH, pack
from rashomon.group.features import ArticleFeatures, features
from rashomon.model.records import Article, Mention, Reading, Sentence
from rashomon.model.span import Interval, Span


def _words(told: str) -> tuple[str, ...]:
    return tuple(told.split())


_SYLLABLES = _words("ka ve tor mi lan dro shu pel ni gor za bri ost er in ul ma ren dal ko ri sen tha wol")
_SMALL = frozenset(
    _words(
        "a an and are as at be but by for from had has have he her his in is it its not of on or said she that the"
        " their they this to was were which who will with after before into over"
    )
)
_FIRST = dt.date(2031, 1, 1)
_SUBJECTS = (
    _words("ferry harbour crew storm lifeboat passengers captain deck coast rescue"),
    _words("strike union wages factory pickets talks shift foreman pay workers"),
    _words("election ballot candidate turnout coalition recount polling district seats campaign"),
    _words("tremor epicentre rubble shelter rescuers magnitude aftershock houses tents survivors"),
    _words("trial court verdict prosecutor witness defence appeal testimony sentence jury"),
    _words("treaty border ministers accord envoy summit signature clause delegation pact"),
    _words("flood river dam sandbags evacuation rain bridge levee pumps villages"),
    _words("bank loan depositors regulator shares bailout branch auditors interest creditors"),
    _words("fire warehouse smoke firefighters alarm blaze roof flames hydrant inspectors"),
    _words("theft museum painting gallery curator guards frame collector auction vault"),
)
_FACTS = (
    "{who} {act} in {place} on {day} over the {a}",
    "the {a} and the {b} left {n} people waiting in {place}",
    "{n} of the {b} were counted by {other} near the {c}",
    "{other} told reporters that the {c} had been ignored for {k} years",
    "officials in {place} put the cost of the {b} at {n} million crowns",
    "{who} promised a report on the {c} within {k} weeks",
    "a spokesman for {other} called the {a} a matter for {place} alone",
    "the {b} was closed on {day} while the {c} was searched",
)
_ACTS = ("spoke", "resigned", "signed a paper", "was questioned", "ordered an inquiry", "apologised", "was elected")
_LEADS = ("", "According to the police, ", "As was told later, ", "For the second time, ", "By all accounts, ")
_BETWEEN = _words("apparently again now also then still even late early here there once perhaps openly duly soon")
_ENDS = ("", ", witnesses said", ", the town hall said", ", it emerged", ", people there recall")


@dataclass(frozen=True, slots=True)
class Composed:
    """One article, the event and story that it tells, and the article that it copies (its own id where it does not)."""

    features: ArticleFeatures
    event: int
    story: int
    origin: str
    copied: str  # exact, near, partial, or empty


@dataclass(frozen=True, slots=True)
class _Happening:
    event: int
    story: int
    day: dt.date
    names: tuple[tuple[str, str], ...]  # name and kind
    facts: tuple[dict[str, str], ...]  # the values of what happened: every article puts them in its own words
    title: str


def composed(count: int, seed: int = 5) -> Iterator[Composed]:
    """`count` articles, story by story; the same for the same seed, and the first of more are the same too."""
    draw = random.Random(seed)
    story = event = made = 0
    while made < count:
        for happening in _story(draw, story, event):
            event += 1
            for one in _told(draw, happening):
                yield one
                made += 1
                if made == count:
                    return
        story += 1


def _name(draw: random.Random, syllables: int) -> str:
    return "".join(draw.choice(_SYLLABLES) for _ in range(syllables)).capitalize()


def _story(draw: random.Random, story: int, first: int) -> Iterator[_Happening]:
    """One to six events of the same people on one subject, two weeks to a year apart."""
    subject = draw.choice(_SUBJECTS)
    people = [f"{_name(draw, 2)} {_name(draw, 3)}" for _ in range(3)]
    home = _name(draw, 3)
    day = _FIRST + dt.timedelta(draw.randrange(1500))
    for number in range(draw.choice((1, 1, 2, 3, 6))):
        place = home if draw.random() < 0.4 else _name(draw, 3)
        who, other = draw.sample(people, 2)
        words = draw.sample(subject[1:], 6)
        shared = {"who": who, "other": other, "place": place, "act": draw.choice(_ACTS), "day": f"{day:%-d %B %Y}"}
        facts = []
        for _ in range(10):
            a, b, c = draw.sample(words, 3)
            told = {"a": a, "b": b, "c": c, "n": str(draw.randrange(2, 900)), "k": str(draw.randrange(2, 30))}
            facts.append({**shared, **told})
        names = ((who, "person"), (other, "person"), (place, "place"))
        yield _Happening(first + number, story, day, names, tuple(facts), f"{subject[0].capitalize()} in {place}")
        day += dt.timedelta(draw.randrange(14, 365))


def _told(draw: random.Random, happening: _Happening) -> Iterator[Composed]:
    """The articles of one event: independent tellings, and copies of some of them."""
    originals: list[tuple[str, list[str], dt.date]] = []
    for number in range(min(40, 1 + int(draw.expovariate(0.25)))):
        article_id = f"a-{happening.event:07d}-{number:02d}"
        day = happening.day + dt.timedelta(draw.randrange(3))
        if originals and draw.random() < 0.2:
            origin, lines, published = draw.choice(originals)
            kind, lines = _copied(draw, lines)
            found = _read(article_id, published + dt.timedelta(1), happening, lines)
            yield Composed(found, happening.event, happening.story, origin, kind)
            continue
        own = f"{_name(draw, 3)} of the {_name(draw, 2)} {draw.choice(_ACTS)} when asked by {_name(draw, 2)}"
        facts = [shape.format(**draw.choice(happening.facts)) for shape in draw.sample(_FACTS, draw.randrange(5, 8))]
        lines = [f"{draw.choice(_LEADS)}{_put(draw, fact)}{draw.choice(_ENDS)}" for fact in [*facts, own]]
        originals.append((article_id, lines, day))
        yield Composed(_read(article_id, day, happening, lines), happening.event, happening.story, article_id, "")


def _put(draw: random.Random, fact: str) -> str:
    """A fact in an article's own words: with words between, so that two tellings share no long runs by their making."""
    words = fact.split()
    for place in sorted(draw.sample(range(1, len(words)), 3), reverse=True):
        words.insert(place, draw.choice(_BETWEEN))
    return " ".join(words)


def _copied(draw: random.Random, lines: Sequence[str]) -> tuple[str, list[str]]:
    kind = draw.choice(("exact", "near", "partial"))
    if kind == "exact":
        return kind, list(lines)
    if kind == "near":  # the last sentence cut, one of its own added
        return kind, [*lines[:-1], f"readers in {_name(draw, 3)} may write to {_name(draw, 2)} about it"]
    own = [f"the {_name(draw, 2)} of {_name(draw, 3)} is {_name(draw, 2)} to {_name(draw, 2)}" for _ in range(3)]
    long = [*lines, *own, *(f"{line} as {_name(draw, 2)} saw it" for line in own), *own[::-1]]
    return kind, long


@functools.lru_cache(200_000)
def _vector(word: str) -> npt.NDArray[np.float16]:
    seed = int.from_bytes(word.encode()[:8].ljust(8, b"."), "big")
    return np.random.default_rng(seed).standard_normal(WIDTH).astype(np.float16)


def _read(article_id: str, day: dt.date, happening: _Happening, lines: Sequence[str]) -> ArticleFeatures:
    """The features of one article, from a light annotation."""
    written = [line[:1].upper() + line[1:] + "." for line in lines]
    text = " ".join(written)
    date = day.isoformat()
    article = Article(
        article_id, f"outlet {article_id[-2:]}", None, happening.title, None, "en", date, date, date, "metadata", None,
        text, article_id, "",
    )  # fmt: skip
    sentences, vectors, start = [], [], 0
    for line in written:
        words = [word for word in re.findall(r"[a-z]+", line.lower()) if word not in _SMALL]
        sentences.append(Sentence(article_id, start, start + len(line), "body", tuple(words)))
        total = np.sum([_vector(word) for word in words], axis=0, dtype=np.float32)
        vectors.append(total / max(1e-9, float(np.linalg.norm(total))))
        start += len(line) + 1
    mentions = [
        Mention(f"{article_id}{m.start()}", article_id, m.start(), m.end(), name, kind, "name", 0, "made")
        for name, kind in happening.names
        for m in re.finditer(re.escape(name), text)
    ]
    told = times.annotate(article_id, text, [Span(0, len(text))], Interval.day(day))
    packed = pack(np.array(vectors, dtype=np.float32))
    return features(Reading(article, (), tuple(sentences), tuple(mentions), (), told, (), (), packed))
