"""Imports run downwards through the house: gazetteer at the bottom, the command line on top."""

from __future__ import annotations

import ast
import functools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# From the bottom up; a room imports only rooms before it. docs/architecture.md says what each is for.
ORDER = [
    "gazetteer", "errors", "memory", "models", "settings", "tiles", "parse", "fields", "codes",
    "spacy_parser", "ingest", "toponyms", "events", "corrections", "article", "extractors", "rows", "store", "engines",
    "frames", "products",
    "inputs", "geoparse", "brief", "run", "api", "__init__", "verify", "grow_rows", "grow", "evaluation",
    "terminal", "loopback", "reviewing", "serving", "fetching",
    "cli_gazetteer", "cli_evaluate", "cli_export", "cli_online", "cli_extractor", "cli_engine", "cli_tables",
    "cli_outcome", "cli_fetch", "cli_verify", "cli_review", "cli_serve", "cli_store", "cli",
]  # fmt: skip
# text -> records
READING = {
    "spacy_parser", "ingest", "toponyms", "events", "corrections", "article", "extractors", "rows", "engines", "store",
}  # fmt: skip
SHOWING = {"frames", "products"}  # records -> products


def room_of(module: str) -> str:
    first, _, rest = module.partition(".")
    return rest.split(".")[0] if first == "pipeline" and rest else first


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: import by the full name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@functools.cache
def crossings() -> list[tuple[str, str]]:
    """Every import from one room into another, as (importing module, room imported)."""
    found = set()
    for file in [*(ROOT / "gazetteer").rglob("*.py"), *(ROOT / "pipeline").rglob("*.py")]:
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        targets = {room_of(name) for name in imported(file) if name.split(".")[0] in {"gazetteer", "pipeline"}}
        found |= {(module, target) for target in targets - {room_of(module)}}
    return sorted(found)


def test_every_room_has_its_place() -> None:
    rooms = {room for module, target in crossings() for room in (room_of(module), target)}
    assert rooms <= set(ORDER), "give it a place in ORDER and in docs/architecture.md"
    assert {"gazetteer", "models", "events", "frames", "run", "cli"} <= rooms, "the tree was not read"


def test_imports_run_downwards() -> None:
    wrong = [(module, to) for module, to in crossings() if ORDER.index(to) >= ORDER.index(room_of(module))]
    assert wrong == []


def test_reading_and_showing_meet_only_above_them() -> None:
    wings = ((READING, SHOWING), (SHOWING, READING))
    wrong = [(m, to) for m, to in crossings() for here, there in wings if room_of(m) in here and to in there]
    assert wrong == []


def test_looking_a_name_up_loads_no_arrays_and_no_geometry() -> None:
    code = "import sys, gazetteer; print(sorted({'numpy', 'shapely', 'geopy', 'pandas'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
