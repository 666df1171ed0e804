"""From reports to events on a map; for scripts and notebooks, the names of :mod:`pipeline.api`.

Examples
--------
>>> import pipeline
>>> layers = pipeline.read_events("examples", as_of="2024-02-29")  # doctest: +SKIP
>>> pipeline.write_map(layers, "map.html")  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.api import MapPage, load_events, read_events, write_map

__all__ = ["MapPage", "load_events", "read_events", "write_map"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Load what the name stands for when it is asked for: importing a room loads none of the others."""
    if name in __all__:
        return getattr(import_module("pipeline.api"), name)
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
