"""project.qgz and events.gpkg in real QGIS, without a screen: what an analyst gets who double-clicks the project."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from qgis_python import probed
from small_run import SmallAtlas, small_claims, small_events, small_report

from pipeline.frames import build_layers
from pipeline.products.qgis import Page, write_geopackage, write_project

HOSTILE = "<img src=x onerror=alert(1)> [% 1+1 %] & \"quoted\" 'x' <script>alert(1)</script>"

pytestmark = pytest.mark.slow


def hostile_layers():
    events = small_events()
    source = replace(events[0].sources[0], sentence=HOSTILE, source=HOSTILE)
    claims = [replace(claim, attributed_to=HOSTILE) for claim in small_claims()]
    return build_layers(
        [small_report()], [replace(events[0], sources=(source,)), *events[1:]], claims, gazetteer=SmallAtlas()
    )


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What QGIS says of the project, opened in another folder than it was made in."""
    made, folder = tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("qgis") / "moved"
    layers = hostile_layers()
    write_geopackage(layers, made / "events.gpkg", generated="2024-02-29T12:00:00Z")
    write_project(layers, made / "project.qgz", Page(HOSTILE, (HOSTILE,)))
    shutil.move(made, folder)
    return probed("qgis_project_probe.py", folder, folder) | {"folder": folder}


def test_every_layer_is_valid_and_styled(seen):
    assert seen["read"] is True
    assert set(seen["layers"]) == {
        "layer_events", "layer_areas", "layer_claims", "layer_mentions",
        "layer_base_countries", "layer_base_provinces", "layer_base_places",
    }  # fmt: skip
    for layer in seen["layers"].values():
        assert (layer["valid"], layer["crs"], layer["renderer"]) == (True, "EPSG:4326", "RuleRenderer")
        assert layer["count"] > 0


def test_the_folder_can_be_moved(seen):
    assert all(source.startswith(str(seen["folder"])) for source in seen["sources"])


def test_it_is_measured_on_the_ellipsoid(seen):
    assert (seen["crs"], seen["ellipsoid"]) == ("EPSG:4326", "EPSG:7030")


def test_field_types(seen):
    types = seen["layers"]["layer_events"]["types"]
    wanted = {"event_date": "Date", "start_time": "DateTime", "geo_precision": "Integer64", "latitude": "Real",
              "civilian_targeting": "Boolean", "geo_reasons": "String"}  # fmt: skip
    assert {name: types[name] for name in wanted} == wanted


def test_time_filters_what_is_drawn(seen):
    assert seen["layers"]["layer_events"]["timed"]
    assert seen["layers"]["layer_areas"]["timed"]
    assert len(set(seen["all_day_never"])) == 3


def test_claims_and_places_named_are_off_at_first(seen):
    assert set(seen["layers"]) - set(seen["drawn_at_first"]) == {"layer_claims", "layer_mentions"}


def test_the_page_is_printed(seen):
    assert seen["printed"] is True
    assert (seen["folder"] / "layout.png").stat().st_size > 20_000


@pytest.mark.parametrize("name", ["events", "claims"])
def test_map_tips_show_text_and_run_nothing(seen, name):
    tips = [tip for tip in seen["layers"][f"layer_{name}"]["tips"] if "onerror" in tip]
    assert tips
    assert all("&lt;img src=x onerror=alert(1)&gt; [% 1+1 %] &amp; " in tip for tip in tips)
    assert not any("<img" in tip or "<script" in tip for tip in tips)


def test_the_title_is_not_evaluated(seen):
    assert seen["title"] == HOSTILE.replace("[%", "[ %")
