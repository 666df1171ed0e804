"""Everything that `make bench` measures: each a cost beside its yardstick in one process, and how it grows.

usage: figures.py [--groups NAME ...] [--most N]

Prints one table: each figure at 1, 10 and 100 times the input, the exponent that its own time grows with, and the peak
memory of the process. Sizes above ``--most`` are left out. ``figures.yaml`` says what there is. Processor time; each
group and size is a process of its own, in which sitmap and the yardstick take turns; the least of the rounds counts.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

TABLE = Path(__file__).resolve().with_name("figures.yaml")
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
ROUNDS = 3
EIGHTH = 8
Took = tuple[float, float]  # processor seconds of sitmap and of the yardstick


@dataclass(frozen=True, slots=True)
class Group:
    """What is measured in one process: the size that is checked, and those of the table."""

    name: str
    of: str
    check: int
    grows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A figure: the group that tells it, what it is, the share that it may be worse by, and what is asked."""

    name: str
    group: str
    what: str
    tolerance: float
    asked: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """What a group told at one size: seconds by figure, and the peak of memory in MB."""

    took: Mapping[str, Took]
    mb: float

    def ratio(self, name: str) -> float:
        """Return the cost over its yardstick."""
        own, yardstick = self.took[name]
        return own / yardstick


def groups_and_kinds() -> tuple[dict[str, Group], dict[str, Kind]]:
    """Return what figures.yaml holds."""
    raw = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    groups = {name: Group(name, g["of"], g["check"], tuple(g["grows"])) for name, g in raw["groups"].items()}
    return groups, {name: Kind(name, **kind) for name, kind in raw["figures"].items()}


def apart(group: str, size: int) -> Measured:
    """Measure a group in a process of its own."""
    call = [sys.executable, __file__, "--one", group, str(size)]
    done = subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True)
    told = json.loads(done.stdout.splitlines()[-1])
    return Measured({name: tuple(took) for name, took in told["took"].items()}, told["mb"])


# ---- what each group does; heavy imports stand inside, as memory is measured -----------------------------------------


def _text(size: int) -> dict[str, Took]:
    from run import one_round  # noqa: PLC0415

    articles, tools, model = _articles(size), *_tools()
    rounds = [dict(one_round(articles, [EXAMPLES], tools, model, events=True)) for _ in range(ROUNDS + 1)][1:]
    least = {step: min(took[step] for took in rounds) for step in rounds[0]}
    bare = least.pop("bare language model")
    return {"text_to_events": (sum(least.values()), bare), "resolution": (least["resolve places"], bare)}


def _articles(size: int) -> list[Any]:
    """Return so many of the examples, again and again."""
    from pipeline.ingest import read_articles  # noqa: PLC0415
    from pipeline.models import Article  # noqa: PLC0415

    found = [one for one in read_articles([EXAMPLES]) if isinstance(one, Article)]
    return [found[n % len(found)] for n in range(size)]


def _tools() -> tuple[Any, Any]:
    import spacy  # noqa: PLC0415

    from gazetteer import Gazetteer  # noqa: PLC0415
    from pipeline.article import Tools  # noqa: PLC0415
    from pipeline.settings import DEFAULT_MODEL  # noqa: PLC0415

    return Tools.default(Gazetteer.open(), model=DEFAULT_MODEL), spacy.load(DEFAULT_MODEL)


def _resume(size: int) -> dict[str, Took]:
    """Read reports into a new store, and take them out of it again."""
    from dataclasses import replace  # noqa: PLC0415

    from gazetteer import Gazetteer  # noqa: PLC0415
    from pipeline.corrections import PlaceRulings  # noqa: PLC0415
    from pipeline.run import reader_of  # noqa: PLC0415
    from pipeline.settings import Settings  # noqa: PLC0415
    from pipeline.store import Held, open_work  # noqa: PLC0415

    articles = [replace(one, doc_id=f"{one.doc_id}-{number}") for number, one in enumerate(_articles(size))]
    with Gazetteer.open() as gazetteer, tempfile.TemporaryDirectory() as folder:

        def read(into: str) -> float:
            settings = Settings((EXAMPLES,), Path(folder) / into)
            with open_work(settings.out, keep=True) as work:
                reader = reader_of(settings, gazetteer, work, PlaceRulings({}, None), quiet=True)  # type: ignore[arg-type]
                return _timed(lambda: list(reader.reports(Held(a, a.doc_id, None) for a in articles)))

        read("warm")
        return {"resume": (min(read("warm") for _ in range(ROUNDS)), read("new"))}


def _merging(size: int) -> dict[str, Took]:
    """Merge many reports, and an eighth of them, of which the time counts eight times."""
    from merging import made_up  # noqa: PLC0415

    from pipeline.events.merge import merge_reports  # noqa: PLC0415

    many, few = made_up(size), made_up(size // EIGHTH)
    own, eighth = _rounds(lambda: merge_reports(many), lambda: merge_reports(few))
    return {"merging": (own, eighth * EIGHTH)}


def _written(kind: str, size: int) -> dict[str, Took]:
    from made_up import made_up  # noqa: PLC0415
    from writes import measured  # noqa: PLC0415

    told = measured(kind, made_up(size), ROUNDS)
    return {kind: (told["own"], told["bare"])}


def _map(size: int) -> dict[str, Took]:
    from made_up import made_up  # noqa: PLC0415
    from map import plain_folium  # noqa: PLC0415

    from pipeline.products.map import write_map  # noqa: PLC0415

    layers = made_up(size)
    with tempfile.TemporaryDirectory() as folder:
        page, plain = Path(folder) / "map.html", Path(folder) / "plain.html"
        own = _rounds(lambda: write_map(layers, page, title="Benchmark", generated="", attribution=["made up"]))
        return {"map": (own[0], min(plain_folium(layers.events, plain) for _ in range(ROUNDS if size < 5000 else 1)))}


def _lookup(size: int) -> dict[str, Took]:
    from gazetteer import Gazetteer  # noqa: PLC0415

    with Gazetteer.open() as gazetteer, closing(sqlite3.connect(":memory:")) as rows:
        every = sorted({place.name for place in gazetteer.places()})
        rows.execute("CREATE TABLE place (name TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID")
        rows.executemany("INSERT INTO place VALUES (?, ?)", zip(every, range(len(every)), strict=True))
        random.Random(size).shuffle(every)  # noqa: S311 - a choice that can be repeated
        sets = [every[n * size : (n + 1) * size] for n in range(2 * ROUNDS)]  # names that were not looked up before

        def own() -> None:
            for name in sets.pop():
                gazetteer.candidates(name, limit=1)

        def yardstick() -> None:
            for name in every[:size]:
                rows.execute("SELECT number FROM place WHERE name = ?", (name,)).fetchone()

        return {"lookup": _rounds(own, yardstick)}


def _start(size: int) -> dict[str, Took]:
    sitmap = [str(Path(sys.executable).with_name("sitmap")), "--help"]
    own, empty = zip(*((_spent(sitmap), _spent([sys.executable, "-c", ""])) for _ in range(size)), strict=True)
    return {"help": (min(own), min(empty))}


def _spent(call: Sequence[str]) -> float:
    """Return the processor seconds of another process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


GROUPS: Mapping[str, Callable[[int], dict[str, Took]]] = {
    "text": _text,
    "resume": _resume,
    "merging": _merging,
    "parquet": lambda size: _written("parquet", size),
    "geojson": lambda size: _written("geojson", size),
    "gpkg": lambda size: _written("gpkg", size),
    "map": _map,
    "lookup": _lookup,
    "start": _start,
}


def _rounds(*work: Callable[[], object]) -> Any:  # noqa: ANN401 - as many seconds as there is work
    """Return the least processor seconds of each, taking turns."""
    took = [[_timed(one) for one in work] for _ in range(ROUNDS)]
    return tuple(min(seconds) for seconds in zip(*took, strict=True))


def _timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _one(group: str, size: int) -> None:
    took = GROUPS[group](size)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"took": took, "mb": peak / 1024}))


# ---- the table -------------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    groups, kinds = groups_and_kinds()
    parser = argparse.ArgumentParser(description="Costs beside their yardsticks, and how they grow.")
    parser.add_argument("--groups", nargs="+", choices=tuple(groups), default=tuple(groups))
    parser.add_argument("--most", type=int, default=10**9, help="leave out sizes above it")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.one:
        _one(given.one[0], int(given.one[1]))
        return
    print("| figure | of | ratio at each size | asked | seconds of sitmap's | exponent | peak, MB |")
    print("|---|---|---|---|---|---|---|")
    for group in map(groups.__getitem__, given.groups):
        sizes = [size for size in group.grows or (group.check,) if size <= given.most]
        for line in _rows(group, [kind for kind in kinds.values() if kind.group == group.name], sizes):
            print(line, flush=True)


def _rows(group: Group, kinds: Sequence[Kind], sizes: Sequence[int]) -> Iterator[str]:
    found = {size: apart(group.name, size) for size in sizes}
    for kind in kinds:
        own = [told.took[kind.name][0] for told in found.values()]
        cells = [
            kind.what, f"{' · '.join(f'{size:,}' for size in sizes)} {group.of}",
            " · ".join(f"{told.ratio(kind.name):.2f}" for told in found.values()), f"{kind.asked or '–'}",
            " · ".join(f"{seconds:.3g}" for seconds in own), exponent(sizes, own),
            " · ".join(f"{told.mb:,.0f}" for told in found.values()),
        ]  # fmt: skip
        yield f"| {' | '.join(cells)} |"


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> str:
    """Return the exponent that time grows with, by least squares over the logarithms; a dash for one size.

    Examples
    --------
    >>> exponent([1, 10, 100], [0.5, 5.0, 50.0])
    '1.00'
    """
    if len(sizes) < 2:
        return "–"
    x, y = [math.log(size) for size in sizes], [math.log(took) for took in seconds]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    slope = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / sum((a - mean_x) ** 2 for a in x)
    return f"{slope:.2f}"


if __name__ == "__main__":
    main()
