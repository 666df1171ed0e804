"""Fixtures that tests of several packages share."""

from __future__ import annotations

import pytest
from small_run import SmallAtlas, small_claims, small_events, small_report

from pipeline.frames import Layers, build_layers


@pytest.fixture
def atlas() -> SmallAtlas:
    return SmallAtlas()


@pytest.fixture
def small_layers(atlas: SmallAtlas) -> Layers:
    """Six events (one of each precision and one unplaced), two claims, five areas, six mentions."""
    return build_layers([small_report()], small_events(), small_claims(), gazetteer=atlas)


@pytest.fixture
def empty_layers(atlas: SmallAtlas) -> Layers:
    return build_layers([], [], [], gazetteer=atlas)
