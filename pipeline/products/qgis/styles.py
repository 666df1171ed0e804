"""QGIS styles: QGIS applies ``events.qml`` to ``events.geojson`` by itself; the GeoPackage holds the same documents.

Symbols by event type and precision, map tips, and the fields for the Temporal Controller. Colours, shapes and labels
are those of the web map (``data/styles.yaml``). No article text is in these documents; map tips escape what they show.
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

__all__ = ["style_documents", "write_qml"]

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

_COUNTRY_ONLY = '("geo_method" = \'country\' OR coalesce("where_prec", 0) = 6)'

#: Which events get which precision mark, as on the map: never one finer than the codes; the filters exclude each other.
_PRECISION_FILTERS = MappingProxyType(
    {
        "exact": f'"geo_precision" = 1 AND NOT {_COUNTRY_ONLY}',
        "near": f'"geo_precision" = 2 AND NOT {_COUNTRY_ONLY}',
        "area": f'coalesce("geo_precision", 3) NOT IN (1, 2) AND NOT {_COUNTRY_ONLY}',
        "country": _COUNTRY_ONLY,
    }
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """One rule of a renderer: what it draws, what it is called, its symbol layers (none: a group), its children."""

    filter: str
    label: str
    symbol: tuple[tuple[str, Mapping[str, str]], ...] = ()
    children: tuple[_Rule, ...] = ()
    largest_scale: int = 0


@dataclass(frozen=True, slots=True)
class _Style:
    """How a layer is drawn: the kind of symbol, its rules, its map tip, whether it moves in time, labels."""

    symbol: str
    rules: tuple[_Rule, ...]
    tip: str = ""
    timed: bool = False
    label: Mapping[str, str] | None = None


def write_qml(folder: Path) -> list[Path]:
    """Write a style beside the GeoJSON of each layer.

    Raises
    ------
    OutputError
        If a file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_qml(Path(folder))]
    ['events.qml', 'areas.qml', 'claims.qml', 'mentions.qml']
    """
    return [
        write_bytes(folder / f"{layer}.qml", document)
        for layer, document in style_documents().items()
        if not layer.startswith("base_")
    ]


@cache
def style_documents() -> Mapping[str, bytes]:
    """Return the QML document of each layer of the GeoPackage, by the layer's name.

    Examples
    --------
    >>> list(style_documents())
    ['events', 'areas', 'claims', 'mentions', 'base_countries', 'base_provinces', 'base_places']
    """
    styles = _styles()
    drawn = {
        "events": _Style("marker", _event_rules(styles), _tip("event_tip.html"), timed=True),
        "areas": _Style("fill", _area_rules(styles), _tip("area_tip.html"), timed=True),
        "claims": _Style("fill", (_claims_rule(styles["claims"]),), _tip("claim_tip.html")),
        "mentions": _Style("marker", (_mentions_rule(styles["mentions"]),), _tip("mention_tip.html")),
    }
    base = {f"base_{name}": _base_style(look) for name, look in styles["base"].items()}
    return MappingProxyType({name: _document(style) for name, style in (drawn | base).items()})


@cache
def _styles() -> Mapping[str, Any]:
    """Read the styles shared with the web map."""
    styles: Mapping[str, Any] = yaml.safe_load(
        files("pipeline").joinpath("data/styles.yaml").read_text(encoding="utf-8")
    )
    return styles


def _tip(name: str) -> str:
    """Read a map tip."""
    return files("pipeline.products.qgis").joinpath("templates", name).read_text(encoding="utf-8").strip()


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


def _claims_rule(look: Mapping[str, str]) -> _Rule:
    """Return the rule for claims: an edge and no fill, as they lie over events."""
    edge = {"outline_color": _rgba(look["colour"]), "outline_style": "dot", "outline_width": "0.5"}
    return _Rule("", look["label"], (("SimpleFill", {"color": _rgba(look["colour"], 0.0), "style": "no", **edge}),))


def _mentions_rule(look: Mapping[str, str]) -> _Rule:
    """Return the rule for places named: small, so that nobody takes them for events."""
    mark = {"name": "circle", "size": "1.6", "color": _rgba(look["colour"], 0.6), "outline_style": "no"}
    return _Rule("", look["label"], (("SimpleMarker", mark),))


def _base_style(look: Mapping[str, Any]) -> _Style:
    """Return the style of a layer of the base map: symbol layer and label as the table has them."""
    symbols = ((look["class"], look["properties"]),)
    rules = tuple(_Rule(r["filter"], r["label"], symbols, largest_scale=r["from"]) for r in look["rules"])
    return _Style(look["symbol"], rules, label=look.get("text"))


def _document(style: _Style) -> bytes:
    """Return a QML document: time fields, renderer, labels, map tip."""
    labelled = str(int(style.label is not None))
    root = ET.Element(
        "qgis",
        version=_QGIS_VERSION,
        styleCategories="AllStyleCategories",
        hasScaleBasedVisibilityFlag="0",
        labelsEnabled=labelled,
    )
    if style.timed:
        ET.SubElement(root, "temporal", dict(_TEMPORAL))
    root.append(_renderer(style))
    if style.label is not None:
        root.append(_labeling(style.label))
    ET.SubElement(root, "layerOpacity").text = "1"
    if style.timed:
        ET.SubElement(root, "previewExpression").text = _PREVIEW
    ET.SubElement(root, "mapTip").text = style.tip
    ET.indent(root)
    return f"{_DOCTYPE}\n{ET.tostring(root, encoding='unicode')}\n".encode()


def _renderer(style: _Style) -> ET.Element:
    renderer = ET.Element("renderer-v2", type="RuleRenderer", symbollevels="0", enableorderby="0", forceraster="0")
    group, symbols = ET.SubElement(renderer, "rules", key="root"), ET.Element("symbols")
    for number, rule in enumerate(style.rules):
        _add_rule(group, symbols, rule, symbol_type=style.symbol, key=f"{style.symbol}-{number}")
    renderer.append(symbols)
    return renderer


def _labeling(look: Mapping[str, str]) -> ET.Element:
    """Return labels with a halo: a field, its size in points, its colour."""
    labeling = ET.Element("labeling", type="simple")
    settings = ET.SubElement(labeling, "settings", calloutType="simple")
    text = ET.SubElement(
        settings,
        "text-style",
        fieldName=look["field"],
        fontSize=look["size"],
        fontSizeUnit="Point",
        textColor=_rgba(look["colour"]),
        isExpression="0",
        fontFamily="Noto Sans",
        fontItalic=look["italic"],
    )
    ET.SubElement(
        text, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferSizeUnits="MM", bufferColor=_rgba("#FFFFFF", 0.8)
    )
    ET.SubElement(settings, "placement", placement=look["placement"], priority=look["priority"], dist="1")
    ET.SubElement(settings, "rendering", scaleVisibility="1", scaleMin="1", scaleMax=look["from"], drawLabels="1")
    return labeling


_PREVIEW = "coalesce(to_string(\"event_date\"), '') || ' ' || \"sub_event_type\""


def _add_rule(group: ET.Element, symbols: ET.Element, rule: _Rule, *, symbol_type: str, key: str) -> None:
    """Add a rule, its symbol and its children."""
    element = ET.SubElement(group, "rule", key=key, label=rule.label)
    if rule.filter:
        element.set("filter", rule.filter)
    if rule.largest_scale:
        element.set("scalemaxdenom", str(rule.largest_scale))
        element.set("scalemindenom", "1")
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
