"""How fast one article is read: `python -m benchmarks.speed ARTICLES.jsonl[.gz] [--articles N]`.

The whole per-article stage against the bare language pipeline on the same texts, on one core, in turn and in chunks, so
that a slow moment of the machine strikes both; and where the rest of the time goes. Prints JSON.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pathlib
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from threadpoolctl import threadpool_limits

from rashomon.annotate import amounts, annotator, clauses, mentions, quotations, times
from rashomon.annotate.encoder import encoder, pack
from rashomon.annotate.language import OWN_ROLES, parse, pipeline
from rashomon.annotate.published import from_words
from rashomon.extract.article import Extracted, extract
from rashomon.model.identity import digest
from rashomon.model.records import Source
from rashomon.model.span import Span

T = TypeVar("T")
CHUNK = 10  # articles


def _texts(path: pathlib.Path, most: int) -> list[Extracted]:
    found: list[Extracted] = []
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            data = row["text"].encode("utf-8", "surrogatepass")
            found.append(extract(Source(f"{len(found)}", digest(data), "text", data)))
            if len(found) == most:
                break
    return found


def _own(found: Extracted) -> list[str]:
    text = found.article.text
    return [text[b.start : b.end].replace("\n", " ") for b in found.blocks if b.role in OWN_ROLES]


def _timed(spent: dict[str, float], name: str, run: Callable[[], T]) -> T:
    start = time.process_time()
    result = run()
    spent[name] += time.process_time() - start
    return result


def _parts(spent: dict[str, float], found: Extracted) -> None:
    """The steps of the annotator one by one, each timed."""
    article, blocks = found.article, found.blocks
    parsed = _timed(spent, "language pipeline", lambda: parse(article.article_id, article.text, blocks))
    told = _timed(spent, "sentences", lambda: annotator.sentences(parsed))
    named = _timed(spent, "mentions", lambda: mentions.find(parsed))
    _timed(spent, "quotations", lambda: quotations.find(parsed, named))
    _timed(spent, "amounts", lambda: amounts.find(parsed))
    _timed(spent, "clauses", lambda: clauses.find(parsed))
    own = [Span(b.start, b.end) for b in blocks if b.role in OWN_ROLES]
    _timed(spent, "times", lambda: times.annotate(article.article_id, article.text, own, None))
    _timed(spent, "publication day", lambda: from_words(article.text, blocks))
    _timed(spent, "sentence vectors", lambda: pack(encoder().encode([article.text[s.start : s.end] for s in told])))


def _chunks(found: list[Extracted]) -> Iterator[list[Extracted]]:
    for start in range(0, len(found), CHUNK):
        yield found[start : start + CHUNK]


def measure(found: list[Extracted]) -> dict[str, Any]:
    """Words a second of both, their ratio (its median over chunks), and each part's share of the language pipeline."""
    for extracted in found[:3]:  # models are loaded, caches warm
        annotator.annotate(extracted.article, extracted.blocks)
        _parts(defaultdict(float), extracted)
    spent: dict[str, float] = defaultdict(float)
    ratios, words = [], 0
    for chunk in _chunks(found):
        texts = [text for extracted in chunk for text in _own(extracted)]
        words += sum(len(text.split()) for text in texts)
        one: dict[str, float] = defaultdict(float)
        _timed(one, "bare", lambda texts=texts: [len(doc) for doc in pipeline().pipe(texts)])  # type: ignore[misc]
        _timed(one, "stage", lambda c=chunk: [annotator.annotate(e.article, e.blocks) for e in c])  # type: ignore[misc]
        ratios.append(one["bare"] / one["stage"])
        for name, seconds in one.items():
            spent[name] += seconds
        for extracted in chunk:
            _parts(spent, extracted)
    bare, stage = spent.pop("bare"), spent.pop("stage")
    return {
        "articles": len(found),
        "words": words,
        "bare_words_per_second": round(words / bare),
        "stage_words_per_second": round(words / stage),
        "ratio": round(bare / stage, 3),
        "ratio_median_of_chunks": round(statistics.median(ratios), 3),
        "parts_over_bare": {name: round(seconds / bare, 3) for name, seconds in sorted(spent.items())},
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--articles", type=int, default=100)
    args = parser.parse_args()
    with threadpool_limits(limits=1):
        print(json.dumps(measure(_texts(args.data, args.articles)), indent=1))


if __name__ == "__main__":
    main()
