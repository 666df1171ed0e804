"""Events as extraction makes them, by their place, kind, day, sides and dead; and reports of them."""

from __future__ import annotations

from datetime import date, timedelta

from gazetteer.models import Place
from pipeline.codes import event_type_of
from pipeline.events.identity import content_id
from pipeline.models import Actor, Article, Claim, Count, Event, Mention, Placement, Report, Resolution, SourceRef, When

STRIKE, SHELLING, CLASH = "Air/drone strike", "Shelling/artillery/missile attack", "Armed clash"
US, IRAN, SYRIA = (Actor(f"Military Forces of {name}", 1) for name in ("the United States", "Iran", "Syria"))
KH, REBELS = Actor("Kata'ib Hezbollah", 3), Actor("Unidentified Rebel Group (Syria)", 2)
PLACES = {
    "Homs": Place("gn:1", "Homs", 34.73, 36.71, "P", "PPLA", "SY", "Homs", "ne:SY-1"),
    "Aleppo": Place("gn:2", "Aleppo", 36.2, 37.16, "P", "PPLA", "SY", "Aleppo", "ne:SY-2"),
    "Mosul": Place("gn:3", "Mosul", 36.34, 43.12, "P", "PPLA", "IQ", "Nineveh", "ne:IQ-1"),
    "Sinjar": Place("gn:4", "Sinjar", 36.32, 41.86, "P", "PPL", "IQ", "Nineveh", "ne:IQ-1"),
    "Nineveh": Place("ne:IQ-1", "Nineveh", 36.0, 42.5, "A", "ADM1", "IQ"),
}
MONDAY = date(2023, 11, 20)


def count(number: int | None) -> Count:
    return Count() if number is None else Count(number, number, number, "exact", str(number))


def event(
    doc_id: str,
    place: str = "Homs",
    *,
    sub: str = STRIKE,
    day: int = 0,
    sides: tuple[Actor | None, Actor | None] = (US, KH),
    dead: int | None = None,
) -> Event:
    found = PLACES[place]
    prec = 4 if found.feature_class == "A" else 1
    resolution = Resolution(Mention(doc_id, 0, 4, place), "resolved", found, 0.9)
    placement = Placement(resolution, None, 3 if prec == 4 else 1, prec, "exact", place)
    when = When(MONDAY + timedelta(days=day), MONDAY + timedelta(days=day), 1, 1)
    sentence = f"{doc_id} tells of {place} on day {day}, {sub}, {dead} dead, {[s.name if s else '' for s in sides]}."
    return Event(
        content_id(sentence), "asserted", event_type_of(sub), sub, when, placement, *sides, count(dead), Count(),
        (SourceRef(doc_id, sentence, 0, len(sentence), source=doc_id.upper()),), confidence=0.8,
        mentions=((doc_id, 0, 4),),
    )  # fmt: skip


def report(doc_id: str, *events: Event, text: str = "", claims: tuple[Claim, ...] = ()) -> Report:
    return Report(Article(doc_id, text or f"{doc_id * 9}.", date=MONDAY), (), events, claims)
