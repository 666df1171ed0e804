"""An interrupted run: the old output or the new, never half; a rerun resumes. Killed at any moment, a write failing."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import sitmap
from many_reports import CALL, LONGEST, made, write_many
from small_reports import AS_OF, EPOCH

from pipeline.products import files
from pipeline.store import WORK_FILE, Store

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("built_index")]
MOMENTS = 5
REPORTS = 60
TICKS = os.sysconf("SC_CLK_TCK")


def started(reports: Path, out: Path) -> subprocess.Popen[str]:
    call = ("map", str(reports), "--as-of", AS_OF, "--engine", "serial", "--quiet", "--out", str(out))
    return subprocess.Popen(
        [sys.executable, "-c", CALL, *call], stderr=subprocess.PIPE, text=True,
        env=os.environ | {"SOURCE_DATE_EPOCH": EPOCH},
    )  # fmt: skip


def processor_time(pid: int) -> float:
    """Seconds of processor time of a process, whatever else the machine does; Linux tells it in /proc."""
    told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / TICKS


def ended(process: subprocess.Popen[str], *, kill_at: float | None) -> tuple[int, float, str]:
    """Wait for the end of a process, or kill it at a moment; how it ended, the processor time it had, what it said."""
    had, ends = 0.0, time.monotonic() + LONGEST
    while process.poll() is None and time.monotonic() < ends:
        had = processor_time(process.pid)
        if kill_at is not None and had >= kill_at:
            process.kill()
            break
        time.sleep(0.005)
    _, said = process.communicate(timeout=LONGEST)
    return process.returncode, had, said


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc of Linux to choose the moments")
def test_a_run_killed_at_any_moment_leaves_no_half_file_and_a_rerun_comes_to_the_same_bytes(tmp_path):
    reports = write_many(tmp_path / "reports", REPORTS)
    code, whole, said = ended(started(reports, tmp_path / "undisturbed"), kill_at=None)
    assert code == 0, said
    wanted, chance, was_killed = made(tmp_path / "undisturbed"), random.Random(6), 0
    for number in range(MOMENTS):
        out, moment = tmp_path / f"out-{number}", whole * chance.uniform(0.1, 0.9)
        code, _, said = ended(started(reports, out), kill_at=moment)
        was_killed += code == -9
        assert code in {0, -9}, said
        assert all(digest(path) == wanted[path.name] for path in finished_in(out))
        code, _, said = ended(started(reports, out), kill_at=None)
        assert code == 0, said
        assert made(out) == wanted  # and nothing half-written is left of the run before
    assert was_killed > 0, "all moments came after the end: this showed nothing"


def finished_in(out: Path) -> list[Path]:
    """The products that a killed run had finished, but for the record, which tells the time that it took."""
    there = list(out.iterdir()) if out.exists() else []
    return [path for path in there if not path.name.startswith(".") and path.name != "run.json"]


def digest(path: Path) -> str:
    return files.digest(path)


class Writes:
    """Counts what is written, files and commits, and lets one of them fail as on a full disk."""

    def __init__(self, patch: pytest.MonkeyPatch, failing: int) -> None:
        self.seen, self.failing = 0, failing
        flush, keep = files._flush, Store.keep
        patch.setattr(files, "_flush", lambda path: self.file(path, flush))
        patch.setattr(Store, "keep", lambda store, reports: self.commit(store, reports, keep))

    def fails(self) -> bool:
        self.seen += 1
        return self.seen == self.failing

    def file(self, path: Path, flush) -> None:
        if self.fails():
            path.write_bytes(path.read_bytes()[:100])
            raise OSError(errno.ENOSPC, "No space left on device")
        flush(path)

    def commit(self, store: Store, reports, keep) -> None:
        pages = store._rows.execute("PRAGMA page_count").fetchone()[0]
        limit = pages if self.fails() else 2**31
        store._rows.execute(f"PRAGMA max_page_count = {limit}")
        keep(store, reports)


@pytest.fixture(scope="module")
def few(tmp_path_factory) -> Path:
    return write_many(tmp_path_factory.mktemp("few") / "reports", 3)


def test_whichever_write_fails_no_file_is_half_the_error_is_one_line_and_a_rerun_is_clean(few, tmp_path):
    call = ("map", few, "--as-of", AS_OF, "--quiet", "--out")
    assert sitmap(*call, tmp_path / "undisturbed").code == 0
    wanted, failed = made(tmp_path / "undisturbed"), 0
    for number in range(1, 100):
        out = tmp_path / f"out-{number}"
        with pytest.MonkeyPatch.context() as patch:
            writes = Writes(patch, number)
            done = sitmap(*call, out)
        if done.code == 0:
            break
        failed += 1
        assert done.code == 3
        assert str(out) in done.complaint
        assert "free some space" in done.complaint
        assert all(digest(path) == wanted[path.name] for path in left_in(out))
        assert sitmap(*call, out).code == 0
        assert made(out) == wanted
    assert failed == writes.seen == len(wanted) + 1  # each product, and what was read


def left_in(out: Path) -> Iterator[Path]:
    """The products of a run that failed; nothing else is there but what was read."""
    for path in out.iterdir() if out.exists() else ():
        assert path.is_file(), f"{path} was left behind"
        if not path.name.startswith(WORK_FILE):
            yield path
