"""One incident as outlets of other countries tell it, and two that one outlet tells alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from merging_tellings import KH, MONDAY, PLACES, SYRIA, event, report

from gazetteer.models import Place
from pipeline.events.merging.actors import compare_sides
from pipeline.events.merging.blocking import blocked_pairs
from pipeline.events.merging.days import compare_days, compare_hours, day_meant, days_beside
from pipeline.events.merging.details import details_of
from pipeline.events.merging.evidence import Apart, Finding
from pipeline.events.merging.numbers import compare_harm
from pipeline.events.merging.places import compare_places
from pipeline.events.merging.tellings import Told, tellings_of
from pipeline.events.merging.where import compare_where
from pipeline.events.merging.words import words_of
from pipeline.models import Mention, Reason, Report, Resolution, When


def told(doc_id: str = "a", sentence: str = "", *, later: int = 0, **about) -> Told:
    made = event(doc_id, **about)
    if sentence:
        made = replace(made, sources=(replace(made.sources[0], sentence=sentence, sent_end=len(sentence)),))
    found = report(doc_id, made, text=sentence or made.sources[0].sentence)
    return tellings_of([replace(found, article=replace(found.article, date=MONDAY + timedelta(days=later)))])[0]


def names(found: Finding) -> list[str]:
    return ["apart"] if isinstance(found, Apart) else [sign.name for sign in found]


def on(made: Told, first: int, last: int, *, text: str = "", days: tuple[int, ...] = ()) -> Told:
    """A telling of a span of days after Monday, the words that tell it, and the days that its report tells."""
    start, end = (MONDAY + timedelta(days=n) for n in (first, last))
    when = When(start, end, 2, 2, text)
    told_days = frozenset(MONDAY + timedelta(days=n) for n in days)
    return replace(made, event=replace(made.event, when=when), details=replace(made.details, days=told_days))


def test_the_night_of_a_day_is_the_one_that_follows_it():
    assert names(compare_days(told("a", "In Homs."), told("b", "Hit at night in Homs.", day=1))) == ["apart"]
    assert names(compare_days(told("a", "Hit at night in Homs."), told("b", "In Homs.", day=1))) == ["night_before"]


def test_an_assumed_day_is_the_only_one_told_in_it():
    assumed = on(told("b"), 1, 2, days=(2,))
    assert day_meant(assumed) == MONDAY + timedelta(days=2)
    assert day_meant(on(told("b"), 1, 2)) is None
    assert day_meant(told("a")) == MONDAY
    assert names(compare_days(told("a", day=2), assumed)) == ["day_same"]
    assert names(compare_days(told("a", day=1), assumed)) == ["day_beside"]


def test_a_report_that_tells_a_day_near_is_of_no_day_before_it():
    silent, telling = on(told("b"), 2, 3), on(told("b"), 2, 3, days=(3,))
    assert names(compare_days(told("a"), silent)) == ["day_beside"]
    assert names(compare_days(told("a"), telling)) == ["apart"]


def test_a_weekend_may_begin_a_day_earlier():
    friday, weekend = told("a", later=3), on(told("b", later=3), 1, 2, text="over the weekend")
    assert names(compare_days(friday, weekend)) == ["day_beside"]
    assert blocked_pairs(sorted((friday, weekend), key=lambda t: t.key)) == [(0, 1)]
    assert names(compare_days(told("a", day=-1, later=3), weekend)) == ["apart"]


def test_a_span_at_the_edge_of_the_calendar_has_one_side():
    made = told("a")
    last = When(date.max - timedelta(days=1), date.max, 2, 2, "these days")
    assert date.max not in days_beside(replace(made, event=replace(made.event, when=last)))


def test_an_hour_is_no_day():
    assert details_of("They came back at about 5pm.", MONDAY).days == frozenset()


def test_an_hour_told_in_another_sentence_holds_nothing_apart():
    morning = told("a", "Homs was hit at dawn.")
    evening = told("b", "Homs was hit in the evening.")
    assert names(compare_hours(morning, evening)) == ["hour_other"]
    assert names(compare_hours(morning, replace(evening, hours_beside=True))) == []


def test_the_rarer_a_number_the_more_it_says():
    few, many = (
        compare_harm(told("a", "In Homs.", dead=n), told("b", "It was Homs.", dead=n)) for n in (12, 43)
    )  # fmt: skip
    assert not isinstance(few, Apart)
    assert not isinstance(many, Apart)
    assert many[0].value > few[0].value


def test_a_protest_is_told_from_either_side():
    police_first = told("a", "Police in Homs.", sub="Protest with intervention", sides=(SYRIA, KH))
    crowd_first = told("b", "A crowd in Homs.", sub="Peaceful protest", sides=(KH, None))
    assert names(compare_sides(police_first, crowd_first)) != ["apart"]
    assert names(compare_sides(told("a", sides=(SYRIA, KH)), told("b", sides=(KH, None)))) == ["apart"]


@pytest.mark.parametrize(("north", "expected"), [(0.0, "place_about"), (1.0, "apart")])
def test_what_lies_just_outside_of_a_wide_place_may_be_meant_by_it(north: float, expected: str):
    wide, fine = event("a", "Nineveh").placement, event("b", "Sinjar").placement
    moved = Place("gn:8", "Rabia", 36.3 + north, 42.5, "P", "PPL", "IQ", "Duhok", "ne:IQ-2")
    found = compare_places(wide, replace(fine, resolution=replace(fine.resolution, place=moved)))
    assert names(found) == [expected]


def in_district(doc_id: str, text: str, *towns: Place) -> Told:
    made = told(doc_id, text, place="Sinjar")
    placed = replace(made.event, placement=replace(made.event.placement, where_prec=3))
    return replace(made, event=placed, named=towns, details=details_of(text, MONDAY))


def test_two_towns_of_one_district_are_two_sites():
    khana = Place("gn:6", "Khana Sor", 36.4, 41.7, "P", "PPL", "IQ", "Nineveh", "ne:IQ-1")
    duhola = Place("gn:7", "Duhola", 36.4, 41.8, "P", "PPL", "IQ", "Nineveh", "ne:IQ-1")
    one, other = in_district("a", "Hit in Khana Sor.", khana), in_district("b", "Hit in Duhola.", duhola)
    assert names(compare_where(one, other)) == ["place_district", "site_other"]
    assert names(compare_where(one, in_district("b", "Hit in Khana Sor.", khana))) == ["place_district"]
    assert names(compare_where(one, in_district("b", "Hit in Duhola, near Khana Sor.", duhola))) == ["place_district"]


def test_what_many_names_begin_with_is_no_name_in_common():
    one = replace(told("a", "In Ain Zuna."), unknown=frozenset({"ain"}))
    wide = replace(one, event=event("a", "Nineveh"), details=details_of("In Ain Zuna.", MONDAY))
    other = replace(told("b", place="Nineveh"), details=details_of("In Ain Hamra.", MONDAY))
    assert "place_same_words" not in names(compare_where(wide, other))
    both = replace(other, details=details_of("In Tell Zuna.", MONDAY))
    assert "place_same_words" in names(compare_where(replace(wide, unknown=frozenset({"tell zuna"})), both))


def test_a_name_that_only_its_area_stands_for_is_one_of_no_gazetteer():
    text = "Men were killed in Tell Zuna in Nineveh."
    made = event("a", "Nineveh")
    made = replace(made, sources=(replace(made.sources[0], sentence=text, sent_end=len(text)),))
    why = (Reason("area", 0.0, "no place called “Tell Zuna” that fits is known"),)
    name = Resolution(Mention("a", 19, 28, "Tell Zuna"), "resolved", PLACES["Nineveh"], 0.9, why)
    article = report("a", text=text).article
    (found,) = tellings_of([Report(article, (name,), (made,), ())])
    assert found.unknown == {"tell zuna"}
    (known,) = tellings_of([Report(article, (replace(name, reasons=()),), (made,), ())])
    assert known.unknown == frozenset()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("A hall was hit, said the governor, Omar Zanbour.", False),
        ("Mayor Omar Zanbour reported a blast.", False),
        ("Omar Zanbour, head of the district, said a hall was hit.", False),
        ("The mayor, Omar Zanbour, was shot dead, police said.", True),
        ("Gunmen killed Omar Zanbour at his home.", True),
    ],
)
def test_those_who_only_speak_of_it_are_no_names_in_common(text: str, kept: bool):
    found = {name for named in details_of(text, MONDAY).names.values() for name in named}
    assert ("zanbour" in found) is kept


def test_a_ministry_that_tells_it_was_not_hit():
    assert words_of("Two died in the storming of the camp, said the Ministry of Health.").things == frozenset()
    assert words_of("A photographer saw two bodies.").people == frozenset()
