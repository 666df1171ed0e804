"""Fixtures: the layers of :mod:`briefing_rows`, and a briefing written from layers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from briefing_rows import VERSIONS, claim_rows, event_rows, layers_of, mention_rows

from pipeline.frames import Layers
from pipeline.products.briefing import Region, write_briefing


@pytest.fixture
def layers() -> Layers:
    return layers_of(event_rows(), claim_rows(), mentions=mention_rows())


@pytest.fixture
def no_layers() -> Layers:
    return layers_of([], areas=[])


Written = Callable[..., tuple[str, str]]


@pytest.fixture
def write(tmp_path: Path) -> Written:
    """Write a briefing and return (HTML, Markdown)."""

    def written(
        layers: Layers, *, region: Region | None = None, period: tuple[date, date] | None = None, **origin: Any
    ) -> tuple[str, str]:
        made = {"versions": VERSIONS, "generated": "2023-11-27"} | origin
        html, markdown = write_briefing(layers, tmp_path, region=region, period=period, **made)
        return html.read_text("utf-8"), markdown.read_text("utf-8")

    return written


@pytest.fixture
def week() -> tuple[date, date]:
    last = date(2023, 11, 26)
    return last - timedelta(days=6), last
