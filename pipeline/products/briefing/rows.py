"""Put an incident in the words of a table row, no more precise than it is coded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.codes import precision_words
from pipeline.products.briefing.incidents import Incident
from pipeline.products.briefing.words import date_phrase, digits, range_phrase, tables

#: More runs of row numbers than this are counted instead of listed.
_MOST_RUNS = 12


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One row of the table of incidents, in words; ``number`` is how the figures refer to it."""

    number: int
    incident: Incident
    when: str
    what: str
    status: str
    place: str
    precision: str
    as_written: str
    actor: str
    target: str
    harm: tuple[str, ...]
    source: str
    confidence: str

    @property
    def why_unplaced(self) -> str:
        """Why it has no point, in the words of whoever tried to place it."""
        return " ".join(self.incident.reasons) or self.incident.notes or "No place was found in the report."


def incident_rows(incidents: Sequence[Incident], *, first: int = 1) -> tuple[IncidentRow, ...]:
    """Put incidents in words, numbered from ``first``."""
    return tuple(_row(number, one) for number, one in enumerate(incidents, start=first))


def _row(number: int, one: Incident) -> IncidentRow:
    """Put one incident in words."""
    actor, target = _sides(one)
    return IncidentRow(
        number=number,
        incident=one,
        when=date_phrase(one.date_start or one.day, one.date_end or one.day, one.time_precision),
        what=one.sub_event_type or one.event_type or "Type not stated",
        status="" if one.event_status == "asserted" else tables()["status"].get(one.event_status, one.event_status),
        place=_place(one),
        precision=_precision(one),
        as_written=one.where_description,
        actor=actor,
        target=target,
        harm=_harm(one),
        source=one.source or "Source not stated",
        confidence=one.confidence_level or "not rated",
    )


def _sides(one: Incident) -> tuple[str, str]:
    """Return who acted and on whom; where the text gives no direction, both actors stand on the first side."""
    if one.perpetrator or one.target:
        return one.perpetrator or "not stated", one.target or "not stated"
    return " and ".join(filter(None, (one.actor1, one.actor2))) or "not stated", ""


def _place(one: Incident) -> str:
    """Name the place, province and country, each once."""
    names = dict.fromkeys(filter(None, (one.location, one.admin1, one.country)))
    return ", ".join(names) or "Not placed"


def _precision(one: Incident) -> str:
    """Say how precisely it is placed."""
    if not one.is_placed:
        return "not on the map"
    field, code = ("where_prec", one.where_prec) if one.where_prec else ("geo_precision", one.geo_precision)
    words = precision_words(field, code)
    fine, reach = one.geo_precision in {1, 2} and one.where_prec in {1, 2}, one.uncertainty_m
    return f"{words}, within about {digits(round(reach / 1000, 1))} km" if fine and reach else words


def _harm(one: Incident) -> tuple[str, ...]:
    """Say deaths and injured, each only if the text gives a number."""
    stated = []
    if one.deaths.is_stated:
        stated.append(f"Killed: {range_phrase(one.deaths)}")
    if one.injuries.is_stated:
        stated.append(f"Injured: {range_phrase(one.injuries)}")
    return tuple(stated) or ("not stated",)


def row_phrase(ids: Iterable[str], numbers: Mapping[str, int]) -> str:
    """Say which rows of the table some incidents are.

    Examples
    --------
    >>> row_phrase(["a", "b", "c", "e"], {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5})
    'rows 1–3, 5'
    >>> row_phrase(["a", "x"], {"a": 1})
    'row 1 and 1 outside the table'
    """
    asked = list(ids)
    shown = sorted(numbers[one] for one in asked if one in numbers)
    outside = len(asked) - len(shown)
    runs = _runs(shown)
    words = f"row{'s' * (len(shown) > 1)} {', '.join(runs)}" if len(runs) <= _MOST_RUNS else f"{len(shown)} rows"
    if not shown:
        return f"{outside} outside the table"
    return f"{words} and {outside} outside the table" if outside else words


def _runs(numbers: Sequence[int]) -> list[str]:
    """Write ascending numbers, runs of three and more as first–last."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(one) for one in run] for run in runs)
    return [part for run in parts for part in run]
