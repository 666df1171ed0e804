"""One line a case: which names of a text are found as places, and as what."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from pipeline.models import Resolution

Read = Callable[[str], tuple[Resolution, ...]]

FOUND = [
    # transliterated names that the model takes for people or bodies
    ("A strike hit Zurf al Saqr, killing two.", ["Zurf al Saqr"]),
    ("Shelling of Kafr Nabl killed two people.", ["Kafr Nabl"]),
    ("Clashes broke out in Umm al-Tinah.", ["Umm al-Tinah"]),
    ("12 killed and injured in raids on Harasta", ["Harasta"]),
    ("The regime forces shell Harasta by 18 missiles", ["Harasta"]),
    ("The base, known as Al-Shaddadi, was attacked.", ["Al-Shaddadi"]),
    # lists
    ("They fought in Hit, Haditha and Rawa.", ["Hit", "Haditha", "Rawa"]),
    ("Drones fly at Arbil and Shaddadi bases", ["Arbil", "Shaddadi"]),
    # headlines in one case, and two put together
    ("STRIKE HITS DEIR EZZOR, 5 KILLED", ["DEIR EZZOR"]),
    ("MOSUL BLAST KILLS TWO IN IRAQ", ["MOSUL", "IRAQ"]),
    ("RUSSIAN SHELLING KILLS 3 IN KHERSON, MAYOR SAYS", ["KHERSON"]),
    ("syrian army shells idlib and aleppo", ["idlib", "aleppo"]),
    ("Shelling of Tal Abyad and Ras al-Ayn;Turkish jets hit Manbij", ["Tal Abyad", "Ras al-Ayn", "Manbij"]),
    # in institutions and buildings
    ("The University of Mosul was bombed.", ["Mosul"]),
    ("Police at Hanover Hospital called the Lincoln County Sheriff.", ["Hanover", "Lincoln County"]),
    ("The governor of Kherson met the mayor of Odesa.", ["Kherson", "Odesa"]),
    # names that begin with an adjective
    ("Gunmen killed four people in the Central African Republic.", ["Central African Republic"]),
    ("Shells fell in the Syrian Arab Republic and on the Persian Gulf.", ["Syrian Arab Republic", "Persian Gulf"]),
    # seas and parts
    ("Ships in the Gulf were attacked.", ["Gulf"]),
    ("Settlers in the West Bank attacked a farmer.", ["West Bank"]),
    # of which the model saw a man
    ("Soldiers killed 14 bandits in a gun battle in Faskari LGA of Katsina State.", ["Faskari", "Katsina State"]),
    ("Fighters ambushed an army lorry near Debre Markos on Thursday.", ["Debre Markos"]),
    # taken apart at its hyphens
    ("In Trou-du-Nord on Tuesday, gunmen shot two men.", ["Trou-du-Nord"]),
    ("The Iran-Iraq war killed thousands.", ["Iran", "Iraq"]),
    # other scripts, prefixes and cases
    ("وقصف الطيران بإدلب والرقة", ["إدلب", "رقة"]),
    ("ضربة في الموصل وبغداد قتلت ثلاثة", ["الموصل", "بغداد"]),
    ("Удар по Харькову и Одессе", ["Харькову", "Одессе"]),
    ("В Мариуполе и Донецке слышны взрывы", ["Мариуполе", "Донецке"]),
    ("הפצצה בחיפה ובתל אביב", ["חיפה", "תל אביב"]),
]  # fmt: skip

NOT_FOUND = [
    ("Its spokesperson said the victims were seized by gunmen in the bush where they had gone.", "bush"),
    ("Jordan Smith scored twice. Jordan was pleased.", "Jordan"),
    ("Chad Brooks met Austin Powell.", "Chad"),
    ("Chad Brooks met Austin Powell.", "Austin"),
    ("In March and May the army advanced.", "March"),
    ("In March and May the army advanced.", "May"),
    ("Bank of America closed branches in Mosul.", "America"),
    ("He lives at 12 Baghdad Street in Damascus.", "Baghdad"),
    ("A mine exploded on the west coast of Yemen.", "west coast"),
    ("Clashes went on along the northern border.", "northern border"),
    ("The Kremlin denied it.", "Kremlin"),
    ("The kingdom denied it.", "kingdom"),
    ("The Gulf Coast Herald said so.", "Gulf"),
    ("Hussein al-Tamimi said Hezbollah would answer.", "Hezbollah"),
]

STANDS_FOR = [
    ("Baghdad said the raid was illegal.", "Baghdad", "metonym"),
    ("Moscow denied the report.", "Moscow", "metonym"),
    ("Rockets hit Baghdad at dawn.", "Baghdad", "toponym"),
    ("The Yemeni army advanced.", "Yemeni", "demonym"),
    ("The Sri Lankan navy left.", "Sri Lankan", "demonym"),
    ("A strike hit the Iraq-Syria border.", "Iraq-Syria border", "descriptive"),
]


@pytest.mark.parametrize(("text", "names"), FOUND)
def test_places_are_found(read: Read, text: str, names: list[str]) -> None:
    assert [r.mention.text for r in read(text) if r.mention.kind == "toponym"] == names


@pytest.mark.parametrize(("text", "name"), NOT_FOUND)
def test_what_is_no_place_is_left(read: Read, text: str, name: str) -> None:
    assert name not in [r.mention.text for r in read(text)]


@pytest.mark.parametrize(("text", "name", "kind"), STANDS_FOR)
def test_what_a_name_stands_for_is_marked(read: Read, text: str, name: str, kind: str) -> None:
    assert [r.mention.kind for r in read(text) if r.mention.text == name] == [kind]


def test_a_place_in_an_organisation_is_marked_so(read: Read) -> None:
    (mosul,) = (r.mention for r in read("The University of Mosul said so.") if r.mention.text == "Mosul")
    assert "in organisation" in mosul.cues


def test_tables_hold_words_only() -> None:
    """YAML reads on, off, yes and no as truth values unless they are quoted."""
    folder = Path(__file__).resolve().parents[4] / "pipeline" / "toponyms" / "data"
    for name in ("cues.yaml", "scripts.yaml"):
        for key, table in yaml.safe_load((folder / name).read_text("utf8")).items():
            words = (
                [w for row in table.values() if isinstance(row, list) for w in row]
                if isinstance(table, dict)
                else table
            )
            assert all(isinstance(word, str) for word in words), f"{name}: {key}"


def test_hostile_lines_take_no_time(read: Read) -> None:
    chance = random.Random(1)
    text = " ".join("".join(chance.choice("AZ,.-' ") for _ in range(40)) for _ in range(400))
    assert isinstance(read(f"{text}\n{'A ' * 5000}\n{'в' * 5000}"), tuple)
