from __future__ import annotations

from rashomon.compare.event import compare

COOK = "A ferry sank off Dorvik. “We heard a bang and then all the lights went out at once,” the cook said."
TRIMMED = "The ferry went down at night. “Then all the lights went out at once and water came in,” a sailor said."
UNMARKED = "Orchards suffered from frost. We heard a bang and then all the lights went out at once — cook of the ferry"
OTHER = "The harbour is closed. “Nobody has told the families anything so far,” the mayor said."


def _texts(event, read, *texts):
    readings = [read(f"Paper {n}", "2031-03-04", text) for n, text in enumerate(texts)]
    told = {r.article.article_id: r.article.text for r in readings}
    return [
        {told[place.article_id][place.start : place.end] for place in utterance.places}
        for utterance in compare(event, readings).utterances
    ]


def test_six_words_in_a_row_are_the_same_words_trimmed(event, read):
    assert _texts(event, read, COOK, TRIMMED) == [
        {
            "We heard a bang and then all the lights went out at once,",
            "Then all the lights went out at once and water came in,",
        }
    ]


def test_words_without_quotation_marks_are_found_by_those_quoted_elsewhere(event, read):
    (found,) = _texts(event, read, COOK, UNMARKED)
    assert len(found) == 2
    assert any("cook of the ferry" in text for text in found)


def test_different_words_are_no_utterance(event, read):
    assert _texts(event, read, COOK, OTHER) == []
