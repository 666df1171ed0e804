"""The briefing in a real browser, with the network closed: it loads nothing, runs nothing and fits the screen."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from pipeline.fields import layer_spec
from pipeline.frames import Layers, layer_from_rows
from pipeline.products.briefing import write_briefing

CHROMIUM = Path("/usr/bin/chromium")
SHARED = Path(__file__).parents[3] / "shared" / "badinput" / "injection.json"
OURS = ["<script>window.__canary=1</script>", "<img src=x onerror=window.__canary=1>", "<svg onload=window.__canary=1>"]
CODED = {"event_id", "event_status", "geo_method", "confidence_level"}

pytestmark = pytest.mark.slow


def events_with(texts: list[str]) -> gpd.GeoDataFrame:
    fields = layer_spec("events").fields
    rows = []
    for number, text in enumerate(texts):
        row = {f.name: text if f.type in {"str", "json"} else None for f in fields}
        coded = {"event_id": f"e{number}", "event_status": "asserted", "geo_method": "exact", "confidence_level": "low"}
        codes = {"geo_precision": 1, "where_prec": 1, "civilian_targeting": False}
        rows.append(row | coded | codes | {"geometry": shapely.Point(42 + number % 7, 33 + number % 3)})
    return layer_from_rows("events", rows)


@pytest.fixture(scope="module")
def page_path(tmp_path_factory) -> Path:
    texts = OURS + ([one["text"] for one in json.loads(SHARED.read_text("utf-8"))] if SHARED.is_file() else [])
    rest = (layer_from_rows(name, []) for name in ("claims", "areas", "mentions"))
    folder = tmp_path_factory.mktemp("briefing")
    write_briefing(Layers(events_with(texts), *rest), folder, versions={"sitmap": "0"}, generated="2023-11-27")
    return folder / "briefing.html"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_hostile_briefing_runs_and_loads_nothing_and_fits(page_path, width, scheme):
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        asked, said = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.context.set_offline(offline=True)
        page.goto(page_path.as_uri())
        assert page.evaluate("window.__canary") is None
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("script, img, iframe").count() == 0
        assert page.get_by_text("<script>window.__canary=1</script>").count() > 0
        assert page.locator("#map svg .mark").count() > 0
        assert asked == [page_path.as_uri()]
        assert said == []
        browser.close()
