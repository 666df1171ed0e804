"""The map of more events than a page holds, as `sitmap serve` shows it: points out of tiles, cards out of the table.

What "more" means is turned down to a few events, so that the tests need no hundred thousand.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from many_points import repeated, with_points
from map_page import CHROMIUM, written

from pipeline.frames import Layers
from pipeline.products.map.data import mark_of, plain_rows
from pipeline.serving import ResultsServer

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the map is not opened")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: the map is not opened"),
]
HOSTILE = [
    "</script><script>window.__canary=1</script>", "<img src=x onerror=window.__canary=1>", "${window.__canary=1}",
    "javascript:window.__canary=1", "{{7*7}}", "__proto__", "constructor", "'\"><svg onload=window.__canary=1>",
    "a\u2028window.__canary=1", "الرمادي",
]  # fmt: skip
TEXTS = (
    "event_type", "sub_event_type", "perpetrator", "target", "location", "admin1", "country", "notes", "source",
    "where_description", "source_title", "source_sentence", "attributed_to", "count_text", "date_text",
    "confidence_level", "event_status",
)  # fmt: skip
Serve = Callable[[Layers], str]


@pytest.fixture
def page(browser) -> Iterator[playwright.Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(60_000)
    made = context.new_page()
    made.asked, made.complaints = [], []
    made.on("request", lambda request: made.asked.append(request.url))
    made.on("pageerror", lambda error: made.complaints.append(str(error)))
    made.on("console", lambda message: made.complaints.append(message.text))
    yield made
    context.close()


@pytest.fixture
def serve(tmp_path, monkeypatch) -> Iterator[Serve]:
    """Write a map of counts with its tiles, serve them, and return the address."""
    monkeypatch.setattr("pipeline.products.map.data.TOO_MANY", 5)
    with ExitStack() as stack:

        def start(layers: Layers) -> str:
            written(layers, tmp_path)
            with_points(layers, tmp_path)
            server = stack.enter_context(ResultsServer(tmp_path))
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            return server.address

        yield start


def opened(page: playwright.Page, address: str, view: str = "10/33.79/42.44", more: str = "") -> playwright.Page:
    page.goto(f"{address}#map={view}{more}")
    page.locator("html[data-ready]").wait_for(state="attached")
    return page


def told(page: playwright.Page, words: str) -> str:
    """Wait until the page says this of its points, and return all that it says of them."""
    note = page.locator("#aggregated").filter(has_text=words)
    note.wait_for()
    return note.inner_text()


def listed(page: playwright.Page, test: str) -> playwright.Locator:
    """Return the row of the list for the first event in view that passes a test of JavaScript."""
    number = page.evaluate(f"sitmap.inView().findIndex((event) => {test})")
    return page.locator(f'#list [aria-posinset="{number + 1}"] button')


def card_of(page: playwright.Page, title: str, test: str) -> str:
    """Click the row and return the words of the card that has this title."""
    listed(page, test).click()
    wanted = f"(head) => head.textContent === {json.dumps(title)}"
    heads = f"[...document.querySelectorAll('.leaflet-popup-content h2')].filter({wanted})"
    until(page, f"{heads}.length > 0")
    return page.evaluate(f"{heads}[0].closest('article').textContent")


def until(page: playwright.Page, truth: str) -> None:
    """Wait for something to be true; Playwright's own way needs eval, which the page forbids."""
    end = time.monotonic() + 60
    while not page.evaluate(f"() => Boolean({truth})"):
        assert time.monotonic() < end, truth
        time.sleep(0.02)


def assert_quiet(page: playwright.Page, address: str) -> None:
    assert [url for url in page.asked if not url.startswith((address, "blob:", "data:"))] == []
    assert page.complaints == []


def test_points_and_cards_come_when_zoomed_in(small_layers, page, serve):
    address = serve(repeated(small_layers))
    opened(page, address, "4/33.8/42.4")
    told(page, "Zoom in for their points")
    assert page.locator("#list .item-type", has_text="events)").count() > 0
    page.evaluate("void window.map_sitmap.setView([33.79, 42.44], 10, { animate: false })")
    told(page, "each by itself")
    assert page.evaluate("document.getElementById('shown').textContent.includes('in view are listed')")
    what = small_layers.events.set_index("location").loc["Ain al-Asad", "sub_event_type"]
    card = card_of(page, what, "event.location === 'Ain al-Asad'")
    assert "Ain al-Asad" in card
    assert "8 injured" in card
    assert "Placed at" in card
    assert "could also be" in card
    assert page.locator(".leaflet-popup-content mark").inner_text() == "Ain al-Asad"
    assert_quiet(page, address)
    assert any(url.endswith("/events.pmtiles") for url in page.asked)
    assert any("/event/" in url for url in page.asked)


def test_an_imprecise_point_stays_hollow(small_layers, page, serve):
    opened(page, serve(repeated(small_layers)), "8/33.5/43")
    told(page, "each by itself")
    shown = page.evaluate("sitmap.inView().map((event) => [event.mark, event.location])")
    expected = {(mark_of(row), row["location"]) for row in plain_rows(small_layers.events) if row["geometry"]}
    assert {tuple(one) for one in shown} == expected
    assert {mark for mark, _ in expected} == {"area", "country", "exact", "near"}


def test_hostile_text_in_every_property_is_text(small_layers, page, serve):
    count = len(HOSTILE)
    events = pd.concat([small_layers.events.iloc[[0]]] * count, ignore_index=True)
    points = gpd.points_from_xy([42.0 + number / 50 for number in range(count)], [33.8] * count)
    events = events.assign(
        event_id=[f"h{number}" for number in range(count)], **dict.fromkeys(TEXTS, HOSTILE), geometry=points
    )
    address = serve(replace(small_layers, events=gpd.GeoDataFrame(events, crs=small_layers.events.crs)))
    opened(page, address, "8/33.8/42.1", "&off.status=-")
    told(page, f"{count} events in view")
    for text in HOSTILE:
        card = card_of(page, text, f"event.sub_event_type === {json.dumps(text)}")
        assert card.count(text) >= len(TEXTS) - 6, text
    assert page.evaluate("Object.keys(window).filter((name) => name.includes('canary'))") == []
    assert_quiet(page, address)


def test_type_and_time_filter_the_points(small_layers, page, serve):
    layers = repeated(small_layers, 6)
    events = layers.events.assign(
        event_type=["Battles" if number % 2 else "Protests" for number in range(len(layers.events))]
    )
    opened(page, serve(replace(layers, events=gpd.GeoDataFrame(events))), "8/33.5/43")
    told(page, "each by itself")
    total = page.evaluate("sitmap.total(sitmap.inView())")
    page.locator('#layers input[data-key="type-Protests"]').uncheck()
    until(page, "sitmap.inView().every((event) => event.event_type === 'Battles')")
    left = page.evaluate("sitmap.total(sitmap.inView())")
    assert 0 < left < total
    page.locator('[aria-label="From"]').fill("2023-11-03")
    until(page, "Math.min(...sitmap.inView().map((event) => event.from)) === 19664")
    assert 0 < page.evaluate("sitmap.total(sitmap.inView())") < left


def test_what_shares_a_mark_has_a_card_each(small_layers, page, serve, monkeypatch):
    monkeypatch.setattr("pipeline.products.points.gather.MOST_FINEST", 4)
    address = serve(repeated(small_layers))
    opened(page, address, "12/33.79/42.44")
    told(page, "share a mark")
    page.locator("#list .item", has_text="(5 events)").first.click()
    pager = page.locator(".pager > span")
    pager.filter(has_text="1 of 5 here").wait_for()
    days = []
    for number in range(1, 6):
        pager.filter(has_text=f"{number} of 5 here").wait_for()
        days.append(page.locator(".leaflet-popup-content dd").first.inner_text().split("\n")[0])
        page.locator('[aria-label="Next"]').click()
    assert days == [f"{day} Nov 2023 (day)" for day in range(1, 6)]
    assert_quiet(page, address)


def test_a_cell_leads_further_in(small_layers, page, serve, monkeypatch):
    monkeypatch.setattr("pipeline.products.points.gather.MOST", 1)
    opened(page, serve(repeated(small_layers)), "8/33.5/43")
    told(page, "Zoom in for single places")
    listed(page, "event.id < 0").click()
    until(page, "window.map_sitmap.getZoom() === 10")


def test_from_a_file_it_says_what_the_points_need(small_layers, page, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.products.map.data.TOO_MANY", 5)
    path: Path = written(repeated(small_layers), tmp_path)
    opened(page, path.as_uri(), "10/33.79/42.44")
    assert 'run "sitmap serve"' in told(page, "events.pmtiles beside this file")
    assert_quiet(page, path.as_uri())


def test_tiles_of_another_run_or_none_are_told(small_layers, page, serve, tmp_path):
    address = serve(repeated(small_layers))
    with_points(repeated(small_layers, 2), tmp_path)
    opened(page, address)
    told(page, "is of another run and not shown")
    (tmp_path / "events.pmtiles").unlink()
    page.reload()
    told(page, "there are no points to zoom in to")
