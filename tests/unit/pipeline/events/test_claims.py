"""Tallies and background figures are claims, and never events."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.events.claims import ordinal_tallies

TALLIES = (
    "Rockets hit Al-Tanf garrison on Tuesday. There have been 66 attacks on U.S. troops in Iraq and Syria so far. "
    "At least 62 U.S. personnel were injured in the attacks. The attacks began on October 17. "
    "The United States has 900 troops in Syria and 2,500 in Iraq."
)


def scope(claim) -> list[str]:
    return [r.place.name for r in claim.scope]


@pytest.fixture(scope="module")
def tallies(read):
    return read(TALLIES)


def test_kinds_and_figures(tallies):
    found = [
        (c.claim_type, c.measure, c.count.low, c.count.best, c.count.high, c.count.qualifier) for c in tallies.claims
    ]
    assert found == [
        ("count", "attacks", 66, 66, 66, "exact"),
        ("casualty_total", "injured", 62, 62, None, "at_least"),
        ("force_level", "troops", 900, 900, 900, "exact"),
        ("force_level", "troops", 2500, 2500, 2500, "exact"),
    ]


def test_each_figure_has_the_places_it_is_about(tallies):
    attacks, injured, syria, iraq = tallies.claims
    assert scope(attacks) == scope(injured) == ["Iraq", "Syria"]
    assert (scope(syria), scope(iraq)) == (["Syria"], ["Iraq"])


def test_the_day_a_series_began_is_the_start_of_its_tallies_only(tallies):
    periods = [(c.period_start, c.period_end) for c in tallies.claims]
    assert periods == [(date(2023, 10, 17), date(2023, 11, 22))] * 2 + [(None, None)] * 2


def test_a_tally_is_no_event_and_no_harm_of_one(tallies):
    (event,) = tallies.events
    assert event.sources[0].sentence == "Rockets hit Al-Tanf garrison on Tuesday."
    assert event.injuries.best is None
    assert not {s.sent_start for e in tallies.events for s in e.sources} & {
        s.sent_start for c in tallies.claims for s in c.sources
    }


@pytest.mark.parametrize(
    ("text", "kind", "low", "places"),
    [
        (
            "More than 120 attacks on shipping in the Red Sea have been reported since November 19.",
            "count",
            120,
            ["Red Sea"],
        ),
        ("The Pentagon has about 900 troops in Syria.", "force_level", 900, ["Syria"]),
        ("A total of 300 people have been killed since October 7, the ministry said.", "casualty_total", 300, []),
    ],
)
def test_a_figure_alone_is_a_claim_without_an_event(read, text, kind, low, places):
    report = read(text)
    (claim,) = report.claims
    assert report.events == ()
    assert (claim.claim_type, claim.count.low, scope(claim)) == (kind, low, places)
    assert claim.sources[0].sentence == text


def test_since_gives_the_period(read):
    (claim,) = read("A total of 300 people have been killed since October 7, the ministry said.").claims
    assert (claim.period_start, claim.period_end) == (date(2023, 10, 7), date(2023, 11, 22))
    assert claim.attributed_to == "the ministry"


@pytest.mark.parametrize(
    "text",
    [
        "Jets bombed a depot in Raqqa on Monday, killing 30 people.",
        "Two attacks were reported in Mosul on Monday.",
        "The ministry has 12 offices in Amman.",
    ],
)
def test_the_harm_of_one_incident_is_no_claim(read, text):
    assert read(text).claims == ()


def test_claims_have_their_own_ids(tallies):
    ids = [c.claim_id for c in tallies.claims]
    assert len(set(ids)) == len(ids)
    assert not set(ids) & {e.event_id for e in tallies.events}


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("It was the 28th attack on American forces since October 17.", 28, 28),
        ("This was at least the 32nd such attack in Iraq and Syria.", 32, None),
        ("The 101st Division took over the base.", None, None),
    ],
)
def test_an_ordinal_counts_the_attacks_up_to_it(text, low, high):
    found = ordinal_tallies(text, 0, len(text))
    assert [(m.count.low, m.count.high) for m in found] == ([(low, high)] if low else [])
    assert all(text[m.start : m.end] == m.count.text for m in found)
