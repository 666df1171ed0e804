from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.descriptions import describe, readings

NAMES = [
    ("Khuwayn al Kabir village (Tell al-Khuwaiyn)", ("Khuwayn al Kabir village", "Tell al-Khuwaiyn")),
    ("Kafr Zita/Kafr Zayta", ("Kafr Zita", "Kafr Zayta")),
    ("Nahr Aisha / Aicha suburb", ("Nahr Aisha", "Aicha suburb")),
    ("Kobani, also known as Ain al-Arab", ("Kobani",)),
    ("Kobani also known as Ain al-Arab", ("Kobani", "Ain al-Arab")),
    ("Salma - Kinsibba road", ("Salma", "Kinsibba")),
    ("Road between Maarrat an-Numan and Saraqib", ("Maarrat an-Numan", "Saraqib")),
    ("Marj al-Sultan Military Heliport", ("Marj al-Sultan Military Heliport", "Marj al-Sultan")),
    ("near Abu al-Duhur", ("Abu al-Duhur",)),
    ("Deir ez-Zor", ("Deir ez-Zor",)),
    ("At Tall", ("At Tall",)),
    ("(unnamed)", ("unnamed",)),
    ("", ("",)),
]


@pytest.mark.parametrize(("text", "names"), NAMES, ids=lambda v: str(v)[:30])
def test_names_in_turn(text: str, names: tuple[str, ...]) -> None:
    assert describe(text).names == names


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("X village", "P/"),
        ("X castle", "S/CSTL"),
        ("X/Y town", "P/"),
        ("Tabqa dam", "S/DAM"),
        ("X military airbase", "S/AIRB"),
    ],
)
def test_the_kind_is_heard(text: str, feature: str) -> None:
    assert feature in describe(text).features


def test_what_follows_a_comma_is_an_area() -> None:
    assert describe("Khalidiya neighborhood, Homs city, Syria").areas == ("Homs city", "Syria")


def test_readings_drop_generic_words_and_translate_qualifiers() -> None:
    assert readings("Upper Kurt village") == ("upper kurt", "kurt", "kurt fawqani", "kurt fawqa")
    assert readings("Tabqa dam") == ("tabqa dam", "tabqa")


@given(st.text(max_size=80))
def test_any_text_has_a_few_names(text: str) -> None:
    found = describe(text)
    assert 1 <= len(found.names) <= 8
    assert all(isinstance(form, str) for name in found.names for form in readings(name))
