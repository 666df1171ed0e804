"""False precision: a province or country event is an area or a hollow mark, never a dot, on every kind of map."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import product
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from PIL import Image
from qgis_python import probed

from pipeline.products.briefing.facts import select
from pipeline.products.briefing.figures import png, standalone
from pipeline.products.briefing.map_figure import map_figure, precision_of
from pipeline.products.geojson import write_geojson
from pipeline.products.map.data import map_data, mark_of, styles
from pipeline.products.qgis import write_qml

SVG = "{http://www.w3.org/2000/svg}"
# geo_precision by row, where_prec 1 to 7 by column: exact, near, area, country. Only exact may look like a dot.
GOLDEN = {1: "e e e e e c e", 2: "n n n n n c n", 3: "a a a a a c a"}
NAMES = {"e": "exact", "n": "near", "a": "area", "c": "country"}
CODES = [(geo, where, NAMES[GOLDEN[geo].split()[where - 1]]) for geo, where in product((1, 2, 3), range(1, 8))]


def coded(layers, geo, where, method="given"):
    """Return layers of one event with these codes, in open country, without a footprint."""
    precision, level = pd.array([geo], "Int64"), pd.array([where], "Int64")
    columns = {"geo_precision": precision, "where_prec": level, "geo_method": method}
    one = layers.events[layers.events["event_id"] == "e2"].assign(**columns).reset_index(drop=True)
    return replace(layers, events=one, areas=layers.areas.head(0), claims=layers.claims.head(0))


@pytest.mark.parametrize(("geo", "where", "mark"), CODES)
def test_golden_marks_of_the_map_and_of_the_briefing(small_layers, geo, where, mark):
    layers = coded(small_layers, geo, where)
    assert mark_of(layers.events.iloc[0].to_dict()) == mark
    (incident,) = select(layers).counted
    assert precision_of(incident) == mark
    assert styles()["precision_marks"][mark]["filled"] is (mark == "exact")


def spread(column: list | dict) -> list:
    """Return a column of the map's data as its rows have it: words are told once and numbered."""
    return column if isinstance(column, list) else [column["d"][number] for number in column["i"]]


def test_golden_map_of_one_event_of_each_precision(small_layers):
    data, _ = map_data(small_layers)
    columns = data["events"]["columns"]
    rows = pd.DataFrame({name: spread(columns[name]) for name in ("event_id", "mark", "lat")}).set_index("event_id")
    drawn = {key: (row["mark"], not pd.isna(row["lat"])) for key, row in rows.iterrows()}
    assert drawn == {
        "e1": ("near", True), "e2": ("exact", True), "e3": ("area", True), "e4": ("area", True),
        "e5": ("country", True), "e6": ("area", False),
    }  # fmt: skip
    kinds = dict(zip(small_layers.areas["event_id"], small_layers.areas["kind"], strict=True))
    assert kinds["e3"] == "province"
    assert kinds["e5"] == "country"


@pytest.mark.parametrize(("geo", "where", "mark"), [code for code in CODES if code[1] in {1, 4, 6}])
def test_only_an_exact_place_is_drawn_as_a_filled_mark(small_layers, geo, where, mark):
    layers = coded(small_layers, geo, where)
    (incident,) = select(layers).counted
    svg = standalone(map_figure([incident], layers.areas, {incident.event_id: 1}))
    root = ET.fromstring(svg)
    path = next(p for p in root.iter(f"{SVG}path") if (p.get("class") or "").startswith("mark "))
    assert path.get("class").split()[1] == mark
    picture = Image.open(io.BytesIO(png(svg))).convert("RGB")
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", path.get("d"))]
    scale = picture.width / float(root.get("viewBox").split()[2])
    middle = tuple(round(scale * (min(axis) + max(axis)) / 2) for axis in (numbers[0::2], numbers[1::2]))
    colour = styles()["event_types"][incident.event_type]["colour"]
    is_filled = f"#{''.join(f'{part:02X}' for part in picture.getpixel(middle))}" == colour.upper()
    assert is_filled is (mark == "exact")


@pytest.mark.slow
def test_golden_marks_of_qgis(small_layers, tmp_path):
    rows = [coded(small_layers, geo, where).events.assign(event_id=f"{geo}{where}") for geo, where, _ in CODES]
    events = pd.concat(rows, ignore_index=True)
    write_geojson(replace(small_layers, events=events), tmp_path)
    write_qml(tmp_path)
    told = probed("qgis_marks_probe.py", tmp_path, tmp_path)
    labels = {name: mark["label"] for name, mark in styles()["precision_marks"].items()}
    assert told == {f"{geo}{where}": [labels[mark]] for geo, where, mark in CODES}
