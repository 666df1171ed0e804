"""The base gazetteer in what people geocode with: geopy's RateLimiter and geopandas."""

from __future__ import annotations

from collections.abc import Iterator

import geopandas
import pytest
from geopy.extra.rate_limiter import RateLimiter

from gazetteer import Gazetteer
from gazetteer.geocoder import SitmapGeocoder
from gazetteer.sphere import distance_km

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("built_index")]
TOWNS = {"Mosul": (36.335, 43.119), "Zurf al Saqr": (32.87, 44.19), "الفلوجة": (33.35, 43.78)}


@pytest.fixture(scope="module")
def geocoder(built_index: None) -> Iterator[SitmapGeocoder]:
    with Gazetteer.open() as gazetteer:
        yield SitmapGeocoder(gazetteer)


def test_rate_limiter(geocoder: SitmapGeocoder) -> None:
    geocode = RateLimiter(geocoder.geocode, min_delay_seconds=0.01)
    for name, point in TOWNS.items():
        found = geocode(name, country_codes="iq")
        assert distance_km(found.latitude, found.longitude, *point) < 10, name
    assert geocode("Qxzzvland") is None


def test_geopandas_geocodes_a_series(geocoder: SitmapGeocoder) -> None:
    frame = geopandas.tools.geocode([*TOWNS, "Qxzzvland", None], provider=SitmapGeocoder)
    assert frame.crs.to_epsg() == 4326
    for point, expected in zip(frame.geometry, TOWNS.values(), strict=False):
        assert distance_km(point.y, point.x, *expected) < 10
    assert list(frame.geometry.is_empty)[3:] == [True, True]


def test_geopandas_reverse_geocodes(geocoder: SitmapGeocoder) -> None:
    frame = geopandas.tools.reverse_geocode([frame_point(33.6, 42.8)], provider=SitmapGeocoder)
    assert "Iraq" in frame["address"][0]


def frame_point(lat: float, lon: float) -> geopandas.GeoSeries:
    return geopandas.points_from_xy([lon], [lat])[0]


def test_country_codes_take_one_or_several(geocoder: SitmapGeocoder) -> None:
    def countries(codes: object) -> set[str]:
        found = geocoder.geocode("Tripoli", exactly_one=False, country_codes=codes, limit=20)
        return {location.raw["country"] for location in found}

    assert countries("lb") == {"LB"}
    assert countries(["LB", "ly"]) == {"LB", "LY"}
    scores = [f.raw["score"] for f in geocoder.geocode("Tripoli", exactly_one=False, country_codes=["LB", "LY"])]
    assert scores == sorted(scores, reverse=True)


def test_areas_say_which_is_meant(geocoder: SitmapGeocoder) -> None:
    assert geocoder.geocode("Tripoli", within="Lebanon").raw["country"] == "LB"
    assert geocoder.geocode("Tripoli", within=["Libya"]).raw["country"] == "LY"
