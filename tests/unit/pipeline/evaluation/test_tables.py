from __future__ import annotations

import csv
import json
from pathlib import Path

from pipeline.evaluation.calibration import Bin, Calibration
from pipeline.evaluation.report import write_report
from pipeline.evaluation.results import Error, Results
from pipeline.evaluation.tables import Table, judges_line, tables_of


def results() -> Results:
    bins = (Bin(0.9, 1.0, 2, 0.95, 0.5),)
    return Results(
        figures={
            "LGL": {"places": 4462, "given_acc161": 0.8583, "given_auc": 1.0, "sure_right": 0.95, "precision": None},
            "UCDP places": {"places": 947, "first10": 0.5},
            "events, all": {"gold": 38, "detect_f1": 0.741, "counts": None},
        },
        judges={"LGL": "Learned without LGL"},
        calibration={"LGL": Calibration(0.9, 0.95, 0.1, 0.05, bins)},
        by_precision={"UCDP places": {"1": {"places": 900, "first10": 0.51}}},
        errors=[Error("LGL", "given", "d1", "Hit, the town", "", 20039.0, expected="33.6, 42.8")],
        notes=["skipped: x"],
    )


def test_rows_of_all_corpora_stand_in_one_table() -> None:
    places = tables_of(results())[0]
    assert places.headings == ("places", "given @161", "AUC", "@10")
    assert places.rows == (("LGL", "4462", ".858", "1.000", "–"), ("UCDP places", "947", "–", "–", ".500"))


def test_each_thing_has_its_table_and_empty_ones_are_left_out() -> None:
    assert [t.title for t in tables_of(results())] == [
        "corpus",
        "scores",
        "LGL, score",
        "UCDP places, where_prec",
        "events",
    ]
    assert tables_of(Results()) == ()
    assert tables_of(results())[-1].headings == ("gold", "F1")


def test_columns_are_aligned() -> None:
    table = Table("t", ("long heading", "b"), (("row", "1", ".500"), ("a long row", "22", "–")))
    assert table.aligned().split("\n") == [
        "t           long heading     b",
        "row                    1  .500",
        "a long row            22     –",
    ]
    assert table.markdown().split("\n")[:3] == ["| t | long heading | b |", "| --- | --- | --- |", "| row | 1 | .500 |"]


def test_who_judged_is_told() -> None:
    assert judges_line({"LGL": "A", "TR-News": "B"}) == "judged by: LGL: A, TR-News: B"


def test_files_say_the_same(tmp_path: Path) -> None:
    paths = write_report(results(), tmp_path / "new")
    assert [p.name for p in paths] == ["accuracy.json", "accuracy.csv", "accuracy.md", "worst_errors.jsonl"]
    told = json.loads(paths[0].read_text(encoding="utf-8"))
    assert told["figures"]["LGL"]["given_acc161"] == 0.8583
    assert told["calibration"]["LGL"]["bins"][0]["answers"] == 2
    assert "errors" not in told
    rows = list(csv.DictReader(paths[1].read_text(encoding="utf-8").splitlines()))
    assert (rows[1]["row"], rows[1]["first10"], rows[1]["given_acc161"]) == ("UCDP places", "0.5", "")
    assert "| LGL | 4462 | .858 |" in paths[2].read_text(encoding="utf-8")
    assert json.loads(paths[3].read_text(encoding="utf-8"))["mention"] == "Hit, the town"
