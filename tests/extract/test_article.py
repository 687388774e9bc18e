"""Sources become articles whose blocks hold every character that is not blank, or a reason why not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.errors import UnreadableSource
from rashomon.extract.article import Extracted, extract
from tests.extract.stories import STORY, check, roles, source


def test_the_parts_of_a_plain_story_are_told_apart():
    found = extract(source(STORY))
    check(found)
    told = roles(found)
    assert told[0][0] == "title" and found.article.title == STORY.split("\n")[0]
    assert ("byline", "By Ann Orr") in told
    assert ("dateline", "KARSK, March 3 (Northline) —") in told
    assert [role for role, _ in told[3:]] == ["body"] * 5
    assert found.article.text == STORY
    assert (found.article.language, found.article.published_basis) == ("en", "unknown")


def test_line_ends_stay_and_do_not_change_the_roles():
    dos = extract(source(STORY.replace("\n", "\r\n")))
    check(dos)
    assert "\r\n" in dos.article.text
    assert roles(dos) == roles(extract(source(STORY)))


def test_hard_wrapped_paragraphs_are_one_block_each():
    import textwrap

    wrapped = "\n\n".join(textwrap.fill(part, 64) for part in STORY.split("\n\n"))
    found = extract(source(wrapped))
    check(found)
    assert [" ".join(text.split()) for _, text in roles(found)] == [text for _, text in roles(extract(source(STORY)))]


def test_an_article_of_one_line_is_body():
    line = " ".join(part for part in STORY.split("\n\n")[3:])
    found = extract(source(line))
    check(found)
    assert {role for role, _ in roles(found)} == {"body"}


def test_a_thread_behind_the_article_is_comment():
    remarks = [
        "I took that ferry every day for ten years, what a shame!!",
        "lol you never paid for a ticket, did you?",
        "Why don't you read the article first? They asked for money and got none.",
        "I don't care, my taxes pay for this nonsense anyway...",
        "You're wrong again. It's not your taxes, it's the state's.",
        "Thanks for nothing, Holm. I won't vote for him again and neither should you!",
        "So what do you suggest? I'm all ears.",
        "Well, I guess we'll swim then. Yeah, me too.",
    ]
    found = extract(source(STORY + "\n" + "\n".join(remarks * 2)))
    check(found)
    told = roles(found)
    assert sum(role == "comment" for role, _ in told) >= 14
    assert [role for role, text in told if text in STORY and len(text) > 90] == ["body"] * 5


def test_furniture_around_the_story_is_dropped():
    around = (
        "* Home\n* World\n* Sport\n* Weather\n\n" + STORY + "\nShare this\n\nSubscribe\n\nPopular\n\nLeave a comment\n"
    )
    found = extract(source(around))
    check(found)
    dropped = {text for role, text in roles(found) if role == "furniture"}
    assert {"* Home", "* World", "* Sport", "* Weather", "Subscribe", "Popular"} <= dropped
    assert found.article.title == STORY.split("\n")[0]


BAD = [
    (b"", "empty"),
    (b" \n\t ", "empty"),
    (b"12 345 -- 6", "no words"),
    (b"\xff\xfe", "empty"),
]


@pytest.mark.parametrize(("data", "reason"), BAD)
@pytest.mark.parametrize("kind", ["text"])
def test_no_article_is_told(data, reason, kind):
    with pytest.raises(UnreadableSource) as caught:
        extract(source(data, kind))
    assert (caught.value.stage, caught.value.reason) == ("extract", reason)


ENCODED = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"]


@pytest.mark.parametrize("encoding", ENCODED)
def test_encodings_are_found(encoding):
    story = STORY.replace("Piet Holm", "Piet Hölm").replace('"', "“")
    if encoding == "cp1252":
        story = story.replace("“", '"')
    assert "Piet Hölm" in extract(source(story.encode(encoding))).article.text


def record(**fields: object) -> Extracted:
    return extract(source(json.dumps(fields), "json", "in/news.jsonl#3"))


def test_a_record_is_read_by_the_names_of_its_fields():
    found = record(
        Headline="Ferry stops",
        Body=STORY,
        published_at="2021-12-29T23:10:00Z",
        link="https://www.northline.example/2021/12/30/ferry",
        authors=[{"name": "Ann Orr"}, "Jo Vale"],
    )
    check(found)
    article = found.article
    assert (article.title, article.outlet, article.byline) == ("Ferry stops", "northline.example", "Ann Orr, Jo Vale")
    assert (article.published_earliest, article.published_latest) == ("2021-12-29", "2021-12-29")
    assert article.published_basis == "metadata" and "2021-12-29T23:10:00Z" in (article.published_evidence or "")


def test_entities_and_tags_in_a_headline_are_read():
    found = record(
        text=STORY,
        title="Ferry &amp; bridge: <i>Selm</i>&#8217;s two ways",
        author="By Ann &Ouml;rr",
        outlet="A&B <News>",
    )
    assert found.article.title == "Ferry & bridge: Selm’s two ways" and found.article.byline == "Ann Örr"
    assert found.article.outlet == "A&B <News>"
    assert ("title", "Ferry &amp; bridge: <i>Selm</i>&#8217;s two ways") in {(v.field, v.value) for v in found.metadata}


@pytest.mark.parametrize(
    ("fields", "day", "basis"),
    [
        ({"date": "2022-12"}, ("2022-12-01", "2022-12-31"), "metadata"),
        ({"date": "3 March 2020"}, ("2020-03-03", "2020-03-03"), "metadata"),
        ({"date": "Tue, 03 Mar 2020 09:00:00 +0100"}, ("2020-03-03", "2020-03-03"), "metadata"),
        ({"date": "03/04/2020"}, (None, None), "unknown"),
        ({"date": "yesterday"}, (None, None), "unknown"),
        ({"date": "2020-13-45"}, (None, None), "unknown"),
        ({"url": "https://a.example/2020/03/04/x"}, ("2020-03-04", "2020-03-04"), "url"),
        ({"url": "https://a.example/2020/03/x"}, ("2020-03-01", "2020-03-31"), "url"),
        ({"url": "https://a.example/x-2020"}, (None, None), "unknown"),
    ],
)
def test_the_day_of_publication_is_what_the_fields_say(fields, day, basis):
    article = record(text=STORY, **fields).article
    assert ((article.published_earliest, article.published_latest), article.published_basis) == (day, basis)


@pytest.mark.parametrize(
    "fields", [{}, {"text": None}, {"text": 7.5e300}, {"text": ["", None]}, {"title": "Only this"}]
)
def test_a_record_without_text_is_told(fields):
    with pytest.raises(UnreadableSource, match=r"news\.jsonl#3"):
        record(**fields)


def test_half_a_surrogate_in_a_record_is_replaced():
    found = extract(source(b'{"text": "The ferry stopped \\ud83d on Tuesday, the council said."}', "json"))
    check(found)
    found.article.text.encode("utf-8")


def test_ids_come_from_content_alone():
    first, again = extract(source(STORY, uri="a.txt")), extract(source(STORY, uri="b/c.txt"))
    assert first.article.article_id == again.article.article_id
    assert first.article.article_id != record(text=STORY, outlet="Northline").article.article_id


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["text", "html", "json"]))
def test_any_bytes_give_an_article_or_a_reason(data, kind):
    try:
        check(extract(source(data, kind)))
    except UnreadableSource as error:
        assert error.stage == "extract" and error.detail


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(max_size=120), max_size=30), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_any_text_is_covered_by_its_blocks(lines, gap):
    text = gap.join(lines)
    try:
        found = extract(source(text.encode("utf-8", "replace")))
    except UnreadableSource:
        assert not any(map(str.isalpha, text)) or "\x00" in text
    else:
        check(found)
