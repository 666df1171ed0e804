"""GDELT's event files have no line of names: they are known by their number of columns and by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.ingest.tabular.tables import table

_DAY = re.compile(r"(?:19|20)\d{6}")
_NUMBER = re.compile(r"\d+")


def names_for(first: Sequence[str]) -> tuple[str, ...] | None:
    """Return the names of the columns of a GDELT event file without a line of names; None for any other file.

    Parameters
    ----------
    first : sequence of str
        Cells of the first row.

    Examples
    --------
    >>> row = ["410", "20231120", "202311", "2023", "2023.87", *[""] * 52]
    >>> names_for(row)[:2]
    ('GLOBALEVENTID', 'SQLDATE')
    >>> names_for(["date", "place"]) is None
    True
    """
    names = _layouts().get(len(first))
    if names is None or not (_NUMBER.fullmatch(first[0]) and _DAY.fullmatch(first[1])):
        return None
    return names if first[2] == first[1][:6] and first[3] == first[1][:4] else None


@cache
def _layouts() -> dict[int, tuple[str, ...]]:
    """Return the names of the columns of each layout, by their number."""
    layouts = (tuple(names.split()) for names in table("gdelt_columns").values())
    return {len(names): names for names in layouts}
