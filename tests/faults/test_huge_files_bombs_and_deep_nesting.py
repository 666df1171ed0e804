"""Huge files, compressed bombs, deep nesting: refused within bounds on memory and time, and the run goes on.

The files are read with the limits that a user has, by a process that the system stops if it takes more than it may.
"""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.ingest.limits import DEFAULT_LIMITS

pytestmark = pytest.mark.slow
MEMORY = 3 * 1024**3  # bytes of address space, libraries and their threads included
SECONDS = 120  # of the processor for all files together; about 20 are used
GOOD = '{"doc_id": "good", "text": "Two guards were killed when a drone struck the depot in Hit on Friday."}\n'
PIECE = bytes(1 << 20)
READ = """
import json, sys
from pathlib import Path
from pipeline.ingest import read_articles
from pipeline.ingest.tabular import TABLE_SUFFIXES, Sheet, read_sheets, table_files
from pipeline.models import Article
folder = Path(sys.argv[1])
told = []
for item in read_articles([folder], apart=TABLE_SUFFIXES):
    told.append(["read" if isinstance(item, Article) else item.cause, Path(item.path).name])
for path in table_files([folder]):
    for item in read_sheets(path):
        told.append(["read" if isinstance(item, Sheet) else item.cause, path.name])
print(json.dumps(told))
"""


def sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


def bomb(path: Path, megabytes: int, head: str = "") -> None:
    """Write a .gz file that expands to zeros, a thousand times its size."""
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(head.encode())
        for _ in range(megabytes):
            file.write(PIECE)


def make(folder: Path) -> dict[str, str]:
    """Write the files; return what is to be said of each."""
    most = DEFAULT_LIMITS
    sparse(folder / "huge.txt", most.max_bytes + 1)
    sparse(folder / "huge.csv", most.max_table_bytes + 1)
    sparse(folder / "huge.html", most.max_html_bytes + 1)
    bomb(folder / "bomb.txt.gz", 60)
    bomb(folder / "bomb.csv.gz", 300)
    bomb(folder / "line.jsonl.gz", 60, GOOD)
    (folder / "deep.json").write_text("[" * 5_000_000, encoding="utf-8")
    (folder / "deep2.json").write_text('{"a":' * 2_000_000 + "1", encoding="utf-8")
    (folder / "deep.geojson").write_text('{"features":[' * 2_000_000, encoding="utf-8")
    (folder / "deep.html").write_text("<div>" * 900_000 + "x", encoding="utf-8")
    (folder / "flat.html").write_text("<p>a" * 300_000, encoding="utf-8")
    (folder / "words.txt").write_text("a " * 300_000, encoding="utf-8")
    book = folder / "bomb.xlsx"
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.xml", "w") as part:
        for _ in range(most.max_table_bytes // len(PIECE) + 1):
            part.write(PIECE)
    rows = pa.table({"date": ["2023-11-20"] * 100_000, "place": pa.array(["x" * 10_000] * 100_000).dictionary_encode()})
    pq.write_table(rows, folder / "bomb.parquet")
    (folder / "z.jsonl").write_text(GOOD.replace("good", "last").replace("Hit", "Ana"), encoding="utf-8")
    return {
        "huge.txt": "larger than", "huge.csv": "larger than", "huge.html": "larger than", "bomb.txt.gz": "larger than",
        "bomb.csv.gz": "larger than", "deep.json": "nested deeper", "deep2.json": "nested deeper",
        "deep.geojson": "nested deeper", "deep.html": "nest deeper", "words.txt": "longer than",
        "bomb.xlsx": "expands to more", "bomb.parquet": "expands to more",
    }  # fmt: skip


def test_each_is_refused_in_bounded_memory_and_time_and_the_others_are_read(tmp_path):
    wanted = make(tmp_path)

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

    done = subprocess.run(
        [sys.executable, "-c", READ, tmp_path], capture_output=True, text=True, preexec_fn=bounded, check=False,
        env={"PATH": "", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    told = {}
    for cause, name in json.loads(done.stdout):
        told.setdefault(name, []).append(cause)
    assert [name for name, cause in wanted.items() if not any(cause in said for said in told[name])] == []
    assert told["line.jsonl.gz"][0] == "read"
    assert told["z.jsonl"] == ["read"]
    assert "flat.html" in told
