from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from briefing_rows import event, exactly, hurt, killed, layers_of

from pipeline.products.briefing import last_week
from pipeline.products.briefing.facts import by_actor, by_province, by_type, select, toll
from pipeline.products.briefing.incidents import links_of, read_incidents, reason_texts
from pipeline.products.briefing.rows import incident_rows
from pipeline.products.briefing.trend import compare, is_week
from pipeline.products.briefing.words import Range


def ids(incidents):
    return [one.event_id for one in incidents]


def test_only_asserted_and_claimed_incidents_count(layers):
    selection = select(layers)
    assert ids(selection.counted) == [f"e{n:02}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)]
    assert ids(selection.apart) == ["e16", "e17", "e18"]
    assert selection.period == (date(2023, 10, 18), date(2023, 11, 23))


def test_a_period_keeps_its_days_and_leaves_the_undated_open(layers, week):
    selection = select(layers, period=week)
    assert ids(selection.counted) == ["e10", "e11", "e12", "e13", "e14"]
    assert ids(selection.possible) == ["e15"]
    assert ids(selection.apart) == ["e16", "e17", "e18"]
    assert selection.period == week


@pytest.mark.parametrize(
    ("parts", "total", "stated", "unstated", "open_ended"),
    [
        ([], Range(), 0, 0, 0),
        ([{}], Range(), 0, 1, 0),
        ([killed(0)], Range(0, 0, 0), 1, 0, 0),
        ([killed(3), killed(4)], Range(7, 7, 7), 2, 0, 0),
        ([killed(3), killed(4, None)], Range(7, 7, None), 2, 0, 1),
        ([killed(3), {}], Range(3, 3, 3), 1, 1, 0),
        ([{"high": 40}], Range(0, 0, 40), 1, 0, 0),
        ([{"low": 2, "best": 3}, {"low": 5, "best": 6, "high": 9}], Range(7, 9, None), 2, 0, 1),
        ([hurt(9)], Range(), 0, 1, 0),
    ],
)
def test_tolls_add_up_and_silence_is_not_zero(parts, total, stated, unstated, open_ended):
    frame = layers_of([event(n, "2023-11-20", "asad", **part) for n, part in enumerate(parts)]).events
    sums = toll(read_incidents(frame), "deaths")
    assert sums.total == total
    assert (len(sums.stated), len(sums.unstated), len(sums.open_ended)) == (stated, unstated, open_ended)


def test_provinces_types_and_actors_hold_each_incident(layers):
    rows = select(layers).counted
    provinces = {group.name: len(group.incidents) for group in by_province(rows)}
    assert provinces[("Anbar", "Iraq")] == 5
    assert provinces[("Province not known", "Iraq")] == 1
    assert provinces[("Not placed", "")] == 1
    assert sum(provinces.values()) == sum(len(group.incidents) for group in by_type(rows)) == len(rows)
    actors = {row.name: row for row in by_actor(rows)}
    us = actors["Military Forces of the United States"]
    assert (len(us.named.incidents), len(us.as_perpetrator.incidents), len(us.as_target.incidents)) == (13, 4, 9)
    assert len(actors["A side"].as_perpetrator.incidents) == 0


def test_a_week_is_compared_with_the_four_before(layers, week):
    comparison = compare(select(layers).everything, week, first_day=date(2023, 10, 18))
    overall = comparison.overall
    assert comparison.covered
    assert (len(overall.week), len(overall.previous), len(overall.before)) == (5, 2, 6)
    assert overall.mean_value == 1.5
    assert (overall.word, overall.percent) == ("limited change", "+233%")
    assert overall.is_small
    assert overall.hangs_on_one
    assert {change.name: len(change.week) for change in comparison.rows}["Anbar, Iraq"] == 2


def test_no_trend_without_reports_over_the_four_weeks(layers, week):
    assert not compare(select(layers).everything, week, first_day=date(2023, 10, 24)).covered
    assert not compare((), week, first_day=None).covered


def test_the_last_week_ends_with_the_last_event(layers, no_layers, week):
    assert last_week(layers) == (date(2023, 11, 18), date(2023, 11, 24))
    assert last_week(no_layers) is None
    assert is_week(week)
    assert not is_week((week[0], week[0]))
    assert not is_week(None)


def test_missing_cells_read_as_nothing_and_columns_do_not_overrule_the_geometry():
    frame = layers_of([event(1, None, "asad")]).events
    frame["geometry"] = None
    (one,) = read_incidents(frame)
    assert one.day is None
    assert one.low is None
    assert not one.is_placed
    assert one.deaths == Range()


@pytest.mark.parametrize(
    ("urls", "kept"),
    [
        ("https://a.org/x http://b.org", ("https://a.org/x", "http://b.org")),
        ("javascript:alert(1) data:text/html,x vbscript:x file:///etc/passwd", ()),
        ("HTTPS://A.org", ("HTTPS://A.org",)),
        ("https:// http:///x //a.org a.org", ()),
        ("http://[bad", ()),
        ("https://a.org https://a.org", ("https://a.org",)),
        ("", ()),
    ],
)
def test_only_web_links_are_links(urls, kept):
    assert links_of(urls) == kept


@pytest.mark.parametrize(
    ("reasons", "texts"),
    [
        ('[{"feature": "a", "text": "near it"}, {"text": ""}]', ("near it",)),
        ("[]", ()),
        ("", ()),
        ("not json", ("not json",)),
        ('{"a": 1}', ('{"a": 1}',)),
        ("[" * 100_000, ("[" * 100_000,)),
    ],
)
def test_reasons_are_read_whatever_they_are(reasons, texts):
    assert reason_texts(reasons) == texts


def test_rows_say_precision_and_sides(layers):
    rows = {row.incident.event_id: row for row in incident_rows(select(layers).counted)}
    assert rows["e01"].precision == "exact place, within about 2 km"
    assert rows["e12"].precision == "province"
    assert rows["e11"].precision == "country only"
    assert (rows["e14"].place, rows["e14"].precision) == ("Not placed", "not on the map")
    assert rows["e14"].why_unplaced == "no place of that name is known"
    assert rows["e06"].when == "between 1 and 5 November 2023"
    assert rows["e04"].status == "claimed by one party"
    assert (rows["e15"].actor, rows["e15"].target) == ("A side and B side", "")
    assert (rows["e07"].actor, rows["e07"].target) == ("Military Forces of the United States", "not stated")
    assert rows["e09"].harm == ("Injured: 0",)
    assert rows["e12"].harm == ("not stated",)


def test_rows_are_ordered_by_date_then_id_whatever_the_frame(layers):
    shuffled = layers.events.sample(frac=1, random_state=3)
    assert ids(read_incidents(shuffled)) == ids(read_incidents(layers.events))
    assert isinstance(shuffled, pd.DataFrame)
    assert exactly("deaths", 3) == {"low": 3, "best": 3, "high": 3}
