"""A corner of Syria, small enough to see through: homonyms in and outside the areas they are asked for in."""

from __future__ import annotations

from small_world import area, town

from gazetteer.models import Place
from gazetteer.sources import SourcePlace

IDLIB = {"admin1": "Idlib", "admin1_id": "ne:idlib"}
HAMA = {"admin1": "Hama", "admin1_id": "ne:hama"}


def base(place_id: str, name: str, lat: float, lon: float, code: str, *names: str) -> SourcePlace:
    return SourcePlace(Place(place_id, name, lat, lon, "S", code, "SY", **IDLIB, source="overlay"), names)


SYRIAN_WORLD = (
    area("gn:sy", "Syria", (35.7, 32.3, 42.4, 37.3), "PCLI", "SY", verbatim=("SYR",)),
    area("gn:tr", "Turkey", (26.0, 37.3, 45.0, 42.0), "PCLI", "TR", verbatim=("TUR",)),
    area("ne:idlib", "Idlib", (36.2, 35.3, 37.2, 36.3), "ADM1", "SY", names=("إدلب",)),
    area("ne:hama", "Hama", (36.2, 34.8, 38.2, 35.3), "ADM1", "SY"),
    area("wof:maarra", "Al Ma'ra", (36.4, 35.4, 37.1, 35.75), "ADM2", "SY", names=("Maarat al-Numan",)),
    area("wof:harim", "Harim", (36.4, 36.0, 36.9, 36.3), "ADM2", "SY"),
    town("gn:idlib", "Idlib", 35.93, 36.63, "SY", population=128_000, **IDLIB),
    town("wof:1", "Khuwayn al Kabir", 35.478, 36.836, "SY", **IDLIB, admin2="Al Ma'ra"),
    town("wof:2", "Junaynah", 36.1, 36.6, "SY", **IDLIB),
    town("wof:3", "Junaynah", 35.0, 37.0, "SY", **HAMA),
    town("wof:4", "Junaynah", 40.0, 30.0, "TR", population=90_000),
    town("wof:5", "Hazzah", 35.6, 36.6, "SY", **IDLIB),
    town("wof:6", "Abu `Ubaydah al Jarrah", 35.1, 36.9, "SY", **HAMA),
    town("wof:7", "Ghariyah ash Sharqiyah", 35.5, 36.5, "SY", **IDLIB),
    town("wof:8", "Inkizik", 35.55, 36.7, "SY", **IDLIB),
    town("wof:9", "Harir", 36.2, 36.7, "SY", population=9_000, **IDLIB),
    town("gn:paris", "Paris", 48.85, 2.35, "FR", code="PPLC", population=2_100_000),
    town("gn:green", "Green", 40.9, -81.5, "US", population=26_000),
    base("sitmap:harir", "Harir Air Base", 36.1, 36.65, "AIRB"),
    base("sitmap:green", "Omar field", 35.7, 36.5, "INSM", "Green Village"),
)
