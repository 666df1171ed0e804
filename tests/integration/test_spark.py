"""Spark reads what one process reads. Without a JVM what goes out and what comes back is tried all the same."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from many_reports import CALL, LONGEST, made, recipe, tasks, write_many
from pyarrow.fs import LocalFileSystem
from small_reports import AS_OF, EPOCH

from gazetteer import Gazetteer
from pipeline.engines import Serial
from pipeline.engines.spark import _fingerprint, _Folder, _results, _write, read_partition
from pipeline.errors import EngineError

pytestmark = pytest.mark.usefixtures("built_index")


@pytest.fixture
def folder(tmp_path) -> _Folder:
    return _Folder(LocalFileSystem(), str(tmp_path), tmp_path.as_uri())


def batches(folder: _Folder) -> list[pa.RecordBatch]:
    return [batch for part in folder.parts() for batch in pq.read_table(part).to_batches()]


def test_reports_that_travelled_as_parquet_are_those_read_here(folder):
    told = tasks(3)
    assert _write(folder.below("articles"), told[:1], iter(told[1:])) == 3
    sent = list(read_partition(recipe(), _fingerprint(recipe()).value, batches(folder.below("articles"))))
    for number, batch in enumerate(sent):
        folder.files.create_dir(f"{folder.path}/reports")
        pq.write_table(pa.Table.from_batches([batch]), f"{folder.path}/reports/part-{number:05}.parquet")
    found = list(_results(folder.below("reports"), 3))
    with Gazetteer.open() as gazetteer:
        assert found == list(Serial(gazetteer).read(told, recipe()))


def test_an_executor_with_something_else_installed_is_refused(folder):
    _write(folder.below("articles"), tasks(1), iter(()))
    read = read_partition(recipe(), "another fingerprint", batches(folder.below("articles")))
    with pytest.raises(EngineError, match="another sitmap, model or gazetteer; install the same on all machines"):
        list(read)


def test_an_executor_without_a_gazetteer_takes_its_own_or_says_so(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.engines.spark.default_index_path", lambda: tmp_path / "none")
    _write(folder.below("articles"), tasks(1), iter(()))
    elsewhere = replace(recipe(), gazetteer=tmp_path / "elsewhere")
    with pytest.raises(EngineError, match="none: no gazetteer there on an executor"):
        list(read_partition(elsewhere, "", batches(folder.below("articles"))))


def test_a_report_that_did_not_come_back_is_missed(folder):
    rows = [{"n": n, "key": "k", "digest": "d", "payload": b"p", "shapes": b"\x80"} for n in (0, 2)]
    folder.files.create_dir(f"{folder.path}/reports")
    pq.write_table(pa.Table.from_pylist(rows), f"{folder.path}/reports/part-0.parquet")
    with pytest.raises(EngineError, match="report 1 of 3 is missing"):
        list(_results(folder.below("reports"), 3))
    pq.write_table(pa.Table.from_pylist(rows[:1]), f"{folder.path}/reports/part-0.parquet")
    with pytest.raises(EngineError, match="2 of 3 reports are missing"):
        list(_results(folder.below("reports"), 3))


@pytest.mark.slow
def test_spark_writes_the_same_bytes_as_one_process(tmp_path):
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("PySpark is missing: pip install 'sitmap[spark]'")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Java is missing: Debian has it as default-jre-headless")
    reports, environment = write_many(tmp_path / "reports", 40), os.environ | {"SOURCE_DATE_EPOCH": EPOCH}
    for engine in ("serial", "spark"):
        call = ("map", reports, "--as-of", AS_OF, "--engine", engine, "--workers", "2", "--out", tmp_path / engine)
        done = subprocess.run(
            [sys.executable, "-c", CALL, *map(str, call)], capture_output=True, text=True, check=False, env=environment,
            timeout=LONGEST,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("40 reports ->")
        assert "Warning" not in done.stderr
    assert made(tmp_path / "spark") == made(tmp_path / "serial")
    assert list(Path(tmp_path).glob("**/part-*")) == []
