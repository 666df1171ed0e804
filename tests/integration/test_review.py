"""A decision of `sitmap review` is a line of corrections.csv, and the next map has it."""

from __future__ import annotations

import geopandas as gpd
import pytest
from command import sitmap
from small_reports import AS_OF, write_reports

from pipeline.reviewing import open_desk

pytestmark = pytest.mark.usefixtures("built_index")


def mapped(reports, out) -> gpd.GeoDataFrame:
    done = sitmap("map", reports, "--as-of", AS_OF, "--out", out)
    assert done.code == 0, done.err
    return gpd.read_parquet(out / "events.parquet").set_index("event_id")


def decision(number: int, event_id: str, **row: str) -> dict:
    rows = [{"event_id": event_id, **row}]
    return {
        "id": f"x-{number}",
        "event_id": event_id,
        "kind": row["kind"],
        "slot": row["kind"],
        "words": "",
        "rows": rows,
    }


@pytest.mark.slow
def test_what_is_decided_moves_the_event_and_marks_it(tmp_path):
    reports, out = write_reports(tmp_path / "reports"), tmp_path / "out"
    before = mapped(reports, out)
    desk = open_desk(out, today=lambda: "2023-11-22", who="Ann")
    listed = {event["event_id"]: event for event in desk.data["events"]}
    moved, kept, gone = list(listed)[:3]
    desk.decide(decision(1, moved, kind="coordinates", value="34.50000, 41.90000", precision="2"))
    desk.decide(decision(2, kept, kind="accept", value=listed[kept]["state"]))
    desk.decide(decision(3, gone, kind="reject"))
    after = mapped(reports, out)
    assert (after.latitude[moved], after.longitude[moved], after.geo_precision[moved]) == (34.5, 41.9, 2)
    assert "set by Ann in corrections.csv:2" in after.corrected[moved]
    assert after.corrected[kept].endswith("set by Ann in corrections.csv:3")
    assert after.latitude[kept] == before.latitude[kept] or after.isna().latitude[kept]
    assert gone not in after.index
    again = {event["event_id"] for event in open_desk(out, today=lambda: "").data["events"]}
    assert again == set(listed) - {moved, kept, gone}
    assert (out / "review.html").is_file()


def test_review_of_a_folder_without_a_run_says_what_to_do(tmp_path):
    done = sitmap("review", "--out", tmp_path)
    assert done.code == 3
    assert "sitmap map --out" in done.complaint
