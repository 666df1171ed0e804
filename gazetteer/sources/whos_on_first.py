"""Who's On First: the tar.gz of a country's repository, a GeoJSON file for each place.

The archive is read twice: first its areas, which everything else lies in, then all the rest, place by place. Areas come
last, without the side names that turned out to be those of towns in them ("Ramadi" is the town, not Anbar).
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from math import isfinite, sqrt
from pathlib import Path
from typing import Any, TypeGuard

import shapely
from msgspec import structs
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from gazetteer.building.boundaries import Boundaries, admin1_of
from gazetteer.errors import SourceError
from gazetteer.geometry import bounding_box, radius_m
from gazetteer.models import Place
from gazetteer.names import fold, is_generic, sounds
from gazetteer.sources import Progress, SourcePlace
from gazetteer.sources.archive import read_members
from gazetteer.tables import feature_row, yaml_table

logger = logging.getLogger(__name__)

SOURCE = "whosonfirst"
_PLACETYPE = re.compile(rb'"wof:placetype":\s{0,8}"(\w{1,40})"')
_AREAS = frozenset({"country", "dependency", "macroregion", "region", "macrocounty", "county"})
_UNKNOWN_DATES = frozenset({"", "u", "uuuu", "..", "open"})
_MOST_NAMES = 1000
_BATCH = 2000  # places that are held at once
_TOLERANCE = 0.005  # polygons are simplified by this share of their width: 250 m for a district of 50 km
_OTHER_IDS = {"gn:id": "gn:", "wd:id": "wd:", "icao:code": "oa:", "hasc:id": "hasc:"}
Properties = Mapping[str, Any]


class _BadRecordError(ValueError):
    """A file that is no place; the message says why."""


@dataclass(frozen=True, slots=True)
class _Area:
    """A region or county: as a place, its side names folded, and the first-order division of ours it is or lies in."""

    source: SourcePlace
    side_names: frozenset[str]
    admin1: str
    admin1_id: str


@dataclass(slots=True)
class _Reading:
    """One reading of an archive: its areas by Who's On First id, what was passed over, and names that towns have."""

    archive: Path
    areas: dict[int, _Area] = field(default_factory=dict)
    bad: list[str] = field(default_factory=list)
    of_towns: dict[int, set[str]] = field(default_factory=dict)

    def records(self, *, areas: bool) -> Iterator[tuple[Properties, Any]]:
        """Yield properties and geometry of the areas, or of everything else; bad files are noted on the first pass."""
        for name, content in read_members(self.archive, ".geojson"):
            if "-alt-" in name:
                continue
            found = _PLACETYPE.search(content or b"")
            if (found is not None and found[1].decode() in _AREAS) == areas:
                try:
                    yield _record(content)
                except _BadRecordError as error:
                    self.bad.append(f"{name.rpartition('/')[2]}: {error}")


def read_whos_on_first(archive: Path, boundaries: Boundaries, progress: Progress) -> Iterator[SourcePlace]:
    """Read the places of a repository archive that still are, each with all its names, ids and divisions.

    Parameters
    ----------
    archive : Path
        ``whosonfirst-data-admin-CC.tar.gz``; read as a stream, nothing is unpacked to disk.
    boundaries : Boundaries
        First-order divisions of the gazetteer, so that ``admin1_id`` is an id that it knows.
    progress : callable
        Told how many places were read; the total is not known before the end and given as 0.

    Raises
    ------
    SourceError
        The archive cannot be read, holds no place, or one file in ten of it is bad.
    """
    reading = _Reading(archive)
    reading.areas.update(_areas(reading, boundaries))
    done = 0
    records = (_with_place(properties, geometry) for properties, geometry in reading.records(areas=False))
    settled = (pair for pair in records if pair is not None)
    while batch := list(islice(settled, _BATCH)):
        yield from _settled(batch, reading, boundaries)
        done += len(batch)
        progress(f"reading {archive.name}", done, 0)
    yield from (_without_towns(reading, number) for number in sorted(reading.areas))
    _tell_bad(reading, done + len(reading.areas))


def _tell_bad(reading: _Reading, good: int) -> None:
    for line in reading.bad[:10]:
        logger.warning("%s: skipped %s", reading.archive.name, line)
    if len(reading.bad) > 10:
        logger.warning("%s: skipped %d bad files in all", reading.archive.name, len(reading.bad))
    if not good or len(reading.bad) > good / 9:
        raise SourceError(
            f"{reading.archive}: {good} places, {len(reading.bad)} bad files; is it the tar.gz of a Who's On First "
            "repository (whosonfirst-data-admin-CC)?"
        )


def _record(content: bytes | None) -> tuple[Properties, Any]:
    if content is None:
        raise _BadRecordError("too large")
    try:
        feature = json.loads(content, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise _BadRecordError(f"no JSON ({error})") from error
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict) or not isinstance(properties.get("wof:id"), int):
        raise _BadRecordError("no properties with a wof:id")
    _point(properties)
    return properties, feature.get("geometry")


def _no_constant(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _point(properties: Properties) -> tuple[float, float]:
    """Return (lat, lon) of the label, else of the middle."""
    for prefix in ("lbl", "geom"):
        lat, lon = properties.get(f"{prefix}:latitude"), properties.get(f"{prefix}:longitude")
        if _is_number(lat) and _is_number(lon) and abs(lat) <= 90 and abs(lon) <= 180 and (lat or lon):
            return round(float(lat), 6), round(float(lon), 6)
    raise _BadRecordError("no coordinates")


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _is_current(properties: Properties) -> bool:
    """Whether the place still is: not superseded, deprecated or at an end."""
    if properties.get("wof:superseded_by") or properties.get("mz:is_current") == 0:
        return False
    dates = (properties.get(f"edtf:{what}") for what in ("superseded", "deprecated", "cessation"))
    return all(not isinstance(date, str) or date in _UNKNOWN_DATES for date in dates)


def _with_place(properties: Properties, geometry: object) -> tuple[Properties, SourcePlace] | None:
    feature = _feature(properties)
    if feature is None or not _is_current(properties):
        return None
    names = _names(properties)
    if not names:
        return None
    return properties, _source_place(properties, feature, names, _polygon(geometry))


def _feature(properties: Properties) -> tuple[str, str] | None:
    """Return class and code: by placetype, or GeoNames' own kind of settlement where it is told."""
    known = yaml_table("placetypes.yaml").get(properties.get("wof:placetype"))
    if known is None:
        return None
    feature_class, code = known.split("/")
    told = properties.get("gn:feature_code") or properties.get("gn:fcode")
    if feature_class == "P" and code == "PPL" and isinstance(told, str) and re.fullmatch(r"PPL[A-Z0-9]{0,3}", told):
        code = told
    if code == "FCL" and {"icao:code", "iata:code"} & _concordances(properties).keys():
        code = "AIRP"
    return feature_class, code


def _concordances(properties: Properties) -> dict[str, Any]:
    found = properties.get("wof:concordances")
    return found if isinstance(found, dict) else {}


def _names(properties: Properties) -> tuple[str, ...]:
    """Return the name that Who's On First calls the place by, then all others; of countries only the preferred ones.

    A country's side names are a mixed bag ("Ash Shām" is a name of Syria) that would take names from towns.
    """
    wanted = "_x_preferred" if properties.get("wof:placetype") == "country" else "_x_"
    keys = sorted(k for k in properties if k.startswith("name:") and wanted in k)
    keys += [
        "gn:name",
        "qs_pg:name",
        "meso:name_en",
        "meso:name_loc",
        "meso:nam_en_alt",
        "label:eng_x_preferred_longname",
    ]
    found = [properties.get("wof:name")]
    for key in keys:
        value = properties.get(key)
        found.extend(value if isinstance(value, list) else [value])
    texts = (" ".join(text.split()) for text in found if isinstance(text, str))
    return tuple(islice(dict.fromkeys(text for text in texts if text and not is_generic(text)), _MOST_NAMES))


def _source_place(
    properties: Properties, feature: tuple[str, str], names: tuple[str, ...], polygon: BaseGeometry | None
) -> SourcePlace:
    lat, lon = _point(properties)
    place = Place(
        place_id=f"wof:{properties['wof:id']}",
        name=names[0],
        lat=lat,
        lon=lon,
        feature_class=feature[0],
        feature_code=feature[1],
        country=_country(properties),
        population=_population(properties),
        uncertainty_m=radius_m(polygon) if polygon else feature_row(*feature)["uncertainty_m"],
        bbox=bounding_box(polygon) if polygon else None,
        source=SOURCE,
    )
    return SourcePlace(place, names[1:], (), polygon, _also(properties, feature))


def _country(properties: Properties) -> str:
    code = properties.get("wof:country") or properties.get("iso:country")
    return code if isinstance(code, str) and re.fullmatch("[A-Z]{2}", code) and code != "XX" else ""


def _population(properties: Properties) -> int:
    found = (properties.get(key) for key in ("wof:population", "gn:population"))
    return next((int(n) for n in found if _is_number(n) and 0 < n < 2e9), 0)


def _also(properties: Properties, feature: tuple[str, str]) -> tuple[str, ...]:
    """Return the ids that other sources know the place by."""
    known = _concordances(properties)
    found = [f"{prefix}{known[key]}" for key, prefix in _OTHER_IDS.items() if isinstance(known.get(key), str | int)]
    if feature == ("A", "ADM1") and isinstance(known.get("iso:code"), str):
        found.append(f"iso:{known['iso:code']}")
    return tuple(i for i in dict.fromkeys(found) if re.fullmatch(r"\w{2,4}:[\w.-]{1,40}", i))


def _polygon(geometry: object) -> BaseGeometry | None:
    """Return a polygon simplified to a share of its width; None for points and what cannot be read as one."""
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        return None
    try:
        drawn = shapely.make_valid(shape(geometry))
        simple = shapely.make_valid(shapely.simplify(drawn, _TOLERANCE * sqrt(drawn.area)))
    except (shapely.errors.ShapelyError, ValueError, TypeError, IndexError, KeyError, AttributeError):
        return None
    parts = [part for part in shapely.get_parts(simple, return_index=False) if part.geom_type.endswith("Polygon")]
    whole: BaseGeometry = shapely.union_all(parts)
    west, south, east, north = whole.bounds if parts and whole.area else (999.0,) * 4
    return whole if abs(west) <= 180 and abs(east) <= 180 and abs(south) <= 90 and abs(north) <= 90 else None


def _areas(reading: _Reading, boundaries: Boundaries) -> Iterator[tuple[int, _Area]]:
    """Yield the areas of the archive by id; each is or lies in the first-order division that its point lies in."""
    found = [p for p in (_with_place(*record) for record in reading.records(areas=True)) if p is not None]
    divisions = boundaries.locate([p.place.lat for _, p in found], [p.place.lon for _, p in found]) if found else []
    for (properties, source), around in zip(found, divisions, strict=True):
        place = source.place
        admin1, admin1_id = admin1_of(around) if around and around.country == place.country else ("", "")
        if place.feature_code not in {"PCLI", "PCLD", "ADM1"}:
            source = replace(source, place=structs.replace(place, admin1=admin1, admin1_id=admin1_id))  # noqa: PLW2901
        yield properties["wof:id"], _Area(source, frozenset(map(fold, source.names)), admin1, admin1_id)


def _settled(
    batch: list[tuple[Properties, SourcePlace]], reading: _Reading, boundaries: Boundaries
) -> Iterator[SourcePlace]:
    """Yield the places with the divisions that they lie in: by hierarchy, else by the polygon around the point."""
    around = boundaries.locate([s.place.lat for _, s in batch], [s.place.lon for _, s in batch])
    for (properties, source), division in zip(batch, around, strict=True):
        above = _hierarchy(properties)
        county, region = (reading.areas.get(above.get(f"{kind}_id", 0)) for kind in ("county", "region"))
        if region is not None and region.admin1_id:
            admin1, admin1_id = region.admin1, region.admin1_id
        else:
            inside = division is not None and division.country == source.place.country
            admin1, admin1_id = admin1_of(division) if inside else ("", "")
        admin2 = county.source.place.name if county else ""
        _note_name(source, reading, (n for n in above.values() if n in reading.areas))
        yield replace(source, place=structs.replace(source.place, admin1=admin1, admin1_id=admin1_id, admin2=admin2))


def _hierarchy(properties: Properties) -> dict[str, int]:
    found = properties.get("wof:hierarchy")
    first = found[0] if isinstance(found, list) and found and isinstance(found[0], dict) else {}
    return {key: number for key, number in first.items() if isinstance(number, int)}


def _note_name(source: SourcePlace, reading: _Reading, areas: Iterable[int]) -> None:
    """Remember a town's name that an area around it has among its side names."""
    if source.place.feature_class == "P":
        key = fold(source.place.name)
        for number in areas:
            if key in reading.areas[number].side_names:
                reading.of_towns.setdefault(number, set()).add(key)


def _without_towns(reading: _Reading, number: int) -> SourcePlace:
    source = reading.areas[number].source
    theirs, own = reading.of_towns.get(number, set()), sounds(fold(source.place.name))
    kept = tuple(n for n in source.names if fold(n) not in theirs or sounds(fold(n)) == own)
    return replace(source, names=kept)
