from __future__ import annotations

import geopandas
import pytest

from gazetteer.geocoder import SitmapGeocoder
from gazetteer.index import Gazetteer
from gazetteer.lookup import lookup


def test_score_is_the_sum_of_its_reasons(gazetteer: Gazetteer) -> None:
    for name in ("Zurf al Saqr", "Georgia", "Anbar province", "Springfield"):
        for ranked in lookup(gazetteer, name, near=(33.0, 44.0)):
            assert ranked.score == pytest.approx(sum(r.contribution for r in ranked.reasons), abs=1e-4)
            assert 0 <= ranked.score <= 1
            assert all(reason.text for reason in ranked.reasons)


def test_near_decides_between_equals(gazetteer: Gazetteer) -> None:
    assert lookup(gazetteer, "Springfield")[0].place.place_id == "gn:springfield-mo"
    assert lookup(gazetteer, "Springfield", near=(39.0, -89.0))[0].place.place_id == "gn:springfield-il"
    near_missouri = gazetteer.place("gn:springfield-mo")
    assert lookup(gazetteer, "Springfield", near=near_missouri)[0].place == near_missouri


def test_country_and_limit(gazetteer: Gazetteer) -> None:
    assert [r.place.place_id for r in lookup(gazetteer, "Georgia", country="us")] == ["ne:georgia"]
    assert len(lookup(gazetteer, "Georgia", limit=1)) == 1
    assert lookup(gazetteer, "Nowhere at all") == ()


def test_what_the_name_announces_counts(gazetteer: Gazetteer) -> None:
    features = {r.feature: r.contribution for r in lookup(gazetteer, "Anbar province")[0].reasons}
    assert features["feature"] > 0


def test_geocode(gazetteer: Gazetteer) -> None:
    geocoder = SitmapGeocoder(gazetteer)
    one = geocoder.geocode("Zurf al Saqr")
    assert (one.latitude, one.longitude, one.altitude) == (32.87, 44.19, 0.0)
    assert one.address == "Jurf al-Sakhar, Babil, IQ"
    assert one.raw["place_id"] == "sitmap:jurf"
    assert geocoder.geocode("Nowhere at all") is None
    assert len(geocoder.geocode("Springfield", exactly_one=False)) == 2
    assert geocoder.geocode("Georgia", country_codes="us").raw["place_id"] == "ne:georgia"
    assert geocoder.geocode("Georgia", country_codes=["iq"]) is None


def test_reverse(gazetteer: Gazetteer) -> None:
    geocoder = SitmapGeocoder(gazetteer)
    assert geocoder.reverse((33.6, 42.8)).address == "Anbar, Iraq"
    assert [found.address for found in geocoder.reverse("33.6, 42.8", exactly_one=False)] == ["Anbar, Iraq", "Iraq"]
    assert geocoder.reverse((0, 0)) is None


def test_geopandas_geocodes_with_it(index_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITMAP_GAZETTEER", str(index_path))
    frame = geopandas.tools.geocode(["Mosul", "Hit"], provider=SitmapGeocoder)
    assert frame.crs.to_epsg() == 4326
    assert [(round(p.y, 2), round(p.x, 2)) for p in frame.geometry] == [(36.34, 43.12), (33.64, 42.83)]
