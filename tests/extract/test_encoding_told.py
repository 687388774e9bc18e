"""The encoding of an article's bytes is told, and whether it was guessed."""

import pytest

from rashomon.extract.article import extract
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


def test_bytes_that_do_not_fit_are_counted():
    data = (TEXT * 20).encode().replace(b"Wetter", b"Wet\xffter", 2)
    assert "2 characters not readable" in (extract(Source("x.txt", digest(data), "text", data)).article.encoding or "")
