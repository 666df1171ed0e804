"""Make up reports of local papers: they name their own town and its neighbours without a word on where these lie.

Few corpora are local news, and a model that is reported on one never saw it; these teach what a paper's name and the
towns around say of a bare "Springfield". Sentences of our own, towns of GeoNames.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from made_up_reports import Named, Row, Scenes, record_of

from gazetteer import Gazetteer
from gazetteer.models import Place
from gazetteer.names import fold
from gazetteer.sphere import distance_km

TABLES = yaml.safe_load(Path(__file__).with_name("made_up_local.yaml").read_text("utf8"))
LANDS = {"US": 0.5, "CA": 0.1, "GB": 0.1, "AU": 0.05, "IE": 0.05}  # shares; what is left goes to the whole world
NAMESAKES = 0.5  # share of papers of towns that share their name with a far larger one
KNOWN_HOME = 0.5  # share of papers whose address tells their town
AROUND_KM, CITY_KM = 60.0, 350.0
LONGEST = 14  # sentences
SMALLEST, LARGEST = 1_500, 700_000  # people of a town with a paper


class LocalScenes(Scenes):
    """Draws the places of a local paper's report; see :class:`made_up_reports.Scenes`."""

    def draw_local(self) -> dict[str, Named]:
        """Return what each slot stands for in a report of one paper; ``home`` is its town."""
        iso = self._land()
        home = self._home(iso)
        around = self._around(iso, home, AROUND_KM)
        away = self._one(self._towns[iso], self._weights[iso])
        found = {f"near{n}": self._town(self._one(*around), as_is=True) for n in (1, 2, 3)}
        found |= {
            "home": self._town(home, as_is=True), "state": self._province(home), "county": self._county(home),
            "city": self._town(self._one(*self._around(iso, home, CITY_KM, power=2.0)), as_is=True),
            "away": self._town(away, as_is=True), "away_state": self._province(away),
            "country": self._area(self.gazetteer.country(iso)), "capital": self._capital(),
            "abroad": self._area(self.gazetteer.country(self._country())), "people": self._people(iso),
        }  # fmt: skip
        return found

    def address(self, home: Named) -> str:
        """Return the address of a paper: called after its town, or not."""
        words = TABLES["papers"]
        word = str(words[int(self.random.integers(len(words)))])
        town = fold(home.text).replace(" ", "") if self.random.random() < KNOWN_HOME else "the"
        return f"https://www.{town}{word}.com/news/1"

    def _land(self) -> str:
        at = self.random.random() - np.cumsum(list(LANDS.values()))
        return next((iso for iso, left in zip(LANDS, at, strict=True) if left < 0), "") or self._country()

    def _home(self, iso: str) -> Row:
        rows = [row for row in self._towns[iso] if SMALLEST <= int(row["population"]) <= LARGEST] or self._towns[iso]
        shared = [row for row in self._namesakes if row["countrycode"] == iso and int(row["population"]) >= SMALLEST]
        rows = shared if shared and self.random.random() < NAMESAKES else rows
        return rows[int(self.random.integers(len(rows)))]

    def _around(self, iso: str, home: Row, within_km: float, *, power: float = 1.0) -> tuple[list[Row], Any]:
        """Return the other towns of a country near one, and how often each is told of."""
        box = within_km / 80.0
        rows = [
            row for row in self._towns[iso]
            if row is not home and abs(row["latitude"] - home["latitude"]) <= box
            and distance_km(home["latitude"], home["longitude"], row["latitude"], row["longitude"]) <= within_km
        ] or self._towns[iso]  # fmt: skip
        return rows, np.sqrt([float(row["population"]) + 100.0 for row in rows]) ** power

    def _county(self, home: Row) -> Named:
        """Return the county that a town lies in, as its own name; its province where none is known."""
        place = self.gazetteer.place(f"gn:{home['geonameid']}")
        found = self.gazetteer.candidates(place.admin2, limit=40) if place.admin2 else ()
        return self._area(next((c.place for c in found if _is_county_of(c.place, place)), None))


def _is_county_of(county: Place, town: Place) -> bool:
    return county.feature_code == "ADM2" and county.admin1_id == town.admin1_id and bool(town.admin1_id)


def made_up_local(gazetteer: Gazetteer, count: int, *, seed: int = 0) -> Iterator[dict[str, Any]]:
    """Yield records as in the corpora, with the address of a paper."""
    random = np.random.default_rng(seed)
    scenes = LocalScenes(gazetteer, random)
    pool = TABLES["sentences"]
    for number in range(count):
        told = scenes.draw_local()
        chosen = random.choice(len(pool), size=int(2 + (LONGEST - 2) * random.random() ** 2), replace=False)
        record = record_of(f"made-up-local-{number}", [(pool[int(i)], told) for i in chosen])
        yield record | {"url": scenes.address(told["home"])}
