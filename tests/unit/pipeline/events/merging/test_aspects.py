"""Pairs of tellings: what speaks for one incident, and what rules it out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from merging_tellings import CLASH, IRAN, KH, MONDAY, PLACES, SHELLING, STRIKE, SYRIA, US, event, report
from msgspec import structs

from gazetteer.models import Place
from pipeline.codes import event_type_of
from pipeline.events._words import table
from pipeline.events.merging.actors import bond
from pipeline.events.merging.aspects import compare, signs_of
from pipeline.events.merging.details import details_of
from pipeline.events.merging.evidence import BIAS, Apart, first_guesses, weights
from pipeline.events.merging.places import compare_places
from pipeline.events.merging.tellings import Told, tellings_of
from pipeline.models import Actor, Alternative, Count, Mention, Placement, Resolution, When

NEEDED = table("merging")["needed"]


def told(doc_id: str = "a", sentence: str = "", *, later: int = 0, **about) -> Told:
    made = event(doc_id, **about)
    if sentence:
        made = replace(made, sources=(replace(made.sources[0], sentence=sentence, sent_end=len(sentence)),))
    found = report(doc_id, made, text=sentence or made.sources[0].sentence)
    dated = replace(found, article=replace(found.article, date=MONDAY + timedelta(days=later)))
    return tellings_of([dated])[0]


def part(one: Told, other: Told, name: str) -> float:
    _, reasons = compare(one, other)
    return sum(r.contribution for r in reasons if r.feature == name)


def signs(one: Told, other: Told, name: str) -> list[str]:
    found = dict(signs_of(one, other))[name]
    assert not isinstance(found, Apart)
    return [s.name for s in found]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({}, {"sub": "Peaceful protest"}, "kind"),
        ({}, {"day": 2}, "day"),
        ({}, {"place": "Aleppo"}, "place"),
        ({"sides": (US, IRAN)}, {"sides": (IRAN, US)}, "actors"),
    ],
)
def test_what_rules_a_pair_out_is_named(one, other, why: str):
    score, reasons = compare(told("a", **one), told("b", **other))
    assert score is None
    assert [r.feature for r in reasons] == [why]


def test_the_sum_is_that_of_its_parts_and_the_same_either_way():
    one, other = told("a", dead=3), told("b", dead=5)
    score, reasons = compare(one, other)
    assert score == pytest.approx(sum(r.contribution for r in reasons))
    assert compare(other, one) == (score, reasons)


def test_perpetrators_in_dispute_weigh_heavily_but_rule_nothing_out():
    one, other = told("a", dead=30), told("b", sides=(IRAN, KH), dead=30)
    score, _ = compare(one, other)
    assert score is not None
    assert signs(one, other, "actors") == ["perpetrator_other", "target_same"]
    assert compare(told("a"), told("b"))[0] >= NEEDED
    assert compare(told("a", "Homs was hit."), told("b", "It hit Homs.", sides=(IRAN, KH)))[0] < NEEDED


@pytest.mark.parametrize(
    ("one", "other", "aspect"),
    [
        ("Shells hit a school in Homs.", "Shells hit a market in Homs.", "things"),
        ("Gunmen shot dead a man in Homs.", "A roadside bomb killed a man in Homs.", "weapons"),
        ("It struck Homs in the morning.", "It struck Homs in the evening.", "time of day"),
        ("A priest died in Homs.", "A journalist died in Homs.", "people"),
    ],
)
def test_words_in_conflict_speak_against_and_words_in_common_for(one: str, other: str, aspect: str):
    assert part(told("a", one), told("b", other), aspect) < 0
    assert part(told("a", one), told("b", "Reported: " + one), aspect) > 0


def test_things_too_common_are_no_conflict():
    assert part(told("a", "A car in Homs was hit."), told("b", "A house in Homs was hit."), "things") == 0


@pytest.mark.parametrize(
    ("one", "other", "later", "expected"),
    [
        (3, 3, 0, ["number_same"]),
        (3, 5, 1, ["toll_rises"]),  # the later report has more
        (5, 3, 1, ["number_other"]),  # and a toll does not fall
        (20, 19, 1, ["number_close"]),
        (3, 30, 0, ["number_far"]),
        (3, 30, 1, ["toll_first_far"]),  # the first was told on the day itself
        (0, 4, 0, ["none_and_some"]),
        (0, 0, 0, ["none_hurt"]),
        (None, 4, 0, []),
    ],
)
def test_numbers(one, other, later: int, expected: list[str]):
    first, second = told("a", "In Homs.", dead=one), told("b", "It was in Homs.", dead=other, later=later)
    assert signs(first, second, "numbers") == signs(second, first, "numbers") == expected


def test_a_toll_that_is_said_to_rise_may_rise_far():
    low, high = told("a", "In Homs.", dead=3), told("b", "The toll rose to 30 in Homs.", dead=30, later=1)
    assert signs(low, high, "numbers") == ["toll_said_to_rise"]


def test_other_numbers_fit_where_one_report_tells_both():
    claim = told("b", "They said 40 were killed in Homs; officials speak of 12 dead.", dead=40)
    assert signs(told("a", "In Homs.", dead=12), claim, "numbers") == ["number_quoted"]


@pytest.mark.parametrize(("most", "expected"), [(9, "number_open"), (6, "number_fits")])
def test_open_counts_fit_larger_ones(most: int, expected: str):
    at_least = told("a", "In Homs.", dead=4)
    open_ended = replace(
        at_least, event=replace(at_least.event, fatalities=Count(4, 4, None, "at_least", "at least 4"))
    )
    assert signs(open_ended, told("b", "It was in Homs.", dead=most), "numbers") == [expected]


def test_numbers_and_ages_told_beside_the_harm_are_compared():
    one = told("a", "Raiders drove off 3,000 cattle in Homs; a boy, 11, died.", dead=1)
    same = told("b", "In Homs some 3,000 head of cattle are gone and an 11-year-old is dead.", dead=1)
    other = told("c", "In Homs a man of 47 died.", dead=1)
    assert signs(one, same, "numbers") == ["number_same", "figure_same", "age_same"]
    assert signs(one, other, "numbers") == ["number_same", "age_other"]


def test_the_dead_of_the_one_are_not_the_hurt_of_the_other():
    hurt = replace(made := told("b", "In Homs."), event=replace(made.event, injuries=Count(4, 4, 4)))
    assert signs(told("a", "In Homs.", dead=4), hurt, "numbers") == ["killed_and_hurt"]


@pytest.mark.parametrize(
    ("late", "early", "joined"),
    [
        ("It was hit late on Monday.", "It was hit before dawn.", True),
        ("It was hit on Monday.", "It was hit overnight.", True),
        ("It was hit on Monday.", "It was hit on Tuesday.", False),
        ("It was hit on Monday morning.", "It was hit before dawn.", False),
    ],
)
def test_the_night_between_two_days_belongs_to_both(late: str, early: str, joined: bool):
    score, _ = compare(told("a", late), told("b", early, day=1))
    assert (score is not None) is joined


def test_the_sides_of_a_clash_may_be_named_in_either_order():
    one = told("a", "Troops clashed with the militia in Homs.", sub=CLASH, sides=(SYRIA, KH))
    other = told("b", "The militia fought troops in Homs.", sub=CLASH, sides=(KH, SYRIA))
    assert signs(one, other, "actors") == ["perpetrator_same", "perpetrator_same", "sides_crossed"]


def unplaced(made: Told, name: str) -> Told:
    resolution = Resolution(Mention("x", 0, len(name), name), "unmatched")
    placement = Placement(resolution, None, None, None, None, name)
    return replace(made, event=replace(made.event, placement=placement))


def test_names_that_the_gazetteer_lacks_are_compared_as_written():
    one, other = told("a"), told("b")
    assert part(unplaced(one, "Kafr Zuna"), unplaced(other, "Kafr Zouna"), "place") > 0.5
    assert compare(unplaced(one, "Kafr Zuna"), unplaced(other, "Tell Brak"))[0] is None
    assert part(unplaced(one, "Kafr Zuna"), other, "place") < 0


def test_a_reading_that_was_not_taken_counts_less_and_only_where_the_one_taken_is_unsure():
    from pipeline.models import Alternative

    def read(score: float) -> Told:
        made = told("b", "It was in a town.", place="Aleppo")
        found = replace(made.event.placement.resolution, score=score, alternatives=(Alternative(PLACES["Homs"], 0.3),))
        return replace(made, event=replace(made.event, placement=replace(made.event.placement, resolution=found)))

    straight = part(told("a", "In Homs."), told("b", "It was in Homs."), "place")
    assert 0 < part(told("a", "In Homs."), read(0.5), "place") < straight
    assert compare(told("a", "In Homs."), read(0.95))[0] is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (US, US, "same"),
        (US, None, "open"),
        (US, IRAN, "other"),
        (
            Actor("Quds Force", 1, "Islamic Revolutionary Guard Corps"),
            Actor("Islamic Revolutionary Guard Corps", 1),
            "related",
        ),
        (Actor("Police Forces of Iraq", 1, country="IQ"), Actor("Military Forces of Iraq", 1, country="IQ"), "related"),
        (Actor("Unidentified Armed Group (Iraq)", 3), Actor("Islamic State", 2), "open"),
        (Actor("Unidentified Armed Group (Iraq)", 3), Actor("Unidentified Armed Group (Iraq)", 3), "unnamed"),
        (Actor("Unidentified Armed Group (Iraq)", 3), US, "other"),
        (KH, Actor("Islamic State", 2), "other"),
        (Actor("Protesters (Iraq)", 6), Actor("Police Forces of Iraq", 1, country="IQ"), "open"),
    ],
)
def test_bonds(one, other, expected: str):
    assert bond(one, other) == bond(other, one) == expected


def test_every_kind_of_the_table_is_acleds_and_every_pair_is_named_once():
    pairs = [frozenset(row[:2]) for row in table("merging")["kinds"]]
    assert all(event_type_of(kind) for pair in pairs for kind in pair)  # raises for a name that is none
    assert len(pairs) == len(set(pairs))
    assert frozenset({STRIKE, SHELLING}) in pairs


PRIEST = Actor("Civilians (Syria)", 7)


def test_civilians_on_both_sides_are_not_swapped_sides():
    score, _ = compare(told("a", sides=(US, PRIEST)), told("b", sides=(PRIEST, None)))
    assert score is not None


@pytest.mark.parametrize(("other", "against"), [("A strike hit a school.", True), ("A strike hit a car.", False)])
def test_a_house_is_no_school_but_may_have_a_car(other: str, against: bool):
    assert (part(told("a", "A strike hit a house."), told("b", other), "things") < 0) is against


def test_who_was_killed_was_not_taken():
    taken = "Abduction/forced disappearance"
    killed, kept = told("a", "They killed a man.", sub="Attack", dead=1), told("b", "They took a man.", sub=taken)
    assert part(killed, kept, "numbers") < 0
    assert part(killed, told("c", "They took two, killing one.", sub=taken, dead=1), "numbers") > 0


def test_overnight_in_a_report_of_the_day_is_the_night_before():
    tuesday = told("b", "Homs was hit overnight.", day=1, later=1)
    assert compare(told("a", "It was hit overnight in Homs."), tuesday)[0] is None
    assert compare(told("a", "It was hit overnight in Homs.", later=1), tuesday)[0] is not None


def named(made: Told, *names: str) -> Told:
    return replace(made, unknown=frozenset(names))


def test_a_name_in_no_gazetteer_tells_where_in_a_province_it_was():
    one, other, mosul = told("a", place="Nineveh"), told("b", place="Nineveh"), told("c", place="Mosul")
    plain = part(one, other, "place")
    assert part(named(one, "tell zuna"), named(other, "village of tell zouna"), "place") > plain
    assert part(named(one, "tell zuna"), named(other, "kafr hamra"), "place") < plain
    assert part(named(one, "tell zuna"), mosul, "place") < part(one, mosul, "place")
    found = compare(named(one, "tell zuna"), named(other, "tell zouna"))
    assert found == compare(named(other, "tell zouna"), named(one, "tell zuna"))


def test_the_dateline_is_the_last_to_say_where():
    bare, placed = replace(told("a"), event=replace(told("a").event, placement=NOWHERE)), told("b", place="Homs")
    filed = replace(bare, filed=(PLACES["Homs"],))
    assert part(bare, placed, "place") < 0 < part(filed, placed, "place")
    elsewhere = replace(told("c", place="Aleppo"), event=bare.event, filed=(PLACES["Aleppo"],))
    assert part(filed, elsewhere, "place") < part(bare, placed, "place")


def test_a_dateline_that_the_other_report_names_says_where():
    bare = replace(told("a", "It was hit."), event=replace(told("a").event, placement=NOWHERE))
    naming = replace(bare, details=details_of("The road to Homs was hit.", MONDAY))
    filed = replace(bare, filed=(PLACES["Homs"],))
    assert signs(filed, naming, "place") == ["place_filed_named"]
    assert signs(filed, bare, "place") != ["place_filed_named"]


def test_a_day_off_is_one_where_both_reports_tell_both_days():
    first, second = told("a", later=3), told("b", day=1, later=3)
    days = frozenset({MONDAY, MONDAY + timedelta(days=1)})
    both = [replace(t, details=replace(t.details, days=days)) for t in (first, second)]
    assert signs(both[0], both[1], "day") == ["day_beside"]
    assert compare(first, both[1])[1][0].feature == "day"
    assert compare(first, both[1])[0] is None
    siege = replace(both[1], other_days=frozenset({MONDAY}))  # it tells another thing of the first day
    assert compare(both[0], siege)[0] is None


def test_an_incident_of_no_day_may_be_a_day_or_two_older_than_its_report():
    undated = told("b", later=3)
    assumed = When(MONDAY + timedelta(days=2), MONDAY + timedelta(days=3), 2, 2, "", ("no day in the text",))
    undated = replace(undated, event=replace(undated.event, when=assumed))
    assert signs(told("a", day=1), undated, "day") == ["day_beside"]
    assert compare(told("a", day=-1), undated)[0] is None


def test_a_name_with_another_direction_is_no_other_reading():
    north, south = (read_as(name, place, "Homs") for name, place in (("North Zir", "Mosul"), ("South Zir", "Homs")))
    assert isinstance(compare_places(north, south), Apart)
    plain = read_as("Zir", "Mosul", "Homs")
    assert not isinstance(compare_places(plain, south), Apart)


def read_as(name: str, place: str, other: str) -> Placement:
    """Return a placement of a name that may also be read as another place."""
    unsure = Alternative(PLACES[other], 0.4)
    found = Resolution(Mention("a", 0, len(name), name), "resolved", PLACES[place], 0.5, alternatives=(unsure,))
    return Placement(found, None, 1, 1, "exact", name)


NOWHERE = Placement(None, None, None, None, None)


def test_a_namesake_in_a_land_that_its_report_does_not_speak_of_is_the_place_of_the_other():
    far = structs.replace(PLACES["Homs"], place_id="gn:77", lat=28.2, lon=77.1, country="IN", admin1_id="ne:IN-1")
    made = told("b", "It was there.", place="Homs")
    resolution = replace(made.event.placement.resolution, place=far)
    there = replace(made, event=replace(made.event, placement=replace(made.event.placement, resolution=resolution)))
    assert compare(told("a"), there)[0] is None
    assert part(told("a"), replace(there, other_lands=frozenset({"SY"})), "place") > 0
    assert compare(told("a"), replace(there, other_lands=frozenset({"SY", "IN"})))[0] is None


def test_every_sign_has_a_weight_on_the_side_of_its_first_guess():
    guesses = {name: guess for name, guess in first_guesses().items() if name != BIAS}
    assert weights().keys() == first_guesses().keys()
    assert set(table("merging")["held"]) <= guesses.keys()
    assert all(weights()[name] * guess > 0 for name, guess in guesses.items() if guess)


def where(made: Told, text: str, *places: str, unknown: tuple[str, ...] = (), at: str = "") -> Told:
    """A telling of this text that names these places, placed in one of them or nowhere."""
    placement = event("x", at).placement if at else NOWHERE
    found = tuple(PLACES[name] for name in places)
    lands = frozenset(p.country for p in found)
    changed = replace(made.event, placement=placement)
    return replace(made, event=changed, named=found, unknown=frozenset(unknown), other_lands=lands,
                   details=details_of(text, MONDAY))  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("Hit in Mosul.", "Mosul"), ("Mosul was hit.", "Mosul"), ["place_named"]),
        (("Hit in Mosul.", "Mosul"), ("Sinjar was hit.", "Sinjar"), ["place_other_name"]),
        (("Hit in Mosul.", "Mosul"), ("Homs was hit.", "Homs"), ["lands_apart"]),
        (("Hit in Mosul.", "Mosul"), ("It was hit.",), ["place_unknown"]),
    ],
)
def test_a_telling_without_a_place_is_compared_by_what_it_names(one, other, expected: list[str]):
    first, second = where(told("a"), *one), where(told("b"), *other)
    assert signs(first, second, "place") == signs(second, first, "place") == expected


def test_a_name_in_no_gazetteer_is_found_in_the_text_of_the_other_in_any_spelling():
    one = where(told("a"), "In Warta Nabada.", unknown=("warta nabada",))
    assert signs(one, where(told("b"), "It fell on Warta Nabadda."), "place") == ["place_same_words"]
    elsewhere = where(told("b"), "In Homs, an hour from Warta Nabada.", at="Homs")
    assert signs(one, elsewhere, "place") == ["place_mentioned"]


NEXT_TOWN = Place("gn:9", "Shinshar", 34.66, 36.73, "P", "PPL", "SY", "Homs", "ne:SY-1")


@pytest.mark.parametrize(
    ("text", "expected"), [("Shinshar was hit.", True), ("Shinshar, a suburb of Homs, was hit.", False)]
)
def test_two_towns_side_by_side_are_two_unless_a_report_names_both(text: str, expected: bool):
    found = event("b").placement.resolution
    placement = replace(event("b").placement, resolution=replace(found, place=NEXT_TOWN))
    one = where(told("a"), "Homs was hit.", at="Homs")
    other = replace(made := where(told("b"), text), event=replace(made.event, placement=placement))
    assert ("place_neighbour" in signs(one, other, "place")) is expected


def test_a_telling_read_for_the_day_of_its_report_may_be_of_another_day_that_it_tells():
    one = told("a", "It was hit on Monday.")
    late = told("b", "Four men hurt on Monday have died, it was said.", day=1, later=1)
    assert signs(one, late, "day") == ["day_told"]
    assert compare(one, told("b", "Tuesday's raid hit what Monday's had not.", day=1, later=2))[0] is None


def spanning(made: Told, days: int) -> Told:
    when = replace(made.event.when, date_end=made.event.when.date_start + timedelta(days=days), date_prec=2)
    return replace(made, event=replace(made.event, when=when))


def test_a_day_lies_in_a_span_unless_the_report_of_the_span_came_before_it():
    weekend, week = spanning(told("a"), 1), spanning(told("a", later=3), 6)
    assert signs(weekend, told("b"), "day") == ["day_overlaps"]
    assert signs(week, told("b", day=2, later=2), "day") == ["day_in_span"]
    assert compare(week, told("b", day=5, later=5))[0] is None


@pytest.mark.parametrize(
    ("one", "other", "aspect", "sign"),
    [
        ("A woman died in Homs.", "A man died in Homs.", "people", "victim_other"),
        ("It was hit at the Crocus hall.", "Men entered the Crocus hall.", "wording", "name_same"),
        ("The parade was hit.", "They hit a parade.", "wording", "words_shared"),
        ("It was hit.", "It was the second strike there.", "wording", "told_again"),
    ],
)
def test_words(one: str, other: str, aspect: str, sign: str):
    first, second = told("a", one, dead=1), told("b", other, dead=1)
    assert sign in signs(first, second, aspect)
    assert sign not in signs(first, told("c", "Nothing more is known.", dead=1), aspect)


def test_one_outlet_tells_two_things_of_a_day_but_may_follow_up_the_next():
    one, again = told("a"), replace(told("a", later=1), docs=frozenset("z"))
    assert "outlet_same" in signs(one, told("a"), "wording")
    assert "outlet_same" not in signs(one, told("b"), "wording")
    assert "outlet_same" not in signs(one, again, "wording")


def test_a_toll_told_days_later_does_not_jump_without_a_word():
    first, second = told("a", "In Homs.", dead=3, later=1), told("b", "It was in Homs.", dead=30, later=2)
    assert signs(first, second, "numbers") == ["toll_later_far"]


def test_a_grenade_that_a_drone_dropped_is_no_mine():
    one, other = told("a", "A drone dropped a grenade on them."), told("b", "One of them stepped on a mine.")
    assert part(one, other, "weapons") < 0


def test_the_afternoon_and_the_evening_are_not_told_to_be_one_time_of_day():
    one, other = told("a", "It struck in the afternoon."), told("b", "It struck in the evening.")
    assert part(one, other, "time of day") == 0


def test_a_side_counts_otherwise_of_its_own_deed_than_others_do():
    few = told("a", "Gunmen killed four soldiers in Homs.", dead=4)
    many = told("b", "Our fighters killed nine soldiers in Homs.", dead=9)
    too = told("a", "Our fighters killed four soldiers in Homs.", dead=4)
    assert signs(few, many, "numbers") == ["number_claimed"]
    assert signs(too, many, "numbers") == ["number_far"]


def test_an_army_of_no_country_may_be_that_of_any():
    assert bond(Actor("Unidentified Military Forces", 1), SYRIA) == "open"
