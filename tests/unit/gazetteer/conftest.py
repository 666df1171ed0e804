from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_world import SMALL_WORLD

from gazetteer.build import build
from gazetteer.index import Gazetteer


@pytest.fixture(scope="session")
def index_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("gazetteer") / "small.sqlite", sources=SMALL_WORLD).path


@pytest.fixture
def gazetteer(index_path: Path) -> Iterator[Gazetteer]:
    with Gazetteer.open(index_path) as opened:
        yield opened
