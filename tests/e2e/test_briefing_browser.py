"""The briefing in a real browser, with the network closed: it loads nothing, runs nothing and fits the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_texts import EVALUATED, OWN, hostile_layers, known, writable

from pipeline.products.briefing import write_briefing
from pipeline.products.briefing.words import plain

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def page_path(tmp_path_factory) -> Path:
    """The briefing of an event, a claim and a place named for each text, which stands in every field of text."""
    folder = tmp_path_factory.mktemp("briefing")
    layers = hostile_layers(known(), sound=False)
    write_briefing(layers, folder, versions={"sitmap": "0"}, generated="2023-11-27")
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
        page.on("dialog", lambda dialog: said.append(f"dialog: {dialog.message}") or dialog.dismiss())
        page.context.set_offline(offline=True)
        page.goto(page_path.as_uri())
        assert page.evaluate("window.__canary") is None
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("script, img, iframe").count() == 0
        shown = "".join(page.evaluate("document.body.textContent").split())
        assert [text for text in known() if "".join(plain(writable(text)).split()) not in shown] == []
        assert EVALUATED not in shown
        assert page.get_by_text(OWN[0]).count() > 0
        links = page.evaluate("[...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'))")
        assert [link for link in links if not link.startswith(("#", "http://", "https://"))] == []
        assert page.locator("#map svg .mark").count() > 0
        assert asked == [page_path.as_uri()]
        assert said == []
        browser.close()
