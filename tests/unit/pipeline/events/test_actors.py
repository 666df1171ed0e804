"""Who acts and who is hit: names, forces of states, general words."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.events.actor_lexicon import skeleton_key
from pipeline.events.actor_tables import DATA, _yaml, read_actors
from pipeline.events.actors import (
    ActorMention,
    as_actor,
    canonical,
    find_actors,
    inter_in,
    is_civilian,
    load_lexicon,
)

LEXICON = load_lexicon()
KH = "Kata'ib Hezbollah"
OIR = "Operation Inherent Resolve/Global Coalition Against Daesh"
US = "Military Forces of the United States"
HOUTHI, SDF, IS = "Houthi Movement (Ansar Allah)", "Syrian Democratic Forces", "Islamic State"


def found(text: str, country: str = "") -> list[ActorMention]:
    return list(find_actors(text, 0, len(text), lexicon=LEXICON, country=country))


def told(text: str, country: str = "") -> list[tuple[str, str, str]]:
    return [(m.actor.text, m.actor.name, m.kind) for m in found(text, country)]


NAMES = [
    ("Kataib Hezbollah", KH),
    ("Kata'ib Hizballah", KH),
    ("Kata’ib Hezbollah", KH),
    ("Qateb Hezbollah", KH),
    ("Qadab Hezbollah", KH),
    ("Qatab Hezbollah", KH),
    ("Katayib Hizbullah", KH),
    ("Kata'eb Hizb Allah", KH),
    ("Hezbollah Brigades", KH),
    ("كتائب حزب الله", KH),
    ("حزب الله", "Hezbollah"),
    ("Hezbollah", "Hezbollah"),
    ("Hizbollah", "Hezbollah"),
    ("Lebanon's Hezbollah", "Hezbollah"),
    ("Harakat Hezbollah al-Nujaba", "Harakat Hezbollah al-Nujaba"),
    ("Harakat Hizbullah an-Nujaba", "Harakat Hezbollah al-Nujaba"),
    ("al-Nujaba", "Harakat Hezbollah al-Nujaba"),
    ("Asaeb Ahl ul-Haqq", "Asa'ib Ahl al-Haq"),
    ("Kata'eb Seyed al-Shohada", "Kata'ib Sayyid al-Shuhada"),
    ("Hashed ash-Sha'abi", "Popular Mobilization Forces"),
    ("PMF", "Popular Mobilization Forces"),
    ("Popular Mobilisation Units", "Popular Mobilization Forces"),
    ("the Islamic Resistance in Iraq", "Islamic Resistance in Iraq"),
    ("U.S.-led coalition", OIR),
    ("coalition forces", OIR),
    ("ISIS", IS),
    ("Da'esh", IS),
    ("داعش", IS),
    ("ISIS-K", "Islamic State Khorasan Province"),
    ("HTS", "Hayat Tahrir al-Sham"),
    ("Hay'at Tahrir ash-Sham", "Hayat Tahrir al-Sham"),
    ("SDF", SDF),
    ("قسد", SDF),
    ("the YPG", "People's Protection Units"),
    ("the PKK", "Kurdistan Workers' Party"),
    ("Hamas", "Hamas Movement"),
    ("Izzeddin al-Qassam Brigades", "Al Qassam Brigades"),
    ("Islamic Jihad", "Palestinian Islamic Jihad"),
    ("the IDF", "Military Forces of Israel"),
    ("CENTCOM", US),
    ("IRGC", "Islamic Revolutionary Guard Corps"),
    ("Iran's Revolutionary Guards", "Islamic Revolutionary Guard Corps"),
    ("Qods Force", "Quds Force"),
    ("Houthis", HOUTHI),
    ("Ansarullah", HOUTHI),
    ("الحوثيين", HOUTHI),
    ("Royal Oman Police", "Police Forces of Oman"),
    ("UNIFIL", "UNIFIL: United Nations Interim Force in Lebanon"),
    ("the RSF", "Rapid Support Forces"),
    ("al-Shabab", "Al Shabaab"),
    ("M23", "M23: March 23 Movement"),
    ("JNIM", "JNIM: Group for Support of Islam and Muslims"),
    ("Boko Haram", "Boko Haram"),
    ("Pakistani Taliban", "TTP: Tehreek-i-Taliban Pakistan"),
    ("Arakan Army", "ULA/AA: United League of Arakan/Arakan Army"),
    ("the Wagner Group", "Wagner Group"),
    ("the Armed Forces of Ukraine", "Military Forces of Ukraine"),
    ("CJNG", "Jalisco New Generation Cartel"),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_a_name_in_any_spelling_is_one_actor(text: str, name: str) -> None:
    assert [m.actor.name for m in found(text)] == [name]
    assert canonical(text, lexicon=LEXICON).name == name


PHRASES = [
    # states: their forces, people, acts, sites and officials
    ("US forces were attacked", "", [("US forces", US, "state")]),
    ("U.S. military AC-130 aircraft responded", "", [("U.S. military AC-130 aircraft", US, "state")]),
    ("Two American F-15s struck it", "", [("American F-15s", US, "state")]),
    ("the United States has forces there", "", []),
    ("United States forces hit it", "", [("United States forces", US, "state")]),
    ("Three US Army soldiers died", "", [("US Army soldiers", US, "state_person")]),
    ("62 US personnel were hurt", "", [("US personnel", US, "state_person")]),
    ("Israeli warplanes bombed a house", "", [("Israeli warplanes", "Military Forces of Israel", "state")]),
    ("Israel's military said so", "", [("Israel's military", "Military Forces of Israel", "state")]),
    ("Israeli airstrikes hit the port", "", [("Israeli", "Military Forces of Israel", "state_act")]),
    ("a Russian drone attack", "", [("Russian", "Military Forces of Russia", "state_act")]),
    ("Saudi air and artillery strikes", "", [("Saudi", "Military Forces of Saudi Arabia", "state_act")]),
    ("a UK warship fired", "", [("UK warship", "Military Forces of the United Kingdom", "state")]),
    ("rockets hit US bases", "", [("US", US, "site")]),
    ("rockets hit Iraq bases", "", []),
    ("Jordan drone attack kills two", "", []),
    (
        "two U.S. defense officials said",
        "",
        [("U.S. defense officials", "Government of the United States", "official")],
    ),
    ("an Iraqi police spokesman said", "", [("Iraqi police spokesman", "Police Forces of Iraq", "official")]),
    ("mortars fell near the US embassy", "", [("US embassy", "Government of the United States", "official")]),
    ("Iraqi federal police were shot", "", [("Iraqi federal police", "Police Forces of Iraq", "state")]),
    ("Turkish jets struck the hills", "", [("Turkish jets", "Military Forces of Turkey", "state")]),
    ("South Sudanese troops fought", "", [("South Sudanese troops", "Military Forces of South Sudan", "state_person")]),
    ("forces of Azerbaijan crossed", "", [("forces of Azerbaijan", "Military Forces of Azerbaijan", "state")]),
    ("let us police the area", "SY", [("police", "Police Forces of Syria", "state")]),
    ("anti-Israel protesters marched", "YE", [("protesters", "Protesters (Yemen)", "generic")]),
    # several states, and the coalition
    ("US and coalition forces were hit", "", [("US and coalition forces", US, "state")]),
    (
        "US and British warplanes struck",
        "",
        [("US", US, "state"), ("British warplanes", "Military Forces of the United Kingdom", "state")],
    ),
    ("coalition warplanes struck", "YE", [("coalition warplanes", "Operation Restoring Hope", "named")]),
    # states unsaid
    ("the army shelled the town", "SD", [("army", "Military Forces of Sudan", "state")]),
    ("the army shelled the town", "", [("army", "Unidentified Military Forces", "state")]),
    (
        "a soldier and a policeman died",
        "EG",
        [
            ("soldier", "Military Forces of Egypt", "state_person"),
            ("policeman", "Police Forces of Egypt", "state_person"),
        ],
    ),
    ("a military base and the police station", "EG", []),
    ("900 troops are there", "IQ", [("troops", "Military Forces of Iraq", "state_person")]),
    # backed groups
    ("Iran-backed militias fired rockets", "IQ", [("Iran-backed militias", "Iran-backed militias", "generic")]),
    (
        "Iranian-backed Shiite militia groups",
        "",
        [("Iranian-backed Shiite militia groups", "Iran-backed militias", "generic")],
    ),
    ("several pro-Iranian fighters died", "", [("pro-Iranian fighters", "Iran-backed militias", "generic")]),
    ("Tehran-backed armed factions", "", [("Tehran-backed armed factions", "Iran-backed militias", "generic")]),
    ("Iran-aligned groups", "", [("Iran-aligned groups", "Iran-backed militias", "generic")]),
    ("Iraqi militias aligned with Iran", "", [("Iraqi militias aligned with Iran", "Iran-backed militias", "generic")]),
    ("militants backed by Turkey", "", [("militants backed by Turkey", "Turkey-backed militias", "generic")]),
    ("Turkish-backed rebels shelled it", "SY", [("Turkish-backed rebels", "Syrian National Army", "named")]),
    ("Rwandan-backed rebels advanced", "CD", [("Rwandan-backed rebels", "Rwanda-backed rebels", "generic")]),
    # general words
    ("gunmen opened fire", "IQ", [("gunmen", "Unidentified Armed Group (Iraq)", "generic")]),
    (
        "Unidentified armed men shot him",
        "NG",
        [("Unidentified armed men", "Unidentified Armed Group (Nigeria)", "generic")],
    ),
    ("suspected militants attacked", "PK", [("suspected militants", "Unidentified Armed Group (Pakistan)", "generic")]),
    ("rebels seized the town", "YE", [("rebels", HOUTHI, "named")]),
    ("rebels seized the town", "TD", [("rebels", "Unidentified Rebel Group (Chad)", "generic")]),
    ("gang members set fires", "HT", [("gang members", "Unidentified Gang (Haiti)", "generic")]),
    ("tribal fighters blocked it", "YE", [("tribal fighters", "Unidentified Communal Militia (Yemen)", "generic")]),
    ("protesters gathered", "IQ", [("protesters", "Protesters (Iraq)", "generic")]),
    ("an angry mob burned it", "IN", [("angry mob", "Rioters (India)", "generic")]),
    ("peacekeepers were hurt", "LB", [("peacekeepers", "UNIFIL: United Nations Interim Force in Lebanon", "named")]),
    ("residents fled", "SY", [("residents", "Civilians (Syria)", "civilian")]),
    ("two Palestinian children died", "IL", [("Palestinian children", "Civilians (Palestine)", "civilian")]),
    ("four Pakistanis were killed", "OM", [("Pakistanis", "Civilians (Pakistan)", "national")]),
    ("a bulk carrier was hit", "YE", [("bulk carrier", "Civilians (International)", "civilian")]),
    (
        "an Israeli-linked container ship",
        "YE",
        [("Israeli-linked container ship", "Civilians (International)", "civilian")],
    ),
    ("British ships were threatened", "", [("British ships", "Civilians (International)", "civilian")]),
    ("civilian casualties were reported", "SY", []),
    # names among other words
    ("Iraq's Qadab Hezbollah militia", "IQ", [("Qadab Hezbollah militia", KH, "named")]),
    ("Lebanon's Hezbollah fired at them", "LB", [("Lebanon's Hezbollah", "Hezbollah", "named")]),
    (
        "the Palestinian militant group Hamas said",
        "",
        [("Palestinian militant group Hamas", "Hamas Movement", "named")],
    ),
    ("Kataib Hezbollah, the Iran-backed militia group, said", "", [("Kataib Hezbollah", KH, "named")]),
    (
        "five fighters from the Popular Mobilization Forces",
        "",
        [("fighters from the Popular Mobilization Forces", "Popular Mobilization Forces", "named")],
    ),
    ("the Houthi-held port was hit", "YE", []),
    ("an anti-Houthi commander", "YE", []),
    ("Kurdish fighters clashed", "SY", [("Kurdish fighters", SDF, "named")]),
    ("Kurdish fighters clashed", "IQ", [("Kurdish fighters", "Peshmerga", "named")]),
    ("he told us that it is over", "IQ", []),
    ("THE END IS NEAR FOR US ALL", "IQ", []),
    ("turkey was served to the polish and their jets", "", []),
    ("see https://example.org/hamas-us-troops/ for more", "", []),
    (
        "The IDF said its fighter jets struck",
        "LB",
        [("IDF", "Military Forces of Israel", "named"), ("fighter jets", "Military Forces of Israel", "named")],
    ),
    (
        "Hamas said its fighters left",
        "PS",
        [("Hamas", "Hamas Movement", "named"), ("fighters", "Hamas Movement", "named")],
    ),
    ("Iraq's Islamic Resistance struck", "IL", [("Iraq's Islamic Resistance", "Islamic Resistance in Iraq", "named")]),
    ("men in military uniform", "NG", [("men", "Civilians (Nigeria)", "civilian")]),
    (
        "Iraqi soldiers and police were hurt",
        "",
        [("Iraqi soldiers", "Military Forces of Iraq", "state_person"), ("police", "Police Forces of Iraq", "state")],
    ),
    (
        "Three US soldiers died and 30 service members were hurt",
        "JO",
        [("US soldiers", US, "state_person"), ("service members", US, "state_person")],
    ),
]


@pytest.mark.parametrize(("text", "country", "expected"), PHRASES)
def test_actors_of_a_phrase(text: str, country: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(text, country) == expected


CANONICAL = [
    ("a Kataib Hezbollah command center", "IQ", KH, 3),
    ("a Qateb Hezbollah operational center", "IQ", KH, 3),
    ("US and coalition forces", "IQ", US, 1),
    ("an Iranian-backed militia headquarters", "IQ", "Iran-backed militias", 3),
    ("Israel", "LB", "Military Forces of Israel", 1),
    ("the United States", "IQ", US, 1),
    ("The U.S.", "IQ", US, 1),
    ("Israeli", "LB", "Israeli", 0),
    ("the Committee of Nine", "IQ", "Committee of Nine", 0),
    ("", "IQ", "", 0),
    ("journalists", "PS", "Civilians (Palestine)", 7),
    ("demonstrators", "IQ", "Protesters (Iraq)", 6),
    ("a mob", "IN", "Rioters (India)", 5),
    ("vigilantes", "NG", "Unidentified Communal Militia (Nigeria)", 4),
    ("a merchant vessel", "YE", "Civilians (International)", 7),
    ("peacekeepers", "", "United Nations", 8),
]


@pytest.mark.parametrize(("text", "country", "name", "inter"), CANONICAL)
def test_canonical_actor_of_a_noun_phrase(text: str, country: str, name: str, inter: int) -> None:
    actor = canonical(text, lexicon=LEXICON, country=country)
    assert (actor.name, actor.inter) == (name, inter)


def test_the_coalition_beside_a_state_is_its_associate() -> None:
    assert canonical("U.S. and other coalition troops", lexicon=LEXICON).assoc == OIR


def test_a_sort_of_civilians_is_the_associate() -> None:
    assert canonical("aid workers", lexicon=LEXICON, country="SD").assoc == "Aid Workers (Sudan)"
    assert canonical("aid workers", lexicon=LEXICON).assoc == "Aid Workers"


def test_a_part_has_its_parent_as_associate() -> None:
    assert canonical("the Quds Force", lexicon=LEXICON).assoc == "Islamic Revolutionary Guard Corps"


@pytest.mark.parametrize(("code", "country", "inter"), [("US", "IQ", 8), ("IQ", "IQ", 1), ("US", "", 1)])
def test_a_states_forces_abroad_are_external(code: str, country: str, inter: int) -> None:
    assert inter_in(as_actor(code, LEXICON), country) == inter


def test_a_rebel_group_abroad_keeps_its_code() -> None:
    assert inter_in(canonical("Hezbollah", lexicon=LEXICON), "SY") == 2


def test_only_code_seven_is_civilian() -> None:
    assert is_civilian(canonical("residents", lexicon=LEXICON, country="SY"))
    assert not is_civilian(canonical("gunmen", lexicon=LEXICON, country="SY"))


def test_an_unknown_state_is_an_unidentified_force() -> None:
    assert as_actor("", LEXICON).name == "Unidentified Military Forces"


@pytest.mark.parametrize(
    ("words", "code"),
    [("U.S.", "US"), ("us", ""), ("Iraqi", "IQ"), ("Iraq's", "IQ"), ("Burkinabé", "BF"), ("Tehran", ""), ("Hamas", "")],
)
def test_words_for_states(words: str, code: str) -> None:
    assert LEXICON.state_of(words) == code


def test_demonyms_from_outside_are_added() -> None:
    lexicon = load_lexicon({"Ruritanian": "RT"})
    assert lexicon.state_of("Ruritanian") == "RT"
    assert load_lexicon().state_of("Ruritanian") == ""


def test_a_range_bounds_the_search_and_offsets_are_the_texts() -> None:
    text = "Hamas said nothing. Hezbollah fired."
    (mention,) = find_actors(text, 20, len(text), lexicon=LEXICON)
    assert (mention.start, mention.end, mention.actor.text) == (20, 29, "Hezbollah")


def test_bare_forces_say_so() -> None:
    assert [m.bare for m in found("the army shelled US troops", "SY")] == [True, False]


def test_tables_hold_together() -> None:
    actors = read_actors()
    fields = {"inter", "country", "parent", "assoc", "aliases", "translit", "local", "theatre", "abroad", "before"}
    assert len(actors) >= 150
    for name, row in actors.items():
        assert set(row) <= fields, name
        assert row["inter"] in range(1, 9), name
        assert row["country"] == "" or row["country"] in LEXICON.state_names, name
        assert all(isinstance(a, str) for key in ("aliases", "translit", "local") for a in row.get(key, ())), name


def test_force_nouns_hold_together() -> None:
    tables = _yaml("force_nouns.yaml")
    for cls, row in tables["classes"].items():
        known = {*row["nouns"], *row["persons"], *tables["weak"]}
        assert set(row["bare"]) <= known, cls
        assert row["inter"] in range(1, 9), cls
        assert row["kind"] in {"state", "generic", "civilian", "official"}, cls
    assert set(tables["weak"].values()) <= {"", *tables["classes"]}
    assert set(tables["irregular"]) <= _nouns_of(tables)


def _nouns_of(tables: dict[str, Any]) -> set[str]:
    rows = tables["classes"].values()
    return {n for r in rows for n in (*r["nouns"], *r["persons"])} | {*tables["civilian_sorts"], *tables["voices"]}


def test_no_name_and_no_skeleton_belongs_to_two_actors() -> None:
    owners: dict[tuple[str, ...], set[str]] = {}
    for entries in LEXICON.names.values():
        for name in entries:
            if not name.theatre:
                owners.setdefault(name.keys, set()).add(name.actor.name)
    assert {keys: names for keys, names in owners.items() if len(names) > 1} == {}
    keys = [
        (skeleton_key(" ".join(n.keys)), n.actor.name) for e in LEXICON.names.values() for n in e if len(n.keys) > 1
    ]
    assert {(k, n) for k, n in keys if k in LEXICON.skeletons and LEXICON.skeletons[k].name != n} == set()


def test_every_kind_of_inter_code_occurs() -> None:
    named = {n.actor.inter for entries in LEXICON.names.values() for n in entries}
    assert named | {c.inter for c in LEXICON.classes.values()} == set(range(1, 9))


_WORDS = """US U.S. Iran -backed Hezbollah Qadab Kataib militias aligned with and , . the of forces soldiers Iraqi
    Israel residents al- Nujaba pro- coalition police military base strikes F-16 its fighters officials and other"""
SOUP = st.lists(
    st.sampled_from((*_WORDS.split(), "\n\n", "(PMF)", "’s", "حزب", "الله")),
    max_size=25,
).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(text=st.one_of(st.text(max_size=80), SOUP), country=st.sampled_from(["", "IQ", "YE", "ZZ"]), data=st.data())
def test_never_raises_and_spans_are_exact_ordered_and_apart(text: str, country: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    mentions = find_actors(text, start, end, lexicon=LEXICON, country=country)
    last = start
    for mention in mentions:
        assert last <= mention.start < mention.end <= end
        assert text[mention.start : mention.end] == mention.actor.text
        assert mention.actor.name
        last = mention.end
    assert canonical(text, lexicon=LEXICON, country=country).inter in range(9)


def test_a_sentence_takes_a_millisecond_at_most() -> None:
    line = (
        "US and coalition forces struck a Qadab Hezbollah command center near Baghdad after Iran-backed militias fired "
        "rockets at an Iraqi base, wounding eight service members and two Iraqi police officers, U.S. officials said."
    )
    found(line, "IQ")
    best = min(_seconds(line) for _ in range(20))
    assert best < 0.001 * 3, "allows for a busy machine"


def _seconds(line: str) -> float:
    began = time.perf_counter()
    found(line, "IQ")
    return time.perf_counter() - began


SHARED = Path(__file__).parents[5] / "shared" / "articles" / "seed.txt"


@pytest.mark.skipif(not SHARED.exists(), reason="shared/articles/seed.txt is missing")
def test_the_seed_names_no_lebanese_group_but_where_it_says_so() -> None:
    text = SHARED.read_text("utf-8")
    names = [(m.actor.text, m.actor.name) for m in found(text, "IQ")]
    assert [t for t, n in names if n == "Hezbollah"] == ["Lebanon’s Hezbollah"]
    assert sum(n == KH for _, n in names) == 4
    assert sum(n == "Iran-backed militias" for _, n in names) >= 6


def test_no_actor_stands_twice_in_a_table() -> None:
    """The second row of a name would silently take the place of the first."""
    for path in sorted((DATA / "actors").glob("*.yaml")):
        node = yaml.compose(path.read_text("utf-8"))
        names = [key.value for key, _ in node.value]
        assert [n for n in set(names) if names.count(n) > 1] == [], path.name
