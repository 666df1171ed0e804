"""How far what was read from ``examples/`` agrees with ``tests/golden/examples.yaml``, by the rules at its head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gazetteer.models import Place
from gazetteer.sphere import distance_km
from pipeline.models import Count, Event, Report

FIELDS = ("status", "precision", "perpetrator", "target", "deaths", "injuries")
LONGEST_SPAN = 2  # days; a coder who has a day may not be met by a week

Expected = Mapping[str, Any]


@dataclass(slots=True)
class Comparison:
    """What was found, missed and made up; of the fields, how many were asked for and right, and what is wrong."""

    found: dict[tuple[str, str], Event] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in FIELDS})
    claims_found: int = 0
    claims_missed: list[str] = field(default_factory=list)

    def share(self, name: str) -> float:
        """Return the share that is right: of the events expected, of those found, of the claims, or of a field."""
        if name == "recall":
            return len(self.found) / (len(self.found) + len(self.missed))
        if name == "precision of events":
            return len(self.found) / (len(self.found) + len(self.extra))
        if name == "claims":
            return self.claims_found / (self.claims_found + len(self.claims_missed))
        return self.right[name] / self.asked[name]

    def lines(self, name: str) -> list[str]:
        """Return what is behind a share: a line for each thing that is not right."""
        return {"recall": self.missed, "precision of events": self.extra, "claims": self.claims_missed}.get(
            name, self.wrong.get(name, [])
        )


def compare(golden: Mapping[str, Any], reports: Sequence[Report]) -> Comparison:
    """Compare every report with what its document should give."""
    result = Comparison()
    for report in reports:
        document = golden["documents"][report.article.doc_id]
        _compare_events(document, report, result)
        _compare_claims(document, report, result)
        result.forbidden += forbidden(document, report)
    return result


def _compare_events(document: Expected, report: Report, result: Comparison) -> None:
    left = list(report.events)
    for expected in document["events"]:
        found = max((e for e in left if is_same(expected, e)), key=lambda e: _agreement(expected, e), default=None)
        if found is not None:
            left.remove(found)
        if not expected.get("optional"):
            _note(expected, found, report.article.doc_id, result)
    result.extra += [f"{report.article.doc_id}: {_told(event)}" for event in left]


def _agreement(expected: Expected, event: Event) -> int:
    return sum(judge(expected, event).values())


def _note(expected: Expected, found: Event | None, doc_id: str, result: Comparison) -> None:
    """Note what became of one expected event; the fields of one not found count as not right."""
    name = f"{doc_id}: {expected['id']}"
    result.asked.update(key for key in FIELDS if key in expected)
    if found is None:
        result.missed.append(name)
        return
    result.found[doc_id, expected["id"]] = found
    for key, right in judge(expected, found).items():
        result.right[key] += right
        if not right:
            result.wrong[key].append(f"{name}: {_shown(key, found)} for {expected[key]}")


def _compare_claims(document: Expected, report: Report, result: Comparison) -> None:
    said = {(c.claim_type, c.count.low) for c in report.claims}
    for claim in document.get("claims", []):
        if (claim["type"], claim["low"]) in said:
            result.claims_found += 1
        else:
            result.claims_missed.append(f"{report.article.doc_id}: {claim['type']} {claim['low']}")


def is_same(expected: Expected, event: Event) -> bool:
    """Return whether an event is the expected one: a right kind, the day, the place."""
    return event.sub_event_type in expected["sub"] and _on_the_day(expected, event) and _at_the_place(expected, event)


def _on_the_day(expected: Expected, event: Event) -> bool:
    if event.when is None:
        return False
    first: date = expected["date"]
    last: date = expected.get("date_to", first)
    span = (event.when.date_end - event.when.date_start).days
    return event.when.date_start <= last and event.when.date_end >= first and span <= LONGEST_SPAN


def _at_the_place(expected: Expected, event: Event) -> bool:
    point, place = event.placement.footprint, place_of(event)
    if expected.get("nowhere"):
        return place is None
    if point is None:
        return False
    if "lat" in expected:
        off = distance_km(expected["lat"], expected["lon"], point.lat, point.lon)
        return off <= float(expected["km"])
    if place is None or place.country != expected["country"]:
        return False
    return str(expected.get("admin1", "")) in {"", place.admin1, place.name}


def place_of(event: Event) -> Place | None:
    """Return the place that an event was put at."""
    return event.placement.resolution.place if event.placement.resolution else None


def judge(expected: Expected, event: Event) -> dict[str, bool]:
    """Return, for each field that the expectation names, whether the event has it right."""
    values = {
        "status": event.status,
        "precision": event.placement.geo_precision,
        "perpetrator": event.perpetrator.name if event.perpetrator else "",
        "target": event.target.name if event.target else "",
    }
    judged = {name: value in expected[name] for name, value in values.items() if name in expected}
    for name, count in (("deaths", event.fatalities), ("injuries", event.injuries)):
        if name in expected:
            judged[name] = is_count(expected[name], count)
    return judged


def is_count(expected: Sequence[int | str | None] | None, count: Count) -> bool:
    """Return whether a count is [low, best, high], or empty where the text gives none."""
    said = (count.low, count.best, count.high)
    wanted = expected if expected is not None else (None, None, None)
    return all(want in ("*", got) for want, got in zip(wanted, said, strict=True))


def forbidden(document: Expected, report: Report) -> list[str]:
    """Return the events of a report that its document says must not be."""
    rules = document.get("none_of", {})
    places, year = set(rules.get("places", [])), rules.get("before", 0)
    return [
        f"{report.article.doc_id}: {_told(event)}"
        for event in report.events
        if ((place := place_of(event)) and place.name in places) or (event.when and event.when.date_end.year < year)
    ]


def _told(event: Event) -> str:
    place = place_of(event)
    when = event.when.date_start if event.when else "no day"
    return f"{event.sub_event_type}, {when}, {place.name if place else 'nowhere'}: {event.sources[0].sentence[:90]!r}"


def _shown(name: str, event: Event) -> str:
    actors = {"perpetrator": event.perpetrator, "target": event.target}
    counts = {"deaths": event.fatalities, "injuries": event.injuries}
    if name in actors:
        actor = actors[name]
        return repr(actor.name if actor else "")
    if name in counts:
        return repr([counts[name].low, counts[name].best, counts[name].high])
    return repr(event.status if name == "status" else event.placement.geo_precision)
