"""Names of several articles to entities: who is one, who stays apart."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.model.identity import identify
from rashomon.model.records import Mention
from rashomon.resolve.entities import resolve


def mentions(articles):
    """Articles as lists of chains, a chain as texts; `kind:` before a chain's first text, `~` before nominals."""
    found = []
    for number, chains in enumerate(articles):
        place = 0
        for chain, texts in enumerate(chains):
            kind, *names = texts
            for text in names:
                form = "nominal" if text.startswith("~") else "name"
                text = text.removeprefix("~")
                ident = identify("m", number, place)
                article = f"a-{number}"
                found.append(Mention(ident, article, place, place + len(text), text, kind, form, chain, ""))
                place += len(text) + 1
    return found


def groups(articles):
    """The texts of each entity as `number:text`."""
    told = mentions(articles)
    links = resolve(told).links
    by_entity = {}
    for m in told:
        if m.mention_id in links:
            by_entity.setdefault(links[m.mention_id], set()).add(f"{m.article_id[2:]}:{m.text}")
    return sorted(map(frozenset, by_entity.values()), key=sorted)


def together(articles, one, other):
    return any(one in group and other in group for group in groups(articles))


P, L, O, G = "person", "place", "organisation", "group"  # noqa: E741

ONE = [
    ([[[P, "Mikhail Dorvenko"]], [[P, "Mykhailo Dorvenka"]]], "0:Mikhail Dorvenko", "1:Mykhailo Dorvenka"),
    (
        [[[P, "Alexandra Gavrilenko"]], [[P, "Oleksandra Havrylenko"]]],
        "0:Alexandra Gavrilenko",
        "1:Oleksandra Havrylenko",
    ),
    ([[[P, "Yevgeny Tarsov"]], [[P, "Yevhen Tarsov"]]], "0:Yevgeny Tarsov", "1:Yevhen Tarsov"),
    ([[[P, "Viktor Ivanovich Maren"]], [[P, "Viktor Maren"]]], "0:Viktor Ivanovich Maren", "1:Viktor Maren"),
    ([[[P, "Anna Rosvik"]], [[P, "Hanna Rosvik"]]], "0:Anna Rosvik", "1:Hanna Rosvik"),
    ([[[P, "V. Maren"]], [[P, "Viktor Maren"]]], "0:V. Maren", "1:Viktor Maren"),
    ([[[P, "Maren"]], [[P, "Viktor Maren"]]], "0:Maren", "1:Viktor Maren"),
    ([[[P, "President Maren"]], [[P, "Viktor Maren’s"]]], "0:President Maren", "1:Viktor Maren’s"),
    ([[[P, "Viktor Maren", "~the president"]]], "0:Viktor Maren", "0:~the president".replace("~", "")),
    ([[[P, "Dorvenko"]], [[P, "Dorvenka"]]], "0:Dorvenko", "1:Dorvenka"),
    ([[[L, "Zhelgorod"]], [[L, "Zhelhorod"]]], "0:Zhelgorod", "1:Zhelhorod"),
    ([[[L, "Kiev"]], [[L, "Kyiv"]]], "0:Kiev", "1:Kyiv"),
    ([[[L, "Munich"]], [[L, "München"]]], "0:Munich", "1:München"),
    ([[[O, "the Defence Ministry"]], [[O, "Ministry of Defense"]]], "0:the Defence Ministry", "1:Ministry of Defense"),
    ([[[O, "Velmoran Rail Union"], [O, "VRU"]], [[O, "VRU"]]], "0:Velmoran Rail Union", "1:VRU"),
    ([[[G, "Karskans"]], [[G, "Karskan"]]], "0:Karskans", "1:Karskan"),
    ([[[L, "Velmora"], [O, "Velmoran"]], [[G, "Velmorans"]]], "0:Velmoran", "1:Velmorans"),
    ([[[O, "United Nations"]], [[O, "U.N."]]], "0:United Nations", "1:U.N."),
    ([[[L, "Velmora"], [O, "Velmora Chargers"], [O, "Chargers"]]], "0:Velmora Chargers", "0:Chargers"),
    (
        [[[G, "Velmoran"], [O, "Velmoran Rail Board"], [O, "the Rail Board"]]],
        "0:Velmoran Rail Board",
        "0:the Rail Board",
    ),
    (
        [[[L, "Velmora"], [O, "Velmoran Rail Board"]], [[O, "Rail Board of Velmora"]]],
        "0:Velmoran Rail Board",
        "1:Rail Board of Velmora",
    ),
    ([[[O, "French Rail Board"]], [[O, "Rail Board of France"]]], "0:French Rail Board", "1:Rail Board of France"),
    ([[[L, "Tarvinsk, Velmora"]], [[L, "Tarvinsk"]]], "0:Tarvinsk, Velmora", "1:Tarvinsk"),
    ([[[L, "Tarvinsk, Vel."]], [[L, "Tarvinsk, Velmora"]]], "0:Tarvinsk, Vel.", "1:Tarvinsk, Velmora"),
    ([[[L, "City of Tarvinsk"]], [[L, "Tarvinsk"]]], "0:City of Tarvinsk", "1:Tarvinsk"),
    ([[[O, "UN Rail Board"]], [[O, "United Nations Rail Board"]]], "0:UN Rail Board", "1:United Nations Rail Board"),
    (
        [
            [[P, "Henrik Solberg"], [L, "Arvensk"], [O, "Brod Lines"]],
            [[P, "Henrik Sohlberg"], [L, "Arvensk"], [O, "Brod Lines"]],
        ],
        "0:Henrik Solberg",
        "1:Henrik Sohlberg",
    ),
    (
        [[[P, "Velmoran Foreign Minister Anna Rosvik"]], [[P, "Anna Rosvik, MD"]]],
        "0:Velmoran Foreign Minister Anna Rosvik",
        "1:Anna Rosvik, MD",
    ),
    ([[[P, "Ana Maria Solar"]], [[P, "Ana Maria Solar Rivas"]]], "0:Ana Maria Solar", "1:Ana Maria Solar Rivas"),
    (
        [[[P, "Stenholm"], [L, "Arvensk"], [O, "Brod Lines"]], [[P, "Stenholm"], [L, "Arvensk"], [O, "Halcyon Club"]]],
        "0:Stenholm",
        "1:Stenholm",
    ),
    ([[[L, "Massar"], [P, "Felipe Massar"]], [[P, "Felipe Massar"]]], "0:Massar", "0:Felipe Massar"),
    (
        [[[P, "Dorvenko"], [P, "Pavel Dorvenko"]], [[P, "Mikhail Dorvenko"]]],
        "0:Dorvenko",
        "0:Pavel Dorvenko",
    ),
    (
        [
            [[P, "Dorvenko"], [P, "Maren"], [L, "Arvensk"], [O, "Brod Lines"]],
            [[P, "Mikhail Dorvenko"], [P, "Viktor Maren"], [L, "Arvensk"], [O, "Brod Lines"]],
            [[P, "Pavel Dorvenko"], [L, "Port Lasna"]],
        ],
        "0:Dorvenko",
        "1:Mikhail Dorvenko",
    ),
]

APART = [
    ([[[P, "Mikhail Dorvenko"]], [[P, "Pavel Dorvenko"]]], "0:Mikhail Dorvenko", "1:Pavel Dorvenko"),
    ([[[P, "Viktor Lavrin"]], [[P, "Viktor Lvrin"]]], "0:Viktor Lavrin", "1:Viktor Lvrin"),
    ([[[P, "Vladimir Tarsov"]], [[P, "Volodymyr Branov"]]], "0:Vladimir Tarsov", "1:Volodymyr Branov"),
    ([[[P, "Tomas Hallgren Jr."]], [[P, "Tomas Hallgren Sr."]]], "0:Tomas Hallgren Jr.", "1:Tomas Hallgren Sr."),
    ([[[P, "Anna Rosvik"]], [[P, "Anton Rosvik"]]], "0:Anna Rosvik", "1:Anton Rosvik"),
    ([[[P, "Anna Rosvik"], [P, "Hanna Rosvik"]]], "0:Anna Rosvik", "0:Hanna Rosvik"),
    ([[[P, "Dorvenko"]], [[P, "Mikhail Dorvenko"]], [[P, "Pavel Dorvenko"]]], "0:Dorvenko", "1:Mikhail Dorvenko"),
    ([[[P, "Dorvenko"]], [[P, "Mikhail Dorvenko"]], [[P, "Pavel Dorvenko"]]], "0:Dorvenko", "2:Pavel Dorvenko"),
    ([[[P, "M. Dorvenko"]], [[P, "Mikhail Dorvenko"]], [[P, "Marta Dorvenko"]]], "0:M. Dorvenko", "1:Mikhail Dorvenko"),
    ([[[L, "Oman"]], [[L, "Amman"]]], "0:Oman", "1:Amman"),
    ([[[L, "Auckland"]], [[L, "Oakland"]]], "0:Auckland", "1:Oakland"),
    ([[[P, "Marek B. Stenholm"]], [[P, "Bruno Stenholm"]]], "0:Marek B. Stenholm", "1:Bruno Stenholm"),
    (
        [
            [[P, "Stenholm"], [L, "Arvensk"], [O, "Brod Lines"]],
            [[P, "Stenholm"], [L, "Port Lasna"], [O, "Halcyon Club"]],
            [[P, "Marek Stenholm"], [L, "Orlan"], [O, "Winter Choir"]],
        ],
        "0:Stenholm",
        "1:Stenholm",
    ),
    (
        [
            [[P, "Stenholm"], [L, "Arvensk"], [O, "Brod Lines"]],
            [[P, "Marek Stenholm"], [L, "Port Lasna"], [O, "Halcyon Club"]],
        ],
        "0:Stenholm",
        "1:Marek Stenholm",
    ),
    (
        [
            [[P, "Mikhail Dorvenko"], [L, "Arvensk"], [O, "Brod Lines"]],
            [[P, "Mikhail Dorvenka-Orlan"], [L, "Arvensk"], [O, "Brod Lines"]],
        ],
        "0:Mikhail Dorvenko",
        "1:Mikhail Dorvenka-Orlan",
    ),
    (
        [
            [[P, "Igor Branov"], [L, "Arvensk"], [O, "Brod Lines"]],
            [[P, "Igor Branova"], [L, "Arvensk"], [O, "Brod Lines"]],
        ],
        "0:Igor Branov",
        "1:Igor Branova",
    ),
    ([[[P, "Henrik Solberg"], [L, "Arvensk"]], [[P, "Henrik Sölbert"]]], "0:Henrik Solberg", "1:Henrik Sölbert"),
    ([[[P, "George H. W. Tarsov"]], [[P, "George W. Tarsov"]]], "0:George H. W. Tarsov", "1:George W. Tarsov"),
    (
        [[[L, "Velmora"], [L, "Karsk"], [O, "Velmoran Rail Board"]], [[O, "Rail Board of Karsk"]]],
        "0:Velmoran Rail Board",
        "1:Rail Board of Karsk",
    ),
    ([[[O, "Velmora Chargers"]], [[O, "Chargers"]]], "0:Velmora Chargers", "1:Chargers"),
    (
        [[[L, "Velmora"], [L, "Karsk"], [O, "Velmora Rail Board"], [O, "Karsk Rail Board"], [O, "Rail Board"]]],
        "0:Velmora Rail Board",
        "0:Rail Board",
    ),
    ([[[L, "Tarvinsk, Velmora"]], [[L, "Tarvinsk, Karsk"]]], "0:Tarvinsk, Velmora", "1:Tarvinsk, Karsk"),
    ([[[L, "Tarvinsk, Velmora"]], [[L, "Tarvinsk"]], [[L, "Tarvinsk, Karsk"]]], "0:Tarvinsk, Velmora", "1:Tarvinsk"),
    ([[[P, "Yemi Osinda"]], [[P, "Emmy"]]], "0:Yemi Osinda", "1:Emmy"),
    ([[["other", "Lake War II"]], [["other", "Lake War III"]]], "0:Lake War II", "1:Lake War III"),
    ([[[L, "Karsk"]], [[G, "Karskans"]]], "0:Karsk", "1:Karskans"),
    ([[[O, "Third Coastal Corps"]], [[O, "Fourth Coastal Corps"]]], "0:Third Coastal Corps", "1:Fourth Coastal Corps"),
    ([[[O, "Unit 23"]], [[O, "Unit 24"]]], "0:Unit 23", "1:Unit 24"),
    ([[[O, "Velmoran Rail Union"]], [[O, "VRU"]]], "0:Velmoran Rail Union", "1:VRU"),
]


@pytest.mark.parametrize("articles, one, other", ONE)
def test_joins(articles, one, other):
    assert together(articles, one, other)


@pytest.mark.parametrize("articles, one, other", APART)
def test_keeps_apart(articles, one, other):
    assert not together(articles, one, other)


def test_chain_without_a_name_gets_no_entity():
    resolution = resolve(mentions([[[P, "~a man"]]]))
    assert resolution.entities == () and resolution.links == {}


def test_order_of_mentions_does_not_matter():
    told = mentions([chain for articles, _, _ in ONE + APART for chain in articles])
    first = resolve(told)
    for seed in range(3):
        shuffled = random.Random(seed).sample(told, len(told))
        assert resolve(shuffled) == first
    assert len({entity.entity_id for entity in first.entities}) == len(first.entities)


WORDS = st.sampled_from(
    ["Mikhail", "Mykhailo", "Pavel", "Anna", "Dorvenko", "Dorvenka", "Maren", "Karsk", "Velmora", "VRU", "Union", "the"]
)
TEXT = st.lists(WORDS, min_size=1, max_size=3).map(" ".join) | st.text(max_size=6).filter(lambda t: t.strip())
CHAIN = st.tuples(st.sampled_from([P, L, O, G, "other"]), st.lists(TEXT, min_size=1, max_size=3)).map(
    lambda pair: [pair[0], *pair[1]]
)
CORPUS = st.lists(st.lists(CHAIN, max_size=4), max_size=5)


@settings(deadline=None, max_examples=60)
@given(CORPUS, st.randoms(use_true_random=False))
def test_links_and_entities_agree_in_any_order(articles, chance):
    told = mentions(articles)
    resolution = resolve(told)
    shuffled = list(told)
    chance.shuffle(shuffled)
    assert resolve(shuffled) == resolution
    known = {entity.entity_id: entity for entity in resolution.entities}
    assert len(known) == len(resolution.entities)
    assert set(resolution.links.values()) == set(known)
    for entity in known.values():
        texts = {m.text for m in told if resolution.links.get(m.mention_id) == entity.entity_id and m.form == "name"}
        assert entity.variants and entity.reason
        assert any(entity.name in text or entity.name in " ".join(text.split()) for text in texts)


def test_entity_tells_its_spellings_and_why():
    told = [[[P, "Mikhail Dorvenko", "Dorvenko"]], [[P, "Mykhailo Dorvenka"]], [[P, "Mikhail Dorvenko"]]]
    (entity,) = resolve(mentions(told)).entities
    assert entity.name == "Mikhail Dorvenko"
    assert [(v.text, v.articles) for v in entity.variants] == [
        ("Mikhail Dorvenko", 2),
        ("Dorvenko", 1),
        ("Mykhailo Dorvenka", 1),
    ]
    assert "'Mikhail Dorvenko' and 'Mykhailo Dorvenka': given names" in entity.reason


def test_ids_stay_when_articles_are_added():
    before = resolve(mentions([[[P, "Mikhail Dorvenko"]]])).entities[0].entity_id
    after = resolve(mentions([[[P, "Mikhail Dorvenko"]], [[P, "Mykhailo Dorvenka"]], [[P, "Viktor Maren"]]]))
    assert before in {entity.entity_id for entity in after.entities}
