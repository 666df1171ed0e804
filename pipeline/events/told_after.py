"""What a sentence that tells of no incident says of the one told just before: who was hurt, on which day it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.counts import CountMention, harm
from pipeline.events.dates import find_times, when_of
from pipeline.events.drafts import BLOODLESS, NO_VICTIMS, SAID, Draft, Reading
from pipeline.events.victims import victim_of
from pipeline.models import Count, When
from pipeline.parse import Sentence

HURT = frozenset({"killed", "injured"})
DAY_SENTENCES = 2  # so far back the incident of which a day is told may stand
#: "The attackers arrived on Sunday", "The incident occurred on Sunday"
CAME = re.compile(
    r"\b(?:the|these)\s+(?:\w+\s+)?(?:attackers?|gunm[ae]n|assailants?|militants|rebels|insurgents|bandits|fighters|men|raiders"
    r"|jihadists|terrorists|robbers|kidnappers|soldiers|incident|attack|violence|shooting|raid|assault|killings?)\s+(?:\w+\s+){0,2}?"
    r"(?:arrived|came|struck|surrounded|entered|descended|appeared|burst|happened|occurred|took\s+place|unfolded)\b",
    re.IGNORECASE,
)


def with_harm_told_after(drafts: list[Draft], counts: Sequence[CountMention], reading: Reading) -> list[Draft]:
    """Give the incident of the sentence before what one adds that tells no more: "No casualties were reported."."""
    told = [c for c in counts if c.kind in HURT and not c.cumulative]
    if not told or drafts[-1].family in BLOODLESS:
        return drafts
    dead, hurt = harm(told)
    places = sum(d.source == drafts[-1].source for d in drafts)
    if places > 1 and any(c.count.high != 0 for c in told):
        return drafts  # at which of them, is not said
    told_of = [d for d in drafts if d.source == drafts[-1].source]
    return [d if d not in told_of else _with_hurt(_with_harm(d, dead, hurt), told, reading) for d in drafts]


def _with_hurt(draft: Draft, counts: Sequence[CountMention], reading: Reading) -> Draft:
    """Return the draft with those hurt as its target where it has none."""
    if draft.target is not None or draft.family in NO_VICTIMS:
        return draft
    where = draft.placement.resolution
    country = where.place.country if where is not None and where.place is not None else reading.country
    text, doer = reading.parsed.text, draft.perpetrator
    return replace(draft, target=victim_of(text, counts, lexicon=reading.lexicon, country=country, but=doer))


def _with_harm(draft: Draft, dead: Count, hurt: Count) -> Draft:
    """Return the draft with the counts that it lacks."""
    return replace(
        draft,
        fatalities=dead if draft.fatalities.low is None else draft.fatalities,
        injuries=hurt if draft.injuries.low is None else draft.injuries,
    )


def with_day_told_after(drafts: list[Draft], reading: Reading, sentence: Sentence, order: int) -> list[Draft]:
    """Give the incident told just before, if it has no day, the one of a sentence like "The gunmen came on Sunday"."""
    last = next((d for d in reversed(drafts) if d.status in SAID and not d.headline), None)
    if last is None or last.when is not None or not 0 <= order - last.order <= DAY_SENTENCES:
        return drafts
    day = _day(reading, sentence) if CAME.search(reading.parsed.text, sentence.start, sentence.end) else None
    return drafts if day is None else [replace(d, when=day) if d is last else d for d in drafts]


def _day(reading: Reading, sentence: Sentence) -> When | None:
    times = find_times(reading.parsed.text, sentence.start, sentence.end, today=reading.today)
    days = (when_of(t, previous=None, today=reading.today) for t in times if t.kind in {"absolute", "relative"})
    return next((d for d in days if d is not None and d.date_prec <= 2), None)
