from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest
import shapely
from briefing_rows import event, layers_of, row

from pipeline.products.briefing.drawing import mark, style_classes, styles
from pipeline.products.briefing.facts import select
from pipeline.products.briefing.map_figure import WIDTH, Frame, map_figure, precision_of
from pipeline.products.briefing.timeline_figure import timeline, timeline_figure

SVG = "{http://www.w3.org/2000/svg}"


def drawn(layers):
    rows = select(layers).counted
    numbers = {one.event_id: number for number, one in enumerate(rows, start=1)}
    return ET.fromstring(str(map_figure(rows, layers.areas, numbers)))


def classes(root, tag="path"):
    return [element.get("class") for element in root.iter(SVG + tag)]


def test_every_placed_incident_is_in_one_mark_and_only_exact_ones_are_filled(layers):
    root = drawn(layers)
    marks = {event_id: link for link in root.iter(SVG + "a") for event_id in link.get("data-rows").split()}
    placed = [one for one in select(layers).counted if one.is_placed]
    assert sorted(marks) == sorted(one.event_id for one in placed)
    for one in placed:
        kinds = [path.get("class").split() for path in marks[one.event_id].iter(SVG + "path")]
        filled = any("mark" in kind and "exact" in kind for kind in kinds)
        assert filled == (one.geo_precision == 1), one.event_id


def test_a_province_is_outlined_and_a_country_is_not(layers):
    assert sum((kind or "").startswith("footprint ") for kind in classes(drawn(layers))) == 1
    country = layers_of(
        [event(1, "2023-11-20", "iraq")],
        areas=[row("areas", shapely.box(39, 29, 48, 37), event_id="e01", kind="country", geo_precision=3)],
    )
    assert not any((kind or "").startswith("footprint ") for kind in classes(drawn(country)))
    assert any("ring" in (kind or "") for kind in classes(drawn(country)))


def test_marks_lie_within_the_figure(layers):
    for link in drawn(layers).iter(SVG + "a"):
        assert link.get("href").startswith("#incident-")
    root = drawn(layers)
    height = float(root.get("viewBox").split()[3])
    for text in root.iter(SVG + "text"):
        assert 0 <= float(text.get("x")) <= WIDTH
        assert 0 <= float(text.get("y")) <= height + 4


def test_nothing_placed_draws_nothing():
    layers = layers_of([event(1, "2023-11-20", "nowhere")])
    assert map_figure(select(layers).counted, layers.areas, {"e01": 1}) == ""


@pytest.mark.parametrize("lat", [-89.9, 89.9, 0.0])
def test_poles_and_antimeridian_stay_in_the_figure(lat):
    points = [
        row("events", shapely.Point(lon, lat), event_id=f"e{lon}", event_status="asserted", geo_precision=1)
        for lon in (179.9, -179.9)
    ]
    root = drawn(layers_of(points))
    west, east = (float(rect.get("width")) for rect in (next(root.iter(SVG + "rect")),) * 2)
    assert west == east == WIDTH
    xs = [
        float(path.get("d")[1:].split(",")[0])
        for path in root.iter(SVG + "path")
        if "mark" in (path.get("class") or "")
    ]
    assert len(xs) == 2
    assert abs(xs[0] - xs[1]) < WIDTH / 2
    assert all(0 < x < WIDTH for x in xs)


def test_a_frame_puts_its_corners_in_the_corners():
    frame = Frame(40.0, 30.0, 44.0, 34.0)
    assert frame.at(40.0, 34.0) == (0.0, 0.0)
    x, y = frame.at(44.0, 30.0)
    assert (round(x, 6), round(y, 6)) == (WIDTH, round(frame.height, 6))


def test_precision_names_are_those_of_the_styles(layers):
    assert {precision_of(one) for one in select(layers).counted} == set(styles()["precision_marks"])


@pytest.mark.parametrize("shape", ["circle", "square", "triangle", "diamond", "star", "pentagon", "cross"])
def test_each_shape_of_the_styles_can_be_drawn(shape):
    path = mark(shape, (10, 10), 5)
    assert path.startswith("M")
    assert path.endswith("Z")


def test_every_style_has_a_shape_we_draw_and_a_class():
    used = {row["shape"] for row in (*styles()["event_types"].values(), styles()["other_event_type"])}
    assert all(mark(shape, (0, 0), 1) for shape in used)
    assert len(style_classes()) == len(styles()["event_types"]) + 1


@pytest.mark.parametrize(
    ("first", "last", "unit", "bars"),
    [
        ("2023-11-20", "2023-11-26", "day", 7),
        ("2023-10-18", "2023-11-23", "day", 37),
        ("2023-10-18", "2024-02-04", "week", 16),
        ("2023-01-15", "2024-02-04", "month", 14),
        ("2024-02-29", "2024-02-29", "day", 1),
        ("9999-12-30", "9999-12-31", "day", 2),
        ("9999-11-01", "9999-12-31", "week", 9),
        ("9999-01-01", "9999-12-31", "month", 12),
    ],
)
def test_the_unit_of_the_timeline_follows_the_period(first, last, unit, bars):
    made = timeline((), (date.fromisoformat(first), date.fromisoformat(last)))
    assert (made.unit, len(made.bars)) == (unit, bars)
    assert all(one.last < two.first for one, two in zip(made.bars, made.bars[1:], strict=False))


def test_bars_hold_every_dated_incident_once_and_the_coarse_ones_hollow(layers):
    selection = select(layers)
    made = timeline(selection.counted, selection.period)
    assert sum(bar.total for bar in made.bars) == sum(one.day is not None for one in selection.counted)
    assert [one.event_id for bar in made.bars for one in bar.unsure] == ["e06"]
    kinds = [rect.get("class") for rect in ET.fromstring(str(timeline_figure(made))).iter(SVG + "rect")]
    assert kinds.count("bar open") == 1


def test_a_week_in_its_own_weekly_bar_is_sure():
    whole = event(1, "2023-11-20", "asad", date_end=date(2023, 11, 26), time_precision=2)
    rows = select(layers_of([whole])).counted
    made = timeline(rows, (date(2023, 10, 1), date(2023, 12, 31)))
    assert made.unit == "week"
    assert [bar.total for bar in made.bars if bar.sure] == [1]
