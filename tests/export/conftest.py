"""The samples' dossier kept open, and an id of every kind in it."""

import pytest

from rashomon.export.part import KINDS
from rashomon.model.records import Difference, Entity, Event, Quotation, Utterance
from rashomon.store.library import Library
from rashomon.store.tables import BY_RECORD


@pytest.fixture(scope="session")
def library(dossier):
    return Library.current(dossier.path)


@pytest.fixture(scope="session")
def some_ids(library) -> dict[str, str]:
    """An id of each noun, of rows that have something to tell."""
    found = {noun: getattr(library.records(record)[0], BY_RECORD[record].key) for noun, record in KINDS.items()}
    event = max(library.records(Event), key=lambda e: e.articles)
    found["events"] = event.event_id
    found["differences"] = library.of(Difference, "event_id", event.event_id)[0].difference_id
    speaker = next(q.speaker_id for q in library.records(Quotation) if q.speaker_id)
    found["entities"] = library.one(Entity, speaker).entity_id
    found["utterances"] = library.records(Utterance)[0].utterance_id
    return found
