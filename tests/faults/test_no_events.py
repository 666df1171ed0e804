"""No events: a valid empty QGIS project and GeoPackage, and exports with nothing but their columns."""

from __future__ import annotations

import pyogrio
import pytest
from qgis_python import probed

from pipeline.products.exports import KINDS, export_events
from pipeline.products.qgis import Page, write_geopackage, write_project


@pytest.mark.slow
def test_an_empty_project_opens_in_qgis(empty_layers, tmp_path):
    write_geopackage(empty_layers, tmp_path / "events.gpkg", generated="2024-02-29T12:00:00Z")
    write_project(empty_layers, tmp_path / "project.qgz", Page("Nothing", ("GeoNames",)))
    seen = probed("qgis_project_probe.py", tmp_path, tmp_path)
    assert seen["read"] is True
    assert {name: layer["valid"] for name, layer in seen["layers"].items()} == dict.fromkeys(seen["layers"], True)
    assert seen["layers"]["layer_events"]["count"] == 0
    assert seen["printed"] is True


def test_an_empty_geopackage_has_its_layers(empty_layers, tmp_path):
    path = write_geopackage(empty_layers, tmp_path / "e.gpkg", generated="2024-02-29T12:00:00Z")
    assert pyogrio.read_info(path, layer="events")["features"] == 0
    assert "event_id" in pyogrio.read_info(path, layer="events")["fields"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_export_of_no_events_is_a_file(empty_layers, tmp_path, kind):
    assert export_events(empty_layers.events, kind, tmp_path).stat().st_size > 0
