"""What an event is called, when and where it happened: chosen among what its articles say, never written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from rashomon.group.evidence import Corpus
from rashomon.group.features import LEAD_SENTENCES, ArticleFeatures
from rashomon.model.records import Event
from rashomon.model.span import Interval

_LONGEST_TITLE = 160  # characters; a longer one is a paragraph that lost its mark-up
_LATEST_AFTER = 31  # days after publication: further ahead is a plan's far end, not the happening


def event(
    corpus: Corpus, event_id: str, articles: int, origins: Sequence[int], storyline_id: str | None = None
) -> Event:
    """The event of that id that so many articles tell, chosen among what the `origins` say."""
    when = days(corpus, origins)
    return Event(
        event_id=event_id,
        title=title(corpus, origins),
        earliest=when.earliest.isoformat() if when else None,
        latest=when.latest.isoformat() if when else None,
        place_id=place(corpus, origins),
        storyline_id=storyline_id,
        articles=articles,
        origins=len(origins),
    )


def title(corpus: Corpus, members: Sequence[int]) -> str:
    """The headline of the article whose opening is most like the openings of the others; else its first sentence."""
    titled = [m for m in members if (corpus.articles[m].title or "").strip()]
    pool = titled or list(members)
    vectors = corpus.lead_vectors[pool]
    central = vectors @ corpus.lead_vectors[list(members)].mean(axis=0)
    lengths = [len(_headline(corpus.articles[m])) for m in pool]
    best = max(
        range(len(pool)),
        key=lambda k: (0 < lengths[k] <= _LONGEST_TITLE, round(float(central[k]), 4), -k),
    )
    return _headline(corpus.articles[pool[best]])


def _headline(article: ArticleFeatures) -> str:
    return (article.title or "").strip() or article.lead.strip()


def days(corpus: Corpus, origins: Sequence[int]) -> Interval | None:
    """The days of the happening: the narrow interval that most articles tell in their opening; None if none does.

    An article votes once for each interval of its opening, the more the earlier it stands; an interval that lies well
    after the article's publication is not counted. Among equals the earliest is chosen.
    """
    votes: dict[Interval, float] = defaultdict(float)
    for number in origins:
        article, published = corpus.articles[number], corpus.published[number]
        for told in article.days:
            interval = Interval.iso(told.earliest, told.latest)
            if interval is None or told.sentence > LEAD_SENTENCES:
                continue
            if published and (interval.earliest - published.latest).days > _LATEST_AFTER:
                continue
            votes[interval] += 1.0 / (1 + told.sentence)
    if not votes:
        return None
    return min(votes, key=lambda interval: (-round(votes[interval], 6), interval))


def place(corpus: Corpus, members: Sequence[int]) -> str | None:
    """The place that the event's articles name most, in their openings above all, and other events' articles least."""
    worth: dict[str, float] = defaultdict(float)
    names = corpus.places.vocabulary
    for number in members:
        article = corpus.articles[number]
        opening = set(article.lead_entities)
        for key in article.places:
            worth[key] += names.rarity[names.number[key]] * (1.0 if key in opening else 0.25)
    return min(worth, key=lambda key: (-round(worth[key], 6), key)) if worth else None


def central(corpus: Corpus, members: Sequence[int]) -> int:
    """The member whose words are most like those of all; ties go to the smallest number."""
    means = corpus.mean_vectors[list(members)]
    return members[int(np.argmax(np.round(means @ means.mean(axis=0), 4)))]
