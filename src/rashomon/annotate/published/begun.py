"""Things that are named without a year although they have one: what came out, began or took place on a known day."""

from __future__ import annotations

import datetime as dt
import functools
import re
from importlib import resources

KINDS = ("thing", "model", "occasion")


@functools.cache
def _table() -> tuple[dict[str, tuple[str, dt.date]], re.Pattern[str]]:
    """Name -> kind and first day, and the pattern that finds the names; a longer name wins over its beginning."""
    lines = resources.files(__package__).joinpath("begun.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    names = {name: (kind, dt.date.fromisoformat(day)) for kind, name, day in rows}
    longest = sorted(names, key=lambda name: (-len(name), name))
    return names, re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?!\w)")


def latest(text: str) -> dict[str, tuple[str, dt.date]]:
    """For each of `KINDS` that `text` names one of, the one that began last: its name and first day."""
    names, pattern = _table()
    found: dict[str, tuple[str, dt.date]] = {}
    for name in dict.fromkeys(pattern.findall(text)):
        kind, day = names[name]
        if kind not in found or found[kind][1] < day:
            found[kind] = (name, day)
    return found
