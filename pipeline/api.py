"""What scripts and notebooks use: reports in, GeoDataFrames out, and a map that shows itself."""

from __future__ import annotations

import html
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from os import PathLike
from pathlib import Path

import geopandas as gpd

from gazetteer import Gazetteer
from pipeline.errors import UsageError
from pipeline.frames import Layers, conform_layer, layer_from_rows
from pipeline.products.credits import attribution_lines
from pipeline.products.files import write_text
from pipeline.products.load import load_layers
from pipeline.products.map import render_map
from pipeline.run import credited_in, read_layers
from pipeline.settings import Settings
from pipeline.tiles import tiles_from

__all__ = ["MapPage", "load_events", "read_events", "write_map"]

_PathLike = str | PathLike[str]
_FRAME = (
    '<iframe title="{title}" srcdoc="{page}" style="width:100%;height:{height}px;border:0" allowfullscreen></iframe>'
)


@dataclass(frozen=True, slots=True)
class MapPage:
    """A self-contained map; the last value of a notebook's cell, it shows itself, as a ``folium.Map`` does.

    Parameters
    ----------
    html : str
        The whole page.
    title : str
        What it is called.
    height : int
        Pixels that it takes in a notebook.
    """

    html: str = field(repr=False)
    title: str = ""
    height: int = 640

    def _repr_html_(self) -> str:
        """Return the page in a frame of its own, so that neither its styles nor its scripts meet the notebook's."""
        return _FRAME.format(title=html.escape(self.title), page=html.escape(self.html), height=int(self.height))

    def save(self, path: _PathLike) -> Path:
        """Write the page; the old file or the new one, never half.

        Raises
        ------
        OutputError
            If the file cannot be written.
        """
        write_text(Path(path), self.html)
        return Path(path)


def read_events(
    *paths: _PathLike, as_of: str | date | None = None, settings: Settings | None = None, quiet: bool = True
) -> Layers:
    """Read reports and tables, as ``sitmap map`` does, into GeoDataFrames; nothing is written.

    Parameters
    ----------
    *paths : path
        Files and folders of reports and tables.
    as_of : date or str, optional
        Date of collection (ISO 8601), for texts that give no year.
    settings : Settings, optional
        All else that the command line takes; its inputs and date are those given here.
    quiet : bool
        No progress bars.

    Returns
    -------
    Layers
        ``events``, ``claims``, ``areas`` and ``mentions`` in EPSG:4326; the columns are those of ``docs/codebook.md``.

    Raises
    ------
    InputError
        If a path does not exist, or nothing in it could be read.
    UsageError
        If ``as_of`` is no date.

    Examples
    --------
    >>> layers = read_events("examples", as_of="2024-02-29")  # doctest: +SKIP
    >>> layers.events[["event_date", "sub_event_type", "location"]]  # doctest: +SKIP
    """
    asked = settings or Settings(inputs=(), out=Path())
    return read_layers(replace(asked, inputs=tuple(map(Path, paths)), as_of=_day(as_of)), quiet=quiet)


def _day(told: str | date | None) -> date | None:
    try:
        return date.fromisoformat(told) if isinstance(told, str) else told
    except ValueError as error:
        raise UsageError(f"as_of={told!r}: no date ({error}); write it as in '2023-11-22'") from error


def load_events(folder: _PathLike) -> Layers:
    """Return the GeoDataFrames of what ``sitmap map`` wrote to a folder.

    Raises
    ------
    InputError
        If the folder does not hold a run's outputs.

    Examples
    --------
    >>> load_events("outputs").events.crs.to_epsg()  # doctest: +SKIP
    4326
    """
    return load_layers(Path(folder))


def write_map(
    frames: Layers | gpd.GeoDataFrame, path: _PathLike | None = None, *, title: str = "Situation map",
    generated: str | None = None, tiles: str = "",
) -> MapPage:  # fmt: skip
    """Return the map of the frames, which shows itself in a notebook; write it too where a path is given.

    Parameters
    ----------
    frames : Layers or geopandas.GeoDataFrame
        What :func:`read_events` or :func:`load_events` returns, or events of these alone, picked as you like.
    path : path, optional
        The HTML file to write.
    title : str
        Title of the page; shown as it is.
    generated : str, optional
        When the map was made, in words; now, if not said.
    tiles : str
        ``osm`` or a template of addresses of map tiles; empty: the map asks the network for nothing.

    Raises
    ------
    ContractError
        If a column that the map needs is missing; it is named.
    OutputError
        If the file cannot be written.

    Examples
    --------
    >>> layers = load_events("outputs")  # doctest: +SKIP
    >>> write_map(layers.events[layers.events.fatalities_best > 0], title="Deadly events")  # doctest: +SKIP
    """
    layers = frames if isinstance(frames, Layers) else _alone(frames)
    with Gazetteer.open() as gazetteer:
        attribution = attribution_lines(credited_in(layers, gazetteer))
    when = datetime.now().astimezone().isoformat(timespec="minutes") if generated is None else generated
    page = MapPage(
        render_map(layers, title=title, generated=when, attribution=attribution, tiles=tiles_from(tiles)), title
    )
    if path is not None:
        page.save(path)
    return page


def _alone(events: gpd.GeoDataFrame) -> Layers:
    """Return events without the footprints, claims and mentions that came with them."""
    rest = (layer_from_rows(name, []) for name in ("claims", "areas", "mentions"))
    return Layers(conform_layer(events, "events"), *rest)
