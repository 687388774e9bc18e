"""A small dossier in memory: invented people, places and newsrooms, every span found by the words themselves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from pathlib import Path

import pytest

from rashomon.model.records import (
    Article,
    Block,
    Claim,
    ClaimPassage,
    Difference,
    DifferenceSide,
    Entity,
    Event,
    Extent,
    Omission,
    Quotation,
    Rejected,
    Storyline,
    Utterance,
    Variant,
    Wording,
)

LANTERN = """Seven dead as ferry founders off Quellin

A ferry of the Norra line sank off Quellin on Monday evening and seven people were killed, the harbour office said.
The Halda carried 112 passengers. “We will find out who let her sail,” said harbour master Ilse Tovander.
Divers are to go down again on Wednesday.

Subscribe to the Lantern
gull_77: they all knew that ramp was rotten
"""
GAZETTE = """Nine lost on the Halda

Nine people lost their lives when the ferry Halda went down before Quellin on Monday.
She had 112 passengers aboard. Harbour chief Ilse Tovander promised to find those who allowed the ship to leave. 🚢
The owners call it a tragic accident; Tovander called the ship a floating coffin.
"""
MIRROR = """Ferry disaster: toll rises

Dozens were feared dead after the Halda sank. Some 112 passengers had boarded at Brisk.
“We shall learn who allowed her out,” Tovander told reporters.
"""
REPRINT = "From our partners\n" + LANTERN.split("\n\nSubscribe")[0] + "\n"
SECOND = """Inquiry opens into the Halda

A year after the Halda sank, an inquiry opened in Brisk on Friday. Its chair, Per Aldous, said it would “spare nobody”.
"""
LONE = "A calf with two heads\n\nA calf with two heads was born at Uppering.\n"

TEXTS = {"lantern": LANTERN, "gazette": GAZETTE, "mirror": MIRROR, "reprint": REPRINT, "second": SECOND, "lone": LONE}


class Shelf:
    """Tables held in memory, with the one method that the report asks of a dossier."""

    def __init__(self, *records):
        self.path = Path("harbour.dossier")
        self._tables = defaultdict(list)
        for record in records:
            self._tables[type(record)].append(record)

    def records(self, cls):
        return list(self._tables[cls])

    def with_records(self, *records):
        return Shelf(*(r for table in self._tables.values() for r in table), *records)


def at(name, words):
    """Start and end of the first place where an article holds `words`."""
    start = TEXTS[name].index(words)
    return start, start + len(words)


def article(name, outlet, day, event="e-1", **more):
    title = TEXTS[name].split("\n")[0]
    dated = {"published_earliest": day, "published_latest": day, "published_best": day} if day else {}
    values = {
        "url": None,
        "title": title,
        "byline": None,
        "language": "en",
        "published_earliest": None,
        "published_latest": None,
        "published_best": None,
        "published_basis": "text" if day else "unknown",
        "published_evidence": "“Monday” against the day of the sinking" if day else None,
    }
    fixed = {"article_id": f"a-{name}", "outlet": outlet, "text": TEXTS[name], "event_id": event}
    return Article(**(values | dated | fixed | {"source_uri": f"{name}.txt", "source_sha256": "0" * 64} | more))


def blocks(name):
    text, found, start = TEXTS[name], [], 0
    for number, line in enumerate(text.split("\n")):
        role = "title" if number == 0 else "body"
        role = {"Subs": "furniture", "gull": "comment", "From": "furniture"}.get(line[:4], role)
        if line.strip():
            found.append(Block(f"a-{name}", start, start + len(line), role, 0.9))
        start += len(line) + 1
    return found


def claim(name, status, weight, *told):
    texts = [TEXTS[article][slice(*at(article, words))] for article, words in told]
    yield Claim(f"c-{name}", "e-1", texts[0], status, len(told), len({a for a, _ in told} - {"reprint"}), weight)
    for text, (where, words) in zip(texts, told, strict=True):
        yield ClaimPassage(f"c-{name}", f"a-{where}", *at(where, words), text)


def difference(name, kind, relation, confidence, *sides):
    reason = " / ".join(f"{value} ({where})" for where, _, value in sides)
    yield Difference(f"d-{name}", "e-1", kind, relation, f"the {name}", reason, confidence)
    for where, words, value in sides:
        yield DifferenceSide(f"d-{name}", f"a-{where}", *at(where, words), words, value)


def quotation(name, where, words, source, utterance=None, speaker="n-tovander"):
    start, end = at(where, words)
    source_at = at(where, source)
    return Quotation(
        f"q-{name}",
        f"a-{where}",
        (Extent(start, end),),
        words,
        None,
        None,
        *source_at,
        None,
        "direct",
        0.9,
        speaker,
        utterance,
    )


def records():
    """Everything of the small dossier."""
    yield article(
        "lantern", "The Quellin Lantern", "2031-03-04", url="https://lantern.example/halda", byline="Mo Ferrin"
    )
    yield article("gazette", "Brisk Gazette", "2031-03-05")
    yield article("mirror", "Norra Mirror", None)
    yield article("reprint", "Uppering Echo", "2031-03-05", copy_of="a-lantern")
    yield article("second", "Brisk Gazette", "2032-03-06", event="e-2")
    yield article("lone", "Uppering Echo", "2031-05-01", event=None)
    for name in TEXTS:
        yield from blocks(name)
    yield Event("e-1", "Seven dead as ferry founders off Quellin", "2031-03-03", "2031-03-03", "n-quellin", "s-1", 4, 3)
    yield Event("e-2", "Inquiry opens into the Halda", "2032-03-05", "2032-03-05", None, "s-1", 1, 1)
    yield Storyline("s-1", "The Halda", "2031-03-03", "2032-03-05")
    yield Entity("n-tovander", "person", "Ilse Tovander", (Variant("Ilse Tovander", 3),), "one name")
    yield Entity("n-quellin", "place", "Quellin", (Variant("Quellin", 3),), "one name")
    yield Entity("n-halda", "other", "Halda", (Variant("Halda", 3),), "one name")
    sank = "A ferry of the Norra line sank off Quellin on Monday evening"
    yield from claim(
        "sank",
        "corroborated",
        0.9,
        ("lantern", sank),
        ("reprint", sank),
        ("gazette", "the ferry Halda went down before Quellin on Monday"),
    )
    yield from claim(
        "aboard",
        "corroborated",
        0.7,
        ("lantern", "The Halda carried 112 passengers."),
        ("gazette", "She had 112 passengers aboard."),
        ("mirror", "Some 112 passengers had boarded at Brisk."),
    )
    yield from claim(
        "divers",
        "single",
        0.4,
        ("lantern", "Divers are to go down again on Wednesday."),
        ("reprint", "Divers are to go down again on Wednesday."),
    )
    yield from difference(
        "dead",
        "number",
        "contradiction",
        0.95,
        ("lantern", "seven people were killed", "7"),
        ("reprint", "seven people were killed", "7"),
        ("gazette", "Nine people lost their lives", "9"),
    )
    yield from difference(
        "toll",
        "number",
        "granularity",
        0.9,
        ("mirror", "Dozens were feared dead", "dozens"),
        ("gazette", "Nine people lost their lives", "9"),
    )
    yield from difference("guess", "cause", "scope", 0.01, ("lantern", "sank", "a"), ("gazette", "went down", "b"))
    yield quotation("1", "lantern", "We will find out who let her sail", "harbour master Ilse Tovander", "u-1")
    yield quotation("2", "mirror", "We shall learn who allowed her out", "Tovander", "u-1")
    yield quotation("3", "gazette", "a tragic accident", "The owners", speaker=None)
    yield Utterance("u-1", "e-1", "n-tovander", "We shall learn who allowed her out", ("q-1", "q-2"))
    yield Wording("n-halda", "a-gazette", *at("gazette", "floating coffin"), "floating coffin", 0.8)
    yield Wording("n-halda", "a-lantern", *at("lantern", "A ferry of the Norra line"), "A ferry of the Norra line", 0.1)
    yield Omission(
        "e-1", "c-sank", "Norra Mirror", 1, "Norra Mirror has 1 article on the event; 2 other origins tell this."
    )
    yield Rejected("broken.html", "read", "empty", "The file has no characters.")


@pytest.fixture
def shelf():
    return Shelf(*records())


HOSTILE = (
    "</script><script>window.owned=1</script><img src=x onerror=window.owned=1><svg onload=window.owned=1>"
    "<style>*{display:none}</style>\u202egnp.txt\u2066 \x1b[31mred\x1b]0;owned\x07 "
    "{{ 7*7 }} [bold]x[/bold] javascript:alert(1)"
)


@pytest.fixture
def hostile():
    """A dossier of one storyline in which every free text is an attack."""
    text = f"{HOSTILE}\n\nOne said 7 and \u202e{HOSTILE}.\n<!-- 9 --> ]]> \u2028 & &amp; 'x' \"y\"\n"
    where = (text.index("One said 7"), text.index(".\n<!--"))
    same = dict.fromkeys(["published_earliest", "published_latest", "published_best"])
    same |= dict.fromkeys(["title", "byline", "language", "published_basis", "published_evidence"], HOSTILE)
    ids = ("a-1", "a-2")
    made = [
        Article(
            article_id=i,
            outlet=f"{i}{HOSTILE}",
            url="javascript:window.owned=1",
            text=text,
            source_uri=HOSTILE,
            source_sha256="0",
            event_id="e-1",
            **same,
        )
        for i in ids
    ]
    return Shelf(
        *made,
        *(Block(i, 0, len(text), "furniture", 1.0) for i in ids),
        Storyline("s-1", HOSTILE, None, None),
        Event("e-1", HOSTILE, None, None, "n-1", "s-1", 2, 2),
        Entity("n-1", "place", HOSTILE, (), HOSTILE),
        Claim("c-1", "e-1", HOSTILE, "corroborated", 2, 2, 1.0),
        *(ClaimPassage("c-1", i, *where, text[slice(*where)]) for i in ids),
        Difference("d-1", "e-1", HOSTILE, HOSTILE, HOSTILE, HOSTILE, 1.0),
        *(DifferenceSide("d-1", i, *where, text[slice(*where)], HOSTILE + i) for i in ids),
        Quotation("q-1", "a-1", (Extent(*where),), HOSTILE, 0, 9, 0, 40, None, "direct", 1.0),
        *(Wording("n-1", i, 0, 30 + n, text[: 30 + n], 0.9) for n, i in enumerate(ids)),
        Omission("e-1", "c-1", HOSTILE, 1, HOSTILE),
        Rejected(HOSTILE, HOSTILE, HOSTILE, HOSTILE),
    )


@pytest.fixture
def many(shelf):
    """The small dossier with enough differences to be worth sifting."""
    halda = ("lantern", "The Halda", "the Halda"), ("gazette", "the ferry Halda", "ferry")
    port = ("lantern", "off Quellin", "off Quellin"), ("mirror", "Brisk", "Brisk")
    talk = ("gazette", "floating coffin", "coffin"), ("mirror", "disaster", "disaster")
    more = [
        *difference("ship", "identity", "naming", 0.9, *halda),
        *difference("port", "place", "scope", 0.8, *port),
        *difference("talk", "wording", "framing", 0.7, *talk),
    ]
    return shelf.with_records(*more)


@pytest.fixture
def crowd(shelf):
    """Two hundred articles of 6,000 characters on twenty events, each with claims told by all ten."""
    made = []
    for number in range(200):
        event = f"e-c{number // 10}"
        article_id, title = f"a-c{number}", f"Report {number}"
        text = f"{title}\n\n" + "".join(f"Line {n} says that the harbour was shut again.\n" for n in range(130))
        told = dict.fromkeys([f.name for f in fields(Article)])
        told |= {"article_id": article_id, "outlet": f"Paper {number % 10}", "title": title, "event_id": event}
        told |= {"published_basis": "unknown", "text": text, "source_uri": f"c{number}.txt", "source_sha256": "0"}
        made.append(Article(**told))
        made.append(Block(article_id, 0, len(text), "body", 1.0))
        if number % 10 == 0:
            made.append(Event(event, f"Event {event}", f"2031-{1 + number // 20:02d}-01", None, None, None, 10, 10))
            made += [Claim(f"c-{event}-{line}", event, "", "corroborated", 10, 10, 0.5) for line in range(15)]
        for line in range(15):
            start = text.index(f"Line {line} ")
            made.append(ClaimPassage(f"c-{event}-{line}", f"a-c{number}", start, start + 40, text[start : start + 40]))
    return shelf.with_records(*made)
