"""Which events a correction is about: by any id, or by a report and words of the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gazetteer.names import fold
from pipeline.corrections.records import Correction
from pipeline.models import Event

__all__ = ["events_about", "is_about"]


def events_about(one: Correction, events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events that a correction names.

    Examples
    --------
    >>> events_about(Correction("reject", "corrections.csv", 2, event_id="a1"), [])
    ()
    """
    return tuple(event for event in events if is_about(one, event))


def is_about(one: Correction, event: Event) -> bool:
    """Whether a correction names an event: a former id counts, and some words of a sentence that tells of it."""
    if one.event_id:
        return one.event_id in event.all_ids
    words = fold(one.words)
    return any(s.doc_id == one.doc_id and words in fold(s.sentence) for s in event.sources)


def named_ids(one: Correction, events: Sequence[Event]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of article-level events that the two sides of a merge or split name."""
    known = {event.event_id for event in events}
    first = tuple(sorted({event.event_id for event in events_about(one, events)}))
    return first, tuple(sorted(known & set(one.other_ids)))
