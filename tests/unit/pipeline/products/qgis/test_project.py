from __future__ import annotations

import zipfile
from xml.etree import ElementTree as ET

import pytest

from pipeline.products.qgis import Page, write_project


@pytest.fixture
def project(small_layers, tmp_path):
    return opened(write_project(small_layers, tmp_path / "project.qgz", Page("Map of [% 1+1 %]", ("GeoNames",))))


def opened(path):
    return ET.fromstring(zipfile.ZipFile(path).read("project.qgs"))


def item(project, name):
    return next(found for found in project.iter("LayoutItem") if found.get("id") == name)


def test_paths_are_relative(project):
    sources = [layer.findtext("datasource") for layer in project.iter("maplayer")]
    assert sources
    assert all(source.startswith("./events.gpkg|layername=") for source in sources)
    assert project.findtext("properties/Paths/Absolute") == "false"


def test_each_layer_stands_once_in_the_tree_and_is_styled(project):
    layers = {layer.findtext("id"): layer for layer in project.iter("maplayer")}
    tree = [leaf.get("id") for leaf in project.findall("layer-tree-group//layer-tree-layer")]
    assert sorted(tree) == sorted(layers)
    assert all(layer.find("renderer-v2/rules") is not None for layer in layers.values())


def test_the_time_slider_is_on_and_spans_the_events(project, small_layers):
    events = small_layers.events
    first, last = (f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in (events.start_time.min(), events.end_time.max()))
    span = project.find("ProjectTimeSettings/TemporalRange")
    assert (span.findtext("start"), span.findtext("end")) == (first, last)
    assert project.findtext("properties/TemporalControllerWidget/NavigationMode") == "2"


def test_a_title_is_text_and_no_expression(project):
    assert item(project, "title").get("labelText") == "Map of [ % 1+1 %]"
    assert "[%" not in ET.tostring(project.find("title"), encoding="unicode")


def test_the_page_credits_and_warns(project):
    said = item(project, "credits").get("labelText")
    assert "Data: GeoNames" in said
    assert "no better than that" in said


def test_the_map_of_the_page_shows_all_that_was_placed_in_the_shape_of_the_page(project, small_layers):
    box = item(project, "map").find("Extent").attrib
    west, south, east, north = (float(box[edge]) for edge in ("xmin", "ymin", "xmax", "ymax"))
    bounds = small_layers.events[small_layers.events.geometry.notna()].total_bounds
    assert (west < bounds[0], south < bounds[1], east > bounds[2], north > bounds[3]) == (True, True, True, True)
    width, height = (float(part) for part in item(project, "map").get("size").split(",")[:2])
    assert (east - west) / (north - south) == pytest.approx(width / height, rel=1e-4)


def test_no_events_show_the_world(empty_layers, tmp_path):
    project = opened(write_project(empty_layers, tmp_path / "project.qgz", Page("Nothing")))
    assert project.find("ProjectTimeSettings/TemporalRange") is None
    assert project.find("ProjectViewSettings/DefaultViewExtent").get("xmin") == "-180.000000"


def test_the_same_bytes_each_time(small_layers, tmp_path):
    one, other = (write_project(small_layers, tmp_path / name / "project.qgz", Page("Map")) for name in "ab")
    assert one.read_bytes() == other.read_bytes()
