"""The data tables of this package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from gazetteer.tables import parsed_yaml


@cache
def table(name: str) -> dict[str, Any]:
    """Return ``data/<name>.yaml`` of this package; callers must not change it.

    Examples
    --------
    >>> sorted(table("dates"))
    ['long_months', 'months', 'weekdays']
    """
    text = files("pipeline.ingest").joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = parsed_yaml(text)
    return data
