"""Arbitrary and mutated bytes in every format: each gives sources or rows that say why not, and nothing raises."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rashomon.errors import UnreadableSource
from rashomon.extract.article import Extracted, extract
from rashomon.extract.decoding import decode
from rashomon.model.records import Rejected, Source
from rashomon.read.intake import Address
from rashomon.read.opened import Opened
from rashomon.read.sources import ENDINGS, READERS, by_look, collect, unpacked
from rashomon.read.web.robots import Robots
from tests.read import made

LIMIT = 200_000
URL = "https://gazette.example/1"
RECORDS = [
    made.warc_record("response", made.http(made.page()), URL),
    made.warc_record("response", made.http(gzip.compress(made.page()), more="Content-Encoding: gzip\r\n"), URL),
]
ATOM = (
    b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/x/"><title>G</title><entry><link href="1"/><author><name>A'
    b'</name></author><content type="xhtml"><div>Two dockers <b>were</b> hurt.</div></content></entry></feed>'
)
MAP = b"<urlset><url><loc>https://gazette.example/1</loc><lastmod>2031-03-04</lastmod></url></urlset>"
LINKED = (
    '<script type="application/ld+json">{"@type": "Article", "headline": "A &amp; B", "author": {"name": "A"}}</script>'
    '<link rel=canonical href="//g.example/2031/03/04/a"><meta charset=utf-8><meta name=date content="2031-03-04">'
)
# Of each format one file or more, whole; damage is done to them.
WHOLE = {
    "text": [made.STORY.encode(), "“Tëxt” – 3 €\r\n\u00ad\u200f".encode("utf-16"), "“We’re” £3m".encode("cp1252")],
    "html": [
        made.page(),
        made.page(head=LINKED),
        b"<body><noscript>Enable JavaScript</noscript><script>1</script></body>",
    ],
    "mail": [made.mail([("a.pdf", "application/pdf", b"%PDF-")]), made.mhtml()],
    "pdf": [made.pdf(made.STORY.splitlines())],
    "docx": [made.docx(made.STORY.splitlines())],
    "json lines": [made.json_lines(made.RECORD, made.RECORD), '{"text": "Two"}\n{"text": "Three"}'.encode("utf-16")],
    "json": [
        json.dumps([made.RECORD]).encode(),
        json.dumps({"r": {"n": 1, "items": [{"content": {"rendered": "<p>A"}}]}}).encode(),
    ],
    "table": [
        b'sep=;\ntitle;text\n"One";"Two\n""more"""\n',
        b"title,text\nOne,Two\n",
        "title\ttext\nÖne\tTwo".encode("utf-16"),
    ],
    "parquet": [made.parquet([made.RECORD])],
    "warc": [made.warc(*RECORDS), made.warc_gz(*RECORDS)],
    "feed": [made.rss("<title>One</title><link>https://gazette.example/1</link>"), ATOM, MAP],
    "addresses": [b"https://gazette.example/1\n# more\n"],
}


def check(kind: str, data: bytes) -> None:
    judge(READERS[kind](Opened("f", io.BytesIO(data), LIMIT)))


def judge(items: Iterable[Source | Rejected | Address]) -> None:
    for item in items:
        if isinstance(item, Source):
            assert item.source_uri.startswith(("f", "http")) and len(item.data) <= LIMIT
            try:
                found = extract(item)
            except UnreadableSource as error:
                assert error.reason and error.detail
            else:
                covered(found)
        else:
            assert isinstance(item, Address) or (item.reason and item.detail)
            if isinstance(item, Rejected):
                item.detail.encode()


def covered(found: Extracted) -> None:
    """Blocks stand apart, in order, and hold all that is not blank; every value is text."""
    text, at = found.article.text, 0
    text.encode()
    for block in found.blocks:
        assert at <= block.start < block.end and not text[at : block.start].strip()
        at = block.end
    assert not text[at:].strip()
    for value in (found.article.title, found.article.byline, found.article.outlet, found.article.url):
        (value or "").encode()
    assert all(value.value.encode() and value.origin for value in found.metadata)


def test_every_format_is_tried():
    assert set(WHOLE) == set(READERS) == set(ENDINGS.values())


@pytest.mark.parametrize("kind", WHOLE)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=400))
@example(data=b"")
@example(data=b"\xff" * 50)
def test_arbitrary_bytes_raise_nothing(kind, data):
    check(kind, data)


@st.composite
def mutated(draw, data: bytes) -> bytes:
    """The bytes with a few cuts, doublings and overwritten stretches."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        data = (
            data[:start]
            + draw(st.one_of(st.just(b""), st.just(data[start:end] * 2), st.binary(max_size=30)))
            + data[end:]
        )
    return data


@pytest.mark.parametrize("kind", WHOLE)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(draw=st.data())
def test_damaged_files_raise_nothing(kind, draw):
    check(kind, draw.draw(st.sampled_from(WHOLE[kind]).flatmap(mutated)))


CRASHED = [
    ("feed", b'<?xml version="1.0"?><xmlns:content="http://x.example/"><channel><item/></channel></rss>'),
    ("feed", b"<rss><channel><item>&x;<title>A&nbsp;B</title></item></channel></rss>"),
    ("docx", WHOLE["docx"][0][1:]),
]


@pytest.mark.parametrize(("kind", "data"), CRASHED)
def test_what_once_raised_raises_no_more(kind, data):
    check(kind, data)


LOOKED_AT = [b"\x00\rsep=;\ntitle;text\n", b"title,text\rOne,Two\r", b'"title,text', b"\xff\xfe\r\x00", b"sep=\t\n"]


@pytest.mark.parametrize("data", LOOKED_AT)
def test_looking_at_what_once_raised_raises_no_more(data):
    check(by_look(data), data)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(draw=st.data())
def test_damaged_gzip_raises_nothing(tmp_path_factory, draw):
    path = tmp_path_factory.mktemp("gz") / "a.txt.gz"
    path.write_bytes(draw.draw(mutated(gzip.compress(made.STORY.encode() * 20))))
    assert all(isinstance(row, Source | Rejected) for row in collect([str(path)], LIMIT))


@pytest.mark.parametrize("kind", ["html", "json lines", "table", "parquet", "warc", "feed", "pdf"])
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(draw=st.data())
def test_what_is_packed_or_told_by_its_look_raises_nothing(kind, draw):
    data = draw.draw(st.sampled_from(WHOLE[kind]).flatmap(mutated))
    packed = draw.draw(st.one_of(st.just(gzip.compress(data, mtime=0)), mutated(gzip.compress(data, mtime=0))))
    judge(unpacked(Opened("f", io.BytesIO(packed), LIMIT)))
    shown = by_look(data)
    if shown != "gzip":
        check(shown, data)


PIECES = [
    "a",
    '"',
    '""',
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    "\r",
    " ",
    "é",
    "\x00",
    "title",
    "text",
    "sep=,\n",
    "\ufeff",
    "'",
]


@settings(max_examples=150, deadline=None)
@given(parts=st.lists(st.sampled_from(PIECES), max_size=40), encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_quoting_gives_rows(parts, encoding):
    check("table", "".join(parts).encode(encoding, "ignore"))


NAMES = ["text", "html", "title", "date", "author", "url", "name", "rendered", "content", "lang", "x", "items"]
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(value=VALUES)
def test_any_json_gives_articles_or_reasons(value):
    check("json", json.dumps(value).encode())
    check("json lines", json.dumps(value).encode())


MARKUP = [
    *(
        "<p>",
        "</p>",
        "<div hidden>",
        "</div>",
        "<script>",
        "</script>",
        "<noscript>",
        "<frameset>",
        "<frame src=a>",
        "<iframe>",
    ),
    *(
        "<h1>",
        "<title>",
        "<meta property='og:title' content='",
        "'>",
        "<time datetime='2031-03-04' pubdate>",
        "&amp;",
        "&#0;",
    ),
    *(
        '<script type="application/ld+json">{"@type":"Article","author":',
        "[{}]}",
        "<svg>",
        "<!--",
        "-->",
        "<![CDATA[",
        "\x00",
    ),
    *(
        "Two dockers were hurt on Monday, she said. ",
        "word ",
        "\n",
        "\u202e",
        "é",
        "<base href='http://[::1'>",
        "<table><td>",
    ),
]


@settings(max_examples=150, deadline=None)
@given(parts=st.lists(st.sampled_from(MARKUP), max_size=30))
def test_any_markup_gives_an_article_or_a_reason(parts):
    check("html", "".join(parts).encode())


FEED = [
    *(
        "<rss>",
        "<channel>",
        "<item>",
        "</item>",
        "<entry>",
        "</entry>",
        "<link>",
        "</link>",
        "<link href='//[::1'/>",
        "<title>",
    ),
    *(
        "</title>",
        "<guid>",
        "</guid>",
        "<urlset>",
        "<url>",
        "<loc>",
        "</loc>",
        "http://[x",
        "/1",
        "https://g.example/1",
        "&x;",
    ),
    *(
        "<media:content xmlns:media='http://search.yahoo.com/mrss/'>",
        "<author><name/></author>",
        "<a:b>",
        "<!DOCTYPE a [",
        "]>",
    ),
]


@settings(max_examples=150, deadline=None)
@given(parts=st.lists(st.sampled_from(FEED), max_size=25))
def test_any_feed_gives_entries_or_reasons(parts):
    check("feed", "".join(parts).encode())


HEADERS = [
    *(
        "Subject: a\n",
        "From: b@c.example\n",
        "Date: x\n",
        "Content-Type: multipart/mixed; boundary=b\n",
        "--b\n",
        "--b--\n",
    ),
    *(
        "Content-Type: text/html; charset=utf-7\n",
        "Content-Type: message/rfc822\n",
        "Content-Transfer-Encoding: base64\n",
    ),
    *(
        "Content-Disposition: attachment; filename*=x'y'%FF.pdf\n",
        "=?utf-8?b?////?=\n",
        "\n",
        "words\n",
        "\xff\n",
        "=\n",
    ),
    "Content-Disposition: inline; filename=a.docx\n",
]


@settings(max_examples=150, deadline=None)
@given(parts=st.lists(st.sampled_from(HEADERS), max_size=25))
def test_any_mail_gives_a_message_or_a_reason(parts):
    check("mail", "".join(parts).encode("latin-1"))


ARCHIVE = [
    *(
        b"WARC/1.0\r\n",
        b"WARC-Type: response\r\n",
        b"Content-Length: 9\r\n",
        b"Content-Length: 99999999999\r\n",
        b"\r\n",
    ),
    *(
        b"HTTP/1.1 200 OK\r\n",
        b"Content-Type: text/html\r\n",
        b"<p>Two dockers",
        b"\x1f\x8b\x08",
        RECORDS[0],
        RECORDS[1],
    ),
    *(
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Length: -1\r\n",
        b"WARC/1.0\nA:",
        b"Content-Type: application/http\r\n",
    ),
]


@settings(max_examples=150, deadline=None)
@given(parts=st.lists(st.sampled_from(ARCHIVE), max_size=15), pack=st.booleans())
def test_any_archive_gives_its_records_or_reasons(parts, pack):
    check("warc", gzip.compress(b"".join(parts)) if pack else b"".join(parts))


@settings(max_examples=100, deadline=None)
@given(
    data=st.binary(max_size=300),
    name=st.sampled_from(["utf-8", "windows-1252", "big5", "utf-7", "idna", "undefined", ""]),
)
@example(data=b"\x80", name="idna")
def test_any_bytes_are_decoded_or_not(data, name):
    found = decode(data, page=True, declared=name)
    assert found is None or (found.text.encode("utf-8", "surrogatepass") is not None and found.told)


@settings(max_examples=200, deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=200), st.lists(st.sampled_from(PIECES), max_size=20).map(lambda p: "".join(p).encode())
    )
)
def test_every_beginning_is_of_a_kind_that_is_read(data):
    assert by_look(data) in {*READERS, "gzip"}


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=300), path=st.text(max_size=40))
def test_any_robots_file_answers(text, path):
    assert Robots.of("User-agent: *\n" + text).allows("https://gazette.example/" + path) in (True, False)
