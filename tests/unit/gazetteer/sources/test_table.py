from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from small_world import area

from gazetteer.building.boundaries import Boundaries
from gazetteer.errors import SourceError
from gazetteer.sources import SourcePlace, no_progress
from gazetteer.sources.reading import Reading
from gazetteer.sources.table import read_table
from gazetteer.tables import yaml_table

ANBAR = area("ne:anbar", "Anbar", (38.9, 30.9, 44.1, 35.2), "ADM1", "IQ", names=("Al Anbar",))
FILLER = "".join(f"Filler {i},33.{i:03},42\n" for i in range(200))


def read(path: Path, reading: Reading | None = None) -> list[SourcePlace]:
    return list(read_table(path, Boundaries([ANBAR]), no_progress, key="mine", reading=reading))


def csv(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "mine.csv"
    path.write_bytes(text.encode(encoding))
    return path


def geojson(tmp_path: Path, *features: Any, **more: Any) -> Path:
    path = tmp_path / "mine.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **more}), encoding="utf-8")
    return path


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def point(lon: float, lat: float, **properties: Any) -> dict[str, Any]:
    return feature({"type": "Point", "coordinates": [lon, lat]}, **properties)


def test_all_columns_are_taken(tmp_path: Path) -> None:
    reading = Reading()
    (one,) = read(
        csv(
            tmp_path,
            "name,lat,lon,aliases,feature_class,feature_code,country,admin1,admin2,population,uncertainty_m,id,source,source_url\n"
            "Outpost 5,33.5,42.1,Post Five | مخفر ٥,S,INSM,IQ,Al Anbar,Hit,40,300,p5,Survey 7,https://example.org/7\n",
        ),
        reading,
    )
    p = one.place
    assert (p.place_id, p.name, p.lat, p.lon, p.feature_class, p.feature_code) == (
        "mine:p5",
        "Outpost 5",
        33.5,
        42.1,
        "S",
        "INSM",
    )
    assert (p.country, p.admin1, p.admin1_id, p.admin2) == ("IQ", "Anbar", "ne:anbar", "Hit")
    assert (p.population, p.uncertainty_m, p.source) == (40, 300, "mine/1")
    assert one.names == ("Post Five", "مخفر ٥")
    assert reading.credits == {"mine/1": "Survey 7 (https://example.org/7)"}


@pytest.mark.parametrize(
    "text",
    [
        "name,latitude,longitude\nHit,33.64,42.83\n",
        "NAME;Y;X\nHit;33.64;42.83\n",
        "toponym\tlat\tlng\nHit\t33.64\t42.83\n",
        "\ufeffname,lat,lon\r\nHit,33.64,42.83\r\n",
        ' name , LAT ,"lon"\n"Hit",33.64,42.83',
        "lon,lat,Title\n42.83,33.64,Hit\n\n,,\n",
    ],
)
def test_headers_delimiters_and_line_ends_of_many_programs(tmp_path: Path, text: str) -> None:
    (one,) = read(csv(tmp_path, text))
    p = one.place
    assert (p.name, p.lat, p.lon, p.feature_class, p.feature_code) == ("Hit", 33.64, 42.83, "P", "PPL")
    assert (p.country, p.admin1_id, p.source) == ("IQ", "ne:anbar", "mine")


@pytest.mark.parametrize(("written", "code"), [("Iraq", "IQ"), ("irq", "IQ"), ("SY", "SY"), ("United States", "US")])
def test_countries_by_code_and_name(tmp_path: Path, written: str, code: str) -> None:
    assert read(csv(tmp_path, f"name,lat,lon,country\nX,33,42,{written}\n"))[0].place.country == code


def test_what_the_row_says_is_not_overruled_by_a_polygon(tmp_path: Path) -> None:
    rows = "name,lat,lon,country,admin1\nA,33,42,SY,\nB,33,42,IQ,Basra\nC,33,42,,\n"
    a, b, c = (s.place for s in read(csv(tmp_path, rows)))
    assert (a.country, a.admin1_id) == ("SY", "")
    assert (b.admin1, b.admin1_id) == ("Basra", "")
    assert (c.country, c.admin1_id) == ("IQ", "ne:anbar")


def test_a_code_says_its_class_and_its_radius(tmp_path: Path) -> None:
    p = read(csv(tmp_path, "name,lat,lon,feature_code\nA,33,42,AIRB\n"))[0].place
    assert (p.feature_class, p.feature_code, p.uncertainty_m) == ("S", "AIRB", 2_000)


def test_ids_follow_from_name_and_point_and_not_from_the_order(tmp_path: Path) -> None:
    one = {s.place.place_id for s in read(csv(tmp_path, "name,lat,lon\nA,33,42\nB,34,42\n"))}
    assert one == {s.place.place_id for s in read(csv(tmp_path, "name,lat,lon\nB,34,42\nA,33,42\n"))}
    assert len(one) == 2


BAD = {
    "X,95,42": "lat is '95'; expected degrees north from -90 to 90",
    '"X","33,5",42': "lat is '33,5'; expected degrees north from -90 to 90 with a decimal point",
    "X,nan,42": "lat is 'nan'",
    "X,33,": "lon is ''; expected degrees east",
    ",33,42": "name is ''; expected the name of the place",
    "X,33,42,extra": "4 cells under 3 columns",
    "X\x1b[2J,33,42": "name is 'X\\x1b[2J'",
    "X" * 201 + ",33,42": "expected the name of the place, at most 200",
    "Filler 7,33.007,42": "the same place as another row's",
}


@pytest.mark.parametrize(("row", "cause"), BAD.items())
def test_a_bad_row_names_line_value_and_remedy(tmp_path: Path, row: str, cause: str) -> None:
    reading = Reading()
    assert len(read(csv(tmp_path, f"name,lat,lon\n{FILLER}{row}\n"), reading)) == 200
    assert len(reading.examples) == 1
    assert reading.examples[0].startswith("mine.csv line 202: ")
    assert cause in reading.examples[0]


@pytest.mark.parametrize(
    ("column", "value", "cause"),
    [
        ("feature_class", "Z", "feature_class is 'Z'; expected GeoNames' class"),
        ("fcode", "airbase", "fcode is 'airbase'; expected GeoNames' code in capitals"),
        ("feature_code", "QQQQ", "feature_class is missing; expected one with feature_code 'QQQQ'"),
        ("country", "Iraqistan", "country is 'Iraqistan'; expected a country's ISO"),
        ("population", "-1", "population is '-1'; expected a whole number"),
        ("uncertainty_m", "0", "uncertainty_m is '0'; expected metres"),
        ("source_url", "javascript:alert(1)", "source_url is 'javascript:alert(1)'; expected an http or https"),
        ("id", "a b", "id is 'a b'; expected an id without spaces"),
    ],
)
def test_a_bad_value_of_each_column_is_named(tmp_path: Path, column: str, value: str, cause: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(csv(tmp_path, f"name,lat,lon,{column}\nX,33,42,{value}\n"))
    assert f"mine.csv: 1 of 1 rows cannot be read (mine.csv line 2: {cause}" in str(caught.value)


def test_a_missing_column_says_what_it_may_be_called(tmp_path: Path) -> None:
    with pytest.raises(
        SourceError,
        match=r"mine.csv line 2: no column lat; expected one called lat, latitude, lat_dd.*found 'name, north",
    ):
        read(csv(tmp_path, "name,north,lon\nX,33,42\n"))


@pytest.mark.parametrize("text", ["", "\n", "name,lat,lon\n"])
def test_an_empty_file_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError, match=r"mine\.csv: (empty|holds no places)"):
        read(csv(tmp_path, text))


def test_another_encoding_names_the_line_and_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"mine\.csv line 2: not UTF-8 at byte 2; save the file as UTF-8"):
        read(csv(tmp_path, "name,lat,lon\nHît,33,42\n", "latin-1"))


def test_cells_of_several_lines_keep_the_count_of_lines(tmp_path: Path) -> None:
    reading = Reading()
    places = read(csv(tmp_path, f'name,lat,lon\n"Two\nlines",33,42\n{FILLER}Bad,x,42\n'), reading)
    assert places[0].place.name == "Two lines"
    assert reading.examples[0].startswith("mine.csv line 204: lat is 'x'")


def test_a_geojson_of_points_and_polygons(tmp_path: Path) -> None:
    ring = [[42.0, 33.0], [42.2, 33.0], [42.2, 33.2], [42.0, 33.2], [42.0, 33.0]]
    camp = feature(
        {"type": "Polygon", "coordinates": [ring]}, name="Camp", feature_code="INSM", aliases=["The Camp", "معسكر"]
    )
    town, area_ = read(geojson(tmp_path, point(42.83, 33.64, Name="Hit", source="Ann", id=7), camp))
    assert (town.place.place_id, town.place.lat, town.place.lon, town.place.source) == (
        "mine:7",
        33.64,
        42.83,
        "mine/1",
    )
    assert area_.names == ("The Camp", "معسكر")
    assert (round(area_.place.lat, 3), round(area_.place.lon, 3)) == (33.1, 42.1)
    assert area_.place.bbox == (42.0, 33.0, 42.2, 33.2)
    assert area_.geometry is not None
    assert 10_000 < area_.place.uncertainty_m < 20_000


def test_a_polygon_that_crosses_itself_is_mended(tmp_path: Path) -> None:
    bow = [[42.0, 33.0], [42.2, 33.2], [42.2, 33.0], [42.0, 33.2], [42.0, 33.0]]
    (one,) = read(geojson(tmp_path, feature({"type": "Polygon", "coordinates": [bow]}, name="Bow")))
    assert one.geometry is not None
    assert one.geometry.is_valid


@pytest.mark.parametrize(
    ("bad", "cause"),
    [
        (point(4_700_000, 3_900_000, name="Metres"), "coordinates are"),
        (feature(None, name="None"), "no geometry; expected a Point"),
        ("text", "no geometry"),
        (feature({"type": "LineString", "coordinates": [[1, 2], [3, 4]]}, name="Line"), "geometry is a LineString"),
        (feature({"type": "Point", "coordinates": ["a", "b"]}, name="Words"), ""),
        (feature({"type": "Polygon", "coordinates": [[[1, 1], [1, 1], [1, 1], [1, 1]]]}, name="Dot"), "no area"),
        (feature({"type": "Blob", "coordinates": []}, name="Blob"), ""),
        (point(42, 33, nom="No name"), ""),
    ],
)
def test_a_bad_feature_is_counted(tmp_path: Path, bad: Any, cause: str) -> None:
    good = [point(42, 33 + i / 1000, name=f"P{i}") for i in range(100)]
    reading = Reading()
    assert len(read(geojson(tmp_path, *good, bad), reading)) == 100
    assert reading.examples[0].startswith("mine.geojson feature 101: ")
    assert cause in reading.examples[0]


def test_another_coordinate_system_is_refused(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32638"}}
    with pytest.raises(SourceError, match=r"not in WGS 84.*save the file in EPSG:4326"):
        read(geojson(tmp_path, point(42, 33, name="X"), crs=crs))


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("{", "line 1: not JSON"),
        ("[1]", "expected a GeoJSON FeatureCollection"),
        ("[" * 100_000, "nested too deeply"),
        ('{"features": 3}', "expected a GeoJSON FeatureCollection"),
        ('{"features": []}', "holds no places"),
    ],
)
def test_what_is_no_geojson_is_refused(tmp_path: Path, text: str, cause: str) -> None:
    path = tmp_path / "mine.geojson"
    path.write_text(text)
    with pytest.raises(SourceError, match=cause):
        read(path)


def test_every_column_has_words_for_what_it_holds() -> None:
    from gazetteer.sources.table import TableRow

    assert set(yaml_table("table_columns.yaml")) == set(TableRow.model_fields)
