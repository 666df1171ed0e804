"""Wiring: reports in, products out. Only this module and ``cli`` know everything."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict, cast

from tqdm import tqdm

from gazetteer import Gazetteer
from pipeline.article import Tools, read_reports
from pipeline.errors import InputError, OutputError
from pipeline.events import merge_reports
from pipeline.frames import Layers, build_layers
from pipeline.ingest import read_articles
from pipeline.models import Article, Rejection, Report
from pipeline.products.briefing import write_briefing
from pipeline.products.credits import Credit, attribution_lines, credits_of
from pipeline.products.geojson import write_geojson
from pipeline.products.manifest import RunRecord, versions, write_manifest
from pipeline.products.map import write_map
from pipeline.products.qgis import Page, write_geopackage, write_project, write_qml
from pipeline.products.tables import write_csv, write_parquet
from pipeline.settings import Settings
from pipeline.tiles import tiles_from

ROWS = {"events.geojson": "events", "events.csv": "events", "events.parquet": "events", "areas.geojson": "areas",
        "claims.geojson": "claims", "mentions.geojson": "mentions"}  # fmt: skip
_log = logging.getLogger("sitmap")
_KINDS = "a .txt, .html, .json or .jsonl file or a folder of them"


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
    """What a run made: the layers, the files and the inputs that could not be used."""

    layers: Layers
    files: tuple[Path, ...]
    rejections: tuple[Rejection, ...]
    articles: int


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
    with opened as gazetteer:
        return _run(settings, gazetteer, clock, generated=generated, quiet=quiet)


def _run(settings: Settings, gazetteer: Gazetteer, clock: Clock, *, generated: str, quiet: bool) -> Outcome:
    with clock.stage("ingest"):
        articles, rejections = read_inputs(settings.inputs, quiet=quiet)
    with clock.stage("events"):
        tools = Tools.default(gazetteer, model=settings.model)
        reports = list(_progress(read_reports(articles, tools, as_of=settings.as_of), len(articles), quiet=quiet))
    for source, why in (passed for report in reports for passed in report.passed_over):
        _log.info("%r: passed over, %s: %r", source.doc_id, why, source.sentence)
    with clock.stage("merge"):
        events, claims = merge_reports(reports)
        layers = build_layers(reports, events, claims, gazetteer=gazetteer)
        credited = _credited(layers, gazetteer)
    with clock.stage("products"):
        record = _record(settings, gazetteer, generated, clock)
        lines = attribution_lines(credited)
        files = write_products(layers, settings, record, attribution=lines, rejections=rejections)
    manifest = write_manifest(settings.out / "run.json", RunRecord(
        **record, inputs=_paths_of(articles, rejections), rejections=rejections,
        outputs={f: len(getattr(layers, ROWS[f.name])) if f.name in ROWS else None for f in files},
        counts=_counts(articles, reports, layers, rejections), passed_over=_passed_over(reports), sources=credited,
    ))  # fmt: skip
    return Outcome(layers, (*files, manifest), tuple(rejections), len(articles))


def read_inputs(paths: Iterable[Path], *, quiet: bool = False) -> tuple[list[Article], list[Rejection]]:
    """Return the articles of all paths and the inputs refused.

    Raises
    ------
    InputError
        If a path does not exist, or nothing could be read.
    """
    paths = tuple(paths)
    missing = next((p for p in paths if not p.exists()), None)
    if missing is not None:
        raise InputError(f"{missing}: no such file or folder; give {_KINDS}")
    found = list(_progress(read_articles(paths), None, quiet=quiet, what="reading"))
    articles = [a for a in found if isinstance(a, Article)]
    rejections = [r for r in found if isinstance(r, Rejection)]
    if not articles:
        causes = "; ".join(f"{r.path}: {r.cause}" for r in rejections[:3]) or "the folder holds no reports"
        raise InputError(f"{', '.join(map(str, paths))}: no report could be read ({causes}); give {_KINDS}")
    return articles, rejections


def write_products(
    layers: Layers, settings: Settings, record: _Record, *, attribution: list[str], rejections: list[Rejection]
) -> list[Path]:
    """Write map, data and briefing; return the files."""
    out = settings.out
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{out}: the output folder cannot be made ({error.strerror}); choose another with --out"
        ) from error
    files = [*write_geojson(layers, out, attribution=attribution), *write_qml(out),
             write_csv(layers.events, out / "events.csv"),
             write_parquet(layers.events, out / "events.parquet")]  # fmt: skip
    files += [write_geopackage(layers, out / "events.gpkg", generated=record["generated"]),
              write_project(layers, out / "project.qgz", Page(settings.title, attribution))]  # fmt: skip
    write_map(layers, out / "map.html", title=settings.title, generated=record["generated"], attribution=attribution,
              tiles=tiles_from(settings.tiles))  # fmt: skip
    brief = write_briefing(
        layers,
        out,
        rejections=rejections,
        versions=record["versions"],
        generated=record["generated"],
        attribution=attribution,
    )
    return [*files, out / "map.html", *brief]


def _credited(layers: Layers, gazetteer: Gazetteer) -> tuple[Credit, ...]:
    """Return the sources of the places that the layers hold."""
    sources = cast("Mapping[str, Mapping[str, object]]", gazetteer.info()["sources"])
    return credits_of(layers, sources, gazetteer.sources_of)


def _record(settings: Settings, gazetteer: Gazetteer, generated: str, clock: Clock) -> _Record:
    info = gazetteer.info()
    asked = {key: str(info[key]) for key in ("schema", "fingerprint", "sha256")}
    return {"generated": generated, "versions": versions(model=settings.model, gazetteer=asked),
            "settings": settings.described(), "timings": clock.stages}  # fmt: skip


def _paths_of(articles: list[Article], rejections: list[Rejection]) -> list[Path]:
    """Return the files that were read or refused, each once."""
    paths = {article.path for article in articles} | {rejection.path for rejection in rejections}
    return sorted(Path(path) for path in paths if path)


def _passed_over(reports: list[Report]) -> list[dict[str, object]]:
    """Return the tellings that became no event, so that nothing is dropped silently."""
    return [
        {"doc_id": told.doc_id, "sent_start": told.sent_start, "sent_end": told.sent_end, "sentence": told.sentence,
         "why": why}
        for report in reports for told, why in report.passed_over
    ]  # fmt: skip


def _counts(
    articles: list[Article], reports: list[Report], layers: Layers, rejections: list[Rejection]
) -> dict[str, int]:
    passed = [why for r in reports for _, why in r.passed_over]
    placed = int(layers.events.geometry.notna().sum())
    return {
        "articles": len(articles), "rejections": len(rejections), "events": len(layers.events),
        "events_placed": placed, "claims": len(layers.claims), "mentions": len(layers.mentions),
        "passed_over": len(passed),
    }  # fmt: skip


def _progress(items, total, *, quiet: bool, what: str = "reports"):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    return tqdm(items, total=total, desc=what, unit="", delay=2, leave=False, disable=quiet)
