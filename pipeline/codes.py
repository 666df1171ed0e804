"""Look up ACLED's, UCDP's and PLOVER's codes; the tables are data (``data/codes.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from pipeline.models import Count

__all__ = [
    "EventCode",
    "area_kind",
    "code_of",
    "confidence_level",
    "confidence_levels",
    "disorder_type_of",
    "event_type_of",
    "event_types",
    "fatalities_of",
    "inter_codes",
    "inter_name",
    "interaction",
    "plover_of",
    "precision_words",
    "source_scale_of",
    "sub_event_types",
]


@dataclass(frozen=True, slots=True)
class EventCode:
    """What ACLED's sub-event type implies: its type and disorder type, and PLOVER's type and mode."""

    sub_event_type: str
    event_type: str
    disorder_type: str
    plover_type: str
    plover_mode: str


@dataclass(frozen=True, slots=True)
class _Tables:
    """The code tables, read once."""

    events: Mapping[str, EventCode]
    inter: Mapping[int, str]
    precision: Mapping[str, Mapping[int, str]]
    area_kinds: Mapping[int, str]
    vague: tuple[tuple[re.Pattern[str], int], ...]
    confidence: tuple[tuple[str, float], ...]
    source_scales: Mapping[str, str]


@cache
def _tables() -> _Tables:
    """Read ``data/codes.yaml`` into typed tables."""
    raw = yaml.safe_load(files("pipeline").joinpath("data/codes.yaml").read_text(encoding="utf-8"))
    vague = ((re.compile(row["pattern"], re.IGNORECASE), row["fatalities"]) for row in raw["vague_fatalities"].values())
    levels = sorted(raw["confidence_levels"].items(), key=lambda pair: -pair[1])
    return _Tables(
        events=MappingProxyType({sub: EventCode(sub, *row) for sub, row in raw["sub_event_types"].items()}),
        inter=MappingProxyType(raw["inter"]),
        precision=MappingProxyType(raw["precision"]),
        area_kinds=MappingProxyType(raw["area_kinds"]),
        vague=tuple(vague),
        confidence=tuple(levels),
        source_scales=MappingProxyType({name.casefold(): scale for name, scale in raw["source_scales"].items()}),
    )


def code_of(sub_event_type: str) -> EventCode:
    """Return all that an ACLED sub-event type implies.

    Raises
    ------
    KeyError
        If ``sub_event_type`` is none of ACLED's 25.

    Examples
    --------
    >>> code_of("Air/drone strike").event_type
    'Explosions/Remote violence'
    """
    try:
        return _tables().events[sub_event_type]
    except KeyError:
        known = ", ".join(_tables().events)
        raise KeyError(f"{sub_event_type!r} is not an ACLED sub-event type; those are: {known}") from None


def event_type_of(sub_event_type: str) -> str:
    """Return the ACLED event type of a sub-event type.

    Examples
    --------
    >>> event_type_of("Armed clash")
    'Battles'
    """
    return code_of(sub_event_type).event_type


def disorder_type_of(sub_event_type: str) -> str:
    """Return the ACLED disorder type of a sub-event type.

    Examples
    --------
    >>> disorder_type_of("Peaceful protest")
    'Demonstrations'
    """
    return code_of(sub_event_type).disorder_type


def plover_of(sub_event_type: str) -> tuple[str, str]:
    """Return PLOVER's event type and mode (either may be empty) for an ACLED sub-event type.

    Examples
    --------
    >>> plover_of("Suicide bomb")
    ('ASSAULT', 'suicide-attack')
    """
    code = code_of(sub_event_type)
    return code.plover_type, code.plover_mode


def sub_event_types() -> tuple[str, ...]:
    """Return ACLED's 25 sub-event types, in the codebook's order."""
    return tuple(_tables().events)


def event_types() -> tuple[str, ...]:
    """Return ACLED's 6 event types, in the codebook's order."""
    return tuple(dict.fromkeys(code.event_type for code in _tables().events.values()))


def inter_name(code: int) -> str:
    """Return what an ACLED ``inter`` code stands for.

    Examples
    --------
    >>> inter_name(3)
    'Political Militia'
    """
    return _tables().inter[code]


def inter_codes() -> Mapping[int, str]:
    """Return ACLED's ``inter`` codes with what they stand for.

    Examples
    --------
    >>> inter_codes()[7]
    'Civilians'
    """
    return _tables().inter


def interaction(inter1: int, inter2: int) -> str:
    """Return ACLED's undirected interaction: both codes, the smaller first, a lone actor with 0 behind it.

    Examples
    --------
    >>> interaction(8, 3), interaction(0, 7), interaction(0, 0)
    ('38', '70', '')
    """
    known = sorted(code for code in (inter1, inter2) if code)
    return "".join(map(str, known)).ljust(2, "0") if known else ""


def precision_words(field: str, code: int | None) -> str:
    """Say a precision code in words.

    Parameters
    ----------
    field : str
        ``geo_precision``, ``where_prec``, ``time_precision`` or ``date_prec``.
    code : int or None
        Its value; None gives ``unknown``.

    Examples
    --------
    >>> precision_words("where_prec", 4)
    'province'
    """
    return "unknown" if code is None else _tables().precision[field][code]


def area_kind(where_prec: int) -> str:
    """Return what kind of area a UCDP ``where_prec`` is drawn as.

    Examples
    --------
    >>> area_kind(6)
    'country'
    """
    return _tables().area_kinds[where_prec]


def fatalities_of(count: Count) -> int | None:
    """Return ACLED's conservative number of deaths; None where the text gives none, never a made-up 0.

    Examples
    --------
    >>> fatalities_of(Count(low=24, best=24, qualifier="at_least", text="dozens killed"))
    12
    >>> fatalities_of(Count()) is None
    True
    """
    if count.low is None and count.best is None:
        return None
    for pattern, number in _tables().vague:
        if count.qualifier != "exact" and pattern.search(count.text):
            return number
    return count.low if count.low is not None else count.best


def confidence_level(confidence: float) -> str:
    """Say a confidence from 0 to 1 as high, moderate or low.

    Examples
    --------
    >>> confidence_level(0.5)
    'moderate'
    """
    return next(word for word, least in _tables().confidence if confidence >= least)


def confidence_levels() -> tuple[tuple[str, float], ...]:
    """Return the words for confidence, each with the lowest confidence that earns it, highest first.

    Examples
    --------
    >>> [word for word, _ in confidence_levels()]
    ['high', 'moderate', 'low']
    """
    return _tables().confidence


def source_scale_of(source: str) -> str:
    """Return ACLED's source scale of a publisher; empty where the table does not know it.

    Examples
    --------
    >>> source_scale_of("Reuters"), source_scale_of("A blog")
    ('International', '')
    """
    return _tables().source_scales.get(source.strip().casefold(), "")
