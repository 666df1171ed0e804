"""What holds for the events of any report, and for any text at all."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.models import Article, Report

ACTORS = [
    "Gunmen",
    "Militants",
    "Israeli warplanes",
    "U.S. forces",
    "Islamic State fighters",
    "Rebels",
    "Turkish drones",
]
VERBS = [
    "attacked",
    "bombed",
    "struck",
    "shelled",
    "stormed",
    "fired rockets at",
    "carried out a strike on",
    "could attack",
]
THINGS = ["a checkpoint", "an army base", "a convoy", "two villages", "the base", "soldiers", "a market"]
PLACES = [
    "in Mosul",
    "near Homs",
    "in Anbar province",
    "south of Baghdad",
    "in Iraq",
    "in Wobblethorpe",
    "in Erbil and Hasakah",
    "",
]
DAYS = ["on Monday", "on Nov 20", "in March", "last year", "24 hours earlier", ""]
HARM = [
    ", killing three people",
    ", wounding at least 12",
    ". The attack killed five soldiers",
    ". No one was hurt",
    "",
]
FILLERS = [
    "",
    "Officials gave no details.",
    "There have been 66 attacks in Iraq so far.",
    "The United States has 900 troops in Syria.",
]


@st.composite
def stories(draw) -> str:
    """Return a report of one to four sentences on violence, with fillers between them."""
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        said = [draw(st.sampled_from(words)) for words in (ACTORS, VERBS, THINGS, PLACES, DAYS)]
        parts.append(" ".join(filter(None, said)) + draw(st.sampled_from(HARM)) + ".")
        parts.append(draw(st.sampled_from(FILLERS)))
    return " ".join(filter(None, parts))


def check(report: Report) -> None:
    """Check what must hold for the events and claims of any report."""
    text = report.article.text
    for row in (*report.events, *report.claims):
        assert row.sources
        for source in row.sources:
            assert source.sentence.strip()
            assert text[source.sent_start : source.sent_end] == source.sentence
            assert source.doc_id == report.article.doc_id
    for source, why in report.passed_over:
        assert why
        assert text[source.sent_start : source.sent_end] == source.sentence
    ids = [*(e.event_id for e in report.events), *(c.claim_id for c in report.claims)]
    assert len(set(ids)) == len(ids)
    for event in report.events:
        assert 0 < event.confidence < 1
        assert event.status in {"asserted", "claimed", "denied"}
        assert event.when is None or event.when.date_start <= event.when.date_end
        assert (event.placement.geo_precision is None) == (event.placement.footprint is None)
        for _, start, end in event.mentions:
            assert 0 <= start < end <= len(text)


@given(stories())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_event_can_be_defended_from_the_text(read, text):
    check(read(text))


@given(stories())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_name_of_the_file_changes_nothing(read, text):
    one, other = read(text, doc_id="a"), read(text, doc_id="b")
    assert [e.event_id for e in one.events] == [e.event_id for e in other.events]
    assert [c.claim_id for c in one.claims] == [c.claim_id for c in other.claims]


ODD = [
    "x",
    "Rockets",
    "Attack.",
    "\U0001f680\U0001f525 Rockets hit \U0001f4a5 Mosul \U0001f62d!!!",
    "قصف الطيران مدينة حلب يوم الاثنين وقتل خمسة أشخاص.",
    "," * 1500 + " attack",
    "killed " * 300,
    "attack on attack on attack in attack by attack, attacking attackers who attacked.",
    "(((((Rockets hit (Mosul))))",
    "Killed: 3. Wounded: 4. Where: Mosul. When: ?",
    "Rockets\u200bhit\u202eMosul\u202c on Monday.",
    "ROCKETS HIT MOSUL ON MONDAY, KILLING THREE",
    "- - - - ...",
    "In in in of of of killed by by by.",
]


@pytest.mark.parametrize("text", [t for t in ODD if any(c.isalnum() for c in t)], ids=lambda t: repr(t[:24]))
def test_odd_text_does_no_harm(read, text):
    check(read(text))


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=200))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_at_all_does_no_harm(read, text):
    check(read(f"Rockets hit {text} a"))


def test_an_article_without_text_tells_nothing(tools, parser):
    parsed = next(parser.parse([("", ((0, 0),))]))
    told = tools.extractor.extract(Article("a", ""), parsed, (), as_of=None)
    assert (told.events, told.claims, told.passed_over) == ((), (), ())


BOILERPLATE = (
    "Jets bombed a depot near Homs on Tuesday, a security source said, and thick smoke was seen over the town.\n\n"
    "See also  Rockets hit a base in Mosul\n\n"
    "Reporting by A. Writer in Baghdad; Editing by B. Reader\n"
)


def test_only_the_report_itself_is_read(read):
    (event,) = read(BOILERPLATE).events
    assert event.placement.resolution.place.name == "Homs"


def test_an_event_says_who_what_where_when_and_how_many(read):
    (event,) = read(
        "Gunmen shelled a market in Kirkuk on Tuesday, killing three civilians and wounding at least nine, police said."
    ).events
    assert (event.event_type, event.sub_event_type) == (
        "Explosions/Remote violence",
        "Shelling/artillery/missile attack",
    )
    assert (event.perpetrator.name, event.target.name) == ("Unidentified Armed Group (Iraq)", "Civilians (Iraq)")
    assert event.civilian_targeting is True
    assert (event.fatalities.best, event.injuries.low, event.injuries.high) == (3, 9, None)
    assert (str(event.when.date_start), event.when.text) == ("2023-11-21", "Tuesday")
    assert event.attributed_to == "police"


def test_the_more_the_text_says_the_surer_the_event(read):
    (full,) = read("Gunmen shelled soldiers in Mosul on Tuesday, killing three.").events
    (thin,) = read("Rockets hit a base in Mosul.").events
    assert full.confidence > thin.confidence


def test_the_same_sentence_twice_is_one_event(read):
    assert len(read("A bomb exploded in Tikrit on Tuesday. A bomb exploded in Tikrit on Tuesday.").events) == 1
