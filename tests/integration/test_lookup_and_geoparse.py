"""``sitmap lookup`` and ``sitmap geoparse``, through the command."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from command import Done, sitmap, write_jsonl

from gazetteer.sphere import distance_km

pytestmark = pytest.mark.usefixtures("built_index")
FIELDS = [
    "start", "end", "text", "status", "place_id", "name", "lat", "lon", "feature_class", "feature_code", "country",
    "admin1", "score", "geo_precision", "uncertainty_m", "reasons", "alternatives",
]  # fmt: skip
RIGHT = [
    ("Zurf al Saqr", 32.87, 44.19, "IQ"),
    ("Jurf as Sakhr", 32.87, 44.19, "IQ"),
    ("جرف الصخر", 32.87, 44.19, "IQ"),
    ("Ain al-Assad", 33.79, 42.44, "IQ"),
    ("Ayn al Asad", 33.79, 42.44, "IQ"),
    ("Al-Tanf", 33.49, 38.66, "SY"),
    ("Deir Ezzor", 35.336, 40.141, "SY"),
    ("Arbil", 36.19, 44.009, "IQ"),
]
TEXTS = (
    "Rockets fell near Mosul\r\nand in \u200bBaghdad, a witness from Qxzzvland said.",
    "جرف الصخر was shelled. Rockets 🛰 also fell near Erbil and in Kirkuk.",
)


def span(text: str, words: str) -> dict[str, int]:
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


@pytest.fixture
def documents(tmp_path) -> Path:
    records = [
        {"doc_id": "b", "text": TEXTS[0], "toponyms": [span(TEXTS[0], w) for w in ("Qxzzvland", "Mosul", "Baghdad")]},
        {"doc_id": "a", "text": TEXTS[1], "title": "Shelling", "date": "2023-11-21", "url": "https://example.org/a",
         "toponyms": [span(TEXTS[1], w) for w in ("جرف الصخر", "Kirkuk")]},
        {"doc_id": "none", "text": "Nothing of note.", "toponyms": []},
    ]  # fmt: skip
    return write_jsonl(tmp_path / "in.jsonl", *records)


def rows_of(done: Done) -> list[dict]:
    assert done.code == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]


@pytest.mark.parametrize(("name", "lat", "lon", "country"), RIGHT)
def test_the_right_place_comes_first(name, lat, lon, country):
    done = sitmap("lookup", name, "--json")
    assert done.code == 0
    first = done.json[0]
    assert first["country"] == country
    assert distance_km(first["lat"], first["lon"], lat, lon) < 10
    assert first["reasons"]
    assert 0 < first["score"] <= 1


def test_country_and_nearness_choose_among_namesakes():
    assert {row["country"] for row in sitmap("lookup", "Tripoli", "--country", "lb", "--json").json} == {"LB"}
    for near in ("Beirut", "33.9,35.5"):
        assert sitmap("lookup", "Tripoli", "--near", near, "--json").json[0]["country"] == "LB"
    assert sitmap("lookup", "Tripoli", "--json").json[0]["country"] == "LY"


@pytest.mark.parametrize(
    ("name", "within", "place_id"),
    [
        ("Tripoli", ("Lebanon",), "gn:266826"),
        ("Prague, Oklahoma", (), "gn:4548393"),
        ("Clark County", ("Ohio",), "fips:39023"),
        ("Kafr Zita/Kafr Zayta", ("Hama Governorate", "Syria"), "gn:168620"),
        ("Green Village", (), "sitmap:al-omar-oil-field"),
        ("Kurdistan Region", (), "sitmap:kurdistan-region"),
        ("Taji", (), "sitmap:taji"),
        ("Harir air base", (), "sitmap:harir-air-base"),
        ("Harir", (), "gn:96046"),
        ("Rumaylan airfield", (), "sitmap:rumaylan-landing-zone"),
        ("محافظة حلب", (), "ne:SYR-137"),
    ],
)
def test_areas_descriptions_and_kinds_choose(name, within, place_id):
    areas = [option for area in within for option in ("--within", area)]
    assert sitmap("lookup", name, *areas, "--json").json[0]["place_id"] == place_id


def test_an_area_alone_is_said_to_be_that():
    done = sitmap("lookup", "Qxzzvland", "--within", "Idlib", "--within", "Syria")
    assert "Idlib (SY)  A.ADM1" in done.out
    assert "the area itself" in done.out
    assert sitmap("lookup", "Qxzzvland", "--within", "Idlib", "--json").json[0]["area_only"] is True


def test_lookup_prints_score_place_and_why():
    done = sitmap("lookup", "Mosul", "--limit", 2)
    assert "Mosul (Nineveh, IQ)" in done.out
    assert len(done.out.splitlines()) == 4
    assert "inhabitants" in done.out


def test_an_unknown_name_is_said_to_be_unknown():
    assert sitmap("lookup", "Qxzzvland").out == "no place called 'Qxzzvland' is known\n"
    assert sitmap("lookup", "Qxzzvland", "--json").json == []


def test_given_spans_are_resolved_in_order(documents):
    rows = rows_of(sitmap("geoparse", documents, "--given-spans"))
    assert [row["doc_id"] for row in rows] == ["b", "a", "none"]
    given = [json.loads(line)["toponyms"] for line in documents.read_text(encoding="utf-8").splitlines()]
    assert [[{"start": t["start"], "end": t["end"]} for t in row["toponyms"]] for row in rows] == given
    assert [t["country"] for t in rows[0]["toponyms"]] == [None, "IQ", "IQ"]
    assert [t["text"] for t in rows[1]["toponyms"]] == ["جرف الصخر", "Kirkuk"]
    assert rows[1]["toponyms"][0]["name"] == "Jurf al-Sakhar"


def test_fields_are_those_promised_and_null_where_nothing_was_resolved(documents):
    unknown, known, _ = rows_of(sitmap("geoparse", documents, "--given-spans"))[0]["toponyms"]
    assert list(unknown) == list(known) == FIELDS
    assert unknown["status"] == "unmatched"
    assert [unknown[key] for key in ("lat", "lon", "place_id", "name")] == [None] * 4
    assert unknown["reasons"]
    assert known["status"] == "resolved"
    assert distance_km(known["lat"], known["lon"], 36.335, 43.119) < 10


def test_found_places_have_offsets_into_the_given_text(documents):
    rows = rows_of(sitmap("geoparse", documents))
    assert [row["doc_id"] for row in rows] == ["b", "a", "none"]
    found = {(i, text[t["start"] : t["end"]]) for i, text in enumerate(TEXTS) for t in rows[i]["toponyms"]}
    assert found >= {(0, "Mosul"), (0, "Baghdad"), (1, "Erbil"), (1, "Kirkuk")}
    assert rows[2]["toponyms"] == []
    for row in rows:
        assert all(list(t) == FIELDS for t in row["toponyms"])
        assert all((t["lat"] is None) == (t["place_id"] is None) for t in row["toponyms"])


def test_gzip_in_and_a_file_out_give_the_same(documents, tmp_path):
    packed, out = tmp_path / "in.jsonl.gz", tmp_path / "out.jsonl"
    packed.write_bytes(gzip.compress(documents.read_bytes()))
    done = sitmap("geoparse", packed, "-o", out)
    assert (done.code, done.out) == (0, "")
    assert out.read_text(encoding="utf-8") == sitmap("geoparse", documents).out


GOOD = {"doc_id": "a", "text": "Rockets hit Mosul."}
BAD_LINES = {
    "not JSON": '{"doc_id": "b", "text": ',
    "a list": "[1, 2]",
    "no text": {"doc_id": "b"},
    "no doc_id": {"text": "Mosul"},
    "text of a wrong type": {"doc_id": "b", "text": 5},
}
BAD_SPANS = {
    "not a list": "Mosul",
    "no end": [{"start": 1}],
    "words": [{"start": "one", "end": "two"}],
    "beyond the text": [{"start": 2, "end": 400}],
    "backwards": [{"start": 5, "end": 2}],
    "a number": [7],
}


@pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES)
def test_a_bad_line_is_named(tmp_path, line):
    path = write_jsonl(tmp_path / "in.jsonl", GOOD, "", line)
    done = sitmap("geoparse", path, "-o", tmp_path / "out.jsonl")
    assert done.code == 3
    assert f"{path}:3: " in done.complaint
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("spans", BAD_SPANS.values(), ids=BAD_SPANS)
def test_a_bad_span_is_named_with_its_line(tmp_path, spans):
    path = write_jsonl(tmp_path / "in.jsonl", GOOD, "", GOOD | {"doc_id": "b", "toponyms": spans})
    done = sitmap("geoparse", path, "--given-spans")
    assert done.code == 3
    assert f"{path}:3: " in done.complaint


@pytest.mark.parametrize("content", [b"not gzip", gzip.compress(b"x" * 9000)[:-9]], ids=["not gzip", "cut short"])
def test_a_damaged_archive_is_named(tmp_path, content):
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(content)
    done = sitmap("geoparse", path)
    assert done.code == 3
    assert str(path) in done.complaint


def test_what_is_no_utf8_is_named(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_bytes(b'{"doc_id": "a", "text": "caf\xe9"}\n')
    done = sitmap("geoparse", path)
    assert done.code == 3
    assert str(path) in done.complaint


def test_a_lone_surrogate_does_not_stop_the_others(tmp_path):
    text = "Rockets hit \ud800Mosul and Erbil."
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps(GOOD | {"text": text, "toponyms": [{"start": 12, "end": 18}]}) + "\n", encoding="utf-8")
    for arguments in (["--given-spans"], []):
        out = tmp_path / "out.jsonl"
        assert sitmap("geoparse", path, "-o", out, *arguments).code == 0
        assert json.loads(out.read_text(encoding="utf-8"))["toponyms"]
