"""What a crowd does, and what is done to it, by the words of a clause: told in more ways than a list of verbs can hold.

People who show what they want sing, kneel, park lorries or beat pans; what they meet is a hose, a dog, a bullet. No one
word of these tells of an event. Classes of them together do: who gathers, what for, what they do, who meets them and
with what (``data/crowds.yaml``). The parse is not asked, as such sentences are long and their parse is often wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

#: where one clause ends and the next tells of something else
PARTS = re.compile(
    r";|(?<=\w),?\s+(?:while|whereas|whilst|meanwhile)\s+(?!(?:chant|sing|shout|wav|hold|carry|demand|protest)\w*ing\b)"
    r"|,\s+but\s+later\s+|\.\s",
    re.IGNORECASE,
)
SAID = r"\b(?:said|says?|told|tells|according|reported|reports|claimed|accused|blamed|fled|fleeing|watched|saw|escaped)\b"
GAP = 140  # characters between a crowd and what it does
BEFORE = 400  # characters before a sentence in which a crowd may be told of
PASSIVE = r"(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bbeing )(?<!\bgot )(?<!\bis )(?<!\bare )"
#: behind a participle of the passive, as headlines have it: "villagers |killed in| raid"
BARE = r"(?!\s*(?:[.,;:]|$|(?:in|at|on|by|near|during|when|as|after|amid|over|and|from|with|for|to(?!\s+death\s+(?!by|in|on|at|near|during|when|,|\.)\w))\b))"
#: what is wrecked must be said after a verb that does not end with the fire
THING = r"(?:(?<=fire)|(?<=ablaze)|(?<=alight)|(?<=aflame)|(?<=torch)|(?!\s*(?:[.,;:]|$)))"
ON_FORCES = r"(?:forced|drove|pushed|fought)\s+(?:back|off)|(?:clashed|scuffled|grappled|battled|fought)\s+with|disarmed|overpowered"
SELF_TOLD = re.compile(r"(?:marched|marching|picketed|demonstrated|protested)\b", re.IGNORECASE)  # shows that need no cause
NAMED = re.compile(r"cacerol|ghost|ville|dead\s+city|journ|hartal|bandh|dharna|gherao|die-?\s?in|sit-?\s?in|shutter|wheel|chakka|rasta|rail\s+roko", re.IGNORECASE)
FESTIVE = re.compile(
    r"\b(?:wedding|bridal|bride|groom|carnival|marathon|circus|fashion|parade\s+of\s+floats|festival|fair|concert|match|league|tournament|derby)\b", re.IGNORECASE
)
SPORT = re.compile(r"\b(?:goals?|points|league|cup|wickets?|innings|semi-?finals?|quarter-?finals?|champions?|coach|rugby)\b", re.IGNORECASE)
#: where a clause turns to somebody else, or to what was done to those told of
TURNS = r"\b(?:(?:was|were|is|are)(?!\s+\w+ing\b)|been|being|when|after|because|until|by|since|while)\b"
OF_POLICE = r"(?:minibus|bus|cars?|vans?|trucks?|vehicles?|pick-?ups?|stations?|posts?|custody|cells?|lock-?up|barracks)\b"  # what they were taken from
#: what people do as they go on, told before who they are: "|marching| barefoot with pots, women of A"
SHOWING = r"(?:marching|walking|kneeling|sitting|chanting|singing|waving|carrying|holding|bearing|brandishing|banging|beating|drumming|dancing|blocking|blowing|shouting|dressed|clad|draped|wearing|led|armed\s+only)"
#: what is done to people where nothing follows that they do it to: "two men |held over| the killing"
HELD = (
    r"\b(?:held|carried|raised|surrounded|laid|placed|buried|joined|staged|formed|closed|shut|blocked|occupied|besieged|ringed|encircled|locked|chained|hung|planted|parked)"
    r"\s+(?:in|over|by|at|from|for|after|since|as)\b"
)
OPENING = 40  # characters
SHORT = 200  # characters before a part in which a mob may be told of
MOBS = re.compile(r"\b(?:mobs?|crowds?|rioters|looters|arsonists|throngs?)\b", re.IGNORECASE)
SPOILT = re.compile(r"\b(?:picked\s+clean|looted|ransacked|torched|burn(?:ed|t)|slashed|emptied|gutted|razed)\b", re.IGNORECASE)
WEAK = re.compile(r"clash|fight|fought|battl|skirm|quarr|disput|[\w\s-]+\bfight(?:ing|s)?$|tribal|ethnic", re.IGNORECASE)
FIREARMS = re.compile(
    r"\b(?:gun(?:s|fire|men|man|shots?)?|rifles?|shot|shots|shoot\w*|bullets?|firearms?|pistols?|kalashnikovs?|ak-?47s?)\b", re.IGNORECASE
)
RIFLES = re.compile(r"\b(?:gunfire|gunmen|rifles?|kalashnikovs?|machine\s?guns?)\b", re.IGNORECASE)
FOUGHT = re.compile(
    r"\b(?:clash(?:es|ed|ing)?|came\s+under\s+(?:attack|a\s+hail)|(?:threw|throwing|hurled|hurling|pelt\w+|lobbed)\s+(?:[\w-]+\s+){0,4}?(?:stones?|rocks|bricks|bottles|molotov|petrol)"
    r"|stone[- ]?(?:throw|pelt)\w+|torched|riot(?:s|ed|ing|ers)?)\b(?!\s+(?:police|squads?|gear|shields?|control|act))",
    re.IGNORECASE,
)
#: those who come only later
LATER = re.compile(r"\b(?:before|until)\s+(?:an?\s+|the\s+)?(?:\w+\s+){0,3}?(?:could|came|arrived|reached|stepped|intervened|rescued|fired)\b[^,.;]*", re.IGNORECASE)
#: those told of just before, as one who goes on calls them
THEM = re.compile(r"\b(?:them|they|two\s+of|three\s+of|the\s+(?:crowd|march|marchers|protesters|demonstrators|procession))\b", re.IGNORECASE)
MAIMED = re.compile(
    r"\b(?:killed|dead|died|death|slain|coma|blind\w*|(?:an|one|left|right|both|his|her)\s+(?:\w+\s+)?eyes?|skull|critical\w*)\b", re.IGNORECASE
)
#: what only the state does to people, so that nobody need be named
TAKEN = re.compile(r"(?:arrest|detain|round|haul|led|handcuff|in\s|cuffed|booked|tail|bundl|frog|marched)", re.IGNORECASE)
SURE = re.compile(r"(?:hosed|hosing|kettl|tear-?gassed|baton|caned|drenched|dispers)", re.IGNORECASE)
#: of gas, water or rubber, that it was used and not only had
USED = re.compile(
    r"\b(?:fired|firing|lobbed|used|using|employed|deployed|drove|driven|turned|trained|unleashed|loosed|let\s+off|set\s+\w+\s+on|rained|filled|choked|choking|answered|met|greeted|replied|resorted|hurled|threw|shot|swept|knocked|flew|came)\b",
    re.IGNORECASE,
)
CROWDED = re.compile(r"\bcrowds?\b", re.IGNORECASE)
WERE = re.compile(r"\b(?:was|were|been|being|had)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
NOBODY = re.compile(r"\b(?:nobody|no\s+one|none\s+(?:was|were)|without\s+(?:\w+\s+)?arrest|no\s+arrests?)\b", re.IGNORECASE)
PLANNED = re.compile(r"\b(?:will|would|shall|could|might|may|must|should|to|if|unless|not|never|no)\s+(?:(?!and\b)\w+\s+){0,3}$", re.IGNORECASE)
#: what somebody says, put into what he tells: "protesters, |says the mayor|, burned"
ASIDE = re.compile(r",\s+(?:(?:as\s+)?(?:said|says|say|according\s+to|so\s+says?|claims?|reports?|thus)\b[^,;.]{1,60}|[^,;.]{1,40}\s(?:said|says|say)),")
STRICT = re.compile(
    r"\b(?:protest\w*|demonstrat(?:ion|ions|or|ors|ed|ing)|marchers?|marched|marching|sit[- ]ins?|sit[- ]down|picket\w*|placards?|chant(?:ed|ing)?"
    r"|roadblocks?|blockad\w*|barricad\w*|strikers|flag[- ]waving|(?:a|the|their|its|protest|peace|silent)\s+march|took\s+to\s+the\s+streets|(?:had\s+been|were)\s+sitting|lain\s+down|lay\s+down|kneeling"
    r"|squatt(?:ed|ing)|cort[eè]ge|procession|encampment|hands\s+up|linked\s+arms|human\s+chain|came\s+out\s+on|rall(?:y|ied)|people\s+walked)\b",
    re.IGNORECASE,
)
PROTEST, DISPERSAL, EXCESS, RIOT, MOB = "crowd_protest", "crowd_met", "crowd_shot_at", "crowd_riot", "crowd_mob"

#: family -> families of the tables that tell as much by themselves
FAMILIES = {
    MOB: frozenset({"mob"}),
    EXCESS: frozenset[str](),
    DISPERSAL: frozenset({"dispersal", "charging"}),
    RIOT: frozenset({"riot", "pelt"}),
    PROTEST: frozenset({"protest", "dispersal", "riot", "pelt", "mob"}),
}
OF_PROTEST = frozenset({"protest", "gather", "block", "arrest", "capture"})  # families
APART = frozenset({"agreement", "headquarters", "transfer", "change", "vacate", "explosion", "airstrike", "shelling"})  # families


def goes_with(scene: Scene, family: str) -> bool:
    """Return whether what a word of a family tells in the same part of a sentence is told of the crowd.

    Examples
    --------
    >>> goes_with(Scene("crowd_protest", 0, 9, 0), "killing"), goes_with(Scene("crowd_mob", 0, 9, 0), "killing")
    (False, True)
    """
    return family in OF_PROTEST if scene.family == PROTEST else family not in APART


@dataclass(frozen=True, slots=True)
class Scene:
    """The family of what a crowd did or met in a part of a text, and where the word stands that tells it."""

    family: str
    start: int
    end: int
    at: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a sentence and what was told before it."""

    text: str
    before: str

    def has(self, name: str) -> bool:
        return _words(name).search(self.text) is not None


def crowd_scenes(text: str, start: int, end: int) -> tuple[Scene, ...]:
    """Return what the parts of a sentence tell of crowds.

    Examples
    --------
    >>> text = "Nurses in Mzuzu knelt on the road with candles, demanding four months of pay."
    >>> [(s.family, text[s.at :].split()[0]) for s in crowd_scenes(text, 0, len(text))]
    [('crowd_protest', 'knelt')]
    """
    return tuple(_scenes(text, start, end))


def names_forces(text: str, *, shot: bool = False) -> bool:
    """Return whether a text tells of those who are sent to meet a crowd; or of shots, and of no other armed men.

    Examples
    --------
    >>> names_forces("police fired on the marchers"), names_forces("gunmen shot two at a rally", shot=True)
    (True, False)
    """
    return _words("forces").search(text) is not None or (shot and _words("armed").search(text) is None)


def _scenes(text: str, start: int, end: int) -> Iterator[Scene]:
    for begin, stop in _parts(text, start, end):
        part = _Part(_plain(text[begin:stop]), text[max(0, begin - BEFORE) : begin])
        if part.has("not_told") or part.has("warlike"):
            continue
        for family, reads in READERS:
            at = reads(part)
            if at is not None and not PLANNED.search(part.text, 0, at):
                yield Scene(family, begin, stop, begin + at)
                break


def _plain(text: str) -> str:
    """Return a part without who says it, and without arms in the hands of those who are only accused."""
    for pattern in (ASIDE, LATER, _told("spared")):
        text = pattern.sub(lambda m: "," + " " * (len(m[0]) - 1), text)
    return text


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for mark in PARTS.finditer(text, start, end):
        yield begin, mark.start()
        begin = mark.end()
    yield begin, end


def _shot_at(part: _Part) -> int | None:
    """Where forces shoot at people who protest: "|fired upon| the youths seated on the tarmac"."""
    shot = _words("shots").search(part.text)
    if shot is None or part.has("armed") or _is_riotous(part) or not _is_of_crowd(part, near=CROWDED):
        return None
    gassed = part.has("crowd_weapons") and not _words("deadly").search(part.text)
    by_them = part.has("forces") or part.has("crowd_weapons") or THEM.search(part.text, 0, OPENING) is not None
    harmed = MAIMED.search(part.text) is not None
    return shot.start() if by_them and (not gassed or harmed) else None


def _met(part: _Part) -> int | None:
    """Where forces break up or hold back people who protest: "|lifted off| the rails one by one by police"."""
    if part.has("armed") or _is_riotous(part) or FESTIVE.search(part.text):
        return None
    weapon, meets = _words("crowd_weapons").search(part.text), _words("meets").search(part.text)
    used = weapon is not None and (meets is not None or USED.search(part.text) is not None)
    if (used and part.has("anybody")) or (meets is not None and SURE.match(meets[0]) and part.has("anybody")):
        return (weapon or meets).start()  # type: ignore[union-attr]
    if not _is_of_crowd(part):
        return None
    if weapon is not None and part.has("forces"):
        return weapon.start()
    taken = meets is not None and TAKEN.match(meets[0]) is not None and STRICT.search(part.text) is not None
    taken = taken and meets is not None and WERE.search(part.text, 0, meets.start()) is not None
    return meets.start() if meets is not None and (part.has("forces") or taken) and not _is_of_nobody(part) else None


def _mob(part: _Part) -> int | None:
    """Where people take the law into their own hands: "a suspected thief was |beaten| with planks by traders"."""
    if SPORT.search(part.text) and not (part.has("tools") or part.has("forces")):
        return None
    by_them = _told("by_crowd").search(part.text) or _told("crowd_beats").search(part.text)
    if by_them is not None:
        things = part.has("state_things") or part.has("private_things")
        if things and _words("fires").fullmatch(by_them["blow"]):
            return None
        return None if _told("no_people").match(part.text, by_them.end("blow")) else by_them.start("blow")
    suspected = _told("accused").search(part.text)
    blow = _told("beaten").search(part.text) if suspected else None
    lawful = part.has("forces") or part.has("armed")
    return blow.start() if blow is not None and not lawful else None


def _on_forces(part: _Part) -> int | None:
    """Where a crowd goes for soldiers or police: "villagers |went for| the soldiers with machetes"."""
    fought = _told("crowd_on_forces").search(part.text)
    return fought.start("blow") if fought is not None and not part.has("armed") else None


def _brawl(part: _Part) -> int | None:
    """Where two sides of a people go for each other, with no firearms told of: "|stones flew| between two factions"."""
    mutual = _words("mutual").search(part.text)
    if mutual is None or not part.has("sides") or part.has("armed"):
        return None
    weak = WEAK.match(mutual[0]) is not None
    if (FIREARMS if weak else RIFLES).search(part.text):
        return None
    return mutual.start() if not weak or (part.has("tools") and not part.has("forces")) else None


def _riot(part: _Part) -> int | None:
    """Where a crowd burns, storms or stones what is the state's: "youths |stormed| the town hall"."""
    if part.has("armed"):
        return None
    done = _wrecked(part, "state_things")
    if done is None and STRICT.search(part.text):
        done = _wrecked(part, "private_things")
    if done is None and (STRICT.search(part.text) or part.has("stones") or STRICT.search(part.before)):
        found = _told("state_wrecked").search(part.text)
        done = found.start("wreck") if found is not None else None
    return done


def _pogrom(part: _Part) -> int | None:
    """Where a crowd burns or loots the homes and shops of others: "mobs |torched| houses"."""
    if part.has("armed"):
        return None
    spoilt = SPOILT.search(part.text) if MOBS.search(part.before[-SHORT:]) and part.has("private_things") else None
    return spoilt.start() if spoilt is not None else _wrecked(part, "private_things")


def _wrecked(part: _Part, things: str) -> int | None:
    """Where a crowd wrecks things of a list."""
    for name in ("crowd_wrecks", "wrecked_by"):
        found = _told(name).search(part.text)
        if found is not None and _words(things).search(found["wreck"] + found["what"] if name == "crowd_wrecks" else part.text):
            return found.start("wreck")
    return None


def _protest(part: _Part) -> int | None:
    """Where people show what they want, or are against: "|sang| hymns against the levy"."""
    strong = _words("strong_shows").search(part.text)
    if FESTIVE.search(part.text):
        return None
    if strong is not None and (part.has("anybody") or part.has("causes") or NAMED.match(strong[0])):
        return strong.start()
    shows = _told("crowd_shows").search(part.text) or _told("showing_crowd").search(part.text)
    shows = None if part.has("armed") else shows
    if shows is None or not (part.has("demands") or (part.has("crowd") and SELF_TOLD.match(shows["show"]))):
        return None
    return shows.start("show")


def _is_riotous(part: _Part) -> bool:
    """Whether the crowd itself burns, stones or storms, here or as told just before."""
    before = part.before[-SHORT:]
    found = _told("crowd_wrecks").search(part.text) or _told("crowd_wrecks").search(before)
    return found is not None or FOUGHT.search(part.text) is not None or FOUGHT.search(before) is not None


def _is_of_nobody(part: _Part) -> bool:
    return NOBODY.search(part.text) is not None


def _is_of_crowd(part: _Part, near: re.Pattern[str] | None = None) -> bool:
    """Whether it is people who protest that are told of, here or just before; ``near``: words that do beside people."""
    words = near or _words("unrest")
    said = words.search(part.text) is not None or part.has("demands")
    if STRICT.search(part.text) or (said and part.has("anybody")) or part.has("strong_shows"):
        return True
    return STRICT.search(part.before) is not None or _words("strong_shows").search(part.before) is not None


READERS: tuple[tuple[str, Callable[[_Part], int | None]], ...] = (
    (RIOT, _on_forces),
    (MOB, _mob),
    (MOB, _brawl),
    (EXCESS, _shot_at),
    (DISPERSAL, _met),
    (RIOT, _riot),
    (MOB, _pogrom),
    (PROTEST, _protest),
)


@cache
def _lists() -> dict[str, str]:
    raw = yaml.safe_load(files("pipeline.events").joinpath("data/crowds.yaml").read_text("utf8"))
    return {name: "(?:" + "|".join(re.split(r",\s+", listed.strip())) + ")" for name, listed in raw.items()}


def _list(name: str) -> str:
    """Return a pattern for the words of a list, whole, with any white space between two."""
    lists = _lists()
    crowd = f"{lists['people']}|{lists['ones']}"
    made = {"crowd": f"(?:{crowd})", "anybody": f"(?:{crowd}|{lists['anyone']})"}
    return re.sub(" ", r"\\s+", made.get(name) or lists[name])


@cache
def _words(name: str) -> re.Pattern[str]:
    """Return the pattern of a list of words."""
    return re.compile(rf"(?<![\w-]){_list(name)}(?![\w-])", re.IGNORECASE)


@cache
def _told(name: str) -> re.Pattern[str]:
    """Return a pattern of words of several lists that stand to each other as said."""
    crowd, anybody, forces, armed = (rf"\b{_list(n)}\b" for n in ("crowd", "anybody", "forces", "armed"))
    apart_from = rf"{forces}(?!\s+{OF_POLICE})"
    apart = rf"(?:(?!{SAID}|{armed}|{apart_from}|{TURNS})[^.;]){{0,{GAP}}}?"
    near = rf"(?:(?!{armed}|{forces})[^.;,]){{0,60}}?"
    going = rf"(?:{PASSIVE}|(?=\w+ing\b))"
    wreck, blow = rf"{going}\b(?P<wreck>{_list('wrecks')})\b", rf"{going}\b(?P<blow>{_list('blows')})\b"
    person = rf"\b(?P<blow>{_list('blows')}|{_list('fires')})\b"
    things = rf"(?:(?!\b{_list('state_things')}\b|\b{_list('private_things')}\b)[^.;]){{0,90}}?"
    what = rf"(?:(?!\b(?:as|because|when|after|by)\b)[^.;]){{0,60}}"
    patterns = {
        "crowd_beats": rf"{crowd}{apart}{blow}{BARE}(?!\s+(?:(?!an?\b|one\b)[\w-]+\s+){{0,2}}?{forces})(?!\s+(?:[\w-]+\s+){{0,3}}?(?:{_list('state_things')}|{_list('private_things')}|engine)\b)",
        "by_crowd": rf"{person}{things}\bby\b{near}{crowd}",
        "crowd_on_forces": rf"{crowd}{apart}{going}\b(?P<blow>{_list('blows')}|{ON_FORCES})\s+(?:(?!an?\s+(?!police|army|military|gendarmerie|security)|one\b)[\w-]+\s+){{0,2}}?{forces}",
        "crowd_wrecks": rf"{crowd}{apart}{wreck}{THING}(?P<what>{what})",
        "wrecked_by": rf"\b(?P<wreck>{_list('wrecks')})\b[^.;]{{0,60}}?\bby\b{near}(?:{crowd}|hooded|masked)",
        "state_wrecked": rf"\b{_list('state_things')}\b[^.;]{{0,60}}?\b(?:was|were|been)\s+(?:\w+\s+){{0,2}}?(?P<wreck>{_list('wrecks')}|hit)\b",
        "crowd_shows": rf"{anybody}{apart}(?<!have )(?<!has )(?<!had )(?!{HELD})\b(?P<show>{_list('shows')})\b",
        "showing_crowd": rf"(?:^|[.:;]\s)\W*(?P<show>{SHOWING})\b[^.;]{{0,70}}?,\s+(?:[\w-]+\s+){{0,4}}?{anybody}",
        "no_people": rf"\s+(?:[\w’'-]+\s+){{0,3}}?{_list('no_people')}\b",
        "accused": rf"\b{_list('suspicion')}\b[^.;]{{0,60}}?\b{_list('accused')}\b",
        "beaten": person,
        "spared": rf"\b{_list('suspicion')}\s+(?:[\w-]+\s+)?{armed}",
    }
    return re.compile(patterns[name], re.IGNORECASE)
