"""Who did it to whom."""

from __future__ import annotations

import pytest

from pipeline.events.actors import load_lexicon
from pipeline.events.roles import Roles, find_roles

US, ISRAEL = "Military Forces of the United States", "Military Forces of Israel"
KH, IRI, HEZBOLLAH = "Kata'ib Hezbollah", "Islamic Resistance in Iraq", "Hezbollah"
HOUTHIS, IS, HAMAS = "Houthi Movement (Ansar Allah)", "Islamic State", "Hamas Movement"


@pytest.fixture(scope="module")
def sides(tell):
    """Return (perpetrator, target) of the first telling of a text in Iraq."""

    def sides(text: str, country: str = "IQ") -> tuple[str | None, str | None]:
        parsed, tellings = tell(text)
        roles = find_roles(parsed, tellings[0], lexicon=load_lexicon(), country=country)
        return tuple(actor.name if actor else None for actor in (roles.perpetrator, roles.target))

    return sides


ACTIVE = [
    ("Israel's air force struck Hezbollah positions in Tyre.", ISRAEL, HEZBOLLAH),
    ("Iran-backed militias attacked U.S. troops at Ain al-Asad.", "Iran-backed militias", US),
    ("Houthi forces fired missiles at a tanker in the Red Sea.", HOUTHIS, "Civilians (International)"),
    ("The Islamic Resistance in Iraq attacked the U.S. base at Al-Tanf with drones.", IRI, US),
    ("Ukrainian drones hit an oil depot in Belgorod.", "Military Forces of Ukraine", None),
    ("Unidentified gunmen shot dead a journalist in Quetta.", "Unidentified Armed Group (Iraq)", "Civilians (Iraq)"),
    ("The army clashed with rebels near Idlib.", "Military Forces of Iraq", "Unidentified Rebel Group (Iraq)"),
    ("U.S. Navy destroyers shot down three drones over the Red Sea.", US, None),
    ("Israel killed a Hamas commander in a drone strike in Beirut.", ISRAEL, HAMAS),
]
NAMED_BESIDE = [
    (
        "Fighters of the Central Hills 1 (CH1) Front of the New People's Army ambushed a truck.",
        "NPA: New People's Army",
    ),
    ("Gunmen allegedly from La Familia Michoacana attacked a village.", "La Familia Michoacana"),
    ("The US-backed Afghan security forces raided a village.", "Military Forces of Afghanistan"),
    ("Fighters of the Sudan Liberation Movement attacked a village.", "SLM/A: Sudan Liberation Movement/Army"),
    ("Haiti gangs free inmates, burn police station in Hinche", "Unidentified Gang (Haiti)"),
    ("Hezbollah put out a statement saying that it had attacked five positions.", HEZBOLLAH),
    ("A drone belonging to the Houthi militia bombed their home.", HOUTHIS),
    ("This morning, a bomb that the Houthis had planted near Hajin detonated as a tanker was passing.", HOUTHIS),
]
NOBODY = [
    "The Cardinals ambushed the visitors in the ninth.",  # a name of which no word says that it is a group's
    "However, they opened fire on the crowd, the police said.",  # others than the police did
]
PASSIVE = [
    ("Hezbollah positions in Tyre were struck by the Israeli air force.", ISRAEL, HEZBOLLAH),
    ("U.S. troops were attacked by Iran-backed militias at Ain al-Asad.", "Iran-backed militias", US),
    ("Syrian soldiers were killed in an ambush by Islamic State fighters.", IS, "Military Forces of Syria"),
    ("U.S. troops were attacked at Ain al-Asad.", None, US),
    ("An army base in Mosul was hit by rockets.", None, None),
]
NOMINAL = [
    ("An Israeli air strike on Hezbollah positions in Tyre was reported.", ISRAEL, HEZBOLLAH),
    ("Russian shelling of Kherson killed two civilians.", "Military Forces of Russia", "Civilians (Iraq)"),
    ("A U.S. strike targeting al-Qaeda killed a leader in Idlib.", US, "Al Qaeda"),
    ("An attack by Hamas on Israeli soldiers was reported.", HAMAS, ISRAEL),
    ("The U.S. military carried out air strikes against Kataib Hezbollah in Jurf al-Sakhar.", US, KH),
]
WHOSE_TROOPS = [
    ("Drones hit the troops in Mosul.", "Military Forces of Iraq"),
    ("Drones hit the troops in Mosul, where American soldiers are stationed.", None),
    (
        "Drones hit the troops in Mosul, where American soldiers are stationed beside Iraqi soldiers.",
        "Military Forces of Iraq",
    ),
]
OF_BOTH = [
    ("Clashes between the Syrian army and Hezbollah were reported.", "Military Forces of Syria", HEZBOLLAH),
    ("Fighters loyal to Hezbollah clashed with Israeli soldiers.", HEZBOLLAH, ISRAEL),
    ("An attack claimed by Hamas killed two Israeli soldiers.", HAMAS, ISRAEL),
    ("A mine planted by the Houthis exploded.", HOUTHIS, None),
    ("Two soldiers and a farmer were shot dead by Hamas gunmen.", HAMAS, "Military Forces of Iraq"),
    ("A bus carrying Israeli soldiers was hit.", None, ISRAEL),
    ("Hamas gunmen shot dead farmers carrying their crops to market.", HAMAS, "Civilians (Iraq)"),
    ("The Houthi coup militia shelled Israeli troops.", HOUTHIS, ISRAEL),
    ("A resistance group calling itself Dawn Column attacked Israeli troops.", "Dawn Column", ISRAEL),
]
REPORTED = [
    ("Israel said it intercepted a missile from Yemen.", ISRAEL, None),
    ("Kataib Hezbollah said it fired rockets at U.S. forces in Syria.", KH, US),
    ("Its fighter jets struck Hamas tunnels in Rafah, the Israeli military said.", ISRAEL, HAMAS),
    ("The Israeli military said its fighter jets struck Hamas tunnels in Rafah.", ISRAEL, HAMAS),
    ("The Houthis said they had attacked a British ship in the Gulf of Aden.", HOUTHIS, "Civilians (International)"),
    ("Rockets hit a U.S. base, the Iraqi army said.", None, US),
]


@pytest.mark.parametrize(("text", "target"), WHOSE_TROOPS)
def test_troops_are_the_countrys_unless_only_those_of_another_state_are_told_of(sides, text, target):
    assert sides(text)[1] == target


@pytest.mark.parametrize(("text", "perpetrator", "target"), [*ACTIVE, *PASSIVE, *NOMINAL, *REPORTED, *OF_BOTH])
def test_the_sides_are_read_whatever_the_form(sides, text, perpetrator, target):
    assert sides(text) == (perpetrator, target)


def test_soldiers_of_no_named_state_are_those_of_the_country_told_of(sides):
    assert sides("Gunmen attacked soldiers in Homs.", "SY")[1] == "Military Forces of Syria"
    assert sides("Gunmen attacked soldiers in Mosul.", "IQ")[1] == "Military Forces of Iraq"


@pytest.mark.parametrize(
    "text",
    ["Rockets hit Mosul.", "A bomb exploded in Tikrit.", "Shrapnel killed ten.", "A drone struck a house."],
)
def test_things_do_nothing(sides, text):
    assert sides(text)[0] is None


def test_nobody_strikes_himself(sides):
    perpetrator, target = sides("Israel said Israeli jets struck Hamas.")
    assert (perpetrator, target) == (ISRAEL, HAMAS)


def test_the_phrases_hit_are_kept_with_their_offsets(tell):
    text = "Jets bombed a depot and a bridge near Homs."
    parsed, (telling,) = tell(text)
    roles = find_roles(parsed, telling, lexicon=load_lexicon(), country="SY")
    assert [text[start:end] for start, end in roles.target_phrases] == ["a depot", "a bridge"]


def test_a_telling_without_sides_has_none(tell):
    parsed, (telling,) = tell("There was an explosion.")
    assert find_roles(parsed, telling, lexicon=load_lexicon(), country="") == Roles()


@pytest.mark.parametrize(("text", "perpetrator"), NAMED_BESIDE)
def test_people_are_of_the_group_that_is_named_with_them(sides, text, perpetrator):
    assert sides(text)[0] == perpetrator


@pytest.mark.parametrize("text", NOBODY)
def test_rather_nobody_than_the_wrong_one(sides, text):
    assert sides(text)[0] is None


@pytest.mark.parametrize(
    ("text", "country", "perpetrator"),
    [
        ("Ankara said on Friday its air force had destroyed a depot near Duhok.", "IQ", "Military Forces of Turkey"),
        ("Moscow said its forces had struck a depot in Odesa.", "UA", "Military Forces of Russia"),
        ("Baghdad said its jets had bombed a camp near Rawa.", "SY", "Military Forces of Iraq"),
        ("The president said there could be no truce with those who had murdered seven soldiers in Rawa.", "IQ", None),
    ],
)
def test_a_capital_speaks_for_its_army_and_nobody_for_those_who_did_it(sides, text, country, perpetrator):
    assert sides(text, country)[0] == perpetrator


@pytest.mark.parametrize("met", ["fell into", "ran into", "walked into", "came under"])
def test_those_who_meet_with_it_are_hit(sides, met):
    assert sides(f"Iraqi soldiers {met} an ambush near Rawa.")[1] == "Military Forces of Iraq"
