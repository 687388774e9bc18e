"""Every format gives the same story, with its title and day; the bad ones give a row that says why."""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import zipfile
import zlib
from collections import Counter
from email.message import EmailMessage
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from rashomon.errors import RashomonError, UnreadableSource
from rashomon.extract.article import extract
from rashomon.model.records import Rejected, Source
from rashomon.read import feeds, sources
from rashomon.read.intake import Address, Intake
from rashomon.read.opened import Opened
from rashomon.read.sources import collect
from tests.read import made

LIMIT = 2_000_000


def rows(path: Path, max_bytes: int = LIMIT, intake: Intake | None = None) -> list[Source | Rejected]:
    return list(collect([str(path)], max_bytes, intake))


def table(delimiter: str, records: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(records[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue().encode()


def described(*, title: bool = True) -> bytes:
    stamp = '<meta property="article:published_time" content="2031-03-04T10:15:00Z">'
    return made.page(head=stamp)


URL = "https://gazette.example/2031/03/04/crane"
LONG = "<p>" + "</p><p>".join(made.STORY.splitlines() * 5) + "</p>"
GOOD = {
    "a.html": described(),
    "a.html.gz": gzip.compress(described()),
    "a.jsonl": made.json_lines(made.RECORD),
    "a.jsonl.gz": gzip.compress(made.json_lines(made.RECORD)),
    "one.json": json.dumps(made.RECORD, indent=1).encode(),
    "list.json": json.dumps([made.RECORD]).encode(),
    "held.json": json.dumps({"status": "ok", "articles": [made.RECORD]}).encode(),
    "feed.json": json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Velm Gazette", "items": [{**made.RECORD}]}
    ).encode(),
    "answer.json": json.dumps({"response": {"status": "ok", "pages": 1, "results": [made.RECORD]}}).encode(),
    "inner.json": json.dumps({"response": made.RECORD}).encode(),
    "parts.json": json.dumps({**made.RECORD, "body": made.STORY.splitlines()}).encode(),
    "press.json": json.dumps(
        [{"date": "2031-03-04", "title": {"rendered": made.TITLE}, "content": {"rendered": f"<p>{made.STORY}</p>"}}]
    ).encode(),
    "wide.jsonl": made.json_lines(made.RECORD, {"id": 7}).decode().encode("utf-16"),
    "told.csv": b"sep=;\r\n" + table(";", [made.RECORD]),
    "a.csv": table(",", [made.RECORD]),
    "semicolons.csv": b"\xef\xbb\xbf" + table(";", [made.RECORD]),
    "wide.csv": table(",", [made.RECORD]).decode().encode("utf-16"),
    "a.tsv": table("\t", [made.RECORD]),
    "a.parquet": made.parquet([made.RECORD]),
    "a.pdf": made.pdf(made.STORY.splitlines()),
    "a.docx": made.docx(made.STORY.splitlines()),
    "a.eml": made.mail(),
    "a.mhtml": made.mhtml(),
    "a.warc": made.warc(made.warc_record("response", made.http(described()), URL)),
    "a.warc.gz": made.warc_gz(made.warc_record("response", made.http(described()), URL)),
    "a.rss": made.rss(
        f"<title>{made.TITLE}</title><link>/crane</link><pubDate>Tue, 04 Mar 2031 10:15:00 GMT</pubDate>"
        f"<content:encoded><![CDATA[{LONG}]]></content:encoded>"
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_every_format_tells_the_story_its_title_and_its_day(tmp_path, name):
    (tmp_path / name).write_bytes(GOOD[name])
    source, *others = (row for row in rows(tmp_path / name) if isinstance(row, Source))
    assert len(others) == (name == "wide.jsonl")
    found = extract(source)
    assert "Two dockers were hurt" in found.article.text and "crane had been lifted" in found.article.text
    assert found.article.title == made.TITLE
    assert (found.article.published_best or found.article.published_earliest or "")[:10] == "2031-03-04"
    assert all(value.article_id == found.article.article_id for value in found.metadata)
    used = Counter(value.field for value in found.metadata if value.used)
    columns = {field: getattr(found.article, field) for field in ("title", "byline", "outlet", "url", "language")}
    columns |= {"published": found.article.published_earliest, "modified": found.article.modified}
    assert used == {field: 1 for field, value in columns.items() if value is not None}


def test_what_an_archive_tells_of_a_page_is_kept(tmp_path):
    other = made.warc_record("response", made.http(b"\x89PNG", "image/png"), URL + ".png")
    gone = made.warc_record("response", made.http(b"gone", status="404 Not Found"), URL + "x")
    request = made.warc_record("request", b"GET / HTTP/1.1\r\nHost: gazette.example\r\n\r\n", URL)
    page = made.warc_record("response", made.http(made.page(), "text/html; charset=windows-1251"), URL)
    (tmp_path / "a.warc").write_bytes(made.warc(request, other, gone, page))
    source, counted = rows(tmp_path / "a.warc")
    assert (source.url, source.charset, source.retrieved) == (URL, "windows-1251", "2031-03-05T06:07:08Z")
    assert source.source_uri.endswith("a.warc#4")
    assert counted.reason == "other records"
    assert all(told in counted.detail for told in ("1 image/png", "1 request", "1 response 404"))


def test_a_small_table_that_unpacks_without_end_is_left(tmp_path):
    (tmp_path / "a.parquet").write_bytes(made.parquet([{"text": "a" * 10_000}] * 400))
    found = rows(tmp_path / "a.parquet", 20_000)
    assert isinstance(found[-1], Rejected) and found[-1].reason == "too large" and 30 < len(found) < 400


def test_fields_are_named_by_the_user_however_deep(tmp_path):
    record = {"data": {"wording": made.STORY, "on": "2031-03-04"}, "text": "Not this."}
    (tmp_path / "a.jsonl").write_bytes(made.json_lines(record))
    intake = Intake.of("text=data.wording, published=data.on", online=False, private=False)
    (source,) = rows(tmp_path / "a.jsonl", intake=intake)
    article = extract(source).article
    assert article.text == made.STORY and article.published_best == "2031-03-04"


def test_a_text_in_many_paragraphs_is_read_whole(tmp_path):
    parts = [f"Paragraph {n} tells of the quay." for n in range(50)]
    (tmp_path / "a.jsonl").write_bytes(made.json_lines({"text": parts}))
    assert extract(rows(tmp_path / "a.jsonl")[0]).article.text.split("\n") == parts


def test_a_mapped_record_is_taken_for_one_whatever_lists_it_holds(tmp_path):
    record = {"story": {"plain": made.STORY}, "tags": [{"name": "quay"}, {"name": "crane"}]}
    (tmp_path / "a.json").write_text(json.dumps(record))
    (source,) = rows(tmp_path / "a.json", intake=Intake.of("text=story.plain", online=False, private=False))
    assert extract(source).article.text == made.STORY


@pytest.mark.parametrize("told", ["wording", "colour=body", "text="])
def test_a_mapping_that_maps_nothing_is_an_error(told):
    with pytest.raises(RashomonError, match="maps no field"):
        Intake.of(told, online=False, private=False)


def test_markup_in_a_field_is_read_as_a_page(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(made.json_lines({"text": LONG, "title": made.TITLE}))
    (source,) = rows(tmp_path / "a.jsonl")
    found = extract(source)
    assert "<p>" not in found.article.text and found.article.title == made.TITLE


def test_attachments_are_sources_of_their_own(tmp_path):
    given = [
        ("statement.pdf", "application/pdf", made.pdf(made.STORY.splitlines())),
        ("crane.png", "image/png", b"\x89PNG\r\n"),
        ("text.docx", "application/octet-stream", made.docx(made.STORY.splitlines())),
    ]
    (tmp_path / "a.eml").write_bytes(made.mail(given))
    message, pdf, picture, docx = rows(tmp_path / "a.eml")
    assert [item.kind for item in (message, pdf, docx)] == ["mail", "pdf", "docx"]
    assert pdf.source_uri.endswith("a.eml#1") and picture.reason == "unsupported" and "crane.png" in picture.detail
    assert "statement" not in extract(message).article.text
    assert all("Two dockers" in extract(item).article.text for item in (message, pdf, docx))


def test_a_mail_with_documents_in_its_midst_is_read_whole(tmp_path):
    message = EmailMessage()
    message["Subject"], message["From"] = made.TITLE, "press@port-of-ostrel.example"
    message.set_content(made.STORY)
    shown = {"maintype": "application", "disposition": "inline"}
    message.add_attachment(made.pdf(["The quay opens."]), subtype="pdf", filename="note.pdf", **shown)
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png", disposition="inline")
    message.attach(MIMEText("The quay will open again on Friday, she added.\n"))
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    mail, pdf = rows(tmp_path / "a.eml")
    assert pdf.kind == "pdf" and pdf.source_uri.endswith("#1")
    assert "Two dockers" in extract(mail).article.text and "again on Friday" in extract(mail).article.text


def test_patterns_name_files_and_standard_input_is_told_by_its_look(tmp_path, monkeypatch):
    for name in ("a.txt", "b.txt", "deep/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(made.STORY)
    found = list(collect([str(tmp_path / "**" / "*.txt")]))
    assert [Path(row.source_uri).name for row in found] == ["a.txt", "b.txt", "c.txt"]
    (missing,) = collect([str(tmp_path / "*.pdf")])
    assert missing.reason == "missing"
    for data, kind in (
        (described(), "html"),
        (made.json_lines(made.RECORD, made.RECORD), "json"),
        (made.STORY.encode(), "text"),
        (gzip.compress(made.STORY.encode()), "text"),
        (made.pdf(["One line."]), "pdf"),
        (made.mail(), "mail"),
        (b"title,text\nOne,The quay was closed.\n", "json"),
        (gzip.compress(table("\t", [made.RECORD])), "json"),
        (made.warc_gz(story(1)), "html"),
        (b"Story, by Ann Orr\nThe quay was closed.\n", "text"),
    ):
        monkeypatch.setattr(sources.sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        first = next(collect(["-"]))
        assert isinstance(first, Source) and first.kind == kind and first.source_uri.startswith("stdin")


def test_addresses_in_files_are_not_fetched_unless_allowed(tmp_path):
    (tmp_path / "list.txt").write_text("# pages of the day\nhttps://gazette.example/a\nhttps://gazette.example/b\n")
    short = made.rss("<title>Short</title><link>https://gazette.example/c</link><description>Brief.</description>")
    (tmp_path / "feed.xml").write_bytes(short)
    found = rows(tmp_path)
    assert {row.source_uri.rpartition("/")[2]: row.reason for row in found} == dict.fromkeys("abc", "not fetched")


def test_a_feed_with_relative_links_is_led_back_to_its_address():
    items = ["<title>One</title><link>news/one</link>", "<title>Two</title>", "<guid>https://x.example/3</guid>"]
    file = Opened("f", io.BytesIO(made.rss(*items)), LIMIT)
    first, second, third = feeds.read(file, "https://y.example/feeds/all.xml")
    assert first == Address("https://y.example/feeds/news/one", "f", (("title", "One", "feed title"),))
    assert third == Address("https://x.example/3", "f")
    assert isinstance(second, Rejected) and second.reason == "no address"


def entries(data: bytes) -> list[Source | Rejected | Address]:
    return list(feeds.read(Opened("f", io.BytesIO(data), LIMIT), "https://y.example/"))


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><title>Velm</title>
<entry><media:title>A picture</media:title><media:content url="https://y.example/p.jpg">Seen</media:content>
<title type="html">Crane &amp;amp; &lt;i&gt;quay&lt;/i&gt;</title><link href="/1"/><published>2031-03-04</published>
<source><title>Ostrel Post</title><id>x</id></source><content type="html">{}</content></entry></feed>"""


def test_what_stands_beside_an_entry_is_not_taken_for_it():
    (record,) = entries(ATOM.format(html.escape(LONG)).encode())
    article = extract(record).article
    assert article.title == "Crane & quay" and article.outlet == "Ostrel Post" and "Two dockers" in article.text


NEWS_MAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:v="http://www.google.com/schemas/sitemap-video/1.1">
<url><loc>/1</loc><lastmod>2031-03-05</lastmod><v:video><v:title>A film</v:title></v:video><news:news>
<news:publication><news:name>Velm Gazette</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2031-03-04T10:00:00Z</news:publication_date><news:title>Crane falls</news:title>
</news:news></url></urlset>"""


def test_a_sitemap_tells_of_its_pages():
    (address,) = entries(NEWS_MAP)
    assert set(address.told) == {
        ("modified", "2031-03-05", "sitemap lastmod"),
        ("outlet", "Velm Gazette", "sitemap name"),
        ("published", "2031-03-04T10:00:00Z", "sitemap publication_date"),
        ("title", "Crane falls", "sitemap title"),
    }


def bomb(size: int) -> bytes:
    return gzip.compress(b"a" * size)


def docx_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 70_000_000 + b"</a>")
    return out.getvalue()


ENTITIES = "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
BAD = {
    "cut.jsonl.gz": (gzip.compress(made.json_lines(made.RECORD))[:-20], "malformed"),
    "bomb.txt.gz": (bomb(300_000_000), "too large"),
    "bomb.html.gz": (bomb(LIMIT + 100), "too large"),
    "noise.txt.gz": (b"\x1f\x8b\x08\x00" + bytes(range(200)), "malformed"),
    "deep.json": (b"[" * 100_000, "malformed"),
    "scalar.json": (b"42", "malformed"),
    "blank.json": (b" \n", "empty"),
    "broken.parquet": (made.parquet([made.RECORD])[:-40], "malformed"),
    "norows.parquet": (made.parquet([made.RECORD])[:0], "malformed"),
    "header.csv": (b"title,text\n", "empty"),
    "none.warc": (b"no archive at all", "malformed"),
    "blank.warc": (b"\r\n\r\n", "empty"),
    "page.xml": (b"<note><to>someone</to></note>", "unsupported"),
    "empty.xml": (made.rss(), "empty"),
    "noxml.xml": (b"nothing of the kind", "malformed"),
    "line.urls": (b"ftp://gazette.example/x\n", "malformed"),
    "binary.eml": (b"\x00\x01\x02" * 100, "binary"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_told(tmp_path, name):
    data, reason = BAD[name]
    (tmp_path / name).write_bytes(data)
    found = [row for row in rows(tmp_path / name) if isinstance(row, Rejected)]
    assert [row.reason for row in found][-1:] == [reason]
    assert all(row.stage == "read" and row.detail for row in found)


UNREADABLE = {
    "scan.pdf": (made.pdf([""]), "no text"),
    "cut.pdf": (b"%PDF-1.4\n" + b"1 0 obj << /Type /Catalog", "malformed"),
    "bomb.docx": (docx_bomb(), "too large"),
    "nozip.docx": (b"PK\x03\x04 and nothing", "malformed"),
    "blank.docx": (made.docx([]), "no text"),
    "entities.docx": (made.docx(["&b;&f;"], ENTITIES), "no text"),
    "picture.eml": (b"Subject: x\nContent-Type: image/png\n\nabc", "no text"),
    "frames.html": (b"<html><frameset><frame src=a><frame src=b></frameset></html>", "frames only"),
    "script.html": (b"<html><body><script>show('the news')</script></body></html>", "scripts only"),
    "nofield.jsonl": (made.json_lines({"wording": made.STORY}), "no text field"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_holds_no_text_is_told(tmp_path, name):
    data, reason = UNREADABLE[name]
    (tmp_path / name).write_bytes(data)
    (source,) = rows(tmp_path / name)
    with pytest.raises(UnreadableSource) as caught:
        extract(source)
    assert caught.value.reason == reason and caught.value.detail


def story(number: int, length: int | None = None) -> bytes:
    """A record whose page tells a numbered story; `length` is what it says of itself."""
    page = made.page(f"Story {number}. {made.STORY}")
    return made.warc_record("response", made.http(page), f"https://gazette.example/{number}", length)


def told_in(path: Path, limit: int = LIMIT) -> tuple[list[str], list[str]]:
    """The numbers of the stories that an archive gives, and the reasons of its rows."""
    found = rows(path, limit)
    articles = [extract(row).article.text for row in found if isinstance(row, Source)]
    return [t.split()[1] for t in articles], [row.reason for row in found if isinstance(row, Rejected)]


@pytest.mark.parametrize("packed", [False, True])
def test_a_cut_off_archive_gives_what_stands_before_the_damage(tmp_path, packed):
    data = (made.warc_gz if packed else made.warc)(story(1), story(2))
    (tmp_path / "a.warc").write_bytes(data[:-250])
    stories, reasons = told_in(tmp_path / "a.warc")
    assert stories == ["1.", "2."][: 1 if packed else 2] and reasons[0] == "cut off"


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("length", [0, 10, 300, 560, 1200, 10_000_000, 10**17, -1])
def test_an_archive_whose_lengths_lie_is_told_and_read_to_its_end(tmp_path, length, packed):
    records = [story(1), story(2, length), story(3), story(4)]
    (tmp_path / "a.warc").write_bytes((made.warc_gz if packed else made.warc)(*records))
    assert told_in(tmp_path / "a.warc") == (["1.", "2.", "3.", "4."], ["malformed"])


def test_damage_costs_its_own_records_only(tmp_path):
    noise = bytes(range(256)) * 20
    odd = made.warc_record("response", made.http(b"abc", more="Content-Encoding: br\r\n"), URL)
    burst = made.http(gzip.compress(b"a" * 9_000_000), more="Content-Encoding: gzip\r\n")
    bomb = made.warc_record("response", burst, URL)
    (tmp_path / "a.warc").write_bytes(story(1) + noise + b"\r\n" + story(2) + odd + bomb + story(3))
    assert told_in(tmp_path / "a.warc") == (["1.", "2.", "3."], ["malformed", "malformed", "too large"])
    packed = [gzip.compress(record) for record in (story(1), story(2), story(3), story(4))]
    packed[1] = packed[1][:200] + noise[:40] + packed[1][240:]
    packed[2] = gzip.compress(made.warc_record("response", made.http(b"a" * 90_000_000), URL), 1)
    (tmp_path / "b.warc.gz").write_bytes(b"".join(packed))
    stories, reasons = told_in(tmp_path / "b.warc.gz")
    assert (stories[0], stories[-1]) == ("1.", "4.") and {"malformed"} <= set(reasons)


def test_a_record_larger_than_allowed_is_passed_over(tmp_path):
    large = made.warc_record("response", made.http(made.page("word " * 60_000)), URL)
    (tmp_path / "a.warc").write_bytes(story(1) + large + story(2))
    assert told_in(tmp_path / "a.warc", 100_000) == (["1.", "2."], ["too large"])


def test_broken_quoting_costs_its_own_rows_only(tmp_path):
    lines = [
        "title,text",
        'One,"First, whole."',
        'Two,"never closed',
        "Three,Third.",
        "Four,Too,many",
        'Five,"Fi""fth."',
    ]
    (tmp_path / "a.csv").write_text("\n".join(lines))
    found = rows(tmp_path / "a.csv")
    told = [json.loads(row.data).get("title") for row in found if isinstance(row, Source)]
    assert told == ["One", "Three", "Five"]
    assert [row.reason for row in found if isinstance(row, Rejected)] == ["malformed", "malformed"]


def test_mail_of_a_thousand_parts_is_read(tmp_path):
    inner = b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 1000
    data = b"Subject: x\nFrom: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + inner
    (tmp_path / "a.eml").write_bytes(data)
    (first, *_) = rows(tmp_path / "a.eml")
    with pytest.raises(UnreadableSource):
        extract(first)


def test_unpacking_gives_back_what_was_packed():
    from rashomon.read.opened import Unpacked

    for parts in ([b"a" * 100], [b"one", b"", b"two" * 5000], [zlib.compress(bytes(range(256))) * 99]):
        packed = io.BytesIO(b"".join(map(gzip.compress, parts)))
        assert io.BufferedReader(Unpacked(packed, 10**7)).read() == b"".join(parts)
