"""Tellings that become no event, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pipeline.events.drafts import Draft
from pipeline.events.places import coarseness
from pipeline.models import SourceRef

BACKGROUND_DAYS = 30
DISTRICT = 3  # UCDP where_prec: up to here a place is near enough to one spot
MONTH = 4  # UCDP date_prec: from here on a time is too long for one incident


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A telling that became no event, and why: kept, so that nothing is dropped silently."""

    draft: Draft
    why: str

    @property
    def source(self) -> SourceRef:
        """The sentence that tells it."""
        return self.draft.source


@dataclass(frozen=True, slots=True)
class Dropped:
    """What an extractor other than the rules told and the article does not bear out, or did not tell, and why."""

    source: SourceRef
    why: str


@dataclass(frozen=True, slots=True)
class _Telling:
    """A draft that matches nothing told before; ``lead``: it opens the report; ``old``: it is of weeks ago."""

    draft: Draft
    lead: bool
    old: bool

    @property
    def timeless(self) -> bool:
        """Whether it has no day of its own."""
        return self.draft.when is None

    @property
    def undated(self) -> bool:
        """Whether it has neither a day of its own nor one on which it was told."""
        return self.draft.when is None and self.draft.said_day is None

    @property
    def coarse(self) -> bool:
        """Whether its place is wider than a district; in the opening, any place will do."""
        return coarseness(self.draft.placement) > DISTRICT and not (self.lead and self.draft.placed)

    @property
    def faceless(self) -> bool:
        """Whether nobody is named."""
        return self.draft.target is None and self.draft.perpetrator is None


# The first ground that holds is given.
GROUNDS: tuple[tuple[str, Callable[[_Telling], bool]], ...] = (
    ("planned: it is not said to have happened", lambda t: t.draft.status == "planned"),
    ("hypothetical: it is not said to have happened", lambda t: t.draft.status == "hypothetical"),
    ("negated: it is not said to have happened", lambda t: t.draft.status == "negated"),
    ("denied, and nothing else tells of it", lambda t: t.draft.status == "denied"),
    ("another incident, told in passing", lambda t: t.draft.other and t.timeless),
    (
        "told of a month or more, not of one incident",
        lambda t: t.draft.definite and t.draft.when is not None and t.draft.when.date_prec >= MONTH,
    ),
    ("told of many times, not of one incident", lambda t: t.draft.habitual),
    ("background: told in passing, of weeks ago", lambda t: t.draft.bare and t.old),
    (
        "speaks of something told elsewhere",
        lambda t: t.draft.definite and (not t.draft.placed or t.draft.bare) and (t.timeless or t.draft.plural),
    ),
    (
        "told in passing, without place or day",
        lambda t: t.draft.bare and not t.draft.placed and t.timeless and not t.lead,
    ),
    (
        "told in passing, without a day or an exact place",
        lambda t: t.draft.bare and (t.draft.plural or t.coarse or not t.lead) and t.undated,
    ),
    ("several at once, without place or day", lambda t: t.draft.plural and not t.draft.placed and t.timeless),
    ("says neither who, nor where, nor when", lambda t: t.faceless and not t.draft.placed and t.undated),
)


def why_not(draft: Draft, *, today: date | None, lead: bool) -> str:
    """Return why a draft that matches nothing told before starts no incident, or an empty string."""
    telling = _Telling(draft, lead, is_background(draft, today))
    return next((why for why, holds in GROUNDS if holds(telling)), "")


def is_background(draft: Draft, today: date | None) -> bool:
    """Whether a draft is dated more than a month before the report."""
    return draft.when is not None and today is not None and (today - draft.when.date_end).days > BACKGROUND_DAYS
