"""Antimeridian and poles: RFC 7946 output and sane bounds at 179.9 degrees west and east, 89.9 north and south."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise, product

import geopandas as gpd
import pytest
from msgspec import structs
from small_run import SmallAtlas, small_events

from pipeline.frames import build_layers, check_layers
from pipeline.products.geojson import write_geojson
from pipeline.products.map import write_map
from pipeline.products.qgis import write_geopackage

CORNERS = list(product((89.9, -89.9, 0.0), (179.9, -179.9)))
RADIUS = 50_000  # metres: reaches over the antimeridian and the poles


@pytest.fixture(scope="module")
def layers():
    """An event at each corner of the world, near a place, so that it has a circle."""
    event = small_events()[0]
    resolution = event.placement.resolution
    events = []
    for number, (lat, lon) in enumerate(CORNERS):
        print_ = replace(resolution.footprint, lat=lat, lon=lon, uncertainty_m=RADIUS)
        place = structs.replace(resolution.place, lat=lat, lon=lon, country="", place_id=f"x:{number}")
        placement = replace(event.placement, footprint=print_, resolution=replace(resolution, place=place))
        events.append(replace(event, event_id=f"e{number}", placement=placement))
    return check_layers(build_layers([], events, [], gazetteer=SmallAtlas()))


def rings(folder):
    features = json.loads((folder / "areas.geojson").read_text("utf-8"))["features"]
    return [ring for feature in features for part in feature["geometry"]["coordinates"] for ring in part]


def test_geojson_is_as_rfc_7946_has_it(layers, tmp_path):
    write_geojson(layers, tmp_path)
    found = rings(tmp_path)
    assert len(found) > len(CORNERS), "circles over the antimeridian are cut in two (RFC 7946, 3.1.9)"
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for ring in found for lon, lat, *_ in ring)
    assert all(ring[0] == ring[-1] for ring in found)
    for shape in gpd.read_file(tmp_path / "areas.geojson").geometry:
        assert shape.is_valid
        assert all(part.exterior.is_ccw for part in shape.geoms)


def test_no_ring_runs_round_the_wrong_side_of_the_world(layers, tmp_path):
    write_geojson(layers, tmp_path)
    for ring in rings(tmp_path):
        far = [(one, other) for one, other in pairwise(ring) if abs(one[0] - other[0]) > 180]
        assert all(abs(lat) == 90 for pair in far for _, lat, *_ in pair), "only the edge at a pole is that long"


def test_circles_have_sane_bounds(layers):
    for (lat, _), shape in zip(CORNERS, layers.areas.sort_values("event_id").geometry, strict=True):
        west, south, east, north = shape.bounds
        assert (west, east) == pytest.approx((-180, 180), abs=0.01)
        assert south <= lat <= north
        assert north - south < 1.5


def test_every_product_is_written(layers, tmp_path):
    points = gpd.read_file(
        write_geopackage(layers, tmp_path / "e.gpkg", generated="2024-02-29T12:00:00Z"), layer="events"
    )
    assert sorted((p.y, p.x) for p in points.geometry) == sorted(CORNERS)
    write_map(layers, tmp_path / "map.html", title="t", generated="1", attribution=["a"])
    assert (tmp_path / "map.html").stat().st_size > 100_000
