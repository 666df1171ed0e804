from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

from pipeline.errors import ContractError
from pipeline.frames import check_layers


def with_events(layers, **columns):
    return replace(layers, events=layers.events.assign(**columns))


def test_a_good_run_passes_unchanged(small_layers):
    assert check_layers(small_layers) is small_layers


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("event_id", "", "is empty"),
        ("geo_precision", 4, "out of range: 1 to 3"),
        ("confidence", 1.5, "out of range: 0 to 1"),
        ("low", -1, "out of range: 0 or more"),
        ("rel_dist_km", float("inf"), "not finite"),
        ("event_status", "maybe", "is none of asserted, claimed"),
        ("event_status", "", "is empty"),
        ("sub_event_type", "Air strike", "is none of Government regains territory"),
        ("geo_method", "guess", "is none of exact, fuzzy"),
        ("geo_method", "", "is empty though the event is placed"),
        ("notes", "a\x00b", "holds NUL"),
        ("geo_reasons", "[1,", "is not JSON"),
        ("geo_reasons", "[NaN]", "NaN is no JSON"),
        ("source_url", "javascript:alert(1)", "is no http or https link"),
        ("source_url", "https://example.org data:text/html,x", "is no http or https link"),
        ("latitude", 34.0, "does not agree with the geometry"),
        ("injuries_low", 9, "exceeds injuries_best"),
    ],
)
def test_a_breach_names_layer_column_row_and_value(small_layers, column, value, why):
    values = small_layers.events[column].copy()
    values.iloc[0] = value
    with pytest.raises(ContractError, match=rf"layer events, column {column}, row 0 \(event_id .*{why}"):
        check_layers(with_events(small_layers, **{column: values}))


@pytest.mark.parametrize("value", [None, 5, "half \ud83d", "a\x00b"])
def test_what_is_no_clean_text_is_found_in_whatever_row(small_layers, value):
    texts = small_layers.events["notes"].astype(object)
    texts.iloc[4] = value
    with pytest.raises(ContractError, match=r"layer events, column notes, row 4 .* is null, or holds NUL or a lone"):
        check_layers(with_events(small_layers, notes=texts))


def test_json_that_only_a_lenient_reader_takes_is_json(small_layers):
    reasons = small_layers.events["geo_reasons"].copy()
    reasons.iloc[1] = r'["\ud83d"]'  # an escape of half a character
    layers = with_events(small_layers, geo_reasons=reasons)
    assert check_layers(layers) is layers


@pytest.mark.parametrize(
    ("shape", "why"),
    [
        (shapely.box(0, 0, 1, 1), "is not a Point"),
        (shapely.Point(), "is not a Point with coordinates"),
        (shapely.Point(44, 95), "looks swapped"),
        (shapely.Point(200, 10), "out of range"),
    ],
)
def test_a_wrong_geometry_names_its_row(small_layers, shape, why):
    shapes = [shape, *small_layers.events.geometry[1:]]
    with pytest.raises(ContractError, match=rf"layer events, column geometry, row 0 .*{why}"):
        check_layers(replace(small_layers, events=small_layers.events.set_geometry(shapes, crs="EPSG:4326")))


def test_an_area_that_crosses_itself_is_refused(small_layers):
    bow_tie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    shapes = [bow_tie, *small_layers.areas.geometry[1:]]
    with pytest.raises(ContractError, match=r"layer areas, column geometry, row 0 .*crosses itself"):
        check_layers(replace(small_layers, areas=small_layers.areas.set_geometry(shapes, crs="EPSG:4326")))


def test_another_coordinate_system_is_refused(small_layers):
    with pytest.raises(ContractError, match="coordinates must be in EPSG:4326, not EPSG:3857"):
        check_layers(replace(small_layers, areas=small_layers.areas.to_crs(3857)))


def test_a_missing_column_is_named(small_layers):
    with pytest.raises(ContractError, match=r"layer mentions: columns .* differ in \['status'\]"):
        check_layers(replace(small_layers, mentions=small_layers.mentions.drop(columns="status")))


def test_a_wrong_dtype_is_named(small_layers):
    with pytest.raises(ContractError, match="column n_sources: dtype must be Int64, not float64"):
        check_layers(with_events(small_layers, n_sources=small_layers.events["n_sources"].astype("float64")))


def test_a_plain_frame_is_refused(small_layers):
    with pytest.raises(ContractError, match="a GeoDataFrame is needed, not DataFrame"):
        check_layers(replace(small_layers, claims=small_layers.claims.drop(columns="geometry")))


def test_a_placed_event_needs_a_precision(small_layers):
    values = small_layers.events["geo_precision"].copy()
    values.iloc[0] = None
    with pytest.raises(ContractError, match=r"column geo_precision, row 0 .* is empty though the event is placed"):
        check_layers(with_events(small_layers, geo_precision=values))
