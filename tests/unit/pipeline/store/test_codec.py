"""Records survive the way to bytes and back, every field of them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date

import msgspec
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry
from small_run import small_claims, small_events, small_report

from gazetteer.models import Place
from pipeline.models import Article, Count, Event, Footprint, Rejection, Report, Resolution, SpatialRelation
from pipeline.store.codec import decode, encode

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
POINTS = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
SHAPES = st.one_of(
    POINTS.map(shapely.Point),
    st.lists(POINTS, min_size=2, max_size=5).map(shapely.LineString),
    st.tuples(POINTS, st.floats(0.1, 5)).map(lambda p: shapely.Point(p[0]).buffer(p[1], quad_segs=2)),
    st.lists(POINTS, min_size=1, max_size=3).map(shapely.MultiPoint),
)
st.register_type_strategy(str, TEXTS)
st.register_type_strategy(float, FLOATS)
st.register_type_strategy(int, st.integers(-(2**40), 2**40))
st.register_type_strategy(BaseGeometry, SHAPES)


def back(record):
    data, shapes = encode(record)
    return decode(data, type(record), shapes.__getitem__)


def differences(one, other, path: str = "") -> list[str]:
    """Where two records differ, fields left out of comparisons too, and polygons point by point."""
    numbers = isinstance(one, int | float) and isinstance(other, int | float)  # a whole number of metres is one
    if type(one) is not type(other) and not numbers:
        return [f"{path}: {type(one)} and {type(other)}"]
    if is_dataclass(one) or isinstance(one, Place):
        names = Place.__struct_fields__ if isinstance(one, Place) else [f.name for f in fields(one)]
        pairs = [(name, getattr(one, name), getattr(other, name)) for name in names]
        return [d for name, a, b in pairs for d in differences(a, b, f"{path}.{name}")]
    if isinstance(one, tuple):
        pairs = [d for i, (a, b) in enumerate(zip(one, other, strict=False)) for d in differences(a, b, f"{path}[{i}]")]
        return pairs + ([f"{path}: lengths"] if len(one) != len(other) else [])
    same = one.equals_exact(other, 0) if isinstance(one, BaseGeometry) else one == other
    return [] if same else [f"{path}: {one!r} and {other!r}"]


@settings(max_examples=40, deadline=None)
@given(st.builds(Report, events=st.just(tuple(small_events())), claims=st.just(tuple(small_claims()))))
def test_any_report_comes_back_as_it_was(report):
    assert differences(back(report), report) == []


@pytest.mark.parametrize("kind", [Article, Resolution, Rejection, Footprint, Count])
def test_any_record_comes_back_as_it_was(kind):
    @settings(max_examples=60, deadline=None)
    @given(st.from_type(kind))
    def comes_back(record):
        assert differences(back(record), record) == []

    comes_back()


def test_a_report_with_every_kind_of_place_comes_back():
    report = small_report()
    assert differences(back(report), report) == []


def test_fields_that_comparisons_leave_out_come_back_too():
    relation = SpatialRelation("near", "close to", 3, 11, "Hit", distance_km=0.1 + 0.2)
    found = back(relation)
    assert (found.text, found.start, found.end, found.distance_km) == ("close to", 3, 11, 0.1 + 0.2)


def test_a_polygon_that_is_named_often_is_kept_once():
    shape = shapely.Point(44.0, 33.0).buffer(2.0)
    data, shapes = encode(tuple(Footprint(33.0, 44.0, float(n), shape) for n in range(3)))
    ((key, binary),) = shapes.items()
    assert data.count(key.encode()) == 3
    assert len(data) < len(binary)


def test_the_same_record_is_the_same_bytes():
    assert encode(small_report())[0] == encode(small_report())[0]


def test_what_is_no_record_is_refused_on_both_ways():
    with pytest.raises(TypeError, match="object cannot be stored"):
        encode(object())
    with pytest.raises(msgspec.DecodeError):
        decode(b"\x81", Count, {}.__getitem__)
    with pytest.raises(msgspec.ValidationError):
        decode(encode(Rejection("a", 1, "b"))[0], Report, {}.__getitem__)


def test_dates_are_dates():
    assert back(Article("a", "t", date=date(2023, 11, 21))).date == date(2023, 11, 21)


ATTRIBUTES = st.one_of(
    st.none(), st.booleans(), st.integers(), FLOATS, TEXTS, st.dates(), st.dates().map(str), st.integers().map(str)
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(TEXTS, ATTRIBUTES)).map(tuple))
def test_columns_of_tables_come_back_with_their_types(attributes):
    event = replace(small_events()[0], attributes=attributes)
    for found in (back(event), back(Report(Article("a", "t"), events=(event,))).events[0]):
        assert type(found) is Event
        assert [(name, type(v), v) for name, v in found.attributes] == [(n, type(v), v) for n, v in attributes]


@pytest.mark.parametrize(
    "value", [1, 1.0, True, "1", "2023-11-21", date(2023, 11, 21), None, "", 2**64, -(2**70), -0.0]
)
def test_values_that_look_alike_are_kept_apart(value):
    event = replace(small_events()[0], attributes=(("column", value),))
    assert repr(back(event).attributes) == repr(event.attributes)


def test_a_mark_that_is_not_known_is_damage():
    data, _ = encode(replace(small_events()[0], attributes=(("column", date(2023, 11, 21)),)))
    with pytest.raises(msgspec.DecodeError):
        decode(data.replace(b"\x01" + b"2023-11-21", b"\x09" + b"2023-11-21"), Event, {}.__getitem__)
