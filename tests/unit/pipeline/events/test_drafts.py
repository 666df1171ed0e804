"""What one sentence alone says of an incident."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.events.counts import find_counts
from pipeline.events.drafts import draft_sentence


@pytest.fixture(scope="module")
def drafts(reading_of):
    """Return the drafts of the first sentence of a text, read without a gazetteer."""

    def drafts(text: str):
        reading = reading_of(text)
        sentence = reading.parsed.sentences[0]
        return list(draft_sentence(reading, sentence, 0, find_counts(text, sentence.start, sentence.end)))

    return drafts


def test_the_day_of_the_incident_is_not_the_day_it_was_told(drafts):
    (told_on,) = drafts("Rockets hit Mosul, officials said on Tuesday.")
    assert told_on.when is None
    assert told_on.said_day.date_start == date(2023, 11, 21)
    (happened_on,) = drafts("Rockets hit Mosul on Tuesday, officials said.")
    assert happened_on.when.date_start == date(2023, 11, 21)
    assert happened_on.said_day is None


def test_each_part_of_a_sentence_has_its_own_day(drafts):
    bombed, kidnapped = drafts("Jets bombed a camp on Monday, and gunmen kidnapped a teacher on Tuesday.")
    assert bombed.when.date_start == date(2023, 11, 20)
    assert kidnapped.when.date_start == date(2023, 11, 21)


def test_an_anaphoric_time_waits_for_what_was_told_before(drafts):
    (draft,) = drafts("About 24 hours earlier, drones struck the base.")
    assert draft.when is None
    assert draft.anaphoric.offset_days == -1


def test_when_a_series_began_is_no_day_of_an_attack(drafts):
    (draft,) = drafts("The attacks began on October 17.")
    assert draft.when is None


@pytest.mark.parametrize(
    ("text", "dead", "hurt"),
    [
        ("An air strike killed six people and wounded nine.", (6, 6, 6), (9, 9, 9)),
        ("At least 12 people were killed in an air strike.", (12, 12, None), (None, None, None)),
        ("Several fighters were killed in an air strike.", (2, 3, None), (None, None, None)),
        ("Jets bombed a depot.", (None, None, None), (None, None, None)),
    ],
)
def test_harm(drafts, text, dead, hurt):
    (draft,) = drafts(text)
    assert tuple(getattr(draft.fatalities, k) for k in ("low", "best", "high")) == dead
    assert tuple(getattr(draft.injuries, k) for k in ("low", "best", "high")) == hurt


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Gunmen attacked a bus.", False),
        ("U.S. forces carried out two strikes.", False),
        ("Officials condemned the attack on a bus.", True),
        ("Talks stopped after the attacks on shipping.", True),
    ],
)
def test_what_is_named_in_passing_is_bare(drafts, text, bare):
    (draft,) = drafts(text)
    assert draft.bare is bare


def test_the_source_sentence_is_verbatim(drafts):
    text = "Jets bombed a depot,\nofficials said. Police came."
    (draft,) = drafts(text)
    assert draft.source.sentence == text[draft.source.sent_start : draft.source.sent_end]
    assert draft.source.sentence == "Jets bombed a depot,\nofficials said."
    assert (draft.source.doc_id, draft.source.source) == ("a", "Northline")
    assert draft.attributed_to == "officials"
