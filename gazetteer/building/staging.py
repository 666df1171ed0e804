"""Places on their way into an index: on disk in the order in which they come, with little of each in memory."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path

import numpy as np
import shapely

from gazetteer.building.merging import family
from gazetteer.models import Place
from gazetteer.prominence import prominence
from gazetteer.sources import SourcePlace

_PEOPLE = 40  # bits; more than any place has
_STEPS = 10_000  # of prominence, which has four decimals
_BLOCK = 1 << 20
_VALUES = attrgetter(*Place.__struct_fields__)


class Staging:
    """Places by the number at which they came, in a file of their own.

    In memory stays of each where it lies in the file, its rank, its source, its point, its family, and the hashes of
    its ids: about 50 bytes. 13 million places take 0.7 GB, and 4 GB of disk while the index is built.

    Parameters
    ----------
    path : Path
        The file; :meth:`close` removes it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writing = path.open("wb", buffering=_BLOCK)
        self._reading = path.open("rb", buffering=0)
        self._ends = array("Q", [0])
        self._ranks, self._lats, self._lons = array("Q"), array("f"), array("f")
        self._family, self._ids, self._owners = array("I"), array("Q"), array("I")
        self.families: dict[str, int] = {}
        self.starts = [0]  # of each source; the last is where the next would start

    def __len__(self) -> int:
        return len(self._ranks)

    def add(self, sources: Iterable[SourcePlace]) -> Iterator[int]:
        """Take all that one source tells; yield how many it has been, every thousand."""
        for count, source in enumerate(sources, start=1):
            self._take(source)
            if count % 1000 == 0:
                yield count
        self._writing.flush()
        self.starts.append(len(self))

    def _take(self, source: SourcePlace) -> None:
        place, number = source.place, len(self._ranks)
        self._ends.append(self._ends[-1] + self._writing.write(_packed(source)))
        self._ranks.append(rank(place))
        self._lats.append(place.lat)
        self._lons.append(place.lon)
        self._family.append(self.families.setdefault(family(place), len(self.families)))
        for one in (place.place_id, *source.also):
            self._ids.append(hash(one) & (2**64 - 1))
            self._owners.append(number)

    def read(self, number: int) -> SourcePlace:
        """Return one place."""
        begin = self._ends[number]
        self._reading.seek(begin)
        return _unpacked(self._reading.read(self._ends[number + 1] - begin))

    def close(self) -> None:
        """Remove the file."""
        self._writing.close()
        self._reading.close()
        self._path.unlink(missing_ok=True)

    @property
    def ranks(self) -> np.ndarray:
        """Rank of each place; see :func:`rank`."""
        return np.frombuffer(self._ranks, np.uint64)

    @property
    def points(self) -> tuple[np.ndarray, np.ndarray]:
        """Latitudes and longitudes, to about two metres."""
        return np.frombuffer(self._lats, np.float32), np.frombuffer(self._lons, np.float32)

    @property
    def family_numbers(self) -> np.ndarray:
        """Family of each place, numbered by :attr:`families`."""
        return np.frombuffer(self._family, np.uint32)

    @property
    def ids(self) -> tuple[np.ndarray, np.ndarray]:
        """Hashes of all ids, and the place that has each."""
        return np.frombuffer(self._ids, np.uint64), np.frombuffer(self._owners, np.uint32)


def rank(place: Place) -> int:
    """Return a number that rises with prominence, and with inhabitants where that is equal."""
    steps = round(prominence(place) * _STEPS)
    return steps << _PEOPLE | min(max(place.population, 0), (1 << _PEOPLE) - 1)


def _packed(source: SourcePlace) -> bytes:
    drawn = None if source.geometry is None else shapely.to_wkb(source.geometry)
    told = (source.names, source.verbatim, drawn, source.also, source.other_sources)
    return marshal.dumps((*_VALUES(source.place), told))


def _unpacked(data: bytes) -> SourcePlace:
    *values, (names, verbatim, drawn, also, others) = marshal.loads(data)  # noqa: S302 - written by this process
    geometry = None if drawn is None else shapely.from_wkb(drawn)
    return SourcePlace(Place(*values), names, verbatim, geometry, also, others)
