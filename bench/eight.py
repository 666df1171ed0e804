"""Eight processes at once on a growing store, an output folder and a cache of a geocoder: all is there, and once.

usage: eight.py [--processes 8] [--seconds 60] [--operations N] [--folder DIR]

Each process, again and again until the seconds have passed (or for N operations): adds a report of its own with
``sitmap map --into STORE``, trying again where it is told that another run is at it; maps one of two folders of reports
into an output folder that all share; and asks a geocoder, which is not on the network, for names that all ask for.
Prints what became of it as JSON, and exits with 1 if anything is missing, is there twice, or failed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import geopandas as gpd
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from gazetteer.errors import GazetteerError
from gazetteer.online.fallback import OnlineFallback
from gazetteer.online.pace import Pace
from pipeline.cli import main as sitmap
from pipeline.store.files import read_store
from pipeline.verify import verify

AS_OF = "2023-11-25"
TOWNS = ("Mosul", "Kirkuk", "Erbil", "Hit", "Homs", "Raqqa", "Idlib", "Tikrit")
UNKNOWN = ("Qasab al-Gharbi", "Tell Umm Rumman", "Wadi Sidr")  # asked of the geocoder
WAIT = 0.3  # seconds, about, before a run that was told to wait is tried again
LONGEST = 3600  # seconds for all of it
MAPPED = 2  # folders of reports that are mapped into one folder


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the processes, look at what they left, and print it."""
    parser = argparse.ArgumentParser(description="Several processes on one store, one folder and one cache.")
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--operations", type=int, default=0, help="of each process, instead of seconds")
    parser.add_argument("--folder", type=Path, help="empty or missing; kept (default: a temporary one)")
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.worker is not None:
        print(json.dumps(work(given.folder, given.worker, seconds=given.seconds, operations=given.operations)))
        return
    with _folder(given.folder) as folder:
        found = outcome(folder, at_once(folder, given))
    print(json.dumps(found, indent=1))
    sys.exit(1 if found["faults"] or found["missing"] or found["twice"] else 0)


@contextlib.contextmanager
def _folder(wanted: Path | None) -> Iterator[Path]:
    made = wanted or Path(tempfile.mkdtemp(prefix="sitmap-eight-"))
    made.mkdir(parents=True, exist_ok=True)
    yield made
    if wanted is None:
        shutil.rmtree(made, ignore_errors=True)


# ---- all of them -----------------------------------------------------------------------------------------------------


def at_once(folder: Path, given: argparse.Namespace) -> list[dict[str, object]]:
    """Start the processes together; return what each did."""
    for number in range(MAPPED):
        for town in TOWNS[number::MAPPED]:
            _report(folder / f"mapped-{number}", town.lower(), town, date(2023, 11, 20 + number), killed=number + 1)
    limits = ["--seconds", str(given.seconds), "--operations", str(given.operations), "--folder", str(folder)]
    started = [
        subprocess.Popen(
            [sys.executable, __file__, *limits, "--worker", str(number)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for number in range(given.processes)
    ]  # fmt: skip
    return [_done(process) for process in started]


def _done(process: subprocess.Popen[str]) -> dict[str, object]:
    told, said = process.communicate(timeout=LONGEST)
    if process.returncode:
        return vars(Did(faults=[said[-2000:]]))
    return json.loads(told)  # type: ignore[no-any-return]


def outcome(folder: Path, did: Sequence[dict[str, object]]) -> dict[str, object]:
    """Hold what lies there against what was done."""
    added = sorted(name for one in did for name in one["added"])  # type: ignore[attr-defined]
    with read_store(folder / "store") as store:
        held = Counter(one.article.doc_id for one in store.holdings().current())
    shown = Counter(gpd.read_parquet(folder / "store" / "events.parquet")["doc_id"])
    whole, mapped = verify(folder / "out"), set(gpd.read_parquet(folder / "out" / "events.parquet")["doc_id"])
    told = {one: _names(folder / one) for one in ("mapped-0", "mapped-1")}
    faults = [fault for one in did for fault in one["faults"]]  # type: ignore[attr-defined]
    faults += [f"{found.path}: {found.what}" for found in whole.findings]
    faults += [] if mapped in told.values() else [f"out: the events of {sorted(mapped)}, which no run was given"]
    return {
        "processes": len(did), "added": len(added), "mapped": sum(one["mapped"] for one in did),  # type: ignore[misc]
        "told to wait": sum(one["refused"] for one in did),  # type: ignore[misc]
        "answered": sum(one["answered"] for one in did),  # type: ignore[misc]
        "sent to the geocoder": len((folder / "asked.txt").read_text("utf-8").splitlines()),
        "kept in the cache": _kept(folder / "online.sqlite"),
        "missing": sorted((Counter(added) - held) | (Counter(added) - shown)),
        "twice": sorted((held - Counter(added)) | (shown - Counter(added))),
        "faults": faults,
    }  # fmt: skip


def _names(folder: Path) -> set[str]:
    return {path.stem for path in folder.iterdir()}


def _kept(cache: Path) -> list[str]:
    with closing(sqlite3.connect(cache)) as database:
        return [name for (name,) in database.execute("SELECT name FROM answer ORDER BY name")]


# ---- one of them -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Did:
    """What one process did, and what went wrong."""

    added: list[str] = field(default_factory=list)
    refused: int = 0
    mapped: int = 0
    answered: int = 0
    faults: list[str] = field(default_factory=list)


def work(folder: Path, number: int, *, seconds: float, operations: int) -> dict[str, object]:
    """Do one process's part, for so long or so many times."""
    did, ends, times = Did(), time.monotonic() + seconds, 0
    online = OnlineFallback(
        Nowhere(folder / "asked.txt"), user_agent="sitmap-bench/1.0", cache=folder / "online.sqlite",
        pace=Pace(folder / "pace.sqlite"),
    )  # fmt: skip
    while times < operations if operations else time.monotonic() < ends:
        _add(folder, f"p{number}-{times}", did, (number, times))
        _map(folder, number, did)
        _ask(online, UNKNOWN[times % len(UNKNOWN)], did)
        times += 1
    return {name: getattr(did, name) for name in Did.__slots__}


def _add(folder: Path, name: str, did: Did, which: tuple[int, int]) -> None:
    """Add a report to the store, and try again for as long as another run is at it."""
    number, times = which
    day = date(2000, 1, 3) + timedelta(days=14 * times)  # so far apart that no two are taken for one event
    report = _report(folder / "reports", name, TOWNS[number % len(TOWNS)], day, killed=2 + times)
    while True:
        code, said = _run("map", report, "--as-of", day, "--into", folder / "store", "--quiet")
        if code == 0:
            did.added.append(name)
            return
        if code != 3 or "in use by" not in said or "Traceback" in said:
            did.faults.append(f"{name}: {code}: {said[-2000:]}")
            return
        did.refused += 1
        time.sleep(WAIT * random.uniform(0.5, 1.5))  # noqa: S311 - no secret


def _map(folder: Path, number: int, did: Did) -> None:
    reports = folder / f"mapped-{number % MAPPED}"
    code, said = _run("map", reports, "--as-of", AS_OF, "--out", folder / "out", "--engine", "serial")
    did.mapped += code == 0
    if code:
        did.faults.append(f"{reports.name}: {code}: {said[-2000:]}")


def _ask(online: OnlineFallback, name: str, did: Did) -> None:
    try:
        did.answered += online.ask(name).found[0]["name"] == name
    except GazetteerError as error:
        did.faults.append(f"{name}: {error}")


class Nowhere(Geocoder):  # type: ignore[misc]
    """A geocoder that knows every name, and writes down what it is asked."""

    def __init__(self, log: Path) -> None:
        super().__init__()
        self.log = log

    def geocode(self, query: str, *, exactly_one: bool, timeout: float) -> list[Location]:  # noqa: ARG002 - geopy's
        """Answer with the one place that there is."""
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"{query}\n")
        return [Location(query, (34.0, 43.0, 0.0), {})]


def _report(folder: Path, name: str, town: str, day: date, *, killed: int) -> Path:
    """Write a report that no other is like."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.txt"
    when = f"{day:%B} {day.day}"
    path.write_text(
        f"{town.upper()}, {when} (Northline) - Gunmen shelled an army base in {town} on {when}, {day.year}, killing "
        f"{killed} soldiers, a police officer said.\n",
        encoding="utf-8",
    )
    return path


def _run(*arguments: object) -> tuple[int, str]:
    """Run the command in this process; return its exit code and what it said."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            sitmap([str(argument) for argument in arguments])
        except SystemExit as end:
            return int(end.code or 0), said.getvalue()
    return 0, said.getvalue()


if __name__ == "__main__":
    main()
