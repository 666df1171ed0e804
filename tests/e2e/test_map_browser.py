"""The map as a reader has it: opened in headless Chromium with the network off."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest
from map_page import CHROMIUM, written
from shapely.geometry import Point

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the map is not opened")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: the map is not opened"),
]


def colours_of(page: playwright.Page) -> int:
    """Return how many different colours the canvases of the map show."""
    return page.evaluate(
        """() => {
          const seen = new Set();
          for (const canvas of document.querySelectorAll(".leaflet-pane canvas")) {
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            for (let i = 0; i < data.length; i += 4)
              if (data[i + 3] === 255) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
          }
          return seen.size;
        }"""
    )


def has_colour(page: playwright.Page, colour: str) -> bool:
    return page.evaluate(
        """(wanted) => {
          const value = parseInt(wanted.slice(1), 16);
          return [...document.querySelectorAll(".leaflet-marks-pane canvas")].some((canvas) => {
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            for (let i = 0; i < data.length; i += 4)
              if (data[i + 3] === 255 && ((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]) === value) return true;
            return false;
          });
        }""",
        colour,
    )


def test_map_is_drawn_with_the_network_off(small_layers, tmp_path, opened):
    path = written(small_layers, tmp_path)
    page = opened.open(path)
    placed = int(small_layers.events.geometry.notna().sum())
    assert page.locator("h1").inner_text() == "Strikes, November 2023"
    assert f"{placed} of {len(small_layers.events)} placed" in page.locator("#summary").inner_text()
    assert page.locator("#list .line").first.get_attribute("aria-setsize") == str(placed)
    assert page.locator("#unplaced > summary").inner_text() == f"Not placed ({len(small_layers.events) - placed})"
    assert page.locator("#layers .row").count() >= 8
    assert colours_of(page) > 20
    opened.assert_quiet(path)


def test_popup_says_what_the_record_says(small_layers, tmp_path, opened):
    page = opened.open(written(small_layers, tmp_path))
    page.locator("#list .item", has_text="Ain al-Asad").first.click()
    card = page.locator(".leaflet-popup-content")
    card.wait_for()
    assert card.locator("mark").inner_text() == "Ain al-Asad"
    assert "8 injured" in card.inner_text()
    assert "exact place" in card.inner_text()
    assert "(day)" in card.inner_text()
    assert "Placed at" in card.inner_text()
    assert "could also be" in card.inner_text()
    page.wait_for_url("**event=*")


def test_address_brings_back_the_chosen_event(small_layers, tmp_path, opened):
    row = small_layers.events[small_layers.events["location"] == "Ain al-Asad"].iloc[0]
    page = opened.open(written(small_layers, tmp_path), f"#event={row['event_id']}")
    assert "8 injured" in page.locator(".leaflet-popup-content").inner_text()


def test_switching_a_type_off_takes_its_marks_away(small_layers, tmp_path, opened):
    exact = small_layers.events[small_layers.events["geo_precision"] == 1]
    page = opened.open(written(replace(small_layers, events=exact), tmp_path))
    assert has_colour(page, "#D55E00")
    page.locator("#layers label", has_text="Explosions").locator("input").uncheck()
    page.wait_for_timeout(100)
    assert not has_colour(page, "#D55E00")
    assert page.locator("#list .item").count() == 0


@pytest.mark.parametrize(("precision", "filled"), [(1, True), (2, False), (3, False)])
def test_only_an_exact_place_is_drawn_as_a_dot(small_layers, tmp_path, opened, precision, filled):
    one = (
        small_layers.events[small_layers.events["geo_precision"] == 1]
        .head(1)
        .assign(geo_precision=precision, where_prec={1: 1, 2: 2, 3: 4}[precision], uncertainty_m=0.0)
    )
    page = opened.open(written(replace(small_layers, events=one, areas=small_layers.areas.head(0)), tmp_path))
    centre = page.evaluate(
        """() => {
          const map = window.map_sitmap;
          const canvas = document.querySelector(".leaflet-marks-pane canvas");
          const at = map.latLngToContainerPoint([33.79, 42.44]);
          const area = canvas.getBoundingClientRect(), frame = map.getContainer().getBoundingClientRect();
          const [x, y] = [at.x + frame.left - area.left, at.y + frame.top - area.top];
          const [r, g, b, a] = canvas.getContext("2d").getImageData(x, y, 1, 1).data;
          return a === 255 && r === 0xd5 && g === 0x5e && b === 0;
        }"""
    )
    assert centre is filled


def test_events_at_one_place_share_a_popup_with_pages(small_layers, tmp_path, opened):
    three = pd.concat([small_layers.events[small_layers.events["geo_precision"] == 1].head(1)] * 3, ignore_index=True)
    events = gpd.GeoDataFrame(three.assign(event_id=["a", "b", "c"], notes=["first", "second", "third"]))
    page = opened.open(written(replace(small_layers, events=events), tmp_path))
    page.locator("#list .item").first.click()
    card = page.locator(".leaflet-popup-content")
    assert "1 of 3 here" in card.inner_text()
    card.get_by_label("Next").click()
    card.get_by_text("second").first.wait_for(timeout=60_000)
    assert "2 of 3 here" in card.inner_text()


def test_click_in_an_area_opens_what_may_lie_there(small_layers, tmp_path, opened):
    anbar = small_layers.events[small_layers.events["location"] == "Anbar"]
    page = opened.open(written(replace(small_layers, events=anbar), tmp_path))
    at = page.evaluate(
        """() => {
          const map = window.map_sitmap, frame = map.getContainer().getBoundingClientRect();
          const at = map.latLngToContainerPoint([33, 41.7]);
          return [frame.left + at.x + 25, frame.top + at.y + 25];
        }"""
    )
    page.mouse.click(*at)
    assert "Anbar" in page.locator(".leaflet-popup-content").inner_text()


def test_popup_stays_in_sight_when_its_details_are_opened(small_layers, tmp_path, opened):
    page = opened.open(written(small_layers, tmp_path))
    page.locator("#list .item", has_text="Ain al-Asad").first.click()
    page.locator(".leaflet-popup-content .why summary").click()
    page.wait_for_timeout(500)
    popup, frame = (page.locator(name).bounding_box() for name in (".leaflet-popup", "#map_sitmap"))
    assert popup["y"] >= frame["y"]
    assert "because" in page.locator(".leaflet-popup-content").inner_text()


def test_dark_and_light_can_be_switched(small_layers, tmp_path, opened):
    path = written(small_layers, tmp_path)
    page = opened.open(path)
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.locator("#theme").click()
    assert page.evaluate(background) != light
    opened.assert_quiet(path)


def test_empty_map_says_so(empty_layers, tmp_path, opened):
    path = written(empty_layers, tmp_path)
    page = opened.open(path)
    assert page.locator("#nothing").inner_text().startswith("No events")
    assert colours_of(page) > 5
    opened.assert_quiet(path)


def test_ten_thousand_events_open_and_scroll(small_layers, tmp_path, opened):
    placed = small_layers.events[small_layers.events.geometry.notna()]
    rows = pd.concat([placed] * (10_000 // len(placed)), ignore_index=True)
    spread = [Point(38 + n % 100 / 12, 30 + n // 100 / 14) for n in range(len(rows))]
    events = gpd.GeoDataFrame(
        rows.assign(event_id=[f"e{n}" for n in range(len(rows))], geometry=spread), crs=placed.crs
    )
    path = written(replace(small_layers, events=events), tmp_path)
    page = opened.open(path)
    assert page.locator("#list .item").count() < 60
    page.evaluate("document.getElementById('list').scrollTop = 1e9")
    page.locator(f'#list [aria-posinset="{len(rows)}"]').wait_for()
    assert path.stat().st_size < 5_000_000
    opened.assert_quiet(path)


@pytest.mark.parametrize(("width", "height"), [(390, 800), (1280, 800)])
def test_nothing_spills_over_the_edge(small_layers, tmp_path, opened, width, height):
    opened.page.set_viewport_size({"width": width, "height": height})
    page = opened.open(written(small_layers, tmp_path, title="A_very_long_title_without_a_space_" * 6))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.scrollHeight") <= height
