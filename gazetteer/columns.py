"""The columns of the places: one record of fixed length each, and their texts, mapped into memory and never read whole.

They follow the database in the same file, right behind its last page: records, boxes, texts. SQLite ignores them, as it
ignores the seal behind them. The operating system brings in the pages that are touched and no others, so opening costs
nothing, and a place costs one look at its record and one at its texts.
"""

from __future__ import annotations

import mmap
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from struct import Struct
from typing import Any, BinaryIO, Self, TypeVar

from gazetteer.errors import SourceError
from gazetteer.models import Place

Kind = TypeVar("Kind", str, tuple[str, str])
PARTS = ("records", "boxes", "texts")
# lat, lon, uncertainty, population; where its texts begin, and those of its division; how long its texts are, all and
# id with name; number of its box (0: none); how long those of its division are; feature, country, source; romanised?
RECORD = Struct("<dddqQQIIIHHHHH2x")
_BOX = Struct("<dddd")
_POINT = Struct("<dd")
_COUNTRY = Struct("<H")
_COUNTRY_AT, _SOURCE_AT, _ROMANISED_AT = 64, 66, 68
_TEXT = Struct("<QQI")
_TEXT_AT = 32
_MOST = 2**16 - 1  # values of a numbered column
_DIVISIONS = 100_000  # texts of divisions that are remembered while writing, so that their towns share them


@dataclass(frozen=True, slots=True)
class Layout:
    """What the meta table says of the columns: bytes of each part, and the values that records only number."""

    sizes: tuple[int, ...]
    features: tuple[tuple[str, str], ...]
    countries: tuple[str, ...]
    sources: tuple[str, ...]

    @classmethod
    def read(cls, told: dict[str, Any]) -> Self:
        """Make it from what JSON kept; KeyError, TypeError or ValueError if that is something else."""
        sizes = tuple(int(size) for size in told["sizes"])
        if len(sizes) != len(PARTS) or sizes[0] % RECORD.size:
            raise ValueError(f"sizes of {', '.join(PARTS)} expected, found {sizes}")
        features = tuple((str(a), str(b)) for a, b in told["features"])
        return cls(sizes, features, tuple(map(str, told["countries"])), tuple(map(str, told["sources"])))


class ColumnWriter:
    """Write places in the order of their numbers, to a file a part beside ``path``, then all behind a database."""

    def __init__(self, path: Path) -> None:
        self._paths = [path.with_name(f"{path.name}.{part}") for part in PARTS]
        self._files: list[BinaryIO] = [file.open("wb") for file in self._paths]
        self._boxes = self._texts = 0
        self._divisions: dict[str, tuple[int, int]] = {}
        self._features: dict[tuple[str, str], int] = {}
        self._countries: dict[str, int] = {}
        self._sources: dict[str, int] = {}

    def add(self, place: Place, labels: Sequence[str], *, romanised: bool) -> None:
        """Write the next place; ``labels`` are its names, the preferred one first."""
        division = self._division(f"{place.admin1}\n{place.admin1_id}\n{place.admin2}")
        head = f"{place.place_id}\n{labels[0]}".encode()
        text = b"\n".join((head, *(label.encode() for label in labels[1:])))
        begins = self._write(text)
        record = RECORD.pack(
            *(place.lat, place.lon, place.uncertainty_m, place.population),
            *(begins, division[0], len(text), len(head), self._box(place), division[1]),
            _numbered(self._features, (place.feature_class, place.feature_code), "features"),
            _numbered(self._countries, place.country, "countries"),
            _numbered(self._sources, place.source, "sources"),
            romanised,
        )
        self._files[0].write(record)

    def _write(self, text: bytes) -> int:
        self._files[2].write(text)
        begins, self._texts = self._texts, self._texts + len(text)
        return begins

    def _division(self, text: str) -> tuple[int, int]:
        if text == "\n\n":
            return 0, 0
        if text not in self._divisions:
            if len(self._divisions) >= _DIVISIONS:
                self._divisions.clear()
            coded = text.encode()
            self._divisions[text] = self._write(coded), len(coded)
        return self._divisions[text]

    def _box(self, place: Place) -> int:
        if place.bbox is None:
            return 0
        self._files[1].write(_BOX.pack(*place.bbox))
        self._boxes += 1
        return self._boxes

    def layout(self) -> Layout:
        """Return what the meta table has to keep."""
        sizes = tuple(file.tell() for file in self._files)
        return Layout(sizes, tuple(self._features), tuple(self._countries), tuple(self._sources))

    def append_to(self, database: Path) -> None:
        """Put the parts behind the last page of a database that is closed, and remove their files."""
        self.close()
        with database.open("ab") as whole:
            for path in self._paths:
                with path.open("rb") as part:
                    shutil.copyfileobj(part, whole, 1 << 20)
        self.discard()

    def close(self) -> None:
        """Close the files of the parts."""
        for file in self._files:
            file.close()

    def discard(self) -> None:
        """Close and remove the files of the parts."""
        self.close()
        for path in self._paths:
            path.unlink(missing_ok=True)


def _numbered(known: dict[Kind, int], value: Kind, what: str) -> int:
    number = known.setdefault(value, len(known))
    if number > _MOST:
        raise SourceError(f"more than {_MOST:,} {what}: {value!r} is one too many; look at what was added last")
    return number


class Columns:
    """The columns of an index, opened for reading.

    Parameters
    ----------
    path : Path
        The index.
    start : int
        Where they begin: the length of the database in bytes.
    layout : Layout

    Raises
    ------
    ValueError
        The file is shorter than database and columns together.
    """

    def __init__(self, path: Path, start: int, layout: Layout) -> None:
        records, boxes, texts = layout.sizes
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._records, self._boxes, self._texts = start, start + records, start + records + boxes
        if self._texts + texts > len(self._bytes):
            raise ValueError("columns are cut short")
        self.count = records // RECORD.size
        self._layout = layout
        self._division = lru_cache(maxsize=20_000)(self._read_division)

    def close(self) -> None:
        """Let go of the file."""
        self._bytes.close()

    def place(self, number: int) -> Place:
        """Return the place of a number."""
        lat, lon, uncertainty, people, begins, above, _, head, box, wide, feature, country, source, _ = (
            RECORD.unpack_from(self._bytes, self._records + number * RECORD.size)
        )
        begins += self._texts
        place_id, _, name = self._bytes[begins : begins + head].decode().partition("\n")
        kept = self._layout
        feature_class, feature_code = kept.features[feature]
        admin1, admin1_id, admin2 = self._division(above, wide) if wide else ("", "", "")
        return Place(
            place_id,
            name,
            lat,
            lon,
            feature_class,
            feature_code,
            kept.countries[country],
            admin1,
            admin1_id,
            admin2,
            people,
            uncertainty,
            self._box(box) if box else None,
            kept.sources[source],
        )

    def labels(self, number: int) -> list[str]:
        """Return the names of a place, the preferred one first."""
        begins, _, length = _TEXT.unpack_from(self._bytes, self._records + number * RECORD.size + _TEXT_AT)
        begins += self._texts
        return self._bytes[begins : begins + length].decode().split("\n")[1:]

    def country(self, number: int) -> str:
        """Return the country of a place, without reading the rest of it."""
        (found,) = _COUNTRY.unpack_from(self._bytes, self._records + number * RECORD.size + _COUNTRY_AT)
        return self._layout.countries[int(found)]

    def point(self, number: int) -> tuple[float, float]:
        """Return (lat, lon) of a place, without reading the rest of it."""
        lat, lon = _POINT.unpack_from(self._bytes, self._records + number * RECORD.size)
        return lat, lon

    def source_counts(self) -> dict[str, int]:
        """Return how many places have their point from each source."""
        import numpy as np  # noqa: PLC0415 - looking a name up needs none of it

        column = np.ndarray(self.count, "<u2", self._bytes, self._records + _SOURCE_AT, RECORD.size)
        counts = np.bincount(column, minlength=len(self._layout.sources))
        return {key: int(count) for key, count in sorted(zip(self._layout.sources, counts, strict=True))}

    def is_romanised(self, number: int) -> bool:
        """Whether the names of a place reach the news through transliteration."""
        return self._bytes[self._records + number * RECORD.size + _ROMANISED_AT] != 0

    def _read_division(self, begins: int, length: int) -> tuple[str, str, str]:
        begins += self._texts
        name, place_id, second = self._bytes[begins : begins + length].decode().split("\n")
        return name, place_id, second

    def _box(self, number: int) -> tuple[float, float, float, float]:
        west, south, east, north = _BOX.unpack_from(self._bytes, self._boxes + (number - 1) * _BOX.size)
        return west, south, east, north
