from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from msgspec import structs
from small_run import BAGHDAD, TOWN, SmallAtlas, placed, resolved, small_events, small_report

from gazetteer.tables import yaml_table
from pipeline.brief import Asked, read_record, run_brief
from pipeline.frames import build_layers
from pipeline.models import Alternative
from pipeline.products.credits import Credit, attribution_lines, credits_of
from pipeline.products.geojson import write_geojson
from pipeline.products.manifest import RunRecord, write_manifest
from pipeline.run import write_products
from pipeline.settings import Settings

HOSTILE = "Ann </script><script>window.__canary=1</script> {{'zq'*3}} ${'zq'} ` | *b* [x](javascript:alert(1))"
SOURCES = {
    **yaml_table("sources.yaml"),
    "mine": {"name": "Mine", "licence": "CC0", "attribution": HOSTILE, "added": True},
    "mine/1": {"name": "Mine", "licence": "CC0", "attribution": "Survey 7, through Mine"},
    "unused": {"name": "U", "licence": "U", "attribution": "Nobody"},
}
RECORD = {"generated": "2023-11-22T00:00:00Z", "versions": {"sitmap": "0"}, "settings": {}, "timings": {}}


@pytest.fixture
def layers():
    """A small run whose first event lies at a place of a user's, which could also be another's."""
    own = structs.replace(TOWN, place_id="mine:1", source="mine")
    other = Alternative(structs.replace(BAGHDAD, place_id="mine:2"), 0.2)
    first, *others = small_events()
    resolution = resolved("Jurf al-Sakhar", own, 2, 2, alternatives=(other,))
    events = [replace(first, placement=placed(resolution)), *others]
    return build_layers([small_report()], events, [], gazetteer=SmallAtlas())


def known(place_id):
    return {"mine:1": ("mine",), "mine:2": ("mine/1", "airports"), "gn:2": ("geonames",)}[place_id]


def test_the_sources_of_all_places_shown_are_credited_and_no_others(layers):
    found = {credit.key: credit for credit in credits_of(layers, SOURCES, known)}
    assert list(found) == ["airports", "geonames", "mine", "mine/1", "natural_earth"]
    assert found["mine"] == Credit("mine", "Mine", "CC0", HOSTILE)


def test_a_source_that_nothing_is_known_of_is_named(layers):
    found = {credit.key: credit.attribution for credit in credits_of(layers, {}, lambda _: ())}
    assert found["mine"] == "mine"


def test_products_credit_alike_and_words_stay_words(layers, tmp_path):
    credited = credits_of(layers, SOURCES, known)
    settings = Settings((tmp_path,), tmp_path / "out")
    write_products(layers, settings, RECORD, attribution=attribution_lines(credited), rejections=[])
    pages = {name: (settings.out / name).read_text("utf-8") for name in ("map.html", "briefing.html", "briefing.md")}
    for text in pages.values():
        assert "<script>window.__canary" not in text
        assert "zqzqzq" not in text
        assert "Survey 7, through Mine" in text
    assert "Ann &lt;/script&gt;" in pages["briefing.html"]
    assert "[x](javascript" not in pages["briefing.md"]
    assert re.search(r'"attribution":\[[^]]*Ann \\u003c/script\\u003e', pages["map.html"])
    for name in ("events", "mentions", "areas", "claims"):
        about = json.loads((settings.out / f"{name}.geojson").read_text("utf-8"))["description"]
        assert about == "Places and outlines: " + "; ".join(attribution_lines(credited))


def test_the_record_of_the_run_carries_credits_to_a_later_briefing(layers, tmp_path):
    credited = credits_of(layers, SOURCES, known)
    write_products(layers, Settings((tmp_path,), tmp_path), RECORD, attribution=["then"], rejections=[])
    write_manifest(tmp_path / "run.json", RunRecord("now", {"sitmap": "0"}, {}, sources=credited))
    assert json.loads((tmp_path / "run.json").read_text())["sources"][2]["attribution"] == HOSTILE
    assert read_record(tmp_path / "run.json").attribution == tuple(attribution_lines(credited))
    run_brief(tmp_path, Asked(), kinds=("html", "md"), generated="now")
    assert "Survey 7, through Mine" in (tmp_path / "briefing.md").read_text("utf-8")


def test_without_credits_a_collection_has_no_description(layers, tmp_path):
    write_geojson(layers, tmp_path)
    assert "description" not in json.loads((tmp_path / "events.geojson").read_text("utf-8"))
