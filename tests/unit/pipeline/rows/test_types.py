from __future__ import annotations

import pytest

from pipeline.codes import sub_event_types
from pipeline.ingest.tabular import TableRow
from pipeline.models import Actor
from pipeline.rows.types import _tables, kind_of


def kind(table, actors=(None, None), **values):
    return kind_of(TableRow("", "t", 2, table, table, values), *actors)


@pytest.mark.parametrize(("code", "sub"), [("1.0", "Armed clash"), (2, "Armed clash"), ("3", "Attack"), ("9", "Other")])
def test_ucdp_s_types_are_mapped(code, sub):
    assert kind("ucdp", type=code).sub == sub


@pytest.mark.parametrize(
    ("code", "sub"),
    [
        ("190", "Armed clash"),
        ("195", "Air/drone strike"),
        ("1951", "Air/drone strike"),
        ("145", "Violent demonstration"),
        ("0871", "Agreement"),
        ("874", "Other"),
        ("0874", "Non-violent transfer of territory"),
        ("1831", "Suicide bomb"),
        ("010", None),
        ("13", None),
        ("999", "Other"),
    ],
)
def test_gdelt_s_codes_are_mapped_by_their_longest_known_beginning(code, sub):
    assert kind("gdelt", type=code).sub == sub


def test_acled_s_own_types_are_kept():
    assert kind("acled", type="Battles", sub_type="Armed clash").sub == "Armed clash"
    assert kind("acled", type="Battles", sub_type="Armed clash").notes == ()
    alone = kind("acled", type="Explosions/Remote violence", notes="A mortar shell fell on a street.")
    assert alone.sub == "Shelling/artillery/missile attack"
    assert "weapon" in alone.notes[0]
    assert kind("acled", type="Riots").sub == "Violent demonstration"


@pytest.mark.parametrize(
    ("words", "sub"),
    [
        ("Air strike", "Air/drone strike"),
        ("drone attack", "Air/drone strike"),
        ("clashes", "Armed clash"),
        ("rocket attack", "Shelling/artillery/missile attack"),
        ("IED", "Remote explosive/landmine/IED"),
        ("kidnapping", "Abduction/forced disappearance"),
        ("Exchange of fire", "Armed clash"),
        ("mob violence", "Mob violence"),
        ("Protest", "Peaceful protest"),
        ("arrests", "Arrests"),
        ("SAF", "Armed clash"),
    ],
)
def test_words_of_a_plain_table_are_read_by_the_triggers(words, sub):
    assert kind("plain", type=words).sub == sub


def test_who_is_attacked_decides_where_the_word_does_not():
    civilians = Actor("Civilians (Iraq)", 7)
    assert kind("plain", (Actor("Rebels", 2), civilians), type="attack").sub == "Attack"
    assert kind("plain", (Actor("Rebels", 2), Actor("Police", 1)), type="attack").sub == "Armed clash"


def test_what_is_not_known_is_other_and_said_to_be():
    assert kind("plain", type="dancing").sub == "Other"
    assert kind("plain", type="dancing").notes == ("kind of event 'dancing' is not known",)
    assert kind("plain").notes == ("the table does not say what kind of event",)


def test_every_type_of_the_tables_is_one_of_acled_s():
    tables = _tables()
    named = {
        *tables["ucdp"].values(),
        *tables["gdelt"].values(),
        *tables["words"].values(),
        *tables["event_types"].values(),
    }
    assert named - {None} <= set(sub_event_types())
    assert {code[:2] for code in tables["gdelt"]} == set(tables["gdelt_words"]) == {f"{n:02}" for n in range(1, 21)}
