"""A full disk and a read-only one: one clear error, an exit code that is not 0, and no temporary files left."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from command import sitmap

from pipeline.errors import OutputError
from pipeline.products.briefing import write_briefing
from pipeline.products.exports import KINDS, export_events
from pipeline.products.geojson import write_geojson
from pipeline.products.map import write_map
from pipeline.products.qgis import Page, write_geopackage, write_project
from pipeline.products.tables import write_csv, write_parquet
from pipeline.store.work import WORK_FILE

SIZE = 1 << 20  # bytes of the small disk
WRITERS = {
    "map": lambda layers, out: write_map(layers, out / "map.html", title="t", generated="1", attribution=["a"]),
    "geojson": write_geojson,
    "geopackage": lambda layers, out: write_geopackage(layers, out / "e.gpkg", generated="2024-02-29T12:00:00Z"),
    "project": lambda layers, out: write_project(layers, out / "project.qgz", Page("t", ("a",))),
    "csv": lambda layers, out: write_csv(layers.events, out / "events.csv"),
    "parquet": lambda layers, out: write_parquet(layers.events, out / "events.parquet"),
    "briefing": lambda layers, out: write_briefing(layers, out, versions={}, generated="2023-11-27"),
    **{kind: lambda layers, out, kind=kind: export_events(layers.events, kind, out) for kind in KINDS},
}


@pytest.fixture
def disk(tmp_path) -> Iterator[Path]:
    """A disk of a megabyte; skips where no disk can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = _mount("-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", place)
    if not mounted:
        pytest.skip("a small disk cannot be mounted here: that takes root")
    yield place
    subprocess.run(["umount", place], check=True)


def _mount(*arguments: object) -> bool:
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        return False
    return subprocess.run([mount, *map(str, arguments)], capture_output=True, check=False).returncode == 0


def leave(disk: Path, free: int) -> None:
    """Fill a disk up to so many bytes."""
    with (disk / "filler").open("wb") as filler:
        os.posix_fallocate(filler.fileno(), 0, SIZE - free)


@pytest.mark.parametrize("writer", WRITERS)
def test_a_full_disk_is_told_by_every_writer_and_nothing_half_is_left(disk, small_layers, writer):
    leave(disk, 0)
    with pytest.raises(OutputError, match=r"cannot be written \(.+\); free some space"):
        WRITERS[writer](small_layers, disk)
    assert [path.name for path in disk.iterdir()] == ["filler"]


@pytest.mark.parametrize("kind", ["flatgeobuf", "kml"])
def test_a_large_export_on_a_disk_that_fills_up_is_told_too(disk, small_layers, kind):
    many = pd.concat([small_layers.events] * 300, ignore_index=True)
    many["event_id"] = [f"e{number}" for number in range(len(many))]
    leave(disk, SIZE // 8)
    with pytest.raises(OutputError, match="cannot be written"):
        export_events(many, kind, disk)
    assert [path.name for path in disk.iterdir()] == ["filler"]


@pytest.mark.parametrize("free", [32_768, 131_072, 204_800, 524_288])
def test_a_disk_that_fills_up_on_the_way_is_told_too(disk, small_layers, free):
    leave(disk, free)
    with pytest.raises(OutputError, match=r"e\.gpkg: cannot be written \(.+\); free some space"):
        WRITERS["geopackage"](small_layers, disk)
    assert [path.name for path in disk.iterdir()] == ["filler"]


@pytest.mark.parametrize("writer", WRITERS)
def test_a_read_only_disk_is_told_by_every_writer(disk, small_layers, writer):
    assert _mount("-o", "remount,ro", disk)
    with pytest.raises(OutputError, match=r"cannot be written \(Read-only file system\)"):
        WRITERS[writer](small_layers, disk)
    assert list(disk.iterdir()) == []


@pytest.mark.parametrize("option", ["--out", "--into"])
def test_a_run_on_a_full_disk_is_one_line_and_exit_code_3(disk, run, option):
    leave(disk, 200_000)
    done = sitmap("map", run.reports / "mosul.txt", option, disk / "out")
    assert done.code == 3
    assert str(disk) in done.complaint
    assert "free some space" in done.complaint or "disk is full" in done.complaint
    left = {path.name for path in disk.rglob("*") if path.name.startswith(".") or path.suffix == ".part"}
    assert left <= {WORK_FILE}  # what was read is kept, for the next run
    assert not (disk / "out" / "map.html").exists()


@pytest.mark.parametrize("option", ["--out", "--into"])
def test_a_run_on_a_read_only_disk_is_one_line_and_exit_code_3(disk, run, option):
    assert _mount("-o", "remount,ro", disk)
    done = sitmap("map", run.reports / "mosul.txt", option, disk / "out")
    assert done.code == 3
    assert "Read-only file system" in done.complaint
    assert list(disk.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="there is no /dev/full here")
@pytest.mark.parametrize("arguments", [["lookup", "Mosul"], ["lookup", "Mosul", "--json"], ["gazetteer", "info"]])
def test_standard_output_that_is_full_is_one_line_and_exit_code_3(built_index, arguments):
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", *arguments]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=300, check=False)
    assert done.returncode == 3
    assert done.stderr == "sitmap: standard output: No space left on device; free some space, or write elsewhere\n"
