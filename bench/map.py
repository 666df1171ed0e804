"""The map at 1,000 to 1,000,000 made-up events: size, build, time to interactive, filtering; plain Folium beside it.

usage: map.py [--sizes N ...] [--write]

Events lie in towns, districts and provinces of Syria and Iraq, with sentences, reasons and runners-up as long as real
ones. The page is opened in Debian's Chromium with the network off. Seconds are wall time of one run; filtering and
panning are medians in milliseconds, from the call to the painted frame. ``--write`` puts the table into
docs/performance.md. Needs Playwright and chromium (see the dev dependencies).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
from playwright.sync_api import Browser, Error, sync_playwright

from pipeline.codes import code_of, sub_event_types
from pipeline.frames import Layers, conform_layer, layer_from_rows
from pipeline.products.map import write_map

SIZES = (1_000, 10_000, 100_000, 1_000_000)
PLAIN_SIZES = (1_000, 10_000)
DOC = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
START, END = "<!-- map -->", "<!-- /map -->"
TIMEOUT_MS = 180_000
HEAD = (
    "| events | file MB | build s | interactive s | filter by type ms | time window ms | pan ms | search, first / again ms |",
    "|---|---|---|---|---|---|---|---|",
)
_PROVINCES = ("Aleppo", "Idlib", "Homs", "Hama", "Deir ez-Zor", "Raqqa", "Hasakah", "Daraa", "Anbar", "Nineveh", "Kirkuk", "Baghdad")
_GROUPS = tuple(f"{kind} of {where}" for kind in ("Military Council", "Brigade", "Police", "Local Committee", "Border Guard") for where in _PROVINCES)
_WORDS = (
    "on the road a convoy was struck near market district hospital after dawn by rockets fired from positions held "
    "witnesses said officials told reporters two vehicles burned houses damaged fighters withdrew towards hills while "
    "shelling continued overnight medics counted wounded among residents who fled checkpoint bridge northern eastern"
).split()

#: Milliseconds from a change of the rules to the frame that shows it.
_TIMED = """async (change) => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  await frame();
  const begun = performance.now();
  await eval(change)();
  await frame();
  return performance.now() - begun;
}"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description="Size and speed of the map.")
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, help="events (default: 1,000 to 1,000,000)")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    given = parser.parse_args(arguments)
    lines = [*HEAD]
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--js-flags=--max-old-space-size=8192"]
        )
        for line in measured(browser, Path(folder), given.sizes):
            print(line, flush=True)
            lines.append(line)
        browser.close()
    if given.write:
        write_table(lines)


def measured(browser: Browser, folder: Path, sizes: Sequence[int]) -> Iterator[str]:
    """Yield a row of the table for each size, and for plain Folium."""
    for size in sizes:
        layers = made_up(size)
        begun = time.perf_counter()
        write_map(layers, folder / "map.html", title="Benchmark", generated="", attribution=["made up"])
        built = time.perf_counter() - begun
        yield row(f"{size:,}", folder / "map.html", built, times(browser, folder / "map.html"))
        if size in PLAIN_SIZES:
            built = plain_folium(layers.events, folder / "plain.html")
            took = plain_load(browser, folder / "plain.html")
            yield row(f"{size:,}, plain Folium markers", folder / "plain.html", built, {"load": took})


def row(name: str, path: Path, built: float, took: dict[str, float]) -> str:
    """Return one row of the table."""
    cells = [f"{took['load']:.1f}" if "load" in took else "never", *(f"{took[key]:.0f}" if key in took else "–" for key in ("type", "time", "pan"))]
    search = f"{took['search']:.0f} / {took['again']:.0f}" if "search" in took else "–"
    return f"| {name} | {path.stat().st_size / 1e6:.1f} | {built:.1f} | {' | '.join(cells)} | {search} |"


def times(browser: Browser, path: Path) -> dict[str, float]:
    """Open the map and use it; the script is stopped from changing anything by its policy, so rules are set by clicks."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True, bypass_csp=True).new_page()
    page.set_default_timeout(TIMEOUT_MS)
    begun = time.perf_counter()
    page.goto(path.as_uri(), timeout=TIMEOUT_MS)
    page.wait_for_function("window.sitmap && window.sitmap.ready", timeout=TIMEOUT_MS)
    took = {"load": time.perf_counter() - begun}
    box = "document.querySelector('#layers input[data-key^=\"type-\"]')"
    took["type"] = middle(page, f"() => {box}.click()")
    took["time"] = middle(page, "() => document.querySelector('[aria-label=\"Step forward\"]').click()")
    page.evaluate("document.querySelector('.all-dates').click()")
    took["pan"] = middle(page, "() => window.map_sitmap.panBy([220, 0], { animate: false })")
    search = "() => { const box = document.querySelector('#filters input'); box.value = '%s'; box.dispatchEvent(new Event('input')); }"
    took["search"], took["again"] = (searched(page, search % words) for words in ("hospital", "bridge"))
    page.context.close()
    return took


def middle(page: Any, change: str) -> float:  # noqa: ANN401
    """Return the median of five goes."""
    return float(np.median([page.evaluate(_TIMED, change) for _ in range(5)]))


def searched(page: Any, change: str) -> float:  # noqa: ANN401
    """Return how long a search takes, from the key to the counts, the wait for further keys left out."""
    wait = 180  # filters.js
    page.evaluate("document.querySelector('#shown').textContent = 'waiting'")
    begun = time.perf_counter()
    page.evaluate(f"({change})()")
    page.wait_for_function("/shown$/.test(document.querySelector('#shown').textContent)", polling=5)
    return max((time.perf_counter() - begun) * 1000 - wait, 0)


def plain_folium(events: gpd.GeoDataFrame, path: Path) -> float:
    """Write the same events as Folium's own markers with popups; return the seconds."""
    begun = time.perf_counter()
    shown = folium.Map(location=(34, 40), zoom_start=6, tiles=None)
    for lat, lon, text in zip(events["latitude"], events["longitude"], events["source_sentence"], strict=True):
        folium.Marker((lat, lon), popup=folium.Popup(text, max_width=300)).add_to(shown)
    shown.save(path)
    return time.perf_counter() - begun


def plain_load(browser: Browser, path: Path) -> float:
    """Open plain Folium with the vendored Leaflet in place of its network addresses."""
    assets = Path(__file__).resolve().parent.parent / "pipeline" / "products" / "map" / "assets"
    html = re.sub(r"<script src=\"[^\"]*\"></script>|<link rel=\"stylesheet\"[^>]*>", "", path.read_text(encoding="utf-8"))
    stubs = "<script>window.$ = () => [document.createElement('div')];</script>"
    leaflet = f"<script>{(assets / 'leaflet.js').read_text(encoding='utf-8')}</script>{stubs}"
    path.write_text(html.replace("<head>", f"<head>{leaflet}", 1), encoding="utf-8")
    page = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True).new_page()
    begun = time.perf_counter()
    try:
        page.goto(path.as_uri(), wait_until="load", timeout=TIMEOUT_MS)
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    except Error:
        return float("inf")
    took = time.perf_counter() - begun
    page.context.close()
    return took


def made_up(size: int) -> Layers:
    """Return layers of made-up events, the same for the same size."""
    draw = random.Random(size)  # noqa: S311 - figures, not secrets
    pick = np.random.default_rng(size)
    towns = [(draw.choice(_PROVINCES), f"Town {n}", draw.uniform(31, 37), draw.uniform(36, 45)) for n in range(max(size // 12, 50))]
    town = [towns[int(n)] for n in pick.zipf(1.25, size) % len(towns)]
    precision = pick.choice([1, 2, 3], size, p=[0.55, 0.3, 0.15])
    centres = {name: (name, name, draw.uniform(32, 36), draw.uniform(37, 44)) for name in _PROVINCES}
    town = [centres[one[0]] if code == 3 else one for one, code in zip(town, precision, strict=True)]
    subs = [sub_event_types()[int(n)] for n in pick.integers(0, 25, size)]
    day = pd.Timestamp("2016-01-01") + pd.to_timedelta(np.sort(pick.integers(0, 2900, size)), unit="D")
    sentence = [" ".join(draw.choices(_WORDS, k=28)) for _ in range(size)] if size <= 100_000 else [""] * size
    killed = pick.poisson(2, size)
    columns = {
        "event_id": [f"{draw.getrandbits(64):016x}" for _ in range(size)], "event_status": "asserted", "event_date": day,
        "date_start": day, "date_end": day, "time_precision": 1, "date_prec": 1, "event_type": [code_of(sub).event_type for sub in subs],
        "sub_event_type": subs, "actor1": [draw.choice(_GROUPS) for _ in range(size)], "actor2": [draw.choice(_GROUPS) for _ in range(size)],
        "location": [one[1] for one in town], "admin1": [one[0] for one in town], "country": [("Iraq", "Syria")[one[0] not in _PROVINCES[8:]] for one in town],
        "latitude": [one[2] for one in town], "longitude": [one[3] for one in town], "geo_precision": precision,
        "where_prec": np.choose(precision - 1, [1, 2, 4]), "uncertainty_m": np.choose(precision - 1, [2000, 8000, 90000]),
        "geo_method": "exact", "geo_score": pick.uniform(0.4, 1, size).round(3), "low": killed, "best": killed, "high": killed,
        "source": [draw.choice(("Wire A", "Wire B", "Wire C", "Daily D")) for _ in range(size)], "source_sentence": sentence,
        "source_url": [f"https://example.org/{draw.getrandbits(40):x}" for _ in range(size)], "n_sources": 1, "doc_id": "made-up",
        "source_title": [" ".join(one.split()[:8]) for one in sentence], "confidence": pick.uniform(0.3, 1, size).round(2),
        "confidence_level": "moderate", "notes": "", "where_description": [f"near {one[1]}" for one in town],
        "geo_reasons": [reasons(one) for one in town], "geo_alternatives": [runners_up(one) for one in town],
    }  # fmt: skip
    columns["perpetrator"], columns["target"] = columns["actor1"], columns["actor2"]
    geometry = gpd.points_from_xy(columns["longitude"], columns["latitude"])
    blank = layer_from_rows("events", [])
    frame = gpd.GeoDataFrame(columns, geometry=geometry, crs=blank.crs).reindex(columns=blank.columns)
    events = conform_layer(gpd.GeoDataFrame(frame, geometry="geometry", crs=blank.crs), "events")
    return Layers(events, *(layer_from_rows(name, []) for name in ("claims", "areas", "mentions")))


def reasons(town: tuple[str, str, float, float]) -> str:
    """Return reasons as long as real ones."""
    texts = (f"the name is the same as {town[1]}", f"{town[0]} is named in the same sentence", "the only place of this name in the country")
    return json.dumps([{"feature": "f", "contribution": 0.4, "text": text} for text in texts])


def runners_up(town: tuple[str, str, float, float]) -> str:
    """Return two runners-up."""
    return json.dumps([{"place_id": f"x:{n}", "name": town[1], "admin1": _PROVINCES[n], "country": "Syria", "score": 0.1} for n in (2, 7)])


def write_table(lines: Sequence[str]) -> None:
    """Put the table between its marks in docs/performance.md."""
    text = DOC.read_text(encoding="utf-8")
    before, rest = text.split(START)
    after = rest.split(END)[1]
    DOC.write_text(f"{before}{START}\n" + "\n".join(lines) + f"\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
