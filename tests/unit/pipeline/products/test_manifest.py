from __future__ import annotations

import json
from pathlib import Path

from pipeline.models import Rejection
from pipeline.products.files import digest, write_text
from pipeline.products.manifest import RunRecord, versions, write_manifest


def record_of(tmp_path, **more):
    article = write_text(tmp_path / "in" / "a.txt", "text")
    output = write_text(tmp_path / "out" / "events.csv", "x")
    defaults = {
        "generated": "2023-11-22T00:00:00Z",
        "versions": {"sitmap": "0.1.0"},
        "settings": {"as_of": "2023-11-22", "out": Path("outputs")},
        "inputs": [article, tmp_path / "gone.txt"],
        "outputs": {output: 4},
        "counts": {"events": 4},
        "timings": {"read": 0.12345},
        "rejections": [Rejection("b.json", 3, "not JSON", "{", "mend the line")],
    }
    return RunRecord(**(defaults | more))


def test_the_record_names_inputs_outputs_and_rejections(tmp_path):
    path = write_manifest(tmp_path / "out" / "run.json", record_of(tmp_path))
    run = json.loads(path.read_text())
    assert run["inputs"][0]["sha256"] == digest(tmp_path / "in" / "a.txt")
    assert run["inputs"][1]["sha256"] is None
    assert run["outputs"] == [
        {"path": "events.csv", "bytes": 1, "sha256": digest(tmp_path / "out" / "events.csv"), "rows": 4}
    ]
    assert run["rejections"][0] == {
        "path": "b.json", "line": 3, "cause": "not JSON", "value": "{", "remedy": "mend the line",
    }  # fmt: skip
    assert run["timings_s"] == {"read": 0.123}
    assert run["settings"]["out"] == "outputs"


def test_the_same_record_gives_the_same_bytes(tmp_path):
    one, other = (write_manifest(tmp_path / "out" / name, record_of(tmp_path)) for name in ("a.json", "b.json"))
    assert one.read_bytes() == other.read_bytes()


def test_hostile_values_stay_within_their_strings(tmp_path):
    rejection = Rejection("x\ud800.txt", None, 'quote " and \x00', "</script>")
    path = write_manifest(tmp_path / "run.json", record_of(tmp_path, rejections=[rejection]))
    assert json.loads(path.read_text())["rejections"][0]["cause"] == 'quote " and \x00'


def test_versions_say_what_is_not_installed():
    found = versions(model="no_such_model", gazetteer={"schema": "1", "fingerprint": "ab"})
    assert found["model"] == "no_such_model not installed"
    assert found["gazetteer_fingerprint"] == "ab"
    assert found["gdal"].count(".") == 2
    assert {"python", "geopandas", "spacy", "pyogrio"} <= set(found)
