"""Events -> the columns of the tiles: text as numbers into its values, words made once for all that share them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from pipeline.products.map.data import plain_rows
from pipeline.products.map.words import date_words, day_of, harm_words, place_precision_words
from pipeline.products.points.mvt import Texts
from pipeline.products.points.order import MARKS, Ints, Placed, placed

__all__ = ["NUMBERS", "Table", "table_of"]

#: Summed where events are gathered; the largest for ``uncertainty_m``. All are -1 where the text says nothing.
NUMBERS: Final = ("low", "injuries_low", "uncertainty_m")
_TEXTS: Final = (
    "event_type", "event_status", "sub_event_type", "location", "admin1", "country", "perpetrator", "target", "actor1",
    "actor2", "confidence_level",
)  # fmt: skip
_DATE: Final = ("date_start", "date_end", "event_date", "time_precision", "date_prec")
_HARM: Final = ("low", "best", "high", "injuries_low", "injuries_best", "injuries_high", "count_qualifier")
_PRECISION: Final = ("where_prec", "geo_precision", "uncertainty_m")


@dataclass(frozen=True, slots=True)
class Table:
    """The placed events, sorted, with what a tile says of each."""

    placed: Placed
    texts: Mapping[str, Texts]
    numbers: Mapping[str, Ints]


def table_of(events: gpd.GeoDataFrame) -> Table:
    """Return the columns of the tiles.

    Parameters
    ----------
    events : GeoDataFrame
        With the columns of ``pipeline/data/fields.yaml``.

    Examples
    --------
    >>> from pipeline.frames import layer_from_rows
    >>> sorted(table_of(layer_from_rows("events", [])).numbers)
    ['injuries_low', 'low', 'uncertainty_m']
    """
    at = placed(events)
    texts = {name: _texts(events[name].iloc[at.order]) for name in _TEXTS}
    texts |= {
        "mark": Texts(at.mark, MARKS),
        "date": _worded(events, at.order, _DATE, _when),
        "harm": _worded(events, at.order, _HARM, harm_words),
        "precision": _worded(events, at.order, _PRECISION, place_precision_words),
    }
    numbers = {name: events[name].iloc[at.order].astype("float64").fillna(-1).round() for name in NUMBERS}
    return Table(at, texts, {name: column.to_numpy(np.int64) for name, column in numbers.items()})


def _texts(column: pd.Series[str]) -> Texts:
    """Return a column as codes; no text and "" are -1."""
    codes, values = pd.factorize(column.replace("", None).astype(object))
    return Texts(codes.astype(np.int64), [str(value) for value in values])


def _worded(
    events: gpd.GeoDataFrame, order: Ints, names: Sequence[str], words: Callable[[Mapping[str, Any]], str]
) -> Texts:
    """Say in words what some columns hold, once for each combination."""
    frame = pd.DataFrame({name: events[name].iloc[order].reset_index(drop=True) for name in names})
    groups = frame.groupby(list(names), dropna=False, sort=False, observed=True)
    codes = groups.ngroup().to_numpy().astype(np.int64)
    firsts = np.unique(codes, return_index=True)[1]
    return Texts(codes, [words(row) for row in plain_rows(frame.iloc[firsts])])


def _when(row: Mapping[str, Any]) -> str:
    start: date | None = day_of(row["date_start"] or row["event_date"])
    return date_words(start, day_of(row["date_end"]), row["time_precision"], row["date_prec"])
