"""Figures: what is drawn is what was told, nothing covers anything."""

import datetime as dt

from rashomon.desk.figures.atlas import Spot, atlas
from rashomon.desk.figures.calendar import Axis
from rashomon.desk.figures.counts import counts
from rashomon.desk.figures.network import network
from rashomon.model.records import Amount, Entity, Mention, Sentence

DAYS = {f"a-{n}": dt.date(2024, 3, 1) + dt.timedelta(days=n % 5) for n in range(40)}


def amount(article, value, start=0):
    return Amount(article, start, start + 2, str(value), value, value, "people", "people killed", 3, 9, False)


def test_a_count_is_told_by_day_and_source_on_round_lines():
    told = [amount(f"a-{n}", 10.0 + 7 * n) for n in range(5)]
    (figure,) = counts(told, DAYS, {f"a-{n}": "Wire" if n % 2 else "Herald" for n in range(5)})
    assert [p.text for p in figure.points] == ["10.0", "17.0", "24.0", "31.0", "38.0"]
    assert [label for _, label in figure.levels] == ["0", "10", "20", "30", "40"]
    assert [p.y for p in figure.points] == sorted((p.y for p in figure.points), reverse=True)
    assert dict(figure.sources) == {"Herald": 0, "Wire": 1}
    assert {n for n, _ in figure.paths} == {0, 1}


def test_points_on_one_place_stand_beside_each_other():
    told = [*(amount("a-0", 5.0, start) for start in (0, 10, 20)), amount("a-1", 9.0)]
    (figure,) = counts(told, DAYS, {"a-0": "Wire", "a-1": "Herald"})
    assert len({(p.x, p.y) for p in figure.points}) == 4


def test_sources_beyond_the_shapes_share_one_that_says_so():
    told = [amount(f"a-{n}", 5.0 + n) for n in range(12)]
    (figure,) = counts(told, DAYS, {f"a-{n}": f"Outlet {n:02}" for n in range(12)})
    shapes = [shape for _, shape in figure.sources]
    assert len(shapes) == len(set(shapes))
    assert figure.sources[-1][0] == "6 other sources"


def test_large_numbers_are_short():
    told = [amount("a-0", 4e8), amount("a-1", 1e8), amount("a-2", 2e8)]
    (figure,) = counts(told, DAYS, dict.fromkeys(DAYS, "Wire"))
    assert figure.levels[-1][1] == "400m"


def test_a_thing_told_once_or_alike_is_no_figure():
    assert counts([amount("a-0", 5.0)], DAYS, {"a-0": "Wire"}) == ()
    alike = [amount(f"a-{n}", 5.0) for n in range(4)]
    assert counts(alike, DAYS, dict.fromkeys(DAYS, "Wire")) == ()


def test_names_on_a_map_cover_neither_dots_nor_names():
    spots = [Spot(f"n-{n}", f"Place number {n}", 50 + n / 50, 20 + n / 40, 1 + n, True) for n in range(12)]
    drawn = atlas(spots)
    boxes = []
    for dot in drawn.dots:
        if dot.name:
            x, y, anchor = dot.name
            long = 7.0 * len(dot.spot.name)
            left = x - {"start": 0, "middle": long / 2, "end": long}[anchor]
            boxes.append((left, y - 11, left + long, y + 3))
    assert boxes
    for n, one in enumerate(boxes):
        assert one[0] >= 0 and one[2] <= 640.2
        for other in boxes[:n]:
            assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]


def test_a_name_of_a_day_is_not_cut_at_the_edge():
    axis = Axis(dt.date(2024, 1, 1), dt.date(2024, 5, 1), 640.0, 12.0)
    assert axis.ticks[0].anchor == "start" and axis.ticks[-1].anchor == "end"
    assert {tick.anchor for tick in axis.ticks[1:-1]} == {"middle"}


def test_who_is_joined_to_nobody_is_left_out_where_enough_are():
    names = ("A", "B", "C", "D")
    entities = {n: Entity(n, "person", n, (), "") for n in names}
    sentences = [Sentence("a", 10 * k, 10 * k + 9, "body", ()) for k in range(7)]
    together = ("AB", "AB", "BC", "BC", "AC", "D", "D")
    mentions = [
        Mention(f"m-{k}{n}", "a", 10 * k + j, 10 * k + j + 1, n, "person", "name", 0, "", n)
        for k, named in enumerate(together)
        for j, n in enumerate(named)
    ]
    drawn = network(sentences, mentions, entities)
    assert {node.entity_id for node in drawn.nodes} == {"A", "B", "C"}
    assert {(e.one.entity_id, e.other.entity_id, e.sentences) for e in drawn.edges} == {("A", "B", 2), ("B", "C", 2)}
