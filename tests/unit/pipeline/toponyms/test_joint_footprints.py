from __future__ import annotations

from collections.abc import Callable

import pytest
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from gazetteer.models import Place
from gazetteer.sphere import distance_km
from pipeline.models import Resolution
from pipeline.toponyms.borders import Border
from pipeline.toponyms.joint_footprints import border_footprint

Place2D = tuple[float, float]  # lat, lon
Read = Callable[[str], tuple[Resolution, ...]]

WEST, EAST, SOUTH, FAR = (
    Place(f"c:{n}", name, lat, lon, "A", "PCLI", iso2, uncertainty_m=400_000)
    for n, (name, lat, lon, iso2) in enumerate(
        [("West", 33, 44, "XX"), ("East", 33, 49, "YY"), ("South", 28, 47, "ZZ"), ("Far", 0, 0, "QQ")]
    )
)
SHAPES: dict[str, BaseGeometry] = {
    "c:0": box(41, 30, 47, 36), "c:1": box(47, 30, 51, 36), "c:2": box(41, 26, 51, 30), "c:3": box(-1, -1, 1, 1),
}  # fmt: skip


class Atlas:
    """A gazetteer of three square countries that meet in one point, and one far away."""

    def polygon(self, place_id: str) -> BaseGeometry | None:
        return SHAPES.get(place_id)


def strip_of(*countries: Place, side: Place | None = None) -> BaseGeometry | None:
    footprint = border_footprint(Border(countries, side), Atlas())  # type: ignore[arg-type]
    return footprint.geometry if footprint else None


def test_a_border_is_a_strip_on_both_sides() -> None:
    strip = strip_of(WEST, EAST)
    assert strip is not None
    west, _, east, _ = strip.bounds
    assert distance_km(33, west, 33, east) == pytest.approx(30, rel=0.01)
    assert strip_of(WEST, FAR) is None


def test_one_side_of_a_border_lies_in_that_country() -> None:
    strip = strip_of(WEST, EAST, side=EAST)
    assert strip is not None
    assert SHAPES["c:1"].covers(strip)


def test_where_three_countries_meet() -> None:
    corner = strip_of(WEST, EAST, SOUTH)
    assert corner is not None
    assert corner.contains(Point(47, 30))
    assert corner.bounds[3] - corner.bounds[1] < 1


def test_of_a_country_whose_neighbour_is_not_said_the_rim_is_left() -> None:
    rim = strip_of(WEST)
    assert rim is not None
    assert rim.contains(Point(41.1, 33))
    assert not rim.contains(Point(44, 33))


# sentence, the mention that bears the relation, kind, anchors, a point (lat, lon) on the ground meant and one off it
STORIES = [
    ("Clashes broke out between Hit and Haditha in Anbar province on Monday.", "Haditha", "between", ("Hit", "Haditha"),
     ((33.9, 42.6), (33.34, 44.4))),
    ("A strike killed four people halfway between Kirkuk and Erbil in Iraq.", "Erbil", "midway", ("Kirkuk", "Erbil"),
     ((35.83, 44.2), (36.19, 44.0))),
    ("A bomb went off on the road from Homs to Hama in Syria.", "Hama", "road", ("Homs", "Hama"),
     ((34.93, 36.74), (34.5, 37.5))),
    ("A car bomb exploded on the Damascus-Homs highway.", "Homs", "road", ("Damascus", "Homs"),
     ((34.12, 36.5), (33.5, 37.5))),
    ("The army advanced along the M5 between Hama and Aleppo in Syria.", "Aleppo", "road", ("Hama", "Aleppo"),
     ((35.67, 36.96), (35.5, 38.0))),
    ("Fighting raged at the borders of Deir Ezzor and Al-Hasakah in Syria.", "Al-Hasakah", "border",
     ("Deir Ezzor", "Al-Hasakah"), ((35.92, 40.44), (35.34, 40.14))),
    ("The coalition struck trucks near the Syrian border in Anbar, Iraq.", "Syrian border", "border", ("Syrian",),
     ((34.4, 40.98), (36.8, 37.5))),
    ("Rockets were fired from the Iraqi side of the border with Syria.", "Iraqi side of the border with Syria",
     "border", ("Iraqi", "Syria"), ((34.4, 41.05), (34.45, 40.9))),
    ("Militias hold the Syria-Iraq-Jordan border triangle.", "Syria-Iraq-Jordan border triangle", "border",
     ("Syria", "Iraq", "Jordan"), ((33.37, 38.8), (33.34, 44.4))),
    ("Soldiers were killed near the Lebanese-Israeli border.", "Lebanese-Israeli border", "border",
     ("Lebanese", "Israeli"), ((33.1, 35.3), (33.9, 35.5))),
]  # fmt: skip


@pytest.mark.parametrize(("text", "bearer", "kind", "anchors", "on_off"), STORIES)
def test_ground_that_hangs_on_several_places(
    read: Read, text: str, bearer: str, kind: str, anchors: tuple[str, ...], on_off: tuple[Place2D, Place2D]
) -> None:
    on, off = on_off
    found = [r for r in read(text) if r.mention.text == bearer and r.method == "relative"]
    assert len(found) == 1
    resolution, footprint = found[0], found[0].footprint
    relation = resolution.mention.relation
    assert relation is not None
    assert (relation.kind, relation.anchor_text, *relation.other_anchors) == (kind, *anchors)
    assert footprint is not None
    assert footprint.geometry is not None
    assert footprint.geometry.covers(Point(*on[::-1]))
    assert not footprint.geometry.covers(Point(*off[::-1]))
    assert (resolution.geo_precision, resolution.where_prec) == (3, 5)
    assert footprint.geometry.covers(Point(footprint.lon, footprint.lat))


def test_both_anchors_are_named_in_the_reasons(read: Read) -> None:
    haditha = next(r for r in read("Clashes broke out between Hit and Haditha in Iraq.") if r.mention.text == "Haditha")
    words = next(reason.text for reason in haditha.reasons if reason.feature == "relation")
    assert "Hīt" in words
    assert "Ḩadīthah" in words


@pytest.mark.parametrize(
    "text",
    ["The dispute was settled between Iran and Iraq.", "He commutes by air between Baghdad and Toronto in Canada."],
)
def test_countries_and_far_towns_are_no_two_ends(read: Read, text: str) -> None:
    for resolution in read(text):
        assert resolution.mention.relation is None
        assert "anchor" not in resolution.mention.cues
        assert resolution.method != "relative"


def test_a_distance_from_a_border_is_how_wide_its_strip_is(read: Read) -> None:
    found = next(r for r in read("The camp lies 40 km from the Syrian border in Iraq.") if r.mention.label == "BORDER")
    relation, footprint = found.mention.relation, found.footprint
    assert relation is not None
    assert (relation.text, relation.distance_km) == ("40 km from the Syrian border", 40.0)
    assert footprint is not None
    assert footprint.geometry is not None
    assert footprint.geometry.covers(Point(41.5, 34.4))


def test_far_from_a_border_is_no_place(read: Read) -> None:
    found = next(r for r in read("They hit targets 1,800 km from the Israeli border.") if r.mention.label == "BORDER")
    assert (found.status, found.footprint) == ("unmatched", None)


@pytest.mark.parametrize(
    "text",
    [
        "The campaign goes on far from Israel's borders.",
        "Turkish border guards shot a man in Tell Abyad in Syria.",
        "The Iraqi border town of al-Qaim was shelled.",
        "Cross-border fire from Lebanon hit Israel.",
    ],
)
def test_a_border_that_owns_a_noun_is_no_place(read: Read, text: str) -> None:
    assert all(resolution.mention.kind != "descriptive" for resolution in read(text))


def test_after_a_wide_area_the_relation_says_more(read: Read) -> None:
    town = next(
        r for r in read("Air strikes hit northeastern Syria near Deir Ezzor.") if r.mention.text == "Deir Ezzor"
    )
    assert (town.method, town.where_prec) == ("relative", 2)
