"""Fixtures that tests of the pipeline share."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_world import SMALL_WORLD

from gazetteer.build import build


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of a world small enough to see through."""
    return build(tmp_path_factory.mktemp("gazetteer") / "small.sqlite", sources=SMALL_WORLD).path
