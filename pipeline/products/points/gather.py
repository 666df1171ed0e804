"""What a tile shows of its events: each by itself, or, of more than it can hold, counted. None is left out.

A tile takes the first step down the ladder on which few enough features are left: single events; the same point, kind
and day; the same month; then cells of the tile by month, by year, and coarser. Kind is type, status and mark. An event
known to an area only never goes into a cell: it stays at its point, as on the rest of the map.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeAlias

import numpy as np

from pipeline.products.map.words import span_words
from pipeline.products.points.mvt import Numbers, Texts
from pipeline.products.points.order import EXTENT, FINEST, MARKS, UNDATED, Ints
from pipeline.products.points.table import Table

__all__ = ["MOST", "MOST_FINEST", "Step", "Tile", "tile_of"]

#: Features that a tile may have before it gathers more; the finest is not split further, and few are in view.
MOST: Final = 6_000
MOST_FINEST: Final = 20_000
_WHOLE: Final = 7  # the first level whose tiles try to show single events
_NEAR: Final = MARKS.index("near")
_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Step:
    """A way of gathering: by point, or by so many cells across a tile; and by how much time."""

    cells: int
    time: str

    @property
    def single(self) -> bool:
        """Whether nothing is gathered."""
        return not self.cells and not self.time


_LADDER: Final = (
    Step(0, ""), Step(0, "day"), Step(0, "month"), Step(64, "month"), Step(64, "year"), Step(16, "year"),
    Step(8, "year"), Step(16, "all"),
)  # fmt: skip
_FROM_AFAR: Final = 4  # where the levels above begin on the ladder


@dataclass(frozen=True, slots=True)
class Tile:
    """The features of a tile: steps from its corner, ids (-1 for none), and its columns."""

    x: Ints
    y: Ints
    ids: Ints
    columns: Mapping[str, Texts | Numbers]
    step: Step


_Groups: TypeAlias = tuple[Ints, Ints]  # rows sorted by group; where each group begins in them


def tile_of(table: Table, rows: slice, level: int) -> Tile:
    """Return what a tile shows.

    Parameters
    ----------
    table : Table
    rows : slice
        The events that lie in it, which follow each other.
    level : int
        Its zoom.
    """
    most = MOST_FINEST if level == FINEST else MOST
    for step in _LADDER[0 if level >= _WHOLE else _FROM_AFAR :]:
        if step.single:
            if rows.stop - rows.start <= most:
                return _singles(table, rows, level)
            continue
        groups = _groups(table, rows, level, step)
        if len(groups[1]) <= most:
            break
    return _gathered(table, groups, level, step)


def _groups(table: Table, rows: slice, level: int, step: Step) -> _Groups:
    at = table.placed
    place, kind = at.place[rows], at.kind[rows]
    if step.cells:
        fine = at.mark[rows] <= _NEAR
        shift = FINEST - level + (EXTENT // step.cells).bit_length() - 1
        cell = ((at.x[rows] >> shift) << 32 | (at.y[rows] >> shift)) << 1 | 1
        place = np.where(fine, cell, at.place[rows] << 1)
        kind = np.where(fine, kind - at.mark[rows], kind)
    period = _period(table, rows, step.time)
    order = np.lexsort((period, kind, place))
    new = np.zeros(len(order), bool)
    new[:1] = True
    for key in (place[order], kind[order], period[order]):
        new[1:] |= key[1:] != key[:-1]
    return order + rows.start, np.flatnonzero(new)


def _period(table: Table, rows: slice, time: str) -> Ints:
    """Return what days are gathered by: the month or year that an event begins in; undated events are apart."""
    start, end = table.placed.start[rows], table.placed.end[rows]
    if time == "all":
        return np.where(start == UNDATED, 1, 0).astype(np.int64)
    if time == "day":
        return (start * (1 << 32) + end).astype(np.int64)
    days = np.where(start == UNDATED, 0, start).astype("datetime64[D]")
    unit = "datetime64[M]" if time == "month" else "datetime64[Y]"
    return np.where(start == UNDATED, UNDATED, days.astype(unit).astype(np.int64)).astype(np.int64)


def _singles(table: Table, rows: slice, level: int) -> Tile:
    at = table.placed
    columns: dict[str, Texts | Numbers] = {
        name: Texts(column.codes[rows], column.values) for name, column in table.texts.items()
    }
    columns |= {name: Numbers(values[rows]) for name, values in table.numbers.items()}
    columns |= {"from": Numbers(at.start[rows], UNDATED), "to": Numbers(at.end[rows], UNDATED)}
    ids = np.arange(rows.start, rows.stop, dtype=np.int64)
    return Tile(_within(at.x[rows], level), _within(at.y[rows], level), ids, columns, _LADDER[0])


def _within(steps: Ints, level: int) -> Ints:
    return (steps >> (FINEST - level)) & (EXTENT - 1)


def _gathered(table: Table, groups: _Groups, level: int, step: Step) -> Tile:
    at, (rows, starts) = table.placed, groups
    count = np.diff(np.append(starts, len(rows)))
    in_cell = np.full(len(starts), bool(step.cells)) & (at.mark[rows][starts] <= _NEAR)
    texts = {name: Texts(_shared(column.codes[rows], starts), column.values) for name, column in table.texts.items()}
    start, end = np.minimum.reduceat(at.start[rows], starts), np.maximum.reduceat(at.end[rows], starts)
    numbers = {name: _added(table.numbers[name][rows], starts) for name in ("low", "injuries_low")}
    numbers["uncertainty_m"] = np.maximum.reduceat(table.numbers["uncertainty_m"][rows], starts)
    several = count > 1
    texts |= _words(texts, several & in_cell, several, (start, end), numbers)
    columns: dict[str, Texts | Numbers] = {**texts, **{name: Numbers(values) for name, values in numbers.items()}}
    columns |= {"from": Numbers(start, UNDATED), "to": Numbers(end, UNDATED), "n": Numbers(count, 1)}
    x, y = (_middle(_within(one[rows], level), starts, count) for one in (at.x, at.y))
    return Tile(x, y, np.where(several & in_cell, -1, rows[starts]), columns, step)


def _shared(codes: Ints, starts: Ints) -> Ints:
    """Return the value that all of a group share, else none."""
    least, most = np.minimum.reduceat(codes, starts), np.maximum.reduceat(codes, starts)
    return np.where(least == most, least, -1)


def _added(values: Ints, starts: Ints) -> Ints:
    """Return sums of what is stated; -1 where nothing is."""
    stated = np.maximum.reduceat(values, starts) >= 0
    return np.where(stated, np.add.reduceat(np.maximum(values, 0), starts), -1)


def _middle(steps: Ints, starts: Ints, count: Ints) -> Ints:
    return np.add.reduceat(steps, starts) // count


def _words(
    texts: Mapping[str, Texts], in_cell: np.ndarray, several: np.ndarray, span: tuple[Ints, Ints],
    numbers: Mapping[str, Ints],
) -> dict[str, Texts]:  # fmt: skip
    """Return the words of groups; an event that is alone in its group keeps its own."""
    mark = np.where(in_cell, _NEAR, texts["mark"].codes)
    harm = _told(np.stack((numbers["low"], numbers["injuries_low"]), axis=1), several, _harm)
    date = _told(np.stack(span, axis=1), several, _span)
    precision = Texts(np.where(in_cell, 0, -1), ["counted in a cell of the map, zoom in for its places"])
    return {
        "mark": Texts(mark, MARKS),
        "date": _instead(texts["date"], date, several),
        "harm": _instead(texts["harm"], harm, several),
        "precision": _instead(texts["precision"], precision, in_cell),
    }


def _told(pairs: Ints, where: np.ndarray, words) -> Texts:  # type: ignore[no-untyped-def]  # noqa: ANN001
    found, codes = np.unique(pairs[where], axis=0, return_inverse=True)
    filled = np.full(len(pairs), -1, np.int64)
    filled[where] = codes.reshape(-1)
    return Texts(filled, [words(*pair) for pair in found.tolist()])


def _instead(texts: Texts, others: Texts, where: np.ndarray) -> Texts:
    """Put other words where they are asked for; only the values of this tile are carried on."""
    used, local = np.unique(texts.codes, return_inverse=True)
    kept = [texts.values[code] if code >= 0 else "" for code in used.tolist()]
    codes = np.where(texts.codes < 0, -1, local)
    return Texts(np.where(where & (others.codes >= 0), others.codes + len(kept), codes), [*kept, *others.values])


def _span(start: int, end: int) -> str:
    if start == UNDATED:
        return "date not stated"
    return span_words(_EPOCH + timedelta(start), _EPOCH + timedelta(end))


def _harm(killed: int, injured: int) -> str:
    said = [f"at least {count:,} {what}" for count, what in ((killed, "killed"), (injured, "injured")) if count >= 0]
    return "; ".join(said) + " (sum of the lowest counts stated)" if said else "not stated"
