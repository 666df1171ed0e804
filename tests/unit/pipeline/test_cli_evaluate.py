"""``sitmap evaluate`` on a small shared folder made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from command import Done, sitmap
from evaluation_documents import write_corpus
from evaluation_shared import make_shared

from pipeline.settings import DEFAULT_MODEL

pytest.importorskip(DEFAULT_MODEL, reason=f"language model {DEFAULT_MODEL} is not installed")


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    return make_shared(tmp_path / "shared")


@pytest.fixture
def floors(tmp_path: Path) -> Path:
    pin = {"floor": 0.0, "margin": 0.01, "reason": "test"}
    path = tmp_path / "floors.yaml"
    path.write_text(
        yaml.safe_dump({"floors": {"LGL/given_acc161": pin, "LGL/ceiling": pin}, "samples": {"given": {"LGL": 2}}}),
        encoding="utf-8",
    )
    return path


def evaluate(shared: Path, index: Path, *arguments: object) -> Done:
    return sitmap("evaluate", "--shared", shared, "--gazetteer", index, *arguments)


def test_corpora_stand_in_one_table_with_what_is_missing_named(shared: Path, small_index: Path, tmp_path: Path) -> None:
    done = evaluate(shared, small_index, "--only", "ceiling", "--only", "given", "--out", tmp_path / "out")
    assert done.code == 0, done.err
    lines = done.out.splitlines()
    assert lines[0].split() == ["corpus", "places", "ceiling", "population", "given", "@161", "@25", "AUC"]
    assert lines[1].split()[:4] == ["LGL", "4", "1.000", ".500"]
    assert lines[2].split()[:2] == ["TR-News", "1"]
    assert "judged by: LGL: " in done.out
    assert "skipped: corpora/WikToR.jsonl.gz is missing" in done.err
    told = json.loads((tmp_path / "out" / "accuracy.json").read_text(encoding="utf-8"))
    assert told["figures"]["LGL"]["documents"] == 3


def test_worst_errors_never_show_tr_news_unless_told(shared: Path, small_index: Path) -> None:
    write_corpus(shared, "LGL", "a", "wrong")
    write_corpus(shared, "TR-News", "wrong")
    done = evaluate(shared, small_index, "--only", "given", "--worst", 3)
    assert "LGL, given, " in done.out
    assert "TR-News, given" not in done.out
    assert "TR-News: errors are not shown" in done.err
    refused = evaluate(shared, small_index, "--only", "given", "--worst", 3, "--corpus", "TR-News")
    assert refused.code == 2
    assert "not to be looked at" in refused.complaint
    looked = evaluate(shared, small_index, "--only", "given", "--worst", 3, "--corpus", "TR-News", "--look-at-held-out")
    assert "TR-News, given, wrong: 1 wrong" in looked.out


def test_a_failing_scorer_is_one_line(shared: Path, small_index: Path) -> None:
    (shared / "score" / "geoparse.py").write_text("raise SystemExit('odd input')", encoding="utf-8")
    done = evaluate(shared, small_index, "--only", "given", "--corpus", "LGL")
    assert done.code == 3
    assert done.err.splitlines()[-1].endswith("the scorer failed with exit code 1: odd input")
    assert "Traceback" not in done.err


def test_the_gate_holds_what_was_measured(shared: Path, small_index: Path, floors: Path) -> None:
    assert evaluate(shared, small_index, "--update-floors", "--floors", floors).code == 0
    pins = yaml.safe_load(floors.read_text(encoding="utf-8"))
    assert pins["floors"]["LGL/ceiling"]["floor"] == 1.0
    assert len(pins["inputs"]["data"]["corpora/LGL.jsonl.gz"]) == 64
    done = evaluate(shared, small_index, "--gate", "--floors", floors)
    assert (done.code, done.out) == (0, "accuracy gate: 2 figures at or above their floors\n")


def test_the_gate_fails_on_a_lowered_figure_and_names_it(shared: Path, small_index: Path, floors: Path) -> None:
    evaluate(shared, small_index, "--update-floors", "--floors", floors)
    text = floors.read_text(encoding="utf-8")
    pins = yaml.safe_load(text)
    pins["floors"]["LGL/given_acc161"]["floor"] = 1.0
    floors.write_text(yaml.safe_dump(pins), encoding="utf-8")
    (shared / "score" / "geoparse.py").write_text(
        'print(\'{"docs": 1, "places": 1, "acc161": 0.5, "acc25": 0, "auc": 1}\')', encoding="utf-8"
    )
    done = evaluate(shared, small_index, "--gate", "--floors", floors)
    assert done.code == 1
    assert "LGL/given_acc161: .500 fell below its floor of 1.000 (margin .010; test)" in done.err
    assert "other data than the floors were measured on: score/geoparse.py" in done.err
    refused = evaluate(shared, small_index, "--update-floors", "--floors", floors)
    assert refused.code == 2
    assert '--lower "REASON"' in refused.err
    assert yaml.safe_load(floors.read_text(encoding="utf-8"))["floors"]["LGL/given_acc161"]["floor"] == 1.0
    evaluate(shared, small_index, "--update-floors", "--floors", floors, "--lower", "another scorer")
    lowered = yaml.safe_load(floors.read_text(encoding="utf-8"))["floors"]["LGL/given_acc161"]
    assert (lowered["floor"], lowered["reason"]) == (0.5, "lowered from 1.000: another scorer")


def test_other_data_fails_the_gate(shared: Path, small_index: Path, floors: Path) -> None:
    evaluate(shared, small_index, "--update-floors", "--floors", floors)
    write_corpus(shared, "LGL", "a", "c")
    done = evaluate(shared, small_index, "--gate", "--floors", floors)
    assert done.code == 1
    assert "other data than the floors were measured on: corpora/LGL.jsonl.gz" in done.err


def test_the_gate_skips_by_name_where_the_data_is_missing(tmp_path: Path, small_index: Path, floors: Path) -> None:
    done = evaluate(tmp_path / "nowhere", small_index, "--gate", "--floors", floors)
    assert done.code == 0
    assert "accuracy gate skipped: score/geoparse.py, score/events.py, corpora/LGL.jsonl.gz missing in" in done.out


def test_lower_alone_is_wrong_use(shared: Path, small_index: Path) -> None:
    done = evaluate(shared, small_index, "--lower", "x")
    assert (done.code, "--lower goes with --update-floors" in done.err) == (2, True)
