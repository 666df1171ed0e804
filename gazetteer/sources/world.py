"""All sources together: which is read first, and what each needs of the others."""

from __future__ import annotations

from dataclasses import replace

from msgspec import structs

from gazetteer.building.boundaries import Boundaries
from gazetteer.building.merging import merge
from gazetteer.names import fold, sounds
from gazetteer.sources import Progress, SourcePlace, no_progress
from gazetteer.sources.airports import read_airports
from gazetteer.sources.geonames_cache import read_continents, read_towns
from gazetteer.sources.natural_earth import (
    read_countries,
    read_divisions_drawn,
    read_us_counties,
    with_parents,
)
from gazetteer.sources.overlay import OVERLAY, read_overlay
from gazetteer.sources.small_places import read_hamlets, read_points, read_post_towns
from gazetteer.sources.subdivisions import divisions_of_towns, read_divisions, tally_towns
from gazetteer.sources.waters import without_land

STAGES = ("divisions", "polygons", "towns", "airfields", "overlay")


def read_world(progress: Progress = no_progress) -> list[SourcePlace]:
    """Read every source and join what they know of the same places."""
    _tell(progress, 0)
    divisions, points = read_divisions(), read_points()
    _tell(progress, 1)
    countries = read_countries()
    drawn = read_divisions_drawn(divisions, points)
    by_number = {number: source for source, number in drawn if number is not None}
    polygons = with_parents(drawn, divisions, by_number)
    counties = read_us_counties(divisions, by_number)
    by_number |= {number: source for source, number in counties if number is not None}
    boundaries = Boundaries(polygons)
    _tell(progress, 2)
    towns = read_towns(divisions, by_number, boundaries)
    tallies = tally_towns((t.place for t in towns), divisions)
    numbers = {source.place.place_id: number for number, source in by_number.items()}
    areas = [
        _peopled(source, tallies[numbers[source.place.place_id]].population)
        if numbers.get(source.place.place_id) in tallies
        else source
        for source in (*polygons, *(county for county, _ in counties))
    ]
    areas += divisions_of_towns(tallies, divisions, by_number, points)
    division_ids = {*divisions.by_geonames, *_numbers(countries)}
    hamlets = read_hamlets(division_ids, towns, boundaries)
    towns += hamlets
    towns += read_post_towns(divisions, by_number, towns)
    _tell(progress, 3)
    airports = read_airports(boundaries)
    _tell(progress, 4)
    overlay = without_land(read_overlay(areas, boundaries), countries) if OVERLAY.exists() else []
    areas = _without_names_of_towns(areas, towns)
    return [*countries, *read_continents(), *merge(overlay, [*areas, *towns, *airports])]


def _tell(progress: Progress, stage: int) -> None:
    progress(f"reading {STAGES[stage]}", stage, len(STAGES))


def _numbers(places: list[SourcePlace]) -> set[int]:
    """Return the GeoNames ids of places."""
    return {int(p.place.place_id.removeprefix("gn:")) for p in places}


def _peopled(source: SourcePlace, population: int) -> SourcePlace:
    """Give an area the inhabitants of its towns: less than it has, but enough to rank by."""
    return replace(source, place=structs.replace(source.place, population=population))


def _without_names_of_towns(areas: list[SourcePlace], towns: list[SourcePlace]) -> list[SourcePlace]:
    """Take from provinces the side names that are the main names of towns in them: "Ramadi" is the town, not Anbar."""
    inside: dict[str, set[str]] = {}
    for town in towns:
        inside.setdefault(town.place.admin1_id, set()).add(fold(town.place.name))
    return [_without(area, inside.get(area.place.place_id, set())) for area in areas]


def _without(area: SourcePlace, theirs: set[str]) -> SourcePlace:
    own = sounds(fold(area.place.name))
    kept = tuple(n for n in area.names if fold(n) not in theirs or sounds(fold(n)) == own)
    return area if len(kept) == len(area.names) else replace(area, names=kept)
