"""The layers and styles in real QGIS, without a screen: what an analyst gets who drags the files into it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis_python import probed
from small_run import SmallAtlas, small_claims, small_events, small_report

from pipeline.frames import build_layers
from pipeline.products.geojson import write_geojson
from pipeline.products.qgis import write_qml

HOSTILE = "<img src=x onerror=alert(1)> [% 1+1 %] & \"quoted\" 'x' <script>alert(1)</script>"

pytestmark = pytest.mark.slow


def hostile_events():
    first, *others = small_events()
    source = replace(first.sources[0], sentence=HOSTILE, source=HOSTILE)
    return [replace(first, sources=(source,)), *others]


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What QGIS says of a small run, with the path of its picture."""
    folder = tmp_path_factory.mktemp("qgis")
    layers = build_layers([small_report()], hostile_events(), small_claims(), gazetteer=SmallAtlas())
    write_geojson(layers, folder, attribution=["GeoNames, CC BY 4.0", HOSTILE])
    write_qml(folder)
    return probed("qgis_probe.py", folder, folder, folder / "map.png") | {"picture": folder / "map.png"}


@pytest.mark.parametrize(("name", "count"), [("events", 6), ("areas", 5), ("claims", 2), ("mentions", 6)])
def test_each_layer_opens_with_all_its_features(seen, name, count):
    assert (seen[name]["valid"], seen[name]["count"], seen[name]["crs"]) == (True, count, "EPSG:4326")
    assert seen[name]["abstract"] == f"Places and outlines: GeoNames, CC BY 4.0; {HOSTILE}"


def test_fields_have_real_types(seen):
    types = seen["events"]["types"]
    wanted = {
        "event_date": "Date", "source_date": "Date", "start_time": "DateTime", "end_time": "DateTime",
        "geo_precision": "Integer", "injuries_low": "Integer", "latitude": "Real", "civilian_targeting": "Boolean",
        "geo_reasons": "String",
    }  # fmt: skip
    assert {name: types[name] for name in wanted} == wanted


@pytest.mark.parametrize("name", ["events", "areas"])
def test_the_style_is_applied_by_itself(seen, name):
    assert seen[name]["renderer"] == "RuleRenderer"
    assert {"Battles", "Explosions and remote violence", "Other"} <= set(seen[name]["rules"])


@pytest.mark.parametrize("name", ["events", "areas"])
def test_the_temporal_controller_has_its_fields_at_once_and_is_on_with_the_style_loaded(seen, name):
    assert seen[name]["temporal"][1:] == [2, "start_time", "end_time"]
    assert seen[name]["temporal_of_style"] == [True, 2, "start_time", "end_time"]


def test_map_tips_show_text_and_run_nothing(seen):
    tip = next(tip for tip in seen["events"]["tips"] if "onerror" in tip)
    assert "&lt;img src=x onerror=alert(1)&gt; [% 1+1 %] &amp; " in tip
    assert "<img" not in tip
    assert "<script" not in tip
    assert "Air/drone strike" in tip
    assert all("[%" not in tip.replace("[% 1+1 %]", "") for tip in seen["events"]["tips"] + seen["areas"]["tips"])


def test_map_tips_say_what_is_not_known(seen):
    lost = next(tip for tip in seen["events"]["tips"] if "Xyzzy" in tip)
    assert "date not known" in lost
    assert "not placed" in lost
    assert "Deaths: not stated" in lost


def test_symbols_are_drawn_in_their_colour(seen):
    assert "#d55e00" in seen["colours"]
    assert len(seen["colours"]) > 10
    assert seen["picture"].stat().st_size > 1000
