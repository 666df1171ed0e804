"""The archive, read back by GDAL: no event is left out at any zoom, and what it says is what the records say."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pyogrio
import pytest
from many_points import repeated, with_points

from pipeline.errors import InputError, OutputError
from pipeline.products.map.data import event_record
from pipeline.products.points.archive import told_by, write_tiles
from pipeline.products.points.order import FINEST, fingerprint, placed
from pipeline.products.points.records import Records


def read(path, level: int):
    return pyogrio.read_dataframe(path, layer="events", ZOOM_LEVEL=level)


@pytest.fixture
def layers(small_layers):
    return repeated(small_layers)


@pytest.mark.parametrize("level", [0, 5, 7, FINEST])
@pytest.mark.parametrize("most", [1, 12, 6000])
def test_no_event_is_left_out_at_any_zoom(layers, tmp_path, monkeypatch, level, most):
    monkeypatch.setattr("pipeline.products.points.gather.MOST", most)
    monkeypatch.setattr("pipeline.products.points.gather.MOST_FINEST", most)
    found = read(with_points(layers, tmp_path), level)
    count = found["n"].fillna(1) if "n" in found else pd.Series(1, found.index)
    assert count.sum() == layers.events.geometry.notna().sum()


def test_points_and_words_are_those_of_the_records(layers, tmp_path):
    path = with_points(layers, tmp_path)
    found = read(path, FINEST).to_crs(4326).set_index("mvt_id")
    records = Records(tmp_path / "events.parquet")
    assert len(found) == len(records)
    for row, feature in found.iterrows():
        record = records.of(int(row))
        assert abs(feature.geometry.x - record["lon"]) < 3e-5
        assert abs(feature.geometry.y - record["lat"]) < 3e-5
        for name in ("event_type", "location", "country", "perpetrator", "date", "harm", "precision", "mark"):
            assert (feature[name] or "") == record[name], name


def test_a_record_is_what_a_popup_of_a_small_map_says(layers, tmp_path):
    with_points(layers, tmp_path)
    at = placed(layers.events)
    for row in (0, len(at.order) - 1):
        assert Records(tmp_path / "events.parquet").of(row) == event_record(layers.events.iloc[[at.order[row]]])


def test_rows_gathered_at_a_place_follow_each_other(layers, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.products.points.gather.MOST_FINEST", 8)
    found = read(with_points(layers, tmp_path), FINEST)
    records = Records(tmp_path / "events.parquet")
    several = found[found["n"].fillna(1) > 1]
    assert len(several) > 0
    for feature in several.itertuples():
        told = [records.of(feature.mvt_id + number) for number in range(int(feature.n))]
        assert {one["event_type"] for one in told} == {feature.event_type}
        assert {one["mark"] for one in told} == {feature.mark}
        assert len({(one["lat"], one["lon"]) for one in told}) == 1


def test_a_cell_has_no_row_and_is_no_exact_place(layers, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.products.points.gather.MOST", 1)
    found = read(with_points(layers, tmp_path), 3)
    cells = found[found["precision"].str.contains("cell", na=False)]
    assert len(cells) > 0
    assert set(cells["mark"]) == {"near"}
    assert cells["mvt_id"].isna().all()
    coarse = Counter(found[found["mark"].isin(("area", "country"))]["mark"])
    assert set(coarse) == {"area", "country"}


def test_only_stated_numbers_are_summed(layers, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.products.points.gather.MOST", 1)
    found = read(with_points(layers, tmp_path), 0)
    assert found["injuries_low"].sum() == layers.events.loc[layers.events.geometry.notna(), "injuries_low"].sum()
    assert "not stated" in set(found["harm"])


def test_it_says_what_it_is_and_whose(layers, tmp_path):
    said = told_by(with_points(layers, tmp_path))
    assert said["fingerprint"] == fingerprint(layers.events) == Records(tmp_path / "events.parquet").fingerprint
    assert said["attribution"] == "made up"
    assert "No event is left out" in said["description"]


def test_same_events_give_the_same_bytes(layers, tmp_path):
    first = with_points(layers, tmp_path / "a").read_bytes()
    assert with_points(layers, tmp_path / "b").read_bytes() == first


def test_events_without_a_point_give_an_empty_archive(empty_layers, tmp_path):
    path = write_tiles(empty_layers.events, tmp_path / "events.pmtiles", attribution=[])
    assert told_by(path)["events"] == 0


def test_text_of_any_kind_comes_back_as_it_was(layers, tmp_path):
    texts = ["</script>", "الرمادي", "a\u2028b", "x" * 70_000, "\x00\x01", "constructor"]
    events = layers.events.assign(location=[texts[n % len(texts)] for n in range(len(layers.events))])
    write_tiles(events, tmp_path / "e.pmtiles", attribution=[])
    at = placed(events)
    found = read(tmp_path / "e.pmtiles", FINEST).set_index("mvt_id")["location"]
    for row, number in enumerate(at.order):
        expected = texts[number % len(texts)]
        assert found[row] == expected.split("\x00")[0] or "\x00" in expected


def test_days_before_1970_and_large_numbers_are_kept(layers, tmp_path):
    day = pd.to_datetime(pd.Series(["1948-05-15"] * len(layers.events))).astype("datetime64[ms]")
    old = dict.fromkeys(("event_date", "date_start", "date_end"), day)
    low = pd.array(np.full(len(layers.events), 2_000_000), dtype="Int64")
    write_tiles(layers.events.assign(**old, low=low), tmp_path / "e.pmtiles", attribution=[])
    found = read(tmp_path / "e.pmtiles", FINEST)
    assert set(found["from"]) == {(pd.Timestamp("1948-05-15") - pd.Timestamp("1970-01-01")).days}
    assert set(found["low"]) == {2_000_000}


def test_what_is_no_archive_is_named(tmp_path):
    for content in (b"", b"PMTiles\x03", b"x" * 500):
        (tmp_path / "events.pmtiles").write_bytes(content)
        with pytest.raises(InputError, match=r"events\.pmtiles.*sitmap map"):
            told_by(tmp_path / "events.pmtiles")


def test_a_table_that_is_none_is_named_and_a_row_that_is_not_there_too(layers, tmp_path):
    (tmp_path / "events.parquet").write_bytes(b"no")
    with pytest.raises(InputError, match=r"events\.parquet.*sitmap map"):
        Records(tmp_path / "events.parquet")
    with_points(layers, tmp_path)
    records = Records(tmp_path / "events.parquet")
    for row in (-1, len(records)):
        with pytest.raises(IndexError):
            records.of(row)


def test_a_folder_that_cannot_be_written_is_named(layers, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        write_tiles(layers.events, tmp_path / "file" / "events.pmtiles", attribution=[])
