"""The review page as an analyst has it: headless Chromium, by keyboard, with the network off or on loopback alone."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from hostile_texts import known

from pipeline.corrections import CorrectionFile, read_corrections
from pipeline.frames import Layers
from pipeline.products.review import review_data, write_review
from pipeline.reviewing import Desk, Notebook, ReviewServer

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not opened")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed: the page is not opened"),
]
CANDIDATES = json.dumps([
    {"place_id": "gn:2", "name": "Baghdad", "admin1": "Baghdad", "country": "IQ", "lat": 33.3, "lon": 44.4,
     "score": 0.4, "why": ["population 7,000,000"]},
])  # fmt: skip
OWN = ["</script><script>window.__canary=1</script>", "<img src=x onerror=window.__canary=1>", "constructor", "الرمادي"]
TEXT_FIELDS = (
    "event_type", "sub_event_type", "event_status", "perpetrator", "target", "location", "admin1", "country", "notes",
    "where_description", "source", "source_title", "source_sentence", "attributed_to", "count_text", "date_text",
    "doc_id", "geo_flags", "rel_text", "corrected",
)  # fmt: skip


def copies(layers: Layers, count: int, **columns) -> Layers:
    """Return layers with so many events, all doubtful, each with a candidate and neighbours."""
    frame = gpd.GeoDataFrame(pd.concat([layers.events.iloc[[0]]] * count, ignore_index=True))
    ids = [f"e{number:03}" for number in range(count)]
    made = {"event_id": ids, "member_ids": ids, "confidence": 0.2, "geo_alternatives": CANDIDATES} | columns
    return replace(layers, events=frame.assign(**made))


@pytest.fixture
def page(browser) -> Iterator[playwright.Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    opened = context.new_page()
    opened.complaints = []
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.on("console", lambda message: opened.complaints.append(message.text))
    yield opened
    context.close()


def until(page: playwright.Page, truth: str) -> None:
    """Wait for something to be true; Playwright's own way needs eval, which the page forbids."""
    end = time.monotonic() + 20
    while not page.evaluate(f"() => Boolean({truth})"):
        assert time.monotonic() < end, truth
        time.sleep(0.02)


def open_file(page: playwright.Page, layers: Layers, folder: Path) -> None:
    write_review(layers, folder / "review.html", title="November", generated="22 Nov 2023")
    page.context.set_offline(True)
    page.goto((folder / "review.html").as_uri())
    until(page, "window.sitmap?.review?.ready")


def downloaded(page: playwright.Page, folder: Path) -> list:
    with page.expect_download() as waiting:
        page.click("#download")
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return list(read_corrections([CorrectionFile(str(path), path.read_bytes())]))


def press(page: playwright.Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_hundred_decisions_by_keyboard_take_far_less_than_ten_minutes(small_layers, page, tmp_path):
    open_file(page, copies(small_layers, 100), tmp_path)
    page.fill("#who", "Ann")
    page.keyboard.press("Enter")
    page.focus("#card")
    began = time.monotonic()
    press(page, *["a", "1", "r", "1", "a"] * 20)
    until(page, "document.querySelectorAll('#queue [data-done]').length === 100")
    assert time.monotonic() - began < 60
    made = downloaded(page, tmp_path)
    assert len(made) == 100
    assert sorted({(one.kind, one.who) for one in made}) == [("accept", "Ann"), ("place", "Ann"), ("reject", "Ann")]
    assert len({one.event_id for one in made}) == 100
    assert page.complaints == []


def test_every_kind_of_decision_is_made_by_keyboard_and_undone(small_layers, page, tmp_path):
    layers = copies(small_layers, 4, member_ids=["e000;f1", "e001", "e002", "e003"])
    open_file(page, layers, tmp_path)
    press(page, "w", "1", "c", "ArrowRight", "2", "Enter", "k", "m", "1", "e", "ArrowDown", "Tab")
    page.keyboard.type("3-5")
    press(page, "Enter")
    until(page, "sitmap.review.keeper.list.length === 4")
    made = downloaded(page, tmp_path)
    assert [one.kind for one in made] == ["place"] * 4 + ["coordinates", "merge", "edit"]
    assert made[4].precision == 2
    assert (made[6].field, made[6].value) == ("fatalities", "3-5")
    press(page, "u", "u")
    until(page, "sitmap.review.keeper.list.length === 2")
    page.reload()
    until(page, "window.sitmap?.review?.ready")
    assert [one.kind for one in downloaded(page, tmp_path)] == ["place"] * 4 + ["coordinates"]
    assert page.complaints == []


def test_keys_do_nothing_in_a_field_and_can_be_turned_off(small_layers, page, tmp_path):
    open_file(page, copies(small_layers, 3), tmp_path)
    page.focus("#who")
    page.keyboard.type("ar1")
    page.click("#keys")
    press(page, "a", "r")
    assert page.evaluate("sitmap.review.keeper.list.length") == 0
    assert page.input_value("#who") == "ar1"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(small_layers, page, tmp_path, scheme):
    source = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed: not looked at")
    page.emulate_media(color_scheme=scheme)
    open_file(page, copies(small_layers, 3), tmp_path)
    press(page, "a")
    found = source.Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []


def test_hostile_text_is_shown_as_text_and_nothing_runs(small_layers, page, tmp_path):
    texts = [*OWN, *known()]
    page.on("dialog", lambda dialog: page.complaints.append(dialog.message))
    inside = [
        json.dumps([{"place_id": "gn:2", "name": t, "lat": 33, "lon": 44, "score": 0.4, "why": [t]}]) for t in texts
    ]
    layers = copies(
        small_layers, len(texts), **dict.fromkeys(TEXT_FIELDS, texts), geo_alternatives=inside,
        geo_reasons=[json.dumps([{"feature": "x", "contribution": 1, "text": t}]) for t in texts],
        disagreements=[json.dumps([{"aspect": t, "settled": t, "told": [{"value": t}]}]) for t in texts],
        source_url=[f"{t} javascript:window.__canary=1" for t in texts],
    )  # fmt: skip
    open_file(page, layers, tmp_path)
    said = page.evaluate(
        """() => [...document.querySelectorAll("#queue .item")].map((item) => {
             item.click();
             return document.querySelector("#card blockquote").textContent;
           })"""
    )
    assert sorted(said) == sorted(t.encode("utf-8", "replace").decode() for t in texts)
    press(page, "m")
    assert page.evaluate("window.__canary") is None
    assert (
        page.evaluate(
            "document.querySelectorAll('#card img, #card svg, #panel img, #card iframe, [href^=javascript]').length"
        )
        == 0
    )
    assert page.complaints == []


class SlowNotebook(Notebook):
    """A disk that takes its time: keys are pressed before the decision before is written."""

    def add(self, block, rows) -> None:
        time.sleep(0.3)
        super().add(block, rows)


@contextmanager
def served(layers: Layers, page: playwright.Page, book: Notebook) -> Iterator[ReviewServer]:
    data = {**review_data(layers), "title": "November", "generated": "1"}
    desk = Desk(data, frozenset(layers.events["event_id"]), book, lambda: "2023-11-22", "Ann")
    with ReviewServer(desk) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            page.goto(server.address)
            until(page, "window.sitmap?.review?.ready")
            yield server
        finally:
            server.shutdown()
            thread.join()


def test_the_served_page_writes_each_decision_and_undoes_it(small_layers, page, tmp_path):
    book = Notebook(tmp_path / "corrections.csv")
    with served(copies(small_layers, 5), page, book) as server:
        assert page.url == f"http://127.0.0.1:{server.server_port}/"  # the token is gone from the address
        press(page, "1", "a", "r", "u")
        until(page, "document.getElementById('said').textContent.startsWith('Undone')")
        lines = book.path.read_text("utf-8").splitlines()[1:]
        assert [line.split(",")[0] for line in lines] == ["place", "accept"]
        page.reload()
        until(page, "window.sitmap?.review?.ready")
        assert page.evaluate("document.querySelectorAll('#queue [data-done]').length") == 2
        assert page.complaints == []


def test_a_decision_still_on_its_way_is_undone_too(small_layers, page, tmp_path):
    book = SlowNotebook(tmp_path / "corrections.csv")
    with served(copies(small_layers, 5), page, book):
        press(page, "a", "u")
        until(page, "document.getElementById('said').textContent.startsWith('Undone')")
        assert book.path.read_text("utf-8").splitlines()[1:] == []
        press(page, "u")
        until(page, "document.getElementById('said').textContent === 'Nothing to undo.'")
        assert page.complaints == []
