"""A grouping that grows: near to what grouping everything gives, ids kept, every change of an old article logged."""

from __future__ import annotations

import dataclasses
import itertools
import random
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest

from benchmarks._composed import composed
from benchmarks.events import bcubed
from rashomon.group import growing
from rashomon.group.candidates import neighbours
from rashomon.group.columns import Columns
from rashomon.group.evidence import Corpus
from rashomon.group.features import ArticleFeatures
from rashomon.group.grouping import group
from rashomon.group.growing import carries, grow
from rashomon.group.neighbours import with_neighbours
from rashomon.group.stage import Grow
from rashomon.model.arrow import from_arrow, schema, to_table
from rashomon.model.flow import Grouping
from rashomon.run.grown import growing as row
from rashomon.store.files import write_parquet
from tests.group.making import article
from tests.group.test_grouping import VISIT, corpus

ARTICLES = [one.features for one in composed(400)]


def table(articles: Sequence[ArticleFeatures]) -> pa.Table:
    return to_table(ArticleFeatures, articles)


def whole(articles: Sequence[ArticleFeatures]) -> Grouping:
    return with_neighbours(group(articles), articles)


def steps(seed: int, first: int, each: int) -> list[Grouping]:
    """Groupings of shuffled articles: `first` in one batch, the rest `each` at a time."""
    articles = random.Random(seed).sample(ARTICLES, len(ARTICLES))
    found = [whole(articles[:first])]
    for end in range(first + each, len(articles) + each, each):
        found.append(grow(table(articles[:end]), found[-1]))
    return found


def places(grouping: Grouping) -> dict[str, str]:
    return {m.article_id: m.event_id for m in grouping.memberships}


def alike(one: dict[str, str], other: dict[str, str]) -> float:
    """BCubed F1 of two labellings of the same articles."""
    keys = sorted(one)
    p, r = bcubed([one[k] for k in keys], [other[k] for k in keys], range(len(keys)))
    return 2 * p * r / (p + r)


@pytest.mark.parametrize(("seed", "first", "each"), [(0, 200, 50), (1, 300, 20), (2, 40, 180)])
def test_a_grown_grouping_is_nearly_that_of_one_batch(seed: int, first: int, each: int) -> None:
    found, wanted = steps(seed, first, each)[-1], whole(ARTICLES)
    assert alike(places(wanted), places(found)) >= 0.98
    lines = [
        {a: {e.event_id: e.storyline_id for e in g.events}[places(g)[a]] for a in places(g)} for g in (wanted, found)
    ]
    assert alike(*lines) >= 0.97
    assert {(c.article_id, c.copy_of) for c in found.copies} == {(c.article_id, c.copy_of) for c in wanted.copies}


@pytest.mark.parametrize("seed", range(2))
def test_every_article_is_in_one_event_and_every_event_in_one_storyline(seed: int) -> None:
    for grouping in steps(seed, 250, 50):
        ids = [e.event_id for e in grouping.events]
        assert len(set(ids)) == len(ids) and set(ids) == set(places(grouping).values())
        assert sum(e.articles for e in grouping.events) == len(places(grouping)) == len(grouping.memberships)
        assert sum(e.origins for e in grouping.events) == len(grouping.memberships) - len(grouping.copies)
        assert {e.storyline_id for e in grouping.events} == {s.storyline_id for s in grouping.storylines}
        assert all(m.reason for m in grouping.memberships)


@pytest.mark.parametrize("seed", range(3))
def test_the_log_tells_of_every_article_that_left_its_event_and_of_no_other(seed: int) -> None:
    grown = steps(seed, 150, 25)
    logged = 0
    for before, after in itertools.pairwise(grown):
        assert after.changes[: len(before.changes)] == before.changes
        fresh = after.changes[len(before.changes) :]
        told = {a: (c.former_id, c.event_id) for c in fresh for a in c.articles}
        was, now = places(before), places(after)
        assert told == {a: (was[a], now[a]) for a in was if was[a] != now[a]}
        left = {e.event_id for e in before.events} - {e.event_id for e in after.events}
        assert left == {c.former_id for c in fresh if c.kind == "merged"} | {
            c.former_id for c in fresh if c.former_id in left
        }
        for change in fresh:
            assert change.reason and (change.article_id is None or change.article_id not in was)
        logged += len(fresh)
    assert logged, "no event was ever merged or split: the articles test nothing"


def test_what_nothing_new_comes_near_is_carried_over_as_it_is() -> None:
    before = whole(corpus())
    new = article("a-new", "Beekeepers in Vossel counted swarms along the canal. None had ever been so early.")
    after = grow(table([*corpus(), new]), before)
    assert set(before.events) < set(after.events) and set(before.memberships) < set(after.memberships)
    assert not after.changes


def test_a_new_article_joins_its_event_and_the_id_stays_though_it_was_published_first() -> None:
    articles = [a for a in corpus() if a.article_id != "a-v1"]
    late = dataclasses.replace(
        next(a for a in corpus() if a.article_id == "a-v1"),
        published_earliest="2031-05-04",
        published_latest="2031-05-04",
    )
    before = whole(articles)
    for after in (grow(table([*articles, late]), before), group([*articles, late], before)):
        assert places(after)["a-v1"] == places(before)["a-v2"] == places(after)["a-v2"]
        # Without the third telling of the first visit both visits were taken for one.
        assert [(c.kind, c.articles, c.article_id) for c in after.changes] == [("split", ("a-r1", "a-r2"), "a-v1")]


def test_copies_are_found_among_old_and_new_and_an_earlier_text_becomes_the_origin() -> None:
    text = " ".join([VISIT["v1"], VISIT["v3"]])
    others = [a for a in corpus() if a.article_id not in ("a-v1", "a-v3")]
    old = [article("a-1", text, published="2031-05-06"), *others]
    new = [article("a-0", text, published="2031-05-05"), article("a-2", text, published="2031-05-07")]
    before = whole(old)
    after = grow(table([*old, *new]), before)
    assert {c.article_id: c.copy_of for c in after.copies} == {"a-1": "a-0", "a-2": "a-0"}
    assert set(after.copies) == set(group([*old, *new]).copies)
    assert len({places(after)[a] for a in ("a-0", "a-1", "a-2")}) == 1


def test_versions_are_found_among_old_and_new() -> None:
    old = [dataclasses.replace(a, address=f"paper.example/{a.article_id}") for a in corpus()]
    later = dataclasses.replace(old[0], article_id="a-x", retrieved="2031-05-06T10:00:00Z")
    after = grow(table([*old, later]), whole(old))
    assert after.versions == group([*old, later]).versions and len(after.versions) == 1
    assert set(after.copies) == set(group([*old, later]).copies)


def test_the_same_additions_give_the_same_grouping_whatever_the_order_of_rows() -> None:
    before = whole(ARTICLES[:300])
    shuffled = random.Random(7).sample(ARTICLES, len(ARTICLES))
    assert grow(table(ARTICLES), before) == grow(table(shuffled), before)


def test_columns_weigh_as_records_do() -> None:
    articles = sorted([*ARTICLES, *corpus(), article("a-none", "")], key=lambda a: a.article_id)
    columns, wanted = Columns(table(articles)), Corpus.of(articles)
    for name in ("terms", "lead", "entities", "lead_entities", "places", "marks"):
        own, other = getattr(columns.corpus, name), getattr(wanted, name)
        assert own.vocabulary.keys == other.vocabulary.keys
        assert all(
            np.array_equal(getattr(own, part), getattr(other, part)) for part in ("starts", "columns", "weights")
        )
        assert np.array_equal(own.vocabulary.rarity, other.vocabulary.rarity)
    every = np.arange(len(articles))
    assert np.array_equal(columns.corpus.lead_vectors[every], wanted.lead_vectors[every])
    first, second = np.triu_indices(60, 1)
    for gap in ("between_published", "between_written", "between_told"):
        found = getattr(columns.corpus.calendar, gap)(first, second)
        assert np.array_equal(found, getattr(wanted.calendar, gap)(first, second))
    assert columns.of([3, 1]) == [articles[1], articles[3]] and columns.articles[5] == articles[5]
    assert list(columns.corpus.published) == list(wanted.published)


def test_neighbours_of_some_rows_are_those_among_all() -> None:
    rows = Corpus.of(ARTICLES).terms
    every = list(neighbours(rows))
    some = np.array([0, 17, 399])
    for number, found in zip(some, neighbours(rows, some), strict=True):
        assert np.array_equal(found, every[number])


def test_few_articles_or_many_new_ones_are_all_grouped_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = whole(ARTICLES[:300])
    ids = [a.article_id for a in ARTICLES]
    assert not carries(before, ids[:310])
    monkeypatch.setattr(growing, "FEW", 100)
    assert carries(before, ids[:310])
    assert not carries(before, ids)  # a third more
    assert not carries(before, ids[5:310]), "an article is gone"


@pytest.mark.parametrize("kept", [True, False])
def test_the_stage_gives_a_whole_grouping_where_it_is_small_or_of_another_version(tmp_path, kept: bool) -> None:
    before = whole(corpus()[:4])
    write_parquet(tmp_path / "former.parquet", to_table(Grouping, [before]))
    given = row(tmp_path / "former.parquet", kept, table(corpus()))
    assert given is not None and given.schema.equals(Grow.needs)
    (after,) = from_arrow(Grouping, Grow()(given))
    assert places(after) == places(group(corpus(), before)) and after.whole == len(corpus())


def test_a_former_grouping_that_cannot_be_read_is_none(tmp_path) -> None:
    write_parquet(tmp_path / "former.parquet", schema(ArticleFeatures).empty_table())
    assert row(tmp_path / "former.parquet", True, table(corpus())) is None
