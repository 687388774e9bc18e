"""Everything in one call, by the Python API: each input gives its articles, what cannot be read its rows."""

from __future__ import annotations

import json

import rashomon
from rashomon.model.records import Rejected
from rashomon.store.verify import verify
from tests.read import made
from tests.read.web.server import answer, serving


def story(number: int) -> str:
    return made.STORY.replace("Two dockers", f"The {number} dockers")


def test_files_folders_patterns_lists_and_addresses_in_one_call(tmp_path, monkeypatch):
    monkeypatch.setenv("RASHOMON_WEB_DELAY", "0")
    put = tmp_path / "in"
    (put / "folder").mkdir(parents=True)
    (put / "folder" / "a.txt").write_text(f"{made.TITLE}\n\n{story(10)}")
    (put / "folder" / "b.html").write_bytes(made.page(story(11)))
    (put / "folder" / "picture.png").write_bytes(b"\x89PNG")
    (put / "one.eml").write_bytes(made.mail([("c.pdf", "application/pdf", made.pdf(story(12).splitlines()))]))
    (put / "two.docx").write_bytes(made.docx(story(13).splitlines()))
    records = [{"wording": story(number), "seen": "2031-03-04"} for number in (14, 15)]
    (put / "rows.jsonl").write_text("\n".join(map(json.dumps, records)) + "\n{broken")
    (put / "rows.parquet").write_bytes(made.parquet([{"wording": story(16), "seen": "2031-03-04"}]))
    archived = made.warc_record("response", made.http(made.page(story(17))), "https://gazette.example/17")
    (put / "pages.warc.gz").write_bytes(made.warc_gz(archived))
    with serving() as server:
        item = "<title>News</title><link>/20</link><pubDate>Wed, 05 Mar 2031 08:00:00 GMT</pubDate>"
        server.answers = {
            "/feed": answer(made.rss(item), kind="application/rss+xml"),
            **{f"/{n}": answer(made.page(story(n))) for n in (18, 19, 20)},
        }
        (put / "list.urls").write_text(f"{server.base}/18\n{server.base}/missing\n")
        inputs = [put / "folder", put / "*.eml", put / "two.docx", put / "rows.*", put / "*.warc.gz", put / "list.urls"]
        told = {"fields": "text=wording,published=seen", "online": True, "private": True}
        dossier = rashomon.read([*inputs, server.base + "/19", server.base + "/feed"], tmp_path / "d", **told)
    verify(dossier)
    articles = dossier.table("articles").to_pylist()
    found = {text.split("dockers")[0].split()[-1] for text in (row["text"] for row in articles)}
    assert found == {*map(str, range(10, 21)), "Two"}  # and the mail's own
    days = {row["text"].split("dockers")[0].split()[-1]: row["published_best"] for row in articles}
    assert (days["14"], days["16"], days["20"]) == ("2031-03-04", "2031-03-04", "2031-03-05")
    assert sorted(row.reason for row in dossier.records(Rejected)) == ["answered 404", "malformed", "unsupported"]
