"""The map of a briefing: outlines, and a mark for each place, hollow where the place is not known exactly."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import geopandas as gpd
import shapely
from markupsafe import Markup
from shapely.affinity import translate
from shapely.geometry import shape as geometry_of
from shapely.geometry.base import BaseGeometry

from pipeline.products.briefing.drawing import (
    Point,
    canvas,
    label,
    mark,
    path_of,
    rendered,
    style_of,
    styles,
    text_width,
)
from pipeline.products.briefing.incidents import Incident, ids_of
from pipeline.products.briefing.words import listed, plain, plural

WIDTH = 960.0
_LEAST_HEIGHT, _MOST_HEIGHT = 400.0, 620.0
#: Degrees that a map shows at least: closer in, the outlines would be too coarse to help.
_LEAST_SPAN = 2.5
_MARGIN = 0.14
_TOWN_LABELS = 14
#: Figure units between two towns that are both named: a suburb does not crowd its city.
_APART = 36
_MARK = 6.5

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A window on the world, in plate carrée stretched so that the middle is true to shape."""

    west: float
    south: float
    east: float
    north: float

    @property
    def squeeze(self) -> float:
        """Length of a degree of longitude over one of latitude, at the middle."""
        return max(math.cos(math.radians((self.south + self.north) / 2)), 0.15)

    @property
    def scale(self) -> float:
        """Figure units in a degree of latitude."""
        return WIDTH / ((self.east - self.west) * self.squeeze)

    @property
    def height(self) -> float:
        """Height of the figure."""
        return (self.north - self.south) * self.scale

    def at(self, lon: float, lat: float) -> Point:
        """Return where a point falls, in figure units; longitudes are taken into the window."""
        lon = lon + 360 if lon < self.west and lon + 360 <= self.east else lon
        return (lon - self.west) * self.squeeze * self.scale, (self.north - lat) * self.scale

    def cut(self, shape: BaseGeometry) -> BaseGeometry:
        """Return the part of a shape that shows, in figure units, without detail too small to see."""
        pieces = [shape] if self.east <= 180 else [shape, translate(shape, 360)]
        seen = [piece.intersection(shapely.box(self.west, self.south, self.east, self.north)) for piece in pieces]
        whole = shapely.union_all([piece for piece in seen if not piece.is_empty])
        kx, ky = self.squeeze * self.scale, -self.scale
        moved = shapely.transform(whole, lambda xy: (xy - (self.west, self.north)) * (kx, ky))
        return shapely.simplify(moved, 0.5)


@dataclass(slots=True)
class _Labels:
    """Boxes already taken by marks and texts."""

    taken: list[Box] = field(default_factory=list)

    def take(self, box: Box, *, force: bool = False) -> bool:
        """Take a box if it is free (or anyway); tell whether it was taken."""
        x0, y0, x1, y1 = box
        inside = x0 >= 2 and x1 <= WIDTH - 2
        free = all(x1 <= a or x0 >= c or y1 <= b or y0 >= d for a, b, c, d in self.taken)
        if force or (free and inside):
            self.taken.append(box)
        return force or (free and inside)


@cache
def _basemap() -> Mapping[str, Any]:
    """Read the outlines and places that the map uses too."""
    path = files("pipeline.products.map").joinpath("assets/basemap.json")
    loaded: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@cache
def _outlines(layer: str) -> tuple[tuple[str, BaseGeometry], ...]:
    """Return the valid shapes of a base-map layer, with their names."""
    features = _basemap()[layer]["features"]
    return tuple((row["properties"]["name"], shapely.make_valid(geometry_of(row["geometry"]))) for row in features)


def map_figure(incidents: Sequence[Incident], areas: gpd.GeoDataFrame, numbers: Mapping[str, int]) -> Markup:
    """Draw the placed incidents.

    Parameters
    ----------
    incidents : sequence of Incident
    areas : GeoDataFrame
        The areas layer: polygons of what is known only to a province or sector are outlined.
    numbers : mapping
        ``event_id`` to the row number in the table of incidents.

    Returns
    -------
    Markup
        An SVG element; empty where nothing is placed.
    """
    placed = [one for one in incidents if one.is_placed]
    if not placed:
        return Markup("")
    shapes = _footprints(placed, areas)
    frame = _frame(placed, shapes)
    root = canvas(WIDTH, frame.height, "Map of the incidents", _description(placed), "map")
    SubElement(root, "rect", {"class": "sea", "width": f"{WIDTH:g}", "height": f"{frame.height:.1f}"})
    _draw_outlines(root, frame)
    for event_id, shape in shapes:
        kind = next(one for one in placed if one.event_id == event_id)
        SubElement(root, "path", {"class": f"footprint {style_of(kind.event_type)[0]}", "d": path_of(frame.cut(shape))})
    labels = _Labels()
    marks = _place_marks(placed, frame)
    for one in marks:
        labels.take(one.box, force=True)
    _label_countries(root, frame, labels)
    _draw_marks(root, marks, numbers)
    _label_marks(root, marks, labels)
    _label_towns(root, frame, labels)
    return rendered(root)


def _description(placed: Sequence[Incident]) -> str:
    """Say in a sentence what the map shows, for those who do not see it."""
    countries = listed(sorted({one.country for one in placed if one.country}))
    exact = sum(one.geo_precision == 1 for one in placed)
    where = f" in {countries}" if countries else ""
    noun = plural(len(placed), "incident")
    return f"{len(placed)} placed {noun}{where}; {exact} at an exact place, the others hollow."


def _footprints(placed: Sequence[Incident], areas: gpd.GeoDataFrame) -> list[tuple[str, BaseGeometry]]:
    """Return the polygons of incidents known only to a province, sector or sea: not circles, not whole countries."""
    wanted = set(ids_of(one for one in placed if one.geo_precision == 3 and one.geo_method != "country"))
    found = {
        event_id: shape
        for event_id, kind, shape in zip(areas["event_id"], areas["kind"], areas.geometry, strict=True)
        if event_id in wanted and kind not in {"circle", "near", "country"} and shape is not None
    }
    distinct = {shape.wkb: (event_id, shape) for event_id, shape in sorted(found.items(), key=lambda pair: pair[0])}
    return list(distinct.values())


def _frame(placed: Sequence[Incident], shapes: Iterable[tuple[str, BaseGeometry]]) -> Frame:
    """Return a window that holds all marks and footprints, with a margin and a sane shape."""
    points = [(one.lon, one.lat) for one in placed if one.lon is not None and one.lat is not None]
    boxes = [shape.bounds for _, shape in shapes if shape.bounds[2] - shape.bounds[0] < 60]
    lons = [lon for lon, _ in points] + [box[side] for box in boxes for side in (0, 2)]
    lats = [lat for _, lat in points] + [box[side] for box in boxes for side in (1, 3)]
    if max(lons) - min(lons) > 180:  # shorter across the antimeridian
        lons = [lon + 360 if lon < 0 else lon for lon in lons]
    west, east = _widened(min(lons), max(lons))
    south, north = _widened(min(lats), max(lats))
    squeeze = max(math.cos(math.radians((south + north) / 2)), 0.15)
    ratio = (north - south) / ((east - west) * squeeze)
    least, most = _LEAST_HEIGHT / WIDTH, _MOST_HEIGHT / WIDTH
    if ratio > most:
        west, east = _grown(west, east, (north - south) / most / squeeze)
    elif ratio < least:
        south, north = _grown(south, north, (east - west) * squeeze * least)
    return Frame(west, max(south, -90.0), east, min(north, 90.0))


def _widened(low: float, high: float) -> tuple[float, float]:
    """Add the margin, and grow to the least span."""
    reach = (high - low) * _MARGIN
    return _grown(low - reach, high + reach, max(high - low + 2 * reach, _LEAST_SPAN))


def _grown(low: float, high: float, span: float) -> tuple[float, float]:
    """Grow a span evenly on both sides."""
    middle = (low + high) / 2
    return middle - span / 2, middle + span / 2


def _draw_outlines(root: Element, frame: Frame) -> None:
    """Draw land, provinces and borders."""
    for layer, css in (("countries", "land"), ("admin1", "province"), ("countries", "border")):
        data = "".join(path_of(frame.cut(shape)) for _, shape in _seen(layer, frame))
        SubElement(root, "path", {"class": css, "d": data})


def _seen(layer: str, frame: Frame) -> Iterator[tuple[str, BaseGeometry]]:
    """Yield the shapes of a layer that the window shows."""
    windows = [shapely.box(frame.west, frame.south, frame.east, frame.north)]
    windows += [translate(windows[0], -360)] if frame.east > 180 else []
    for name, shape in _outlines(layer):
        if any(shape.intersects(window) for window in windows):
            yield name, shape


_COUNTRY = 6  # of where_prec


@dataclass(frozen=True, slots=True)
class _Mark:
    """Incidents of one type at one point, drawn as one mark."""

    at: Point
    radius: float
    incidents: tuple[Incident, ...]
    precision: str
    is_first: bool

    @property
    def box(self) -> Box:
        """What the mark covers."""
        (x, y), r = self.at, self.radius + 1
        tally = 0.0 if len(self.incidents) == 1 else text_width(str(len(self.incidents)), 11) - self.radius * 0.2
        return x - r, y - r, x + r + max(tally, 0.0), y + r


def precision_of(incident: Incident) -> str:
    """Return how an incident is marked: exact, near, area or country, as in ``styles.yaml``."""
    if incident.geo_method == "country" or incident.where_prec == _COUNTRY:
        return "country"
    return {1: "exact", 2: "near"}.get(incident.geo_precision or 3, "area")


def _place_marks(placed: Sequence[Incident], frame: Frame) -> list[_Mark]:
    """Group incidents by point, type and precision; several marks at one point stand side by side."""
    points: dict[Point, dict[tuple[str, str], list[Incident]]] = defaultdict(lambda: defaultdict(list))
    for one in placed:
        key = (round(one.lon or 0, 3), round(one.lat or 0, 3))
        points[key][one.event_type, precision_of(one)].append(one)
    marks = []
    for (lon, lat), kinds in points.items():
        x, y = frame.at(lon, lat)
        sizes = [_MARK + 2.6 * math.sqrt(len(rows) - 1) for rows in kinds.values()]
        left = x - sum(sizes) + sizes[0]
        for position, ((_, precision), rows) in enumerate(sorted(kinds.items())):
            marks.append(_Mark((left, y), sizes[position], tuple(rows), precision, position == 0))
            left += sizes[position] + (sizes[position + 1] if position + 1 < len(sizes) else 0)
    return sorted(marks, key=lambda one: (-one.radius, one.at))


def _draw_marks(root: Element, marks: Iterable[_Mark], numbers: Mapping[str, int]) -> None:
    """Draw the marks, largest first, each a link to its first row."""
    for one in marks:
        kind, style = style_of(one.incidents[0].event_type)
        rows = [numbers[event_id] for event_id in ids_of(one.incidents)]
        link = SubElement(root, "a", {"href": f"#incident-{rows[0]}", "data-rows": " ".join(ids_of(one.incidents))})
        place = one.incidents[0].location or "Place not named"
        SubElement(link, "title").text = f"{place}: {plural(len(rows), 'row')} {listed([str(row) for row in rows])}"
        if styles()["precision_marks"][one.precision]["ring"]:
            SubElement(link, "path", {"class": f"ring {kind}", "d": mark("circle", one.at, one.radius + 4)})
        css = f"mark {one.precision} {kind}"
        SubElement(link, "path", {"class": css, "d": mark(style["shape"], one.at, one.radius)})
        if len(rows) > 1:
            label(link, (one.at[0] + one.radius * 0.7, one.at[1] - one.radius * 0.55), str(len(rows)), "tally")


def _label_marks(root: Element, marks: Sequence[_Mark], labels: _Labels) -> None:
    """Name the places of the incidents, those with most incidents first, as far as there is room."""
    for one in marks:
        place = plain(one.incidents[0].location)
        if one.is_first and place and one.precision in {"exact", "near"}:
            _label_beside(root, one.box, place, "place", labels)


def _label_beside(root: Element, box: Box, text: str, css: str, labels: _Labels) -> bool:
    """Write a text to the right of a box, or to its left, if there is room."""
    size = 12.0
    x0, y0, x1, y1 = box
    middle, width = (y0 + y1) / 2, text_width(text, size)
    for left, anchor in ((x1 + 3, "start"), (x0 - 3 - width, "end")):
        if labels.take((left, middle - size / 2, left + width, middle + size / 2)):
            at = (left if anchor == "start" else left + width, middle + 4)
            label(root, at, text, css, **{"text-anchor": anchor})
            return True
    return False


def _label_countries(root: Element, frame: Frame, labels: _Labels) -> None:
    """Write the names of countries on what shows of them, if that is wide enough."""
    for name, shape in _seen("countries", frame):
        seen = frame.cut(shape)
        width = text_width(name, 13) * 1.2
        if seen.is_empty or seen.area < width * 40:
            continue
        at = seen.representative_point()
        if labels.take((at.x - width / 2, at.y - 8, at.x + width / 2, at.y + 8)):
            label(root, (at.x, at.y + 4), name, "country")


def _label_towns(root: Element, frame: Frame, labels: _Labels) -> None:
    """Write the largest towns that there is room for."""
    written: list[Point] = []
    for name, lon, lat, _ in sorted(_basemap()["places"], key=lambda row: (-row[3], row[0])):
        x, y = frame.at(lon, lat)
        if len(written) == _TOWN_LABELS:
            return
        if not (0 < x < WIDTH and 8 < y < frame.height - 8):
            continue
        if any(abs(x - a) < _APART and abs(y - b) < _APART for a, b in written):
            continue
        if _label_beside(root, (x - 2, y - 2, x + 2, y + 2), name, "town", labels):
            SubElement(root, "circle", {"class": "town-dot", "cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "1.8"})
            written.append((x, y))
