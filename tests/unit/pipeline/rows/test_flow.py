from __future__ import annotations

from datetime import date

import pytest

from gazetteer import Gazetteer
from pipeline.frames import build_layers
from pipeline.models import Rejection
from pipeline.rows import read_tables, reports_of
from pipeline.settings import TableOptions

HEAD = "date,place,province,country,lat,lon,actor,target,type,killed,notes,url,extra\n"
GOOD = '2023-11-20,Hit,Anbar,Iraq,33.64,42.82,gunmen,police,ambush,3,"Gunmen shot at a patrol near Hit.",https://example.org/1,7\n'


@pytest.fixture(scope="module")
def gazetteer(small_index):
    with Gazetteer.open(small_index) as opened:
        yield opened


def run(tmp_path, gazetteer, text, *, as_of=None, name="t.csv", **options):
    (tmp_path / name).write_text(text, encoding="utf-8")
    told = TableOptions(**options)
    read = read_tables([tmp_path], told)
    found = list(reports_of(read.rows, gazetteer, told, as_of=as_of))
    return read, found


def only_event(tmp_path, gazetteer, text, **options):
    (report,) = run(tmp_path, gazetteer, text, **options)[1]
    return report.events[0]


def test_a_row_becomes_an_event_with_all_that_it_says(tmp_path, gazetteer):
    (report,) = run(tmp_path, gazetteer, HEAD + GOOD)[1]
    (event,) = report.events
    assert (event.event_type, event.sub_event_type) == ("Battles", "Armed clash")
    assert event.when.date_start == date(2023, 11, 20)
    assert (event.placement.geo_precision, event.placement.where_prec, event.placement.method) == (1, 1, "given")
    assert (event.placement.footprint.lat, event.placement.footprint.lon) == (33.64, 42.82)
    assert event.placement.resolution.place.place_id == "gn:hit"
    assert (event.fatalities.best, event.sources[0].url) == (3, "https://example.org/1")
    assert dict(event.attributes)["extra"] == 7
    assert dict(event.attributes)["table_row"] == 2


def test_every_offset_points_at_words(tmp_path, gazetteer):
    rows = GOOD + "2023-11-21,Hit,Anbar,Iraq,,,,,,,,,\n2023-11-22,Nowhereville,Anbar,Iraq,,,,,,,quiet,,\n"
    for report in run(tmp_path, gazetteer, HEAD + rows)[1]:
        text = report.article.text
        for resolution in report.resolutions:
            mention = resolution.mention
            assert text[mention.start : mention.end] == mention.text
        source = report.events[0].sources[0]
        assert text[source.sent_start : source.sent_end] == source.sentence


def test_without_a_description_the_sentence_is_the_row_itself(tmp_path, gazetteer):
    event = only_event(tmp_path, gazetteer, "date,place,country,killed\n2023-11-20,Hit,Iraq,2\n")
    assert event.sources[0].sentence == "row 2: date: 2023-11-20; place: Hit; country: Iraq; killed: 2"
    assert event.sources[0].source == "t.csv"


def test_coordinates_may_be_withheld(tmp_path, gazetteer):
    event = only_event(tmp_path, gazetteer, HEAD + GOOD, ignore_coordinates=True)
    assert (event.placement.footprint.lat, event.placement.method) == (33.64, "exact")
    assert event.placement.given is None


def test_exchanged_coordinates_leave_the_named_place_and_a_note(tmp_path, gazetteer):
    event = only_event(tmp_path, gazetteer, HEAD + GOOD.replace("33.64,42.82", "42.82,33.64"))
    assert (event.placement.footprint.lat, event.placement.footprint.lon) == (33.64, 42.83)
    assert event.placement.given.flags[0].code == "swapped"
    assert "look exchanged" in event.notes[0]


def test_an_unknown_name_with_coordinates_keeps_its_name_in_its_province(tmp_path, gazetteer):
    event = only_event(tmp_path, gazetteer, HEAD + GOOD.replace(",Hit,", ",Nowhereville,"))
    place = event.placement.resolution.place
    assert (place.name, place.admin1, place.country, place.place_id) == ("Nowhereville", "Anbar", "IQ", "")
    assert event.placement.geo_precision == 1


def test_an_unknown_name_without_coordinates_is_placed_no_finer_than_its_area(tmp_path, gazetteer):
    event = only_event(tmp_path, gazetteer, "date,place,province\n2023-11-20,Nowhereville,Anbar\n")
    assert (event.placement.method, event.placement.where_prec) == ("admin", 4)
    assert event.placement.resolution.place.place_id == "ne:anbar"


def test_near_a_place_is_not_at_it(tmp_path, gazetteer):
    event = only_event(tmp_path, gazetteer, "date,place,country\n2023-11-20,near Hit,Iraq\n")
    assert (event.placement.geo_precision, event.placement.where_prec) == (2, 2)


def test_a_row_that_says_nothing_of_where_is_kept_without_a_place(tmp_path, gazetteer):
    event = only_event(tmp_path, gazetteer, "date,place,killed\n2023-11-20,,2\n")
    assert event.placement.geo_precision is None
    assert event.fatalities.best == 2


def test_a_given_code_of_precision_is_kept_and_bounds_what_a_name_allows(tmp_path, gazetteer):
    head = "date,place,country,lat,lon,where_prec\n"
    assert only_event(tmp_path, gazetteer, head + "2023-11-20,Hit,Iraq,33.64,42.82,5\n").placement.where_prec == 5
    assert only_event(tmp_path, gazetteer, head + "2023-11-20,Hit,Iraq,,,2\n").placement.where_prec == 2
    odd = only_event(tmp_path, gazetteer, head + "2023-11-20,Hit,Iraq,33.64,42.82,9\n")
    assert "where_prec '9' is no code of precision: not used" in odd.notes


def test_the_same_row_twice_is_one_and_the_first_stays(tmp_path, gazetteer):
    read, found = run(tmp_path, gazetteer, HEAD + GOOD + GOOD)
    assert len(found) == 1
    assert read.rows[0].number == 2
    assert [(r.line, r.remedy) for r in read.rejections] == [(3, "none needed; see t.csv, row 2")]


def test_of_one_id_told_twice_the_later_change_is_kept(tmp_path, gazetteer):
    head = "event_id_cnty,event_date,event_type,sub_event_type,location,country,geo_precision,fatalities,timestamp\n"
    rows = "A1,2023-11-20,Battles,Armed clash,Hit,Iraq,1,3,20\nA1,2023-11-20,Battles,Armed clash,Hit,Iraq,1,2,10\n"
    read, found = run(tmp_path, gazetteer, head + rows)
    assert found[0].events[0].fatalities.best == 3
    assert "differ in fatalities, timestamp" in read.rejections[0].cause
    assert found[0].article.doc_id == "acled:A1"


def test_an_id_hangs_on_what_the_row_says_and_not_on_where_it_stands(tmp_path, gazetteer):
    first = only_event(tmp_path, gazetteer, HEAD + GOOD).event_id
    other = GOOD.replace("2023-11-20", "2023-11-21")
    assert run(tmp_path, gazetteer, HEAD + other + GOOD)[1][1].events[0].event_id == first


def test_words_of_diplomats_become_no_event_and_are_told(tmp_path, gazetteer):
    head = "GLOBALEVENTID,SQLDATE,EventCode,ActionGeo_Type,ActionGeo_FullName,ActionGeo_Lat,ActionGeo_Long,Actor1Name\n"
    rows = (
        '1,20231120,010,4,"Hit, Anbar, Iraq",33.64,42.83,IRAQ\n2,20231120,195,4,"Hit, Anbar, Iraq",33.64,42.83,IRAQ\n'
    )
    said, struck = run(tmp_path, gazetteer, head + rows)[1]
    assert said.events == ()
    assert "words, no incident" in said.passed_over[0][1]
    assert struck.events[0].sub_event_type == "Air/drone strike"
    assert struck.events[0].placement.resolution.place.place_id == "gn:hit"


def test_a_day_to_come_and_a_missing_day_are_flagged(tmp_path, gazetteer):
    rows = "date,place\n2023-12-24,Hit\n,Hit\n"
    later, undated = run(tmp_path, gazetteer, rows, as_of=date(2023, 11, 30))[1]
    assert "lies after 2023-11-30" in later.events[0].notes[-1]
    assert undated.events[0].when is None
    assert "the row gives no date" in undated.events[0].notes


def test_days_that_run_backwards_are_refused(tmp_path, gazetteer):
    (found,) = run(tmp_path, gazetteer, "date_start,date_end,place\n2023-11-20,2023-11-18,Hit\n")[1]
    assert isinstance(found, Rejection)
    assert (found.line, found.value) == (2, "2023-11-18")


def test_a_table_that_is_none_of_events_does_not_stop_the_others(tmp_path, gazetteer):
    (tmp_path / "b.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    read, found = run(tmp_path, gazetteer, HEAD + GOOD)
    assert len(found) == 1
    assert "no column says when" in read.rejections[0].cause
    assert [(table.name, table.kind, table.rows) for table in read.tables] == [("t.csv", "plain", 1)]


def test_attributes_become_columns_of_their_own_types(tmp_path, gazetteer):
    rows = GOOD + "2023-11-21,Hit,Anbar,Iraq,,,,,,,,,\n"
    reports = run(tmp_path, gazetteer, HEAD + rows)[1]
    events = [event for report in reports for event in report.events]
    frame = build_layers(reports, events, (), gazetteer=gazetteer).events
    types = {name: str(frame[name].dtype) for name in ("src_date", "src_extra", "src_lat", "src_place")}
    assert types == {"src_date": "datetime64[ms]", "src_extra": "Int64", "src_lat": "float64", "src_place": "str"}
    assert frame["src_extra"].tolist()[0] == 7
    assert frame["place_km"].notna().sum() == 1
