"""Task quotes: content, cue and source of every quotation, from an article's raw text.

Contents match one to one from a shared half of their characters (Jaccard) upward, the best pairs first; exact counts
letters and digits only; a matched quotation is whole when its source shares a character with the gold one's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rashomon.annotate import language, mentions, quotations
from rashomon.model.records import Block

Row = dict[str, Any]
_PARAGRAPH = re.compile(r"\S(?:.*\S)?(?:(?<![.!?:\"”’])\n[^\S\n]*\S.*)*")
_MARKS = re.compile(r"[\"“”«»„]|``|''")
_SHARED = 0.5


def paragraphs(doc: str, text: str) -> list[Block]:
    """Lines as body blocks; a line that ends without a stop goes on in the next one, unless that is blank."""
    return [Block(doc, m.start(), m.start() + len(m.group().rstrip()), "body", 1.0) for m in _PARAGRAPH.finditer(text)]


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """One row a text: its quotations as lists of [start, end]."""
    for row in rows:
        parsed = language.parse(row["doc"], row["text"], paragraphs(row["doc"], row["text"]))
        found = quotations.find(parsed, mentions.find(parsed))
        yield {
            "doc": row["doc"],
            "quotations": [
                {
                    "content": [[extent.start, extent.end] for extent in q.content],
                    "cue": None if q.cue_start is None else [[q.cue_start, q.cue_end]],
                    "source": None if q.source_start is None else [[q.source_start, q.source_end]],
                    "mode": q.mode,
                }
                for q in found
            ],
        }


def score(gold: list[Row], predicted: list[Row]) -> dict[str, Any]:
    """Figures over all articles: content overlap and exact, direct quotations, source on matched, whole quotations."""
    by_doc = {row["doc"]: row for row in predicted}
    count: Counter[str] = Counter()
    for row in gold:
        guesses = [q for q in by_doc.get(row["doc"], {}).get("quotations", []) if q["content"]]
        _count(count, row["text"], row["attributions"], guesses)
    return {
        "content_overlap": _figures(count, "match", "pred", "gold"),
        "content_exact": _figures(count, "exact", "pred", "gold"),
        "direct_overlap": _figures(count, "match_direct", "pred_direct", "gold_direct"),
        "source_accuracy_on_matched": round(count["source"] / max(1, count["with_source"]), 4),
        "whole_quote": _figures(count, "whole", "pred", "gold"),
        "n_gold": count["gold"],
    }


def _characters(spans: Sequence[Sequence[int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def _count(count: Counter[str], text: str, gold: list[Row], guesses: list[Row]) -> None:
    gold_characters = [_characters(a["content"]) for a in gold]
    guess_characters = [_characters(q["content"]) for q in guesses]
    pairs = _match(guess_characters, gold_characters)
    direct_gold = {j for j, a in enumerate(gold) if _MARKS.search(text[a["content"][0][0] : a["content"][-1][1]])}
    direct_guess = {
        i
        for i, q in enumerate(guesses)
        if _MARKS.search(text[max(0, q["content"][0][0] - 1) : q["content"][-1][1] + 1])
    }
    count.update({"gold": len(gold), "pred": len(guesses), "match": len(pairs)})
    count.update({"gold_direct": len(direct_gold), "pred_direct": len(direct_guess)})
    for i, j in pairs:
        letters = {at for at in guess_characters[i] if text[at].isalnum()}
        count["match_direct"] += i in direct_guess and j in direct_gold
        count["exact"] += letters == {at for at in gold_characters[j] if text[at].isalnum()}
        source, guess = gold[j]["source"], guesses[i].get("source") or []
        if source:
            right = bool(guess) and bool(_characters(guess) & _characters(source))
            count.update({"with_source": 1, "source": right, "whole": right})
        else:
            count["whole"] += not guess


def _match(guesses: list[set[int]], gold: list[set[int]]) -> list[tuple[int, int]]:
    """Pairs (guess, gold), each used once, the highest Jaccard first; ties go to the later pair."""
    scored = []
    for i, a in enumerate(guesses):
        for j, b in enumerate(gold):
            common = len(a & b)
            if common and common / len(a | b) >= _SHARED:
                scored.append((common / len(a | b), i, j))
    used_guess: set[int] = set()
    used_gold: set[int] = set()
    pairs = []
    for _, i, j in sorted(scored, reverse=True):
        if i not in used_guess and j not in used_gold:
            used_guess.add(i)
            used_gold.add(j)
            pairs.append((i, j))
    return pairs


def _figures(count: Counter[str], right: str, guessed: str, gold: str) -> dict[str, float]:
    precision = count[right] / count[guessed] if count[guessed] else 0.0
    recall = count[right] / count[gold] if count[gold] else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4)}
