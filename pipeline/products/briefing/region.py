"""What a briefing is about: a country, a province, a box or a polygon, and which events are in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Protocol

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from gazetteer.models import Candidate, Place
from gazetteer.names import fold
from pipeline.errors import UsageError
from pipeline.frames import CRS, Layers
from pipeline.products.briefing.words import listed, plain

#: Codes of a country and of a first-order division in GeoNames.
_COUNTRY_CODES = frozenset({"PCLI", "PCL", "PCLD", "PCLF", "PCLS", "PCLIX", "TERR"})
_PROVINCE_CODES = frozenset({"ADM1"})


class AdminNames(Protocol):
    """What is asked of a gazetteer: :class:`gazetteer.index.Gazetteer` fits."""

    def candidates(self, name: str, *, limit: int = 50) -> tuple[Candidate, ...]:
        """Return the places that a name may mean, best first."""

    def country(self, iso2: str) -> Place | None:
        """Return a country by its ISO 3166-1 alpha-2 code."""


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a region: a country, a province of one, or a polygon in (lon, lat).

    ``country`` is empty for a polygon, ``province`` for a country.
    """

    name: str
    country: str = ""
    province: str = ""
    polygon: BaseGeometry | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """One or more parts, taken together."""

    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """What the region is called."""
        return listed([part.name for part in self.parts])


def parse_region(texts: str | Sequence[str], layers: Layers, *, gazetteer: AdminNames | None = None) -> Region:
    """Read what the user typed for a region.

    Parameters
    ----------
    texts : str or sequence of str
        Each a name of a country or province, ``west,south,east,north`` in degrees, or a file of polygons.
    layers : Layers
        Names that occur in them are known.
    gazetteer : AdminNames, optional
        Knows the other names, and other spellings.

    Raises
    ------
    UsageError
        If a text is none of these.

    Examples
    --------
    >>> from pipeline.frames import layer_from_rows
    >>> empty = Layers(*(layer_from_rows(name, []) for name in ("events", "claims", "areas", "mentions")))
    >>> parse_region("38, 29, 49, 38", empty).parts[0].polygon.bounds
    (38.0, 29.0, 49.0, 38.0)
    """
    asked = [texts] if isinstance(texts, str) else texts
    return Region(tuple(_part(text.strip(), layers, gazetteer) for text in asked))


def _part(text: str, layers: Layers, gazetteer: AdminNames | None) -> Part:
    """Read one piece: a box, a file, a name in the layers or one in the gazetteer, in this order."""
    box = _box(text)
    if box is not None:
        return Part(f"the box {text}", polygon=box)
    if Path(text).suffix and Path(text).is_file():
        return Part(plain(Path(text).stem), polygon=_polygon_in(Path(text)))
    known = {fold(part.name): part for part in _parts_named(layers.events)}
    found = known.get(fold(text)) or (_from_gazetteer(text, gazetteer) if gazetteer else None)
    if found is None:
        near = get_close_matches(fold(text), known, n=3)
        hint = f"; did you mean {listed([known[key].name for key in near])}?" if near else ""
        kinds = "country, province, box (west,south,east,north) or polygon file"
        raise UsageError(f"--region {text!r} is no {kinds}{hint}")
    return found


def _box(text: str) -> BaseGeometry | None:
    """Read ``west,south,east,north``; a box across the antimeridian (west > east) becomes two."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south < north <= 90):
        raise UsageError(f"--region {text!r}: a box is west,south,east,north in degrees, with south below north")
    if west <= east:
        return shapely.box(west, south, east, north)
    return shapely.union_all([shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)])


def _polygon_in(path: Path) -> BaseGeometry:
    """Read the union of the polygons in a file that GDAL knows."""
    try:
        frame = gpd.read_file(path)
    except (OSError, ValueError, RuntimeError) as error:  # pyogrio's errors are RuntimeErrors
        raise UsageError(f"--region {path}: not a file of polygons that GDAL can read ({error})") from error
    frame = frame.set_crs(CRS) if frame.crs is None else frame.to_crs(CRS)
    shapes = [shape for shape in frame.geometry if shape is not None and shape.geom_type in {"Polygon", "MultiPolygon"}]
    if not shapes:
        raise UsageError(f"--region {path}: there is no polygon in it")
    return shapely.union_all([shapely.make_valid(shape) for shape in shapes])


def _parts_named(events: gpd.GeoDataFrame) -> Iterable[Part]:
    """Yield the provinces, then the countries, that the events name: where names are the same, the last is taken."""
    pairs = sorted(set(zip(events["admin1"], events["country"], strict=True)))
    yield from (Part(plain(admin1), plain(country), plain(admin1)) for admin1, country in pairs if admin1)
    countries = sorted({country for _, country in pairs if country})
    yield from (Part(plain(country), plain(country)) for country in countries)


def _from_gazetteer(text: str, gazetteer: AdminNames) -> Part | None:
    """Return the country or province that the gazetteer puts first for a name."""
    places = [candidate.place for candidate in gazetteer.candidates(text)]
    place = next((one for one in places if one.feature_code in _COUNTRY_CODES), None)
    if place is not None:
        return Part(place.name, place.name)
    place = next((one for one in places if one.feature_code in _PROVINCE_CODES), None)
    if place is None:
        return None
    country = gazetteer.country(place.country)
    return Part(place.name, country.name if country else "", place.name)


def in_region(events: gpd.GeoDataFrame, region: Region, *, areas: gpd.GeoDataFrame | None = None) -> pd.Series:
    """Return which events lie in a region for sure.

    Parameters
    ----------
    events : GeoDataFrame
        The events layer.
    region : Region
        Countries and provinces are compared with the coded ones, polygons with the points.
    areas : GeoDataFrame, optional
        The areas layer. An event known only to an area is in a polygon if its whole area is.

    Returns
    -------
    Series of bool
        On the index of ``events``.
    """
    covered = _area_ids(areas, region, "covers")
    return _any_part(events, region, lambda rows, part: _surely(rows, part, covered))


def may_be_in_region(events: gpd.GeoDataFrame, region: Region, *, areas: gpd.GeoDataFrame | None = None) -> pd.Series:
    """Return which events could lie in a region but are not known to: placed too coarsely, or not at all.

    Returns
    -------
    Series of bool
        On the index of ``events``; never true where :func:`in_region` is.
    """
    touched = _area_ids(areas, region, "intersects")
    possible = _any_part(events, region, lambda rows, part: _possibly(rows, part, touched))
    return _mask(events, possible & ~in_region(events, region, areas=areas))


def _any_part(events: gpd.GeoDataFrame, region: Region, test: _Test) -> pd.Series:
    """Combine a test over the parts of a region."""
    result = pd.Series(data=False, index=events.index, dtype=bool)
    for part in region.parts:
        result |= test(events, part)
    return result


class _Test(Protocol):
    """Tells for each event whether it passes, for one part of a region."""

    def __call__(self, events: gpd.GeoDataFrame, part: Part, /) -> pd.Series: ...


def _surely(events: gpd.GeoDataFrame, part: Part, covered: frozenset[str]) -> pd.Series:
    """Tell which events one part holds for sure."""
    if part.polygon is not None:
        fine = events["geo_precision"].le(2).fillna(value=False).astype(bool)
        return _mask(events, (fine & events.geometry.intersects(part.polygon)) | events["event_id"].isin(covered))
    same = _same(events["country"], part.country) if part.country else pd.Series(data=True, index=events.index)
    return _mask(events, same & _same(events["admin1"], part.province)) if part.province else _mask(events, same)


def _possibly(events: gpd.GeoDataFrame, part: Part, touched: frozenset[str]) -> pd.Series:
    """Tell which events one part could hold."""
    nowhere = events.geometry.isna() & events["country"].eq("")
    if part.polygon is not None:
        inside = events.geometry.intersects(part.polygon) | events["event_id"].isin(touched)
        return _mask(events, events.geometry.isna() | inside)
    if not part.province:
        return _mask(events, nowhere)
    return _mask(events, nowhere | (_same(events["country"], part.country) & events["admin1"].eq("")))


def _mask(events: gpd.GeoDataFrame, values: pd.Series) -> pd.Series:
    """Return values as plain booleans on the index of the events."""
    return pd.Series(values.to_numpy(), index=events.index, dtype=bool)


def _same(names: pd.Series, name: str) -> pd.Series:
    """Compare a column of names with one name, however it is written."""
    wanted = fold(name)
    return pd.Series([fold(one) == wanted for one in names], index=names.index, dtype=bool)


def _area_ids(areas: gpd.GeoDataFrame | None, region: Region, relation: str) -> frozenset[str]:
    """Return the events whose area (not circle) stands in ``relation`` to any polygon of the region."""
    polygons = [part.polygon for part in region.parts if part.polygon is not None]
    if areas is None or areas.empty or not polygons:
        return frozenset()
    whole = shapely.union_all(polygons)
    shapes = areas[~areas["kind"].isin(["circle", "near"]) & areas["geo_precision"].eq(3)]
    hits = getattr(shapely, relation)(whole, shapes.geometry.to_numpy())
    return frozenset(shapes.loc[hits, "event_id"])
