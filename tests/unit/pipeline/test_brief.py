from __future__ import annotations

import json
from datetime import date

import pytest

from pipeline.brief import period_of, read_record
from pipeline.errors import InputError, UsageError

FIRST, LAST = date(2023, 11, 20), date(2023, 11, 21)  # of the small run


def asked(layers, **days):
    return period_of(layers, **({"first": None, "last": None, "period": "all"} | days))


@pytest.mark.parametrize(
    ("days", "period"),
    [
        ({}, None),
        ({"period": "week"}, (date(2023, 11, 15), LAST)),
        ({"period": "month"}, (date(2023, 10, 23), LAST)),
        ({"period": "week", "last": date(2023, 11, 10)}, (date(2023, 11, 4), date(2023, 11, 10))),
        ({"first": date(2023, 11, 1)}, (date(2023, 11, 1), LAST)),
        ({"last": date(2023, 12, 1)}, (FIRST, date(2023, 12, 1))),
        ({"last": date(2023, 11, 1)}, (date(2023, 11, 1), date(2023, 11, 1))),
        ({"first": date(2024, 1, 1)}, (date(2024, 1, 1), date(2024, 1, 1))),
        ({"first": LAST, "last": LAST}, (LAST, LAST)),
        ({"first": date(2023, 11, 1), "period": "week"}, (date(2023, 11, 1), LAST)),
    ],
)
def test_the_period_asked_for(small_layers, days, period):
    assert asked(small_layers, **days) == period


@pytest.mark.parametrize(
    ("days", "period"),
    [
        ({"period": "week"}, None),
        ({"first": FIRST}, (FIRST, FIRST)),
        ({"last": LAST, "period": "week"}, (date(2023, 11, 15), LAST)),
    ],
)
def test_without_events_the_days_given_are_the_period(empty_layers, days, period):
    assert asked(empty_layers, **days) == period


@pytest.mark.parametrize("period", ["all", "week"])
def test_days_the_wrong_way_round_are_refused(small_layers, period):
    with pytest.raises(UsageError, match="--from 2023-11-21 is after --to 2023-11-20; swap them"):
        asked(small_layers, first=LAST, last=FIRST, period=period)


def test_the_record_gives_versions_rejections_and_corrections(tmp_path):
    row = {"path": "a.json", "line": 3, "cause": "not JSON", "value": "{", "remedy": "mend it"}
    path = tmp_path / "run.json"
    ruled = {"where": "corrections.csv:2", "kind": "reject"}
    record = {"versions": {"sitmap": "0.1.0"}, "rejections": [row], "corrections": [ruled]}
    path.write_text(json.dumps(record), encoding="utf-8")
    versions, (rejection,), attribution, corrections = read_record(path)
    assert corrections == (ruled,)
    assert attribution == ()
    assert versions == {"sitmap": "0.1.0"}
    assert (rejection.path, rejection.line, rejection.remedy) == ("a.json", 3, "mend it")


def test_without_a_record_there_is_nothing(tmp_path):
    assert read_record(tmp_path / "run.json") == ({}, (), (), ())


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"\xff", b'{"versions": 1, "rejections": []}', b'{"versions": {}, "rejections": [{"x": 1}]}'],
)
def test_a_damaged_record_is_named(tmp_path, content):
    path = tmp_path / "run.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"run\.json: not the record of a run"):
        read_record(path)
