"""An article read with corrected places; what keeps the ids that it was known by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from pipeline.models import Event

__all__ = ["with_former_ids"]


def with_former_ids(events: Sequence[Event], before: Sequence[Event]) -> tuple[Event, ...]:
    """Return events read after a correction under the ids that they had before it.

    The id of an event is a hash of what is said, its place too; other lines of corrections go by the id that was shown.
    Events pair by sentence and kind, then by sentence, in order, where there are as many of each.
    """
    made = list(events)
    for key in (_sentence_and_kind, _sentence):
        for at, was in _pairs(made, before, key):
            made[at] = replace(made[at], event_id=was.event_id)
    return tuple(made)


def _pairs(
    events: Sequence[Event], before: Sequence[Event], key: Callable[[Event], Hashable]
) -> list[tuple[int, Event]]:
    known, kept = {e.event_id for e in before}, {e.event_id for e in events}
    new: dict[Hashable, list[int]] = defaultdict(list)
    gone: dict[Hashable, list[Event]] = defaultdict(list)
    for at, event in enumerate(events):
        if event.event_id not in known:
            new[key(event)].append(at)
    for event in before:
        if event.event_id not in kept:
            gone[key(event)].append(event)
    fitting = (found for found in new if len(new[found]) == len(gone[found]))
    return [pair for found in fitting for pair in zip(new[found], gone[found], strict=True)]


def _sentence(event: Event) -> Hashable:
    first = event.sources[0]
    return first.doc_id, first.sent_start


def _sentence_and_kind(event: Event) -> Hashable:
    return *_sentence(event), event.sub_event_type  # type: ignore[misc]
