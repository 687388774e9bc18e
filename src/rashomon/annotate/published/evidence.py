"""What in an article's words bears on the day of its publication."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rashomon.annotate.published import begun, terms
from rashomon.annotate.times import Expression, holidays, lexicon, recognise, resolve, tense
from rashomon.model.records import Block
from rashomon.model.span import Interval, Span

_SAYS_PUBLISHED = re.compile(
    r"\b(?:published|posted|updated|last modified|first published|date)\b[\s:|]*(?:on\s)?$", re.I
)
_POST = re.compile(r"\(@\w+\)\s*(?:on\s)?$")  # the date of a post on a social network that the page shows
_OLD = re.compile(r"\bfile\b|\barchive|\bborn\b|\bdied\b|\bfounded\b|\bsince\b|\bbetween\b", re.I)
_RECORD = re.compile(  # "the first since 1959" tells of a day long past, however long that is
    r"\b(?:first|only|worst|\w{3,}est|most|least)\b[^.;\n]{0,90}\bsince (?:the )?$", re.I
)
_OLD_PICTURE = re.compile(r"\bfile\b|\barchive", re.I)
_AGENCY = r"photos?|photograph|image|picture|AP|AFP|EPA|Reuters|Getty|Associated Press"
_CREDIT = re.compile(  # of a picture: its line is a caption, whatever the role of its block
    rf"[\[(][^\])\n]{{0,60}}\b(?:{_AGENCY})\b[^\])\n]{{0,40}}[\])]"
    r"|\b(?:photo|photograph|picture|image)(?: by| credit|:| copyright)"
    r"|\bin this\b.{0,40}\b(?:photo|image|picture)\b|Getty Images",
    re.I,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[^\n\d]{0,30}\b((?:19|20)\d\d)\b(?:\s?[-–]\s?((?:19|20)\d\d))?", re.I
)
_OWNED = re.compile(r"(?:©|\(c\)|\bcopyright\b)[^\n\d]{0,30}$", re.I)
_LEAST_YEAR = 1900
_CAPTION = 0.5  # confidence above which a caption is taken for one
_WORDS_AROUND = 40
_LEAD = 800  # characters
_CAPTION_REST = 300  # characters after a date in which the credit of its picture may stand


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that bears on the day.

    With a `period`, its lag is counted from that, or from the nearest of several `terms` that it is the hull of; else
    it recurs: `month` (and `day`) of any year, or a `weekday` (1 to 7) of any week. A weekday beside a day of a month
    must agree with the year.
    """

    kind: str  # a column of lags.json
    words: str
    period: Interval | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    terms: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    expression: Expression
    period: Interval | None
    words: str
    before: str  # of its line
    alone: bool  # nothing else stands on its line
    role: str  # that of its block; record: what is told is the first, the worst since then


def _told(text: str, blocks: Sequence[Block]) -> Iterator[_Told]:
    for block in blocks:
        if block.role == "comment":
            continue
        expressions = recognise(text, [Span(block.start, block.end)])
        for expression, time in zip(expressions, resolve("", text, expressions, None), strict=True):
            start = text.rfind("\n", 0, expression.start) + 1
            end = text.find("\n", expression.end)
            after = text[expression.end : len(text) if end < 0 else end]
            before = text[start : expression.start]
            alone = len(before.strip()) + len(after.strip()) <= 12
            period = Interval.iso(time.earliest, time.latest) if _dates_itself(expression) else None
            if period and period.earliest.year < _LEAST_YEAR:
                continue
            caption = (block.role == "caption" and block.confidence > _CAPTION) or _CREDIT.search(
                before + time.text + after[:_CAPTION_REST]
            ) is not None
            role = "caption" if caption else "body" if block.role == "caption" else block.role
            role = "record" if role == "body" and _RECORD.search(before) else role
            yield _Told(expression, period, time.text, before[-_WORDS_AROUND:], alone, role)


def _dates_itself(expression: Expression) -> bool:
    """Whether it names its year, and so means the same whenever the article was published."""
    return expression.kind in ("iso", "numeric") or "year" in expression.parts


def _grain(period: Interval) -> str:
    return "day" if period.days == 1 else "month" if period.days <= 92 else "year"


def _dated(told: Sequence[_Told]) -> Iterator[Evidence]:
    """From dates with their year: the latest past one of each grain, the first one to come, marked lines, posts.

    What something has lasted `since`, and the like, tells no closeness, but that the article is no older.
    """
    past: dict[str, _Told] = {}
    future: list[_Told] = []
    old: list[_Told] = []
    for item in told:
        if item.period is None or item.period.days > 366:
            continue
        grain = _grain(item.period)
        if grain == "day" and (item.alone or _SAYS_PUBLISHED.search(item.before)):
            yield Evidence("line", item.words, item.period)
        elif grain == "day" and _POST.search(item.before):
            yield Evidence("post", item.words, item.period)
        elif item.role == "furniture" or _OLD_PICTURE.search(item.before) or _OWNED.search(item.before):
            continue
        elif item.role == "record":
            old.append(item)
        elif item.expression.direction == tense.FUTURE:
            future.append(item)
        elif item.role == "caption":
            yield Evidence(f"caption {grain}", item.words, item.period)
        elif _OLD.search(item.before) and grain != "year":
            old.append(item)
        else:
            known = past.get(grain)
            if known is None or known.period is None or known.period.latest < item.period.latest:
                past[grain] = item
    latest = dt.date.min
    for grain in ("day", "month", "year"):
        found = past.get(grain)
        if found and found.period and found.period.latest > latest and found.period.earliest > latest:
            latest = found.period.latest
            told_as = "past" if found.expression.direction == tense.PAST else "told"
            fresh = " fresh" if grain == "day" and _fresh(found) else ""
            yield Evidence(f"{told_as} {grain}{fresh}", found.words, found.period)
    yield from _beside(old, future, latest)


def _beside(old: Sequence[_Told], future: Sequence[_Told], latest: dt.date) -> Iterator[Evidence]:
    """The last day since which something holds, and the first to come, where they lie behind the latest past one."""
    bounds = [item for item in old if item.period and item.period.earliest > latest]
    if bounds:
        last = max(bounds, key=lambda item: item.period.earliest if item.period else dt.date.min)
        yield Evidence("bound", last.words, last.period)
    coming = [item for item in future if item.period and item.period.earliest > latest]
    if coming:
        first = min(coming, key=lambda item: item.period.earliest if item.period else dt.date.max)
        yield Evidence(f"coming {_grain(first.period) if first.period else ''}", first.words, first.period)


def _fresh(item: _Told) -> bool:
    """Whether a date looks like the news itself: a weekday stands beside it, or it stands in the first lines."""
    return "weekday" in item.expression.parts or item.expression.start < _LEAD


def _recurring(told: Sequence[_Told]) -> Iterator[Evidence]:
    """From days and months without a year, feasts and weekdays."""
    for item in told:
        if item.period is not None or item.role in ("furniture", "caption"):
            continue
        parts, way = item.expression.parts, item.expression.direction
        side = "coming" if way == tense.FUTURE else "past"
        if "month" in parts and item.expression.kind in ("date", "clock") and "year" not in parts:
            if "which" in parts:
                continue
            classes = lexicon.entries()[parts["month"]]
            month = int(classes.get("MONTH") or classes["SHORTMONTH"])
            digits = re.match(r"\d+", parts.get("day", ""))
            weekday = _weekday(parts)
            day = int(digits[0]) if digits else None
            yield Evidence(f"{side} yearless {'day' if day else 'month'}", item.words, None, month, day, weekday)
        elif item.expression.kind == "holiday" and "holiday" in parts:
            date = holidays.day(parts["holiday"], 2001, "eve" in parts)  # near enough where the day moves
            yield Evidence("feast", item.words, None, date.month, date.day)
        elif item.expression.kind in ("weekday", "clock") and "which" not in parts and (weekday := _weekday(parts)):
            yield Evidence(f"{side} weekday", item.words, None, weekday=weekday)


def _weekday(parts: dict[str, str]) -> int | None:
    return int(lexicon.value(parts["weekday"], "WEEKDAY")) if "weekday" in parts else None


def _owned(text: str) -> Iterator[Evidence]:
    """From the latest copyright year of the page."""
    found = [(int(m[2] or m[1]), " ".join(m.group().split())) for m in _COPYRIGHT.finditer(text)]
    if found:
        year, words = max(found)
        yield Evidence("copyright", words, Interval(dt.date(year, 1, 1), dt.date(year, 12, 31)))


def _held(text: str, blocks: Sequence[Block]) -> Iterator[Evidence]:
    """From the terms of the office-holders named."""
    own = _own(text, blocks)
    found = {periods: words for words, periods in terms.told(own)}
    for periods, words in found.items():
        hull = Interval(min(p.earliest for p in periods), max(p.latest for p in periods))
        yield Evidence("term", words, hull, terms=periods)


def _begun(text: str, blocks: Sequence[Block]) -> Iterator[Evidence]:
    """From what is named that came out, began or took place on a known day: the last of each kind."""
    for kind, (name, day) in begun.latest(_own(text, blocks)).items():
        yield Evidence(f"begun {kind}", name, Interval.day(day))


def _own(text: str, blocks: Sequence[Block]) -> str:
    return "\n".join(text[b.start : b.end] for b in blocks if b.role not in ("comment", "furniture"))


def gather(text: str, blocks: Sequence[Block]) -> tuple[Evidence, ...]:
    """All evidence of an article, each thing once, the comments of readers left aside."""
    told = list(_told(text, blocks))
    found = [*_dated(told), *_recurring(told), *_owned(text), *_held(text, blocks), *_begun(text, blocks)]
    return tuple(dict.fromkeys(found))
