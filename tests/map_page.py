"""A written map opened in headless Chromium, with all that it asked for and complained of; for tests of the map."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from pipeline.frames import Layers
from pipeline.products.map import write_map

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium")


@dataclass
class Opened:
    """A page, and all that it asked for or complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: Path, fragment: str = "") -> Page:
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.goto(path.as_uri() + fragment)
        self.page.locator("html[data-ready]").wait_for(state="attached")
        return self.page

    def shown(self) -> str:
        """What the page says is shown, once it has drawn what was asked for."""
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))")
        return self.page.locator("#shown").inner_text()

    def rows(self) -> int:
        """How many events pass, in the list or not."""
        self.shown()
        return self.page.evaluate("window.sitmap.seen().visible.length")

    def assert_quiet(self, path: Path) -> None:
        assert [url for url in self.requests if not url.startswith((path.as_uri(), "blob:"))] == []
        assert self.complaints == []


def written(layers: Layers, folder: Path, title: str = "Strikes, November 2023", **more: Any) -> Path:
    path = folder / "map.html"
    write_map(layers, path, title=title, generated="22 Nov 2023", attribution=[title, "GeoNames, CC BY 4.0"], **more)
    return path


def many_days(layers: Layers, days: int = 10) -> Layers:
    """The first exact event on each of some days in a row, in turn a strike with two killed and a battle with none."""
    one = layers.events[layers.events["geo_precision"] == 1].head(1)
    dates = pd.date_range("2023-11-01", periods=days, unit="ms")
    even = [number % 2 == 0 for number in range(days)]
    rows = pd.concat([one] * days, ignore_index=True).assign(
        event_id=[f"d{number}" for number in range(days)], event_date=dates, date_start=dates, date_end=dates,
        event_type=["Explosions/Remote violence" if first else "Battles" for first in even],
        sub_event_type=["Air/drone strike" if first else "Armed clash" for first in even],
        perpetrator=["Army of Somewhere" if first else "Brigade Élan" for first in even],
        location=[f"Place {number}" for number in range(days)],
        country=["Iraq" if first else "Syria" for first in even],
        source_sentence=[f"Sentence {number} about a bridge." for number in range(days)],
        confidence_level=["high" if first else "low" for first in even], place_start=None, place_end=None,
    )  # fmt: skip
    for name in ("low", "best", "high"):
        rows[name] = pd.array([2 if first else pd.NA for first in even], dtype="Int64")
    rows = rows.assign(geometry=gpd.points_from_xy([40 + number / 2 for number in range(days)], [33] * days))
    return Layers(
        gpd.GeoDataFrame(rows, geometry="geometry", crs=one.crs), layers.claims, layers.areas.head(0), layers.mentions
    )


def open_every_popup(page: Page) -> list[str]:
    """Click through the list and return the words of each popup, its details opened."""
    return page.evaluate(
        """async () => {
          const found = [];
          const pages = new WeakSet();
          const list = document.getElementById("list");
          const wait = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          const count = Number(document.querySelector("#list [aria-setsize]").getAttribute("aria-setsize"));
          for (let number = 1; number <= count; number += 1) {
            let row = null;
            for (list.scrollTop = (number - 1) * 60; !row; list.scrollTop += 200) {
              await wait();
              row = document.querySelector(`#list [aria-posinset="${number}"] button`);
            }
            row.click();
            let popup = null; // each opening makes new pages; the last popup may still be fading
            while (!popup || pages.has(popup)) {
              await wait();
              popup = [...document.querySelectorAll(".leaflet-popup-content .pages")].at(-1);
            }
            pages.add(popup);
            popup.querySelectorAll("details").forEach((details) => (details.open = true));
            found.push(popup.textContent);
          }
          return found;
        }"""
    )
