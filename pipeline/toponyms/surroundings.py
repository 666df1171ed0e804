"""The words between names: which areas are said to hold a place, and which relations bind it to another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from gazetteer.models import Place
from gazetteer.sphere import distance_km
from pipeline.models import Mention, SpatialRelation
from pipeline.toponyms.cues import feature_noun_before, load_cues
from pipeline.toponyms.geodesy import angle_between, bearing_deg
from pipeline.toponyms.neighbours import distances_km
from pipeline.toponyms.readings import (
    HOLDS_BOX,
    HOLDS_CIRCLE,
    HOLDS_COUNTRY,
    HOLDS_NOTHING,
    HOLDS_PROVINCE,
    Flags,
    Floats,
    Readings,
)

BETWEEN_PLACE_AND_RELATION = re.compile(
    r"(?:\s+(?:air\s?base|military base|base|camp|airport|airfield|town|city|village|district|province|governorate"
    r"|area|region))?\s*,?\s*(?:\([^)]*\)\s*)?(?:(?:which is|which lies|that lies|located|situated|some|about|around"
    r"|roughly|approximately|just|lying|a (?:town|city|village|district))\s*,?\s*)*",
    re.IGNORECASE,
)
CONTAINED = re.compile(r"\s*(?:,|\()\s*(?:in\s+)?(?:the\s+)?(?:[a-z]+\s+){0,2}", re.IGNORECASE)
CONTAINED_IN = re.compile(r"(?:\s+\w+){0,3}?\s+in\s+(?:the\s+)?(?:[a-z]+\s+){0,2}")
POSSESSIVE = re.compile(r"(?:'s|’s)\s+(?:[a-z-]+\s+){0,3}")
NEAR_CONTAINER = 40  # characters that may stand between a place and the area said to hold it
ABROAD = frozenset({"S.INSM", "S.EMB"})  # kinds of place that a state has in other countries
CHAIN = 2  # areas after a name: "Hit, Anbar, Iraq"


class Bonds(NamedTuple):
    """What the words bind a mention to, by the numbers of the other mentions.

    ``inside`` are areas said to hold it, the next one counting only if the one before is an area; ``owner`` an area
    before it ("|Oman|'s Wadi al-Kabir"); ``anchor`` the place of a relation that says where this one lies.
    """

    inside: tuple[int, ...] = ()
    owner: int | None = None
    anchor: int | None = None

    def moved(self, by: int) -> Bonds:
        """Return the bonds where all mentions stand so many later."""
        if not by or self == _FREE:
            return self
        owner, anchor = (None if number is None else number + by for number in (self.owner, self.anchor))
        return Bonds(tuple(number + by for number in self.inside), owner, anchor)


_FREE = Bonds()


def bonds_of(text: str, mentions: Sequence[Mention]) -> list[Bonds]:
    """Return what the words between the names of a report bind each of them to."""
    return [
        Bonds(tuple(_areas_after(text, mentions, i)), _owner(text, mentions, i), _anchor(text, mentions, i))
        for i in range(len(mentions))
    ]


def _areas_after(text: str, mentions: Sequence[Mention], i: int) -> Iterator[int]:
    """Yield the areas said to hold mention ``i``: "Prague, |Oklahoma|", "Hit in |Anbar|"."""
    for j in range(i + 1, min(i + 1 + CHAIN, len(mentions))):
        gap = text[mentions[j - 1].end : mentions[j].start]
        if len(gap) >= NEAR_CONTAINER or mentions[j].kind == "demonym" or mentions[j].relation is not None:
            return
        if not (j == i + 1 and CONTAINED_IN.fullmatch(gap)) and not CONTAINED.fullmatch(gap):
            return
        yield j


def _owner(text: str, mentions: Sequence[Mention], i: int) -> int | None:
    """Return the area before a name that holds it: "|Oman|'s Wadi al-Kabir", "the |Syrian| town of Hajin"."""
    if not i or mentions[i].start - mentions[i - 1].end >= NEAR_CONTAINER:
        return None
    gap = text[mentions[i - 1].end : mentions[i].start]
    owns = POSSESSIVE.fullmatch(gap) or (mentions[i - 1].kind == "demonym" and qualifies(gap))
    return i - 1 if owns else None


def qualifies(gap: str) -> bool:
    """Whether the words between make a demonym the country of the name after: "Syrian |town of| Hajin".

    Armies and embassies stand abroad too: an "American |base at| Harir" may lie anywhere.
    """
    found = feature_noun_before(gap, len(gap)) if gap.strip() else None
    if found is None or load_cues().feature_nouns.get(found[0], frozenset()) & ABROAD:
        return False
    return re.fullmatch(r"\s+(?:[a-z-]+\s+){0,2}", gap[: found[1]]) is not None


def _anchor(text: str, mentions: Sequence[Mention], i: int) -> int | None:
    if i + 1 >= len(mentions):
        return None
    relation = mentions[i + 1].relation
    bound = relation is not None and is_anchoring(relation) and binds(text, mentions[i], relation)
    return i + 1 if bound else None


def is_anchoring(relation: SpatialRelation) -> bool:
    """Whether a relation can say where the place named before it lies."""
    return relation.kind in {"direction", "near"}


def binds(text: str, mention: Mention, relation: SpatialRelation) -> bool:
    """Whether the relation's words follow a named place at once, so that they say where that place is."""
    gap = text[mention.end : relation.start]
    return len(gap) < 60 and BETWEEN_PLACE_AND_RELATION.fullmatch(gap) is not None


def held(inner: Readings, outer: Readings, shares: Floats) -> Floats:
    """Return -0.5 to 1 for each reading of ``inner``: whether what ``outer`` means, by its shares, holds it."""
    places, *_, holds = outer.codes
    areas = np.flatnonzero((holds != HOLDS_NOTHING) & (shares > 0))
    weight = shares[areas] / max(float(shares[areas].sum()), 1e-9)
    inside = within(inner, outer)[:, areas]
    same = inner.codes[0, :, None] == places[areas]
    found: Floats = (np.where(same, 0.0, np.where(inside, 1.0, -0.5)) * weight).sum(axis=1)
    return found


@lru_cache(maxsize=1_000)  # each keeps the readings of both names, 8 kB of a name
def within(inner: Readings, outer: Readings) -> Flags:
    """Return (inner, outer): whether a place lies in an area, by its codes or, for what has none, by coordinates.

    Kept for the next pass, and for the next report that names the two together.
    """
    place, country, province, *_ = inner.codes[:, :, None]
    area, of_country, _, _, kind = outer.codes
    lats, lons, *_ = inner.spots
    to_lats, to_lons, _, _, radius, west, south, east, north = outer.spots
    lat, lon = np.degrees(lats)[:, None], np.degrees(lons)[:, None]
    by_country = (country == of_country) & (of_country > 0)
    by_province = province == area
    by_box = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
    near = distances_km(lats, lons, to_lats, to_lons) <= radius
    found: Flags = np.select(
        [kind == HOLDS_COUNTRY, kind == HOLDS_PROVINCE, kind == HOLDS_BOX, kind == HOLDS_CIRCLE],
        [by_country, by_province, by_box, near],
        default=False,
    ) & (place != area)
    return found


def relation_fit(place: Place, anchor: Place, relation: SpatialRelation) -> float:
    """Return -1 to 1: how well a place stands to the anchor as the words say."""
    km = distance_km(anchor.lat, anchor.lon, place.lat, place.lon)
    fit = 1.0 if km <= 200 else -1.0
    if relation.distance_km:
        fit = 1.0 - min(2.0, abs(km - relation.distance_km) / max(10.0, 0.4 * relation.distance_km))
    if relation.bearing is not None and km > 2:
        off = angle_between(relation.bearing, bearing_deg(anchor.lat, anchor.lon, place.lat, place.lon))
        fit = min(fit, 1.0 if off <= 60 else 0.2 if off <= 90 else -1.0)
    return fit


def is_within(place: Place, container: Place) -> bool:
    """Whether a place lies in a country, province or box, by its codes or, for what has none, by coordinates."""
    if place.place_id == container.place_id:
        return False
    if container.feature_code.startswith("PCL"):
        return place.country == container.country != ""
    if container.feature_code == "ADM1":
        return place.admin1_id == container.place_id
    if container.bbox is not None:
        west, south, east, north = container.bbox
        return west <= place.lon <= east and south <= place.lat <= north
    if container.feature_class == "P" and place.feature_class not in {"S", "R"} and place.feature_code != "PPLX":
        return False  # a town holds its sites and quarters, not the next town
    near = max(container.uncertainty_m / 1000.0, 30.0)
    return distance_km(place.lat, place.lon, container.lat, container.lon) <= near
