"""Eight processes on one store: nothing is lost, nothing stands twice, and who must wait is told so."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
from command import sitmap

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("built_index")]
PROCESSES = 8
LONGEST = 1800  # seconds, on a machine that is busy with other things
BENCH = Path(__file__).parents[2] / "bench" / "eight.py"  # which does it for a minute
CALL = "import sys; from pipeline.cli import main; main(sys.argv[1:])"


def started(table: Path, out: Path) -> subprocess.Popen[str]:
    arguments = ("map", str(table), "--as-of", "2023-11-25", "--into", str(out))
    return subprocess.Popen(
        [sys.executable, "-c", CALL, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def end(process: subprocess.Popen[str]) -> tuple[int, str]:
    """The exit code and what was said on standard error."""
    _, said = process.communicate(timeout=LONGEST)
    return process.returncode, said


def test_eight_processes_on_one_store_lose_nothing_and_add_nothing_twice(tmp_path):
    tables = []
    for number in range(PROCESSES):
        tables.append(tmp_path / f"t{number}.csv")
        tables[-1].write_text(f"date,place,country,killed\n2023-11-2{number},Mosul,Iraq,{number}\n", encoding="utf-8")
    out, waiting, refused = tmp_path / "out", tables, 0
    while waiting:
        ended = [(table, *end(process)) for table, process in [(table, started(table, out)) for table in waiting]]
        told_to_wait = [(table, said) for table, code, said in ended if code]
        assert len(told_to_wait) < len(waiting), "one of those that run at once holds the store, and ends well"
        for _, said in told_to_wait:
            assert "Traceback" not in said, said
            assert "in use by" in said, said
            assert "wait until it is done and run this again" in said, said
        waiting, refused = [table for table, _ in told_to_wait], refused + len(told_to_wait)
    assert refused > 0, "no two ran at once: this showed nothing"
    found = gpd.read_parquet(out / "events.parquet")
    assert sorted(found["best"].tolist()) == list(range(PROCESSES))
    told = sitmap("store", "info", "--into", out).json
    assert (told["tables"], told["refused"]) == (PROCESSES, 0)


def test_eight_processes_on_one_store_one_folder_and_one_cache_lose_nothing_and_add_nothing_twice(tmp_path):
    """Each adds reports to the store, maps one of two folders into the same outputs, and asks the same names."""
    call = [sys.executable, BENCH, "--processes", str(PROCESSES), "--operations", "2", "--folder", tmp_path]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)
    assert found["faults"] == [], done.stderr  # a traceback, a message without a remedy, files of two runs
    assert (found["missing"], found["twice"]) == ([], [])
    assert (found["added"], found["mapped"], found["answered"]) == (2 * PROCESSES,) * 3
    assert found["kept in the cache"] == ["Qasab al-Gharbi", "Tell Umm Rumman"]
    assert found["told to wait"] > 0, "no two ran at once: this showed nothing"
    assert done.returncode == 0
