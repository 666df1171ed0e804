"""Where outlets are at home, learned from what several of their reports name: local papers seldom say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.toponyms.context import NO_HOMES, Homes, line_shares
from pipeline.toponyms.neighbours import distances_km
from pipeline.toponyms.readings import REACH_KM, Floats, Ints
from pipeline.toponyms.sheet import Sheet

LIKELY = 0.1  # the least share of a reading that says something of its outlet
SAID = 12  # readings of a report that are asked
ASKED = 40  # reports of an outlet that are asked
KEPT = 8  # readings that an outlet's home is made of


@dataclass(frozen=True, slots=True)
class _Points:
    """Places that reports of an outlet name: radians, shares, provinces, and the number of the report of each."""

    lat: Floats
    lon: Floats
    share: Floats
    province: Ints
    report: Ints


def press_homes(sheets: Sequence[Sheet], shares: Sequence[Floats], outlets: Sequence[str]) -> list[Homes]:
    """Return for each report where its outlet seems to be at home, by what its *other* reports name.

    Parameters
    ----------
    sheets : sequence of Sheet
    shares : sequence of array (rows,)
        Of the rows of each sheet.
    outlets : sequence of str
        The host of each report's address, sheet after sheet; empty if unknown.

    Returns
    -------
    list of Homes
        Of each report. The share of a place is the share of the other reports that name something near it; empty where
        there are none.
    """
    of_outlet: dict[str, list[int]] = defaultdict(list)
    for number, outlet in enumerate(outlets):
        of_outlet[outlet].append(number)
    found = [NO_HOMES] * len(outlets)
    several = [numbers for outlet, numbers in of_outlet.items() if outlet and len(numbers) > 1]
    if not several:
        return found
    told = [points for sheet, share in zip(sheets, shares, strict=True) for points in _told(sheet, share)]
    for numbers in several:
        asked = numbers[:ASKED]
        points = _points([told[n] for n in asked])
        for place, home in zip(numbers, _homes(points, len(asked), len(numbers)), strict=True):
            found[place] = home
    return found


def _told(sheet: Sheet, share: Floats) -> Iterator[tuple[Floats, Floats, Floats, Ints]]:
    """Yield for each report of a sheet the likeliest places that it names: lat, lon, share, province."""
    likely = line_shares(sheet, share) * sheet.is_local
    for all_of in sheet.lines_of:
        lines = all_of.start + np.argsort(-likely[all_of], kind="stable")[:SAID]
        lines = lines[likely[lines] >= LIKELY]
        yield sheet.lat[lines], sheet.lon[lines], likely[lines], sheet.province[lines]


def _points(told: Sequence[tuple[Floats, Floats, Floats, Ints]]) -> _Points:
    reports = np.arange(len(told)).repeat([len(lat) for lat, *_ in told])
    lat, lon, share, province = (np.concatenate(column) for column in zip(*told, strict=True))
    return _Points(lat, lon, share, province, reports)


def _homes(points: _Points, asked: int, reports: int) -> list[Homes]:
    """Return the home for each of ``reports``, the first of which are those asked."""
    by_report = _felt(points, asked)
    whole, order = by_report.sum(axis=1), np.arange(len(points.share))
    homes = []
    for number in range(reports):
        is_asked = number < asked
        rest = (whole - by_report[:, number]) / asked if is_asked else whole / (asked + 1)
        order = np.argsort(-rest, kind="stable")[:KEPT]
        order = order[rest[order] > LIKELY]
        homes.append(Homes(points.lat[order], points.lon[order], rest[order], points.province[order]))
    return homes


def _felt(points: _Points, reports: int) -> Floats:
    """Return (points, reports), 0 to 1: how near each report's places lie to each point."""
    found = np.zeros((len(points.share), reports))
    km = distances_km(points.lat, points.lon, points.lat, points.lon)
    near = points.share * np.exp(-km / REACH_KM)
    starts = np.flatnonzero(np.diff(points.report, prepend=-1))
    if len(starts):
        found[:, points.report[starts]] = np.maximum.reduceat(near, starts, axis=1)
    return found
