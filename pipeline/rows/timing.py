"""When: the days of a row with the precision that the table gives, else that of the days themselves."""

from __future__ import annotations

from datetime import date

from pipeline.ingest.tabular import TableRow
from pipeline.models import When

_TIME_OF_DATE = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3}  # UCDP's date_prec -> ACLED's time_precision
_DATE_OF_TIME = {1: 1, 2: 3, 3: 4}
_FINEST = ((1, 1), (6, 2), (7, 3), (31, 4))  # days of a span -> UCDP's date_prec


def when_of(row: TableRow) -> When | None:
    """Return when the event of a row happened; None where the row does not say.

    Raises
    ------
    ValueError
        The last day comes before the first.
    """
    first = row.days.get("date") or row.days.get("date_start") or row.days.get("year")
    if first is None:
        return None
    last = (
        row.days.get("date_end") or row.days.get("date_start") if "date" not in row.days else row.days.get("date_end")
    )
    end = max(last.last, first.last) if last is not None and last.last >= first.first else first.last
    if last is not None and last.last < first.first:
        raise ValueError(f"the last day, {last.last}, comes before the first, {first.first}")
    told = _told(row)
    length = (end - first.first).days + 1
    own = next((code for most, code in _FINEST if length <= most), 5)
    precision = max(told or 0, own)
    spans = [row.text(name) for name in ("date", "date_start", "date_end", "year") if name in row.days]
    notes = tuple(dict.fromkeys(span.note for span in row.days.values() if span.note))
    return When(first.first, end, _TIME_OF_DATE[precision], precision, " to ".join(dict.fromkeys(spans)), notes)


def _told(row: TableRow) -> int | None:
    """Return the precision that the table gives, as UCDP's ``date_prec``."""
    date_prec, time_precision = row.text("date_prec"), row.text("time_precision")
    if date_prec.isdecimal() and int(date_prec) in _TIME_OF_DATE:
        return int(date_prec)
    return _DATE_OF_TIME.get(int(time_precision)) if time_precision.isdecimal() else None


def doubts_about(when: When | None, as_of: date | None) -> tuple[str, ...]:
    """Return what is odd about a date: that there is none, or that it is still to come."""
    if when is None:
        return ("the row gives no date",)
    if as_of is not None and when.date_start > as_of:
        return (f"the date, {when.date_start}, lies after {as_of}, when the table was collected",)
    return ()
