"""Articles for the tests of grouping, read by simple rules so that no model has to be loaded."""

from __future__ import annotations

import hashlib
import re

import numpy as np

from rashomon.annotate.encoder import WIDTH, pack
from rashomon.group.features import ArticleFeatures, features
from rashomon.model.records import Article, Mention, Reading, Sentence, TimeExpression

_SMALL = {
    "a",
    "after",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "been",
    "before",
    "but",
    "by",
    "for",
    "from",
    "had",
    "has",
}
_SMALL |= {"have", "he", "her", "his", "in", "is", "it", "its", "not", "of", "on", "or", "said", "she", "that", "the"}
_SMALL |= {"their", "they", "this", "to", "was", "were", "which", "who", "will", "with"}


def _vector(terms: tuple[str, ...]) -> np.ndarray:
    """A vector in which sentences with words in common are alike."""
    total = np.zeros(WIDTH, dtype=np.float32)
    for term in terms:
        seed = int.from_bytes(hashlib.sha256(term.encode()).digest()[:4], "big")
        total += np.random.default_rng(seed).standard_normal(WIDTH).astype(np.float32)
    length = float(np.linalg.norm(total))
    return total / length if length else total


def reading(
    article_id: str,
    text: str,
    title: str | None = None,
    published: str | None = None,
    days: dict[str, str] | None = None,
) -> Reading:
    """A reading of `text`: sentences at full stops, capitalised words inside sentences as places, `days` as told."""
    article = Article(
        article_id, f"{article_id}.example", None, title, None, "en", published, published, published,
        "metadata" if published else "unknown", None, text, article_id, "",
    )  # fmt: skip
    sentences, mentions, times = [], [], []
    for found in re.finditer(r"[^\s.][^.]*\.?", text):
        words = re.findall(r"[^\W\d_]+", found.group())
        terms = tuple(w.lower() for w in words if w.lower() not in _SMALL)
        sentences.append(Sentence(article_id, found.start(), found.end(), "body", terms))
    for found in re.finditer(r"(?<=[a-z,;] )[A-Z]\w+", text):
        number = f"m-{found.start()}"
        mentions.append(
            Mention(
                number, article_id, found.start(), found.end(), found.group(), "place", "name", 0, "a capital letter"
            )
        )
    for words, day in (days or {}).items():
        at = text.index(words)
        times.append(TimeExpression(article_id, at, at + len(words), words, "DATE", day, day, day))
    vectors = pack(np.array([_vector(s.terms) for s in sentences], dtype=np.float32).reshape(-1, WIDTH))
    return Reading(article, (), tuple(sentences), tuple(mentions), (), tuple(times), (), (), vectors)


def article(
    article_id: str,
    text: str,
    title: str | None = None,
    published: str | None = None,
    days: dict[str, str] | None = None,
) -> ArticleFeatures:
    """The features of such a reading."""
    return features(reading(article_id, text, title, published, days))
