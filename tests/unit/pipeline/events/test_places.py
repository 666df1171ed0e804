"""Which of the places that a report names is where an event happened."""

from __future__ import annotations

import pytest

from pipeline.models import Event


@pytest.fixture(scope="module")
def where(read):
    """Return the names of the places of the events of a short report; None for one that is not placed."""

    def where(text: str) -> list[str | None]:
        return [_name(event) for event in read(text).events]

    return where


def _name(event: Event) -> str | None:
    found = event.placement.resolution
    return found.place.name if found is not None and found.place is not None else None


@pytest.fixture(scope="module")
def only(read):
    """Return the one event of a short report."""

    def only(text: str) -> Event:
        (event,) = read(text).events
        return event

    return only


# what stands before the speaker is said of it, though the parse hangs it on "said"
SAID_AFTER = (
    "Security forces eliminated five terrorists of the Hizbul Mujahideen, including its longest-surviving commander, "
    "Farooq Nalli, during an overnight cordon-and-search operation in Homs, the army said on Thursday."
)
NAMED = [
    (SAID_AFTER, ["Homs"]),
    # where the guns stand is not where the shells fell
    ("Artillery positioned in Homs shelled farms near Aleppo on Tuesday, killing five people.", ["Aleppo"]),
    ("Soldiers stationed in Homs were attacked by gunmen on Tuesday.", ["Homs"]),
    # not where the reporter, the speaker, the actor or the missile comes from
    (
        "BEIRUT, Nov 22 (Northline) - Warplanes bombed a depot near Homs on Tuesday, a source in Damascus said.",
        ["Homs"],
    ),
    ("Rockets hit a base in Mosul on Tuesday, officials in Washington said.", ["Mosul"]),
    ("Officials said in Baghdad that rockets hit a base in Mosul on Tuesday.", ["Mosul"]),
    ("Missiles fired from Yemen hit a hotel in Eilat on Tuesday.", ["Eilat"]),
    ("Yemen's Houthis attacked a tanker in the Red Sea on Tuesday.", ["Red Sea"]),
    ("A bomb went off in Mosul on Tuesday, said a monitor which is based in Baghdad.", ["Mosul"]),
    ("A raid in Mosul's largest slum on Tuesday left 18 people dead.", ["Mosul"]),
    ("Gunmen shot a teacher in Iraq's capital on Tuesday. Baghdad is tense.", ["Baghdad"]),
    ("U.S. troops based in Germany were attacked in Hasakah on Tuesday.", ["Al Ḩasakah"]),
    ("The Islamic Resistance in Iraq said it attacked Al-Tanf garrison on Tuesday.", ["Al-Tanf garrison"]),
    # the finest place, not the one that holds it
    ("Drones attacked a refinery in Kursk, Russia, on Tuesday.", ["Kursk"]),
    ("A bomb exploded in Tikrit, north of Baghdad, on Tuesday.", ["Tikrīt"]),
    # each part of the sentence its own
    ("Jets bombed a camp near Homs on Monday and gunmen kidnapped a teacher in Kirkuk.", ["Homs", "Kirkuk"]),
]


@pytest.mark.parametrize(("text", "places"), NAMED)
def test_an_event_lies_where_it_happened(where, text, places):
    assert where(text) == places


def test_coordinated_places_are_an_event_each(read):
    events = read("Drones hit bases in Erbil and Hasakah on Tuesday.").events
    assert [_name(e) for e in events] == ["Erbil", "Al Ḩasakah"]
    assert len({e.event_id for e in events}) == 2
    assert {e.sources[0].sentence for e in events} == {"Drones hit bases in Erbil and Hasakah on Tuesday."}


def test_the_dead_of_several_places_are_not_counted_at_each(read):
    events = read("Drones attacked oil depots in Kursk and Belgorod on Tuesday, killing three people.").events
    assert [e.fatalities.best for e in events] == [None, None]
    assert all("several places together" in e.notes[0] for e in events)


def test_near_covers_all_that_follow_and_a_direction_is_no_place(read):
    events = read("Drones struck a depot near Mosul and Tal Afar, south of Dohuk, on Tuesday.").events
    assert [(_name(e), e.placement.geo_precision, e.placement.where_prec) for e in events] == [
        ("Mosul", 2, 2),
        ("Tall ‘Afar", 2, 2),
    ]


PRECISION = [
    ("Rockets hit Ain al-Asad air base on Tuesday.", 1, 1, "exact"),
    ("Rockets hit a depot near Homs on Tuesday.", 2, 2, "relative"),
    ("Drones struck a depot in Anbar province on Tuesday.", 3, 4, "admin"),
    ("Drones struck militias in Iraq on Tuesday.", 3, 6, "country"),
    ("Missiles hit a tanker in the Red Sea on Tuesday.", 3, 7, "admin"),
    ("American warships struck a Yemeni port on Tuesday.", 3, 6, "country"),
]


@pytest.mark.parametrize(("text", "geo", "prec", "method"), PRECISION)
def test_the_precision_is_that_of_the_words(only, text, geo, prec, method):
    placement = only(text).placement
    assert (placement.geo_precision, placement.where_prec, placement.method) == (geo, prec, method)


def test_a_site_known_only_by_its_country_says_so(only):
    placement = only("American warships struck a Yemeni port on Tuesday.").placement
    assert placement.resolution.place.country == "YE"
    assert placement.reasons == ("known only by its country",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Two people died in a drone strike 30 km south of Baghdad on Tuesday.", "30 km south of Baghdad"),
        ("U.S. troops were attacked at an air base west of Baghdad on Monday.", "an air base west of Baghdad"),
        ("Rockets hit a depot near Homs on Tuesday.", "near Homs"),
    ],
)
def test_the_words_that_say_where_are_kept(only, text, words):
    assert only(text).placement.description == words


def test_an_unknown_name_is_not_placed_and_the_reason_names_it(only):
    placement = only("Militants attacked the village of Wobblethorpe on Tuesday.").placement
    assert (placement.footprint, placement.geo_precision, placement.method) == (None, None, None)
    assert placement.description == "Wobblethorpe"
    assert placement.reasons == ("no place called “Wobblethorpe” that fits is known",)


def test_an_unknown_name_is_placed_to_the_country_that_it_is_named_with_but_not_to_an_armys_home(only):
    known = only("Militants attacked the Syrian village of Wobblethorpe on Tuesday.").placement
    assert known.resolution.place.name == "Syria"
    assert only("A drone attacked the American base at Wobblethorpe on Tuesday.").placement.footprint is None


def test_an_event_without_any_place_says_so(only):
    placement = only("Gunmen killed six soldiers on Tuesday.").placement
    assert placement.resolution is None
    assert placement.reasons == ("the text does not say where",)


def test_the_base_points_back_to_the_last_one_named(read):
    events = read("Rockets hit Ain al-Asad air base on Monday. Drones attacked the base.").events
    assert {_name(e) for e in events} == {"Ain al-Asad Air Base"}


def test_a_vague_place_is_the_exact_one_that_fits_it(only):
    event = only(
        "An air base west of Baghdad was attacked on Monday. Ain al-Asad air base was hit by rockets on Monday."
    )
    assert _name(event) == "Ain al-Asad Air Base"
    assert any("west of Baghdad" in reason for reason in event.placement.reasons)


def test_every_place_of_an_event_stands_in_the_text(read):
    text = "Drones hit bases in Erbil and Hasakah on Tuesday. Rockets hit Ain al-Asad air base on Monday."
    report = read(text)
    for event in report.events:
        assert event.mentions
        for _, start, end in event.mentions:
            assert any((r.mention.start, r.mention.end) == (start, end) for r in report.resolutions)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("And in Basra demonstrators brought out a silent march on Monday.", "Basra"),
        ("At Baiji enemy hit with artillery a market on Monday.", "Baiji"),
        ("Near Ramadi, one strike destroyed a rebel position on Monday.", "Near Ramadi"),
        ("The post near Ramadi was attacked by rebels at 23:40 Moscow time on Monday.", "near Ramadi"),
        ("Captain Ali (26, resident of Basra) fought rebels at Ramadi on Monday.", "Ramadi"),
        ("A convoy was attacked by rebels along the Ramadi - Xubtaz axis on Monday.", "Ramadi"),
        ("Two men were shot dead by rebels this morning in Ramadi.", "Ramadi"),
        ("The other deaths occurred this morning in Ramadi, where a lorry with labourers hit a bomb.", "Ramadi"),
        ("In Basra on Monday, a bus with traders from Ramadi to Baghdad went over a landmine.", "Basra"),
        ("On Monday at 20:00 (19:00 in Lisbon) rebels attacked a camp at Ramadi.", "Ramadi"),
    ],
)
def test_a_name_that_opens_a_sentence_is_its_place_and_a_time_zone_is_none(read, text, place):
    assert [e.placement.description for e in read(text).events] == [place]


def test_two_names_that_open_sentences_are_two_places_though_no_gazetteer_has_one(read):
    told = read(
        "Near Ramadi, a strike destroyed a bunker on Monday. Near Xubtaz, a strike destroyed two lorries on Monday."
    )
    assert told.events[0].placement.description == "Near Ramadi"
    assert len(told.events) == 2


def test_a_deed_told_with_the_clause_that_says_why_is_where_that_was(read):
    told = read("A mob lynched a policeman on Monday after he killed a girl at a checkpoint in Ramadi.")
    assert {e.placement.resolution.place.name for e in told.events} == {"Ramadi"}


def test_a_town_that_heads_its_paragraph_alone_is_the_place_of_what_that_tells(read):
    told = read(
        "The governor of the province has told reporters of the day that lies behind its towns and villages.\n\n"
        "Ramadi. In the afternoon rebels dropped an explosive from a drone on a man who was riding a bicycle.\n"
    )
    assert "Ramadi" in {e.placement.resolution.place.name for e in told.events if e.placement.resolution}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("A soldier was killed on Monday in an ambush in Vakaga prefecture, the mission announced in Bangui.",
         ["Vakaga"]),
        ("Two died on Monday near Qxzvwk village, Churachandpur district, a spokesman said, in a gunfight with rebels.",
         ["Churachandpur"]),
        ("Gunmen killed ten people on Monday in Niger's Tera area, close to Mali and Burkina Faso.", ["Téra"]),
        ("Gunmen shot five people dead on Monday in the Qxzvwk quarter of Guayaquil, next door to Durán.",
         ["Guayaquil"]),
        ("The government condemned the killing of a peacekeeper on 17 November south of Birao.", ["Birao"]),
    ],
)  # fmt: skip
def test_neither_where_it_was_told_nor_what_lies_beside_is_the_place(where, text, places):
    assert where(text) == places


def test_an_unknown_village_of_a_district_is_told_to_the_district(only):
    event = only("Two rebels died on Monday in a gunfight near Qxzvwk village, Churachandpur district.")
    assert (event.placement.where_prec, event.placement.resolution.place.feature_code) == (3, "ADM2")


def test_a_name_that_nobody_knows_is_not_in_the_large_town_where_the_report_was_written(read):
    def told(text: str):
        placement = read(text).events[0].placement
        return _name(read(text).events[0]), placement.where_prec

    assert told("QUETTA: Gunmen shot dead six labourers in the Qxzvwk locality of Vrzkn on Monday.") == (None, None)
    assert told("QUETTA: Gunmen shot dead six labourers on Qxzvwk Road on Monday.") == ("Quetta", 2)
    assert told("CHAMAN: Gunmen shot dead six labourers in the Qxzvwk locality of Vrzkn on Monday.") == ("Chaman", 3)


def test_where_people_come_from_is_no_province_told_of(where):
    text = "Gunmen killed six masons in Qxzvwk on Monday. The group warned those who come from Punjab to stay away."
    assert where(text) == [None]
