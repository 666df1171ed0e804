from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.errors import InputError, UsageError
from pipeline.evaluation import floors as pinned
from pipeline.evaluation.floors import Floor, Floors, Inputs, read_floors, write_floors
from pipeline.evaluation.gate import data_of, inputs_of, judge, missing_data, part_of, raised
from pipeline.evaluation.results import Results

FLOORS = Floors(
    floors={
        "LGL/given_acc161": Floor(floor=0.85, margin=0.005, reason="noise of the parser"),
        "LGL/recall": Floor(floor=0.9, margin=0.01, reason="measured"),
    },
    inputs=Inputs(data={"corpora/LGL.jsonl.gz": "a" * 64}, own={"gazetteer": "b" * 16}),
)


def measured(acc: float = 0.85, recall: float = 0.9) -> Results:
    return Results(figures={"LGL": {"given_acc161": acc, "recall": recall}})


def test_at_the_floor_and_within_the_margin_is_passed() -> None:
    assert judge(FLOORS, measured(), FLOORS.inputs).passed
    assert judge(FLOORS, measured(acc=0.8451, recall=0.891), FLOORS.inputs).passed


def test_a_lowered_figure_fails_and_is_named_with_its_floor() -> None:
    verdict = judge(FLOORS, measured(acc=0.8449), FLOORS.inputs)
    assert not verdict.passed
    assert verdict.fallen == ("LGL/given_acc161: .845 fell below its floor of .850 (margin .005; noise of the parser)",)


def test_a_figure_that_is_gone_fails() -> None:
    verdict = judge(FLOORS, Results(figures={"LGL": {"recall": 0.9}}), FLOORS.inputs)
    assert "LGL/given_acc161: not measured fell below" in verdict.fallen[0]


def test_other_data_fails_and_is_told() -> None:
    other = FLOORS.inputs.model_copy(update={"data": {"corpora/LGL.jsonl.gz": "c" * 64}})
    verdict = judge(FLOORS, measured(), other)
    assert not verdict.passed
    assert verdict.other_data == ("corpora/LGL.jsonl.gz: aaaaaaaaaaaa when the floors were set, cccccccccccc now",)


def test_a_change_of_our_own_is_told_and_passed() -> None:
    other = FLOORS.inputs.model_copy(update={"own": {"model.npz": "d" * 64}})
    verdict = judge(FLOORS, measured(), other)
    assert verdict.passed
    assert verdict.changed == (
        "gazetteer: bbbbbbbbbbbb when the floors were set, not there now",
        "model.npz: not there when the floors were set, dddddddddddd now",
    )


def test_floors_are_raised_to_what_is_measured_rounded_down() -> None:
    new = raised(FLOORS, measured(acc=0.87269), Inputs(own={"gazetteer": "e"}))
    assert new.floors["LGL/given_acc161"] == Floor(floor=0.872, margin=0.005, reason="noise of the parser")
    assert new.inputs.own == {"gazetteer": "e"}
    assert judge(new, measured(acc=0.87269), new.inputs).passed


def test_within_the_margin_a_floor_stays() -> None:
    assert raised(FLOORS, measured(acc=0.846), FLOORS.inputs).floors == FLOORS.floors


def test_an_update_refuses_to_lower_a_floor() -> None:
    with pytest.raises(UsageError, match=r'LGL/recall: \.800 is below its floor of \.900.*--lower "REASON"'):
        raised(FLOORS, measured(recall=0.8), FLOORS.inputs)


def test_a_floor_is_lowered_for_a_reason_that_then_stands_beside_it() -> None:
    new = raised(FLOORS, measured(recall=0.8), FLOORS.inputs, lower="fewer false places")
    assert new.floors["LGL/recall"].floor == 0.8
    assert new.floors["LGL/recall"].reason == "lowered from .900: fewer false places"
    assert new.floors["LGL/given_acc161"] == FLOORS.floors["LGL/given_acc161"]


def test_an_update_refuses_what_was_not_measured() -> None:
    with pytest.raises(UsageError, match="LGL/recall: was not measured"):
        raised(FLOORS, Results(figures={"LGL": {"given_acc161": 0.9}}), FLOORS.inputs)


def test_floors_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "floors.yaml"
    write_floors(FLOORS, path)
    assert read_floors(path) == FLOORS
    assert path.read_text(encoding="utf-8").startswith("# Floors that `sitmap evaluate --gate`")


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ({"floors": {"LGL/recall": {"floor": 2, "margin": 0, "reason": "x"}}}, r"floors\.LGL/recall\.floor"),
        ({"floors": {"LGL/recall": {"floor": 0.5, "margin": 0.5, "reason": "x"}}}, r"floors\.LGL/recall\.margin"),
        ({"floors": {"LGL/recall": {"floor": 0.5, "margin": 0, "reason": ""}}}, r"floors\.LGL/recall\.reason"),
        ({"floors": {}, "more": 1}, "more"),
        ([], "Input should be"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, content: object, cause: str) -> None:
    path = tmp_path / "floors.yaml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(InputError, match=cause):
        read_floors(path)


def test_missing_and_broken_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no\.yaml: cannot be read"):
        read_floors(tmp_path / "no.yaml")
    (tmp_path / "x.yaml").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.yaml: is no YAML"):
        read_floors(tmp_path / "x.yaml")


def test_each_figure_belongs_to_a_part() -> None:
    figures = [
        "LGL/ceiling",
        "LGL/given_acc161",
        "LGL/sure_right",
        "LGL/raw_acc161",
        "LGL/precision",
        "UCDP places/first10",
    ]
    assert [part_of(figure) for figure in figures] == ["ceiling", "given", "given", "raw", "raw", "places"]
    assert part_of("events, all/full_f1") == "events"


def test_only_what_is_measured_on_is_asked_for(shared: Path, small_index: Path) -> None:
    assert data_of(FLOORS) == ("score/geoparse.py", "score/events.py", "corpora/LGL.jsonl.gz")
    assert missing_data(FLOORS, shared) == ()
    (shared / "corpora" / "LGL.jsonl.gz").rename(shared / "gone")
    assert missing_data(FLOORS, shared) == ("corpora/LGL.jsonl.gz",)


def test_inputs_change_with_their_files(shared: Path, small_index: Path) -> None:
    before = inputs_of(FLOORS, shared, small_index)
    assert {len(value) for value in before.data.values()} == {64}
    assert {"gazetteer", "pipeline/toponyms/data/weights.yaml"} <= before.own.keys()
    (shared / "corpora" / "LGL.jsonl.gz").write_bytes(b"other")
    after = inputs_of(FLOORS, shared, small_index)
    assert [name for name in after.data if after.data[name] != before.data[name]] == ["corpora/LGL.jsonl.gz"]
    assert after.own == before.own


def test_the_projects_own_floors_can_be_read_and_have_reasons() -> None:
    known = read_floors(pinned.FILE)
    assert {"LGL/given_acc161", "TR-News/given_acc161", "LGL/raw_acc161", "events, all/full_f1"} <= known.floors.keys()
    assert all(0 < pin.floor < 1 and pin.margin < 0.05 for pin in known.floors.values())
