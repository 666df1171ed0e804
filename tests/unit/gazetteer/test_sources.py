from __future__ import annotations

from pathlib import Path

import pytest
from shapely.geometry import MultiPolygon, Polygon, box
from small_world import area, town

from gazetteer.building.boundaries import Boundaries, admin1_of
from gazetteer.building.merging import merge
from gazetteer.errors import SourceError
from gazetteer.geometry import bounding_box, inner_point
from gazetteer.models import Place
from gazetteer.sources import SourcePlace
from gazetteer.sources.overlay import read_overlay
from gazetteer.sources.subdivisions import Division, Divisions, tally_towns
from gazetteer.sphere import distance_km, in_box
from gazetteer.tables import DATA, csv_rows, yaml_table

HEADER = (
    "place_id,name,aliases,feature_class,feature_code,lat,lon,uncertainty_m,country,admin1,bbox,population,source,"
    "source_url_or_ref,note\n"
)
ANBAR = area("ne:anbar", "Anbar", (38.9, 30.9, 44.1, 35.2), "ADM1", "IQ", names=("Al Anbar",))


def overlay(tmp_path: Path, *rows: str) -> list[SourcePlace]:
    path = tmp_path / "overlay.csv"
    path.write_text(HEADER + "\n".join(rows), encoding="utf-8")
    return read_overlay([ANBAR], Boundaries([ANBAR]), path)


def test_overlay_rows_become_places(tmp_path: Path) -> None:
    base, sea = overlay(
        tmp_path,
        "sitmap:asad,Ain al-Asad,Al Asad | عين الأسد,S,AIRB,33.7856,42.4412,,IQ,,,,airportsdata,ORAA,",
        "sitmap:red-sea,Red Sea,,H,SEA,20,38.5,400000,,,32 12.5 43.5 30,,Natural Earth,,",
    )
    assert base.names == ("Al Asad", "عين الأسد")
    assert (base.place.admin1, base.place.admin1_id) == ("Anbar", "ne:anbar")
    assert base.place.uncertainty_m == 2_000
    assert sea.place.bbox == (32, 12.5, 43.5, 30)
    assert (sea.place.country, sea.place.admin1) == ("", "")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("sitmap:x,X,,S,AIRB,north,42,,IQ,,,,,,", "overlay.csv line 2: lat is 'north'"),
        ("sitmap:x,X,,S,AIRB,33,42,,IQ,,1 2 3,,,,", "line 2: bbox is '1 2 3'"),
        ("sitmap:x,X,,S,AIRB,33,,,IQ,,,,,,", "line 2: lon is ''"),
    ],
)
def test_a_bad_overlay_cell_is_named(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        overlay(tmp_path, row)


def base(place_id: str, name: str, lat: float, code: str = "AIRB", *names: str) -> SourcePlace:
    return SourcePlace(Place(place_id, name, lat, 42.44, "S", code, "IQ"), names)


def test_one_base_from_two_sources_is_one_place_with_all_names() -> None:
    mine, theirs = base("sitmap:asad", "Ain al-Asad", 33.79, "INSM", "Al Asad"), base("oa:ORAA", "Al Asad", 33.78)
    (merged,) = merge([mine], [theirs])
    assert merged.place == mine.place
    assert merged.also == ("oa:ORAA",)
    assert set(merged.names) == {"Al Asad"}


@pytest.mark.parametrize(
    "other",
    [base("oa:far", "Al Asad", 33.9), base("oa:name", "Hit", 33.79), town("gn:t", "Al Asad", 33.79, 42.44, "IQ")],
)
def test_far_differently_named_or_other_things_stay_apart(other: SourcePlace) -> None:
    assert len(merge([base("sitmap:asad", "Ain al-Asad", 33.79, "AIRB", "Al Asad")], [other])) == 2


def test_a_division_keeps_the_id_that_its_towns_know() -> None:
    ours = area("sitmap:england", "England", (-6, 50, 2, 56), "ADM1", "GB", drawn=False)
    theirs = area("gn:1", "England", (-5, 50, 1, 55), "ADM1", "GB", drawn=False)
    (merged,) = merge([ours], [theirs])
    assert merged.place.place_id == "gn:1"
    assert merged.also == ("sitmap:england",)
    assert merged.place.bbox == (-6, 50, 2, 56)


def division(number: int, name: str, level: int, **more: object) -> Division:
    fields = {"iso": "", "code": "", "geonames_id": number, "parent": None} | more
    return Division(number, name, (), "IR", level, **fields)  # type: ignore[arg-type]


def test_a_code_that_now_means_another_province_does_not_match() -> None:
    fars, tehran = division(1, "Fārs", 1, iso="IR-07"), division(2, "Tehrān", 1, iso="IR-23")
    divisions = Divisions({1: fars, 2: tehran}, {"IR-07": fars, "IR-23": tehran}, {1: fars, 2: tehran}, {})
    assert divisions.match("IR-07", 2, ["Tehran Province"]) is tehran
    assert divisions.match("IR-07", None, ["Tehran"]) is None
    assert divisions.match("IR-07", None, ["استان فارس", "Fars"]) is fars


def test_the_division_that_geonames_codes_comes_first() -> None:
    region, province = division(1, "Kurdistan", 1), division(2, "Erbil", 1, code="IQ.11")
    divisions = Divisions({1: region, 2: province}, {}, {}, {7: (1, 2)})
    assert divisions.town(7, 1) is province
    assert divisions.town(8, 1) is None
    tallies = tally_towns([Place("gn:7", "Erbil", 36.19, 44.0, "P", "PPL", population=5)], divisions)
    assert tallies[2].population == 5
    assert tallies[2].middle() == (36.19, 44.0)


def test_boundaries_locate_inside_off_the_coast_and_at_sea() -> None:
    found = Boundaries([ANBAR]).locate([33.0, 33.0, 33.0], [42.0, 44.2, 50.0])
    assert found == [ANBAR.place, ANBAR.place, None]
    assert admin1_of(ANBAR.place) == ("Anbar", "ne:anbar")
    assert admin1_of(None) == ("", "")


def test_geometry_over_the_antimeridian() -> None:
    islands = MultiPolygon([box(177, -19, 180, -16), box(-180, -18, -178, -15)])
    assert bounding_box(islands) == (177, -19, -178, -15)
    assert in_box(-17, 179, bounding_box(islands))
    assert in_box(-17, -179, bounding_box(islands))
    assert not in_box(-17, 0, bounding_box(islands))
    assert distance_km(0, 179.9, 0, -179.9) == pytest.approx(22.2, abs=0.1)


def test_the_inner_point_of_a_crescent_lies_in_it() -> None:
    crescent = Polygon([(0, 0), (10, 0), (10, 10), (0, 10), (0, 9), (9, 9), (9, 1), (0, 1)])
    lat, lon = inner_point(crescent)
    assert crescent.contains(Polygon([(lon - 0.01, lat - 0.01), (lon + 0.01, lat - 0.01), (lon, lat + 0.01)]))


def test_the_middle_of_what_the_antimeridian_cuts() -> None:
    lat, lon = inner_point(MultiPolygon([box(100, -5, 180, 5), box(-180, -5, -160, 5)]))
    assert (lat, lon) == (pytest.approx(0), pytest.approx(150))


def test_a_far_small_part_does_not_move_the_middle_but_a_twin_does() -> None:
    assert inner_point(MultiPolygon([box(0, -5, 10, 5), box(50, -1, 54, 1)])) == (pytest.approx(0), pytest.approx(5))
    gap = MultiPolygon([box(0, -5, 9, 5), box(12, -5, 20, 5)])
    assert inner_point(gap)[1] == pytest.approx(4.5)  # the middle of both lies between them
    assert inner_point(MultiPolygon([box(0, -5, 10, 5), box(11, -5, 17, 5)]))[1] == pytest.approx(8.375)


def test_equal_area_puts_the_middle_of_the_north_where_the_land_is() -> None:
    lat, _ = inner_point(box(0, 40, 10, 80))
    assert 50 < lat < 59


def test_each_table_is_clean() -> None:
    demonyms = [row["word"] for row in csv_rows(DATA / "demonyms.csv")]
    assert len(demonyms) == len(set(demonyms)) > 450
    assert {len(row["iso2"]) for row in csv_rows(DATA / "country_names.csv")} == {2}
    abbreviations = [(r["iso_3166_2"], r["name"]) for r in csv_rows(DATA / "abbreviations.csv")]
    assert len(abbreviations) == len(set(abbreviations))
    assert all(0 <= row["weight"] <= 1 for row in yaml_table("features.yaml").values())
    assert all({"name", "licence", "attribution"} <= row.keys() for row in yaml_table("sources.yaml").values())
