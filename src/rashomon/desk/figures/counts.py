"""How a count grew while it was told: the amounts of one thing, by the day and the source that gave them."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rashomon.desk.figures.calendar import Axis, Tick
from rashomon.model.records import Amount
from rashomon.report import words

WIDTH, HEIGHT, MARGIN = 640.0, 180.0, 44.0
_LEAST = 3  # tellings of a thing, by two articles or more, on two days or more
_MOST = 3  # things shown
_SHAPES = 6  # shapes of points that can be told apart


@dataclass(frozen=True, slots=True)
class Point:
    """One telling of a count."""

    x: float
    y: float
    source: str
    shape: int
    day: str
    text: str  # verbatim
    address: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A thing that was counted again and again."""

    of: str
    points: tuple[Point, ...]
    sources: tuple[tuple[str, int], ...]  # name and shape
    ticks: tuple[Tick, ...]
    levels: tuple[tuple[float, str], ...]  # height and value of the lines across


@dataclass(frozen=True, slots=True)
class _Told:
    amount: Amount
    value: float
    day: dt.date
    source: str


def counts(amounts: Iterable[Amount], days: Mapping[str, dt.date], sources: Mapping[str, str]) -> tuple[Counted, ...]:
    """The things most told with different values; `days` and `sources` are those of the articles."""
    grouped: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    for amount in amounts:
        value = amount.low if amount.low is not None else amount.high
        if amount.of and value is not None and amount.unit not in ("percent", "year") and amount.article_id in days:
            told = _Told(amount, value, days[amount.article_id], sources[amount.article_id])
            grouped[amount.unit or "", _thing(amount.of)].append(told)
    ranked = sorted(grouped.items(), key=lambda item: (-len({t.value for t in item[1]}), -len(item[1]), item[0]))
    kept = [told for key, told in ranked if key[1] and _worth(told)]
    return tuple(_figure(told) for told in kept[:_MOST])


def _thing(of: str) -> str:
    """The last word of what is counted, without its plural."""
    found: list[str] = re.findall(r"[a-z]+", of.casefold())
    return found[-1].removesuffix("s") if found else ""


def _worth(told: list[_Told]) -> bool:
    return (
        len(told) >= _LEAST
        and len({t.amount.article_id for t in told}) > 1
        and len({t.day for t in told}) > 1
        and len({t.value for t in told}) > 1
    )


def _figure(told: list[_Told]) -> Counted:
    told = sorted(told, key=lambda t: (t.day, t.source, t.amount.start))
    axis = Axis(told[0].day, told[-1].day, WIDTH, MARGIN)
    top = max(t.value for t in told) or 1.0
    names = sorted({t.source for t in told})
    shape = {name: n % _SHAPES for n, name in enumerate(names)}

    def height(value: float) -> float:
        return round(HEIGHT - 28 - value / top * (HEIGHT - 48), 1)

    points = tuple(
        Point(
            *(axis.x(t.day), height(t.value), t.source, shape[t.source]),
            words.days(t.day.isoformat(), t.day.isoformat()),
            words.one_line(f"{t.amount.text}"),
            f"/articles/{t.amount.article_id}?at={t.amount.start}-{t.amount.end}#at",
        )
        for t in told
    )
    commonest = max(sorted({t.amount.of or "" for t in told}), key=lambda of: sum(t.amount.of == of for t in told))
    levels = tuple((height(value), f"{value:,.10g}") for value in (0.0, top / 2, top))
    return Counted(words.one_line(commonest), points, tuple((n, shape[n]) for n in names), axis.ticks, levels)
