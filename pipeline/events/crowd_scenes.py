"""What a crowd does, and what is done to it, by the words of a clause: told in more ways than a list of verbs can hold.

People who show what they want sing, kneel, park lorries or beat pans; what they meet is a hose, a dog, a bullet. No one
word of these tells of an event. Classes of them together do: who gathers, what for, what they do, who meets them and
with what (``crowd_words.py``). The parse is not asked, as such sentences are long and their parse is often wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pipeline.events.crowd_words import told, words

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
APART = frozenset(
    ["agreement", "headquarters", "transfer", "change", "vacate", "explosion", "airstrike", "shelling"]
)  # families
#: lists one of which a scene needs that names no crowd and no forces
WITHOUT_CROWD = ("accused", "crowd_weapons", "mutual", "strong_shows", "shots", "state_things", "private_things")
#: what a crowd does -> what must stand beside it to tell of protest: "|sat| before |the ministry|"
TOLD_BY = (("self_told", ""), ("waits", "at_seats"), ("hampers", "state_things"))  # lists
SAVING = ("pulled", "dragged")  # blows that may be none
ANYBODY_DOES = frozenset({"crowd_shows", "showing_crowd"})  # patterns
BEFORE, SHORT, OPENING = 400, 200, 40  # characters: told before a part; just before it; where a part begins
#: where one clause ends and the next tells of something else
PARTS = re.compile(
    r";|(?<=\w),?\s+(?:while|whereas|whilst|meanwhile)\s+(?!(?:chant|sing|shout|wav|hold|carry|demand|protest)\w*ing\b)"
    r"|,\s+but\s+later\s+|\.\s|,\s+and(?=\s+(?:in|at|to|near)\s+(?-i:[A-Z]))",
    re.IGNORECASE,
)
#: what somebody says, put into what he tells: "protesters, |says the mayor|, burned"
ASIDE = re.compile(
    r",\s+(?:(?:as\s+)?(?:said|says|say|according\s+to|so\s+says?|claims?|reports?|thus)\b[^,;.]{1,60}"
    r"|[^,;.]{1,40}\s(?:said|says|say)),"
)
#: those who come only later
LATER = re.compile(
    r"\b(?:before|until)\s+(?:an?\s+|the\s+)?(?:\w+\s+){0,3}?"
    r"(?:could|came|arrived|reached|stepped|intervened|rescued|fired)\b[^,.;]*",
    re.IGNORECASE,
)
WERE = re.compile(r"\b(?:was|were|been|being|had)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
PLANNED = re.compile(
    r"\b(?:will|would|shall|could|might|may|must|should|to|if|unless|not|never|no)\s+(?:(?!and\b)\w+\s+){0,3}$",
    re.IGNORECASE,
)


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
    looked_up: dict[str, re.Match[str] | None] = field(default_factory=dict)

    def has(self, *names: str) -> bool:
        """Whether there is a word of one of the lists in it."""
        return any(self.word(name) is not None for name in names)

    def at(self, name: str) -> int | None:
        """Return where a word of a list stands in it."""
        found = self.word(name)
        return None if found is None else found.start()

    def word(self, name: str) -> re.Match[str] | None:
        """Return the first word of a list in it, looked for once."""
        if name not in self.looked_up:
            self.looked_up[name] = words(name).search(self.text)
        return self.looked_up[name]

    def done(self, name: str) -> re.Match[str] | None:
        """Return what a crowd is told to do in it, by a pattern; none is looked for without a crowd."""
        key = f"told {name}"
        if key not in self.looked_up:
            who = "anybody" if name in ANYBODY_DOES else "crowd"
            self.looked_up[key] = told(name).search(self.text) if self.has(who, "masked") else None
        return self.looked_up[key]


def goes_with(scene: Scene, family: str) -> bool:
    """Return whether what a word of a family tells in the same part of a sentence is told of the crowd.

    Examples
    --------
    >>> goes_with(Scene("crowd_protest", 0, 9, 0), "killing"), goes_with(Scene("crowd_mob", 0, 9, 0), "killing")
    (False, True)
    """
    return family in OF_PROTEST if scene.family == PROTEST else family not in APART


def names_forces(text: str, *, shot: bool = False) -> bool:
    """Return whether a text tells of those who are sent to meet a crowd; or of shots, and of no other armed men.

    Examples
    --------
    >>> names_forces("police fired on the marchers"), names_forces("gunmen shot two at a rally", shot=True)
    (True, False)
    """
    return words("forces").search(text) is not None or (shot and words("armed").search(text) is None)


def crowd_scenes(text: str, start: int, end: int) -> tuple[Scene, ...]:
    """Return what the parts of a sentence tell of crowds.

    Examples
    --------
    >>> text = "Nurses in Mzuzu knelt on the road with candles, demanding four months of pay."
    >>> [(s.family, text[s.at :].split()[0]) for s in crowd_scenes(text, 0, len(text))]
    [('crowd_protest', 'knelt')]
    """
    return tuple(_scenes(text, start, end))


def _scenes(text: str, start: int, end: int) -> Iterator[Scene]:
    for begin, stop in _parts(text, start, end):
        part = _Part(_plain(text[begin:stop]), text[max(0, begin - BEFORE) : begin])
        if not part.has("anybody", "forces", *WITHOUT_CROWD) or part.has("not_told", "warlike"):
            continue
        for family, reads in READERS:
            at = reads(part)
            if at is not None and not PLANNED.search(part.text, 0, at):
                yield Scene(family, begin, stop, begin + at)
                break


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for mark in PARTS.finditer(text, start, end):
        yield begin, mark.start()
        begin = mark.end()
    yield begin, end


def _plain(text: str) -> str:
    """Return a part without who says it, who came later, and arms in the hands of those only accused; as long."""
    for pattern in (ASIDE, LATER, told("spared")):
        text = pattern.sub(lambda m: "," + " " * (len(m[0]) - 1), text)
    return text


def _on_forces(part: _Part) -> int | None:
    """Where a crowd goes for soldiers or police: "villagers |went for| the soldiers with machetes"."""
    fought = part.done("crowd_on_forces")
    return fought.start("blow") if fought is not None and not part.has("armed") else None


def _mob(part: _Part) -> int | None:
    """Where people take the law into their own hands: "a suspected thief was |beaten| with planks by traders"."""
    if part.has("sport") and not part.has("tools", "forces"):
        return None
    by_them = part.done("by_crowd") or part.done("crowd_beats")
    if by_them is None:
        return _beaten_on_suspicion(part)
    burnt = part.has("state_things", "private_things") and words("fires").fullmatch(by_them["blow"])
    no_people = told("no_people").match(part.text, by_them.end("blow"))
    saved = part.has("rescue") and by_them["blow"].lower().startswith(SAVING)
    return None if burnt or no_people or saved else by_them.start("blow")


def _beaten_on_suspicion(part: _Part) -> int | None:
    """Where one suspected of a crime is beaten, and nobody armed is said to do it."""
    if not part.has("accused") or part.has("forces", "armed") or not told("accused").search(part.text):
        return None
    blow = told("beaten").search(part.text)
    return None if blow is None else blow.start()


def _brawl(part: _Part) -> int | None:
    """Where two sides of a people go for each other, with no firearms told of: "|stones flew| between two factions"."""
    mutual = part.word("mutual")
    if mutual is None or not part.has("sides") or part.has("armed"):
        return None
    if words("fights").fullmatch(mutual[0]) is None:
        return None if part.has("rifles") else mutual.start()
    by_hand = part.has("tools") and not part.has("forces", "firearms")
    return mutual.start() if by_hand else None


def _shot_at(part: _Part) -> int | None:
    """Where forces shoot at people who protest: "|fired upon| the youths seated on the tarmac"."""
    if not part.has("shots") or part.has("armed") or not _is_of_crowd(part, near="crowded") or _is_riotous(part):
        return None
    gassed = part.has("crowd_weapons") and not part.has("deadly")
    of_them = words("them").search(part.text, 0, OPENING) is not None
    by_forces = part.has("forces", "crowd_weapons", "live") or of_them
    return part.at("shots") if by_forces and (not gassed or part.has("maimed")) else None


def _met(part: _Part) -> int | None:
    """Where forces break up or hold back people who protest: "|lifted off| the rails one by one by police"."""
    if not part.has("crowd_weapons", "meets") or part.has("armed", "festive") or _is_riotous(part):
        return None
    weapon, meets = part.at("crowd_weapons"), part.word("meets")
    if weapon is not None and ((part.has("meets", "used") and part.has("anybody")) or _is_met_by_forces(part)):
        return weapon
    if meets is None:
        return None
    sure = words("sure").fullmatch(meets[0]) is not None and part.has("anybody")
    by_state = part.has("forces") or _is_taken(part, meets)
    return meets.start() if sure or (by_state and _is_of_crowd(part) and not part.has("nobody")) else None


def _is_met_by_forces(part: _Part) -> bool:
    return part.has("forces") and _is_of_crowd(part)


def _is_taken(part: _Part, meets: re.Match[str]) -> bool:
    """Whether people who protest are taken as only the state does it: "had been sitting …, forty |were led off|"."""
    alone = words("taken").fullmatch(meets[0]) is not None and part.has("protesting")
    return alone and WERE.search(part.text, 0, meets.start()) is not None


def _riot(part: _Part) -> int | None:
    """Where a crowd burns, storms or stones what is the state's: "youths |stormed| the town hall"."""
    if part.has("armed"):
        return None
    done = _wrecked(part, "state_things")
    if done is None and part.has("protesting"):
        done = _wrecked(part, "private_things")
    if done is None and (part.has("protesting", "stones") or words("protesting").search(part.before)):
        found = told("state_wrecked").search(part.text)
        done = None if found is None else found.start("wreck")
    return done


def _pogrom(part: _Part) -> int | None:
    """Where a crowd burns or loots the homes and shops of others: "mobs |torched| houses"."""
    if part.has("armed"):
        return None
    by_mob = words("mobs").search(part.before[-SHORT:]) is not None and part.has("private_things")
    spoilt = part.at("spoilt") if by_mob else None
    return _wrecked(part, "private_things") if spoilt is None else spoilt


def _wrecked(part: _Part, things: str) -> int | None:
    """Where a crowd wrecks things of a list."""
    done = part.done("crowd_wrecks")
    if done is not None and words(things).search(done["wreck"] + done["what"]):
        return done.start("wreck")
    done = part.done("wrecked_by")
    return done.start("wreck") if done is not None and part.has(things) else None


def _protest(part: _Part) -> int | None:
    """Where people show what they want, or are against: "|sang| hymns against the levy"."""
    if part.has("festive"):
        return None
    strong = part.word("strong_shows")
    if strong is not None and (part.has("anybody", "causes") or words("named").fullmatch(strong[0])):
        return strong.start()
    shows = part.done("crowd_shows") or part.done("showing_crowd")
    if shows is None or part.has("armed"):
        return None
    by_itself = part.has("crowd") and any(_tells_itself(part, shows["show"], told_by) for told_by in TOLD_BY)
    return shows.start("show") if by_itself or part.has("demands") else None


def _tells_itself(part: _Part, show: str, told_by: tuple[str, str]) -> bool:
    """Whether what a crowd does tells of protest, with a word of another list beside it where one is asked for."""
    doing, beside = told_by
    return words(doing).fullmatch(show) is not None and (not beside or part.has(beside))


def _is_riotous(part: _Part) -> bool:
    """Whether the crowd itself burns, stones or storms, here or as told just before."""
    before = part.before[-SHORT:]
    fought = part.done("crowd_wrecks") or part.word("fought") or words("fought").search(before)
    return fought is not None or (
        words("crowd").search(before) is not None and told("crowd_wrecks").search(before) is not None
    )


def _is_of_crowd(part: _Part, near: str = "unrest") -> bool:
    """Whether people who protest are told of, here or just before; ``near``: a list whose words do beside people."""
    beside = part.has(near, "demands") and part.has("anybody")
    surely = ("protesting", "strong_shows")
    return beside or part.has(*surely) or any(words(name).search(part.before) for name in surely)


# The first that reads something is taken.
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
