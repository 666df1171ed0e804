"""Whom to credit: the sources of the places that the products show."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.frames import Layers

__all__ = ["Credit", "attribution_lines", "credits_of"]

#: Drawn whatever the events: the map's outlines and names, the areas of provinces and countries.
_ALWAYS = ("geonames", "natural_earth")


@dataclass(frozen=True, slots=True)
class Credit:
    """A source in use: its key, name, licence and whom to credit; a user's words for what a user added."""

    key: str
    name: str
    licence: str
    attribution: str


def credits_of(
    layers: Layers, sources: Mapping[str, Mapping[str, object]], sources_of: Callable[[str], Sequence[str]]
) -> tuple[Credit, ...]:
    """Return the sources of all places in the layers, runners-up too, by key.

    Parameters
    ----------
    layers : Layers
    sources : mapping
        Key -> name, licence, attribution, as ``Gazetteer.info()["sources"]`` has them.
    sources_of : callable
        From a place id to the keys of the sources that know it; KeyError where no place has the id.

    Examples
    --------
    >>> from pipeline.frames import layer_from_rows
    >>> empty = Layers(*(layer_from_rows(name, []) for name in ("events", "claims", "areas", "mentions")))
    >>> [credit.key for credit in credits_of(empty, {}, lambda _: ())]
    ['geonames', 'natural_earth']
    """
    used = {*_ALWAYS, *_parts(layers.events["place_source"])}
    for place_id in _place_ids(layers):
        try:
            used.update(sources_of(place_id))
        except KeyError:  # a footprint's id, or a place of another index: its row names the source
            continue
    return tuple(_credit(key, sources.get(key, {})) for key in sorted(used - {""}))


def attribution_lines(credited: Iterable[Credit]) -> list[str]:
    """Return whom to credit, each once.

    Examples
    --------
    >>> attribution_lines([Credit("a", "A", "CC0", "Ann"), Credit("b", "B", "CC0", "Ann")])
    ['Ann']
    """
    return list(dict.fromkeys(credit.attribution for credit in credited))


def _credit(key: str, row: Mapping[str, object]) -> Credit:
    return Credit(key, *(str(row.get(column) or key) for column in ("name", "licence", "attribution")))


def _place_ids(layers: Layers) -> set[str]:
    """Return the ids of the places that events and mentions were put at, and of those they could be at."""
    found = {*_parts(layers.events["place_id"]), *_others(layers.events["geo_alternatives"])}
    for some in layers.batches("mentions"):
        found.update(_parts(some["place_id"]), _others(some["alternatives"]))
    return found - {""}


def _others(column: pd.Series) -> set[str]:
    """Return the ids of the places in a column of runners-up."""
    return {str(other["place_id"]) for cell in column.dropna().unique() for other in json.loads(cell)}


def _parts(column: pd.Series) -> set[str]:
    return {part.strip() for cell in column.dropna().unique() for part in str(cell).split(";")}
