"""Names of actors the world over: spellings, and names that mean another where the event lies elsewhere."""

from __future__ import annotations

import pytest

from pipeline.events.actor_tables import read_actors
from pipeline.events.actors import canonical, find_actors, inter_in, load_lexicon

LEXICON = load_lexicon()
ACTORS = read_actors()
KH = "Kata'ib Hezbollah"
ISKP, ISMOZ, ISWAP = (
    "Islamic State Khorasan Province",
    "Islamic State Mozambique",
    "ISWAP: Islamic State West Africa Province",
)


def names(text: str, country: str = "") -> list[str]:
    return [m.actor.name for m in find_actors(text, 0, len(text), lexicon=LEXICON, country=country)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Qateb Hizbollah", KH),
        ("the Hezbollah Battalions", KH),
        ("Kata'ib Hizb Allah", KH),
        ("Iraqi Hezbollah Brigades", KH),
        ("Popular Mobilisation", "Popular Mobilization Forces"),
        ("the Popular Crowd", "Popular Mobilization Forces"),
        ("al-Hashd al-Sha'bi", "Popular Mobilization Forces"),
        ("the League of the Righteous", "Asa'ib Ahl al-Haq"),
        ("Usbat al-Tha'irin", "Usbat al-Thaireen"),
        ("YPG/PKK", "People's Protection Units"),
        ("Qasad", "Syrian Democratic Forces"),
        ("Maghaweer al-Thawra", "Syrian Free Army"),
        ("Levant Liberation Body", "Hayat Tahrir al-Sham"),
        ("Daesh organization", "Islamic State"),
        ("Huthi rebels", "Houthi Movement (Ansar Allah)"),
        ("Iranian Revolutionary Guards", "Islamic Revolutionary Guard Corps"),
        ("IRGC-QF", "Quds Force"),
        ("Turkish National Intelligence Organization", "National Intelligence Organization of Turkey"),
        ("YJA-Star", "Kurdistan Workers' Party"),
        ("Black Sea Fleet", "Military Forces of Russia"),
        ("Luhansk People's Republic", "NAF: United Armed Forces of Novorossiya"),
        ("Russia's Africa Corps", "Wagner Group"),
        ("SPLM-N", "SPLM-N: Sudan People's Liberation Movement-North"),
        (
            "Ta'ang National Liberation Army",
            "PSLF/TNLA: Palaung State Liberation Front/Ta'ang National Liberation Army",
        ),
        ("ISIS-Sahel", "Islamic State Sahel Province"),
        ("GSIM", "JNIM: Group for Support of Islam and Muslims"),
        ("FAMa", "Military Forces of Mali"),
        ("Al-Shebab", "Al Shabaab"),
        ("Puntland Defence Forces", "Puntland Security Forces"),
        ("AFC/M23", "M23: March 23 Movement"),
        ("FARDC", "Military Forces of the Democratic Republic of Congo"),
        ("Clan del Golfo", "Gulf Clan"),
        ("Viv Ansanm", "Viv Ansanm"),
        ("Comando Vermelho", "CV: Red Command"),
        ("Tehreek-e-Taliban Pakistan", "TTP: Tehreek-i-Taliban Pakistan"),
        ("the Arambai Tenggol", "Meitei Militia"),
    ],
)
def test_one_actor_for_every_spelling(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        ("the SNA said", "SY", "Syrian National Army"),
        ("the SNA said", "SO", "Military Forces of Somalia"),
        ("Islamic State attacked", "IQ", "Islamic State"),
        ("Islamic State attacked", "AF", ISKP),
        ("ISIS attacked", "MZ", ISMOZ),
        ("IS attacked", "NG", ISWAP),
        ("IS attacked", "NE", "Islamic State Sahel Province"),
        ("al-Shabaab attacked", "SO", "Al Shabaab"),
        ("al-Shabaab attacked", "KE", "Al Shabaab"),
        ("al-Shabaab attacked", "MZ", ISMOZ),
        ("the Taliban attacked", "AF", "Taliban"),
        ("the Taliban attacked", "PK", "TTP: Tehreek-i-Taliban Pakistan"),
        ("the Afghan Taliban attacked", "PK", "Taliban"),
        ("the PDF attacked", "MM", "People's Defence Force"),
        ("the SDF attacked", "SY", "Syrian Democratic Forces"),
        ("the SDF attacked", "LY", "Special Deterrence Force"),
        ("the ADF attacked", "CD", "ADF: Allied Democratic Forces"),
        ("the ISF attacked", "IQ", "Military Forces of Iraq"),
        ("the ISF attacked", "LB", "Police Forces of Lebanon"),
        ("the TDF attacked", "ET", "TPLF: Tigray People's Liberation Front"),
        ("the TDF attacked", "UA", "Military Forces of Ukraine"),
        ("the STC attacked", "YE", "Southern Transitional Council"),
        ("the KIA attacked", "MM", "KIO/KIA: Kachin Independence Organization/Kachin Independence Army"),
        ("the PCC attacked", "BR", "PCC: First Capital Command"),
        ("the junta attacked", "MM", "Military Forces of Myanmar"),
        ("the junta attacked", "ML", "Military Forces of Mali"),
        ("JEM attacked", "SD", "JEM: Justice and Equality Movement"),
        ("JeM attacked", "IN", "Jaish-e-Mohammad"),
        ("Wagner attacked", "ML", "Wagner Group"),
    ],
)
def test_a_name_of_several_is_that_of_the_country(text: str, country: str, name: str) -> None:
    assert names(text, country) == [name]


@pytest.mark.parametrize(
    "text",
    ["the SNA said", "a PDF was posted", "KIA sold cars", "the ADF said", "Wagner was staged", "the CV of a man"],
)
def test_a_name_of_several_is_nobodys_without_a_country(text: str) -> None:
    assert [n for n in names(text) if not n.startswith("Civilians")] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Popular Mobilizaton Forces", "Popular Mobilization Forces"),
        ("Syrian Democartic Forces", "Syrian Democratic Forces"),
        ("Palestinian Islamic Jihhad", ""),  # "Jihad" is short: not guessed
        ("Rapid Suport Forces", ""),
        ("Sudan Liberaton Movement", "SLM/A: Sudan Liberation Movement/Army"),
        ("Hezbolllah", "Hezbollah"),
        ("Peshmergaa", "Peshmerga"),
        ("Imbonerakuri", "Imbonerakure"),
        ("Popular Modernization Forces", ""),  # more than a slip
        ("popular mobilizaton forces", ""),  # in small letters it is no name
    ],
)
def test_a_letter_wrong_is_forgiven_in_long_names_only(text: str, name: str) -> None:
    found = [n for n in names(text) if "{" not in n]
    assert found[:1] == ([name] if name else found[:1])
    assert name or all(n.startswith(("Civilians", "Unidentified", "Police")) for n in found)


@pytest.mark.parametrize(
    "text",
    [
        "Let the army of ants in the garden be.",
        "The Southern Resistance to the plan grew.",
        "Popular Mechanics and the National Geographic were sold.",
        "A Federal Reserve official and the Islamic Emirates of old.",
        "The Democratic convention was in Chicago.",
        "Hezekiah was a king of Judah, Nahum a prophet.",
    ],
)
def test_ordinary_words_are_no_group(text: str) -> None:
    named = [m.actor.name for m in find_actors(text, 0, len(text), lexicon=LEXICON) if m.kind == "named"]
    assert named == []


def test_no_local_name_belongs_to_two_actors_of_one_country() -> None:
    owners: dict[tuple[tuple[str, ...], str, bool], set[str]] = {}
    for entries in LEXICON.names.values():
        for name in entries:
            for country in name.theatre:
                owners.setdefault((name.keys, country, name.acronym), set()).add(name.actor.name)
    assert {key: found for key, found in owners.items() if len(found) > 1} == {}


def test_every_country_of_a_theatre_and_every_parent_is_known() -> None:
    states = {f"Government of {name}" for name in LEXICON.state_names.values()}
    for name, row in ACTORS.items():
        assert set(row.get("theatre", [])) <= set(LEXICON.state_names), name
        assert not row.get("parent") or row["parent"] in ACTORS or row["parent"] in states, name


def test_the_forces_of_states_have_their_code_and_are_external_abroad() -> None:
    forces = [name for name in ACTORS if name.startswith(("Military Forces of", "Police Forces of"))]
    assert len(forces) > 60
    for name in forces:
        actor = canonical(name, lexicon=LEXICON)
        assert (actor.name, actor.inter) == (name, 1)
        assert inter_in(actor, "AQ") == 8


def test_what_no_table_has_is_kept_as_written() -> None:
    assert canonical("the Brotherhood of the Blue Gate", lexicon=LEXICON).name == "Brotherhood of the Blue Gate"
    assert names("gunmen fired", "TD") == ["Unidentified Armed Group (Chad)"]


def test_an_actor_in_two_tables_is_refused(tmp_path, monkeypatch) -> None:
    folder = tmp_path / "actors"
    folder.mkdir()
    for part in ("one", "two"):
        (folder / f"{part}.yaml").write_text("Blue Front: {inter: 2, country: TD}\n")
    monkeypatch.setattr("pipeline.events.actor_tables.DATA", tmp_path)
    with pytest.raises(ValueError, match=r"two\.yaml: 'Blue Front' stands in another table"):
        read_actors()
