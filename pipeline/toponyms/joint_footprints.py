"""Footprints that hang on more than one place: borders, "between Hit and Haditha", "the road from Homs to Hama"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import shapely
from shapely.geometry import MultiPoint
from shapely.geometry.base import BaseGeometry

from gazetteer.index import Gazetteer
from gazetteer.models import Place, is_country
from pipeline.models import Footprint, Mention, Reason, Resolution, SpatialRelation
from pipeline.toponyms.anchors import ANCHOR
from pipeline.toponyms.borders import Border, border_of
from pipeline.toponyms.footprints import SECTOR, SPREAD, footprint_in, place_footprint, related_footprint
from pipeline.toponyms.geodesy import buffered, corridor, distance_km, unwrapped, waypoint
from pipeline.toponyms.parts import main_parts

STRIP_KM = 15.0  # to each side of a border
FARTHEST_FROM_BORDER_KM = 200.0
CORNER_KM = 30.0  # around the point where three countries meet
FARTHEST_KM = {"between": 400.0, "midway": 600.0, "road": 1500.0}
WIDTHS = {"between": 0.1, "midway": 0.1, "road": 0.15}  # of the distance, to each side; a road winds
NARROWEST_KM, WIDEST_KM = 3.0, 20.0
MIDDLE = 0.5  # of the way, which "halfway between" keeps to
BESIDE_CHARS = 20  # ", located some "
NEIGHBOURING_DEG = 0.05
PROVINCE = 4  # UCDP where_prec from which an area is wide
ABOUT_LAND = re.compile(
    r"(?:just\s+)?(?:(?:in\s+and|the\s+areas?)\s+)?(?:around|outside|in\s+the\s+direction)\b", re.IGNORECASE
)


def relate(text: str, resolutions: Sequence[Resolution], gazetteer: Gazetteer) -> tuple[Resolution, ...]:
    """Return the resolutions with footprints where a relation hangs on several of them, or on a border.

    Parameters
    ----------
    text : str
        Of the report.
    resolutions : sequence of Resolution
        Of all its mentions, ascending.
    gazetteer : Gazetteer
    """
    freed = [_freed(text, resolution, resolutions[:i], gazetteer) for i, resolution in enumerate(resolutions)]
    related = [_related(resolution, freed, gazetteer) for resolution in freed]
    dropped = [was.mention.relation for was, now in zip(freed, related, strict=True) if now.mention.relation is None]
    spans = [(relation.start, relation.end) for relation in dropped if relation is not None]
    return tuple(_no_anchor(r) if _is_inside(r.mention, spans) else r for r in related)


def _is_inside(mention: Mention, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= mention.start and mention.end <= end for start, end in spans)


def _no_anchor(resolution: Resolution) -> Resolution:
    mention = resolution.mention
    return replace(resolution, mention=replace(mention, cues=tuple(cue for cue in mention.cues if cue != ANCHOR)))


def _freed(text: str, resolution: Resolution, before: Sequence[Resolution], gazetteer: Gazetteer) -> Resolution:
    """Let a relation stand by itself where it follows a wide area: "in Iraq |near the Syrian border|"."""
    mention, place = resolution.mention, resolution.place
    relation = mention.relation
    if relation is None or ANCHOR not in mention.cues:
        return resolution
    area = next((o for o in reversed(before) if o.mention.end <= relation.start), None)
    if area is None or not (_is_unknown_beside(area, relation.start) or (area.where_prec or 0) >= PROVINCE):
        return resolution
    if area.place is not None and not is_country(area.place) and "," in text[area.mention.end : relation.start]:
        return resolution  # "Anbar, west of Baghdad" says where Anbar lies
    free = _no_anchor(resolution)
    if place is None or relation.other_anchors or relation.kind == "border":
        return free
    footprint, geo, where, method = place_footprint(free.mention, place, gazetteer)
    return replace(free, footprint=footprint, geo_precision=geo, where_prec=where, method=method)


def _is_unknown_beside(before: Resolution, start: int) -> bool:
    """Whether a relation only says where a name lies that no gazetteer has: "in X, |50 km north of| Beni"."""
    named = before.place is None and before.mention.kind == "toponym"
    return named and start - before.mention.end <= BESIDE_CHARS


def _related(resolution: Resolution, others: Sequence[Resolution], gazetteer: Gazetteer) -> Resolution:
    mention, place = resolution.mention, resolution.place
    relation = mention.relation
    if mention.kind == "descriptive":
        return _border(resolution, border_of(mention.text, gazetteer), others, gazetteer)
    if relation is None or place is None:
        return resolution
    if relation.other_anchors:
        return _joint(resolution, place, relation, others, gazetteer)
    if is_country(place) and (relation.kind == "border" or _is_by_its_border(relation)):
        return _border(resolution, Border((place,)), others, gazetteer)
    return resolution


def _is_by_its_border(relation: SpatialRelation) -> bool:
    """Whether what is near a country lies at its border, and not in it: "|close to| Mali"."""
    return relation.kind == "near" and ABOUT_LAND.match(relation.text) is None


def _border(
    resolution: Resolution, border: Border | None, others: Sequence[Resolution], gazetteer: Gazetteer
) -> Resolution:
    """Return the strip along a border; its place is the side said or told of, else the one named first."""
    if border is not None and len(border.countries) == 1:
        border = _with_other_side(border, resolution, others, gazetteer)
    relation = resolution.mention.relation
    half_width = _half_width_km(relation) if relation is not None else STRIP_KM
    strip = border_footprint(border, gazetteer, half_width) if border is not None and half_width else None
    if border is None or strip is None:
        why = Reason("no border", 0.0, "no such border in the gazetteer's polygons, or none within reach of the words")
        return resolution if resolution.place else replace(resolution, reasons=(why,))
    geo, where = SECTOR
    return replace(
        resolution,
        status="resolved",
        place=border.side or border.countries[0],
        score=resolution.score or 1.0,
        reasons=(*resolution.reasons, Reason("border", 1.0, _said_of(border, half_width))),
        footprint=strip,
        geo_precision=geo,
        where_prec=where,
        method="relative",
    )


def _said_of(border: Border, half_width_km: float) -> str:
    """Return in words what was drawn of a border."""
    names = " and ".join(place.name for place in border.countries)
    if len(border.countries) == 1:
        return f"the rim of {names}: the report does not say which of its borders"
    if len(border.countries) > 2:
        return f"where {names} meet: about {CORNER_KM:.0f} km around"
    side = f", on the side of {border.side.name}" if border.side else ""
    return f"the border of {names}{side}: a strip of about {half_width_km:.0f} km to each side"


def _half_width_km(relation: SpatialRelation) -> float:
    """Return how far a strip reaches from its border: as far as said and somewhat more; 0 where that is no strip."""
    km = relation.distance_km or 0.0
    if km > FARTHEST_FROM_BORDER_KM:
        return 0.0  # "1,800 km from Israel's border"
    return max(NARROWEST_KM, km * (1.0 + SPREAD)) if km else STRIP_KM


def _with_other_side(
    border: Border, resolution: Resolution, others: Sequence[Resolution], gazetteer: Gazetteer
) -> Border:
    """Return a border with the neighbour that the report speaks of nearest to the words.

    Where that is by a place ("in Anbar, near the |Syrian| border"), the neighbour's side is meant.
    """
    at, named = resolution.mention.start, border.countries[0]
    near = sorted(others, key=lambda o: (o.mention.kind == "demonym", abs(o.mention.start - at)))
    apart = (o for o in near if not _are_listed(o.mention.relation, resolution.mention.relation))
    told = [o for o in apart if o.place is not None and o.place.country not in {"", named.country}]
    for other in told:
        country = gazetteer.country(other.place.country) if other.place else None
        if country is not None and border_line(named, country, gazetteer) is not None:
            side = border.side or (country if other.mention.kind != "demonym" else None)
            return Border((named, country), side)
    return border


def _are_listed(one: SpatialRelation | None, other: SpatialRelation | None) -> bool:
    """Whether the same words lead to both: "close to A and B"."""
    return one is not None and other is not None and one.start == other.start


def border_line(one: Place, other: Place, gazetteer: Gazetteer) -> BaseGeometry | None:
    """Return the line that two areas share, or where they all but touch; None where they do not."""
    first, second = (gazetteer.polygon(place.place_id) for place in (one, other))
    if first is None or second is None:
        return None
    first, second = (_reached(area, by) for area, by in ((first, second), (second, first)))
    if first.is_empty or second.is_empty or not shapely.dwithin(first, second, NEIGHBOURING_DEG):
        return None
    line = first.intersection(second)
    return line if not line.is_empty else first.boundary.intersection(second.buffer(NEIGHBOURING_DEG))


def _reached(area: BaseGeometry, by: BaseGeometry) -> BaseGeometry:
    """Return what of an area lies about where another one is: drawing around a whole continent takes long."""
    west, south, east, north = by.bounds
    near = 2 * NEIGHBOURING_DEG
    return area.intersection(shapely.box(west - near, south - near, east + near, north + near))


def border_footprint(border: Border, gazetteer: Gazetteer, half_width_km: float = STRIP_KM) -> Footprint | None:
    """Return the strip along a border, to each side; the rim of a country whose neighbour is not said."""
    one = border.countries[0]
    if len(border.countries) == 1:
        rim = related_footprint(one, SpatialRelation("inside", "", 0, 0, distance_km=half_width_km), gazetteer)
        return rim[0] if rim[0].geometry is not None else None
    lines = [border_line(*pair, gazetteer) for pair in combinations(border.countries, 2)]
    wide = half_width_km if len(lines) == 1 else CORNER_KM
    strips = [buffered(line, wide) for line in lines if line is not None]
    if len(strips) < len(lines):
        return None
    shape: BaseGeometry | None = shapely.intersection_all(strips)
    land = gazetteer.polygon(border.side.place_id) if border.side else None
    if shape is not None and land is not None:
        shape = shape.intersection(land)
    shape = main_parts(shape) if shape is not None else None
    return footprint_in(shape, shape.centroid.y, shape.centroid.x) if shape is not None else None


def _joint(
    resolution: Resolution, place: Place, relation: SpatialRelation, others: Sequence[Resolution], gazetteer: Gazetteer
) -> Resolution:
    """Return what lies between the anchors of a relation; it is dropped where they are no ends of a stretch."""
    inside = [o for o in others if relation.start <= o.mention.start and o.mention.end <= relation.end]
    anchors = [o.place for o in inside if o.place is not None and o.mention.kind not in {"demonym", "descriptive"}]
    if len(anchors) < 1 + len(relation.other_anchors):
        why = f"“{relation.text}”: not every place named there is known, so it is taken as near {place.name}"
        footprint, *codes = related_footprint(place, replace(relation, kind="near"), gazetteer)
        return _placed(resolution, footprint, (codes[0], codes[1]), why)
    shape = _ground_between(relation.kind, anchors, gazetteer)
    if shape is None:
        return replace(resolution, mention=replace(resolution.mention, relation=None))
    middle = waypoint(anchors[0].lat, anchors[0].lon, anchors[-1].lat, anchors[-1].lon, MIDDLE)
    return _placed(resolution, footprint_in(shape, *middle), SECTOR, _said(relation, anchors))


def _placed(resolution: Resolution, footprint: Footprint, codes: tuple[int, int], why: str) -> Resolution:
    reasons = (*resolution.reasons, Reason("relation", 0.0, why))
    geo, where = codes
    return replace(
        resolution, footprint=footprint, geo_precision=geo, where_prec=where, method="relative", reasons=reasons
    )


def _ground_between(kind: str, anchors: Sequence[Place], gazetteer: Gazetteer) -> BaseGeometry | None:
    """Return the corridor, the border strip or the ground among several places; None where they are no such ends."""
    if any(is_country(a) for a in anchors) or len({a.place_id for a in anchors}) < len(anchors):
        return None
    one, other = anchors[0], anchors[-1]
    if kind == "border" or (kind == "between" and all(a.feature_class == "A" for a in anchors)):
        line = border_line(_area_of(one, gazetteer), _area_of(other, gazetteer), gazetteer)
        if line is not None:
            return main_parts(buffered(line, STRIP_KM))
    km = max(distance_km(a.lat, a.lon, b.lat, b.lon) for a, b in combinations(anchors, 2))
    if km > FARTHEST_KM.get(kind, 0.0) or km < 1.0:
        return None
    half_width = min(WIDEST_KM, max(NARROWEST_KM, WIDTHS[kind] * km))
    if len(anchors) > 2:
        points = unwrapped([(a.lat, a.lon) for a in anchors], one.lon)
        return buffered(MultiPoint(points).convex_hull, half_width)
    if kind == "midway":
        start = waypoint(one.lat, one.lon, other.lat, other.lon, 0.35)
        end = waypoint(one.lat, one.lon, other.lat, other.lon, 0.65)
        return corridor(*start, *end, half_width)
    return corridor(one.lat, one.lon, other.lat, other.lon, half_width)


def _area_of(place: Place, gazetteer: Gazetteer) -> Place:
    """Return the province that a border's side is in: only areas have borders."""
    return gazetteer.place(place.admin1_id) if place.feature_class == "P" and place.admin1_id else place


def _said(relation: SpatialRelation, anchors: Sequence[Place]) -> str:
    """Return in words what was drawn."""
    names = f"{', '.join(a.name for a in anchors[:-1])} and {anchors[-1].name}"
    km = round(distance_km(anchors[0].lat, anchors[0].lon, anchors[-1].lat, anchors[-1].lon))
    what = {
        "road": f"a strip along the straight line between {names}, {km} km; the road itself is not known",
        "border": f"a strip of about {STRIP_KM:.0f} km to each side of the border of {names}",
        "midway": f"the middle of the way between {names}, {km} km apart",
    }.get(relation.kind, f"the ground between {names}, {km} km apart")
    return f"“{relation.text}”: {what}"
