"""``sitmap map --extractor``: a model on this machine reads the report, or the rules do, and the outputs say who."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from chat_server import Reply, completion, serving
from command import sitmap

pytestmark = pytest.mark.usefixtures("built_index")
TEXT = "The hamlet's granary near Mosul burned after a midnight visit by men of ISIS on Nov. 21.\n"
TOLD = {
    "sentence": TEXT.strip(), "sub_event_type": "Looting/property destruction", "place": "Mosul",
    "date_text": "Nov. 21", "perpetrator": "ISIS", "target": "The hamlet's granary", "latitude": 0.0, "longitude": 0.0,
}  # fmt: skip


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def mapped(report: Path, *options: object):
    out = report.parent / "out"
    done = sitmap("map", report, "--as-of", "2023-11-22", "--out", out, "-q", *options)
    if done.code:
        return done, [], {}
    events = json.loads((out / "events.geojson").read_text(encoding="utf-8"))["features"]
    return done, events, json.loads((out / "run.json").read_text(encoding="utf-8"))


def test_an_event_that_only_the_model_sees_is_on_the_map_with_our_place(report: Path, monkeypatch):
    monkeypatch.setenv("MODEL_KEY", "very-secret")
    with serving(completion({"events": [TOLD]})) as server:
        options = ["--extractor", server.url, "--extractor-model", "tiny", "--extractor-key-env", "MODEL_KEY"]
        done, (event,), record = mapped(report, *options)
    assert done.code == 0
    found = event["properties"]
    assert (found["location"], found["sub_event_type"]) == ("Mosul", "Looting/property destruction")
    assert found["perpetrator"] == "Islamic State"
    assert found["event_date"] == "2023-11-21"
    assert event["geometry"]["coordinates"] == pytest.approx([43.12, 36.34], abs=0.1)
    assert "read by the model tiny" in found["notes"]
    assert record["settings"]["extractor"]["url"] == server.url
    for file in (report.parent / "out").iterdir():
        assert b"very-secret" not in file.read_bytes()


def test_without_an_answer_the_rules_read_and_the_record_says_so(report: Path):
    with serving(Reply(b"", 404)) as server:
        done, _, record = mapped(report, "--extractor", server.url, "--extractor-model", "tiny")
    assert done.code == 0
    assert any("the article was read by the rules" in passed["why"] for passed in record["passed_over"])


def test_strictly_a_failure_is_exit_code_3_with_the_remedy(report: Path):
    with serving(Reply(b"", 404)) as server:
        done, _, _ = mapped(report, "--extractor", server.url, "--extractor-model", "tiny", "--extractor-strict")
    assert done.code == 3
    assert "HTTP 404" in done.err
    assert "leave --extractor-strict out" in done.err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--extractor-model", "tiny"], "go with --extractor URL"),
        (["--extractor", "http://localhost:1/v1"], "needs --extractor-model"),
        (["--extractor", "ftp://host", "--extractor-model", "m"], "no address of an extractor"),
        (
            ["--extractor", "http://localhost:1/v1", "--extractor-model", "m", "--extractor-key-env", "NO_SUCH_KEY"],
            "NO_SUCH_KEY: the variable is not set",
        ),
    ],
)
def test_wrong_options_are_exit_code_2(report: Path, options: list[str], message: str):
    done, _, _ = mapped(report, *options)
    assert done.code == 2
    assert message in done.err


def test_unasked_nothing_is_sent(report: Path, monkeypatch):
    import socket

    def refuse(*_: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert mapped(report)[0].code == 0
