"""One sentence while the counts of harm in it are linked: its triggers, its quantities, and what has been linked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from pipeline.events._harm_triggers import CountKind, Trigger
from pipeline.events._quantities import Quantity, count_words, is_one_more, is_one_of, is_some_of_them
from pipeline.events._words import either
from pipeline.models import Count

__all__ = ["CountMention", "HarmSentence", "counts_persons"]


@dataclass(frozen=True, slots=True)
class CountMention:
    """A count as written, at ``text[start:end]``.

    ``subset``: part of a larger figure. ``cumulative``: a running total. ``trigger``: offset of the word that says what
    happened; mentions with the same trigger are told together ("two soldiers and a civilian were killed").
    """

    start: int
    end: int
    count: Count
    kind: CountKind
    noun: str = ""
    subset: bool = False
    cumulative: bool = False
    trigger: int = -1


@dataclass(slots=True)
class HarmSentence:
    """One sentence while it is read: what it holds, and what has been linked so far."""

    text: str
    start: int
    end: int
    triggers: Sequence[Trigger]
    quantities: Sequence[Quantity]
    mentions: list[CountMention] = field(default_factory=list)

    def free(self, quantity: Quantity) -> bool:
        """Return whether a quantity is not linked yet."""
        return all(m.start != quantity.start for m in self.mentions)

    def trigger_between(self, start: int, end: int) -> bool:
        """Return whether any trigger stands between two offsets."""
        return any(start <= t.start and t.end <= end for t in self.triggers)

    def add(self, trigger: Trigger, quantity: Quantity, *, part: bool = False, cumulative: bool = False) -> None:
        """Link a quantity to a trigger."""
        quantity = _risen(quantity) if {"killed", "injured"} & set(trigger.kinds) else quantity
        for kind in trigger.kinds:
            part = part or (quantity.part and not self._is_whole(quantity, kind))
            self.mentions.append(
                CountMention(
                    quantity.start, quantity.end, quantity.count, kind, quantity.noun,
                    part, cumulative or self.is_cumulative(trigger), self._told_with(trigger, quantity, kind),
                )
            )  # fmt: skip

    def _told_with(self, trigger: Trigger, quantity: Quantity, kind: CountKind) -> int:
        """Return the trigger that a quantity is told with; "a third" adds to those counted before."""
        before = [m.trigger for m in self.mentions if m.kind == kind and not m.subset]
        more = is_one_more(quantity) or _MORE.match(self.text, quantity.start, quantity.end) is not None
        return before[-1] if before and more else trigger.start

    def _is_whole(self, quantity: Quantity, kind: CountKind) -> bool:
        """Return whether "two of them" are all those it is told of: "fired at marchers, killing two of them"."""
        some = is_some_of_them(self.text, quantity) or is_one_of(quantity)
        return some and all(m.kind != kind for m in self.mentions)

    def is_cumulative(self, trigger: Trigger) -> bool:
        """Return whether words beside a trigger make its figure a running total."""
        near = self.text[max(self.start, trigger.start - 60) : min(self.end, trigger.end + 60)]
        if self.text[self.start : self.end].rstrip().endswith(":"):
            return True  # "At least 84 were killed and 138 wounded:", before a list
        return _cumulative().search(near) is not None


@cache
def _cumulative() -> re.Pattern[str]:
    """Compile the words of a running total."""
    return re.compile(rf"\b(?:{either(count_words().raw['cumulative'])})\b", re.IGNORECASE)


def _risen(quantity: Quantity) -> Quantity:
    """Return a count that was set right at its last: "revised the count |from 10 to 13| dead"."""
    count = quantity.count
    if not count.text.lower().startswith("from "):
        return quantity
    return replace(quantity, count=Count(count.high, count.high, count.high, "exact", count.text))


#: "|two more| guards", "|another| herder", "|three others|": those who come to the ones told of before
_MORE = re.compile(r"another\b|[\w-]+\s+(?:more|others?|further|additional)\b", re.IGNORECASE)


def counts_persons(quantity: Quantity) -> bool:
    """Return whether a quantity may count persons: its noun does, or it has none that says otherwise."""
    return "person" in quantity.classes or "group" in quantity.classes or not quantity.classes
