"""Time and weigh the gazetteer: lookups, opening, building, and all of it at the size of the whole world.

usage: index.py [--build] [--scale N] [--folder DIR] [--large FILE]

Without options: lookups in the index there is, memory of opening it, and ``sitmap lookup`` from cold. With ``--build``
also a build of the base. With ``--scale N`` the base is grown to N places (copies moved by up to a degree, with altered
names, streamed) in DIR, and lookups in both are timed in turn; with ``--large FILE`` it is kept there, or, without
``--scale``, one kept before is used. Each lookup is of a name not looked up before, and processor time is told: the
median of the lookups of a round, and of the rounds, between which the indexes take turns. Before, each file is read
from the disk, as on any day but the one on which it was built.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from gazetteer import Gazetteer, seal
from gazetteer.adding.record import AddedSource
from gazetteer.build import build
from gazetteer.models import Place
from gazetteer.sources import SourcePlace

SEED = 20240229
LOOKUPS = 1000
ROUNDS = 3
LETTERS = "bdfghklmnprstz"
VOWELS = str.maketrans("aeiouAEIOU", "eiouaEIOUA")
MB = 1024 * 1024
Names = dict[str, list[tuple[str, str]]]  # with the country of the place that each was made from
Look = Callable[[Gazetteer, str, str], object]
T = TypeVar("T")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time and weigh the gazetteer.")
    parser.add_argument("--build", action="store_true", help="build the base too")
    parser.add_argument("--scale", type=int, default=0, metavar="N", help="grow the base to N places, and compare")
    parser.add_argument("--folder", type=Path, help="where to build (default: a temporary folder)")
    parser.add_argument("--large", type=Path, metavar="FILE", help="keep the grown one there, or compare with it")
    given = parser.parse_args(arguments)
    with Gazetteer.open() as gazetteer:
        base, names = gazetteer.path, chosen_names(gazetteer)
    print("\n".join(timed_lookups([base], names)))
    bare, opened = apart(resident), apart(open_and_look_up, base, names["exact"])
    print(f"opening and {LOOKUPS:,} lookups: {(opened - bare) / MB:.0f} MB over the interpreter")
    print(f"sitmap lookup Baghdad, from cold: {from_cold():.2f} s (median of 5)")
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        if given.build:
            print(build_line("base", *apart(built, Path(folder) / "base.sqlite", base, 0)))
        large = given.large or Path(folder) / "large.sqlite"
        if given.scale:
            print(build_line("grown", *apart(built, large, base, given.scale)), flush=True)
        if given.scale or given.large:
            read_anew(base)
            read_anew(large)
            print("\n".join(timed_lookups([base, large], names)))


# ---- lookups ----


def chosen_names(gazetteer: Gazetteer) -> Names:
    """Choose names that are found as they are, only by their consonants, and only by the last resort."""
    every = list({place.name: place.country for place in gazetteer.places()}.items())
    random.Random(SEED).shuffle(every)  # noqa: S311 - a choice that can be repeated
    found: Names = {"exact": [], "skeleton": [], "last resort": []}
    for name, country in every:
        found["exact"].append((name, country))
        for spelled, kind in ((name.translate(VOWELS), "skeleton"), (garbled(name), "last resort")):
            if len(found[kind]) < LOOKUPS and kind_of(gazetteer, spelled) == kind:
                found[kind].append((spelled, country))
        if min(map(len, found.values())) >= LOOKUPS:
            break
    return {kind: names[:LOOKUPS] for kind, names in found.items()}


def garbled(name: str) -> str:
    """Return a name with one letter in the middle replaced."""
    middle = len(name) // 2
    return f"{name[:middle]}{'x' if name[middle] != 'x' else 'q'}{name[middle + 1 :]}"


def kind_of(gazetteer: Gazetteer, name: str) -> str:
    """Return by what a name is found first, or nothing."""
    found = gazetteer.candidates(name, limit=1)
    if not found:
        return "last resort" if gazetteer.candidates(name, limit=1, fuzzy=True) else ""
    return found[0].match


def timed_lookups(paths: Sequence[Path], names: Names) -> Iterator[str]:
    """Yield a line a kind of lookup, with a figure for each index and the ratio of the last to the first."""
    looks: list[tuple[str, str, Look]] = [
        ("exact, the likeliest", "exact", lambda g, name, _: g.candidates(name, limit=1)),
        ("exact, all candidates", "exact", lambda g, name, _: g.candidates(name)),
        ("is it a name?", "exact", lambda g, name, _: g.has_name(name)),
        ("skeleton", "skeleton", lambda g, name, _: g.candidates(name)),
        ("skeleton, in a country", "skeleton", lambda g, name, country: g.candidates(name, countries={country})),
        ("last resort", "last resort", lambda g, name, _: g.candidates(name, fuzzy=True)),
        ("  in a country", "last resort", lambda g, name, land: g.candidates(name, fuzzy=True, countries={land})),
    ]
    for label, kind, look in looks:
        rounds = [[1e6 * median_time(path, names[kind], look) for path in paths] for _ in range(ROUNDS)]
        medians = [statistics.median(of_one) for of_one in zip(*rounds, strict=True)]
        ratio = f"  ratio {medians[-1] / medians[0]:.2f}" if len(medians) > 1 else ""
        yield f"{label:24}" + "".join(f"{median:9.0f} µs" for median in medians) + ratio


def read_anew(path: Path) -> None:
    """Read a file from the disk into the memory of the system, whatever is there of it, as a build does at its end."""
    seal.let_go(path)
    with path.open("rb") as file:
        while file.read(MB):
            pass


def median_time(path: Path, names: Sequence[tuple[str, str]], look: Look) -> float:
    """Return the median of one look-up of each name, in an index just opened, without what Python holds of others."""
    with Gazetteer.open(path) as gazetteer:
        look(gazetteer, "Baghdad", "IQ")
        gc.collect()
        took = []
        for name, country in names:
            began = time.process_time()
            look(gazetteer, name, country)
            took.append(time.process_time() - began)
    return statistics.median(took)


# ---- memory and whole commands ----


def apart(work: Callable[..., T], *given: object) -> T:
    """Return what ``work`` returns in a process of its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(work, given)


def resident() -> int:
    """Return the most memory that this process has had, in bytes."""
    for line in Path("/proc/self/status").read_text("utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise OSError("no VmHWM in /proc/self/status; memory is measured on Linux only")


def open_and_look_up(path: Path, names: Sequence[tuple[str, str]]) -> int:
    """Open an index, look up names, and return the memory that it took."""
    with Gazetteer.open(path) as gazetteer:
        for name, _ in names:
            gazetteer.candidates(name, fuzzy=True)
        return resident()


def from_cold() -> float:
    """Return the seconds that ``sitmap lookup Baghdad`` takes, start of Python and all."""
    took = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([Path(sys.executable).with_name("sitmap"), "lookup", "Baghdad"], check=True, capture_output=True)
        took.append(time.perf_counter() - began)
    return statistics.median(took)


# ---- building ----


def built(path: Path, base: Path, places: int) -> tuple[float, int, int, int]:
    """Build the base, grown to ``places`` if that is more; return processor seconds, peak memory, bytes, and places."""
    began = time.process_time()
    with Gazetteer.open(base) as gazetteer:
        more = places - gazetteer.info()["counts"]["place"]  # type: ignore[index]
        source = AddedSource("scaled", "scaled", base, "", "copies of the base", "-", "-", {})
        added = [(source, islice(copies(gazetteer), more))] if more > 0 else []
        info = build(path, added=added, progress=tell)
    return time.process_time() - began, resident(), info.size, info.counts["place"]


def build_line(label: str, seconds: float, peak: int, size: int, places: int) -> str:
    """Return what a build took."""
    took = f"{seconds:.0f} s of processor time, {peak / MB:.0f} MB at its peak"
    return f"build, {label}: {took}; {places:,} places, {size / MB:,.0f} MB"


def tell(stage: str, done: int, of: int) -> None:
    """Say on standard error how far a long build is."""
    if done % 1_000_000 == 0 and os.environ.get("VERBOSE"):
        print(f"{time.strftime('%H:%M:%S')} {stage} {done:,}/{of:,} {resident() / MB:.0f} MB", file=sys.stderr)


def copies(gazetteer: Gazetteer) -> Iterator[SourcePlace]:
    """Yield altered copies of all places, again and again: moved, renamed but for one in ten, less populous."""
    chance = random.Random(SEED)  # noqa: S311 - a world that can be made again
    copy = 0
    while True:
        copy += 1
        for place, known in gazetteer.places_in((-180.0, -90.0, 180.0, 90.0), limit=10**9):
            names = tuple(altered(name, chance) for name in known) if chance.random() > 0.1 else known
            yield SourcePlace(moved(place, f"scaled:{copy}:{place.place_id}", names[0], chance), names[1:])


def moved(place: Place, place_id: str, name: str, chance: random.Random) -> Place:
    """Return a place like another, within a degree of it; what is an area is a town here."""
    is_area = place.feature_class == "A"
    return Place(
        place_id,
        name,
        max(-89.9, min(89.9, place.lat + chance.uniform(-1, 1))),
        max(-179.9, min(179.9, place.lon + chance.uniform(-1, 1))),
        "P" if is_area else place.feature_class,
        "PPL" if is_area else place.feature_code,
        place.country,
        place.admin1,
        place.admin1_id,
        place.admin2,
        place.population // 100,
        place.uncertainty_m,
        source="scaled",
    )


def altered(name: str, chance: random.Random) -> str:
    """Return a name with one letter replaced and, in longer ones, another put in."""
    at = chance.randrange(len(name))
    changed = name[:at] + chance.choice(LETTERS) + name[at + 1 :]
    return changed if len(name) < 6 else changed[: at // 2] + chance.choice("aeiou") + changed[at // 2 :]


if __name__ == "__main__":
    main()
