"""TopoJSON as the specification draws it: two squares that share an arc, one of them told backwards."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[3] / "tools" / "topojson.py"


@pytest.fixture(scope="module")
def topojson():
    spec = importlib.util.spec_from_file_location("topojson", SOURCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def topology():
    return {
        "transform": {"scale": [0.5, 1.0], "translate": [10.0, 20.0]},
        "arcs": [
            [[2, 0], [0, 2]],  # the shared side, upwards
            [[2, 2], [-2, 0], [0, -2], [2, 0]],  # the rest of the left square
            [[2, 2], [2, 0], [0, -2], [-2, 0]],  # the rest of the right square
        ],
        "objects": {
            "squares": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "id": "1", "properties": {"name": "left"}, "arcs": [[0, 1]]},
                    {"type": "MultiPolygon", "id": "2", "properties": {"name": "right"}, "arcs": [[[0, 2]]]},
                ],
            }
        },
    }


def test_arcs_are_delta_decoded_scaled_and_joined(topojson, topology):
    left, right = topojson.decode(topology, "squares")
    assert (left["id"], left["name"]) == ("1", "left")
    assert left["geometry"].bounds == (10.0, 20.0, 11.0, 22.0)
    assert right["geometry"].bounds == (11.0, 20.0, 12.0, 22.0)
    assert left["geometry"].touches(right["geometry"])


def test_a_negative_index_reverses_its_arc(topojson, topology):
    topology["objects"]["squares"]["geometries"] = [{"type": "Polygon", "id": "2", "arcs": [[~2, ~0]]}]
    (right,) = topojson.decode(topology, "squares")
    assert right["geometry"].area == 2.0


def test_features_that_share_an_id_become_one(topojson, topology):
    same = [{"type": "Polygon", "id": "1", "arcs": [[0, i]]} for i in (1, 2)]
    topology["objects"]["squares"]["geometries"] = same
    (both,) = topojson.decode(topology, "squares")
    assert both["geometry"].bounds == (10.0, 20.0, 12.0, 22.0)


def test_a_ring_that_collapsed_is_dropped(topojson, topology):
    topology["arcs"].append([[0, 0], [0, 0]])
    topology["objects"]["squares"]["geometries"] = [{"type": "MultiPolygon", "id": "1", "arcs": [[[0, 1]], [[3]]]}]
    (left,) = topojson.decode(topology, "squares")
    assert left["geometry"].geom_type == "Polygon"
