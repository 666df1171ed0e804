from __future__ import annotations

import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tools"))
from vendor_points import COUNTRY_POINTS, NEWER_POINTS, write_country_points


def rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["iso2"]: row for row in csv.DictReader(file)}


def test_a_country_stands_where_the_newer_list_puts_it_then_the_older_copy(tmp_path, monkeypatch):
    monkeypatch.setattr("vendor_points.COUNTRY_POINTS", tmp_path / "points.csv")
    canada, kosovo, guam = 6251999, 831053, 4043988
    old = dict.fromkeys((canada, kosovo, guam), ("", "", 1.5, 2.5))
    write_country_points(tmp_path, old)
    written = rows(tmp_path / "points.csv")
    assert written["CA"] == {
        "iso2": "CA",
        "lat": "60.10867",
        "lon": "-113.64258",
        "source": f"GeoNames gn:{canada}, 2020",
    }
    assert written["GU"] == {"iso2": "GU", "lat": "1.5", "lon": "2.5", "source": f"GeoNames gn:{guam}"}


def test_no_state_of_the_newer_list_is_an_exception():
    vendored = rows(COUNTRY_POINTS)
    for iso, row in rows(NEWER_POINTS).items():
        assert (float(vendored[iso]["lat"]), float(vendored[iso]["lon"])) == (float(row["lat"]), float(row["lon"])), iso
        assert vendored[iso]["source"].endswith(", 2020"), iso
