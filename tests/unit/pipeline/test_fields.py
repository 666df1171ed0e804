from __future__ import annotations

import pytest

from pipeline.fields import DTYPES, _spec, layer_spec, layer_specs


def test_four_layers_each_with_its_key_among_its_columns():
    assert list(layer_specs()) == ["events", "claims", "areas", "mentions"]
    for spec in layer_specs().values():
        assert spec.key in spec.columns
        assert len(set(spec.columns)) == len(spec.columns)
        assert "geometry" not in spec.columns
        assert all(field.type in DTYPES and field.text for field in spec.fields)


def test_columns_by_type():
    assert layer_spec("events").of_type("json") == (
        "geo_reasons",
        "geo_alternatives",
        "merge_reasons",
        "disagreements",
    )
    assert "event_date" in layer_spec("events").of_type("date")


def test_an_unknown_type_is_refused():
    with pytest.raises(ValueError, match="unknown type \\['decimal'\\]"):
        _spec("x", {"geometry": "Point", "key": "a", "fields": {"a": ["decimal", "…"]}})
