"""Files of corrections: what is read, and how a bad line is told of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.corrections import Correction, CorrectionFile, find_correction_files, read_corrections
from pipeline.corrections.check import COLUMNS, Fault, checked
from pipeline.errors import InputError
from pipeline.models import Count

HEADER = "kind,event_id,other_id,doc_id,words,country,field,value,radius_km,precision,who,when,note\n"


def read(text: str | bytes, name: str = "corrections.csv") -> tuple[Correction, ...]:
    return read_corrections([CorrectionFile(name, text.encode() if isinstance(text, str) else text)])


def test_a_csv_line_becomes_a_correction_that_knows_where_it_stands():
    (one,) = read(HEADER + 'coordinates,,,a1,Tell Abyad,SY,,"36.7, 38.95",3,2,Ann,2023-11-26,seen on site\n')
    assert (one.kind, one.doc_id, one.words, one.country) == ("coordinates", "a1", "Tell Abyad", "SY")
    assert (one.setting, one.radius_km, one.precision) == ((36.7, 38.95), 3.0, 2)
    assert (one.mark, one.note) == ("set by Ann in corrections.csv:2", "seen on site")


def test_lines_are_counted_as_an_editor_counts_them():
    text = 'kind,event_id,note\n\n# to be checked,,\nreject,e1,"two\nlines"\nreject,e2,\n'
    assert [(c.event_id, c.line, c.note) for c in read(text)] == [("e1", 4, "two lines"), ("e2", 6, "")]


@pytest.mark.parametrize(
    "text",
    [
        "kind;event_id;who\nreject;e1;Ann\n",
        "\ufeffkind,event_id,who\r\nreject,e1,Ann\r\n",
        "Kind , EVENT_ID,who\n reject , e1 ,Ann\n",
        "who,kind,event_id,\nAnn,reject,e1,\n",
    ],
)
def test_what_spreadsheets_write_is_read(text):
    (one,) = read(text)
    assert (one.kind, one.event_id, one.who) == ("reject", "e1", "Ann")


def test_yaml_says_the_same_as_csv_and_values_stay_as_written():
    text = (
        "# kept by the desk\n"
        "- kind: edit\n  event_id: e1\n  field: date\n  value: 2023-11-21\n  who: Ann\n"
        "- {kind: place, words: Homs, value: 'gn:1', country: NO}\n"
        "- {kind: merge, event_id: e1, other_id: [e2, e3]}\n"
    )
    dated, placed, merged = read(text, "corrections.yaml")
    assert (dated.line, dated.setting) == (2, (date(2023, 11, 21), date(2023, 11, 21)))
    assert (placed.line, placed.country) == (7, "NO")
    assert merged.other_ids == ("e2", "e3")


@pytest.mark.parametrize("name", ["corrections.csv", "corrections.yaml"])
def test_an_empty_file_holds_no_corrections(name):
    assert read("", name) == read("\n\n", name) == ()


@pytest.mark.parametrize(
    ("row", "column", "value", "remedy"),
    [
        ({"event_id": "e1"}, "kind", "", "the kinds are place, coordinates"),
        ({"kind": "delete", "event_id": "e1"}, "kind", "delete", "the kinds are place"),
        ({"kind": "reject"}, "event_id", "", "or doc_id and a few words"),
        ({"kind": "reject", "doc_id": "a"}, "event_id", "", "or doc_id and a few words"),
        ({"kind": "not_a_place", "doc_id": "a"}, "words", "", "needs the name, in words"),
        ({"kind": "merge", "event_id": "e1"}, "other_id", "", "merge needs it"),
        ({"kind": "edit", "event_id": "e1", "field": "source", "value": "x"}, "field", "source", "the fields are date"),
        ({"kind": "edit", "event_id": "e1", "value": "x"}, "field", "", "edit needs it"),
        ({"kind": "edit", "event_id": "e1", "field": "date", "value": "21/11/23"}, "value", "21/11/23", "2023-11-21"),
        ({"kind": "edit", "event_id": "e1", "field": "date", "value": "2023-02-30"}, "value", "2023-02-30", "YYYY-MM"),
        ({"kind": "edit", "event_id": "e1", "field": "injuries", "value": "5-3"}, "value", "5-3", "low/best/high"),
        ({"kind": "edit", "event_id": "e1", "field": "status", "value": "true"}, "value", "true", "asserted, claimed"),
        ({"kind": "edit", "event_id": "e1", "field": "sub_event_type", "value": "Bang"}, "value", "Bang", "Armed"),
        ({"kind": "coordinates", "words": "A", "value": "42.4N"}, "value", "42.4N", "33.79, 42.44"),
        ({"kind": "coordinates", "words": "A", "value": "133.4, 42"}, "value", "133.4, 42", "latitude comes first"),
        ({"kind": "coordinates", "words": "A", "value": "0, 0"}, "value", "0, 0", "nowhere"),
        ({"kind": "coordinates", "words": "A", "value": "1, 2", "radius_km": "nan"}, "radius_km", "nan", "at most"),
        ({"kind": "coordinates", "words": "A", "value": "1, 2", "precision": "4"}, "precision", "4", "3 (an area)"),
        ({"kind": "place", "words": "A", "value": "gn:1", "country": "Syria"}, "country", "Syria", "such as SY"),
        ({"kind": "place", "words": "A", "value": "gn:1", "precision": "1"}, "precision", "1", "leave it empty"),
        ({"kind": "reject", "event_id": "e1", "when": "today"}, "when", "today", "YYYY-MM-DD"),
    ],
)  # fmt: skip
def test_a_fault_names_column_value_and_remedy(row, column, value, remedy):
    fault = checked(row, file="corrections.csv", line=2)
    assert isinstance(fault, Fault)
    assert (fault.column, fault.value) == (column, value)
    assert remedy in str(fault)


def test_a_bad_file_is_one_message_with_file_lines_and_the_number_of_further_faults():
    text = HEADER + "reject,,,,,,,,,,,,\n" * 7
    with pytest.raises(InputError) as caught:
        read(text, "reports/corrections.csv")
    message = str(caught.value)
    assert message.startswith("reports/corrections.csv:2: column event_id: is empty")
    assert "reports/corrections.csv:6:" in message
    assert message.endswith("; and 2 more")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("c.csv", "kind,colour\nreject,red\n", "c.csv:1: column 'colour' is not known; the columns are kind,"),
        ("c.csv", "kind,event_id\nreject,e1,surplus\n", "c.csv:2: 3 cells under 2 columns, at 'surplus'"),
        ("c.csv", 'kind,event_id\nreject,"e1\n', "c.csv:2: not CSV"),
        ("c.csv", b"kind\n\xff\xfe", "c.csv: not UTF-8"),
        ("c.yaml", "kind: reject\n", "c.yaml:1: must be a list"),
        ("c.yaml", "- kind: [\n", "not YAML"),
        ("c.yaml", "- reject\n", "c.yaml:1: must be “column: value” lines"),
        ("c.yaml", "- kind: reject\n  colour: red\n", "c.yaml:2: column 'colour' is not known"),
        ("c.yaml", "- kind: reject\n  note: {a: b}\n", "c.yaml:2: column note: must be a word"),
    ],
)
def test_a_file_that_is_no_list_of_corrections_is_refused(name, text, words):
    with pytest.raises(InputError) as caught:
        read(text, name)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("3", Count(3, 3, 3, "exact", "3")),
        ("3-5", Count(3, 3, 5, "about", "3-5")),
        ("3/4/6", Count(3, 4, 6, "about", "3/4/6")),
        ("at least 3", Count(3, 3, None, "at_least", "at least 3")),
        ("3+", Count(3, 3, None, "at_least", "3+")),
        ("unknown", Count()),
    ],
)
def test_numbers_of_people(words, count):
    one = checked({"kind": "edit", "event_id": "e1", "field": "fatalities", "value": words}, file="c", line=2)
    assert isinstance(one, Correction)
    assert one.setting == count


def test_text_that_a_reader_cannot_see_goes():
    (one,) = read("kind,event_id,note\nreject,e1,a\u202eb\u200bc\x00\n")
    assert "\u200b" not in one.note
    assert "\x00" not in one.note


def test_every_column_is_in_the_documents():
    text = (Path(__file__).parents[4] / "docs" / "corrections.md").read_text(encoding="utf-8")
    assert [column for column in COLUMNS if f"`{column}`" not in text] == []


# ---- which files -----------------------------------------------------------------------------------------------------


def test_files_in_and_beside_the_inputs_are_found_and_named_ones_overrule(tmp_path):
    reports = tmp_path / "desk" / "reports"
    reports.mkdir(parents=True)
    for path in (reports / "corrections.csv", tmp_path / "desk" / "corrections.yaml", tmp_path / "mine.csv"):
        path.write_text("")
    found = find_correction_files([reports], [tmp_path / "mine.csv"])
    assert [(f.name, f.found) for f in found] == [
        ("corrections.yaml", True), ("corrections.csv", True), ("mine.csv", False),
    ]  # fmt: skip


def test_a_file_found_and_named_counts_once(tmp_path):
    (tmp_path / "corrections.csv").write_text("")
    (found,) = find_correction_files([tmp_path], [tmp_path / "corrections.csv"])
    assert not found.found


def test_a_named_file_that_is_missing_is_an_error_with_its_path(tmp_path):
    with pytest.raises(InputError, match=r"gone\.csv: corrections cannot be read .*--corrections"):
        find_correction_files([], [tmp_path / "gone.csv"])


def test_files_of_one_name_are_told_apart_by_their_folder():
    files = [CorrectionFile(f"{folder}/corrections.csv", b"kind,event_id\nreject,e1\n") for folder in "ab"]
    assert [c.where for c in read_corrections(files)] == ["a/corrections.csv:2", "b/corrections.csv:2"]
