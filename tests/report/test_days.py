"""The timeline in the brief: in order of days, copies set aside, the sentence that was chosen first."""

from __future__ import annotations

import io

from rich.console import Console

from rashomon.model.chronicle import Moment
from rashomon.model.records import Article
from rashomon.report.brief import brief
from rashomon.report.terminal import render


def moments(shelf):
    """Two days told by the first lines of three articles."""
    for article in shelf.records(Article):
        if article.article_id in ("a-lantern", "a-gazette"):
            end = article.text.index("\n")
            chosen = article.article_id == "a-lantern"
            yield Moment("s-1", "2031-03-03", 1, article.article_id, 0, end, article.text[:end], chosen, 3, 2)
        if article.article_id == "a-second":
            end = article.text.index("\n")
            yield Moment("s-1", "2032-03-05", 1, article.article_id, 0, end, article.text[:end], True, 1, 1)


def test_days_stand_in_order_with_their_sentences(shelf):
    line = brief(shelf.with_records(*moments(shelf))).storylines[0]
    assert [d.date for d in line.timeline] == ["2031-03-03", "2032-03-05"]
    assert [c.article_id for c in line.timeline[0].passages[0].citations] == ["a-lantern", "a-gazette"]
    assert (line.timeline[0].articles, line.timeline[0].origins) == (3, 2)


def test_the_terminal_tells_days_only_where_there_are_several(shelf):
    def shown(*more):
        out = io.StringIO()
        render(brief(shelf.with_records(*more)), Console(file=out, width=100))
        return out.getvalue()

    assert "DAY BY DAY" not in shown()
    assert "DAY BY DAY" not in shown(*list(moments(shelf))[:1])
    page = shown(*moments(shelf))
    assert page.index("DAY BY DAY") < page.index("3 March 2031") < page.index("5 March 2032")
