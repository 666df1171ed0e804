from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
import shapely
from small_run import small_claims, small_events, small_report

from pipeline.engines import Kept
from pipeline.events import merge_onto, merge_reports
from pipeline.models import Claim, Count, Event, Footprint, Report
from pipeline.store import WORK_FILE, Store, open_work, pack
from pipeline.store.work import Work


def fill(folder, *, keep=True, key="k") -> None:
    with open_work(folder, keep=keep) as work:
        work.keep([pack(key, "d", small_report())])


def test_what_was_read_is_there_again(tmp_path):
    fill(tmp_path / "out")
    with open_work(tmp_path / "out", keep=True) as work:
        assert work.report("k") == small_report()


def test_nothing_is_left_where_nothing_is_to_be_kept(tmp_path):
    with open_work(tmp_path / "out", keep=False) as work:
        work.keep([pack("k", "d", small_report())])
        assert work.report("k") == small_report()
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_where_nothing_was_read(tmp_path):
    with pytest.raises(KeyError), open_work(tmp_path / "out", keep=True):
        raise KeyError
    assert list(tmp_path.iterdir()) == []


def test_a_second_run_at_once_works_on_a_file_of_its_own(tmp_path):
    with open_work(tmp_path, keep=True) as first:
        first.keep([pack("k", "d", small_report())])
        with open_work(tmp_path, keep=True) as second:
            assert second.report("k") is None
            second.forget_all_but(())
        assert first.report("k") == small_report()
    assert [path.name for path in tmp_path.iterdir()] == [WORK_FILE]


def test_a_file_that_another_run_removes_as_this_one_opens_it_is_not_used(tmp_path, monkeypatch):
    fill(tmp_path)
    hold = Work._hold

    def removed_first(work):
        if work.path.name:
            work.path.unlink()
        hold(work)

    monkeypatch.setattr(Work, "_hold", removed_first)
    with open_work(tmp_path, keep=True) as work:
        work.keep([pack("k", "d", small_report())])
        assert work.report("k") == small_report()
    assert not (tmp_path / WORK_FILE).exists()


@pytest.mark.parametrize("spoil", ["bytes", "schema"])
def test_a_file_that_cannot_be_used_is_begun_anew(tmp_path, spoil, caplog):
    caplog.set_level("WARNING", logger="sitmap")  # a command with --quiet, in another test, hushes the root
    fill(tmp_path)
    if spoil == "bytes":
        (tmp_path / WORK_FILE).write_bytes(b"no database" * 100)
    else:
        with sqlite3.connect(tmp_path / WORK_FILE) as rows:
            rows.execute("PRAGMA user_version = 99")
        rows.close()
    with open_work(tmp_path, keep=True) as work:
        assert work.report("k") is None
        work.keep([pack("k", "d", small_report())])
    with open_work(tmp_path, keep=True) as work:
        assert work.report("k") == small_report()
    assert "it is begun anew" in caplog.text


def test_a_link_is_not_written_through(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / WORK_FILE).symlink_to(tmp_path / "elsewhere")
    fill(tmp_path / "out")
    assert not (tmp_path / "elsewhere").exists()


def test_what_is_not_of_this_run_is_forgotten_when_it_says_so(tmp_path):
    fill(tmp_path, key="old")
    with open_work(tmp_path, keep=True) as work:
        work.keep([pack("new", "d", small_report())])
        work.forget_all_but({"new"})
        assert [work.has_report(key) for key in ("old", "new")] == [False, True]
        work.forget_all_but(iter(()))
        assert not work.has_report("new")


def test_polygons_that_were_handed_on_before_are_not_packed_again(tmp_path):
    first = pack("k", "d", small_report())
    assert first.shapes
    second = pack("l", "d", small_report(), known=set(first.shapes))
    assert second.shapes == {}
    store = Store(tmp_path / "s.sqlite")
    store.keep([first, second])
    assert store.report("l") == small_report()
    store.close()


def full_report() -> Report:
    return replace(small_report(), events=tuple(small_events()), claims=tuple(small_claims()))


def test_events_and_claims_that_are_laid_aside_come_back_as_they_were_and_go_with_the_run(tmp_path):
    told = full_report()
    (first, *_) = told.events
    shape = shapely.box(44, 33, 45, 34)
    own = replace(first, placement=replace(first.placement, footprint=Footprint(33.5, 44.5, 9.0, shape)))
    claim = Claim("c", "count", "dead", Count(1, 2, 3), first.sources)
    with open_work(tmp_path, keep=True) as work:
        work.keep([pack("k", "d", told)])
        places = [work.put(record) for record in (first, claim, own)]
        assert work.get(places[0], Event) == first
        assert work.get(places[1], Claim) == claim
        assert work.get(places[2], Event) == own
    with open_work(tmp_path, keep=True) as work, pytest.raises(IndexError, match="nothing was laid aside"):
        work.get(places[0], Event)


def test_merging_onto_a_store_is_merging_in_memory(tmp_path):
    told = full_report()
    with open_work(tmp_path, keep=False) as work:
        work.keep([pack("k", "d", told)])
        merged = merge_onto(work, Kept(work, ["k", "k"]))
        assert (tuple(merged.events), tuple(merged.claims)) == merge_reports([told])
        assert merged.events
        assert merged.events[:1][0] == merged.events[0]
