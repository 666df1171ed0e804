"""What a sentence that tells of no incident says of the one told just before: who was hurt, on which day it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gazetteer.models import Place
from pipeline.events.added_harm import with_added
from pipeline.events.counts import HURT, CountMention, harm
from pipeline.events.dates import find_times, when_of
from pipeline.events.drafts import BLOODLESS, NO_VICTIMS, SAID, Draft
from pipeline.events.places import placement_of
from pipeline.events.reading import Reading
from pipeline.events.victims import victim_of
from pipeline.models import Count, Placement, When
from pipeline.parse import Sentence
from pipeline.toponyms.geodesy import distance_km
from pipeline.toponyms.surroundings import is_within

REACH_KM = 100.0
OF_A_WAR = 1000  # dead or hurt: so many are no one incident's that a sentence apart tells
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
    if not told or drafts[-1].family in BLOODLESS or any((c.count.low or 0) >= OF_A_WAR for c in told):
        return drafts
    dead, hurt = harm(told)
    told_of = [d for d in drafts if d.source == drafts[-1].source]
    text = reading.parsed.text
    if len(told_of) > 1 and (one := _told_again(told_of, dead, hurt) or _sole_blow(told_of, dead, hurt)) is not None:
        told_of = [one]
    if len(told_of) > 1 and any(c.count.high != 0 for c in told):
        apart = any(d.placed for d in told_of)  # at which of them, is not said
        known = [c for d in told_of for c in d.counts]
        return drafts if apart else [_with_more(d, known, told, text) if d in told_of else d for d in drafts]
    return [d if d not in told_of else _with_hurt(_with_harm(d, dead, hurt, told, text), told, reading) for d in drafts]


def _sole_blow(drafts: Sequence[Draft], dead: Count, hurt: Count) -> Draft | None:
    """Return the one of several told together that has a place, if the others say no more than how it came about.

    That nobody was hurt is told of them all.
    """
    if not (dead.high or dead.low or hurt.high or hurt.low):
        return None
    placed = [d for d in drafts if d.placed and d.status in SAID]
    silent = all(d in placed or (not d.counts and d.when is None) for d in drafts)
    return placed[0] if len(placed) == 1 and silent and placed[0].family not in NO_VICTIMS else None


def _told_again(drafts: Sequence[Draft], dead: Count, hurt: Count) -> Draft | None:
    """Return the one of several of which a sentence repeats the dead: "|two bodies| and six hurt came"."""
    if not dead.low or not hurt.low:
        return None
    same = [d for d in drafts if d.fatalities.low == dead.low and d.injuries.low is None]
    return same[0] if len(same) == 1 else None


def _with_hurt(draft: Draft, counts: Sequence[CountMention], reading: Reading) -> Draft:
    """Return the draft with those hurt as its target where it has none."""
    if draft.target is not None or draft.family in NO_VICTIMS:
        return draft
    where = draft.placement.resolution
    country = where.place.country if where is not None and where.place is not None else reading.country
    text, doer = reading.parsed.text, draft.perpetrator
    return replace(draft, target=victim_of(text, counts, lexicon=reading.lexicon, country=country, but=doer))


def _with_more(draft: Draft, known: Sequence[CountMention], told: Sequence[CountMention], text: str) -> Draft:
    """Return the draft with those added that are told as more: "36 rebels died. |Six soldiers| fell."."""
    dead = with_added(draft.fatalities, known, told, "killed", text)
    hurt = with_added(draft.injuries, known, told, "injured", text)
    added = replace(draft, fatalities=dead or draft.fatalities, injuries=hurt or draft.injuries)
    return draft if dead is None and hurt is None else replace(added, counts=(*draft.counts, *told))


def _with_harm(draft: Draft, dead: Count, hurt: Count, told: Sequence[CountMention], text: str) -> Draft:
    """Return the draft with the counts that it lacks, and those told as more added."""
    more_dead = with_added(draft.fatalities, draft.counts, told, "killed", text)
    more_hurt = with_added(draft.injuries, draft.counts, told, "injured", text)
    return replace(
        draft,
        fatalities=dead if draft.fatalities.low is None else more_dead or draft.fatalities,
        injuries=hurt if draft.injuries.low is None else more_hurt or draft.injuries,
        counts=(*draft.counts, *told),
    )


def with_day_told_after(drafts: list[Draft], reading: Reading, sentence: Sentence, order: int) -> list[Draft]:
    """Give the incident told just before what a sentence like "The incident occurred at A on Sunday" says of it.

    The day, if it has none; the town, if it is told alone and lies in what is known of the place, or in reach.
    """
    last = next((d for d in reversed(drafts) if d.status in SAID and not d.headline), None)
    if last is None or not 0 <= order - last.order <= DAY_SENTENCES:
        return drafts
    if not CAME.search(reading.parsed.text, sentence.start, sentence.end):
        return drafts
    told = replace(last, when=last.when or _day(reading, sentence), placement=_site(last, reading, sentence))
    alone = sum(d.source == last.source for d in drafts) == 1
    told = told if alone else replace(told, placement=last.placement)
    return [told if d is last else d for d in drafts]


def _site(draft: Draft, reading: Reading, sentence: Sentence) -> Placement:
    """Return the placement that "the incident occurred at A" gives, or the one known."""
    found = reading.exact_site_in(sentence)
    place = found.place if found is not None else None
    if found is None or place is None or (draft.place is not None and not _is_near(place, draft.place)):
        return draft.placement
    why = "the sentence after says where it was"
    return placement_of(reading.parsed.text, found, reasons=(why,))


def _is_near(place: Place, known: Place) -> bool:
    """Whether what is told after can be a nearer word for the place known."""
    within = is_within(place, known) or place.place_id == known.place_id
    return within or distance_km(place.lat, place.lon, known.lat, known.lon) <= REACH_KM


def _day(reading: Reading, sentence: Sentence) -> When | None:
    times = find_times(reading.parsed.text, sentence.start, sentence.end, today=reading.today)
    days = (when_of(t, previous=None, today=reading.today) for t in times if t.kind in {"absolute", "relative"})
    return next((d for d in days if d is not None and d.date_prec <= 2), None)
