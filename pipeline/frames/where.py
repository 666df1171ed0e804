"""Where an event is put: its point, its area, and the columns that say how precise that is and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from shapely.geometry import MultiPolygon, Point

from gazetteer.models import Place
from pipeline.codes import area_kind
from pipeline.frames.atlas import Places
from pipeline.frames.shapes import geodesic_circle, rfc7946_polygon
from pipeline.models import CORRECTION, Alternative, Event, Footprint, Placement, Reason, Resolution

__all__ = [
    "alternatives_json",
    "area_kind_of",
    "corrections_of",
    "event_point",
    "event_shape",
    "location_of",
    "mention_point",
    "place_words",
    "reasons_json",
    "resolution_shape",
    "uncertainty_of",
    "where_columns",
]

_ADMIN_CODES: Mapping[str, str] = {"admin1": "ADM1", "admin2": "ADM2", "admin3": "ADM3"}
_SECTOR = 5  # where_prec of a sector, border, road or region
_ABOUT: frozenset[str] = frozenset({"near", "outskirts"})  # kinds of relation that name the town they are about
_EDGE_DEG = 0.02  # a province's edge is no sharper drawn than this
_REASONS_OF_OTHERS = 3
_IMPRECISE = 3  # where_prec from which a polygon of the place says more than a circle


def where_columns(event: Event, *, places: Places) -> dict[str, object]:
    """Return the columns of where, and ``geometry``; all empty but the words where the event could not be placed."""
    placement, point = event.placement, event_point(event)
    resolution = placement.resolution
    if point is not None:
        places.refuse_swapped(f"layer events, event_id {event.event_id}", point, _iso2(event))
    placed = point is not None
    return {
        **_place_columns(event, places=places),
        "latitude": point.y if point else None,
        "longitude": point.x if point else None,
        "geo_precision": placement.geo_precision if placed else None,
        "where_prec": placement.where_prec if placed else None,
        "where_description": placement.description,
        "uncertainty_m": uncertainty_of(event) if placed else None,
        "geo_method": (placement.method or "") if placed else "",
        "geo_score": resolution.score if resolution and placed else None,
        "geo_reasons": reasons_json(resolution.reasons if resolution else (), placement.reasons),
        "geo_alternatives": alternatives_json(resolution.alternatives if resolution else (), why=True),
        **_given_columns(placement),
        **_relation_columns(placement),
        "geometry": point,
    }


def _given_columns(placement: Placement) -> dict[str, object]:
    """Return how coordinates that a table gave stand to the place it names; empty where none were given."""
    given, place = placement.given, _place_of(placement)
    known = place if given is not None and place is not None and place.place_id else None
    return {
        "place_latitude": known.lat if known else None,
        "place_longitude": known.lon if known else None,
        "place_km": given.km if given else None,
        "geo_flags": ";".join(flag.code for flag in given.flags) if given else "",
    }


def event_point(event: Event) -> Point | None:
    """Return the point of an event, (lon, lat); None where it was not placed."""
    placement = event.placement
    if placement.geo_precision is None:
        return None
    return _point(placement.footprint, _place_of(placement))


def mention_point(resolution: Resolution) -> Point | None:
    """Return the point of a resolved mention; None for any other."""
    return _point(resolution.footprint, resolution.place) if resolution.status == "resolved" else None


def event_shape(event: Event, point: Point, *, places: Places) -> MultiPolygon | None:
    """Return the area an event lies in: its footprint, else its place's polygon, else the circle of its uncertainty."""
    placement, radius = event.placement, uncertainty_of(event)
    shape = _footprint_shape(placement.footprint)
    place = _place_of(placement)
    if shape is None and place and not _is_relative(event) and (placement.where_prec or 0) >= _IMPRECISE:
        shape = places.shape(place.place_id)
    if shape is None and radius:
        shape = geodesic_circle(point.y, point.x, radius)
    return shape


def resolution_shape(resolution: Resolution, *, places: Places) -> MultiPolygon | None:
    """Return the area that a resolved mention stands for, or None."""
    shape = _footprint_shape(resolution.footprint)
    if shape is None and resolution.place:
        shape = places.shape(resolution.place.place_id)
    if shape is None and resolution.footprint and resolution.footprint.uncertainty_m:
        footprint = resolution.footprint
        shape = geodesic_circle(footprint.lat, footprint.lon, footprint.uncertainty_m)
    return shape


def area_kind_of(event: Event) -> str:
    """Return what kind of area an event's is; a vague region is told from a sector by its place."""
    place = _place_of(event.placement)
    if event.placement.where_prec == _SECTOR and not _is_relative(event) and place and place.feature_class == "L":
        return "region"
    return area_kind(event.placement.where_prec or 1)


def uncertainty_of(event: Event) -> float | None:
    """Return the radius in metres within which an event lies."""
    place = _place_of(event.placement)
    if event.placement.footprint:
        return event.placement.footprint.uncertainty_m
    return place.uncertainty_m if place else None


def location_of(event: Event) -> str:
    """Return what the place is called; beside its anchor the words, as the anchor's name would be too precise."""
    place, relation = _place_of(event.placement), event.placement.relation
    if relation and (place is None or _is_relative(event)):
        return relation.text
    return place.name if place else ""


def place_words(event: Event) -> tuple[int, int] | None:
    """Return the offsets of the place words, where they stand in the document of the source sentence."""
    resolution = event.placement.resolution
    if resolution is None or not event.sources or resolution.mention.doc_id != event.sources[0].doc_id:
        return None
    return resolution.mention.start, resolution.mention.end


def corrections_of(event: Event) -> tuple[str, ...]:
    """Return what an analyst set of an event, its place first."""
    resolution = event.placement.resolution
    told = (r.text for r in resolution.reasons if r.feature == CORRECTION) if resolution else ()
    return (*told, *event.corrections)


def reasons_json(reasons: Iterable[Reason], sentences: Iterable[str] = ()) -> str:
    """Return reasons as JSON text: a list of {feature, contribution, text}."""
    rows = [{"feature": r.feature, "contribution": round(r.contribution, 4), "text": r.text} for r in reasons]
    rows += [{"feature": "placement", "contribution": 0.0, "text": sentence} for sentence in sentences]
    return json.dumps(rows, ensure_ascii=False, allow_nan=False)


def alternatives_json(alternatives: Iterable[Alternative], *, why: bool = False) -> str:
    """Return runners-up as JSON text: a list of {place_id, name, admin1, country, lat, lon, score}; why if asked."""
    rows = [
        {
            "place_id": alternative.place.place_id,
            "name": alternative.place.name,
            "admin1": alternative.place.admin1,
            "country": alternative.place.country,
            "lat": round(alternative.place.lat, 6),
            "lon": round(alternative.place.lon, 6),
            "score": round(alternative.score, 4),
            **({"why": _strongest(alternative.reasons)} if why else {}),
        }
        for alternative in alternatives
    ]
    return json.dumps(rows, ensure_ascii=False, allow_nan=False)


def _strongest(reasons: Iterable[Reason]) -> list[str]:
    """Return what spoke loudest for and against a place, in words."""
    loudest = sorted(reasons, key=lambda reason: -abs(reason.contribution))
    return [reason.text for reason in loudest[:_REASONS_OF_OTHERS]]


def _place_columns(event: Event, *, places: Places) -> dict[str, object]:
    """Return the names of the place and of what it lies in; beside it only what holds all of the footprint."""
    place, iso2 = _place_of(event.placement), _iso2(event)
    country = places.country(iso2)
    inside = place is not None and not _is_relative(event)
    known = _ADMIN_CODES if inside else ["admin1"] if _is_in_province(event, places=places) else []
    admin = {column: _admin(place, column) if place and column in known else "" for column in _ADMIN_CODES}
    return {
        "location": location_of(event),
        **admin,
        "country": country.name if country else "",
        "iso": places.iso3(iso2),
        "place_id": place.place_id if place and inside else "",
        "place_source": place.source if place else "",
    }


def _is_in_province(event: Event, *, places: Places) -> bool:
    """Whether all of an event's footprint lies in the province of its place: "the northern countryside of Latakia"."""
    place, shape = _place_of(event.placement), _footprint_shape(event.placement.footprint)
    if place is None or shape is None:
        return False
    division = place.place_id if place.feature_code == "ADM1" else place.admin1_id
    province = places.shape(division) if division else None
    return province is not None and bool(province.buffer(_EDGE_DEG).covers(shape))


def _admin(place: Place, column: str) -> str:
    """Return a division of a place; a division is its own."""
    if place.feature_code == _ADMIN_CODES[column]:
        return place.name
    return str(getattr(place, column, ""))


def _relation_columns(placement: Placement) -> dict[str, object]:
    """Return the columns of a relative description."""
    relation = placement.relation
    return {
        "rel_anchor": "; ".join((relation.anchor_text, *relation.other_anchors)) if relation else "",
        "rel_bearing": relation.bearing if relation else None,
        "rel_dist_km": relation.distance_km if relation else None,
        "rel_text": relation.text if relation else "",
    }


def _place_of(placement: Placement) -> Place | None:
    """Return the place an event was put at, if any."""
    return placement.resolution.place if placement.resolution else None


def _iso2(event: Event) -> str:
    """Return the country of the event's place, alpha-2."""
    place = _place_of(event.placement)
    return place.country if place else ""


def _is_relative(event: Event) -> bool:
    """Whether an event lies beside its place ("west of Baghdad", "off Aden"), not at it or about it ("near Hit")."""
    relation = event.placement.relation
    if relation is None or event.placement.method != "relative":
        return False
    return relation.kind not in _ABOUT or event.placement.where_prec == _SECTOR


def _point(footprint: Footprint | None, place: Place | None) -> Point | None:
    """Return the representative point, (lon, lat)."""
    if footprint:
        return Point(footprint.lon, footprint.lat)
    return Point(place.lon, place.lat) if place else None


def _footprint_shape(footprint: Footprint | None) -> MultiPolygon | None:
    """Return the polygons of a footprint that has any."""
    if footprint is None or footprint.geometry is None:
        return None
    shape = rfc7946_polygon(footprint.geometry)
    return None if shape.is_empty else shape
