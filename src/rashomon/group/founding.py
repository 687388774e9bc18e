"""After which article an event is called: one that later news does not displace."""

from __future__ import annotations

from collections.abc import Iterable

from rashomon.group.features import ArticleFeatures


def order(article: ArticleFeatures) -> tuple[str, str]:
    """Where an article stands among an event's: by its first possible day of publication, undated last; then by id."""
    return article.published_earliest or "9999", article.article_id


def founder(articles: Iterable[ArticleFeatures]) -> ArticleFeatures:
    """The article that an event's id is made from; articles of later days never take its place."""
    return min(articles, key=order)
