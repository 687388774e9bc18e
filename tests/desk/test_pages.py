"""Every page that a link leads to, whole and verbatim, whatever the articles hold."""

import re

import pytest
from lxml import html

from rashomon.model.chronicle import Moment
from rashomon.model.records import Article, Entity, Event, Quotation, Storyline


def links(text: str) -> set[str]:
    """Addresses of pages of the desk, without what comes behind `?` or `#`."""
    return set(re.findall(r'href="(/(?:events|storylines|articles|entities)/[^"?#]+)', text))


def test_every_page_that_is_linked_is_there(client):
    seen, left = set(), {"/"}
    while left:
        address = left.pop()
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        left |= links(answer.text) - seen
    nouns = {address.split("/")[1] for address in seen}
    assert {"events", "storylines", "articles", "entities"} <= nouns


def test_the_first_page_tells_every_storyline_and_event(client, dossier_here):
    page = html.fromstring(client.get("/").text)
    told = page.text_content()
    assert f"{len(dossier_here.records(Article))} articles" in told
    for event in dossier_here.records(Event):
        assert page.xpath(f"//a[@href='/events/{event.event_id}']")
    for line in dossier_here.records(Storyline):
        assert page.xpath(f"//a[@href='/storylines/{line.storyline_id}']")


@pytest.mark.parametrize(
    "asked, kept",
    [
        ({"since": "2024-12-14"}, lambda e: (e.latest or "") >= "2024-12-14"),
        ({"until": "2024-01-01"}, lambda e: (e.earliest or "9") <= "2024-01-01"),
    ],
)
def test_filters_keep_what_they_say(client, dossier_here, asked, kept):
    listed = set(re.findall(r'href="/events/([^"]+)"', client.get("/", params=asked).text))
    assert listed == {e.event_id for e in dossier_here.records(Event) if kept(e)}
    assert listed


def test_a_place_narrows_the_list(client, dossier_here):
    names = {e.entity_id: e.name for e in dossier_here.records(Entity)}
    placed = [e for e in dossier_here.records(Event) if e.place_id]
    assert placed
    for event in placed:
        listed = re.findall(r'href="/events/([^"]+)"', client.get("/", params={"place": names[event.place_id]}).text)
        assert set(listed) == {e.event_id for e in placed if names[e.place_id] == names[event.place_id]}


def test_an_outlet_and_an_actor_narrow_the_list(client, dossier_here):
    of_outlet = {a.event_id for a in dossier_here.records(Article) if a.outlet == "Karvonia Monitor"}
    listed = set(re.findall(r'href="/events/([^"]+)"', client.get("/", params={"outlet": "Karvonia Monitor"}).text))
    assert listed == of_outlet
    everybody = set(re.findall(r'href="/events/([^"]+)"', client.get("/").text))
    rosvik = set(re.findall(r'href="/events/([^"]+)"', client.get("/", params={"actor": "Anna Rosvik"}).text))
    assert rosvik and rosvik < everybody
    nobody = client.get("/", params={"actor": "Nobody of that name"}).text
    assert "Nobody here is called" in nobody and "/events/" not in nobody


@pytest.mark.parametrize("day", ["yesterday", "2024-13-40", "<b>", "9999999999"])
def test_a_day_that_is_none_is_told(client, day):
    answer = client.get("/", params={"since": day})
    assert answer.status_code == 200
    assert "is no day" in answer.text and "<b>" not in answer.text


def test_the_text_of_an_article_is_all_there_in_order(client, dossier_here):
    for article in dossier_here.records(Article):
        page = html.fromstring(client.get(f"/articles/{article.article_id}").text)
        shown = "".join(page.xpath("//div[@id='text']//p//text()"))
        bare = re.sub(r"[\u202a-\u202e\u2066-\u2069]", lambda m: f"⟨U+{ord(m[0]):04X}⟩", article.text)
        assert "".join(shown.split()) == "".join(bare.split())


def test_a_deep_link_marks_just_its_characters(client, dossier_here):
    quotation = next(q for q in dossier_here.records(Quotation) if len(q.content) == 1)
    start, end = quotation.content[0].start, quotation.content[0].end
    page = html.fromstring(client.get(f"/articles/{quotation.article_id}?at={start}-{end}").text)
    marked = "".join("".join(m.itertext()) for m in page.xpath("//mark"))
    assert marked == dossier_here.article(quotation.article_id).text[start:end]
    assert len(page.xpath("//mark[@id='at']")) == 1


@pytest.mark.parametrize("at", ["5-2", "0-99999999", "a-b", "1--2", "999999999999-9999999999999"])
def test_a_deep_link_to_nowhere_marks_nothing(client, dossier_here, at):
    article = dossier_here.records(Article)[0]
    answer = client.get(f"/articles/{article.article_id}", params={"at": at})
    assert answer.status_code == 200 and "<mark" not in answer.text


def test_every_highlight_leads_to_its_record_and_back(client, dossier_here):
    for event in dossier_here.records(Event):
        page = html.fromstring(client.get(f"/events/{event.event_id}").text)
        ids = set(page.xpath("//@id"))
        for article in (a for a in dossier_here.records(Article) if a.event_id == event.event_id):
            told = html.fromstring(client.get(f"/articles/{article.article_id}").text)
            for address in told.xpath("//div[@id='text']//a[contains(@class,'differences')]/@href"):
                if address.startswith(f"/events/{event.event_id}#d-"):
                    assert address.split("#")[1] in ids


def test_an_actor_has_every_spelling_and_its_words(client, dossier_here):
    entity = next(e for e in dossier_here.records(Entity) if e.name == "Mikhail Dorvenko")
    told = html.fromstring(client.get(f"/entities/{entity.entity_id}").text).text_content()
    for variant in entity.variants:
        assert variant.text in told
    assert entity.reason[:60] in told


def test_a_search_marks_what_was_asked_for(client):
    page = html.fromstring(client.get("/search", params={"q": "ferry storm"}).text)
    marked = {m.text_content().lower() for m in page.xpath("//ol[@class='hits']//mark")}
    assert marked and all(word.startswith(("ferr", "storm")) for word in marked)
    assert client.get("/search", params={"q": '"'}).status_code == 200
    assert "Nothing here has these words" in client.get("/search", params={"q": "zeppelin"}).text


@pytest.mark.parametrize("noun", ["events", "storylines", "articles", "entities"])
@pytest.mark.parametrize("identity", ["e-none", "..%2f..%2fmanifest.json", "%00", "<script>", "' OR 1=1 --"])
def test_what_is_not_there_is_told(client, noun, identity):
    answer = client.get(f"/{noun}/{identity}")
    assert answer.status_code == 404
    assert "<script>" not in answer.text.replace('<script defer src="/static/', "").replace('<script type="module"', "")


def test_no_link_within_a_page_leads_to_nothing(client):
    for address in links(client.get("/").text):
        page = html.fromstring(client.get(address).text)
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), address
        assert {to[1:] for to in page.xpath("//a/@href") if to.startswith("#")} <= set(ids), address


def test_the_page_about_the_dossier_tells_what_is_in_no_list(client, dossier_here):
    page = html.fromstring(client.get("/about").text)
    told = page.text_content()
    for table, count in dossier_here.manifest.rows.items():
        if count:
            row = page.xpath(f"//tr[th='{table.replace('_', ' ')}']")[0]
            assert f"{count:,}" in row.text_content()
    for article in dossier_here.records(Article):
        if article.published_basis == "unknown" or article.event_id is None:
            assert page.xpath(f"//a[@href='/articles/{article.article_id}']")
    for file in page.xpath("//a[@download]/@href"):
        assert client.get(file).status_code == 200, file
    assert dossier_here.manifest.version in told


def test_a_storyline_tells_its_days_in_order_each_with_a_passage(client, dossier_here):
    days = {}
    for moment in dossier_here.records(Moment):
        days.setdefault(moment.storyline_id, set()).add(moment.day)
    told = {line: found for line, found in days.items() if len(found) > 1}
    assert told
    for line, found in told.items():
        page = html.fromstring(client.get(f"/storylines/{line}").text)
        assert page.xpath("//ol[@class='daybook']//time/@datetime") == sorted(found)
        for entry in page.xpath("//ol[@class='daybook']//li[not(contains(@class,'rest'))]"):
            article, at = re.match(r"/articles/([^?]+)\?at=(\d+-\d+)", entry.xpath(".//a/@href")[0]).groups()
            start, end = map(int, at.split("-"))
            text = " ".join(dossier_here.article(article).text[start:end].split())
            assert text[:100] in entry.xpath("string(.//a)")


def test_what_the_filters_leave_is_exported(client, dossier_here):
    page = html.fromstring(client.get("/", params={"outlet": "Karvonia Monitor"}).text)
    listed = {to.rpartition("/")[2] for to in page.xpath("//a/@href") if to.startswith("/events/")}
    file = next(to for to in page.xpath("//a[@download]/@href") if ".html" in to)
    report = client.get(file).text
    for event in dossier_here.records(Event):
        assert (f'id="{event.event_id}"' in report) == (event.event_id in listed)


def test_a_search_that_finds_nothing_offers_any_of_its_words(client):
    page = html.fromstring(client.get("/search", params={"q": "ferry zeppelin"}).text)
    other = page.xpath("//p[@class='empty']/a/@href")[0]
    assert html.fromstring(client.get(other).text).xpath("//ol[@class='hits']/li")
    assert not html.fromstring(client.get("/search", params={"q": "zeppelin"}).text).xpath("//p[@class='empty']/a")


def test_every_page_gives_itself_as_a_file(client):
    seen = set()
    for address in {"/", *links(client.get("/").text)}:
        for file in re.findall(r'href="(/api/export/[^"]+)"', client.get(address).text):
            answer = client.get(file)
            assert answer.status_code == 200 and answer.content, file
            assert "attachment" in answer.headers["content-disposition"]
            seen.add(file.rsplit(".", 1)[1])
    assert {"json", "csv", "parquet", "jsonld", "ftm", "html"} <= seen
