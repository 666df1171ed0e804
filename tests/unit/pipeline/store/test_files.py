"""The folder of a store: one run at a time, and products that change all at once, wherever a run is cut off."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from small_run import small_report

from pipeline.corrections import CorrectionFile
from pipeline.errors import OutputError, StoreError
from pipeline.models import Article, Rejection
from pipeline.store import Holdings, Store, Visit, open_store, pack, store_path
from pipeline.store.files import begin, publish, read_store, refuse_links
from pipeline.store.lock import locked

NAMES = ("briefing.md", "events.csv", "map.html")
HELD = Holdings(corrections=(CorrectionFile("/r/corrections.csv", b"kind\n"),)).admitted(
    (Article("a", "Text.", path="/r/a.txt"), Rejection("/r/b", 1, "bad")), Visit(date(2023, 11, 21), "then")
)


class CutOffError(Exception):
    """Stands for the end of the process."""


def products(folder: Path) -> set[str]:
    return {(folder / name).read_text() for name in NAMES if (folder / name).exists()}


def run(folder: Path, content: str) -> None:
    """A run without any reading: writes its products aside, commits, moves them."""
    with open_store(folder, since="then") as opened:
        new = begin(folder)
        for name in NAMES:
            (new / name).write_text(content)
        opened.store.commit(HELD, keys=(), settings={"title": content}, finished=new.name)
        publish(folder, opened.store)


# ---- cut off ---------------------------------------------------------------------------------------------------------


def cut(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, number: int) -> None:
    """Let the call of this number, counted from 1, end the run before it does anything."""
    calls, real = [0], getattr(owner, name)

    def counted(*args, **kwargs):
        calls[0] += 1
        if calls[0] == number:
            raise CutOffError
        return real(*args, **kwargs)

    monkeypatch.setattr(owner, name, counted)


@pytest.mark.parametrize(
    ("owner", "name", "number", "after"),
    [
        *((Path, "write_text", n, "old") for n in (1, 2, 3)),
        (Store, "commit", 1, "old"),
        *((Path, "replace", n, "new") for n in (1, 2, 3)),
        (Path, "rmdir", 1, "new"),
        (Store, "published", 1, "new"),
    ],
)
def test_a_run_that_is_cut_off_leaves_the_old_or_the_new_never_half(tmp_path, monkeypatch, owner, name, number, after):
    run(tmp_path, "old")
    with monkeypatch.context() as patch:
        cut(patch, owner, name, number)
        with pytest.raises(CutOffError):
            run(tmp_path, "new")
    with open_store(tmp_path, since="later") as opened:
        assert products(tmp_path) == {after}
        assert opened.store.settings() == {"title": after}
        assert opened.store.finished() == ""
    assert {path.name for path in tmp_path.iterdir()} == {*NAMES, "store.sqlite", "store.lock"}


def test_a_first_run_that_is_cut_off_can_be_run_again(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        cut(patch, Store, "_refuse_other_schema", 1)
        with pytest.raises(CutOffError):
            run(tmp_path, "new")
    run(tmp_path, "new")
    assert products(tmp_path) == {"new"}


def test_a_change_that_fails_halfway_is_not_there(tmp_path):
    store = Store(tmp_path / "s.sqlite")
    store.commit(HELD, keys=(), settings={"title": "old"}, finished=".new")
    with pytest.raises(StoreError, match="cannot be used"):
        store.commit(Holdings(), keys=(), settings={"title": {}}, finished=".new")
    assert (store.holdings(), store.settings()) == (HELD, {"title": "old"})
    store.close()


def test_products_are_not_put_through_links(tmp_path):
    (tmp_path / "elsewhere").write_text("precious")
    (tmp_path / "map.html").symlink_to(tmp_path / "elsewhere")
    new = begin(tmp_path)
    (new / "map.html").write_text("new")
    with pytest.raises(OutputError, match=r"map\.html: is a symbolic link"):
        refuse_links(tmp_path, new)


# ---- one at a time ---------------------------------------------------------------------------------------------------


def test_a_second_run_is_told_who_holds_the_folder_and_since_when(tmp_path):
    first, second = locked(tmp_path, since="2023-11-21T10:00:00Z"), locked(tmp_path, since="later")
    with first, pytest.raises(StoreError) as caught, second:
        pass
    assert f"in use by process {os.getpid()} on " in str(caught.value)
    assert "since 2023-11-21T10:00:00Z; wait until it is done" in str(caught.value)


def test_a_lock_ends_with_its_process_and_the_next_run_knows(tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from pipeline.store.lock import locked\n"
        "with locked(Path(sys.argv[1]), since='then'): os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == 9
    with open_store(tmp_path, since="now") as opened:
        assert opened.cut_off.startswith("process ")
        assert opened.cut_off.endswith("since then")
    with open_store(tmp_path, since="later") as opened:
        assert opened.cut_off == ""


def test_a_run_that_fails_lets_go(tmp_path):
    with pytest.raises(CutOffError), locked(tmp_path, since="then"):
        raise CutOffError
    with locked(tmp_path, since="now") as cut_off:
        assert cut_off == ""
        assert json.loads((tmp_path / "store.lock").read_text())["since"] == "now"


def test_a_run_that_ends_as_another_begins_is_not_told_of_as_cut_off(tmp_path, monkeypatch):
    first, open_ = locked(tmp_path, since="then"), os.open
    first.__enter__()

    def opened(*arguments):
        handle = open_(*arguments)
        first.__exit__(None, None, None)  # between opening the file and taking the lock
        return handle

    monkeypatch.setattr(os, "open", opened)
    with locked(tmp_path, since="now") as cut_off:
        assert cut_off == ""


def test_a_store_that_is_being_changed_is_told_as_such_and_not_as_damaged(tmp_path):
    path = store_path(tmp_path)
    with closing(Store(path)), closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match=r"store\.sqlite: in use by another run; wait until it is done and run"):
            Store(path, wait=0).holdings()


def test_two_that_make_the_same_store_at_once_both_have_it(tmp_path):
    path = store_path(tmp_path)
    with closing(Store(path)) as first, closing(Store(path)) as second:
        second._make()  # had seen the file when it was still empty
        second.keep([pack("k", "d", small_report())])
        assert first.report("k") == small_report()


# ---- the file --------------------------------------------------------------------------------------------------------


def test_holdings_and_what_was_read_come_back(tmp_path):
    report = small_report()
    for _ in range(2):
        store = Store(tmp_path / "s.sqlite")
        store.keep([pack("k", "d", report)])
        store.commit(HELD, keys=("k",), settings={}, finished=".new")
        assert store.holdings() == HELD
        assert store.report("k") == report
        assert store.report("other") is None
        store.close()


def test_what_no_report_needs_is_forgotten_but_what_was_withdrawn_is_kept(tmp_path):
    store = Store(tmp_path / "s.sqlite")
    store.keep(
        [
            pack("used", "d1", small_report()),
            pack("old", "d2", small_report()),
            pack("away", HELD.arrivals[0].digest, small_report()),
        ]
    )
    store.commit(HELD.withdrawn("a", at="now")[0], keys=("used",), settings={}, finished=".new")
    assert [store.report(key) is None for key in ("used", "old", "away")] == [False, True, False]
    store.close()


def test_a_store_of_another_schema_is_refused_with_the_command_that_mends_it(tmp_path):
    Store(store_path(tmp_path)).close()
    with sqlite3.connect(store_path(tmp_path)) as rows:
        rows.execute("PRAGMA user_version = 99")
    rows.close()
    with pytest.raises(StoreError) as caught, read_store(tmp_path):
        pass
    assert "is a store of schema 99, and this sitmap reads 2; `mv " in str(caught.value)
    assert f"`sitmap map PATHS --into {tmp_path}`" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"), [(b"no database" * 100, "file is not a database"), (b"", "")], ids=["other", "empty"]
)
def test_a_file_that_is_no_store_is_refused_and_an_empty_one_is_made_one(tmp_path, content, words):
    store_path(tmp_path).write_bytes(content)
    if not words:
        with read_store(tmp_path) as store:
            assert store.holdings() == Holdings()
        return
    with pytest.raises(StoreError, match=words), read_store(tmp_path):
        pass


def test_another_programs_database_is_left_alone(tmp_path):
    with sqlite3.connect(store_path(tmp_path)) as rows:
        rows.execute("CREATE TABLE theirs (a)")
    rows.close()
    with pytest.raises(StoreError, match="is no store of sitmap's; move it away"), read_store(tmp_path):
        pass


def test_a_damaged_record_is_an_error_with_a_remedy(tmp_path):
    store = Store(store_path(tmp_path))
    store.keep([pack("k", "d", small_report())])
    store.close()
    with sqlite3.connect(store_path(tmp_path)) as rows:
        rows.execute("UPDATE report SET payload = x'81'")
        rows.execute("DELETE FROM shape")
    rows.close()
    with read_store(tmp_path) as store, pytest.raises(StoreError, match="with all reports"):
        store.report("k")


def test_a_folder_without_a_store_is_an_error_that_says_how_to_make_one(tmp_path):
    with (
        pytest.raises(StoreError, match="holds no store; make one with `sitmap map PATHS --into"),
        read_store(tmp_path),
    ):
        pass
    with pytest.raises(StoreError, match="holds no store"), open_store(tmp_path / "x", since="", must_exist=True):
        pass
    assert not (tmp_path / "x").exists()
