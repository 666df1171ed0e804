"""Apache Spark: articles go out as Parquet, are read by the machines of a cluster, and reports come back as Parquet.

Each Python process of an executor loads the model once and maps its machine's gazetteer. The same code runs on
``local[2]`` and, by Spark's usual configuration, on a cluster; see ``docs/spark.md``.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from gazetteer.errors import GazetteerError
from gazetteer.index import Gazetteer
from gazetteer.paths import default_index_path
from pipeline.engines.work import Recipe, Task, Worker
from pipeline.errors import EngineError, SitmapError, UsageError
from pipeline.store import Fingerprint, Packed
from pipeline.store.codec import decode, encode

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.fs import FileSystem
    from pyspark.sql import SparkSession

__all__ = ["Spark", "read_partition"]

ROUND = 50_000  # articles of one job: what a run that is cut off may lose, and what lies in the staging folder
_FILE = 2_000  # articles of one file there
_LEAST, _USUAL, _PARTS = 8, 200, 64  # articles of one task of Spark: at least, as a rule; tasks of a small job
_SENT = 50  # reports that leave a process at a time
_SCHEMA = "n long, key string, digest string, payload binary, shapes binary"
#: Any of these says that Spark is configured; without them it runs in this machine alone.
_CONFIGURED = ("PYSPARK_GATEWAY_PORT", "PYSPARK_SUBMIT_ARGS", "SPARK_CONF_DIR", "SPARK_HOME", "SPARK_REMOTE", "MASTER")


@dataclass(frozen=True, slots=True)
class Spark:
    """Reads with Spark.

    Parameters
    ----------
    workers : int or None
        Processes of this machine (``local[N]``); None: as Spark is configured, or one a processor.
    staging : str
        Folder or address (``file:``, ``hdfs:``, ``s3:``, ``gs:``) that this machine and all others reach; empty: a
        temporary folder here.

    Raises
    ------
    UsageError
        If PySpark or Java is missing.
    EngineError
        While reading, if the job fails.

    Examples
    --------
    >>> kept = list(Spark(2).read(tasks, recipe))  # doctest: +SKIP
    """

    workers: int | None = None
    staging: str = ""
    name: str = "spark"

    def read(self, tasks: Iterable[Task], recipe: Recipe) -> Iterator[Packed]:
        """Yield a report for each task, in order, job by job."""
        waiting = iter(tasks)
        first = list(islice(waiting, 1))
        if not first:
            return
        with _session(self.workers) as session, _staged(self.staging) as folder:
            for number in count():
                here = folder.below(f"round-{number}")
                some = islice(waiting, ROUND - len(first))
                written = _write(here.below("articles"), first, some)
                if not written:
                    return
                first = []
                yield from _round(session, here, written, recipe)
                here.remove()


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder on a file system that Spark reaches by ``uri`` and this process through Arrow."""

    files: FileSystem
    path: str
    uri: str

    def below(self, name: str) -> _Folder:
        return _Folder(self.files, f"{self.path}/{name}", f"{self.uri}/{name}")

    def remove(self) -> None:
        self.files.delete_dir(self.path)

    def parts(self) -> list[str]:
        """Return the Parquet files in it, by name: Spark numbers them in the order of the tasks."""
        from pyarrow.fs import FileSelector  # noqa: PLC0415 - with the rest of Spark

        found = self.files.get_file_info(FileSelector(self.path))
        return sorted(info.path for info in found if info.base_name.startswith("part-"))


def _write(folder: _Folder, first: Sequence[Task], rest: Iterator[Task]) -> int:
    """Write tasks to files of some thousands each, one after the other; return how many there are."""
    import pyarrow as pa  # noqa: PLC0415 - as above
    import pyarrow.parquet as pq  # noqa: PLC0415

    folder.files.create_dir(folder.path, recursive=True)
    schema = pa.schema([("n", pa.int64()), ("doc_id", pa.string()), ("task", pa.binary())])
    written, some = 0, [*first, *islice(rest, _FILE - len(first))]
    while some:
        rows = [{"n": n, "doc_id": t.article.doc_id, "task": encode(t)[0]} for n, t in enumerate(some, written)]
        target = f"{folder.path}/part-{written:09}.parquet"
        pq.write_table(pa.Table.from_pylist(rows, schema), target, filesystem=folder.files)
        written += len(some)
        some = list(islice(rest, _FILE))
    return written


def _round(session: SparkSession, folder: _Folder, number: int, recipe: Recipe) -> Iterator[Packed]:
    """Run one job and yield its reports in order."""
    from py4j.protocol import Py4JError  # noqa: PLC0415 - as above
    from pyspark.errors import PySparkException  # noqa: PLC0415

    parts = max(1, min(_PARTS, number // _LEAST), number // _USUAL)
    work = partial(read_partition, recipe, _fingerprint(recipe).value)
    try:
        with _no_word_of_pandas():
            articles = session.read.parquet(folder.below("articles").uri).repartitionByRange(parts, "n")
            articles.sortWithinPartitions("n").mapInArrow(work, _SCHEMA).write.parquet(folder.below("reports").uri)
    except (PySparkException, Py4JError) as error:
        raise EngineError(_cause(error)) from error
    yield from _results(folder.below("reports"), number)


def _results(folder: _Folder, number: int) -> Iterator[Packed]:
    """Yield what Spark wrote, file by file; that none is missing is checked."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    found = 0
    for part in folder.parts():
        with pq.ParquetFile(part, filesystem=folder.files) as file:
            for row in (row for batch in file.iter_batches(_SENT) for row in batch.to_pylist()):
                if row["n"] != found:
                    raise EngineError(f"{part}: report {found} of {number} is missing; run the same again")
                found += 1
                shapes = msgspec.msgpack.decode(row["shapes"], type=dict[str, bytes])
                yield Packed(row["key"], row["digest"], row["payload"], shapes)
    if found != number:
        raise EngineError(f"{folder.uri}: {number - found} of {number} reports are missing; run the same again")


def _cause(error: Exception) -> str:
    """Return what failed in a job in one line: of an error on an executor the last line of what it said."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    own = [line for line in lines if line.startswith(("pipeline.errors.", "gazetteer.errors."))]
    told = own[-1].partition(": ")[2] if own else lines[0] if lines else type(error).__name__
    return f"the Spark job failed: {told}; what earlier jobs read is kept, so mend that and run the same again"


@contextmanager
def _staged(asked: str) -> Iterator[_Folder]:
    """Give a folder for one run, and remove it."""
    from pyarrow.fs import FileSystem, LocalFileSystem  # noqa: PLC0415 - as above

    if "://" in asked:
        files, path = FileSystem.from_uri(asked)
        name = f"sitmap-{os.getpid()}-{os.urandom(4).hex()}"
        folder = _Folder(files, f"{path}/{name}", f"{asked.rstrip('/')}/{name}")
        files.create_dir(folder.path, recursive=True)
        try:
            yield folder
        finally:
            folder.remove()
        return
    made = tempfile.mkdtemp(prefix="sitmap-", dir=asked or None)
    try:
        yield _Folder(LocalFileSystem(), made, Path(made).absolute().as_uri())
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def _session(workers: int | None) -> Iterator[SparkSession]:
    """Give a session: the one there is, or a new one that ends with the work."""
    try:
        from pyspark.errors import PySparkException  # noqa: PLC0415 - as above
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError as error:
        raise UsageError("PySpark is not installed; run `pip install 'sitmap[spark]'`") from error
    there = SparkSession.getActiveSession()
    try:
        with _no_word_of_pandas():
            session = there or _configured(SparkSession.builder.appName("sitmap"), workers).getOrCreate()
    except PySparkException as error:
        remedy = "it needs Java 17 or newer (Debian: default-jre-headless); set JAVA_HOME if it is not found"
        raise UsageError(f"Spark does not start: {remedy}") from error
    try:
        yield session
    finally:
        if there is None:
            session.stop()


@contextmanager
def _no_word_of_pandas() -> Iterator[None]:
    """Keep PySpark from warning of a pandas newer than it knows: what travels is Arrow's alone."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        yield


def _configured(builder: Any, workers: int | None) -> Any:  # noqa: ANN401 - PySpark's types are its own
    """Return a builder with what Spark's own configuration does not say."""
    if workers is None and any(name in os.environ for name in _CONFIGURED):
        return builder
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # nobody else is to be served
    quiet = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
    for key, value in quiet.items():
        builder = builder.config(key, value)
    return builder.master(f"local[{workers or '*'}]")


# ---- on an executor --------------------------------------------------------------------------------------------------


def read_partition(recipe: Recipe, expected: str, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the reports of the tasks in some batches; polygons come with the first report of a partition that has them.

    Raises
    ------
    EngineError
        If what is installed here differs from what is where the run was started.
    """
    import pyarrow as pa  # noqa: PLC0415 - as above

    recipe = _local(recipe)
    worker = Worker(recipe, _gazetteer(recipe, expected))
    for batch in batches:
        numbers = iter(batch.column("n").to_pylist())
        reports = worker.read(decode(task, Task, _no_polygon) for task in batch.column("task").to_pylist())
        while some := list(islice(reports, _SENT)):
            yield pa.RecordBatch.from_pylist([_row(next(numbers), packed) for packed in some])


def _row(n: int, packed: Packed) -> dict[str, object]:
    shapes = msgspec.msgpack.encode(dict(packed.shapes))
    return {"n": n, "key": packed.key, "digest": packed.digest, "payload": packed.payload, "shapes": shapes}


def _local(recipe: Recipe) -> Recipe:
    """Return the recipe with this machine's own index, where that of the run is not reached."""
    return recipe if recipe.gazetteer.is_file() else replace(recipe, gazetteer=default_index_path())


@cache
def _gazetteer(recipe: Recipe, expected: str) -> Gazetteer:
    """Return the gazetteer of this process, opened once; refuse another version of anything that reads."""
    try:
        gazetteer = Gazetteer.open(recipe.gazetteer)
    except GazetteerError as error:
        raise EngineError(f"{recipe.gazetteer}: no gazetteer there on an executor; build it on all machines") from error
    found = Fingerprint.of(gazetteer, recipe.tools(gazetteer).parser.name, recipe.extractor).value
    if found != expected:
        gazetteer.close()
        raise EngineError("an executor has another sitmap, model or gazetteer; install the same on all machines")
    return gazetteer


@cache
def _fingerprint(recipe: Recipe) -> Fingerprint:
    """Return what reads on the machine that starts the run."""
    with Gazetteer.open(recipe.gazetteer) as gazetteer:
        return Fingerprint.of(gazetteer, recipe.tools(gazetteer).parser.name, recipe.extractor)


def _no_polygon(digest: str) -> bytes:
    raise SitmapError(f"a task names polygon {digest}, and tasks have none")
