"""The index as a geopy geocoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from gazetteer.index import Gazetteer
from gazetteer.lookup import Ranked, lookup
from gazetteer.models import Place


class SitmapGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Geocode from the index; nothing goes over the network.

    Parameters
    ----------
    gazetteer : Gazetteer, optional
        Default: the one at the default path.
    **options
        Passed to geopy's ``Geocoder``.

    Examples
    --------
    >>> SitmapGeocoder().geocode("Mosul").latitude  # doctest: +SKIP
    36.335
    """

    def __init__(self, gazetteer: Gazetteer | None = None, **options: Any) -> None:  # noqa: ANN401 - geopy's own
        super().__init__(**options)
        self._gazetteer = gazetteer or Gazetteer.open()

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ANN401, ARG002 - of geopy's interface; nothing here waits
        limit: int = 10,
        country_codes: str | Sequence[str] | None = None,
    ) -> Location | list[Location] | None:
        """Return the best location of a name, or with ``exactly_one=False`` up to ``limit``; None if there is none.

        ``country_codes``: ISO 3166-1 alpha-2, one or several.
        """
        codes = [country_codes] if isinstance(country_codes, str) else list(country_codes or [])
        wanted = {code.upper() for code in codes}
        ranked = lookup(self._gazetteer, query, limit=400 if wanted else limit)
        found = [_location(r) for r in ranked if not wanted or r.place.country in wanted][:limit]
        if not found:
            return None
        return found[0] if exactly_one else found

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


def _location(ranked: Ranked) -> Location:
    place = ranked.place
    reasons = [asdict(why) for why in ranked.reasons]
    return Location(
        _address(place, place.country),
        (place.lat, place.lon, 0.0),
        {**asdict(place), "score": ranked.score, "reasons": reasons},
    )


def _reversed(place: Place, country: Place | None, point: Point) -> Location:
    name = country.name if country else place.country
    return Location(_address(place, name), (point.latitude, point.longitude, 0.0), asdict(place))


def _address(place: Place, country: str) -> str:
    return ", ".join(dict.fromkeys(part for part in (place.name, place.admin1, country) if part))
