"""How days, articles and hostile characters are put into words for a reader."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

from rashomon.model.records import Article

# Characters that change how their neighbours are shown: terminal controls (C0 but tab and line ends, DEL, C1) and the
# bidirectional embeddings, overrides and isolates of UAX #9, with which a title can be made to read backwards.
HOSTILE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069\u2028\u2029]")
PASSAGE = 420  # characters of a passage shown in a line of a page; the article shows the rest
_LABEL = 36
_TITLE = 26


def visible(text: str) -> str:
    """`text` with every hostile control character shown as its name, `⟨U+202E⟩`, and so without effect."""
    return HOSTILE.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def one_line(text: str) -> str:
    """`text` with hostile characters made visible and every run of white space as one space."""
    return " ".join(visible(re.sub(r"\s+", " ", text)).split())


def shorten(text: str, limit: int) -> str:
    """`text` cut at a word to at most `limit` characters, the cut marked with `…`."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut
    return at_word.rstrip(" ,;:–—-") + "…"


def shorten_name(name: str, limit: int) -> str:
    """The same for a name that may stand in quote marks, which stay around it."""
    if len(name) > limit and name[0] == "“" and name[-1] == "”":
        return f"“{shorten(name[1:-1], limit - 2)}”"
    return shorten(name, limit)


def days(earliest: str | None, latest: str | None, unknown: str = "day unknown") -> str:
    """An interval of days in words: `19 December 2022`, `19–21 December 2022`, `December 2022`, `2022`."""
    if not earliest and not latest:
        return unknown
    if not earliest or not latest:
        return f"by {_day(latest)}" if latest else f"from {_day(earliest or '')}"
    first, last = dt.date.fromisoformat(earliest), dt.date.fromisoformat(latest)
    if first == last:
        return _day(earliest)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first.year != last.year:
        return f"{_day(earliest)} – {_day(latest)}"
    if first.month != last.month:
        return f"{first.day} {calendar.month_name[first.month]} – {_day(latest)}"
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        return f"{calendar.month_name[first.month]} {first.year}"
    return f"{first.day}–{_day(latest)}"


def _day(iso: str) -> str:
    day = dt.date.fromisoformat(iso)
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def moment(stamp: str) -> str:
    """A moment or a day: `13 December 2024, 16:05 UTC`, `13 December 2024`."""
    day = _day(stamp[:10])
    return f"{day}, {stamp[11:16]} UTC" if stamp[10:11] == "T" and stamp.endswith("Z") else day


def quoted(text: str, mode: str) -> str:
    """Words quoted directly in quote marks, unless the passage has its own; reported and mixed ones as they stand."""
    return f"“{text}”" if mode == "direct" and not set(text) & set('"“”„«»') else text


def plural(number: int, noun: str) -> str:
    """`1 article`, `3 articles`, `2 copies`, `3 days`, `10,000 articles`."""
    if number == 1:
        return f"1 {noun}"
    changed = noun.endswith("y") and noun[-2:-1] not in "aeiou"
    return f"{number:,} {noun[:-1]}ies" if changed else f"{number:,} {noun}s"


def labels(articles: Sequence[Article]) -> dict[str, str]:
    """A short name for every article, each unique among them: the outlet; where shared, with day, title or number.

    An article without an outlet is named by its title in quote marks, or by its file.
    """
    tries = [{a.article_id: _base(a) for a in articles}]
    tries.append({a.article_id: _with(_base(a), _short_day(a).rsplit(" ", 1)[0]) for a in articles})
    tries.append({a.article_id: _with(_base(a), _short_day(a)) for a in articles})
    tries.append({a.article_id: _with(_base(a), _quoted(a)) for a in articles})
    chosen: dict[str, str] = {}
    left = list(articles)
    for naming in tries:
        count = Counter(naming[a.article_id].casefold() for a in articles)
        taken = {label.casefold() for label in chosen.values()}
        unique = [a for a in left if count[key := naming[a.article_id].casefold()] == 1 and key not in taken]
        chosen |= {a.article_id: naming[a.article_id] for a in unique}
        left = [a for a in left if a.article_id not in chosen]
    taken = {label.casefold() for label in chosen.values()}
    for article in sorted(left, key=lambda a: (a.source_uri, a.article_id)):
        chosen[article.article_id] = _numbered(tries[2][article.article_id], taken)
    return chosen


def _numbered(base: str, taken: set[str]) -> str:
    number = 1
    while f"{base} #{number}".casefold() in taken:
        number += 1
    taken.add(f"{base} #{number}".casefold())
    return f"{base} #{number}"


def _base(article: Article) -> str:
    if article.outlet and article.outlet.strip():
        return shorten(one_line(article.outlet), _LABEL)
    if article.title and article.title.strip():
        return _quoted(article)
    return shorten(one_line(PurePosixPath(article.source_uri).name or article.article_id), _LABEL)


def _quoted(article: Article) -> str:
    return f"“{shorten(one_line(article.title), _TITLE)}”" if article.title and article.title.strip() else ""


def _short_day(article: Article) -> str:
    day = article.published_best or (
        article.published_earliest if article.published_earliest == article.published_latest else None
    )
    if not day:
        return ""
    date = dt.date.fromisoformat(day)
    return f"{date.day} {calendar.month_abbr[date.month]} {date.year}"


def _with(base: str, more: str) -> str:
    return f"{base} ({more})" if more and more != base else base
