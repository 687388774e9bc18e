"""Reading from a real server that misbehaves: each failure is a row that says why, and the rest is read."""

from __future__ import annotations

import gzip
import itertools
import threading
import time

import pytest

from rashomon.extract.article import extract
from rashomon.model.records import Rejected, Source
from rashomon.read.intake import COMMAND_LINE, Address, Intake
from rashomon.read.web import guard
from rashomon.read.web.client import retry_after
from rashomon.read.web.guard import is_private
from rashomon.read.web.memory import Memory
from rashomon.read.web.reading import Web
from rashomon.read.web.robots import Robots
from rashomon.settings import Settings
from tests.read import made
from tests.read.web.server import Server, answer, drip, once, redirect, reset, serving, silent, slow_head

QUICK = {"web_delay": 0, "web_timeout": 1, "web_total": 2, "web_retries": 1, "web_patience": 3, "max_source": 300_000}
PAGE = answer(made.page())


@pytest.fixture
def server():
    with serving() as running:
        yield running


def read(server: Server, *paths: str, memory: Memory | None = None, private: bool = True, resolve=None, **given):
    settings = Settings.of(QUICK | given)
    more = {"resolve": resolve} if resolve else {}
    web = Web(settings, Intake(online=True, private=private), memory or Memory(), **more)
    try:
        return list(
            web([Address(server.base + path if path.startswith("/") else path, COMMAND_LINE) for path in paths])
        )
    finally:
        web.close()


def test_a_page_comes_with_what_the_transport_tells(server):
    server.answers = {"/a": redirect("/b", 301), "/b": answer(made.page(), kind="text/html; charset=windows-1251")}
    (source,) = read(server, "/a")
    assert isinstance(source, Source) and source.data == made.page() and source.kind == "html"
    assert (source.source_uri, source.url) == (server.base + "/a", server.base + "/b")
    assert source.charset == "windows-1251" and source.retrieved.endswith("Z")
    assert all(headers["User-Agent"].startswith("rashomon/") for _, _, headers in server.asked)


BAD = {
    "missing": (None, "answered 404"),
    "slow": (drip(0.3), "too slow"),
    "slow head": (slow_head(0.2), "too slow"),
    "endless": (drip(0, b"x" * 60_000), "too large"),
    "silent": (silent(1.6), "no answer"),
    "loop": (redirect("/bad"), "redirect loop"),
    "far": (redirect("/bad?1"), "too many redirects"),
    "scheme": (redirect("file:///etc/passwd"), "unsupported"),
    "password": (redirect("http://me:secret@127.0.0.1/"), "credentials"),
    "bomb": (answer(gzip.compress(b"a" * 50_000_000), Content_Encoding="gzip"), "too large"),
    "damaged": (answer(b"\x1f\x8b\x08\x00" + bytes(200), Content_Encoding="gzip"), "malformed"),
    "cut": (answer(gzip.compress(made.page())[:-30], Content_Encoding="gzip"), "no answer"),
    "brotli": (answer(b"abc", Content_Encoding="br"), "unsupported"),
    "picture": (answer(b"\x89PNG\r\n", kind="image/png"), "unsupported"),
    "empty": (answer(b""), "empty"),
    "failing": (answer(b"", 500), "no answer"),
    "reset": (reset, "no answer"),
    "short": (answer(made.page(), Content_Length="900000"), "no answer"),
    "patience": (answer(b"", 429, Retry_After="3600"), "told to wait"),
    "headers": (answer(b"x", X_Long="y" * 200_000), "no answer"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_server_that_misbehaves_costs_its_own_row(server, name):
    bad, reason = BAD[name]
    server.answers = {"/good": PAGE} | ({"/bad": bad} if bad else {})
    if name == "far":
        server.answers |= {f"/bad?{n}": redirect(f"/bad?{n + 1}") for n in range(9)}
    started = time.monotonic()
    row, good = read(server, "/bad", "/good")
    assert isinstance(row, Rejected) and row.reason == reason and row.stage == "read" and row.detail
    assert "secret" not in row.detail and isinstance(good, Source)
    assert time.monotonic() - started < 9


def test_what_fails_for_the_moment_is_tried_again_when_it_was_told_to(server):
    server.answers = {"/a": once(answer(b"", 503, Retry_After="1"), PAGE)}
    (source,) = read(server, "/a")
    first, second = (at for at, path, _ in server.asked if path == "/a")
    assert isinstance(source, Source) and second - first >= 1


AHEAD = "Fri, 01 Jan 2100 00:00:00 GMT"


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("7", 7.0), (" 120 ", 120.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0), ("soon", None), ("-3", None), (None, None)],
)
def test_how_long_a_server_asks_to_wait(told, seconds):
    assert retry_after(told) == seconds
    assert retry_after(AHEAD) > 1e9


def test_a_date_far_ahead_is_not_waited_for(server):
    server.answers = {"/a": answer(b"", 503, Retry_After=AHEAD)}
    assert read(server, "/a")[0].reason == "told to wait"


def test_packed_answers_are_unpacked(server):
    server.answers = {"/a": answer(gzip.compress(made.page()), Content_Encoding="gzip")}
    assert read(server, "/a")[0].data == made.page()


def test_one_host_is_asked_by_one_at_a_time_and_not_too_often(server):
    pages = [f"/{n}" for n in range(5)]
    server.answers = dict.fromkeys(pages, PAGE)
    found = read(server, *pages, web_delay=200)
    assert [row.source_uri for row in found] == [server.base + page for page in pages]
    times = [at for at, _, _ in server.asked]
    assert server.most_at_once == 1 and min(b - a for a, b in itertools.pairwise(times)) >= 0.19


def test_robots_are_obeyed(server):
    server.answers = {
        "/robots.txt": answer(
            b"User-agent: *\nDisallow: /closed\nAllow: /closed/but\nCrawl-delay: 0.3", kind="text/plain"
        ),
        **dict.fromkeys(["/closed/a", "/closed/but/b", "/c"], PAGE),
    }
    first, second, third = read(server, "/closed/a", "/closed/but/b", "/c")
    assert first.reason == "robots.txt" and isinstance(second, Source) and isinstance(third, Source)
    assert "/closed/a" not in server.paths() and server.paths().count("/robots.txt") == 1
    assert server.asked[-1][0] - server.asked[-2][0] >= 0.29


def test_a_failing_robots_file_forbids_and_a_missing_one_allows(server):
    server.answers = {"/robots.txt": answer(b"", 500), "/a": PAGE}
    assert {row.reason for row in read(server, "/a", "/b")} == {"no answer"} and "/a" not in server.paths()
    assert server.paths() == ["/robots.txt"] * 2, "what failed for one page is not tried again for the next"
    server.answers = {"/a": PAGE}
    assert isinstance(read(server, "/a")[0], Source)


UNREAD = {
    "loop": (redirect("/robots.txt"), "sends on too often"),
    "slow": (drip(0.2, b"User-agent: *\n"), "not answered in full"),
    "elsewhere": (redirect("ftp://gazette.example/"), "Only http"),
    "busy": (answer(b"", 429), "answered 429"),
}


@pytest.mark.parametrize("name", UNREAD)
def test_a_robots_file_that_cannot_be_read_forbids_and_why_is_told(server, name):
    server.answers = {"/robots.txt": UNREAD[name][0], "/a": PAGE}
    (row,) = read(server, "/a", web_total=1, web_retries=0)
    assert UNREAD[name][1] in row.detail and "/a" not in server.paths()


def test_one_machine_is_asked_by_one_at_a_time_whatever_its_ports():
    with serving() as one, serving() as other:
        asked = []
        for server in (one, other):
            server.answers = {"/a": lambda request: (asked.append(time.monotonic()), PAGE(request))}
        found = read(one, "/a", other.base + "/a", web_delay=300)
        assert all(isinstance(row, Source) for row in found) and asked[1] - asked[0] >= 0.29


ROBOTS = [
    ("User-agent: *\nDisallow: /", "/a", False),
    ("User-agent: *\nDisallow:", "/a", True),
    ("User-agent: other\nDisallow: /", "/a", True),
    ("User-agent: Rashomon/1.0\nDisallow: /x\n\nUser-agent: *\nDisallow: /", "/a", True),
    ("User-agent: a\nUser-agent: rashomon\nDisallow: /a", "/a/b", False),
    ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
    ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", True),
    ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
    ("User-agent: *\nDisallow: /%7Eme", "/~me/a", False),
    ("Disallow: /", "/a", True),
    ("# nothing\n<html>", "/a", True),
]


@pytest.mark.parametrize(("text", "path", "allowed"), ROBOTS)
def test_rules_of_robots_files(text, path, allowed):
    assert Robots.of(text).allows("https://gazette.example" + path) is allowed


def test_private_machines_are_not_asked_unless_allowed(server):
    server.answers = {"/a": PAGE}
    (row,) = read(server, "/a", private=False)
    assert row.reason == "private address" and not server.asked


@pytest.mark.parametrize(
    ("address", "private"),
    [
        *[(a, True) for a in ("127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "224.0.0.1")],
        *[(a, True) for a in ("::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "100.64.0.1")],
        *[(a, True) for a in ("64:ff9b::7f00:1", "::127.0.0.1", "2002:7f00:1::")],
        *[(a, False) for a in ("8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808")],
    ],
)
def test_which_addresses_are_private(address, private):
    assert is_private(address) is private


def test_a_name_that_has_a_private_address_among_others_is_refused(server):
    (row,) = read(server, "http://gazette.example/a", private=False, resolve=lambda host, port: ["8.8.8.8", "10.0.0.1"])
    assert row.reason == "private address" and "10.0.0.1" in row.detail


def test_a_name_cannot_change_its_mind_after_it_was_looked_up(server):
    """The connection goes where the first look-up led, and the server is told the name."""
    server.answers = {"/a": PAGE}
    looked_up = []

    def resolve(host, port):
        looked_up.append(host)
        return ["127.0.0.1"]

    port = server.base.rpartition(":")[2]
    (source,) = read(server, f"http://gazette.example:{port}/a", resolve=resolve)
    assert isinstance(source, Source) and set(looked_up) == {"gazette.example"}
    assert all(headers["Host"] == f"gazette.example:{port}" for _, _, headers in server.asked)


def test_a_redirect_to_a_private_machine_is_refused(server, monkeypatch):
    # This machine stands for a public one here, and its second loopback address for a private one.
    monkeypatch.setattr(guard, "is_private", lambda address: address == "127.0.0.2")
    port = server.base.rpartition(":")[2]
    server.answers = {"/a": redirect(f"http://inner.example:{port}/b"), "/b": PAGE}
    at = {"gazette.example": ["127.0.0.1"], "inner.example": ["127.0.0.2"]}
    (row,) = read(server, f"http://gazette.example:{port}/a", private=False, resolve=lambda host, port: at[host])
    assert row.reason == "private address" and "/a" in server.paths() and "/b" not in server.paths()


def test_feeds_sitemaps_and_lists_are_followed_in_order(server):
    server.answers = {
        "/feed": answer(
            made.rss("<title>1</title><link>/1</link>", "<title>2</title><link>/2</link>"), kind="text/xml"
        ),
        "/map": answer(
            f"<sitemapindex><sitemap><loc>{server.base}/inner</loc></sitemap></sitemapindex>".encode(),
            kind="application/xml",
        ),
        "/inner": answer(
            f"<urlset><url><loc>{server.base}/3</loc></url><url/></urlset>".encode(), kind="application/xml"
        ),
        "/list": answer(f"{server.base}/4\n".encode(), kind="text/plain"),
        **dict.fromkeys(["/1", "/2", "/3", "/4"], PAGE),
    }
    found = read(server, "/feed", "/map", "/list")
    assert [row.source_uri.rpartition("/")[2] for row in found if isinstance(row, Source)] == ["1", "2", "4", "3"]
    assert [row.reason for row in found if isinstance(row, Rejected)] == ["no address"]


def test_packed_maps_tables_and_archives_are_told_by_their_look(server):
    url = f"<urlset><url><loc>{server.base}/1</loc></url></urlset>".encode()
    archive = made.warc_gz(made.warc_record("response", made.http(made.page()), "https://gazette.example/"))
    table = b"title,text,date\nOne,The quay was closed.,2031-03-04\n"
    server.answers = {
        "/map.xml.gz": answer(gzip.compress(url), kind="application/x-gzip"),
        "/a.warc.gz": answer(archive, kind="application/octet-stream"),
        "/a.csv": answer(table, kind="text/plain"),
        "/b": answer(gzip.compress(table), kind="application/gzip"),
        "/c.parquet": answer(made.parquet([made.RECORD]), kind="application/vnd.apache.parquet"),
        "/d": answer(gzip.compress(gzip.compress(table)), kind="application/gzip"),
        "/1": PAGE,
    }
    found = read(server, *list(server.answers)[:-1])
    kinds = {row.source_uri.removeprefix(server.base): getattr(row, "kind", row.__class__.__name__) for row in found}
    assert kinds == {
        "/1": "html",
        "/a.warc.gz#1": "html",
        "/a.csv#2": "json",
        "/b#2": "json",
        "/c.parquet#1": "json",
        "/d": "Rejected",
    }


def test_what_a_feed_tells_of_a_page_stands_behind_what_the_page_tells(server):
    dated = made.page(head='<meta property="article:published_time" content="2031-03-01">')
    item = (
        "<title>Told {0}</title><link>/{0}</link><pubDate>Tue, 04 Mar 2031 10:15:00 GMT</pubDate><author>{0}</author>"
    )
    server.answers = {"/feed": answer(made.rss(item.format(1), item.format(2)), kind="text/xml"), "/1": PAGE}
    server.answers["/2"] = answer(dated)
    first, second = (extract(source) for source in read(server, "/feed"))
    assert (first.article.published_best, second.article.published_best) == ("2031-03-04", "2031-03-01")
    assert first.article.published_evidence == "feed published Tue, 04 Mar 2031 10:15:00 GMT"
    assert (first.article.title, first.article.byline) == (made.TITLE, "1")
    assert ("title", "Told 1", "feed title", False) in {(v.field, v.value, v.origin, v.used) for v in first.metadata}


def test_hosts_are_asked_side_by_side_and_what_came_is_handed_on_at_once():
    with serving() as quick, serving() as slow:
        let = threading.Event()
        quick.answers = dict.fromkeys(["/1", "/2", "/3"], PAGE)
        slow.answers = {"/1": lambda request: (let.wait(5), PAGE(request))}
        urls = [
            quick.base + "/1",
            slow.base.replace("127.0.0.1", "127.0.0.2") + "/1",
            quick.base + "/2",
            quick.base + "/3",
        ]
        web = Web(
            Settings.of(QUICK), Intake(online=True, private=True), Memory(), resolve=lambda host, port: ["127.0.0.1"]
        )
        found = web([Address(url, COMMAND_LINE) for url in urls])
        assert next(found).source_uri == urls[0] and not let.is_set()
        while quick.paths()[-1] != "/3":
            time.sleep(0.01)
        let.set()
        assert [row.source_uri for row in found] == urls[1:]
        web.close()


def test_whoever_has_enough_stops_the_rest(server):
    server.answers = dict.fromkeys([f"/{n}" for n in range(50)], PAGE)
    web = Web(Settings.of(QUICK | {"web_delay": 50}), Intake(online=True, private=True), Memory())
    found = web([Address(f"{server.base}/{n}", COMMAND_LINE) for n in range(50)])
    assert isinstance(next(found), Source)
    found.close()
    assert len(server.paths()) < 10
    web.close()


def test_more_addresses_than_allowed_are_told(server):
    urls = "".join(f"<url><loc>{server.base}/{n}</loc></url>" for n in range(5))
    server.answers = {"/map": answer(f"<urlset>{urls}</urlset>".encode(), kind="text/xml"), "/0": PAGE, "/1": PAGE}
    found = read(server, "/map", web_addresses=2)
    assert [row.reason for row in found if isinstance(row, Rejected)] == ["too many"]
    assert len([row for row in found if isinstance(row, Source)]) == 2


def test_a_page_without_a_tag_is_asked_for_by_its_date(server):
    day = "Tue, 04 Mar 2031 10:15:00 GMT"

    def dated(request):
        since = request.headers.get("If-Modified-Since")
        (answer(b"", 304) if since == day else answer(made.page(), Last_Modified=day))(request)

    server.answers = {"/a": dated}
    memory = Memory()
    assert len(read(server, "/a", memory=memory)) == 1 and read(server, "/a", memory=memory) == []


def test_what_has_not_changed_is_not_fetched_again(server, tmp_path):
    def tagged(request):
        if request.headers.get("If-None-Match") == '"v1"':
            answer(b"", 304)(request)
        else:
            answer(made.page(), ETag='"v1"')(request)

    server.answers = {"/feed": answer(made.rss("<link>/1</link>"), kind="text/xml"), "/1": tagged}
    memory = Memory(tmp_path / "web.json")
    assert len(read(server, "/feed", memory=memory)) == 1
    memory.save()
    assert read(server, "/feed", memory=Memory(tmp_path / "web.json")) == []
    assert server.paths().count("/1") == 1, "a page that a feed names is not asked again so soon"
    assert read(server, "/feed", memory=Memory(tmp_path / "web.json"), web_recheck=0) == []
    assert server.paths().count("/1") == 2
    (tmp_path / "web.json").write_text("{damaged")
    assert len(read(server, "/feed", memory=Memory(tmp_path / "web.json"))) == 1
