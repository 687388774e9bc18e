"""What one expression means at one moment, and the moment itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from rashomon.annotate.times import lexicon, numbers, periods
from rashomon.annotate.times.periods import Period


@dataclass(frozen=True, slots=True)
class Meaning:
    """TIMEX3 type and value; the first and last days meant (None where none are); the period, if it is one."""

    type: str
    value: str
    first: dt.date | None = None
    last: dt.date | None = None
    period: Period | None = None
    aside: bool = False  # a comparison with another time, from which the narrative does not go on


@dataclass(slots=True)
class Moment:
    """The day of publication, and the periods that the article told last."""

    today: dt.date
    last: Period | None = None
    by_grain: dict[str, Period] = field(default_factory=dict)

    def told(self, meaning: Meaning) -> None:
        """Take note of an expression's meaning: what follows may be told relative to it."""
        if meaning.period is not None and not meaning.aside:
            self.last = meaning.period
            self.by_grain[meaning.period.grain] = meaning.period

    @property
    def narrative(self) -> dt.date:
        """The day from which `the next day` or `a week earlier` count: the last told, else that of publication."""
        return self.last.first if self.last else self.today

    @property
    def narrative_day(self) -> dt.date:
        """The same for times of day: the last day told, else that of publication."""
        last = self.last
        return last.first if last and last.grain == "D" else self.today


def meant(period: Period, mod: str = "", suffix: str = "") -> Meaning:
    """A period as a meaning: narrowed by `early`, `mid`, `late`; `suffix` is a time of day such as `TMO`."""
    part = modifier(mod)
    shown = periods.third(period, part) if part else period
    kind = "TIME" if suffix else "DATE"
    return Meaning(kind, period.value + suffix, shown.first, shown.last, period)


def modifier(words: str) -> str:
    """`early`, `mid` or `late` from words such as `at the beginning of`; empty if none."""
    for word in words.split():
        classes = lexicon.entries().get(word, {})
        part = classes.get("MOD") or classes.get("EDGE") or classes.get("MOMENT") or ("mid" if word == "middle" else "")
        if part:
            return part
    return ""


def _spoken_year(words: str) -> int:
    head, *rest = words.replace("-", " ").split()
    if head == "two":
        return 2000
    return 100 * int(numbers.count(head) or 0) + int(numbers.count(" ".join(rest)) or 0)


def full_year(words: str) -> int:
    """The year that `1998`, `98`, `'98` or `nineteen ninety - eight` names; two digits are of 1941 to 2040."""
    if words[0].isalpha():
        return _spoken_year(words)
    digits = words.lstrip("'’")
    number = int(digits)
    if len(digits) > 2:
        return number
    return number + (2000 if number <= 40 else 1900)
