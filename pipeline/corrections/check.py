"""A row as written -> a checked correction, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from pipeline.codes import sub_event_types
from pipeline.corrections.records import Correction, Kind, Setting
from pipeline.ingest.text import clean
from pipeline.models import Count, EventStatus

__all__ = ["COLUMNS", "Fault", "checked"]

COLUMNS = ("kind", "event_id", "other_id", "doc_id", "words", "country", "field", "value", "radius_km", "precision",
           "who", "when", "note")  # fmt: skip
NOBODY = frozenset({"-", "none", "unknown"})
_POINT = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d+(?:\.\d+)?)\s*")
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*/\s*(\d{4}-\d{2}-\d{2}))?")
_NUMBERS = re.compile(r"(\d+)(?:\s*[-–/]\s*(\d+))?(?:\s*[-–/]\s*(\d+))?")
_AT_LEAST = re.compile(r"(?:at least|>=)\s*(\d+)|(\d+)\+")
_STATE = re.compile(r"[0-9a-f]{16}")
_SHOWN = 60

EditField = Literal["date", "fatalities", "injuries", "sub_event_type", "status", "perpetrator", "target"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row: the column, the value, why and what to do about it."""

    column: str
    value: str
    why: str

    def __str__(self) -> str:
        shown = f"{self.value[:_SHOWN]!r} " if self.value else ""
        return f"{shown}{self.why}"


class _FaultError(ValueError):
    """Carries a fault out of the model, where the fields belong together."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class _Row(BaseModel):
    """The columns of a row; text is cleaned of what a reader cannot see."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    event_id: str = ""
    other_id: str = ""
    doc_id: str = ""
    words: str = ""
    country: Annotated[str, Field(pattern=r"^(?:[A-Z]{2})?$")] = ""
    field: EditField | Literal[""] = ""
    value: str = ""
    radius_km: Annotated[float, Field(gt=0, le=2000, allow_inf_nan=False)] | None = None
    precision: Annotated[int, Field(ge=1, le=3)] | None = None
    who: str = ""
    when: str = ""
    note: str = ""

    @field_validator("*", mode="before")
    @classmethod
    def _cleaned(cls, value: object) -> object:
        return " ".join(clean(value).text.split()) if isinstance(value, str) else value

    @field_validator("when")
    @classmethod
    def _is_day(cls, value: str) -> str:
        if value:
            _day(value, "when")
        return value

    @model_validator(mode="after")
    def _fits_kind(self) -> _Row:
        _refuse_misfit(self)
        return self


@cache
def _kinds() -> Mapping[str, Mapping[str, list[str]]]:
    loaded: Mapping[str, Mapping[str, list[str]]] = yaml.safe_load(
        files("pipeline.corrections").joinpath("data/kinds.yaml").read_text(encoding="utf-8")
    )
    return loaded


def checked(row: Mapping[str, str], *, file: str, line: int) -> Correction | Fault:
    """Return the correction that a row is, or its first fault.

    Examples
    --------
    >>> print(checked({"kind": "edit", "event_id": "a1", "field": "fatalities", "value": "many"}, file="c", line=2))
    'many' is no number of people; write 3, 3-5, 3/4/5 (low/best/high), “at least 3” or “unknown”
    """
    try:
        read = _Row.model_validate(dict(row))
        setting = _setting(read)
    except _FaultError as error:
        return error.fault
    except ValidationError as error:
        return _fault_of(error)
    others = tuple(filter(None, re.split(r"[;,\s]+", read.other_id)))
    rest = read.model_dump(exclude={"other_id"})
    return Correction(file=file, line=line, other_ids=others, setting=setting, **rest)


def _fault_of(error: ValidationError) -> Fault:
    first = error.errors(include_url=False)[0]
    inner = (first.get("ctx") or {}).get("error")
    if isinstance(inner, _FaultError):
        return inner.fault
    column = str(first["loc"][0]) if first["loc"] else "kind"
    if first["type"] == "missing":
        return Fault(column, "", f"is empty; the kinds are {', '.join(get_args(Kind))}")
    return Fault(column, str(first["input"]), _REMEDIES.get(column) or first["msg"])


_REMEDIES: Mapping[str, str] = {
    "kind": f"is no kind of correction; the kinds are {', '.join(get_args(Kind))}",
    "country": "is no country code; write two capitals (ISO 3166-1), such as SY",
    "field": f"cannot be edited; the fields are {', '.join(get_args(EditField))}",
    "radius_km": "is no radius; write kilometres, more than 0 and at most 2000",
    "precision": "is no precision; write 1 (exact), 2 (near) or 3 (an area)",
}


def _refuse_misfit(row: _Row) -> None:
    """Refuse columns that a kind lacks or has no use for."""
    kind = _kinds()[row.kind]
    about_event = bool(row.event_id or (row.doc_id and row.words))
    about_name = bool(row.words) and ("event_id" in kind["may"] or not row.event_id)
    if not (("event" in kind["about"] and about_event) or ("name" in kind["about"] and about_name)):
        ways = {"event": "event_id, or doc_id and a few words of its sentence", "name": "the name, in words"}
        raise _FaultError(Fault(_SUBJECT[kind["about"][0]], "", f"is empty; kind {row.kind} needs "
                                + " or ".join(ways[one] for one in kind["about"])))  # fmt: skip
    for column in kind["needs"]:
        if not getattr(row, column):
            raise _FaultError(Fault(column, "", f"is empty; kind {row.kind} needs it"))
    used = {*kind["needs"], *kind["may"]}
    for column in ("other_id", "country", "field", "value", "radius_km", "precision"):
        if getattr(row, column) and column not in used:
            raise _FaultError(
                Fault(column, str(getattr(row, column)), f"is of no use for kind {row.kind}; leave it empty")
            )


_SUBJECT = {"event": "event_id", "name": "words"}


def _setting(row: _Row) -> Setting:
    """Return the value as it is meant."""
    read = _READERS.get(row.field or row.kind)
    return read(row.value, "value") if read else row.value


def _day(words: str, column: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise _FaultError(Fault(column, words, "is no day; write YYYY-MM-DD, such as 2023-11-21")) from None


def _span(words: str, column: str) -> tuple[date, date]:
    found = _SPAN.fullmatch(words)
    if found is None:
        raise _FaultError(Fault(column, words, "is no day; write 2023-11-21, or 2023-11-20/2023-11-22"))
    first = _day(found[1], column)
    last = _day(found[2], column) if found[2] else first
    if last < first:
        raise _FaultError(Fault(column, words, "ends before it begins; swap the days"))
    return first, last


def _point(words: str, column: str) -> tuple[float, float]:
    found = _POINT.fullmatch(words)
    if found is None:
        raise _FaultError(Fault(column, words, "is no point; write latitude, longitude in degrees: 33.79, 42.44"))
    lat, lon = float(found[1]), float(found[2])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise _FaultError(Fault(column, words, "is not on Earth; latitude comes first, -90 to 90, then longitude"))
    if lat == lon == 0:
        raise _FaultError(Fault(column, words, "is 0, 0, which stands for nowhere; leave the correction out"))
    return lat, lon


def _state(words: str, column: str) -> str:
    if words and not _STATE.fullmatch(words):
        remedy = "is no state of an event; leave it empty, or let `sitmap review` write it"
        raise _FaultError(Fault(column, words, remedy))
    return words


def _people(words: str, column: str) -> Count:
    """Read a number of people; of two numbers the lower is taken as best."""
    if words.lower() in NOBODY:
        return Count()
    if least := _AT_LEAST.fullmatch(words.lower()):
        number = int(least[1] or least[2])
        return Count(number, number, None, "at_least", words)
    found = _NUMBERS.fullmatch(words)
    numbers = [int(n) for n in found.groups() if n] if found else []
    if not numbers or numbers != sorted(numbers):
        remedy = "is no number of people; write 3, 3-5, 3/4/5 (low/best/high), “at least 3” or “unknown”"
        raise _FaultError(Fault(column, words, remedy))
    best = numbers[1] if len(numbers) == len(("low", "best", "high")) else numbers[0]
    return Count(numbers[0], best, numbers[-1], "exact" if numbers[0] == numbers[-1] else "about", words)


def _one_of(known: Callable[[], tuple[str, ...]], what: str) -> Callable[[str, str], str]:
    def read(words: str, column: str) -> str:
        match = next((one for one in known() if one.lower() == words.lower()), None)
        if match is None:
            raise _FaultError(Fault(column, words, f"is no {what}; write one of {', '.join(known())}"))
        return match

    return read


_READERS: Mapping[str, Callable[[str, str], Any]] = {
    "accept": _state,
    "coordinates": _point,
    "date": _span,
    "fatalities": _people,
    "injuries": _people,
    "sub_event_type": _one_of(sub_event_types, "ACLED sub-event type"),
    "status": _one_of(lambda: get_args(EventStatus), "status"),
}
