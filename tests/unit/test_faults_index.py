"""docs/faults.md names tests that exist, and SECURITY.md too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
SHARED = ROOT.parent / "shared" / "design" / "faults.md"


def named(document: str) -> list[tuple[str, str]]:
    return NAMED.findall((ROOT / document).read_text("utf-8"))


@pytest.mark.parametrize("document", ["docs/faults.md", "SECURITY.md"])
def test_every_test_that_is_named_exists(document):
    found = named(document)
    assert len(found) > 5
    missing = [f"{path}::{name}" for path, name in found if not defines(ROOT / path, name)]
    assert missing == []


def defines(path: Path, name: str) -> bool:
    return path.is_file() and (not name or f"\ndef {name}(" in path.read_text("utf-8"))


def rows(text: str) -> list[str]:
    table = text.split("\n## ", maxsplit=1)[0] if text.startswith("# Faults") else text
    return [line for line in table.splitlines() if line.startswith("| ") and not line.startswith("| fault |")]


def test_every_row_names_a_test():
    told = rows((ROOT / "docs" / "faults.md").read_text("utf-8"))
    assert len(told) == 22
    assert [row for row in told if not NAMED.search(row)] == []


@pytest.mark.skipif(not SHARED.is_file(), reason="shared/design/faults.md is missing")
def test_every_promise_of_the_design_has_its_row():
    assert len(rows(SHARED.read_text("utf-8"))) <= len(rows((ROOT / "docs" / "faults.md").read_text("utf-8")))
