from __future__ import annotations

import pytest
from pandas.testing import assert_frame_equal

from pipeline.errors import ContractError, InputError
from pipeline.products.geojson import write_geojson
from pipeline.products.load import load_layers
from pipeline.products.tables import write_parquet


def written(layers, folder):
    write_geojson(layers, folder)
    write_parquet(layers.events, folder / "events.parquet")
    return folder


def test_layers_come_back_as_they_were_written(small_layers, tmp_path):
    back = load_layers(written(small_layers, tmp_path))
    for name, frame in small_layers.items():
        read = getattr(back, name)
        assert list(read.columns) == list(frame.columns)
        plain = [column for column in frame.columns if column != "geometry"]
        assert_frame_equal(read[plain], frame[plain])
        assert read.geometry.isna().tolist() == frame.geometry.isna().tolist()
        assert read.geometry.geom_equals_exact(frame.geometry, 1e-6).sum() == frame.geometry.notna().sum()


def test_empty_layers_come_back_empty(empty_layers, tmp_path):
    back = load_layers(written(empty_layers, tmp_path))
    for name, frame in empty_layers.items():
        assert getattr(back, name).empty
        assert getattr(back, name).dtypes.to_dict() == frame.dtypes.to_dict()


@pytest.mark.parametrize("name", ["events.parquet", "claims.geojson", "areas.geojson", "mentions.geojson"])
def test_a_missing_or_damaged_file_is_named_with_the_remedy(small_layers, tmp_path, name):
    folder = written(small_layers, tmp_path)
    (folder / name).write_bytes(b"{ cut short")
    with pytest.raises((InputError, ContractError), match=name):
        load_layers(folder)
    (folder / name).unlink()
    with pytest.raises(InputError, match="sitmap map"):
        load_layers(folder)
