"""Write made-up events with sitmap's writers and with the bare libraries: time beside each other, and peak memory.

usage: writes.py [--sizes N ...] [--rounds N] [--kinds KIND ...] [--plain]

GeoParquet beside ``GeoDataFrame.to_parquet``, GeoJSON and GeoPackage beside ``pyogrio.write_dataframe`` of the same
frame, as anyone would call them, and, unless ``--plain``, beside pyogrio's faster way through Arrow. Each size and kind
is a process of its own, in which the writers take turns; each figure is the least of its rounds, in processor time and,
in brackets, by the clock. sitmap's writers also check the contract of the layer, flush the file to disk and put it into
its place whole, and its GeoPackage holds the base map and the styles as well. Peak memory is the process's once sitmap
has written, of it what the events take.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyogrio
from made_up import made_up

from pipeline.frames import Layers
from pipeline.products.geojson import write_geojson
from pipeline.products.qgis import write_geopackage
from pipeline.products.tables import write_csv, write_parquet

SIZES, ROUNDS = (10_000, 100_000, 1_000_000), 3
Writer = Callable[[Layers, Path], object]
Seconds = tuple[float, float]  # of the processor, by the clock

OWN: Mapping[str, Writer] = {
    "parquet": lambda layers, to: write_parquet(layers.events, to / "events.parquet"),
    "geojson": write_geojson,
    "gpkg": lambda layers, to: write_geopackage(layers, to / "events.gpkg", generated="2024-02-29T12:00:00Z"),
    "csv": lambda layers, to: write_csv(layers.events, to / "events.csv"),
}
BARE: Mapping[str, Writer] = {
    "parquet": lambda layers, to: layers.events.to_parquet(to / "bare.parquet"),
    "geojson": lambda layers, to: pyogrio.write_dataframe(layers.events, to / "bare.geojson"),
    "gpkg": lambda layers, to: pyogrio.write_dataframe(layers.events, to / "bare.gpkg"),
    "csv": lambda layers, to: layers.events.to_csv(to / "bare.csv", index=False),
}
BY_ARROW: Mapping[str, Writer] = {
    "geojson": lambda layers, to: pyogrio.write_dataframe(layers.events, to / "arrow.geojson", use_arrow=True),
    "gpkg": lambda layers, to: pyogrio.write_dataframe(layers.events, to / "arrow.gpkg", use_arrow=True),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Writers beside the bare libraries.")
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--kinds", nargs="+", choices=tuple(OWN), default=tuple(OWN))
    parser.add_argument("--plain", action="store_true", help="leave pyogrio's way through Arrow out")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.one:
        print(json.dumps(measured(given.kinds[0], given.sizes[0], given.rounds, plain=given.plain)))
        return
    print("| events | kind | own, s | bare, s | ratio | through Arrow, s | ratio | file, MB | peak, MB, of it events |")
    print("|---|---|---|---|---|---|---|---|---|")
    for size in given.sizes:
        for kind in given.kinds:
            print(row(kind, size, apart(kind, size, given.rounds, plain=given.plain)), flush=True)


def apart(kind: str, size: int, rounds: int, *, plain: bool) -> dict[str, float]:
    """Return what one kind and size took, in a process of its own."""
    call = [sys.executable, __file__, "--one", "--kinds", kind, "--sizes", str(size), "--rounds", str(rounds)]
    done = subprocess.run([*call, *["--plain"] * plain], check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def measured(kind: str, size: int, rounds: int, *, plain: bool = True) -> dict[str, float]:
    """Return the least seconds of each way to write, and the memory in MB before and after our own came first."""
    layers = made_up(size)
    events = peak()
    ways = {"own": OWN[kind], "bare": BARE[kind]} | ({} if plain or kind not in BY_ARROW else {"arrow": BY_ARROW[kind]})
    took: dict[str, list[Seconds]] = {way: [] for way in ways}
    with tempfile.TemporaryDirectory() as folder:
        own_peak = 0.0
        for _ in range(rounds):
            for way, writer in ways.items():
                took[way].append(timed(writer, layers, Path(folder)))
                own_peak = own_peak or peak()
        written = max(path.stat().st_size for path in Path(folder).glob("events.*"))
    told = {"events_mb": events, "peak_mb": own_peak, "file_mb": written / 1e6}
    for way, seconds in took.items():
        told |= {way: min(s for s, _ in seconds), f"{way}_clock": min(s for _, s in seconds)}
    return told


def timed(writer: Writer, layers: Layers, folder: Path) -> Seconds:
    """Return what a writer took."""
    processor, clock = time.process_time(), time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyogrio's, of columns whose type it guesses
        writer(layers, folder)
    return time.process_time() - processor, time.perf_counter() - clock


def row(kind: str, size: int, told: Mapping[str, float]) -> str:
    """Return a row of the table."""
    by_arrow = ["–", "–"]
    if "arrow" in told:
        by_arrow = [f"{told['arrow']:.2f} ({told['arrow_clock']:.2f})", f"{told['own'] / told['arrow']:.2f}"]
    cells = [
        f"{size:,}", kind, f"{told['own']:.2f} ({told['own_clock']:.2f})",
        f"{told['bare']:.2f} ({told['bare_clock']:.2f})", f"{told['own'] / told['bare']:.2f}", *by_arrow,
        f"{told['file_mb']:.1f}", f"{told['peak_mb']:,.0f}, {told['events_mb']:,.0f}",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def peak() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
