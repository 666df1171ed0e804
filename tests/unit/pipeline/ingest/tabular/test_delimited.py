from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.ingest.limits import Limits, RefusedError
from pipeline.ingest.tabular.delimited import read_delimited

SPECTRUM = Path(__file__).resolve().parents[5].parent / "shared" / "badinput" / "csv-spectrum"


def read(text, **limits):
    return read_delimited(text.encode(), "a.csv", "a.csv", Limits(**limits))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_told_by_the_rows(separator):
    lines = [
        separator.join(cells)
        for cells in (("date", "place", "notes"), ("2023-11-20", "Hit", "one. two"), ("", "Ana", ""))
    ]
    sheet = read("\n".join(lines))
    assert sheet.columns == ("date", "place", "notes")
    assert sheet.rows == ((2, ("2023-11-20", "Hit", "one. two")), (3, ("", "Ana", "")))


def test_a_first_line_may_say_the_separator():
    sheet = read("sep=;\ndate;place\n2023-11-20;Hit, Anbar\n")
    assert sheet.columns == ("date", "place")
    assert sheet.rows == ((3, ("2023-11-20", "Hit, Anbar")),)


def test_rows_are_numbered_as_a_spreadsheet_shows_them_whatever_lines_a_cell_has():
    sheet = read('date,notes\n2023-11-20,"two\nlines"\n\n2023-11-21,b\n')
    assert [number for number, _ in sheet.rows] == [2, 4]


def test_a_row_of_another_length_is_refused_and_the_others_are_read():
    sheet = read("date,place,n\n2023-11-20,Hit,1\n2023-11-21,Hit\n2023-11-22,Hit,1,2\n2023-11-23,Hit,1,,\n")
    assert [number for number, _ in sheet.rows] == [2, 5]
    assert [(r.line, r.cause) for r in sheet.rejections] == [
        (3, "the row has 2 cells, the table 3 columns"),
        (4, "the row has 4 cells, the table 3 columns"),
    ]


def test_a_quote_that_is_never_closed_costs_its_row_and_is_told():
    sheet = read('date,place\n2023-11-20,Hit\n2023-11-21,"Ana\n')
    assert [number for number, _ in sheet.rows] == [2]
    assert sheet.rejections[0].line == 3
    assert "quotes" in sheet.rejections[0].remedy


def test_too_many_rows_or_columns_are_refused():
    with pytest.raises(RefusedError, match="more than 2 rows"):
        read("date,place\n" + "2023-11-20,Hit\n" * 3, max_rows=2)
    with pytest.raises(RefusedError, match="more than 3 columns"):
        read("a,b,c,d\n1,2,3,4\n", max_columns=3)


def test_an_empty_table_is_refused():
    with pytest.raises(RefusedError, match="the table is empty"):
        read("\n \n")


def test_gdelt_s_rows_need_no_line_of_names():
    row = ["410", "20231120", "202311", "2023", "2023.8822", *[""] * 52]
    sheet = read_delimited(("\t".join(row) + "\n").encode(), "x.CSV", "x.CSV", Limits())
    assert sheet.columns[52] == "ActionGeo_ADM1Code"
    assert sheet.rows[0][0] == 1


@pytest.mark.skipif(not SPECTRUM.is_dir(), reason="shared/badinput/csv-spectrum is missing")
@pytest.mark.parametrize("name", sorted(path.stem for path in SPECTRUM.glob("csvs/*.csv")))
def test_csv_spectrum_is_read_as_it_says(name):
    sheet = read_delimited((SPECTRUM / "csvs" / f"{name}.csv").read_bytes(), name, name, Limits())
    expected = json.loads((SPECTRUM / "json" / f"{name}.json").read_text(encoding="utf-8"))
    found = [dict(zip(sheet.columns, cells, strict=True)) for _, cells in sheet.rows]
    assert sheet.rejections == ()
    if name == "location_coordinates":  # the JSON beside it holds another record
        assert list(found[0]) == list(expected)
    else:
        assert found == expected
