"""The map as a reader has it: opened in headless Chromium with the network off."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point

from pipeline.frames import Layers
from pipeline.products.map import write_map

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the map is not opened")
CHROMIUM = shutil.which("chromium")
SHARED = Path(__file__).parents[2].parent / "shared" / "badinput" / "injection.json"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: the map is not opened"),
]

OWN = [
    "{{7*7}}",
    "{% if",
    "{# gone #}",
    "${window.__canary=1}",
    "`${window.__canary=1}`",
    "</script><script>window.__canary=1</script>",
    "<img src=x onerror=window.__canary=1>",
    "<!--<script>",
    "]]>",
    "a\u2028window.__canary=1\u2029",
    "javascript:window.__canary=1",
    "\\u003cscript\\u003e",
    "&lt;b&gt;",
    "'\"><svg onload=window.__canary=1>",
    "__proto__",
    "constructor",
    "\u202egnp.exe",
    "الرمادي",
]
TEXT_FIELDS = (
    "event_type", "sub_event_type", "event_status", "perpetrator", "target", "location", "admin1", "country", "notes",
    "where_description", "source", "source_title", "source_sentence", "attributed_to", "count_text", "date_text",
    "date_reasons", "confidence_level",
)  # fmt: skip


@dataclass
class Opened:
    """A page, and all that it asked for or complained of."""

    page: playwright.Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: Path, fragment: str = "") -> playwright.Page:
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.goto(path.as_uri() + fragment)
        self.page.wait_for_function("window.sitmap && window.sitmap.ready")
        return self.page

    def assert_quiet(self, path: Path) -> None:
        assert [url for url in self.requests if not url.startswith(path.as_uri())] == []
        assert self.complaints == []


@pytest.fixture
def opened(browser) -> Iterator[Opened]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True, locale="en-GB")
    yield Opened(context.new_page())
    context.close()


def written(layers: Layers, folder: Path, title: str = "Strikes, November 2023") -> Path:
    path = folder / "map.html"
    write_map(layers, path, title=title, generated="22 Nov 2023", attribution=[title, "GeoNames, CC BY 4.0"])
    return path


def hostile(layers: Layers, texts: list[str]) -> Layers:
    """Give each text an event of its own, the text in every field of it; likewise claims, areas and places named."""

    def rows(frame: gpd.GeoDataFrame, key: str, text_fields: tuple[str, ...]) -> gpd.GeoDataFrame:
        copies = gpd.GeoDataFrame(pd.concat([frame.iloc[[0]]] * len(texts), ignore_index=True))
        return copies.assign(**dict.fromkeys(text_fields, texts), **{key: [f"{n}" for n in range(len(texts))]})

    inside = json.dumps
    events = rows(layers.events, "event_id", TEXT_FIELDS).assign(
        geo_reasons=[inside([{"feature": "x", "contribution": 1, "text": text}]) for text in texts],
        geo_alternatives=[inside([{"name": text, "admin1": text, "country": text}]) for text in texts],
        source_url=[f"{text} https://example.org/ok javascript:window.__canary=1" for text in texts],
        geometry=[Point(40 + n / 10, 33) for n in range(len(texts))],
    )
    claims = rows(
        layers.claims, "claim_id", ("measure", "scope", "source_sentence", "attributed_to", "source", "source_url")
    )
    areas = rows(layers.areas, "area_id", ("name", "kind")).assign(event_id="0")
    mentions = rows(layers.mentions, "place_id", ("text", "name", "admin1", "country"))
    return Layers(events=events, claims=claims, areas=areas, mentions=mentions)


def open_every_popup(page: playwright.Page) -> list[str]:
    """Click through the list and return the words of each popup, its details opened."""
    return page.evaluate(
        """async () => {
          const found = [];
          for (const row of [...document.querySelectorAll("#list .item")].map((item) => item.dataset.row)) {
            document.querySelector(`#list [data-row="${row}"]`).click();
            await new Promise((done) => requestAnimationFrame(done));
            const popup = document.querySelector(".leaflet-popup-content");
            popup.querySelectorAll("details").forEach((details) => (details.open = true));
            found.push(popup.textContent);
          }
          return found;
        }"""
    )


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
          return [...document.querySelectorAll(".leaflet-data-pane canvas")].some((canvas) => {
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
    assert page.locator("#list .item").count() == placed
    assert page.locator("#unplaced > summary").inner_text() == f"Not placed ({len(small_layers.events) - placed})"
    assert page.locator("#layers .row").count() >= 8
    assert colours_of(page) > 20
    opened.assert_quiet(path)


def test_popup_says_what_the_record_says(small_layers, tmp_path, opened):
    page = opened.open(written(small_layers, tmp_path))
    page.locator("#list .item", has_text="Ain al-Asad").first.click()
    card = page.locator(".leaflet-popup-content")
    assert card.locator("mark").inner_text() == "Ain al-Asad"
    assert "8 injured" in card.inner_text()
    assert "exact place" in card.inner_text()
    assert "(day)" in card.inner_text()
    assert "event=" in page.url


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
          const canvas = document.querySelector(".leaflet-data-pane canvas");
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
    page.wait_for_timeout(500)  # the map may still be moving to the place, and a click on what moves is lost
    card.get_by_label("Next").click()
    card.get_by_text("second").first.wait_for(timeout=5_000)
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


def test_time_window_filters_and_stands_in_the_address(small_layers, tmp_path, opened):
    two = gpd.GeoDataFrame(
        pd.concat([small_layers.events[small_layers.events["geo_precision"] == 1].head(1)] * 2, ignore_index=True)
    )
    days = pd.to_datetime(["2023-10-01", "2023-12-01"]).astype("datetime64[ms]")
    events = two.assign(event_id=["a", "b"], event_date=days, date_start=days, date_end=days)
    page = opened.open(written(replace(small_layers, events=events), tmp_path))
    page.get_by_label("From").fill("2023-11-01")
    page.get_by_label("From").dispatch_event("change")
    assert page.locator("#list .item").count() == 1
    assert "from=2023-11-01" in page.url
    page.get_by_role("button", name="All dates").click()
    assert page.locator("#list .item").count() == 2


def test_empty_map_says_so(empty_layers, tmp_path, opened):
    path = written(empty_layers, tmp_path)
    page = opened.open(path)
    assert page.locator("#nothing").inner_text().startswith("No events")
    assert colours_of(page) > 5
    opened.assert_quiet(path)


def test_ten_thousand_events_open(small_layers, tmp_path, opened):
    placed = small_layers.events[small_layers.events.geometry.notna()]
    rows = pd.concat([placed] * (10_000 // len(placed)), ignore_index=True)
    spread = [Point(38 + n % 100 / 12, 30 + n // 100 / 14) for n in range(len(rows))]
    events = gpd.GeoDataFrame(
        rows.assign(event_id=[f"e{n}" for n in range(len(rows))], geometry=spread), crs=placed.crs
    )
    path = written(replace(small_layers, events=events), tmp_path)
    page = opened.open(path)
    assert page.locator("#list .item").count() == 200
    assert path.stat().st_size < 14_000_000
    opened.assert_quiet(path)


@pytest.mark.parametrize(("width", "height"), [(390, 800), (1280, 800)])
def test_nothing_spills_over_the_edge(small_layers, tmp_path, opened, width, height):
    opened.page.set_viewport_size({"width": width, "height": height})
    page = opened.open(written(small_layers, tmp_path, title="A_very_long_title_without_a_space_" * 6))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.scrollHeight") <= height


def assert_inert(texts: list[str], layers: Layers, folder: Path, opened: Opened) -> None:
    path = written(hostile(layers, texts), folder, title=" ".join(texts))
    page = opened.open(path)
    for label in ("Claims", "Places named"):
        page.locator("#layers label", has_text=label).last.locator("input").check()
    page.evaluate("document.querySelectorAll('#asides details').forEach((details) => (details.open = true))")
    popups = open_every_popup(page)
    legend = page.evaluate("document.getElementById('layers').textContent")
    assert len(popups) == len(texts)
    for text in texts:
        assert any(popup.count(text) >= len(TEXT_FIELDS) - 6 for popup in popups), text
        assert text in legend
    assert page.evaluate("document.getElementById('title').textContent") == " ".join(texts)
    assert page.evaluate("Object.keys(window).filter((name) => name.includes('canary'))") == []
    links = page.evaluate("[...document.querySelectorAll('a[target]')].map((link) => [link.protocol, link.rel])")
    assert {tuple(link) for link in links} == {("https:", "noopener noreferrer")}
    opened.assert_quiet(path)


def test_own_hostile_texts_are_shown_and_never_run(small_layers, tmp_path, opened):
    assert_inert(OWN, small_layers, tmp_path, opened)


@pytest.mark.skipif(not SHARED.exists(), reason="shared/badinput/injection.json is missing")
def test_known_injections_are_shown_and_never_run(small_layers, tmp_path, opened):
    texts = list(dict.fromkeys(case["text"] for case in json.loads(SHARED.read_text(encoding="utf-8"))))
    assert_inert(texts, small_layers, tmp_path, opened)
