"""Which sentences tell a day best: like what the others tell of it, on the story's subject, early in their article."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rashomon.group.timelines.telling import Line, Telling
from rashomon.group.weighing import Vocabulary, background

Bag = Mapping[str, float]

# Chosen on five stories with twelve timelines: date-aligned ROUGE-1 .134, ROUGE-2 .031; with the place at .3, sentences
# of up to 60 words and three opening ones .122 and .027; the first sentences of an article of the day .101 and .020.
_OPENING = 6  # sentences of an article that tell its own day without naming it
SUBJECT, NAMED, PLACE = 0.5, 0.1, 0.05  # of a sentence's worth, beside its likeness to the others
_ALIKE = 0.35  # cosine: a sentence nearer to one already chosen says nothing new
_SHORTEST, _LONGEST = 8, 40  # words; a shorter one is a caption or a heading, a longer one several sentences
_SUBJECTS = 50  # words of the subject


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may tell a day."""

    telling: Telling
    place: int  # 0 is the article's first sentence
    named: bool  # whether it names the day

    @property
    def line(self) -> Line:
        """The sentence."""
        return self.telling.lines[self.place]


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence chosen for a day, and those of other articles that tell the same of it."""

    candidate: Candidate
    also: tuple[Candidate, ...]


class Story:
    """The words of a story: how telling each is among its articles, and which are its subject."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        words = [sorted({word for line in one.lines for word in line.words}) for one in tellings]
        vocabulary = Vocabulary.of(words, background())
        self._rarity = dict(zip(vocabulary.keys, vocabulary.rarity.tolist(), strict=True))
        holders = Counter(word for own in words for word in own)
        usual, size = background(), len(tellings)
        worth = {
            word: count / size * math.log(count / size / usual.get(word, 0.002))
            for word, count in holders.items()
            if count > 1 and count / size > usual.get(word, 0.002) and word.isalpha()
        }
        first = sorted(worth, key=lambda w: (-worth[w], w))[:_SUBJECTS]
        total = math.sqrt(sum(worth[w] ** 2 for w in first)) or 1.0
        self._subject = {word: worth[word] / total for word in first}
        self._candidates = _by_day(tellings)

    def bag(self, line: Line) -> Bag:
        """The words of a sentence, weighed, of length 1."""
        counts = Counter(line.words)
        found = {word: (1.0 + math.log(n)) * self._rarity[word] for word, n in counts.items()}
        length = math.sqrt(sum(value * value for value in found.values())) or 1.0
        return {word: value / length for word, value in found.items()}

    def tell(self, day: dt.date, count: int, used: Collection[Line] = ()) -> list[Told]:
        """The `count` best sentences for a day, the best first; none says what an earlier one says.

        Those `used` for another day come only where the day has no other.
        """
        candidates = self._candidates.get(day, [])
        bags = [self.bag(c.line) for c in candidates]
        centre = _mean(bags)
        worth = [self._worth(candidate, _dot(bag, centre)) for candidate, bag in zip(candidates, bags, strict=True)]
        found: list[int] = []
        for number in sorted(
            range(len(candidates)), key=lambda k: (candidates[k].line in used, -round(worth[k], 9), k)
        ):
            if len(found) == count or (found and candidates[number].line in used):
                break
            if all(_dot(bags[number], bags[other]) < _ALIKE for other in found):
                found.append(number)
        return [Told(candidates[number], _alike(candidates, bags, number)) for number in found]

    def _worth(self, candidate: Candidate, central: float) -> float:
        words = candidate.line.words
        subject = sum(self._subject.get(word, 0.0) for word in sorted(set(words))) / math.sqrt(len(words))
        return central + SUBJECT * subject + NAMED * candidate.named + PLACE / (1 + candidate.place)


def _alike(candidates: Sequence[Candidate], bags: Sequence[Bag], number: int) -> tuple[Candidate, ...]:
    """The sentences of other articles that tell what one of the candidates tells, one an article."""
    own = candidates[number].telling.article_id
    best: dict[str, tuple[float, Candidate]] = {}
    for candidate, bag in zip(candidates, bags, strict=True):
        article, alike = candidate.telling.article_id, _dot(bags[number], bag)
        if article != own and alike >= _ALIKE and (article not in best or alike > best[article][0]):
            best[article] = (alike, candidate)
    return tuple(best[article][1] for article in sorted(best))


def _by_day(tellings: Iterable[Telling]) -> dict[dt.date, list[Candidate]]:
    """For each day the sentences that name it, and those that open an article published on it and name no day."""
    found: dict[dt.date, list[Candidate]] = defaultdict(list)
    for one in tellings:
        own = one.published.earliest if one.published and one.published.days == 1 else None
        for place, line in enumerate(one.lines):
            if not _SHORTEST <= len(line.words) <= _LONGEST:
                continue
            for day in line.days:
                found[day].append(Candidate(one, place, True))
            if own and not line.days and place < _OPENING:
                found[own].append(Candidate(one, place, False))
    return found


def _mean(bags: Sequence[Bag]) -> Bag:
    """The mean of unit bags, of length 1."""
    total: dict[str, float] = defaultdict(float)
    for bag in bags:
        for word, value in bag.items():
            total[word] += value
    length = math.sqrt(sum(value * value for value in total.values())) or 1.0
    return {word: value / length for word, value in total.items()}


def _dot(one: Bag, other: Bag) -> float:
    small, large = sorted((one, other), key=len)
    return sum(value * large.get(word, 0.0) for word, value in small.items())
