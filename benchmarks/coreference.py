"""Task `coreference`: which of the given mentions, in all documents, tell the same happening; scored by the mean F1 of
MUC (Vilain et al. 1995), BCubed and CEAFe (Luo 2005), as in CoNLL 2012."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from benchmarks._alignment import best
from benchmarks.events import bcubed, readings
from rashomon.annotate.encoder import encoder, unpack
from rashomon.annotate.happenings import Happening, happenings
from rashomon.annotate.language import parse
from rashomon.group.coreference import chains, likeness
from rashomon.group.features import features
from rashomon.group.mentions import Told
from rashomon.model.records import Reading
from rashomon.model.span import Span

Row = dict[str, Any]
Key = tuple[str, int, int]


def mentions(rows: Sequence[Row], read: Sequence[Reading]) -> tuple[Told, list[Key]]:
    """The mentions of all documents, and where each stands."""
    found: list[Happening] = []
    keys, vectors, sentences = [], [], []
    for row, reading in zip(rows, read, strict=True):
        # A given mention counts wherever it stands, also in what was taken for furniture.
        blocks = [dataclasses.replace(block, role="body") for block in reading.blocks]
        parsed = parse(reading.article.article_id, reading.article.text, blocks)
        spans = [Span(m["start"], m["end"]) for m in row["mentions"]]
        known = unpack(reading.vectors)
        for span, one in zip(spans, happenings(parsed, spans), strict=True):
            if one is None:
                continue
            number = next((k for k, s in enumerate(reading.sentences) if s.start <= span.start < s.end), None)
            text = reading.article.text[one.sentence.start : one.sentence.end]
            found.append(one)
            keys.append((str(row["doc"]), span.start, span.end))
            vectors.append(known[number] if number is not None else encoder().encode([text])[0])
            sentences.append(sum(s.start <= span.start for s in reading.sentences))
    return Told(found, np.array(vectors, dtype=np.float32), sentences), keys


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """The chain of each mention."""
    documents = list(rows)
    read = readings(documents)
    told, keys = mentions(documents, read)
    chain = dict(zip(keys, chains(told, likeness([features(one) for one in read])), strict=True))
    for row in documents:
        places = [(str(row["doc"]), m["start"], m["end"]) for m in row["mentions"]]
        given = [
            {"start": start, "end": end, "chain": f"c{chain[doc, start, end]}"}
            for doc, start, end in places
            if (doc, start, end) in chain
        ]
        yield {"doc": row["doc"], "mentions": given}


def muc(keys: Iterable[set[Key]], chain: Mapping[Key, Hashable]) -> float:
    """The share of the links of `keys` that another labelling keeps."""
    kept = links = 0
    for key in keys:
        kept += len(key) - len({chain[mention] for mention in key})
        links += len(key) - 1
    return kept / links if links else 0.0


def ceafe(gold: Sequence[set[Key]], given: Sequence[set[Key]]) -> float:
    """F1 of the best one-to-one alignment of chains by the share of mentions that two chains have in common."""
    number = {mention: k for k, chain in enumerate(given) for mention in chain}
    total = best(
        {
            (row, column): 2 * len(chain & given[column]) / (len(chain) + len(given[column]))
            for row, chain in enumerate(gold)
            for column in {number[mention] for mention in chain}
        }
    )
    return f1(total / max(1, len(given)), total / max(1, len(gold)))


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def conll(gold: Mapping[Key, Hashable], given: Mapping[Key, Hashable]) -> dict[str, float]:
    """The three measures and their mean over two labellings of the same mentions."""
    order = sorted(gold)
    expected, found = _chains(gold), _chains(given)
    linked = f1(muc(found, gold), muc(expected, given))
    cubed = f1(*bcubed([gold[k] for k in order], [given[k] for k in order], range(len(order))))
    aligned = ceafe(expected, found)
    return {"muc_f1": linked, "b3_f1": cubed, "ceafe_f1": aligned, "conll_f1": (linked + cubed + aligned) / 3}


def _chains(labels: Mapping[Key, Hashable]) -> list[set[Key]]:
    found: dict[Hashable, set[Key]] = defaultdict(set)
    for mention, label in labels.items():
        found[label].add(mention)
    return list(found.values())


def score(gold: list[Row], predicted: list[Row]) -> dict[str, Any]:
    """CoNLL F1 over the mentions of actions that count; a mention without a prediction is alone."""
    expected = {
        (row["doc"], m["start"], m["end"]): m["chain"]
        for row in gold
        for m in row["mentions"]
        if m["scored"] and m["type"].startswith(("ACTION", "NEG"))
    }
    chain = {(row["doc"], m["start"], m["end"]): m["chain"] for row in predicted for m in row["mentions"]}
    figures = conll(expected, {key: chain.get(key, ("alone", key)) for key in expected})
    return {name: round(value, 4) for name, value in figures.items()} | {"n": len(expected)}
