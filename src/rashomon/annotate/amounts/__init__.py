"""Amounts: stretches that tell a quantity, with its value or bounds, unit, and what is counted.

A grammar of numerals (numerals.py) proposes stretches; the parse tells what is counted and which numerals count nothing
(counted.py). Dates, years, times of day, ordinals, telephone numbers, scores and numbers inside names are no amounts.
"""

from __future__ import annotations

from rashomon.annotate.amounts.counted import Counted, counted
from rashomon.annotate.amounts.numerals import Numeral, numerals
from rashomon.annotate.language import ParsedArticle, ParsedBlock
from rashomon.model.records import Amount

__all__ = ["find"]


def find(parsed: ParsedArticle) -> tuple[Amount, ...]:
    """The amounts of an article's own blocks, in reading order; spans never overlap."""
    return tuple(
        _record(parsed, block, numeral, what)
        for block in parsed.blocks
        for numeral in numerals(block.doc.text)
        if (what := counted(block.doc, numeral)) is not None
    )


def _record(parsed: ParsedArticle, block: ParsedBlock, numeral: Numeral, what: Counted) -> Amount:
    start, end = block.offset + numeral.start, block.offset + max(numeral.end, what.unit_end)
    of = what.of and (block.offset + what.of[0], block.offset + what.of[1])
    return Amount(
        article_id=parsed.article_id,
        start=start,
        end=end,
        text=parsed.text[start:end],
        low=numeral.low,
        high=numeral.high,
        unit=what.unit,
        of=parsed.text[of[0] : of[1]] if of else None,
        of_start=of[0] if of else None,
        of_end=of[1] if of else None,
        approximate=numeral.approximate,
    )
