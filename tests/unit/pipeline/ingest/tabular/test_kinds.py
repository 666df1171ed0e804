from __future__ import annotations

import pytest

from pipeline.errors import UsageError
from pipeline.ingest.limits import RefusedError
from pipeline.ingest.tabular.kinds import check_fields, recognise
from pipeline.ingest.tabular.sheet import Sheet
from pipeline.settings import TableOptions

UCDP = "id,type_of_violence,side_a,side_b,where_prec,where_coordinates,adm_1,adm_2,latitude,longitude,date_start,best"
ACLED = "event_id_cnty,event_date,event_type,sub_event_type,country,location,latitude,longitude,geo_precision"
GDELT = "GLOBALEVENTID,SQLDATE,EventCode,ActionGeo_FullName,ActionGeo_Lat,ActionGeo_Long,SOURCEURL"


def found(header, **options):
    names = tuple(header.split(","))
    got = recognise(Sheet("t.csv", "t.csv", names, ()), TableOptions(**options))
    return got.kind, {field: names[i] for field, i in got.columns.items()}


@pytest.mark.parametrize(
    ("columns", "kind"), [(UCDP, "ucdp"), (ACLED, "acled"), (GDELT, "gdelt"), ("Date,Town", "plain")]
)
def test_the_kind_is_told_by_the_columns(columns, kind):
    assert found(columns)[0] == kind
    assert found(columns.upper())[0] == kind


def test_the_fields_of_a_coded_table():
    fields = found(UCDP)[1]
    assert fields["place"] == "where_coordinates"
    assert fields["admin2"] == "adm_2"
    assert fields["deaths"] == "best"
    assert found(GDELT)[1]["latitude"] == "ActionGeo_Lat"


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("Village", "place"),
        ("Governorate", "admin1"),
        ("District", "admin2"),
        ("LAT", "latitude"),
        ("lng", "longitude"),
        ("Perpetrator", "actor1"),
        ("victims", "actor2"),
        ("# killed", "deaths"),
        ("Wounded", "injured"),
        ("Incident Type", "type"),
        ("Headline", "headline"),
        ("Description", "notes"),
        ("URL", "source_url"),
        ("Date of incident", "date"),
        ("Nation", "country"),
    ],
)
def test_a_plain_column_is_known_by_its_synonyms(column, field):
    others = {"latitude": "longitude", "longitude": "latitude"}
    rest = {"date": "day", "place": "where", others.get(field, ""): others.get(field, "")}
    header = [column, *(name for known, name in rest.items() if known not in {"", field})]
    assert found(",".join(header))[1][field] == column


def test_a_column_named_on_the_command_line_outranks_what_its_name_tells():
    kind, fields = found("day,place,where did it happen", columns=(("place", "Where did it happen"),))
    assert kind == "plain"
    assert fields["place"] == "where did it happen"


def test_a_table_that_says_nothing_of_when_is_refused_with_what_mends_it():
    with pytest.raises(RefusedError) as caught:
        found("a,town,c")
    refused = caught.value.rejection
    assert "no column says when" in refused.cause
    assert refused.value == "columns: a, town, c"
    assert refused.remedy == 'name it: --column date="NAME OF THE COLUMN"'


def test_a_table_that_says_nothing_of_where_is_refused():
    with pytest.raises(RefusedError, match="no column says where"):
        found("date,killed")


def test_a_latitude_without_a_longitude_is_refused():
    with pytest.raises(RefusedError, match="no column of the longitude"):
        found("date,place,lat")


def test_a_column_that_stands_twice_is_refused_until_it_is_named():
    with pytest.raises(RefusedError, match="'place' stands twice"):
        found("date,place,place")
    assert found("date,place,place", columns=(("place", "place"),))[1]["place"] == "place"


def test_a_table_that_is_not_what_it_is_said_to_be_is_refused():
    with pytest.raises(RefusedError, match="not ACLED: no column says when"):
        found("date,place", kind="acled")


def test_a_field_that_there_is_not_is_refused():
    with pytest.raises(UsageError, match="there is no field 'palce'; the fields are id, date"):
        check_fields((("palce", "x"),))
