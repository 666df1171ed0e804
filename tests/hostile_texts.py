"""Texts that would be code somewhere, and layers that hold them in every field; for tests of what is made of layers."""

from __future__ import annotations

import json
import random
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
import yaml

from pipeline.fields import layer_spec
from pipeline.frames import Layers, layer_from_rows

BAD = Path(__file__).resolve().parents[2] / "shared" / "badinput"
INJECTIONS = BAD / "injection.json"
ATTACKS = BAD / "xss-payload-list.txt"
CODES = Path(__file__).resolve().parents[1] / "pipeline" / "data" / "codes.yaml"
OWN = (
    "<script>window.__canary=1</script>",
    "<img src=x onerror=window.__canary=1>",
    "<svg onload=window.__canary=1>",
    "</style></title></textarea><script>window.__canary=1</script>",
    "{{7*191}} {% raw %} {# gone #} ${7*191} #{7*191} <%= 7*191 %>",
    '[% 7*191 %] [%eval("1")%] &lt;b&gt; &amp;',
    "[text](javascript:window.__canary=1) <javascript:window.__canary=1>",
    "javascript:window.__canary=1",
    "data:text/html,<script>window.__canary=1</script>",
)
EVALUATED = "1337"  # what those templates would say
SAMPLE = 300
_CODED = {"event_status": "asserted", "geo_method": "exact", "confidence_level": "low"}
_TYPED = {"event_type": "Battles", "sub_event_type": "Armed clash", "disorder_type": "Political violence"}
_NUMBERS = {"geo_precision": 1, "where_prec": 1, "civilian_targeting": False}


def known(*, sample: int = SAMPLE) -> list[str]:
    """Return our own texts, every known injection, a sample of known attacks and the longest of them, each once."""
    return list(dict.fromkeys([*OWN, *injections(), *attacks(sample)]))


def injections() -> list[str]:
    """Return every text of injection.json, or skip."""
    if not INJECTIONS.is_file():
        pytest.skip("shared/badinput/injection.json is missing")
    return [case["text"] for case in json.loads(INJECTIONS.read_text("utf-8"))]


def attacks(sample: int = SAMPLE) -> list[str]:
    """Return a sample of xss-payload-list.txt, the same each time, and its longest line, or skip."""
    if not ATTACKS.is_file():
        pytest.skip("shared/badinput/xss-payload-list.txt is missing")
    lines = (line.strip() for line in ATTACKS.read_text("utf-8", "replace").splitlines())
    texts = sorted({line for line in lines if line})
    return [*random.Random(6).sample(texts, sample), max(texts, key=len)]


def writable(text: str) -> str:
    """Return a text as layers hold it: NUL and lone surrogates are the replacement character."""
    return "".join("\N{REPLACEMENT CHARACTER}" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)


def hostile_layers(texts: list[str], *, sound: bool) -> Layers:
    """Return an event, a claim, an area and a place named for each text, with the text in every field of text.

    Parameters
    ----------
    texts : list of str
    sound : bool
        Keep the contract of layers: codes are codes and links are links, as what is read always has them. Else the text
        stands in those fields too.
    """
    return Layers(*(hostile_layer(name, texts, sound=sound) for name in ("events", "claims", "areas", "mentions")))


def hostile_layer(name: str, texts: list[str], *, sound: bool) -> gpd.GeoDataFrame:
    """Return one layer of :func:`hostile_layers`."""
    spec = layer_spec(name)
    coded = set(yaml.safe_load(CODES.read_text("utf-8"))["words"]) | {"event_type", "sub_event_type"}
    rows = []
    for number, text in enumerate(map(writable, texts)):
        row = {field.name: _value(field.type, text) for field in spec.fields}
        if sound:
            row |= dict.fromkeys(coded & set(row), "")
            row |= _TYPED if name == "events" else {}
            row |= {"source_url": f"https://example.org/{number}"} if "source_url" in row else {}
        shape = _shape(spec.geometry, number)
        where = {"latitude": shape.centroid.y, "longitude": shape.centroid.x}
        told = {key: value for key, value in (_CODED | _NUMBERS | where).items() if key in row}
        rows.append(row | told | {spec.key: f"{name}{number}", "geometry": shape})
    return layer_from_rows(name, rows)


def _value(kind: str, text: str) -> object:
    if kind == "json":
        return json.dumps([{"feature": text, "name": text, "text": text, "contribution": 1, "why": [text]}])
    return text if kind == "str" else None


def _shape(kind: str, number: int) -> shapely.Geometry:
    spot = shapely.Point(42 + number % 7, 33 + number % 3)
    return spot if kind == "Point" else shapely.MultiPolygon([spot.buffer(0.1, quad_segs=1)])
