"""``project.qgz``: the GeoPackage beside it with every layer styled, the time slider on, and a page to print.

A ``.qgz`` is a zip of one XML document. Paths in it are relative, so that the folder can be moved. No article text is
in it.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
import pyproj

from pipeline.fields import layer_spec
from pipeline.frames import CRS, Layers
from pipeline.products.files import write_bytes
from pipeline.products.map.words import span_words
from pipeline.products.qgis.base import GEOMETRY
from pipeline.products.qgis.layout import Extent, Page, edges, plain, print_layout
from pipeline.products.qgis.styles import style_documents

__all__ = ["write_project"]

_VERSION = "3.22.0-Białowieża"  # the oldest that the project is tested with
_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say: the same project, the same bytes
_WORLD = (-180.0, -60.0, 180.0, 75.0)
_LEAST_DEGREES = 2.0
_MARGIN = 0.08
_WGS_84 = MappingProxyType(  # as QGIS describes it; it looks for all of these
    {
        "proj4": "+proj=longlat +datum=WGS84 +no_defs",
        "srsid": "3452",
        "srid": "4326",
        "authid": CRS,
        "description": "WGS 84",
        "projectionacronym": "longlat",
        "ellipsoidacronym": "EPSG:7030",
        "geographicflag": "true",
    }
)
_ANIMATED, _DAYS = "2", "d"  # Qgis::TemporalNavigationMode::Animated; QgsUnitTypes::TemporalDays

#: Group -> its layers from the top, name in the GeoPackage -> (name shown, drawn at first).
_TREE = MappingProxyType(
    {
        "Reports": {
            "events": ("Events", True),
            "mentions": ("Places named", False),
            "claims": ("Claims and tallies", False),
            "areas": ("Footprints and uncertainty", True),
        },
        "Base map": {
            "base_places": ("Towns", True),
            "base_provinces": ("Borders of provinces", True),
            "base_countries": ("Countries", True),
        },
    }
)
_IN_LEGEND = ("events", "areas")


def write_project(layers: Layers, path: Path, page: Page, *, data: str = "events.gpkg") -> Path:
    """Write a QGIS project that shows the GeoPackage ``data``, which lies beside it.

    Raises
    ------
    OutputError
        If the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from pipeline.frames import layer_from_rows
    >>> empty = Layers(*(layer_from_rows(name, []) for name in ("events", "claims", "areas", "mentions")))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_project(empty, Path(folder) / "project.qgz", Page("Situation map"))
    ...     zipfile.ZipFile(path).namelist()
    ['project.qgs']
    """
    root = _project(layers, page, data)
    ET.indent(root)
    document = f"{_DOCTYPE}\n{ET.tostring(root, encoding='unicode')}\n".encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(f"{path.stem}.qgs", _EPOCH), document, zipfile.ZIP_DEFLATED)
    return write_bytes(path, buffer.getvalue())


def _project(layers: Layers, page: Page, data: str) -> ET.Element:
    extent = _extent(layers.events)
    root = ET.Element("qgis", version=_VERSION, projectname=plain(page.title))
    ET.SubElement(root, "homePath", path="")
    ET.SubElement(root, "title").text = plain(page.title)
    ET.SubElement(root, "projectCrs").append(_crs())
    root.append(_tree(data))
    shown = ET.SubElement(root, "projectlayers")
    for name in (layer for group in _TREE.values() for layer in group):
        shown.append(_layer(name, data))
    root.append(_properties(layers.events))
    legend = [_leaf(name, _TREE["Reports"][name][0], data) for name in _IN_LEGEND]
    ET.SubElement(root, "Layouts").append(print_layout(page, extent, legend, period=_period_words(layers.events)))
    view = ET.SubElement(ET.SubElement(root, "ProjectViewSettings"), "DefaultViewExtent", edges(extent))
    view.append(_crs())
    root.append(_times(layers.events))
    return root


def _crs() -> ET.Element:
    system = ET.Element("spatialrefsys")
    ET.SubElement(system, "wkt").text = pyproj.CRS(CRS).to_wkt()
    for name, text in _WGS_84.items():
        ET.SubElement(system, name).text = text
    return system


def _id(name: str) -> str:
    """Return the id of a layer; QGIS gives those without an underscore another."""
    return f"layer_{name}"


def _source(name: str, data: str) -> str:
    return f"./{data}|layername={name}"


def _tree(data: str) -> ET.Element:
    """Return the layers panel: groups, layers and which are drawn at first."""
    root = ET.Element("layer-tree-group")
    for group, members in _TREE.items():
        branch = ET.SubElement(root, "layer-tree-group", name=group, checked="Qt::Checked", expanded="1")
        for name, (label, drawn) in members.items():
            leaf = _leaf(name, label, data)
            leaf.set("checked", "Qt::Checked" if drawn else "Qt::Unchecked")
            branch.append(leaf)
    return root


def _leaf(name: str, label: str, data: str) -> ET.Element:
    return ET.Element(
        "layer-tree-layer",
        id=_id(name),
        name=label,
        source=_source(name, data),
        providerKey="ogr",
        expanded=str(int(name in _IN_LEGEND)),
    )


def _layer(name: str, data: str) -> ET.Element:
    """Return a layer: where it lies, and all that its style says."""
    style = ET.fromstring(style_documents()[name].decode())  # noqa: S314 - our own document
    geometry = GEOMETRY.get(name) or layer_spec(name).geometry
    label = next(members[name][0] for members in _TREE.values() if name in members)
    layer = ET.Element(
        "maplayer",
        type="vector",
        geometry={"Point": "Point", "MultiLineString": "Line"}.get(geometry, "Polygon"),
        wkbType=geometry,
        labelsEnabled=style.get("labelsEnabled", "0"),
        styleCategories="AllStyleCategories",
        hasScaleBasedVisibilityFlag="0",
        readOnly="0",
    )
    said = {"id": _id(name), "datasource": _source(name, data), "layername": label}
    for tag, text in said.items():
        ET.SubElement(layer, tag).text = text
    ET.SubElement(layer, "srs").append(_crs())
    ET.SubElement(layer, "provider", encoding="UTF-8").text = "ogr"
    layer.extend(style)
    return layer


def _properties(events: gpd.GeoDataFrame) -> ET.Element:
    """Return what the project keeps for QGIS' panels: relative paths, and the time slider, which is on."""
    first, last = _period(events)
    root = ET.Element("properties")
    for group, name, kind, text in (
        ("Paths", "Absolute", "bool", "false"),
        ("SpatialRefSys", "ProjectionsEnabled", "int", "1"),  # without it the project has no CRS
        ("Measure", "Ellipsoid", "QString", "EPSG:7030"),  # WGS 84, so that the scale bar counts metres
        ("TemporalControllerWidget", "NavigationMode", "int", _ANIMATED),
        ("TemporalControllerWidget", "StartDateTime", "QString", first),
        ("TemporalControllerWidget", "EndDateTime", "QString", last),
    ):
        parent = root.find(group)
        parent = ET.SubElement(root, group) if parent is None else parent
        ET.SubElement(parent, name, type=kind).text = text
    return root


def _times(events: gpd.GeoDataFrame) -> ET.Element:
    """Return the range of the time slider and its step, a day."""
    first, last = _period(events)
    settings = ET.Element(
        "ProjectTimeSettings", timeStep="1", timeStepUnit=_DAYS, frameRate="1", cumulativeTemporalRange="0"
    )
    if first:
        span = ET.SubElement(settings, "TemporalRange")
        ET.SubElement(span, "start").text, ET.SubElement(span, "end").text = first, last
    return settings


def _span(events: gpd.GeoDataFrame) -> tuple[datetime, datetime] | None:
    """Return the first and last moment of the events, None where none has a date."""
    first, last = events["start_time"].min(), events["end_time"].max()
    return None if pd.isna(first) else (first, last)


def _period(events: gpd.GeoDataFrame) -> tuple[str, str]:
    """Return the span in ISO 8601, or empty text."""
    span = _span(events)
    return (_moment(span[0]), _moment(span[1])) if span else ("", "")


def _period_words(events: gpd.GeoDataFrame) -> str:
    span = _span(events)
    return span_words(span[0].date(), span[1].date()) if span else ""


def _moment(stamp: datetime) -> str:
    return stamp.strftime("%Y-%m-%dT%H:%M:%SZ")


def _extent(events: gpd.GeoDataFrame) -> Extent:
    """Return west, south, east, north of what is to be seen, with a margin; the world where nothing was placed."""
    placed = events[events.geometry.notna()]
    if placed.empty:
        return _WORLD
    west, south, east, north = (float(edge) for edge in placed.total_bounds)
    across, up = (max(span * _MARGIN, (_LEAST_DEGREES - span) / 2) for span in (east - west, north - south))
    return max(-180.0, west - across), max(-90.0, south - up), min(180.0, east + across), min(90.0, north + up)
