"""A site on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from site_here import Site, site


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as made:
        yield made
