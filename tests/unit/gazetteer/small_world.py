"""A world small enough to see through."""

from __future__ import annotations

from shapely.geometry import box

from gazetteer.models import Place
from gazetteer.sources import SourcePlace


def town(place_id: str, name: str, lat: float, lon: float, country: str, **fields: object) -> SourcePlace:
    names = fields.pop("names", ())
    place = Place(place_id, name, lat, lon, "P", str(fields.pop("code", "PPL")), country, source="geonames", **fields)  # type: ignore[arg-type]
    return SourcePlace(place, names)  # type: ignore[arg-type]


def area(
    place_id: str, name: str, corners: tuple[float, float, float, float], code: str, country: str, **more: object
) -> SourcePlace:
    west, south, east, north = corners
    lat, lon = (south + north) / 2, (west + east) / 2
    place = Place(
        place_id, name, lat, lon, "A", code, country, bbox=corners, uncertainty_m=80_000.0, source="natural_earth"
    )
    also = (f"iso:{country}",) if code == "PCLI" else ()
    drawn = box(*corners) if more.get("drawn", True) else None
    return SourcePlace(place, more.get("names", ()), more.get("verbatim", ()), drawn, also)  # type: ignore[arg-type]


ANBAR = {"admin1": "Anbar", "admin1_id": "ne:anbar"}
SMALL_WORLD = (
    area("gn:iq", "Iraq", (38.8, 29.1, 48.6, 37.4), "PCLI", "IQ", verbatim=("IRQ",), names=("العراق",)),
    area("gn:us", "United States", (-125.0, 24.0, -67.0, 49.0), "PCLI", "US", verbatim=("USA", "US", "U.S.")),
    area("gn:ge", "Georgia", (40.0, 41.0, 46.7, 43.6), "PCLI", "GE", verbatim=("GEO",)),
    area("ne:georgia", "Georgia", (-85.6, 30.4, -80.8, 35.0), "ADM1", "US", names=("GA", "Ga."), verbatim=("Ga.",)),
    area("ne:indiana", "Indiana", (-88.1, 37.8, -84.8, 41.8), "ADM1", "US", names=("IN",)),
    area("ne:anbar", "Anbar", (38.9, 30.9, 44.1, 35.2), "ADM1", "IQ", names=("Al Anbar", "الأنبار")),
    area("ne:babil", "Babil", (44.1, 32.1, 45.3, 33.1), "ADM1", "IQ"),
    town("gn:98182", "Baghdad", 33.3406, 44.4009, "IQ", code="PPLC", population=7_216_000, names=("بغداد", "Багдад")),
    town("gn:mosul", "Mosul", 36.335, 43.1189, "IQ", population=1_683_000, names=("Al Mawşil", "الموصل")),
    town("gn:fallujah", "Al Fallūjah", 33.35, 43.78, "IQ", population=190_000, names=("الفلوجة",), **ANBAR),
    town("gn:hit", "Hīt", 33.64, 42.83, "IQ", population=66_000, **ANBAR),
    town(
        "sitmap:jurf", "Jurf al-Sakhar", 32.87, 44.19, "IQ", admin1="Babil", admin1_id="ne:babil", names=("جرف الصخر",)
    ),
    town("gn:saqr", "Saqr", 33.0, 44.0, "IQ"),
    town("gn:deir", "Deir ez-Zor", 35.3359, 40.1408, "SY", population=271_000, names=("دير الزور",)),
    town("gn:springfield-il", "Springfield", 39.8, -89.64, "US", population=114_000),
    town("gn:springfield-mo", "Springfield", 37.2, -93.29, "US", population=166_000),
    town("gn:stjohn", "Saint John", 45.27, -66.06, "CA", population=67_000),
    SourcePlace(
        Place("sitmap:asad", "Ain al-Asad Air Base", 33.7856, 42.4412, "S", "AIRB", "IQ", **ANBAR, source="overlay"),
        ("Ain al-Asad", "عين الأسد"),
        ("ORAA",),
        None,
        ("oa:ORAA",),
    ),
    SourcePlace(
        Place(
            "sitmap:bering", "Bering Sea", 58.0, 180.0, "H", "SEA", bbox=(162.0, 51.0, -157.0, 66.0), source="overlay"
        )
    ),
)
