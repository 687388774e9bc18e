"""Task pages: an article's own text from its page."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from rashomon.errors import UnreadableSource
from rashomon.extract.article import extract
from rashomon.model.identity import digest
from rashomon.model.records import Source

Row = dict[str, Any]
_WORD = re.compile(r"\w+")


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """The body blocks of every page as text; title, author and day as its metadata tell them."""
    for row in rows:
        data = row["html"].encode("utf-8", "replace")
        try:
            found = extract(Source(str(row["doc"]), digest(data), "html", data))
        except UnreadableSource:
            yield {"doc": row["doc"], "text": "", "title": None, "author": None, "published": None}
            continue
        article = found.article
        body = "\n".join(article.text[b.start : b.end] for b in found.blocks if b.role == "body")
        yield {
            "doc": row["doc"],
            "text": body,
            "title": article.title,
            "author": article.byline,
            "published": article.published_best,
        }


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    size = min(4, max(1, len(words)))
    return Counter(tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def score(gold: list[Row], predicted: list[Row]) -> Row:
    """Mean precision and recall of runs of four words a page, and the F1 of the two, for each kind and for all.

    The measure of the scrapinghub article-extraction benchmark.
    """
    by_doc = {row["doc"]: row for row in predicted}
    kinds: dict[str, list[tuple[float, float]]] = {}
    for row in gold:
        own, kept = _shingles(row["body"]), _shingles((by_doc.get(row["doc"]) or {}).get("text") or "")
        right = sum((own & kept).values())
        precision = right / sum(kept.values()) if kept else float(not own)
        recall = right / sum(own.values()) if own else 1.0
        for kind in (f"{row['set']}:{row['kind']}", "all"):
            kinds.setdefault(kind, []).append((precision, recall))
    figures = {}
    for kind, pairs in sorted(kinds.items()):
        p, r = statistics.mean(a for a, _ in pairs), statistics.mean(b for _, b in pairs)
        both = 2 * p * r / (p + r) if p + r else 0.0
        figures[kind] = {"n": len(pairs), "p": round(p, 4), "r": round(r, 4), "f1": round(both, 4)}
    return figures
