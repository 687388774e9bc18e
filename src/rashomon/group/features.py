"""What grouping needs to know of one article, so that a hundred thousand of them fit in memory without their texts."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from rashomon.annotate.encoder import WIDTH, unpack
from rashomon.group.address import address
from rashomon.model.records import Mention, Reading, Sentence, TimeExpression
from rashomon.model.span import Interval

SHINGLE = 5  # words; five running words are rarely shared by two independent tellings, but survive a trimmed paragraph
PERMUTATIONS = 128
LEAD_SENTENCES = 3
NARROW_DAYS = 3  # a longer interval ("last year") tells the background, not the day of a happening
MAX_TERMS = 256
_MONTH = 31  # days
_WEEKDAY = re.compile(r"[\dX]{4}-W[\dX]{2}-([1-7])")
_DATE = re.compile(r"([\dX]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?![\dX])")
_SEED = 20221219
_WORD = re.compile(r"\w+(?:['’]\w+)*")
# Who is credited: `(AP) -` after a dateline, `Meridian Wire contributed to this report`, `with inputs from the Wire`.
_CREDIT = re.compile(
    r"\(([A-Z][A-Za-z. ]{1,24})\)\s*[-–—]"
    r"|\b([A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)?) contributed to this"
    r"|\b[Ww]ith (?:inputs?|reporting|material|files) (?:from|by) (?:the )?([A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)?)"
)


@dataclass(frozen=True, slots=True)
class ToldDays:
    """Days that an article tells, and where: sentence 0 is the first."""

    earliest: str
    latest: str
    sentence: int


@dataclass(frozen=True, slots=True)
class ArticleFeatures:
    """One article as grouping sees it. Keys and counts run in parallel, sorted by key."""

    article_id: str
    outlet: str | None
    title: str | None
    lead: str  # the first sentence, verbatim: the title of last resort
    published_earliest: str | None
    published_latest: str | None
    credit: str | None  # the agency that the text credits, verbatim
    words: int  # of its own text
    shingles: bytes  # uint32, one a word position: hashes of runs of five words, in order
    signature: bytes  # uint32, PERMUTATIONS values: MinHash of the shingles
    terms: tuple[str, ...]  # lower-cased lemmas of content words
    term_counts: tuple[int, ...]
    lead_terms: tuple[str, ...]  # of title and lead
    entities: tuple[str, ...]  # entity ids; where there are none, lower-cased names
    entity_counts: tuple[int, ...]
    lead_entities: tuple[str, ...]  # those that title or lead name
    places: tuple[str, ...]
    place_counts: tuple[int, ...]
    days: tuple[ToldDays, ...]
    marks: tuple[str, ...]  # days, months, years and weekdays told, also those whose year is not told
    mark_counts: tuple[int, ...]
    told_until: str | None  # the latest day that begins an interval of a month or less: about when it was written
    lead_vector: bytes  # float16, WIDTH values, length 1 or all zero
    mean_vector: bytes  # float16, WIDTH values, length 1 or all zero
    address: str | None = None  # as versions of one article share it
    retrieved: str | None = None
    modified: str | None = None


def _own_words(reading: Reading) -> list[str]:
    """The lower-cased words of the article's body, in order; of all its own sentences if it has no body."""
    text = reading.article.text
    body = [s for s in reading.sentences if s.role == "body"] or list(reading.sentences)
    return [word.lower() for s in body for word in _WORD.findall(text[s.start : s.end])]


def _shingles(words: Sequence[str]) -> tuple[bytes, bytes]:
    """The hashed shingles of a text in order, and their MinHash signature (both uint32)."""
    runs = [" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))] if words else []
    hashes = RMinHash.hash_token_sets([runs])[0] if runs else []
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    minhash.update(runs)
    # The lower half of a good 64-bit hash is a good 32-bit hash, at half the memory.
    ordered = np.array(hashes, dtype=np.uint64).astype(np.uint32)
    return ordered.tobytes(), np.array(minhash.digest(), dtype=np.uint32).tobytes()


def _counted(keys: Iterable[str], most: int | None = None) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Distinct keys in order with their counts; the `most` commonest where there are more."""
    counts = sorted(Counter(keys).items(), key=lambda item: (-item[1], item[0]))[:most]
    counts.sort()
    return tuple(key for key, _ in counts), tuple(count for _, count in counts)


def _lead(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that open the article's body (or the article, where no body was found)."""
    body = [s for s in sentences if s.role == "body" and len(s.terms) > 2] or list(sentences)
    return body[:LEAD_SENTENCES]


def entity_key(mention: Mention) -> str:
    """The id of the mention's entity; its lower-cased name where nothing has been resolved."""
    return mention.entity_id or mention.text.lower()


def _days(times: Sequence[TimeExpression], sentences: Sequence[Sentence]) -> tuple[ToldDays, ...]:
    """The narrow intervals that the text tells, with the number of the sentence that tells each first."""
    told: dict[tuple[str, str], int] = {}
    for time in times:
        interval = Interval.iso(time.earliest, time.latest)
        if time.type in ("DURATION", "SET") or interval is None or interval.days > NARROW_DAYS:
            continue
        number = next((i for i, s in enumerate(sentences) if s.start <= time.start < s.end), len(sentences))
        key = (str(interval.earliest), str(interval.latest))
        told[key] = min(number, told.get(key, number))
    return tuple(ToldDays(earliest, latest, number) for (earliest, latest), number in sorted(told.items()))


def _marks(times: Sequence[TimeExpression], opening: Sequence[Sentence]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The parts of the dates that a text tells: `2031`, `--05`, `--05-04`, `W1`; those of the opening count twice.

    Two undated articles of one happening name the same days and months though neither names the year.
    """
    counts: dict[str, int] = {}
    for time in times:
        value = time.value if time.type in ("DATE", "TIME") else ""
        weight = 2 if any(s.start <= time.start < s.end for s in opening) else 1
        for mark in _parts(value):
            counts[mark] = max(weight, counts.get(mark, 0))
    return tuple(sorted(counts)), tuple(counts[mark] for mark in sorted(counts))


def _parts(value: str) -> list[str]:
    """The marks of one TIMEX3 value; none for a reference such as PAST_REF."""
    weekday = _WEEKDAY.match(value)
    if weekday:
        return [f"W{weekday[1]}"]
    date = _DATE.match(value)
    if date is None:
        return []
    year, month, day = date.groups()
    found = [year] if year.isdigit() else []
    if month:
        found.append(f"--{month}")
    if month and day:
        found.append(f"--{month}-{day}")
        if year.isdigit() and int(day) <= calendar.monthrange(int(year), int(month))[1]:
            found.append(f"W{calendar.weekday(int(year), int(month), int(day)) + 1}")
    return found


def _until(times: Sequence[TimeExpression]) -> str | None:
    """The latest beginning among the intervals of a month or less that the text tells."""
    told = [Interval.iso(time.earliest, time.latest) for time in times if time.type != "SET"]
    return max((str(interval.earliest) for interval in told if interval and interval.days <= _MONTH), default=None)


def _unit(vector: npt.NDArray[np.float32]) -> bytes:
    """A vector brought to length 1, as float16; zeros stay zeros."""
    length = float(np.linalg.norm(vector))
    return (vector / length if length else vector).astype(np.float16).tobytes()


def _vectors(reading: Reading, lead: Sequence[Sentence]) -> tuple[bytes, bytes]:
    """The mean sentence vector of the lead and that of the article."""
    vectors = unpack(reading.vectors)
    own = [i for i, s in enumerate(reading.sentences) if len(s.terms) > 2]
    opening = {s.start for s in lead}
    first = [i for i, s in enumerate(reading.sentences) if s.start in opening]
    zero = np.zeros(WIDTH, dtype=np.float32)
    return (
        _unit(vectors[first].mean(axis=0) if first else zero),
        _unit(vectors[own].mean(axis=0) if own else zero),
    )


def features(reading: Reading) -> ArticleFeatures:
    """Reduce one article to what grouping needs; its mentions should carry entity ids by now."""
    article, sentences = reading.article, reading.sentences
    words = _own_words(reading)
    shingles, signature = _shingles(words)
    lead = _lead(sentences)
    opening = [s for s in sentences if s.role == "title"] + lead
    title_words = [word.lower() for word in _WORD.findall(article.title or "")]
    terms, term_counts = _counted((t for s in sentences for t in s.terms), MAX_TERMS)
    names = [m for m in reading.mentions if m.form == "name"]
    entities, entity_counts = _counted(entity_key(m) for m in names)
    places, place_counts = _counted(entity_key(m) for m in names if m.kind == "place")
    marks, mark_counts = _marks(reading.times, opening)
    in_lead = {entity_key(m) for m in names for s in opening if s.start <= m.start < s.end}
    lead_vector, mean_vector = _vectors(reading, lead)
    credit = _CREDIT.search(article.text)
    return ArticleFeatures(
        article_id=article.article_id,
        outlet=article.outlet,
        title=article.title,
        lead=article.text[lead[0].start : lead[0].end] if lead else "",
        published_earliest=article.published_earliest,
        published_latest=article.published_latest,
        credit=next(filter(None, credit.groups()), None) if credit else None,
        words=len(words),
        shingles=shingles,
        signature=signature,
        terms=terms,
        term_counts=term_counts,
        lead_terms=tuple(sorted({*title_words, *(t for s in opening for t in s.terms)})),
        entities=entities,
        entity_counts=entity_counts,
        lead_entities=tuple(sorted(in_lead)),
        places=places,
        place_counts=place_counts,
        days=_days(reading.times, sentences),
        marks=marks,
        mark_counts=mark_counts,
        told_until=_until(reading.times),
        lead_vector=lead_vector,
        mean_vector=mean_vector,
        address=address(article.url),
        retrieved=article.retrieved,
        modified=article.modified,
    )
