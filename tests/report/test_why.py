"""Why: every place in an event has its reason, and the log of events is told."""

from __future__ import annotations

import re

from rashomon.model.chronicle import EventChange
from rashomon.model.records import Article
from rashomon.report.why import why


def _section(told, heading: str) -> tuple[str, ...]:
    return dict(told.sections)[heading]


def test_every_article_is_told_why_it_is_in_its_event(dossier):
    articles = {a.article_id: a for a in dossier.records(Article)}
    for article in articles.values():
        event, reason, *_ = _section(why(dossier, article.article_id), "In its event")
        assert event == article.event_id and reason == article.event_reason
        named = [a for a in re.findall(r"a-[0-9a-f]{16}", reason) if a != article.article_id]
        assert named or reason.startswith(("alone", "other articles"))
        if not reason.startswith("alone"):
            assert all(articles[a].event_id == event for a in named), reason


def test_an_event_tells_its_articles_each_with_its_reason(dossier):
    for event in dossier.events():
        lines = _section(why(dossier, event.event_id), "Its articles")
        assert len(lines) == event.articles
        assert not _section(why(dossier, event.event_id), "What changed as articles were added")


def test_merges_are_told_of_both_events_and_of_the_article(dossier):
    article = dossier.records(Article)[0]
    change = EventChange(
        "x-1", 1, "merged", "e-former", article.event_id or "", (article.article_id,), None, "a reason for people"
    )

    class Logged:
        path = dossier.path

        def records(self, cls):
            return [change] if cls is EventChange else dossier.records(cls)

    for name, heading in (
        ("e-former", "What became of it"),
        (article.event_id, "What changed as articles were added"),
        (article.article_id, "Where it stood before"),
    ):
        (line,) = _section(why(Logged(), name), heading)
        assert "merged" in line and "e-former" in line and "a reason for people" in line
