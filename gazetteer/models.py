"""The records of the gazetteer: places, and candidates for a name.

They are structs and not dataclasses, for a lookup makes as many as a name has candidates: one takes a tenth of the time
of a frozen dataclass, and the garbage collector need not look at what holds only texts and numbers.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from msgspec import Struct

MatchKind = Literal["exact", "variant", "skeleton", "fuzzy"]


class Place(Struct, frozen=True, gc=False):
    """One place of the gazetteer.

    Parameters
    ----------
    place_id : str
        Source prefix and the source's own id: ``gn:98182``, ``oa:ORAA``, ``ne:IRQ-3186``, ``sitmap:ain-al-asad``.
    name : str
        Preferred name in Latin script.
    lat, lon : float
        Representative point, decimal degrees, WGS 84.
    feature_class, feature_code : str
        GeoNames class (A, H, L, P, R, S, T, U, V) and code (``PPLC``, ``ADM1``, ``AIRB``…).
    country : str
        ISO 3166-1 alpha-2; empty for what lies in no one country (seas, regions).
    admin1, admin1_id : str
        Name and ``place_id`` of the first-order division the place lies in; empty if none.
    admin2 : str
        Name of the second-order division, where known.
    population : int
        Inhabitants; 0 where unknown or not a settlement.
    uncertainty_m : float
        Radius in metres within which the named thing lies around (lat, lon).
    bbox : tuple of float or None
        (west, south, east, north) in degrees for what has an extent.
    source : str
        Key of the source (see ``sitmap gazetteer info``), for attribution.
    """

    place_id: str
    name: str
    lat: float
    lon: float
    feature_class: str
    feature_code: str
    country: str = ""
    admin1: str = ""
    admin1_id: str = ""
    admin2: str = ""
    population: int = 0
    uncertainty_m: float = 5_000.0
    bbox: tuple[float, float, float, float] | None = None
    source: str = ""


class Kind(NamedTuple):
    """What a place is, in short: told without reading its texts."""

    feature_class: str
    feature_code: str
    population: int


COUNTRIES = frozenset({"PCL", "TER"})  # how the feature codes of countries and territories begin


def is_country(place: Place | Kind) -> bool:
    """Whether a place is a country or a territory.

    Examples
    --------
    >>> is_country(Kind("A", "PCLI", 0)), is_country(Kind("A", "ADM1", 0))
    (True, False)
    """
    return place.feature_code[:3] in COUNTRIES


class Bearer(NamedTuple):
    """What bears a name: its kind and its usual name, spelled as asked for where it is that name."""

    kind: Kind
    usual: str


class Candidate(Struct, frozen=True, gc=False):
    """A place that a name may mean, and how the name led there.

    Parameters
    ----------
    place : Place
    matched_name : str
        The gazetteer's spelling that matched.
    match : {"exact", "variant", "skeleton", "fuzzy"}
        Folded names equal; equal after generic words, articles or abbreviations; equal consonant skeletons; near.
    name_score : float
        0 to 1, likeness of the query to ``matched_name``.
    """

    place: Place
    matched_name: str
    match: MatchKind
    name_score: float
