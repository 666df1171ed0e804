#!/usr/bin/env python3
"""Hold the locked dependencies against tools/advisories.yaml, a list of published faults kept in the repository.

usage: audit.py [LOCK ...]

Exit code 1 if a locked version is affected, or a lock file names a package without a version.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[1]
LOCKS = (ROOT / "requirements.lock", ROOT / "requirements-dev.lock")
ADVISORIES = Path(__file__).with_name("advisories.yaml")
_PIN = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:==\s*(?P<version>[^\s;\\]+))?")


@dataclass(frozen=True, slots=True)
class Advisory:
    """A published fault: its id, the versions that have it, and what it is."""

    package: str
    id: str
    affected: SpecifierSet
    what: str


@dataclass(frozen=True, slots=True)
class Known:
    """All advisories of the list, and the day up to which they were collected."""

    through: date
    advisories: tuple[Advisory, ...]


def known(path: Path = ADVISORIES) -> Known:
    """Read the list; an entry that is not id, versions and words fails here."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    rows = ((package, *entry) for package, entries in raw["advisories"].items() for entry in entries)
    found = tuple(Advisory(normal(package), number, SpecifierSet(span), what) for package, number, span, what in rows)
    return Known(raw["known_through"], found)


def normal(name: str) -> str:
    """Return a package's name as PEP 503 has it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(text: str) -> Iterator[tuple[str, str]]:
    """Yield (package, version) for each requirement of a lock file; the version is empty where none is pinned."""
    for line in text.splitlines():
        if line and not line.startswith(("#", " ", "\t", "-")) and (match := _PIN.match(line)):
            yield normal(match["name"]), match["version"] or ""


def affected(locked: Iterable[tuple[str, str]], advisories: Sequence[Advisory]) -> Iterator[str]:
    """Yield a line for each locked version that has a published fault, or that is none."""
    by_name: Mapping[str, list[Advisory]] = {
        name: [one for one in advisories if one.package == name] for name in {one.package for one in advisories}
    }
    for name, version in locked:
        if not version:
            yield f"{name}: no version is pinned"
            continue
        for one in by_name.get(name, ()):
            if one.affected.contains(version, prereleases=True):
                yield f"{name} {version}: {one.id} ({one.affected}): {one.what}"


def main(arguments: Sequence[str]) -> int:
    """Audit the lock files; return the exit code."""
    listed = known()
    paths = [Path(argument) for argument in arguments] or LOCKS
    locked = sorted({pin for path in paths for pin in pins(path.read_text("utf-8"))})
    faults = list(affected(locked, listed.advisories))
    for fault in faults:
        print(fault)
    print(
        f"{len(locked)} locked packages, {len(faults)} with a fault of the {len(listed.advisories)} in "
        f"{ADVISORIES.name}, which knows nothing after {listed.through}"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
