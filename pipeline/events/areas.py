"""A place said to lie in an area: what does not lie there is not meant, and the area is all that is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gazetteer.models import Place
from pipeline.events.sites import Spot
from pipeline.models import Resolution
from pipeline.toponyms.geodesy import distance_km

WITHIN_KM, CITY = 100.0, 100_000  # from the middle of a province; people
STEPS = 2  # areas after a name: "Darazab area of Khakriz district, Kandahar province"
WITHIN = frozenset({"part", "inside"})  # relations of what lies in an area; others say beside what it lies
#: What stands between a place and the area that it is said to lie in.
LIES_IN = re.compile(
    r"(?:\s+(?:area|district|county|region|village|town|city|tehsil|neighbou?rhood|province|state|locality|municipality))?"
    r"\s*(?:,\s*(?:(?:located|situated|lying|which\s+lies)\s+)?(?:in\s+)?|\s+(?:in|of)\s+)(?:the\s+)?(?:[a-z]+\s+){0,2}"
)


def where_said(text: str, spots: Sequence[Spot], resolutions: Sequence[Resolution]) -> list[Spot]:
    """Return the spots, the area instead of a place that does not lie in it though it is said to."""
    ordered = sorted(resolutions, key=lambda r: r.mention.start)
    found: list[Spot] = []
    for spot in spots:
        areas = _areas_after(text, spot.resolution, ordered)
        area = next((a for a in areas if a.place is not None and _denies(spot.place, a.place)), None)
        found.append(spot if area is None else replace(spot, resolution=area))
    return found


def _areas_after(text: str, resolution: Resolution, ordered: Sequence[Resolution]) -> Iterator[Resolution]:
    """Yield the areas that a name is said to lie in, the nearest first."""
    last = resolution.mention
    after = [r for r in ordered if r.mention.start >= last.end and r.mention.kind == "toponym"]
    for area in after[:STEPS]:
        relation = area.mention.relation
        outside = relation is not None and relation.kind not in WITHIN
        if outside or not LIES_IN.fullmatch(text, last.end, area.mention.start):
            return
        yield area
        last = area.mention


def _denies(place: Place | None, area: Place) -> bool:
    """Whether a place lies outside a country or province by its codes."""
    if place is None or not place.country or not area.country or place.place_id == area.place_id:
        return False
    if area.feature_code.startswith("PCL"):
        return place.country != area.country
    elsewhere = place.country != area.country or place.admin1_id not in {"", area.place_id}
    return area.feature_code == "ADM1" and elsewhere and not _is_city_within(place, area)


def _is_city_within(place: Place, area: Place) -> bool:
    """Whether a city that is a province of its own lies in the midst of another: "Sevastopol, |Crimea|"."""
    near = distance_km(place.lat, place.lon, area.lat, area.lon) <= WITHIN_KM
    return place.country == area.country and place.population >= CITY and near
