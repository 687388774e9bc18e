"""A model asked for gists over HTTP, as OpenAI's chat completions are asked: here by a server of the test's own."""

import json
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from typer.testing import CliRunner

from rashomon.cli import app
from rashomon.errors import EndpointError
from rashomon.report.gist import Endpoint
from rashomon.store import gists
from rashomon.store.dossier import Dossier
from rashomon.store.verify import verify


def told(body):
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": body}}]}).encode()


def first_passage(asked):
    """The first passage, without marks of quotation: what a careful model might say."""
    passage = asked["messages"][1]["content"].splitlines()[0].removeprefix("- ")
    return told(passage.translate(dict.fromkeys(map(ord, '"“”«»„')))[:280].rpartition(" ")[0])


@pytest.fixture
def model():
    """An endpoint whose answers, `status` and record of what it was asked the test sets and reads."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked.append((self.path, self.headers.get("Authorization"), asked))
            self.send_response(server.status)
            self.end_headers()
            self.wfile.write(server.answer(asked))

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.answer, server.status = [], first_passage, 200
    server.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def own(dossier, tmp_path):
    return Dossier(shutil.copytree(dossier.path, tmp_path / "own.dossier"))


def invoke(own, *words, **environment):
    return CliRunner().invoke(app, ["gists", str(own.path), *words], env=environment)


def test_gists_stand_above_their_passages_and_change_nothing_else(own, model):
    before = {p: p.read_bytes() for p in own.path.rglob("*") if p.is_file()}
    asked = ("--endpoint", model.address, "--model", "small", "--most", "3")
    shown = invoke(own, *asked, RASHOMON_ENDPOINT_KEY="secret")
    assert shown.exit_code == 0, shown.output
    assert [(path, key) for path, key, _ in model.asked] == 3 * [("/v1/chat/completions", "Bearer secret")]
    rows = {row["claim_id"]: row for row in json.loads(invoke(own, "--json").output)}
    kept = gists.load(own.path)
    assert len(kept) == len(model.asked) == 3
    assert len(rows) > 1 and set(rows) == {gist.claim_id for gist in kept if gist.refused is None}
    for gist, (_, _, sent) in zip(kept, model.asked, strict=True):
        if (row := rows.get(gist.claim_id)) is None:
            continue
        passages = row["claim"]["evidence"]["citations"]
        assert len({p["article_id"] for p in passages}) > 1
        for p in passages:
            assert own.article(p["article_id"]).text[p["start"] : p["end"]] == p["text"]
            assert " ".join(p["text"].split()) in sent["messages"][1]["content"]
        assert row["text"] in shown.output.replace("\n", " ") or row["text"][:40] in shown.output
    assert "proposed by small; no article's words" in " ".join(shown.output.split())
    assert {p: p.read_bytes() for p in own.path.rglob("*") if p.is_file() and p.name != gists.LOG} == before
    assert verify(own).rows


def test_the_same_claim_is_asked_once_and_another_model_anew(own, model):
    for name in ("small", "small", "other"):
        assert invoke(own, "--endpoint", model.address, "--model", name, "--most", "1").exit_code == 0
    sent = [asked["messages"][1]["content"] for _, _, asked in model.asked]
    assert len(sent) == 3 and sent[0] == sent[2] != sent[1]


def test_what_no_passage_says_is_refused_and_kept_with_the_reason(own, model):
    model.answer = lambda _: told("Seventeen dragons burned the palace.")
    shown = invoke(own, "--endpoint", model.address, "--model", "small", "--most", "2")
    assert shown.exit_code == 0 and "dragons" not in shown.output and "2 gists refused" in shown.output
    assert [g.refused for g in gists.load(own.path)] == 2 * ["no passage has 'seventeen'"]
    assert json.loads(invoke(own, "--json").output) == []


@pytest.mark.parametrize(
    ("status", "answer", "why"),
    [
        (500, b"out of memory", "answered 500: out of memory"),
        (200, b"<html>", "gave no answer"),
        (200, b"[]", "no choices"),
        (200, b'{"choices": []}', "no choices"),
        (200, b'{"choices": [{"message": {"content": null}}]}', "no choices"),
    ],
)
def test_an_endpoint_that_is_no_model_is_told_in_a_line(model, status, answer, why):
    model.status, model.answer = status, lambda _: answer
    with pytest.raises(EndpointError, match=why):
        Endpoint(model.address, "small").answer("", "")


def test_an_address_that_is_none_or_silent_is_told_in_a_line():
    for address in ("localhost:11434", "file:///etc/passwd", "http://127.0.0.1:9/v1", "http://[/v1"):
        with pytest.raises(EndpointError):
            Endpoint(address, "small").answer("", "")


def test_an_address_wants_a_model(own, model):
    assert invoke(own, "--endpoint", model.address).exit_code == 1
    assert not model.asked


def test_the_key_is_not_shown():
    assert "secret" not in repr(Endpoint("http://localhost/v1", "small", "secret"))
