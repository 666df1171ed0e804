"""What is known of each place, behind the database in the same file, mapped into memory and never read whole.

All of a place lies together, so that one page is touched for it: its numbers, then its box if it has one, then its
names. Before the places stand where each begins, the divisions that they lie in (few, and shared), and the sieve of the
names. SQLite ignores all of it, as it ignores the seal behind it. The operating system brings in the pages that are
touched and no others, so opening costs nothing.
"""

from __future__ import annotations

import mmap
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from struct import Struct
from typing import Any, BinaryIO, Self, TypeVar

from gazetteer.errors import SourceError
from gazetteer.models import Kind, Place
from gazetteer.sieve import Sieve, SieveWriter

Value = TypeVar("Value", str, tuple[str, str])
PARTS = ("starts", "divisions", "places", "sieve")
START = Struct("<Q")  # of a place, among the places
# lat, lon, uncertainty, population; where its division begins; how long its texts are, all and id with name; how long
# that of its division is; feature, country, source; has it a box?
ENTRY = Struct("<dddqQIIHHHHH2x")
_ENTRY_AT, _ENTRY_SIZE = ENTRY.unpack_from, ENTRY.size
_START_AT, _START_SIZE = START.unpack_from, START.size
_BOX = Struct("<dddd")
_POINT = Struct("<dd")
_COUNTRY = Struct("<H")
_COUNTRY_AT = 50
_KIND = Struct("<q20xH")  # population and feature
_KIND_AT = 24
_MOST = 2**16 - 1  # values of a numbered column
_DIVISIONS = 100_000  # texts of divisions that are remembered while writing, so that their towns share them


@dataclass(frozen=True, slots=True)
class Layout:
    """What the meta table says of the columns: bytes of each part, and the values that places only number.

    ``places`` are how many places have their point from each of ``sources``.
    """

    sizes: tuple[int, ...]
    features: tuple[tuple[str, str], ...]
    countries: tuple[str, ...]
    sources: tuple[str, ...]
    places: tuple[int, ...]

    @classmethod
    def read(cls, told: dict[str, Any]) -> Self:
        """Make it from what JSON kept; KeyError, TypeError or ValueError if that is something else."""
        sizes = tuple(int(size) for size in told["sizes"])
        if len(sizes) != len(PARTS) or sizes[0] % START.size:
            raise ValueError(f"sizes of {', '.join(PARTS)} expected, found {sizes}")
        features = tuple((str(a), str(b)) for a, b in told["features"])
        countries, sources = tuple(map(str, told["countries"])), tuple(map(str, told["sources"]))
        return cls(sizes, features, countries, sources, tuple(map(int, told["places"])))


class ColumnWriter:
    """Write places in the order of their numbers, to a file a part beside ``path``, then all behind a database.

    Parameters
    ----------
    path : Path
        Of the database.
    most : int
        About how many places there will be: the sieve of their names is made for so many.
    """

    def __init__(self, path: Path, most: int) -> None:
        self._paths = [path.with_name(f"{path.name}.{part}") for part in PARTS]
        self._files: list[BinaryIO] = [file.open("wb") for file in self._paths]
        self._written = [0] * len(PARTS)
        self._divisions: dict[str, tuple[int, int]] = {}
        self._features: dict[tuple[str, str], int] = {}
        self._countries: dict[str, int] = {}
        self._sources: dict[str, int] = {}
        self._places: list[int] = []
        self._sieve = SieveWriter(most)

    def add(self, place: Place, labels: Sequence[str], keys: Iterable[str]) -> None:
        """Write the next place; ``labels`` are its names, the preferred one first, ``keys`` what it is found by."""
        division = self._division(f"{place.admin1}\n{place.admin1_id}\n{place.admin2}")
        head = f"{place.place_id}\n{labels[0]}".encode()
        text = b"\n".join((head, *(label.encode() for label in labels[1:])))
        source = _numbered(self._sources, place.source, "sources")
        entry = ENTRY.pack(
            *(place.lat, place.lon, place.uncertainty_m, place.population),
            *(division[0], len(text), len(head), division[1]),
            _numbered(self._countries, place.country, "countries"),
            _numbered(self._features, (place.feature_class, place.feature_code), "features"),
            source,
            place.bbox is not None,
        )
        box = b"" if place.bbox is None else _BOX.pack(*place.bbox)
        self._write("starts", START.pack(self._write("places", entry + box + text)))
        self._places.extend([0] * (source + 1 - len(self._places)))
        self._places[source] += 1
        self._sieve.add(keys)

    def _write(self, part: str, data: bytes | bytearray) -> int:
        """Write to a part; return where in it."""
        number = PARTS.index(part)
        begins = self._written[number]
        self._written[number] += self._files[number].write(data)
        return begins

    def _division(self, text: str) -> tuple[int, int]:
        if text == "\n\n":
            return 0, 0
        if text not in self._divisions:
            if len(self._divisions) >= _DIVISIONS:
                self._divisions.clear()
            coded = text.encode()
            self._divisions[text] = self._write("divisions", coded), len(coded)
        return self._divisions[text]

    def layout(self) -> Layout:
        """Return what the meta table has to keep."""
        sizes = (*self._written[:-1], self._sieve.size)
        numbered = tuple(self._features), tuple(self._countries), tuple(self._sources)
        return Layout(sizes, *numbered, tuple(self._places))

    def append_to(self, database: Path) -> None:
        """Put the parts behind the last page of a database that is closed, and remove their files."""
        self._write("sieve", self._sieve.bits)
        self.close()
        with database.open("ab") as whole:
            for path in self._paths:
                with path.open("rb") as part:
                    shutil.copyfileobj(part, whole, 1 << 20)
        self.discard()

    def flushed(self, part: str) -> Path:
        """Return the file of a part, with all in it that was written."""
        number = PARTS.index(part)
        self._files[number].flush()
        return self._paths[number]

    def close(self) -> None:
        """Close the files of the parts."""
        for file in self._files:
            file.close()

    def discard(self) -> None:
        """Close and remove the files of the parts."""
        self.close()
        for path in self._paths:
            path.unlink(missing_ok=True)


def _numbered(known: dict[Value, int], value: Value, what: str) -> int:
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
        starts, divisions, places, sieve = layout.sizes
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._starts, self._divisions = start, start + starts
        self._places = self._divisions + divisions
        if self._places + places + sieve > len(self._bytes):
            raise ValueError("columns are cut short")
        self.count = starts // START.size
        self.sieve = Sieve(self._bytes, self._places + places, sieve)
        self._layout = layout
        self._division = lru_cache(maxsize=8_000)(self._read_division)

    def close(self) -> None:
        """Let go of the file."""
        self._bytes.close()

    def place(self, number: int) -> Place:
        """Return the place of a number."""
        return self.called(number, 0)[0]

    def called(self, number: int, which: int) -> tuple[Place, str]:
        """Return the place of a number and one of its names, which lie together."""
        data, kept = self._bytes, self._layout
        at: int = self._places + _START_AT(data, self._starts + number * _START_SIZE)[0]
        lat, lon, uncertainty, people, above, whole, head, wide, country, feature, source, boxed = _ENTRY_AT(data, at)
        at += _ENTRY_SIZE
        begins = at + _BOX.size if boxed else at
        texts = data[begins : begins + (whole if which else head)].split(b"\n", which + 2)  # few of many are decoded
        name = texts[1].decode()
        feature_class, feature_code = kept.features[feature]
        admin1, admin1_id, admin2 = self._division(above, wide) if wide else ("", "", "")
        place = Place(
            texts[0].decode(),
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
            self._box(at) if boxed else None,
            kept.sources[source],
        )
        return place, texts[which + 1].decode() if which else name

    def labels(self, number: int) -> list[str]:
        """Return the names of a place, the preferred one first."""
        return self._texts(number).decode().split("\n")[1:]

    def label(self, number: int, which: int) -> str:
        """Return one of the names of a place, without reading the rest of them."""
        return self._texts(number).split(b"\n", which + 2)[which + 1].decode()

    def _texts(self, number: int) -> bytes:
        """Return the id and the names of a place, a line each."""
        at = self._entry(number)
        *_, length, _, _, _, _, _, boxed = ENTRY.unpack_from(self._bytes, at)
        begins = at + ENTRY.size + (_BOX.size if boxed else 0)
        return self._bytes[begins : begins + length]

    def country(self, number: int) -> str:
        """Return the country of a place, without reading the rest of it."""
        (found,) = _COUNTRY.unpack_from(self._bytes, self._entry(number) + _COUNTRY_AT)
        return self._layout.countries[int(found)]

    def kind(self, number: int) -> Kind:
        """Return what a place is, without reading the rest of it."""
        people, feature = _KIND.unpack_from(self._bytes, self._entry(number) + _KIND_AT)
        feature_class, feature_code = self._layout.features[feature]
        return Kind(feature_class, feature_code, people)

    def point(self, number: int) -> tuple[float, float]:
        """Return (lat, lon) of a place, without reading the rest of it."""
        lat, lon = _POINT.unpack_from(self._bytes, self._entry(number))
        return lat, lon

    def source_counts(self) -> dict[str, int]:
        """Return how many places have their point from each source."""
        return dict(sorted(zip(self._layout.sources, self._layout.places, strict=True)))

    def _entry(self, number: int) -> int:
        (begins,) = START.unpack_from(self._bytes, self._starts + number * START.size)
        return self._places + int(begins)

    def _read_division(self, begins: int, length: int) -> tuple[str, str, str]:
        begins += self._divisions
        name, place_id, second = self._bytes[begins : begins + length].decode().split("\n")
        return name, place_id, second

    def _box(self, at: int) -> tuple[float, float, float, float]:
        west, south, east, north = _BOX.unpack_from(self._bytes, at)
        return west, south, east, north
