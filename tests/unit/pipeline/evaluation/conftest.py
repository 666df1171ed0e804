"""Fixtures of the evaluation: a shared folder and a gazetteer small enough to see through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from evaluation_shared import make_shared

from gazetteer.index import Gazetteer


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    return make_shared(tmp_path / "shared")


@pytest.fixture
def gazetteer(small_index: Path) -> Iterator[Gazetteer]:
    with Gazetteer.open(small_index) as opened:
        yield opened
