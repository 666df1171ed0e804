"""The model's answer, checked field by field; what it says beyond these fields is not looked at."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pipeline.codes import sub_event_types
from pipeline.extractors.endpoint import EndpointError

MOST_EVENTS = 50
MOST_PEOPLE = 100_000
_FENCE = re.compile(r"\s*```(?:json)?\s*(.*?)\s*```\s*", re.DOTALL)
Span = Annotated[str, Field(min_length=2, max_length=200)]
Number = Annotated[int, Field(ge=0, le=MOST_PEOPLE, strict=True)]


class Told(BaseModel):
    """One event as the model tells it: nothing of it is believed before the article bears it out.

    Coordinates, addresses, names of files and all else are ignored.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)
    sentence: Annotated[str, Field(min_length=15, max_length=2_000)]
    sub_event_type: str
    status: Literal["asserted", "claimed", "denied", "planned", "hypothetical", "negated"] = "asserted"
    place: Span | None = None
    date: dt.date | None = None
    date_end: dt.date | None = None
    date_text: Span | None = None
    perpetrator: Span | None = None
    target: Span | None = None
    attributed_to: Span | None = None
    deaths: Number | None = None
    injuries: Number | None = None

    @field_validator("sub_event_type")
    @classmethod
    def _is_acleds(cls, value: str) -> str:
        if value not in sub_event_types():
            raise ValueError("is no sub-event type of ACLED")
        return value


def read_answer(text: str) -> tuple[list[Told], list[str]]:
    """Return the events of an answer, and why others were dropped, in our words.

    Raises
    ------
    EndpointError
        It is no JSON, or no object with a list of events, or holds too many.

    Examples
    --------
    >>> read_answer('{"events": [{"sentence": "Rockets hit Homs on Monday."}]}')
    ([], ['field sub_event_type: Field required'])
    """
    fenced = _FENCE.fullmatch(text)
    try:
        found = json.loads(fenced[1] if fenced else text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise EndpointError("the answer is no JSON") from error
    rows = found.get("events") if isinstance(found, dict) else None
    if not isinstance(rows, list):
        raise EndpointError("the answer holds no list of events")
    if len(rows) > MOST_EVENTS:
        raise EndpointError(f"the answer holds more than {MOST_EVENTS} events")
    told: list[Told] = []
    dropped: list[str] = []
    for row in rows:
        try:
            told.append(Told.model_validate(row))
        except ValidationError as error:
            dropped.append(_why(error))
    return told, dropped


def _why(error: ValidationError) -> str:
    """Return the first fault; never the value, which is the model's."""
    first = error.errors(include_url=False, include_input=False)[0]
    return f"field {first['loc'][0] if first['loc'] else 'event'}: {first['msg']}"


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")
