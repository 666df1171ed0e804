"""One importer per source; all yield :class:`SourcePlace`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from msgspec import structs
from shapely.geometry.base import BaseGeometry

from gazetteer.models import Place

Progress = Callable[[str, int, int], None]  # what is being done, how many of how many


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """A place with its names, as one source has it.

    Parameters
    ----------
    place : Place
    names : tuple of str
        Other names, in any script; found whatever their case and marks.
    verbatim : tuple of str
        Codes and abbreviations, found only as written ("US", "Ky.", "ORAA").
    geometry : shapely geometry or None
        Polygon, (lon, lat).
    also : tuple of str
        Ids under which other sources know the place.
    other_sources : tuple of str
        Keys of the sources beside ``place.source`` that told of it.
    """

    place: Place
    names: tuple[str, ...] = ()
    verbatim: tuple[str, ...] = ()
    geometry: BaseGeometry | None = None
    also: tuple[str, ...] = ()
    other_sources: tuple[str, ...] = ()

    def merged_with(self, other: SourcePlace) -> SourcePlace:
        """Return this place with the names, ids, inhabitants and divisions of ``other`` added."""
        mine, theirs = self.place, other.place
        place = structs.replace(
            mine,
            population=mine.population or theirs.population,
            admin1=mine.admin1 or theirs.admin1,
            admin1_id=mine.admin1_id or theirs.admin1_id,
            admin2=mine.admin2 or theirs.admin2,
        )
        return SourcePlace(
            place,
            (*self.names, theirs.name, *other.names),
            (*self.verbatim, *other.verbatim),
            self.geometry or other.geometry,
            (*self.also, theirs.place_id, *other.also),
            tuple(
                dict.fromkeys(k for k in (*self.other_sources, theirs.source, *other.other_sources) if k != mine.source)
            ),
        )


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Say nothing."""
