"""Two towns, two reports, and a gazetteer that knows no more than them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gazetteer.models import Place
from pipeline.codes import event_type_of
from pipeline.corrections import Correction, CorrectionFile, read_corrections
from pipeline.events.identity import content_id
from pipeline.models import (
    Actor,
    Alternative,
    Article,
    Count,
    Event,
    Footprint,
    Mention,
    Placement,
    Report,
    Resolution,
    SourceRef,
    When,
)

HOMS = Place("gn:1", "Homs", 34.73, 36.71, "P", "PPLA", "SY", "Homs", "ne:SY-1")
TRIPOLI_LY = Place("gn:2", "Tripoli", 32.88, 13.19, "P", "PPLC", "LY", "Tripoli", "ne:LY-1")
TRIPOLI_LB = Place("gn:3", "Tripoli", 34.43, 35.84, "P", "PPLA", "LB", "North", "ne:LB-1")
LEBANON = Place("ne:LB", "Lebanon", 33.9, 35.9, "A", "PCLI", "LB")
US, ISIS = Actor("Military Forces of the United States", 8), Actor("Islamic State", 2)
DAY = date(2023, 11, 21)


@dataclass(frozen=True, slots=True)
class SmallGazetteer:
    """What corrections ask of a gazetteer."""

    places: dict[str, Place] = field(
        default_factory=lambda: {p.place_id: p for p in (HOMS, TRIPOLI_LY, TRIPOLI_LB, LEBANON)}
    )

    def place(self, place_id: str) -> Place:
        return self.places[place_id]

    def polygon(self, place_id: str) -> None:
        assert place_id in self.places

    def admin_at(self, lat: float, lon: float) -> tuple[Place | None, Place | None]:
        return (LEBANON, None) if 33 < lat < 35 and 35 < lon < 37 else (None, None)


def rows(*lines: str) -> tuple[Correction, ...]:
    """Corrections of lines "kind,event_id,other_id,doc_id,words,country,field,value,who"."""
    header = "kind,event_id,other_id,doc_id,words,country,field,value,radius_km,precision,who"
    text = "\n".join((header, *lines))
    return read_corrections([CorrectionFile("corrections.csv", text.encode())])


def resolved(doc_id: str, name: str, place: Place, start: int = 0, **more) -> Resolution:
    others = more.pop("alternatives", ())
    mention = Mention(doc_id, start, start + len(name), name, **more)
    footprint = Footprint(place.lat, place.lon, 5000.0)
    return Resolution(mention, "resolved", place, 0.9, (), others, footprint, 1, 1, "exact")


def tripoli(doc_id: str) -> Resolution:
    return resolved(doc_id, "Tripoli", TRIPOLI_LY, alternatives=(Alternative(TRIPOLI_LB, 0.1),))


def event(doc_id: str, at: Resolution | None = None, **more) -> Event:
    sentence = more.pop("sentence", f"Jets of {doc_id} struck a depot, killing three.")
    place = Placement(at, at.footprint, 1, 1, "exact", at.mention.text) if at else Placement(*(None,) * 5)
    told = {"perpetrator": US, "target": ISIS, "fatalities": Count(3, 3, 3, "exact", "three"), "injuries": Count()}
    sub = "Air/drone strike"
    source = SourceRef(doc_id, sentence, 0, len(sentence))
    return Event(
        content_id(sentence), "asserted", event_type_of(sub), sub, When(DAY, DAY, 1, 1), place,
        sources=(source,), **(told | more),
    )  # fmt: skip


def report(doc_id: str, *events: Event, resolutions: tuple[Resolution, ...] = ()) -> Report:
    return Report(Article(doc_id, f"Text of {doc_id}.", date=DAY), resolutions, events)
