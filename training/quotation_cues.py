"""Count how often each cue word introduces a marked quotation: makes annotate/quotations/cues.tsv.

    python -m training.quotation_cues TRAIN.jsonl.gz [--cache DIR]

A cue is a word with its class (`say/VERB`). It is seen once for every place where the product proposes it as a cue, and
right where one of its proposals has at least half of its characters in common with a marked content (Jaccard) whose cue
or source it also shares. Words seen fewer than eight times are left out. No randomness.
"""

from __future__ import annotations

import argparse
import pathlib
from collections import Counter

from rashomon.annotate.quotations.proposals import mark, proposals
from rashomon.annotate.quotations.ranking import OFTEN, cue_word
from training.quotes import LEXICON, articles, labels


def count(train: pathlib.Path, cache: pathlib.Path | None) -> tuple[Counter[str], Counter[str]]:
    """How often each cue was seen, and how often it was right."""
    seen: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for row, parsed in articles(train, cache):
        found = list(proposals(mark(parsed)))
        best: dict[tuple[int, int], tuple[str, float]] = {}
        for proposal, label in zip(found, labels(row, found), strict=True):
            place = (proposal.block, proposal.cue.i)
            best[place] = (cue_word(proposal), max(label, best.get(place, ("", 0.0))[1]))
        for word, label in best.values():
            seen[word] += 1
            right[word] += label >= 0.5
    return seen, right


def main() -> None:
    """Write the lexicon, the surest and commonest cues first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=pathlib.Path)
    parser.add_argument("--cache", type=pathlib.Path)
    args = parser.parse_args()
    seen, right = count(args.train, args.cache)
    lines = ["cue\tseen\tright\tprecision"]
    kept = sorted((w for w in seen if seen[w] >= OFTEN), key=lambda w: (-right[w], -seen[w], w))
    lines.extend(f"{w}\t{seen[w]}\t{right[w]}\t{right[w] / seen[w]:.3f}" for w in kept)
    LEXICON.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1} cues, {sum(seen.values())} places, {sum(right.values())} right")


if __name__ == "__main__":
    main()
