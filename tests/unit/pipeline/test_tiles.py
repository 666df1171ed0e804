from __future__ import annotations

import pytest

from pipeline.errors import UsageError
from pipeline.tiles import checked_tiles, tiles_from


def test_osm_is_known_by_its_name():
    tiles = tiles_from("osm")
    assert tiles.origin == "https://tile.openstreetmap.org"
    assert "OpenStreetMap contributors" in tiles.credit


def test_nothing_asked_is_nothing_fetched():
    assert tiles_from("") is None


def test_a_port_stays_in_the_origin():
    assert tiles_from("http://127.0.0.1:8080/{z}/{x}/{y}").origin == "http://127.0.0.1:8080"


@pytest.mark.parametrize("text", [
    "google", "ftp://a.org/{z}/{x}/{y}", "https://a.org/{z}/{x}.png", "https://{s}.a.org/{z}/{x}/{y}",
    "https://[/{z}/{x}/{y}", "https://a.org; script-src */{z}/{x}/{y}", "https://u:p@a.org/{z}/{x}/{y}",
    "javascript:{z}{x}{y}", 'https://a.org"/{z}/{x}/{y}',
])  # fmt: skip
def test_what_could_widen_the_policy_is_refused_with_the_remedy(text):
    with pytest.raises(UsageError, match="give osm or https://HOST"):
        checked_tiles(text)
