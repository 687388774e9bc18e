# ruff: noqa: E501
"""Pages: all visible text is kept and labelled, and the head tells the rest."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.errors import UnreadableSource
from rashomon.extract.article import extract
from rashomon.extract.visible import tree, visible
from tests.extract.stories import check, roles, source

PARAGRAPHS = [
    "The ferry that links Karsk with the island of Selm stopped on <b>Tuesday</b> after the council said that it would "
    "not pay for new engines, which cost two million crowns.",
    "“We have asked for three years and we have been told to wait for three years,” said Marta Ilvin, who runs the line "
    "with her brother and four deckhands.",
    "The council said in a statement that the island could be reached by the bridge at Dorn, which was opened in 2017 "
    "and is used by 4,000 cars a day.",
    "About 300 people who live on Selm have no car, according to the ferry company, and the nearest bus stops two "
    "kilometres from the bridge.",
]
PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Ferry stops | Northline</title>
<meta property="og:site_name" content="Northline"><meta property="og:title" content="Ferry to Selm stops after council refuses to pay">
<link rel="canonical" href="https://www.northline.example/ferry">
<meta property="article:modified_time" content="2022-01-04T08:00:00Z">
<script type="application/ld+json">{{"@graph": [{{"@type": "WebSite", "name": "N"}}, {{"@type": "NewsArticle",
 "headline": "Ferry to Selm stops after council refuses to pay", "datePublished": "2021-12-29T10:00Z",
 "dateModified": "2022-01-04", "author": [{{"@type": "Person", "name": "Ann Orr"}}], "publisher": {{"name": "Northline News"}}}}]}}</script>
<style>p {{color: red}}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li><li><a href="/s">Sport</a></li></ul></nav>
<article class="story"><h1>Ferry to Selm stops after council refuses to pay</h1><p class="byline">By Ann Orr</p>
<figure><img src="a.jpg" alt="x"><figcaption>The ferry at its berth in Karsk last summer.</figcaption></figure>
<div class="article-body">{}</div></article>
<section id="comments"><h3>Comments</h3><div class="comment"><p>I took that ferry every day for ten years, what a shame!</p></div>
<div class="comment"><p>Why don't you swim then, you will save us all some money.</p></div></section>
<footer><a href="/about">About us</a> <a href="/terms">Terms of use</a></footer>
<div style="display: none">Hidden words</div><script>var words = "scripted";</script></body></html>""".format(
    "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
)


def test_the_parts_of_a_page_are_told_apart():
    found = extract(source(PAGE, "html"))
    check(found)
    told = roles(found)
    plain = [text.replace("<b>", "").replace("</b>", "") for text in PARAGRAPHS]
    assert [text for role, text in told if role == "body"] == plain
    assert [text for role, text in told if role == "title"] == ["Ferry to Selm stops after council refuses to pay"]
    assert ("caption", "The ferry at its berth in Karsk last summer.") in told
    assert ("byline", "By Ann Orr") in told
    assert sum(role == "comment" for role, _ in told) == 2
    assert {"Home", "World", "Sport"} <= {text for role, text in told if role == "furniture"}
    assert "Hidden words" not in found.article.text and "scripted" not in found.article.text


def test_the_head_of_a_page_is_read():
    article = extract(source(PAGE, "html")).article
    assert (article.outlet, article.byline, article.language) == ("Northline News", "Ann Orr", "en")
    assert article.url == "https://www.northline.example/ferry"
    assert (article.published_best, article.published_basis) == ("2021-12-29", "metadata")
    assert article.published_evidence == "JSON-LD datePublished 2021-12-29T10:00Z"


ORIGINS = {
    ("title", "JSON-LD headline"),
    ("byline", "JSON-LD author"),
    ("outlet", "JSON-LD publisher"),
    ("url", "link canonical"),
    ("language", "html lang"),
    ("published", "JSON-LD datePublished"),
    ("modified", "JSON-LD dateModified"),
}


def test_which_place_gave_each_value_is_told_beside_all_others():
    found = extract(source(PAGE, "html"))
    assert {(value.field, value.origin) for value in found.metadata if value.used} == ORIGINS
    others = {(value.field, value.origin) for value in found.metadata if not value.used}
    assert {("title", "meta og:title"), ("title", "h1"), ("modified", "meta article:modified_time")} <= others


PLACES = [
    ('<meta property="og:title" content="Ferry stops">', "title", "Ferry stops", "meta og:title"),
    ('<meta property="og:site_name" content="Northline">', "outlet", "Northline", "meta og:site_name"),
    ('<meta property="og:url" content="https://a.example/x">', "outlet", "a.example", "host of the address"),
    ('<meta name="author" content="Ann Orr">', "byline", "Ann Orr", "meta author"),
    ('<meta itemprop="datePublished" content="2021-12-29">', "published_best", "2021-12-29", "meta datepublished"),
    ('<time itemprop="datePublished" datetime="2021-12-29">x</time>', "published_best", "2021-12-29", "microdata"),
    ('<time class="entry-date" datetime="2021-12-29">x</time>', "published_best", "2021-12-29", "time element"),
    ('<span itemprop="author">Ann Orr</span>', "byline", "Ann Orr", "microdata author"),
    ('<meta property="og:locale" content="en_GB">', "language", "en", "meta og:locale"),
    (
        '<link rel="canonical" href="https://a.example/2021/12/29/x">',
        "published_best",
        "2021-12-29",
        "path of the address",
    ),
    ("", "language", "en", "words of the text"),
]


@pytest.mark.parametrize(("head", "column", "value", "origin"), PLACES)
def test_every_place_is_read(head, column, value, origin):
    found = extract(
        source(f"<html><head></head><body>{head}{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}</body></html>", "html")
    )
    field = column.removesuffix("_best")
    (used,) = (row.origin for row in found.metadata if row.used and row.field == field)
    assert getattr(found.article, column) == value and used.startswith(origin)


def test_a_day_that_only_the_page_shows_is_found_and_said_to_be_htmldates():
    told = '<div class="post-meta"><span class="date">Posted on 12 March 2019</span></div>'
    page = f"<html><head></head><body>{told}{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}</body></html>"
    article = extract(source(page, "html")).article
    assert (article.published_best, article.published_evidence) == ("2019-03-12", "htmldate 2019-03-12")
    earlier = dataclasses.replace(source(page, "html"), retrieved="2018-01-01T00:00:00Z")
    assert extract(earlier).article.published_best is None


META = [
    ('<meta property="article:published_time" content="2020-05-01T09:00:00+02:00">', "2020-05-01", "metadata"),
    ('<meta property="article:modified_time" content="2020-05-01T09:00:00+02:00">', None, "unknown"),
    ('<link rel="canonical" href="https://a.example/news/2020/05/01/x">', "2020-05-01", "url"),
    (
        '<script type="application/ld+json">{"@type": "NewsArticle", "dateModified": "2020-05-01"}</script>',
        None,
        "unknown",
    ),
    (
        '<script type="application/ld+json">{broken</script><meta name="date" content="1 May 2020">',
        "2020-05-01",
        "metadata",
    ),
]


@pytest.mark.parametrize(("head", "day", "basis"), META)
def test_only_dates_of_publication_count(head, day, basis):
    page = f"<html><head>{head}</head><body>{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}</body></html>"
    article = extract(source(page, "html")).article
    assert (article.published_best, article.published_basis) == (day, basis)


def test_a_declared_charset_is_believed():
    page = '<html><head><meta charset="windows-1251"></head><body><p>Паром остановлен во вторник.</p></body></html>'
    assert "Паром" in extract(source(page.encode("cp1251"), "html")).article.text


SCRIPT = "<script src=app.js></script>"
FRAMES = "<frameset cols='50%,50%'><frame src='a.html'><frame src='b.html'><noframes>No frames.</noframes></frameset>"
EMPTY = [
    ("<body><script>document.write('x')</script></body>", "scripts only", "no text"),
    (
        f"<body><noscript>You need to enable JavaScript to run this app.</noscript>{SCRIPT}</body>",
        "scripts only",
        "run this",
    ),
    (f"<body><div id=app>Loading...</div>{SCRIPT}</body>", "scripts only", "Loading"),
    (f"<body><h1>Checking your browser before you enter</h1>{SCRIPT}</body>", "scripts only", "Checking"),
    (FRAMES, "frames only", "a.html, b.html"),
    ("<body><iframe src='https://x.example/a'></iframe></body>", "frames only", "x.example"),
    ("<head><title>Only a title</title></head>", "no text", "no text"),
    ("<!-- nothing -->", "no text", ""),
    ("<p>12 + 30</p>", "no words", ""),
]


@pytest.mark.parametrize(("page", "reason", "told"), EMPTY)
def test_a_page_that_shows_nothing_is_told(page, reason, told):
    with pytest.raises(UnreadableSource) as caught:
        extract(source(f"<html>{page}</html>", "html"))
    assert caught.value.reason == reason and told in caught.value.detail


@pytest.mark.parametrize("more", [SCRIPT, "", "<iframe src=ad.html></iframe>"])
def test_a_short_page_is_an_article_whatever_scripts_it_has(more):
    page = f"<html><body><h1>Ferry stops</h1><p>{PARAGRAPHS[2]}</p>{more}</body></html>"
    assert PARAGRAPHS[2] in extract(source(page, "html")).article.text


def test_a_page_that_needs_scripts_is_read_from_its_noscript():
    page = (
        f"<html><body><div>Loading</div><noscript><p>{PARAGRAPHS[2]}</p><p>{PARAGRAPHS[3]}</p></noscript></body></html>"
    )
    assert PARAGRAPHS[2] in extract(source(page, "html")).article.text


def test_parts_that_scripts_put_in_place_are_read():
    story = "".join(f"<p>{text}</p>" for text in PARAGRAPHS * 4)
    page = f'<html><body><div>Loading</div><div hidden id="S:0"><h1>Ferry stops</h1>{story}</div>{SCRIPT}</body></html>'
    found = extract(source(page, "html"))
    assert PARAGRAPHS[2] in found.article.text and found.article.title == "Ferry stops"


def test_a_hundred_thousand_attributes():
    page = f"<html><body><p {' '.join(f'a{n}=x' for n in range(100_000))}>{PARAGRAPHS[2]}</p><img src='{'x' * 90_000}'>"
    assert extract(source(page, "html")).article.text == PARAGRAPHS[2]


def test_thirty_megabytes():
    """State that scripts keep in a page, more lines than are weighed at once, and one line of a megabyte."""
    state = "<script>" + "x = [1, 2, 3];" * 1_900_000 + "</script>"
    rows = "".join(f"<li><a href='/{n}'>Town {n}</a></li>" for n in range(11_000))
    story = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    page = f"<html><body>{state}<p>{'word and ' * 120_000}</p>{story}<ul>{rows}</ul></body></html>"
    assert len(page) > 28_000_000
    found = extract(source(page, "html"))
    check(found)
    assert PARAGRAPHS[2] in [text for role, text in roles(found) if role == "body"]
    assert found.article.text.count("\n") > 11_000 and found.article.text.count("word and") == 120_000


def test_nesting_twenty_thousand_deep():
    page = "<html><body>" + "<div>" * 20_000 + f"<p>{PARAGRAPHS[2]}</p>" + "</div>" * 20_000 + "</body></html>"
    found = extract(source(page, "html"))
    check(found)
    assert PARAGRAPHS[2] in found.article.text


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<div hidden>", "<a>", "</a>", "<br>", "<b>", "</b>", "word", " ", "<td>"])
    )
)
def test_lines_cover_the_visible_text(parts):
    root = tree("<html><body>x" + "".join(parts) + "</body></html>")
    page = visible(root)
    assert [line.span.of(page.text) for line in page.lines] == page.text.split("\n")
    assert all(0 <= line.linked <= line.span.end - line.span.start for line in page.lines)
