"""Articles that changed at their address: shown with both versions, each side at its own characters."""

from __future__ import annotations

import pytest

from rashomon.model.records import Change, Revision
from rashomon.report.brief import brief
from rashomon.report.page import page
from tests.report.conftest import at
from tests.report.test_terminal import printed


@pytest.fixture
def changed(shelf):
    """The Lantern's account as the later version of the reprint's: another count, and a sentence more."""
    seven, nine = at("lantern", "seven people"), at("gazette", "Nine people")
    added = at("gazette", "The owners call it a tragic accident")
    changes = (
        Change(*nine, "Nine people", *seven, "seven people"),
        Change(*added, "The owners call it a tragic accident", 0, 0, ""),
    )
    ids = ("a-gazette", "a-lantern", "https://lantern.example/halda")
    silent = Revision("v-2", "a-mirror", "a-reprint", None, None, False, ())
    return shelf.with_records(Revision("v-1", *ids, "2031-03-05T09:00:00Z", True, changes), silent)


def test_the_brief_has_both_sides_and_leaves_out_what_changed_nothing(changed):
    first, second = brief(changed).events
    (revision,) = first.revised
    assert (revision.later.label, revision.earlier.label) == ("Brisk Gazette", "Brisk Gazette, earlier version")
    count, added = revision.changes
    assert count.after.citation.text == (
        "Nine people lost their lives when the ferry Halda went down before Quellin on Monday."
    )
    assert (marked(count.before), marked(count.after)) == ("seven people", "Nine people")
    assert added.before is None
    assert not second.revised


def marked(side):
    return side.citation.text[side.first : side.last]


def test_the_terminal_shows_what_went_and_what_came(changed):
    text = printed(changed, width=100)
    assert "CHANGED AFTER PUBLICATION" in text
    assert "Brisk Gazette  5 March 2031, 09:00 UTC" in text
    assert "− A ferry of the Norra line sank off Quellin on Monday evening and seven people were killed" in text
    assert "+ Nine people lost their lives" in text


def test_the_page_marks_what_went_and_what_came(changed):
    html = page(changed)
    assert "<b>seven people</b> were killed" in html
    assert "<b>The owners call it a tragic accident</b>; Tovander" in html


def test_an_earlier_version_is_named_after_the_later_one(changed):
    named = {t.article_id: t.label for t in brief(changed).tellings}
    assert named["a-lantern"] == "Brisk Gazette, earlier version"
    assert named["a-gazette"] == "Brisk Gazette"
