"""The lines of the pages of task `pages`, each with the share of it that stands in the gold text."""

from __future__ import annotations

import gzip
import json
import pathlib
import re
from typing import Any

import numpy as np

from rashomon.extract.visible import FLAGS, Page, tree, visible

Row = dict[str, Any]
Labelled = list[tuple[str, float, frozenset[str]]]  # a line, the share of it in the gold text, names of its parts

_WORD = re.compile(r"\w+")
_RUN = 4  # words: shorter lines count as gold only where a whole paragraph of the gold says the same
_NEAR = 12


def read_rows(path: pathlib.Path) -> list[Row]:
    """The rows of a JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def words(text: str) -> list[str]:
    """The words of a text, lower-cased."""
    return _WORD.findall(text.lower())


def shares(page: Page, gold: str) -> list[float]:
    """For each line of the page the share of its runs of four words that the gold text has; short lines 0, 0.5 or 1."""
    told = words(gold)
    runs = {tuple(told[i : i + _RUN]) for i in range(len(told) - _RUN + 1)}
    paragraphs = {" ".join(words(part)) for part in re.split(r"\n+", gold)}
    joined = f" {' '.join(told)} "
    found, long = [], []
    for line in page.lines:
        own = words(line.span.of(page.text))
        long.append(len(own) >= 6)
        if len(own) >= _RUN:
            mine = [tuple(own[i : i + _RUN]) for i in range(len(own) - _RUN + 1)]
            found.append(sum(run in runs for run in mine) / len(mine))
        else:
            text = " ".join(own)
            found.append(1.0 if own and text in paragraphs else 0.5 if own and f" {text} " in joined else 0.0)
    at = np.flatnonzero(np.array(long, dtype=bool) & (np.array(found) > 0.5))
    if len(at):
        for i, share in enumerate(found):
            far = int(np.abs(at - i).min()) > _NEAR or i < at[0] - 4 or i > at[-1] + 6
            if share and not long[i] and far:
                found[i] = 0.0
    return found


def _names(flags: int) -> frozenset[str]:
    return frozenset(name for i, name in enumerate(FLAGS) if flags >> i & 1)


def page_of(row: Row) -> Page:
    """The visible text of a row's page."""
    root = tree(row["html"])
    return Page("", []) if root is None else visible(root)


def page_lines(row: Row) -> Labelled:
    """The lines of a row's page, labelled."""
    page = page_of(row)
    marked = zip(page.lines, shares(page, row["body"]), strict=True)
    return [(line.span.of(page.text), share, _names(line.flags)) for line, share in marked]
