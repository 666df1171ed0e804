"""From files to what a reader sees: the whole command, then map and briefing in Chromium with the network off."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import geopandas as gpd
import pytest
from command import SHARED, write_jsonl
from map_page import open_every_popup

from gazetteer import default_index_path
from pipeline.cli import EXAMPLES

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: nothing is opened")
CHROMIUM = shutil.which("chromium")
INJECTIONS = SHARED / "badinput" / "injection.json"
XSS = SHARED / "badinput" / "xss-payload-list.txt"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: nothing is opened"),
    pytest.mark.skipif(not default_index_path().is_file(), reason="the gazetteer index is missing"),
]

OWN = [
    "<script>window.__canary=1</script>",
    "<img src=x onerror=window.__canary=1>",
    "${window.__canary=1}",
    "`+(window.__canary=1)+`",
    "{{'zq'*3}}",
    "{% if",
    "=1+1",
    "javascript:window.__canary=1",
]
TOWNS = ("Mosul", "Kirkuk", "Erbil", "Ramadi", "Fallujah", "Tikrit", "Samarra", "Najaf", "Karbala", "Basra")
FIRST = date(2023, 1, 3)
EVENT_COLOURS = 3  # shades of event marks are told from the base map by counting colours on the layer of data


@dataclass
class Reader:
    """A browser page without a network, and all that it asked for or complained of."""

    page: playwright.Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def open(self, path: Path) -> playwright.Page:
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("dialog", lambda dialog: self.said.append(f"dialog: {dialog.message}") or dialog.dismiss())
        self.page.goto(path.as_uri())
        return self.page

    def assert_unharmed(self, path: Path) -> None:
        assert self.page.evaluate("window.__canary") is None
        assert [url for url in self.asked if url.split("#")[0] != path.as_uri()] == []
        assert self.said == []


@pytest.fixture
def reader(browser) -> Iterator[Reader]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, offline=True, locale="en-GB", reduced_motion="reduce"
    )
    yield Reader(context.new_page())
    context.close()


def mapped(*arguments: object) -> str:
    """Run the command as a user does, in a process of its own."""
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "map", *map(str, arguments)]
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1700000000"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def events_of(out: Path) -> gpd.GeoDataFrame:
    return gpd.read_parquet(out / "events.parquet")


# ---- reports as they come --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def examples(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("examples") / "out"
    assert mapped(EXAMPLES, "--out", out, "--as-of", "2024-02-10").splitlines()[0].endswith("place mentions")
    return out


def test_the_map_of_the_examples_is_drawn_with_the_network_off(examples, reader, tmp_path):
    path = examples / "map.html"
    page = reader.open(path)
    page.locator("html[data-ready]").wait_for(state="attached")
    page.screenshot(path=tmp_path / "map.png")
    events = events_of(examples)
    placed = int(events.geometry.notna().sum())
    assert placed > 15
    assert f"{placed} of {len(events)} placed" in page.locator("#summary").inner_text()
    assert page.locator("#list .line").first.get_attribute("aria-setsize") == str(placed)
    assert page.locator("#layers").is_visible()
    assert page.locator("#layers .row").count() >= 8
    assert (tmp_path / "map.png").stat().st_size > 50_000
    reader.assert_unharmed(path)
    assert colours_of(page, ".leaflet-marks-pane canvas") >= EVENT_COLOURS
    assert colours_of(page, ".leaflet-pane canvas") > 20


def colours_of(page: playwright.Page, canvases: str) -> int:
    """Return how many opaque colours the canvases show."""
    return page.evaluate(
        """(canvases) => {
          const seen = new Set();
          for (const canvas of document.querySelectorAll(canvases)) {
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            for (let i = 0; i < data.length; i += 4)
              if (data[i + 3] === 255) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
          }
          return seen.size;
        }""",
        canvases,
    )


def test_the_popup_of_an_example_shows_its_sentence(examples, reader):
    path = examples / "map.html"
    page = reader.open(path)
    page.locator("html[data-ready]").wait_for(state="attached")
    page.locator("#list .item").first.click()
    shown = " ".join(page.locator(".leaflet-popup-content").inner_text().split())
    assert any(" ".join(sentence.split()) in shown for sentence in events_of(examples)["source_sentence"])
    reader.assert_unharmed(path)


def test_the_briefing_of_the_examples_opens_with_the_network_off(examples, reader, tmp_path):
    path = examples / "briefing.html"
    page = reader.open(path)
    page.screenshot(path=tmp_path / "briefing.png", full_page=True)
    assert page.locator("#map svg .mark").count() > 10
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert page.locator("script, img, iframe").count() == 0
    reader.assert_unharmed(path)


# ---- reports that attack ---------------------------------------------------------------------------------------------


def payloads() -> list[str]:
    known = [case["text"] for case in json.loads(INJECTIONS.read_text("utf-8"))] if INJECTIONS.is_file() else []
    listed = XSS.read_text("utf-8", "replace").splitlines()[::40] if XSS.is_file() else []
    return list(dict.fromkeys(text for text in (*OWN, *known, *listed) if text.strip()))


def hostile_record(number: int, payload: str) -> dict[str, str]:
    """Return a report with the payload in every field; each of another day, so that no two are of one event."""
    day = FIRST + timedelta(days=7 * number)
    town = TOWNS[number % len(TOWNS)]
    deed = f"attacked an army base in {town} on {day:%A}, killing {number % 7 + 2} soldiers"
    text = f"Fighters {deed} ({payload})."  # in brackets: "{% if fighters attacked" is a condition, and no event
    return {"doc_id": f"{payload} {number}", "text": text, "title": payload, "source": payload, "url": payload,
            "date": day.isoformat()}  # fmt: skip


@pytest.fixture(scope="module")
def attacked(tmp_path_factory) -> Path:
    """The map of reports with a payload in every field, its title and the name of its file among them."""
    folder = tmp_path_factory.mktemp("attacked")
    records = [hostile_record(number, payload) for number, payload in enumerate(payloads())]
    path = write_jsonl(
        folder / "<img src=x onerror=window.__canary=1>{{'zq'*3}}.jsonl", *records, '{"doc_id": "<script>'
    )
    mapped(path, "--out", folder / "out", "--as-of", "2026-01-01", "--title", " ".join(OWN))
    return folder / "out"


def test_hostile_reports_become_events_all_the_same(attacked):
    counts = json.loads((attacked / "run.json").read_text("utf-8"))["counts"]
    assert counts["articles"] >= len(payloads()) - 2
    assert counts["events_placed"] >= 0.8 * counts["articles"]
    assert {path.name for path in attacked.parent.iterdir() if path.suffix != ".jsonl"} == {"out"}


def test_hostile_reports_are_text_on_the_map(attacked, reader):
    path = attacked / "map.html"
    page = reader.open(path)
    page.locator("html[data-ready]").wait_for(state="attached")
    for box in page.locator("#layers input[type=checkbox]").all():
        box.check()
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    shown = open_every_popup(page)
    assert len(shown) == int(events_of(attacked).geometry.notna().sum())
    for payload in OWN:
        assert any(payload in words for words in shown), payload
    assert not any("zqzqzq" in words or "PWNED\n" in words for words in shown)
    assert page.evaluate("document.getElementById('title').textContent") == " ".join(OWN)
    links = page.evaluate("[...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'))")
    assert [link for link in links if not link.startswith(("#", "http://", "https://"))] == []
    reader.assert_unharmed(path)


def test_hostile_reports_are_text_in_the_briefing(attacked, reader):
    path = attacked / "briefing.html"
    page = reader.open(path)
    words = page.evaluate("document.body.textContent")
    assert "<script>window.__canary=1</script>" in words
    assert "{{'zq'*3}}" in words
    assert "zqzqzq" not in words
    assert page.locator("script, img, iframe, object, embed").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    reader.assert_unharmed(path)


def test_hostile_reports_are_no_formulas_and_no_code_in_the_files(attacked):
    with (attacked / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.DictReader(file) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
    markdown = (attacked / "briefing.md").read_text("utf-8")
    assert "<script" not in markdown
    assert "](javascript:" not in markdown
    links = gpd.read_file(attacked / "events.geojson")["source_url"].dropna()
    assert [link for link in links if link and not link.startswith(("http://", "https://"))] == []
