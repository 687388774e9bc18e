"""How a count grew while it was told: the amounts of one thing, by the day and the source that gave them."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rashomon.desk.figures.calendar import Axis, Tick
from rashomon.model.records import Amount
from rashomon.report import words

WIDTH, HEIGHT, MARGIN = 640.0, 200.0, 48.0
_LEAST = 3  # tellings of a thing, by two articles or more, on two days or more
_MOST = 3  # things shown
_SHAPES = 6  # shapes of points that can be told apart; the sources that tell least share one more
_LEVELS = 4  # lines across, at the most, above nought
_BESIDE = 9.0  # points that would lie on each other stand side by side


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
    paths: tuple[tuple[int, str], ...]  # shape of a source that tells it on several days, and its line from day to day
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
    steps = _levels(max(t.value for t in told))
    shape = _shaped(told)

    def height(value: float) -> float:
        return round(HEIGHT - 28 - value / steps[-1] * (HEIGHT - 48), 1)

    taken: Counter[tuple[float, float]] = Counter()
    points = []
    for t in told:
        x, y = axis.x(t.day), height(t.value)
        taken[x, y] += 1
        aside = (taken[x, y] - 1) * _BESIDE * (1 if x < WIDTH / 2 else -1)
        points.append(_point(t, round(x + aside, 1), y, shape[t.source]))
    commonest = max(sorted({t.amount.of or "" for t in told}), key=lambda of: sum(t.amount.of == of for t in told))
    return Counted(
        words.one_line(commonest),
        tuple(points),
        _legend(shape),
        _paths(points, shape),
        axis.ticks,
        tuple((height(value), _short(value)) for value in steps),
    )


def _point(told: _Told, x: float, y: float, shape: int) -> Point:
    day = words.days(told.day.isoformat(), told.day.isoformat())
    address = f"/articles/{told.amount.article_id}?at={told.amount.start}-{told.amount.end}#at"
    return Point(x, y, told.source, shape, day, words.one_line(told.amount.text), address)


def _shaped(told: list[_Told]) -> dict[str, int]:
    """A shape for each source, those that tell most first."""
    tellings = Counter(t.source for t in told)
    names = sorted(tellings, key=lambda name: (-tellings[name], name))
    return {name: min(n, _SHAPES) for n, name in enumerate(names)}


def _legend(shape: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    own = [(name, n) for name, n in shape.items() if n < _SHAPES]
    others = [name for name, n in shape.items() if n == _SHAPES]
    named = others[0] if len(others) == 1 else words.plural(len(others), "other source")
    return (*own, (named, _SHAPES)) if others else tuple(own)


def _paths(points: list[Point], shape: Mapping[str, int]) -> tuple[tuple[int, str], ...]:
    """For each source with a shape of its own: from the highest that it told on one day to that of the next."""
    found = []
    for name, n in shape.items():
        highest: dict[str, Point] = {}
        for point in points:
            if point.source == name and (point.day not in highest or point.y < highest[point.day].y):
                highest[point.day] = point
        if n < _SHAPES and len(highest) > 1:
            found.append((n, "M" + "L".join(f"{p.x} {p.y}" for p in highest.values())))
    return tuple(found)


def _levels(top: float) -> tuple[float, ...]:
    """Round numbers from nought to `top` or just above it, five at the most."""
    if top <= 0:
        return (0.0, 1.0)
    unit = 10.0 ** math.floor(math.log10(top / _LEVELS))
    step = next(unit * by for by in (1, 2, 2.5, 5, 10) if unit * by * _LEVELS >= top)
    return tuple(step * n for n in range(math.ceil(top / step) + 1))


def _short(value: float) -> str:
    for least, letter in ((1e9, "bn"), (1e6, "m")):
        if value >= least:
            return f"{value / least:,.10g}{letter}"
    return f"{value:,.10g}"
