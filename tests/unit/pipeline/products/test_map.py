from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
import time
import zlib
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from pipeline.codes import event_types
from pipeline.errors import OutputError
from pipeline.frames import Layers
from pipeline.products.map import write_map
from pipeline.products.map.build import render_map
from pipeline.products.map.data import map_data, mark_of, styles
from pipeline.products.map.pack import embed
from pipeline.products.map.words import count_words, date_words, harm_words, span_words
from pipeline.tiles import tiles_from

ASSETS = files("pipeline.products.map").joinpath("assets")
SPAN = (date(2023, 11, 20), date(2023, 11, 26))
DATES = [
    (date(2023, 11, 20), date(2023, 11, 20), 1, 1, "20 Nov 2023 (day)"),
    (date(2023, 11, 20), None, 1, 1, "20 Nov 2023 (day)"),
    (date(2023, 11, 20), date(2023, 11, 21), 1, 2, "20–21 Nov 2023 (days)"),
    (*SPAN, 2, 3, "20–26 Nov 2023 (week)"),
    (date(2023, 11, 1), date(2023, 11, 30), 3, 4, "Nov 2023 (month)"),
    (date(2023, 10, 15), date(2023, 11, 15), 3, 4, "15 Oct – 15 Nov 2023 (month)"),
    (date(2023, 10, 1), date(2024, 1, 31), 3, 5, "1 Oct 2023 – 31 Jan 2024 (more than a month)"),
    (date(2023, 10, 1), date(2023, 10, 1), None, None, "1 Oct 2023 (precision not known)"),
    (None, None, 1, 1, "date not stated"),
]
COUNTS = [
    ((8, 8, 8), "exact", "8 injured"),
    ((20, 20, 20), "about", "about 20 injured"),
    ((62, 62, None), "at_least", "at least 62 injured"),
    ((2, 3, None), "several", "several injured (at least 2, perhaps 3)"),
    ((5, 7, None), "at_least", "at least 5 injured (perhaps 7)"),
    ((None, None, 9), "at_most", "at most 9 injured"),
    ((3, 4, 9), "unknown", "3 to 9 injured (best estimate 4)"),
    ((0, 0, 0), "exact", "none injured"),
    ((1200, 1200, 1200), "exact", "1,200 injured"),
    ((None, None, None), "unknown", ""),
]
MARKS = [
    ({"geo_precision": 1, "where_prec": 1, "geo_method": "exact"}, "exact"),
    ({"geo_precision": 2, "where_prec": 2, "geo_method": "relative"}, "near"),
    ({"geo_precision": 3, "where_prec": 4, "geo_method": "admin"}, "area"),
    ({"geo_precision": 3, "where_prec": 6, "geo_method": "admin"}, "country"),
    ({"geo_precision": 1, "where_prec": 1, "geo_method": "country"}, "country"),
    ({"geo_precision": None, "where_prec": None, "geo_method": ""}, "area"),
]
HOSTILE = [
    "</script><script>window.__canary=1</script>",
    "{{7*191}}",
    "{% x",
    "{# gone #}",
    "${x}",
    "`+1+`",
    "a\u2028b",
]


def render(layers: Layers, title: str = "A map") -> str:
    return render_map(layers, title=title, generated="22 Nov 2023", attribution=["GeoNames, CC BY 4.0"])


def block(page: str, name: str) -> str:
    return re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL).group(1)


def table(packed: dict) -> pd.DataFrame:
    return pd.DataFrame({name: values(column) for name, column in packed["columns"].items()}, dtype=object)


def values(column: list | dict) -> list:
    if isinstance(column, list):
        return column
    return [column["d"][n] for n in column["i"]] if "d" in column else list(itertools.accumulate(column["s"]))


def whole(layers: Layers) -> pd.DataFrame:
    """What the map knows of every event: what comes at once, and the details."""
    data, details = map_data(layers)
    return pd.concat([table(data["events"]), *(table(chunk) for chunk in details[:1])], axis=1)


def many(layers: Layers, count: int) -> Layers:
    events = pd.concat([layers.events] * (count // len(layers.events) + 1), ignore_index=True).head(count)
    return replace(layers, events=gpd.GeoDataFrame(events.assign(event_id=[f"e{n}" for n in range(count)])))


@pytest.mark.parametrize(("start", "end", "scale", "prec", "words"), DATES)
def test_date_is_said_no_finer_than_known(start, end, scale, prec, words):
    assert date_words(start, end, scale, prec) == words


@pytest.mark.parametrize(("bounds", "qualifier", "words"), COUNTS)
def test_counts_keep_their_bounds(bounds, qualifier, words):
    assert count_words(bounds, "injured", qualifier) == words


def test_span_names_the_month_once():
    assert span_words(*SPAN) == "20–26 Nov 2023"


def test_harm_not_stated_is_not_zero():
    row = dict.fromkeys(("low", "best", "high", "injuries_low", "injuries_best", "injuries_high", "count_qualifier"))
    assert harm_words(row) == "not stated"
    assert (
        harm_words(row | {"low": 3, "best": 3, "injuries_low": 8, "injuries_high": 8}) == "at least 3 killed; 8 injured"
    )


@pytest.mark.parametrize(("row", "mark"), MARKS)
def test_mark_is_never_finer_than_the_codes(row, mark):
    assert mark_of(row) == mark


def test_only_the_exact_mark_is_filled():
    assert [name for name, mark in styles()["precision_marks"].items() if mark["filled"]] == ["exact"]


def test_each_event_type_has_its_own_colour_and_shape():
    looks = styles()["event_types"]
    assert set(looks) == set(event_types())
    assert len({look["colour"] for look in looks.values()}) == len(looks)
    assert len({look["shape"] for look in looks.values()}) == len(looks)


def test_every_event_is_there_and_the_unplaced_has_no_point(small_layers):
    data, _ = map_data(small_layers)
    events = table(data["events"])
    assert sorted(events["event_id"]) == sorted(small_layers.events["event_id"])
    assert data["summary"]["placed"] == small_layers.events.geometry.notna().sum() == len(events) - 1
    assert events.loc[events["lat"].isna(), "mark"].tolist() == ["area"]
    assert data["summary"]["coarse"] == (small_layers.events["geo_precision"] == 3).sum()


def test_place_words_are_marked_within_the_sentence(small_layers):
    events = whole(small_layers)
    base = events[events["location"] == "Ain al-Asad"].iloc[0]
    start, end = base["marked"]
    assert base["source_sentence"][start:end] == "Ain al-Asad"


def test_place_words_outside_the_sentence_are_not_marked(small_layers):
    moved = small_layers.events.assign(place_start=900, place_end=905)
    assert not whole(replace(small_layers, events=moved))["marked"].notna().any()


def test_radius_is_said_for_points_and_not_for_provinces(small_layers):
    events = whole(small_layers)
    said = dict(zip(events["location"], events["precision"], strict=True))
    assert said["Ain al-Asad"] == "exact place, within about 2 km"
    assert said["Anbar"] == "province"


def test_arabic_name_does_not_turn_the_line(small_layers):
    arabic = small_layers.events.assign(location="الرمادي", admin1="Anbar", country="Iraq")
    where = whole(replace(small_layers, events=arabic))["where"]
    assert set(where) == {"\u200e\u2068الرمادي\u2069, Anbar, Iraq"}


def test_uncertainty_circles_are_not_sent_twice(small_layers):
    kinds = table(map_data(small_layers)[0]["areas"])["kind"]
    assert set(small_layers.areas["kind"]) & {"circle", "near"}
    assert not set(kinds) & {"circle", "near"}


def test_shared_polygon_is_kept_once(small_layers):
    twice = gpd.GeoDataFrame(pd.concat([small_layers.areas] * 2, ignore_index=True))
    (once, _), (doubled, _) = map_data(small_layers), map_data(replace(small_layers, areas=twice))
    assert len(doubled["shapes"]) == len(once["shapes"]) > 0
    assert doubled["areas"]["n"] == 2 * once["areas"]["n"]


def test_numbers_that_are_missing_become_null(small_layers):
    holes = small_layers.events.assign(geo_score=float("nan"), confidence=float("inf"), low=pd.NA)
    packed = embed(map_data(replace(small_layers, events=holes)))
    assert "NaN" not in packed
    assert "Infinity" not in packed


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_reaches_the_page_as_data_only(small_layers, text):
    hostile = small_layers.events.assign(**dict.fromkeys(("location", "notes", "source_sentence", "perpetrator"), text))
    page = render(replace(small_layers, events=hostile), title=text)
    data = json.loads(block(page, "sitmap-data"))
    assert data["summary"]["title"] == text
    rest = block(page, "sitmap-details-0")
    assert set(table(data["events"])["perpetrator"]) == set(table(json.loads(rest))["notes"]) == {text}
    outside = page.replace(block(page, "sitmap-data"), "").replace(rest, "")
    assert "window.__canary=1</script>" not in outside
    assert re.search(r"<title>(.*?)</title>", page).group(1).count("<") == 0


def test_page_asks_the_network_for_nothing(small_layers):
    page = render(small_layers)
    markup = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r"(?:src|href|action)\s*=", markup.replace('href="#list"', ""))
    assert "url(" not in page.split("<body>")[0].replace("url(none", "").split("<script>")[0]
    assert "sourceMappingURL" not in page
    assert "cdn." not in page


def test_policy_allows_exactly_the_scripts_of_the_page(small_layers):
    page = render(small_layers)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts}
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1)
    assert set(re.findall(r"'sha256-([^']*)'", policy)) == digests
    assert "default-src 'none'" in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]


def test_same_input_gives_the_same_bytes(small_layers, tmp_path):
    for name in ("one", "two"):
        write_map(small_layers, tmp_path / name, title="A map", generated="then", attribution=["GeoNames"])
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_order_of_rows_does_not_matter(small_layers):
    turned = replace(small_layers, events=small_layers.events.iloc[::-1])
    assert (
        block(render(turned), "sitmap-data").split('"areas"')[0]
        == block(render(small_layers), "sitmap-data").split('"areas"')[0]
    )


def test_empty_map_is_valid(empty_layers):
    data = json.loads(block(render(empty_layers), "sitmap-data"))
    assert data["summary"]["events"] == data["events"]["n"] == 0
    assert data["summary"]["period"] == ""


def test_unwritable_path_is_named(small_layers, tmp_path):
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(OutputError, match="taken"):
        write_map(small_layers, tmp_path / "taken" / "map.html", title="", generated="", attribution=[])


def test_ten_thousand_events_build_in_seconds(small_layers):
    layers = many(small_layers, 10_000)
    begun = time.process_time()
    page = render(layers)
    assert time.process_time() - begun < 20
    assert len(page) < 5_000_000
    assert page.count('id="sitmap-details-') == 2


def test_long_blocks_are_deflated_and_come_back(small_layers):
    page = render(many(small_layers, 3_000))
    packed = re.search(r'<script type="text/x-sitmap-deflate" id="sitmap-data">([A-Za-z0-9+/=]*)</script>', page)
    data = json.loads(zlib.decompress(base64.b64decode(packed.group(1))))
    assert data["events"]["n"] == 3_000


def test_what_was_corrected_merged_or_told_differently_is_said(small_layers):
    told = small_layers.events.assign(
        corrected="set by hand",
        merge_reasons=json.dumps([{"feature": "day", "contribution": 1, "text": "the same day"}]),
        disagreements=json.dumps([{"aspect": "deaths", "settled": "3", "told": [{"value": "3"}, {"value": "5"}]}]),
    )
    first = whole(replace(small_layers, events=told)).iloc[0]
    assert (first["corrected"], first["merged"]) == ("set by hand", ["the same day"])
    assert first["differ"] == ["deaths: 3 / 5; taken: 3"]


def test_the_reason_that_weighed_most_comes_first(small_layers):
    weights = {"little": 0.1, "none": None, "most": 2.5, "against": -1}
    reasons = json.dumps([{"feature": "f", "contribution": weight, "text": text} for text, weight in weights.items()])
    told = small_layers.events.assign(geo_reasons=reasons)
    assert whole(replace(small_layers, events=told)).iloc[0]["why"] == ["most", "little", "none", "against"]


def test_only_what_is_known_to_a_province_is_counted_in_one(small_layers):
    data, _ = map_data(small_layers)
    events = table(data["events"])
    names = [*table(data["provinces"])["name"], None]
    counted = {row["location"]: names[row["province"]] for _, row in events.iterrows()}
    assert counted["Ain al-Asad"] == counted["Anbar"] == "Anbar"
    assert counted["Iraq"] is None


@pytest.mark.parametrize("given", ["osm", "https://tiles.example.org/{z}/{x}/{y}.png"])
def test_tiles_open_the_policy_to_their_host_alone(small_layers, given):
    tiles = tiles_from(given)
    page = render_map(small_layers, title="", generated="", attribution=[], tiles=tiles)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1)
    assert f"img-src data: blob: {tiles.origin};" in policy
    assert policy.count("://") == 1
    assert tiles.credit in json.loads(block(page, "sitmap-data"))["summary"]["attribution"]


def test_vendored_files_are_those_named_in_the_licences():
    rows = re.findall(
        r"^\| ((?:leaflet|pmtiles)\S+) .*`([0-9a-f]{64})` \|$", ASSETS.joinpath("LICENSES.md").read_text(), re.MULTILINE
    )
    assert len(rows) == 5
    for name, digest in rows:
        assert hashlib.sha256(ASSETS.joinpath(name).read_bytes()).hexdigest() == digest


def test_scripts_never_write_markup():
    for path in sorted(Path(str(ASSETS)).glob("*.js")):
        if path.name not in {"leaflet.js", "pmtiles.js"}:
            found = re.findall(
                r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", path.read_text()
            )
            assert found == [], path.name
