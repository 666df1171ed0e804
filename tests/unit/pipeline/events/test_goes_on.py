"""What the lead tells of a region stands in the town where the text goes on, or from which it was written."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def first(read):
    """Return (place, where_prec) of the first event of a report."""

    def first(text: str) -> tuple[str | None, int | None]:
        placement = read(text).events[0].placement
        found = placement.resolution
        return (found.place.name if found is not None and found.place is not None else None), placement.where_prec

    return first


LEAD = "Israeli soldiers shot dead two men in the occupied West Bank on Wednesday, medics said.\n\n"


def test_the_next_sentence_says_in_which_town(first):
    assert first(LEAD + "The troops surrounded a coffee shop in Qabatiya, south of Jenin.") == ("Qabāţīyah", 2)


@pytest.mark.parametrize(
    "goes_on",
    [
        "Meanwhile the coffee shops in Qabatiya were closed.",
        "The mayor told reporters in Qabatiya that he had seen nothing.",
        "The wounded were taken to a hospital in Jenin.",
        "The troops had been seen in Qabatiya and in Tubas.",
        "The prime minister was in Ankara.",
        "The army also burnt a shop in Qabatiya.",
        "The dead were buried in Qabatiya.",
        "The army had burnt a shop in Qabatiya in May.",
    ],
)
def test_other_matters_speakers_and_hospitals_say_nothing(first, goes_on):
    assert first(LEAD + goes_on) == ("West Bank", 4)


def test_a_dateline_will_do_where_the_text_speaks_of_it_again(first):
    lead = "QABATIYA, West Bank, Nov 22 (Reuters) - " + LEAD
    assert first(lead + "Nobody in Qabatiya knew the men.") == ("Qabāţīyah", 2)
    assert first(lead + "Nobody knew the men.") == ("West Bank", 4)


def test_where_it_was_is_told_with_what_the_lead_says(read):
    event = read(LEAD + "The troops surrounded a coffee shop in Qabatiya, south of Jenin.").events[0]
    assert event.placement.reasons[-1] == "the lead tells of “West Bank”; placed as the text goes on"


def test_those_who_die_on_the_way_die_of_what_was_before(first):
    text = "A bomb killed nine people in Hit on Monday. The mayor said a nurse had succumbed on the way to Ramadi."
    assert first(text) == ("Hīt", 1)
