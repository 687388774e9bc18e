"""Articles as bibliographies take them: BibTeX (with the fields of BibLaTeX) and CSL-JSON.

Nothing is guessed: a byline stays the words of the page, and an article whose day is known only as an interval is
cited with that interval.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from rashomon.model.records import Article

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_ADDRESS = ":/?#[]@!$&'()*+,;=%~"  # what an address may have; braces and backslashes, which would end it, may not
_BY = re.compile(r"^\s*by\s+", re.IGNORECASE)


def bibtex(articles: Iterable[Article]) -> str:
    """One `@article` each, keyed by the article's id; characters with a meaning in TeX are escaped."""
    return "\n".join(_entry(article) for article in articles)


def csl(articles: Iterable[Article]) -> list[dict[str, Any]]:
    """Items of CSL-JSON, of the type `article-newspaper`."""
    return [_item(article) for article in articles]


def _entry(article: Article) -> str:
    days = _days(article)
    fields = {
        "author": f"{{{_tex(_author(article))}}}" if _author(article) else None,  # braces: one name, not to be parsed
        "title": f"{{{_tex(article.title)}}}" if article.title else None,
        "journal": _tex(article.outlet),
        "date": "/".join(days) or None,
        "year": days[0][:4] if days and days[0][:4] == days[-1][:4] else None,
        "url": quote(article.url, _ADDRESS, errors="replace") if article.url else None,
        "urldate": article.retrieved[:10] if article.retrieved else None,
        "language": article.language,
    }
    told = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@article{{{article.article_id},\n{told}}}\n"


def _item(article: Article) -> dict[str, Any]:
    days = [_parts(day) for day in _days(article)]
    fields = {
        "id": article.article_id,
        "type": "article-newspaper",
        "title": article.title,
        "author": [{"literal": _author(article)}] if _author(article) else None,
        "container-title": article.outlet,
        "issued": {"date-parts": days} if days else None,
        "URL": article.url,
        "accessed": {"date-parts": [[int(n) for n in article.retrieved[:10].split("-")]]}
        if article.retrieved
        else None,
        "language": article.language,
    }
    return {name: value for name, value in fields.items() if value}


def _days(article: Article) -> list[str]:
    """The day of publication, or the first and the last that it can be."""
    days = [article.published_earliest, article.published_latest]
    return sorted({day for day in days if day})


def _parts(day: str) -> list[int]:
    return [int(part) for part in day.split("-")]


def _author(article: Article) -> str:
    return _BY.sub("", " ".join((article.byline or "").split()))


def _tex(text: str | None) -> str:
    return "".join(_SPECIAL.get(c, c) for c in " ".join((text or "").split()) if c.isprintable())
