"""UCDP's rows of Syria as a table: placed by their names alone, and their coordinates held against the names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gazetteer import Gazetteer
from gazetteer.sphere import distance_km
from pipeline.errors import InputError
from pipeline.evaluation.pairs import MISS_KM
from pipeline.evaluation.results import Figures, Results
from pipeline.ingest.tabular import TableRow
from pipeline.models import Event, Report
from pipeline.rows import read_tables, reports_of
from pipeline.rows.points import read_point
from pipeline.settings import TableOptions

ROWS = "UCDP rows"
FILE = "ucdp/ucdp_syria_events.csv.gz"
NEAR_KM = 10.0
FINE = frozenset({"1", "2"})  # where_prec of what is coded to a place, or near one


def measure_rows(shared: Path, gazetteer: Gazetteer) -> Results:
    """Place every row of UCDP by the names that it gives, its coordinates withheld; then hold them against the names.

    Parameters
    ----------
    shared : Path
        The shared folder.
    gazetteer : Gazetteer
        With Who's On First's Syria, where that is meant.

    Returns
    -------
    Results
        ``rows10``: of the rows of where_prec 1 and 2, the share placed within 10 km of the coded point; by where_prec
        too. ``doubted``: the share of all rows whose given coordinates are flagged.

    Raises
    ------
    InputError
        If the file is missing or is no table of UCDP's.
    """
    read = read_tables((shared / FILE,), TableOptions())
    if not read.rows:
        raise InputError(f"{shared / FILE}: {read.rejections[0].cause if read.rejections else 'no rows'}; see --shared")
    withheld = _events(read.rows, gazetteer, TableOptions(ignore_coordinates=True))
    given = _events(read.rows, gazetteer, TableOptions())
    off = {row.number: _km(row, event) for row, event in zip(read.rows, withheld, strict=True)}
    precision = {row.number: row.text("where_prec") for row in read.rows}
    results = Results()
    results.add(ROWS, _figures([km for n, km in off.items() if precision[n] in FINE], len(read.rows)) | _doubted(given))
    results.by_precision[ROWS] = {
        code: {"places": sum(p == code for p in precision.values()), "first10": _share(_of(off, precision, code))}
        for code in sorted(set(precision.values()))
    }
    return results


def _of(off: dict[int, float], precision: dict[int, str], code: str) -> list[float]:
    return [km for number, km in off.items() if precision[number] == code]


def _events(rows: Sequence[TableRow], gazetteer: Gazetteer, options: TableOptions) -> list[Event]:
    reports = reports_of(rows, gazetteer, options)
    return [report.events[0] for report in reports if isinstance(report, Report)]


def _km(row: TableRow, event: Event) -> float:
    """Return how far an event lies from the coded point; a miss where it has no place."""
    point, footprint = read_point(row), event.placement.footprint
    if footprint is None or point.lat is None or point.lon is None:
        return MISS_KM
    return distance_km(point.lat, point.lon, footprint.lat, footprint.lon)


def _figures(off: Sequence[float], rows: int) -> Figures:
    return {"table_rows": rows, "rows10": _share(off)}


def _share(off: Sequence[float]) -> float:
    return sum(km <= NEAR_KM for km in off) / max(len(off), 1)


def _doubted(given: Sequence[Event]) -> Figures:
    doubted = sum(event.placement.given is not None and bool(event.placement.given.flags) for event in given)
    return {"doubted": doubted / max(len(given), 1)}
