"""Fields of an event set by hand; each says what was there before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast

from pipeline.codes import event_type_of
from pipeline.corrections.check import NOBODY
from pipeline.corrections.places import Ruling, put_at
from pipeline.corrections.records import Correction
from pipeline.events._days import precision_of
from pipeline.events.actors import Lexicon, canonical, inter_in, is_civilian
from pipeline.models import Actor, Count, Event, EventStatus, Mention, Resolution, When

__all__ = ["accepted", "edited", "moved", "renamed"]

_Edit = Callable[[Event, Correction, Lexicon], Event]


def edited(event: Event, one: Correction, lexicon: Lexicon) -> Event:
    """Return an event with one field as a correction has it, marked; unchanged where it is so already."""
    made = _EDITS[one.field](event, one, lexicon)
    was, now = _shown(event, one.field), _shown(made, one.field)
    mark = f"{one.field} {now} (was {was}): {one.mark}" if was != now else f"{one.field} {now}: {one.mark}"
    return _marked(made, mark, one)


def accepted(event: Event, one: Correction) -> Event:
    """Return an event marked as looked at and left as it is; with the state it was seen in, so that a change shows.

    Examples
    --------
    >>> from pipeline.models import Count, Placement
    >>> event = Event("a", "asserted", "Battles", "Armed clash", None, Placement(*(None,) * 5), None, None,
    ...               Count(), Count(), ())
    >>> accepted(event, Correction("accept", "corrections.csv", 2, event_id="a", who="Ann")).corrections
    ('accepted: set by Ann in corrections.csv:2',)
    """
    state = f" (state {one.value})" if one.value else ""
    return _marked(event, f"accepted{state}: {one.mark}", one)


def _marked(event: Event, mark: str, one: Correction) -> Event:
    """Return an event with a mark; one that this line has marked before stays as it is."""
    if any(known.endswith(one.mark) for known in event.corrections):
        return event
    return replace(event, corrections=(*event.corrections, mark))


def renamed(event: Event, one: Correction, lexicon: Lexicon) -> Event:
    """Return an event with an actor of one name under another, on whichever side it stands."""
    sides = {side: actor for side in ("perpetrator", "target") if (actor := getattr(event, side)) is not None}
    named = {side: actor for side, actor in sides.items() if actor.name.casefold() == one.words.casefold()}
    if not named:
        return event
    changed = {side: _actor(one.value, actor, event, lexicon) for side, actor in named.items()}
    made = replace(event, **changed)  # type: ignore[arg-type]
    now = next(iter(changed.values()))
    mark = f"actor {now.name if now else 'nobody'} (was {one.words}): {one.mark}"
    return _marked(_with_civilians(made), mark, one)


def moved(event: Event, ruling: Ruling, gazetteer: object) -> Event:
    """Return an event at the place of a ruling."""
    placement, first = event.placement, event.sources[0]
    nothing = Mention(first.doc_id, first.sent_start, first.sent_start, "")
    before = placement.resolution or Resolution(nothing, "unmatched")
    found = put_at(before, ruling, gazetteer)  # type: ignore[arg-type]
    at = replace(
        placement,
        resolution=found,
        footprint=found.footprint,
        geo_precision=found.geo_precision,
        where_prec=found.where_prec,
        method=found.method,
        relation=None,
        reasons=(),
    )
    return replace(event, placement=at)


def _shown(event: Event, field: str) -> str:
    """Return what a field holds, in short."""
    if field == "date":
        when = event.when
        days = sorted({str(when.date_start), str(when.date_end)}) if when else ["none"]
        return "/".join(days)
    value = event.status if field == "status" else getattr(event, field)
    if isinstance(value, Count):
        return "/".join("-" if n is None else str(n) for n in (value.low, value.best, value.high))
    return value.name if isinstance(value, Actor) else str(value or "none")


def _date(event: Event, one: Correction, _: Lexicon) -> Event:
    first, last = cast("tuple[object, object]", one.setting)
    return replace(event, when=When(first, last, *precision_of(first, last), "", (one.mark,)))  # type: ignore[arg-type]


def _counted(field: str) -> _Edit:
    def edit(event: Event, one: Correction, _: Lexicon) -> Event:
        count = replace(cast("Count", one.setting), text=f"{one.value} ({one.mark})")
        return replace(event, fatalities=count) if field == "fatalities" else replace(event, injuries=count)

    return edit


def _sub_event_type(event: Event, one: Correction, _: Lexicon) -> Event:
    sub = str(one.setting)
    return replace(event, event_type=event_type_of(sub), sub_event_type=sub)


def _status(event: Event, one: Correction, _: Lexicon) -> Event:
    return replace(event, status=cast("EventStatus", one.setting))


def _perpetrator(event: Event, one: Correction, lexicon: Lexicon) -> Event:
    return replace(event, perpetrator=_actor(one.value, event.perpetrator, event, lexicon))


def _target(event: Event, one: Correction, lexicon: Lexicon) -> Event:
    return _with_civilians(replace(event, target=_actor(one.value, event.target, event, lexicon)))


def _with_civilians(event: Event) -> Event:
    return replace(event, civilian_targeting=event.target is not None and is_civilian(event.target))


def _actor(name: str, before: Actor | None, event: Event, lexicon: Lexicon) -> Actor | None:
    """Return the actor of a name; one that is not known keeps the code of the actor it takes the place of."""
    if name.lower() in NOBODY:
        return None
    place = event.placement.resolution.place if event.placement.resolution else None
    country = place.country if place else ""
    found = canonical(name, lexicon=lexicon, country=country)
    if not found.inter:
        return Actor(name, before.inter if before else 0, before.assoc if before else "", before.text if before else "")
    known = replace(found, text=before.text if before else "")
    return replace(known, inter=inter_in(known, country))


_EDITS: Mapping[str, _Edit] = {
    "date": _date,
    "fatalities": _counted("fatalities"),
    "injuries": _counted("injuries"),
    "sub_event_type": _sub_event_type,
    "status": _status,
    "perpetrator": _perpetrator,
    "target": _target,
}
