"""The data tables of this package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def table(name: str) -> dict[str, Any]:
    """Return ``data/<name>.yaml`` of this package; callers must not change it.

    Examples
    --------
    >>> "acled" in table("kinds")["kinds"]
    True
    """
    text = files("pipeline.ingest.tabular").joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data
