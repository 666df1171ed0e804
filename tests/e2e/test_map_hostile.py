"""Texts that would be code, in every field that the map shows: they show as they are and nothing runs."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from map_page import CHROMIUM, Opened, open_every_popup, written
from shapely.geometry import Point

from pipeline.frames import Layers

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the map is not opened")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: the map is not opened"),
]

BAD = Path(__file__).parents[2].parent / "shared" / "badinput"
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


def assert_inert(texts: list[str], layers: Layers, folder: Path, opened: Opened) -> None:
    path = written(hostile(layers, texts), folder, title=" ".join(texts))
    page = opened.open(path)
    for label in ("Claims", "Places named"):
        page.locator("#layers label", has_text=label).last.locator("input").check()
    page.evaluate("document.querySelectorAll('#asides details').forEach((details) => (details.open = true))")
    popups = open_every_popup(page)
    legend = page.evaluate("document.getElementById('layers').textContent")
    page.evaluate("document.querySelectorAll('#filters details').forEach((details) => (details.open = true))")
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


def test_a_hostile_address_is_data(small_layers, tmp_path, opened):
    path = written(small_layers, tmp_path)
    attack = (
        "q=<img src=x onerror=window.__canary=1>&on.actor==constructor&off.type==__proto__&map=NaN/1/2&harm=__proto__"
    )
    page = opened.open(
        path, f"#{attack}&event=constructor&layers=__proto__,no-constructor&theme=x&least=-1&from=2023-99-99"
    )
    assert page.locator(".chip", has_text="<img").count() == 1
    assert page.evaluate("window.__canary") is None
    opened.assert_quiet(path)


@pytest.mark.skipif(not BAD.exists(), reason="shared/badinput is missing")
def test_known_injections_are_shown_and_never_run(small_layers, tmp_path, opened):
    cases = json.loads((BAD / "injection.json").read_text(encoding="utf-8"))
    assert_inert(list(dict.fromkeys(case["text"] for case in cases)), small_layers, tmp_path, opened)


@pytest.mark.skipif(not BAD.exists(), reason="shared/badinput is missing")
def test_a_sample_of_known_attacks_is_shown_and_never_runs(small_layers, tmp_path, opened):
    lines = (BAD / "xss-payload-list.txt").read_text(encoding="utf-8", errors="replace").splitlines()
    texts = [line.strip() for line in lines[::220] if line.strip()]
    opened.page.on("dialog", lambda dialog: opened.complaints.append(dialog.message))
    assert_inert(list(dict.fromkeys(texts)), small_layers, tmp_path, opened)
