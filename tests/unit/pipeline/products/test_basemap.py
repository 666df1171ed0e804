"""The offline base map: small, complete, inside the world."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shapely.geometry import shape

import pipeline

BASEMAP = Path(pipeline.__file__).parent / "products" / "map" / "assets" / "basemap.json"


@pytest.fixture(scope="module")
def basemap() -> dict[str, object]:
    return json.loads(BASEMAP.read_text(encoding="utf-8"))


def test_it_is_small_enough_to_go_into_every_map():
    assert BASEMAP.stat().st_size < 1_800_000


@pytest.mark.parametrize("layer", ["countries", "admin1"])
def test_features_have_names_codes_and_shapes_inside_the_world(basemap, layer):
    features = basemap[layer]["features"]
    assert len(features) > 150
    for feature in features:
        assert set(feature["properties"]) == {"name", "iso_a2"}
        west, south, east, north = shape(feature["geometry"]).bounds
        assert -180 <= west <= east <= 180
        assert -90 <= south <= north <= 90


def test_countries_of_the_theatre_are_there(basemap):
    codes = {f["properties"]["iso_a2"] for f in basemap["countries"]["features"]}
    assert {"IQ", "SY", "JO", "LB", "IL", "PS", "YE", "SA", "IR", "XK", "SO", "CY"} <= codes


def test_places_are_sorted_by_size_and_reach_small_towns_of_the_theatre(basemap):
    places = basemap["places"]
    assert [p[3] for p in places] == sorted((p[3] for p in places), reverse=True)
    assert {"Baghdad", "London", "Al Mayādīn"} <= {p[0] for p in places}
