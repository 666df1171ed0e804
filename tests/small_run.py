"""A small run for tests of frames and products: records over a made-up report, and an atlas of two countries."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import shapely

from gazetteer.models import Place
from pipeline.models import (
    Actor,
    Alternative,
    Article,
    Block,
    Claim,
    Count,
    Event,
    Footprint,
    Mention,
    Placement,
    Reason,
    Report,
    Resolution,
    SourceRef,
    SpatialRelation,
    When,
)

IRAQ = Place("ne:IRQ", "Iraq", 33.0, 44.0, "A", "PCLI", "IQ", uncertainty_m=400_000)
SYRIA = Place("ne:SYR", "Syria", 35.0, 38.5, "A", "PCLI", "SY", uncertainty_m=300_000)
ANBAR = Place("ne:IRQ-1", "Anbar", 33.0, 41.7, "A", "ADM1", "IQ", uncertainty_m=150_000)
BASE = Place("sitmap:base", "Ain al-Asad", 33.79, 42.44, "S", "AIRB", "IQ", "Anbar", "ne:IRQ-1", uncertainty_m=2_000)
TOWN = Place("gn:1", "Jurf al-Sakhar", 32.87, 44.19, "P", "PPL", "IQ", "Babil", uncertainty_m=5_000, source="geonames")
BAGHDAD = Place("gn:2", "Baghdad", 33.34, 44.40, "P", "PPLC", "IQ", "Baghdad", population=7_000_000)

TEXT = (
    "Jets hit a depot near Jurf al-Sakhar on Tuesday. Rockets struck Ain al-Asad, wounding eight. "
    "U.S. Forces struck again in Anbar. A post west of Baghdad was hit. Something happened in Iraq. Xyzzy was quiet."
)


@dataclass(frozen=True, slots=True)
class SmallAtlas:
    """Two countries and a province, as boxes."""

    shapes: dict[str, shapely.Geometry] = field(
        default_factory=lambda: {
            "ne:IRQ": shapely.box(38.8, 29.0, 48.6, 37.4),
            "ne:SYR": shapely.box(35.7, 32.3, 42.4, 37.3),
            "ne:IRQ-1": shapely.box(38.8, 31.0, 43.9, 35.2),
        }
    )

    def country(self, iso2: str) -> Place | None:
        return {"IQ": IRAQ, "SY": SYRIA}.get(iso2)

    def iso3(self, iso2: str) -> str:
        return {"IQ": "IRQ", "SY": "SYR"}.get(iso2, "")

    def polygon(self, place_id: str) -> shapely.Geometry | None:
        return self.shapes.get(place_id)


def mention_of(words: str, doc_id: str = "a", **more) -> Mention:
    start = TEXT.index(words)
    return Mention(doc_id, start, start + len(words), words, **more)


def source_of(words: str, doc_id: str = "a", **more) -> SourceRef:
    start = TEXT.index(words)
    defaults = {
        "source": "Reuters",
        "url": f"https://example.org/{doc_id}",
        "date": date(2023, 11, 22),
        "title": "Strikes",
    }
    return SourceRef(doc_id, words, start, start + len(words), **(defaults | more))


def resolved(words: str, place: Place, geo_precision: int, where_prec: int, **more) -> Resolution:
    defaults = {
        "score": 0.9,
        "reasons": (Reason("name", 0.5, "the name is the same"),),
        "alternatives": (Alternative(BAGHDAD, 0.1),),
        "footprint": Footprint(place.lat, place.lon, place.uncertainty_m),
        "method": "exact",
    }
    more = defaults | more
    return Resolution(mention_of(words), "resolved", place, geo_precision=geo_precision, where_prec=where_prec, **more)


def placed(resolution: Resolution, **more) -> Placement:
    r = resolution
    defaults = {"description": r.mention.text, "relation": None, "reasons": ("named beside the verb",)}
    return Placement(r, r.footprint, r.geo_precision, r.where_prec, r.method, **(defaults | more))


def event_of(event_id: str, placement: Placement, sentence: str, **more) -> Event:
    day = When(date(2023, 11, 21), date(2023, 11, 21), 1, 1, "on Tuesday", ("the Tuesday before the report",))
    defaults = {
        "status": "asserted",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike",
        "when": day,
        "perpetrator": Actor("Military Forces of the United States", 8),
        "target": Actor("Kata'ib Hezbollah", 3, "Islamic Resistance in Iraq"),
        "fatalities": Count(),
        "injuries": Count(),
        "sources": (source_of(sentence),),
        "confidence": 0.8,
    }
    mention = placement.resolution.mention if placement.resolution else None
    mentions = ((mention.doc_id, mention.start, mention.end),) if mention else ()
    return Event(event_id, placement=placement, mentions=mentions, **(defaults | more))


def small_events() -> list[Event]:
    near = SpatialRelation("near", "near Jurf al-Sakhar", 18, 37, "Jurf al-Sakhar")
    west = SpatialRelation("direction", "west of Baghdad", 0, 15, "Baghdad", bearing=270.0)
    sector = Footprint(33.34, 43.3, 60_000, shapely.Polygon([(44.4, 33.34), (43.0, 33.9), (43.0, 32.8)]))
    town = resolved("Jurf al-Sakhar", TOWN, 2, 2, method="fuzzy", footprint=Footprint(TOWN.lat, TOWN.lon, 25_000))
    beside = resolved("Baghdad", BAGHDAD, 3, 5, method="relative", footprint=sector)
    day_before = When(date(2023, 11, 20), date(2023, 11, 20), 1, 1)
    return [
        event_of("e1", placed(town, relation=near), "Jets hit a depot near Jurf al-Sakhar on Tuesday."),
        event_of(
            "e2",
            placed(resolved("Ain al-Asad", BASE, 1, 1)),
            "Rockets struck Ain al-Asad, wounding eight.",
            sub_event_type="Shelling/artillery/missile attack",
            when=day_before,
            injuries=Count(8, 8, 8, "exact", "wounding eight"),
        ),
        event_of("e3", placed(resolved("Anbar", ANBAR, 3, 4, method="admin")), "U.S. Forces struck again in Anbar."),
        event_of("e4", placed(beside, relation=west), "A post west of Baghdad was hit."),
        event_of("e5", placed(resolved("Iraq", IRAQ, 3, 6, method="country")), "Something happened in Iraq."),
        event_of("e6", Placement(None, None, None, None, None, "Xyzzy"), "Xyzzy was quiet.", when=None),
    ]


def small_claims() -> list[Claim]:
    scope = (resolved("Iraq", IRAQ, 3, 6), replace(resolved("Iraq", SYRIA, 3, 6), place=SYRIA))
    count = Count(66, 66, 66, "exact", "66")
    sources = (source_of("Something happened in Iraq."),)
    return [
        Claim("c1", "count", "attacks", count, sources, period_start=date(2023, 10, 17), scope=scope),
        Claim("c2", "force_level", "troops", Count(900, 900, None, "about", "some 900"), sources),
    ]


def small_report() -> Report:
    events = small_events()
    unknown = Resolution(mention_of("Xyzzy"), "unmatched", reasons=(Reason("name", 0.0, "no place has this name"),))
    resolutions = (*(e.placement.resolution for e in events if e.placement.resolution), unknown)
    article = Article("a", TEXT, date=date(2023, 11, 22), blocks=(Block(0, len(TEXT), "body"),))
    return Report(article, resolutions)
