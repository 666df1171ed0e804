"""How sure the coding of an event is: the chance that it happened here and then as coded.

Weights: ``data/confidence.json``, learned by ``tools/train_confidence.py`` from real reports coded by hand; see
``docs/model-card-confidence.md``. What is wrong more than nine times in ten becomes no event of its own where the
report tells others: it is told of as passed over, and joins the event that another report tells in full.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from pipeline.events.incidents import Incident
from pipeline.toponyms.judge import weighed

LEAST = 0.1  # what is less likely right than this is no event of its own
FEWEST, MOST = 0.01, 0.99  # nothing is quite sure
NEAR, WIDE = (2, 3), 4  # UCDP where_prec: near a place or in its district; from here on an area
WEEK = 3  # UCDP date_prec: from here on more than two days
TOO_LITTLE = "too little of it is told, or too vaguely, to be coded"


def _is_placed(incident: Incident) -> bool:
    return incident.best.place is not None


def _where_prec(incident: Incident) -> int:
    return (incident.best.placement.where_prec or 0) if _is_placed(incident) else 0


def _doubt(incident: Incident) -> float:
    found = incident.best.placement.resolution
    return 1.0 - found.score if found is not None and _is_placed(incident) else 0.0


def _is_of_days(incident: Incident) -> bool:
    when = incident.told_when
    return when is not None and when.date_prec >= WEEK


#: What is weighed, all of it known when an incident has been read: 1 or 0, of the place's doubt all between.
GROUNDS: Mapping[str, Callable[[Incident], float]] = {
    "no place": lambda i: not _is_placed(i),
    "doubt of the place": _doubt,
    "near a place": lambda i: _where_prec(i) in NEAR,
    "a wide area": lambda i: _where_prec(i) >= WIDE,
    "place told elsewhere": lambda i: _is_placed(i) and not i.best.placement.description,
    "of several days": _is_of_days,
    "no day": lambda i: i.told_when is None,
    "kind in the words": lambda i: i.best.sub is not None,
    "who did it": lambda i: i.best.perpetrator is not None,
    "to whom": lambda i: i.best.target is not None,
    "deaths": lambda i: bool(i.best.fatalities.text),
    "in a quotation": lambda i: i.best.quoted,
    "on somebody's word": lambda i: bool(i.best.attributed_to),
}


def grounds_of(incident: Incident) -> tuple[float, ...]:
    """Return what there is to weigh of an incident, in the order of :data:`GROUNDS`."""
    return tuple(float(ground(incident)) for ground in GROUNDS.values())


def chance(grounds: Sequence[float], weights: Mapping[str, float]) -> float:
    """Return the chance, 0.01 to 0.99, that goes with some grounds; the empty name is that of the constant.

    Examples
    --------
    >>> chance([0.0] * len(GROUNDS), {"": 0.0}), chance([1.0] * len(GROUNDS), {"": 0.0, "no place": -9.0})
    (0.5, 0.01)
    """
    return round(max(FEWEST, min(MOST, weighed(weights, GROUNDS, grounds))), 2)


def confidence_of(incident: Incident) -> float:
    """Return the chance, 0.01 to 0.99, that an incident is right as coded: in kind, day and place.

    Where no word of the tables tells of it, that is no more than the chance that it is told at all.
    """
    right = chance(grounds_of(incident), load_weights())
    return round(max(FEWEST, incident.surest.chance * right), 2)


def without_weak(incidents: Sequence[Incident]) -> tuple[list[Incident], list[Incident]]:
    """Return the incidents of a report, those too unlikely to be right apart; if there are no others, all of them.

    One at a named place is kept, as a person can place it.
    """
    kept: list[Incident] = []
    weak: list[Incident] = []
    for incident in incidents:
        tells_little = confidence_of(incident) < LEAST and not _names_place(incident)
        (weak if tells_little else kept).append(incident)
    return (kept, weak) if kept else (weak, [])


def _names_place(incident: Incident) -> bool:
    return bool(incident.best.placement.description) or any(d.names_place for d in incident.drafts)


def what_lacks(incident: Incident) -> str:
    """Say why an incident tells too little: "… to be coded (confidence 0.04): no place, no day"."""
    missing = {
        "no place": not _is_placed(incident),
        "no day": incident.told_when is None,
        "no doer": incident.best.perpetrator is None,
        "nobody hit": incident.best.target is None,
    }
    told = ", ".join(what for what, lacks in missing.items() if lacks) or "an area and some days only"
    return f"{TOO_LITTLE} (confidence {confidence_of(incident)}): {told}"


@cache
def load_weights() -> Mapping[str, float]:
    """Return the learned weights by ground; the constant under the empty name."""
    text = files("pipeline.events").joinpath("data/confidence.json").read_text("utf8")
    return {str(name): float(weight) for name, weight in json.loads(text).items()}
