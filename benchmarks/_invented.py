"""An invented dossier of any size, written through the store: to time what reads a large one.

Nothing is read or compared: the rows are made up, as many of each table to an article as the packaged samples have, and
they hold together (`rashomon verify`). Words come from a made-up language whose frequencies fall as those of English
do, so that a search meets rare and common words in their usual shares.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rashomon.model.arrow import schema, to_table
from rashomon.model.identity import digest, identify
from rashomon.model.records import (
    Amount,
    Article,
    Block,
    Claim,
    ClaimPassage,
    Difference,
    DifferenceSide,
    Entity,
    Event,
    Extent,
    Mention,
    MetadataValue,
    Omission,
    Place,
    Quotation,
    Sentence,
    Storyline,
    TimeExpression,
    Utterance,
    Variant,
    Wording,
)
from rashomon.store.files import write_named
from rashomon.store.manifest import FORMAT, Manifest
from rashomon.store.tables import TABLES
from rashomon.version import VERSION

PER_EVENT, PER_STORYLINE, OUTLETS = 5, 8, 60
SENTENCES, WORDS, VOCABULARY = 24, 19, 20_000
CLAIMS, SHARED, SIDES = 11, 3, 12  # claims of one article, claims of an event that all tell, sides of differences
_FIRST = dt.date(2023, 1, 2)
_BEGINNINGS = ("b", "br", "d", "dr", "f", "g", "h", "k", "kl", "l", "m", "n", "p", "r", "s", "st", "t", "v", "z")
_MIDDLES = ("a", "e", "i", "o", "u", "ai", "ei", "ou")
_KINDS = ("person", "person", "organisation", "place", "group", "other")
_POINTS = (("number", "update"), ("number", "contradiction"), ("date", "granularity"), ("wording", "framing"))


class Inventor:
    """Makes up articles and what was found in them; the same seed makes the same."""

    def __init__(self, articles: int, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._rows: dict[type, list[Any]] = defaultdict(list)
        self._articles = articles
        self._words = [self._word(n) for n in range(VOCABULARY)]
        self._weights = [1 / (n + 2.7) for n in range(VOCABULARY)]  # the law of Zipf and Mandelbrot
        self._outlets = [f"The {self._name()} {title}" for title in ("Herald", "Courier", "Wire") for _ in range(20)]
        people = max(12, articles // 4)
        self._names = sorted({f"{self._name()} {self._name()}" for _ in range(people)})
        self._ids = {name: identify("n", name) for name in self._names}
        self._kinds = {name: _KINDS[n % len(_KINDS)] for n, name in enumerate(self._names)}

    def write(self, folder: Path) -> None:
        """Make the dossier at `folder`."""
        for number in range(-(-self._articles // PER_EVENT)):
            self._event(number)
        self._entities()
        self._storylines()
        files, rows = {}, {}
        for spec in TABLES:
            held = sorted(self._rows[spec.record], key=lambda row: tuple(_sortable(row, c) for c in spec.order))
            path = write_named(folder / "tables" / spec.name, to_table(spec.record, held), schema(spec.record))
            files[spec.name], rows[spec.name] = [path.relative_to(folder).as_posix()], len(held)
        (folder / "work").mkdir(exist_ok=True)
        Manifest(FORMAT, VERSION, {}, {}, {}, {}, {}, rows, files).save(folder)

    def _word(self, number: int) -> str:
        beginnings, middles = (
            ["b", "br", "d", "dr", "f", "g", "h", "k", "kl", "l", "m", "n", "p", "r", "s", "st", "t", "v", "z"],
            ["a", "e", "i", "o", "u", "ai", "ei", "ou"],
        )
        made = self._random
        return "".join(
            made.choice(beginnings) + made.choice(middles) for _ in range(1 + (number > 40) + (number > 900))
        )

    def _name(self) -> str:
        return (self._word(1000) + self._random.choice("nrslk")).capitalize()

    def _event(self, number: int) -> None:
        day = _FIRST + dt.timedelta(days=number % 900)
        names = self._random.sample(self._names, 10)
        shared = [self._sentence(names) for _ in range(SHARED)]
        members = min(PER_EVENT, self._articles - number * PER_EVENT)
        told = [self._article(number, day, names, shared) for _ in range(members)]
        event_id = identify("e", min(article.article_id for article, _ in told))
        for article, _ in told:
            self._rows[Article].append(dataclasses.replace(article, event_id=event_id))
        places = [name for name in names if self._kinds[name] == "place"]
        self._rows[Event].append(
            Event(
                event_id,
                told[0][0].title or "",
                day.isoformat(),
                day.isoformat(),
                self._ids[places[0]] if places else None,
                identify("s", number // PER_STORYLINE),
                members,
                members,
            )
        )
        self._compared(event_id, told)

    def _sentence(self, names: Sequence[str]) -> list[str]:
        words = self._random.choices(self._words, self._weights, k=WORDS)
        for at in self._random.sample(range(1, WORDS), 2):
            words[at] = self._random.choice(names)
        words[0] = words[0].capitalize()
        if self._random.random() < 0.3:
            words[5] = f"{self._random.randint(2, 900)}"
        return words

    def _article(
        self, number: int, day: dt.date, names: Sequence[str], shared: Sequence[list[str]]
    ) -> tuple[Article, list[Sentence]]:
        told = [*shared, *(self._sentence(names) for _ in range(SENTENCES - len(shared)))]
        title = " ".join(self._sentence(names)[:9])
        text, sentences = title + "\n", []
        for words in told:
            start = len(text)
            text += f"{' '.join(words)}."
            sentences.append((start, len(text), words))
            text += "\n" if len(sentences) % 4 == 0 else " "
        text += "Menu Home Contact\n"
        outlet = self._random.choice(self._outlets)
        published = (day + dt.timedelta(days=self._random.randint(0, 2))).isoformat()
        url = f"https://{number}.example/{self._random.getrandbits(48):x}"
        article_id = identify("a", outlet, url, text)
        article = Article(
            *(article_id, outlet, url, title, None, "en", published, published, published, "metadata", None, text),
            *(url, digest(text.encode())),
        )
        self._rows[MetadataValue].append(MetadataValue(article_id, "title", title, "meta og:title", True))
        self._blocks(article, len(title), sentences)
        return article, [self._read(article_id, *sentence, names) for sentence in sentences]

    def _blocks(self, article: Article, title: int, sentences: Sequence[tuple[int, int, list[str]]]) -> None:
        self._rows[Block].append(Block(article.article_id, 0, title, "title", 0.9))
        for first in range(0, len(sentences), 4):
            start, end = sentences[first][0], sentences[min(first + 3, len(sentences) - 1)][1]
            self._rows[Block].append(Block(article.article_id, start, end, "body", 0.9))
        end = len(article.text) - 1
        self._rows[Block].append(Block(article.article_id, end - len("Menu Home Contact"), end, "furniture", 0.9))

    def _read(self, article_id: str, start: int, end: int, words: list[str], names: Sequence[str]) -> Sentence:
        at, speaker = start, None
        for word in words:
            if word in self._ids:
                mention_id = identify("m", article_id, at, at + len(word))
                speaker = speaker or (mention_id, word, at)
                kind = self._kinds[word]
                self._rows[Mention].append(
                    Mention(
                        mention_id, article_id, at, at + len(word), word, kind, "name", 0, "a name", self._ids[word]
                    )
                )
            elif word.isdecimal():
                value = float(word)
                place = (article_id, at, at + len(word), word)
                self._rows[Amount].append(Amount(*place, value, value, "people", None, None, None, False))
            at += len(word) + 1
        self._around(article_id, start, end, " ".join(words), speaker)
        sentence = Sentence(article_id, start, end, "body", tuple(w for w in words if w.islower())[:12])
        self._rows[Sentence].append(sentence)
        return sentence

    def _around(self, article_id: str, start: int, end: int, text: str, speaker: tuple[str, str, int] | None) -> None:
        """A quotation in some sentences, and words that describe whoever is named."""
        if speaker is None or self._random.random() > 0.42:
            return
        mention_id, name, at = speaker
        first, last = start, start + text.index(" ", len(text) // 2)
        self._rows[Quotation].append(
            Quotation(
                quotation_id=identify("q", article_id, first, last),
                article_id=article_id,
                content=(Extent(first, last),),
                text=text[: last - start],
                cue_start=None,
                cue_end=None,
                source_start=at,
                source_end=at + len(name),
                speaker_mention=mention_id,
                mode="indirect",
                confidence=0.8,
                speaker_id=self._ids[name],
            )
        )
        if self._random.random() < 0.5:
            self._rows[Wording].append(
                Wording(self._ids[name], article_id, at, at + len(name), name, round(self._random.random(), 4))
            )

    def _compared(self, event_id: str, told: Sequence[tuple[Article, list[Sentence]]]) -> None:
        texts = {article.article_id: article.text for article, _ in told}
        groups = [[sentences[n] for _, sentences in told] for n in range(SHARED)]
        groups += [[s] for _, sentences in told for s in sentences[SHARED : SHARED + CLAIMS]]
        for number, group in enumerate(groups):
            passages = [(s.article_id, s.start, s.end, texts[s.article_id][s.start : s.end]) for s in group]
            claim_id = identify("c", *(part for p in passages for part in p[:3]))
            status = "single" if len(group) == 1 else "corroborated"
            weight = round(self._random.random(), 4)
            self._rows[Claim].append(Claim(claim_id, event_id, passages[0][3], status, len(group), len(group), weight))
            self._rows[ClaimPassage] += [ClaimPassage(claim_id, *p) for p in passages]
            if number == 0:
                reason = "It has 1 article on this event and none tells this; 3 other origins do."
                self._rows[Omission] += [Omission(event_id, claim_id, o, 1, reason) for o in self._outlets[:4]]
        self._differences(event_id, groups[:SHARED], texts)

    def _differences(self, event_id: str, groups: Sequence[Sequence[Sentence]], texts: dict[str, str]) -> None:
        for number in range(SIDES):
            group = groups[number % len(groups)][:2]
            kind, relation = _POINTS[number % len(_POINTS)]
            places = [(s.article_id, s.start, s.start + texts[s.article_id][s.start :].index(" ")) for s in group]
            sides = [
                (*place, texts[place[0]][place[1] : place[2]], str(self._random.randint(2, 99))) for place in places
            ]
            difference_id = identify("d", event_id, number)
            reason = " / ".join(f"‘{side[4]}’" for side in sides)
            confidence = round(0.3 + 0.6 * self._random.random(), 4)
            self._rows[Difference].append(
                Difference(difference_id, event_id, kind, relation, sides[0][3], reason, confidence)
            )
            self._rows[DifferenceSide] += [DifferenceSide(difference_id, *side) for side in sides]
        first = groups[0][0]
        text = texts[first.article_id][first.start : first.end]
        place = Place(first.article_id, first.start, first.end)
        self._rows[Utterance].append(Utterance(identify("u", event_id), event_id, None, text, (), (place,)))
        stretch = (first.article_id, first.start, first.start + 2, text[:2])
        self._rows[TimeExpression].append(TimeExpression(*stretch, "DATE", *["2023-01-02"] * 3))

    def _entities(self) -> None:
        told: dict[str, set[str]] = defaultdict(set)
        for mention in self._rows[Mention]:
            told[mention.text].add(mention.article_id)
        for name, articles in told.items():
            variants = (Variant(name, len(articles)),)
            self._rows[Entity].append(Entity(self._ids[name], self._kinds[name], name, variants, "one spelling"))

    def _storylines(self) -> None:
        of: dict[str, list[Event]] = defaultdict(list)
        for event in self._rows[Event]:
            of[event.storyline_id or ""].append(event)
        known = {entity.entity_id for entity in self._rows[Entity]}
        self._rows[Event] = [
            event if event.place_id in known else dataclasses.replace(event, place_id=None)
            for event in self._rows[Event]
        ]
        for storyline_id, events in of.items():
            days = sorted(event.earliest or "" for event in events)
            self._rows[Storyline].append(Storyline(storyline_id, events[0].title, days[0], days[-1]))


def _sortable(row: Any, column: str) -> Any:
    value = getattr(row, column)
    return (value is None, value)
