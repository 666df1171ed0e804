"""What kind of event: the ACLED sub-event type of a telling, by its words or else by who did it to whom."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar

from pipeline.codes import event_type_of
from pipeline.events.actors import is_civilian
from pipeline.events.crowd_scenes import FAMILIES as SCENES
from pipeline.events.crowd_scenes import names_forces
from pipeline.events.duds import LAID, is_dud, is_left_lying
from pipeline.events.grammar import is_passive
from pipeline.events.tellings import Telling, weapon_text
from pipeline.events.triggers import instrument_in, load_tables
from pipeline.models import Actor
from pipeline.parse import ParsedText, Token

ARMED = frozenset({1, 2, 3, 4, 8})  # ACLED inter codes
Sub = TypeVar("Sub", str, str | None)
SHELLS = "Shelling/artillery/missile attack"  # "opened fire with rifles and an RPG" is none
MINES = "Remote explosive/landmine/IED"
BOMBS = re.compile(
    r"(?<!car )(?<!roadside )(?<!truck )(?<!petrol )(?<!time )(?<!pipe )\bbombs?\b(?! attack| blast)", re.IGNORECASE
)
CIVILIANS_OF = re.compile(r"Civilians \((.+)\)")
AIR = "Air/drone strike"
HELPED = re.compile(  # not what it is done with
    r"\bwith\s+(?:the\s+)?(?:aerial|air)\s+(?:support|cover|backing)\s+(?:of|from)\b[^,;.]*"
    r"|\b(?:backed|supported|accompanied|covered|escorted)\s+by\s+[^,;.]*"
)
GUNS = re.compile(r"\b(?:artillery|mortars?|howitzers?|tanks?|rockets?|missiles?|shells)\b", re.IGNORECASE)
YOUTHS = frozenset({"youth", "crowd", "student", "resident", "boy", "mob", "rioter"})  # lemmas
#: what a crowd does that is no peaceful one
RIOTOUS = re.compile(
    r"\b(?:(?:throwing|hurling|rolling|pelting|lobbing)\s+(?:\w+\s+)?(?:stones?|rocks?|boulders?|bricks?|bottles?|molotov|petrol)"
    r"|(?:stone|rock)\s?-\s?throwing|burning\s+(?:\w+\s+)?(?:tyres?|tires?|barricades?))",
    re.IGNORECASE,
)
PROTESTERS = frozenset(
    {"protester", "protestor", "demonstrator", "protest", "demonstration", "march", "rally", "marcher", "procession"}
)
CLASH = "Armed clash"
SMALL_ARMS = re.compile(
    r"\b(?:from|with|using|by)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:automatic\s+weapons?|(?:machine|sub-?machine)[\s-]?guns?|rifles?|assault\s+rifles?|small\s+arms|firearms?|pistols?|guns|kalashnikovs?)\b",
    re.IGNORECASE,
)
#: words of a fight with firearms, which is none of demonstrators
GUNFIGHT = re.compile(
    r"\b(?:armed\s+(?:clash(?:e)?|confrontation)|gun\s?fight|fire\s?fight|gun\s?battle|shoot-?out|cross\s?fire|exchanges?\s+of\s+(?:gun)?fire"
    r"|exchang\w+\s+(?:gun)?fire|trad\w+\s+(?:gun)?fire|house\s+to\s+house|exchang\w+\s+(?:bullet|shot)|shot\s+it\s+out"
    r"|(?:with|using|wielding)\s+(?:[\w-]+\s+){0,3}?(?:rifle|gun|kalashnikov|ak-?47|firearm|automatic\s+weapon|heavy\s+weapon|machine-?gun|mortar|shotgun))s?\b",
    re.IGNORECASE,
)
ATTACKERS = re.compile(
    r"\b(?:attackers?|assailants?|raiders?|gunm[ae]n|bandits?|insurgents?|ambushers?)\b", re.IGNORECASE
)
DROPPING = frozenset({"drop", "fall", "rain", "release", "unleash", "fire", "launch", "pour"})  # lemmas
RIOTING = frozenset({"riot", "pelt"})  # families
THROWING = frozenset({"launch", "shooting", "spray"})  # families
SHOT = frozenset({"launch", "shooting", "harm", "killing"})  # families
CROWD_WEAPONS = re.compile(
    r"tear[\s-]?(?:gas|smoke)|\bgas\s+(?:canister|grenade|shell|bomb)s?\b|water[\s-]cannons?|rubber|pepper\s+(?:spray|balls?)|stun\s+grenade|sound\s+(?:grenade|bomb)"
    r"|flash[\s-]?bang|smoke\s+(?:grenade|canister)|plastic\s+bullet|bean[\s-]?bag",
    re.IGNORECASE,
)
LIVE = re.compile(r"\blive\b|\bbullets?\b(?<!rubber bullets)(?<!rubber bullet)(?<!plastic bullets)", re.IGNORECASE)
NAMELESS = re.compile(r"Unidentified (?:Armed Group|Gang|Communal Militia)")
AT_ONE = frozenset({"killing", "shooting", "beating", "harm"})  # families
NEUTRALISED = frozenset({"neutralise", "neutralize", "liquidate", "destroy", "put"})  # lemmas; "put out of action"
RAIDING = frozenset({"attack", "raid"})  # families
VIOLENCE = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})


def sub_type_of(parsed: ParsedText, telling: Telling) -> str | None:
    """Return the sub-event type that the words themselves give, or None where target or actor must decide."""
    name = telling.main.family
    if name in SCENES:
        return load_tables().families[name].sub
    met = _fired_at_crowd(parsed, telling) or _unrest_of(parsed, telling)
    if met is None and name in LAID and is_dud(parsed, telling):
        return "Disrupted weapons use"
    if met is None and is_left_lying(telling):
        return MINES
    met = met or (_set_alight_by(parsed, telling) if name == "burning" else None)
    return met if met is not None else _by_words(parsed, telling, name)


DOERS = frozenset({"nsubj", "pobj"})  # deps
BY_WEAPON = frozenset({AIR, SHELLS})


def _set_alight_by(parsed: ParsedText, telling: Telling) -> str | None:
    """Return the kind of blow that set a thing alight: "|F-15s| set ablaze the tanks", "set alight |by a drone|"."""
    verbs = {t.token.i for t in telling.triggers}
    doers = (t for t in telling.tokens if t.dep in DOERS)
    mine = (t for t in doers if t.head in verbs or parsed.tokens[t.head].text.lower() == "by")
    found = (instrument_in(re.sub(r"s\Z", "", t.text.lower())) for t in mine)
    return next((kind for kind in found if kind in BY_WEAPON), None)


def family_of(parsed: ParsedText, telling: Telling) -> str:
    """Return the family of a telling; who is hit by a sniper is shot at, whatever strikes are else."""
    name = telling.main.family
    shot = name in {"strike", "launch"} and instrument_in(weapon_text(parsed, telling)) == "gunfire"
    shot = shot or (name in THROWING and _is_assault(parsed, telling))
    return "shooting" if shot or (name == "shelling" and _is_gunfire(telling)) else name


def _by_words(parsed: ParsedText, telling: Telling, name: str) -> str | None:
    beside = instrument_in(" ".join(_left_words(parsed, t.token) for t in telling.nouns))
    decided = CLASH if name == "harm" and _is_answered(telling) else load_tables().families[name].sub
    if name == "shelling":
        return None if _is_gunfire(telling) else _of_shelling(parsed, telling, beside) or decided
    if {t.family for t in telling.triggers} & {"repel", "intercept"} and _is_foiled(telling, beside):
        return "Disrupted weapons use"
    assault = name in THROWING and _is_assault(parsed, telling)
    if assault or (decided is not None and name != "ambush"):
        return decided  # of an assault who is attacked decides
    return _by_weapon(parsed, telling, name, beside)


def _by_weapon(parsed: ParsedText, telling: Telling, name: str, beside: str | None) -> str | None:
    """Return the kind by the weapon that the words name, the one before a noun first ("a |drone| attack")."""
    decided = load_tables().families[name].sub
    named = beside or instrument_in(HELPED.sub(" ", weapon_text(parsed, telling)))
    if named == "gunfire" or (name == "shooting" and named == SHELLS):
        return None if name == "ambush" else decided  # who is shot at decides
    if named == MINES and (name == "ram" or (name in {"land", "strike", "launch"} and _are_dropped(telling))):
        return "Suicide bomb" if name == "ram" else AIR  # "bombs fell on", "dropped two bombs on"
    decided = "Armed clash" if name == "harm" and _are_neutralised(telling) else decided
    return named or (None if name == "ambush" else decided)  # who is ambushed decides


def _is_answered(telling: Telling) -> bool:
    """Whether those attacked hit back: "the escort |responded| and killed two of |the attackers|"."""
    answers = any(t.family == "respond" for t in telling.triggers)
    return answers and ATTACKERS.search(telling.text()) is not None


def _is_assault(parsed: ParsedText, telling: Telling) -> bool:
    """Whether a charge only opens an assault with guns: "threw a charge at the post and |opened fire|"."""
    shots = {t.family for t in telling.verbs} & {"shooting", "spray"}
    return bool(shots) and instrument_in(weapon_text(parsed, telling)) in {MINES, "Grenade"}


def _is_gunfire(telling: Telling) -> bool:
    """Whether what is called shelling is done with small arms only: "|shelled| the post |from automatic weapons|"."""
    text = telling.text()
    return SMALL_ARMS.search(text) is not None and GUNS.search(text) is None and not telling.nouns


def _are_neutralised(telling: Telling) -> bool:
    """Whether armies tell of it by their word for fighters killed, whoever these are said to be: "|neutralised|"."""
    return any(t.token.lemma.lower() in NEUTRALISED for t in telling.verbs)


def _of_shelling(parsed: ParsedText, telling: Telling, beside: str | None) -> str | None:
    """Return the kind of a shelling that aircraft do: "a drone barrage", "jets bombarded"; with guns too, none."""
    words = weapon_text(parsed, telling)
    aloft = instrument_in(words) == AIR and GUNS.search(words) is None
    return beside or (AIR if aloft else None)


def _is_foiled(telling: Telling, beside: str | None) -> bool:
    """Whether what was repelled is no assault of men: "foiled a car bombing", "repelled a drone attack"."""
    named = beside or instrument_in(telling.text())
    return (
        named == AIR
        or beside is not None
        or any(t.family in {"bombing", "suicide", "airstrike", "explosion"} for t in telling.nouns)
    )


def _are_dropped(telling: Telling) -> bool:
    """Whether the bombs are those of aircraft, not laid or thrown: "dropped two bombs on", "bombs hit"."""
    text = telling.text()
    if telling.main.family == "launch" and not any(t.token.lemma.lower() in DROPPING for t in telling.verbs):
        return False
    many = telling.main.family != "strike" or re.search(r"\bbombs\b", text, re.IGNORECASE) is not None
    return many and BOMBS.search(text) is not None


def _unrest_of(parsed: ParsedText, telling: Telling) -> str | None:
    """Return what a protest became by what the same telling says of it, or None where it tells of no protest."""
    families = {t.family for t in telling.triggers}
    if not families & {"protest", "dispersal", "block"}:
        return None
    gassed = CROWD_WEAPONS.search(telling.text()) is not None
    shot = families & SHOT and names_forces(telling.text(), shot="shooting" in families)
    if shot and not gassed and not families & RIOTING and not _are_doers(parsed, telling):
        return "Excessive force against protesters"
    if RIOTOUS.search(telling.text()):
        families = families | {"riot"}  # "closed the road |by burning tyres|"
    if gassed:  # "farmers marching to the capital |faced tear gas|"
        families = families | {"dispersal"}
    found: str | None = "Peaceful protest"
    for family in load_tables().unrest_by_family:
        found = graver(found or "", None, family) if family in families else found
    return found


def _are_doers(parsed: ParsedText, telling: Telling) -> bool:
    """Whether those who protest do it themselves: "|protesters| hurled petrol bombs"."""
    verbs = [t.token for t in telling.verbs if t.family in SHOT]
    doers = (c for v in verbs for c in parsed.children(v) if c.dep == "nsubj" and not is_passive(parsed, v))
    return any(d.lemma.lower() in load_tables().object_classes["crowd"] for d in doers)


def _fired_at_crowd(parsed: ParsedText, telling: Telling) -> str | None:
    """Return what it is when forces shoot: at protesters ("live rounds at |demonstrators|"), or with gas at anybody."""
    if not {t.family for t in telling.triggers} & {"launch", "shooting"}:
        return None
    forces = load_tables().object_classes["force"]
    doers = (c for t in telling.verbs for c in parsed.children(t.token) if c.dep == "nsubj")
    if not any(d.lemma.lower() in forces for d in doers):
        return None
    if CROWD_WEAPONS.search(telling.text()):
        return None if LIVE.search(telling.text()) else "Protest with intervention"
    preps = {t.i for t in telling.tokens if t.text.lower() in {"at", "on", "into", "toward", "towards"}}
    at_crowd = any(t.head in preps and t.lemma.lower() in PROTESTERS for t in telling.tokens)
    rioters = any(t.head in preps and t.lemma.lower() in PROTESTERS | YOUTHS for t in telling.tokens)
    if rioters and RIOTOUS.search(telling.text()):
        return "Violent demonstration"  # "police shot at |youths rolling boulders|"
    return "Excessive force against protesters" if at_crowd else None


def _left_words(parsed: ParsedText, token: Token) -> str:
    left = [c for c in parsed.children(token) if c.i < token.i]
    return " ".join(t.text for t in [*left, token])


def decide_sub_type(
    family: str, perpetrator: Actor | None, target: Actor | None, *, on_site: bool = False, on_post: bool = False
) -> str:
    """Return the sub-event type of a family whose words do not decide it, by who did it to whom.

    ``on_site``: where civilians live, work or meet; ``on_post``: where the armed are. They count where nobody is named
    as the target.

    Examples
    --------
    >>> decide_sub_type("attack", Actor("Rebels", 2), Actor("Civilians (Syria)", 7))
    'Attack'
    >>> decide_sub_type("attack", Actor("Rebels", 2), Actor("Military Forces of Syria", 1))
    'Armed clash'
    """
    if family == "strike" and perpetrator is not None and perpetrator.name.startswith("Unidentified"):
        family = "attack"  # "gunmen targeted a patrol": with no weapon named, no shells
    row = load_tables().families[family]
    by_state = perpetrator is not None and perpetrator.inter in {1, 8}
    on_civilians = is_civilian(target) if target is not None else on_site and not by_state
    if target is not None and family in AT_ONE and target.name.startswith("Government of "):
        on_civilians = True  # a minister stabbed bears no arms
    if row.sub is not None and not (family == "ambush" and on_civilians):
        return row.state if family == "seize" and row.state and by_state else row.sub
    if on_civilians and row.civilian:
        return row.civilian
    if perpetrator is None and row.faceless:
        return row.faceless
    nameless = perpetrator is not None and (NAMELESS.match(perpetrator.name) is not None or is_civilian(perpetrator))
    if target is None and nameless and family in RAIDING and not on_post:
        return "Attack"  # "the assailants struck in A": of nobody who met them is told
    if target is None and family == "shooting" and on_post and not by_state:
        return row.armed or CLASH  # "unknown men fired at a police post"
    on_armed = target is not None and target.inter in ARMED
    return (row.armed if on_armed else None) or (row.state if by_state else None) or row.default or "Armed clash"


def by_sides(sub: Sub, family: str, perpetrator: Actor | None, target: Actor | None, *, words: str = "") -> Sub:
    """Return what the two sides make of a sub-event type: police who shoot at protesters, a mob that burns houses.

    ``words`` are those that tell of it: a gunfight is one whoever fights it.

    Examples
    --------
    >>> by_sides("Attack", "shooting", Actor("Police Forces of Kenya", 1), Actor("Protesters (Kenya)", 6))
    'Excessive force against protesters'
    """
    codes = tuple(0 if actor is None else actor.inter for actor in (perpetrator, target))
    for row in load_tables().by_sides:
        fits = all(not asked or code in asked for code, asked in zip(codes, (row.perpetrator, row.target), strict=True))
        shots = family == "clash" and is_unrest(row.sub) and GUNFIGHT.search(words) is not None
        if row.but and perpetrator is not None and perpetrator.name.startswith(row.but):
            continue
        if fits and family in row.families and row.was in {"", sub} and row.unless != sub and not shots:
            return row.sub
    return sub


def doer_of(sub: str, perpetrator: Actor | None) -> Actor | None:
    """Return the perpetrator, named by what is done if the words only say that they are people: "men shot dead".

    Examples
    --------
    >>> doer_of("Peaceful protest", Actor("Civilians (Kenya)", 7)).name
    'Protesters (Kenya)'
    """
    state = CIVILIANS_OF.fullmatch(perpetrator.name) if perpetrator is not None else None
    if perpetrator is None or state is None:
        return perpetrator
    row = next((r for r in load_tables().civilian_doers if sub in r.subs), None)
    return perpetrator if row is None else replace(perpetrator, name=row.name.format(state=state[1]), inter=row.inter)


def is_unrest(sub: str | None) -> bool:
    """Return whether a sub-event type is a protest or a riot.

    Examples
    --------
    >>> is_unrest("Peaceful protest"), is_unrest("Armed clash"), is_unrest(None)
    (True, False, False)
    """
    return sub in load_tables().unrest


def graver(known: str, new: str | None, family: str) -> str:
    """Return what an incident of unrest is when more is told of it.

    Examples
    --------
    >>> graver("Peaceful protest", None, "dispersal")
    'Protest with intervention'
    """
    tables = load_tables()
    told = [s for s in (known, new, tables.unrest_by_family.get(family)) if s in tables.unrest]
    return max(told, key=lambda s: tables.unrest.index(s or ""))


def is_violent(sub: str | None) -> bool:
    """Return whether a sub-event type is violence; what has none yet is.

    Examples
    --------
    >>> is_violent("Armed clash"), is_violent(None), is_violent("Peaceful protest")
    (True, True, False)
    """
    return sub is None or event_type_of(sub) in VIOLENCE
