"""Wiring: reports in, products out. Only this module and ``cli`` know everything."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import NotRequired, TypedDict, TypeVar, Unpack, cast

from tqdm import tqdm

from gazetteer import Gazetteer
from pipeline.corrections import (
    Corrected,
    Correction,
    CorrectionFile,
    PlaceRulings,
    find_correction_files,
    merge_corrected,
    read_corrections,
)
from pipeline.corrections import Outcome as Ruled
from pipeline.corrections.rows import corrected_row
from pipeline.engines import Kept, Reader, Recipe, engine_of
from pipeline.errors import EngineError, OutputError
from pipeline.events import Shelf
from pipeline.events.actors import load_lexicon
from pipeline.frames import Layers, build_layers, reading_order
from pipeline.ingest import article_digest
from pipeline.inputs import Inputs, paths_of
from pipeline.memory import give_back
from pipeline.models import Rejection, Report
from pipeline.products.briefing import write_briefing
from pipeline.products.credits import Credit, attribution_lines, credits_of
from pipeline.products.files import sweep
from pipeline.products.geojson import write_geojson
from pipeline.products.holding import alone_in
from pipeline.products.manifest import RunRecord, versions, write_manifest
from pipeline.products.map import TOO_MANY, write_map
from pipeline.products.points.archive import write_tiles
from pipeline.products.points.order import TILES
from pipeline.products.qgis import Page, write_geopackage, write_project, write_qml
from pipeline.products.review import write_review
from pipeline.products.tables import write_csv, write_parquet
from pipeline.rows import RowsRead, read_tables, reports_of
from pipeline.settings import Settings
from pipeline.store import Fingerprint, Held, Outline, Store, open_work
from pipeline.tiles import tiles_from

ROWS = {"events.geojson": "events", "events.csv": "events", "events.parquet": "events", "areas.geojson": "areas",
        "claims.geojson": "claims", "mentions.geojson": "mentions"}  # fmt: skip
Item = TypeVar("Item")
_log = logging.getLogger("sitmap")


@dataclass(slots=True)
class Clock:
    """Seconds spent in each stage."""

    stages: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what runs inside."""
        began = time.perf_counter()
        yield
        self.stages[name] = self.stages.get(name, 0.0) + time.perf_counter() - began
        _log.info("%s: %.2f s", name, self.stages[name])


class _Record(TypedDict):
    """What made the outputs; ``timings`` goes on filling until it is written."""

    generated: str
    versions: dict[str, str]
    settings: dict[str, object]
    timings: dict[str, float]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run made: the layers, the files, the inputs that could not be used, and what became of corrections."""

    layers: Layers
    files: tuple[Path, ...]
    rejections: tuple[Rejection, ...]
    articles: int
    rows: int = 0
    corrections: tuple[Ruled, ...] = ()
    correction_files: tuple[CorrectionFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """What is read before anything is merged: reports, inputs refused, files read, and corrections.

    ``coded`` are the reports of rows of tables, an event each, that are merged with none; ``tables`` says of each table
    how it was read. The ``shelf`` holds what merging finds in the reports.
    """

    shelf: Shelf
    reports: Sequence[Report]
    rejections: Sequence[Rejection]
    paths: Sequence[Path]
    corrections: Sequence[Correction]
    rulings: PlaceRulings
    correction_files: tuple[CorrectionFile, ...] = ()
    coded: Sequence[Report] = ()
    tables: Sequence[Mapping[str, object]] = ()


def run_map(settings: Settings, *, generated: str, quiet: bool = False) -> Outcome:
    """Read the reports of ``settings`` and write every product.

    Parameters
    ----------
    settings : Settings
    generated : str
        When, ISO 8601; passed in, so that the same input gives the same bytes.
    quiet : bool
        No progress bars.

    Raises
    ------
    InputError
        If an input path does not exist, or no report could be read at all.
    OutputError
        If the output folder cannot be made or written.
    """
    clock = Clock()
    with clock.stage("gazetteer"):
        opened = Gazetteer.open(settings.gazetteer)
    # What a model behind an endpoint says is asked for anew each time: nothing vouches that it would say it again.
    keep = settings.engine.cache and settings.extractor is None
    with opened as gazetteer, open_work(settings.out, keep=keep) as work:
        material, keys = read_material(settings, gazetteer, work, clock, quiet=quiet)
        with _alone(settings.out):
            outcome = conclude(material, settings, gazetteer, clock, generated=generated)
        work.forget_all_but(keys)
        return outcome


def read_layers(settings: Settings, *, quiet: bool = False) -> Layers:
    """Return what :func:`run_map` would write, as frames; nothing is written."""
    with Gazetteer.open(settings.gazetteer) as gazetteer, open_work(settings.out, keep=False) as work:
        material, _ = read_material(settings, gazetteer, work, Clock(), quiet=quiet)
        return _merged(material, gazetteer, long=False)[1]


def read_material(
    settings: Settings, gazetteer: Gazetteer, work: Store, clock: Clock, *, quiet: bool
) -> tuple[Material, Sequence[str]]:
    """Read reports, tables and corrections of ``settings``; return them, not yet merged, and their keys in ``work``."""
    with clock.stage("ingest"):
        tables = read_tables(settings.inputs, settings.tables)
        inputs = Inputs(settings.inputs, tables)
        files = find_correction_files(settings.inputs, (*settings.corrections, *_reviewed(settings.out)))
        corrections = read_corrections(files)
    rulings = PlaceRulings.of(corrections, gazetteer)
    with clock.stage("events"):
        reports, keys = _told(inputs, settings, gazetteer, work, rulings, quiet=quiet)
    with clock.stage("rows"):
        coded, refused = _coded(tables, settings, gazetteer, quiet=quiet)
        coded = [corrected_row(report, rulings) for report in coded]
    read, rejections = [asdict(table) for table in tables.tables], [*inputs.rejections, *refused]
    paths = paths_of(map(str, inputs.paths), refused)
    return Material(work, reports, rejections, paths, corrections, rulings, files, coded, read), keys


def _merged(material: Material, gazetteer: Gazetteer, *, long: bool) -> tuple[Corrected, Layers]:
    """Return what is told once by however many reports, and as frames; ``long``: without all mentions in memory."""
    merged = merge_corrected(
        material.reports, material.corrections, material.rulings, load_lexicon(),
        apart=material.coded, shelf=material.shelf,
    )  # fmt: skip
    every = _in_reading_order(material)
    return merged, build_layers(every, merged.events, merged.claims, gazetteer=gazetteer, long=long)


def _failed(reports: Iterable[Report | Outline], of: int) -> list[Rejection]:
    """Return the reports that sitmap itself failed on, as refused; if that is all of them, it is no fault of theirs."""
    failed = [_refused(report) for report in reports if report.failure]
    if failed and len(failed) == of:
        raise EngineError(
            f"sitmap failed on every report; the first: {failed[0].path}: {failed[0].cause}; run `make clean` and "
            "install it again, or tell the project"
        )
    return failed


def _refused(report: Report | Outline) -> Rejection:
    """Return that nothing was made of a report, as what cannot be read is refused."""
    return Rejection(
        report.article.path or report.article.doc_id, report.article.line,
        f"sitmap itself failed on this report ({report.failure}); nothing of it is on the map", report.article.title,
        "read it yourself, and tell the project which text it was; all other reports are on the map",
    )  # fmt: skip


def _in_reading_order(material: Material) -> Iterator[Report]:
    """Yield all reports by their days, one by one."""
    told = chain(_outlines(material.reports), material.coded)
    order = sorted((reading_order(one.article.date, one.article.doc_id), n) for n, one in enumerate(told))
    read = len(material.reports)
    return (material.reports[n] if n < read else material.coded[n - read] for _, n in order)


def _outlines(reports: Sequence[Report]) -> Iterable[Report | Outline]:
    return reports.outlines() if isinstance(reports, Kept) else reports


def _reviewed(out: Path) -> tuple[Path, ...]:
    """Return what `sitmap review` wrote beside the outputs; it overrules, as in a folder that grows."""
    path = out / "corrections.csv"
    return (path,) if path.is_file() else ()


def reader_of(settings: Settings, gazetteer: Gazetteer, store: Store, rulings: PlaceRulings, *, quiet: bool) -> Reader:
    """Return what reads the articles of a run: the tools that sitmap ships, and a model if one is to be asked."""
    asked = settings.extractor
    recipe = Recipe(settings.model, gazetteer.path, asked, rulings.corrections)
    parser = recipe.tools(gazetteer).parser.name  # fails early where the extractor's key is not set
    engine = engine_of(settings.engine, gazetteer, alone=asked is not None)
    fingerprint = Fingerprint.of(gazetteer, parser, asked)
    return Reader(store, engine, recipe, fingerprint, rulings, lambda read: progress(read, None, quiet=quiet))


def _told(
    inputs: Inputs, settings: Settings, gazetteer: Gazetteer, work: Store, rulings: PlaceRulings, *, quiet: bool
) -> tuple[Kept, Sequence[str]]:
    """Return what the articles tell, and the keys that it is kept under; without any, no language model is loaded."""
    if inputs.is_empty:
        return Kept(work), ()
    held = (Held(a, article_digest(a), settings.as_of, a.path) for a in inputs.articles)
    reader = reader_of(settings, gazetteer, work, rulings, quiet=quiet)
    return reader.reports(held), reader.keys


def _coded(
    tables: RowsRead, settings: Settings, gazetteer: Gazetteer, *, quiet: bool
) -> tuple[list[Report], list[Rejection]]:
    """Return a report for each row of the tables, and the rows refused."""
    found = reports_of(tables.rows, gazetteer, settings.tables, as_of=settings.as_of)
    made = list(progress(found, len(tables.rows), quiet=quiet, what="rows"))
    return [r for r in made if isinstance(r, Report)], [r for r in made if isinstance(r, Rejection)]


def conclude(
    material: Material, settings: Settings, gazetteer: Gazetteer, clock: Clock, *, generated: str,
    folder: Path | None = None,
) -> Outcome:  # fmt: skip
    """Merge what was read and write every product, into ``folder`` where that is not yet the one of the settings."""
    give_back()  # what the last reports took for a moment
    told_of = [one for one in _outlines(material.reports) if one.failure or one.passed_over]
    rejections, out = [*material.rejections, *_failed(told_of, len(material.reports))], folder or settings.out
    passed = list(_passed_over(told_of))
    for one in passed:
        _log.info("%r: passed over, %s: %r", one["doc_id"], one["why"], one["sentence"])
    passed += _rows_passed_over(material.coded)
    with clock.stage("merge"):
        merged, layers = _merged(material, gazetteer, long=True)
        credited = credited_in(layers, gazetteer)
    give_back()
    with clock.stage("products"):
        record = _record(settings, gazetteer, generated, clock)
        rows = [outcome.row() for outcome in merged.outcomes]
        shown: _Shown = {"attribution": attribution_lines(credited), "rejections": rejections, "corrections": rows}
        files = write_products(layers, replace(settings, out=out), record, **shown)
    manifest = write_manifest(out / "run.json", RunRecord(
        **record, inputs=(*material.paths, *(Path(f.path) for f in material.correction_files)), rejections=rejections,
        outputs={f: len(getattr(layers, ROWS[f.name])) if f.name in ROWS else None for f in files},
        counts=_counts(material, layers, passed), sources=credited, passed_over=passed, corrections=rows,
        tables=material.tables, disagreements=_disagreements(layers),
    ))  # fmt: skip
    made = (*files, manifest)
    read = len(material.reports), len(material.coded)
    return Outcome(layers, made, tuple(rejections), *read, merged.outcomes, material.correction_files)


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Make the output folder and hold it: of two runs into one folder, all files are of the one that ends last."""
    _make(out)
    with alone_in(out, lambda: _log.warning("%s: another run is writing there; waiting until it is done", out)):
        yield


def _make(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{out}: the output folder cannot be made ({error.strerror}); choose another with --out"
        ) from error


class _Shown(TypedDict):
    """What products say beside the layers."""

    attribution: list[str]
    rejections: list[Rejection]
    corrections: NotRequired[list[Mapping[str, object]]]


def write_products(layers: Layers, settings: Settings, record: _Record, **shown: Unpack[_Shown]) -> list[Path]:
    """Write map, data and briefing; return the files."""
    out, attribution = settings.out, shown["attribution"]
    _make(out)
    sweep(out)
    files = [*write_geojson(layers, out, attribution=attribution), *write_qml(out),
             write_csv(layers.events, out / "events.csv"),
             write_parquet(layers.events, out / "events.parquet"),
             write_geopackage(layers, out / "events.gpkg", generated=record["generated"]),
             write_project(layers, out / "project.qgz", Page(settings.title, attribution))]  # fmt: skip
    write_map(layers, out / "map.html", title=settings.title, generated=record["generated"], attribution=attribution,
              tiles=tiles_from(settings.tiles))  # fmt: skip
    files += _points(layers, out, attribution)
    write_review(layers, out / "review.html", title=settings.title, generated=record["generated"])
    brief = write_briefing(layers, out, versions=record["versions"], generated=record["generated"], **shown)
    return [*files, out / "map.html", out / "review.html", *brief]


def _points(layers: Layers, out: Path, attribution: Sequence[str]) -> list[Path]:
    """Write the points of more events than the map's page can hold; of fewer there are none, nor old ones."""
    if len(layers.events) > TOO_MANY:
        return [write_tiles(layers.events, out / TILES, attribution=attribution)]
    (out / TILES).unlink(missing_ok=True)
    return []


def credited_in(layers: Layers, gazetteer: Gazetteer) -> tuple[Credit, ...]:
    """Return the sources of the places that the layers hold."""
    sources = cast("Mapping[str, Mapping[str, object]]", gazetteer.info()["sources"])
    return credits_of(layers, sources, gazetteer.sources_of)


def _record(settings: Settings, gazetteer: Gazetteer, generated: str, clock: Clock) -> _Record:
    info = gazetteer.info()
    asked = {key: str(info[key]) for key in ("schema", "fingerprint", "sha256")}
    return {"generated": generated, "versions": versions(model=settings.model, gazetteer=asked),
            "settings": settings.described(), "timings": clock.stages}  # fmt: skip


def _rows_passed_over(coded: Sequence[Report]) -> Iterator[dict[str, object]]:
    """Yield the rows of tables that became no event, with the file and the row where their other columns stand."""
    for report in coded:
        for passed in _passed_over([report]):
            yield passed | {"file": report.article.path, "row": report.article.line}


def _passed_over(reports: Iterable[Report | Outline]) -> Iterator[dict[str, object]]:
    """Yield the tellings that became no event, so that nothing is dropped silently."""
    for told, why in (passed for report in reports for passed in report.passed_over):
        yield {"doc_id": told.doc_id, "sent_start": told.sent_start, "sent_end": told.sent_end,
               "sentence": told.sentence, "why": why}  # fmt: skip


def _disagreements(layers: Layers) -> list[dict[str, object]]:
    """Return the events whose given coordinates are doubtful, with what speaks against them."""
    doubtful = layers.events[layers.events["geo_flags"] != ""]
    columns = ("event_id", "doc_id", "geo_flags", "where_description", "location", "place_km", "notes")
    return [
        {key: None if value != value else value for key, value in row.items()}  # noqa: PLR0124 - NaN
        for row in doubtful[list(columns)].to_dict("records")
    ]


def _counts(material: Material, layers: Layers, passed: Sequence[object]) -> dict[str, int]:
    placed = int(layers.events.geometry.notna().sum())
    return {
        "articles": len(material.reports), "rows": len(material.coded), "rejections": len(material.rejections),
        "events": len(layers.events), "events_placed": placed, "claims": len(layers.claims),
        "mentions": len(layers.mentions), "passed_over": len(passed),
    }  # fmt: skip


def progress(items: Iterable[Item], total: int | None, *, quiet: bool, what: str = "reports") -> Iterable[Item]:
    """Return the items under a bar that shows after two seconds."""
    return tqdm(items, total=total, desc=what, unit="" if total else f" {what}", delay=2, leave=False, disable=quiet)
