"""Given coordinates, read and held against the place that is named beside them: each disagreement is a flag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

import shapely

from gazetteer import Gazetteer
from gazetteer.models import Place, is_country
from gazetteer.sphere import distance_km
from gazetteer.surroundings import Area, outside_km
from pipeline.ingest.limits import shown
from pipeline.ingest.tabular import TableRow
from pipeline.models import Flag
from pipeline.rows.places import Named

COUNTRY_KM, PROVINCE_KM = 25.0, 15.0  # borders of maps and of tables differ by less
FAR_KM = 25.0  # from the named place
AT_KM = 10.0  # from the named place: the coordinates are its own
CENTROID_KM = 2.0
_DECIMAL_COMMA = re.compile(r"-?\d{1,3},\d+")
_COUNTRY, _PROVINCE = 0, 1  # levels of areas
COARSE = 3  # UCDP's where_prec from which a point only stands for an area
_SEA = 7


@dataclass(frozen=True, slots=True)
class Point:
    """Coordinates as a row gives them.

    Parameters
    ----------
    lat, lon : float or None
        Degrees; None where nothing that could be a point is given.
    is_usable : bool
        Whether an event can be put there.
    decimals : int
        Of the less precise of the two.
    flags : tuple of Flag
    """

    lat: float | None = None
    lon: float | None = None
    is_usable: bool = False
    decimals: int = 0
    flags: tuple[Flag, ...] = ()


def read_point(row: TableRow) -> Point:
    """Return the coordinates of a row; what cannot be a point on Earth is flagged.

    Examples
    --------
    >>> row = TableRow("", "a.csv", 2, "plain", "plain", {"latitude": "95.1", "longitude": "42.44"})
    >>> read_point(row).flags[0].code
    'out_of_range'
    """
    said = row.text("latitude"), row.text("longitude")
    if not any(said):
        return Point()
    pair = " and ".join(shown(words) or "nothing" for words in said)
    read = [_degrees(words) for words in said]
    if read[0] is None or read[1] is None:
        what = "only one coordinate is given" if not all(said) else "the coordinates are no numbers"
        return Point(flags=(Flag("not_a_number", f"{what} ({pair}): not used"),))
    lat, lon = read[0], read[1]
    if lat == 0 and lon == 0:
        return Point(
            lat, lon, flags=(Flag("null_island", "latitude 0 and longitude 0 stand for nothing known: not used"),)
        )
    if abs(lat) > 90 or abs(lon) > 180:
        turned = ", but would be exchanged" if abs(lon) <= 90 and abs(lat) <= 180 else ""
        code = "swapped" if turned else "out_of_range"
        return Point(
            lat, lon, flags=(Flag(code, f"latitude {lat:g} and longitude {lon:g} are not on Earth{turned}: not used"),)
        )
    return Point(lat, lon, is_usable=True, decimals=min(map(_decimals, said)))


def _degrees(words: str) -> float | None:
    text = words.replace(",", ".") if _DECIMAL_COMMA.fullmatch(words) else words
    try:
        found = float(text.removesuffix("°"))
    except ValueError:
        return None
    return found if isfinite(found) else None


def _decimals(words: str) -> int:
    return len(words.replace(",", ".").partition(".")[2].rstrip("0"))


def held_against(point: Point, named: Named, *, gazetteer: Gazetteer, told_prec: int | None) -> Point:
    """Return the point with the flags of what the named place and its areas say against it.

    Parameters
    ----------
    point : Point
        From :func:`read_point`.
    named : Named
    gazetteer : Gazetteer
    told_prec : int or None
        UCDP's ``where_prec`` as the table gives it: a point that is said to stand for an area is not held to be exact.
    """
    if not point.is_usable or point.lat is None or point.lon is None:
        return point
    spot = Place("", "", point.lat, point.lon, "P", "PPL")
    if swapped := _swapped(spot, named, gazetteer):
        return Point(point.lat, point.lon, flags=(swapped,))
    flags = tuple(_disagreements(spot, point, named, gazetteer, told_prec))
    return Point(point.lat, point.lon, is_usable=True, decimals=point.decimals, flags=flags)


def km_apart(point: Point, place: Place | None) -> float | None:
    """Return how far the given coordinates lie from a place."""
    if place is None or point.lat is None or point.lon is None or abs(point.lat) > 90:
        return None
    return round(distance_km(point.lat, point.lon, place.lat, place.lon), 1)


def _country(named: Named, gazetteer: Gazetteer) -> Area | None:
    """Return the country that a row names, else that of its place."""
    said = next((area for area in named.areas if area.level == _COUNTRY), None)
    if said is not None:
        return said
    nearest = named.place or named.area
    found = gazetteer.country(nearest.country) if nearest is not None and nearest.country else None
    return Area(found, found.name) if found is not None else None


def _swapped(spot: Place, named: Named, gazetteer: Gazetteer) -> Flag | None:
    """Return a flag where the point fits only with latitude and longitude exchanged."""
    if abs(spot.lon) > 90:
        return None
    turned = Place("", "", spot.lon, spot.lat, "P", "PPL")
    told = f"latitude {spot.lat:g} and longitude {spot.lon:g} look exchanged: "
    place = named.place if named.status == "resolved" else None
    if place is not None and _apart(turned, place) <= AT_KM and _apart(spot, place) > FAR_KM:
        return Flag("swapped", f"{told}the other way round they are {place.name}'s; not used")
    country = _country(named, gazetteer)
    if country is None or _outside(gazetteer, spot, country) <= COUNTRY_KM:
        return None
    if _outside(gazetteer, turned, country) > 0:
        return None
    return Flag("swapped", f"{told}the other way round they lie in {country.place.name}; not used")


def _disagreements(
    spot: Place, point: Point, named: Named, gazetteer: Gazetteer, told_prec: int | None
) -> Iterator[Flag]:
    """Yield what speaks against a point: the widest disagreement, and whether it only stands for an area."""
    fine = told_prec is None or told_prec < COARSE
    place = named.place if named.status == "resolved" and named.place is not named.area else None
    apart = _apart(spot, place) if place is not None else None
    centroid = _centroid(spot, point, named, gazetteer) if fine and (apart is None or apart > AT_KM) else None
    if centroid is not None:
        yield centroid
    where = f"latitude {spot.lat:g}, longitude {spot.lon:g}"
    country = _country(named, gazetteer)
    off = _outside(gazetteer, spot, country) if country is not None and told_prec != _SEA else 0.0
    if country is not None and off > COUNTRY_KM:
        yield Flag("wrong_country", f"{where} lies {off:,.0f} km outside {country.place.name}")
        return
    province = next((area for area in named.areas if area.level == _PROVINCE), None)
    off = _outside(gazetteer, spot, province) if province is not None and (told_prec or 0) <= 5 else 0.0
    if province is not None and off > PROVINCE_KM:
        yield Flag("wrong_province", f"{where} lies {off:,.0f} km outside {province.place.name}")
    elif place is None or apart is None or centroid is not None or not fine:
        return
    elif apart > FAR_KM and not _holds(gazetteer, spot, place):
        told = (
            f"{where} lies {apart:,.0f} km from {place.name} as the gazetteer has it ({place.lat:.3f}, {place.lon:.3f})"
        )
        yield Flag("far_from_place", told)


def _centroid(spot: Place, point: Point, named: Named, gazetteer: Gazetteer) -> Flag | None:
    """Return a flag where a point is the middle of a country or province, given as if it were a place."""
    country = _country(named, gazetteer)
    province = next((area for area in named.areas if area.level == _PROVINCE), None)
    for code, area in (("country_centroid", country), ("province_centroid", province)):
        if area is not None and named.place is not None and area.place.place_id == named.place.place_id:
            continue  # the row says no more than the area
        if area is not None and any(_apart(spot, middle) <= CENTROID_KM for middle in _middles(gazetteer, area.place)):
            told = f"latitude {spot.lat:g}, longitude {spot.lon:g} is the middle of {area.place.name}"
            return Flag(code, f"{told}: coded no finer than that")
    if point.decimals == 0:
        return Flag(
            "rounded", f"latitude {spot.lat:g}, longitude {spot.lon:g} is given in whole degrees: up to 80 km off"
        )
    return None


def _middles(gazetteer: Gazetteer, area: Place) -> Iterator[Place]:
    """Yield the points that stand for an area: the gazetteer's and that of its outline; both also in whole degrees."""
    yield area
    outline = gazetteer.polygon(area.place_id)
    if outline is not None:
        yield Place("", "", outline.centroid.y, outline.centroid.x, "P", "PPL")
    if is_country(area):
        yield Place("", "", round(area.lat), round(area.lon), "P", "PPL")


def _holds(gazetteer: Gazetteer, spot: Place, place: Place) -> bool:
    """Whether a place has an outline that a point lies in."""
    outline = gazetteer.polygon(place.place_id) if place.feature_class != "P" else None
    return outline is not None and bool(shapely.contains_xy(outline, spot.lon, spot.lat))


def _apart(one: Place, other: Place) -> float:
    return distance_km(one.lat, one.lon, other.lat, other.lon)


def _outside(gazetteer: Gazetteer, spot: Place, area: Area) -> float:
    """Return how far outside a drawn area a point lies; 0 where its outline is not known."""
    return outside_km(gazetteer, spot, area) if gazetteer.is_drawn(area.place.place_id) else 0.0
