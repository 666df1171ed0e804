"""The seed article, worked through: what the project promises of its first text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from command import SHARED, sitmap, write_jsonl

from gazetteer import Gazetteer
from gazetteer.sphere import distance_km

SEED = SHARED / "articles" / "seed.txt"
OTHER = SHARED / "articles" / "026.txt"
pytestmark = [
    pytest.mark.usefixtures("built_index"),
    pytest.mark.skipif(not SEED.is_file(), reason="shared/articles/seed.txt is missing"),
]

STRIKE, MISSILE = "Air/drone strike", "Shelling/artillery/missile attack"
FIRST, SECOND = date(2023, 11, 20), date(2023, 11, 21)
NEVER = ("Gaza", "Israel", "Niger", "Karachi", "Ukraine", "Pakistan", "Washington", "Afghanistan", "Lebanon")


@dataclass(frozen=True)
class Coding:
    """One row of the worked example."""

    day: date
    sub_event_type: str
    admin1: str
    codes: tuple[int, int]


CODINGS = {
    "E1": Coding(SECOND, STRIKE, "Anbar", (3, 4)),
    "E2": Coding(SECOND, STRIKE, "Babil", (2, 2)),
    "E3": Coding(FIRST, MISSILE, "Anbar", (1, 1)),
    "E4": Coding(FIRST, STRIKE, "", (3, 5)),
}


def events_of(out: Path) -> pd.DataFrame:
    return gpd.read_parquet(out / "events.parquet").convert_dtypes()


def claims_of(out: Path) -> list[dict]:
    return [f["properties"] for f in json.loads((out / "claims.geojson").read_text(encoding="utf-8"))["features"]]


def mapped(*paths: Path, out: Path) -> Path:
    done = sitmap("map", *paths, "--as-of", "2023-11-22", "--out", out)
    assert done.code == 0, done.err
    return out


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    return mapped(SEED, out=tmp_path_factory.mktemp("seed"))


@pytest.fixture(scope="module")
def events(out) -> pd.DataFrame:
    return events_of(out)


@pytest.fixture(scope="module")
def row(events):
    """Return the one event of a coding: told apart by day, kind and precision."""

    def one(name: str) -> pd.Series:
        wanted = CODINGS[name]
        same = (events["event_date"] == wanted.day) & (events["sub_event_type"] == wanted.sub_event_type)
        found = events[same & (events["where_prec"] == wanted.codes[1])]
        assert len(found) == 1, events[["event_date", "sub_event_type", "location", "where_prec"]].to_string()
        return found.iloc[0]

    return one


def test_there_are_exactly_four_events(events):
    assert len(events) == 4
    assert set(events["event_status"]) == {"asserted"}


@pytest.mark.parametrize("name", CODINGS)
def test_type_date_and_precision(row, name):
    found, wanted = row(name), CODINGS[name]
    assert found["event_type"] == "Explosions/Remote violence"
    assert (found["date_start"], found["date_end"], found["time_precision"]) == (wanted.day, wanted.day, 1)
    assert (found["geo_precision"], found["where_prec"]) == wanted.codes
    if wanted.admin1:
        assert found["admin1"] == wanted.admin1


@pytest.mark.parametrize(("name", "lat", "lon"), [("E2", 32.87, 44.19), ("E3", 33.79, 42.44)])
def test_named_places_lie_within_five_kilometres(row, name, lat, lon):
    assert distance_km(row(name)["latitude"], row(name)["longitude"], lat, lon) < 5


def test_the_strike_in_anbar_lies_in_the_governorate(row):
    with Gazetteer.open() as gazetteer:
        country, division = gazetteer.admin_at(row("E1")["latitude"], row("E1")["longitude"])
    assert (country.country, division.name) == ("IQ", "Anbar")
    assert "Baghdad" not in row("E1")["rel_text"]  # "south of Baghdad" is said of the other strike


def test_the_answer_from_the_air_lies_west_of_baghdad_or_at_the_base(row):
    found = row("E4")
    assert 42.0 < found["longitude"] < 44.4
    assert 32.8 < found["latitude"] < 34.2


def test_eight_were_injured_at_the_base(row):
    found = row("E3")
    assert [found[f"injuries_{part}"] for part in ("low", "best", "high")] == [8, 8, 8]


@pytest.mark.parametrize("name", ["E1", "E2", "E3"])
def test_no_deaths_are_coded_where_none_are_told(row, name):
    assert row(name)[["low", "best", "high", "fatalities"]].isna().all()


def test_several_were_killed_by_the_answer(row):
    found = row("E4")
    assert (found["low"], found["best"], found["count_qualifier"]) == (2, 3, "several")
    assert pd.isna(found["high"])


def test_strikes_are_by_the_united_states_on_kataib_hezbollah(row):
    for name in ("E1", "E2"):
        assert "United States" in row(name)["perpetrator"]
        assert row(name)["target"] == "Kata'ib Hezbollah"
    assert "United States" in row("E3")["target"]


def test_the_claims_are_the_tallies_and_troop_levels(out):
    told = {(c["claim_type"], c["low"], c["high"], c["scope"]) for c in claims_of(out)}
    assert told == {
        ("count", 66, 66, "Iraq;Syria"),
        ("count", 3, 3, "Syria"),
        ("casualty_total", 62, None, "Iraq;Syria"),
        ("force_level", 900, 900, "Syria"),
        ("force_level", 2500, 2500, "Iraq"),
    }
    attacks = next(c for c in claims_of(out) if c["low"] == 66)
    injured = next(c for c in claims_of(out) if c["low"] == 62)
    assert (attacks["measure"], attacks["period_start"]) == ("attacks", "2023-10-17")
    assert injured["qualifier"] == "at_least"


def test_nothing_comes_of_datelines_biographies_and_background(events):
    where = " ".join(events["location"]) + " ".join(events["where_description"])
    assert [name for name in NEVER if name in where] == []
    read = " ".join(events["source_sentence"])
    assert [words for words in ("See also", "Reporting by", "Leave a Reply", "Gaza") if words in read] == []


def test_no_place_in_a_biography_makes_an_event(out):
    mentions = json.loads((out / "mentions.geojson").read_text(encoding="utf-8"))["features"]
    boilerplate = [f["properties"] for f in mentions if f["properties"]["block"] not in {"title", "dateline", "body"}]
    assert {m["text"] for m in boilerplate} >= {"Karachi", "Niger"}
    assert [m["text"] for m in boilerplate if m["event_id"]] == []


def renamed(folder: Path) -> list[Path]:
    (folder / "report of 21 november.txt").write_bytes(SEED.read_bytes())
    return [folder]


def with_ends(end: bytes):
    def written(folder: Path) -> list[Path]:
        (folder / "seed.txt").write_bytes(SEED.read_bytes().replace(b"\n", end))
        return [folder]

    return written


def beside_another(folder: Path) -> list[Path]:
    for path in (SEED, OTHER):
        (folder / path.name).write_bytes(path.read_bytes())
    return [folder]


def as_records(folder: Path) -> list[Path]:
    texts = ({"doc_id": path.stem, "text": path.read_text(encoding="utf-8")} for path in (OTHER, SEED))
    return [write_jsonl(folder / "both.jsonl", *texts)]


VARIANTS = {
    "renamed": renamed,
    "CRLF": with_ends(b"\r\n"),
    "CR": with_ends(b"\r"),
    "another beside": beside_another,
    "one JSONL": as_records,
}


@pytest.fixture(scope="module", params=VARIANTS)
def variant(request, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("variant")
    return mapped(*VARIANTS[request.param](folder), out=folder / "out")


def test_the_same_events_however_it_is_handed_in(variant, events):
    other = events_of(variant)
    of_seed = other[~other["doc_id"].str.contains("026")].reset_index(drop=True)
    assert list(of_seed["event_id"]) == list(events["event_id"])
    same = [column for column in events.columns if column != "doc_id"]
    pd.testing.assert_frame_equal(pd.DataFrame(of_seed[same]), pd.DataFrame(events[same]))


def test_the_same_claims_however_it_is_handed_in(variant, out):
    assert {c["claim_id"] for c in claims_of(out)} <= {c["claim_id"] for c in claims_of(variant)}
