"""What a judgement says beside its verb: whom or what it is about, in words that find it again at a later run."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any

from rashomon.model.records import Place


@dataclass(frozen=True, slots=True)
class Detail:
    """As JSON in the column `detail` of judgements.

    Ids change when articles are added; so an entity is known by the spellings that it had, an event by the articles, a
    claim or a difference by the places of its passages.
    """

    spellings: tuple[tuple[str, ...], ...] = ()  # of each entity it is about, when it was given
    ids: tuple[str, ...] = ()  # of the entities; of a moved article and its new event; of a dismissed row
    names: tuple[str, ...] = ()  # split: the spellings that are somebody else; rename: the one that names it
    why: str = ""
    articles: tuple[str, ...] = ()  # move: those of the event that the article belongs to; none: to no other's
    places: tuple[Place, ...] = ()  # dismiss: where the passages of the claim, the sides of the difference stand
    values: tuple[str, ...] = ()  # dismiss: what each side tells, as the places
    kind: str = ""  # dismiss: of the difference
    about: str = ""  # move, dismiss: a title or a passage, for people

    def text(self) -> str:
        """As it is stored."""
        told = dataclasses.asdict(self)
        later = ("articles", "places", "values", "kind", "about")
        kept = {name: value for name, value in told.items() if value or name not in later}
        return json.dumps(kept, ensure_ascii=False, sort_keys=True)

    @classmethod
    def of(cls, text: str) -> Detail:
        """From what is stored; ValueError if it is none."""
        try:
            told = json.loads(text)
            return cls(
                tuple(tuple(map(str, names)) for names in told["spellings"]),
                _texts(told["ids"]),
                _texts(told["names"]),
                str(told["why"]),
                _texts(told.get("articles", ())),
                tuple(Place(str(p["article_id"]), int(p["start"]), int(p["end"])) for p in told.get("places", ())),
                _texts(told.get("values", ())),
                str(told.get("kind", "")),
                str(told.get("about", "")),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"no detail of a judgement: {text[:80]!r}") from error


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(str(value) for value in values)
