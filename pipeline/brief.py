"""``sitmap brief``: the briefing anew, for a region and a period, from what a run wrote."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from gazetteer import Gazetteer
from pipeline.errors import InputError, UsageError
from pipeline.frames import Layers
from pipeline.models import Rejection
from pipeline.products.briefing import Region, parse_region, write_briefing
from pipeline.products.credits import Credit, attribution_lines
from pipeline.products.load import load_layers
from pipeline.products.manifest import note_outputs

DAYS = {"week": 7, "month": 30}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which briefing: regions by name or file, first and last day, period (all, week or month)."""

    regions: Sequence[str] = ()
    first: date | None = None
    last: date | None = None
    period: str = "all"


def run_brief(folder: Path, asked: Asked, *, kinds: Sequence[str], generated: str) -> list[Path]:
    """Write the briefing into ``folder`` from its layers, in each of ``kinds``.

    Raises
    ------
    InputError
        If the folder does not hold a run's outputs.
    UsageError
        If a region is not known, or the first day is after the last.
    """
    layers = load_layers(folder)
    record = read_record(folder / "run.json")
    days = period_of(layers, first=asked.first, last=asked.last, period=asked.period)
    files = write_briefing(layers, folder, region=region_of(asked.regions, layers), period=days, kinds=kinds,
                           generated=generated, **record._asdict())  # fmt: skip
    note_outputs(folder / "run.json", files)
    return files


class RunFacts(NamedTuple):
    """What a briefing says of the run it is made from."""

    versions: dict[str, str]
    rejections: tuple[Rejection, ...]
    attribution: tuple[str, ...]
    corrections: tuple[dict[str, object], ...] = ()


def read_record(path: Path) -> RunFacts:
    """Return the versions, rejections and credits of a run; nothing where its record is gone.

    Raises
    ------
    InputError
        If the record is damaged.
    """
    if not path.is_file():
        return RunFacts({}, (), ())
    try:
        record = json.loads(path.read_text("utf-8"))
        credited = [Credit(**row) for row in record.get("sources", ())]
        rejections = tuple(Rejection(**row) for row in record["rejections"])
        corrections = tuple(dict(row) for row in record.get("corrections", ()))
        return RunFacts(dict(record["versions"]), rejections, tuple(attribution_lines(credited)), corrections)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(f"{path}: not the record of a run ({error!r}); run `sitmap map` again") from error


def region_of(regions: Sequence[str], layers: Layers) -> Region | None:
    """Return the region; the gazetteer knows the countries and provinces in which nothing was reported."""
    if not regions:
        return None
    with Gazetteer.open() as gazetteer:
        return parse_region(regions, layers, gazetteer=gazetteer)


def period_of(layers: Layers, *, first: date | None, last: date | None, period: str) -> tuple[date, date] | None:
    """Return (first, last) day, or None for all events.

    Raises
    ------
    UsageError
        If the first day is after the last.
    """
    if first and last and first > last:
        raise UsageError(f"--from {first} is after --to {last}; swap them or leave one out")
    if period == "all" and first is None and last is None:
        return None
    days = layers.events["event_date"].dropna()
    latest = pd.Timestamp(days.max()).date() if len(days) else None
    end = last or max((day for day in (first, latest) if day), default=None)
    if end is None:
        return None
    begin = first or (end - timedelta(days=DAYS[period] - 1) if period in DAYS else None)
    return begin or min(end, pd.Timestamp(days.min()).date() if len(days) else end), end
