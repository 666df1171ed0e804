"""Places that change hands: who takes them, where, and whether without a fight, where words beside the deed say so.

That a town has a new master is often told without one who takes it as the subject: "the town |changed hands| within an
hour: entering from the north, the group's cars …", "their flag |flew over| the city hall".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.actors import ActorMention, Lexicon, find_actors
from pipeline.events.grammar import is_passive
from pipeline.events.places import placement_of
from pipeline.events.roles import Roles
from pipeline.events.tellings import Telling
from pipeline.models import Placement, Resolution
from pipeline.parse import ParsedText

ARMED = frozenset({1, 2, 3, 4, 8})  # ACLED inter codes
REBELS = frozenset({2, 3, 4})
NO_DOERS = frozenset({"official", "civilian", "national", "site"})  # kinds of mentions
#: families of places that change hands
TAKEN = frozenset({"hands", "seize", "conquer", "occupation", "enter", "fall", "freeing", "expel"})
#: families whose doer may stand before the deed where the parse has lost him
LED = frozenset({"enter", "raid", "occupation", "ambush", "attack", "shooting", "clash"})
REACH = 40  # characters between one who does it and the deed
CLOSED = re.compile(r"[,;:.()“”\"]|\b(?:by|of|who|that|which|said|says|on|at|against|from)\b")
TOWNS = frozenset({"P"})  # feature classes
NO_FIGHT = re.compile(
    r"(?<!almost )(?<!nearly )(?<!practically )(?<!virtually )\bunopposed\b"
    r"|\bwithout\s+(?:firing\s+)?(?:a|one|any|a\s+single)\s+(?:shot|bullet|round|fight|struggle|battle|clash|casualt(?:y|ies))\b|\bwithout\s+(?:resistance|opposition|fighting|bloodshed|combat|clashes)\b"
    r"|\bwith\s+not\s+(?:an?|one)\s+[\w’'-]+\s+in\s+sight\b|\bwithout\s+(?:meeting|encountering)\s+(?:any\s+)?resistance\b|\bnot\s+a\s+shot\s+was\s+fired\b"
    r"|\b(?:firing|shooting)\s+only\s+(?:into|in)\s+the\s+(?:air|sky)\b|\bpeacefully\b",
    re.IGNORECASE,
)
A_THING = re.compile(r"\ban?\s\Z", re.IGNORECASE)
#: lemmas of those who have it no more: who took it stands after "to"
LOSING = frozenset(
    {"lose", "yield", "surrender", "cede", "relinquish", "leave", "abandon", "give", "belong", "go", "pass"}
)
TRANSFER = "Non-violent transfer of territory"


def with_side_told(roles: Roles, parsed: ParsedText, telling: Telling, *, lexicon: Lexicon, country: str) -> Roles:
    """Return the roles with the armed side that the sentence names, where the parse shows nobody who did it.

    Of a place that only changes hands any side of the sentence will do; of other deeds one that stands right before.
    """
    family = telling.main.family
    losing = family == "hands" and telling.main.token.lemma.lower() in LOSING
    if roles.perpetrator is not None and roles.perpetrator.inter in ARMED and not losing:
        return roles
    if family not in LED | {"hands"}:
        return roles
    sentence = telling.sentence
    told = find_actors(parsed.text, sentence.start, sentence.end, lexicon=lexicon, country=country)
    armed = [m for m in told if m.actor.inter in ARMED and m.kind not in NO_DOERS and m.actor != roles.target]
    if telling.main.token.text.lower() == "from":  # "slipped |from the army's grasp|": who held it
        held = next((m for m in armed if m.start > telling.main.token.start), None)
        return roles if held is None else Roles(None, held.actor, roles.target_phrases)
    found = _of_hands(armed, telling) if family == "hands" else _before(parsed, armed, telling)
    if found is None and family == "hands" and telling.main.token.lemma.lower() == "lose" and armed:
        return Roles(None, armed[0].actor, roles.target_phrases)  # "|the junta| lost its last base"
    return roles if found is None else Roles(found.actor, roles.target, roles.target_phrases)


def _of_hands(armed: Sequence[ActorMention], telling: Telling) -> ActorMention | None:
    """Return who has a place now: one named with a name of its own first, of those lost "to" somebody the last."""
    if telling.main.token.lemma.lower() in LOSING:
        after = [m for m in armed if m.start > telling.main.token.start]
        return after[-1] if after else None
    named = [m for m in armed if m.kind == "named"]
    return next(iter((*named, *armed)), None)


def _before(parsed: ParsedText, armed: Sequence[ActorMention], telling: Telling) -> ActorMention | None:
    """Return who stands right before an active deed: "scouts of |the Ukrainian forces| entered"."""
    verb = next((t.token for t in telling.verbs if t.family in LED), None)
    if verb is None or is_passive(parsed, verb):
        return None
    near = [m for m in armed if m.end <= verb.start and verb.start - m.end <= REACH]
    last = near[-1] if near else None
    return None if last is None or CLOSED.search(parsed.text, last.end, verb.start) else last


def place_taken(
    text: str, telling: Telling, roles: Roles, earlier: Sequence[Resolution], *, named: bool
) -> Placement | None:
    """Return the town that armed men took where the sentence names none: the last one told of before, if any.

    "A has a new owner. At dawn |the group's| men raised their flag." ``named``: a name stands where a place does.
    """
    doer = roles.perpetrator
    if telling.main.family not in {"hands", "enter"} or named or doer is None or doer.inter not in ARMED:
        return None
    towns = [r for r in earlier if r.place is not None and r.place.feature_class in TOWNS and _is_site(text, r)]
    if not towns:
        return None
    why = f"no place is said of this; {towns[-1].place and towns[-1].place.name} is the last town told of before"
    told = placement_of(text, towns[-1], reasons=(why,))
    return replace(told, method="relative", description="")


def _is_site(text: str, resolution: Resolution) -> bool:
    """Whether a name stands for a town told of, and not for a thing: "a |Tucano|"."""
    cues = set(resolution.mention.cues)
    thing = A_THING.search(text, max(0, resolution.mention.start - 4), resolution.mention.start)
    return (
        thing is None and resolution.mention.kind == "toponym" and not cues & {"dateline", "anchor", "in organisation"}
    )


def kind_of_taking(family: str, sub: str | None, words: str, roles: Roles) -> str | None:
    """Return the sub-event type of a place that changes hands: by whether anybody fought for it, or who lost it.

    Examples
    --------
    >>> words = "soldiers entered the town without firing a shot"
    >>> kind_of_taking("enter", "Government regains territory", words, Roles())
    'Non-violent transfer of territory'
    """
    if family in TAKEN and NO_FIGHT.search(words):
        return TRANSFER
    lost_by_rebels = roles.perpetrator is None and roles.target is not None and roles.target.inter in REBELS
    return "Government regains territory" if family == "hands" and lost_by_rebels else sub
