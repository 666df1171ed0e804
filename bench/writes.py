"""Write made-up events with sitmap's writers and with the bare libraries: time beside each other, and peak memory.

usage: writes.py [--sizes N ...] [--rounds N] [--kinds KIND ...] [--plain]

GeoParquet beside ``GeoDataFrame.to_parquet``, CSV beside ``to_csv``, GeoJSON and GeoPackage beside
``pyogrio.write_dataframe`` of the same frame, as anyone would call them, and, unless ``--plain``, beside pyogrio's
faster way through Arrow; map and tiles beside nothing. Each size is a process of its own, in which the writers of a
kind take turns; each figure is the least of its rounds, in processor time and, in brackets, by the clock. sitmap's
also check the contract of the layer, flush the file to disk and put it into its place whole, and its GeoPackage holds
the base map and the styles as well. Memory is what the process holds before sitmap writes a kind for the first time,
and the most that it has while sitmap does (Linux).
"""

from __future__ import annotations

import argparse
import gc
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
from pipeline.products.map import write_map
from pipeline.products.points.archive import write_tiles
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
    "map": lambda layers, to: write_map(layers, to / "events.html", title="t", generated="", attribution=["made up"]),
    "tiles": lambda layers, to: write_tiles(layers.events, to / "events.pmtiles", attribution=["made up"]),
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
        layers = made_up(given.sizes[0])
        for kind in given.kinds:
            told = measured(kind, layers, given.rounds, plain=given.plain)
            print(row(kind, given.sizes[0], told), flush=True)
        return
    print("| events | kind | own, s | bare, s | ratio | through Arrow, s | ratio | file, MB | held and at most, MB |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    for size in given.sizes:
        options = ["--rounds", str(given.rounds), *["--plain"] * given.plain, "--kinds", *given.kinds]
        subprocess.run([sys.executable, __file__, "--one", "--sizes", str(size), *options], check=True)


def measured(kind: str, layers: Layers, rounds: int, *, plain: bool = True) -> dict[str, float]:
    """Return the least seconds of each way to write, and the memory that sitmap takes in the first round, in MB."""
    others = {"bare": BARE, "arrow": {} if plain else BY_ARROW}
    ways = {"own": OWN[kind]} | {way: writers[kind] for way, writers in others.items() if kind in writers}
    took: dict[str, list[Seconds]] = {way: [] for way in ways}
    told = {"held_mb": memory_from_here()}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            for way, writer in ways.items():
                took[way].append(timed(writer, layers, Path(folder)))
                told.setdefault("peak_mb", status("VmHWM"))
        told["file_mb"] = max(path.stat().st_size for path in Path(folder).glob("events.*")) / 1e6
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
    """Return a row of the table; what was not measured is a dash."""
    cells = [f"{size:,}", kind, f"{told['own']:.2f} ({told['own_clock']:.2f})"]
    for way in ("bare", "arrow"):
        known = way in told
        cells += [f"{told[way]:.2f} ({told[f'{way}_clock']:.2f})" if known else "–"]
        cells += [f"{told['own'] / told[way]:.2f}" if known else "–"]
    cells += [f"{told['file_mb']:.1f}", f"{told['held_mb']:,.0f}, {told['peak_mb']:,.0f}"]
    return f"| {' | '.join(cells)} |"


def memory_from_here() -> float:
    """Begin anew with the peak of memory, and return what is held now, in MB."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return status("VmRSS")


def status(name: str) -> float:
    """Return a line of /proc/self/status in MB."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


if __name__ == "__main__":
    main()
