from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
import shapely
from msgspec import structs
from small_run import (
    ANBAR,
    BASE,
    TEXT,
    event_of,
    placed,
    resolved,
    small_claims,
    small_events,
    small_report,
    source_of,
)

from pipeline.errors import ContractError
from pipeline.fields import layer_spec
from pipeline.frames import CRS, build_layers, conform_layer
from pipeline.models import Actor, Article, Footprint, Placement, Reason, Report, When


def row(layers, event_id):
    return layers.events.set_index("event_id").loc[event_id]


def area(layers, event_id):
    return layers.areas.set_index("event_id").loc[event_id]


@pytest.mark.parametrize("name", ["events", "claims", "areas", "mentions"])
@pytest.mark.parametrize("fixture", ["small_layers", "empty_layers"])
def test_columns_and_dtypes_are_those_of_the_contract(request, fixture, name):
    frame = getattr(request.getfixturevalue(fixture), name)
    spec = layer_spec(name)
    assert list(frame.columns) == [*spec.columns, "geometry"]
    assert {f.name: str(frame[f.name].dtype) for f in spec.fields} == {f.name: f.dtype for f in spec.fields}
    assert frame.crs == CRS


def test_rows_are_sorted_by_date_then_id_and_the_undated_last(small_layers):
    assert list(small_layers.events["event_id"]) == ["e2", "e1", "e3", "e4", "e5", "e6"]
    assert list(small_layers.claims["claim_id"]) == ["c1", "c2"]


def test_the_order_of_the_input_does_not_matter(atlas, small_layers):
    again = build_layers([small_report()], small_events()[::-1], small_claims()[::-1], gazetteer=atlas)
    for (_, frame), (_, other) in zip(small_layers.items(), again.items(), strict=True):
        pd.testing.assert_frame_equal(pd.DataFrame(frame), pd.DataFrame(other))


def test_every_event_is_there_and_the_unplaced_has_no_point(small_layers):
    assert len(small_layers.events) == 6
    lost = row(small_layers, "e6")
    assert lost.geometry is None
    assert pd.isna(lost.latitude)
    assert pd.isna(lost.geo_precision)
    assert lost.geo_method == ""
    assert lost.where_description == "Xyzzy"
    assert "e6" not in set(small_layers.areas["event_id"])


def test_columns_of_time(small_layers):
    event = row(small_layers, "e1")
    assert event.event_date == pd.Timestamp("2023-11-21")
    assert event.start_time == pd.Timestamp("2023-11-21T00:00:00Z")
    assert event.end_time == pd.Timestamp("2023-11-21T23:59:59Z")
    assert (event.time_precision, event.date_prec, event.date_text) == (1, 1, "on Tuesday")
    assert pd.isna(row(small_layers, "e6").start_time)


def test_columns_of_what_and_who(small_layers):
    event = row(small_layers, "e2")
    assert event.event_type == "Explosions/Remote violence"
    assert event.disorder_type == "Political violence"
    assert (event.plover_type, event.plover_mode) == ("ASSAULT", "heavy-weapons")
    assert event.actor1 == event.perpetrator == "Military Forces of the United States"
    assert event.actor2 == event.target == "Kata'ib Hezbollah"
    assert event.assoc_actor_2 == "Islamic Resistance in Iraq"
    assert (event.inter1, event.inter2, event.interaction) == (8, 3, "38")


def test_an_unknown_perpetrator_stays_unknown(atlas):
    event = replace(small_events()[0], perpetrator=None, target=Actor("Civilians (Iraq)", 7))
    event = row(build_layers([], [event], [], gazetteer=atlas), "e1")
    assert (event.perpetrator, event.actor1, event.inter1, event.interaction) == ("", "", 0, "70")


def test_columns_of_harm(small_layers):
    event = row(small_layers, "e2")
    assert (event.injuries_low, event.injuries_best, event.injuries_high) == (8, 8, 8)
    assert pd.isna(event.fatalities)
    assert pd.isna(event.low)
    assert (event.count_text, event.count_qualifier) == ("wounding eight", "exact")


def test_columns_of_where(small_layers):
    event = row(small_layers, "e2")
    assert (event.location, event.admin1, event.country, event.iso) == ("Ain al-Asad", "Anbar", "Iraq", "IRQ")
    assert (event.latitude, event.longitude) == (33.79, 42.44)
    assert event.geometry.equals(shapely.Point(42.44, 33.79))
    assert (event.geo_precision, event.where_prec, event.geo_method, event.geo_score) == (1, 1, "exact", 0.9)
    assert json.loads(event.geo_reasons)[0]["feature"] == "name"
    assert json.loads(event.geo_alternatives)[0]["name"] == "Baghdad"


def test_a_province_is_its_own_admin1_and_has_its_polygon(small_layers, atlas):
    event = row(small_layers, "e3")
    assert (event.location, event.admin1, event.geo_precision, event.where_prec) == ("Anbar", "Anbar", 3, 4)
    assert area(small_layers, "e3").kind == "province"
    assert area(small_layers, "e3").geometry.equals(atlas.polygon(ANBAR.place_id))


def test_a_country_has_a_point_and_its_polygon(small_layers, atlas):
    event = row(small_layers, "e5")
    assert (event.geo_method, event.admin1, event.country) == ("country", "", "Iraq")
    assert event.geometry is not None
    assert area(small_layers, "e5").kind == "country"
    assert area(small_layers, "e5").geometry.equals(atlas.polygon("ne:IRQ"))


def test_a_sector_is_called_by_its_words_not_by_its_anchor(small_layers):
    event = row(small_layers, "e4")
    assert (event.location, event.admin1, event.place_id) == ("west of Baghdad", "", "")
    assert (event.rel_anchor, event.rel_bearing, event.rel_text) == ("Baghdad", 270.0, "west of Baghdad")
    assert area(small_layers, "e4").kind == "sector"
    assert area(small_layers, "e4").geometry.bounds == pytest.approx((43.0, 32.8, 44.4, 33.9))


def test_a_circle_stands_for_the_uncertainty(small_layers):
    circle = area(small_layers, "e1")
    assert (circle.kind, circle.uncertainty_m) == ("near", 25_000)
    assert circle.geometry.bounds[3] - circle.geometry.bounds[1] == pytest.approx(50 / 110.9, rel=0.01)


def test_a_vague_region_is_told_from_a_sector(atlas):
    region = structs.replace(BASE, place_id="sitmap:badia", name="Badia", feature_class="L", feature_code="RGN")
    event = event_of("r", placed(resolved("Ain al-Asad", region, 3, 5)), "Xyzzy was quiet.")
    assert area(build_layers([], [event], [], gazetteer=atlas), "r").kind == "region"


def test_the_place_words_point_into_the_text_of_the_source_sentence(small_layers, atlas):
    event = row(small_layers, "e2")
    assert TEXT[event.place_start : event.place_end] == "Ain al-Asad"
    assert TEXT[event.sent_start : event.sent_end] == event.source_sentence
    elsewhere = replace(small_events()[1], sources=(source_of("Xyzzy was quiet.", "b"),))
    assert pd.isna(row(build_layers([], [elsewhere], [], gazetteer=atlas), "e2").place_start)


def test_what_an_analyst_set_is_told_with_the_place_first(atlas):
    why = Reason("correction", 0.0, "“Anbar” is Anbar (IQ): set by Ann in corrections.csv:2")
    there = placed(resolved("Anbar", ANBAR, 3, 4, reasons=(why,)))
    told = ("fatalities 4/4/4 (was -/-/-): set by Ann in corrections.csv:3",)
    event = event_of("e1", there, TEXT[:20], corrections=told, member_ids=("e1", "e7"))
    found = row(build_layers([], [event], [], gazetteer=atlas), "e1")
    assert found["corrected"] == f"{why.text}; {told[0]}"
    assert found["member_ids"] == "e1;e7"


def test_an_event_of_one_report_is_its_own_member_and_uncorrected(small_layers):
    assert (row(small_layers, "e1")["member_ids"], row(small_layers, "e1")["corrected"]) == ("e1", "")


def test_several_sources_are_joined(atlas):
    sources = (
        source_of("Xyzzy was quiet.", "b", date=date(2023, 11, 23), source="AP", url="https://example.org/b c"),
        source_of("Xyzzy was quiet.", "a"),
        source_of("Xyzzy was quiet.", "c", url="javascript:alert(1)", source="A blog"),
    )
    event = row(build_layers([], [replace(small_events()[0], sources=sources)], [], gazetteer=atlas), "e1")
    assert (event.doc_id, event.n_sources, event.source) == ("b;a;c", 3, "AP;Reuters;A blog")
    assert event.source_url == "https://example.org/b%20c https://example.org/a"
    assert event.source_date == pd.Timestamp("2023-11-22")
    assert event.source_scale == "International"


def test_claims_have_the_area_they_are_about_or_none(small_layers, atlas):
    first, second = small_layers.claims.itertuples()
    assert first.scope == "Iraq;Syria"
    assert first.geometry.area == pytest.approx(atlas.polygon("ne:IRQ").union(atlas.polygon("ne:SYR")).area)
    assert second.geometry is None
    assert pd.isna(second.high)


def test_mentions_are_linked_to_their_events_and_keep_the_unmatched(small_layers):
    mentions = small_layers.mentions.set_index("text")
    assert mentions.loc["Ain al-Asad", "event_id"] == "e2"
    assert mentions.loc["Xyzzy", "status"] == "unmatched"
    assert mentions.loc["Xyzzy", "geometry"] is None
    assert mentions.loc["Xyzzy", "event_id"] == ""
    assert mentions.loc["Ain al-Asad", "block"] == "body"


def test_a_mention_has_its_sentence_and_initials_do_not_end_it(small_layers):
    mentions = small_layers.mentions.set_index("text")
    assert mentions.loc["Ain al-Asad", "sentence"] == "Rockets struck Ain al-Asad, wounding eight."
    assert mentions.loc["Anbar", "sentence"] == "U.S. Forces struck again in Anbar."


@pytest.mark.parametrize(
    ("lat", "lon", "why"),
    [
        (float("nan"), 44.0, "not finite|Point with coordinates"),
        (float("inf"), 44.0, "not finite|out of range"),
        (95.0, 44.0, "swapped"),
        (33.0, 191.0, "out of range"),
        (0.0, 0.0, "0, 0"),
        (42.44, 33.79, "swapped"),
    ],
)
def test_bad_coordinates_are_refused_by_row(atlas, lat, lon, why):
    wrong = placed(resolved("Ain al-Asad", BASE, 1, 1, footprint=Footprint(lat, lon, 0)))
    with pytest.raises(ContractError, match=f"e9.*({why})"):
        build_layers([], [event_of("e9", wrong, "Xyzzy was quiet.")], [], gazetteer=atlas)


def test_a_point_off_a_coast_is_no_swap(atlas):
    shore = placed(resolved("Ain al-Asad", BASE, 1, 1, footprint=Footprint(37.6, 38.9, 2_000)))
    assert len(build_layers([], [event_of("e9", shore, "Xyzzy was quiet.")], [], gazetteer=atlas).events) == 1


def test_ids_must_be_unique(atlas):
    with pytest.raises(ContractError, match=r"layer events, column event_id, row 1 .*'e1'.* is there twice"):
        build_layers([], [small_events()[0], small_events()[0]], [], gazetteer=atlas)


def test_type_and_sub_type_must_agree(atlas):
    event = replace(small_events()[0], event_type="Battles")
    with pytest.raises(ContractError, match="event e1: 'Air/drone strike' is of type"):
        build_layers([], [event], [], gazetteer=atlas)


def test_an_event_that_ends_before_it_begins_is_refused(atlas):
    event = replace(small_events()[0], when=When(date(2023, 1, 2), date(2023, 1, 1), 1, 1))
    with pytest.raises(ContractError, match=r"column date_start, row 0 .* exceeds date_end"):
        build_layers([], [event], [], gazetteer=atlas)


def test_an_event_needs_a_source(atlas):
    with pytest.raises(ContractError, match="without a source"):
        build_layers([], [replace(small_events()[0], sources=())], [], gazetteer=atlas)


def test_nul_and_lone_surrogates_become_the_replacement_character(atlas):
    event = replace(small_events()[0], notes=("a\x00b\ud800c",))
    assert row(build_layers([], [event], [], gazetteer=atlas), "e1").notes == "a\ufffdb\ufffdc"


def test_a_placement_without_a_precision_is_not_placed(atlas):
    event = event_of("e9", Placement(resolved("Ain al-Asad", BASE, 1, 1), None, None, None, None), "Xyzzy was quiet.")
    layers = build_layers([], [event], [], gazetteer=atlas)
    assert layers.events.geometry.isna().all()
    assert layers.areas.empty


def test_conform_names_the_missing_columns(small_layers):
    with pytest.raises(ContractError, match="layer events: columns event_date are missing"):
        conform_layer(small_layers.events.drop(columns="event_date"), "events")


def test_conform_names_what_does_not_fit(small_layers):
    frame = small_layers.events.assign(geo_precision="fine")
    with pytest.raises(ContractError, match="layer events, column geo_precision: not int"):
        conform_layer(frame, "events")


def test_reports_without_mentions_are_fine(atlas):
    assert build_layers([Report(Article("a", ""))], [], [], gazetteer=atlas).mentions.empty
