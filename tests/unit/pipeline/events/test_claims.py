"""Tallies and background figures are claims, and never events."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.events.claims import is_total, ordinal_tallies

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


def test_a_force_of_an_unknown_number_is_no_claim(read):
    text = "An unknown number of U.S. personnel based there were being examined for concussion, the command said."
    assert read(text).claims == ()


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


@pytest.mark.parametrize(
    ("text", "figure", "period", "speaker"),
    [
        ("The war has displaced more than 8 million people, the envoy says.",
         ("casualty_total", "displaced", 8_000_000), (None, None), "the envoy"),
        ("More than 37,000 people have been killed since the war began, according to the Gaza health ministry.",
         ("casualty_total", "deaths", 37_000), (None, "2023-11-22"), "the Gaza health ministry"),
        ("It was the third attack on the base this week.",
         ("count", "attacks", 3), ("2023-11-20", "2023-11-22"), ""),
        ("It was the second such strike in two days, police said.",
         ("count", "strikes", 2), ("2023-11-20", "2023-11-22"), "police"),
        ("Officials spoke of raids on its troops, of which there have been at least 66 in Iraq since mid-October.",
         ("count", "raids", 66), ("2023-10-11", "2023-11-22"), ""),
        ("American bases in Iraq have been attacked more than 60 times since October 17, the Pentagon said.",
         ("count", "attacks", 60), ("2023-10-17", "2023-11-22"), "the Pentagon"),
        ("The attack brought to 28 the number of strikes on bases in Iraq since October 17.",
         ("count", "strikes", 28), ("2023-10-17", "2023-11-22"), ""),
        ("So far this year, 89 soldiers have been killed in Kirkuk.",
         ("casualty_total", "deaths", 89), ("2023-01-01", "2023-11-22"), ""),
        ("The conflict has killed 150,000 people in Sudan, the envoy said.",
         ("casualty_total", "deaths", 150_000), (None, None), "the envoy"),
        ("More than 1,000 people have died in clashes in Tripoli over the past two years.",
         ("casualty_total", "deaths", 1000), ("2021-11-22", "2023-11-22"), ""),
        ("Nearly 2,000 civilians were killed in Mali in 2022, the mission said.",
         ("casualty_total", "deaths", 2000), ("2022-01-01", "2022-12-31"), "the mission"),
        ("In 2014 the militants killed 1,700 cadets in Tikrit.",
         ("historical", "deaths", 1700), ("2014-01-01", "2014-12-31"), ""),
        ("Since October 7 the group has lost 80 fighters.",
         ("casualty_total", "deaths", 80), ("2023-10-07", "2023-11-22"), ""),
        ("The army says it has hit 300 targets in Lebanon since Monday.",
         ("count", "targets", 300), ("2023-11-20", "2023-11-22"), "The army"),
    ],
)  # fmt: skip
def test_a_total_is_a_claim_with_its_period_and_its_source(read, text, figure, period, speaker):
    report = read(text)
    (claim,) = report.claims
    assert (claim.claim_type, claim.measure, claim.count.low) == figure
    assert tuple(day and str(day) for day in (claim.period_start, claim.period_end)) == period
    assert claim.attributed_to == speaker
    assert all(figure[2] not in (e.fatalities.best, e.injuries.best) for e in report.events)


def test_a_left_out_noun_is_that_of_the_sentence_before(read):
    claims = read("About 900 U.S. troops are stationed in Syria. Another 2,500 are in Iraq.").claims
    assert [(c.claim_type, c.measure, c.count.low, scope(c)) for c in claims] == [
        ("force_level", "troops", 900, ["Syria"]),
        ("force_level", "troops", 2500, ["Iraq"]),
    ]
    assert read("The mayor came late. Another 2,500 are in Iraq.").claims == ()


def test_harm_told_of_several_places_at_once_is_a_total(read):
    report = read("Drones struck two bases in Syria and Iraq last week and about two dozen U.S. personnel were hurt.")
    assert [(c.claim_type, c.measure, c.count.low) for c in report.claims] == [("casualty_total", "injured", 24)]


@pytest.mark.parametrize(
    "text",
    [
        "A second attack followed at noon in Mosul.",
        "One fighter was killed and two were wounded in Mosul.",
        "It was the deadliest attack in Mosul since 2019, and 40 people died on Monday.",
        "A bomb killed 12 people in Mosul on Monday.",
        "The firm forced many of its rivals out.",
    ],
)
def test_what_is_no_total_makes_no_claim(read, text):
    assert read(text).claims == ()


@pytest.mark.parametrize(
    ("sentence", "total"),
    [
        ("The fighting in Darfur has killed 500.", True),
        ("Ten were killed in the past three months.", True),
        ("Ten have been killed since May.", True),
        ("Ten died since no one warned them.", False),
        ("The first strike since May has killed ten.", False),
        ("A blast killed ten.", False),
    ],
)
def test_words_that_make_a_total(sentence, total):
    assert is_total(sentence) is total
