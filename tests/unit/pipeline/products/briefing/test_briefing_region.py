from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import pytest
import shapely
from briefing_rows import event_rows, layers_of, row

from gazetteer.models import Candidate, Place
from pipeline.errors import UsageError
from pipeline.products.briefing import in_region, may_be_in_region, parse_region


def chosen(layers, mask):
    return {int(one[1:]) for one in layers.events.loc[mask, "event_id"]}


def split(layers, texts, **more):
    region = parse_region(texts, layers, **more)
    sure = in_region(layers.events, region, areas=layers.areas)
    return chosen(layers, sure), chosen(layers, may_be_in_region(layers.events, region, areas=layers.areas))


@pytest.mark.parametrize(
    ("texts", "sure", "maybe"),
    [
        ("Anbar", {1, 5, 8, 10, 12, 17}, {11, 14}),
        ("anbar", {1, 5, 8, 10, 12, 17}, {11, 14}),
        ("Syria", {2, 3, 6, 7, 15}, {14}),
        (["Homs", "Babil"], {2, 13, 15, 18}, {11, 14}),
        ("42,33,43,34", {1, 5, 8, 10, 17}, {12, 14}),  # Anbar touches the box; the country's point lies outside it
        ("38.9,30.9,43.6,35.05", {1, 5, 8, 10, 12, 17}, {14}),  # all of Anbar lies in the box
    ],
)
def test_what_is_in_for_sure_and_what_may_be(layers, texts, sure, maybe):
    assert split(layers, texts) == (sure, maybe)


def test_a_country_known_point_in_a_box_is_only_a_maybe(layers):
    sure, maybe = split(layers, "43.6,33.0,43.9,33.2")
    assert (sure, maybe) == (set(), {11, 14})


def test_no_event_is_both_sure_and_maybe(layers):
    for text in ("Iraq", "Anbar", "30,20,60,40"):
        sure, maybe = split(layers, text)
        assert not sure & maybe


def test_a_polygon_file_is_a_region(layers, tmp_path):
    path = tmp_path / "around asad.geojson"
    gpd.GeoDataFrame(geometry=[shapely.Point(42.44, 33.79).buffer(0.5)], crs="EPSG:4326").to_crs(3857).to_file(path)
    region = parse_region(str(path), layers)
    assert region.name == "around asad"
    assert chosen(layers, in_region(layers.events, region)) == {1, 5, 8, 10, 17}


def test_a_box_across_the_antimeridian_holds_both_sides():
    fiji = shapely.Point(179.5, -17.0)
    tonga = shapely.Point(-175.2, -21.1)
    near = {"geo_precision": 1, "event_status": "asserted"}
    layers = layers_of([row("events", point, event_id=key, **near) for key, point in (("e1", fiji), ("e2", tonga))])
    region = parse_region("170,-30,-170,-10", layers)
    assert in_region(layers.events, region).all()
    assert not in_region(layers.events, parse_region("-170,-30,170,-10", layers)).any()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Anbr", "did you mean Anbar"),
        ("Xyzzy", "is no country, province, box"),
        ("1,2,3", "is no country"),
        ("10,50,20,40", "south below north"),
        ("-200,0,10,10", "in degrees"),
        ("nan,0,1,1", "in degrees"),
    ],
)
def test_what_is_no_region_is_refused_with_a_reason(layers, text, said):
    with pytest.raises(UsageError, match=said):
        parse_region(text, layers)


@pytest.mark.parametrize("content", ["not geojson", '{"type": "FeatureCollection", "features": []}'])
def test_a_file_without_polygons_is_refused(layers, tmp_path, content):
    path = tmp_path / "a.geojson"
    path.write_text(content)
    with pytest.raises(UsageError, match=r"a\.geojson"):
        parse_region(str(path), layers)


@dataclass(frozen=True)
class Names:
    """A gazetteer of one country and one of its provinces."""

    def candidates(self, name: str, *, limit: int = 50) -> tuple[Candidate, ...]:
        place = {
            "Jordan": Place("ne:JOR", "Jordan", 31.0, 36.5, "A", "PCLI", "JO"),
            "Al-Anbar Governorate": Place("ne:1", "Anbar", 33.0, 41.7, "A", "ADM1", "IQ"),
            "Paris": Place("gn:1", "Paris", 48.9, 2.3, "P", "PPLC", "FR"),
        }.get(name)
        return (Candidate(place, name, "exact", 1.0),) if place else ()

    def country(self, iso2: str) -> Place | None:
        return Place("ne:IRQ", "Iraq", 33.0, 44.0, "A", "PCLI", "IQ") if iso2 == "IQ" else None


def test_the_gazetteer_knows_other_names_and_spellings(layers):
    assert parse_region("Jordan", layers, gazetteer=Names()).parts[0].country == "Jordan"
    assert split(layers, "Al-Anbar Governorate", gazetteer=Names()) == split(layers, "Anbar")
    with pytest.raises(UsageError):
        parse_region("Paris", layers, gazetteer=Names())


def test_empty_layers_are_in_no_region(no_layers):
    region = parse_region("38,29,49,38", no_layers)
    assert in_region(no_layers.events, region).empty
    assert may_be_in_region(no_layers.events, region).empty
    assert len(layers_of(event_rows()).events) == 18
