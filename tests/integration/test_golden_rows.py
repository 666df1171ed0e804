"""Every field of every event and claim of the examples and the seed, as when somebody last read the difference."""

from __future__ import annotations

import importlib.util
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from command import SHARED

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("built_index")]

TOOL = Path(__file__).parents[2] / "tools" / "make_golden.py"
SEED = SHARED / "articles" / "seed.txt"
SLACK = 0.02  # scores move in the last digits between processors


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("make_golden", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def stored(tool, *, seed: bool) -> dict[str, Any]:
    files = [p for p in sorted(tool.GOLDEN.glob("*.json")) if (p.stem == tool.SEED) == seed]
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in files}


def differences(old: object, new: object, at: str = "") -> Iterator[str]:
    """Yield where two values differ, as a path with both values."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in sorted(old.keys() | new.keys()):
            yield from differences(old.get(key), new.get(key), f"{at}/{key}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from differences(one, other, f"{at}/{number}")
    elif not same(old, new):
        yield f"{at}: was {old!r}, is {new!r}"


def same(old: object, new: object) -> bool:
    numbers = all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in (old, new))
    return math.isclose(old, new, abs_tol=SLACK) if numbers else old == new


def told(found: Sequence[str]) -> str:
    remedy = f"{len(found)} differences; if they are right, run tools/make_golden.py and read them in git"
    return "\n".join([*found[:40], remedy])


def test_the_examples_are_as_they_were(tool):
    found = list(differences(stored(tool, seed=False), tool.example_rows()))
    assert not found, told(found)


@pytest.mark.skipif(not SEED.is_file(), reason="shared/articles/seed.txt is missing")
def test_the_seed_is_as_it_was(tool):
    found = list(differences(stored(tool, seed=True), tool.seed_rows(SEED)))
    assert not found, told(found)


def test_a_moved_field_shows():
    assert list(differences({"a": [{"lat": 33.0}]}, {"a": [{"lat": 33.5}]})) == ["/a/0/lat: was 33.0, is 33.5"]
    assert list(differences({"a": [1]}, {"a": [1, 2]})) == ["/a: was [1], is [1, 2]"]
    assert not list(differences({"score": 0.911}, {"score": 0.912}))
