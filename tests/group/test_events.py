"""Events of one to five hundred articles, dated, hardly dated, wrongly dated and undated."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence

import pytest

from rashomon.group.features import ArticleFeatures
from rashomon.group.grouping import group
from rashomon.model.flow import Grouping
from tests.group.making import article

# What may be told of three happenings; an article draws some of it, in its own order and with its own words between.
FERRY = (
    "the ferry Halvane ran onto the Skarn reef off Ostrel on {day}",
    "captain Brede Tolm had left the bridge of the Halvane when it struck the reef",
    "lifeboats from Ostrel took two hundred passengers off the Halvane before dusk",
    "the harbour master of Ostrel, Ine Varga, had warned of the lights on the Skarn reef",
    "divers found a tear of nine metres in the hull of the ferry Halvane",
    "oil from the tanks of the Halvane drifted towards the beaches of Ostrel",
    "passengers told Varga that no alarm had sounded on the Halvane for half an hour",
    "the company that owns the Halvane, in Ostrel, promised to pay for the rescue",
    "a court in Ostrel will ask captain Tolm why the ferry was outside its lane",
)
STRIKE = (
    "weavers of the Drennic mills in Vandor laid down their work on {day}",
    "the union leader Sorel Anch said that wages in the mills of Vandor had not risen for nine years",
    "pickets stood at all four gates of the Drennic mills in Vandor before dawn",
    "the owner of the mills, Pell Drennic, refused to see Anch and called the strike illegal",
    "looms worth six million crowns stand idle in Vandor, Drennic told his bank",
    "dyers and carters joined the weavers of Vandor in the afternoon",
    "Anch wants a shift of eight hours and a fund for weavers who are ill",
    "the mayor of Vandor offered the town hall for talks between Anch and Drennic",
    "cloth from the Drennic mills will be missing at the autumn fair, traders in Vandor said",
)
THEFT = (
    "a portrait by Elin Moss was cut out of its frame in the museum of Karsholm on {day}",
    "guards of the Karsholm museum slept while the thief climbed through a skylight",
    "the curator, Jon Aspel, valued the stolen portrait at four million crowns",
    "police in Karsholm found a ladder and a glove behind the museum",
    "Aspel said that only a collector could want a picture so well known as that of Moss",
    "the alarm of the museum in Karsholm had been switched off for repairs",
    "a reward for the portrait by Moss was offered by the friends of the museum",
    "the skylight of the Karsholm gallery had been reported as broken to Aspel in spring",
    "customs officers look for the canvas by Moss in every lorry that leaves Karsholm",
)
# The same two people about the same things, a year apart; these facts are told of both meetings.
SUMMIT = (
    "president Orlen Vask received premier Tamar Ild on {day}",
    "Vask and Ild spoke for four hours about grain tolls and the canal at Breth",
    "premier Ild said after the talks with Vask that tolls on grain must fall",
    "president Vask called the canal at Breth a matter for both countries",
)
FIRST = (
    "fishing boats may pass the locks of Drellin from June, Ild said in Drellin",
    "a choir of Drellin sang for Vask and his guest before the fishing paper was signed",
    "Vask gave Ild a map of the Drellin locks drawn by a monk",
    "the fishing fleet of Drellin has waited for such a paper since the locks were built",
    "eels and pike are counted at the locks of Drellin from now on",
)
LATER = (
    "lorries had blocked the bridge of Ostwen when Ild drove to the castle of Ostwen",
    "the finance ministers quarrelled in Ostwen over a loan for the harbour cranes",
    "hail broke windows of the castle of Ostwen while Vask and Ild dined",
    "a loan of ninety million crowns was refused by Ild in Ostwen",
    "Vask will send an envoy for the loan to Ostwen in autumn",
)
DAY = {
    "ferry": "2031-05-04",
    "strike": "2031-05-06",
    "theft": "2031-05-05",
    "first": "2031-05-04",
    "later": "2032-05-09",
}
TOLD = {"2032-05-09": "9 May 2032", "2031-05-04": "4 May 2031", "2031-05-05": "5 May 2031", "2031-05-06": "6 May 2031"}
BETWEEN = ("again", "apparently", "duly", "early", "even", "now", "openly", "perhaps", "soon", "still", "then", "there")
SOUNDS = ("ba", "ke", "lo", "mi", "nu", "ra", "so", "ti", "vu", "za")
OTHERS = {"strike": 7, "theft": 5}  # articles that tell something else


def tellings(name: str, facts: Sequence[str], count: int, dated: bool, draw: random.Random) -> list[ArticleFeatures]:
    """So many articles on one happening, of four or five facts each, with a sentence of their own."""
    found = []
    for number in range(count):
        day = TOLD[DAY[name]]
        lines = []
        for fact in draw.sample(facts, draw.randrange(4, 6)):
            words = fact.split()
            for place in sorted(draw.sample(range(1, len(words)), 2), reverse=True):
                words.insert(place, draw.choice(BETWEEN))
            line = " ".join(words).format(day=day)
            lines.append(line[:1].upper() + line[1:])
        lines.append("What comes of it, wrote " + "".join(draw.sample(SOUNDS, 3)) + ", nobody can tell")
        text = ". ".join(lines) + "."
        days = {day: DAY[name]} if day in text and dated else {}
        found.append(article(f"a-{name}-{number:03d}", text, published=DAY[name] if dated else None, days=days))
    return found


def articles(count: int, dated: bool = True) -> list[ArticleFeatures]:
    """`count` articles on the ferry, and some on two other happenings."""
    draw = random.Random(count)
    return [
        *tellings("ferry", FERRY, count, dated, draw),
        *tellings("strike", STRIKE, OTHERS["strike"], dated, draw),
        *tellings("theft", THEFT, OTHERS["theft"], dated, draw),
    ]


def check(grouping: Grouping, count: int, least: float = 0.95) -> None:
    """No event holds two happenings, and the largest event of each holds nearly all that tell it."""
    events: dict[str, list[str]] = {}
    for membership in grouping.memberships:
        events.setdefault(membership.event_id, []).append(membership.article_id.split("-")[1])
    assert all(len(set(members)) == 1 for members in events.values()), "two happenings are told as one event"
    for name, told in {"ferry": count, **OTHERS}.items():
        assert max(len(members) for members in events.values() if members[0] == name) >= least * told
    assert all(membership.reason for membership in grouping.memberships)


@pytest.mark.parametrize("count", [1, 2, 3, 10, 40, 120, 500])
@pytest.mark.parametrize("dated", [True, False])
def test_an_event_of_any_number_of_articles_is_one(count: int, dated: bool) -> None:
    check(group(articles(count, dated)), count)


@pytest.mark.parametrize("count", [10, 60])
def test_an_undated_minority_is_with_the_others(count: int) -> None:
    given = articles(count)
    for k in range(0, len(given), 4):
        given[k] = dataclasses.replace(given[k], published_earliest=None, published_latest=None)
    check(group(given), count)


@pytest.mark.parametrize("wrong", ["1970-01-01", "2029-11-30", "2033-02-14"])
def test_wrong_dates_part_no_event(wrong: str) -> None:
    given = articles(30)
    for k in range(0, len(given), 5):
        given[k] = dataclasses.replace(given[k], published_earliest=wrong, published_latest=wrong)
    check(group(given), 30)


def test_one_article_alone_is_an_event_and_a_storyline() -> None:
    grouping = group(articles(1)[:1])
    assert (len(grouping.events), len(grouping.storylines)) == (1, 1)
    assert grouping.memberships[0].reason.startswith("alone")


_ALIKE = pytest.mark.xfail(
    strict=True, reason="told by few in nearly the same sentences: a year between does not outweigh them"
)


@pytest.mark.parametrize(
    ("count", "shared"),
    [
        (8, 2),
        (20, 2),
        (20, 4),
        pytest.param(3, 2, marks=_ALIKE),
        pytest.param(3, 4, marks=_ALIKE),
        pytest.param(8, 4, marks=_ALIKE),
    ],
)
def test_two_like_meetings_a_year_apart_are_two_events_of_one_storyline(count: int, shared: int) -> None:
    draw = random.Random(count)
    given = []
    for name, own in (("first", FIRST), ("later", LATER)):
        given += tellings(name, (*SUMMIT[:shared], *own), count, True, draw)
    given += tellings("theft", THEFT, 5, True, draw)
    grouping = group(given)
    event = {m.article_id: m.event_id for m in grouping.memberships}
    lines = {e.event_id: e.storyline_id for e in grouping.events}
    held = {name: {event[a] for a in event if f"-{name}-" in a} for name in ("first", "later", "theft")}
    assert not held["first"] & held["later"]
    assert {lines[e] for e in held["first"]} == {lines[e] for e in held["later"]} != {lines[e] for e in held["theft"]}
