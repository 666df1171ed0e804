"""The map at 1,000 to 1,000,000 made-up events: size, build, time to interactive, filtering; plain Folium beside it.

usage: map.py [--sizes N ...] [--write]

Above 100,000 events the page holds counts; a row "served" is the same page with its tiles, as `sitmap serve` shows
them, filtered and panned at zoom 8.

The page is opened in Debian's Chromium with the network off. Of each figure the wall time is said and, in brackets, the
processor time of the page's main thread, which a busy machine changes less. Filtering and panning are medians of five,
from the change to the painted frame. ``--write`` puts the table into docs/performance.md. Needs Playwright and chromium
(see the dev dependencies).
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import folium
import geopandas as gpd
from made_up import made_up
from playwright.sync_api import Browser, CDPSession, Error, Page, sync_playwright

from pipeline.frames import Layers
from pipeline.products.map import TOO_MANY, write_map
from pipeline.products.points.archive import write_tiles
from pipeline.products.points.order import TILES
from pipeline.serving import ResultsServer

ROOT = Path(__file__).resolve().parent.parent
DOC = ROOT / "docs" / "performance.md"
LEAFLET = ROOT / "pipeline" / "products" / "map" / "assets" / "leaflet.js"
START, END = "<!-- map -->", "<!-- /map -->"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
PLAIN_MOST = 10_000
TIMEOUT_MS = 240_000
SEARCH_WAIT_MS = 180  # filters.js waits so long for a further key
HEAD = (
    "| events | files, MB | build, s | usable, s | filter, ms | window of time, ms | pan, ms | first search, ms |",
    "|---|---|---|---|---|---|---|---|",
)
TYPE = """document.querySelector('#layers input[data-key^="type-"]').click()"""
STEP = """document.querySelector('[aria-label="Step forward"]').click()"""
PAN = "window.map_sitmap.panBy([220, 0], { animate: false })"
SEARCH = """const box = document.querySelector('#filters input');
box.value = 'hospital';
box.dispatchEvent(new Event('input'))"""
FRAME = "await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description="Size and speed of the map.")
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, help="events (default: 1,000 to 1,000,000)")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    given = parser.parse_args(arguments)
    lines = [*HEAD]
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        chromium = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for line in measured(chromium, Path(folder), given.sizes):
            print(line, flush=True)
            lines.append(line)
        chromium.close()
    if given.write:
        write_table(lines)


def measured(chromium: Browser, folder: Path, sizes: Sequence[int]) -> Iterator[str]:
    """Yield a row of the table for each size, and for plain Folium at the small ones."""
    for size in sizes:
        layers = made_up(size)
        path = folder / "map.html"
        begun = time.process_time()
        write_map(layers, path, title="Benchmark", generated="", attribution=["made up"])
        yield row(f"{size:,}", path, time.process_time() - begun, figures(chromium, path))
        if size > TOO_MANY:
            yield served(chromium, layers, folder)
        if size <= PLAIN_MOST:
            built = plain_folium(layers.events, folder / "plain.html")
            yield row(f"{size:,}, plain Folium", folder / "plain.html", built, [plain(chromium, folder / "plain.html")])


def served(chromium: Browser, layers: Layers, folder: Path) -> str:
    """Write the tiles, serve them on loopback, and measure where single points begin."""
    begun = time.process_time()
    tiles = write_tiles(layers.events, folder / TILES, attribution=["made up"])
    built = time.process_time() - begun
    with ResultsServer(folder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page, clock = fresh(chromium, offline=False)
        wall, processor = timed(clock, lambda: open_map(page, f"{server.address}#map=8/34/41"))
        page.locator("#aggregated").filter(has_text="in view").wait_for()
        cells = [f"{wall:.1f} ({processor:.1f})", *(used(page, clock, change) for change in (TYPE, STEP))]
        page.evaluate("document.querySelector('.all-dates').click()")
        cells.append(used(page, clock, PAN))
        page.context.close()
        server.shutdown()
    return row(f"{len(layers.events):,}, served", tiles, built, cells)


def row(name: str, path: Path, built: float, cells: Sequence[str]) -> str:
    """Return one row of the table; what was not measured is a dash."""
    rest = [*cells, *["–"] * (5 - len(cells))]
    return f"| {name} | {path.stat().st_size / 1e6:.1f} | {built:.1f} | {' | '.join(rest)} |"


def figures(chromium: Browser, path: Path) -> list[str]:
    """Open the map and use it as a reader would: by clicks and keys."""
    page, clock = fresh(chromium)
    wall, processor = timed(clock, lambda: open_map(page, path.as_uri()))
    cells = [f"{wall:.1f} ({processor:.1f})"]
    cells += [used(page, clock, change) for change in (TYPE, STEP)]
    page.evaluate("document.querySelector('.all-dates').click()")
    cells += [used(page, clock, PAN), searched(page, clock)]
    page.context.close()
    return cells


def fresh(chromium: Browser, *, offline: bool = True) -> tuple[Page, CDPSession]:
    """Return a page, and the session that reads the processor time of its main thread."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, offline=offline)
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    clock = context.new_cdp_session(page)
    clock.send("Performance.enable", {"timeDomain": "threadTicks"})
    return page, clock


def open_map(page: Page, address: str) -> None:
    """Open the map and wait until it can be used."""
    page.goto(address)
    page.locator("html[data-ready]").wait_for(state="attached")


def timed(clock: CDPSession, action) -> tuple[float, float]:  # noqa: ANN001
    """Return the wall and the processor seconds of an action."""
    before, begun = busy(clock), time.perf_counter()
    action()
    return time.perf_counter() - begun, busy(clock) - before


def busy(clock: CDPSession) -> float:
    """Return the processor seconds that the page's main thread has used."""
    metrics = clock.send("Performance.getMetrics")["metrics"]
    return next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")


def used(page: Page, clock: CDPSession, change: str) -> str:
    """Return the medians of five changes, each until its frame is painted."""
    script = f"(async () => {{ {FRAME}; {change}; {FRAME}; {FRAME}; }})()"
    goes = [timed(clock, lambda: page.evaluate(script)) for _ in range(5)]
    wall, processor = (statistics.median(figure) * 1000 for figure in zip(*goes, strict=True))
    return f"{wall:.0f} ({processor:.0f})"


def searched(page: Page, clock: CDPSession) -> str:
    """Return how long the first search takes, which reads every sentence; the wait for a further key left out."""
    everything = page.locator("#shown").inner_text()
    script = f"(() => {{ {SEARCH}; }})()"

    def search() -> None:
        page.evaluate(script)
        page.locator("#shown").filter(has_not_text=everything).filter(has_text="shown").wait_for()

    wall, processor = timed(clock, search)
    return f"{max(wall * 1000 - SEARCH_WAIT_MS, 0):.0f} ({processor * 1000:.0f})"


def plain_folium(events: gpd.GeoDataFrame, path: Path) -> float:
    """Write the same events as Folium's own markers with popups, Leaflet inlined; return the processor seconds."""
    begun = time.process_time()
    shown = folium.Map(location=(34, 40), zoom_start=6, tiles=None)
    for lat, lon, text in zip(events["latitude"], events["longitude"], events["source_sentence"], strict=True):
        folium.Marker((lat, lon), popup=folium.Popup(text, max_width=300)).add_to(shown)
    shown.save(path)
    took = time.process_time() - begun
    html = re.sub(r'<script src="[^"]*"></script>|<link rel="stylesheet"[^>]*>', "", path.read_text(encoding="utf-8"))
    script = (
        f"<script>{LEAFLET.read_text(encoding='utf-8')}\nwindow.$ = () => [document.createElement('div')];</script>"
    )
    path.write_text(html.replace("<head>", f"<head>{script}", 1), encoding="utf-8")
    return took


def plain(chromium: Browser, path: Path) -> str:
    """Open plain Folium; return how long it took, or that it never came."""
    page, clock = fresh(chromium)
    try:
        wall, processor = timed(
            clock, lambda: (page.goto(path.as_uri()), page.evaluate(f"(async () => {{ {FRAME}; }})()"))
        )
    except Error:  # above all its time-out
        return "never"
    else:
        return f"{wall:.1f} ({processor:.1f})"
    finally:
        page.context.close()


def write_table(lines: Sequence[str]) -> None:
    """Put the table between its marks in docs/performance.md."""
    before, rest = DOC.read_text(encoding="utf-8").split(START)
    table = "\n".join(lines)
    DOC.write_text(f"{before}{START}\n{table}\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
