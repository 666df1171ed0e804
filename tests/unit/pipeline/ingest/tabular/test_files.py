from __future__ import annotations

import gzip
import json
import random
import zipfile
from datetime import date, datetime

import geopandas as gpd
import pandas as pd
import pytest
from openpyxl import Workbook
from shapely.geometry import Point

from pipeline.ingest import read_articles
from pipeline.ingest.limits import Limits
from pipeline.ingest.tabular import TABLE_SUFFIXES, Sheet, read_sheets, sheets_in, table_files
from pipeline.models import Rejection

MAY_DAY = datetime(2023, 5, 1)  # noqa: DTZ001 - as a spreadsheet has it
TEXT = "date,place\n2023-11-20,Hit\n"


def only(path, **limits):
    (found,) = read_sheets(path, limits=Limits(**limits))
    return found


def workbook(path, *sheets):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_what_is_a_table_and_what_is_a_report_is_told_by_the_ending(tmp_path):
    for name in ("a.csv", "b.CSV.gz", "c.tsv", "d.xlsx", "e.parquet", "f.geojson", "g.txt", "h.json"):
        (tmp_path / name).write_bytes(b"")
    assert [path.name for path in table_files([tmp_path])] == [
        "a.csv",
        "b.CSV.gz",
        "c.tsv",
        "d.xlsx",
        "e.parquet",
        "f.geojson",
    ]
    read = list(read_articles([tmp_path], apart=TABLE_SUFFIXES))
    assert sorted(item.path.rpartition("/")[2] for item in read) == ["g.txt", "h.json"]


def test_a_csv_file_may_be_packed_and_what_it_expands_to_is_bounded(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(TEXT.encode()))
    assert only(path).rows == ((2, ("2023-11-20", "Hit")),)
    assert only(path, max_table_bytes=10).cause == "larger than 10 bytes"
    path.write_bytes(b"\x1f\x8b no gzip")
    assert "cannot be read" in only(path).cause


def test_each_sheet_of_a_workbook_is_a_table_and_a_title_may_stand_above_it(tmp_path):
    head = ("date", "place", "n")
    path = workbook(
        tmp_path / "w.xlsx",
        ("May", [("Incidents in May",), head, (MAY_DAY, "Hit", 3)]),
        ("Empty", []),
        ("June", [head, ("2023-06-01", "Ana", None)]),
    )
    may, june = read_sheets(path)
    assert (may.name, may.columns, may.is_typed) == ("w.xlsx [May]", head, True)
    assert may.rows == ((3, (MAY_DAY, "Hit", 3)),)
    assert june.rows == ((2, ("2023-06-01", "Ana", None)),)


def test_a_workbook_that_expands_too_far_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 1_000_000)
    refused = only(path, max_table_bytes=100_000)
    assert refused.cause == "expands to more than 100,000 bytes"
    assert path.stat().st_size < 100_000


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 cut short"])
def test_a_damaged_workbook_is_refused(tmp_path, content):
    path = tmp_path / "w.xlsx"
    path.write_bytes(content)
    assert only(path).cause.startswith("not a readable workbook")


def test_a_workbook_without_sheets_of_cells_is_refused(tmp_path):
    path = tmp_path / "w.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    assert only(path).cause.startswith("not a readable workbook")
    assert only(workbook(tmp_path / "e.xlsx", ("A", []))).cause == "the workbook is empty"


def damaged(data, number):
    """Return bytes of which a few are others, cut out or put in; the same for the same number."""
    chance = random.Random(number)
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        at, long = chance.randrange(len(made)), chance.randrange(1, 20)
        made[at : at + chance.choice((1, 1, 1, long))] = chance.choice(
            (b"", chance.randbytes(1), chance.randbytes(long))
        )
    return bytes(made)


@pytest.mark.parametrize("suffix", [".xlsx", ".parquet"])
def test_bytes_that_were_changed_stop_no_run(tmp_path, suffix):
    whole = tmp_path / f"whole{suffix}"
    if suffix == ".xlsx":
        workbook(whole, ("May", [("date", "place", "n"), (MAY_DAY, "Hit", 3), ("2023-06-01", "Ana", None)]))
    else:
        pd.DataFrame({"date": ["2023-11-20"] * 9, "place": ["Hit", "Ana", ""] * 3, "n": range(9)}).to_parquet(whole)
    told = [item for number in range(150) for item in sheets_in(damaged(whole.read_bytes(), number), whole)]
    assert {type(item) for item in told} <= {Sheet, Rejection}
    assert any(isinstance(item, Rejection) for item in told)


def test_rows_of_a_workbook_are_bounded(tmp_path):
    path = workbook(tmp_path / "w.xlsx", ("A", [("date", "place"), *[("2023-11-20", "Hit")] * 5]))
    assert only(path, max_rows=3).cause == "the table has more than 3 rows"


def test_geoparquet_keeps_types_and_its_points_become_coordinates(tmp_path):
    frame = gpd.GeoDataFrame(
        {"date": [date(2023, 11, 20), None], "place": ["Hit", "Ana"], "n": pd.array([1, None], "Int64")},
        geometry=[Point(42.82, 33.64), None],
        crs=4326,
    )
    frame.to_parquet(tmp_path / "a.parquet")
    sheet = only(tmp_path / "a.parquet")
    assert sheet.columns == ("date", "place", "n", "latitude", "longitude")
    assert sheet.rows == ((1, (date(2023, 11, 20), "Hit", 1, 33.64, 42.82)), (2, (None, "Ana", None, None, None)))


def test_categories_of_parquet_are_the_texts_and_numbers_that_they_stand_for(tmp_path):
    frame = pd.DataFrame({"place": ["Hit", None, "Hit"], "killed": [2, 2, 5]}, dtype="category")
    frame.to_parquet(tmp_path / "a.parquet")
    assert only(tmp_path / "a.parquet").rows == ((1, ("Hit", 2)), (2, (None, 2)), (3, ("Hit", 5)))


def test_parquet_that_repeats_itself_is_bounded_by_what_it_expands_to(tmp_path):
    pd.DataFrame({"date": ["2023-11-20"] * 2000, "place": ["x" * 1000] * 2000}).to_parquet(tmp_path / "a.parquet")
    assert (tmp_path / "a.parquet").stat().st_size < 100_000
    assert only(tmp_path / "a.parquet", max_table_bytes=500_000).cause == "expands to more than 500,000 bytes"
    twins = pd.DataFrame({"place": pd.Series(["x" * 20_000, *["y"] * 8, "x" * 20_000] * 300, dtype="category")})
    twins.to_parquet(tmp_path / "c.parquet")
    assert only(tmp_path / "c.parquet", max_table_bytes=5_000_000).cause == "expands to more than 5,000,000 bytes"
    (tmp_path / "b.parquet").write_bytes(b"PAR1 and no more")
    assert "not a readable Parquet file" in only(tmp_path / "b.parquet").cause


def test_geojson_s_features_are_rows_and_what_is_none_is_refused(tmp_path):
    point, line = (
        {"type": "Point", "coordinates": [42.8, 33.6]},
        {"type": "LineString", "coordinates": [[0, 1], [2, 3]]},
    )
    features = [
        {"type": "Feature", "properties": {"date": "2023-11-20", "tags": ["a"]}, "geometry": point},
        {"type": "Feature", "properties": None, "geometry": None},
        {"type": "Feature", "properties": {"date": "2023-11-21"}, "geometry": line},
        "no feature",
    ]
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    sheet = only(path)
    assert sheet.columns == ("date", "tags", "latitude", "longitude")
    assert sheet.rows[0] == (1, ("2023-11-20", '["a"]', 33.6, 42.8))
    assert sheet.rows[2] == (3, ("2023-11-21", None, None, None))
    assert [(r.line, r.cause) for r in sheet.rejections] == [(4, "not a feature")]


@pytest.mark.parametrize(
    ("feature", "cause"),
    [
        ('{"type": "Feature", "properties": {"n": NaN}}', "malformed JSON: NaN is not JSON"),
        (
            '{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [Infinity, 1]}}',
            "Infinity",
        ),
        ('{"type": "Feature", "properties": {"n": 1, "n": 2}}', "malformed JSON: the key 'n' stands twice"),
    ],
)
def test_a_feature_that_is_no_json_is_refused_and_the_others_are_read(tmp_path, feature, cause):
    path = tmp_path / "a.geojson"
    good = '{"type": "Feature", "properties": {"date": "2023-11-20"}}'
    path.write_text(f'{{"type": "FeatureCollection", "features": [{good},\n{feature},\n{good}]}}', encoding="utf-8")
    sheet = only(path)
    assert [number for number, _ in sheet.rows] == [1, 3]
    assert [(r.line, cause in r.cause) for r in sheet.rejections] == [(2, True)]


def test_a_feature_without_properties_is_a_row_without_cells(tmp_path):
    path = tmp_path / "a.geojson"
    features = [{"type": "Feature"}, {"type": "Feature", "properties": {"date": "2023-11-20"}}]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    assert only(path).rows == ((1, (None, None, None)), (2, ("2023-11-20", None, None)))


def test_malformed_geojson_is_refused_with_its_line(tmp_path):
    path = tmp_path / "a.geojson"
    path.write_text('{"type": "FeatureCollection",\n"features": [}', encoding="utf-8")
    assert (only(path).line, "malformed JSON" in only(path).cause) == (2, True)


@pytest.mark.parametrize("text", ["[]", "{}", '{"features": []}', "{", "[" * 500, '{"features": 3}'])
def test_what_is_no_feature_collection_is_refused(tmp_path, text):
    path = tmp_path / "a.geojson"
    path.write_text(text, encoding="utf-8")
    assert isinstance(only(path), Rejection)


def test_a_feature_collection_in_a_json_file_is_told_where_it_belongs(tmp_path):
    (tmp_path / "a.json").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    (found,) = read_articles([tmp_path])
    assert "name it .geojson" in found.remedy


def test_bytes_that_are_no_text_do_not_stop_the_run(tmp_path):
    (tmp_path / "a.csv").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "b.csv").write_bytes(b"")
    found = [item for path in table_files([tmp_path]) for item in read_sheets(path)]
    assert all(isinstance(item, Sheet | Rejection) for item in found)
    assert len(found) == 2
