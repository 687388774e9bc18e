"""The encoding of an article's bytes is told, and whether it was guessed."""

import pytest

from rashomon.extract.article import extract
from rashomon.extract.decoding import decode
from rashomon.model.identity import digest
from rashomon.model.records import Source

TEXT = "Der Fährmann von Valdinsk wartete drei Tage auf gutes Wetter. Über den Hafen wehte ein kalter Wind.\n" * 4


@pytest.mark.parametrize(
    ("data", "encoding", "guessed"),
    [
        (TEXT.encode(), "utf-8", False),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16", False),
        (TEXT.encode("cp1252"), "", True),
    ],
)
def test_the_encoding_is_told(data, encoding, guessed):
    article = extract(Source("x.txt", digest(data), "text", data)).article
    assert article.encoding is not None
    assert article.encoding.startswith(encoding)
    assert ("guessed" in article.encoding) == guessed
    assert "Fährmann" in article.text


MARKED = (
    "“We’re closed,” said Ilva Torn – the quay’s head. The crane cost £3m, half of the year’s budget…",
    "The cost was £3m — or €4m – a year’s budget.",
    "It’s over.",
    "A café in Ostrel’s harbour sold crème brûlée to the dockers of Århus at 30°.",
    "‘No,’ she said. “‘Never’ is a long time.” Émile Dupré was hurt ½ a mile away.",
)


@pytest.mark.parametrize("text", MARKED)
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize("before", ["", "The quay of Ostrel was closed on Monday, the port authority said.\n" * 300])
def test_marks_tell_the_encoding_of_english_text(text, encoding, before):
    data = (before + text).encode(encoding, "ignore")
    found = decode(data)
    assert found is not None and found.text == data.decode(encoding) and found.guessed


def test_a_wrong_charset_is_not_believed():
    data = MARKED[0].encode("cp1252")
    assert decode(data, declared="utf-8") == decode(data)
    assert decode(MARKED[0].encode(), page=True, declared="windows-1251").text == MARKED[0]


def test_other_alphabets_are_left_to_statistics():
    text = "Порт Острела закрыт с понедельника, сообщила администрация. " * 5
    assert decode(text.encode("koi8-r")).text == text
    assert (
        decode(("Premiér Jiří Dvořák řekl, že přístav Šluknov je uzavřen.\n" * 5).encode("cp1250")).encoding == "cp1250"
    )


def test_bytes_that_do_not_fit_are_counted():
    data = (TEXT * 20).encode().replace(b"Wetter", b"Wet\xffter", 2)
    assert "2 characters not readable" in (extract(Source("x.txt", digest(data), "text", data)).article.encoding or "")
