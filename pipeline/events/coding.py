"""An incident -> an event: the codes of ACLED and UCDP, the id, the notes and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.codes import event_type_of
from pipeline.events.actor_times import at_the_time
from pipeline.events.actors import inter_in, is_civilian
from pipeline.events.confidence import confidence_of
from pipeline.events.drafts import Draft
from pipeline.events.identity import content_id
from pipeline.events.incidents import Incident
from pipeline.events.kinds import by_sides, decide_sub_type, doer_of
from pipeline.events.learned_words import with_kind
from pipeline.models import Actor, Event, When

STATE = 1  # ACLED inter code
DISPERSAL = "Protest with intervention"
ABDUCTION = "Abduction/forced disappearance"
TAKEN = "Non-state actor overtakes territory"
POST = re.compile(
    r"\b(?:checkpoints?|check-?posts?|bases?|posts?|outposts?|barracks|camps?|convoys?|patrols?|stations?|positions?|garrisons?|headquarters"
    r"|troops|soldiers|police\w*|army|military|forces|guards?|prisons?|officers?)\b",
    re.IGNORECASE,
)
GROUND = re.compile(
    r"\b(?:troops?|soldiers?|ground|police|tanks?|commandos?|paratroopers?|infantry|forces|convoy|arrest\w*|detain\w*|storm\w*"
    r"|gunfire|army\s+fire|shot|live\s+(?:fire|rounds|ammunition)|snipers?|bulldozers?)\b",
    re.IGNORECASE,
)
FROM_THE_AIR = "Air/drone strike"
ON_FOOT = re.compile(
    r"\b(?:troops|soldiers|infantry\w*|commandos?|paratroopers|marines|gendarmes?|policemen|rangers|patrols?|jawans|sepoys|guardsmen"
    r"|(?:brigade|battalion|regiment|company|platoon|task\s+force|column)s?)\b|\bon\s+foot\b|\bground\s+(?:forces|operation|offensive|assault)\b",
    re.IGNORECASE,
)
#: what tells of no attack on foot
BY_AIR = re.compile(
    r"\b(?:air\w*|jets?|war-?planes?|planes?|helicopters?|gunships?|drones?|uavs?|bomb\w*|missiles?|rockets?|artillery|shell\w*|mortars?|strikes?|struck|strafed)\b",
    re.IGNORECASE,
)


def _is_on_foot(best: Draft) -> bool:
    """Whether those of a state's forces who attack are said to walk: "|troops| attacked a camp", and nothing flies."""
    doer, told = best.perpetrator, best.source.sentence
    if doer is None or doer.inter != STATE or _is_from_abroad(best, _country(best)) or BY_AIR.search(told) is not None:
        return False
    return doer.name.startswith("Police") or ON_FOOT.search(told) is not None


def _of_fights(incident: Incident) -> str:
    """Return the sentences that tell of a clash in an incident."""
    return " ".join(d.source.sentence for d in incident.drafts if d.family == "clash")


def code_event(incident: Incident, today_reasons: Sequence[str]) -> Event:
    """Return the event of an incident; ``today_reasons`` say how the report's own day was found."""
    best = _at_the_time(incident)
    when = _with_reasons(incident.told_when, today_reasons)
    moving = best.family == "shooting" and " patrol" in best.source.sentence  # no post
    on_post = POST.search(best.source.sentence) is not None and not moving
    sub = best.sub or decide_sub_type(
        best.family, best.perpetrator, best.target, on_site=best.civilian_site, on_post=on_post
    )
    if best.sub is None and sub == FROM_THE_AIR and _is_on_foot(best):
        sub = "Armed clash"
    if sub == TAKEN and _is_at_home(best):
        sub = "Government regains territory"
    sub = by_sides(sub, best.family, best.perpetrator, best.target, words=_of_fights(incident))
    sub = with_kind(sub, best.learned)
    if sub == ABDUCTION and (best.fatalities.low or best.injuries.low):
        sub = "Attack"  # ACLED codebook, "Abduction/forced disappearance": without reports of further violence
    if sub == DISPERSAL and best.fatalities.low:
        sub = "Excessive force against protesters"  # the same, "Excessive force": leads to deaths or could
    country = _country(best)
    if best.sub is None and best.family == "raid" and _is_from_abroad(best, country):
        sub = "Air/drone strike"  # "an Israeli raid on Latakia": of no troops is told
    return Event(
        event_id=_id(best, when, sub),
        status=best.status if best.status in {"claimed", "denied"} else "asserted",
        event_type=event_type_of(sub),
        sub_event_type=sub,
        when=when,
        placement=best.placement,
        perpetrator=doer_of(sub, _coded(best.perpetrator, country)),
        target=_coded(best.target, country),
        fatalities=best.fatalities,
        injuries=best.injuries,
        sources=(best.source,),
        attributed_to=best.attributed_to,
        civilian_targeting=best.target is not None and is_civilian(best.target),
        confidence=confidence_of(incident),
        notes=_notes(incident),
        mentions=_mentions(incident),
    )


def _at_the_time(incident: Incident) -> Draft:
    """Return what is known, the sides as they were on its day."""
    best, day = incident.best, incident.when.date_end if incident.when is not None else None
    return replace(best, perpetrator=at_the_time(best.perpetrator, day), target=at_the_time(best.target, day))


def _is_at_home(best: Draft) -> bool:
    """Whether it is the forces of the state that the place lies in who took it."""
    doer = best.perpetrator
    return doer is not None and doer.inter == STATE and _country(best) in {"", doer.country}


def _is_from_abroad(best: Draft, country: str) -> bool:
    """Whether a state's forces did it in another country, and no troops on the ground are told of."""
    doer = best.perpetrator
    abroad = doer is not None and doer.inter in {1, 8} and bool(country and doer.country) and doer.country != country
    return abroad and GROUND.search(best.source.sentence) is None


def _id(best: Draft, when: When | None, sub: str) -> str:
    place = best.place
    sides = (actor.name if actor else "" for actor in (best.perpetrator, best.target))
    where = place.place_id if place else best.placement.description
    return content_id(when.date_start if when else "", sub, where, *sides, best.source.sentence)


def _country(best: Draft) -> str:
    found = best.placement.resolution
    return found.place.country if found is not None and found.place is not None else ""


def _with_reasons(when: When | None, today_reasons: Sequence[str]) -> When | None:
    """Return a day read from words with how the report's own day, on which it may hang, was found."""
    if when is None or not when.text:
        return when
    return replace(when, reasons=(*when.reasons, *(r for r in today_reasons if r not in when.reasons)))


def _coded(actor: Actor | None, country: str) -> Actor | None:
    return None if actor is None else replace(actor, inter=inter_in(actor, country))


def _notes(incident: Incident) -> tuple[str, ...]:
    told = len({d.source.sent_start for d in incident.drafts})
    notes = list(dict.fromkeys(n for d in incident.drafts for n in d.notes))
    if told > 1:
        why = "; ".join(filter(None, dict.fromkeys(incident.reasons)))
        notes.append(f"told in {told} sentences of the report" + (f": {why}" if why else ""))
    if incident.best.plural:
        notes.append("the report tells of several incidents as one")
    surest = incident.surest
    if surest.chance < 1.0:
        chance = f"{surest.chance:.2f}"
        notes.append(f"told by “{surest.told_by}”, which no table knows; likely by what was learned ({chance})")
    return tuple(notes)


def _mentions(incident: Incident) -> tuple[tuple[str, int, int], ...]:
    """Return the names that place the tellings of an incident, as (document, start, end)."""
    found = ((d.source.doc_id, d.placement.resolution) for d in incident.drafts)
    return tuple(sorted({(doc_id, r.mention.start, r.mention.end) for doc_id, r in found if r is not None}))
