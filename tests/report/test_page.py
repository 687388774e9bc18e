"""The HTML page as a file: whole, self-contained, escaped, and right in its addresses."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from rashomon.model.records import Article, Event
from rashomon.report.brief import brief
from rashomon.report.context import Citation, Rendering, UtteranceBrief
from rashomon.report.page import page, write
from rashomon.report.rendering import apart, coverage, emphasised, manner
from rashomon.report.timeline import timeline
from tests.report.conftest import claim, difference

VOID = {"meta", "link", "br", "hr", "img", "input"}


class Tree(HTMLParser):
    """Collects elements, and checks that each closes where it should."""

    def __init__(self, html):
        super().__init__()
        self.open, self.elements, self.text = [], [], []
        self.content = {}
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in ("script", "style"):
            self.content.setdefault(self.open[-1], []).append(data)
        else:
            self.text.append(data)


@pytest.fixture(params=["shelf", "hostile"])
def either(request):
    return request.getfixturevalue(request.param)


def test_it_is_well_formed_and_loads_nothing(either):
    tree = Tree(page(either))
    for tag, attributes in tree.elements:
        assert tag not in {"img", "iframe", "object", "embed", "form", "base", "audio", "video"}
        assert not any(name.startswith("on") or name in ("style", "src", "srcset") for name in attributes), tag
        if "href" in attributes:
            assert attributes["href"].startswith("#") or attributes["href"] == "data:,"
    css = "".join(tree.content["style"])
    assert not re.search(r"url\(|@import|expression\(", css)


def test_the_policy_admits_exactly_its_own_style_and_script(either):
    tree = Tree(page(either))
    (policy,) = (a["content"] for t, a in tree.elements if a.get("http-equiv") == "Content-Security-Policy")
    first, data, script = tree.content["script"]
    for directive, texts in (("script-src", [first, script]), ("style-src", tree.content["style"])):
        digests = ["sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
        assert f"{directive} " + " ".join(f"'{digest}'" for digest in digests) + ";" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert json.loads(data)


def test_scripts_in_articles_stay_words(hostile):
    tree = Tree(page(hostile))
    assert sum(tag == "script" for tag, _ in tree.elements) == 3
    assert sum(tag == "style" for tag, _ in tree.elements) == 1
    shown = "".join(tree.text)
    assert "<script>window.owned=1</script>" in shown
    assert "{{ 7*7 }}" in shown
    assert "⟨U+202E⟩" in shown
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b\x07]", page(hostile).split('id="data">')[0])
    assert '"url":"javascript' not in page(hostile)


def test_articles_travel_unchanged(either):
    data = json.loads(Tree(page(either)).content["script"][1])
    for article in either.records(Article):
        held = data[article.article_id]
        assert held["text"] == article.text
        assert all(article.text[start:end].strip() for start, end, _ in held["blocks"])


def test_every_address_is_a_passage_or_a_place(either):
    html = page(either)
    tree = Tree(html)
    texts = {a.article_id: a.text for a in either.records(Article)}
    places = {a["id"] for _, a in tree.elements if "id" in a}
    links = [unquote(a["href"][1:]) for t, a in tree.elements if t == "a"]
    passages = 0
    for target in links:
        if match := re.fullmatch(r"(.+):(\d+)-(\d+)", target):
            assert texts[match[1]][int(match[2]) : int(match[3])].strip()
            passages += 1
        else:
            assert target in texts or target in places
    assert passages >= 8


def test_ids_are_unique(either):
    ids = [a["id"] for _, a in Tree(page(either)).elements if "id" in a]
    assert len(ids) == len(set(ids))


def test_everything_of_the_brief_is_on_the_page(shelf):
    shown = " ".join("".join(Tree(page(shelf)).text).split())
    for words in (
        "6 articles from 4 outlets, 5 origins",
        "Seven dead as ferry founders off Quellin",
        "3 March 2031 · Quellin",
        "Nine people lost their lives",
        "One remark, 2 renderings",
        "1 doubtful difference held back",
        "loaded 0.80",
        "2 origins tell it; not Norra Mirror 1 article",
        "day unknown",
        "broken.html",
    ):
        assert words in shown, words


def test_the_file_is_written_whole_even_with_characters_that_no_encoding_has(shelf, tmp_path):
    (article, *_) = shelf.records(Article)
    text = "A lone \ud800 half"
    odd = Article("a-odd", None, None, None, None, None, None, None, None, "unknown", None, text, "odd.txt", "0")
    out = tmp_path / "report.html"
    write(shelf.with_records(odd), out)
    html = out.read_text("utf-8")
    assert html.endswith("</html>")
    assert json.loads(Tree(html).content["script"][1])["a-odd"]["text"] == "A lone ? half"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    assert article.text


def test_an_empty_dossier_gives_a_page(shelf):
    assert "harbour" in page(type(shelf)())


def test_the_same_dossier_gives_the_same_page(shelf):
    backwards = type(shelf)(*reversed([r for table in shelf._tables.values() for r in table]))
    assert page(shelf) == page(backwards)


def test_coverage_counts_a_copy_with_its_origin(shelf):
    rows = coverage(brief(shelf).events[0])
    told = {row.telling.origin.label: [cell.citation is not None for cell in row.cells] for row in rows}
    assert told == {"The Quellin Lantern": [True, True], "Brisk Gazette": [True, True], "Norra Mirror": [False, True]}


def test_who_gives_the_value_of_the_claim_does_not_tell_it_otherwise(shelf):
    told = claim("full", "corroborated", 0.99, ("lantern", "The Halda carried 112"), ("mirror", "Some 112 passengers"))
    apart = difference(
        "crowd",
        "number",
        "contradiction",
        0.95,
        ("lantern", "The Halda carried 112 passengers", "112"),
        ("gazette", "She had 112 passengers aboard", "112"),
        ("mirror", "Dozens were feared dead", "dozens"),
    )
    rows = coverage(brief(shelf.with_records(*told, *apart)).events[0])
    first = {row.telling.origin.label: row.cells[0] for row in rows}
    assert first["The Quellin Lantern"].claim.claim_id == "c-full"
    assert first["Brisk Gazette"].citation is first["Brisk Gazette"].otherwise is None


def test_who_gives_another_value_tells_the_claim_otherwise(shelf):
    told = claim(
        "killed", "corroborated", 0.99, ("lantern", "seven people were killed"), ("mirror", "Dozens were feared")
    )
    rows = coverage(brief(shelf.with_records(*told)).events[0])
    first = {row.telling.origin.label: row.cells[0].otherwise for row in rows}
    assert first["Brisk Gazette"].text == "Nine people lost their lives"
    assert first["The Quellin Lantern"] is first["Norra Mirror"] is None


def test_a_crowded_timeline_keeps_its_height(shelf):
    days = [f"2031-03-{n // 4 + 1:02}" for n in range(100)]
    crowd = [Event(f"e-{n + 10}", "The Halda", day, day, None, None, 1, 1) for n, day in enumerate(days)]
    line = timeline(brief(shelf.with_records(*crowd)).events)
    assert len(line.marks) == 102
    assert {mark.lane for mark in line.marks} == set(range(line.lanes))
    assert line.lanes == 12


def test_the_timeline_keeps_order_and_distance(shelf):
    line = timeline(brief(shelf).events)
    assert [(m.x, m.lane, m.event.number) for m in line.marks] == [(3.0, 0, 1), (97.0, 0, 2)]
    assert [t.label for t in line.ticks] == ["Apr 2031", "Jul 2031", "Oct 2031", "Jan 2032"]
    assert timeline(brief(shelf).events[:1]) is None


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("some 17 of 7 men", "7", ("some 17 of ", "7", " men")),
        ("Dozens died", "dozens", ("", "Dozens", " died")),
        ("seven died", "7", ("seven died", "", "")),
        ("anything", "", ("anything", "", "")),
    ],
)
def test_values_are_found_as_whole_words(text, value, expected):
    assert emphasised(text, value) == expected


MARKED = [("We ", False), ("saw", True), (" no sign of ", False), ("a", True), (" blast", False)]


@pytest.mark.parametrize(
    ("told", "other", "expected"),
    [
        ("no sign of a blast", "no sign of a blast", [("no sign of a blast", False)]),
        ("We saw no sign of a blast", "We have no sign of any blast", MARKED),
        ("It will hold", "Nothing moves here", [("It will hold", False)]),
    ],
)
def test_words_of_one_rendering_alone_are_marked(told, other, expected):
    cited = [Citation("a", "A", 0, 1, text) for text in (told, other)]
    renderings = [Rendering(c.text, c, "mixed", None, None, 1.0, (), None) for c in cited]
    assert list(apart(renderings[0], UtteranceBrief(None, told, 2, tuple(renderings)))) == expected


@pytest.mark.parametrize(
    ("told", "mode", "other", "expected"),
    [
        ("We saw no sign of a blast", "direct", "We saw no sign of a blast", None),
        ("no sign of a blast", "direct", "“We saw no sign of a blast”", "trimmed"),
        ("We saw no trace of a blast", "direct", "We saw no sign of a blast", "quoted in other words"),
        ("We saw no sign of a blast, friends", "direct", "We saw no sign of a blast", None),
        ("there had been no blast", "indirect", "We saw no sign of a blast", "reported, not quoted"),
        ("crews saw no trace of a blast", "mixed", "We saw no sign of a blast", None),  # partly the article's words
    ],
)
def test_a_rendering_says_how_it_gives_the_words(told, mode, other, expected):
    cited = [Citation("a", "A", 0, 1, text) for text in (told, other)]
    renderings = [
        Rendering(c.text, c, m, None, None, 1.0, (), None) for c, m in zip(cited, (mode, "direct"), strict=True)
    ]
    assert manner(renderings[0], UtteranceBrief(None, told, 2, tuple(renderings))) == expected
