"""How many: the counts of a row as low, best and high; what is no number is said, never taken for none."""

from __future__ import annotations

from pipeline.events.numbers import parse_number
from pipeline.ingest.limits import shown
from pipeline.ingest.tabular import TableRow
from pipeline.models import Count, Qualifier

_NOT_SAID = frozenset({"", "unknown", "n/a", "na", "nan", "none", "null", "-", "–", "?", "not stated", "#n/a"})
_MOST = 10_000_000  # more people than any event killed


def count_of(row: TableRow, what: str) -> tuple[Count, tuple[str, ...]]:
    """Return the count of ``deaths`` or ``injured`` of a row, and what a reader should know of it.

    Examples
    --------
    >>> row = TableRow("", "a.csv", 2, "ucdp", "UCDP GED", {"deaths": "6", "deaths_low": "4", "deaths_high": "9"})
    >>> count_of(row, "deaths")[0]
    Count(low=4, best=6, high=9, qualifier='about', text='deaths: best 6, low 4, high 9')
    """
    cells = {"best": row.text(what), "low": row.text(f"{what}_low"), "high": row.text(f"{what}_high")}
    said = {name: cell for name, cell in cells.items() if cell.casefold() not in _NOT_SAID}
    if not said:
        return Count(), ()
    read = {name: _number(cell) for name, cell in said.items()}
    notes = [f"{what} {shown(said[name])!r} is no number of people: not used" for name, n in read.items() if n is None]
    best, low, high = (read.get(name) for name in ("best", "low", "high"))
    words = f"{what}: " + (said["best"] if list(said) == ["best"] else ", ".join(f"{k} {v}" for k, v in said.items()))
    if low is None and high is None:
        return (_alone(best, words) if best else Count()), tuple(notes)
    numbers = [n.best for n in (low, best, high) if n is not None and n.best is not None]
    bounds = [n.best if n is not None else None for n in (low, best, high)]
    return _ordered(bounds, numbers, words, notes, what)


def _number(cell: str) -> Count | None:
    """Return a number, a range or number words ("10-15", "at least ten")."""
    plain = cell.replace(",", "").removesuffix(".0")
    if plain.isdecimal():
        number = int(plain)
        return Count(number, number, number, "exact", cell) if number <= _MOST else None
    found = parse_number(cell.removesuffix("+")) if not cell.startswith("-") else None
    if found is None or (found.best or 0) > _MOST:
        return None
    return Count(found.low, found.best, None, "at_least", cell) if cell.endswith("+") else found


def _alone(found: Count, words: str) -> Count:
    return Count(found.low, found.best, found.high, found.qualifier, words)


def _ordered(
    bounds: list[int | None], numbers: list[int], words: str, notes: list[str], what: str
) -> tuple[Count, tuple[str, ...]]:
    """Return low, best and high in their order; where the table has them in another, the range is what all span."""
    low, best, high = bounds
    known = [n for n in bounds if n is not None]
    if known != sorted(known):
        notes.append(f"{what}: low, best and high are not in order in the table; the range is what they span")
        low, high = min(numbers), max(numbers)
    qualifier: Qualifier = "exact" if len(set(known)) == 1 and len(known) > 1 else "about"
    return Count(low, best, high, qualifier, words), tuple(notes)
