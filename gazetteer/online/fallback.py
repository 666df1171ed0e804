"""Names that the gazetteer does not have, asked of a geocoding service: only where the user opts in, slowly, and kept.

Nominatim's usage policy is kept for every service: one request a second for the whole application, a user agent that
says who asks, results kept and not asked for again, attribution shown, no bulk.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from geopy.adapters import RequestsAdapter
from geopy.exc import ConfigurationError, GeocoderNotFound, GeopyError
from geopy.geocoders import Nominatim, get_geocoder_for_service
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from gazetteer.errors import GazetteerError
from gazetteer.index import Gazetteer
from gazetteer.lookup import Ranked, Why
from gazetteer.models import Candidate, Place
from gazetteer.names import similarity
from gazetteer.online.cache import Answered, OnlineCache, Question, online_folder
from gazetteer.online.pace import Pace
from gazetteer.online.retries import UnavailableError, asked_again
from gazetteer.sphere import distance_km

MOST = 100  # questions of a run that go over the network; more would be bulk
RESULTS = 5
TIMEOUT = 10  # seconds
_LEAST_UNCERTAINTY_M = 25_000.0  # nothing here checks that the service means the same place
_HALF = 0.5  # an answer of exactly the name asked for scores this at most: what the gazetteer vouches for scores more
_STOCK = ("geopy", "python", "urllib", "requests", "mozilla", "curl", "my-application", "test")
_SHORTEST_AGENT = 6
_LONGEST_TEXT = 200
_OSM = "© OpenStreetMap contributors, ODbL 1.0 (openstreetmap.org/copyright)"
_ATTRIBUTION = {"nominatim": _OSM, "photon": _OSM}  # where the answer does not bring its own
# geopy's own would ask again at once, and sleep for as long as a service says, be it a day.
_ADAPTER = partial(RequestsAdapter, max_retries=0)
_PLAIN = {("http", "localhost"), ("http", "127.0.0.1")}
_FEATURES = {  # OpenStreetMap's keys -> GeoNames class and code
    "place": ("P", "PPL"),
    "boundary": ("A", "ADMD"),
    "aeroway": ("S", "AIRF"),
    "military": ("S", "INSM"),
    "waterway": ("H", "STM"),
    "water": ("H", "LK"),
    "natural": ("T", ""),
    "highway": ("R", "RD"),
    "railway": ("R", "RR"),
    "building": ("S", "BLDG"),
    "landuse": ("L", "AREA"),
}
# What a service can make geopy raise when it sends something else than geopy reads.
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, OverflowError)


class OnlineError(GazetteerError):
    """The service cannot be asked: not set up, not reached, or asked too much."""


class _ToldMeanwhileError(Exception):
    """Another run was told the answer while this one waited."""

    def __init__(self, answer: Answered) -> None:
        super().__init__()
        self.answer = answer


@dataclass(frozen=True, slots=True)
class OnlineAnswer:
    """A place that a service answered with.

    Parameters
    ----------
    ranked : Ranked
        The place, with a low score, a wide uncertainty, and ``online:SERVICE`` as its source.
    attribution : str
        To be shown wherever the place is.
    service : str
        Who answered.
    answered_on : str
        The day of the answer, YYYY-MM-DD.
    """

    ranked: Ranked
    attribution: str
    service: str
    answered_on: str

    @property
    def place(self) -> Place:
        """The place."""
        return self.ranked.place


class OnlineFallback:
    """Ask a service for names that the gazetteer has no place for.

    Parameters
    ----------
    geocoder : str or geopy Geocoder
        The service by its name in geopy (``nominatim``, ``photon``…), the address of a Nominatim of one's own
        (``https://HOST``; http only on this machine), or a geocoder that is set up.
    user_agent : str
        Who asks, as the service is to see it: the name of the application and a way to reach its user.
    cache : Path, optional
        SQLite file that answers are kept in. Default: ``online.sqlite`` in the user's cache folder.
    most : int
        Requests that may go over the network in the life of this object; kept answers do not count, further tries do.
    pace : Pace, optional
        Gives the turns. Default: a second apart, shared by all processes of the user.
    **options
        Passed to the geocoder that is named: ``domain``, ``scheme``, ``api_key``…

    Raises
    ------
    OnlineError
        No such service, options missing, or a user agent that names nobody.

    Examples
    --------
    >>> online = OnlineFallback("nominatim", user_agent="newsdesk-map/1.0 (ann@example.org)")  # doctest: +SKIP
    >>> [answer.place.name for answer in online.lookup(gazetteer, "Al-Rumaylan al-Sharqi")]  # doctest: +SKIP
    """

    def __init__(
        self,
        geocoder: str | Geocoder = "nominatim",
        *,
        user_agent: str,
        cache: Path | None = None,
        most: int = MOST,
        pace: Pace | None = None,
        **options: Any,  # noqa: ANN401 - the geocoder's own
    ) -> None:
        agent = _checked_agent(user_agent)
        self._geocoder = _named(geocoder, agent, options) if isinstance(geocoder, str) else geocoder
        self._geocoder.headers = {**self._geocoder.headers, "User-Agent": agent}
        self.service = type(self._geocoder).__name__.lower()
        self._cache = OnlineCache(cache or online_folder() / "online.sqlite")
        self._pace = pace or Pace(online_folder() / "pace.sqlite")
        self._left = self._most = most

    def lookup(
        self, gazetteer: Gazetteer, name: str, *, country: str | None = None, limit: int = RESULTS
    ) -> tuple[OnlineAnswer, ...]:
        """Ask for the places that ``name`` may mean; for use where the gazetteer has none.

        Parameters
        ----------
        gazetteer : Gazetteer
            Says which country and division an answer lies in.
        name : str
            As written.
        country : str, optional
            ISO 3166-1 alpha-2 code; only places there.
        limit : int
            At most so many.

        Raises
        ------
        OnlineError
            The service cannot be reached, refuses, or was asked too often in this run.
        """
        kept = self.ask(name, country)
        ranked = [_ranked(place, name, kept) for place in _places(kept, self.service, gazetteer)]
        wanted = [r for r in ranked if country is None or r.place.country == country.upper()]
        wanted.sort(key=lambda r: -r.score)
        attribution = _clean(kept.attribution) or _ATTRIBUTION.get(
            self.service, f"{self.service}; see its terms of use"
        )
        return tuple(OnlineAnswer(r, attribution, self.service, kept.day) for r in wanted[:limit])

    def ask(self, name: str, country: str | None = None) -> Answered:
        """Return what the service says, from the cache where it was asked before."""
        question = self._question(name, country)
        kept = self._cache.find(question)
        return self._asked(question) if kept is None else kept

    def _asked(self, question: Question) -> Answered:
        """Return what the service says now, or what it told another run while this one waited for its turn."""
        try:
            return self._cache.keep(question, self._request(question))
        except _ToldMeanwhileError as told:
            return told.answer

    def _question(self, name: str, country: str | None) -> Question:
        told = {"limit": RESULTS, "language": "en", "country_codes": country.lower() if country else None}
        takes = inspect.signature(self._geocoder.geocode).parameters
        host = str(getattr(self._geocoder, "domain", ""))
        return Question(f"{self.service} {host}".strip(), name, {k: v for k, v in told.items() if k in takes and v})

    def _request(self, question: Question) -> list[dict[str, Any]]:
        """Ask over the network, again where a failure may pass; a failure is never kept."""
        try:
            found = asked_again(
                lambda: self._once(question), lambda seconds: self._pace.put_off(question.service, seconds)
            )
            return [_kept(location) for location in _some(found)]
        except UnavailableError as error:
            why = f"{error}, last {type(error.__cause__).__name__}: {error.__cause__}"
            raise self._no_answer(question, why) from error
        except (GeopyError, *_UNREADABLE) as error:
            raise self._no_answer(question, f"{type(error).__name__}: {error}") from error

    def _no_answer(self, question: Question, why: str) -> OnlineError:
        return OnlineError(
            f"{self.service}: no answer for {question.name!r} ({_clean(why)}): unmatched (geocoder unavailable); "
            "try again later, or leave the online service out"
        )

    def _once(self, question: Question) -> Location | Sequence[Location] | None:
        """Send one request, when its turn has come."""
        if self._left <= 0:
            raise OnlineError(
                f"{self.service}: asked {self._most} times in this run; more is bulk, which such services forbid; "
                "add a source that has the places: sitmap gazetteer add geonames COUNTRY"
            )
        self._pace.wait(question.service)
        if (told := self._cache.find(question)) is not None:
            raise _ToldMeanwhileError(told)
        self._left -= 1
        return self._geocoder.geocode(question.name, exactly_one=False, timeout=TIMEOUT, **question.options)


def _checked_agent(user_agent: str) -> str:
    agent = user_agent.strip()
    named = len(agent) >= _SHORTEST_AGENT and not agent.lower().startswith(_STOCK)
    if not (named and agent.isascii() and agent.isprintable()):
        raise OnlineError(
            f"user agent {user_agent!r} does not say who asks; give the name of your application and a way to reach "
            'you, such as "newsdesk-map/1.0 (ann@example.org)"'
        )
    return agent


def _named(service: str, agent: str, options: Mapping[str, Any]) -> Geocoder:
    options = {"adapter_factory": _ADAPTER, **options}
    if "://" in service:
        return Nominatim(user_agent=agent, **_own_server(service), **options)
    try:
        return get_geocoder_for_service(service)(user_agent=agent, **options)
    except (GeocoderNotFound, ConfigurationError, TypeError) as error:
        raise OnlineError(
            f"{service}: cannot be set up ({error}); name a geocoder of geopy and give its options"
        ) from error


def _own_server(address: str) -> dict[str, str]:
    """Return where a Nominatim of one's own is, as geopy wants it."""
    parts = urlsplit(address)
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme, parts.hostname) in _PLAIN):
        raise OnlineError(f"{address}: give the address of a Nominatim as https://HOST (http only on this machine)")
    return {"scheme": parts.scheme, "domain": parts.netloc + parts.path.rstrip("/")}


def _some(found: Location | Sequence[Location] | None) -> Sequence[Location]:
    return [found] if isinstance(found, Location) else list(found or ())[:RESULTS]


def _kept(location: Location) -> dict[str, Any]:
    raw = location.raw if isinstance(location.raw, dict) else {}
    lon = float(raw.get("lon", location.longitude))  # geopy wraps 200 to -160 without a word
    return {"name": str(location.address), "lat": location.latitude, "lon": lon, "raw": raw}


def _places(kept: Answered, service: str, gazetteer: Gazetteer) -> Iterator[Place]:
    """Yield the places of an answer; what has no point on Earth is passed over."""
    for number, found in enumerate(kept.found):
        lat, lon, raw = float(found["lat"]), float(found["lon"]), found["raw"]
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            continue
        country, division = gazetteer.admin_at(lat, lon)
        kind = _FEATURES.get(str(raw.get("category", raw.get("class"))), ("", ""))
        yield Place(
            _clean(f"online:{service}:{raw.get('osm_type', '')}{raw.get('osm_id', number)}"),
            _clean(str(raw.get("name") or found["name"].split(",")[0])),
            lat,
            lon,
            *kind,
            country=country.country if country else "",
            admin1=division.name if division else "",
            admin1_id=division.place_id if division else "",
            uncertainty_m=_uncertainty(lat, lon, raw),
            source=f"online:{service}",
        )


def _uncertainty(lat: float, lon: float, raw: Mapping[str, Any]) -> float:
    """Return the distance to the farther corner of the box that came along, at least 25 km."""
    try:
        south, north, west, east = (float(edge) for edge in raw.get("boundingbox", ()))
    except (TypeError, ValueError):
        return _LEAST_UNCERTAINTY_M
    reach = max(distance_km(lat, lon, south, west), distance_km(lat, lon, north, east)) * 1000
    return max(_LEAST_UNCERTAINTY_M, round(reach)) if math.isfinite(reach) else _LEAST_UNCERTAINTY_M


def _ranked(place: Place, name: str, kept: Answered) -> Ranked:
    alike = similarity(name, place.name)
    score = round(_HALF * alike, 4)
    text = f"not in the gazetteer; {place.source.partition(':')[2]} said so on {kept.day}, nobody checked it"
    return Ranked(Candidate(place, place.name, "fuzzy", alike), score, (Why("online", score, text),))


def _clean(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text[:_LONGEST_TEXT]).strip()
