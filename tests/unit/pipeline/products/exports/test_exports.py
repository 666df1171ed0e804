from __future__ import annotations

import csv
import io
from xml.etree import ElementTree as ET

import pyogrio
import pytest
from localis.registries.country_registry import countries

from pipeline.errors import UsageError
from pipeline.products.exports import KINDS, export_events
from pipeline.products.exports.rules import RULES
from pipeline.products.exports.write import coded_rows

ACLED = [
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
]  # fmt: skip
UCDP = [
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office",
    "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description",
    "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
    "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
]  # fmt: skip


@pytest.fixture
def exported(small_layers, tmp_path):
    return lambda kind: export_events(small_layers.events, kind, tmp_path)


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_acled_column_for_column(exported, small_layers):
    rows = table(exported("acled"))
    assert list(rows[0]) == ACLED
    assert len(rows) == len(small_layers.events)


def test_ucdp_column_for_column_and_notes(exported):
    assert list(table(exported("ucdp"))[0]) == [*UCDP, "notes"]


def test_ids_are_unique_and_carry_the_country(exported):
    ids = [row["event_id_cnty"] for row in table(exported("acled"))]
    assert len(set(ids)) == len(ids)
    assert all(each[:3].isupper() for each in ids)


def test_deaths_that_are_not_stated_are_0_and_notes_say_so(exported, small_layers):
    unknown = set(small_layers.events[small_layers.events.fatalities.isna()].event_id)
    assert unknown
    for row in table(exported("acled")):
        said = "deaths are not stated: coded 0" in row["notes"]
        assert said == any(each in row["notes"] for each in unknown)
        assert row["fatalities"].isdigit()


def test_an_event_without_a_place_is_kept_and_said(exported):
    lost = [row for row in table(exported("acled")) if row["latitude"] == ""]
    assert lost
    assert all("not placed: no coordinates" in row["notes"] for row in lost)


def test_iraq_is_in_the_middle_east(exported):
    iraqi = [row for row in table(exported("acled")) if row["country"] == "Iraq"]
    assert {(row["iso"], row["region"]) for row in iraqi} == {("368", "Middle East")}


@pytest.mark.parametrize(("alpha3", "acled", "ucdp"), [
    ("SDN", "Northern Africa", "Africa"), ("UKR", "Europe", "Europe"), ("MMR", "Southeast Asia", "Asia"),
    ("MEX", "North America", "Americas"), ("GEO", "Caucasus and Central Asia", "Europe"),
    ("EGY", "Northern Africa", "Middle East"),
    ("TWN", "East Asia", "Asia"), ("", None, None),
])  # fmt: skip
def test_regions(alpha3, acled, ucdp):
    row = {"iso": alpha3}
    assert (RULES["acled_region"](row), RULES["ucdp_region"](row)) == (acled, ucdp)


@pytest.mark.parametrize(("lat", "lon", "cell"), [
    (-90.0, -180.0, 1), (-89.6, -179.4, 2), (33.7856, 42.4412, 178285), (90.0, 180.0, 259200),
])  # fmt: skip
def test_priogrid(lat, lon, cell):
    assert RULES["priogrid"]({"latitude": lat, "longitude": lon}) == cell


@pytest.mark.parametrize(("inter", "civilians", "kind", "wanted"), [
    ((1, 2), False, "Battles", 1), ((2, 3), False, "Battles", 2), ((2, 7), True, "Violence against civilians", 3),
    ((6, 0), False, "Protests", None), ((0, 0), False, "Battles", None),
])  # fmt: skip
def test_type_of_violence(inter, civilians, kind, wanted):
    row = {"event_type": kind, "civilian_targeting": civilians, "inter1": inter[0], "inter2": inter[1]}
    assert RULES["type_of_violence"](row) == wanted


def test_formulas_are_no_formulas(small_layers, tmp_path):
    events = small_layers.events.copy()
    events["source"] = "=HYPERLINK(1)"
    row = table(export_events(events, "acled", tmp_path))[0]
    assert row["source"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("kind", ["flatgeobuf", "kml"])
def test_what_was_placed_is_there(exported, small_layers, kind):
    found = pyogrio.read_dataframe(exported(kind))
    placed = small_layers.events[small_layers.events.geometry.notna()]
    assert sorted(found["event_id"]) == sorted(placed["event_id"])


def test_a_balloon_shows_text(small_layers, tmp_path):
    events = small_layers.events.copy()
    events["source_sentence"] = "<script>alert(1)</script> $[name]"
    text = export_events(events, "kml", tmp_path).read_text(encoding="utf-8")
    shown = [d.text for d in ET.fromstring(text).iter("{http://www.opengis.net/kml/2.2}description")]
    assert shown
    assert all("&lt;script&gt;alert(1)&lt;/script&gt; &#36;[name]" in each for each in shown)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_events_give_a_file_all_the_same(empty_layers, tmp_path, kind):
    assert export_events(empty_layers.events, kind, tmp_path).stat().st_size > 100


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_same_bytes_each_time(small_layers, tmp_path, kind):
    one, other = (export_events(small_layers.events, kind, tmp_path / name) for name in "ab")
    assert one.read_bytes() == other.read_bytes()


def test_an_unknown_kind_names_those_there_are(small_layers, tmp_path):
    with pytest.raises(UsageError, match="gpx: no such kind of export; give one of acled, ucdp, flatgeobuf, kml"):
        export_events(small_layers.events, "gpx", tmp_path)


def test_coded_rows_have_the_columns_in_order(small_layers):
    assert list(coded_rows(small_layers.events, "acled")[0]) == ACLED


def test_every_inhabited_country_has_its_regions():
    rules = (RULES["acled_region"], RULES["ucdp_region"])
    without = {c.alpha3 for c in countries if not all(rule({"iso": c.alpha3}) for rule in rules)}
    assert without <= {"ATA", "UMI", "HMD"}
