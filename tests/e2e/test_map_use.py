"""The map in use: time, filters, search, list, address, downloads, keys, and what assistive technology is told."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from map_page import CHROMIUM, Opened, many_days, written

from pipeline.tiles import tiles_from

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the map is not opened")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: the map is not opened"),
]


@pytest.fixture
def ten(small_layers, tmp_path, opened) -> Opened:
    """Ten events on ten days: strikes with two killed on the odd days, battles on the even ones."""
    opened.open(written(many_days(small_layers), tmp_path))
    return opened


def facet(opened: Opened, name: str, choice: str):
    """The checkbox of a choice; its filters opened if they were not."""
    opened.page.evaluate(f"document.querySelectorAll('.filters, [data-facet={name}]').forEach((d) => (d.open = true))")
    return opened.page.locator(f"[data-facet={name}] label", has_text=choice).locator("input")


def saved(opened: Opened, label: str) -> str:
    with opened.page.expect_download() as waiting:
        opened.page.get_by_role("button", name=f"Download what I see as {label}").click()
    return Path(waiting.value.path()).read_bytes().decode("utf-8")


def test_dates_typed_are_a_window_and_stand_in_the_address(ten):
    ten.page.get_by_label("From", exact=True).fill("2023-11-08")
    ten.page.get_by_label("From", exact=True).dispatch_event("change")
    assert ten.rows() == 3
    ten.page.wait_for_url("**from=2023-11-08*")
    ten.page.get_by_role("button", name="All dates").click()
    assert ten.rows() == 10


def test_a_window_is_drawn_moved_and_resized_with_the_pointer(ten):
    box = ten.page.locator(".track").bounding_box()
    middle, day = box["y"] + 20, box["width"] / 10

    def drag(start: float, end: float) -> None:
        ten.page.mouse.move(box["x"] + start * day, middle)
        ten.page.mouse.down()
        ten.page.mouse.move(box["x"] + end * day, middle, steps=4)
        ten.page.mouse.up()

    drag(2.5, 4.5)
    assert ten.rows() == 3
    drag(3.5, 6.5)  # the window itself, three days on
    window = ten.page.get_by_role("slider", name="Time window: move it")
    assert window.get_attribute("aria-valuetext") == "2023-11-06 to 2023-11-08"
    drag(8.0, 9.5)  # its right edge
    assert ten.rows() == 5


def test_the_keys_move_every_handle(ten):
    start, end = (ten.page.get_by_role("slider", name=f"{end} of the time window") for end in ("Start", "End"))
    start.press("ArrowRight")
    end.press("ArrowLeft")
    assert ten.rows() == 8
    ten.page.get_by_label("Step", exact=True).select_option("week")
    end.press("ArrowLeft")
    assert ten.rows() == 1
    ten.page.get_by_role("slider", name="Time window: move it").press("End")
    playwright.expect(start).to_have_attribute("aria-valuetext", "2023-11-10")


def test_stepping_and_playing_go_through_the_days(ten):
    forward = ten.page.get_by_role("button", name="Step forward")
    forward.click()
    forward.click()
    assert ten.page.locator("#list .item-place").all_inner_texts() == ["Place 1, Anbar, Syria"]
    ten.page.get_by_role("button", name="Play").click()
    ten.page.get_by_role("slider", name="Start of").and_(ten.page.locator('[aria-valuetext="2023-11-04"]')).wait_for()
    ten.page.get_by_role("button", name="Pause").click()
    assert ten.page.get_by_role("button", name="Play").is_visible()


def test_undated_events_can_be_left_out_and_are_counted(small_layers, tmp_path, opened):
    page = opened.open(written(small_layers, tmp_path))
    page.get_by_label("1 undated").uncheck()
    assert opened.rows() == 5
    page.wait_for_url("**undated=0*")


@pytest.mark.parametrize(("name", "choice", "rows"), [
    ("type", "Battles", 5), ("sub", "Armed clash", 5), ("actor", "Brigade Élan", 5), ("country", "Iraq", 5),
    ("province", "Anbar, Iraq", 5), ("confidence", "high", 5), ("precision", "Exact place", 0),
    ("source", "Reuters", 10), ("status", "asserted", 0),
])  # fmt: skip
def test_each_filter(ten, name, choice, rows):
    facet(ten, name, choice).click()
    assert ten.rows() == rows
    assert ten.shown().startswith(f"{'All' if rows == 10 else f'{rows} of'} 10 events")
    ten.page.locator(".chip", has_text="Reset all").click()
    assert ten.rows() == 10


@pytest.mark.parametrize(
    ("harm", "least", "rows"),
    [("deaths", None, 5), ("none", None, 0), ("killed", 3, 0), ("killed", 2, 5), ("casualties", 9, 5)],
)
def test_harm(ten, harm, least, rows):
    ten.page.evaluate("document.querySelector('.filters').open = true")
    ten.page.get_by_label("Harm").select_option(harm)
    if least:
        ten.page.get_by_label("Least number").fill(str(least))
        ten.page.get_by_label("Least number").dispatch_event("change")
    assert ten.rows() == rows


def test_counts_follow_the_filters_everywhere(ten):
    facet(ten, "country", "Iraq").check()
    assert ten.rows() == 5
    legend = ten.page.locator("#layers label", has_text="Battles").locator(".count")
    assert legend.inner_text() == "0"
    assert "5 of 10 events" in ten.page.locator("#summary").inner_text()
    facet(ten, "actor", "Army")
    assert (
        ten.page.locator("[data-facet=actor] label", has_text="Army of Somewhere").locator(".count").inner_text() == "5"
    )


def test_what_was_not_said_to_have_happened_is_off_until_asked_for(small_layers, tmp_path, opened):
    planned = small_layers.events.assign(event_status=["planned", *["asserted"] * 5])
    opened.open(written(replace(small_layers, events=planned), tmp_path))
    assert opened.rows() == 5
    assert opened.page.locator(".chip").count() == 0
    facet(opened, "status", "planned").check()
    assert opened.rows() == 6


@pytest.mark.parametrize(("words", "scope", "rows"), [
    ("place 3", "all", 1), ("elan", "actor", 5), ("BRIDGE", "words", 10), ('"sentence 7"', "words", 1),
    ("bridge", "place", 0), ("brigade syria", "all", 5),
])  # fmt: skip
def test_search(ten, words, scope, rows):
    ten.page.get_by_label("Search in", exact=True).select_option(scope)
    ten.page.get_by_label("Search events").fill(words)
    said = "All" if rows == 10 else f"{rows} of"
    playwright.expect(ten.page.locator("#shown")).to_have_text(f"{said} 10 events shown")
    ten.page.wait_for_url("**q=*")


def test_list_and_map_point_at_each_other(ten):
    ten.page.locator("#list .item").nth(1).hover()
    assert ten.page.locator(".hover-ring").is_visible()
    ten.page.locator("#list .item").nth(4).click()
    assert "Sentence 4" in ten.page.locator(".leaflet-popup-content").inner_text()
    at = ten.page.evaluate(
        "(() => { const map = window.map_sitmap, box = map.getContainer().getBoundingClientRect();"
        "map.closePopup(); map.setView([33, 42], 6, { animate: false });"
        "const at = map.latLngToContainerPoint([33, 44.5]); return [box.left + at.x, box.top + at.y]; })()"
    )
    ten.page.mouse.click(*at)
    ten.page.locator('#list [aria-current="true"]', has_text="Place 9").wait_for()


def test_the_address_brings_everything_back(ten, tmp_path):
    page = ten.page
    facet(ten, "country", "Syria").check()
    page.get_by_label("Step", exact=True).select_option("week")
    page.get_by_role("button", name="Step forward").click()
    page.locator("#layers label", has_text="Claims").last.locator("input").check()
    page.locator("#theme").click()
    page.get_by_label("Colour by").select_option("actor")
    page.locator("#list .item").first.click()
    page.wait_for_url("**event=*")
    rows, centre = ten.rows(), page.evaluate("window.map_sitmap.getCenter().lat.toFixed(2)")
    page.wait_for_timeout(400)
    page.reload()
    page.locator("html[data-ready]").wait_for(state="attached")
    page.locator(".leaflet-popup-content").wait_for()
    assert ten.rows() == rows == 3
    assert page.evaluate("window.map_sitmap.getCenter().lat.toFixed(2)") == centre
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.get_by_label("Colour by").input_value() == "actor"
    assert page.locator("#layers label", has_text="Claims").last.locator("input").is_checked()


def test_download_holds_what_is_seen(ten, tmp_path):
    facet(ten, "country", "Iraq").check()
    assert ten.rows() == 5
    collection = json.loads(saved(ten, "GeoJSON"))
    assert [feature["id"] for feature in collection["features"]] == ["d0", "d2", "d4", "d6", "d8"]
    first = collection["features"][0]
    assert first["geometry"] == {"type": "Point", "coordinates": [40, 33]}
    assert (first["properties"]["low"], first["properties"]["injuries_low"]) == (2, 8)
    rows = list(csv.DictReader(io.StringIO(saved(ten, "CSV").removeprefix("\ufeff"))))
    assert Counter(row["country"] for row in rows) == {"Iraq": 5}
    assert rows[0]["source_sentence"] == "Sentence 0 about a bridge."
    ten.assert_quiet(tmp_path / "map.html")


def test_no_cell_is_a_formula(small_layers, tmp_path, opened):
    risky = small_layers.events.assign(location="=1+1", notes='@SUM(A1)\n"x"', perpetrator="-2")
    opened.open(written(replace(small_layers, events=risky), tmp_path))
    rows = list(csv.DictReader(io.StringIO(saved(opened, "CSV").removeprefix("\ufeff"))))
    assert {(row["location"], row["notes"], row["perpetrator"]) for row in rows} == {
        ("'=1+1", '\'@SUM(A1)\n"x"', "'-2")
    }
    assert {row["longitude"] for row in rows} >= {"42.44"}


def test_the_list_is_one_stop_and_the_arrows_go_through_it(ten):
    first = ten.page.locator('#list .item[tabindex="0"]')
    assert first.count() == 1
    first.focus()
    for key in ("ArrowDown", "ArrowDown", "End", "Home", "ArrowDown"):
        ten.page.keyboard.press(key)
    assert ten.page.evaluate("document.activeElement.textContent").startswith("Armed clash")
    ten.page.keyboard.press("Enter")
    ten.page.locator(".leaflet-popup-content", has_text="Sentence 1").wait_for()
    assert ten.page.evaluate("document.activeElement.closest('.pages') !== null")
    ten.page.keyboard.press("Escape")
    ten.page.locator(".leaflet-popup-content").wait_for(state="detached")


def test_layers_can_be_switched_without_complaint(small_layers, tmp_path, opened):
    path = written(small_layers, tmp_path)
    page = opened.open(path)
    for box in page.locator("#layers input:not([data-key^=type])").all():
        box.set_checked(not box.is_checked())
    assert "known only to province" in page.locator("#layers").inner_text()
    page.get_by_role("button", name="Measure a distance").click()
    frame = page.locator("#map_sitmap").bounding_box()
    for right in (200, 400):
        page.mouse.click(frame["x"] + right, frame["y"] + 300)
    assert "km along 2 points" in page.locator("#measured").inner_text()
    opened.assert_quiet(path)


def test_paper_gets_one_sheet_in_light_colours_and_the_screen_is_put_back(small_layers, tmp_path, opened):
    page = opened.open(written(small_layers, tmp_path), "#theme=dark")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    first = page.evaluate(
        "(() => { const sheet = document.querySelector('.print-sheet');"
        "return [...sheet.getContext('2d').getImageData(1, 1, 1, 1).data, sheet.width]; })()"
    )
    assert min(first[:3]) > 200
    assert first[4] == 1400
    assert page.locator("#list .item").count() == 5
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".print-sheet").count() == 0
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_an_arabic_name_runs_right_to_left_by_itself(small_layers, tmp_path, opened):
    page = opened.open(
        written(
            replace(small_layers, events=small_layers.events.assign(location="الرمادي", perpetrator="الجيش")), tmp_path
        )
    )
    page.locator("#list .item").first.click()
    who = page.locator(".leaflet-popup-content dd span", has_text="الجيش").first
    assert who.evaluate("(node) => getComputedStyle(node).direction") == "rtl"


def test_tiles_are_asked_of_their_host_alone(small_layers, tmp_path, opened):
    path = written(small_layers, tmp_path, tiles=tiles_from("https://tiles.example.org/{z}/{x}/{y}.png"))
    opened.page.route("https://tiles.example.org/**", lambda route: route.abort())
    page = opened.open(path)
    page.wait_for_timeout(200)
    asked = [url for url in opened.requests if url.startswith("http")]
    assert asked
    assert all(url.startswith("https://tiles.example.org/") for url in asked)
    assert "tiles.example.org" in page.locator("footer").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious(small_layers, tmp_path, opened, scheme, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing")
    opened.page.emulate_media(color_scheme=scheme)
    opened.page.set_viewport_size({"width": width, "height": 800})
    page = opened.open(written(small_layers, tmp_path))
    if width < 760:
        page.locator("#show-list").click()
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    page.wait_for_timeout(100)
    for with_popup in (False, True):
        if with_popup:
            page.locator("#list .item", has_text="Ain al-Asad").first.click()
            page.locator(".leaflet-popup-content").wait_for()
            page.wait_for_timeout(400)  # it fades in, and half faded it has no contrast
        found = axe.Axe().run(page).response["violations"]
        serious = [
            (rule["id"], [node["target"] for node in rule["nodes"]][:4])
            for rule in found
            if rule["impact"] in {"serious", "critical"}
        ]
        assert serious == []


def test_reports_of_one_day_need_no_slider(small_layers, tmp_path, opened):
    one = small_layers.events.assign(date_start=pd.NaT, date_end=pd.NaT, event_date=pd.NaT)
    opened.open(written(replace(small_layers, events=one), tmp_path))
    assert not opened.page.locator("#time").is_visible()
    assert opened.rows() == 6
