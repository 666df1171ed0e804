"""Whatever spreads the work, the products are the same bytes; what dies or breaks off is told of and leaves nothing."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import sitmap
from many_reports import CALL, LONGEST, made, recipe, tasks, write_many
from small_reports import AS_OF, EPOCH

from pipeline.engines import Processes
from pipeline.errors import EngineError, ModelMissingError
from pipeline.store import WORK_FILE

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("built_index")]
REPORTS = 80


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> Path:
    return write_many(tmp_path_factory.mktemp("many") / "reports", REPORTS)


@pytest.fixture(scope="module")
def serial(reports, tmp_path_factory) -> Path:
    return mapped(reports, tmp_path_factory.mktemp("serial") / "out", "--engine", "serial")


def mapped(reports: Path, out: Path, *options: str) -> Path:
    done = sitmap("map", reports, "--as-of", AS_OF, "--out", out, *options)
    assert done.code == 0, done.err
    assert done.out.startswith(f"{REPORTS} reports ->")
    return out


def test_processes_write_the_same_bytes_as_one(reports, serial, tmp_path):
    assert made(mapped(reports, tmp_path / "out", "--engine", "processes", "--workers", "2")) == made(serial)


def test_from_some_dozens_of_reports_on_the_work_is_spread_unasked(reports, serial, tmp_path, monkeypatch):
    asked: list[int] = []
    real = Processes.read
    monkeypatch.setattr(Processes, "read", lambda self, *rest: asked.append(self.workers) or real(self, *rest))
    assert made(mapped(reports, tmp_path / "out", "--workers", "2")) == made(serial)
    assert asked == [2]


def test_reports_come_in_the_order_of_the_articles_and_are_taken_as_needed():
    taken = 0

    def counted():
        nonlocal taken
        for task in tasks(60):
            taken += 1
            yield task

    read = Processes(2, batch=2).read(counted(), recipe())
    keys = [next(read).key]
    assert taken <= 30  # a few batches ahead, whatever there is in all
    keys += [packed.key for packed in read]
    assert keys == [f"key-{n}" for n in range(60)]
    assert multiprocessing.active_children() == []


def test_a_process_that_dies_is_told_of_with_the_articles_that_it_held():
    read = Processes(2, batch=2).read(tasks(60), recipe())
    next(read)
    for child in multiprocessing.active_children():
        os.kill(child.pid, signal.SIGKILL)
    with pytest.raises(EngineError, match=r"a worker process died while it held 2 articles: wire-\d+, wire-\d+; what"):
        list(read)
    assert multiprocessing.active_children() == []


def test_what_a_process_refuses_is_told_as_it_is_here():
    with pytest.raises(ModelMissingError, match="'no_such_model' is not installed; run `pip install no-such-model`"):
        list(Processes(1).read(tasks(1), recipe("no_such_model")))


def started(reports: Path, out: Path) -> subprocess.Popen[str]:
    """A run with processes of its own, in a group of its own, as a terminal has it."""
    call = (sys.executable, "-c", CALL, "map", str(reports), "--as-of", AS_OF, "--out", str(out), "--quiet")
    return subprocess.Popen(
        [*call, "--engine", "processes", "--workers", "2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, start_new_session=True, env=os.environ | {"SOURCE_DATE_EPOCH": EPOCH},
    )  # fmt: skip


def some_is_kept(out: Path, run: subprocess.Popen[str]) -> bool:
    """Wait until the run has kept some of what it read; False where it was done before that was seen."""
    file = out / WORK_FILE
    ends = time.monotonic() + LONGEST
    begun = 0
    while time.monotonic() < ends and run.poll() is None:
        size = file.stat().st_size if file.is_file() else 0
        begun = begun or size
        if begun and size > begun + 20_000:
            return True
        time.sleep(0.01)
    assert run.poll() is not None, "nothing was kept in time"
    return False


def nobody_is_left(group: int) -> None:
    """Wait until the last process of a group has ended."""
    ends = time.monotonic() + LONGEST
    while time.monotonic() < ends:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("a worker outlives its run")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["ctrl-c", "kill -9"])
def test_a_run_that_is_broken_off_leaves_no_process_and_is_gone_on_with(reports, serial, tmp_path, how):
    run = started(reports, tmp_path / "out")
    was_seen = some_is_kept(tmp_path / "out", run)
    if how == signal.SIGINT:
        os.killpg(run.pid, how)  # as a terminal does: to all of them
    else:
        os.kill(run.pid, how)
    _, said = run.communicate(timeout=LONGEST)
    nobody_is_left(run.pid)
    assert was_seen
    if how == signal.SIGINT:
        assert run.returncode == 130
        assert said.strip().splitlines() == [
            "sitmap: interrupted; each file is the old one or the new one, and what was read is kept: run it again"
        ]
    assert made(mapped(reports, tmp_path / "out", "--engine", "serial")) == made(serial)
