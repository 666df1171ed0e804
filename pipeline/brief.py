"""``sitmap brief``: the briefing anew, for a region and a period, from what a run wrote."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from pipeline.errors import InputError
from pipeline.frames import Layers
from pipeline.models import Rejection
from pipeline.products.briefing import parse_region, write_briefing
from pipeline.products.load import load_layers

DAYS = {"week": 7, "month": 30}


def run_brief(folder: Path, *, regions: Sequence[str], first: date | None, last: date | None, period: str, generated: str) -> list[Path]:
    """Write ``briefing.html`` and ``briefing.md`` into ``folder`` from its layers.

    Raises
    ------
    InputError
        If the folder does not hold a run's outputs, or the first day is after the last.
    """
    layers = load_layers(folder)
    region = parse_region(regions, layers) if regions else None
    record = json.loads((folder / "run.json").read_text("utf8")) if (folder / "run.json").is_file() else {}
    rejections = tuple(Rejection(**r) for r in record.get("rejections", ()))
    days = period_of(layers, first=first, last=last, period=period)
    return write_briefing(layers, folder, region=region, period=days, rejections=rejections,
                          versions=record.get("versions", {}), generated=generated)  # fmt: skip


def period_of(layers: Layers, *, first: date | None, last: date | None, period: str) -> tuple[date, date] | None:
    """Return (first, last) day, or None for all events.

    Raises
    ------
    InputError
        If the first day is after the last.
    """
    if period == "all" and first is None and last is None:
        return None
    days = layers.events["event_date"].dropna()
    latest = pd.Timestamp(days.max()).date() if len(days) else None
    end = last or latest or first
    begin = first or (end - timedelta(days=DAYS[period] - 1) if end and period in DAYS else None)
    begin = begin or (pd.Timestamp(days.min()).date() if len(days) else end)
    if begin is None or end is None:
        return None
    if begin > end:
        raise InputError(f"--from {begin} is after --to {end}; swap them or leave one out")
    return begin, end
