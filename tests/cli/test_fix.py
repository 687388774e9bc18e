"""Correcting who is who from the command line: applied, kept over later runs, withdrawn, carried to another dossier."""

from __future__ import annotations

import json
import shutil

import pytest
from typer.testing import CliRunner

import rashomon
from rashomon.cli import app
from rashomon.errors import QueryError
from rashomon.model.records import Article, Claim, Difference, Entity, Judgement
from rashomon.store.verify import verify

BEFORE = "Mikhail Dorvenko", "Pavel Dorvenko"


@pytest.fixture
def own(dossier, tmp_path):
    """A copy of the samples' dossier that may be changed."""
    return shutil.copytree(dossier.path, tmp_path / "own.dossier")


def ran(*arguments):
    found = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.output


def named(folder, name):
    return {e.entity_id for e in rashomon.open(folder).records(Entity) if any(v.text == name for v in e.variants)}


def test_a_merge_holds_over_later_runs_and_can_be_undone(own, tmp_path):
    before = (own / "manifest.json").read_bytes()
    (first,), (second,) = (named(own, name) for name in BEFORE)
    assert first != second
    said = ran("fix", "merge", own, *BEFORE, "--by", "Mo", "--why", "a test")
    assert named(own, BEFORE[0]) == named(own, BEFORE[1]) == {first}
    verify(rashomon.open(own))
    more = tmp_path / "more.txt"
    more.write_text(
        "Pavel Dorvenko, the harbour master of Valdinsk, said on Monday that the port was open again.\n" * 3
    )
    rashomon.read([more], into=own)
    assert named(own, BEFORE[1]) == {first}
    more.unlink()
    (judgement,) = rashomon.open(own).records(Judgement)
    assert (judgement.by, judgement.verb, judgement.subject) == ("Mo", "merge", first)
    assert judgement.judgement_id in said
    assert "applied" in ran("fix", "list", own)
    ran("fix", "undo", own, judgement.judgement_id)
    assert named(own, BEFORE[1]) == {second}
    assert "withdrawn" in ran("fix", "list", own)
    assert rashomon.open(own).records(Judgement)[0].retired_at
    assert (own / "manifest.json").read_bytes() != before


def test_a_log_is_carried_to_another_dossier(own, dossier, tmp_path):
    log, other = tmp_path / "log.jsonl", shutil.copytree(dossier.path, tmp_path / "other.dossier")
    ran("fix", "rename", own, "Mikhail Dorvenko", "Mykhailo Dorvenka", "--by", "Mo")
    ran("fix", "confirm", own, "Mikhail Dorvenko", "--by", "Mo")
    ran("fix", "export", own, "-o", log)
    assert len(log.read_text().splitlines()) == 2
    assert "2 judgements added" in ran("fix", "import", other, log)
    assert "0 judgements added" in ran("fix", "import", other, log)
    for folder in (own, other):
        (entity,) = (e for e in rashomon.open(folder).records(Entity) if e.name == "Mykhailo Dorvenka")
        assert "Named by Mo" in entity.reason and "Confirmed by Mo" in entity.reason


def test_a_split_makes_two_of_one(own):
    ran("fix", "split", own, "Mikhail Dorvenko", "Mykhailo Dorvenka", "Dorvenka")
    assert not named(own, "Mikhail Dorvenko") & named(own, "Mykhailo Dorvenka")
    verify(rashomon.open(own))


def test_a_dismissed_difference_stays_away_over_later_runs_and_can_be_undone(own, tmp_path):
    before = rashomon.open(own).records(Difference)
    gone = next(d for d in before if d.relation == "contradiction")
    said = ran("fix", "dismiss", own, gone.difference_id, "--why", "a test")
    verify(rashomon.open(own))
    assert gone.difference_id in said and gone.reason[:20] in said
    left = {d.difference_id for d in rashomon.open(own).records(Difference)}
    assert left == {d.difference_id for d in before} - {gone.difference_id}
    more = tmp_path / "more.txt"
    more.write_text("The lighthouse of Valdinsk is open again, said a clerk of the port on Monday.\n" * 3)
    rashomon.read([more], into=own)
    assert gone.difference_id not in {d.difference_id for d in rashomon.open(own).records(Difference)}
    assert "applied" in ran("fix", "list", own)
    ran("fix", "undo", own, rashomon.open(own).records(Judgement)[0].judgement_id)
    assert gone in rashomon.open(own).records(Difference)


def test_the_list_says_which_judgements_change_nothing(own, tmp_path):
    claim, other = (c for c in rashomon.open(own).records(Claim)[:2])
    difference = rashomon.open(own).records(Difference)[0]
    for row in (claim.claim_id, difference.difference_id):
        ran("fix", "dismiss", own, row)
    log = tmp_path / "log.jsonl"
    ran("fix", "export", own, "-o", log)
    assert ran("fix", "list", own).count("applied") == 2
    elsewhere, text = tmp_path / "elsewhere.dossier", tmp_path / "more.txt"
    text.write_text("The lighthouse of Valdinsk is open again, said a clerk of the port on Monday.\n" * 3)
    rashomon.read([text], into=elsewhere)
    ran("fix", "import", elsewhere, log)
    assert ran("fix", "list", elsewhere).count("idle") == 2
    assert other.claim_id not in log.read_text()


def test_a_claim_is_dismissed_with_all_that_hangs_on_it(own):
    claim = next(c for c in rashomon.open(own).records(Claim) if c.origins > 2)
    ran("fix", "dismiss", own, claim.claim_id)
    after = rashomon.open(own)
    assert claim.claim_id not in {c.claim_id for c in after.records(Claim)}
    verify(after)


def test_an_article_is_moved_and_comes_back(own, dossier, tmp_path):
    events = sorted(dossier.events(), key=lambda e: -e.articles)
    told = {a.article_id: a.event_id for a in dossier.records(Article)}
    article = next(a for a in dossier.records(Article) if a.event_id == events[0].event_id and not a.copy_of)
    judgement = rashomon.judge(own, "move", article.article_id, events[1].event_id, by="Mo", why="a test")
    after = rashomon.open(own)
    verify(after)
    moved = after.article(article.article_id)
    members = [a for a, event in told.items() if event == events[1].event_id]
    assert {after.article(member).event_id for member in members} == {moved.event_id}
    assert moved.event_reason == f"moved here by Mo, {judgement.at[:10]} ({judgement.judgement_id}): a test"
    log, twin = tmp_path / "log.jsonl", shutil.copytree(dossier.path, tmp_path / "twin.dossier")
    ran("fix", "export", own, "-o", log)
    ran("fix", "import", twin, log)
    assert rashomon.open(twin).article(article.article_id).event_id == moved.event_id
    rashomon.undo(own, judgement.judgement_id)
    assert {a.article_id: a.event_id for a in rashomon.open(own).records(Article)} == told
    rashomon.judge(own, "move", article.article_id, "new")
    assert rashomon.open(own).manifest.rows["events"] == dossier.manifest.rows["events"] + 1
    verify(rashomon.open(own))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["merge", "Mikhail Dorvenko", "Dorvenko"], "names 2 entities|is one entity already"),
        (["merge", "Mikhail Dorvenko", "Nobody"], "Nothing in .* is called 'Nobody'"),
        (["rename", "Mikhail Dorvenko", "The President"], "is not written 'The President'"),
        (["undo", "j-0"], "No judgement 'j-0' stands"),
        (["move", "a-0", "new"], "There is no article 'a-0'"),
        (["dismiss", "e-0"], "There is no difference and no claim 'e-0'"),
    ],
)
def test_what_says_nothing_is_refused(own, arguments, said):
    verb, *rest = arguments
    with pytest.raises(QueryError, match=said):
        ran("fix", verb, own, *rest)
    assert not (own / "judgements.jsonl").exists() or not (own / "judgements.jsonl").read_text()


def test_known_entities_give_their_ids(own, tmp_path):
    file, extra = tmp_path / "known.json", tmp_path / "extra.txt"
    file.write_text(json.dumps({"id": "Q5", "schema": "Person", "properties": {"name": ["Pavel Dorvenko"]}}))
    extra.write_text("The harbour of Valdinsk is open again, said a clerk of the port on Monday.\n" * 3)
    ran("read", extra, "--into", own, "--entities", file)
    known = {e.name: e.known_as for e in rashomon.open(own).records(Entity) if e.known_as}
    assert known == {"Pavel Dorvenko": "Q5"}


def test_why_tells_reasons_places_and_who_is_kept_apart(own):
    told = ran("why", own, "Mykhailo Dorvenka")
    assert "romanisations of one another" in told
    assert "Pavel Dorvenko" in told and "do not agree" in told
    article = rashomon.open(own).sql("SELECT article_id FROM articles WHERE event_id IS NOT NULL LIMIT 1").to_pylist()
    assert "IN ITS EVENT" in ran("why", own, article[0]["article_id"])
    difference = rashomon.open(own).sql("SELECT difference_id, reason FROM differences LIMIT 1").to_pylist()[0]
    assert difference["reason"].split()[0] in ran("why", own, difference["difference_id"])
    event = rashomon.open(own).events()[0]
    assert "ITS ARTICLES" in ran("why", own, event.event_id)
