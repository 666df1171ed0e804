"""QGIS styles beside the GeoJSON: QGIS applies ``events.qml`` to ``events.geojson`` by itself.

Symbols by event type and precision, map tips, and the fields for the Temporal Controller. Colours, shapes and labels
are those of the web map (``data/styles.yaml``). No article text is in these files; map tips escape what they show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree as ET

import yaml

from pipeline.products.files import write_bytes

__all__ = ["write_qml"]

_QGIS_VERSION = "3.22.0"  # the oldest that the styles are tested with
#: QgsVectorLayerTemporalProperties: mode 2, from one field to another; limit mode 1, both ends included.
_TEMPORAL = MappingProxyType(
    {
        "enabled": "1",
        "mode": "2",
        "startField": "start_time",
        "endField": "end_time",
        "limitMode": "1",
        "accumulate": "0",
    }
)
_SHAPES = MappingProxyType({"cross": "cross_fill"})  # QGIS' name where it differs
_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
_SIZES = MappingProxyType(
    {"star": "5.6", "triangle": "4.6", "pentagon": "4.6"}
)  # millimetres; of like weight to the eye
_HOLLOW = "255,255,255,110"
_FILLED = MappingProxyType({"outline_color": "255,255,255,255", "outline_width": "0.2"})
_ALPHA_OPAQUE = 255

#: Which events get which precision mark; first match wins in the text, so the filters exclude each other.
_PRECISION_FILTERS = MappingProxyType(
    {
        "exact": '"geo_precision" = 1',
        "near": '"geo_precision" = 2',
        "area": '"geo_precision" = 3 AND "geo_method" <> \'country\'',
        "country": '"geo_precision" = 3 AND "geo_method" = \'country\'',
    }
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """One rule of a renderer: what it draws, what it is called, its symbol layers (none: a group), its children."""

    filter: str
    label: str
    symbol: tuple[tuple[str, Mapping[str, str]], ...] = ()
    children: tuple[_Rule, ...] = ()


def write_qml(folder: Path) -> list[Path]:
    """Write ``events.qml`` and ``areas.qml``.

    Raises
    ------
    OutputError
        If a file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_qml(Path(folder))]
    ['events.qml', 'areas.qml']
    """
    styles = _styles()
    documents = {
        "events.qml": _document("marker", _event_rules(styles), _tip("event_tip.html")),
        "areas.qml": _document("fill", _area_rules(styles), _tip("area_tip.html")),
    }
    return [write_bytes(folder / name, content) for name, content in documents.items()]


@cache
def _styles() -> Mapping[str, Any]:
    """Read the styles shared with the web map."""
    styles: Mapping[str, Any] = yaml.safe_load(
        files("pipeline").joinpath("data/styles.yaml").read_text(encoding="utf-8")
    )
    return styles


def _tip(name: str) -> str:
    """Read a map tip."""
    return files("pipeline").joinpath("products/templates", name).read_text(encoding="utf-8").strip()


def _event_rules(styles: Mapping[str, Any]) -> tuple[_Rule, ...]:
    """Return a group of rules for each event type, one rule for each precision mark."""
    return tuple(
        _Rule(expression, style["label"], children=tuple(_mark_rules(style, styles["precision_marks"])))
        for expression, style in _by_type(styles)
    )


def _mark_rules(style: Mapping[str, str], marks: Mapping[str, Mapping[str, Any]]) -> list[_Rule]:
    """Return the rules for one event type: only an exact place gets a filled mark."""
    return [_Rule(_PRECISION_FILTERS[name], mark["label"], _marker(style, mark)) for name, mark in marks.items()]


def _marker(style: Mapping[str, str], mark: Mapping[str, Any]) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Return the symbol layers of a mark."""
    colour, size = _rgba(style["colour"]), _SIZES.get(style["shape"], "4")
    edge = {"outline_style": _pen(mark["dash"]), "outline_width": "0.5", "outline_color": colour}
    look = _FILLED | {"color": colour} if mark["filled"] else {"color": _HOLLOW}
    shape = {"name": _SHAPES.get(style["shape"], style["shape"]), "size": size}
    layers: list[tuple[str, Mapping[str, str]]] = [("SimpleMarker", {**edge, **look, **shape})]
    if mark["ring"]:
        ring = {"name": "circle", "size": "8", "color": "255,255,255,0"}
        layers.append(("SimpleMarker", {**edge, **ring}))
    return tuple(layers)


def _area_rules(styles: Mapping[str, Any]) -> tuple[_Rule, ...]:
    """Return a group of rules for each event type, one rule for each kind of area."""
    kinds = styles["area_kinds"]
    others = ", ".join(f"'{kind}'" for kind in kinds)
    circles = {"label": styles["circles"]["label"], "opacity": styles["circles"]["opacity"], "dash": []}
    named = [(f"\"kind\" = '{kind}'", look) for kind, look in kinds.items()]
    looks = [*named, (f'"kind" NOT IN ({others})', circles)]
    return tuple(
        _Rule(
            expression, style["label"], children=tuple(_Rule(k, look["label"], _fill(style, look)) for k, look in looks)
        )
        for expression, style in _by_type(styles)
    )


def _fill(style: Mapping[str, str], look: Mapping[str, Any]) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Return the symbol layer of an area."""
    edge = {"outline_color": _rgba(style["colour"]), "outline_style": _pen(look["dash"]), "outline_width": "0.3"}
    return (("SimpleFill", {"color": _rgba(style["colour"], look["opacity"]), "style": "solid", **edge}),)


def _by_type(styles: Mapping[str, Any]) -> list[tuple[str, Mapping[str, str]]]:
    """Return a filter expression and the style of each event type, and of what is none of them."""
    types = styles["event_types"]
    known = [(f'"event_type" = {_quoted(name)}', style) for name, style in types.items()]
    others = ", ".join(_quoted(name) for name in types)
    return [*known, (f'"event_type" NOT IN ({others})', styles["other_event_type"])]


def _quoted(text: str) -> str:
    """Return text as a QGIS string literal."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def _rgba(colour: str, opacity: float = 1.0) -> str:
    """Return ``#RRGGBB`` as QGIS writes colours."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{round(opacity * _ALPHA_OPAQUE)}"


def _pen(dash: Sequence[float]) -> str:
    """Return the pen style for a dash pattern: a first stroke of under two units is a dot."""
    if not dash:
        return "solid"
    return "dot" if dash[0] < 2 else "dash"


def _document(symbol_type: str, rules: Sequence[_Rule], tip: str) -> bytes:
    """Return a QML document: time fields, renderer, map tip."""
    root = ET.Element(
        "qgis", version=_QGIS_VERSION, styleCategories="AllStyleCategories", hasScaleBasedVisibilityFlag="0"
    )
    ET.SubElement(root, "temporal", dict(_TEMPORAL))
    renderer = ET.SubElement(
        root, "renderer-v2", type="RuleRenderer", symbollevels="0", enableorderby="0", forceraster="0"
    )
    group, symbols = ET.SubElement(renderer, "rules", key="root"), ET.Element("symbols")
    for number, rule in enumerate(rules):
        _add_rule(group, symbols, rule, symbol_type=symbol_type, key=f"{symbol_type}-{number}")
    renderer.append(symbols)
    ET.SubElement(root, "layerOpacity").text = "1"
    ET.SubElement(root, "previewExpression").text = _PREVIEW
    ET.SubElement(root, "mapTip").text = tip
    ET.indent(root)
    return f"{_DOCTYPE}\n{ET.tostring(root, encoding='unicode')}\n".encode()


_PREVIEW = "coalesce(to_string(\"event_date\"), '') || ' ' || \"sub_event_type\""


def _add_rule(group: ET.Element, symbols: ET.Element, rule: _Rule, *, symbol_type: str, key: str) -> None:
    """Add a rule, its symbol and its children."""
    element = ET.SubElement(group, "rule", key=key, filter=rule.filter, label=rule.label)
    if rule.symbol:
        name = str(len(symbols))
        element.set("symbol", name)
        symbol = ET.SubElement(
            symbols, "symbol", name=name, type=symbol_type, alpha="1", clip_to_extent="1", force_rhr="0"
        )
        for layer_class, properties in rule.symbol:
            _add_symbol_layer(symbol, layer_class, properties)
    for number, child in enumerate(rule.children):
        _add_rule(element, symbols, child, symbol_type=symbol_type, key=f"{key}-{number}")


def _add_symbol_layer(symbol: ET.Element, layer_class: str, properties: Mapping[str, str]) -> None:
    """Add a symbol layer; QGIS before 3.28 reads ``prop``, later ones ``Option``."""
    layer = ET.SubElement(symbol, "layer", {"class": layer_class, "enabled": "1", "locked": "0", "pass": "0"})
    options = ET.SubElement(layer, "Option", type="Map")
    for name, value in sorted(properties.items()):
        ET.SubElement(options, "Option", name=name, type="QString", value=value)
    for name, value in sorted(properties.items()):
        ET.SubElement(layer, "prop", k=name, v=value)
