"""The index as a geopy geocoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point
from msgspec import structs

from gazetteer.index import Gazetteer
from gazetteer.lookup import Ranked, lookup
from gazetteer.models import Place
from gazetteer.online.fallback import OnlineAnswer, OnlineFallback


class SitmapGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Geocode from the index; nothing goes over the network, unless an online fallback is handed in.

    Parameters
    ----------
    gazetteer : Gazetteer, optional
        Default: the one at the default path.
    online : OnlineFallback, optional
        Asked for names that the gazetteer has no place for.
    **options
        Passed to geopy's ``Geocoder``.

    Examples
    --------
    >>> SitmapGeocoder().geocode("Mosul").latitude  # doctest: +SKIP
    36.335
    """

    def __init__(
        self,
        gazetteer: Gazetteer | None = None,
        *,
        online: OnlineFallback | None = None,
        **options: Any,  # noqa: ANN401 - geopy's own
    ) -> None:
        super().__init__(**options)
        self._online = online
        self._gazetteer = gazetteer or Gazetteer.open()

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ANN401, ARG002 - of geopy's interface; nothing here waits
        limit: int = 10,
        country_codes: str | Sequence[str] | None = None,
        within: str | Sequence[str] = (),
    ) -> Location | list[Location] | None:
        """Return the best location of a name, or with ``exactly_one=False`` up to ``limit``; None if there is none.

        Parameters
        ----------
        query : str
            The name, in any script.
        exactly_one : bool
            Whether one location is wanted, or a list.
        timeout
            Of geopy's interface; not used.
        limit : int
            At most so many.
        country_codes : str or sequence of str, optional
            ISO 3166-1 alpha-2, one or several.
        within : str or sequence of str, optional
            Names of areas that it is said to lie in.

        Raises
        ------
        ValueError
            If the query is no text.
        """
        if not isinstance(query, str):
            raise ValueError(f"a query is text, found {query!r}")  # noqa: TRY004 - what geopy and geopandas expect
        countries: list[str | None] = [*_listed(country_codes)] or [None]
        found = [_location(r) for r in self._ranked(query, countries, limit, _listed(within))]
        if not found and self._online is not None:
            found = [
                _online_location(answer)
                for code in countries
                for answer in self._online.lookup(self._gazetteer, query, country=code, limit=limit)
            ][:limit]
        if not found:
            return None
        return found[0] if exactly_one else found

    def _ranked(self, query: str, countries: Sequence[str | None], limit: int, within: Sequence[str]) -> list[Ranked]:
        """Return the best of all countries asked for."""
        areas: dict[str, Any] = {"within": within} if within else {}
        ranked = [r for c in countries for r in lookup(self._gazetteer, query, country=c, limit=limit, **areas)]
        return sorted(ranked, key=lambda r: -r.score)[:limit]

    def reverse(
        self,
        query: Any,  # noqa: ANN401 - geopy takes a Point, (lat, lon) or "lat, lon"
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ANN401, ARG002
    ) -> Location | list[Location] | None:
        """Return the first-order division and the country that a point lies in, the smaller first; None at sea."""
        point = Point(query)
        country, division = self._gazetteer.admin_at(point.latitude, point.longitude)
        found = [_reversed(place, country, point) for place in (division, country) if place is not None]
        if not found:
            return None
        return found[0] if exactly_one else found


def _listed(value: str | Sequence[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _online_location(answer: OnlineAnswer) -> Location:
    """Return the location of an answer that a service gave, marked as such."""
    found = _location(answer.ranked)
    told = {"online": answer.service, "answered_on": answer.answered_on, "attribution": answer.attribution}
    return Location(found.address, found.point, {**found.raw, **told})


def _location(ranked: Ranked) -> Location:
    place = ranked.place
    reasons = [asdict(why) for why in ranked.reasons]
    return Location(
        _address(place, place.country),
        (place.lat, place.lon, 0.0),
        {**structs.asdict(place), "score": ranked.score, "reasons": reasons},
    )


def _reversed(place: Place, country: Place | None, point: Point) -> Location:
    name = country.name if country else place.country
    return Location(_address(place, name), (point.latitude, point.longitude, 0.0), structs.asdict(place))


def _address(place: Place, country: str) -> str:
    return ", ".join(dict.fromkeys(part for part in (place.name, place.admin1, country) if part))
