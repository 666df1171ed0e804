"""Small pieces of SVG, built as a tree so that every text and attribute is escaped by the serialiser."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import yaml
from markupsafe import Markup
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

Point = tuple[float, float]
#: Width of one character in the figures' type, as a share of its size; errs on the wide side.
_CHARACTER = 0.56


@cache
def styles() -> Mapping[str, Any]:
    """Read ``pipeline/data/styles.yaml``, which the map and QGIS use too."""
    text = files("pipeline").joinpath("data/styles.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def palettes() -> Mapping[str, Mapping[str, str]]:
    """Read ``data/palette.yaml``: the colours of the page by day, by night and on paper."""
    text = files("pipeline.products.briefing").joinpath("data/palette.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return loaded


def style_classes() -> tuple[tuple[str, str, str], ...]:
    """Return (CSS class, colour, colour on dark) of each event type, and of what has none."""
    rows = [*styles()["event_types"].values(), styles()["other_event_type"]]
    return tuple((f"k{number}", row["colour"], row["colour_dark"]) for number, row in enumerate(rows))


def style_of(event_type: str) -> tuple[str, Mapping[str, str]]:
    """Return the CSS class and the style of an event type."""
    known = list(styles()["event_types"])
    if event_type in known:
        return f"k{known.index(event_type)}", styles()["event_types"][event_type]
    return f"k{len(known)}", styles()["other_event_type"]


def canvas(width: float, height: float, title: str, text: str, identifier: str) -> Element:
    """Begin a figure with its accessible name and description."""
    root = Element("svg", viewBox=f"0 0 {width:g} {height:g}", role="img")
    root.set("xmlns", "http://www.w3.org/2000/svg")
    root.set("aria-labelledby", f"{identifier}-title {identifier}-text")
    SubElement(root, "title", id=f"{identifier}-title").text = title
    SubElement(root, "desc", id=f"{identifier}-text").text = text
    return root


def rendered(root: Element) -> Markup:
    """Serialise a figure for an HTML page."""
    return Markup(tostring(root, encoding="unicode"))  # noqa: S704 - ElementTree has escaped all it holds


def label(parent: Element, at: Point, text: str, css: str, **attributes: str) -> None:
    """Write a text; its direction follows its script."""
    element = SubElement(parent, "text", {"x": f"{at[0]:.1f}", "y": f"{at[1]:.1f}", "class": css, **attributes})
    element.text = text


def text_width(text: str, size: float) -> float:
    """Estimate how wide a text is, in the unit of ``size``."""
    return len(text) * size * _CHARACTER


def path_of(shape: BaseGeometry) -> str:
    """Write a polygon or line, already in the figure's units, as path data."""
    parts = getattr(shape, "geoms", [shape])
    return "".join(_rings(part) for part in parts)


def _rings(shape: BaseGeometry) -> str:
    """Write one polygon with its holes, or one line."""
    if isinstance(shape, Polygon):
        return "".join(f"{_run(ring.coords)}Z" for ring in (shape.exterior, *shape.interiors))
    return _run(shape.coords) if isinstance(shape, LineString) else ""


def _run(points: Iterable[tuple[float, ...]]) -> str:
    """Write a run of points."""
    return "M" + "L".join(f"{x:.1f},{y:.1f}".replace(".0", "") for x, y, *_ in points)


def mark(shape: str, at: Point, radius: float) -> str:
    """Return path data of a mark.

    Parameters
    ----------
    shape : str
        As in ``styles.yaml``: circle, square, triangle, diamond, star, pentagon or cross.
    at : (float, float)
        Centre.
    radius : float
        To the outermost corner; the same in all shapes, so that counts compare.
    """
    if shape == "circle":
        half = f"a{radius:.1f},{radius:.1f} 0 1 0"
        return f"M{at[0] - radius:.1f},{at[1]:.1f}{half} {2 * radius:.1f},0{half} {-2 * radius:.1f},0Z"
    corners, turn, waist = _SHAPES[shape]
    steps = corners * 2 if waist < 1 else corners
    points = []
    for step in range(steps):
        reach = radius if waist == 1 or step % 2 == 0 else radius * waist
        angle = math.radians(turn + 360 * step / steps)
        points.append((at[0] + reach * math.sin(angle), at[1] - reach * math.cos(angle)))
    return f"{_run(points)}Z"


#: Shape -> corners, turn in degrees, and how far in the waist between two corners lies (1: none).
_SHAPES: Mapping[str, tuple[int, float, float]] = {
    "square": (4, 45, 1),
    "triangle": (3, 0, 1),
    "diamond": (4, 0, 1),
    "pentagon": (5, 0, 1),
    "star": (5, 0, 0.55),
    "cross": (4, 45, 0.4),
}
