"""What did not go off when it was thrown, and what went off long after: duds and what wars leave lying."""

from __future__ import annotations

import re

from pipeline.events.tellings import Telling
from pipeline.parse import ParsedText

#: "failed to explode", "did not go off", "never detonated", "was a dud"
DUD = re.compile(
    r"\b(?:fail(?:ed|s|ing)?\s+to|did\s+not|didn['’]t|never|refused\s+to|without)\s+(?:\w+ly\s+)?"
    r"(?:explod\w*|detonat\w*|go(?:ing)?\s+off|blow\w*\s+up|ignite)\b|\bdid\s+not\s+work\b|\b(?:was|were|proved(?:\s+to\s+be)?|turned\s+out\s+to\s+be)\s+(?:a\s+)?duds?\b"
    r"|\bneither\s+(?:of\s+\w+\s+)?(?:exploded|went\s+off|detonated)\b",
    re.IGNORECASE,
)
THROWN = re.compile(
    r"\b(?:grenades?|bombs?|devices?|charges?|explosives?|artefacts?|artifacts?|IEDs?|mines?|vests?|belts?|dynamite|rockets?|missiles?|shells?|mortars?)\b",
    re.IGNORECASE,
)
#: how a sentence opens that goes on telling of what was thrown
OF_IT = re.compile(
    r"\W*(?:but\s+|however,?\s+|luckily,?\s+|fortunately,?\s+)?(?:it|they|neither|both|which|the\s+(?:\w+\s+)?(?:grenade|bomb|device|charge|artefact|artifact|explosive|ied|mine)s?)\b",
    re.IGNORECASE,
)
NEXT = 90  # characters of the next sentence
MUNITION = (
    r"(?:shells?|grenades?|mortars?|mortar\s+(?:rounds?|bombs?|shells?)|rockets?|munitions?|ordnance|projectiles?|bombs?|mines?|landmines?|bomblets?|"
    r"submunitions?|rounds?|devices?|objects?|warheads?)"
)
#: what a war left: "an unexploded shell", "a mortar left over from", "picked up a grenade", "cluster remnants"
LYING = re.compile(
    r"\bunexploded\b|\b(?:explosive|war|cluster|munitions?|cluster[\s-](?:bomb|munition))\s+(?:remnants?|leftovers?|relics?)\b"
    r"|\b(?:remnants?|leftovers?|relics?|debris)\s+of\s+(?:the\s+)?(?:war|fighting|battle|conflict)\b|\bbomblets?\b|\bsub-?munitions?\b|\b(?:UXOs?|ERW)\b"
    rf"|\b{MUNITION}\s+(?:(?:that\s+(?:was|had\s+been)|which\s+(?:was|had\s+been))\s+)?(?:left[\s-]?over|left\s+(?:behind|over|from|by|since)|abandoned\s+by|dating\s+(?:from|back)|from\s+(?:the|an)\s+(?:\w+\s+)?(?:war|fighting|occupation|conflict))\b"
    rf"|\b(?:old|rusty|rusted|abandoned|buried|left-?over|live|stray|discarded|forgotten|wartime)\s+(?:\w+\s+)?{MUNITION}\b"
    rf"|\b(?:play(?:ed|ing)?|tamper(?:ed|ing)?|tinker(?:ed|ing)?|toy(?:ed|ing)?|fiddl(?:ed|ing))\s+with\s+(?:an?\s+|the\s+|some\s+)?(?:[\w-]+\s+){{0,3}}?{MUNITION}\b"
    rf"|\b(?:picked\s+up|picking\s+up|pick\s+up|handl(?:ed|ing)|dismantl(?:ed|ing)|found|collected|collecting|sawing|prying|breaking)\s+(?:open\s+)?(?:an?\s+|the\s+|some\s+)?(?:[\w-]+\s+){{0,3}}?{MUNITION}\b(?=[^.;]*\b(?:explo|blew|blast|went\s+off|detonat|kill|hurt|wound|injur|maim|dead|di(?:e|ed)\b))"
    rf"|\b{MUNITION}\s+(?:that\s+|which\s+)?(?:he|she|they|it|the\s+(?:boys?|children|girls?|kids|lads?))\s+(?:was|were|had)\s+(?:found|picked|dismantling|playing|carrying|collecting|handling|sawing)\b",
    re.IGNORECASE,
)
FLOWN = re.compile(
    r"\b(?:fired|launched|shelled|shelling|struck|bombed|bombing|dropped|lobbed|hurled|threw|thrown|tossed|flung)\b",
    re.IGNORECASE,
)
LAID = frozenset({"launch", "explosion", "going_off", "disrupt", "attack", "damage"})  # families
GOING_OFF = frozenset({"explosion", "going_off", "trip", "harm", "damage", "land", "strike"})  # families


def is_dud(parsed: ParsedText, telling: Telling) -> bool:
    """Return whether what was thrown or laid did not go off, as the sentence or the one after it says.

    "A grenade was thrown at a bar in A but failed to explode."
    """
    text = telling.text()
    if THROWN.search(text) is None:
        return False
    if DUD.search(parsed.text, telling.sentence.start, telling.sentence.end):
        return True
    after = parsed.text[telling.sentence.end : telling.sentence.end + NEXT].lstrip()
    said = re.split(r"(?<=[.!?])\s", after)[0]
    return OF_IT.match(said) is not None and DUD.search(said) is not None


def is_left_lying(telling: Telling) -> bool:
    """Return whether it is something that a war left which went off, and nothing fired or thrown."""
    text = telling.text()
    return telling.main.family in GOING_OFF and LYING.search(text) is not None and FLOWN.search(text) is None
