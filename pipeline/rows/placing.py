"""Where a row's event is put: at the coordinates that it gives if they can be used, else at the place named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from gazetteer import Gazetteer
from gazetteer.models import Place
from gazetteer.sphere import distance_km
from pipeline.ingest.tabular import TableRow
from pipeline.models import Alternative, Footprint, GeoMethod, Given, Mention, Placement, Reason, Resolution
from pipeline.rows.places import Named
from pipeline.rows.points import AT_KM, COARSE, FAR_KM, Point, held_against, km_apart, read_point
from pipeline.toponyms.footprints import precision_of

_COUNTRY, _SECTOR, _NEAR = 6, 5, 2
NOWHERE = Placement(None, None, None, None, None, "", None, ("the row does not say where",))


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an event is put, what its names were taken to mean, and what a reader should know of it."""

    placement: Placement
    resolutions: tuple[Resolution, ...] = ()
    notes: tuple[str, ...] = ()


def place_row(
    row: TableRow, named: Named, mentions: Sequence[Mention], *, gazetteer: Gazetteer, ignore_coordinates: bool = False
) -> Placed:
    """Return where the event of a row is put.

    Parameters
    ----------
    row : TableRow
    named : Named
        What its names mean.
    mentions : sequence of Mention
        The words of the place, and of the smallest area, in the text of the row; either may be missing.
    gazetteer : Gazetteer
    ignore_coordinates : bool
        Whether to place it by its names alone.
    """
    told, notes = told_where_prec(row)
    point = Point() if ignore_coordinates else read_point(row)
    point = held_against(point, named, gazetteer=gazetteer, told_prec=told)
    settled = _settled(named, point)
    if settled is not named:
        named, point = settled, held_against(read_point(row), settled, gazetteer=gazetteer, told_prec=told)
    flags = tuple(flag.text for flag in point.flags)
    resolutions = tuple(_resolutions(row, named, mentions))
    if point.is_usable:
        placement = _at_point(row, named, point, told, resolutions, gazetteer)
    else:
        placement = _at_place(row, named, told, resolutions)
    if point.lat is not None or point.flags:
        placement = replace(placement, given=Given(km_apart(point, named.place), point.flags))
    return Placed(placement, resolutions, (*flags, *named.notes, *notes))


def told_where_prec(row: TableRow) -> tuple[int | None, tuple[str, ...]]:
    """Return the precision that a row tells as UCDP's ``where_prec``; a code that there is not is said."""
    for name, known in (
        ("where_prec", "geo_of_where"),
        ("geo_precision", "where_of_geo"),
        ("geo_type", "where_of_gdelt"),
    ):
        said = row.text(name)
        codes: Mapping[int, int] = _table()[known]
        if said.isdecimal() and int(said) in codes:
            return (int(said) if name == "where_prec" else codes[int(said)]), ()
        if said:
            return None, (f"{name} {said!r} is no code of precision: not used",)
    return None, ()


@cache
def _table() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(
        files("pipeline.rows").joinpath("data/precision.yaml").read_text(encoding="utf-8")
    )
    return loaded


def _settled(named: Named, point: Point) -> Named:
    """Let coordinates tell which of several places is meant, or that one which is only spelled alike is not."""
    if not point.is_usable or named.place is None:
        return named
    km = km_apart(point, named.place) or 0.0
    if named.is_fuzzy and km > FAR_KM:
        told = (
            f"{named.place.name!r}, the nearest spelling known there, lies {km:,.0f} km from the coordinates: not taken"
        )
        why = (Reason("unmatched", 0.0, told), *named.reasons)
        likely = (Alternative(named.place, named.score, named.reasons), *named.alternatives)
        return replace(named, status="unmatched", place=None, score=0.0, reasons=why, alternatives=likely)
    return _told_apart(named, point) if named.status == "ambiguous" else named


def _told_apart(named: Named, point: Point) -> Named:
    """Return the one of several places that the coordinates lie at, if they lie at one."""
    if named.place is None:
        return named
    rivals = [named.place, *(other.place for other in named.alternatives)]
    at = min(rivals, key=lambda place: km_apart(point, place) or 0.0)
    km = km_apart(point, at)
    if km is None or km > AT_KM:
        return named
    score = next((other.score for other in named.alternatives if other.place is at), named.score)
    why = Reason("coordinates", 0.0, f"of the places of that name it is {km:g} km from the coordinates given")
    rest = tuple(other for other in named.alternatives if other.place is not at)
    return replace(named, status="resolved", place=at, score=score, reasons=(*named.reasons, why), alternatives=rest)


def _resolutions(row: TableRow, named: Named, mentions: Sequence[Mention]) -> list[Resolution]:
    """Return what the name of the place means, and of the area where that is all that is known."""
    if not mentions:
        return []
    if named.status == "resolved" and named.place is not None:
        return [_resolved(mentions[0], named.place, named)]
    first = Resolution(mentions[0], named.status, None, named.score, named.reasons, named.alternatives)
    area = named.area
    if area is None or len(mentions) < 2 or not row.text("place"):
        return [first]
    why = Reason("area", 0.0, f"placed no finer than {area.name}, which the row names as its area")
    return [
        first,
        _resolved(mentions[1], area, replace(named, score=1.0, reasons=(*named.reasons, why), is_fuzzy=False)),
    ]


def _resolved(mention: Mention, place: Place, named: Named) -> Resolution:
    """Return the resolution of words that mean a place."""
    geo, where, metres, method = precision_of(place)
    footprint = Footprint(place.lat, place.lon, metres)
    kind: GeoMethod = "fuzzy" if named.is_fuzzy and method == "exact" else method
    told = (named.score, named.reasons, named.alternatives)
    return Resolution(mention, "resolved", place, *told, footprint, geo, where, kind)


def _at_place(row: TableRow, named: Named, told: int | None, resolutions: Sequence[Resolution]) -> Placement:
    """Return the placement at the named place, or the area, no finer than the table says."""
    found = next((r for r in resolutions if r.place is not None), None)
    words = _words(row)
    if found is None or found.place is None or found.where_prec is None:
        why = tuple(reason.text for reason in named.reasons) or NOWHERE.reasons
        return Placement(next(iter(resolutions), None), None, None, None, None, words, None, why)
    where = max(found.where_prec, told or _near(row)) if found.where_prec != _COUNTRY else _COUNTRY
    method = found.method if where == found.where_prec else _method(where, found.method or "exact")
    metres = max(found.footprint.uncertainty_m if found.footprint else 0.0, _metres(where, found.place))
    footprint = Footprint(found.place.lat, found.place.lon, metres)
    return Placement(found, footprint, _geo(where), where, method, words, None, _why_coarser(where, found.where_prec))


def _why_coarser(where: int, own: int) -> tuple[str, ...]:
    return (f"the row says that the place is no more precise than UCDP's where_prec {where}",) if where > own else ()


def _at_point(
    row: TableRow,
    named: Named,
    point: Point,
    told: int | None,
    resolutions: Sequence[Resolution],
    gazetteer: Gazetteer,
) -> Placement:
    """Return the placement at the given coordinates, with the place that is named beside them."""
    lat, lon = point.lat or 0.0, point.lon or 0.0
    named_place = next((r for r in resolutions if r.status == "resolved" and r.mention.text == row.text("place")), None)
    where, why = _precision(row, point, told, named_place)
    found = named_place or _unnamed(row, named, point, resolutions, gazetteer)
    metres = _metres(where, found.place)
    if point.flags and found.place is not None:
        metres = max(metres, 1000.0 * distance_km(lat, lon, found.place.lat, found.place.lon))
    footprint = Footprint(lat, lon, min(round(metres, -2), _table()["most_metres"]))
    reasons = ("the coordinates are the table's", *why)
    return Placement(found, footprint, _geo(where), where, _method(where, "given"), _words(row), None, reasons)


def _precision(row: TableRow, point: Point, told: int | None, named: Resolution | None) -> tuple[int, tuple[str, ...]]:
    """Return ``where_prec`` of given coordinates: the table's, else what place and decimals allow; and why."""
    doubts = [flag.code for flag in point.flags if flag.code in _table()["at_most"]]
    if told is not None:
        coarse = max((_table()["at_most"][code] for code in doubts if code in _table()["outranks"]), default=0)
        return (coarse, ("the table's own code of precision is finer than they are",)) if coarse > told else (told, ())
    decimals: Mapping[int, int] = _table()["where_of_decimals"]
    known = [decimals.get(point.decimals, 1), _near(row), *(_table()["at_most"][code] for code in doubts)]
    if named is not None and named.where_prec is not None and not doubts and named.where_prec >= COARSE:
        known.append(named.where_prec)
    return max(known), ("the table gives no code of precision; this is what place and decimals allow",)


def _near(row: TableRow) -> int:
    """Return the where_prec that the words of a place allow at most: "near Kirkuk" is not in it."""
    return _NEAR if re.match(_table()["near_words"], row.text("place")) else 0


def _unnamed(
    row: TableRow, named: Named, point: Point, resolutions: Sequence[Resolution], gazetteer: Gazetteer
) -> Resolution:
    """Return a resolution for coordinates whose name is not known: the name as written, in the areas around it."""
    lat, lon = point.lat or 0.0, point.lon or 0.0
    area = named.area
    country, division = (None, None) if area is not None else gazetteer.admin_at(lat, lon)
    lies_in = area or division or country
    name = row.text("place") or (lies_in.name if lies_in else "")
    if not row.text("place") and area is not None and resolutions:
        return resolutions[-1]
    place = Place("", name, lat, lon, "P", "PPL", lies_in.country if lies_in else "", *_divisions(lies_in))
    mention = resolutions[0].mention if resolutions else Mention("", 0, 0, name)
    reasons = named.reasons or (
        Reason("coordinates", 0.0, "the row names no place: this is where the coordinates lie"),
    )
    return Resolution(mention, "unmatched", place, 0.0, reasons, named.alternatives)


def _divisions(lies_in: Place | None) -> tuple[str, str, str]:
    """Return admin1, its id and admin2 of a place that lies in an area."""
    if lies_in is None:
        return "", "", ""
    if lies_in.feature_code == "ADM1":
        return lies_in.name, lies_in.place_id, ""
    second = lies_in.name if lies_in.feature_code == "ADM2" else lies_in.admin2
    return lies_in.admin1, lies_in.admin1_id, second


def _geo(where: int) -> int:
    found: int = _table()["geo_of_where"][where]
    return found


def _metres(where: int, place: Place | None) -> float:
    """Return the radius of a precision; of a place or area that is known, its own where that fits."""
    least = float(_table()["metres"][where])
    if place is None or not place.place_id:
        return least
    own = precision_of(place)
    return own[2] if own[1] == where else least


def _method(where: int, fine: GeoMethod) -> GeoMethod:
    """Return how an event of a precision was placed."""
    if where == _COUNTRY:
        return "country"
    return "admin" if COARSE <= where < _SECTOR else fine


def _words(row: TableRow) -> str:
    """Return the words by which a row says where."""
    names = (row.text(name) for name in ("place", "admin3", "admin2", "admin1", "country"))
    return ", ".join(dict.fromkeys(filter(None, names)))
