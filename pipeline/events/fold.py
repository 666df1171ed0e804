"""Within one report: tellings of the same incident become one; a summary gives way to what itemises it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from pipeline.events.assumed import of_the_hour, of_the_saying
from pipeline.events.background import (
    told_in_full,
    without_background,
    without_other_matter,
    without_summaries,
    without_taken_before,
)
from pipeline.events.claims import counts_a_total
from pipeline.events.compare import AIMED, compare_dates, compare_places
from pipeline.events.counts import died_of_hurt
from pipeline.events.dates import find_times, when_of
from pipeline.events.day_headings import day_above
from pipeline.events.day_told import last_day_told
from pipeline.events.drafts import OWN_KINDS, SAID, Draft
from pipeline.events.goes_on import where_it_goes_on
from pipeline.events.incidents import Incident
from pipeline.events.joining import HARM
from pipeline.events.marks import names_street
from pipeline.events.matching import NEAR_SENTENCES, best_match
from pipeline.events.naming import named_elsewhere
from pipeline.events.near_known import near_known
from pipeline.events.neutralised import with_neutralised
from pipeline.events.passed_over import UNSEEN, PassedOver, is_recalled, why_not
from pipeline.events.places import coarseness, placement_of
from pipeline.events.pointers import (
    tells_who_died_in_hospital,
    tells_who_died_later,
    tells_who_died_of_those_hurt,
)
from pipeline.events.posts import hits_unknown
from pipeline.events.reading import Reading
from pipeline.events.report_place import in_place_of_report, is_open
from pipeline.events.stray_harm import with_harm_beside, with_stray_harm
from pipeline.events.totals import with_own_tolls
from pipeline.events.unhurt import with_none_dead
from pipeline.models import Placement, When

LEAD_SENTENCES = 3
NEWS = "no day in the text, and none told before: that of the report or the day before is assumed"
ITEM = "no day in the text; it is an item of the news of one day: that of the report or the day before is assumed"
NEARBY_SENTENCES = 1  # so much farther where the words point back: "nearby"
PLACE_SENTENCES = 2  # so far back the place of an incident told without one may stand
COUNTRY = 6  # UCDP where_prec
SIDE_FAMILIES = frozenset(
    ["change", "arrest", "dispersal", "capture", "disarm", "looting", "burning", "disrupt", "intercept"]
)
DAMAGE = frozenset({"damage", "destruction"})  # families of "nobody was hurt, but a mast was destroyed"
HEADLINE = -1
BESIDE = "goes with what is told just before"
ENSUED = re.compile(r"\b(?:ensued|erupted|followed|broke\s+out)\b")  # "a firefight |ensued|"
SUCCUMBED = " succumbed"
#: families of "another strike" -> those of what it is another one of
REPEATED = {
    "strike": ("strike", "airstrike", "launch", "bombing"),
    "attack": ("attack", "strike", "airstrike", "launch", "shelling", "bombing", "suicide"),
    "explosion": ("explosion", "bombing", "going_off", "suicide"),
    "raid": ("raid", "airstrike", "strike", "launch", "bombing"),
}


def fold(
    reading: Reading, drafts: Sequence[Draft], *, as_told: bool = False
) -> tuple[list[Incident], list[PassedOver]]:
    """Return the incidents that the drafts of one report tell of, and the drafts that tell of none.

    ``as_told``: however little they say, nothing is passed over for it.
    """
    folder = _Folder(reading, as_told=as_told)
    for group in _by_telling([d for d in drafts if not d.headline]):
        folder.take(group, group[0].order)
    for group in _by_telling([d for d in drafts if d.headline]):  # last: it only sums up what the report tells
        folder.take(group, HEADLINE)
    told = told_in_full([i for i in folder.incidents if not i.itemised], reading.article.text)
    told, other = without_other_matter(told, reading.article.text)
    told, summaries = without_summaries(told)
    told, taken = without_taken_before(told)
    kept, background = without_background(told)
    with_own_tolls(told, folder.text)
    passed = [p.draft for p in folder.passed if not is_recalled(p.draft.source.sentence)]
    with_stray_harm(kept, passed, folder.text)
    with_harm_beside(kept, [p.draft for p in folder.passed if p.why == BESIDE])
    with_none_dead(kept)
    with_neutralised(kept, folder.text)
    for incident in kept:
        incident.best = replace(incident.best, placement=where_it_goes_on(reading, incident, kept))
        incident.best = replace(incident.best, placement=near_known(reading, incident.best.placement))
        if is_open(incident.best.placement):
            named = any(d.names_place and not names_street(d.source.sentence) for d in incident.drafts)
            placement = in_place_of_report(reading, incident.best.placement, incident.order, named=named)
            incident.best = replace(incident.best, placement=reading.in_its_province(placement))
    return kept, [*folder.passed, *other, *summaries, *taken, *background]


def _by_telling(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Return runs of drafts of one telling (same sentence, same words, different places)."""
    groups: list[list[Draft]] = []
    for draft in drafts:
        if groups and _are_of_one_telling(groups[-1][-1], draft):
            groups[-1].append(draft)
        else:
            groups.append([draft])
    return groups


def _are_of_one_telling(one: Draft, other: Draft) -> bool:
    alike = all(getattr(one, name) == getattr(other, name) for name in ("source", "family", "times", "counts", "notes"))
    return alike and one.placed and other.placed and one.placement != other.placement


def _has_died_since(draft: Draft, incident: Incident) -> bool:
    """Whether one of those hurt has died: told so, or told of a later day, in hospital."""
    if tells_who_died_later(draft.source.sentence):
        return True
    if incident.best.injuries.low and tells_who_died_of_those_hurt(draft.source.sentence):
        return True
    later = draft.when is not None and incident.when is not None and draft.when.date_start > incident.when.date_end
    return later and tells_who_died_in_hospital(draft.source.sentence)


def _is_told_again(draft: Draft, incident: Incident) -> bool:
    """Whether he who has died since is the one with whose death the report opens: "a policeman |has died|"."""
    first = incident.drafts[0]
    return first.perfect and first.family in HARM and first.fatalities.low == draft.fatalities.low


class _Folder:
    def __init__(self, reading: Reading, *, as_told: bool = False) -> None:
        self.reading = reading
        self.as_told = as_told
        self.text = reading.article.text
        self.incidents: list[Incident] = []
        self.passed: list[PassedOver] = []
        self.unseen: tuple[Draft, int] | None = None

    def take(self, group: list[Draft], number: int) -> None:
        """Fold one telling in, the ``number``-th sentence: its drafts differ only in place."""
        group = [self._dated(of_the_hour(d, self.reading)) for d in group]
        if _is_of_earlier_times(group[0]):
            self.passed += [PassedOver(d, "background: told of an earlier time or a long span") for d in group]
            return
        if group[0].habitual and group[0].family in HARM:
            self.passed += [PassedOver(d, "a tally, not of one incident") for d in group]
            return
        if self._died_later(group[0], number) or self._seen_after_all(group[0], number):
            return
        group = [replace(d, definite=d.definite or self._is_of_known(d)) for d in group]
        match = best_match(self.incidents, group[0], number, self.reading)
        if len(group) > 1 and match.incident is None and group[0].definite:
            self.passed += [PassedOver(d, "speaks of something told elsewhere") for d in group]
            return
        if len(group) > 1:
            self._itemise(group, match.incident, number)
            return
        group = [self._of_the_same_kind(group[0], number)]
        self._claim_series(group[0], match.incident)
        if match.incident is not None and match.incident.sums_up(group[0]):
            self.incidents.append(match.incident.item(group[0], number))
        elif match.incident is not None:
            told = self._of_headline(group[0], match.incident)
            match.incident.add(told, match.verdict.why, number, self.text)
        else:
            self._start(group[0], number)

    def _died_later(self, draft: Draft, number: int) -> bool:
        """Take in that one of those hurt in the incident told last has died, on whatever day."""
        last = max(self.incidents, key=lambda i: i.last, default=None)
        mere = (
            (draft.mere or SUCCUMBED in draft.source.sentence)
            and not draft.placed
            and draft.perpetrator is None
            and bool(draft.fatalities.low)
        )
        if last is None or not (last.best.injuries.low or last.best.fatalities.low):
            return False
        if not mere or number - last.last > NEAR_SENTENCES or draft.headline:
            return False
        if any(c.cumulative for c in draft.counts):  # "two of them succumbed, raising the toll to four"
            last.takes_off_hurt(died_of_hurt(self.text, draft.counts))
            return False
        if draft.source == last.best.source or not _has_died_since(draft, last) or _is_told_again(draft, last):
            return False
        last.adds_dead(draft, number, of_hurt=tells_who_died_later(draft.source.sentence))
        return True

    def _seen_after_all(self, draft: Draft, number: int) -> bool:
        """Tell of shots only heard, if the next sentence says who was hurt: "Shooting broke out. Two died"."""
        if self.unseen is None:
            return False
        shots, at = self.unseen
        told = draft.fatalities.low or draft.injuries.low
        elsewhere = draft.placed or draft.when is not None or draft.in_clause  # "a picture of |the man who was killed|"
        plain = draft.family in HARM and draft.status in SAID and not elsewhere
        if not told or not plain or number - at not in {0, 1}:
            return False
        self.unseen = None
        self.passed = [p for p in self.passed if p.draft is not shots]
        harmed = replace(
            shots, fatalities=draft.fatalities, injuries=draft.injuries, target=shots.target or draft.target
        )
        self._start(replace(harmed, counts=(*shots.counts, *draft.counts)), at)
        return True

    def _is_of_known(self, draft: Draft) -> bool:
        """Whether it was done to one told of before: an item of a list, or what has a place of its own, was not."""
        return draft.of_known and bool(self.incidents) and not draft.apart and not draft.placed

    def _of_headline(self, draft: Draft, incident: Incident) -> Draft:
        """Take the kind from a headline's telling, if the report tells another incident of that kind."""
        elsewhere = any(i.best.sub == draft.sub and _are_apart(i, incident) for i in self.incidents)
        gives_kind = draft.headline and draft.sub is not None and incident.best.sub is None
        return replace(draft, sub=None, family=incident.best.family) if gives_kind and elsewhere else draft

    def _of_the_same_kind(self, draft: Draft, number: int) -> Draft:
        """Give "another strike", or "attacks elsewhere" after a shelling, the kind of the one told just before."""
        told = [i.best for i in self.incidents if 0 <= number - i.last <= PLACE_SENTENCES and i.best.sub is not None]
        before = told[-1] if told else None
        if before is None or draft.sub is not None:
            return draft
        another = draft.sequel and before.family in REPEATED.get(draft.family, ())
        more = draft.plural and draft.family == "attack" and draft.perpetrator is None and before.sub in AIMED
        return replace(draft, sub=before.sub) if another or more else draft

    def _dated(self, draft: Draft) -> Draft:
        """Give an anaphoric time ("24 hours earlier") its day from the incident told just before."""
        if draft.when is not None or draft.anaphoric is None:
            return draft
        told = [i for i in self.incidents if i.best.source != draft.source]
        if (
            not draft.earlier
        ):  # "the strike came a day after rebels had …" is counted from what its own sentence speaks of
            told = [i for i in told if i.drafts[-1].source != draft.source]
        previous = next((i.when for i in sorted(told, key=lambda i: -i.last) if i.when is not None), None)
        named = self._day_named_before(draft)
        counted = when_of(draft.anaphoric, previous=named or previous, today=self.reading.today)
        clash = named is None and compare_dates(counted, draft.said_day).score is None
        if counted is None or clash:  # not one day told twice
            counted = when_of(draft.anaphoric, previous=draft.said_day or previous, today=self.reading.today)
        return replace(draft, when=counted)

    def _day_named_before(self, draft: Draft) -> When | None:
        """Return what "the same day" is by the text before; None where its own sentence names a day before it."""
        same = draft.anaphoric if draft.anaphoric is not None and draft.anaphoric.offset_days == 0 else None
        if same is None or any(t.date_start is not None and t.end <= same.start for t in draft.times):
            return None
        return last_day_told(self.reading.parsed, draft.source.sent_start, today=self.reading.today)

    def _itemise(self, group: list[Draft], parent: Incident | None, number: int) -> None:
        """Take in several places told at once: each its own incident; a summary told before gives way to them."""
        for draft in group:
            if parent is not None and (not parent.best.placed or parent.sums_up(draft)):
                self.incidents.append(parent.item(draft, number))
                continue
            match = best_match(self.incidents, draft, number, self.reading)
            if match.incident is not None and match.incident.last != number:
                match.incident.add(draft, match.verdict.why, number, self.text)
            else:
                self._start(draft, number)

    def _claim_series(self, draft: Draft, found: Incident | None) -> None:
        """Let "the group claimed the attacks" name the perpetrator of all incidents of that day that have none."""
        if not (draft.definite and draft.plural and draft.perpetrator is not None and found is not None):
            return
        for incident in self.incidents:
            known = incident.best
            one_day = _days(incident.when) == _days(found.when)
            same_side = known.target == found.best.target or hits_unknown(known)
            if known.perpetrator is None and one_day and same_side:
                incident.best = replace(known, perpetrator=draft.perpetrator)

    def _in_paragraph(self, draft: Draft) -> Draft:
        """Give what is told without a place the town that opens its paragraph: "|In Baghdad|, … . A series of …"."""
        if draft.placement.resolution is not None or draft.names_place or draft.headline or draft.definite:
            return draft
        found = self.reading.opening_town(draft.source.sent_start)
        why = "no place is said of this; that which opens its paragraph is taken"
        return draft if found is None else replace(draft, placement=_same(placement_of(self.text, found), why))

    def _there(self, draft: Draft, number: int) -> Draft:
        """Give an incident without a place that of the incidents told just before, where they have one only."""
        if (
            draft.family == "intercept"
            or draft.headline
            or (draft.bare and not draft.nearby)
            or draft.in_clause
            or draft.plural
            or draft.names_place
            or draft.placement.resolution is not None
        ):
            return draft
        reach = PLACE_SENTENCES + NEARBY_SENTENCES * draft.nearby
        near = [i for i in self.incidents if i.order < number <= i.last + reach and i.best.placed]
        other_day = draft.when is not None and any(compare_dates(i.when, draft.when).score is None for i in near)
        if other_day and not (draft.nearby or draft.sequel):
            return draft
        before = [i.best for i in near]
        places = {d.place.place_id for d in before if d.place is not None}
        if len(places) != 1 or coarseness(before[0].placement) >= COUNTRY:
            return draft
        told = before[0].placement
        why = "no place is said of this; that of what is told just before is taken"
        return replace(draft, placement=_nearby(told, why) if draft.nearby else _same(told, why))

    def _told_beside_place(self, draft: Draft, number: int) -> Draft:
        """Give what is told without place or day those of the sentence before it in its paragraph."""
        ensued = draft.family == "clash" and ENSUED.search(draft.source.sentence) is not None
        there = ensued or (draft.nearby and bool(draft.fatalities.low))  # "twelve bandits were killed |there|"
        vague = (draft.bare and not there) or draft.plural or draft.definite or draft.headline or draft.names_place
        if vague or draft.placement.resolution is not None or draft.when is not None:
            return draft
        sentence = self.reading.sentence_before(draft.source.sent_start)
        if sentence is None or any(d.source.sent_start == sentence.start for i in self.incidents for d in i.drafts):
            return draft
        found = self.reading.exact_site_in(sentence)
        times = find_times(self.reading.parsed.text, sentence.start, sentence.end, today=self.reading.today)
        days = (
            when_of(t, previous=None, today=self.reading.today) for t in times if t.kind in {"absolute", "relative"}
        )
        day = next((d for d in days if d is not None and d.date_prec <= 2), None)
        day = day or (self._told_before(number) if ensued else None)
        if found is None or day is None:
            return draft
        why = "place and day are those of the sentence before"
        return replace(draft, placement=placement_of(self.text, found, reasons=(why,)), when=day, bare=False)

    def _by_the_same(self, draft: Draft, number: int) -> Draft:
        """Give a deed of "it" or "they" the one who did what was told just before."""
        if not draft.by_pronoun or draft.perpetrator is not None or not self.incidents:
            return draft
        last = max(self.incidents, key=lambda i: i.last)
        near = 0 <= number - last.last <= PLACE_SENTENCES
        return replace(draft, perpetrator=last.best.perpetrator) if near else draft

    def _told_beside(self, draft: Draft) -> str:
        """Return why a draft without place and day, of what goes with an incident, is no incident of its own."""
        timeless = draft.when is None and draft.said_day is None
        there = any(compare_places(i.best.placement, draft.placement).score is not None for i in self.incidents)
        vague = timeless and (not draft.placed or ((draft.by_pronoun or draft.goes_on) and there))
        told = [i.drafts[-1] for i in self.incidents if i.drafts[-1].source == draft.source]
        vague = vague or (timeless and any(d.place == draft.place for d in told))  # "and drove off with cattle"
        beside = draft.family in SIDE_FAMILIES or (draft.family in DAMAGE and draft.injuries.high == 0)
        return BESIDE if vague and beside and self.incidents else ""

    def _told_elsewhere(self, draft: Draft) -> str:
        """Return why what names no place and no day is no other incident than those told: "the attack", or quoted."""
        if not self.incidents or draft.names_place or draft.when is not None or draft.said_day is not None:
            return ""
        if draft.quoted:
            return "said by somebody quoted, of what is told elsewhere"
        return "speaks of something told elsewhere" if draft.definite and not draft.other else ""

    def _named(self, draft: Draft) -> Draft:
        """Give a site told of without a name the one that the report gives it elsewhere."""
        text, resolutions = self.text, self.reading.resolutions
        found = named_elsewhere(text, draft.placement, draft.source.sentence, resolutions)
        return draft if found is None else replace(draft, placement=found)

    def _start(self, draft: Draft, number: int) -> None:
        beside = self._told_beside(draft) or self._told_elsewhere(draft)
        if beside:
            self._lend_harm(draft, number)
        draft = self._by_the_same(self._told_beside_place(self._named(draft), number), number)
        own, draft = draft, self._there(self._in_paragraph(draft), number)
        why = beside or self._told_beside(own) or why_not(draft, today=self.reading.today, lead=number < LEAD_SENTENCES)
        if not why and draft.headline and any(not i.best.headline for i in self.incidents):
            why = "only the headline; the report itself tells otherwise"
        if why == UNSEEN:
            self.unseen = draft, number
        if why and not self.as_told:
            self.passed.append(PassedOver(draft, why))
            return
        placed_by_others = draft.placement is not own.placement
        moved = placed_by_others or draft.by_pronoun or draft.goes_on
        when = draft.when or of_the_saying(draft.said_day) or self._headed(draft)
        when = when or self._assumed(draft, number, moved=moved)
        if when is None and (not draft.placed or draft.in_clause or draft.definite or placed_by_others):
            self.passed.append(PassedOver(draft, "told in passing, without a day"))
            return
        self.incidents.append(Incident([draft], draft, when, number, number, assumed=draft.when is None))

    def _lend_harm(self, draft: Draft, number: int) -> None:
        """Give the incident told just before the dead and hurt of what goes with it and is none of its own."""
        last = max(self.incidents, key=lambda i: i.last)
        told = draft.fatalities.low is not None or draft.injuries.low is not None
        if (
            told
            and 0 <= number - last.last <= 1
            and not (draft.past_perfect or draft.apart or draft.placed or draft.other)
        ):
            last.takes_harm(draft, self.text)

    def _headed(self, draft: Draft) -> When | None:
        """Return the day that heads the part of the report in which a draft without one stands."""
        earlier = draft.past_perfect or {t.kind for t in draft.times} & {"historical", "since"}
        return None if earlier else day_above(self.reading.days, draft.source.sent_start)

    def _assumed(self, draft: Draft, number: int, *, moved: bool) -> When | None:
        """Return the day to assume for an undated incident: the report's own in its opening, else that before."""
        today = self.reading.today
        kinds = {
            t.kind for t in draft.times if t.kind != "duration" or t.offset_days != 0
        }  # "minutes after the attack"
        if "historical" in kinds or ("since" in kinds and draft.sub not in OWN_KINDS and draft.family != "hands"):
            return None
        if number < LEAD_SENTENCES and today is not None and not (moved and self._told_before(number)):
            why = "no day in the text; it opens the report, so that day or the day before is assumed"
            return When(today - timedelta(days=1), today, 2, 2, "", (why,))
        is_news = self.reading.chronicle or self.reading.begins_item(draft.source.sent_start)
        if is_news and today is not None and not (moved or draft.past_perfect):
            return When(today - timedelta(days=1), today, 2, 2, "", (ITEM,))
        if "duration" in kinds or draft.bare or draft.past_perfect or draft.definite:
            return None  # "a day after American jets bombed": another day than this one
        nearest = self._told_before(number)
        if nearest is None:
            dated = any(i.when is not None for i in self.incidents)
            own = draft.placed and not moved and not draft.in_clause and not dated
            return When(today - timedelta(days=1), today, 2, 2, "", (NEWS,)) if own and today is not None else None
        why = "no day in the text; that of the incident told just before is assumed"
        return replace(nearest, time_precision=2, date_prec=max(2, nearest.date_prec), text="", reasons=(why,))

    def _told_before(self, number: int) -> When | None:
        """Return the day of the incident told last, if it was told just before, or all told are of one day."""
        dated = [(i.last, i.when) for i in self.incidents if i.when is not None and i.when.date_prec <= 2]
        one_day = len({when.date_end for _, when in dated}) == 1
        before = [(last, when) for last, when in dated if one_day or number - last <= NEAR_SENTENCES]
        return max(before, key=lambda told: told[0])[1] if before else None


def _days(when: When | None) -> tuple[date, date] | None:
    """Return the days, however they are told."""
    return None if when is None else (when.date_start, when.date_end)


def _are_apart(one: Incident, other: Incident) -> bool:
    """Whether two incidents are at different places."""
    return one is not other and compare_places(one.best.placement, other.best.placement).score is None


def _same(told: Placement, why: str) -> Placement:
    return replace(told, method="relative", description="", reasons=(*told.reasons, why))


def _nearby(told: Placement, why: str) -> Placement:
    """Return the placement of what is told to be near: no more than the surroundings."""
    coarse = max(2, told.geo_precision or 2), max(2, told.where_prec or 2)
    return replace(_same(told, why), geo_precision=coarse[0], where_prec=coarse[1])


def _is_of_earlier_times(draft: Draft) -> bool:
    """Whether it only tells of a time long ago, or of all the time since, or counts the harm of a war or a year."""
    held = draft.sub in OWN_KINDS or draft.family == "hands"  # "have been |since Monday| in the hands of gunmen"
    background = any(t.kind == "historical" or (t.kind == "since" and not held) for t in draft.times)
    return (background and draft.when is None and not draft.headline) or counts_a_total(draft)
