"""The brief in a terminal: a page a person can take in, each line with its article and offsets.

On a terminal it is coloured; elsewhere Rich writes the same lines without escape codes. Text of articles is shown
through `words.one_line`, so nothing in it can act on the terminal, and as `Text`, so nothing is taken for markup.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rashomon.compare.rank import LOADED
from rashomon.report import words
from rashomon.report.context import (
    Brief,
    Changed,
    Citation,
    ClaimBrief,
    DayBrief,
    DifferenceBrief,
    EventBrief,
    Evidence,
    Folded,
    Named,
    OmissionBrief,
    Rendering,
    RevisionBrief,
    Side,
    Speaker,
    StorylineBrief,
    Telling,
    UtteranceBrief,
    by_article,
)
from rashomon.report.gist import Gisted
from rashomon.report.speech import apart, manner

T = TypeVar("T")

LIMIT = 4  # entries a section: what of an event one takes in without scrolling back
_INDENT = 3
_WIDTH = 100  # beyond it lines are hard to read
_PLACES = 4  # places named beside a line; the page and `--json` name all
_PASSAGE = 200  # characters of a passage shown; the rest is behind its offsets
_RELATION = {"contradiction": "bold red", "update": "bold blue", "framing": "magenta"}


def render(brief: Brief, console: Console, limit: int = LIMIT) -> None:
    """Print a brief, at most `limit` entries a section, and say how many more there are."""
    page = _Page(console, limit)
    page.head(brief)
    for storyline in brief.storylines:
        page.storyline(storyline, titled=storyline.title != brief.title)
    page.rest(brief)


def render_gists(gists: Sequence[Gisted], console: Console, limit: int = LIMIT) -> None:
    """Print gists, each as a model's words and above the passages that it is of."""
    page = _Page(console, limit)
    for event, told in itertools.groupby(gists, key=lambda one: one.event):
        page.gists(event, list(told))


class _Page:
    """Where the lines go, and how many of each kind."""

    def __init__(self, console: Console, limit: int) -> None:
        self._console = console
        self._limit = limit
        self._width = min(console.width, _WIDTH)

    def _print(self, *renderables: RenderableType, indent: int = 0) -> None:
        """Print below each other; off a terminal without the blanks with which Rich fills its lines."""
        for renderable in renderables:
            if renderable == "":
                self._console.print()
                continue
            padded = Padding(renderable, (0, 0, 0, indent), expand=False)
            if self._console.is_terminal:
                self._console.print(padded, width=self._width, highlight=False)
                continue
            with self._console.capture() as lines:
                self._console.print(padded, width=self._width, highlight=False)
            self._console.file.write(re.sub(r" +$", "", lines.get(), flags=re.MULTILINE))

    def head(self, brief: Brief) -> None:
        """What the brief is of, and of how much."""
        counts = brief.counts
        line = [
            words.plural(counts.articles, "article"),
            *([words.plural(counts.outlets, "outlet")] if counts.outlets else []),
            words.plural(counts.origins, "origin"),
            words.plural(counts.events, "event"),
            words.plural(counts.differences, "difference"),
        ]
        self._print(
            Text(words.one_line(brief.title), "bold"), Text(" · ".join([words.one_line(brief.dossier), *line]), "dim")
        )

    def storyline(self, storyline: StorylineBrief, titled: bool) -> None:
        """A storyline and its events; without its heading where the page or its only event has that name."""
        name = storyline.title or ("Events in no storyline" if storyline.events else "")
        if titled and (len(storyline.events) > 1 or storyline.title != storyline.events[0].title):
            self._print("", Text("═" * self._width, "dim"))
            self._print(
                Text.assemble((words.one_line(name), "bold"), (f"   {storyline.day}" if storyline.title else "", "dim"))
            )
        self._timeline(storyline)
        for event in storyline.events[: self._most(storyline)]:
            self._event(event)
        self._more(len(storyline.events) - self._most(storyline), "event")

    def _timeline(self, storyline: StorylineBrief) -> None:
        """The days told by most origins, in order of days; a timeline of one day says no more than its event."""
        most = 2 * self._limit
        best = sorted(storyline.timeline, key=lambda d: (-d.origins, -d.articles, d.date))[:most]
        if len(best) > 1:
            self._section("Day by day", sorted(best, key=lambda d: d.date), _day, "day", most)
            self._more(len(storyline.timeline) - len(best), "day")

    def _most(self, storyline: StorylineBrief) -> int:
        return len(storyline.events) if storyline.storyline_id else 2 * self._limit

    def _event(self, event: EventBrief) -> None:
        where = [event.day, words.one_line(event.place or "place not told")]
        where.append(f"{words.plural(event.articles, 'article')} from {words.plural(event.origins, 'origin')}")
        self._print("", Text("─" * self._width, "dim"))
        self._print(Text.assemble((f"{event.number}  ", "bold cyan"), (words.one_line(event.title), "bold")))
        self._print(Text(" · ".join(where), "dim"), indent=_INDENT)
        self._section("Told by", event.tellings, _telling, "telling", 2 * self._limit)
        self._section("Told alike", event.alike, _claim, "claim")
        self._section("Where they differ", event.differences, self._difference, "difference")
        if event.held_back:
            self._print(
                Text(f"{words.plural(event.held_back, 'doubtful difference')} held back", "dim italic"), indent=_INDENT
            )
        self._section("Who said what", event.speakers, self._speaker, "speaker")
        self._section("Only one tells" if event.origins > 1 else "What it tells", event.single, _claim, "claim")
        self._section("Not told by all", event.omissions, _omission, "claim", self._limit // 2)
        self._section("How each names whom", event.wording, self._named, "name")
        self._section("Changed after publication", event.revised, self._revised, "article")

    def _section(
        self, title: str, entries: Sequence[T], show: Callable[[T], RenderableType], noun: str, most: int | None = None
    ) -> None:
        """A heading, the first `most` entries (the page's limit where not given), and how many are left."""
        if not entries:
            return
        most = self._limit if most is None else most
        self._print("", Text(title.upper(), "bold cyan"), indent=_INDENT)
        for entry in entries[:most]:
            self._print(show(entry), indent=_INDENT)
        self._more(len(entries) - most, noun)

    def _more(self, number: int, noun: str) -> None:
        if number > 0:
            self._print(
                Text(f"and {number} more {words.plural(number, noun).split(' ', 1)[1]}", "dim italic"), indent=_INDENT
            )

    def _difference(self, point: DifferenceBrief) -> RenderableType:
        """A difference: its heading, the sides side by side where there is room, the reason."""
        head = Text.assemble(
            (words.one_line(point.relation), _RELATION.get(point.relation, "bold")),
            (f" · {words.one_line(point.kind)} · ", "dim"),
            words.one_line(point.about),
            (f"  {point.confidence:.2f}", "dim"),
        )
        shown = point.sides[: max(2, self._limit)]
        rest = (
            Text(f"  and {len(point.sides) - len(shown)} more sides", "dim italic")
            if len(shown) < len(point.sides)
            else None
        )
        across = len(shown) == 2 and self._width >= 76
        table = Table.grid(padding=(0, 3))
        table.width = self._width - _INDENT - 2
        for _ in shown if across else [0]:
            table.add_column(ratio=1)
        if across:
            table.add_row(*(_side(side) for side in shown))
        else:
            for side in shown:
                table.add_row(_side(side))
        reason = _hanging("→", Text(words.one_line(point.reason)))
        parts: list[RenderableType] = [
            head,
            Padding(table, (0, 0, 0, 2), expand=False),
            *([rest] if rest else []),
            Padding(reason, (0, 0, 1, 2), expand=False),
        ]
        return Group(*parts)

    def _speaker(self, speaker: Speaker) -> RenderableType:
        name = words.one_line(speaker.name) if speaker.name else "speaker not told"
        parts: list[RenderableType] = [Text(name, "bold" if speaker.name else "italic")]
        most = max(1, self._limit - 1)
        for said in speaker.utterances[:most]:
            for number, rendering in enumerate(said.renderings):
                parts.append(_hanging("•" if number == 0 else "=", _rendering(rendering, said)))
        if len(speaker.utterances) > most:
            parts.append(Text(f"  and {len(speaker.utterances) - most} more", "dim italic"))
        return Group(*parts)

    def _named(self, named: Named) -> RenderableType:
        parts: list[RenderableType] = [Text(words.one_line(named.name), "bold")]
        for naming in named.namings[: self._limit]:
            loaded = Text(f"  loaded {naming.loaded:.2f}" if naming.loaded >= LOADED else "", "magenta")
            parts.append(
                _hanging("•", Text.assemble(words.one_line(naming.text), "  ", _places(naming.evidence), loaded))
            )
        if len(named.namings) > self._limit:
            parts.append(Text(f"  and {len(named.namings) - self._limit} more", "dim italic"))
        return Group(*parts)

    def _revised(self, revision: RevisionBrief) -> RenderableType:
        """An article, and what its later version says instead."""
        unordered = "" if revision.ordered else "which of the two is later is not told"
        when = f"  {words.moment(revision.at) if revision.at else unordered}"
        parts: list[RenderableType] = [Text.assemble((words.one_line(revision.later.label), "green"), (when, "dim"))]
        for change in revision.changes[: self._limit]:
            for mark, side, style in (("−", change.before, "strike"), ("+", change.after, "bold")):
                if side:
                    parts.append(_hanging(mark, Text.assemble(_changed(side, style), "  ", _place(side.citation))))
        if len(revision.changes) > self._limit:
            parts.append(Text(f"  and {len(revision.changes) - self._limit} more", "dim italic"))
        return Group(*parts)

    def gists(self, event: EventBrief, gists: Sequence[Gisted]) -> None:
        """What a model says of an event's claims."""
        self._print("", Text.assemble((f"{event.number}  ", "bold cyan"), (words.one_line(event.title), "bold")))
        for one in gists:
            by = (f"  (proposed by {words.one_line(one.gist.model)}; no article's words)", "dim")
            self._print("", Text.assemble((words.one_line(one.gist.text), "italic"), by), indent=_INDENT)
            for citation in one.claim.evidence.citations:
                line = Text.assemble("“", _passage(citation), "”  ", _place(citation))
                self._print(_hanging("•", line), indent=_INDENT)

    def rest(self, brief: Brief) -> None:
        """What could not be placed, dated or read."""
        if brief.alone or brief.undated or brief.rejected:
            self._print("", Text("─" * self._width, "dim"))
        self._section("In no event", brief.alone, _telling_alone, "article")
        self._section("Day unknown", brief.undated, _telling_alone, "article")
        self._section(
            "Could not be read", brief.rejected, lambda r: _plain(f"{r.source_uri}: {r.reason} ({r.detail})"), "source"
        )


def _hanging(mark: str, *lines: RenderableType) -> RenderableType:
    """Lines below each other, set in from the mark before the first."""
    grid = Table.grid(padding=(0, 1))
    grid.add_row(Text(mark, "dim"), Group(*lines))
    return grid


def _plain(text: str) -> Text:
    return Text(words.one_line(text))


def _rendering(rendering: Rendering, said: UtteranceBrief) -> Text:
    """A remark as one article gives it, the words underlined that no other rendering has; and where it stands."""
    spoken = [(piece, "underline" if own else "") for piece, own in apart(rendering, said, _PASSAGE)]
    copies = f" (+ {words.plural(len(rendering.repeated), 'copy')})" if rendering.repeated else ""
    day = f" · said {rendering.said}" if rendering.said else ""
    how = f" · {told}" if (told := manner(rendering, said)) else ""
    other = f" · given to {words.one_line(rendering.given_to)}" if rendering.given_to else ""
    place = _place(rendering.citation)
    return Text.assemble(*spoken, "  ", place, (f"{copies}{how}{day}", "dim"), (other, "bold red"))


def _passage(citation: Citation) -> str:
    return words.shorten(words.one_line(citation.text), _PASSAGE)


def _place(citation: Citation) -> Text:
    """`The Quellin Lantern 46–106`."""
    return Text.assemble((words.one_line(citation.label), "green"), (f" {citation.start}–{citation.end}", "dim"))


def _places(evidence: Evidence) -> Text:
    """One place an article, at most `_PLACES`, and how many more passages there are."""
    once = [passages[0] for passages in by_article(evidence.citations)][:_PLACES]
    line = Text(" · ").join(_place(citation) for citation in once)
    if more := len(evidence.citations) - len(once):
        line.append(f" · {more} more", "dim")
    if evidence.repeated:
        line.append(f" (+ {words.plural(len({c.article_id for c in evidence.repeated}), 'copy')})", "dim")
    return line


def _telling(folded: Folded) -> RenderableType:
    """An article under the name that the lines use, with its day and id; below it what copies it."""
    origin = folded.origin
    line = Text.assemble((words.one_line(origin.label), "green"), (f"  {origin.day} · {origin.article_id}", "dim"))
    for copy in folded.copies:
        line.append(f"\n  repeated by {words.one_line(copy.label)} · {copy.article_id}", "dim")
    return line


def _telling_alone(telling: Telling) -> RenderableType:
    return _telling(Folded(telling, ()))


def _day(day: DayBrief) -> RenderableType:
    """A day, the sentence that tells it best, and how many origins tell the day."""
    evidence = day.passages[0]
    told = f"  {words.plural(day.origins, 'origin')}" if day.origins > 1 else ""
    head = Text.assemble((day.day, "bold"), (told, "dim"))
    line = Text.assemble(_passage(evidence.citations[0]), "  ", _places(evidence))
    return Group(head, _hanging("•", line))


def _claim(asserted: ClaimBrief) -> RenderableType:
    """A claim and its places; marked where others tell it otherwise."""
    line = Text(_passage(asserted.citation))
    if asserted.status == "disputed":
        line.append("  others tell it otherwise", "red")
    return _hanging("•", line, _places(asserted.evidence))


def _changed(side: Changed, style: str) -> Text:
    """The sentence of a change, the changed words marked; a long stretch only as far as a line of the brief goes."""
    text = side.citation.text
    pieces = [words.one_line(piece) for piece in (text[: side.first], text[side.first : side.last], text[side.last :])]
    pieces = [words.shorten(piece, _PASSAGE) for piece in pieces]
    gap = [" " if text[at - 1 : at + 1].strip() != text[at - 1 : at + 1] else "" for at in (side.first, side.last)]
    return Text.assemble(pieces[0], gap[0] if pieces[0] else "", (pieces[1], style), gap[1], pieces[2])


def _side(side: Side) -> RenderableType:
    passages = {words.one_line(citation.text).casefold() for citation in side.evidence.citations}
    value = words.one_line(side.value)
    parts: list[RenderableType] = [] if value.casefold() in passages else [Text(value, "bold")]
    for citation in side.evidence.citations[:3]:
        parts.append(Text.assemble("“", _passage(citation), "”"))
        parts.append(_place(citation))
    hidden = len(side.evidence.citations[3:]) + len(side.evidence.repeated)
    if hidden:
        parts.append(Text(f"+ {hidden} more", "dim"))
    return Group(*parts)


def _omission(omission: OmissionBrief) -> RenderableType:
    """A claim, how many tell it, and who does not."""
    claim = omission.claim
    named = [
        f"{words.shorten_name(words.one_line(a.outlet), 30)} ({words.plural(a.articles_in_window, 'article')})"
        for a in omission.absences
    ]
    more = f" and {len(named) - _PLACES} more" if len(named) > _PLACES else ""
    line = Text.assemble(_passage(claim.citation), "  ", _place(claim.citation))
    told = Text(f"{words.plural(claim.origins, 'origin')} tell it; not {', '.join(named[:_PLACES])}{more}", "dim")
    return _hanging("•", line, told)
