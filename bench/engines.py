"""Engines beside each other on the same articles, and how one grows: time, processor time, peak memory.

usage: engines.py compare [--articles 2000] [--workers 2] [--engines serial processes spark]
       engines.py grow [--articles 500] [--characters N] [--times 1 10 100] [--engine serial] [--merge]

The articles are those of ../shared/corpora/LGL.jsonl.gz, repeated with the names of places exchanged for others of the
corpus and the days moved on, so that no two are alike; they go to a temporary folder. Each measurement is a process of
its own, as memory is a process's. Wall time means nothing where others use the processors: on a machine that is not
quiet look at the processor time, of which "bound" makes the speed-up that it allows.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from gazetteer import Gazetteer
from pipeline.corrections import PlaceRulings
from pipeline.engines import Kept
from pipeline.events import merge_onto
from pipeline.inputs import Inputs
from pipeline.run import reader_of
from pipeline.settings import EngineSettings, Settings
from pipeline.store import Held, Work, open_work

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
CORPUS, NEWS = CORPORA / "LGL.jsonl.gz", CORPORA / "TR-News.jsonl.gz"
FIRST = date(2009, 1, 1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Engines beside each other, and how they grow.")
    commands = parser.add_subparsers(dest="command", required=True)
    compare = commands.add_parser("compare")
    compare.add_argument("--articles", type=int, default=2000)
    compare.add_argument("--workers", type=int, default=2)
    compare.add_argument("--engines", nargs="+", default=["serial", "processes"])
    grow = commands.add_parser("grow")
    grow.add_argument("--articles", type=int, default=500)
    grow.add_argument("--characters", type=int, default=None, help="of each article, the first so many only")
    grow.add_argument("--times", type=int, nargs="+", default=[1, 10, 100])
    grow.add_argument("--engine", default="serial")
    grow.add_argument("--workers", type=int, default=2)
    grow.add_argument("--merge", action="store_true", help="merge what was read, too")
    one = commands.add_parser("one")  # what the others call
    for name in ("path", "engine", "workers", "merge"):
        one.add_argument(name)
    given = parser.parse_args(arguments)
    {"compare": _compare, "grow": _grow, "one": _one}[given.command](given)


def articles(number: int, characters: int | None = None, *, corpus: Path = CORPUS) -> Iterator[dict[str, object]]:
    """Yield so many articles: the corpus again and again, its names of places exchanged for others of it.

    ``characters``: of each, the first so many only.
    """
    with gzip.open(corpus, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    names = sorted({t["surface"] for row in rows for t in row["toponyms"] if t["surface"].isalpha()})
    for n in range(number):
        row, again = rows[n % len(rows)], n // len(rows)
        day = FIRST + timedelta(days=(n * 7 + again) % 5000)
        text = _varied(row, names, random.Random(f"{n}")) if again else row["text"]  # noqa: S311 - no secret
        yield {
            "doc_id": f"{row['doc_id']}-{again}",
            "title": row["title"],
            "text": text[:characters],
            "date": day.isoformat(),
        }


def _varied(row: dict[str, object], names: Sequence[str], chance: random.Random) -> str:
    """Return a text with other names: each place that it names by another, wherever it is named."""
    text, other, end, parts = str(row["text"]), {}, 0, []
    for told in sorted(row["toponyms"], key=lambda t: t["start"]):  # type: ignore[attr-defined]
        if told["start"] >= end:
            parts += [text[end : told["start"]], other.setdefault(told["surface"], chance.choice(names))]
            end = told["end"]
    return "".join([*parts, text[end:]])


def written(folder: Path, number: int, characters: int | None = None, *, corpus: Path = CORPUS) -> Path:
    """Return a file in the folder with so many ``articles``."""
    path = folder / f"articles-{number}.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in articles(number, characters, corpus=corpus))
    return path


def _measured(path: Path, engine: str, workers: int, *, merge: bool = False) -> dict[str, float]:
    call = [sys.executable, __file__, "one", str(path), engine, str(workers), "merge" if merge else ""]
    alone = os.environ | {"OPENBLAS_NUM_THREADS": "1"}  # as the command has it
    done = subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True, env=alone)
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def _compare(given: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, found = written(Path(folder), given.articles), {}
        print(f"{given.articles} articles, {given.workers} workers; seconds", flush=True)
        for engine in given.engines:
            found[engine] = told = _measured(path, engine, given.workers)
            print(
                f"{engine:10} wall {told['wall']:8.1f}, processor time {told['own']:8.1f} here, {told['others']:8.1f} "
                f"in other processes; peak {told['mb']:.0f} MB here, {told['mb_others']:.0f} MB there", flush=True,
            )  # fmt: skip
    base = found.get("serial")
    for engine, told in found.items():
        if base and engine != "serial":
            bound = base["own"] * given.workers / (told["own"] + told["others"])
            print(f"{engine}: {base['wall'] / told['wall']:.2f} times as fast as serial by the clock; "
                  f"processor time allows {bound:.2f}")  # fmt: skip


def _grow(given: argparse.Namespace) -> None:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for times in given.times:
            path = written(Path(folder), given.articles * times, given.characters)
            told = _measured(path, given.engine, given.workers, merge=given.merge)
            spent = told["own"] + told["others"]
            rows.append((given.articles * times, spent))
            print(
                f"{given.articles * times:8} articles: wall {told['wall']:8.1f} s, processor time {spent:8.1f} s, of "
                f"it merging {told['merge']:6.1f} s; peak {told['mb_read']:.0f} MB once read ({told['mb_own']:.0f} own "
                f"and {told['mb_files']:.0f} pages of files then), {told['mb']:.0f} MB in all; {told['events']:.0f} "
                "events", flush=True,
            )  # fmt: skip
    (few, first), (many, last) = rows[0], rows[-1]
    if many > few:
        print(f"exponent {math.log(last / first) / math.log(many / few):.3f}")


def _one(given: argparse.Namespace) -> None:
    """Read the articles of a file with an engine, and merge what they tell if asked; print what it took."""
    settings = Settings(
        (Path(given.path),), Path(given.path), engine=EngineSettings(given.engine, int(given.workers), cache=False)
    )
    began = time.perf_counter()
    rulings = PlaceRulings({}, None)  # type: ignore[arg-type]
    with Gazetteer.open() as gazetteer, open_work(settings.out, keep=False) as work:
        reader = reader_of(settings, gazetteer, work, rulings, quiet=True)
        reports = reader.reports(Held(a, a.doc_id, None) for a in Inputs(settings.inputs).articles)
        read = time.perf_counter() - began
        told = {"wall": read, "mb_read": _peak(resource.RUSAGE_SELF), "merge": 0.0, "events": 0} | _resident()
        if given.merge:
            told |= _merged(reports, work)
    told |= {
        "own": _spent(resource.RUSAGE_SELF), "others": _spent(resource.RUSAGE_CHILDREN),
        "mb": _peak(resource.RUSAGE_SELF), "mb_others": _peak(resource.RUSAGE_CHILDREN),
    }  # fmt: skip
    print(json.dumps(told))


def _merged(reports: Kept, work: Work) -> dict[str, float]:
    began = time.process_time()
    merged = merge_onto(work, reports)
    return {"merge": time.process_time() - began, "events": len(merged.events)}


def _spent(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def _peak(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


def _resident() -> dict[str, float]:
    """Return the memory in use now: the process's own, and pages of files, which the system takes back when it likes.

    Nothing of it is known but on Linux.
    """
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    kilobytes = {name: int(value.split()[0]) for name, _, value in (line.partition(":") for line in lines)
                 if name in {"RssAnon", "RssFile"}}  # fmt: skip
    return {"mb_own": kilobytes.get("RssAnon", 0) / 1024, "mb_files": kilobytes.get("RssFile", 0) / 1024}


if __name__ == "__main__":
    main()
